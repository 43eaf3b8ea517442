//! Values of a header that stand where a certificate should: nothing, a word for nothing, or the name of a variable.

use super::header_form::compact;

/// Words for nothing: Apache's `(null)` (`mod_headers.c`), the `-` of nginx's logs, and what languages print.
const WORDS_FOR_NOTHING: [&str; 7] = ["(null)", "undefined", "null", "None", "nil", "-", "<nil>"];

/// Beginnings of variables: Apache, HAProxy, Caddy, nginx, Google Cloud, and templates of any kind.
const VARIABLES: [&str; 8] = ["%{", "%[", "{http.request", "$ssl_client", "{client_cert", "${", "{{", "$http_"];

/// Beginnings of names that are a header's and nothing else's.
const HEADERS: [&str; 7] = ["xforwarded", "sslclient", "xssl", "xclientcert", "xarr", "xamzn", "cfclient"];

const NO_CERTIFICATE: &str = "This header holds no certificate: the client presented none on this connection, or the proxy does not ask for \
     one on this route.";

const NOT_EXPANDED: &str = "This header holds a variable's name instead of its value: this is a configuration, or the proxy does not know \
     the variable. Give the header as the program behind the proxy receives it.";

/// What a value says that stands for no certificate; `None` for any other.
pub(super) fn explanation(name: &str, value: &[u8]) -> Option<&'static str> {
    let text = std::str::from_utf8(value).ok()?.trim().trim_matches(['"', '\'']).trim();
    let is_header = name.contains('-') && HEADERS.iter().any(|start| compact(name).starts_with(start));
    match text {
        "" => is_header.then_some(NO_CERTIFICATE),
        "(null)" => Some(NO_CERTIFICATE),
        word if WORDS_FOR_NOTHING.contains(&word) => is_header.then_some(NO_CERTIFICATE),
        text if VARIABLES.iter().any(|start| text.starts_with(start)) => Some(NOT_EXPANDED),
        _ => None,
    }
}

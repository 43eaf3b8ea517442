//! In which form a proxy forwards a client's certificate, told by the header's name and value alone.

use std::fmt;
use std::ops::Range;

use super::header_claim::CertificateClaim;
use crate::base64;
use crate::decode::der::{self, Extent};
use crate::decode::layer::Layer;
use crate::decode::layered;

/// Symbols of base64 with which a value begins that may be a certificate; shorter ones are words.
const LEAST_SYMBOLS: usize = 16;

/// What a header says beside the certificates in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Forwarded {
    /// The form in which the proxy wrote it.
    pub form: HeaderForm,
    /// How many times it was percent-encoded.
    pub rounds: u8,
    /// What it says of the client's certificate without showing it.
    pub claim: CertificateClaim,
}

/// The form of a forwarded certificate. Proxies that write the same bytes share one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HeaderForm {
    /// Base64 without delimiters, joined by commas (Traefik, `pass_tls_client_cert.go` from 2.9.4 on).
    Traefik,
    /// The same, percent-encoded (Traefik 1.7 to 2.9.1).
    TraefikEscaped,
    /// Names, serial number and dates, with semicolons between them (Traefik from 2.0.7 on).
    TraefikInfo,
    /// The same with commas between them and no serial number (Traefik 1.7 to 2.0.6).
    TraefikInfoOld,
    /// Percent-encoded PEM under ingress-nginx's name.
    IngressNginx,
    /// Percent-encoded PEM (`ngx_ssl_get_escaped_certificate`).
    NginxEscaped,
    /// PEM whose lines are folded with a tab (`ngx_ssl_get_certificate`).
    NginxFolded,
    /// PEM with its line breaks, which no HTTP header can hold (`ngx_ssl_get_raw_certificate`).
    NginxRaw,
    /// Elements of keys and values (Envoy, "x-forwarded-client-cert").
    Envoy,
    /// Base64 of DER without delimiters.
    BareBase64,
    /// Base64 of several certificates' DER, one behind the other (HAProxy, `ssl_c_chain_der`).
    HaproxyChain,
    /// PEM with blanks for line breaks (Apache, `unwrap_header` in `mod_headers.c`).
    Apache,
    /// Percent-encoded PEM that leaves `+`, `/` and `=` (Apache, `ap_expr`, function `escape`).
    ApacheEscaped,
    /// Base64 of DER (Apache, `SSLOptions +ExportBase64CertData`).
    ApacheBase64,
    /// Percent-encoded PEM of the whole chain that leaves `+`, `/` and `=`.
    AlbPassthrough,
    /// The same of the client's own certificate.
    AlbVerify,
    /// Serial number, validity and names.
    AlbFields,
    /// Byte sequences of structured fields under the names of RFC 9440.
    Rfc9440,
    /// The same under names of one's own choice.
    ByteSequence,
    /// Base64 of DER in `X-ARR-ClientCert`.
    AzureAppService,
    /// Base64 of DER in `Cf-Client-Cert-Der-Base64`.
    Cloudflare,
    /// The SHA-256 in `Cf-Client-Cert-Sha256`.
    CloudflareDigest,
}

/// How much of a client's chain a form carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Carried {
    /// The client's own certificate, even where the client sent more.
    LeafOnly,
    /// All that the client sent.
    Whole,
    /// No certificate; what is said of it.
    Nothing,
}

impl HeaderForm {
    /// Every form.
    pub const ALL: [HeaderForm; 22] = [
        HeaderForm::Traefik,
        HeaderForm::TraefikEscaped,
        HeaderForm::TraefikInfo,
        HeaderForm::TraefikInfoOld,
        HeaderForm::IngressNginx,
        HeaderForm::NginxEscaped,
        HeaderForm::NginxFolded,
        HeaderForm::NginxRaw,
        HeaderForm::Envoy,
        HeaderForm::BareBase64,
        HeaderForm::HaproxyChain,
        HeaderForm::Apache,
        HeaderForm::ApacheEscaped,
        HeaderForm::ApacheBase64,
        HeaderForm::AlbPassthrough,
        HeaderForm::AlbVerify,
        HeaderForm::AlbFields,
        HeaderForm::Rfc9440,
        HeaderForm::ByteSequence,
        HeaderForm::AzureAppService,
        HeaderForm::Cloudflare,
        HeaderForm::CloudflareDigest,
    ];

    /// How much of the chain it carries. Envoy's `Chain` and the second header of RFC 9440 are set only if that was asked for,
    /// which does not make the rest the proxy's to lose.
    pub fn carries(self) -> Carried {
        match self {
            HeaderForm::Traefik
            | HeaderForm::TraefikEscaped
            | HeaderForm::Envoy
            | HeaderForm::HaproxyChain
            | HeaderForm::AlbPassthrough
            | HeaderForm::Rfc9440
            | HeaderForm::ByteSequence => Carried::Whole,
            HeaderForm::TraefikInfo
            | HeaderForm::TraefikInfoOld
            | HeaderForm::AlbFields
            | HeaderForm::CloudflareDigest => Carried::Nothing,
            HeaderForm::IngressNginx
            | HeaderForm::NginxEscaped
            | HeaderForm::NginxFolded
            | HeaderForm::NginxRaw
            | HeaderForm::BareBase64
            | HeaderForm::Apache
            | HeaderForm::ApacheEscaped
            | HeaderForm::ApacheBase64
            | HeaderForm::AlbVerify
            | HeaderForm::AzureAppService
            | HeaderForm::Cloudflare => Carried::LeafOnly,
        }
    }

    /// How many times the proxy percent-encodes it.
    pub fn rounds(self) -> u8 {
        let is_encoded = matches!(
            self,
            HeaderForm::TraefikEscaped
                | HeaderForm::TraefikInfo
                | HeaderForm::TraefikInfoOld
                | HeaderForm::IngressNginx
                | HeaderForm::NginxEscaped
                | HeaderForm::Envoy
                | HeaderForm::ApacheEscaped
                | HeaderForm::AlbPassthrough
                | HeaderForm::AlbVerify
        );
        u8::from(is_encoded)
    }
}

/// The proxy and its versions.
impl fmt::Display for HeaderForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            HeaderForm::Traefik => "Traefik 2.9.4 and later",
            HeaderForm::TraefikEscaped => "Traefik 1.7 to 2.9.1",
            HeaderForm::TraefikInfo => "Traefik 2.0.7 and later, certificate info",
            HeaderForm::TraefikInfoOld => "Traefik 1.7 to 2.0.6, certificate info",
            HeaderForm::IngressNginx => "ingress-nginx, or Traefik 3.7 and later in its place",
            HeaderForm::NginxEscaped => "nginx $ssl_client_escaped_cert, Azure Application Gateway or Kong",
            HeaderForm::NginxFolded => "nginx $ssl_client_cert",
            HeaderForm::NginxRaw => "nginx $ssl_client_raw_cert, or PEM that was decoded already",
            HeaderForm::Envoy => "Envoy and Istio (x-forwarded-client-cert)",
            HeaderForm::BareBase64 => "HAProxy ssl_c_der, Caddy or Kong",
            HeaderForm::HaproxyChain => "HAProxy ssl_c_chain_der",
            HeaderForm::Apache => "Apache %{SSL_CLIENT_CERT}s, or HAProxy with PEM delimiters",
            HeaderForm::ApacheEscaped => "Apache %{escape:%{SSL_CLIENT_CERT}}",
            HeaderForm::ApacheBase64 => "Apache 2.5 SSL_CLIENT_B64CERT",
            HeaderForm::AlbPassthrough => "AWS ALB passthrough",
            HeaderForm::AlbVerify => "AWS ALB verify",
            HeaderForm::AlbFields => "AWS ALB verify, fields of the certificate",
            HeaderForm::Rfc9440 => "RFC 9440",
            HeaderForm::ByteSequence => "RFC 9440 byte sequence under another name, as Google Cloud sends it",
            HeaderForm::AzureAppService => "Azure App Service (X-ARR-ClientCert)",
            HeaderForm::Cloudflare => "Cloudflare (Cf-Client-Cert-Der-Base64)",
            HeaderForm::CloudflareDigest => "Cloudflare (Cf-Client-Cert-Sha256)",
        })
    }
}

/// A name without the signs between its words, in lower case.
pub(super) fn compact(name: &str) -> String {
    name.to_ascii_lowercase().replace(['-', '_'], "")
}

/// The form of a header's value, and how many times it was percent-encoded; `None` for what is no certificate.
pub(super) fn recognize(layer: &Layer<'_>, name: &str, value: &Range<usize>) -> Option<(HeaderForm, u8)> {
    let compact = compact(name);
    let decoded = layered::without_url_encoding(layer, value.clone());
    let rounds = decoded.as_ref().map_or(0, |inner| inner.wrapping.url_rounds - layer.wrapping.url_rounds);
    let plain = decoded.as_ref().map_or_else(|| layer.slice(value.clone()), |inner| inner.slice(inner.whole()));
    let last = (1..rounds).fold(None, |inner: Option<Layer<'static>>, _| match inner {
        Some(inner) => layered::without_one_url_round(&inner, inner.whole()),
        None => layered::without_one_url_round(layer, value.clone()),
    });
    let encoded = last.as_ref().map_or_else(|| layer.slice(value.clone()), |last| last.slice(last.whole()));
    let shape = Shape { encoded, plain: without_quotes(plain), rounds };
    let form = of_the_sender(&compact, &shape).or_else(|| shape.form(&compact))?;
    Some((form, rounds))
}

/// Without white space and quotation marks around it, of which the second may be cut off.
fn without_quotes(value: &[u8]) -> &[u8] {
    let value = value.trim_ascii();
    let value = value.strip_prefix(b"\"").or(value.strip_prefix(b"'")).unwrap_or(value);
    value.strip_suffix(b"\"").or(value.strip_suffix(b"'")).unwrap_or(value).trim_ascii()
}

/// The form that a name of one proxy alone has, if the value fits.
fn of_the_sender(compact: &str, shape: &Shape<'_>) -> Option<HeaderForm> {
    let is_certificate = shape.is_pem() || shape.is_base64();
    let form = match compact {
        "xforwardedtlsclientcertinfo" | "xforwardedtlsclientcertinfos" => return shape.info(),
        "cfclientcertsha256" => return Some(HeaderForm::CloudflareDigest),
        "xamznmtlsclientcertserialnumber"
        | "xamznmtlsclientcertissuer"
        | "xamznmtlsclientcertsubject"
        | "xamznmtlsclientcertvalidity" => return Some(HeaderForm::AlbFields),
        "xamznmtlsclientcert" => HeaderForm::AlbPassthrough,
        "xamznmtlsclientcertleaf" => HeaderForm::AlbVerify,
        "xarrclientcert" if shape.is_base64() => HeaderForm::AzureAppService,
        "cfclientcertderbase64" if shape.is_base64() => HeaderForm::Cloudflare,
        _ if compact.contains("clientb64cert") && shape.is_base64() => HeaderForm::ApacheBase64,
        "xforwardedtlsclientcert" if shape.is_base64() && shape.rounds == 0 => HeaderForm::Traefik,
        "xforwardedtlsclientcert" if shape.is_base64() => HeaderForm::TraefikEscaped,
        _ => return None,
    };
    is_certificate.then_some(form)
}

/// What a value looks like.
struct Shape<'v> {
    /// Before the last percent-encoding was undone.
    encoded: &'v [u8],
    /// Without percent-encoding.
    plain: &'v [u8],
    rounds: u8,
}

impl Shape<'_> {
    fn form(&self, compact: &str) -> Option<HeaderForm> {
        match () {
            () if self.is_elements() => Some(HeaderForm::Envoy),
            () if self.is_pem() && self.rounds > 0 => Some(self.escaped_pem(compact)),
            () if self.is_pem() => Some(self.pem()),
            () if self.plain.starts_with(b":") && is_base64(self.plain.get(1..).unwrap_or_default()) => {
                let is_standard = matches!(compact, "clientcert" | "clientcertchain");
                Some(if is_standard { HeaderForm::Rfc9440 } else { HeaderForm::ByteSequence })
            }
            () if !self.is_base64() => None,
            () if self.rounds > 0 => Some(HeaderForm::TraefikEscaped),
            () if self.plain.contains(&b',') => Some(HeaderForm::Traefik),
            () if self.is_several() => Some(HeaderForm::HaproxyChain),
            () => Some(HeaderForm::BareBase64),
        }
    }

    /// The semicolon parts the fields today, the comma did until 2.0.6, when there were no quotation marks around numbers.
    fn info(&self) -> Option<HeaderForm> {
        let has = |word: &[u8]| super::lines::contains(self.plain, word);
        let is_info = [b"Subject=".as_slice(), b"Issuer=", b"SerialNumber=", b"NB=", b"NA=", b"SAN="];
        if !is_info.iter().any(|key| has(key)) {
            return None;
        }
        let is_quoted =
            [b"NB=\"".as_slice(), b"NA=\"", b"SAN=\"", b"SerialNumber=\"", b"\";"].iter().any(|key| has(key));
        let is_bare = [b"NB=".as_slice(), b"NA=", b"SAN="].iter().any(|key| has(key));
        let is_old = !is_quoted && (is_bare || has(b"\",Issuer=\""));
        Some(if is_old { HeaderForm::TraefikInfoOld } else { HeaderForm::TraefikInfo })
    }

    /// Envoy writes pairs of keys and values, whichever were asked for.
    fn is_elements(&self) -> bool {
        const KEYS: [&[u8]; 7] = [b"By=", b"Hash=", b"Cert=", b"Chain=", b"Subject=", b"URI=", b"DNS="];
        KEYS.iter().any(|key| self.plain.get(..key.len()).is_some_and(|start| start.eq_ignore_ascii_case(key)))
    }

    fn is_pem(&self) -> bool {
        super::lines::contains(self.plain, b"BEGIN") && super::lines::contains(self.plain, b"--")
    }

    fn is_base64(&self) -> bool {
        is_base64(self.plain)
    }

    /// nginx encodes all but letters, digits and `-._~`; Apache and AWS leave the signs of base64.
    fn escaped_pem(&self, compact: &str) -> HeaderForm {
        let hides_signs = [b"%2B".as_slice(), b"%2F", b"%3D", b"%2b", b"%2f", b"%3d"];
        let leaves_signs = !hides_signs.iter().any(|sign| super::lines::contains(self.encoded, sign));
        match () {
            () if leaves_signs => HeaderForm::ApacheEscaped,
            () if compact == "sslclientcert" => HeaderForm::IngressNginx,
            () => HeaderForm::NginxEscaped,
        }
    }

    /// What stands for a line break tells who wrote it.
    fn pem(&self) -> HeaderForm {
        const END_OF_LABEL: &[u8] = b"CERTIFICATE-----";
        let label = self.plain.windows(END_OF_LABEL.len()).position(|window| window.eq_ignore_ascii_case(END_OF_LABEL));
        let behind = label.and_then(|label| self.plain.get(label + END_OF_LABEL.len()..)).unwrap_or_default();
        match behind {
            [b'\n', b'\t' | b' ', ..] | [b'\r', b'\n', b'\t' | b' ', ..] => HeaderForm::NginxFolded,
            [b'\\', b'n', b'\\', b't', ..] => HeaderForm::NginxFolded,
            [b' ', ..] => HeaderForm::Apache,
            _ => HeaderForm::NginxRaw,
        }
    }

    /// Whether whole DER has more behind it.
    fn is_several(&self) -> bool {
        let symbols: Vec<u8> = self.plain.iter().copied().filter(|byte| base64::is_symbol(*byte)).collect();
        let octets = base64::decode(&symbols);
        matches!(der::extent(&octets), Extent::Whole(length) if length < octets.len())
    }
}

/// Whether a text begins as the base64 of a certificate's DER does: a SEQUENCE of more than 127 octets (X.690, 8.1.3.5).
fn is_base64(text: &[u8]) -> bool {
    let text = text.trim_ascii_start();
    let count = text.iter().take(LEAST_SYMBOLS).filter(|byte| base64::is_symbol(**byte) || **byte == b' ').count();
    count == LEAST_SYMBOLS && text.starts_with(b"MI")
}

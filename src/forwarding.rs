//! What travels in a header that forwards a client's certificate: what the proxy sends, what a program behind it must
//! expect, and whether what the header says fits the certificates at hand.

mod back_end;

use crate::certificate::{CertId, Certificate, GeneralName};
use crate::decode::{CertificateClaim, Forwarded, HeaderForm};
use crate::inventory::{Inventory, Source};
use crate::plural::count;

pub use back_end::{BackEnd, back_ends};

/// What the proxy sends, and what a parser must expect.
pub fn sentence(form: HeaderForm) -> &'static str {
    match form {
        HeaderForm::Traefik => {
            "The proxy sends base64 of DER without PEM delimiters and without percent-encoding, the client's own certificate \
             first and a comma before each further one. A parser must split at commas and must not decode percent-encoding, \
             which would turn + into a blank."
        }
        HeaderForm::TraefikEscaped => {
            "The proxy sends base64 of DER without PEM delimiters, each certificate percent-encoded once, with plain commas \
             between them. A parser must split at commas and decode percent-encoding once."
        }
        HeaderForm::TraefikInfo | HeaderForm::TraefikInfoOld => {
            "The proxy sends names, dates and the serial number, and no certificate. Values are not escaped, so a parser \
             cannot tell a comma in a name from one between fields: set pem: true to get the certificate."
        }
        HeaderForm::IngressNginx | HeaderForm::NginxEscaped => {
            "The proxy sends the client's own certificate alone, as PEM with delimiters, in which everything but letters, \
             digits and -._~ is percent-encoded once. A parser must decode that once, and as a URI rather than as a form."
        }
        HeaderForm::NginxFolded => {
            "The proxy sends the client's own certificate alone, as PEM whose lines are folded with a tab, which HTTP has given \
             up (RFC 9112, 5.2). A parser must remove delimiters, tabs and line breaks; $ssl_client_escaped_cert needs none of \
             that."
        }
        HeaderForm::NginxRaw => {
            "This is PEM with its line breaks, which no HTTP header can hold: it was decoded already, or the proxy breaks the \
             request. nginx has $ssl_client_escaped_cert for headers."
        }
        HeaderForm::Envoy => {
            "The proxy sends one element for each proxy passed, with commas between them, the nearest proxy's last. Elements \
             hold pairs of keys and values; Cert and Chain are percent-encoded PEM in quotation marks, and are there only if \
             set_current_client_cert_details asks for them. Hash is the SHA-256 of the client's certificate."
        }
        HeaderForm::BareBase64 => {
            "The proxy sends the client's own certificate alone, as base64 of DER without PEM delimiters and without \
             percent-encoding. A parser must decode base64 and nothing else."
        }
        HeaderForm::HaproxyChain => {
            "The proxy sends base64 of the DER of several certificates, one behind the other. A parser must decode base64 once \
             and read on until the end. On a resumed session the value is empty."
        }
        HeaderForm::Apache => {
            "The proxy sends the client's own certificate alone, as PEM with blanks where the line breaks were. A parser must \
             remove delimiters and blanks; without a certificate the value is (null)."
        }
        HeaderForm::ApacheEscaped => {
            "The proxy sends the client's own certificate alone, as percent-encoded PEM in which +, / and = stand as they are. \
             A parser must decode it as a URI: a form decoder turns each + into a blank."
        }
        HeaderForm::ApacheBase64 => {
            "The proxy sends the client's own certificate alone, as base64 of DER without PEM delimiters; the rest of the chain \
             stands in SSL_CLIENT_B64CERT_CHAIN_0 and so on."
        }
        HeaderForm::AlbPassthrough => {
            "The proxy sends the whole chain, the client's own certificate first, as percent-encoded PEM blocks in which +, / \
             and = stand as they are. It has checked nothing. A parser must decode it as a URI: a form decoder turns each + \
             into a blank."
        }
        HeaderForm::AlbVerify => {
            "The proxy sends the client's own certificate alone, as percent-encoded PEM in which +, / and = stand as they are. \
             A parser must decode it as a URI: a form decoder turns each + into a blank."
        }
        HeaderForm::AlbFields => {
            "The proxy sends fields of the certificate it verified; the certificate itself is in X-Amzn-Mtls-Clientcert-Leaf."
        }
        HeaderForm::Rfc9440 => {
            "The proxy sends the client's own certificate in Client-Cert and the others in Client-Cert-Chain, as base64 of DER \
             between colons (RFC 9440, 2). A parser must take the colons away, split the chain at commas, and decode base64."
        }
        HeaderForm::ByteSequence => {
            "The proxy sends base64 of DER between colons, as RFC 9440 does, under a name that was chosen. A parser must take the \
             colons away, split a chain at commas, and decode base64. Google Cloud sends it only if validation passed, and \
             an empty value above 16 KB."
        }
        HeaderForm::AzureAppService => {
            "The proxy sends the client's own certificate alone, as base64 of DER without PEM delimiters. It has checked \
             nothing: the program must verify the certificate itself."
        }
        HeaderForm::Cloudflare => {
            "The proxy sends the client's own certificate alone, as base64 of DER without PEM delimiters, with the first request \
             of a connection."
        }
        HeaderForm::CloudflareDigest => {
            "The proxy sends the SHA-256 of the client's certificate in hexadecimal digits, and no certificate."
        }
    }
}

/// Which parsers fail on a form.
pub fn mismatch(form: HeaderForm) -> &'static str {
    match form {
        HeaderForm::Traefik => {
            "A parser that expects URL-encoded PEM fails on it, one that decodes it as a form turns each + into a blank, and one              that expects a single certificate stumbles over the comma."
        }
        HeaderForm::TraefikEscaped => {
            "A parser that expects PEM delimiters fails on it, and so does one that reads the base64 without decoding              percent-encoding."
        }
        HeaderForm::IngressNginx | HeaderForm::NginxEscaped => {
            "A parser that expects bare base64 fails on it, and so does one that reads the PEM without decoding percent-encoding."
        }
        HeaderForm::ApacheEscaped | HeaderForm::AlbPassthrough | HeaderForm::AlbVerify => {
            "A parser that decodes it as a form turns each + into a blank and fails, and so does one that expects bare base64."
        }
        HeaderForm::NginxFolded | HeaderForm::NginxRaw | HeaderForm::Apache => {
            "A parser that expects bare base64 fails on the delimiters, a strict PEM parser on the white space, and one that decodes              percent-encoding as a form turns each + into a blank."
        }
        HeaderForm::Envoy => "A parser that expects PEM or base64 alone fails on the keys.",
        HeaderForm::BareBase64 | HeaderForm::ApacheBase64 | HeaderForm::AzureAppService | HeaderForm::Cloudflare => {
            "A parser that expects URL-encoded PEM fails on it, and one that decodes it as a form turns each + into a blank."
        }
        HeaderForm::HaproxyChain => "A parser that expects one certificate fails on what follows the first.",
        HeaderForm::Rfc9440 | HeaderForm::ByteSequence => "A parser that expects base64 alone fails on the colons.",
        HeaderForm::TraefikInfo | HeaderForm::TraefikInfoOld | HeaderForm::AlbFields | HeaderForm::CloudflareDigest => {
            "A parser that expects a certificate fails: the header holds none."
        }
    }
}

/// What stands out in a header of a source: encodings too many or too few, and whether what it says fits.
pub fn notes(inventory: &Inventory, source: &Source) -> Vec<String> {
    let Some(forwarded) = source.part.as_ref().and_then(|part| part.forwarded.as_ref()) else { return Vec::new() };
    // Envoy encodes certificates alone, and may send none.
    let is_encoded = forwarded.form != HeaderForm::Envoy || !source.placements.is_empty();
    let mut notes: Vec<String> = rounds(forwarded).filter(|_| is_encoded).into_iter().collect();
    if !forwarded.claim.is_empty() {
        notes.push(fits(inventory, source, &forwarded.claim));
    }
    notes
}

fn rounds(forwarded: &Forwarded) -> Option<String> {
    let (now, usual) = (forwarded.rounds, forwarded.form.rounds());
    (now != usual).then(|| match usual {
        0 => format!("It is percent-encoded {}, which this form is not.", times(now)),
        _ if now == 0 => "It was percent-decoded already: another program did that on the way.".to_owned(),
        _ => format!("It is percent-encoded {} instead of {}.", times(now), times(usual)),
    })
}

fn times(rounds: u8) -> String {
    match rounds {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        more => count(usize::from(more), "time"),
    }
}

/// Whose certificate it is that a header speaks of. One that it shows itself is asked first.
fn fits(inventory: &Inventory, source: &Source, claim: &CertificateClaim) -> String {
    let certificate = |id: &CertId| inventory.certificates.get(id.0).map(AsRef::as_ref);
    let own = source.certificates();
    if let Some(first) = own.first().and_then(certificate) {
        let differences = differences(claim, first);
        return match differences.as_slice() {
            [] => format!("What it says beside the certificate fits {}.", first.short_name()),
            differences => format!("What it says does not fit {}: {}.", first.short_name(), differences.join(", ")),
        };
    }
    let given = inventory.certificates.iter().take(inventory.given());
    let fitting: Vec<String> = given.filter(|it| differences(claim, it).is_empty()).map(|it| it.short_name()).collect();
    match fitting.as_slice() {
        [] => "It shows no certificate, and what it says fits none of those given.".to_owned(),
        fitting => format!("It shows no certificate; what it says fits {}.", fitting.join(" and ")),
    }
}

/// What a header says otherwise than a certificate does.
fn differences(claim: &CertificateClaim, certificate: &Certificate) -> Vec<&'static str> {
    let serial: Vec<u8> = certificate.serial.iter().copied().skip_while(|octet| *octet == 0).collect();
    let is = |differs: Option<bool>, what| differs.unwrap_or(false).then_some(what);
    [
        is(claim.sha256.map(|it| it != certificate.sha256), "another SHA-256"),
        is(claim.serial.as_ref().map(|it| *it != serial), "another serial number"),
        is(claim.not_before.map(|it| it != certificate.not_before), "another first day"),
        is(claim.not_after.map(|it| it != certificate.not_after), "another last day"),
        is(claim.names.as_ref().map(|it| sorted(it.clone()) != sorted(names(certificate))), "other names"),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The kinds of names that Traefik writes (`pass_tls_client_cert.go`, `getSANs`).
fn names(certificate: &Certificate) -> Vec<String> {
    let name = |name: &GeneralName| match name {
        GeneralName::Dns(_) | GeneralName::Email(_) | GeneralName::Ip(_) | GeneralName::Uri(_) => {
            name.to_string().split_once(':').map(|(_, text)| text.to_owned())
        }
        _ => None,
    };
    certificate.subject_alt_names.iter().flatten().filter_map(name).collect()
}

fn sorted(mut names: Vec<String>) -> Vec<String> {
    names.sort_unstable();
    names
}

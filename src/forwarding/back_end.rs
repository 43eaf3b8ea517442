//! One line for each back end by which it reads the client's own certificate out of a header. Pure data: how each back end
//! takes each step, from which the line for an encoding is put together.

use crate::decode::HeaderForm;

/// A line for one back end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BackEnd {
    /// What people call it.
    pub name: &'static str,
    /// Code or configuration.
    pub code: String,
    /// Where its documentation is.
    pub source: &'static str,
}

/// What each back end does with a form under a header's name; none where the header shows no certificate.
pub fn back_ends(form: HeaderForm, header: &str) -> Vec<BackEnd> {
    let Some(wire) = wire(form) else { return Vec::new() };
    // A server passes headers on to Ruby and PHP as CGI does (RFC 3875, 4.1.18).
    let cgi = format!("HTTP_{}", header.to_ascii_uppercase().replace('-', "_"));
    let filled = |line: String| line.replace("NAME", header).replace("CGI", &cgi);
    let back_end = |(name, source, line): (&'static str, &'static str, Option<String>)| {
        line.map(|line| BackEnd { name, code: filled(line), source })
    };
    let keycloak = ("Keycloak", KEYCLOAK_SOURCE, keycloak(wire).map(str::to_owned));
    let mut lines: Vec<_> = PROGRAMS.iter().map(|program| (program.name, program.source, program.line(wire))).collect();
    lines.insert(1, keycloak);
    lines.into_iter().filter_map(back_end).collect()
}

/// How the certificate is encoded, whoever sent it.
#[derive(Clone, Copy)]
enum Wire {
    /// PEM in which all signs of base64 are percent-encoded.
    EscapedPem,
    /// PEM in which `+`, `/` and `=` are not, which a form decoder damages.
    LoosePem,
    /// PEM with other white space than line breaks.
    PlainPem,
    /// Base64 of one certificate's DER.
    Base64,
    /// Base64 of several certificates' DER.
    Chain,
    /// Base64 with commas between certificates.
    List,
    /// The same, percent-encoded.
    EscapedList,
    /// Base64 between colons.
    ByteSequence,
    /// Envoy's pairs of keys and values.
    Elements,
}

fn wire(form: HeaderForm) -> Option<Wire> {
    Some(match form {
        HeaderForm::Traefik => Wire::List,
        HeaderForm::TraefikEscaped => Wire::EscapedList,
        HeaderForm::IngressNginx | HeaderForm::NginxEscaped => Wire::EscapedPem,
        HeaderForm::ApacheEscaped | HeaderForm::AlbPassthrough | HeaderForm::AlbVerify => Wire::LoosePem,
        HeaderForm::NginxFolded | HeaderForm::NginxRaw | HeaderForm::Apache => Wire::PlainPem,
        HeaderForm::Envoy => Wire::Elements,
        HeaderForm::BareBase64 | HeaderForm::ApacheBase64 => Wire::Base64,
        HeaderForm::AzureAppService | HeaderForm::Cloudflare => Wire::Base64,
        HeaderForm::HaproxyChain => Wire::Chain,
        HeaderForm::Rfc9440 | HeaderForm::ByteSequence => Wire::ByteSequence,
        HeaderForm::TraefikInfo | HeaderForm::TraefikInfoOld | HeaderForm::AlbFields | HeaderForm::CloudflareDigest => {
            return None;
        }
    })
}

const KEYCLOAK_SOURCE: &str = "https://www.keycloak.org/server/reverseproxy";

/// Keycloak has a provider for each proxy. The one for nginx decodes as a form, which would lose each `+` that was not encoded.
fn keycloak(wire: Wire) -> Option<&'static str> {
    match wire {
        Wire::EscapedPem => Some(
            "bin/kc.sh start --spi-x509cert-lookup--provider=nginx --spi-x509cert-lookup--nginx--ssl-client-cert=NAME",
        ),
        Wire::PlainPem => Some(
            "bin/kc.sh start --spi-x509cert-lookup--provider=apache --spi-x509cert-lookup--apache--ssl-client-cert=NAME",
        ),
        Wire::Base64 => Some(
            "bin/kc.sh start --spi-x509cert-lookup--provider=haproxy --spi-x509cert-lookup--haproxy--ssl-client-cert=NAME",
        ),
        Wire::List | Wire::EscapedList => Some("bin/kc.sh start --spi-x509cert-lookup--provider=traefik"),
        Wire::ByteSequence => Some("bin/kc.sh start --spi-x509cert-lookup--provider=rfc9440"),
        Wire::Elements => Some("bin/kc.sh start --spi-x509cert-lookup--provider=envoy"),
        Wire::LoosePem | Wire::Chain => None,
    }
}

/// How a program takes each step. `NAME` is the header's name, `CGI` the variable of that name, and `VALUE` what the step before
/// came to: an expression, or in Go and Rust the statements that leave it in `value`.
struct Program {
    name: &'static str,
    source: &'static str,
    /// Gets the header.
    header: &'static str,
    /// Decodes percent-encoding as a URI, which leaves `+` alone.
    unescaped: &'static str,
    /// Takes what stands before the first comma.
    first: &'static str,
    /// Takes PEM delimiters and white space away.
    stripped: &'static str,
    /// Takes the colons of a byte sequence away.
    without_colons: &'static str,
    /// Takes the value of the key `Cert`.
    element: &'static str,
    /// Reads PEM.
    pem: &'static str,
    /// Reads base64 of DER.
    base64: &'static str,
    /// Reads base64 of the DER of several certificates; `None` where the program wants nothing behind the first.
    chain: Option<&'static str>,
}

impl Program {
    fn line(&self, wire: Wire) -> Option<String> {
        let steps: &[&str] = match wire {
            Wire::EscapedPem | Wire::LoosePem => &[self.unescaped, self.pem],
            Wire::PlainPem => &[self.stripped, self.base64],
            Wire::Base64 => &[self.base64],
            Wire::Chain => &[self.chain?],
            Wire::List => &[self.first, self.base64],
            Wire::EscapedList => &[self.first, self.unescaped, self.base64],
            Wire::ByteSequence => &[self.without_colons, self.base64],
            Wire::Elements => &[self.element, self.unescaped, self.pem],
        };
        Some(steps.iter().fold(self.header.to_owned(), |code, step| step.replace("VALUE", &code)))
    }
}

const PROGRAMS: [Program; 9] = [
    Program {
        name: "Spring, Java servlet",
        source: "https://docs.oracle.com/en/java/javase/21/docs/api/java.base/java/security/cert/CertificateFactory.html",
        header: r#"request.getHeader("NAME")"#,
        unescaped: r#"URLDecoder.decode(VALUE.replace("+", "%2B"), StandardCharsets.UTF_8)"#,
        first: r#"VALUE.split(",")[0]"#,
        stripped: r#"VALUE.replaceAll("-----[A-Z ]+-----|\\s", "")"#,
        without_colons: r#"VALUE.replace(":", "").strip()"#,
        element: r#"VALUE.replaceFirst("(?is)^(?:.*?[;,])?Cert=\"([^\"]*)\".*$", "$1")"#,
        pem: r#"CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(VALUE.getBytes()))"#,
        base64: r#"CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(Base64.getDecoder().decode(VALUE)))"#,
        chain: Some(
            r#"CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(Base64.getDecoder().decode(VALUE)))"#,
        ),
    },
    Program {
        name: "Go net/http",
        source: "https://pkg.go.dev/crypto/x509#ParseCertificate",
        header: r#"value := r.Header.Get("NAME")"#,
        unescaped: "VALUE; value, err := url.PathUnescape(value)",
        first: r#"VALUE; value, _, _ = strings.Cut(value, ",")"#,
        stripped: r#"VALUE; value = regexp.MustCompile(`-----[A-Z ]+-----|\s`).ReplaceAllString(value, "")"#,
        without_colons: r#"VALUE; value = strings.Trim(value, ": ")"#,
        element: r#"VALUE; value = regexp.MustCompile(`(?is)^(?:.*?[;,])?Cert="([^"]*)".*$`).ReplaceAllString(value, "$1")"#,
        pem: r#"VALUE; block, _ := pem.Decode([]byte(value)); if block == nil { http.Error(w, "no certificate", 401); return }; certificate, err := x509.ParseCertificate(block.Bytes)"#,
        base64: "VALUE; der, err := base64.StdEncoding.DecodeString(value); certificate, err := x509.ParseCertificate(der)",
        chain: Some(
            "VALUE; der, err := base64.StdEncoding.DecodeString(value); certificates, err := x509.ParseCertificates(der)",
        ),
    },
    Program {
        name: "Node.js, Express",
        source: "https://nodejs.org/api/crypto.html#new-x509certificatebuffer",
        header: r#"req.get("NAME")"#,
        unescaped: "decodeURIComponent(VALUE)",
        first: r#"VALUE.split(",")[0]"#,
        stripped: r#"VALUE.replace(/-----[A-Z ]+-----|\s/g, "")"#,
        without_colons: r#"VALUE.replaceAll(":", "")"#,
        element: r#"/(?:^|[;,])Cert="([^"]*)"/i.exec(VALUE)[1]"#,
        pem: "new X509Certificate(VALUE)",
        base64: r#"new X509Certificate(Buffer.from(VALUE, "base64"))"#,
        chain: Some(r#"new X509Certificate(Buffer.from(VALUE, "base64"))"#),
    },
    Program {
        name: "Python, Flask and Django",
        source: "https://cryptography.io/en/latest/x509/reference/#loading-certificates",
        header: r#"request.headers["NAME"]"#,
        unescaped: "unquote(VALUE)",
        first: r#"VALUE.split(",")[0]"#,
        stripped: r#"re.sub(r"-----[A-Z ]+-----|\s", "", VALUE)"#,
        without_colons: r#"VALUE.strip(": ")"#,
        element: r#"re.search(r'(?i)(?:^|[;,])Cert="([^"]*)"', VALUE)[1]"#,
        pem: "x509.load_pem_x509_certificate(VALUE.encode())",
        base64: "x509.load_der_x509_certificate(b64decode(VALUE))",
        chain: None,
    },
    Program {
        name: "ASP.NET Core",
        source: "https://learn.microsoft.com/aspnet/core/security/authentication/certauth",
        header: "value",
        unescaped: "Uri.UnescapeDataString(VALUE)",
        first: "VALUE.Split(',')[0]",
        stripped: r#"Regex.Replace(VALUE, @"-----[A-Z ]+-----|\s", "")"#,
        without_colons: "VALUE.Trim(':', ' ')",
        element: r#"Regex.Match(VALUE, "(?i)(?:^|[;,])Cert=\"([^\"]*)\"").Groups[1].Value"#,
        pem: r#"builder.Services.AddCertificateForwarding(options => { options.CertificateHeader = "NAME"; options.HeaderConverter = value => X509Certificate2.CreateFromPem(VALUE); });"#,
        base64: r#"builder.Services.AddCertificateForwarding(options => { options.CertificateHeader = "NAME"; options.HeaderConverter = value => new X509Certificate2(Convert.FromBase64String(VALUE)); });"#,
        chain: None,
    },
    Program {
        name: "Ruby, Rack",
        source: "https://docs.ruby-lang.org/en/master/OpenSSL/X509/Certificate.html",
        header: r#"request.get_header("CGI")"#,
        unescaped: "URI.decode_uri_component(VALUE)",
        first: r#"VALUE.split(",").first"#,
        stripped: r#"VALUE.gsub(/-----[A-Z ]+-----|\s/, "")"#,
        without_colons: r#"VALUE.delete(":")"#,
        element: r#"VALUE[/(?:^|[;,])Cert="([^"]*)"/i, 1]"#,
        pem: "OpenSSL::X509::Certificate.new(VALUE)",
        base64: r#"OpenSSL::X509::Certificate.new(VALUE.unpack1("m"))"#,
        chain: Some(r#"OpenSSL::X509::Certificate.new(VALUE.unpack1("m"))"#),
    },
    Program {
        name: "PHP",
        source: "https://www.php.net/manual/en/function.openssl-x509-read.php",
        header: "$_SERVER['CGI']",
        unescaped: "rawurldecode(VALUE)",
        first: "explode(',', VALUE)[0]",
        stripped: r"preg_replace('/-----[A-Z ]+-----|\s/', '', VALUE)",
        without_colons: "trim(VALUE, ': ')",
        element: r#"preg_replace('/^(?:.*?[;,])?Cert="([^"]*)".*$/is', '$1', VALUE)"#,
        pem: "openssl_x509_read(VALUE)",
        base64: r#"openssl_x509_read("-----BEGIN CERTIFICATE-----\n" . chunk_split(VALUE, 64, "\n") . "-----END CERTIFICATE-----\n")"#,
        chain: None,
    },
    Program {
        name: "Rust, axum",
        source: "https://docs.rs/x509-parser/latest/x509_parser/",
        header: r#"let value = headers.get("NAME").ok_or(StatusCode::UNAUTHORIZED)?.to_str()?.to_owned();"#,
        unescaped: "VALUE let value = percent_decode_str(&value).decode_utf8()?.into_owned();",
        first: "VALUE let value = value.split(',').next().unwrap_or_default();",
        stripped: r#"VALUE let value = Regex::new(r"-----[A-Z ]+-----|\s")?.replace_all(&value, "").into_owned();"#,
        without_colons: "VALUE let value = value.trim_matches([':', ' ']);",
        element: r##"VALUE let value = Regex::new(r#"(?is)^(?:.*?[;,])?Cert="([^"]*)".*$"#)?.replace(&value, "$1").into_owned();"##,
        pem: "VALUE let (_, pem) = parse_x509_pem(value.as_bytes())?; let certificate = pem.parse_x509()?;",
        base64: "VALUE let der = STANDARD.decode(value)?; let (_, certificate) = parse_x509_certificate(&der)?;",
        chain: Some(
            "VALUE let der = STANDARD.decode(value)?; let (rest, certificate) = parse_x509_certificate(&der)?;",
        ),
    },
    Program {
        name: "nginx njs",
        source: "https://nginx.org/en/docs/njs/reference.html",
        header: r#"r.headersIn["NAME"]"#,
        unescaped: "decodeURIComponent(VALUE)",
        first: r#"VALUE.split(",")[0]"#,
        stripped: r#"VALUE.replace(/-----[A-Z ]+-----|\s/g, "")"#,
        without_colons: r#"VALUE.split(":")[1]"#,
        element: r#"/(?:^|[;,])Cert="([^"]*)"/i.exec(VALUE)[1]"#,
        pem: "let pem = VALUE;",
        base64: r#"let der = Buffer.from(VALUE, "base64");"#,
        chain: Some(r#"let der = Buffer.from(VALUE, "base64");"#),
    },
];

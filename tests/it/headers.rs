//! Tests of headers in which proxies forward a client's certificate: every form with its name, and every damage that is seen in
//! the field.

use rootlens::decode::{self, Carried, CertificateClaim, Decoded, HeaderForm, Meaning, Repair};
use rootlens::inventory::{Input, Inventory};
use rootlens::{digest, forwarding};

use crate::{recorded, share};

const SCENARIO: &str = "mtls-scenarios/ec-04b-ok-with-intermediate";

fn pem(file: &str) -> String {
    recorded::text(&format!("{SCENARIO}/{file}"))
}

fn leaf() -> String {
    pem("leaf.pem")
}

fn inter() -> String {
    pem("inter.pem")
}

/// The base64 of a PEM block, on one line.
fn body(pem: &str) -> String {
    pem.lines().filter(|line| !line.starts_with('-')).collect()
}

/// As nginx, Go's `url.QueryEscape` and others do it.
fn escaped(text: &str) -> String {
    let escape = |byte: u8| match byte {
        b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        other => format!("%{other:02X}"),
    };
    text.bytes().map(escape).collect()
}

/// As AWS and Apache do it: the signs of base64 stay.
fn loosely_escaped(text: &str) -> String {
    text.replace(' ', "%20").replace('\n', "%0A")
}

/// As a form decoder reads a value: each `+` becomes a blank.
fn form_decoded(value: &str) -> String {
    let mut text = value.replace('+', " ");
    for byte in 0..=127_u8 {
        text = text.replace(&format!("%{byte:02X}"), &char::from(byte).to_string());
    }
    text
}

/// Every form: what stands in the request, what it is called, how often it is percent-encoded, and which certificates it shows.
fn forms() -> Vec<(String, HeaderForm, u8, usize)> {
    let (leaf, inter) = (leaf(), inter());
    let [leaf64, inter64] = [&leaf, &inter].map(|pem| body(pem));
    let digest: String =
        digest::sha256(&decode::read(leaf.as_bytes()).items[0].der).iter().map(|it| format!("{it:02x}")).collect();
    let folded = leaf.trim_end().replace('\n', "\n\t");
    let blank = leaf.replace('\n', " ");
    let recipe = format!("-----BEGIN CERTIFICATE----- {leaf64} -----END CERTIFICATE-----");
    let both = [&leaf, &inter].map(|pem| decode::read(pem.as_bytes()).items[0].der.clone()).concat();
    let chain64 = data_encoding::BASE64.encode(&both);
    let (one, two) = (escaped(&leaf), escaped(&format!("{leaf}{inter}")));
    use HeaderForm as F;
    [
        (format!("X-Forwarded-Tls-Client-Cert: {leaf64},{inter64}"), F::Traefik, 0, 2),
        (format!("X-Forwarded-Tls-Client-Cert: {leaf64}"), F::Traefik, 0, 1),
        (format!("X-Forwarded-Tls-Client-Cert: {},{}", escaped(&leaf64), escaped(&inter64)), F::TraefikEscaped, 1, 2),
        (format!("X-Client-Cert: {leaf64},{inter64}"), F::Traefik, 0, 2),
        (format!("X-Client-Cert: {}", escaped(&leaf64)), F::TraefikEscaped, 1, 1),
        (format!("Ssl-Client-Cert: {one}"), F::IngressNginx, 1, 1),
        (format!("ssl-client-cert: {one}"), F::IngressNginx, 1, 1),
        (format!("X-SSL-Cert: {one}"), F::NginxEscaped, 1, 1),
        (format!("X-SSL-Cert: {folded}"), F::NginxFolded, 0, 1),
        (format!("X-SSL-Cert: {leaf}"), F::NginxRaw, 0, 1),
        (format!("x-forwarded-client-cert: By=spiffe://a/b;Hash={digest};Cert=\"{one}\";Chain=\"{two}\";Subject=\"CN=\\\"a,b\\\"\";URI="), F::Envoy, 1, 2),
        (format!("X-SSL-Client-Cert: {leaf64}"), F::BareBase64, 0, 1),
        (format!("X-SSL-Client-Cert: \"{leaf64}\""), F::BareBase64, 0, 1),
        (format!("X-Forwarded-Client-Cert: {leaf64}"), F::BareBase64, 0, 1),
        (format!("X-SSL-Client-Chain: {chain64}"), F::HaproxyChain, 0, 2),
        (format!("X-SSL-Client-Cert: {recipe}"), F::Apache, 0, 1),
        (format!("X-SSL-Cert: {blank}"), F::Apache, 0, 1),
        (format!("X-SSL-Cert: {}", loosely_escaped(&leaf)), F::ApacheEscaped, 1, 1),
        (format!("SSL_CLIENT_B64CERT: {leaf64}\nSSL_CLIENT_B64CERT_CHAIN_0: {inter64}"), F::ApacheBase64, 0, 2),
        (format!("X-Tls-Client-Cert: {leaf64}"), F::BareBase64, 0, 1),
        (format!("X-Amzn-Mtls-Clientcert: {}", loosely_escaped(&format!("{leaf}{inter}"))), F::AlbPassthrough, 1, 2),
        (format!("X-Amzn-Mtls-Clientcert-Leaf: {}", loosely_escaped(&leaf)), F::AlbVerify, 1, 1),
        (format!("X-Client-Cert-Leaf: :{leaf64}:\nX-Client-Cert-Chain: :{inter64}:"), F::ByteSequence, 0, 2),
        (format!("X-Client-Certificate: {one}"), F::NginxEscaped, 1, 1),
        (format!("X-ARR-ClientCert: {leaf64}"), F::AzureAppService, 0, 1),
        (format!("Cf-Client-Cert-Der-Base64: {leaf64}"), F::Cloudflare, 0, 1),
        (format!("Client-Cert: :{leaf64}:\nClient-Cert-Chain: :{inter64}:, :{}:", body(&pem("pool.pem"))), F::Rfc9440, 0, 3),
    ]
    .to_vec()
}

/// The request around a header.
fn request(header: &str) -> String {
    format!("GET / HTTP/1.1\nHost: api.example\n{header}\nX-Real-Ip: 192.0.2.1\n")
}

/// How a header's value is written, and how often it was percent-encoded.
type FormAndRounds = (HeaderForm, u8);

/// The form, the rounds and the certificates of the only part of a text, with the repairs of the first.
fn read(text: &str) -> (Option<FormAndRounds>, Vec<Vec<u8>>, Vec<Repair>) {
    let Decoded { parts, mut items, .. } = decode::read(text.as_bytes());
    let [part] = parts.as_slice() else { panic!("one part, not {parts:?}: {text}") };
    assert_eq!(part.meaning, Meaning::ClientChain, "{text}");
    let order = |place: usize| part.stretches.iter().position(|stretch| stretch.contains(&place));
    items.sort_by_key(|item| order(item.place.bytes.start));
    let repairs = items.first().map(|item| item.repairs.clone()).unwrap_or_default();
    let form = part.forwarded.as_ref().map(|forwarded| (forwarded.form, forwarded.rounds));
    let mut ders: Vec<Vec<u8>> = items.into_iter().map(|item| item.der).collect();
    ders.dedup();
    (form, ders, repairs)
}

/// The leaf, the intermediate and the root, as far as a form shows them.
fn chain(shown: usize) -> Vec<Vec<u8>> {
    let all = ["leaf.pem", "inter.pem", "pool.pem"].map(|file| decode::read(pem(file).as_bytes()).items.remove(0).der);
    all.into_iter().take(shown).collect()
}

fn without_repetition(ders: Vec<Vec<u8>>) -> Vec<Vec<u8>> {
    let mut distinct: Vec<Vec<u8>> = Vec::new();
    for der in ders {
        if !distinct.contains(&der) {
            distinct.push(der);
        }
    }
    distinct
}

#[test]
fn every_form_is_read_and_named() {
    for (header, form, rounds, shown) in forms() {
        let (found, ders, _) = read(&request(&header));
        assert_eq!(found, Some((form, rounds)), "{header}");
        assert_eq!(without_repetition(ders), chain(shown), "{header}");
        assert_eq!(form.rounds(), rounds, "{header}");
        if form.carries() == Carried::LeafOnly && form != HeaderForm::ApacheBase64 {
            assert_eq!(shown, 1, "{header}");
        }
    }
}

#[test]
fn what_was_encoded_again_is_decoded_to_the_end() {
    for (header, form, rounds, shown) in forms() {
        let Some((name, value)) = header.split_once(": ").filter(|(_, value)| !value.contains(['\n', '"', '\t']))
        else {
            continue;
        };
        // Twice encoded, Apache's signs are hidden like everybody's, and only names and the text within tell.
        let twice = format!("{name}: {}", escaped(value));
        let (found, ders, repairs) = read(&request(&twice));
        let expected = match form {
            HeaderForm::BareBase64 | HeaderForm::Traefik => HeaderForm::TraefikEscaped,
            HeaderForm::Apache => HeaderForm::ApacheEscaped,
            other => other,
        };
        let is_told = found.is_some_and(|(found, again)| again == rounds + 1 && (found == expected || rounds == 0));
        assert!(is_told, "{form:?}: {found:?}, {twice}");
        assert_eq!(without_repetition(ders), chain(shown), "{form:?}");
        assert!(repairs.contains(&Repair::UrlEncoding { rounds: rounds + 1 }), "{form:?}: {repairs:?}");
    }
}

#[test]
fn a_lost_plus_is_put_back() {
    let mut tried = 0;
    for (header, form, _, shown) in forms() {
        let Some((name, value)) = header.split_once(": ").filter(|(_, value)| value.contains('+')) else { continue };
        // Where one value has several lines, the form decoder sees each by itself.
        let damaged = format!("{name}: {}", form_decoded(value));
        let (_, ders, repairs) = read(&request(&damaged));
        assert_eq!(without_repetition(ders), chain(shown), "{form:?}: {damaged}");
        assert!(repairs.contains(&Repair::SpacesForPlus), "{form:?}: {repairs:?}");
        tried += 1;
    }
    assert!(tried > 10, "{tried}");
}

/// Real certificates, and whether they show that somebody exchanged the signs: they hold both, a BOOLEAN or a key identifier.
#[test]
fn exchanged_signs_are_exchanged_back() {
    let exchange = |text: &str| text.replace('+', "\u{1}").replace('/', "+").replace('\u{1}', "/");
    for (header, form, _, shown) in forms() {
        let Some((name, value)) = header.split_once(": ").filter(|(_, value)| shown == 1 && !value.contains("Cert="))
        else {
            continue;
        };
        let plain = value.replace("%2B", "+").replace("%2F", "/").replace("%3D", "=");
        let damaged = format!("{name}: {}", exchange(&plain));
        let (_, ders, repairs) = read(&request(&damaged));
        assert_eq!(ders, chain(1), "{form:?}: {damaged}");
        assert!(repairs.contains(&Repair::ExchangedSigns), "{form:?}: {repairs:?}");
    }
    let mut mended = 0;
    let mut all = 0;
    for folder in recorded::folders("mtls-scenarios") {
        for file in recorded::files(&format!("mtls-scenarios/{folder}"), ".pem") {
            let text = recorded::text(&format!("mtls-scenarios/{folder}/{file}"));
            for item in decode::read(text.as_bytes()).items {
                assert!(!item.repairs.contains(&Repair::ExchangedSigns), "{folder}/{file} is as it should be");
                let symbols = data_encoding::BASE64.encode(&item.der);
                let found = decode::read(format!("X-Client-Cert: {}\n", exchange(&symbols)).as_bytes()).items;
                all += 1;
                mended += usize::from(found.iter().any(|found| found.der == item.der));
            }
        }
    }
    println!("{mended} of {all}");
    assert!(mended * 10 >= all * 9, "{mended} of {all}");
}

/// A certificate of 508 to 511 bytes has `MIIB+` at its start, and then the length itself lost its sign.
#[test]
fn a_plus_in_the_length_is_put_back() {
    for length in 504..=507_usize {
        let der = of_length(length);
        let text = data_encoding::BASE64.encode(&der);
        assert!(text.starts_with("MIIB+"), "{text}");
        for damaged in [
            format!("X-Client-Cert: {}\n", text.replace('+', " ")),
            format!("X-Client-Cert: {},{0}\n", text.replace('+', " ")),
        ] {
            let items = decode::read(damaged.as_bytes()).items;
            assert!(!items.is_empty() && items.iter().all(|item| item.der == der), "{length}: {damaged}");
        }
    }
}

/// A certificate in shape alone, whose outer length is this one: its last element takes what is left.
fn of_length(length: usize) -> Vec<u8> {
    let leaf = chain(1).remove(0);
    let is_signature = |at: &usize| leaf[*at] == 3 && usize::from(leaf[at + 1]) == leaf.len() - at - 2;
    let signature = (leaf.len() - 80..leaf.len()).find(is_signature).expect("a BIT STRING ends the certificate");
    let signed = &leaf[4..signature];
    let bits = vec![0xfb; length - signed.len() - 3];
    let [high, low] = u16::try_from(length).expect("small").to_be_bytes();
    let size = u8::try_from(bits.len()).expect("fits one octet");
    [&[0x30, 0x82, high, low], signed, &[3, 0x81, size], &bits].concat()
}

#[test]
fn what_is_cut_says_after_how_many_bytes() {
    let der = chain(1).remove(0);
    for (header, form, _, shown) in forms().into_iter().filter(|(header, ..)| !header.contains('\n')) {
        if shown > 1 {
            continue;
        }
        let cut = header.len() * 2 / 3;
        let decoded = decode::read(request(&header[..cut]).as_bytes());
        let [problem] = decoded.problems.as_slice() else { panic!("{form:?}: {:?}", decoded.problems) };
        assert!(problem.message.contains(&format!(" of {} bytes", der.len())), "{form:?}: {}", problem.message);
        assert!(decoded.items.is_empty(), "{form:?}");
        let part = decoded.parts.first().unwrap_or_else(|| panic!("{form:?} is a part"));
        assert!(part.forwarded.is_some(), "{form:?}");
    }
}

#[test]
fn white_space_and_quotes_do_no_harm() {
    let leaf64 = body(&leaf());
    let literal = leaf().replace('\n', "\\n");
    for (value, repair) in [
        (format!("\"{leaf64}\""), Repair::BareBase64),
        (format!("  {leaf64}  "), Repair::BareBase64),
        (literal.clone(), Repair::EscapedNewlines),
        (format!("\"{literal}\""), Repair::EscapedNewlines),
        (leaf().replace('\n', ""), Repair::MissingLineBreaks),
        (leaf().replace(['\n', '+'], " "), Repair::SpacesForPlus),
        (leaf().replace('\n', "\n\t"), Repair::Indentation),
        (format!("\"{}\"", escaped(&leaf())), Repair::UrlEncoding { rounds: 1 }),
    ] {
        let (form, ders, repairs) = read(&request(&format!("X-Client-Cert: {value}")));
        assert_eq!(ders, chain(1), "{value}");
        assert!(form.is_some(), "{value}");
        assert!(repairs.contains(&repair), "{value}: {repairs:?}");
    }
}

#[test]
fn placeholders_are_told_from_certificates() {
    for (header, words) in [
        ("X-SSL-Client-Cert: (null)", "presented none"),
        ("SSL_CLIENT_CERT: (null)", "presented none"),
        ("ssl-client-cert: ", "presented none"),
        ("ssl-client-cert:", "presented none"),
        ("x-forwarded-client-cert: \"\"", "presented none"),
        ("X-SSL-Cert: undefined", "presented none"),
        ("X-SSL-Cert: -", "presented none"),
        ("X-SSL-Cert: %{SSL_CLIENT_CERT}s", "variable's name"),
        ("X-SSL-Cert: %{SSL_CLIENT_CERT}e", "variable's name"),
        ("X-SSL-Cert: %[ssl_c_der,base64]", "variable's name"),
        ("X-Client-Cert: {http.request.tls.client.certificate_der_base64}", "variable's name"),
        ("X-SSL-Cert: $ssl_client_escaped_cert", "variable's name"),
        ("X-Client-Cert-Leaf: {client_cert_leaf}", "variable's name"),
    ] {
        let decoded = decode::read(request(header).as_bytes());
        let [problem] = decoded.problems.as_slice() else { panic!("{header}: {:?}", decoded.problems) };
        assert!(problem.message.contains(words), "{header}: {}", problem.message);
        assert_eq!(problem.place.line, 3, "{header}");
    }
    // What is no header may be empty.
    for text in ["clientCert: \"\"\n", "CLIENT_CERT=\n", "client_cert: null\n", "tlsClientCert: /etc/tls/client.pem\n"]
    {
        let problems = decode::read(text.as_bytes()).problems;
        assert!(
            problems.iter().all(|problem| problem.message.starts_with("No certificate was found")),
            "{text}: {problems:?}"
        );
    }
}

/// A request with a header that shows no certificate, and the leaf or another certificate beside it.
fn notes(header: &str, beside: &str) -> Vec<String> {
    let input =
        |name: &str, text: String| Input { name: name.to_owned(), bytes: text.into_bytes(), ..Input::default() };
    let inputs = [input("request.txt", request(header)), input("client.pem", pem(beside))];
    share::assert_inputs_travel(header, &inputs);
    let inventory = Inventory::from_inputs(&inputs);
    let forwarded = |source: &&std::rc::Rc<rootlens::inventory::Source>| {
        source.part.as_ref().is_some_and(|part| part.forwarded.is_some())
    };
    let source = inventory.sources.iter().find(forwarded).unwrap_or_else(|| panic!("{header} says something"));
    forwarding::notes(&inventory, source)
}

#[test]
fn what_a_header_says_is_held_against_the_certificates() {
    let leaf = recorded::certificate(&format!("{SCENARIO}/leaf.pem"));
    let digest: String = leaf.sha256.iter().map(|octet| format!("{octet:02x}")).collect();
    let hex: String = leaf.serial.iter().map(|octet| format!("{octet:02X}")).collect();
    let serial = decimal(&leaf.serial);
    let (begins, ends) = (leaf.not_before.0, leaf.not_after.0);
    let names: Vec<String> = leaf
        .subject_alt_name_texts()
        .iter()
        .filter_map(|name| name.split_once(':'))
        .map(|(_, name)| name.to_owned())
        .collect();
    let names = names.join(",");
    let info = escaped(&format!(
        "Subject=\"CN=node-1\";Issuer=\"CN=Node CA\";SerialNumber=\"{serial}\";NB=\"{begins}\";NA=\"{ends}\";SAN=\"{names}\""
    ));
    let old = escaped(&format!("Subject=\"CN=node-1\",Issuer=\"CN=Node CA\",NB={begins},NA={ends},SAN={names}"));
    for header in [
        format!("X-Forwarded-Tls-Client-Cert-Info: {info}"),
        format!("X-Forwarded-Tls-Client-Cert-Infos: {old}"),
        format!("x-forwarded-client-cert: By=spiffe://a/b;Hash={digest};Subject=\"CN=node-1\";URI=spiffe://a/c"),
        format!("Cf-Client-Cert-Sha256: {digest}"),
        format!("X-Amzn-Mtls-Clientcert-Serial-Number: {hex}"),
        format!(
            "X-Amzn-Mtls-Clientcert-Validity: NotBefore={};NotAfter={}",
            instant(leaf.not_before),
            instant(leaf.not_after)
        ),
    ] {
        let fitting = notes(&header, "leaf.pem");
        assert!(fitting[0].ends_with("what it says fits node-1."), "{header}: {fitting:?}");
        let strange = notes(&header, "../../openziti-ha/distinct/signer1.crt");
        assert!(strange[0].ends_with("fits none of those given."), "{header}: {strange:?}");
    }
}

/// A number in decimal digits.
fn decimal(octets: &[u8]) -> String {
    let mut digits = vec![0_u32];
    for octet in octets {
        let mut carry = u32::from(*octet);
        for digit in &mut digits {
            (*digit, carry) = ((*digit * 256 + carry) % 10, (*digit * 256 + carry) / 10);
        }
        while carry > 0 {
            digits.push(carry % 10);
            carry /= 10;
        }
    }
    digits.iter().rev().map(u32::to_string).collect()
}

fn instant(at: rootlens::time::Timestamp) -> String {
    at.date_and_time().replacen(' ', "T", 1).replace(" UTC", "Z")
}

#[test]
fn what_stands_beside_a_certificate_is_held_against_it() {
    let leaf64 = body(&leaf());
    let digest = "00".repeat(32);
    for (header, note) in [
        (
            format!("X-Forwarded-Tls-Client-Cert: {leaf64}\nX-Forwarded-Tls-Client-Cert-Info: NB%3D%221%22"),
            "another first day",
        ),
        (format!("x-forwarded-client-cert: Hash={digest};Cert=\"{}\"", escaped(&leaf())), "another SHA-256"),
        (format!("ssl-client-cert: {}", escaped(&escaped(&leaf()))), "twice instead of once"),
        (format!("X-Forwarded-Tls-Client-Cert: {}", escaped(&escaped(&leaf64))), "twice instead of once"),
    ] {
        let notes = notes(&header, "pool.pem");
        assert!(notes.iter().any(|it| it.contains(note)), "{header}: {notes:?}");
    }
}

#[test]
fn the_old_info_is_told_from_the_new() {
    let form = |name: &str, value: &str| {
        let parts = decode::read(request(&format!("{name}: {}", escaped(value))).as_bytes()).parts;
        parts.first().and_then(|part| part.forwarded.as_ref()).map(|it| (it.form, it.claim.clone()))
    };
    let said =
        |at: i64| CertificateClaim { not_before: Some(rootlens::time::Timestamp(at)), ..CertificateClaim::default() };
    let name = "X-Forwarded-Tls-Client-Cert-Info";
    assert_eq!(form(name, "Subject=\"CN=a\";NB=\"1\""), Some((HeaderForm::TraefikInfo, said(1))));
    assert_eq!(form(name, "Subject=\"CN=a\",NB=1;Subject=\"CN=b\",NB=2"), Some((HeaderForm::TraefikInfoOld, said(1))));
}

#[test]
fn every_form_has_a_sentence_and_lines_that_fit_it() {
    for form in HeaderForm::ALL {
        assert!(forwarding::sentence(form).ends_with('.'), "{form}");
        let lines = forwarding::back_ends(form, "X-Client-Cert");
        let shows = form.carries() != Carried::Nothing;
        assert_eq!(shows, lines.len() > 5, "{form}: {}", lines.len());
        for line in &lines {
            assert!(line.source.starts_with("https://"), "{form}, {}", line.name);
            let is_filled = !line.code.contains("NAME") && !line.code.contains("VALUE") && !line.code.contains("CGI");
            assert!(is_filled && !line.code.contains('\n'), "{form}, {}: {}", line.name, line.code);
            let decodes = [
                "URLDecoder",
                "PathUnescape",
                "decodeURI",
                "unquote",
                "Unescape",
                "decode_uri",
                "rawurldecode",
                "percent_decode",
            ];
            if line.name != "Keycloak" {
                assert_eq!(
                    decodes.iter().any(|it| line.code.contains(it)),
                    form.rounds() > 0,
                    "{form}, {}: {}",
                    line.name,
                    line.code
                );
            }
        }
    }
}

/// The report of a request and the files beside it.
fn report(header: &str, files: &[(&str, &str)]) -> rootlens::report::Report {
    let mut inputs =
        vec![Input { name: "request.txt".to_owned(), bytes: request(header).into_bytes(), ..Input::default() }];
    inputs.extend(files.iter().map(|(name, text)| Input {
        name: (*name).to_owned(),
        bytes: text.as_bytes().to_vec(),
        ..Input::default()
    }));
    share::assert_inputs_travel(header, &inputs);
    crate::case::Case::new("request", inputs, "2026-11-21T18:00:00Z").report()
}

#[test]
fn a_form_that_carries_the_leaf_alone_accuses_nobody() {
    let root = pem("pool.pem");
    for (header, form, _, shown) in forms() {
        let report = report(&header, &[("ca.pem", &root)]);
        let chain = &report.answer.chains[0];
        if shown > 1 {
            assert_eq!(chain.cause, "trusted", "{form:?}: {}", chain.sentence);
        } else if form.carries() == Carried::LeafOnly {
            assert_eq!(chain.cause, "chain-not-shown", "{form:?}: {}", chain.sentence);
            assert!(chain.sentence.contains("carries the client's own certificate only"), "{}", chain.sentence);
            assert!(chain.detail.contains(&form.to_string()), "{}", chain.detail);
        } else {
            assert_eq!(chain.cause, "missing-intermediate", "{form:?}: {}", chain.sentence);
        }
    }
}

#[test]
fn an_error_about_the_form_is_explained_by_the_header() {
    let words = "java.lang.IllegalArgumentException: Illegal base64 character 2d\n";
    for (header, form, ..) in forms() {
        let report = report(&header, &[("app.log", words)]);
        let [line] = report.error_lines.as_slice() else { panic!("{form:?}: {:?}", report.error_lines) };
        let wanted = format!("Explained by request.txt: this is the form of {form}. A parser that ");
        assert!(line.sentence.starts_with(&wanted), "{form:?}: {}", line.sentence);
    }
    let report = report("Accept: */*", &[("app.log", words)]);
    assert!(
        report.error_lines[0].sentence.starts_with("Not decided. Add the header"),
        "{}",
        report.error_lines[0].sentence
    );
}

#[test]
fn the_report_says_what_travels() {
    let report =
        report("ssl-client-cert: (null)\nX-Forwarded-Tls-Client-Cert-Info: NB%3D%221%22", &[("client.pem", &leaf())]);
    let forwarded: Vec<_> = report.sources.iter().filter_map(|source| source.forwarded.as_ref()).collect();
    let [info] = forwarded.as_slice() else { panic!("{forwarded:?}") };
    assert_eq!(
        (info.form.as_str(), info.rounds, info.back_ends.len()),
        ("Traefik 2.0.7 and later, certificate info", 1, 0)
    );
    assert_eq!(info.notes, ["It shows no certificate, and what it says fits none of those given."]);
    assert!(
        report
            .sources
            .iter()
            .any(|source| source.problems.iter().any(|problem| problem.message.contains("presented none")))
    );
}

//! Tests of `certificate`: what OpenSSL and Go say of the same bytes (`tests/data/certificates/record.py`).

use data_encoding::BASE64;
use rootlens::certificate::{Certificate, KeyKind, ParseError, ValidityState};
use rootlens::der::{Element, OCTET_STRING, encode};
use rootlens::graph::Graph;
use rootlens::oid::{self, Oid};
use rootlens::time::Timestamp;

use crate::recorded::{certificate, certificates, path, text};

/// Rows of a recorded table; the fields are separated by tabs.
fn rows(table: &str) -> Vec<Vec<String>> {
    text(table).lines().map(|line| line.split('\t').map(str::to_owned).collect()).collect()
}

/// The fields of `certificates.tsv` after the file, from our model.
fn fields_of(certificate: &Certificate) -> Vec<String> {
    // OpenSSL prints the number; the contents octets of a positive INTEGER may begin with one zero octet.
    let serial = certificate.serial_hex();
    vec![
        certificate.subject.rfc4514(),
        certificate.issuer.rfc4514(),
        serial.strip_prefix("00").unwrap_or(&serial).to_owned(),
        certificate.sha256_hex(),
        certificate.sha1_hex(),
        certificate.not_before.to_string(),
        certificate.not_after.to_string(),
        certificate.key_text(),
        certificate.subject_key_id_hex().unwrap_or_default(),
        certificate.authority_key_id_hex().unwrap_or_default(),
        certificate.basic_constraints_text().unwrap_or_default().replace("path length ", "pathlen:"),
        certificate.subject_alt_name_texts().join(", "),
    ]
}

#[test]
fn fields_are_those_that_openssl_prints() {
    let rows = rows("certificates/certificates.tsv");
    let (header, rows) = rows.split_first().expect("a header");
    assert!(rows.len() >= 30, "only {} recorded certificates", rows.len());
    for row in rows {
        let fields = fields_of(&certificate(&row[0]));
        for ((column, expected), found) in header.iter().zip(row).skip(1).zip(fields) {
            assert_eq!(&found, expected, "{column} of {}", row[0]);
        }
    }
}

#[test]
fn names_are_written_as_openssl_and_go_write_them() {
    let rows = rows("certificates/names.tsv");
    assert!(rows.len() >= 18, "only {} recorded names", rows.len());
    for row in rows {
        let [file, by_openssl, by_go] = row.as_slice() else { panic!("three fields: {row:?}") };
        let name = certificate(&format!("certificates/names/{file}.pem")).subject;
        // OpenSSL writes the hex of `#0C0A…` in upper case, Go in lower case; we follow Go.
        let same_hex_case = |text: &str| if text.contains("=#") { text.to_lowercase() } else { text.to_owned() };
        // OpenSSL also reverses the attributes inside one relative distinguished name; RFC 4514, 2.2 has no such rule.
        let by_openssl = by_openssl.replace("serialNumber=0042+CN=leaf", "CN=leaf+serialNumber=0042");
        if by_openssl != "(not printed)" {
            assert_eq!(same_hex_case(&name.rfc4514()), same_hex_case(&by_openssl), "{file}");
        }
        assert_eq!(&name.go_string().replace('\n', "␊").replace('\t', "␉"), by_go, "{file}");
    }
}

/// OpenSSL 3.0 refuses to print these, so the expected text is written out after RFC 4514, 2.4.
#[test]
fn values_that_are_no_strings_are_written_as_hex() {
    for (file, expected) in [
        ("boolean", "CN=leaf,1.3.6.1.4.1.99999.7=#0101ff"),
        ("identifier", "CN=leaf,1.3.6.1.4.1.99999.7=#06032a0304"),
        ("not-a-string", "CN=leaf,1.3.6.1.4.1.99999.7=#04020102,1.3.6.1.4.1.99999.7=#020107"),
        ("null", "1.3.6.1.4.1.99999.7=#0500,CN=leaf"),
        ("common-name-is-no-string", "CN=#020107,O=Example"),
    ] {
        assert_eq!(certificate(&format!("certificates/names/{file}.pem")).subject.rfc4514(), expected, "{file}");
    }
}

#[test]
fn short_names_are_the_most_telling_part() {
    for (file, expected) in [
        ("plain", "leaf"),
        ("repeated", "last"),
        ("common-name-is-no-string", "Example"),
        ("string-types", "Zürich"),
        ("one-space", "CN=\\ "),
        ("empty", "(no name)"),
    ] {
        assert_eq!(certificate(&format!("certificates/names/{file}.pem")).short_name(), expected, "{file}");
    }
}

/// RFC 5280, 7.1.
#[test]
fn equivalent_names_differ_in_case_white_space_and_string_type_only() {
    let issuer_and_ca = |scenario: &str| {
        let leaf = certificate(&format!("mtls-scenarios/{scenario}/leaf.pem"));
        (leaf.issuer, certificate(&format!("mtls-scenarios/{scenario}/pool.pem")).subject)
    };
    for scenario in ["ec-17-issuer-dn-string-type-differs", "ec-17b-issuer-dn-case-differs"] {
        let (issuer, ca) = issuer_and_ca(scenario);
        assert_ne!(issuer.der, ca.der, "{scenario}");
        assert!(issuer.equivalent(&ca), "{scenario}: {} and {}", issuer.rfc4514(), ca.rfc4514());
    }
    let (issuer, ca) = issuer_and_ca("ec-01-unknown-issuer-dn");
    assert!(!issuer.equivalent(&ca));
}

/// Names that Go writes alike are equal for `identity.IsRootCa`, whatever their order.
#[test]
fn names_that_go_writes_alike_are_equivalent() {
    let name = |file: &str| certificate(&format!("certificates/names/{file}.pem")).subject;
    let (reordered, plain) = (name("go-reorders"), name("plain"));
    assert_ne!(reordered.canonical(), plain.canonical());
    let mut in_go_order = reordered.clone();
    in_go_order.rdns.reverse();
    in_go_order.der = Vec::new();
    assert_ne!(in_go_order.canonical(), reordered.canonical());
    assert!(in_go_order.equivalent(&reordered));
    assert!(!plain.equivalent(&reordered));
}

#[test]
fn every_extension_is_read() {
    let rich = certificate("certificates/rich.pem");
    assert_eq!(rich.basic_constraints_text().as_deref(), Some("CA:TRUE, path length 3"));
    assert_eq!(
        rich.key_usage_names().unwrap_or_default(),
        [
            "digitalSignature",
            "nonRepudiation",
            "keyEncipherment",
            "dataEncipherment",
            "keyAgreement",
            "keyCertSign",
            "cRLSign",
            "encipherOnly",
            "decipherOnly"
        ]
    );
    assert_eq!(rich.extended_key_usage_names().unwrap_or_default(), ["clientAuth", "serverAuth", "1.2.3.4.5", "any"]);
    assert_eq!(rich.authority_key_id_hex(), rich.subject_key_id_hex());
    let authority_serial = rich.authority_key_id.as_ref().and_then(|authority| authority.serial.clone());
    assert_eq!(authority_serial.as_ref(), Some(&rich.serial));
    assert_eq!(
        rich.policy_texts(),
        ["2.5.29.32.0 (anyPolicy)", "2.23.140.1.2.1 (domain validated)", "1.3.6.1.4.1.99999.1"]
    );
    assert_eq!(
        rich.authority_info_access_texts(),
        ["OCSP: http://ocsp.example/", "CA Issuers: http://ca.example/ca.crt", "CA Issuers: DNS:ca.example"]
    );
    assert_eq!(rich.crl_urls, ["http://crl.example/one.crl", "ldap://crl.example/two"]);
    assert_eq!(rich.unknown_critical_texts(), ["1.3.6.1.4.1.99999.2", "nsCertType (2.16.840.1.113730.1.1)"]);
    assert_eq!(rich.unreadable_extensions, []);
    assert_eq!(rich.extension_texts().first().map(String::as_str), Some("basicConstraints, critical"));
    assert_eq!(rich.extension_texts().len(), rich.extensions.len());
}

#[test]
fn general_names_are_written_in_words() {
    let rich = certificate("certificates/rich.pem");
    assert_eq!(
        rich.subject_alt_name_texts(),
        [
            "DNS:rich.example",
            "DNS:*.rich.example",
            "email:someone@example.org",
            "URI:spiffe://example.org/workload",
            "IP:192.0.2.7",
            "IP:2001:db8::7",
            "DirName:CN=in a name,O=Directory\\, Inc.",
            "RID:1.2.3.4",
            "otherName:1.3.6.1.4.1.311.20.2.3=user@example.org",
            "otherName:1.2.3.4.5.6=#020107",
        ]
    );
    assert_eq!(
        rich.permitted_name_texts(),
        [
            "DNS:.example",
            "IP:192.0.2.0/24",
            "IP:2001:db8::/32",
            "IP:198.51.100.0/255.0.255.0",
            "email:example.org",
            "DirName:O=Permitted"
        ]
    );
    assert_eq!(rich.excluded_name_texts(), ["URI:.invalid", "DNS:bad.example"]);
}

#[test]
fn keys_and_algorithms_have_the_names_that_people_know() {
    for (file, key, algorithm) in [
        ("rsa-1031-sha256", "RSA 1031", "SHA256-RSA"),
        ("rsa-2048-sha224", "RSA 2048", "SHA224-RSA"),
        ("pss-2048-sha1", "RSA 2048", "SHA1-RSAPSS"),
        ("pss-2048-sha384", "RSA 2048", "SHA384-RSAPSS"),
        ("pss-key-sha256", "RSASSA-PSS", "SHA256-RSAPSS"),
        ("ecdsa-p521-sha512", "ECDSA P-521", "ECDSA-SHA512"),
        ("ed25519", "Ed25519", "Ed25519"),
        ("ecdsa-p224-sha256", "ECDSA P-224", "ECDSA-SHA256"),
        ("ecdsa-secp256k1-sha256", "ECDSA secp256k1", "ECDSA-SHA256"),
        ("ecdsa-brainpool-p384r1-sha384", "ECDSA brainpoolP384r1", "ECDSA-SHA384"),
        ("unsupported-ecdsa-brainpool-p512r1", "ECDSA brainpoolP512r1", "ECDSA-SHA512"),
        ("unsupported-sm2", "ECDSA SM2", "SM2-SM3"),
        ("ml-dsa-44", "ML-DSA-44", "ML-DSA-44"),
        ("ml-dsa-65", "ML-DSA-65", "ML-DSA-65"),
        ("ml-dsa-87", "ML-DSA-87", "ML-DSA-87"),
        ("dsa-3072-sha512", "DSA", "DSA-SHA512"),
        ("unsupported-ecdsa-p256-explicit", "key algorithm 1.2.840.10045.2.1", "ECDSA-SHA256"),
        ("unsupported-rsa-md5", "RSA 2048", "MD5-RSA"),
        ("dsa-2048-sha256", "DSA", "DSA-SHA256"),
        ("ed448", "Ed448", "Ed448"),
    ] {
        let certificate = certificate(&format!("signatures/{file}.pem"));
        assert_eq!(certificate.key_text(), key, "{file}");
        assert_eq!(certificate.signature_algorithm.name, algorithm, "{file}");
    }
}

#[test]
fn pem_is_what_was_read() {
    for file in ["openziti-ha/distinct/edge-root.crt", "certificates/rich.pem", "signatures/ed25519.pem"] {
        assert_eq!(certificate(file).pem(), text(file), "{file}");
    }
}

#[test]
fn validity_includes_both_ends() {
    let leaf = certificate("openziti-ha/distinct/client1.crt");
    let (first, last) = (leaf.not_before, leaf.not_after);
    assert_eq!(leaf.validity_at(Timestamp(first.0 - 1)), ValidityState::NotYetValid);
    assert_eq!(leaf.validity_at(first), ValidityState::Valid);
    assert_eq!(leaf.validity_at(last), ValidityState::Valid);
    assert_eq!(leaf.validity_at(Timestamp(last.0 + 1)), ValidityState::Expired);
}

#[test]
fn what_is_no_certificate_is_malformed_with_a_reason() {
    let leaf = certificate("openziti-ha/distinct/client1.crt");
    let with_tail = [leaf.der.as_slice(), &[0, 0]].concat();
    let tail = ParseError::TrailingData { octets: 2 };
    assert_eq!(Certificate::parse(&with_tail), Err(tail.clone()));
    assert_eq!(tail.to_string(), "2 bytes follow the certificate");
    for bytes in [&[] as &[u8], b"no DER", &[0x30, 0x00], &leaf.der[..leaf.der.len() - 1], leaf.tbs_der()] {
        let why: Box<dyn std::error::Error> = Certificate::parse(bytes).expect_err("no certificate").into();
        assert!(why.to_string().starts_with("it"), "{why}");
    }
}

/// Each field of tbsCertificate, damaged by itself, has its name in the refusal.
#[test]
fn a_refusal_names_the_part() {
    let leaf = certificate("openziti-ha/distinct/client1.crt");
    let place = |part: &[u8]| leaf.der.windows(part.len()).position(|window| window == part).expect("it is there");
    for (at, what) in [
        (place(&leaf.issuer.der), "its issuer cannot be read ("),
        (place(&leaf.issuer.der) + leaf.issuer.der.len(), "its validity period cannot be read (invalid date)"),
        (place(&leaf.subject.der), "its subject cannot be read ("),
        (place(&leaf.key.spki), "its public key cannot be read ("),
        (place(&leaf.key.spki) + leaf.key.spki.len(), "its extensions cannot be read (invalid extensions)"),
        (leaf.tbs.end, "its signature algorithm cannot be read ("),
        (leaf.der.len() - leaf.signature.len() - 3, "its signature cannot be read ("),
        (leaf.tbs.start, "it is not built like a certificate (RFC 5280, 4.1)"),
    ] {
        let mut der = leaf.der.clone();
        der[at] ^= 0x43;
        let why = Certificate::parse(&der).expect_err("no certificate").to_string();
        assert!(why.starts_with(what), "{why}, not {what}");
    }
}

/// An extension that cannot be read is listed, the rest of the certificate stays.
#[test]
fn a_broken_extension_does_not_cost_the_certificate() {
    let rich = certificate("certificates/rich.pem");
    for extension in &rich.extensions {
        let value = rich.der.windows(extension.value.len()).position(|window| window == extension.value);
        let mut der = rich.der.clone();
        // A length that goes beyond the value.
        der[value.expect("the value is part of the certificate") + 1] = 0x7f;
        let damaged = Certificate::parse(&der).expect("the certificate can still be read");
        assert_eq!(damaged.subject, rich.subject);
        let read_by_us = rich.unknown_critical_texts().iter().all(|text| !text.contains(&extension.oid.to_string()))
            && extension.oid != oid::TLS_FEATURE;
        let unreadable: Vec<&Oid> = damaged.unreadable_extensions.iter().map(|(oid, _)| oid).collect();
        let expected: &[&Oid] = if read_by_us { &[&extension.oid] } else { &[] };
        assert_eq!(unreadable, expected);
    }
}

#[test]
fn a_chain_file_holds_its_certificates_in_order() {
    let chain = certificates("openziti-ha/distinct/ctrl1.chain.pem");
    let names: Vec<String> = chain.iter().map(Certificate::short_name).collect();
    assert_eq!(names, ["ziti-controller1", "ziti-controller1-edge-signer", "ziti-controller1-edge-root"]);
    assert!(matches!(chain[0].key.kind, KeyKind::Rsa { bits: 2048 }));
}

/// Certificates that were made to be odd: every one can be read but two that no program reads, and for the rest only
/// extension values may be unreadable.
#[test]
fn every_certificate_of_the_recorded_cases_is_read() {
    for (file, least) in [("corpus", 2_500), ("probes", 50)] {
        assert_eq!(unread(&path(&format!("conformance/{file}.json")), least), [""; 0], "{file}");
    }
    assert_eq!(
        unread(&path("conformance/go-extra.json"), 430),
        ["its version cannot be read (invalid version)", "its validity period cannot be read (invalid date)"]
    );
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/conformance")]
fn every_certificate_of_further_cases_is_read() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/conformance");
    for (file, least) in [("limbo", 900), ("bettertls-pathbuilding", 900)] {
        assert_eq!(unread(&folder.join(format!("{file}.json")), least), [""; 0], "{file}");
    }
}

/// Why certificates of a file cannot be read.
fn unread(path: &std::path::Path, least: usize) -> Vec<String> {
    let json = std::fs::read_to_string(path).unwrap_or_else(|why| panic!("{}: {why}", path.display()));
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    let certificates = json["certs"].as_array().expect("a list");
    assert!(certificates.len() >= least, "{} certificates", certificates.len());
    let ders = certificates.iter().map(|base64| BASE64.decode(base64.as_str().expect("a string").as_bytes()));
    let refusal = |der: Vec<u8>| match Certificate::parse(&der) {
        Ok(certificate) => {
            assert_eq!((certificate.der.as_slice(), certificate.tbs_der().first()), (der.as_slice(), Some(&0x30)));
            None
        }
        Err(why) => Some(why.to_string()),
    };
    ders.filter_map(|der| refusal(der.expect("base64"))).collect()
}

/// Extensions whose values are no DER, that are of the wrong type, or that say what x509-parser would pass over.
#[test]
fn what_is_wrong_with_an_extension_is_said() {
    let rich = certificate("certificates/rich.pem");
    for (oid, value, reason) in [
        (oid::KEY_USAGE, &[0x30, 0][..], "BIT STRING was expected, SEQUENCE was found"),
        (oid::KEY_USAGE, &[0x83, 2, 7, 0x80], "BIT STRING was expected, [3] was found"),
        (oid::KEY_USAGE, &[0x43, 2, 7, 0x80], "BIT STRING was expected, [APPLICATION 3] was found"),
        (oid::KEY_USAGE, &[0x04, 2, 7, 0x80], "BIT STRING was expected, OCTET STRING was found"),
        (oid::KEY_USAGE, &[0x03, 2, 9, 0], "a BIT STRING with 9 unused bits"),
        (oid::EXTENDED_KEY_USAGE, &[0x30, 3, 0x02, 1, 1], "OBJECT IDENTIFIER was expected, INTEGER was found"),
        (oid::EXTENDED_KEY_USAGE, &[0x30, 3, 0x86, 1, 1], "OBJECT IDENTIFIER was expected, [6] was found"),
        (oid::EXTENDED_KEY_USAGE, &[0xb0, 3, 0x06, 1, 1], "SEQUENCE was expected, [16] was found"),
        (oid::NAME_CONSTRAINTS, &[0x30, 2, 0xa5, 0], "an unknown element with tag 5"),
        (oid::NAME_CONSTRAINTS, &[0x30, 4, 0xa0, 2, 0x04, 0], "SEQUENCE was expected, OCTET STRING was found"),
        (oid::SUBJECT_KEY_ID, &[0x04, 1, 1, 0, 0], "2 bytes follow the value"),
        (oid::SUBJECT_KEY_ID, &[0x04, 9, 1], "it is cut off"),
        (oid::BASIC_CONSTRAINTS, &[0x30, 3, 0x04, 1, 1], "Invalid Tag"),
        (oid::BASIC_CONSTRAINTS, &[0x30, 6, 0x01, 1, 0xff, 0x22, 1, 0], "a field is neither a BOOLEAN nor an INTEGER"),
    ] {
        let extension = rich.extensions.iter().find(|extension| extension.oid == oid).expect("rich has it");
        let damaged = Certificate::parse(&rebuilt(&rich.der, &extension.value, value).expect("it is there"))
            .expect("a certificate");
        let unreadable = damaged.unreadable_extensions.iter().map(|(oid, why)| (oid.clone(), why.to_string()));
        assert_eq!(unreadable.collect::<Vec<_>>(), [(Oid::from(oid), reason.to_owned())]);
        assert_eq!(damaged.extensions.len(), rich.extensions.len());
    }
}

/// A signature that leaves bits of its last octet unused is read as OpenSSL and Java read it; what it is worth stands in
/// `tests/it/conformance/algorithms.rs`.
#[test]
fn signatures_with_unused_bits_are_read() {
    let whole = certificate("certificates/rich.pem");
    let octets = whole.signature.len();
    let with = |unused: u8, last: u8| {
        let mut der = whole.der.clone();
        let at = der.len() - octets - 1;
        der[at] = unused;
        *der.last_mut().expect("octets") = last;
        Certificate::parse(&der)
    };
    for (unused, last, expected) in [
        (0, 0xff, Ok((0, 0xff))),
        (1, 0xfe, Ok((1, 0xfe))),
        (1, 0xff, Ok((1, 0xff))),
        (7, 0xff, Ok((7, 0xff))),
        (8, 0, Err("its signature cannot be read (a BIT STRING with 8 unused bits)")),
    ] {
        let read = with(unused, last).map(|it| (it.unused_signature_bits, *it.signature.last().expect("octets")));
        assert_eq!(read.map_err(|why| why.to_string()), expected.map_err(str::to_owned), "{unused}, {last}");
    }
}

/// A certificate whose part is replaced by something in BER: the part and the liberty are named.
#[test]
fn ber_is_called_ber() {
    let rich = certificate("certificates/rich.pem");
    let tbs = Element::read(rich.tbs_der()).expect("an element").0.contents;
    let mut fields = Vec::new();
    let mut rest = tbs;
    while let Some((field, after)) = Element::read(rest) {
        fields.push(field);
        rest = after;
    }
    let [_, _, algorithm, issuer, validity, _, key, ..] = fields[..] else { panic!("a version 3 certificate") };
    let indefinite = |element: Element<'_>| [&[element.tag, 0x80], element.contents, &[0, 0]].concat();
    let outer = |tbs: &[u8]| {
        let (_, after) = Element::read(Element::read(&rich.der).expect("an element").0.contents).expect("an element");
        encode(rich.der[0], &[tbs, after].concat())
    };
    let with = |old: Element<'_>, new: &[u8]| {
        let start = old.whole.as_ptr() as usize - tbs.as_ptr() as usize;
        outer(&encode(rich.der[0], &[&tbs[..start], new, &tbs[start + old.whole.len()..]].concat()))
    };
    let ber = "is written in BER, and a certificate must be in DER";
    for (der, words) in [
        (outer(&[&[0x30, 0x80], tbs, &[0, 0]].concat()), format!("it {ber}: a length is indefinite (X.690, 10)")),
        ([&[0x30, 0x80], &rich.der[4..], &[0, 0]].concat(), format!("it {ber}: a length is indefinite (X.690, 10)")),
        (
            with(algorithm, &indefinite(algorithm)),
            format!("its signature algorithm {ber}: a length is indefinite (X.690, 10)"),
        ),
        (with(issuer, &indefinite(issuer)), format!("its issuer {ber}: a length is indefinite (X.690, 10)")),
        (
            with(validity, &indefinite(validity)),
            format!("its validity period {ber}: a length is indefinite (X.690, 10)"),
        ),
        (with(key, &indefinite(key)), format!("its public key {ber}: a length is indefinite (X.690, 10)")),
    ] {
        assert_eq!(Certificate::parse(&der).map(|_| ()).map_err(|why| why.to_string()), Err(words));
    }
}

/// OpenSSL reads any version, so it is shown.
#[test]
fn a_version_that_there_is_not_is_shown() {
    assert_eq!(certificate("hostile/version.pem").version, 10);
}

#[test]
fn the_octets_of_an_element_of_another_class_are_told() {
    let texts = certificate("hostile/tag2.pem").extension_texts();
    assert!(
        texts.contains(
            &"basicConstraints, critical, unreadable: a field is neither a BOOLEAN nor an INTEGER".to_owned()
        )
    );
}

/// Replaces the contents of the OCTET STRING that holds `old`, and mends the lengths of everything around it.
fn rebuilt(der: &[u8], old: &[u8], new: &[u8]) -> Option<Vec<u8>> {
    let (element, rest) = Element::read(der)?;
    let contents = if element.tag == OCTET_STRING && element.contents == old {
        new.to_vec()
    } else if element.tag & 0x20 != 0 {
        let (mut inside, mut found) = (element.contents, None);
        let mut contents = Vec::new();
        while let Some((part, after)) = Element::read(inside) {
            let replaced = if found.is_none() { rebuilt(part.whole, old, new) } else { None };
            contents.extend_from_slice(replaced.as_deref().unwrap_or(part.whole));
            found = found.or(replaced);
            inside = after;
        }
        found?;
        contents
    } else {
        return None;
    };
    Some([encode(element.tag, &contents), rest.to_vec()].concat())
}

/// How many damaged certificates are read; each takes about 0.1 ms.
const MUTATIONS: usize = 5_000;

/// Numbers that look random and are the same every time (the MINSTD generator).
fn next_number(state: &mut u64) -> usize {
    *state = *state * 48_271 % 2_147_483_647;
    usize::try_from(*state).expect("less than 2^31")
}

/// A bit flipped, an octet replaced, octets cut out or repeated.
fn damage(der: &[u8], state: &mut u64) -> Vec<u8> {
    let mut damaged = der.to_vec();
    let position = next_number(state) % der.len();
    let length = (1 + next_number(state) % 8).min(der.len() - position);
    match next_number(state) % 5 {
        0 => damaged[position] ^= 1 << (next_number(state) % 8),
        1 => damaged[position] = u8::try_from(next_number(state) % 256).expect("an octet"),
        2 => damaged[position] = [0x00, 0x7f, 0x80, 0x84, 0xff][next_number(state) % 5],
        3 => drop(damaged.drain(position..position + length)),
        _ => damaged.splice(position..position, der[position..position + length].to_vec()).for_each(drop),
    }
    damaged
}

/// Everything that the report asks of a certificate.
fn read_everything(certificate: &Certificate) -> usize {
    let texts = [
        certificate.extension_texts(),
        certificate.unknown_critical_texts(),
        certificate.permitted_name_texts(),
        certificate.excluded_name_texts(),
        certificate.policy_texts(),
        certificate.authority_info_access_texts(),
        certificate.key_usage_names().unwrap_or_default(),
        certificate.extended_key_usage_names().unwrap_or_default(),
        fields_of(certificate),
        vec![certificate.pem(), certificate.subject.go_string(), certificate.short_name()],
    ];
    texts.iter().flatten().map(String::len).sum()
}

#[test]
fn damaged_certificates_never_panic() {
    let mut originals = certificates("certificates/rich.pem");
    originals
        .extend(["string-types", "not-a-string"].map(|file| certificate(&format!("certificates/names/{file}.pem"))));
    originals.extend(
        ["ecdsa-p256-sha256", "ed25519", "pss-key-restricted-sha384"]
            .map(|file| certificate(&format!("signatures/{file}.pem"))),
    );
    originals.extend(certificates("openziti-ha/distinct/client1.chain.pem"));
    let mut state = 20_261_121;
    let mut readable = Vec::new();
    for round in 0..MUTATIONS {
        let original = &originals[round % originals.len()];
        if let Ok(certificate) = Certificate::parse(&damage(&original.der, &mut state)) {
            assert!(read_everything(&certificate) > 0);
            readable.push(certificate);
        }
    }
    assert!(readable.len() > MUTATIONS / 10 && readable.len() < MUTATIONS, "{} are readable", readable.len());
    readable.sort_by_key(|certificate| certificate.sha256);
    readable.dedup_by_key(|certificate| certificate.sha256);
    // One key made most of these, so a graph of all of them would hold thousands of checks; a part shows the same.
    for part in readable.chunks(40).take(10) {
        assert_eq!(Graph::build(part.to_vec()).certificates.len(), part.len());
    }
}

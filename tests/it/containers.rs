//! Tests of containers: what each file of `tests/data/containers` holds, under which entry and for what, and that a
//! damaged one ends in a problem with its place.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use rootlens::decode::{self, JavaEntry, Passwords, ProblemKind, RelatedKind};
use rootlens::inventory::{Input, Inventory, Source};

use crate::share;

/// Every file of the folder, with its name.
pub(crate) fn all_files() -> Vec<(&'static str, Vec<u8>)> {
    TABLES.iter().flat_map(|(_, table)| *table).map(|(file, ..)| (*file, bytes(file))).collect()
}

/// A file, its sources as [`shown`] writes them, and a part of the message of each problem.
type Row = (&'static str, &'static [&'static str], &'static [&'static str]);

const JKS: [Row; 6] = [
    ("jks/trust.jks", &["trustedCertEntry Trusted: Other Root=other+ Root=my root+"], &[]),
    (
        "jks/keys.jks",
        &[
            "leaf Chain: leaf.example=leaf Issuing=leaf Root=leaf ENCRYPTED PRIVATE KEY",
            "trustedCertEntry Trusted: Other Root=other+",
            "second Chain: second.example=second Issuing=second Root=second ENCRYPTED PRIVATE KEY",
        ],
        &[],
    ),
    ("jks/trust.jceks", &["trustedCertEntry Trusted: Other Root=other+ Root=my root+"], &[]),
    (
        "jks/keys.jceks",
        &[
            "leaf Chain: leaf.example=leaf Issuing=leaf Root=leaf ENCRYPTED PRIVATE KEY",
            "trustedCertEntry Trusted: Other Root=other+",
            "-:  SECRET KEY",
        ],
        &[],
    ),
    ("jks/version-1.jks", &["trustedCertEntry Trusted: Root=old+"], &[]),
    ("jks/empty.jks", &["-: "], &["This Java keystore (JKS) has no entries"]),
];

const BUNDLE: &[&str] = &["-: leaf.example Issuing Root"];

const PKCS7: [Row; 10] = [
    ("pkcs7/bundle.p7b", BUNDLE, &[]),
    ("pkcs7/bundle-der.p7b", BUNDLE, &[]),
    ("pkcs7/cms.pem", BUNDLE, &[]),
    ("pkcs7/signed-data.pem", BUNDLE, &[]),
    ("pkcs7/labelled.cer", BUNDLE, &[]),
    ("pkcs7/bare-base64.p7b", BUNDLE, &[]),
    ("pkcs7/indefinite.p7b", BUNDLE, &[]),
    ("pkcs7/signed-indefinite.p7m", &["-: Issuing leaf.example"], &[]),
    ("pkcs7/signature.p7s", &["-: Issuing leaf.example"], &[]),
    ("pkcs7/enveloped.p7m", &["-: "], &["is an encrypted message"]),
];

const KEY: &[&str] = &["leaf Chain: leaf.example=leaf Issuing=leaf Root=leaf ENCRYPTED PRIVATE KEY"];
const LOCKED: &str = "needs its password, which is neither empty nor `changeit`";

const PKCS12: [Row; 22] = [
    ("pkcs12/modern.p12", KEY, &[]),
    ("pkcs12/modern.pem", KEY, &[]),
    ("pkcs12/indefinite.p12", KEY, &[]),
    ("pkcs12/legacy.p12", KEY, &[]),
    ("pkcs12/triple-des.p12", KEY, &[]),
    ("pkcs12/two-key-des.p12", KEY, &[]),
    ("pkcs12/rc2-128.p12", KEY, &[]),
    (
        "pkcs12/rc4-128.p12",
        &["-:  ENCRYPTED PRIVATE KEY"],
        &["an algorithm that rootlens can't read (1.2.840.113549.1.12.1.1)"],
    ),
    ("pkcs12/aes-128.p12", KEY, &[]),
    (
        "pkcs12/aes-192.p12",
        &["-:  ENCRYPTED PRIVATE KEY"],
        &["can't read (1.2.840.113549.1.5.13, 1.2.840.113549.1.5.12, 2.16.840.1.101.3.4.1.22)"],
    ),
    ("pkcs12/des-ede3-pbes2.p12", KEY, &[]),
    ("pkcs12/empty-password.p12", KEY, &[]),
    ("pkcs12/empty-password-legacy.p12", KEY, &[]),
    ("pkcs12/clear.p12", &["leaf Chain: leaf.example=leaf Issuing=leaf Root=leaf PRIVATE KEY"], &[]),
    ("pkcs12/other-password.p12", &["-:  ENCRYPTED PRIVATE KEY"], &[LOCKED]),
    ("pkcs12/other-password-legacy.p12", &["-:  ENCRYPTED PRIVATE KEY"], &[LOCKED]),
    ("pkcs12/keys-own-password.p12", &["-:  ENCRYPTED PRIVATE KEY ENCRYPTED PRIVATE KEY"], &[LOCKED]),
    ("pkcs12/trust-openssl.p12", &["certificates Trusted: Root=- Other Root=-"], &[]),
    ("pkcs12/trust-openssl-clear.p12", &["certificates Trusted: Root=- Other Root=-"], &[]),
    ("pkcs12/key-only.p12", &["-:  ENCRYPTED PRIVATE KEY"], &[]),
    ("pkcs12/trust-java.p12", &["trustedCertEntry Trusted: Root=my root+ Other Root=other+"], &[]),
    (
        "pkcs12/keys-java.p12",
        &[
            "leaf Chain: leaf.example=leaf Issuing=leaf Root=leaf ENCRYPTED PRIVATE KEY",
            "second Chain: second.example=second Issuing=second Root=second ENCRYPTED PRIVATE KEY",
            "trustedCertEntry Trusted: Other Root=other+",
        ],
        &[],
    ),
];

const KEYTOOL: &[&str] = &[
    "leaf Chain: leaf.example=leaf Issuing=leaf Root=leaf",
    "second Chain: second.example=second Issuing=second Root=second",
    "trustedCertEntry Trusted: Other Root=other+",
];

const TEXT: [Row; 37] = [
    ("text/keytool-rfc.txt", KEYTOOL, &[]),
    ("text/keytool-rfc-german.txt", KEYTOOL, &[]),
    ("text/keytool-verbose.txt", &["-: "], &["keytool's readable list"]),
    ("text/keytool-short.txt", &["-: "], &["keytool's short list"]),
    ("text/keytool-empty.txt", &["-: "], &["Java sees no entry"]),
    ("text/jwks.json", &["x5c Chain: leaf.example Issuing", "x5c Chain: second.example"], &[]),
    ("text/jwk-private.json", &["x5c Chain: leaf.example Issuing", "-:  JWK PRIVATE KEY"], &[]),
    ("text/spiffe-bundle.json", &["x5c Trusted: Root"], &[]),
    ("text/jwt.txt", &["x5c Chain: leaf.example Issuing", "-:  TOKEN"], &[]),
    ("text/dpop.txt", &["x5c Chain: leaf.example Issuing", "-:  TOKEN TOKEN"], &[]),
    ("text/step-ca.json", &["certChain Chain: leaf.example leaf.example Issuing Issuing"], &[]),
    ("text/request.har", &["X-Forwarded-Tls-Client-Cert ClientChain: leaf.example Issuing"], &[]),
    ("text/curl.txt", &["ssl-client-cert ClientChain: leaf.example"], &[]),
    (
        "text/app.env",
        &["TLS_CA_CERT TrustedByDefault: Root", "TLS_CERT Chain: leaf.example Issuing", "-:  PASSWORD"],
        &[],
    ),
    ("text/compose.yaml", &["CA_CERT TrustedByDefault: Root", "TLS_CERT Chain: leaf.example"], &[]),
    (
        "text/saml-metadata.xml",
        &[
            "X509Certificate (signing) Trusted: Root",
            "X509Certificate (signing) Trusted: Other Root",
            "X509Certificate (encryption) TrustedByDefault: Issuing",
        ],
        &[],
    ),
    ("text/saml-response.xml", &["X509Certificate Chain: leaf.example Issuing"], &[]),
    (
        "text/profile.mobileconfig",
        &[
            "com.apple.security.root Trusted: Root",
            "leaf Chain: leaf.example=leaf Issuing=leaf Root=leaf ENCRYPTED PRIVATE KEY",
            "-: Issuing PASSWORD",
        ],
        &[],
    ),
    (
        "text/signed.mobileconfig",
        &[
            "com.apple.security.root Trusted: Root",
            "leaf Chain: leaf.example=leaf Issuing=leaf Root=leaf ENCRYPTED PRIVATE KEY",
            "-: Issuing second.example PASSWORD",
        ],
        &[],
    ),
    ("text/traefik-secret.yaml", &["ca.crt<tls.ca Trusted: Other Root", "tls.ca Trusted: Root"], &[]),
    (
        "text/keystores-secret.yaml",
        &[
            "trustedCertEntry Trusted: Other Root=other+",
            "trustedCertEntry Trusted: Root=my root+ Other Root=other+",
            "leaf Chain: leaf.example=leaf Issuing=leaf Root=leaf ENCRYPTED PRIVATE KEY",
            "second Chain: second.example=second Issuing=second Root=second ENCRYPTED PRIVATE KEY",
            "-:  PASSWORD",
        ],
        &[],
    ),
    ("text/bundle.yaml", &["inLine Trusted: Root"], &[]),
    ("text/sealed-secret.yaml", &["-: "], &["kubectl get secret"]),
    ("text/sops.yaml", &["-: "], &["`sops -d sops.yaml`"]),
    ("text/described-secret.txt", &["-: "], &["kubectl get secret"]),
    ("text/ca.diff", &["-: Root Other Root"], &[]),
    ("text/request.csr", &["-: "], &["certificate request"]),
    ("text/old-request.csr", &["-: "], &["certificate request"]),
    ("text/request.der", &["-: "], &["certificate request"]),
    ("text/public-key.pem", &["-: "], &["bare public key"]),
    ("text/rsa-public-keys.pem", &["-: "], &["bare public key", "bare public key"]),
    ("text/root.crl", &["-: "], &["revocation list"]),
    ("text/with-crl.p7b", &["-: Root"], &[]),
    ("text/key-then-certificate.pem", &["-: leaf.example EC PRIVATE KEY"], &[]),
    ("text/compose-log-with-key.txt", &["-: leaf.example PRIVATE KEY"], &[]),
    ("text/tls-secret.yaml", &["tls.crt Chain: leaf.example", "-:  PRIVATE KEY"], &[]),
    ("text/x509-text.txt", &["-: "], &["only the text of a certificate"]),
];

const NAMED: [Row; 4] = [
    ("named/truststore.bks", &["-: "], &["-srckeystore truststore.bks -srcstoretype BKS"]),
    ("named/truststore.bcfks", &["-: "], &["-srckeystore truststore.bcfks -srcstoretype BCFKS"]),
    ("named/truststore.sst", &["-: "], &["$c.Import(\"truststore.sst\")"]),
    ("named/read-as-text.jks", &["-: "], &["took it for text"]),
];

fn folder() -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "tests/data/containers"].iter().collect()
}

fn bytes(file: &str) -> Vec<u8> {
    fs::read(folder().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

fn inventory(file: &str, bytes: Vec<u8>) -> Inventory {
    let name = file.rsplit('/').next().unwrap_or(file);
    Inventory::from_inputs(&[Input { name: name.to_owned(), bytes, ..Input::default() }])
}

/// A source as text: its key and what it means; its certificates in order, each with its alias and `+` if Java trusts
/// it, `-` if Java does not see it; the labels of its secrets.
fn shown(source: &Source, inventory: &Inventory) -> String {
    let certificate = |placement: &rootlens::inventory::Placement| {
        let name = inventory.certificates[placement.certificate.0].short_name();
        let entry = placement.entry.as_ref().map(|entry| {
            let java = match entry.java {
                JavaEntry::Trusted => "+",
                JavaEntry::Chain => "",
                JavaEntry::Nothing => "-",
            };
            format!("={}{java}", entry.alias.as_deref().unwrap_or_default())
        });
        name + &entry.unwrap_or_default()
    };
    let certificates: Vec<String> = source.placements.iter().map(certificate).collect();
    let part = source.part.as_ref().map_or("-".to_owned(), |part| {
        let shadow = part.shadowed_by.as_ref().map(|key| format!("<{key}")).unwrap_or_default();
        format!("{}{shadow} {:?}", part.key, part.meaning)
    });
    let secrets: String = source.secrets.iter().map(|secret| format!(" {}", secret.label)).collect();
    format!("{part}: {}{secrets}", certificates.join(" "))
}

/// What differs from what a file should yield.
fn difference((file, sources, problems): &Row) -> Option<String> {
    let bytes = bytes(file);
    let inventory = inventory(file, bytes);
    let mut found: Vec<String> = inventory.sources.iter().map(|source| shown(source, &inventory)).collect();
    let mut wanted = sources.to_vec();
    // A store of Java is a table of hashes, so that its entries have no order.
    found.sort();
    wanted.sort_unstable();
    let messages: Vec<&str> =
        inventory.sources.iter().flat_map(|source| &source.problems).map(|problem| problem.message.as_str()).collect();
    let are_told = messages.len() == problems.len()
        && messages.iter().zip(*problems).all(|(message, part)| message.contains(part));
    (found != wanted || !are_told).then(|| format!("{file}: {found:#?} {messages:#?}, not {wanted:#?} {problems:#?}"))
}

/// Every table with the folder that it is about.
const TABLES: [(&str, &[Row]); 5] =
    [("jks", &JKS), ("pkcs7", &PKCS7), ("pkcs12", &PKCS12), ("text", &TEXT), ("named", &NAMED)];

#[test]
fn every_container_yields_what_is_in_it() {
    let differences: Vec<String> = TABLES.iter().flat_map(|(_, table)| *table).filter_map(difference).collect();
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[test]
fn the_tables_have_every_file() {
    for (name, table) in TABLES {
        let entries = fs::read_dir(folder().join(name)).expect(name);
        let files = entries.map(|entry| format!("{name}/{}", entry.unwrap().file_name().into_string().unwrap()));
        let wanted: BTreeSet<String> = table.iter().map(|(file, ..)| (*file).to_owned()).collect();
        assert_eq!(files.collect::<BTreeSet<String>>(), wanted);
    }
}

#[test]
fn every_place_in_a_keystore_is_that_of_the_certificate() {
    for file in ["jks/keys.jks", "jks/keys.jceks", "jks/version-1.jks"] {
        let bytes = bytes(file);
        let decoded = decode::read(&bytes);
        assert!(!decoded.items.is_empty(), "{file}");
        for item in decoded.items {
            assert_eq!(bytes[item.place.bytes], item.der, "{file}");
        }
    }
}

#[test]
fn a_cut_keystore_says_where_it_is_cut() {
    let whole = bytes("jks/keys.jks");
    let count = decode::read(&whole).items.len();
    // The digest at the end is not read.
    for length in 4..whole.len() - 20 {
        let decoded = decode::read(&whole[..length]);
        assert!(decoded.items.len() <= count);
        let problem = decoded.problems.last().unwrap_or_else(|| panic!("{length}"));
        assert!(problem.message.contains("breaks off or is damaged at byte"), "{length}: {}", problem.message);
        assert_eq!(problem.place.bytes.end, length);
    }
}

#[test]
fn a_password_that_is_given_opens_what_is_locked() {
    for file in ["pkcs12/other-password.p12", "pkcs12/other-password-legacy.p12"] {
        let bytes = bytes(file);
        let locked = decode::read(&bytes);
        assert_eq!(locked.problems.iter().map(|it| it.kind).collect::<Vec<_>>(), [ProblemKind::PasswordNeeded]);
        assert_eq!((locked.items.len(), locked.secrets.len()), (0, 1), "{file}");
        let wrong = decode::read_with(&bytes, &Passwords::given(["s3cret".to_owned()]));
        assert_eq!(wrong, locked, "{file}");
        let opened = decode::read_with(&bytes, &Passwords::given(["wrong".to_owned(), "s3cret-of-mine".to_owned()]));
        let input = [Input { name: "x.p12".to_owned(), bytes: bytes.clone(), ..Input::default() }];
        let given = Passwords::given(["s3cret-of-mine".to_owned()]);
        assert_eq!(Inventory::from_inputs_with(&input, &given).certificates.len(), 3, "{file}");
        let message = &Inventory::from_inputs(&input).sources[0].problems[0].message;
        assert!(message.ends_with("`openssl pkcs12 -nokeys -in x.p12`, which asks for it."), "{message}");
        assert_eq!((opened.items.len(), opened.problems.len(), opened.secrets.len()), (3, 0, 1), "{file}");
        assert!(!format!("{opened:?}").contains("s3cret"), "{file}");
    }
}

#[test]
fn damaged_containers_never_panic_and_say_something() {
    for (file, ..) in PKCS7.iter().chain(&PKCS12) {
        let whole = bytes(file);
        for length in (0..whole.len()).step_by(97) {
            let decoded = decode::read(&whole[..length]);
            assert!(decoded.items.len() + decoded.problems.len() + decoded.secrets.len() > 0, "{file} {length}");
        }
        for position in (0..whole.len()).step_by(31) {
            let mut damaged = whole.clone();
            damaged[position] ^= 0x55;
            let decoded = decode::read(&damaged);
            assert!(decoded.items.len() + decoded.problems.len() + decoded.secrets.len() > 0, "{file} {position}");
        }
    }
}

#[test]
fn a_store_without_marks_of_trust_is_empty_for_java() {
    let is_empty = |file: &str| -> Vec<bool> {
        inventory(file, bytes(file)).sources.iter().map(|source| source.is_empty_for_java()).collect()
    };
    assert_eq!(is_empty("pkcs12/trust-openssl.p12"), [true]);
    assert_eq!(is_empty("pkcs12/trust-openssl-clear.p12"), [true]);
    for file in ["pkcs12/trust-java.p12", "pkcs12/modern.p12", "jks/trust.jks", "pkcs7/bundle.p7b"] {
        assert_eq!(is_empty(file), [false], "{file}");
    }
}

/// The same is said of what is read from a container and of what its link opens.
#[test]
fn every_container_travels_by_link() {
    for (file, bytes) in all_files() {
        share::assert_file_travels(file.rsplit('/').next().unwrap_or(file), &bytes);
    }
}

#[test]
fn requests_keys_and_revocation_lists_are_kept_beside_their_problem() {
    let key_of = |file: &str| {
        let der = decode::read(&bytes(file)).items.remove(0).der;
        let certificate = rootlens::certificate::Certificate::parse(&der).expect(file);
        certificate.key.spki.clone()
    };
    let related = |file: &str| decode::read(&bytes(file)).related;
    let leaf = key_of("text/key-then-certificate.pem");
    for (file, kind) in [
        ("text/request.csr", RelatedKind::Request),
        ("text/old-request.csr", RelatedKind::Request),
        ("text/request.der", RelatedKind::Request),
        ("text/public-key.pem", RelatedKind::PublicKey),
    ] {
        let related = related(file);
        let found: Vec<_> = related.iter().map(|it| (it.kind, it.der.as_slice())).collect();
        assert_eq!(found, [(kind, leaf.as_slice())], "{file}");
    }
    let keys = related("text/rsa-public-keys.pem");
    assert_eq!((keys.len(), &keys[0].der), (2, &keys[1].der), "PKCS#1 and SubjectPublicKeyInfo of one key");
    let list = &related("text/root.crl")[0];
    assert_eq!((list.kind, &related("text/with-crl.p7b")[0].der), (RelatedKind::RevocationList, &list.der));
}

#[test]
fn what_is_whole_in_a_damaged_container_is_read() {
    let bundle = bytes("pkcs7/bundle-der.p7b");
    let cut = decode::read(&bundle[..bundle.len() - 100]);
    assert_eq!((cut.items.len(), cut.problems.len()), (2, 1), "the last of three certificates is cut");
    let mut store = bytes("jks/keys.jks");
    let second = decode::read(&store).items[0].place.bytes.start - 4;
    store[second] = 0xff;
    let damaged = decode::read(&store);
    assert_eq!((damaged.items.len(), damaged.problems.len()), (7, 1), "{:?}", damaged.problems);
}

#[test]
fn absurd_lengths_end_in_a_problem() {
    let whole = bytes("jks/keys.jceks");
    for position in 4..whole.len() {
        let mut damaged = whole.clone();
        for byte in damaged.iter_mut().skip(position).take(4) {
            *byte = 0xff;
        }
        let decoded = decode::read(&damaged);
        assert!(!decoded.items.is_empty() || !decoded.problems.is_empty() || !decoded.secrets.is_empty(), "{position}");
    }
}

//! Tests of what the keys of structured texts say: every form with its meaning, its order and its places, and that no
//! certificate is lost.

use std::fs;
use std::path::Path;

use data_encoding::BASE64;
use rootlens::decode::{self, Decoded, Meaning, Part};
use rootlens::inventory::{Input, Inventory, Source};

use crate::{recorded, share};

const SCENARIO: &str = "mtls-scenarios/ec-04b-ok-with-intermediate";

/// What stands for a certificate or a key in the texts below, and the file it is.
const FILES: [(&str, &str); 3] = [("ROOT", "pool.pem"), ("LEAF", "leaf.pem"), ("INTER", "inter.pem")];

/// Subjects of the certificates, as sources show them.
const SHORT: [(&str, &str); 3] = [("Node CA", "ROOT"), ("node-1", "LEAF"), ("Node Issuing CA", "INTER")];

/// No key of anybody: the shape of one.
const KEY: &str = "-----BEGIN EC PRIVATE KEY-----\nMC4CAQEEIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4foAcGBSuBBAAK\n\
                   -----END EC PRIVATE KEY-----\n";

/// The PEM of a name, or of several joined by `+`.
fn pem(names: &str) -> String {
    let one = |name: &str| match FILES.iter().find(|(known, _)| *known == name) {
        Some((_, file)) => recorded::text(&format!("{SCENARIO}/{file}")),
        None if name == "KEY" => KEY.to_owned(),
        None => panic!("{name} is no certificate"),
    };
    names.split('+').map(one).collect()
}

/// Fills a template: `{pem:A+B}` as it is, `{4:A}` indented by 4, `{base64:A}`, `{json:A}` as the inside of a string,
/// `{body:A}` as base64 of the DER, `{url:A}` percent-encoded, `{joined:A}` with a backslash at the end of each line.
fn filled(template: &str) -> String {
    let mut text = String::new();
    let mut rest = template;
    while let Some((before, (form, names), after)) = placeholder(rest) {
        text.push_str(before);
        text.push_str(&written(form, names));
        rest = after;
    }
    text + rest
}

/// The next placeholder, and what stands around it.
fn placeholder(text: &str) -> Option<(&str, (&str, &str), &str)> {
    const FORMS: [&str; 7] = ["pem", "base64", "json", "body", "url", "joined", "4"];
    for (start, _) in text.match_indices('{') {
        let Some((inside, after)) = text[start + 1..].split_once('}') else { continue };
        if let Some((form, names)) = inside.split_once(':').filter(|(form, _)| FORMS.contains(form)) {
            return Some((&text[..start], (form, names), after));
        }
    }
    None
}

fn written(form: &str, names: &str) -> String {
    let pem = pem(names);
    match form {
        "pem" => pem,
        "base64" => BASE64.encode(pem.as_bytes()),
        "json" => pem.replace('\n', "\\n"),
        "body" => pem.lines().filter(|line| !line.starts_with('-')).collect(),
        "url" => {
            pem.replace(' ', "%20").replace('\n', "%0A").replace('+', "%2B").replace('/', "%2F").replace('=', "%3D")
        }
        "joined" => pem.trim_end().replace('\n', " \\\n"),
        "4" => pem.lines().map(|line| format!("    {line}\n")).collect(),
        other => panic!("no form {other}"),
    }
}

/// A source as text: its key, what it means, its certificates in order, and the number of private keys.
fn shown(source: &Source, inventory: &Inventory) -> String {
    let name = |id: &rootlens::certificate::CertId| {
        let name = inventory.certificates[id.0].short_name();
        SHORT.iter().find(|(short, _)| *short == name).map_or(name.clone(), |(_, known)| (*known).to_owned())
    };
    let certificates: Vec<String> = source.certificates().iter().map(name).collect();
    let part = source.part.as_ref().map_or("-".to_owned(), |part| format!("{} {:?}", part.key, part.meaning));
    let keys = if source.secrets.is_empty() { String::new() } else { format!(" keys {}", source.secrets.len()) };
    format!("{part}: {}{keys}", certificates.join(" "))
}

fn inventory(name: &str, bytes: &[u8]) -> Inventory {
    Inventory::from_inputs(&[Input { name: name.to_owned(), bytes: bytes.to_vec(), ..Input::default() }])
}

fn sources(text: &[u8]) -> Vec<String> {
    let inventory = inventory("x", text);
    inventory.sources.iter().map(|source| shown(source, &inventory)).collect()
}

/// What no text may break: the parts stand in order within the input, overlap nowhere, hold or say something each, and every
/// block of the input is in one source.
fn assert_sound(input: &[u8], context: &str) {
    let decoded = decode::read(input);
    let blocks = || {
        let places = decoded.items.iter().map(|item| &item.place);
        let problems = decoded.problems.iter().map(|problem| &problem.place);
        places.chain(problems).chain(decoded.secrets.iter().map(|secret| &secret.place))
    };
    let mut stretches: Vec<_> = decoded.parts.iter().flat_map(|part| part.stretches.clone()).collect();
    stretches.sort_by_key(|stretch| stretch.start);
    assert!(stretches.iter().all(|stretch| !stretch.is_empty() && stretch.end <= input.len()), "{context}");
    assert!(stretches.windows(2).all(|pair| pair[0].end <= pair[1].start), "{context}: {stretches:?}");
    let first = |part: &Part| part.stretches.iter().map(|stretch| stretch.start).min();
    assert!(decoded.parts.iter().map(first).is_sorted(), "{context}");
    for part in &decoded.parts {
        let holds = |stretch: &std::ops::Range<usize>| blocks().any(|place| stretch.contains(&place.bytes.start));
        let says_something = part.forwarded.as_ref().is_some_and(|forwarded| !forwarded.claim.is_empty());
        assert!(says_something || part.stretches.iter().any(holds), "{context}: {part:?} is empty");
    }
    let inventory = inventory("x", input);
    let count = |of: fn(&Source) -> usize| inventory.sources.iter().map(|source| of(source)).sum::<usize>();
    let read = count(|source| source.placements.len()) + count(|source| source.problems.len());
    assert_eq!(read, decoded.items.len() + decoded.problems.len(), "{context}");
    assert_eq!(count(|source| source.secrets.len()), decoded.secrets.len(), "{context}");
}

#[track_caller]
fn expect(template: &str, wanted: &[&str]) {
    let text = filled(template);
    assert_eq!(sources(text.as_bytes()), wanted, "{text}");
    share::assert_file_travels("x", text.as_bytes());
    let windows = text.replace('\n', "\r\n");
    assert_eq!(sources(windows.as_bytes()), wanted, "with CRLF: {text}");
    let utf16: Vec<u8> = format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(sources(&utf16), wanted, "in UTF-16: {text}");
    for input in [text.as_bytes(), windows.as_bytes(), &utf16] {
        assert_sound(input, &text);
    }
}

#[test]
fn secrets_and_config_maps_say_by_the_names_of_their_files() {
    for (text, wanted) in [
        (
            "apiVersion: v1\nkind: Secret\ndata:\n  ca.crt: {base64:ROOT}\n  tls.crt: {base64:LEAF+INTER}\n  tls.key: {base64:KEY}\n",
            vec!["ca.crt TrustedByDefault: ROOT", "tls.crt Chain: LEAF INTER", "-:  keys 1"],
        ),
        (
            "stringData:\n  tls.key: |\n{4:KEY}  tls.crt: |\n{4:LEAF+INTER}kind: Secret\napiVersion: v1\n",
            vec!["tls.crt Chain: LEAF INTER", "-:  keys 1"],
        ),
        (
            "apiVersion: v1\nkind: ConfigMap\ndata:\n  ca.crt: |-\n{4:ROOT}  other: |\n    hello\nmetadata:\n  name: kube-root-ca.crt\n",
            vec!["ca.crt Trusted: ROOT"],
        ),
        (
            "kind: Secret\nmetadata: {}\ndata:\n  ca: {base64:ROOT}\n  cert: {base64:LEAF}\n",
            vec!["ca TrustedByDefault: ROOT", "cert Chain: LEAF"],
        ),
        ("apiVersion: v1\nkind: Secret\ndata:\n  tls.ca: {base64:ROOT}\n", vec!["tls.ca Trusted: ROOT"]),
        // The files of two halves of one Secret stand beside each other.
        (
            "kind: Secret\napiVersion: v1\nstringData:\n  \"ca.crt\": \"{json:ROOT}\"\ndata:\n  'tls.crt': '{base64:LEAF}'\n",
            vec!["ca.crt TrustedByDefault: ROOT", "tls.crt Chain: LEAF"],
        ),
        // Without a certificate yet, `ca.crt` stands alone.
        (
            "kind: Secret\napiVersion: v1\ndata:\n  ca.crt: {base64:ROOT}\n  tls.crt: \"\"\n",
            vec!["ca.crt Trusted: ROOT"],
        ),
        // What a server trusts is no authority that came with its chain.
        (
            "kind: Secret\napiVersion: v1\ndata:\n  client-ca.crt: {base64:ROOT}\n  server.crt: {base64:LEAF}\n",
            vec!["client-ca.crt Trusted: ROOT", "server.crt Chain: LEAF"],
        ),
        // certbot's names.
        (
            "kind: Secret\napiVersion: v1\ndata:\n  chain.pem: {base64:INTER}\n  cert.pem: {base64:LEAF}\n",
            vec!["cert.pem Chain: LEAF INTER"],
        ),
        (
            "kind: Secret\napiVersion: v1\ndata:\n  chain.pem: {base64:LEAF+INTER}\n",
            vec!["chain.pem Chain: LEAF INTER"],
        ),
        // A combined file holds its key.
        ("kind: Secret\napiVersion: v1\ndata:\n  tls.pem: {base64:KEY+LEAF}\n", vec!["tls.pem Chain: LEAF keys 1"]),
        // An excerpt: no kind, no `data`.
        (
            "  ca.crt: {base64:ROOT}\n  tls.crt: {base64:LEAF}\n",
            vec!["ca.crt TrustedByDefault: ROOT", "tls.crt Chain: LEAF"],
        ),
        (
            "{\"ca.crt\":\"{base64:ROOT}\",\"tls.crt\":\"{base64:LEAF}\"}",
            vec!["ca.crt TrustedByDefault: ROOT", "tls.crt Chain: LEAF"],
        ),
        // Wrapped base64, and a paste that lost its indentation.
        ("kind: Secret\napiVersion: v1\ndata:\n  ca.crt: >-\n    {base64:ROOT}\n", vec!["ca.crt Trusted: ROOT"]),
        ("kind: ConfigMap\napiVersion: v1\ndata:\n  ca.crt: |\n{pem:ROOT}", vec!["ca.crt Trusted: ROOT"]),
        (
            "kind: ConfigMap\napiVersion: v1\ndata:\n  ca.crt: |\n{pem:ROOT}metadata:\n  name: x\n",
            vec!["ca.crt Trusted: ROOT"],
        ),
        // What `kubectl describe` shows.
        (
            "Name:         kube-root-ca.crt\nNamespace:    default\nLabels:       <none>\n\nData\n====\nca.crt:\n----\n{pem:ROOT}\n\nEvents:  <none>\n",
            vec!["ca.crt Trusted: ROOT"],
        ),
        // Files shown under their names.
        (
            "server.pem:\n{pem:LEAF+INTER}\nca.pem:\n{pem:ROOT}",
            vec!["server.pem Chain: LEAF INTER", "ca.pem TrustedByDefault: ROOT"],
        ),
        // JSON that is cut, so that it parses no more.
        (
            "{\n  \"kind\": \"Secret\",\n  \"apiVersion\": \"v1\",\n  \"data\": {\n    \"ca.crt\": \"{base64:ROOT}\",\n    \"tls.crt\": \"{base64:LEAF}\",\n",
            vec!["ca.crt TrustedByDefault: ROOT", "tls.crt Chain: LEAF"],
        ),
        // Names that say nothing stay as they were.
        ("kind: ConfigMap\napiVersion: v1\ndata:\n  shop.example.com: |\n{4:LEAF}", vec!["-: LEAF"]),
        ("kind: Secret\napiVersion: v1\ndata:\n  ca-key.pem: {base64:KEY}\n  ca.crl: YQ==\n", vec!["-:  keys 1"]),
        // A CA that is plugged into Istio: its own certificate is neither trusted nor anybody's chain.
        (
            "kind: Secret\napiVersion: v1\ndata:\n  ca-cert.pem: {base64:INTER}\n  ca-key.pem: {base64:KEY}\n  cert-chain.pem: {base64:INTER}\n  root-cert.pem: {base64:ROOT}\n",
            vec!["root-cert.pem Trusted: ROOT", "-: INTER keys 1"],
        ),
        (
            "kind: Secret\napiVersion: v1\ndata:\n  ca-cert.pem: {base64:ROOT}\n  ca-key.pem: {base64:KEY}\n  root-cert.pem: \"\"\n",
            vec!["ca-cert.pem Trusted: ROOT", "-:  keys 1"],
        ),
        // Base64 twice, as `data` given to `stringData`.
        ("kind: Secret\napiVersion: v1\nstringData:\n  ca.crt: {base64:ROOT} # note\n", vec!["ca.crt Trusted: ROOT"]),
    ] {
        expect(text, &wanted);
    }
}

#[test]
fn other_objects_say_it_by_their_fields() {
    for (text, wanted) in [
        // Every webhook of a configuration has the same bundle, which is one source.
        (
            "apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingWebhookConfiguration\nwebhooks:\n- clientConfig:\n    caBundle: {base64:ROOT}\n  name: a\n- name: b\n  clientConfig:\n    caBundle: {base64:ROOT}\n",
            vec!["caBundle Trusted: ROOT"],
        ),
        (
            "kind: CustomResourceDefinition\napiVersion: apiextensions.k8s.io/v1\nspec:\n  conversion:\n    webhook:\n      clientConfig:\n        caBundle: \"{base64:ROOT}\"\n",
            vec!["caBundle Trusted: ROOT"],
        ),
        (
            "kind: APIService\napiVersion: apiregistration.k8s.io/v1\nspec:\n  caBundle: {base64:ROOT+INTER}\n  group: x\n",
            vec!["caBundle Trusted: ROOT INTER"],
        ),
        ("    caBundle: {base64:ROOT}\n", vec!["caBundle Trusted: ROOT"]),
        (
            "kind: CertificateRequest\napiVersion: cert-manager.io/v1\nstatus:\n  ca: {base64:ROOT}\n  certificate: {base64:LEAF+INTER}\n",
            vec!["ca TrustedByDefault: ROOT", "certificate Chain: LEAF INTER"],
        ),
        (
            "kind: CertificateSigningRequest\napiVersion: certificates.k8s.io/v1\nstatus:\n  certificate: {base64:LEAF}\n",
            vec!["certificate Chain: LEAF"],
        ),
        (
            "kind: Bundle\napiVersion: trust.cert-manager.io/v1alpha1\nspec:\n  sources:\n  - useDefaultCAs: true\n  - inLine: |\n{4:ROOT}",
            vec!["inLine Trusted: ROOT"],
        ),
        // kubeconfig, of one cluster and two users.
        (
            "apiVersion: v1\nkind: Config\nclusters:\n- cluster:\n    certificate-authority-data: {base64:ROOT}\n    server: https://a\n  name: a\nusers:\n- name: u\n  user:\n    client-certificate-data: {base64:LEAF+INTER}\n    client-key-data: {base64:KEY}\n- name: v\n  user: {\"client-certificate-data\": \"{base64:INTER}\"}\n",
            vec![
                "certificate-authority-data Trusted: ROOT",
                "client-certificate-data ClientChain: LEAF INTER",
                "client-certificate-data ClientChain: INTER",
                "-:  keys 1",
            ],
        ),
        (
            "{\"kind\":\"Config\",\"clusters\":[{\"cluster\":{\"certificate-authority-data\":\"{base64:ROOT}\"}}]}",
            vec!["certificate-authority-data Trusted: ROOT"],
        ),
        // kubeadm's `cluster-info`: a kubeconfig in a ConfigMap.
        (
            "apiVersion: v1\nkind: ConfigMap\ndata:\n  kubeconfig: |\n    apiVersion: v1\n    clusters:\n    - cluster:\n        certificate-authority-data: {base64:ROOT}\n      name: \"\"\n    kind: Config\n",
            vec!["certificate-authority-data Trusted: ROOT"],
        ),
        (
            "{\"kind\":\"ConfigMap\",\"data\":{\"kubeconfig\":\"apiVersion: v1\\nclusters:\\n- cluster:\\n    certificate-authority-data: {base64:ROOT}\\n\"}}",
            vec!["certificate-authority-data Trusted: ROOT"],
        ),
    ] {
        expect(text, &wanted);
    }
}

#[test]
fn several_objects_are_told_apart_by_their_names() {
    let secret =
        |name: &str, files: &str| format!("apiVersion: v1\ndata:\n{files}kind: Secret\nmetadata:\n  name: {name}\n");
    let first = secret("a", "  ca.crt: {base64:ROOT}\n  tls.crt: {base64:LEAF}\n");
    let second = secret("b", "  tls.crt: {base64:LEAF+INTER}\n");
    let listed = |text: &str| -> String { text.lines().map(|line| format!("  {line}\n")).collect() };
    let list = format!("kind: List\napiVersion: v1\nitems:\n-{}-{}", &listed(&first)[1..], &listed(&second)[1..]);
    for text in [
        format!("{first}---\n{second}"),
        format!("{first}{second}"),
        format!("$ kubectl get secret a -o yaml\n{first}$ kubectl get secret b -o yaml\n{second}"),
        list,
    ] {
        let inventory = inventory("all.yaml", filled(&text).as_bytes());
        let shown: Vec<String> =
            inventory.sources.iter().map(|source| format!("{} = {}", source.name, shown(source, &inventory))).collect();
        let wanted = [
            "all.yaml: a/ca.crt = ca.crt TrustedByDefault: ROOT",
            "all.yaml: a/tls.crt = tls.crt Chain: LEAF",
            "all.yaml: b/tls.crt = tls.crt Chain: LEAF INTER",
        ];
        assert_eq!(shown, wanted, "{text}");
        let object = inventory.sources[2].part.as_ref().and_then(|part| part.object.clone()).expect("an object");
        assert_eq!((object.kind.as_str(), object.name.as_deref(), object.namespace), ("Secret", Some("b"), None));
        assert!(inventory.sources.iter().all(|source| source.file == "all.yaml" && source.input == 0));
    }
}

#[test]
fn a_profile_of_openvpn_says_by_its_tags_and_its_side() {
    for (text, wanted) in [
        (
            "client\nremote vpn.example 1194\n<ca>\n{pem:ROOT}</ca>\n<cert>\nCertificate:\n    Data:\n{pem:LEAF}</cert>\n<key>\n{pem:KEY}</key>\n",
            vec!["<ca> Trusted: ROOT", "<cert> ClientChain: LEAF", "-:  keys 1"],
        ),
        (
            "<extra-certs>\n{pem:INTER}</extra-certs>\n<cert>\n{pem:LEAF}</cert>\n<ca>\n{pem:ROOT}</ca>\nserver 10.8.0.0 255.255.255.0\n",
            vec!["<cert> ServerChain: LEAF INTER", "<ca> Trusted: ROOT"],
        ),
        ("dev tun\n  <cert>\n{4:LEAF}  </cert>\n", vec!["<cert> Chain: LEAF"]),
        ("tls-client\n<cert>\n{pem:LEAF}<ca>\n{pem:ROOT}", vec!["<cert> ClientChain: LEAF", "<ca> Trusted: ROOT"]),
        ("tls-server\n<ca>\n{pem:ROOT+INTER}</ca>\n", vec!["<ca> Trusted: ROOT INTER"]),
        // Within a ConfigMap, as YAML and as JSON.
        (
            "kind: ConfigMap\napiVersion: v1\ndata:\n  client.ovpn: |\n    client\n    <ca>\n{4:ROOT}    </ca>\n    <cert>\n{4:LEAF}    </cert>\n",
            vec!["<ca> Trusted: ROOT", "<cert> ClientChain: LEAF"],
        ),
        (
            "{\"kind\":\"ConfigMap\",\"data\":{\"client.ovpn\":\"client\\n<ca>\\n{json:ROOT}</ca>\\n<cert>\\n{json:LEAF}</cert>\\n\"}}",
            vec!["<ca> Trusted: ROOT", "<cert> ClientChain: LEAF"],
        ),
    ] {
        expect(text, &wanted);
    }
}

#[test]
fn an_answer_of_vault_is_a_chain_and_its_issuer() {
    for (text, wanted) in [
        (
            "{\"data\":{\"ca_chain\":[\"{json:INTER}\",\"{json:ROOT}\"],\"certificate\":\"{json:LEAF}\",\"issuing_ca\":\"{json:INTER}\",\"private_key\":\"{json:KEY}\"}}",
            vec!["certificate Chain: LEAF INTER ROOT", "-:  keys 1"],
        ),
        (
            "{\"issuing_ca\":\"{json:ROOT}\",\"certificate\":\"{json:LEAF}\",\"ca_chain\":null}",
            vec!["issuing_ca TrustedByDefault: ROOT", "certificate Chain: LEAF"],
        ),
        (
            "{\"ca_chain\":[\"{json:INTER}\"],\"certificate\":\"{json:LEAF}\",\"issuing_ca\":\"{json:ROOT}\"}",
            vec!["certificate Chain: LEAF INTER", "issuing_ca TrustedByDefault: ROOT"],
        ),
        (
            "{\"certificate\":\"{json:LEAF}\",\"ca_chain\":\"{json:INTER+ROOT}\"}",
            vec!["certificate Chain: LEAF INTER ROOT"],
        ),
        // A certificate alone may be anybody's.
        ("{\"data\":{\"certificate\":\"{json:ROOT}\",\"revocation_time\":0}}", vec!["-: ROOT"]),
        (
            "data:\n  certificate: |-\n{4:LEAF}  issuing_ca: |-\n{4:ROOT}",
            vec!["certificate Chain: LEAF", "issuing_ca TrustedByDefault: ROOT"],
        ),
        (
            "Key                 Value\n---                 -----\nca_chain            [{pem:INTER} {pem:ROOT}]\ncertificate         {pem:LEAF}expiration          1\nissuing_ca          {pem:INTER}private_key         {pem:KEY}private_key_type    ec\nserial_number       12:34\n",
            vec!["certificate Chain: LEAF INTER ROOT", "-:  keys 1"],
        ),
        (
            "issuing_ca\t{pem:ROOT}private_key\t{pem:KEY}certificate\t{pem:LEAF}",
            vec!["issuing_ca TrustedByDefault: ROOT", "certificate Chain: LEAF", "-:  keys 1"],
        ),
    ] {
        expect(text, &wanted);
    }
}

#[test]
fn properties_of_kafka_are_told_by_their_names() {
    for (text, wanted) in [
        (
            "security.protocol=SSL\nssl.truststore.type=PEM\nssl.truststore.certificates={json:ROOT}\nssl.keystore.certificate.chain={json:LEAF+INTER}\nssl.keystore.key={json:KEY}\n",
            vec![
                "ssl.truststore.certificates Trusted: ROOT",
                "ssl.keystore.certificate.chain Chain: LEAF INTER",
                "-:  keys 1",
            ],
        ),
        (
            "ssl.keystore.certificate.chain = {joined:LEAF+INTER}\nssl.truststore.certificates : \\\n  {joined:ROOT}\nssl.x=y\n",
            vec!["ssl.keystore.certificate.chain Chain: LEAF INTER", "ssl.truststore.certificates Trusted: ROOT"],
        ),
        // Without the backslashes, which Kafka does not read.
        (
            "listener.name.internal.ssl.truststore.certificates={pem:ROOT+INTER}ssl.keystore.key={pem:KEY}",
            vec!["listener.name.internal.ssl.truststore.certificates Trusted: ROOT INTER", "-:  keys 1"],
        ),
        (
            "export KAFKA_SSL_TRUSTSTORE_CERTIFICATES=\"{json:ROOT}\"\n",
            vec!["KAFKA_SSL_TRUSTSTORE_CERTIFICATES Trusted: ROOT"],
        ),
        (
            "ssl.ca.pem={json:ROOT}\nssl.certificate.pem={json:LEAF}\n",
            vec!["ssl.ca.pem Trusted: ROOT", "ssl.certificate.pem ClientChain: LEAF"],
        ),
        (
            "spring:\n  ssl:\n    bundle:\n      pem:\n        shop:\n          truststore:\n            certificate: |\n              {base64:ROOT}\n          keystore:\n            certificate: |\n              {base64:LEAF}\n",
            vec!["certificate Trusted: ROOT", "certificate Chain: LEAF"],
        ),
        (
            "kind: ConfigMap\napiVersion: v1\ndata:\n  server.properties: |\n    ssl.truststore.certificates={json:ROOT}\n    ssl.keystore.certificate.chain={json:LEAF}\n",
            vec!["ssl.truststore.certificates Trusted: ROOT", "ssl.keystore.certificate.chain Chain: LEAF"],
        ),
    ] {
        expect(text, &wanted);
    }
}

#[test]
fn headers_bring_the_chain_of_a_client() {
    for (text, wanted) in [
        (
            "Host: x\nX-Forwarded-Tls-Client-Cert: {body:LEAF},{body:INTER}\nX-Real-Ip: y\n",
            vec!["X-Forwarded-Tls-Client-Cert ClientChain: LEAF INTER"],
        ),
        ("ssl-client-cert: {url:LEAF}\nssl-client-verify: SUCCESS\n", vec!["ssl-client-cert ClientChain: LEAF"]),
        ("X-SSL-Client-Cert: {body:LEAF}\n", vec!["X-SSL-Client-Cert ClientChain: LEAF"]),
        ("> X-Client-Cert: {body:LEAF}\n> Accept: */*\n", vec!["X-Client-Cert ClientChain: LEAF"]),
        ("$ssl_client_escaped_cert = \"{url:LEAF}\"\n", vec!["ssl_client_escaped_cert ClientChain: LEAF"]),
        ("X-SSL-CERT: {pem:LEAF}Host: x\n", vec!["X-SSL-CERT ClientChain: LEAF"]),
        ("X-Amzn-Mtls-Clientcert: {url:LEAF+INTER}\n", vec!["X-Amzn-Mtls-Clientcert ClientChain: LEAF INTER"]),
        // RFC 9440, in either order, and in two requests.
        (
            "Client-Cert: :{body:LEAF}:\nClient-Cert-Chain: :{body:INTER}:, :{body:ROOT}:\n",
            vec!["Client-Cert ClientChain: LEAF INTER ROOT"],
        ),
        (
            "client-cert-chain: :{body:INTER}:\nclient-cert: :{body:LEAF}:\n",
            vec!["client-cert ClientChain: LEAF INTER"],
        ),
        (
            "GET / HTTP/1.1\nClient-Cert: :{body:LEAF}:\n\nGET / HTTP/1.1\nClient-Cert-Chain: :{body:ROOT}:\nClient-Cert: :{body:INTER}:\n",
            vec!["Client-Cert ClientChain: LEAF", "Client-Cert ClientChain: INTER ROOT"],
        ),
        (
            "SSL_CLIENT_CERT={json:LEAF}\nSSL_CLIENT_CERT_CHAIN_0={json:INTER}\nSSL_CLIENT_CERT_CHAIN_1={json:ROOT}\n",
            vec!["SSL_CLIENT_CERT ClientChain: LEAF INTER ROOT"],
        ),
        // Envoy: one element for each proxy, fields in any order.
        (
            "x-forwarded-client-cert: By=spiffe://a/b;Hash=00;Chain=\"{url:LEAF+INTER}\";Cert=\"{url:LEAF}\";Subject=\"CN=\\\"a,b\\\"\",By=x;Cert=\"{url:INTER}\";URI=\n",
            vec!["x-forwarded-client-cert ClientChain: LEAF INTER", "x-forwarded-client-cert ClientChain: INTER"],
        ),
        ("X-Forwarded-Client-Cert: {body:LEAF}\n", vec!["X-Forwarded-Client-Cert ClientChain: LEAF"]),
        // As JSON shows it.
        (
            "{\"headers\":{\"X-Forwarded-Client-Cert\":\"Hash=00;Cert=\\\"{url:LEAF}\\\";Subject=\\\"\\\"\",\"X-Client-Ca\":\"{body:ROOT}\"}}",
            vec!["X-Forwarded-Client-Cert ClientChain: LEAF", "-: ROOT"],
        ),
        (
            "{\"X-Forwarded-Tls-Client-Cert\":[\"{body:LEAF}\"],\"Other\":\"{body:ROOT}\"}",
            vec!["X-Forwarded-Tls-Client-Cert ClientChain: LEAF", "-: ROOT"],
        ),
        // The key of a client is no certificate, and neither is an authority of clients a client.
        ("CLIENT_CERT_KEY=\"{json:KEY}\"\nssl-client-cert-ca: {body:ROOT}\n", vec!["-: ROOT keys 1"]),
    ] {
        expect(text, &wanted);
    }
}

const PLAIN: &str = "$ openssl s_client -connect shop.example:443\nCONNECTED(00000003)\ndepth=0 CN = node-1\nverify error:num=20:unable \
                     to get local issuer certificate\nverify return:1\n---\nCertificate chain\n 0 s:CN = node-1\n   i:CN = x\n 1 s:CN = x\n   \
                     i:CN = y\n---\nServer certificate\n{pem:LEAF}subject=CN = node-1\n\n---\nVerification error: unable to get local issuer \
                     certificate\n---\nSSL-Session:\n    Start Time: 1796071735\n    Verify return code: 20 (unable to get local issuer \
                     certificate)\n---\n";

#[test]
fn the_text_of_s_client_is_the_chain_of_a_server() {
    expect(PLAIN, &["Server certificate ServerChain: LEAF"]);
    let inventory = inventory("s_client.txt", filled(PLAIN).as_bytes());
    let source = &inventory.sources[0];
    assert_eq!(source.name, "s_client.txt");
    let session = source.session.as_ref().expect("a session");
    assert_eq!((session.host.as_deref(), session.time.map(|at| at.0)), (Some("shop.example"), Some(1_796_071_735)));
    assert_eq!(session.sent, Some(2), "the server sent two and the text shows one");
    let [line] = source.error_lines.as_slice() else { panic!("{:?}", source.error_lines) };
    assert_eq!((line.line, line.times), (4, 3), "one fault, said three times");

    for (text, wanted) in [
        // With -showcerts; the leaf may be repeated.
        (
            "CONNECTED(00000003)\n---\nCertificate chain\n 0 s:CN = a\n{pem:LEAF} 1 s:CN = b\n{pem:INTER}---\nServer certificate\n{pem:LEAF}subject=CN = a\n---\n",
            vec!["Certificate chain ServerChain: LEAF INTER"],
        ),
        // A forum has taken the rules away and indented the rest.
        (
            "    Certificate chain\n     0 s:CN = a\n{4:LEAF}     1 s:CN = b\n{4:INTER}    Server certificate\n    subject=CN = a\n",
            vec!["Certificate chain ServerChain: LEAF INTER"],
        ),
        // What stands before and behind is no part of it.
        (
            "{pem:ROOT}CONNECTED(00000003)\n---\nCertificate chain\n 0 s:CN = a\n{pem:LEAF}---\nDONE\n{pem:INTER}",
            vec!["Certificate chain ServerChain: LEAF", "-: ROOT INTER"],
        ),
        // A headline is no text of a connection.
        ("Certificate chain\n{pem:ROOT}", vec!["-: ROOT"]),
    ] {
        expect(text, &wanted);
    }
}

#[test]
fn each_connection_has_its_chain_and_its_host() {
    let other = PLAIN.replace("shop.example", "pay.example").replace("{pem:LEAF}", "{pem:INTER}");
    let inventory = inventory("s_client.txt", filled(&format!("{PLAIN}{other}")).as_bytes());
    let hosts: Vec<(&str, Option<&str>)> = inventory
        .sources
        .iter()
        .map(|source| (source.name.as_str(), source.session.as_ref().and_then(|session| session.host.as_deref())))
        .collect();
    let names = ["s_client.txt: Server certificate", "s_client.txt: Server certificate (2)"];
    assert_eq!(hosts, [(names[0], Some("shop.example")), (names[1], Some("pay.example"))]);
}

#[test]
fn a_connection_without_a_certificate_is_told_too() {
    let text = "$ curl -v https://shop.example/\n* Connected to shop.example (192.0.2.1) port 443\n* SSL certificate problem: unable \
                to get local issuer certificate\ncurl: (60) SSL certificate problem: unable to get local issuer certificate\n";
    let inventory = inventory("curl.txt", text.as_bytes());
    let session = inventory.sources[0].session.as_ref().expect("a session");
    assert_eq!((session.host.as_deref(), session.sent), (Some("shop.example"), None));
    let lines: Vec<(usize, usize)> = inventory.sources[0].error_lines.iter().map(|it| (it.line, it.times)).collect();
    assert_eq!(lines, [(3, 2)]);
    assert!(inventory.sources[0].part.is_none());
}

/// A stretch is what stands under the key, whatever the text was made of.
#[test]
fn places_are_those_of_the_input() {
    let text = "kind: ConfigMap\napiVersion: v1\ndata: {\"ca.crt\": \"{json:ROOT}\", \"tls.crt\": \"{json:LEAF}\"}\n";
    let input = filled(text);
    let shown = |input: &[u8]| -> Vec<Vec<u8>> {
        let Decoded { parts, .. } = decode::read(input);
        parts.iter().flat_map(|part| part.stretches.iter().map(|stretch| input[stretch.clone()].to_vec())).collect()
    };
    let wanted = [filled("\"{json:ROOT}\""), filled("\"{json:LEAF}\"")];
    assert_eq!(shown(input.as_bytes()), wanted.each_ref().map(|text| text.clone().into_bytes()));
    let utf16 = |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_le_bytes).collect() };
    assert_eq!(shown(&utf16(&input)), wanted.each_ref().map(|text| utf16(text)));

    // A kubeconfig in base64, as cluster API keeps it: the stretch decodes to what stands under the key.
    let config = filled("clusters:\n- cluster:\n    certificate-authority-data: {base64:ROOT}\n");
    let secret = format!("value: {}\n", BASE64.encode(config.as_bytes()));
    let parts = decode::read(secret.as_bytes()).parts;
    let [Part { key, stretches, meaning: Meaning::Trusted, .. }] = parts.as_slice() else { panic!("{parts:?}") };
    assert_eq!(key, "certificate-authority-data");
    let start = 7 + config.find("LS0t").unwrap() / 3 * 4;
    assert!((start..start + 4).contains(&stretches[0].start), "{stretches:?}");
}

/// What `kubectl apply` remembers of an object is a second place of the same certificates, and something else if they
/// differ.
#[test]
fn what_kubectl_remembers_is_no_second_source() {
    const OBJECT: &str = "apiVersion: v1\nkind: Secret\nmetadata:\n  name: a\n  annotations:\n    \
                          kubectl.kubernetes.io/last-applied-configuration: |\n      {\"apiVersion\":\"v1\",\
                          \"kind\":\"Secret\",\"metadata\":{\"name\":\"a\"},\"data\":{FILES}}\ndata:\n  \
                          ca.crt: {base64:ROOT}\n  tls.crt: {base64:LEAF+INTER}\n";
    let remembered = |files: &str| OBJECT.replace("FILES", files);
    expect(
        &remembered("\"ca.crt\":\"{base64:ROOT}\",\"tls.crt\":\"{base64:LEAF+INTER}\""),
        &["ca.crt TrustedByDefault: ROOT", "tls.crt Chain: LEAF INTER"],
    );
    expect(
        &remembered("\"ca.crt\":\"{base64:INTER}\",\"tls.crt\":\"{base64:LEAF+INTER}\""),
        &[
            "ca.crt TrustedByDefault: ROOT",
            "tls.crt Chain: LEAF INTER",
            "ca.crt (last applied) TrustedByDefault: INTER",
        ],
    );
}

/// Files as the programs write them: every source with its name, its key, what it means and its certificates.
#[test]
fn files_of_real_programs_are_taken_apart() {
    for (file, wanted) in [
        ("traefik-header.txt", &["X-Forwarded-Tls-Client-Cert ClientChain: ingrid, Fjord Client Issuing"] as &[&str]),
        ("traefik-2.9.4-header.txt", &["X-Forwarded-Tls-Client-Cert ClientChain: ingrid, Fjord Client Issuing"]),
        ("envoy-xfcc.txt", &["x-forwarded-client-cert ClientChain: api.delta.example, Delta Server CA"]),
        ("nginx-escaped.txt", &["ssl-client-cert ClientChain: api.delta.example"]),
        ("nginx-folded.txt", &["X-SSL-CERT ClientChain: api.delta.example"]),
        ("validatingwebhook.yaml", &["caBundle Trusted: cert-manager-webhook-ca"]),
        (
            "webhook-secret.yaml",
            &[
                "ca.crt TrustedByDefault: cert-manager-webhook-ca",
                "tls.crt Chain: cert-manager-webhook.kube-system.svc",
                "-: ",
            ],
        ),
        ("one-line-secret.yaml", &["tls.crt Chain: Krane CA", "-: "]),
        ("istio-ca-root-cert.yaml", &["root-cert.pem Trusted: cluster.local"]),
        (
            "cert-manager-secret.yaml",
            &["ca.crt TrustedByDefault: demo-root", "tls.crt Chain: demo.example, demo-sub", "-: "],
        ),
        ("s_client-showcerts.txt", &["Certificate chain ServerChain: www.aft.orme.example, Orme"]),
        ("vault-issue.json", &["certificate Chain: api.delta.example, Delta Server CA", "-: "]),
        ("applied-secret.yaml", &["ca.crt TrustedByDefault: Node CA", "tls.crt Chain: node-1, Node Issuing CA", "-: "]),
        (
            "list.json",
            &[
                "ca.crt TrustedByDefault: Node CA",
                "tls.crt Chain: node-1, Node Issuing CA",
                "ca-bundle.crt Trusted: Node CA",
                "-: ",
            ],
        ),
        (
            "kubeconfig.yaml",
            &[
                "certificate-authority-data Trusted: Node CA",
                "client-certificate-data ClientChain: node-1, Node Issuing CA",
                "-: ",
            ],
        ),
    ] {
        let bytes = fs::read(recorded::path(&format!("parts/{file}"))).expect(file);
        assert_sound(&bytes, file);
        let inventory = inventory(file, &bytes);
        let shown: Vec<String> = inventory
            .sources
            .iter()
            .map(|source| {
                let names = source
                    .certificates()
                    .iter()
                    .map(|id| inventory.certificates[id.0].short_name())
                    .collect::<Vec<_>>();
                let part =
                    source.part.as_ref().map_or("-".to_owned(), |part| format!("{} {:?}", part.key, part.meaning));
                format!("{part}: {}", names.join(", "))
            })
            .collect();
        assert_eq!(shown, wanted, "{file}");
    }
}

#[test]
fn mutated_texts_lose_nothing_and_never_panic() {
    const ROUNDS: usize = 30;
    let folder = recorded::path("parts");
    let files: Vec<_> = fs::read_dir(Path::new(&folder)).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert!(files.len() > 10);
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = |limit: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % u64::try_from(limit.max(1)).unwrap()).unwrap()
    };
    const SPLICES: [&[u8]; 12] = [
        b"\n",
        b"  ",
        b"- ",
        b": ",
        b"\"",
        b"\\",
        b"|\n",
        b"{",
        b"---\n",
        b"<ca>\n",
        b"Certificate chain\n",
        b"Cert=\"",
    ];
    for file in files {
        let original = fs::read(&file).unwrap();
        for _ in 0..ROUNDS {
            let mut bytes = original.clone();
            for _ in 0..=next(4) {
                let at = next(bytes.len() + 1);
                match next(4) {
                    0 => bytes.truncate(at.max(1)),
                    1 => drop(bytes.drain(at..(at + next(40)).min(bytes.len()))),
                    2 => drop(bytes.splice(at..at, SPLICES[next(SPLICES.len())].iter().copied())),
                    _ => drop(bytes.drain(..at.min(bytes.len().saturating_sub(1)))),
                }
            }
            assert_sound(&bytes, &file.display().to_string());
        }
    }
}

#[test]
fn a_source_is_taken_out_with_the_certificates_that_stand_nowhere_else() {
    let input = |name: &str, template: &str| Input {
        name: name.to_owned(),
        bytes: filled(template).into_bytes(),
        ..Input::default()
    };
    let secret = "ca.crt: {base64:ROOT}\ntls.crt: {base64:LEAF+INTER}\n";
    let inventory = Inventory::from_inputs(&[input("a.yaml", secret), input("b.pem", "{pem:INTER}")]);
    let all = |inventory: &Inventory| -> Vec<String> {
        inventory.sources.iter().map(|source| format!("{} {}", source.name, shown(source, inventory))).collect()
    };
    let without = inventory.without(1);
    assert_eq!(all(&without), ["a.yaml: ca.crt ca.crt TrustedByDefault: ROOT", "b.pem -: INTER"]);
    assert_eq!(without.certificates.len(), 2);
    assert_eq!(all(&inventory.without(0)), ["a.yaml: tls.crt tls.crt Chain: LEAF INTER", "b.pem -: INTER"]);
    assert_eq!(inventory.without(7), inventory);
    let mut more = without.without(0).without(0);
    assert_eq!((more.certificates.len(), more.sources.len()), (0, 0));
    more.add(&[input("c.pem", "{pem:LEAF}")]);
    assert_eq!(all(&more), ["c.pem -: LEAF"]);
}

//! Objects of Kubernetes, as YAML or JSON: Secrets and ConfigMaps by the names of the files in them, `caBundle`, the
//! data of a kubeconfig, and the fields of a few other kinds. Keys count wherever they stand, so that an excerpt is
//! understood too.

use std::ops::Range;

use super::file_key::{self, Kind};
use super::tree::{self, Node};
use super::{Claims, Meaning, Object, Part, env, kafka, lines, openziti, secret_key, step_ca, vault};
use crate::decode::layer::Layer;

/// Keys that mean the same in every object.
///
/// A chain of JSON Web Keys and of the headers of tokens stands there as well (RFC 7517, 4.7; RFC 7515, 4.1.6).
///
/// Sources: `admissionregistration.k8s.io`, `apiregistration.k8s.io`, `apiextensions.k8s.io` (`caBundle`), and
/// `k8s.io/client-go/tools/clientcmd/api` (kubeconfig).
const KEYS: [(&str, Meaning); 4] = [
    ("x5c", Meaning::Chain),
    ("caBundle", Meaning::Trusted),
    ("certificate-authority-data", Meaning::Trusted),
    ("client-certificate-data", Meaning::ClientChain),
];

/// Kinds, the key around a field, the field, and what it holds: `certificates.k8s.io`, cert-manager, trust-manager.
const FIELDS: [(&str, &str, &str, Meaning); 5] = [
    ("CertificateSigningRequest", "status", "certificate", Meaning::Chain),
    ("CertificateRequest", "status", "certificate", Meaning::Chain),
    ("CertificateRequest", "status", "ca", Meaning::TrustedByDefault),
    ("Bundle", "sources", "inLine", Meaning::Trusted),
    ("ClusterBundle", "spec", "inLineCAs", Meaning::Trusted),
];

/// Where Secrets and ConfigMaps hold their files.
const DATA: [&str; 3] = ["data", "stringData", "binaryData"];

/// The key of a Secret that Traefik's TLSOption reads first, and the one that it reads where there is none
/// (`pkg/provider/kubernetes/crd/kubernetes.go`, `loadSecretCA`).
const TRAEFIK_AUTHORITY: &str = "tls.ca";
const AUTHORITY: &str = "ca.crt";

/// The annotation in which `kubectl apply` keeps what it was given.
const LAST_APPLIED: &str = "kubectl.kubernetes.io/last-applied-configuration";

/// Shorter strings hold no text with a certificate in it.
const LEAST_TEXT: usize = 200;

/// Claims what stands under the keys of a stretch of text.
pub(super) fn read(layer: &Layer<'_>, stretch: Range<usize>, claims: &mut Claims) {
    read_as(layer, stretch, false, claims);
}

/// Claims variables of an environment, which are called as files are.
pub(super) fn read_variables(layer: &Layer<'_>, claims: &mut Claims) {
    let variables = env::variables(&layer.bytes);
    let mut walk = Walk { layer, claims, is_remembered: false };
    walk.files(&variables.iter().collect::<Vec<_>>(), true, &Context::default());
}

fn read_as(layer: &Layer<'_>, stretch: Range<usize>, is_remembered: bool, claims: &mut Claims) {
    let mut walk = Walk { layer, claims, is_remembered };
    for document in tree::documents(layer, stretch) {
        walk.node(&document, &Context::default());
    }
}

/// What is known of the place of a value.
#[derive(Clone, Default)]
struct Context {
    object: Option<Object>,
    /// The key of the value.
    key: String,
    /// The keys around it, joined by dots, its own included.
    path: String,
    /// The key before its own.
    parent: String,
    /// Where in the object the value stands, as a JSON pointer (RFC 6901).
    pointer: String,
}

struct Walk<'w, 'l> {
    layer: &'w Layer<'l>,
    claims: &'w mut Claims,
    /// The text is what `kubectl apply` remembers.
    is_remembered: bool,
}

impl Walk<'_, '_> {
    fn node(&mut self, node: &Node, context: &Context) {
        if let Some(meaning) = context.meaning().filter(|_| !matches!(node, Node::Mapping(_))) {
            let pointer = matches!(node, Node::Scalar(_)) && context.object.is_some();
            let part = Part::new(&context.key, meaning, node.scalars());
            return self.add(Part { pointer: pointer.then(|| context.pointer.clone()), ..part }, context);
        }
        if let Node::Scalar(text) = node
            && let Some(label) = secret_key::label(&context.key, lines::slice(&self.layer.bytes, text))
        {
            return self.claims.secret(self.layer, text.clone(), label);
        }
        match node {
            Node::Mapping(entries) => self.mapping(node, entries, context),
            Node::Sequence(items) => {
                items.iter().enumerate().for_each(|(index, item)| self.node(item, &context.at(index)));
            }
            Node::Scalar(text) => self.text(text, context),
        }
    }

    fn mapping(&mut self, node: &Node, entries: &[(String, Node)], context: &Context) {
        let context = match object(node, &self.layer.bytes) {
            Some(object) => Context { object: Some(object), pointer: String::new(), ..context.clone() },
            None => context.clone(),
        };
        if let Some(issued) = vault::issued(node, &self.layer.bytes) {
            issued.into_iter().for_each(|part| self.add(part, &context));
        }
        if let Some(identity) = openziti::identity(node, &self.layer.bytes) {
            identity.into_iter().for_each(|part| self.add(part, &context));
        }
        if let Some(part) = step_ca::signed(node, &self.layer.bytes) {
            self.add(part, &context);
        }
        if let Some(chain) = node.get("x5c").filter(|_| is_spiffe_bundle(node, &self.layer.bytes)) {
            self.add(Part::new("x5c", Meaning::Trusted, chain.scalars()), &context);
        }
        if let Some((Node::Scalar(text), label)) = secret_key::private_member(node) {
            self.claims.secret(self.layer, text.clone(), label);
        }
        if context.holds_files() {
            let data = entries.iter().filter(|(key, _)| DATA.contains(&key.as_str()));
            let files: Vec<&(String, Node)> = data.flat_map(|(_, data)| entries_of(data)).collect();
            self.files(&files, true, &context);
        }
        self.files(&entries.iter().collect::<Vec<_>>(), false, &context);
        for (key, value) in entries {
            self.node(value, &context.below(key));
        }
    }

    /// Claims the files of a Secret, a ConfigMap or anything like it.
    fn files(&mut self, entries: &[&(String, Node)], among_files: bool, context: &Context) {
        let bytes = &self.layer.bytes;
        let is_issuer = is_plugged_in_issuer(entries, bytes);
        let known = entries.iter().filter(|(key, value)| {
            let is_file = matches!(value, Node::Scalar(_)) && value.holds_something(bytes);
            is_file && !(is_issuer && ISSUER_FILES.contains(&key.as_str()))
        });
        let files: Vec<(&str, Kind, &Node)> =
            known.filter_map(|(key, value)| Some((key.as_str(), file_key::kind(key, among_files)?, value))).collect();
        let has_chain = files.iter().any(|(_, kind, _)| *kind == Kind::Chain);
        let rest = || files.iter().filter(|(_, kind, _)| *kind == Kind::RestOfChain).map(|(.., value)| value.scalars());
        let mut rest_of_chain = if has_chain { rest().flatten().collect() } else { Vec::new() };
        for (key, kind, value) in &files {
            let mut stretches = value.scalars();
            let meaning = match kind {
                Kind::Trusted { beside_chain: false } if has_chain => Meaning::TrustedByDefault,
                Kind::Trusted { .. } => Meaning::Trusted,
                Kind::RestOfChain if has_chain => continue,
                Kind::Chain | Kind::RestOfChain => Meaning::Chain,
            };
            if *kind == Kind::Chain {
                stretches.append(&mut rest_of_chain);
            }
            let shadowed_by = (*key == AUTHORITY && files.iter().any(|(key, ..)| *key == TRAEFIK_AUTHORITY))
                .then(|| TRAEFIK_AUTHORITY.to_owned());
            self.add(Part { shadowed_by, ..Part::new(key, meaning, stretches) }, context);
        }
    }

    fn add(&mut self, part: Part, context: &Context) {
        let part = Part { object: context.object.clone(), is_remembered: self.is_remembered, ..part };
        self.claims.add(self.layer, part);
    }

    /// A scalar under a key that says nothing may be a text with keys of its own.
    fn text(&mut self, text: &Range<usize>, context: &Context) {
        if text.len() < LEAST_TEXT {
            return;
        }
        let is_remembered = self.is_remembered || context.key == LAST_APPLIED;
        let (layer, text) = (self.layer, text.clone());
        let value = lines::slice(&layer.bytes, &text);
        match value.first() {
            Some(b'"') if value.contains(&b'\\') => {
                let inner = tree::unescaped(layer, text);
                self.claims.nested(|claims| {
                    read_as(&inner, inner.whole(), is_remembered, claims);
                    super::read_lines(&inner, claims);
                });
            }
            Some(b'\'') => {
                let inner = text.start + 1..text.end - 1;
                self.claims.nested(|claims| read_as(layer, inner, is_remembered, claims));
            }
            _ if value.contains(&b':') => {
                self.claims.nested(|claims| read_as(layer, text, is_remembered, claims));
            }
            _ => {}
        }
    }
}

impl Context {
    fn below(&self, key: &str) -> Context {
        let path = if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) };
        let pointer = format!("{}/{}", self.pointer, key.replace('~', "~0").replace('/', "~1"));
        Context { object: self.object.clone(), key: key.to_owned(), path, parent: self.key.clone(), pointer }
    }

    /// An item of the value, if that is a list: its keys are those of the list.
    fn at(&self, index: usize) -> Context {
        Context { pointer: format!("{}/{index}", self.pointer), ..self.clone() }
    }

    /// What the keys say of the value.
    fn meaning(&self) -> Option<Meaning> {
        let kind = self.object.as_ref().map_or("", |object| object.kind.as_str());
        let by_key = KEYS.iter().find(|(key, _)| *key == self.key).map(|(_, meaning)| *meaning);
        let is_field = |row: &&(&str, &str, &str, Meaning)| row.0 == kind && row.1 == self.parent && row.2 == self.key;
        let by_field = || FIELDS.iter().find(is_field).map(|row| row.3);
        by_key.or_else(by_field).or_else(|| kafka::meaning(&self.path))
    }

    /// Whether the data of the object are files.
    fn holds_files(&self) -> bool {
        self.object.as_ref().is_some_and(|object| matches!(object.kind.as_str(), "Secret" | "ConfigMap"))
    }
}

/// The object that a mapping is; a kubeconfig and a list are none.
fn object(node: &Node, bytes: &[u8]) -> Option<Object> {
    let word = |node: Option<&Node>| node.and_then(|node| node.word(bytes));
    let kind = word(node.get("kind")).filter(|kind| kind != "Config" && !kind.ends_with("List"))?;
    node.get("apiVersion").or_else(|| node.get("metadata"))?;
    let metadata = node.get("metadata");
    let of_metadata = |key| word(metadata.and_then(|metadata| metadata.get(key)));
    Some(Object { kind, name: of_metadata("name"), namespace: of_metadata("namespace") })
}

/// Whether a key of a set is an authority that its readers trust (SPIFFE Trust Domain and Bundle, 4.2.2).
fn is_spiffe_bundle(key: &Node, bytes: &[u8]) -> bool {
    key.get("use").and_then(|usage| usage.word(bytes)).is_some_and(|usage| usage == "x509-svid")
}

fn entries_of(node: &Node) -> &[(String, Node)] {
    match node {
        Node::Mapping(entries) => entries,
        _ => &[],
    }
}

/// Files of an Istio CA that has a parent: neither is a chain that anybody presents, nor is the first one trusted.
const ISSUER_FILES: [&str; 2] = ["ca-cert.pem", "cert-chain.pem"];

/// Whether these are the files of a CA plugged into Istio (its Secret `cacerts`): a root beside the CA's key.
fn is_plugged_in_issuer(entries: &[&(String, Node)], bytes: &[u8]) -> bool {
    let holds = |file: &str| entries.iter().any(|(key, value)| key == file && value.holds_something(bytes));
    holds("root-cert.pem") && holds("ca-key.pem")
}

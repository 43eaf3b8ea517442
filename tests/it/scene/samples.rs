//! Reports made by hand, of the shapes that occur in the field and of some that should not.

use std::collections::BTreeMap;

use rootlens::report::*;
use rootlens::time::Timestamp;

/// A certificate to be: name and key of its subject and of its issuer.
#[derive(Clone)]
struct Draft {
    name: String,
    key: u32,
    issuer: String,
    issuer_key: u32,
    is_ca: bool,
    not_after: &'static str,
}

/// Builds reports by hand; names and keys decide what a real graph would find out.
#[derive(Clone, Default)]
pub(super) struct Pki {
    drafts: Vec<Draft>,
    sources: Vec<(String, Vec<Role>, Vec<usize>)>,
    peer: Option<String>,
    marks: [Vec<usize>; 3],
    clients: Vec<(String, bool, bool)>,
    unsupported: bool,
}

const AT: &str = "2026-11-21T18:00:00Z";

impl Pki {
    fn certificate(&mut self, (name, key): (&str, u32), (issuer, issuer_key): (&str, u32), is_ca: bool) -> usize {
        self.drafts.push(Draft {
            name: name.to_owned(),
            key,
            issuer: issuer.to_owned(),
            issuer_key,
            is_ca,
            not_after: "2036-11-18T18:00:00Z",
        });
        self.drafts.len() - 1
    }

    fn root(&mut self, name: &str, key: u32) -> usize {
        self.certificate((name, key), (name, key), true)
    }

    fn until(&mut self, id: usize, not_after: &'static str) {
        self.drafts[id].not_after = not_after;
    }

    fn source(&mut self, name: &str, role: Role, certificates: &[usize]) {
        self.sources.push((name.to_owned(), vec![role], certificates.to_vec()));
    }

    /// `marks`: naive only, correct only, both. A client is its name, and whether naive and correct accept it.
    fn pools(&mut self, peer: &str, marks: [&[usize]; 3], clients: &[(&str, bool, bool)]) {
        self.peer = Some(peer.to_owned());
        self.marks = marks.map(<[usize]>::to_vec);
        self.clients = clients.iter().map(|(name, naive, correct)| ((*name).to_owned(), *naive, *correct)).collect();
    }

    pub(super) fn report(&self) -> Report {
        let mut cas: Vec<Ca> = Vec::new();
        let mut homes: BTreeMap<(String, u32), usize> = BTreeMap::new();
        for (id, draft) in self.drafts.iter().enumerate() {
            let home = *homes.entry((draft.name.clone(), draft.key)).or_insert_with(|| {
                let (certificates, namesakes) = (Vec::new(), Vec::new());
                cas.push(Ca { name: draft.name.clone(), certificates, namesakes, shared_name: None });
                cas.len() - 1
            });
            cas[home].certificates.push(id);
        }
        let mut shared_names: Vec<SharedName> = Vec::new();
        for at in 0..cas.len() {
            let same = |other: &usize| cas[*other].name == cas[at].name;
            let all: Vec<usize> = (0..cas.len()).filter(same).collect();
            if all.len() > 1 && all[0] == at {
                shared_names.push(SharedName { name: cas[at].name.clone(), cas: all.clone() });
            }
            cas[at].shared_name = shared_names.iter().position(|shared| shared.cas.contains(&at));
            cas[at].namesakes = all.into_iter().filter(|other| *other != at).collect();
        }
        let certificates = self
            .drafts
            .iter()
            .enumerate()
            .map(|(id, draft)| self.finish(id, draft, homes[&(draft.name.clone(), draft.key)]));
        Report {
            schema: 1,
            at: instant(AT),
            answer: self.answer(),
            headline: Headline { severity: Severity::Info, sentence: String::new(), detail: String::new() },
            focus: self.peer.clone(),
            sources: self.sources.iter().map(source).collect(),
            certificates: certificates.collect(),
            shared_names,
            edges: self.edges(),
            edges_complete: true,
            checks_left_out: 0,
            ghosts: self.ghosts(),
            cas,
            pools: self.pool_list(),
            divergence: self.divergence(),
            gates: Vec::new(),
            peers_left_out: 0,
            clients_left_out: 0,
            purpose: None,
            host: None,
            engines: Vec::new(),
            chains_left_out: 0,
            first_loss: None,
            error_lines: Vec::new(),
            next_error: None,
            findings: Vec::new(),
        }
    }

    /// Nothing is said of these: they are drawn.
    fn answer(&self) -> Answer {
        let kind = StoreKind::Given;
        Answer {
            lens: Lens::Router,
            verdict: AnswerVerdict::Unknown,
            cause: "no-chain".into(),
            sentence: String::new(),
            detail: String::new(),
            store: Store { kind, name: String::new(), date: None, chosen: false, certificates: 0, trusted: Vec::new() },
            program: None,
            fix: None,
            chains: Vec::new(),
        }
    }

    fn finish(&self, id: usize, draft: &Draft, ca: usize) -> Certificate {
        let self_issued = draft.name == draft.issuer;
        let self_signed = self_issued && draft.key == draft.issuer_key;
        Certificate {
            id,
            sha256: format!("{id:064x}"),
            sha1: format!("{id:040x}"),
            name: draft.name.clone(),
            subject: format!("CN={}", draft.name),
            issuer: format!("CN={}", draft.issuer),
            serial: format!("{id:02x}"),
            not_before: instant("2020-01-01T00:00:00Z"),
            not_after: instant(draft.not_after),
            validity: if draft.not_after < AT { Validity::Expired } else { Validity::Valid },
            days_left: 0,
            is_ca: draft.is_ca,
            self_issued,
            self_signed: Some(self_signed),
            root_ca: self_signed && draft.is_ca,
            public_root: false,
            not_root_because: None,
            ca,
            version: 3,
            key: "ECDSA P-256".to_owned(),
            key_sha256: format!("{:064x}", draft.key),
            signature_algorithm: "ECDSA-SHA256".to_owned(),
            basic_constraints: None,
            key_usage: None,
            extended_key_usage: None,
            subject_alt_names: Vec::new(),
            permitted_names: Vec::new(),
            excluded_names: Vec::new(),
            subject_key_id: None,
            authority_key_id: None,
            policies: Vec::new(),
            authority_info_access: Vec::new(),
            crl_urls: Vec::new(),
            unknown_critical: Vec::new(),
            extensions: Vec::new(),
            places: Vec::new(),
            pem: String::new(),
        }
    }

    fn edges(&self) -> Vec<Edge> {
        let mut edges = Vec::new();
        for (subject, below) in self.drafts.iter().enumerate() {
            for (issuer, above) in self.drafts.iter().enumerate() {
                if above.is_ca && above.name == below.issuer {
                    let signature = match above.key == below.issuer_key {
                        _ if self.unsupported => Signature::Unsupported,
                        true => Signature::Valid,
                        false => Signature::Invalid,
                    };
                    edges.push(Edge { issuer, subject, names: Names::Identical, key_ids: KeyIds::Absent, signature });
                }
            }
        }
        edges
    }

    fn ghosts(&self) -> Vec<MissingIssuer> {
        let mut ghosts: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (id, draft) in self.drafts.iter().enumerate() {
            let present = |other: &Draft| other.is_ca && (&other.name, other.key) == (&draft.issuer, draft.issuer_key);
            if !self.drafts.iter().any(present) {
                ghosts.entry(&draft.issuer).or_default().push(id);
            }
        }
        let ghost = |(name, certificates): (&str, Vec<usize>)| MissingIssuer {
            name: name.to_owned(),
            subject: format!("CN={name}"),
            key_id: Some("0123456789abcdef0123456789abcdef01234567".to_owned()),
            certificates,
        };
        ghosts.into_iter().map(ghost).collect()
    }

    fn pool_list(&self) -> Vec<Pool> {
        let Some(peer) = &self.peer else { return Vec::new() };
        let [naive_only, correct_only, both] = &self.marks;
        let others = self.sources.iter().filter(|(_, roles, _)| roles.contains(&Role::Peer)).map(|(name, ..)| name);
        let others: Vec<&String> = others.filter(|name| *name != peer).collect();
        let pool = |peer: &String, rule: Rule, own: &[usize]| Pool {
            peer: peer.clone(),
            rule,
            anchors: own.iter().chain(both).copied().collect(),
            steps: Vec::new(),
            empty_because: None,
            clients: self
                .clients
                .iter()
                .map(|(name, naive, correct)| ClientVerdict {
                    client: name.clone(),
                    accepts_leaf_only: false,
                    accepts: if rule == Rule::Correct { *correct } else { *naive },
                    reason: String::new(),
                    chain: Vec::new(),
                })
                .collect(),
        };
        let focus = [pool(peer, Rule::OpenzitiNaive, naive_only), pool(peer, Rule::Correct, correct_only)];
        focus.into_iter().chain(others.into_iter().map(|other| pool(other, Rule::OpenzitiNaive, &[]))).collect()
    }

    fn divergence(&self) -> Vec<Divergence> {
        let Some(peer) = &self.peer else { return Vec::new() };
        let [naive_only, correct_only, both] = self.marks.clone();
        let named = |naive: bool, correct: bool| -> Vec<String> {
            self.clients
                .iter()
                .filter(|client| (client.1, client.2) == (naive, correct))
                .map(|client| client.0.clone())
                .collect()
        };
        vec![Divergence {
            peer: peer.clone(),
            naive_only,
            correct_only,
            both,
            clients_lost: named(false, true),
            clients_gained: named(true, false),
            clients_lost_leaf_only: Vec::new(),
        }]
    }
}

fn instant(text: &str) -> Timestamp {
    Timestamp::parse(text).expect("an instant")
}

fn source((name, roles, certificates): &(String, Vec<Role>, Vec<usize>)) -> Source {
    Source {
        name: name.clone(),
        part: None,
        role: roles[0],
        roles: roles.clone(),
        role_reason: String::new(),
        certificates: certificates.clone(),
        problems: Vec::new(),
        secrets: 0,
        related: Vec::new(),
        key_commands: Vec::new(),
        loaders: Vec::new(),
        forwarded: None,
        private_keys: 0,
    }
}

/// Three controllers with a signer each; `names` are those of the signers.
fn openziti(names: [&str; 3]) -> Pki {
    let mut pki = Pki::default();
    let root = pki.root("ziti-controller1-edge-root", 1);
    let signers: Vec<usize> =
        (0..3).map(|at| pki.certificate((names[at], 2 + at as u32), ("ziti-controller1-edge-root", 1), true)).collect();
    pki.source("router1.cas.pem", Role::Bundle, &[root, signers[0]]);
    for (part, role) in [("controller", Role::Peer), ("client", Role::Client)] {
        for at in 0..3 {
            let name = format!("{part}{}", at + 1);
            let leaf = pki.certificate((&name, 10 + pki.drafts.len() as u32), (names[at], 2 + at as u32), false);
            pki.until(leaf, "2027-11-21T18:00:00Z");
            pki.source(&format!("{name}.chain.pem"), role, &[leaf, signers[at]]);
        }
    }
    let clients =
        [("client1.chain.pem", true, true), ("client2.chain.pem", false, true), ("client3.chain.pem", false, true)];
    pki.pools("controller1.chain.pem", [&[signers[0]], &[root], &[]], &clients);
    pki
}

pub(super) fn helm() -> Pki {
    openziti(["ziti-controller1-edge-signer", "ziti-controller2-edge-signer", "ziti-controller3-edge-signer"])
}

pub(super) fn same_name() -> Pki {
    openziti(["OpenZiti Edge Signer"; 3])
}

/// An expired root, whose successor it once cross-signed.
pub(super) fn cross_sign() -> Pki {
    let mut pki = Pki::default();
    let old = pki.root("DST Root CA X3", 1);
    pki.until(old, "2021-09-30T14:01:15Z");
    let new = pki.root("ISRG Root X1", 2);
    let crossed = pki.certificate(("ISRG Root X1", 2), ("DST Root CA X3", 1), true);
    pki.until(crossed, "2024-09-30T18:14:03Z");
    let issuing = pki.certificate(("R3", 3), ("ISRG Root X1", 2), true);
    let leaf = pki.certificate(("www.example.com", 4), ("R3", 3), false);
    pki.source("bundle.pem", Role::Bundle, &[old, new, crossed]);
    pki.source("server.pem", Role::Peer, &[leaf, issuing, crossed]);
    pki.pools("server.pem", [&[crossed], &[], &[new]], &[]);
    pki
}

/// A CA made anew under its old name; clients of either, and only one of the two in the bundle.
pub(super) fn regenerated() -> Pki {
    let mut pki = Pki::default();
    let new = pki.root("Node API CA", 2);
    let server = pki.certificate(("api.internal", 3), ("Node API CA", 2), false);
    let old = pki.root("Node API CA", 1);
    let fresh = pki.certificate(("agent-fresh", 4), ("Node API CA", 2), false);
    let stale = pki.certificate(("agent-stale", 5), ("Node API CA", 1), false);
    let lost = pki.certificate(("agent-older-still", 6), ("Node API CA", 9), false);
    pki.source("ca.crt", Role::Bundle, &[new]);
    pki.source("server.pem", Role::Peer, &[server]);
    pki.source("fresh.pem", Role::Client, &[fresh]);
    pki.source("stale.pem", Role::Client, &[stale, old]);
    pki.source("lost.pem", Role::Client, &[lost]);
    pki.pools(
        "server.pem",
        [&[], &[], &[new]],
        &[("fresh.pem", true, true), ("stale.pem", false, false), ("lost.pem", false, false)],
    );
    pki
}

/// Issuers that are named but absent, at two levels.
fn ghosts() -> Pki {
    let mut pki = Pki::default();
    let root = pki.root("Corporate Root 2019", 1);
    let issuing =
        pki.certificate(("Corporate Issuing CA for Machines and Services", 2), ("Corporate Root 2024", 7), true);
    let one = pki.certificate(
        ("build-agent-17.corp.example", 3),
        ("Corporate Issuing CA for Machines and Services", 2),
        false,
    );
    let two = pki.certificate(("vpn.corp.example", 4), ("Corporate VPN CA", 8), false);
    pki.source("bundle.pem", Role::Bundle, &[root, issuing]);
    pki.source("agent.pem", Role::Peer, &[one]);
    pki.source("vpn.pem", Role::Client, &[two]);
    pki.pools("agent.pem", [&[issuing], &[], &[]], &[("vpn.pem", false, false)]);
    pki
}

/// A system's bundle, and one chain that ends in it.
pub(super) fn big(roots: u32) -> Pki {
    let mut pki = Pki::default();
    let all: Vec<usize> =
        (0..roots).map(|key| pki.root(&format!("Example Trust Services Root CA {key}"), key)).collect();
    let issuing = pki.certificate(("Example Issuing CA R7", 1000), ("Example Trust Services Root CA 7", 7), true);
    let leaf = pki.certificate(("shop.example", 1001), ("Example Issuing CA R7", 1000), false);
    pki.source("ca-certificates.crt", Role::Bundle, &all);
    pki.source("shop.pem", Role::Peer, &[leaf, issuing]);
    pki.pools("shop.pem", [&[], &[], &[all[7]]], &[]);
    pki
}

/// Two CAs that sign each other, twice, with a chain below and a third that closes a longer cycle.
fn cycle() -> Pki {
    let mut pki = Pki::default();
    for (name, key, issuer, issuer_key) in [
        ("North", 1, "North", 1),
        ("South", 2, "South", 2),
        ("South", 2, "North", 1),
        ("North", 1, "South", 2),
        ("East", 3, "South", 2),
        ("North", 1, "East", 3),
        ("Bridge", 4, "East", 3),
        ("Bridge", 4, "North", 1),
    ] {
        pki.certificate((name, key), (issuer, issuer_key), true);
    }
    let leaf = pki.certificate(("leaf", 5), ("Bridge", 4), false);
    pki.source("leaf.pem", Role::Other, &[leaf]);
    pki
}

/// Roots that cross-signed each other's CAs, in an order in which most lines would cross if nobody sorted them.
fn cross_signed() -> Pki {
    let mut pki = Pki::default();
    for key in 1..=4 {
        pki.root(&format!("Root {key}"), key);
    }
    for (at, roots) in [[4, 1].as_slice(), &[4], &[4], &[3, 1], &[1], &[2, 1]].into_iter().enumerate() {
        let key = 10 + at as u32;
        let name = format!("Issuing CA {}", at + 1);
        for root in roots {
            pki.certificate((&name, key), (&format!("Root {root}"), *root), true);
        }
        pki.certificate((&format!("host-{}.example", at + 1), 100 + key), (&name, key), false);
    }
    pki
}

/// Nothing in common but one root: many intermediates with many end entities.
fn broad(intermediates: u32, leaves: u32) -> Pki {
    let mut pki = Pki::default();
    pki.root("Root", 0);
    for at in 1..=intermediates {
        let name = format!("Issuing CA {at}");
        pki.certificate((&name, at), ("Root", 0), true);
        for leaf in 0..leaves {
            pki.certificate((&format!("service-{at}-{leaf}"), at * 1000 + leaf), (&name, at), false);
        }
    }
    pki
}

/// Names that are long, foreign or hostile.
fn names() -> Pki {
    let mut pki = Pki::default();
    let long = "W".repeat(200);
    let hostile = "\u{202E}</text><script>alert(1)</script>\u{0}\n&\"'";
    pki.root(&long, 1);
    pki.certificate(("数字证书认证中心有限公司根证书签发机构二〇二六年", 2), (&long, 1), true);
    pki.certificate((hostile, 3), (&long, 1), true);
    pki.certificate(("ШЩЖЮ МИНЦИФРЫ РОССИЙСКИЙ УДОСТОВЕРЯЮЩИЙ ЦЕНТР", 4), (&long, 1), true);
    pki.certificate(("", 5), (hostile, 3), false);
    pki.certificate(
        ("spiffe://trust.example/ns/production/sa/payments-gateway-with-a-long-name", 6),
        (hostile, 3),
        false,
    );
    pki
}

/// Algorithms that nobody could check.
fn unchecked() -> Pki {
    Pki { unsupported: true, ..helm() }
}

pub(super) fn samples() -> Vec<(&'static str, Report)> {
    let samples = [
        ("helm", helm()),
        ("same-name", same_name()),
        ("cross-sign", cross_sign()),
        ("regenerated", regenerated()),
        ("ghosts", ghosts()),
        ("big", big(144)),
        (
            "only-roots",
            Pki { peer: None, sources: Vec::new(), drafts: big(144).drafts[..144].to_vec(), ..Pki::default() },
        ),
        ("cycle", cycle()),
        ("cross-signed", cross_signed()),
        ("broad", broad(6, 4)),
        ("very-broad", broad(14, 3)),
        ("crowd", broad(2, 80)),
        ("names", names()),
        ("unchecked", unchecked()),
        ("one", Pki { drafts: helm().drafts[..1].to_vec(), ..Pki::default() }),
    ];
    samples.into_iter().map(|(name, pki)| (name, pki.report())).collect()
}

//! Tests of `scene`: geometry that must hold for every drawing, on samples of the shapes that occur in the field.
//!
//! Every sample is written to the `tmp` folder of the target directory as `scene-<name>.svg`, to look at.

use std::collections::BTreeMap;

use rootlens::report::*;
use rootlens::scene::{self, Evidence, Kind, MAX_NODES, Mark, NARROW_WIDTH, Point, Rect, Scene, View, Width, svg};

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
struct Pki {
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

    fn report(&self) -> Report {
        let mut cas: Vec<Ca> = Vec::new();
        let mut homes: BTreeMap<(String, u32), usize> = BTreeMap::new();
        for (id, draft) in self.drafts.iter().enumerate() {
            let home = *homes.entry((draft.name.clone(), draft.key)).or_insert_with(|| {
                cas.push(Ca { name: draft.name.clone(), certificates: Vec::new(), namesakes: Vec::new() });
                cas.len() - 1
            });
            cas[home].certificates.push(id);
        }
        for at in 0..cas.len() {
            let same = |other: &usize| *other != at && cas[*other].name == cas[at].name;
            cas[at].namesakes = (0..cas.len()).filter(same).collect();
        }
        let certificates = self
            .drafts
            .iter()
            .enumerate()
            .map(|(id, draft)| self.finish(id, draft, homes[&(draft.name.clone(), draft.key)]));
        Report {
            schema: 1,
            at: AT.to_owned(),
            headline: Headline { severity: Severity::Info, sentence: String::new(), detail: String::new() },
            focus: self.peer.clone(),
            sources: self.sources.iter().map(source).collect(),
            certificates: certificates.collect(),
            edges: self.edges(),
            ghosts: self.ghosts(),
            cas,
            pools: self.pool_list(),
            divergence: self.divergence(),
            engines: Vec::new(),
            findings: Vec::new(),
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
            not_before: "2020-01-01T00:00:00Z".to_owned(),
            not_after: draft.not_after.to_owned(),
            validity: if draft.not_after < AT { Validity::Expired } else { Validity::Valid },
            days_left: 0,
            is_ca: draft.is_ca,
            self_issued,
            self_signed: Some(self_signed),
            root_ca: self_signed && draft.is_ca,
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

    fn ghosts(&self) -> Vec<Ghost> {
        let mut ghosts: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (id, draft) in self.drafts.iter().enumerate() {
            let present = |other: &Draft| other.is_ca && (&other.name, other.key) == (&draft.issuer, draft.issuer_key);
            if !self.drafts.iter().any(present) {
                ghosts.entry(&draft.issuer).or_default().push(id);
            }
        }
        let ghost = |(name, certificates): (&str, Vec<usize>)| Ghost {
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

fn source((name, roles, certificates): &(String, Vec<Role>, Vec<usize>)) -> Source {
    Source {
        name: name.clone(),
        role: roles[0],
        roles: roles.clone(),
        role_reason: String::new(),
        certificates: certificates.clone(),
        problems: Vec::new(),
        secrets: 0,
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

fn helm() -> Pki {
    openziti(["ziti-controller1-edge-signer", "ziti-controller2-edge-signer", "ziti-controller3-edge-signer"])
}

fn same_name() -> Pki {
    openziti(["OpenZiti Edge Signer"; 3])
}

/// An expired root, whose successor it once cross-signed.
fn cross_sign() -> Pki {
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
fn regenerated() -> Pki {
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
fn big(roots: u32) -> Pki {
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

fn samples() -> Vec<(&'static str, Report)> {
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
        ("broad", broad(6, 4)),
        ("very-broad", broad(14, 3)),
        ("crowd", broad(2, 80)),
        ("names", names()),
        ("unchecked", unchecked()),
        ("one", Pki { drafts: helm().drafts[..1].to_vec(), ..Pki::default() }),
    ];
    samples.into_iter().map(|(name, pki)| (name, pki.report())).collect()
}

/// Every sample in both widths.
fn scenes() -> Vec<(String, Scene)> {
    let mut scenes = Vec::new();
    for (name, report) in samples() {
        for width in [Width::Wide, Width::Narrow] {
            let scene = scene::draw(&report, &View { peer: None, width });
            scenes.push((format!("{name}-{}", format!("{width:?}").to_lowercase()), scene));
        }
    }
    scenes
}

fn overlaps(one: Rect, other: Rect) -> bool {
    one.x < other.x + other.width
        && other.x < one.x + one.width
        && one.y < other.y + other.height
        && other.y < one.y + one.height
}

fn inside(inner: Rect, outer: Rect) -> bool {
    inner.x >= outer.x
        && inner.y >= outer.y
        && inner.x + inner.width <= outer.x + outer.width
        && inner.y + inner.height <= outer.y + outer.height
}

/// The area of a line of text: its ascent and descent at 13 px.
fn text_area(line: &scene::Line) -> Rect {
    Rect { x: line.at.x, y: line.at.y - 11, width: line.width, height: 14 }
}

#[test]
fn boxes_keep_apart() {
    for (name, scene) in scenes() {
        for (at, node) in scene.nodes.iter().enumerate() {
            for other in &scene.nodes[at + 1..] {
                assert!(!overlaps(node.area, other.area), "{name}: {} and {}", node.label, other.label);
            }
        }
    }
}

#[test]
fn lines_lead_down_except_those_that_say_so() {
    let mut upward = 0;
    for (name, scene) in scenes() {
        for edge in &scene.edges {
            let (issuer, subject) = (scene.nodes[edge.issuer].area, scene.nodes[edge.subject].area);
            let down = issuer.y + issuer.height <= subject.y;
            assert_eq!(down, !edge.upward, "{name}: {}", edge.description);
            upward += usize::from(edge.upward);
            assert!(name.starts_with("cycle") || !edge.upward, "{name}: {}", edge.description);
        }
    }
    assert!(upward > 0, "the cycle has a line that leads up");
}

#[test]
fn lines_begin_and_end_at_their_boxes_and_run_through_none() {
    for (name, scene) in scenes() {
        for edge in &scene.edges {
            let at = |node: usize, point: Point| {
                let area = scene.nodes[node].area;
                inside(Rect { x: point.x, y: point.y, width: 0, height: 0 }, area)
            };
            let (first, last) = (edge.points[0], edge.points[edge.points.len() - 1]);
            assert!(at(edge.issuer, first) && at(edge.subject, last), "{name}: {} {:?}", edge.description, edge.points);
            for pair in edge.points.windows(2) {
                assert!(pair[0].x == pair[1].x || pair[0].y == pair[1].y, "{name}: {} is askew", edge.description);
                let stroke = Rect {
                    x: pair[0].x.min(pair[1].x),
                    y: pair[0].y.min(pair[1].y),
                    width: (pair[0].x - pair[1].x).abs(),
                    height: (pair[0].y - pair[1].y).abs(),
                };
                let hit = scene.nodes.iter().find(|node| {
                    let Rect { x, y, width, height } = node.area;
                    stroke.x < x + width
                        && x < stroke.x + stroke.width.max(1)
                        && stroke.y < y + height
                        && y < stroke.y + stroke.height.max(1)
                        && !(stroke.x + stroke.width <= x || stroke.y + stroke.height <= y)
                });
                assert!(hit.is_none(), "{name}: {} runs through {}", edge.description, hit.unwrap().label);
            }
        }
    }
}

#[test]
fn everything_is_inside_the_view() {
    for (name, scene) in scenes() {
        let view = Rect { x: 0, y: 0, width: scene.width, height: scene.height };
        for node in &scene.nodes {
            assert!(inside(node.area, view), "{name}: {}", node.label);
        }
        for edge in &scene.edges {
            for point in &edge.points {
                let area = Rect { x: point.x, y: point.y, width: 0, height: 0 };
                assert!(inside(area, view), "{name}: {} {point:?}", edge.description);
            }
            if let Some(label) = &edge.label {
                assert!(inside(text_area(label), view), "{name}: {} {label:?}", edge.description);
            }
        }
    }
}

#[test]
fn words_stay_in_their_boxes_and_off_each_other() {
    for (name, scene) in scenes() {
        for node in &scene.nodes {
            assert!((1..=2).contains(&node.title.len()), "{name}: {}", node.label);
            let tags = node.tags.iter().filter(|tag| tag.area.y > node.area.y).map(|tag| &tag.line);
            let rows = node.rows.iter().flat_map(|row| &row.lines);
            let areas: Vec<Rect> = tags.chain(&node.title).chain(rows).map(text_area).collect();
            for (at, area) in areas.iter().enumerate() {
                assert!(inside(*area, node.area), "{name}: {} {area:?} in {:?}", node.label, node.area);
                assert!(!areas[at + 1..].iter().any(|other| overlaps(*area, *other)), "{name}: {}", node.label);
            }
            for tag in &node.tags {
                let on_edge = tag.area.y + tag.area.height / 2 == node.area.y;
                let below = Rect { y: node.area.y, ..tag.area };
                assert!(inside(if on_edge { below } else { tag.area }, node.area), "{name}: {tag:?}");
                assert!(inside(text_area(&tag.line), tag.area), "{name}: {tag:?}");
            }
        }
    }
}

#[test]
fn words_beside_lines_keep_off_boxes_and_each_other() {
    for (name, scene) in scenes() {
        let labels: Vec<Rect> = scene.edges.iter().filter_map(|edge| edge.label.as_ref()).map(text_area).collect();
        for (at, label) in labels.iter().enumerate() {
            let hit = scene.nodes.iter().find(|node| overlaps(*label, node.area));
            assert!(hit.is_none(), "{name}: {label:?} on {}", hit.unwrap().label);
            assert!(!labels[at + 1..].iter().any(|other| overlaps(*label, *other)), "{name}: {label:?}");
        }
    }
}

#[test]
fn narrow_is_narrow() {
    for (name, report) in samples() {
        let scene = scene::draw(&report, &View { peer: None, width: Width::Narrow });
        assert!(scene.width <= NARROW_WIDTH, "{name}: {}", scene.width);
    }
}

#[test]
fn the_same_report_gives_the_same_drawing() {
    for ((name, one), (_, other)) in scenes().into_iter().zip(scenes()) {
        assert_eq!(one, other, "{name}");
        assert_eq!(svg::document(&one, svg::Theme::System), svg::document(&other, svg::Theme::System), "{name}");
    }
}

#[test]
fn an_empty_report_gives_an_empty_drawing() {
    let scene = scene::draw(&Pki::default().report(), &View::default());
    assert_eq!(scene, Scene::default());
}

#[test]
fn too_many_boxes_are_put_together_and_the_notes_say_so() {
    for roots in [144, 300] {
        let report = big(roots).report();
        let scene = scene::draw(&report, &View::default());
        let idle = roots - 1;
        assert_eq!(scene.nodes.len(), 4, "root, intermediate, leaf and the rest");
        assert_eq!(scene.notes.len(), 1);
        assert!(
            scene.notes[0].starts_with(&format!("{idle} more roots: no chain here uses them")),
            "{:?}",
            scene.notes
        );
        assert_eq!(scene.table.len(), report.certificates.len(), "the table has every certificate");
        assert!(scene.table.iter().all(|row| row.node.is_some()), "each with its box");
    }
    for (name, scene) in scenes() {
        assert!(scene.nodes.len() <= MAX_NODES, "{name}: {}", scene.nodes.len());
        let groups = scene.nodes.iter().any(|node| node.kind == Kind::Group);
        let said = scene.notes.iter().any(|note| note.contains("the table lists them"));
        assert_eq!(groups, said, "{name}: {:?}", scene.notes);
    }
}

#[test]
fn both_pools_are_marked_and_clients_say_their_fate() {
    let scene = scene::draw(&helm().report(), &View::default());
    let marked: Vec<_> = scene
        .nodes
        .iter()
        .filter_map(|node| Some((node.title[0].words.as_str(), node.mark?, node.tags[0].line.words.as_str())))
        .collect();
    assert_eq!(
        marked,
        [
            ("ziti-controller1-edge-root", Mark::CorrectOnly, "correct root only"),
            ("ziti-controller1-edge-signer", Mark::NaiveOnly, "naive root only"),
        ]
    );
    let words = |name: &str| {
        let node = scene.nodes.iter().find(|node| node.title[0].words == name).unwrap();
        node.rows[0].lines[0].words.clone()
    };
    assert_eq!(words("client1"), "client, accepted");
    assert_eq!(words("client2"), "client, locked out");
    assert_eq!(words("controller1"), "sampled peer");
    assert_eq!(words("controller2"), "peer");
    assert_eq!(scene.legend.len(), 4, "{:?}", scene.legend);
}

#[test]
fn a_same_named_ca_whose_key_did_not_sign_is_crossed_out_in_words() {
    let scene = scene::draw(&regenerated().report(), &View::default());
    let failing: Vec<_> = scene.edges.iter().filter(|edge| edge.evidence == Evidence::Fails).collect();
    assert!(!failing.is_empty());
    for edge in failing {
        assert!(edge.cross.is_some() && edge.label.as_ref().is_some_and(|label| label.words == "signature fails"));
    }
    let tags: Vec<_> = scene.nodes.iter().flat_map(|node| &node.tags).map(|tag| tag.line.words.as_str()).collect();
    assert!(
        tags.contains(&"same name, other key: 1 of 2") && tags.contains(&"same name, other key: 2 of 2"),
        "{tags:?}"
    );
}

#[test]
fn of_twelve_namesakes_that_did_not_sign_the_two_that_lock_clients_out_are_drawn() {
    let scene = scene::draw(&same_name().report(), &View::default());
    let failing: Vec<_> = scene.edges.iter().filter(|edge| edge.evidence == Evidence::Fails).collect();
    let ends = |edge: &&scene::Edge| (scene.nodes[edge.issuer].mark, scene.nodes[edge.subject].title[0].words.clone());
    assert_eq!(
        failing.iter().map(ends).collect::<Vec<_>>(),
        [(Some(Mark::NaiveOnly), "client2".to_owned()), (Some(Mark::NaiveOnly), "client3".to_owned()),]
    );
    assert_eq!(scene.edges.len(), 11);
    assert!(scene.notes[0].starts_with("10 lines are left out"), "{:?}", scene.notes);
}

#[test]
fn tags_on_the_upper_edge_keep_off_lines_and_words() {
    for (name, scene) in scenes() {
        for tag in scene.nodes.iter().flat_map(|node| &node.tags) {
            for edge in &scene.edges {
                let struck = edge.points.windows(2).any(|pair| overlaps(stroke(pair), tag.area));
                assert!(!struck, "{name}: {} through {}", edge.description, tag.line.words);
                let covered = edge.label.as_ref().is_some_and(|label| overlaps(text_area(label), tag.area));
                assert!(!covered, "{name}: {} on {}", edge.description, tag.line.words);
            }
        }
    }
}

/// The area of a straight part of a line, a pixel thick.
fn stroke(pair: &[Point]) -> Rect {
    let (x, y) = (pair[0].x.min(pair[1].x), pair[0].y.min(pair[1].y));
    Rect { x, y, width: (pair[0].x - pair[1].x).abs().max(1), height: (pair[0].y - pair[1].y).abs().max(1) }
}

#[test]
fn a_renewed_ca_is_one_box_with_a_row_per_certificate() {
    let scene = scene::draw(&cross_sign().report(), &View::default());
    let isrg = scene.nodes.iter().find(|node| node.title[0].words == "ISRG Root X1").unwrap();
    assert_eq!(isrg.rows.len(), 2);
    assert_eq!(isrg.rows.iter().map(|row| row.mark).collect::<Vec<_>>(), [Some(Mark::Both), Some(Mark::NaiveOnly)]);
    let into: Vec<_> = scene.edges.iter().filter(|edge| scene.nodes[edge.subject].key == isrg.key).collect();
    assert_eq!(into.len(), 1, "one line, to the second row");
    let end = into[0].points[into[0].points.len() - 1];
    assert!(end.y > isrg.rows[1].area.y && end.y < isrg.rows[1].area.y + isrg.rows[1].area.height, "{end:?}");
}

#[test]
fn selecting_a_box_keeps_what_is_above_and_below() {
    let scene = scene::draw(&helm().report(), &View::default());
    let signer = scene.nodes.iter().position(|node| node.title[0].words == "ziti-controller2-edge-signer").unwrap();
    let name = |at: &usize| scene.nodes[*at].title[0].words.as_str();
    assert_eq!(scene.nodes[signer].ancestors.iter().map(name).collect::<Vec<_>>(), ["ziti-controller1-edge-root"]);
    assert_eq!(scene.nodes[signer].descendants.iter().map(name).collect::<Vec<_>>(), ["controller2", "client2"]);
}

#[test]
fn arrow_keys_reach_every_box() {
    for (name, scene) in scenes() {
        let mut reached = vec![false; scene.nodes.len()];
        let mut open = vec![0];
        while let Some(at) = open.pop() {
            if !std::mem::replace(&mut reached[at], true) {
                let next = scene.nodes[at].neighbours;
                open.extend([next.up, next.down, next.left, next.right].into_iter().flatten());
            }
        }
        let lost: Vec<_> =
            scene.nodes.iter().zip(reached).filter(|(_, reached)| !reached).map(|(node, _)| &node.label).collect();
        assert!(lost.is_empty(), "{name}: {lost:?}");
    }
}

#[test]
fn the_table_says_the_same() {
    let table = scene::draw(&helm().report(), &View::default()).table;
    let row = |name: &str| table.iter().find(|row| row.name == name).unwrap();
    let signer = row("ziti-controller1-edge-signer");
    assert_eq!(signer.issued_by, "ziti-controller1-edge-root");
    assert_eq!(signer.evidence, "signature verified");
    assert_eq!((signer.role.as_str(), signer.pools.as_str()), ("intermediate", "naive root only"));
    assert_eq!(row("client3").role, "client, locked out");
    assert_eq!(row("ziti-controller1-edge-root").issued_by, "itself");
}

#[test]
fn files_are_well_formed_and_hold_no_markup_of_strangers() {
    for (name, scene) in scenes() {
        for (suffix, theme) in [("", svg::Theme::Light), ("-dark", svg::Theme::Dark)] {
            let file = svg::document(&scene, theme);
            let path = format!("{}/scene-{name}{suffix}.svg", env!("CARGO_TARGET_TMPDIR"));
            std::fs::write(path, &file).unwrap();
            assert!(!file.contains("var(--") && !file.contains("<script"), "{name}");
            assert_eq!(open_elements(&file), Vec::<String>::new(), "{name}");
        }
    }
}

/// Names of elements that are not closed, or closed by another name.
fn open_elements(file: &str) -> Vec<String> {
    let mut open: Vec<String> = Vec::new();
    for part in file.split('<').skip(1) {
        let (markup, text) = part.split_once('>').expect("every < has its >");
        assert!(!text.contains('\u{0}'), "no characters that XML forbids");
        if let Some(name) = markup.strip_prefix('/') {
            assert_eq!(open.pop().as_deref(), Some(name));
        } else if !markup.ends_with('/') {
            open.push(markup.split(' ').next().unwrap_or_default().to_owned());
        }
    }
    open
}

//! Which role each file has in the chains' lens, and why; and what the engines are asked about.
//!
//! Files are put together of `tests/data/roles`, whose `make.py` says what each certificate is.

use rootlens::acceptance;
use rootlens::lens::Lens;
use rootlens::role::Role::{self, Bundle, Client, Other, Peer};
use rootlens::role::{LensEvidence, RoleAssignment, Side};
use rootlens::verifier::Purpose;

use crate::recorded;
use crate::scenario::{Read, Scenario, chain_names};

/// A file by its name here, and the certificates in it.
type File<'a> = (&'a str, &'a [&'a str]);

fn parts(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| format!("roles/{name}.pem")).collect()
}

fn read(files: &[File<'_>]) -> Read {
    files.iter().fold(Scenario::new(), |scenario, (name, names)| scenario.file(name, &parts(names))).read()
}

/// The roles of each file; its only role each.
#[track_caller]
fn check(files: &[(&str, &[&str], Role)]) -> RoleAssignment {
    let given: Vec<File<'_>> = files.iter().map(|(name, names, _)| (*name, *names)).collect();
    let assignment = read(&given).analysis().roles;
    let found: Vec<(&str, &[Role])> =
        files.iter().zip(&assignment.by_source).map(|((name, ..), it)| (*name, it.roles.as_slice())).collect();
    let expected: Vec<(&str, &[Role])> =
        files.iter().map(|(name, _, role)| (*name, std::slice::from_ref(role))).collect();
    assert_eq!(found, expected, "{:#?}", assignment.by_source);
    assignment
}

/// The reason of the last of these files.
#[track_caller]
fn reason(files: &[(&str, &[&str], Role)]) -> String {
    check(files).by_source.pop().expect("a file").reason
}

/// The only chain, as names: its leaf and what is presented with it.
#[track_caller]
fn only_chain(files: &[File<'_>]) -> (String, Vec<String>) {
    let read = read(files);
    let chains = read.analysis().roles.chains;
    assert_eq!(chains.len(), 1, "{chains:?}");
    let chain = &chains[0].chain;
    (read.names(&[chain.leaf]).remove(0), read.names(&chain.presented))
}

const SERVER: &[&str] = &["server", "sub"];
const CLIENT: &[&str] = &["client", "sub"];

#[test]
fn cas_are_trusted_and_what_begins_with_a_leaf_is_a_chain() {
    let assignment = check(&[("a", &["root"], Bundle), ("b", SERVER, Peer), ("c", CLIENT, Client)]);
    let reasons: Vec<&str> = assignment.by_source.iter().map(|it| it.reason.as_str()).collect();
    assert_eq!(
        reasons,
        [
            "Trusted: it holds 1 root CA and nothing else.",
            "A server's chain: its certificate is for www.example.net.",
            "A client's chain: its certificate is for clients only.",
        ]
    );
    check(&[("c", CLIENT, Client), ("b", SERVER, Peer), ("a", &["root", "other-root"], Bundle)]);
    check(&[("a", &["sub", "root"], Bundle), ("b", &["server"], Peer)]);
}

/// Also where it holds its own root, is the only file, has a name of a trust store, or drags along what it does not need.
#[test]
fn a_file_that_begins_with_a_leaf_vouches_for_nothing() {
    for name in ["fullchain.pem", "ca-bundle.pem", "roots.pem", "x"] {
        for names in [&["server", "sub", "root"][..], &["server"], &["server", "root", "sub"], &["server", "other-sub"]]
        {
            let assignment = check(&[(name, names, Peer)]);
            assert!(assignment.bundle.is_empty(), "{name} {names:?}");
            assert_eq!(chain_names(&assignment.peers), [name]);
        }
    }
    let astray = &["server", "other-sub", "other-root", "far-root-1", "far-root-2"];
    check(&[("a", astray, Peer)]);
    check(&[("a", astray, Peer), ("ca.pem", &["root"], Bundle)]);
    check(&[("a", &["server", "sub", "root"], Peer), ("b", &["client", "sub", "root"], Client)]);
}

#[test]
fn a_chain_in_the_wrong_order_is_asked_as_it_stands() {
    for names in
        [&["root", "sub", "server"][..], &["sub", "server"], &["sub", "root", "server"], &["root", "server", "sub"]]
    {
        let assignment = check(&[("server.pem", names, Peer)]);
        assert!(assignment.bundle.is_empty(), "{names:?}");
        let (leaf, presented) = only_chain(&[("server.pem", names)]);
        assert!(leaf.starts_with("Example"), "{names:?}: {leaf}");
        assert_eq!(presented.len() + 1, names.len());
    }
    let (leaf, presented) = only_chain(&[("ca.pem", &["root"]), ("b", &["root", "sub", "server"])]);
    assert_eq!(
        (leaf.as_str(), presented),
        ("Example Root", vec!["Example Issuing CA".to_owned(), "www.example.net".to_owned()])
    );
    let reason = reason(&[("ca.pem", &["root"], Bundle), ("b", &["sub", "client"], Client)]);
    assert_eq!(
        reason,
        "A client's chain: its certificate is for clients only. The certificate of Example Issuing CA, a CA, stands \
         first in it."
    );
}

#[test]
fn many_cas_with_a_leaf_among_them_are_trusted() {
    let bundle = &["far-root-1", "far-root-2", "server", "far-root-3", "root"];
    let reason = reason(&[("b", CLIENT, Client), ("a", bundle, Bundle)]);
    assert_eq!(reason, "Trusted: it holds 4 root CAs, more than a chain needs, and 1 other certificate.");
    check(&[("a", bundle, Bundle)]);
}

#[test]
fn where_nothing_else_is_trusted_the_same_leaf_or_the_name_tells() {
    let reasons = check(&[("a", &["sub", "server", "root"], Bundle), ("b", SERVER, Peer)]).by_source;
    assert_eq!(
        reasons[0].reason,
        "Trusted: b presents the same leaf, and nothing else is trusted. Change this if it is a chain."
    );
    let reasons = check(&[("ca.pem", &["root", "sub", "server"], Bundle), ("b", CLIENT, Client)]).by_source;
    assert_eq!(
        reasons[0].reason,
        "Trusted: its name holds the word \u{201c}ca\u{201d}, and nothing else is trusted. Change this if it is a chain."
    );
    check(&[("a", &["root", "sub", "server"], Peer), ("b", CLIENT, Client)]);
    check(&[("ca.pem", &["server"], Bundle), ("b", CLIENT, Client)]);
    check(&[("bundle.pem", &["server"], Peer), ("b", CLIENT, Client)]);
    check(&[("ca.pem", &["server", "sub"], Peer), ("b", CLIENT, Client)]);
}

#[test]
fn intermediates_are_trusted_unless_a_root_beside_them_is() {
    check(&[("a", &["sub"], Bundle), ("b", &["server", "sub"], Peer)]);
    check(&[("extra-ca.pem", &["sub"], Bundle), ("b", SERVER, Peer), ("ca.pem", &["root"], Bundle)]);
    let reason = reason(&[("roots.pem", &["root"], Bundle), ("b", &["server"], Peer), ("a", &["sub"], Other)]);
    assert_eq!(
        reason,
        "Not used: it holds 1 intermediate CA, and roots.pem is what is trusted. Change this if a verifier was given both."
    );
    check(&[("roots.pem", &["root"], Bundle), ("b", &["server"], Peer), ("a", &["sub", "other-sub"], Other)]);
    check(&[("cert.pem", &["server"], Peer), ("chain.pem", &["sub"], Other)]);
    check(&[("chain.pem", &["sub"], Bundle)]);
    check(&[("ca-chain.pem", &["sub"], Bundle), ("b", &["server"], Peer)]);
    for name in ["inter-ca.crt", "subCA.pem", "issuing-ca.pem", "intermediate.pem"] {
        check(&[("root-ca.crt", &["root"], Bundle), (name, &["sub"], Other), ("b", &["server"], Peer)]);
        check(&[(name, &["sub"], Bundle), ("b", &["server"], Peer)]);
    }
}

/// One self-signed certificate is what a verifier trusts, or what a server presents.
#[test]
fn a_self_signed_certificate_is_told_by_what_it_is_made_out_to_and_its_name() {
    // Alone.
    for (name, part, role) in [
        ("a", "self-ca", Bundle),
        ("ca.pem", "self-ca", Bundle),
        ("root.crt", "self-ca-host", Bundle),
        ("rootCA.pem", "self-ca-host", Bundle),
        ("server.crt", "self-ca", Peer),
        ("tls.crt", "self-ca", Peer),
        ("cert.pem", "self-ca", Peer),
        ("a", "self-ca-host", Peer),
        ("a", "self-ca-server", Peer),
        ("ca.pem", "self-ca-server", Peer),
        ("a", "self-leaf", Peer),
        ("ca.crt", "self-leaf", Peer),
        ("a", "self-bare", Peer),
    ] {
        check(&[(name, &[part], role)]);
    }
    // Beside a chain of another name.
    for (name, part, role) in [
        ("a", "self-ca", Bundle),
        ("a", "self-ca-host", Bundle),
        ("a", "self-ca-server", Peer),
        ("ca.pem", "self-ca-server", Bundle),
        ("a", "self-leaf", Peer),
        ("certs.d-ca.crt", "self-leaf", Bundle),
        ("a", "self-bare", Bundle),
        ("cert.pem", "self-bare", Peer),
    ] {
        check(&[(name, &[part], role), ("b", SERVER, Peer)]);
    }
    // Beside a trust store.
    for part in ["self-ca-server", "self-leaf", "self-bare"] {
        check(&[("a", &[part], Peer), ("b", &["root", "other-root"], Bundle)]);
    }
}

#[test]
fn a_self_signed_certificate_in_two_files_is_trusted_in_one_if_the_names_say_so() {
    for part in ["self-ca-server", "self-leaf", "self-bare", "self-ca-host"] {
        check(&[("ca.pem", &[part], Bundle), ("cert.pem", &[part], Peer)]);
        check(&[("server.crt", &[part], Peer), ("trusted.pem", &[part], Bundle)]);
    }
    let assignment = check(&[("a", &["self-leaf"], Peer), ("b", &["self-leaf"], Peer)]);
    assert_eq!(assignment.chains.len(), 1);
    assert_eq!(assignment.chains[0].sources, [0, 1]);
    check(&[("b", &["far-root-1", "self-ca-server"], Bundle), ("a", &["self-ca-server"], Peer)]);
}

#[test]
fn what_issued_another_certificate_is_trusted_even_if_it_is_no_ca() {
    let reason = reason(&[("made.pem", &["made"], Peer), ("a", &["self-issuer"], Bundle)]);
    assert_eq!(reason, "Trusted: it issued the certificate of made.example.net.");
    check(&[("a", &["self-issuer"], Bundle), ("b", &["made", "self-issuer"], Peer)]);
    check(&[("a", &["root", "no-ca"], Bundle), ("b", &["below-no-ca"], Peer)]);
    let (leaf, presented) = only_chain(&[("a", &["root"]), ("b", &["below-no-ca", "no-ca"])]);
    assert_eq!((leaf.as_str(), presented), ("low.example.net", vec!["Example Forgotten CA".to_owned()]));
}

#[test]
fn old_and_renewed_self_signed_certificates_are_trusted_together() {
    for (trusted, shown) in [("trusted.pem", "cert2.pem"), ("a", "b"), ("b", "a"), ("old-and-new.crt", "new.crt")] {
        for other in ["self-leaf-again", "self-leaf-other-key"] {
            check(&[(trusted, &["self-leaf", other], Bundle), (shown, &["self-leaf"], Peer)]);
            check(&[(shown, &[other], Peer), (trusted, &["self-leaf", other], Bundle)]);
        }
    }
    check(&[("a", &["far-root-1", "self-leaf"], Bundle), ("b", &["self-leaf"], Peer)]);
}

/// Whoever names a CA as its issuer, is none, and has the key of one.
#[test]
fn a_shared_key_makes_no_authority() {
    for leaf in ["shared-key", "shared-key-and-name"] {
        for issuer in [&[][..], &["sub"], &["sub", "root"]] {
            let names = [&[leaf], issuer].concat();
            let assignment = check(&[
                ("a", &["root", "other-root"], Bundle),
                ("b", &names, Peer),
                ("c", &["other-client", "other-sub"], Client),
            ]);
            assert_eq!(assignment.chains.len(), 2, "{names:?}");
            assert_eq!(assignment.chains[0].chain.presented.len(), issuer.len());
        }
    }
}

#[test]
fn a_ca_that_serves_is_a_leaf_where_it_stands_first() {
    check(&[("a", &["root"], Bundle), ("b", &["server-as-ca", "sub"], Peer)]);
    check(&[("a", &["root", "sub"], Bundle), ("b", &["server-as-ca"], Peer)]);
    let (leaf, presented) = only_chain(&[("a", &["root"]), ("b", &["server-as-ca", "sub"])]);
    assert_eq!((leaf.as_str(), presented.len()), ("ca.example.net", 1));
    check(&[("a", &["root", "server-as-ca"], Bundle), ("b", SERVER, Peer)]);
    // Neither the name of a host nor anything else in it tells, only the file's name.
    check(&[("a", &["root", "sub"], Bundle), ("client.crt", &["device-as-ca"], Client)]);
    check(&[("a", &["root", "sub"], Bundle), ("device", &["device-as-ca-usage"], Peer)]);
    check(&[("a", &["root", "sub"], Bundle), ("device", &["device-as-ca"], Other)]);
    let (leaf, presented) = only_chain(&[("a", &["root"]), ("server.pem", &["other-sub", "server"])]);
    assert_eq!((leaf.as_str(), presented.len()), ("Other Issuing CA", 1), "the wrong one first");
}

#[test]
fn the_side_of_a_chain_and_what_tells_it() {
    for (name, part, role, reason) in [
        ("a", "server", Peer, "A server's chain: its certificate is for www.example.net."),
        ("client.pem", "both", Peer, "A server's chain: its certificate is for peer.example.net."),
        ("a", "address", Peer, "A server's chain: its certificate is for 192.0.2.7."),
        ("server.pem", "client", Client, "A client's chain: its certificate is for clients only."),
        ("client.pem", "bare", Client, "A client's chain: the file's name says \u{201c}client\u{201d}."),
        ("a", "host-as-name", Peer, "A server's chain: its certificate is for old.example.net."),
        ("a", "bare", Peer, "Taken for a server's chain: nothing in it says whose it is."),
        // Only OpenZiti begins a path with the kind of whom it names.
        ("a", "workload", Peer, "Taken for a server's chain: nothing in it says whose it is."),
    ] {
        let assignment = check(&[("ca.pem", &["root"], Bundle), (name, &[part, "sub"], role)]);
        assert_eq!(assignment.by_source[1].reason, reason);
        assert_eq!(assignment.lens_evidence, None);
        let side = if role == Client { Side::Client } else { Side::Server };
        assert_eq!(assignment.chains[0].side, side, "{part}");
    }
}

#[test]
fn certificates_glued_together_are_chains_of_their_own() {
    let assignment = check(&[("nodes.pem", &["node-1", "sub", "node-2", "sub", "node-3"], Peer)]);
    let names: Vec<&str> = assignment.chains.iter().map(|it| it.chain.name.as_str()).collect();
    assert_eq!(names, ["nodes.pem: node-1", "nodes.pem: node-2", "nodes.pem: node-3"]);
    assert!(assignment.chains.iter().all(|it| it.chain.presented.len() == 1));
    assert_eq!(
        assignment.by_source[0].reason,
        "It holds 3 chains. node-1 is a server: its certificate is for node-1.example.net. node-2 is a server: its \
         certificate is for node-2.example.net. node-3 is a server: its certificate is for node-3.example.net."
    );
    let assignment = check(&[("a", &["root", "node-1", "sub", "node-2"], Peer)]);
    assert_eq!(assignment.chains.len(), 2);
    assert!(assignment.bundle.is_empty());
}

/// The file of a renewed certificate still holds the one before: a server loads the first and sends the other too.
#[test]
fn an_older_edition_of_the_leaf_begins_no_chain() {
    let (leaf, presented) = only_chain(&[("a", &["server-before", "sub", "server"])]);
    assert_eq!((leaf.as_str(), presented.len()), ("www.example.net", 2));
}

#[test]
fn the_first_certificate_of_a_file_with_a_chosen_role_is_its_leaf() {
    for role in [Role::Peer, Role::Client, Role::Chain] {
        for names in [&["sub", "server"][..], &["server", "sub"], &["root"], &["sub", "node-1", "sub", "node-2"]] {
            let read = Scenario::new().file("a", &parts(names)).chosen(&[role]).read();
            let chains = read.analysis().roles.chains;
            assert_eq!(chains.len(), 1, "{names:?}");
            assert_eq!(chains[0].chain.leaf, read.id(&format!("roles/{}.pem", names[0])));
            assert!(!chains[0].chain.presented.contains(&chains[0].chain.leaf));
        }
    }
    for names in [&["node-1", "node-2"][..], &["node-1", "sub", "node-2"], &["node-1", "sub", "node-2", "sub"]] {
        let nodes = Scenario::new().file("a", &parts(names)).chosen(&[Client]).read();
        assert_eq!(nodes.analysis().roles.chains.len(), 2, "a choice of the side makes no chain of two");
    }
}

#[test]
fn a_chosen_chain_has_the_side_that_its_certificate_tells() {
    for (names, role, told) in [
        (SERVER, Peer, "A server's chain: its certificate is for www.example.net."),
        (CLIENT, Client, "A client's chain: its certificate is for clients only."),
    ] {
        let scenario = Scenario::new().file("a", &parts(names)).chosen(&[Role::Chain]);
        let assignment = scenario.read().analysis().roles;
        assert_eq!(assignment.by_source[0].roles, [role]);
        assert_eq!(assignment.by_source[0].reason, format!("You chose this. {told}"));
    }
}

#[test]
fn a_role_that_came_with_a_link_is_its_senders_choice() {
    let sent = || Scenario::new().file("a", &parts(SERVER)).chosen(&[Bundle]).file("b", &parts(CLIENT)).chosen(&[Peer]);
    let reasons = |scenario: Scenario| -> Vec<String> {
        scenario.read().analysis().roles.by_source.into_iter().map(|it| it.reason).collect()
    };
    assert_eq!(reasons(sent()), ["You chose this.", "You chose this."]);
    assert_eq!(reasons(sent().sent()), ["Chosen by whoever made this link."; 2]);
    // The last file is changed afterwards.
    assert_eq!(reasons(sent().sent().chosen(&[Client])), ["Chosen by whoever made this link.", "You chose this."]);
}

#[test]
fn one_chain_in_two_places_is_one_question() {
    let read = read(&[("ca.pem", &["root"]), ("a", SERVER), ("b", &["server"]), ("c", SERVER), ("d", CLIENT)]);
    let roles = read.analysis().roles;
    let questions = acceptance::questions(&read.graph, &roles, &read.choices);
    let asked: Vec<(&str, Purpose, &[usize])> =
        questions.iter().map(|it| (it.chain.name.as_str(), it.purpose, it.places.as_slice())).collect();
    assert_eq!(
        asked,
        [("a", Purpose::Server, &[1, 3][..]), ("b", Purpose::Server, &[2]), ("d", Purpose::Client, &[4]),]
    );
}

/// The pools need both sides; the role of the source is the side that it has.
#[test]
fn the_only_chain_stands_for_both_sides_of_a_pool() {
    let assignment = check(&[("ca.pem", &["root"], Bundle), ("b", SERVER, Peer)]);
    assert_eq!((assignment.peers.len(), assignment.clients.len()), (1, 1));
    let assignment = check(&[("b", SERVER, Peer)]);
    assert_eq!((assignment.peers.len(), assignment.clients.len()), (1, 0), "no trust store, no pool");
    let chosen = Scenario::new().file("ca.pem", &parts(&["root"])).file("b", &parts(SERVER)).chosen(&[Peer]);
    let assignment = chosen.read().analysis().roles;
    assert_eq!((assignment.peers.len(), assignment.clients.len()), (1, 1));
}

#[test]
fn what_speaks_for_a_router() {
    let read = Scenario::openziti("distinct").read();
    assert_eq!(read.analysis().roles.lens_evidence, Some(LensEvidence::SpiffeId(1)));
    let published = Scenario::new().file("a", &parts(SERVER)).file("b", &parts(&["root"])).chosen(&[Role::Published]);
    assert_eq!(published.read().analysis().roles.lens_evidence, Some(LensEvidence::Published(1)));
    let pem =
        |names: &[&str]| parts(names).iter().map(|part| recorded::text(part)).collect::<String>().replace('\n', "\\n");
    let id = format!("{{\"cert\": \"pem:{}\", \"ca\": \"pem:{}\"}}", pem(CLIENT), pem(&["root", "other-root"]));
    let file = format!("{{\"ztAPI\": \"https://ctrl.example:1280\", \"id\": {id}}}");
    let read = Scenario::new().bytes("me.json", file).read();
    let assignment = read.analysis().roles;
    assert_eq!(assignment.lens_evidence, Some(LensEvidence::IdentityFile(0)));
    assert_eq!((assignment.bundle.len(), chain_names(&assignment.clients)), (2, vec!["me.json: id.cert"]));
    // A choice decides against it.
    let read = Scenario::openziti("distinct").lens(Lens::Chains).read();
    let roles = read.analysis().roles;
    let questions = acceptance::questions(&read.graph, &roles, &read.choices);
    assert_eq!(questions.len(), 6, "controllers and clients");
}

#[test]
fn the_store_and_the_chain_of_every_mtls_scenario() {
    for name in crate::scenario::mtls_names() {
        let read = Scenario::mtls(&name).read();
        let assignment = read.analysis().roles;
        let [store, chain] = assignment.by_source.as_slice() else { panic!("{name}: two files") };
        assert_eq!(store.roles, [Bundle], "{name}: {store:?}");
        assert!(chain.roles == [Peer] || chain.roles == [Client], "{name}: {chain:?}");
        assert_eq!(assignment.chains.len(), 1, "{name}");
        let first = recorded::certificates(&format!("mtls-scenarios/{name}/chain.pem")).remove(0).sha256;
        assert_eq!(read.graph.certificates[assignment.chains[0].chain.leaf.0].sha256, first, "{name}");
    }
}

/// A folder of `tests/data/incidents`, its files with the roles that are chosen, and each source with its roles.
type Incident<'a> = (&'a str, &'a [(&'a str, &'a [Role])], &'a [(&'a str, &'a [Role])]);

/// What every public incident of `tests/data/incidents` is made of, as `expected.tsv` names its files.
const INCIDENTS: &[Incident<'_>] = &[
    (
        "01-openssl-7604-intermediate-v1",
        &[("full-chain.pem", &[]), ("client-net.crt", &[])],
        &[("full-chain.pem", &[Bundle]), ("client-net.crt", &[Client])],
    ),
    (
        "02-certstrap-78-pathlen0",
        &[("ca.crt", &[]), ("s_client.txt", &[])],
        &[("ca.crt", &[Bundle]), ("s_client.txt", &[Peer])],
    ),
    (
        "03-mockttp-207-name-encoding",
        &[("ca.pem", &[]), ("leaf.pem", &[])],
        &[("ca.pem", &[Bundle]), ("leaf.pem", &[Peer])],
    ),
    (
        "04-openssl-19982-akid-dirname",
        &[("bundle.pem", &[]), ("leaf-akid-issuer.pem", &[])],
        &[("bundle.pem", &[Bundle]), ("leaf-akid-issuer.pem", &[Peer])],
    ),
    (
        "06-openssl-29001-renewed-selfsigned",
        &[("trusted.pem", &[]), ("cert2.pem", &[])],
        &[("trusted.pem", &[Bundle]), ("cert2.pem", &[Peer])],
    ),
    (
        "08-etcd-16802-intermediate-eku",
        &[("etcd-ca.crt", &[]), ("client.crt", &[]), ("log.txt", &[])],
        &[("etcd-ca.crt", &[Bundle]), ("client.crt", &[Client]), ("log.txt", &[Other])],
    ),
    (
        "10-syncloud-775-no-aki",
        &[("syncloud.ca.crt", &[]), ("syncloud.crt", &[])],
        &[("syncloud.ca.crt", &[Bundle]), ("syncloud.crt", &[Peer])],
    ),
    ("11-quinn-1733-ca-as-leaf", &[("server.crt", &[])], &[("server.crt", &[Peer])]),
    ("11-quinn-1733-ca-as-leaf", &[("server.crt", &[Bundle, Peer])], &[("server.crt", &[Bundle, Peer])]),
    ("12-simp_le-149-glued", &[("dovecot-fullchain.pem", &[])], &[("dovecot-fullchain.pem", &[Peer])]),
    ("13-rustls-native-certs-48-garbage", &[("ca-certificates.crt", &[])], &[("ca-certificates.crt", &[Bundle])]),
    (
        "14-traefik-13940-header",
        &[("client-ca.pem", &[]), ("whoami.txt", &[])],
        &[("client-ca.pem", &[Bundle]), ("whoami.txt", &[Client])],
    ),
    (
        "15-cert-manager-3495-cabundle",
        &[("validatingwebhook.yaml", &[]), ("secret.yaml", &[])],
        &[
            ("validatingwebhook.yaml", &[Bundle]),
            ("secret.yaml: ca.crt", &[Other]),
            ("secret.yaml: tls.crt", &[Peer]),
            ("secret.yaml", &[Other]),
        ],
    ),
    (
        "16-xca-239-name-constraints",
        &[("root.pem", &[]), ("testserver-chain.pem", &[])],
        &[("root.pem", &[Bundle]), ("testserver-chain.pem", &[Peer])],
    ),
    (
        "17-node-36453-intermediate-only",
        &[("extra-ca.pem", &[]), ("server.pem", &[])],
        &[("extra-ca.pem", &[Bundle]), ("server.pem", &[Peer])],
    ),
    (
        "20-go-28276-missing-intermediate",
        &[("roots.pem", &[]), ("s_client.txt", &[])],
        &[("roots.pem", &[Bundle]), ("s_client.txt", &[Peer])],
    ),
    (
        "22-distribution-954-registry-selfsigned",
        &[("certs.d-ca.crt", &[]), ("s_client.txt", &[])],
        &[("certs.d-ca.crt", &[Bundle]), ("s_client.txt", &[Peer])],
    ),
    (
        "23-webpki-62-mosquitto",
        &[("broker-ca.crt", &[]), ("server.crt", &[])],
        &[("broker-ca.crt", &[Bundle]), ("server.crt", &[Peer])],
    ),
    (
        "29-istio-36723-reinstalled",
        &[("istio-ca-root-cert.yaml", &[]), ("istiod-s_client.txt", &[])],
        &[("istio-ca-root-cert.yaml", &[Bundle]), ("istiod-s_client.txt", &[Peer])],
    ),
    (
        "31-win-acme-177-wrong-intermediate",
        &[("root.pem", &[]), ("s_client.txt", &[])],
        &[("root.pem", &[Bundle]), ("s_client.txt", &[Peer])],
    ),
    (
        "32-openssl-23126-sha1",
        &[("corp-ca.crt", &[]), ("server.crt", &[])],
        &[("corp-ca.crt", &[Bundle]), ("server.crt", &[Peer])],
    ),
    ("34-quay-mirror-registry-8-no-keycertsign", &[("ssl.crt", &[Bundle, Peer])], &[("ssl.crt", &[Bundle, Peer])]),
    ("34-quay-mirror-registry-8-no-keycertsign", &[("ssl.crt", &[])], &[("ssl.crt", &[Peer])]),
    (
        "36-nginx-1409-verify-depth",
        &[("ca-certificates.crt", &[]), ("s_client.txt", &[])],
        &[("ca-certificates.crt", &[Bundle]), ("s_client.txt", &[Peer])],
    ),
    ("FA1-healthy", &[("ca.pem", &[]), ("server.pem", &[])], &[("ca.pem", &[Bundle]), ("server.pem", &[Peer])]),
    ("FA1-healthy", &[("fullchain.pem", &[])], &[("fullchain.pem", &[Peer])]),
    (
        "FA5-certmanager-secret",
        &[("root.pem", &[]), ("secret.yaml", &[])],
        &[
            ("root.pem", &[Bundle]),
            ("secret.yaml: ca.crt", &[Other]),
            ("secret.yaml: tls.crt", &[Peer]),
            ("secret.yaml", &[Other]),
        ],
    ),
    (
        "FA5-certmanager-secret",
        &[("secret.yaml", &[])],
        &[("secret.yaml: ca.crt", &[Bundle]), ("secret.yaml: tls.crt", &[Peer]), ("secret.yaml", &[Other])],
    ),
    (
        "FA6-nginx-client-ca",
        &[("client-ca.pem", &[]), ("alice.pem", &[])],
        &[("client-ca.pem", &[Bundle]), ("alice.pem", &[Client])],
    ),
    (
        "FA8-cross-signed",
        &[("roots.pem", &[]), ("fullchain.pem", &[])],
        &[("roots.pem", &[Bundle]), ("fullchain.pem", &[Peer])],
    ),
    ("FA10-pinned", &[("cert.pem", &[Bundle, Peer])], &[("cert.pem", &[Bundle, Peer])]),
    ("FA10-pinned", &[("ca.pem", &[]), ("cert.pem", &[])], &[("ca.pem", &[Bundle]), ("cert.pem", &[Peer])]),
    ("D3-ml-dsa", &[("root.pem", &[]), ("chain.pem", &[])], &[("root.pem", &[Bundle]), ("chain.pem", &[Peer])]),
];

#[test]
fn the_files_of_every_incident() {
    for (folder, files, expected) in INCIDENTS {
        check_incident(folder, files, expected);
        // The order in which the files are given decides nothing.
        let backwards: Vec<_> = files.iter().rev().copied().collect();
        let input_of = |source: &str| source.split(": ").next().unwrap_or(source).to_owned();
        let mut regrouped = Vec::new();
        for (file, _) in &backwards {
            regrouped.extend(expected.iter().filter(|(source, _)| input_of(source) == *file).copied());
        }
        check_incident(folder, &backwards, &regrouped);
    }
}

#[track_caller]
fn check_incident(folder: &str, files: &[(&str, &[Role])], expected: &[(&str, &[Role])]) {
    let mut scenario = Scenario::new();
    for (file, roles) in files {
        scenario = scenario.file(file, &[format!("incidents/{folder}/{file}")]);
        if !roles.is_empty() {
            scenario = scenario.chosen(roles);
        }
    }
    let read = scenario.read();
    let assignment = read.analysis().roles;
    let sources = read.inventory.sources.iter().zip(&assignment.by_source);
    let found: Vec<(&str, &[Role])> = sources.map(|(it, roles)| (it.name.as_str(), roles.roles.as_slice())).collect();
    assert_eq!(found, expected, "{folder}: {:#?}", assignment.by_source);
}

/// A part of a Kubernetes object under this key, of these certificates.
fn under(key: &str, names: &[&str]) -> String {
    let certificates: String = parts(names).iter().map(|part| recorded::text(part)).collect();
    let lines: String = certificates.lines().map(|line| format!("    {line}\n")).collect();
    format!("  {key}: |\n{lines}")
}

fn object(kind: &str, keys: &[String]) -> String {
    format!("apiVersion: v1\nkind: {kind}\nmetadata:\n  name: example\nstringData:\n{}", keys.concat())
}

#[test]
fn keys_of_a_file_come_before_what_its_certificates_say() {
    let roles = |files: &[(&str, String)]| -> Vec<(String, Vec<Role>, String)> {
        let read =
            files.iter().fold(Scenario::new(), |scenario, (name, text)| scenario.bytes(name, text.clone())).read();
        let assigned = read.analysis().roles.by_source;
        let sources = read.inventory.sources.iter().zip(assigned);
        sources.map(|(source, it)| (source.name.clone(), it.roles, it.reason)).collect()
    };
    let pem = |names: &[&str]| parts(names).iter().map(|part| recorded::text(part)).collect::<String>();
    let secret = object("Secret", &[under("ca.crt", &["root"]), under("tls.crt", &["server", "sub", "root"])]);
    let found = roles(&[("secret.yaml", secret.clone())]);
    let reasons: Vec<&str> = found.iter().map(|(.., reason)| reason.as_str()).collect();
    assert_eq!(
        reasons,
        [
            "Trusted: it stands under \u{201c}ca.crt\u{201d}, and nothing else is trusted.",
            "A server's chain: its certificate is for www.example.net.",
        ]
    );
    // Whatever else is trusted comes first, wherever it stands.
    for other in [
        ("a.pem", pem(&["other-root"])),
        ("config.yaml", object("ConfigMap", &[under("ca.crt", &["other-root"])])),
        ("ca.pem", pem(&["self-leaf"])),
    ] {
        let found = roles(&[("secret.yaml", secret.clone()), other.clone()]);
        assert_eq!(found[0].1, [Other], "{found:?}");
        assert!(found[0].2.starts_with("Not used: it came with the chain beside it, and "), "{found:?}");
        assert_eq!(found[2].1, [Bundle], "{found:?}");
    }
    // A CA under the key of a chain is presented, a leaf under the key of trust is trusted.
    let odd = object("Secret", &[under("ca.crt", &["server"]), under("tls.crt", &["root"])]);
    let found = roles(&[("secret.yaml", odd)]);
    assert_eq!((found[0].1.as_slice(), found[1].1.as_slice()), (&[Bundle][..], &[Peer][..]), "{found:?}");
    // An intermediate beside it is no rival.
    let found = roles(&[("secret.yaml", secret), ("issuer.pem", pem(&["sub"]))]);
    assert_eq!((found[0].1.as_slice(), found[2].1.as_slice()), (&[Bundle][..], &[Other][..]), "{found:?}");
}

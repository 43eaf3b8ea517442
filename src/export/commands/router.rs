//! The two pools of a router with the programs people have: OpenSSL, and Go, whose library made the verdicts.

use super::file_name;
use crate::report::{Pool, Report, Role, Rule, Source, Validity};

/// Anchors whose certificates are written out; a pool of more is left to the Go program. Our own number: a post stays
/// readable.
const MOST_ANCHORS: usize = 4;

/// The Go program, complete and without a module of others.
pub(in crate::export) const GO: &str = include_str!("../pools.go");

/// The files that the commands name.
pub(in crate::export) struct Files<'a> {
    bundles: Vec<&'a str>,
    /// The peer that leads, if its file holds no other leaf.
    peer: Option<&'a str>,
    clients: Vec<&'a str>,
    /// Clients and peers whose chain shares its file with others.
    pub(in crate::export) left_out: Vec<&'a str>,
}

/// What the commands name; none where there is no bundle or nothing to verify.
pub(in crate::export) fn files(report: &Report) -> Option<Files<'_>> {
    let has = |role: Role| move |source: &&Source| source.roles.contains(&role);
    let mut files = Files { bundles: Vec::new(), peer: None, clients: Vec::new(), left_out: Vec::new() };
    for source in report.sources.iter().filter(has(Role::Bundle)) {
        files.bundles.push(&source.name);
    }
    let pool = focus(report, Rule::Correct)?;
    let file = |chain: &str| report.sources.iter().any(|source| source.name == chain);
    if file(&pool.peer) {
        files.peer = Some(&pool.peer);
    } else {
        files.left_out.push(&pool.peer);
    }
    for verdict in &pool.clients {
        let list = if file(&verdict.client) { &mut files.clients } else { &mut files.left_out };
        list.push(&verdict.client);
    }
    let useful = !files.bundles.is_empty() && (files.peer.is_some() || !files.clients.is_empty());
    useful.then_some(files)
}

/// The pool of the peer that leads.
pub(in crate::export) fn focus(report: &Report, rule: Rule) -> Option<&Pool> {
    report.pools.iter().find(|pool| pool.rule == rule && Some(&pool.peer) == report.focus.as_ref())
}

/// Each client with the correct pool, which is what OpenSSL does by itself, and with the naive pool.
pub(in crate::export) fn openssl(report: &Report, files: &Files<'_>) -> String {
    let mut script = Script::default();
    let bundle = script.bundle(files);
    script.line("# The correct rule: a chain ends at a self-signed certificate of the bundle.");
    for client in &files.clients {
        script.verify(report, "", &bundle, client);
    }
    let anchors = focus(report, Rule::OpenzitiNaive).map(|pool| pool.anchors.as_slice()).unwrap_or_default();
    if anchors.is_empty() || anchors.len() > MOST_ANCHORS {
        return script.text;
    }
    script.line("");
    script.line("# The naive rule: its pool as the only trust anchors, whatever they are.");
    script.line("cat > naive.pem <<'END'");
    for certificate in anchors.iter().filter_map(|id| report.certificates.get(*id)) {
        script.line(certificate.pem.trim_end());
    }
    script.line("END");
    for client in &files.clients {
        script.verify(report, " -partial_chain", "naive.pem", client);
    }
    script.text
}

/// The Go program with the files at hand.
pub(in crate::export) fn go(report: &Report, files: &Files<'_>) -> Option<String> {
    let mut script = Script::default();
    let bundle = script.bundle(files);
    let chains: Vec<String> = [files.peer?].iter().chain(&files.clients).map(|name| file_name(name)).collect();
    script.line(&format!("go run pools.go {} {bundle} {}", report.at, chains.join(" ")));
    Some(script.text)
}

#[derive(Default)]
struct Script {
    text: String,
}

impl Script {
    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    /// The one file of the bundle; several are put together first.
    fn bundle(&mut self, files: &Files<'_>) -> String {
        if let [only] = files.bundles.as_slice() {
            return file_name(only);
        }
        let bundles: Vec<String> = files.bundles.iter().map(|name| file_name(name)).collect();
        self.line(&format!("cat {} > bundle.pem", bundles.join(" ")));
        "bundle.pem".to_owned()
    }

    /// The first certificate of the file with the others as intermediates, at the instant of the report.
    fn verify(&mut self, report: &Report, option: &str, trusted: &str, client: &str) {
        if !is_valid(report, client) {
            self.line("# This client's own certificate is not valid: OpenSSL looks at that, the router does not.");
        }
        let (seconds, chain) = (report.at.0, file_name(client));
        let line = format!("openssl verify -attime {seconds}{option} -CAfile {trusted} -untrusted {chain} {chain}");
        self.line(&line);
    }
}

/// Whether the client's own certificate, the first of its file, is valid at the instant of the report.
fn is_valid(report: &Report, client: &str) -> bool {
    let source = report.sources.iter().find(|source| source.name == client);
    let leaf = source.and_then(|source| source.certificates.first()).and_then(|id| report.certificates.get(*id));
    leaf.is_none_or(|leaf| leaf.validity == Validity::Valid)
}

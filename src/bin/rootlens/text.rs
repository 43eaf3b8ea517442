//! The report for people at a terminal: at most 100 columns, no colour, so that it survives pipes and tickets.

use rootlens::report::{ClientVerdict, Finding, Gate, GateKind, Pool, Report, Role, Rule, Severity, Source};
use rootlens::wording::{self, Verifiers};

/// Widest line, except for single words that are longer.
const WIDTH: usize = 100;
/// Widest name in the first column of a table.
const NAME_WIDTH: usize = 38;
/// The columns of the table of clients.
const COLUMNS: [(Rule, &str); 4] = [
    (Rule::OpenzitiNaive, "naive"),
    (Rule::FirstChain, "first chain"),
    (Rule::AllChains, "all chains"),
    (Rule::Correct, "correct"),
];

/// The whole report: answer, pools, clients, gates, engines, findings, sources.
pub(crate) fn report(report: &Report) -> String {
    let mut page = Page::default();
    page.line(&format!("As of {}", report.at));
    page.gap();
    page.paragraph(&format!("{}: {}", severity(report.headline.severity), report.headline.sentence), "", "  ");
    page.paragraph(&report.headline.detail, "  ", "  ");
    pools(&mut page, report);
    clients(&mut page, report);
    gates(&mut page, report);
    engines(&mut page, report);
    findings(&mut page, report);
    sources(&mut page, report);
    printable(&page.text)
}

/// Without control characters: a name in a certificate must not steer a terminal.
pub(crate) fn printable(text: &str) -> String {
    text.chars().map(|c| if c.is_control() && c != '\n' { '\u{fffd}' } else { c }).collect()
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "ERROR",
        Severity::Warning => "WARNING",
        Severity::Info => "INFO",
    }
}

/// The pools of the peer that leads.
fn pools(page: &mut Page, report: &Report) {
    let of_focus = report.pools.iter().filter(|pool| Some(&pool.peer) == report.focus.as_ref());
    for (number, pool) in of_focus.enumerate() {
        if number == 0 {
            page.heading(&format!("Pools when {} is sampled", pool.peer));
        }
        self::pool(page, report, pool);
    }
}

fn pool(page: &mut Page, report: &Report, pool: &Pool) {
    let column = format!("  {:<13}", rule(pool.rule));
    let indent = " ".repeat(column.chars().count());
    match &pool.empty_because {
        Some(words) => page.paragraph(&format!("(empty) {words}"), &column, &indent),
        None => {
            for (number, step) in pool.steps.iter().enumerate() {
                let first = if number == 0 { &column } else { &indent };
                page.paragraph(&marked(report, pool, step.anchor), first, &indent);
                page.paragraph(&step.reason, &format!("{indent}  "), &format!("{indent}  "));
            }
        }
    }
}

fn rule(rule: Rule) -> &'static str {
    COLUMNS.iter().find(|(known, _)| *known == rule).map(|(_, name)| *name).unwrap_or_default()
}

/// An anchor, with a mark where only one of the two pools has it.
fn marked(report: &Report, pool: &Pool, anchor: usize) -> String {
    let divergence = report.divergence.iter().find(|it| it.peer == pool.peer);
    let only = divergence.and_then(|it| match pool.rule {
        Rule::OpenzitiNaive if it.naive_only.contains(&anchor) => Some(" [naive only]"),
        Rule::Correct if it.correct_only.contains(&anchor) => Some(" [correct only]"),
        _ => None,
    });
    format!("{}{}", report.distinct_name(anchor), only.unwrap_or_default())
}

/// Client by rule, once for all peers with the same result.
fn clients(page: &mut Page, report: &Report) {
    let mut tables: Vec<(Vec<String>, Vec<&str>)> = Vec::new();
    for divergence in &report.divergence {
        let table = table(report, &divergence.peer);
        match tables.iter_mut().find(|(known, _)| *known == table) {
            Some((_, peers)) => peers.push(&divergence.peer),
            None => tables.push((table, vec![&divergence.peer])),
        }
    }
    for (rows, peers) in tables.iter().filter(|(rows, _)| !rows.is_empty()) {
        page.heading(&format!("Clients when {} is sampled", peers.join(" or ")));
        let names = ["leaf alone"].into_iter().chain(COLUMNS.iter().map(|(_, name)| *name));
        let columns: String = names.map(|name| format!("{name:>12}")).collect();
        page.line(format!("  {:<NAME_WIDTH$}{columns}", "").trim_end());
        rows.iter().for_each(|row| page.line(row));
    }
}

fn table(report: &Report, peer: &str) -> Vec<String> {
    let of_rule = |rule: Rule| report.pools.iter().find(|pool| pool.peer == peer && pool.rule == rule);
    let naive = of_rule(Rule::OpenzitiNaive).map(|pool| pool.clients.as_slice()).unwrap_or_default();
    let row = |(index, client): (usize, &ClientVerdict)| {
        let verdict = |rule| of_rule(rule).and_then(|pool| pool.clients.get(index)).is_some_and(|it| it.accepts);
        let cells = COLUMNS.iter().map(|(rule, _)| cell(verdict(*rule))).collect::<String>();
        format!("  {:<NAME_WIDTH$}{}{cells}", shortened(&client.client), cell(client.accepts_leaf_only))
    };
    naive.iter().enumerate().map(row).collect()
}

/// Client by gate of an OpenZiti router that sampled the peer that leads, where a client passes one and not another.
fn gates(page: &mut Page, report: &Report) {
    let gates: Vec<&Gate> = report.gates.iter().filter(|gate| Some(&gate.peer) == report.focus.as_ref()).collect();
    let Some(first) = gates.first() else { return };
    let passes = |gate: &Gate, client: usize| gate.clients.get(client).is_some_and(|it| it.accepts);
    let differs = |client: usize| gates.iter().any(|gate| passes(gate, client) != passes(first, client));
    if !(0..first.clients.len()).any(differs) {
        return;
    }
    page.heading(&format!("Gates of an OpenZiti router that sampled {}, by release", first.peer));
    let columns: String = gates.iter().map(|gate| format!("{:>15}", gate_heading(gate))).collect();
    page.line(format!("  {:<NAME_WIDTH$}{columns}", "").trim_end());
    for (index, client) in first.clients.iter().enumerate() {
        let cells: String = gates.iter().map(|gate| format!("   {}", cell(passes(gate, index)))).collect();
        page.line(&format!("  {:<NAME_WIDTH$}{cells}", shortened(&client.client)));
    }
}

/// The releases that have a gate, short enough for a column.
fn gate_heading(gate: &Gate) -> String {
    let releases = gate.releases;
    match gate.gate {
        GateKind::Tls => format!("TLS {}", releases.trim_start_matches("up ")),
        // Both ends do not fit, and a pre-release among these columns can only be one of 2.0.0.
        GateKind::V2 => releases.trim_start_matches("2.0.0-").to_owned(),
        GateKind::V1 | GateKind::V3 => releases.to_owned(),
    }
}

/// Chain by chain who accepts and who rejects, and which verdict is lost first.
fn engines(page: &mut Page, report: &Report) {
    if report.engines.is_empty() {
        return;
    }
    page.heading("Verifiers with the bundle as trust store");
    for verdicts in report.verdicts_by_chain() {
        let Some(first) = verdicts.first() else { continue };
        page.paragraph(
            &format!("{}, {}: {}", first.client, wording::asked_as(first.purpose), wording::agreement(verdicts)),
            "  ",
            "    ",
        );
        for accepts in [true, false] {
            let names: Vec<&str> = verdicts.iter().filter(|it| it.accepts == accepts).map(|it| it.engine).collect();
            if !names.is_empty() {
                page.paragraph(&names.join(", "), &format!("    {} by ", shown(accepts)), "                ");
            }
        }
    }
    if let Some(chains) = wording::chains_left_out(report) {
        page.paragraph(&format!("{chains}."), "  ", "    ");
    }
    if let Some(sentence) = wording::first_loss(report, Verifiers::Named) {
        let sentence = sentence.text(|at| at.to_string());
        page.paragraph(&format!("First loss at {sentence}"), "  ", "    ");
    }
}

fn cell(accepts: bool) -> String {
    format!("{:>12}", shown(accepts))
}

/// A rejection is in capitals: there is no colour.
fn shown(accepts: bool) -> String {
    if accepts { wording::ACCEPTED.to_owned() } else { wording::REJECTED.to_uppercase() }
}

/// Long names lose their middle.
fn shortened(name: &str) -> String {
    let length = name.chars().count();
    if length < NAME_WIDTH {
        return name.to_owned();
    }
    let half = (NAME_WIDTH - 2) / 2;
    let (head, tail) = (name.chars().take(half), name.chars().skip(length - half));
    head.chain(std::iter::once('…')).chain(tail).collect()
}

fn findings(page: &mut Page, report: &Report) {
    if !report.findings.is_empty() {
        page.heading("Findings");
    }
    let mut advised: Option<&str> = None;
    for Finding { severity: how_bad, code, title, detail, fix, .. } in &report.findings {
        page.paragraph(&format!("{title} [{code}]"), &format!("  {:<9}", severity(*how_bad)), "           ");
        page.paragraph(detail, "           ", "           ");
        let advice = if advised == Some(fix) { "as above." } else { fix };
        page.paragraph(&format!("Do: {advice}"), "           ", "           ");
        advised = Some(fix);
    }
}

fn sources(page: &mut Page, report: &Report) {
    page.heading("Sources");
    for source in &report.sources {
        let roles: Vec<&str> = source.roles.iter().map(|&it| role(it)).collect();
        page.line(&format!("  {} ({}): {}", source.name, roles.join(" and "), contents(source)));
        page.paragraph(&source.role_reason, "    ", "    ");
        for problem in &source.problems {
            page.paragraph(&format!("line {}: {}", problem.line, problem.message), "    ! ", "      ");
        }
    }
}

fn role(role: Role) -> &'static str {
    match role {
        Role::Bundle => "bundle",
        Role::Peer => "peer",
        Role::Client => "client",
        Role::Published => "published",
        Role::Other => "other",
    }
}

fn contents(source: &Source) -> String {
    let mut parts = vec![wording::count(source.certificates.len(), "certificate")];
    if source.secrets > 0 {
        parts.push(format!("{} dropped unread", wording::count(source.secrets, "private key")));
    }
    parts.join(", ")
}

/// Text in lines of at most [`WIDTH`].
#[derive(Default)]
struct Page {
    text: String,
}

impl Page {
    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    fn gap(&mut self) {
        self.text.push('\n');
    }

    fn heading(&mut self, heading: &str) {
        self.gap();
        self.paragraph(heading, "", "");
    }

    /// Wraps at spaces; `first` begins the first line, `rest` the others.
    fn paragraph(&mut self, text: &str, first: &str, rest: &str) {
        let mut line = first.to_owned();
        let mut empty = true;
        for word in text.split_whitespace() {
            let fits = line.chars().count() + word.chars().count() + usize::from(!empty) <= WIDTH;
            if !empty && !fits {
                self.line(&line);
                rest.clone_into(&mut line);
                empty = true;
            }
            if !empty {
                line.push(' ');
            }
            line.push_str(word);
            empty = false;
        }
        if !empty {
            self.line(&line);
        }
    }
}

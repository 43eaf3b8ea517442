//! The router's lens: pools by rule, clients by pool, clients by gate.

use rootlens::report::{ClientVerdict, Gate, GateKind, Pool, Report, Rule};

use super::page::Page;
use super::shown;

/// Widest name in the first column of a table.
const NAME_WIDTH: usize = 38;
/// The columns of the table of clients.
const COLUMNS: [(Rule, &str); 4] = [
    (Rule::OpenzitiNaive, "naive"),
    (Rule::FirstChain, "first chain"),
    (Rule::AllChains, "all chains"),
    (Rule::Correct, "correct"),
];

/// What is left out in every other lens.
pub(super) fn router(page: &mut Page, report: &Report) {
    pools(page, report);
    clients(page, report);
    gates(page, report);
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
    let releases = gate.releases.as_ref();
    match gate.gate {
        GateKind::Tls => format!("TLS {}", releases.trim_start_matches("up ")),
        // Both ends do not fit, and a pre-release among these columns can only be one of 2.0.0.
        GateKind::V2 => releases.trim_start_matches("2.0.0-").to_owned(),
        GateKind::V1 | GateKind::V3 => releases.to_owned(),
    }
}

fn cell(accepts: bool) -> String {
    format!("{:>12}", shown(accepts))
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

//! Who gets in: every client under every sampled peer and rule, with the reasons a click or key away.
//!
//! Where there is little room the style sheet stacks the cells; the explicit roles keep it a table for screen readers.

use yew::prelude::*;

use super::effect::does;
use super::icon;
use super::markup::{each, flag, list, markup, truth};
use super::state::Action;
use super::words::result::{self as words, CORRECT, LEAF_ONLY, NAIVE, verdict};
use crate::report::{ClientVerdict, Report, Rule};

/// `open` holds the indices of the clients whose reasons are shown.
pub(crate) fn client_matrix(report: &Report, open: &[usize], act: &Callback<Action>) -> Html {
    let clients = report.pools.first().map(|pool| pool.clients.len()).unwrap_or_default();
    let content = if report.divergence.is_empty() || clients == 0 {
        markup!("<p class='rl-empty'>{}</p>", words::NO_MATRIX)
    } else {
        let rows = (0..clients).map(|client| row(report, client, open.contains(&client), act)).collect();
        table(report, rows)
    };
    markup!(
        "<section class='rl-section rl-matrix' data-testid='client-matrix' aria-labelledby='rl-matrix'>
            <h2 id='rl-matrix'>{}</h2>
            {}
        </section>",
        words::MATRIX,
        content,
    )
}

fn table(report: &Report, rows: Vec<Html>) -> Html {
    let focus = |peer: &str| flag(report.focus.as_deref() == Some(peer));
    let peers = each(&report.divergence, |it| {
        markup!(
            "<th colspan='3' scope='colgroup' role='columnheader' data-focus={}><small>{}</small>{}</th>",
            focus(&it.peer),
            words::ASKED,
            &it.peer,
        )
    });
    let rules = each(&report.divergence, |it| {
        let rule = |class: Option<&str>, rule: &str| {
            markup!("<th scope='col' role='columnheader' class={} data-focus={}>{}</th>", class, focus(&it.peer), rule,)
        };
        list(vec![rule(Some("rl-matrix__first"), LEAF_ONLY), rule(None, NAIVE), rule(None, CORRECT)])
    });
    markup!(
        "<div class='rl-scroll' tabindex='0' role='group' aria-labelledby='rl-matrix'>
            <table role='table' aria-labelledby='rl-matrix'>
                <thead role='rowgroup'>
                    <tr role='row'><th rowspan='2' scope='col' role='columnheader'>{}</th>{}</tr>
                    <tr role='row'>{}</tr>
                </thead>
                <tbody role='rowgroup'>{}</tbody>
            </table>
        </div>
        <p class='rl-hint'>{}</p>",
        words::CLIENT,
        peers,
        rules,
        rows,
        words::MATRIX_HINT,
    )
}

/// A client's verdicts, and below them, once opened, the reasons.
fn row(report: &Report, client: usize, open: bool, act: &Callback<Action>) -> Html {
    let by_peer: Vec<Verdicts<'_>> =
        report.divergence.iter().filter_map(|divergence| verdicts(report, &divergence.peer, client)).collect();
    let details = ["rl-client-", &client.to_string()].concat();
    markup!(
        "<tr role='row'>
            <th scope='row' role='rowheader'>
                <button type='button' class='rl-fold' onclick={} aria-expanded={} aria-controls={}>
                    {}<span>{}</span>
                </button>
            </th>
            {}
        </tr>
        <tr role='row' id={} class='rl-matrix__reasons' hidden={}><td role='cell' colspan={}>{}</td></tr>",
        does(act, Action::ClientFolded(client)),
        truth(open),
        &details,
        icon::icon(icon::CHEVRON),
        by_peer.first().map(|verdicts| &verdicts.naive.client),
        each(&by_peer, |verdicts| cells(report, verdicts)),
        &details,
        !open,
        1 + 3 * by_peer.len(),
        open.then(|| markup!("<dl>{}</dl>", each(&by_peer, reasons))),
    )
}

/// What naive and correct say of one client, asked for one peer.
struct Verdicts<'a> {
    peer: &'a str,
    naive: &'a ClientVerdict,
    correct: &'a ClientVerdict,
}

fn verdicts<'a>(report: &'a Report, peer: &'a str, client: usize) -> Option<Verdicts<'a>> {
    let of = |rule| {
        let pool = report.pools.iter().find(|pool| pool.peer == peer && pool.rule == rule)?;
        pool.clients.get(client)
    };
    Some(Verdicts { peer, naive: of(Rule::OpenzitiNaive)?, correct: of(Rule::Correct)? })
}

fn cells(report: &Report, verdicts: &Verdicts<'_>) -> Html {
    let (naive, correct) = (verdicts.naive, verdicts.correct);
    let cell = |accepts: bool, rule: &str, reason: &str| {
        let first = rule == LEAF_ONLY;
        markup!(
            "<td role='cell' class={} data-verdict={} data-focus={} data-differs={} data-rule={} title={} data-peer={}>
                {}{}
            </td>",
            first.then_some("rl-matrix__first"),
            verdict(accepts),
            flag(report.focus.as_deref() == Some(verdicts.peer)),
            flag(accepts != correct.accepts),
            rule,
            reason,
            first.then_some(verdicts.peer),
            icon::icon(if accepts { icon::TICK } else { icon::CROSS }),
            verdict(accepts),
        )
    };
    list(vec![
        cell(naive.accepts_leaf_only, LEAF_ONLY, ""),
        cell(naive.accepts, NAIVE, &naive.reason),
        cell(correct.accepts, CORRECT, &correct.reason),
    ])
}

fn reasons(verdicts: &Verdicts<'_>) -> Html {
    let line = |rule: &str, it: &ClientVerdict| {
        markup!("<dd><strong>{}: {}</strong> <span>{}</span></dd>", rule, verdict(it.accepts), &it.reason)
    };
    markup!(
        "<div key={}><dt>{}{}</dt>{}{}</div>",
        verdicts.peer,
        words::ASKED,
        verdicts.peer,
        line(NAIVE, verdicts.naive),
        line(CORRECT, verdicts.correct),
    )
}

//! Who gets in: every client under every sampled peer and rule, with the reasons a click or key away.
//!
//! Where there is little room the style sheet stacks the cells; the explicit roles keep it a table for screen readers.

use yew::prelude::*;

use super::icon;
use super::shared::Shared;
use crate::report::{ClientVerdict, Report, Rule};

/// The columns under each peer.
const LEAF_ONLY: &str = "naive, leaf only";
const NAIVE: &str = "naive";
const CORRECT: &str = "correct";

pub(crate) fn client_matrix(report: &Shared<Report>) -> Html {
    let peers: Vec<&str> = report.divergence.iter().map(|divergence| divergence.peer.as_str()).collect();
    let clients = report.pools.first().map(|pool| pool.clients.as_slice()).unwrap_or_default();
    html! {
        <section class="rl-section rl-matrix" data-testid="client-matrix" aria-labelledby="rl-matrix">
            <h2 id="rl-matrix">{ "Who gets in" }</h2>
            if peers.is_empty() || clients.is_empty() {
                <p class="rl-empty">
                    { "Nothing to compare yet: it takes a bundle, at least one peer and at least one client. Roles can be \
                       changed under “Sources”." }
                </p>
            } else {
                <div class="rl-scroll" tabindex="0" role="group" aria-labelledby="rl-matrix">
                    <table role="table">
                        { head(report, &peers) }
                        <tbody role="rowgroup">
                            for index in 0..clients.len() {
                                <ClientRow key={index} {report} client={index} />
                            }
                        </tbody>
                    </table>
                </div>
                <p class="rl-hint">
                    { "“Leaf only” is how routers up to v2.0.0-pre12 judged; later ones use the intermediates that the \
                       client sends. Open a row for the reasons." }
                </p>
            }
        </section>
    }
}

fn head(report: &Report, peers: &[&str]) -> Html {
    let focus = report.focus.as_deref();
    let asked = |peer: &str| (focus == Some(peer)).then_some("true");
    html! {
        <thead role="rowgroup">
            <tr role="row">
                <th rowspan="2" scope="col" role="columnheader">{ "client" }</th>
                for peer in peers {
                    <th colspan="3" scope="colgroup" role="columnheader" data-focus={asked(peer)}>
                        <small>{ "asked: " }</small>{ *peer }
                    </th>
                }
            </tr>
            <tr role="row">
                for peer in peers {
                    <th scope="col" role="columnheader" class="rl-matrix__first" data-focus={asked(peer)}>{ LEAF_ONLY }</th>
                    <th scope="col" role="columnheader" data-focus={asked(peer)}>{ NAIVE }</th>
                    <th scope="col" role="columnheader" data-focus={asked(peer)}>{ CORRECT }</th>
                }
            </tr>
        </thead>
    }
}

#[derive(Properties, PartialEq)]
struct RowProps {
    report: Shared<Report>,
    client: usize,
}

/// A client's verdicts, and below them, once opened, the reasons.
#[component]
fn ClientRow(props: &RowProps) -> Html {
    let open = use_state_eq(|| false);
    let report = &props.report;
    let by_peer: Vec<Verdicts<'_>> =
        report.divergence.iter().filter_map(|divergence| verdicts(report, &divergence.peer, props.client)).collect();
    let name = by_peer.first().map(|verdicts| verdicts.naive.client.clone()).unwrap_or_default();
    let toggle = {
        let (setter, open) = (open.setter(), *open);
        Callback::from(move |_: MouseEvent| setter.set(!open))
    };
    let details = ["rl-client-", &props.client.to_string()].concat();
    html! {
        <>
            <tr role="row">
                <th scope="row" role="rowheader">
                    <button type="button" class="rl-fold" onclick={toggle} aria-expanded={open.to_string()}
                        aria-controls={details.clone()}>
                        { icon::icon(icon::CHEVRON) }<span>{ name }</span>
                    </button>
                </th>
                { for by_peer.iter().map(|verdicts| cells(report, verdicts)) }
            </tr>
            <tr role="row" id={details} class="rl-matrix__reasons" hidden={!*open}>
                <td role="cell" colspan={(1 + 3 * by_peer.len()).to_string()}>
                    if *open {
                        <dl>{ for by_peer.iter().map(reasons) }</dl>
                    }
                </td>
            </tr>
        </>
    }
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
    let focus = (report.focus.as_deref() == Some(verdicts.peer)).then_some("true");
    let (naive, correct) = (verdicts.naive, verdicts.correct);
    let cell = |accepts: bool, rule: &'static str, reason: &str| {
        let differs = accepts != correct.accepts;
        let first = rule == LEAF_ONLY;
        html! {
            <td role="cell" class={first.then_some("rl-matrix__first")} data-verdict={verdict(accepts)} data-focus={focus}
                data-differs={differs.then_some("true")} data-rule={rule} title={reason.to_owned()}
                data-peer={first.then(|| verdicts.peer.to_owned())}>
                { icon::icon(if accepts { icon::TICK } else { icon::CROSS }) }{ verdict(accepts) }
            </td>
        }
    };
    html! {
        <>
            { cell(naive.accepts_leaf_only, LEAF_ONLY, "") }
            { cell(naive.accepts, NAIVE, &naive.reason) }
            { cell(correct.accepts, CORRECT, &correct.reason) }
        </>
    }
}

fn verdict(accepts: bool) -> &'static str {
    if accepts { "accepted" } else { "rejected" }
}

fn reasons(verdicts: &Verdicts<'_>) -> Html {
    let line = |rule: &str, it: &ClientVerdict| {
        html! {
            <dd><strong>{ rule }{ ": " }{ verdict(it.accepts) }</strong>{ " " }<span>{ &it.reason }</span></dd>
        }
    };
    html! {
        <div key={verdicts.peer.to_owned()}>
            <dt>{ "asked: " }{ verdicts.peer }</dt>
            { line(NAIVE, verdicts.naive) }
            { line(CORRECT, verdicts.correct) }
        </div>
    }
}

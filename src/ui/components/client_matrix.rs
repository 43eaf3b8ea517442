//! Who gets in: every client under every sampled peer and rule, with the reasons a click or key away.
//!
//! Where there is little room the style sheet stacks the cells; the explicit roles keep it a table for screen readers.

use yew::prelude::*;

use super::fold::Fold;
use super::long_list::LongList;
use crate::report::{ClientVerdict, Report, Rule};
use crate::ui::icon;
use crate::ui::shared::Shared;
use crate::ui::state::Action;
use crate::ui::words::acceptance::verdict_name;
use crate::ui::words::result as words;

/// The id of the heading.
const HEADING_ID: &str = "rl-matrix";

/// Clients that are shown at a time.
const AT_A_TIME: usize = 25;

/// Most peers beside each other; of more, the one in focus is shown alone. Each takes three columns.
const MAX_PEERS: usize = 8;

#[derive(Clone, Properties, PartialEq)]
pub(crate) struct ClientMatrixProps {
    pub(crate) report: Shared<Report>,
    /// Indices of the clients whose reasons are shown.
    pub(crate) open_clients: Vec<usize>,
    pub(crate) on_action: Callback<Action>,
}

/// One line where it would hold one client under one peer.
#[component]
pub(crate) fn ClientMatrix(props: &ClientMatrixProps) -> Html {
    let ClientMatrixProps { report, .. } = props;
    let clients = report.pools.first().map(|pool| pool.clients.len()).unwrap_or_default();
    match (report.divergence.len(), clients) {
        (0, _) | (_, 0) => section(html! { <p class="rl-empty">{ words::NO_MATRIX }</p> }),
        (1, 1) => one_by_one(props),
        _ => section(table(props, clients)),
    }
}

fn section(content: Html) -> Html {
    html! {
        <section class="rl-section rl-matrix" data-testid="client-matrix" aria-labelledby={HEADING_ID}>
            <h2 id={HEADING_ID}>{ words::MATRIX }</h2>
            { content }
        </section>
    }
}

fn one_by_one(props: &ClientMatrixProps) -> Html {
    let verdicts = verdicts_by_peer(&props.report, 0);
    let Some(PeerVerdicts { naive, correct, .. }) = verdicts.first() else { return Html::default() };
    html! {
        <div class="rl-parts">
            <Fold id={HEADING_ID} testid="client-matrix" class="rl-matrix" heading={words::MATRIX}
                summary={words::one_by_one(&naive.client, naive.accepts, correct.accepts)} is_open={false}>
                { table(props, 1) }
            </Fold>
        </div>
    }
}

fn table(props: &ClientMatrixProps, clients: usize) -> Html {
    let list = {
        let props = props.clone();
        Callback::from(move |shown| rows(&props, shown))
    };
    html! {
        <>
            <LongList length={clients} step={AT_A_TIME} {list} />
            <p class="rl-hint">{ words::MATRIX_HINT }</p>
        </>
    }
}

fn rows(props: &ClientMatrixProps, shown: usize) -> Html {
    let ClientMatrixProps { report, open_clients, on_action } = props;
    html! {
        <div class="rl-scroll" tabindex="0" role="group" aria-labelledby={HEADING_ID}>
            <table role="table" aria-labelledby={HEADING_ID}>
                { table_head(report) }
                <tbody role="rowgroup">
                    for client in 0..shown {
                        <ClientRow {report} {client} is_open={open_clients.contains(&client)} {on_action} />
                    }
                </tbody>
            </table>
        </div>
    }
}

/// The peers whose verdicts stand beside each other.
fn peers(report: &Report) -> impl Iterator<Item = &str> {
    let are_few = report.divergence.len() <= MAX_PEERS;
    let peers = report.divergence.iter().map(|divergence| divergence.peer.as_str());
    peers.filter(move |peer| are_few || in_focus(report, peer).is_some())
}

fn table_head(report: &Report) -> Html {
    let peer_heading = |peer: &str| {
        html! {
            <th colspan="3" scope="colgroup" role="columnheader" data-focus={in_focus(report, peer)}>
                <small>{ words::ASKED }</small>{ peer }
            </th>
        }
    };
    let rule_headings = |peer: &str| {
        let focus = in_focus(report, peer);
        html! {
            <>
                for column in Column::ALL {
                    <th scope="col" role="columnheader" class={column.class()} data-focus={focus}>
                        { column.heading() }
                    </th>
                }
            </>
        }
    };
    let peers = || peers(report);
    html! {
        <thead role="rowgroup">
            <tr role="row">
                <th rowspan="2" scope="col" role="columnheader">{ words::CLIENT }</th>
                { for peers().map(peer_heading) }
            </tr>
            <tr role="row">{ for peers().map(rule_headings) }</tr>
        </thead>
    }
}

/// The value of `data-focus`, for the style sheet.
fn in_focus(report: &Report, peer: &str) -> Option<&'static str> {
    (report.focus.as_deref() == Some(peer)).then_some("true")
}

/// The columns under each peer: what is said of a client, and by which rule.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Column {
    /// The naive pool, without the intermediates that the client sends.
    LeafOnly,
    /// The naive pool.
    Naive,
    /// The correct pool.
    Correct,
}

impl Column {
    const ALL: [Column; 3] = [Column::LeafOnly, Column::Naive, Column::Correct];

    /// The words above the column, by which scripts know its cells too.
    fn heading(self) -> &'static str {
        match self {
            Column::LeafOnly => words::LEAF_ONLY,
            Column::Naive => words::NAIVE,
            Column::Correct => words::CORRECT,
        }
    }

    fn is_first(self) -> bool {
        self == Column::LeafOnly
    }

    /// A line divides the first column from those of the peer before.
    fn class(self) -> Option<&'static str> {
        self.is_first().then_some("rl-matrix__first")
    }

    /// Whether the client is let in, and why.
    fn verdict<'a>(self, verdicts: &PeerVerdicts<'a>) -> (bool, &'a str) {
        match self {
            Column::LeafOnly => (verdicts.naive.accepts_leaf_only, ""),
            Column::Naive => (verdicts.naive.accepts, &verdicts.naive.reason),
            Column::Correct => (verdicts.correct.accepts, &verdicts.correct.reason),
        }
    }
}

#[derive(Properties, PartialEq)]
struct ClientRowProps {
    report: Shared<Report>,
    /// Index among the clients of each pool.
    client: usize,
    is_open: bool,
    on_action: Callback<Action>,
}

/// A client's verdicts, and below them, once opened, the reasons.
#[component]
fn ClientRow(props: &ClientRowProps) -> Html {
    let ClientRowProps { report, client, is_open, on_action } = props;
    let (client, is_open) = (*client, *is_open);
    let by_peer = verdicts_by_peer(report, client);
    let details = format!("rl-client-{client}");
    html! {
        <>
            <tr role="row">
                <th scope="row" role="rowheader">
                    <button type="button" class="rl-fold" aria-expanded={is_open.to_string()}
                        aria-controls={details.clone()}
                        onclick={on_action.reform(move |_: MouseEvent| Action::ClientFolded(client))}>
                        { icon::icon(icon::CHEVRON) }
                        <span>{ for by_peer.first().map(|verdicts| verdicts.naive.client.as_str()) }</span>
                    </button>
                </th>
                { for by_peer.iter().map(|verdicts| verdict_cells(report, verdicts)) }
            </tr>
            <tr role="row" id={details} class="rl-matrix__reasons" hidden={!is_open}>
                <td role="cell" colspan={(1 + 3 * by_peer.len()).to_string()}>
                    if is_open {
                        <dl>{ for by_peer.iter().map(reasons) }</dl>
                    }
                </td>
            </tr>
        </>
    }
}

/// What naive and correct say of one client, asked for one peer.
struct PeerVerdicts<'a> {
    peer: &'a str,
    naive: &'a ClientVerdict,
    correct: &'a ClientVerdict,
}

fn verdicts_by_peer(report: &Report, client: usize) -> Vec<PeerVerdicts<'_>> {
    let verdict = |peer: &str, rule: Rule| {
        let pool = report.pools.iter().find(|pool| pool.peer == peer && pool.rule == rule)?;
        pool.clients.get(client)
    };
    peers(report)
        .filter_map(|peer| {
            let (naive, correct) = (verdict(peer, Rule::OpenzitiNaive)?, verdict(peer, Rule::Correct)?);
            Some(PeerVerdicts { peer, naive, correct })
        })
        .collect()
}

fn verdict_cells(report: &Report, verdicts: &PeerVerdicts<'_>) -> Html {
    let cell = |column: Column| {
        let (accepts, reason) = column.verdict(verdicts);
        let differs = accepts != verdicts.correct.accepts;
        html! {
            <td role="cell" class={column.class()} data-verdict={verdict_name(accepts)}
                data-focus={in_focus(report, verdicts.peer)} data-differs={differs.then_some("true")}
                data-rule={column.heading()} title={reason.to_owned()}
                data-peer={column.is_first().then(|| verdicts.peer.to_owned())}>
                { icon::verdict(accepts) }{ verdict_name(accepts) }
            </td>
        }
    };
    html! { <>{ for Column::ALL.into_iter().map(cell) }</> }
}

fn reasons(verdicts: &PeerVerdicts<'_>) -> Html {
    let line = |column: Column| {
        let (accepts, reason) = column.verdict(verdicts);
        html! {
            <dd>
                <strong>{ column.heading() }{ ": " }{ verdict_name(accepts) }</strong>{ " " }<span>{ reason }</span>
            </dd>
        }
    };
    html! {
        <div key={verdicts.peer}>
            <dt>{ words::ASKED }{ verdicts.peer }</dt>
            { line(Column::Naive) }
            { line(Column::Correct) }
        </div>
    }
}

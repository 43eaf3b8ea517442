//! What real verifiers say of each client with the bundle as trust store.

use yew::prelude::*;

use super::{certificate_link, icon};
use crate::report::{EngineVerdict, Report};

pub(crate) fn engines(report: &Report) -> Html {
    html! {
        <section class="rl-section rl-engines" data-testid="engines" aria-labelledby="rl-engines"
            data-empty={report.engines.is_empty().then_some("true")}>
            <h2 id="rl-engines">{ "What a plain server with this bundle says" }</h2>
            if report.engines.is_empty() {
                <p class="rl-empty">{ "No client among the files, so there is nobody to judge." }</p>
            } else {
                <ul>{ for report.engines.iter().map(|verdict| engine(report, verdict)) }</ul>
            }
        </section>
    }
}

fn engine(report: &Report, verdict: &EngineVerdict) -> Html {
    let word = if verdict.accepts { "accepted" } else { "rejected" };
    html! {
        <li key={[verdict.client.as_str(), &verdict.engine].join(" ")} data-verdict={word}>
            <strong>{ &verdict.client }</strong>
            <span class="rl-engines__engine">{ &verdict.engine }</span>
            <span class="rl-engines__verdict">
                { icon::icon(if verdict.accepts { icon::TICK } else { icon::CROSS }) }{ word }
            </span>
            <span class="rl-engines__detail">
                if verdict.accepts {
                    { for verdict.chains.iter().map(|chain| path(report, chain)) }
                } else {
                    { &verdict.detail }
                }
            </span>
        </li>
    }
}

/// A chain in words, leaf first.
fn path(report: &Report, chain: &[usize]) -> Html {
    let names = chain.iter().map(|&certificate| certificate_link::name(report, certificate));
    html! { <span>{ names.collect::<Vec<_>>().join(" ← ") }</span> }
}

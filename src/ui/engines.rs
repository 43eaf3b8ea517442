//! What real verifiers say of each client with the bundle as trust store.

use yew::prelude::*;

use super::markup::{each, flag, list, markup};
use super::words::result as words;
use super::{certificate_link, icon};
use crate::collection::Gather as _;
use crate::report::{EngineVerdict, Report};

pub(crate) fn engines(report: &Report) -> Html {
    let verdicts = if report.engines.is_empty() {
        markup!("<p class='rl-empty'>{}</p>", words::NO_CLIENT)
    } else {
        markup!("<ul>{}</ul>", each(&report.engines, |verdict| engine(report, verdict)))
    };
    markup!(
        "<section class='rl-section rl-engines' data-testid='engines' aria-labelledby='rl-engines' data-empty={}>
            <h2 id='rl-engines'>{}</h2>
            {}
        </section>",
        flag(report.engines.is_empty()),
        words::ENGINES,
        verdicts,
    )
}

fn engine(report: &Report, verdict: &EngineVerdict) -> Html {
    let path = if verdict.accepts { icon::TICK } else { icon::CROSS };
    let word = words::verdict(verdict.accepts);
    let detail = if verdict.accepts {
        list(each(&verdict.chains, |chain| markup!("<span>{}</span>", chain_in_words(report, chain))))
    } else {
        markup!("{}", &verdict.detail)
    };
    markup!(
        "<li key={} data-verdict={}>
            <strong>{}</strong>
            <span class='rl-engines__engine'>{}</span>
            <span class='rl-engines__verdict'>{}{}</span>
            <span class='rl-engines__detail'>{}</span>
        </li>",
        [verdict.client.as_str(), verdict.engine].join(" "),
        word,
        &verdict.client,
        verdict.engine,
        icon::icon(path),
        word,
        detail,
    )
}

/// Leaf first.
fn chain_in_words(report: &Report, chain: &[usize]) -> String {
    let names: Vec<&str> = chain.iter().map(|certificate| certificate_link::name(report, *certificate)).gather();
    names.join(" ← ")
}

//! Who would accept each chain: a strip of verifiers per chain, grouped where they agree, and what was asked of them.

use std::collections::BTreeMap;
use std::rc::Rc;

use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::chain_strip::ChainStrip;
use crate::report::{Explanation, Report};
use crate::ui::shared::Shared;
use crate::ui::state::{Action, VerdictSelection};
use crate::ui::words::acceptance as words;
use crate::verifier::{Host, Purpose};

#[derive(Properties, PartialEq)]
pub(crate) struct AcceptanceProps {
    pub(crate) report: Shared<Report>,
    /// The verifier that is looked at.
    pub(crate) selected: Option<VerdictSelection>,
    /// What was found out by now of what divides the verifiers, by chain.
    pub(crate) explanations: Rc<BTreeMap<usize, Rc<Explanation>>>,
    pub(crate) on_action: Callback<Action>,
}

#[component]
pub(crate) fn Acceptance(props: &AcceptanceProps) -> Html {
    let AcceptanceProps { report, selected, explanations, on_action } = props;
    let chains = report.verdicts_by_chain().count();
    html! {
        <section class="rl-section rl-accept" data-testid="engines" aria-labelledby="rl-engines">
            <header class="rl-section__header">
                <h2 id="rl-engines">{ words::TITLE }</h2>
                if chains > 0 {
                    { question(report, on_action) }
                }
            </header>
            if chains > 0 {
                <p class="rl-hint">{ words::LEAD }</p>
            } else {
                <p class="rl-empty">{ words::NOBODY }</p>
            }
            for chain in 0..chains {
                <ChainStrip key={chain} {report} {chain} selected={selected.filter(|selected| selected.chain == chain)}
                    explanation={explanations.get(&chain).cloned()} {on_action} />
            }
            if let Some(chains) = words::chains_left_out(report) {
                <p class="rl-hint">{ words::left_out(&chains) }</p>
            }
        </section>
    }
}

/// What the verifiers are asked: the use of the leaf, and the name that it has to bear.
fn question(report: &Report, on_action: &Callback<Action>) -> Html {
    let onchange = on_action.reform(|event: Event| {
        let select: HtmlSelectElement = event.target_unchecked_into();
        Action::PurposeChosen(Purpose::find(&select.value()))
    });
    let oninput = on_action.reform(|event: InputEvent| {
        let input: HtmlInputElement = event.target_unchecked_into();
        let name = input.value();
        let name = name.trim();
        Action::HostChosen((!name.is_empty()).then(|| Host::named(name)))
    });
    // Once a reader has chosen, a select follows its property and no longer the attribute of its options.
    html! {
        <div class="rl-question">
            <label for="rl-purpose">{ words::PURPOSE }</label>
            <select id="rl-purpose" class="rl-input" ~value={report.purpose.map(Purpose::name).unwrap_or_default()}
                {onchange}>
                { purpose_option(report, None) }
                { for Purpose::ALL.into_iter().map(|purpose| purpose_option(report, Some(purpose))) }
            </select>
            <label for="rl-host">{ words::HOST }</label>
            <input id="rl-host" class="rl-input" autocomplete="off" spellcheck="false" placeholder={words::ANY_HOST}
                value={report.host.clone().unwrap_or_default()} {oninput} />
        </div>
    }
}

fn purpose_option(report: &Report, purpose: Option<Purpose>) -> Html {
    html! {
        <option value={purpose.map(Purpose::name).unwrap_or_default()} selected={purpose == report.purpose}>
            { purpose.map_or(words::BY_ITSELF, words::purpose) }
        </option>
    }
}

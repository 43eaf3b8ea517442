//! Who would accept each chain: a strip of verifiers per chain, grouped where they agree.

use std::collections::BTreeMap;
use std::rc::Rc;

use yew::prelude::*;

use super::chain_strip::ChainStrip;
use super::fold::Fold;
use super::long_list::LongList;
use crate::report::{Explanation, Report};
use crate::ui::shared::Shared;
use crate::ui::state::{Action, VerdictSelection};
use crate::ui::words::acceptance as words;

/// Chains that are shown at a time.
const AT_A_TIME: usize = 12;

#[derive(Properties, PartialEq)]
pub(crate) struct AcceptanceProps {
    pub(crate) report: Shared<Report>,
    /// The verifier that is looked at.
    pub(crate) selected: Option<VerdictSelection>,
    /// What was found out by now of what divides the verifiers, by chain.
    pub(crate) explanations: Rc<BTreeMap<usize, Rc<Explanation>>>,
    pub(crate) on_action: Callback<Action>,
}

/// One line where the verifiers agree about every chain.
#[component]
pub(crate) fn Acceptance(props: &AcceptanceProps) -> Html {
    let AcceptanceProps { report, selected, .. } = props;
    let chains = report.verdicts_by_chain().count();
    let is_open = report.disputed_chains().next().is_some() || selected.is_some();
    html! {
        <Fold id="rl-engines" testid="engines" class="rl-accept" heading={words::TITLE}
            summary={words::verifiers(report)} {is_open}>
            if chains > 0 {
                <p class="rl-hint">{ words::LEAD }</p>
            }
            <LongList length={chains} step={AT_A_TIME} list={strips(props)} />
            if let Some(chains) = words::chains_left_out(report) {
                <p class="rl-hint">{ words::left_out(&chains) }</p>
            }
        </Fold>
    }
}

/// The first chains, a strip each.
fn strips(props: &AcceptanceProps) -> Callback<usize, Html> {
    let AcceptanceProps { report, selected, explanations, on_action } = props;
    let (report, selected, explanations) = (report.clone(), *selected, Rc::clone(explanations));
    let on_action = on_action.clone();
    let strip = move |chain: usize| {
        html! {
            <ChainStrip key={chain} report={&report} {chain} selected={selected.filter(|selected| selected.chain == chain)}
                explanation={explanations.get(&chain).cloned()} on_action={&on_action} />
        }
    };
    Callback::from(move |shown| (0..shown).map(&strip).collect())
}

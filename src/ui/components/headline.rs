//! The answer in one sentence, and the choice of the controller that was asked.

use yew::prelude::*;

use super::severity_badge::SeverityBadge;
use crate::report::{Divergence, Report, Rule};
use crate::ui::browser::focus::HEADING_ID;
use crate::ui::shared::Shared;
use crate::ui::state::Action;
use crate::ui::words::{self, result};

#[derive(Properties, PartialEq)]
pub(crate) struct HeadlineViewProps {
    pub(crate) report: Shared<Report>,
    pub(crate) on_action: Callback<Action>,
}

#[component]
pub(crate) fn HeadlineView(props: &HeadlineViewProps) -> Html {
    let HeadlineViewProps { report, on_action } = props;
    let headline = &report.headline;
    html! {
        <section class="rl-headline" data-testid="divergence" data-severity={words::severity(headline.severity)}
            aria-labelledby={HEADING_ID}>
            <div class="rl-headline__words" aria-live="polite">
                <SeverityBadge severity={headline.severity} />
                <h1 id={HEADING_ID} tabindex="-1">{ &headline.sentence }</h1>
                if !headline.detail.is_empty() {
                    <p>{ &headline.detail }</p>
                }
            </div>
            if !report.divergence.is_empty() {
                { peer_choice(report, on_action) }
            }
        </section>
    }
}

/// Radio buttons: the pools depend on the peer that was sampled.
fn peer_choice(report: &Report, on_action: &Callback<Action>) -> Html {
    html! {
        <fieldset class="rl-peers" data-testid="peers">
            <legend>{ result::WHICH_PEER }</legend>
            <div class="rl-chips">
                { for report.divergence.iter().map(|divergence| peer_option(report, divergence, on_action)) }
            </div>
        </fieldset>
    }
}

fn peer_option(report: &Report, divergence: &Divergence, on_action: &Callback<Action>) -> Html {
    let peer = divergence.peer.clone();
    let onchange = on_action.reform({
        let peer = peer.clone();
        move |_: Event| Action::PeerChosen(peer.clone())
    });
    html! {
        <label key={peer.clone()} class="rl-chip">
            <input type="radio" name="rl-peer" value={peer.clone()} checked={report.focus.as_ref() == Some(&peer)}
                {onchange} />
            <span class="rl-chip__name">{ peer }</span>
            <span class="rl-chip__note">{ consequence(report, divergence) }</span>
        </label>
    }
}

/// What follows if this peer is the one sampled, in a few words.
fn consequence(report: &Report, divergence: &Divergence) -> String {
    let naive = report.pools.iter().find(|pool| pool.peer == divergence.peer && pool.rule == Rule::OpenzitiNaive);
    let is_empty = naive.is_some_and(|pool| pool.anchors.is_empty());
    let (lost, gained) = (divergence.clients_lost.len(), divergence.clients_gained.len());
    let agree = divergence.naive_only.is_empty() && divergence.correct_only.is_empty();
    result::consequence(is_empty, lost, gained, agree)
}

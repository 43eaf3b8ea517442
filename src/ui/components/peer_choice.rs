//! The choice of the controller that a router asked: its pools depend on which one that was.

use yew::prelude::*;

use super::long_list::LongList;
use crate::report::{Divergence, Report, Rule};
use crate::ui::shared::Shared;
use crate::ui::state::Action;
use crate::ui::words::result as words;

/// Peers that are shown at a time.
const AT_A_TIME: usize = 20;

#[derive(Clone, Properties, PartialEq)]
pub(crate) struct PeerChoiceProps {
    pub(crate) report: Shared<Report>,
    pub(crate) on_action: Callback<Action>,
}

/// Radio buttons: the pools depend on the peer that was sampled.
#[component]
pub(crate) fn PeerChoice(props: &PeerChoiceProps) -> Html {
    let list = {
        let props = props.clone();
        Callback::from(move |shown| options(&props, shown))
    };
    html! {
        <fieldset class="rl-peers" data-testid="peers">
            <legend>{ words::WHICH_PEER }</legend>
            <LongList length={props.report.divergence.len()} step={AT_A_TIME} {list} />
        </fieldset>
    }
}

fn options(props: &PeerChoiceProps, shown: usize) -> Html {
    let PeerChoiceProps { report, on_action } = props;
    let peers = report.divergence.iter().take(shown);
    html! { <div class="rl-chips">{ for peers.map(|divergence| peer_option(report, divergence, on_action)) }</div> }
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
    words::consequence(is_empty, lost, gained, agree)
}

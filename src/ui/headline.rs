//! The answer in one sentence, and the choice of the controller that was asked.

use yew::prelude::*;

use super::effect::HEADING_ID;
use super::state::Action;
use super::{icon, words};
use crate::report::{Divergence, Report, Rule, Severity};

pub(crate) fn headline(report: &Report, act: &Callback<Action>) -> Html {
    let headline = &report.headline;
    html! {
        <section class="rl-headline" data-testid="divergence" data-severity={words::severity(headline.severity)}
            aria-labelledby={HEADING_ID}>
            <div class="rl-headline__words">
                { badge(headline.severity) }
                <h1 id={HEADING_ID} tabindex="-1">{ &headline.sentence }</h1>
                if !headline.detail.is_empty() {
                    <p>{ &headline.detail }</p>
                }
            </div>
            { peer_choice(report, act) }
        </section>
    }
}

/// A severity as pictogram and word.
pub(crate) fn badge(severity: Severity) -> Html {
    html! {
        <span class="rl-badge" data-severity={words::severity(severity)}>
            { icon::severity(severity) }{ words::severity(severity) }
        </span>
    }
}

/// Radio buttons: the pools depend on the peer that was sampled.
fn peer_choice(report: &Report, act: &Callback<Action>) -> Html {
    if report.divergence.is_empty() {
        return Html::default();
    }
    let option = |divergence: &Divergence| {
        let peer = divergence.peer.clone();
        let checked = report.focus.as_ref() == Some(&peer);
        html! {
            <label key={peer.clone()} class="rl-chip">
                <input type="radio" name="rl-peer" value={peer.clone()} {checked}
                    onchange={act.reform({ let peer = peer.clone(); move |_| Action::PeerChosen(peer.clone()) })} />
                <span class="rl-chip__name">{ peer }</span>
                <span class="rl-chip__note">{ consequence(report, divergence) }</span>
            </label>
        }
    };
    html! {
        <fieldset class="rl-peers" data-testid="peers">
            <legend>{ "Which controller was asked?" }</legend>
            <div class="rl-chips">{ for report.divergence.iter().map(option) }</div>
        </fieldset>
    }
}

/// What follows if this peer is the one sampled, in a few words.
fn consequence(report: &Report, divergence: &Divergence) -> String {
    let clients = |number: usize| words::count(number, "client", "clients");
    let naive = report.pools.iter().find(|pool| pool.peer == divergence.peer && pool.rule == Rule::OpenzitiNaive);
    let empty = naive.is_some_and(|pool| pool.anchors.is_empty());
    let (lost, gained) = (divergence.clients_lost.len(), divergence.clients_gained.len());
    match (empty, lost, gained) {
        (true, 0, _) => "naive pool empty".to_owned(),
        (true, lost, _) => ["naive pool empty, ", &clients(lost), " locked out"].concat(),
        (false, 0, 0) if divergence.naive_only.is_empty() && divergence.correct_only.is_empty() => {
            "both pools agree".to_owned()
        }
        (false, 0, 0) => "pools differ, nobody locked out".to_owned(),
        (false, 0, gained) => [clients(gained).as_str(), " wrongly accepted"].concat(),
        (false, lost, _) => [clients(lost).as_str(), " locked out"].concat(),
    }
}

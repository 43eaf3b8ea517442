//! The answer in one sentence, and the choice of the controller that was asked.

use yew::prelude::*;

use super::effect::{HEADING_ID, does};
use super::icon;
use super::markup::{each, markup};
use super::state::Action;
use super::words::{self, result};
use crate::report::{Divergence, Report, Rule, Severity};

pub(crate) fn headline(report: &Report, act: &Callback<Action>) -> Html {
    let headline = &report.headline;
    markup!(
        "<section class='rl-headline' data-testid='divergence' data-severity={} aria-labelledby={}>
            <div class='rl-headline__words' aria-live='polite'>
                {}
                <h1 id={} tabindex='-1'>{}</h1>
                {}
            </div>
            {}
        </section>",
        words::severity(headline.severity),
        HEADING_ID,
        badge(headline.severity),
        HEADING_ID,
        &headline.sentence,
        (!headline.detail.is_empty()).then(|| markup!("<p>{}</p>", &headline.detail)),
        peer_choice(report, act),
    )
}

/// A severity as pictogram and word.
pub(crate) fn badge(severity: Severity) -> Html {
    let word = words::severity(severity);
    markup!("<span class='rl-badge' data-severity={}>{}{}</span>", word, icon::severity(severity), word)
}

/// Radio buttons: the pools depend on the peer that was sampled.
fn peer_choice(report: &Report, act: &Callback<Action>) -> Option<Html> {
    let option = |divergence: &Divergence| {
        let peer = &divergence.peer;
        markup!(
            "<label key={} class='rl-chip'>
                <input type='radio' name='rl-peer' value={} checked={} onchange={}/>
                <span class='rl-chip__name'>{}</span>
                <span class='rl-chip__note'>{}</span>
            </label>",
            peer,
            peer,
            report.focus.as_ref() == Some(peer),
            does(act, Action::PeerChosen(peer.clone())),
            peer,
            consequence(report, divergence),
        )
    };
    (!report.divergence.is_empty()).then(|| {
        markup!(
            "<fieldset class='rl-peers' data-testid='peers'>
                <legend>{}</legend>
                <div class='rl-chips'>{}</div>
            </fieldset>",
            result::WHICH_PEER,
            each(&report.divergence, option),
        )
    })
}

/// What follows if this peer is the one sampled, in a few words.
fn consequence(report: &Report, divergence: &Divergence) -> String {
    let naive = report.pools.iter().find(|pool| pool.peer == divergence.peer && pool.rule == Rule::OpenzitiNaive);
    let empty = naive.is_some_and(|pool| pool.anchors.is_empty());
    let (lost, gained) = (divergence.clients_lost.len(), divergence.clients_gained.len());
    let agree = divergence.naive_only.is_empty() && divergence.correct_only.is_empty();
    result::consequence(empty, lost, gained, agree)
}

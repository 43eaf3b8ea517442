//! The naive and the correct pool of the sampled peer side by side, and the two other rules folded away.

use yew::prelude::*;

use super::certificate_link::link;
use super::{icon, words};
use crate::report::{Divergence, Pool, Report, Rule, Step};

pub(crate) fn pools(report: &Report) -> Html {
    let focus = report.focus.as_deref().unwrap_or_default();
    let divergence = report.divergence.iter().find(|divergence| divergence.peer == focus);
    html! {
        <section class="rl-section rl-pools" aria-labelledby="rl-pools">
            <h2 id="rl-pools">{ "Two pools of roots" }</h2>
            if let Some(divergence) = divergence {
                <div class="rl-pools__pair">
                    { pool(report, divergence, Rule::OpenzitiNaive) }
                    { pool(report, divergence, Rule::Correct) }
                </div>
                <details class="rl-more">
                    <summary>{ "Two other rules people use" }</summary>
                    <div class="rl-pools__pair">
                        { pool(report, divergence, Rule::FirstChain) }
                        { pool(report, divergence, Rule::AllChains) }
                    </div>
                </details>
            } else {
                <p class="rl-empty">
                    { "A pool needs a bundle and a peer: give one of the sources below the role “peer”, and one the role \
                       “bundle”." }
                </p>
            }
        </section>
    }
}

fn pool(report: &Report, divergence: &Divergence, rule: Rule) -> Html {
    let Some(pool) = report.pools.iter().find(|pool| pool.peer == divergence.peer && pool.rule == rule) else {
        return Html::default();
    };
    let (name, testid) = match rule {
        Rule::OpenzitiNaive => ("naive", Some("pool-naive")),
        Rule::Correct => ("correct", Some("pool-correct")),
        Rule::FirstChain => ("first-chain", None),
        Rule::AllChains => ("all-chains", None),
    };
    html! {
        <article class="rl-pool" data-rule={name} data-testid={testid}>
            <header>
                <h3>{ words::rule(rule) }</h3>
                if let Some(words) = difference(divergence, rule) {
                    <span class="rl-label">{ words }</span>
                }
            </header>
            { anchors(report, pool, divergence) }
            <p class="rl-pool__rule">{ words::rule_explained(rule) }</p>
        </article>
    }
}

/// What this pool has that the other has not, in a few words.
fn difference(divergence: &Divergence, rule: Rule) -> Option<String> {
    match rule {
        Rule::OpenzitiNaive if divergence.naive_only.is_empty() && divergence.correct_only.is_empty() => {
            Some("same as correct".to_owned())
        }
        Rule::OpenzitiNaive if divergence.naive_only.is_empty() => None,
        Rule::OpenzitiNaive => Some([&divergence.naive_only.len().to_string(), " only here"].concat()),
        Rule::Correct if divergence.correct_only.is_empty() => None,
        Rule::Correct => Some([&divergence.correct_only.len().to_string(), " only here"].concat()),
        Rule::FirstChain | Rule::AllChains => None,
    }
}

fn anchors(report: &Report, pool: &Pool, divergence: &Divergence) -> Html {
    if pool.anchors.is_empty() {
        return html! {
            <div class="rl-anchor rl-anchor--none">
                <strong>{ "Empty: nobody gets in." }</strong>
                if let Some(reason) = &pool.empty_because {
                    <p class="rl-verbatim">{ reason }</p>
                }
            </div>
        };
    }
    html! {
        <ul class="rl-pool__anchors">{ for pool.steps.iter().map(|step| anchor(report, pool.rule, step, divergence)) }</ul>
    }
}

fn anchor(report: &Report, rule: Rule, step: &Step, divergence: &Divergence) -> Html {
    let certificate = step.anchor;
    let only = match rule {
        Rule::OpenzitiNaive if divergence.naive_only.contains(&certificate) => Some("naive-only"),
        Rule::Correct if divergence.correct_only.contains(&certificate) => Some("correct-only"),
        _ => None,
    };
    html! {
        <li key={certificate} class="rl-anchor" data-divergence={only}>
            { link(report, certificate) }
            <span class="rl-anchor__kind">{ kind(report, certificate) }</span>
            if let Some(only) = only {
                <span class="rl-label">{ if only == "naive-only" { "naive only" } else { "correct only" } }</span>
            }
            <p>{ &step.reason }</p>
        </li>
    }
}

/// Root or not: what a reader wants to know of an anchor first.
fn kind(report: &Report, certificate: usize) -> Html {
    let Some(certificate) = report.certificates.get(certificate) else { return Html::default() };
    let (path, words) = match (certificate.root_ca, certificate.is_ca) {
        (true, _) => (icon::TICK, "root CA"),
        (false, true) => (icon::CROSS, "no root: an intermediate CA"),
        (false, false) => (icon::CROSS, "no root: not even a CA"),
    };
    html! { <>{ icon::icon(path) }{ words }</> }
}

//! The naive and the correct pool of the sampled peer side by side, and the two other rules folded away.

use yew::prelude::*;

use super::certificate_link::{link, more};
use super::export_panel::{rule_name, save_button};
use super::icon;
use super::markup::{each, markup};
use super::words::{self as general, result as words};
use crate::report::{Divergence, Pool, Report, Rule, Step};

pub(crate) fn pools(report: &Report) -> Html {
    let focus = report.focus.as_deref().unwrap_or_default();
    let content = match report.divergence.iter().find(|divergence| divergence.peer == focus) {
        Some(divergence) => {
            let others = pair(report, divergence, Rule::FirstChain, Rule::AllChains);
            markup!(
                "{}{}",
                pair(report, divergence, Rule::OpenzitiNaive, Rule::Correct),
                more(words::OTHER_RULES, others),
            )
        }
        None => markup!("<p class='rl-empty'>{}</p>", words::NO_POOL),
    };
    markup!(
        "<section class='rl-section rl-pools' aria-labelledby='rl-pools'>
            <h2 id='rl-pools'>{}</h2>
            {}
        </section>",
        words::POOLS,
        content,
    )
}

fn pair(report: &Report, divergence: &Divergence, left: Rule, right: Rule) -> Html {
    markup!("<div class='rl-pools__pair'>{}{}</div>", pool(report, divergence, left), pool(report, divergence, right),)
}

fn pool(report: &Report, divergence: &Divergence, rule: Rule) -> Option<Html> {
    let pool = report.pools.iter().find(|pool| pool.peer == divergence.peer && pool.rule == rule)?;
    let name = rule_name(rule);
    let saved = (!pool.anchors.is_empty()).then(|| save_button(&words::save_pool(rule), name));
    Some(markup!(
        "<article class='rl-pool' data-rule={} data-testid={}>
            <header><h3>{}</h3>{}</header>
            {}
            <p class='rl-pool__rule'>{}</p>
            {}
        </article>",
        name,
        ["pool-", name].concat(),
        general::rule(rule),
        difference(divergence, rule).map(|words| label(&words)),
        anchors(report, pool, divergence),
        general::rule_explained(rule),
        saved,
    ))
}

fn label(words: &str) -> Html {
    markup!("<span class='rl-label'>{}</span>", words)
}

/// What this pool has that the other has not, in a few words.
fn difference(divergence: &Divergence, rule: Rule) -> Option<String> {
    match rule {
        Rule::OpenzitiNaive if divergence.naive_only.is_empty() && divergence.correct_only.is_empty() => {
            Some(words::SAME_POOL.to_owned())
        }
        Rule::OpenzitiNaive if divergence.naive_only.is_empty() => None,
        Rule::OpenzitiNaive => Some(words::only_here(divergence.naive_only.len())),
        Rule::Correct if divergence.correct_only.is_empty() => None,
        Rule::Correct => Some(words::only_here(divergence.correct_only.len())),
        Rule::FirstChain | Rule::AllChains => None,
    }
}

fn anchors(report: &Report, pool: &Pool, divergence: &Divergence) -> Html {
    if pool.anchors.is_empty() {
        let reason = pool.empty_because.as_ref();
        return markup!(
            "<div class='rl-anchor rl-anchor--none'><strong>{}</strong>{}</div>",
            words::EMPTY_POOL,
            reason.map(|reason| markup!("<p class='rl-verbatim'>{}</p>", reason)),
        );
    }
    let anchor = |step: &Step| anchor(report, pool.rule, step, divergence);
    markup!("<ul class='rl-pool__anchors'>{}</ul>", each(&pool.steps, anchor))
}

fn anchor(report: &Report, rule: Rule, step: &Step, divergence: &Divergence) -> Html {
    let certificate = step.anchor;
    let (only, words) = match rule {
        Rule::OpenzitiNaive if divergence.naive_only.contains(&certificate) => (Some("naive-only"), words::NAIVE_ONLY),
        Rule::Correct if divergence.correct_only.contains(&certificate) => (Some("correct-only"), words::CORRECT_ONLY),
        _ => (None, ""),
    };
    markup!(
        "<li key={} class='rl-anchor' data-divergence={}>
            {}
            <span class='rl-anchor__kind'>{}</span>
            {}
            <p>{}</p>
        </li>",
        certificate,
        only,
        link(report, certificate),
        kind(report, certificate),
        only.map(|_| label(words)),
        &step.reason,
    )
}

/// Root or not: what a reader wants to know of an anchor first.
fn kind(report: &Report, certificate: usize) -> Option<Html> {
    let certificate = report.certificates.get(certificate)?;
    let (path, words) = match (certificate.root_ca, certificate.is_ca) {
        (true, _) => (icon::TICK, words::ROOT),
        (false, true) => (icon::CROSS, words::NO_ROOT_BUT_CA),
        (false, false) => (icon::CROSS, words::NO_CA),
    };
    Some(markup!("{}{}", icon::icon(path), words))
}

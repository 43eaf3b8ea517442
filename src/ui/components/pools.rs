//! The naive and the correct pool of the sampled peer side by side, and the two other rules folded away.

use yew::prelude::*;

use super::certificate_link::CertificateLink;
use super::disclosure::Disclosure;
use super::save_button::SaveButton;
use crate::messages::Download;
use crate::report::{Divergence, Pool, Report, Rule, Step};
use crate::ui::icon;
use crate::ui::shared::Shared;
use crate::ui::state::Action;
use crate::ui::words::{self as general, result as words};
use crate::wording::rule_name;

#[derive(Properties, PartialEq)]
pub(crate) struct PoolsProps {
    pub(crate) report: Shared<Report>,
    pub(crate) on_action: Callback<Action>,
    pub(crate) on_download: Callback<Download>,
}

#[component]
pub(crate) fn Pools(props: &PoolsProps) -> Html {
    let PoolsProps { report, on_action, on_download } = props;
    let focus = report.focus.as_deref().unwrap_or_default();
    let divergence = report.divergence.iter().find(|divergence| divergence.peer == focus);
    let pair = |divergence: &Divergence, rules: [Rule; 2]| {
        let pools = rules.into_iter().filter_map(|rule| find_pool(report, divergence, rule));
        html! {
            <div class="rl-pools__pair">
                for pool in pools {
                    { pool_article(report, divergence, pool, on_action, on_download) }
                }
            </div>
        }
    };
    html! {
        <section class="rl-section rl-pools" aria-labelledby="rl-pools">
            <h2 id="rl-pools">{ words::POOLS }</h2>
            if let Some(divergence) = divergence {
                { pair(divergence, [Rule::OpenzitiNaive, Rule::Correct]) }
                <Disclosure summary={words::OTHER_RULES}>
                    { pair(divergence, [Rule::FirstChain, Rule::AllChains]) }
                </Disclosure>
            } else {
                <p class="rl-empty">{ words::NO_POOL }</p>
            }
        </section>
    }
}

fn find_pool<'a>(report: &'a Report, divergence: &Divergence, rule: Rule) -> Option<&'a Pool> {
    report.pools.iter().find(|pool| pool.peer == divergence.peer && pool.rule == rule)
}

fn pool_article(
    report: &Shared<Report>,
    divergence: &Divergence,
    pool: &Pool,
    on_action: &Callback<Action>,
    on_download: &Callback<Download>,
) -> Html {
    let rule = pool.rule;
    let name = rule_name(rule);
    html! {
        <article class="rl-pool" data-rule={name} data-testid={format!("pool-{name}")}>
            <header>
                <h3>{ general::rule(rule) }</h3>
                if let Some(words) = difference(divergence, rule) {
                    { label(words) }
                }
            </header>
            if pool.anchors.is_empty() {
                { empty_pool(pool) }
            } else {
                <ul class="rl-pool__anchors">
                    { for pool.steps.iter().map(|step| anchor_item(report, rule, step, divergence, on_action)) }
                </ul>
            }
            <p class="rl-pool__rule">{ general::rule_explained(rule) }</p>
            if !pool.anchors.is_empty() {
                <SaveButton label={words::save_pool(rule)} download={Download::Pool(rule)} {on_download} />
            }
        </article>
    }
}

fn label(words: impl Into<Html>) -> Html {
    html! { <span class="rl-label">{ words.into() }</span> }
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

fn empty_pool(pool: &Pool) -> Html {
    html! {
        <div class="rl-anchor rl-anchor--none">
            <strong>{ words::EMPTY_POOL }</strong>
            if let Some(reason) = &pool.empty_because {
                <p class="rl-verbatim">{ reason }</p>
            }
        </div>
    }
}

fn anchor_item(
    report: &Shared<Report>,
    rule: Rule,
    step: &Step,
    divergence: &Divergence,
    on_action: &Callback<Action>,
) -> Html {
    let certificate = step.anchor;
    let only_here = match rule {
        Rule::OpenzitiNaive if divergence.naive_only.contains(&certificate) => Some(("naive-only", words::NAIVE_ONLY)),
        Rule::Correct if divergence.correct_only.contains(&certificate) => Some(("correct-only", words::CORRECT_ONLY)),
        _ => None,
    };
    html! {
        <li key={certificate} class="rl-anchor" data-divergence={only_here.map(|(name, _)| name)}>
            <CertificateLink {report} {certificate} {on_action} />
            <span class="rl-anchor__kind">{ kind_of_anchor(report, certificate) }</span>
            if let Some((_, words)) = only_here {
                { label(words) }
            }
            <p>{ &step.reason }</p>
        </li>
    }
}

/// Root or not: what a reader wants to know of an anchor first.
fn kind_of_anchor(report: &Report, certificate: usize) -> Option<Html> {
    let certificate = report.certificates.get(certificate)?;
    let (path, words) = match (certificate.root_ca, certificate.is_ca) {
        (true, _) => (icon::TICK, words::ROOT),
        (false, true) => (icon::CROSS, words::NO_ROOT_BUT_CA),
        (false, false) => (icon::CROSS, words::NO_CA),
    };
    Some(html! { <>{ icon::icon(path) }{ words }</> })
}

//! The chains one by one, worst first: a line each that opens what there is to say of it.

use std::ops::Range;

use yew::prelude::*;

use super::certificate_link::CertificateLinks;
use super::dates::with_dates;
use super::disclosure::Disclosure;
use super::fix_box::FixBox;
use super::long_list::LongList;
use crate::messages::Download;
use crate::report::{ChainAnswer, Report};
use crate::ui::icon;
use crate::ui::shared::Shared;
use crate::ui::state::Action;
use crate::ui::words::answer as words;

/// Chains that are listed at once; the rest are folded away.
const SHOWN: usize = 8;

/// Folded chains that are shown at a time.
const AT_A_TIME: usize = 25;

#[derive(Clone, Properties, PartialEq)]
pub(crate) struct ChainAnswersProps {
    pub(crate) report: Shared<Report>,
    pub(crate) on_action: Callback<Action>,
    pub(crate) on_download: Callback<Download>,
}

/// Nothing where there is no chain.
#[component]
pub(crate) fn ChainAnswers(props: &ChainAnswersProps) -> Html {
    let chains = props.report.answer.chains.len();
    if chains == 0 {
        return Html::default();
    }
    let shown = if chains > SHOWN + 1 { SHOWN } else { chains };
    html! {
        <div class="rl-answer__chains">
            { list(props, 0..shown) }
            if shown < chains {
                <Disclosure summary={words::more_chains(chains - shown)}>
                    <LongList length={chains - shown} step={AT_A_TIME} list={others(props, shown)} />
                </Disclosure>
            }
        </div>
    }
}

/// The chains behind the first ones.
fn others(props: &ChainAnswersProps, first: usize) -> Callback<usize, Html> {
    let props = props.clone();
    Callback::from(move |shown| list(&props, first..first + shown))
}

fn list(props: &ChainAnswersProps, numbers: Range<usize>) -> Html {
    html! { <ul class="rl-chains" aria-label={words::CHAINS}>{ for numbers.map(|number| item(props, number)) }</ul> }
}

fn item(props: &ChainAnswersProps, number: usize) -> Html {
    let ChainAnswersProps { report, on_action, on_download } = props;
    let Some(chain) = report.answer.chains.get(number) else { return Html::default() };
    html! {
        <li key={chain.chain.clone()}>
            <details data-verdict={words::verdict_name(chain.verdict)}>
                <summary>{ icon::icon(icon::CHEVRON) }{ head(report, chain) }</summary>
                <div class="rl-chains__body">
                    <p>{ with_dates(&chain.sentence) }{ " " }<span>{ with_dates(&chain.detail) }</span></p>
                    <CertificateLinks {report} certificates={chain.certificates.clone()} shown={3} {on_action} />
                    <FixBox {report} chain={Some(number)} {on_download} />
                </div>
            </details>
        </li>
    }
}

fn head(report: &Report, chain: &ChainAnswer) -> Html {
    html! {
        <>
            { icon::sign(chain.verdict) }
            <strong>{ &chain.chain }</strong>
            <span>{ words::in_a_line(&report.answer, chain) }</span>
        </>
    }
}

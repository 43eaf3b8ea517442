//! What is worth knowing of a chain that is trusted: its names, and when it has to be renewed.

use yew::prelude::*;

use super::certificate_link::distinct_names;
use crate::report::{ChainAnswer, Report};
use crate::time::Timestamp;
use crate::ui::icon;
use crate::ui::shared::Shared;
use crate::ui::words::answer as words;

/// What stands before a host name or an address among a certificate's names.
const KINDS_OF_NAMES: [&str; 2] = ["DNS:", "IP:"];

#[derive(Properties, PartialEq)]
pub(crate) struct TrustedFactsProps {
    pub(crate) report: Shared<Report>,
    /// Index of the chain into the answer's chains.
    pub(crate) chain: usize,
}

#[component]
pub(crate) fn TrustedFacts(props: &TrustedFactsProps) -> Html {
    let TrustedFactsProps { report, chain } = props;
    let Some(chain) = report.answer.chains.get(*chain) else { return Html::default() };
    let names = names(report, chain);
    html! {
        <ul class="rl-ticks">
            if !names.is_empty() {
                <li>{ icon::icon(icon::TICK) }<span>{ words::valid_for(&names) }</span></li>
            }
            if let Some((at, certificates)) = end(report, chain) {
                <li>{ icon::icon(icon::CLOCK) }<span>{ renew(report, at, &certificates) }</span></li>
            }
        </ul>
    }
}

/// The host names and addresses that the leaf is made out to.
fn names<'a>(report: &'a Report, chain: &ChainAnswer) -> Vec<&'a str> {
    let names = report.certificates.get(chain.leaf).map(|leaf| leaf.subject_alt_names.as_slice()).unwrap_or_default();
    names.iter().filter_map(|name| KINDS_OF_NAMES.iter().find_map(|kind| name.strip_prefix(kind))).collect()
}

/// When a verifier stops to accept the chain, and because of which certificates. The first loss of all chains is known;
/// of a chain that lasts longer, the certificate of its path that ends first is told.
fn end(report: &Report, chain: &ChainAnswer) -> Option<(Timestamp, Vec<usize>)> {
    let first = report.first_loss.as_ref();
    if let Some(loss) = first.filter(|loss| loss.lost.iter().any(|lost| lost.client == chain.chain)) {
        return Some((loss.at, loss.certificates.clone()));
    }
    let verdicts = report.engines.iter().filter(|verdict| verdict.client == chain.chain && verdict.accepts);
    let path = verdicts.flat_map(|verdict| verdict.chains.first()).next()?;
    let certificates = path.iter().filter_map(|id| report.certificates.get(*id));
    certificates.min_by_key(|certificate| certificate.not_after).map(|first| (first.not_after, vec![first.id]))
}

fn renew(report: &Report, at: Timestamp, certificates: &[usize]) -> String {
    let names = distinct_names(report, certificates, ", ");
    words::renew_by(&at.date(), report.at.days_until(at), &names)
}

//! A certificate's name that opens its details, alone or in a list.

use yew::prelude::*;

use super::disclosure::Disclosure;
use super::long_list::LongList;
use crate::report::Report;
use crate::ui::shared::Shared;
use crate::ui::state::Action;
use crate::ui::words::result as words;

#[derive(Properties, PartialEq)]
pub(crate) struct CertificateLinkProps {
    pub(crate) report: Shared<Report>,
    /// Index into [`Report::certificates`].
    pub(crate) certificate: usize,
    /// In the middle of a sentence, which says itself what tells the certificate from others.
    #[prop_or_default]
    pub(crate) plain: bool,
    pub(crate) on_action: Callback<Action>,
}

/// A button named after a certificate.
#[component]
pub(crate) fn CertificateLink(props: &CertificateLinkProps) -> Html {
    let CertificateLinkProps { report, certificate, plain, on_action } = props;
    let certificate = *certificate;
    let onclick = on_action.reform(move |_: MouseEvent| Action::Selected(Some(certificate)));
    html! {
        <button type="button" class="rl-link" data-cert={certificate.to_string()} {onclick}>
            { name(report, certificate) }
            if let Some(digest) = report.distinguishing_digest(certificate).filter(|_| !plain) {
                { " " }<code class="rl-digest">{ digest }</code>
            }
        </button>
    }
}

#[derive(Properties, PartialEq)]
pub(crate) struct CertificateLinksProps {
    pub(crate) report: Shared<Report>,
    /// Indices into [`Report::certificates`].
    pub(crate) certificates: Vec<usize>,
    /// How many are shown at once; the others stay folded away.
    #[prop_or(usize::MAX)]
    pub(crate) shown: usize,
    pub(crate) on_action: Callback<Action>,
}

/// Folded links that are shown at a time.
const AT_A_TIME: usize = 100;

/// Links for several certificates, which the style sheet separates by commas.
#[component]
pub(crate) fn CertificateLinks(props: &CertificateLinksProps) -> Html {
    let CertificateLinksProps { report, certificates, shown, on_action } = props;
    let (first, rest) = certificates.split_at_checked(*shown).unwrap_or((certificates, &[]));
    html! {
        <>
            { links(report, first, on_action) }
            if !rest.is_empty() {
                <Disclosure summary={words::more(rest.len())}>
                    <LongList length={rest.len()} step={AT_A_TIME} list={others(report, rest, on_action)} />
                </Disclosure>
            }
        </>
    }
}

/// The links behind the first ones.
fn others(report: &Shared<Report>, rest: &[usize], on_action: &Callback<Action>) -> Callback<usize, Html> {
    let (report, rest, on_action) = (report.clone(), rest.to_vec(), on_action.clone());
    Callback::from(move |shown: usize| links(&report, rest.get(..shown).unwrap_or(&rest), &on_action))
}

fn links(report: &Shared<Report>, certificates: &[usize], on_action: &Callback<Action>) -> Html {
    html! {
        <ul class="rl-links">
            for certificate in certificates.iter().copied() {
                <li key={certificate}><CertificateLink {report} {certificate} {on_action} /></li>
            }
        </ul>
    }
}

/// The names of several certificates.
pub(crate) fn distinct_names(report: &Report, certificates: &[usize], separator: &str) -> String {
    let names: Vec<String> = certificates.iter().map(|certificate| report.distinct_name(*certificate)).collect();
    names.join(separator)
}

fn name(report: &Report, certificate: usize) -> &str {
    report.certificates.get(certificate).map(|it| it.name.as_str()).unwrap_or_default()
}

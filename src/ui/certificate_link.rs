//! A certificate's name that opens its details.

use yew::prelude::*;

use super::effect::use_act;
use super::shared::Shared;
use super::state::Action;
use crate::report::Report;

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub(crate) report: Shared<Report>,
    pub(crate) certificate: usize,
}

#[component]
pub(crate) fn CertificateLink(props: &Props) -> Html {
    let act = use_act();
    let certificate = props.certificate;
    html! {
        <button type="button" class="rl-link" data-cert={certificate.to_string()}
            onclick={act.reform(move |_| Action::Selected(Some(certificate)))}>
            { name(&props.report, certificate) }
            if let Some(digest) = distinction(&props.report, certificate) {
                { " " }<code class="rl-digest">{ digest }</code>
            }
        </button>
    }
}

/// Links for several certificates, separated by commas; beyond `shown` they stay folded away.
pub(crate) fn links(report: &Shared<Report>, certificates: &[usize], shown: usize) -> Html {
    let item = |&certificate: &usize| {
        html! { <li key={certificate}><CertificateLink {report} {certificate} /></li> }
    };
    let (first, rest) = certificates.split_at_checked(shown).unwrap_or((certificates, &[]));
    html! {
        <>
            <ul class="rl-links">{ for first.iter().map(item) }</ul>
            if !rest.is_empty() {
                <details class="rl-more">
                    <summary>{ ["and ", &rest.len().to_string(), " more"].concat() }</summary>
                    <ul class="rl-links">{ for rest.iter().map(item) }</ul>
                </details>
            }
        </>
    }
}

/// The beginning of the fingerprint, where another certificate has the same name.
fn distinction(report: &Report, certificate: usize) -> Option<&str> {
    const SHOWN_DIGITS: usize = 8;
    let this = report.certificates.get(certificate)?;
    let mut others = report.certificates.iter().filter(|other| other.id != certificate);
    let ambiguous = others.any(|other| other.name == this.name);
    ambiguous.then(|| this.sha256.get(..SHOWN_DIGITS)).flatten()
}

/// The name of a certificate of the report.
pub(crate) fn name(report: &Report, certificate: usize) -> String {
    report.certificates.get(certificate).map(|it| it.name.clone()).unwrap_or_default()
}

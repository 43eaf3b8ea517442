//! A certificate's name that opens its details.

use wasm_bindgen::JsCast;
use web_sys::Element;
use yew::prelude::*;

use crate::report::Report;

/// The attribute by which any element names a certificate.
const ATTRIBUTE: &str = "data-cert";

/// A button named after a certificate. It has no handler of its own: see [`named`].
pub(crate) fn link(report: &Report, certificate: usize) -> Html {
    html! {
        <button type="button" class="rl-link" data-cert={certificate.to_string()}>
            { name(report, certificate) }
            if let Some(digest) = distinction(report, certificate) {
                { " " }<code class="rl-digest">{ digest }</code>
            }
        </button>
    }
}

/// The certificate that the clicked element or one around it names: one handler for the whole page opens its details.
pub(crate) fn named(event: &MouseEvent) -> Option<usize> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    target.closest(&["[", ATTRIBUTE, "]"].concat()).ok()??.get_attribute(ATTRIBUTE)?.parse().ok()
}

/// Links for several certificates, separated by commas; beyond `shown` they stay folded away.
pub(crate) fn links(report: &Report, certificates: &[usize], shown: usize) -> Html {
    let item = |&certificate: &usize| {
        html! { <li key={certificate}>{ link(report, certificate) }</li> }
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

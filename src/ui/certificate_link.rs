//! A certificate's name that opens its details.

use web_sys::Element;
use yew::prelude::*;

use super::browser;
use super::markup::{each, markup};
use super::words::result as words;
use crate::report::Report;

/// The attribute by which any element names a certificate.
const ATTRIBUTE: &str = "data-cert";

/// A button named after a certificate. It has no handler of its own: see [`named`].
pub(crate) fn link(report: &Report, certificate: usize) -> Html {
    markup!(
        "<button type='button' class='rl-link' data-cert={}>{}{}</button>",
        certificate,
        name(report, certificate),
        report.distinguishing_digest(certificate).map(|digest| markup!(" <code class='rl-digest'>{}</code>", digest)),
    )
}

/// The certificate that the clicked element or one around it names: one handler for the whole page opens its details.
pub(crate) fn named(event: &Event) -> Option<usize> {
    browser::target::<Element>(event)?
        .closest(&["[", ATTRIBUTE, "]"].concat())
        .ok()??
        .get_attribute(ATTRIBUTE)?
        .parse()
        .ok()
}

/// Links for several certificates, separated by commas; beyond `shown` they stay folded away.
pub(crate) fn links(report: &Report, certificates: &[usize], shown: usize) -> Html {
    let (first, rest) = certificates.split_at_checked(shown).unwrap_or((certificates, &[]));
    let folded = (!rest.is_empty()).then(|| more(&words::more(rest.len()), items(report, rest)));
    markup!("{}{}", items(report, first), folded)
}

fn items(report: &Report, certificates: &[usize]) -> Html {
    let item = |certificate: &usize| markup!("<li key={}>{}</li>", *certificate, link(report, *certificate));
    markup!("<ul class='rl-links'>{}</ul>", each(certificates, item))
}

/// What stays folded away below a line that says what it is.
pub(crate) fn more(summary: &str, content: Html) -> Html {
    markup!("<details class='rl-more'><summary>{}</summary>{}</details>", summary, content)
}

/// The name of a certificate of the report.
pub(crate) fn name(report: &Report, certificate: usize) -> &str {
    report.certificates.get(certificate).map(|it| it.name.as_str()).unwrap_or_default()
}

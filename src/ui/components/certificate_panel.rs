//! Everything a certificate says, in a sheet beside the page: it does not trap the focus.

use yew::prelude::*;

use super::certificate_link::{CertificateLink, CertificateLinks};
use super::copy_button::CopyButton;
use super::disclosure::Disclosure;
use super::save_button::SaveButton;
use crate::messages::Download;
use crate::report::{Certificate, Edge, Place, Report, Validity};
use crate::ui::icon;
use crate::ui::shared::Shared;
use crate::ui::state::Action;
use crate::ui::words::{self as general, certificate as words};

/// The id of the heading, which gets the focus when the sheet opens.
pub(crate) const TITLE_ID: &str = "rl-certificate-title";

/// Certificates named at once as issuers or issued; the rest are folded away.
const SHOWN_RELATIVES: usize = 8;

#[derive(Properties, PartialEq)]
pub(crate) struct CertificatePanelProps {
    pub(crate) report: Shared<Report>,
    /// Index into [`Report::certificates`]; without such a certificate there is no sheet.
    pub(crate) certificate: usize,
    pub(crate) on_action: Callback<Action>,
    pub(crate) on_download: Callback<Download>,
}

#[component]
pub(crate) fn CertificatePanel(props: &CertificatePanelProps) -> Html {
    let CertificatePanelProps { report, certificate, on_action, on_download } = props;
    let Some(certificate) = report.certificates.get(*certificate) else { return Html::default() };
    html! {
        <aside class="rl-sheet" data-testid="certificate" aria-labelledby={TITLE_ID}>
            <header class="rl-sheet__header">
                <div>
                    <p class="rl-sheet__kind">{ kind_of_certificate(certificate) }</p>
                    <h2 id={TITLE_ID} tabindex="-1">{ &certificate.name }</h2>
                </div>
                <button type="button" class="rl-button rl-button--icon" aria-label={words::CLOSE}
                    onclick={on_action.reform(|_: MouseEvent| Action::Selected(None))}>
                    { icon::icon(icon::CROSS) }
                </button>
            </header>
            // Another certificate begins at the top, with everything folded away.
            <div class="rl-sheet__body" key={certificate.id}>
                { standing(certificate) }
                { relatives(report, certificate, on_action) }
                { identity(certificate) }
                { constraints(certificate) }
                { identifiers(certificate) }
                { pointers(certificate) }
                { places(certificate) }
                { pem(certificate, on_download) }
            </div>
        </aside>
    }
}

fn kind_of_certificate(certificate: &Certificate) -> &'static str {
    match (certificate.root_ca, certificate.is_ca, certificate.self_issued) {
        (true, _, _) => words::ROOT,
        (false, true, true) => words::SELF_ISSUED,
        (false, true, false) => words::INTERMEDIATE,
        (false, false, _) => words::END_ENTITY,
    }
}

fn row(term: &str, value: Html) -> Html {
    html! { <div><dt>{ term }</dt><dd>{ value }</dd></div> }
}

fn text_row(term: &str, value: &str) -> Html {
    row(term, html! { <span class="rl-break">{ value }</span> })
}

/// One line per value; no row without values.
fn list_row(term: &str, values: &[String]) -> Html {
    if values.is_empty() {
        return Html::default();
    }
    plain_list_row(term, html! { for value in values { <li class="rl-break">{ value }</li> } })
}

fn plain_list_row(term: &str, items: Html) -> Html {
    row(term, html! { <ul class="rl-plain">{ items }</ul> })
}

fn octets_row(term: &str, hex: &str) -> Html {
    row(term, octets(hex))
}

fn octets(hex: &str) -> Html {
    html! { <code class="rl-break">{ general::colons(hex) }</code> }
}

fn copied_row(term: &str, hex: &str) -> Html {
    let copied = html! {
        <div class="rl-copied">
            { octets(hex) }
            <CopyButton text={hex.to_owned()} label={words::copy(term)} compact={true} />
        </div>
    };
    row(term, copied)
}

/// How it stands at the as-of date, and whether it signed itself.
fn standing(certificate: &Certificate) -> Html {
    let path = match certificate.validity {
        Validity::Valid => icon::TICK,
        Validity::Expired | Validity::NotYetValid => icon::WARNING,
    };
    let validity = html! {
        <>
            <strong class="rl-standing">
                { icon::icon(path) }{ general::validity(certificate.validity, certificate.days_left) }
            </strong>
            <span>{ general::instant(certificate.not_before) }{ words::UNTIL }</span>
            <span>{ general::instant(certificate.not_after) }</span>
        </>
    };
    html! {
        <dl class="rl-facts">
            { row(words::VALIDITY, validity) }
            { text_row(words::SELF_SIGNED, words::self_signed(certificate.self_issued, certificate.self_signed)) }
            if let Some(reason) = &certificate.not_root_because {
                { text_row(words::NO_ROOT, reason) }
            }
        </dl>
    }
}

/// Issuers, what it issued, and the other certificates of the same CA.
fn relatives(report: &Shared<Report>, certificate: &Certificate, on_action: &Callback<Action>) -> Html {
    let id = certificate.id;
    let issuers = report.edges.iter().filter(|edge| edge.subject == id);
    let issuers: Vec<Html> = issuers.map(|edge| issuer(report, edge, on_action)).collect();
    let issued = report.edges.iter().filter(|edge| edge.issuer == id && edge.subject != id);
    let issued: Vec<usize> = issued.map(|edge| edge.subject).collect();
    let same_ca = report.cas.get(certificate.ca).map(|ca| ca.certificates.as_slice()).unwrap_or_default();
    let siblings: Vec<usize> = same_ca.iter().copied().filter(|&sibling| sibling != id).collect();
    let links_row = |term: &str, certificates: Vec<usize>| {
        row(term, html! { <CertificateLinks {report} {certificates} shown={SHOWN_RELATIVES} {on_action} /> })
    };
    html! {
        <dl class="rl-facts">
            if issuers.is_empty() {
                { row(words::ISSUED_BY, html! { <span>{ words::issuer_absent(&certificate.issuer) }</span> }) }
            } else {
                { plain_list_row(words::ISSUED_BY, issuers.into_iter().collect()) }
            }
            if !issued.is_empty() {
                { links_row(words::ISSUED, issued) }
            }
            if !siblings.is_empty() {
                { links_row(words::SAME_CA, siblings) }
            }
        </dl>
    }
}

/// An issuer with the evidence for it.
fn issuer(report: &Shared<Report>, edge: &Edge, on_action: &Callback<Action>) -> Html {
    html! {
        <li key={edge.issuer}>
            if edge.issuer == edge.subject {
                <span>{ words::ITSELF }</span>
            } else {
                <CertificateLink {report} certificate={edge.issuer} {on_action} />
            }
            <small class="rl-evidence">{ words::evidence(edge) }</small>
        </li>
    }
}

fn identity(certificate: &Certificate) -> Html {
    html! {
        <dl class="rl-facts">
            { text_row(words::SUBJECT, &certificate.subject) }
            { text_row(words::ISSUER, &certificate.issuer) }
            { list_row(words::NAMES, &certificate.subject_alt_names) }
            { octets_row(words::SERIAL, &certificate.serial) }
            { text_row(words::KEY, &certificate.key) }
            { text_row(words::SIGNATURE, &certificate.signature_algorithm) }
            { text_row(words::VERSION, &certificate.version.to_string()) }
        </dl>
    }
}

fn constraints(certificate: &Certificate) -> Html {
    let basic = certificate.basic_constraints.as_deref().unwrap_or(words::ABSENT);
    let usage = |bits: &Option<Vec<String>>| match bits {
        Some(bits) => bits.join(", "),
        None => words::ABSENT_ANY.to_owned(),
    };
    html! {
        <dl class="rl-facts">
            { text_row(words::BASIC_CONSTRAINTS, basic) }
            { text_row(words::KEY_USAGE, &usage(&certificate.key_usage)) }
            { text_row(words::EXTENDED_KEY_USAGE, &usage(&certificate.extended_key_usage)) }
            { list_row(words::PERMITTED_NAMES, &certificate.permitted_names) }
            { list_row(words::EXCLUDED_NAMES, &certificate.excluded_names) }
            { list_row(words::POLICIES, &certificate.policies) }
            { list_row(words::UNKNOWN_CRITICAL, &certificate.unknown_critical) }
        </dl>
    }
}

fn identifiers(certificate: &Certificate) -> Html {
    let key_id = |term: &str, id: &Option<String>| match id {
        Some(id) => octets_row(term, id),
        None => text_row(term, words::ABSENT),
    };
    html! {
        <dl class="rl-facts">
            { copied_row(words::SHA256, &certificate.sha256) }
            { copied_row(words::SHA1, &certificate.sha1) }
            { copied_row(words::KEY_SHA256, &certificate.key_sha256) }
            { key_id(words::SUBJECT_KEY_ID, &certificate.subject_key_id) }
            { key_id(words::AUTHORITY_KEY_ID, &certificate.authority_key_id) }
        </dl>
    }
}

fn pointers(certificate: &Certificate) -> Html {
    html! {
        <dl class="rl-facts">
            { list_row(words::AUTHORITY_INFO, &certificate.authority_info_access) }
            { list_row(words::CRLS, &certificate.crl_urls) }
            { list_row(words::EXTENSIONS, &certificate.extensions) }
        </dl>
    }
}

fn places(certificate: &Certificate) -> Html {
    let places = certificate.places.iter().map(place).collect();
    html! { <dl class="rl-facts">{ plain_list_row(words::FOUND_IN, places) }</dl> }
}

fn place(place: &Place) -> Html {
    html! {
        <li>
            <span class="rl-break">{ &place.source }</span>{ words::AT_LINE }{ place.line }
            <small>{ general::result::bytes(place.start, place.end) }</small>
            if !place.repairs.is_empty() {
                <small class="rl-evidence">{ words::MENDED }{ place.repairs.join(", ") }</small>
            }
        </li>
    }
}

fn pem(certificate: &Certificate, on_download: &Callback<Download>) -> Html {
    html! {
        <div class="rl-pem">
            <CopyButton text={certificate.pem.clone()} label={words::COPY_PEM} />
            <SaveButton label={general::share::SAVE_PEM} download={Download::Certificate(certificate.id)}
                {on_download} />
            <Disclosure summary={words::PEM}><pre tabindex="0">{ &certificate.pem }</pre></Disclosure>
        </div>
    }
}

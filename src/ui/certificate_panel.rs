//! Everything a certificate says, in a sheet beside the page: it does not trap the focus, Escape closes it, and the
//! focus goes back to where it came from.

use yew::prelude::*;

use super::certificate_link::{link, links};
use super::copy_button::CopyButton;
use super::effect::use_escape;
use super::shared::Shared;
use super::sources::bytes;
use super::state::Action;
use super::{browser, icon, words};
use crate::report::{Certificate, Edge, KeyIds, Names, Place, Report, Signature, Validity};

const TITLE_ID: &str = "rl-certificate-title";

/// Certificates named at once as issuers or issued; the rest are folded away.
const SHOWN: usize = 8;

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub(crate) report: Shared<Report>,
    pub(crate) certificate: usize,
    pub(crate) act: Callback<Action>,
}

#[component]
pub(crate) fn CertificatePanel(props: &Props) -> Html {
    use_returning_focus();
    use_effect_with(props.certificate, |_| browser::focus_id(TITLE_ID));
    let close = use_callback(props.act.clone(), |(), act| act.emit(Action::Selected(None)));
    use_escape(close.clone());
    let Some(certificate) = props.report.certificates.get(props.certificate) else { return Html::default() };
    html! {
        <aside class="rl-sheet" data-testid="certificate" aria-labelledby={TITLE_ID}>
            <header class="rl-sheet__header">
                <div>
                    <p class="rl-sheet__kind">{ kind(certificate) }</p>
                    <h2 id={TITLE_ID} tabindex="-1">{ &certificate.name }</h2>
                </div>
                <button type="button" class="rl-button rl-button--icon" aria-label="Close the details"
                    onclick={close.reform(|_: MouseEvent| ())}>{ icon::icon(icon::CROSS) }</button>
            </header>
            <div class="rl-sheet__body" key={props.certificate}>
                { standing(certificate) }
                { family(&props.report, certificate) }
                { identity(certificate) }
                { constraints(certificate) }
                { identifiers(certificate) }
                { pointers(certificate) }
                { places(certificate) }
                { pem(certificate) }
            </div>
        </aside>
    }
}

/// Gives the focus back to the element that had it before the sheet opened.
#[hook]
fn use_returning_focus() {
    use_effect_with((), |()| {
        let before = browser::focused();
        move || {
            if let Some(element) = before.filter(|element| element.is_connected()) {
                browser::focus(&element);
            }
        }
    });
}

fn kind(certificate: &Certificate) -> &'static str {
    match (certificate.root_ca, certificate.is_ca, certificate.self_issued) {
        (true, _, _) => "root CA",
        (false, true, true) => "self-issued CA",
        (false, true, false) => "intermediate CA",
        (false, false, _) => "end entity",
    }
}

/// A row of a definition list; nothing for nothing.
fn row(term: &'static str, value: Html) -> Html {
    html! { <div><dt>{ term }</dt><dd>{ value }</dd></div> }
}

fn text_row(term: &'static str, value: &str) -> Html {
    row(term, html! { <span class="rl-break">{ value }</span> })
}

/// One line per value; no row without values.
fn list_row(term: &'static str, values: &[String]) -> Html {
    if values.is_empty() {
        return Html::default();
    }
    let items = values.iter().map(|value| html! { <li class="rl-break">{ value }</li> });
    row(term, html! { <ul class="rl-plain">{ for items }</ul> })
}

fn copied_row(term: &'static str, value: &str) -> Html {
    let value = value.to_owned();
    row(
        term,
        html! {
            <div class="rl-copied">
                <code class="rl-break">{ words::colons(&value) }</code>
                <CopyButton text={value} label={["Copy ", term].concat()} compact=true />
            </div>
        },
    )
}

fn standing(certificate: &Certificate) -> Html {
    let path = match certificate.validity {
        Validity::Valid => icon::TICK,
        Validity::Expired | Validity::NotYetValid => icon::WARNING,
    };
    let self_signed = match (certificate.self_issued, certificate.self_signed) {
        (_, Some(true)) => "yes, its own key verifies its signature",
        (true, Some(false)) => "no: it names itself as issuer, but its key does not verify the signature",
        (false, Some(false)) => "no",
        (_, None) => "not known: the algorithm could not be checked",
    };
    html! {
        <dl class="rl-facts">
            { row("Validity", html! {
                <>
                    <strong class="rl-standing">
                        { icon::icon(path) }{ words::validity(certificate.validity, certificate.days_left) }
                    </strong>
                    <span>{ words::instant(&certificate.not_before) }{ " to " }</span>
                    <span>{ words::instant(&certificate.not_after) }</span>
                </>
            }) }
            { text_row("Self-signed", self_signed) }
            if let Some(reason) = &certificate.not_root_because {
                { text_row("No root CA", reason) }
            }
        </dl>
    }
}

/// Issuers, what it issued, and the other certificates of the same CA.
fn family(report: &Report, certificate: &Certificate) -> Html {
    let id = certificate.id;
    let issuers: Vec<&Edge> = report.edges.iter().filter(|edge| edge.subject == id).collect();
    let issued: Vec<usize> =
        report.edges.iter().filter(|edge| edge.issuer == id && edge.subject != id).map(|edge| edge.subject).collect();
    let ca = report.cas.get(certificate.ca).map(|ca| ca.certificates.as_slice()).unwrap_or_default();
    let siblings: Vec<usize> = ca.iter().copied().filter(|&sibling| sibling != id).collect();
    html! {
        <dl class="rl-facts">
            { row("Issued by", html! {
                if issuers.is_empty() {
                    <span>{ &certificate.issuer }{ ", which is not among these files" }</span>
                } else {
                    <ul class="rl-plain">{ for issuers.iter().map(|edge| issuer(report, edge)) }</ul>
                }
            }) }
            if !issued.is_empty() {
                { row("Issued", links(report, &issued, SHOWN)) }
            }
            if !siblings.is_empty() {
                { row("Same name and key", links(report, &siblings, SHOWN)) }
            }
        </dl>
    }
}

/// An issuer with the evidence for it.
fn issuer(report: &Report, edge: &Edge) -> Html {
    html! {
        <li key={edge.issuer}>
            if edge.issuer == edge.subject {
                <span>{ "itself" }</span>
            } else {
                { link(report, edge.issuer) }
            }
            <small class="rl-evidence">{ evidence(edge) }</small>
        </li>
    }
}

fn evidence(edge: &Edge) -> String {
    let signature = match edge.signature {
        Signature::Valid => "signature verified",
        Signature::Invalid => "signature fails",
        Signature::Unsupported => "signature not checked: algorithm not supported",
        Signature::Unchecked => "signature not checked: too many candidates",
    };
    let names = match edge.names {
        Names::Identical => "names identical",
        Names::Equivalent => "names equal, but not byte for byte",
        Names::Different => "names differ",
    };
    let key_ids = match edge.key_ids {
        KeyIds::Match => "key ids match",
        KeyIds::Mismatch => "key ids do not match",
        KeyIds::Absent => "no key ids to compare",
    };
    [signature, names, key_ids].join("; ")
}

fn identity(certificate: &Certificate) -> Html {
    html! {
        <dl class="rl-facts">
            { text_row("Subject", &certificate.subject) }
            { text_row("Issuer", &certificate.issuer) }
            { list_row("Names", &certificate.subject_alt_names) }
            { row("Serial", html! { <code class="rl-break">{ words::colons(&certificate.serial) }</code> }) }
            { text_row("Key", &certificate.key) }
            { text_row("Signature", &certificate.signature_algorithm) }
            { text_row("Version", &certificate.version.to_string()) }
        </dl>
    }
}

fn constraints(certificate: &Certificate) -> Html {
    let basic = certificate.basic_constraints.as_deref().unwrap_or("absent");
    let usage = |bits: &Option<Vec<String>>| bits.as_ref().map_or("absent: any".to_owned(), |bits| bits.join(", "));
    html! {
        <dl class="rl-facts">
            { text_row("Basic constraints", basic) }
            { text_row("Key usage", &usage(&certificate.key_usage)) }
            { text_row("Extended key usage", &usage(&certificate.extended_key_usage)) }
            { list_row("Permitted names", &certificate.permitted_names) }
            { list_row("Excluded names", &certificate.excluded_names) }
            { list_row("Policies", &certificate.policies) }
            { list_row("Unknown critical extensions", &certificate.unknown_critical) }
        </dl>
    }
}

fn identifiers(certificate: &Certificate) -> Html {
    let key_id = |term: &'static str, id: &Option<String>| match id {
        Some(id) => row(term, html! { <code class="rl-break">{ words::colons(id) }</code> }),
        None => text_row(term, "absent"),
    };
    html! {
        <dl class="rl-facts">
            { copied_row("SHA-256", &certificate.sha256) }
            { copied_row("SHA-1", &certificate.sha1) }
            { copied_row("SHA-256 of the key", &certificate.key_sha256) }
            { key_id("Subject key id", &certificate.subject_key_id) }
            { key_id("Authority key id", &certificate.authority_key_id) }
        </dl>
    }
}

fn pointers(certificate: &Certificate) -> Html {
    html! {
        <dl class="rl-facts">
            { list_row("Authority information (never fetched)", &certificate.authority_info_access) }
            { list_row("Revocation lists (never fetched)", &certificate.crl_urls) }
            { list_row("All extensions", &certificate.extensions) }
        </dl>
    }
}

fn places(certificate: &Certificate) -> Html {
    let place = |place: &Place| {
        html! {
            <li>
                <span class="rl-break">{ &place.source }</span>
                { ", line " }{ place.line }
                <small>{ bytes(place.start, place.end) }</small>
                if !place.repairs.is_empty() {
                    <small class="rl-evidence">{ "mended: " }{ place.repairs.join(", ") }</small>
                }
            </li>
        }
    };
    html! {
        <dl class="rl-facts">
            { row("Found in", html! { <ul class="rl-plain">{ for certificate.places.iter().map(place) }</ul> }) }
        </dl>
    }
}

fn pem(certificate: &Certificate) -> Html {
    html! {
        <div class="rl-pem">
            <CopyButton text={certificate.pem.clone()} label="Copy PEM" compact=false />
            <details class="rl-more">
                <summary>{ "PEM" }</summary>
                <pre tabindex="0">{ &certificate.pem }</pre>
            </details>
        </div>
    }
}

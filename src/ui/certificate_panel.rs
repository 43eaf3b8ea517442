//! Everything a certificate says, in a sheet beside the page: it does not trap the focus.

use yew::prelude::*;

use super::certificate_link::{link, links, more};
use super::copy_button::copy_button;
use super::effect::does;
use super::export_panel::save_button;
use super::markup::{each, markup};
use super::sources::bytes;
use super::state::Action;
use super::{icon, words};
use crate::collection::Gather as _;
use crate::report::{Certificate, Edge, KeyIds, Names, Place, Report, Signature, Validity};

/// The id of the heading, which gets the focus; see `effect::Reader`.
pub(crate) const TITLE_ID: &str = "rl-certificate-title";

/// Certificates named at once as issuers or issued; the rest are folded away.
const SHOWN: usize = 8;

pub(crate) fn certificate_panel(report: &Report, certificate: usize, act: &Callback<Action>) -> Option<Html> {
    let certificate = report.certificates.get(certificate)?;
    Some(markup!(
        "<aside class='rl-sheet' data-testid='certificate' aria-labelledby={}>
            <header class='rl-sheet__header'>
                <div>
                    <p class='rl-sheet__kind'>{}</p>
                    <h2 id={} tabindex='-1'>{}</h2>
                </div>
                <button type='button' class='rl-button rl-button--icon' aria-label='Close the details' onclick={}>
                    {}
                </button>
            </header>
            <div class='rl-sheet__body' key={}>{}{}{}{}{}{}{}{}</div>
        </aside>",
        TITLE_ID,
        kind(certificate),
        TITLE_ID,
        &certificate.name,
        does(act, Action::Selected(None)),
        icon::icon(icon::CROSS),
        certificate.id,
        standing(certificate),
        family(report, certificate),
        facts(identity(certificate)),
        facts(constraints(certificate)),
        facts(identifiers(certificate)),
        facts(pointers(certificate)),
        places(certificate),
        pem(certificate),
    ))
}

fn kind(certificate: &Certificate) -> &'static str {
    match (certificate.root_ca, certificate.is_ca, certificate.self_issued) {
        (true, _, _) => "root CA",
        (false, true, true) => "self-issued CA",
        (false, true, false) => "intermediate CA",
        (false, false, _) => "end entity",
    }
}

/// Rows of a definition list.
fn facts(rows: Vec<Html>) -> Html {
    markup!("<dl class='rl-facts'>{}</dl>", rows)
}

fn row(term: &str, value: Html) -> Html {
    markup!("<div><dt>{}</dt><dd>{}</dd></div>", term, value)
}

fn text_row(term: &str, value: &str) -> Html {
    row(term, markup!("<span class='rl-break'>{}</span>", value))
}

/// One line per value; no row without values.
fn list_row(term: &str, values: &[String]) -> Html {
    if values.is_empty() {
        return Html::default();
    }
    plain_row(term, each(values, |value| markup!("<li class='rl-break'>{}</li>", value)))
}

fn plain_row(term: &str, items: Vec<Html>) -> Html {
    row(term, markup!("<ul class='rl-plain'>{}</ul>", items))
}

fn octets_row(term: &str, hex: &str) -> Html {
    row(term, octets(hex))
}

fn octets(hex: &str) -> Html {
    markup!("<code class='rl-break'>{}</code>", words::colons(hex))
}

fn copied_row(term: &str, hex: &str) -> Html {
    let copy = copy_button(hex, &["Copy ", term].concat(), true);
    row(term, markup!("<div class='rl-copied'>{}{}</div>", octets(hex), copy))
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
    let validity = markup!(
        "<strong class='rl-standing'>{}{}</strong><span>{} to </span><span>{}</span>",
        icon::icon(path),
        words::validity(certificate.validity, certificate.days_left),
        words::instant(&certificate.not_before),
        words::instant(&certificate.not_after),
    );
    let no_root = certificate.not_root_because.as_ref().map(|reason| text_row("No root CA", reason));
    let rows = [row("Validity", validity), text_row("Self-signed", self_signed)];
    facts(rows.into_iter().chain(no_root).gather())
}

/// Issuers, what it issued, and the other certificates of the same CA.
fn family(report: &Report, certificate: &Certificate) -> Html {
    let id = certificate.id;
    let (mut issuers, mut issued) = (Vec::new(), Vec::new());
    for edge in &report.edges {
        if edge.subject == id {
            issuers.push(issuer(report, edge));
        } else if edge.issuer == id {
            issued.push(edge.subject);
        }
    }
    let ca = report.cas.get(certificate.ca).map(|ca| ca.certificates.as_slice()).unwrap_or_default();
    let siblings: Vec<usize> = ca.iter().copied().filter(|&sibling| sibling != id).gather();
    let mut rows = Vec::new();
    if issuers.is_empty() {
        let absent = markup!("<span>{}, which is not among these files</span>", &certificate.issuer);
        rows.push(row("Issued by", absent));
    } else {
        rows.push(plain_row("Issued by", issuers));
    }
    for (term, relatives) in [("Issued", issued), ("Same name and key", siblings)] {
        if !relatives.is_empty() {
            rows.push(row(term, links(report, &relatives, SHOWN)));
        }
    }
    facts(rows)
}

/// An issuer with the evidence for it.
fn issuer(report: &Report, edge: &Edge) -> Html {
    let name = if edge.issuer == edge.subject { markup!("<span>itself</span>") } else { link(report, edge.issuer) };
    markup!("<li key={}>{}<small class='rl-evidence'>{}</small></li>", edge.issuer, name, evidence(edge))
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

fn identity(certificate: &Certificate) -> Vec<Html> {
    vec![
        text_row("Subject", &certificate.subject),
        text_row("Issuer", &certificate.issuer),
        list_row("Names", &certificate.subject_alt_names),
        octets_row("Serial", &certificate.serial),
        text_row("Key", &certificate.key),
        text_row("Signature", &certificate.signature_algorithm),
        text_row("Version", &certificate.version.to_string()),
    ]
}

fn constraints(certificate: &Certificate) -> Vec<Html> {
    let basic = certificate.basic_constraints.as_deref().unwrap_or("absent");
    let usage = |bits: &Option<Vec<String>>| bits.as_ref().map_or("absent: any".to_owned(), |bits| bits.join(", "));
    vec![
        text_row("Basic constraints", basic),
        text_row("Key usage", &usage(&certificate.key_usage)),
        text_row("Extended key usage", &usage(&certificate.extended_key_usage)),
        list_row("Permitted names", &certificate.permitted_names),
        list_row("Excluded names", &certificate.excluded_names),
        list_row("Policies", &certificate.policies),
        list_row("Unknown critical extensions", &certificate.unknown_critical),
    ]
}

fn identifiers(certificate: &Certificate) -> Vec<Html> {
    let key_id = |term: &str, id: &Option<String>| match id {
        Some(id) => octets_row(term, id),
        None => text_row(term, "absent"),
    };
    vec![
        copied_row("SHA-256", &certificate.sha256),
        copied_row("SHA-1", &certificate.sha1),
        copied_row("SHA-256 of the key", &certificate.key_sha256),
        key_id("Subject key id", &certificate.subject_key_id),
        key_id("Authority key id", &certificate.authority_key_id),
    ]
}

fn pointers(certificate: &Certificate) -> Vec<Html> {
    vec![
        list_row("Authority information (never fetched)", &certificate.authority_info_access),
        list_row("Revocation lists (never fetched)", &certificate.crl_urls),
        list_row("All extensions", &certificate.extensions),
    ]
}

fn places(certificate: &Certificate) -> Html {
    let mended = |place: &Place| {
        let repairs = place.repairs.join(", ");
        (!repairs.is_empty()).then(|| markup!("<small class='rl-evidence'>mended: {}</small>", repairs))
    };
    let place = |place: &Place| {
        markup!(
            "<li><span class='rl-break'>{}</span>, line {}<small>{}</small>{}</li>",
            &place.source,
            place.line,
            bytes(place.start, place.end),
            mended(place),
        )
    };
    facts(vec![plain_row("Found in", each(&certificate.places, place))])
}

fn pem(certificate: &Certificate) -> Html {
    markup!(
        "<div class='rl-pem'>{}{}{}</div>",
        copy_button(&certificate.pem, "Copy PEM", false),
        save_button(words::SAVE_PEM, &certificate.id.to_string()),
        more("PEM", markup!("<pre tabindex='0'>{}</pre>", &certificate.pem)),
    )
}

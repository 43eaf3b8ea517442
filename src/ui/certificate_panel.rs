//! Everything a certificate says, in a sheet beside the page: it does not trap the focus.

use yew::prelude::*;

use super::certificate_link::{link, links, more};
use super::copy_button::copy_button;
use super::effect::does;
use super::export_panel::save_button;
use super::icon;
use super::markup::{each, markup};
use super::state::Action;
use super::words::certificate as words;
use crate::report::{Certificate, Edge, Place, Report, Validity};

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
                <button type='button' class='rl-button rl-button--icon' aria-label={} onclick={}>
                    {}
                </button>
            </header>
            <div class='rl-sheet__body' key={}>{}{}{}{}{}{}{}{}</div>
        </aside>",
        TITLE_ID,
        kind(certificate),
        TITLE_ID,
        &certificate.name,
        words::CLOSE,
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
        (true, _, _) => words::ROOT,
        (false, true, true) => words::SELF_ISSUED,
        (false, true, false) => words::INTERMEDIATE,
        (false, false, _) => words::END_ENTITY,
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
    markup!("<code class='rl-break'>{}</code>", super::words::colons(hex))
}

fn copied_row(term: &str, hex: &str) -> Html {
    let copy = copy_button(hex, &words::copy(term), true);
    row(term, markup!("<div class='rl-copied'>{}{}</div>", octets(hex), copy))
}

fn standing(certificate: &Certificate) -> Html {
    let path = match certificate.validity {
        Validity::Valid => icon::TICK,
        Validity::Expired | Validity::NotYetValid => icon::WARNING,
    };
    let self_signed = words::self_signed(certificate.self_issued, certificate.self_signed);
    let validity = markup!(
        "<strong class='rl-standing'>{}{}</strong><span>{}{}</span><span>{}</span>",
        icon::icon(path),
        super::words::validity(certificate.validity, certificate.days_left),
        super::words::instant(certificate.not_before),
        words::UNTIL,
        super::words::instant(certificate.not_after),
    );
    let no_root = certificate.not_root_because.as_ref().map(|reason| text_row(words::NO_ROOT, reason));
    let rows = [row(words::VALIDITY, validity), text_row(words::SELF_SIGNED, self_signed)];
    facts(rows.into_iter().chain(no_root).collect())
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
    let siblings: Vec<usize> = ca.iter().copied().filter(|&sibling| sibling != id).collect();
    let mut rows = Vec::new();
    if issuers.is_empty() {
        let absent = markup!("<span>{}</span>", words::issuer_absent(&certificate.issuer));
        rows.push(row(words::ISSUED_BY, absent));
    } else {
        rows.push(plain_row(words::ISSUED_BY, issuers));
    }
    for (term, relatives) in [(words::ISSUED, issued), (words::SAME_CA, siblings)] {
        if !relatives.is_empty() {
            rows.push(row(term, links(report, &relatives, SHOWN)));
        }
    }
    facts(rows)
}

/// An issuer with the evidence for it.
fn issuer(report: &Report, edge: &Edge) -> Html {
    let name =
        if edge.issuer == edge.subject { markup!("<span>{}</span>", words::ITSELF) } else { link(report, edge.issuer) };
    markup!("<li key={}>{}<small class='rl-evidence'>{}</small></li>", edge.issuer, name, words::evidence(edge))
}

fn identity(certificate: &Certificate) -> Vec<Html> {
    vec![
        text_row(words::SUBJECT, &certificate.subject),
        text_row(words::ISSUER, &certificate.issuer),
        list_row(words::NAMES, &certificate.subject_alt_names),
        octets_row(words::SERIAL, &certificate.serial),
        text_row(words::KEY, &certificate.key),
        text_row(words::SIGNATURE, &certificate.signature_algorithm),
        text_row(words::VERSION, &certificate.version.to_string()),
    ]
}

fn constraints(certificate: &Certificate) -> Vec<Html> {
    let basic = certificate.basic_constraints.as_deref().unwrap_or(words::ABSENT);
    let usage = |bits: &Option<Vec<String>>| bits.as_ref().map_or(words::ABSENT_ANY.to_owned(), |bits| bits.join(", "));
    vec![
        text_row(words::BASIC_CONSTRAINTS, basic),
        text_row(words::KEY_USAGE, &usage(&certificate.key_usage)),
        text_row(words::EXTENDED_KEY_USAGE, &usage(&certificate.extended_key_usage)),
        list_row(words::PERMITTED_NAMES, &certificate.permitted_names),
        list_row(words::EXCLUDED_NAMES, &certificate.excluded_names),
        list_row(words::POLICIES, &certificate.policies),
        list_row(words::UNKNOWN_CRITICAL, &certificate.unknown_critical),
    ]
}

fn identifiers(certificate: &Certificate) -> Vec<Html> {
    let key_id = |term: &str, id: &Option<String>| match id {
        Some(id) => octets_row(term, id),
        None => text_row(term, words::ABSENT),
    };
    vec![
        copied_row(words::SHA256, &certificate.sha256),
        copied_row(words::SHA1, &certificate.sha1),
        copied_row(words::KEY_SHA256, &certificate.key_sha256),
        key_id(words::SUBJECT_KEY_ID, &certificate.subject_key_id),
        key_id(words::AUTHORITY_KEY_ID, &certificate.authority_key_id),
    ]
}

fn pointers(certificate: &Certificate) -> Vec<Html> {
    vec![
        list_row(words::AUTHORITY_INFO, &certificate.authority_info_access),
        list_row(words::CRLS, &certificate.crl_urls),
        list_row(words::EXTENSIONS, &certificate.extensions),
    ]
}

fn places(certificate: &Certificate) -> Html {
    let mended = |place: &Place| {
        let repairs = place.repairs.join(", ");
        (!repairs.is_empty()).then(|| markup!("<small class='rl-evidence'>{}{}</small>", words::MENDED, repairs))
    };
    let place = |place: &Place| {
        markup!(
            "<li><span class='rl-break'>{}</span>{}{}<small>{}</small>{}</li>",
            &place.source,
            words::AT_LINE,
            place.line,
            super::words::result::bytes(place.start, place.end),
            mended(place),
        )
    };
    facts(vec![plain_row(words::FOUND_IN, each(&certificate.places, place))])
}

fn pem(certificate: &Certificate) -> Html {
    markup!(
        "<div class='rl-pem'>{}{}{}</div>",
        copy_button(&certificate.pem, words::COPY_PEM, false),
        save_button(super::words::share::SAVE_PEM, &certificate.id.to_string()),
        more(words::PEM, markup!("<pre tabindex='0'>{}</pre>", &certificate.pem)),
    )
}

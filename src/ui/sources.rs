//! The files and pastes: the part each plays and why, what was found in them, what was mended, what could not be read.

use web_sys::{Element, HtmlSelectElement};
use yew::prelude::*;

use super::certificate_link::CertificateLinks;
use super::disclosure::Disclosure;
use super::effect::when;
use super::landing::paste_box;
use super::markup::{each, markup};
use super::shared::Shared;
use super::state::Action;
use super::words::{self as general, landing, result as words};
use super::{browser, icon};
use crate::report::{Problem, Report, Role, Source};
use crate::role;

/// Certificates named at once for a source; the rest are folded away.
const SHOWN: usize = 6;

/// The roles to choose from; a chain can be what a server presents and what a client presents.
const CHOICES: [&[Role]; 7] = [
    &[Role::Bundle],
    &[Role::Peer],
    &[Role::Client],
    &[Role::Peer, Role::Client],
    &[Role::Published],
    &[Role::Bundle, Role::Published],
    &[Role::Other],
];

/// `chosen` says whether the user chose the roles of the source with this index.
pub(crate) fn sources(report: &Shared<Report>, chosen: &dyn Fn(usize) -> bool, act: &Callback<Action>) -> Html {
    let items = report.sources.iter().enumerate();
    let items = items.map(|(index, it)| source(report, it, index, chosen(index), act)).collect::<Vec<_>>();
    markup!(
        "<section class='rl-section rl-sources' data-testid='sources' aria-labelledby='rl-sources'>
            <h2 id='rl-sources'>{}</h2>
            <ul class='rl-sources__list'>{}</ul>
            {}
        </section>",
        words::SOURCES,
        items,
        (!browser::embedded())
            .then(|| html! { <Disclosure summary={landing::ADD_TEXT}>{ paste_box(act) }</Disclosure> }),
    )
}

fn source(report: &Shared<Report>, source: &Source, index: usize, chosen: bool, act: &Callback<Action>) -> Html {
    markup!(
        "<li key={}>
            <article class='rl-source' data-source={}>
                <h3>{}<span>{}</span></h3>
                {}
                <div class='rl-source__facts'>
                    {}
                    <p class='rl-source__reason'>{}</p>
                    <div class='rl-source__certificates'><span>{}</span>{}</div>
                    {}{}
                </div>
            </article>
        </li>",
        index,
        &source.name,
        icon::icon(icon::FILE),
        &source.name,
        role_choice(source, index, chosen, act),
        secrets(source),
        &source.role_reason,
        general::certificates(source.certificates.len()),
        html! { <CertificateLinks {report} certificates={source.certificates.clone()} shown={SHOWN} on_action={act} /> },
        problems(&source.problems),
        repairs(report, source),
    )
}

/// The one thing that must be seen before anything is shared.
fn secrets(source: &Source) -> Option<Html> {
    if source.secrets == 0 {
        return None;
    }
    let (warning, advice) = words::secrets(source.secrets);
    Some(markup!(
        "<p class='rl-secret' data-testid='secret-warning'>{}<span><strong>{}</strong>{}</span></p>",
        icon::icon(icon::WARNING),
        warning,
        advice,
    ))
}

fn problems(problems: &[Problem]) -> Option<Html> {
    let item = |problem: &Problem| {
        markup!(
            "<li key={}>{}<span><strong>{}</strong> {}<small>{}</small></span></li>",
            problem.start,
            icon::icon(icon::WARNING),
            words::line(problem.line),
            &problem.message,
            words::bytes(problem.start, problem.end),
        )
    };
    (!problems.is_empty()).then(|| markup!("<ul class='rl-problems'>{}</ul>", each(problems, item)))
}

/// What had to be mended to read the certificates of this source.
fn repairs(report: &Report, source: &Source) -> Option<Html> {
    let mut mended = Vec::new();
    for certificate in source.certificates.iter().filter_map(|certificate| report.certificates.get(*certificate)) {
        let places = certificate.places.iter().filter(|place| place.source == source.name && !place.repairs.is_empty());
        mended.extend(
            places.map(|place| markup!("<li>{}</li>", words::mended(place.line, &certificate.name, &place.repairs))),
        );
    }
    let (summary, is_empty) = (words::repairs(mended.len()), mended.is_empty());
    let list = markup!("<ul class='rl-repairs'>{}</ul>", mended);
    (!is_empty).then(|| html! { <Disclosure summary={summary}>{ list }</Disclosure> })
}

/// The part that a source plays, to change; and the way back to what the facts say. Once a user has chosen, a select no
/// longer follows the `selected` attribute of its options, but its property.
fn role_choice(source: &Source, index: usize, chosen: bool, act: &Callback<Action>) -> Html {
    let mut choices: Vec<Vec<Role>> = CHOICES.iter().map(|roles| roles.to_vec()).collect();
    if !choices.contains(&source.roles) {
        choices.push(source.roles.clone());
    }
    let options = each(&choices, |roles| {
        let value = value(roles);
        markup!(
            "<option key={} value={} selected={}>{}</option>",
            &value,
            &value,
            *roles == source.roles,
            general::roles(roles),
        )
    });
    let changed = when(act, move |event| {
        let value_chosen = browser::target::<HtmlSelectElement>(&event)?.value();
        let roles = choices.iter().find(|roles| value(roles) == value_chosen)?;
        Some(Action::RolesChosen(index, Some(roles.iter().copied().map(core_role).collect())))
    });
    let automatic = || {
        markup!(
            "<button type='button' class='rl-button' onclick={}>{}{}</button>",
            // The button goes, and its neighbour stays.
            when(act, move |event| {
                let neighbour = browser::target::<Element>(&event)?.closest(".rl-role").ok()??.first_element_child();
                neighbour.iter().for_each(browser::focus);
                Some(Action::RolesChosen(index, None))
            }),
            icon::icon(icon::RESTART),
            words::AUTOMATIC,
        )
    };
    markup!(
        "<div class='rl-role'>
            <select .value={} class='rl-input' aria-label={} onchange={}>{}</select>
            {}
        </div>",
        value(&source.roles),
        words::role_of(&source.name),
        changed,
        options,
        chosen.then(automatic),
    )
}

/// The value of an option: `bundle`, `peer-client`.
fn value(roles: &[Role]) -> String {
    general::roles(roles).replace(" + ", "-")
}

fn core_role(role: Role) -> role::Role {
    match role {
        Role::Bundle => role::Role::Bundle,
        Role::Peer => role::Role::Peer,
        Role::Client => role::Role::Client,
        Role::Published => role::Role::Published,
        Role::Other => role::Role::Other,
    }
}

//! The files and pastes: the part each plays and why, what was found in them, what was mended, what could not be read.

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::certificate_link::{links, more};
use super::effect::{does, when};
use super::landing::paste_box;
use super::markup::{each, markup};
use super::state::Action;
use super::{browser, icon, words};
use crate::collection::Gather as _;
use crate::report::{Problem, Report, Role, Source};
use crate::role;

/// Certificates named at once for a source; the rest are folded away.
const SHOWN: usize = 6;

/// The roles to choose from; a chain can be what a server presents and what a client presents.
const CHOICES: [&[Role]; 5] =
    [&[Role::Bundle], &[Role::Peer], &[Role::Client], &[Role::Peer, Role::Client], &[Role::Other]];

/// `chosen` says whether the user chose the roles of the source with this index.
pub(crate) fn sources(report: &Report, chosen: &dyn Fn(usize) -> bool, act: &Callback<Action>) -> Html {
    let items = report.sources.iter().enumerate();
    let items = items.map(|(index, it)| source(report, it, index, chosen(index), act)).gather();
    markup!(
        "<section class='rl-section rl-sources' data-testid='sources' aria-labelledby='rl-sources'>
            <h2 id='rl-sources'>Sources</h2>
            <ul class='rl-sources__list'>{}</ul>
            {}
        </section>",
        items,
        more("Add text", paste_box(act)),
    )
}

fn source(report: &Report, source: &Source, index: usize, chosen: bool, act: &Callback<Action>) -> Html {
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
        words::count(source.certificates.len(), "certificate", "certificates"),
        links(report, &source.certificates, SHOWN),
        problems(&source.problems),
        repairs(report, source),
    )
}

/// The one thing that must be seen before anything is shared.
fn secrets(source: &Source) -> Option<Html> {
    let (keys, were, them) = match source.secrets {
        0 => return None,
        1 => ("1 private key".to_owned(), "It was", "it"),
        many => ([&many.to_string(), " private keys"].concat(), "They were", "them"),
    };
    Some(markup!(
        "<p class='rl-secret' data-testid='secret-warning'>
            {}
            <span><strong>Contains {}.</strong> {} not read and not kept. Remove {} from the file before you share it.</span>
        </p>",
        icon::icon(icon::WARNING),
        keys,
        were,
        them,
    ))
}

fn problems(problems: &[Problem]) -> Option<Html> {
    let item = |problem: &Problem| {
        markup!(
            "<li key={}>{}<span><strong>Line {}:</strong> {}<small>{}</small></span></li>",
            problem.start,
            icon::icon(icon::WARNING),
            problem.line,
            &problem.message,
            bytes(problem.start, problem.end),
        )
    };
    (!problems.is_empty()).then(|| markup!("<ul class='rl-problems'>{}</ul>", each(problems, item)))
}

/// ` (bytes 10 to 90)`
pub(crate) fn bytes(start: usize, end: usize) -> String {
    [" (bytes ", &start.to_string(), " to ", &end.to_string(), ")"].concat()
}

/// What had to be mended to read the certificates of this source.
fn repairs(report: &Report, source: &Source) -> Option<Html> {
    let mut mended = Vec::new();
    for certificate in source.certificates.iter().filter_map(|certificate| report.certificates.get(*certificate)) {
        let places = certificate.places.iter().filter(|place| place.source == source.name && !place.repairs.is_empty());
        mended.extend(
            places.map(|place| {
                markup!("<li>Line {}, {}: {}</li>", place.line, &certificate.name, place.repairs.join(", "))
            }),
        );
    }
    let summary = words::count(mended.len(), "block was mended to read it", "blocks were mended to read them");
    (!mended.is_empty()).then(|| more(&summary, markup!("<ul class='rl-repairs'>{}</ul>", mended)))
}

/// The part that a source plays, to change; and the way back to what the facts say. Once a user has chosen, a select no
/// longer follows the `selected` attribute of its options, but its property.
fn role_choice(source: &Source, index: usize, chosen: bool, act: &Callback<Action>) -> Html {
    let mut choices: Vec<Vec<Role>> = CHOICES.iter().map(|roles| roles.to_vec()).gather();
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
            words::roles(roles),
        )
    });
    let changed = when(act, move |event| {
        let value_chosen = browser::target::<HtmlSelectElement>(&event)?.value();
        let roles = choices.iter().find(|roles| value(roles) == value_chosen)?;
        Some(Action::RolesChosen(index, Some(roles.iter().copied().map(core_role).gather())))
    });
    let automatic = || {
        markup!(
            "<button type='button' class='rl-button' onclick={}>{}automatic</button>",
            does(act, Action::RolesChosen(index, None)),
            icon::icon(icon::RESTART),
        )
    };
    markup!(
        "<div class='rl-role'>
            <select .value={} class='rl-input' aria-label={} onchange={}>{}</select>
            {}
        </div>",
        value(&source.roles),
        ["Role of ", &source.name].concat(),
        changed,
        options,
        chosen.then(automatic),
    )
}

/// The value of an option: `bundle`, `peer-client`.
fn value(roles: &[Role]) -> String {
    words::roles(roles).replace(" + ", "-")
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

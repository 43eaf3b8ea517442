//! The files and pastes: the part each plays and why, what was found in them, what was mended, what could not be read.

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::certificate_link::{self, links};
use super::effect::when;
use super::landing::paste_box;
use super::state::Action;
use super::{icon, words};
use crate::report::{Problem, Report, Role, Source};
use crate::role;

/// Certificates named at once for a source; the rest are folded away.
const SHOWN: usize = 6;

/// The roles to choose from; a chain can be what a server presents and what a client presents.
const CHOICES: [&[Role]; 5] =
    [&[Role::Bundle], &[Role::Peer], &[Role::Client], &[Role::Peer, Role::Client], &[Role::Other]];

/// `chosen` holds the indices of the sources whose roles the user chose.
pub(crate) fn sources(report: &Report, chosen: &[usize], act: &Callback<Action>) -> Html {
    html! {
        <section class="rl-section rl-sources" data-testid="sources" aria-labelledby="rl-sources">
            <h2 id="rl-sources">{ "Sources" }</h2>
            <ul class="rl-sources__list">
                for (index, it) in report.sources.iter().enumerate() {
                    <li key={index}>{ source(report, it, index, chosen.contains(&index), act) }</li>
                }
            </ul>
            <details class="rl-more">
                <summary>{ "Add text" }</summary>
                { paste_box(act) }
            </details>
        </section>
    }
}

fn source(report: &Report, source: &Source, index: usize, chosen: bool, act: &Callback<Action>) -> Html {
    html! {
        <article class="rl-source" data-source={source.name.clone()}>
            <h3>{ icon::icon(icon::FILE) }<span>{ &source.name }</span></h3>
            <RoleChoice name={source.name.clone()} roles={source.roles.clone()} source={index} {chosen}
                act={act.clone()} />
            <div class="rl-source__facts">
                { secrets(source) }
                <p class="rl-source__reason">{ &source.role_reason }</p>
                <div class="rl-source__certificates">
                    <span>{ words::count(source.certificates.len(), "certificate", "certificates") }</span>
                    { links(report, &source.certificates, SHOWN) }
                </div>
                { problems(&source.problems) }
                { repairs(report, source) }
            </div>
        </article>
    }
}

/// The one thing that must be seen before anything is shared.
fn secrets(source: &Source) -> Html {
    if source.secrets == 0 {
        return Html::default();
    }
    let (keys, were, them) = match source.secrets {
        1 => ("1 private key".to_owned(), "It was", "it"),
        many => ([&many.to_string(), " private keys"].concat(), "They were", "them"),
    };
    html! {
        <p class="rl-secret" data-testid="secret-warning">
            { icon::icon(icon::WARNING) }
            <span>
                <strong>{ "Contains " }{ keys }{ "." }</strong>
                { [" ", were, " not read and not kept. Remove ", them, " from the file before you share it."].concat() }
            </span>
        </p>
    }
}

fn problems(problems: &[Problem]) -> Html {
    if problems.is_empty() {
        return Html::default();
    }
    html! {
        <ul class="rl-problems">
            for problem in problems {
                <li key={problem.start}>
                    { icon::icon(icon::WARNING) }
                    <span>
                        <strong>{ "Line " }{ problem.line }{ ":" }</strong>{ " " }{ &problem.message }
                        <small>{ bytes(problem.start, problem.end) }</small>
                    </span>
                </li>
            }
        </ul>
    }
}

/// ` (bytes 10 to 90)`
pub(crate) fn bytes(start: usize, end: usize) -> String {
    [" (bytes ", &start.to_string(), " to ", &end.to_string(), ")"].concat()
}

/// What had to be mended to read the certificates of this source.
fn repairs(report: &Report, source: &Source) -> Html {
    let mended: Vec<(usize, usize, String)> = source
        .certificates
        .iter()
        .filter_map(|&certificate| report.certificates.get(certificate))
        .flat_map(|certificate| certificate.places.iter().map(move |place| (certificate.id, place)))
        .filter(|(_, place)| place.source == source.name && !place.repairs.is_empty())
        .map(|(certificate, place)| (certificate, place.line, place.repairs.join(", ")))
        .collect();
    if mended.is_empty() {
        return Html::default();
    }
    html! {
        <details class="rl-more">
            <summary>{ words::count(mended.len(), "block was mended to read it", "blocks were mended to read them") }</summary>
            <ul class="rl-repairs">
                for (certificate, line, repairs) in mended {
                    <li>
                        { "Line " }{ line }{ ", " }{ certificate_link::name(report, certificate) }{ ": " }{ repairs }
                    </li>
                }
            </ul>
        </details>
    }
}

#[derive(Properties, PartialEq)]
struct RoleChoiceProps {
    name: String,
    roles: Vec<Role>,
    source: usize,
    chosen: bool,
    act: Callback<Action>,
}

/// The part that a source plays, to change; and the way back to what the facts say.
#[component]
fn RoleChoice(props: &RoleChoiceProps) -> Html {
    let act = &props.act;
    let source = props.source;
    let select = use_node_ref();
    // Once a user has chosen, a select no longer follows the `selected` attribute of its options.
    use_effect_with((select.clone(), value(&props.roles)), |(select, value)| {
        if let Some(select) = select.cast::<HtmlSelectElement>() {
            select.set_value(value);
        }
    });
    let mut choices: Vec<Vec<Role>> = CHOICES.iter().map(|roles| roles.to_vec()).collect();
    if !choices.contains(&props.roles) {
        choices.push(props.roles.clone());
    }
    let options = choices.iter().map(|roles| {
        let value = value(roles);
        html! {
            <option key={value.clone()} value={value.clone()} selected={*roles == props.roles}>{ words::roles(roles) }</option>
        }
    });
    let options: Html = options.collect();
    let changed = when(act, move |event: Event| {
        let value_chosen = event.target_dyn_into::<HtmlSelectElement>()?.value();
        let roles = choices.iter().find(|roles| value(roles) == value_chosen)?;
        Some(Action::RolesChosen(source, Some(roles.iter().copied().map(core_role).collect())))
    });
    html! {
        <div class="rl-role">
            <select ref={select} class="rl-input" aria-label={["Role of ", &props.name].concat()} onchange={changed}>{ options }</select>
            if props.chosen {
                <button type="button" class="rl-button" onclick={act.reform(move |_| Action::RolesChosen(source, None))}>
                    { icon::icon(icon::RESTART) }{ "automatic" }
                </button>
            }
        </div>
    }
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
        Role::Other => role::Role::Other,
    }
}

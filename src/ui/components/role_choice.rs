//! The part that a source plays, to change; and the way back to what the facts say.

use web_sys::{Element, HtmlSelectElement};
use yew::prelude::*;

use crate::report::{self, Lens};
use crate::role::Role;
use crate::ui::state::Action;
use crate::ui::words::{self as general, result as words};
use crate::ui::{browser, icon};

/// The roles to choose from, for everyone.
const CHOICES: [&[Role]; 5] = [&[Role::Bundle], &[Role::Peer], &[Role::Client], &[Role::Chain], &[Role::Other]];

/// Those of the router's lens besides: a chain can be what a controller presents and what a client presents.
const CHOICES_OF_ROUTER: [&[Role]; 7] = [
    &[Role::Bundle],
    &[Role::Peer],
    &[Role::Client],
    &[Role::Peer, Role::Client],
    &[Role::Published],
    &[Role::Bundle, Role::Published],
    &[Role::Other],
];

/// The source and its roles.
#[derive(Properties, PartialEq)]
pub(crate) struct RoleChoiceProps {
    /// The index of the source.
    pub(crate) source: usize,
    /// What the source is called.
    pub(crate) name: AttrValue,
    /// The roles that it plays.
    pub(crate) roles: Vec<Role>,
    /// The user chose them.
    pub(crate) chosen: bool,
    /// What leads the page; each has roles of its own.
    pub(crate) lens: Lens,
    /// Gets the roles that are chosen.
    pub(crate) on_action: Callback<Action>,
}

/// Once a user has chosen, a select no longer follows the `selected` attribute of its options, but its property.
#[component]
pub(crate) fn RoleChoice(props: &RoleChoiceProps) -> Html {
    let RoleChoiceProps { source, name, roles, chosen, lens, on_action } = props;
    let choices = choices(roles, *lens);
    let chosen_value = value(roles);
    let select = use_node_ref();
    html! {
        <div class="rl-role">
            <select ref={&select} ~value={chosen_value.clone()} class="rl-input" aria-label={words::role_of(name)}
                onchange={choose(*source, choices.clone(), on_action)}>
                for option in &choices {
                    <option key={value(option)} value={value(option)} selected={value(option) == chosen_value}>
                        { general::roles(option) }
                    </option>
                }
            </select>
            if *chosen {
                <button type="button" class="rl-button" onclick={leave_to_facts(*source, select, on_action)}>
                    { icon::icon(icon::RESTART) }
                    { words::AUTOMATIC }
                </button>
            }
        </div>
    }
}

/// What can be chosen, and what is the case.
fn choices(roles: &[Role], lens: Lens) -> Vec<Vec<Role>> {
    let offered: &[&[Role]] = match lens {
        Lens::Chains => &CHOICES,
        Lens::Router => &CHOICES_OF_ROUTER,
    };
    let mut choices: Vec<Vec<Role>> = offered.iter().map(|roles| roles.to_vec()).collect();
    if !choices.iter().any(|choice| choice == roles) {
        choices.push(roles.to_vec());
    }
    choices
}

fn choose(source: usize, choices: Vec<Vec<Role>>, on_action: &Callback<Action>) -> Callback<Event> {
    let on_action = on_action.clone();
    Callback::from(move |event: Event| {
        let Some(select) = event.target_dyn_into::<HtmlSelectElement>() else { return };
        let chosen = usize::try_from(select.selected_index()).ok().and_then(|index| choices.get(index));
        if let Some(roles) = chosen {
            on_action.emit(Action::RolesChosen(source, Some(roles.clone())));
        }
    })
}

/// The button goes, and its neighbour stays, so that takes the focus.
fn leave_to_facts(source: usize, neighbour: NodeRef, on_action: &Callback<Action>) -> Callback<MouseEvent> {
    on_action.reform(move |_: MouseEvent| {
        if let Some(neighbour) = neighbour.cast::<Element>() {
            browser::focus(&neighbour);
        }
        Action::RolesChosen(source, None)
    })
}

/// The value of an option, by which scripts know it: `bundle`, `peer-client`.
fn value(roles: &[Role]) -> String {
    roles.iter().map(|role| value_of_role(*role)).collect::<Vec<_>>().join("-")
}

fn value_of_role(role: Role) -> &'static str {
    match role {
        Role::Bundle => "bundle",
        Role::Peer => "peer",
        Role::Client => "client",
        Role::Published => "published",
        Role::Chain => "chain",
        Role::Other => "other",
    }
}

/// The roles of a source as they are shown and chosen. Which side's chain it is matters in the router's lens alone where
/// it can be either's.
pub(crate) fn shown_roles(roles: &[report::Role], lens: Lens) -> Vec<Role> {
    match (lens, roles) {
        (Lens::Chains, [report::Role::Peer, report::Role::Client]) => vec![Role::Chain],
        _ => roles.iter().copied().map(core_role).collect(),
    }
}

fn core_role(role: report::Role) -> Role {
    match role {
        report::Role::Bundle => Role::Bundle,
        report::Role::Peer => Role::Peer,
        report::Role::Client => Role::Client,
        report::Role::Published => Role::Published,
        report::Role::Other => Role::Other,
    }
}

//! The part that a source plays, to change; and the way back to what the facts say.

use web_sys::{Element, HtmlSelectElement};
use yew::prelude::*;

use crate::report::Role;
use crate::role;
use crate::ui::state::Action;
use crate::ui::words::{self as general, result as words};
use crate::ui::{browser, icon};

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
    /// Gets the roles that are chosen.
    pub(crate) on_action: Callback<Action>,
}

/// Once a user has chosen, a select no longer follows the `selected` attribute of its options, but its property.
#[component]
pub(crate) fn RoleChoice(props: &RoleChoiceProps) -> Html {
    let RoleChoiceProps { source, name, roles, chosen, on_action } = props;
    let select = use_node_ref();
    html! {
        <div class="rl-role">
            <select ref={&select} ~value={value(roles)} class="rl-input" aria-label={words::role_of(name)}
                onchange={choose(*source, roles, on_action)}>
                for option in choices(roles) {
                    <option key={value(&option)} value={value(&option)} selected={option == *roles}>
                        { general::roles(&option) }
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
fn choices(roles: &[Role]) -> Vec<Vec<Role>> {
    let mut choices: Vec<Vec<Role>> = CHOICES.iter().map(|roles| roles.to_vec()).collect();
    if !choices.iter().any(|choice| choice == roles) {
        choices.push(roles.to_vec());
    }
    choices
}

fn choose(source: usize, roles: &[Role], on_action: &Callback<Action>) -> Callback<Event> {
    let (choices, on_action) = (choices(roles), on_action.clone());
    Callback::from(move |event: Event| {
        let Some(select) = event.target_dyn_into::<HtmlSelectElement>() else { return };
        let chosen = usize::try_from(select.selected_index()).ok().and_then(|index| choices.get(index));
        if let Some(roles) = chosen {
            let roles = roles.iter().copied().map(core_role).collect();
            on_action.emit(Action::RolesChosen(source, Some(roles)));
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

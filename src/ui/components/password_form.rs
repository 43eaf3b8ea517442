//! Asks for the password of a keystore. It goes to whoever tries it and nowhere else, and the field is cleared at once.

use web_sys::{HtmlElement, HtmlInputElement};
use yew::prelude::*;

use crate::inventory::Passwords;
use crate::report::{Lens, Report};
use crate::ui::browser::focus::{HEADING_ID, is_lost};
use crate::ui::inspection::{Locked, Opening};
use crate::ui::words::result as words;
use crate::ui::{browser, icon};

#[derive(Properties, PartialEq)]
pub(crate) struct PasswordFormProps {
    /// The index of the source.
    pub(crate) source: usize,
    /// What the source is called.
    pub(crate) name: AttrValue,
    /// How many passwords were tried in vain; 0 if none was.
    pub(crate) refusals: u32,
    /// Gets the password.
    pub(crate) on_open: Callback<Opening>,
}

/// A field, a button, and that the last password was wrong, which is read aloud each time.
#[component]
pub(crate) fn PasswordForm(props: &PasswordFormProps) -> Html {
    let PasswordFormProps { source, name, refusals, on_open } = props;
    let (form, field) = (use_node_ref(), use_node_ref());
    use_focus_kept(&form);
    let submit = open(*source, &field, on_open);
    let (id, message_id) = (format!("rl-password-{source}"), format!("rl-password-{source}-wrong"));
    let is_wrong = *refusals > 0;
    html! {
        <form ref={form} class="rl-open" data-testid="password" onsubmit={submit}>
            <label for={id.clone()}>{ words::password_of(name) }</label>
            <input ref={field} {id} class="rl-input" type="password" autocomplete="off" spellcheck="false"
                aria-invalid={is_wrong.then_some("true")} aria-describedby={is_wrong.then(|| message_id.clone())} />
            <button type="submit" class="rl-button">{ words::OPEN }</button>
            if is_wrong {
                <p key={*refusals} id={message_id} role="alert">
                    { icon::icon(icon::WARNING) }<span>{ words::wrong_password(name) }</span>
                </p>
            }
        </form>
    }
}

/// Whether the card with the answer asks, because there is nothing else that it could say; else each source does.
pub(crate) fn is_asked_in_answer(report: &Report) -> bool {
    report.certificates.is_empty() && report.answer.lens == Lens::Chains
}

/// A form for each source that a password would open.
pub(crate) fn password_forms(report: &Report, locked: &Locked, on_open: &Callback<Opening>) -> Html {
    locked.sources.iter().map(|source| password_form(report, locked, *source, on_open)).collect()
}

/// The form of a source; nothing where no password is wanted.
pub(crate) fn password_form(report: &Report, locked: &Locked, source: usize, on_open: &Callback<Opening>) -> Html {
    let Some(it) = report.sources.get(source).filter(|_| locked.sources.contains(&source)) else {
        return Html::default();
    };
    let refusals = if locked.refused == Some(source) { locked.refusals } else { 0 };
    html! { <PasswordForm key={source} {source} name={it.name.clone()} {refusals} {on_open} /> }
}

fn open(source: usize, field: &NodeRef, on_open: &Callback<Opening>) -> Callback<SubmitEvent> {
    let (field, on_open) = (field.clone(), on_open.clone());
    Callback::from(move |event: SubmitEvent| {
        event.prevent_default();
        let Some(field) = field.cast::<HtmlInputElement>() else { return };
        let passwords = Passwords::given([field.value()]);
        field.set_value("");
        on_open.emit(Opening { source, passwords });
    })
}

/// Once the keystore is open the form goes, and whoever was in it begins at the answer.
#[hook]
fn use_focus_kept(form: &NodeRef) {
    let form = form.clone();
    use_effect_with((), move |()| {
        let element = form.cast::<HtmlElement>();
        move || {
            let was_inside = |element: HtmlElement| element.contains(browser::focused().as_deref());
            if is_lost() || element.is_some_and(was_inside) {
                browser::focus_id(HEADING_ID);
            }
        }
    });
}

//! A section of the page that folds to one line, where that line says all there is.

use yew::prelude::*;

use crate::ui::icon;

#[derive(Properties, PartialEq)]
pub(crate) struct FoldProps {
    /// The id of its heading.
    pub(crate) id: &'static str,
    pub(crate) testid: &'static str,
    #[prop_or_default]
    pub(crate) class: &'static str,
    pub(crate) heading: AttrValue,
    /// What the section says, in a line.
    pub(crate) summary: AttrValue,
    /// What scripts know the line by.
    #[prop_or_default]
    pub(crate) summary_testid: Option<&'static str>,
    /// There is more to see than the line says.
    pub(crate) is_open: bool,
    pub(crate) children: Html,
}

/// Opened and closed by the browser itself. What once had more to show stays as the reader left it: nothing closes under
/// their hands.
#[component]
pub(crate) fn Fold(props: &FoldProps) -> Html {
    let FoldProps { id, testid, class, heading, summary, summary_testid, is_open, children } = props;
    let was_open = use_mut_ref(|| false);
    let is_open = *is_open || *was_open.borrow();
    was_open.replace(is_open);
    html! {
        <section class={classes!("rl-part", *class)} data-testid={*testid} aria-labelledby={*id}>
            <details open={is_open}>
                <summary id={line_id(id)}>
                    { icon::icon(icon::CHEVRON) }
                    <h2 id={*id}>{ heading }</h2>
                    <span class="rl-part__line" data-testid={*summary_testid}>{ summary }</span>
                </summary>
                <div class="rl-part__body">{ children.clone() }</div>
            </details>
        </section>
    }
}

/// The id of the line that opens the section with this id.
pub(crate) fn line_id(id: &str) -> String {
    format!("{id}-line")
}

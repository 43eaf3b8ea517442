//! Where the keyboard's focus goes when the page changes under it, and what stays in place in the window.

use std::cell::RefCell;
use std::rc::Rc;

use web_sys::Element;
use yew::prelude::*;

use super::{embedded, focus, focus_id, focused, fragment, scroll_by, scroll_to_top};

/// The id of the page's first heading, on the landing page as in the result.
pub(crate) const HEADING_ID: &str = "rl-heading";

/// Keeps the control that is in use where it stands in the window, when something above it grows or shrinks.
#[derive(Default)]
pub(crate) struct FocusAnchor(RefCell<Option<(Element, f64)>>);

impl FocusAnchor {
    /// Remembers where the focused control stands, before a change.
    pub(crate) fn hold(&self) {
        let control = focused().filter(|element| !is_body(element));
        self.0.replace(control.map(|element| {
            let top = element.get_bounding_client_rect().top();
            (element, top)
        }));
    }

    /// Scrolls so that the control stands there again, after the change is drawn.
    fn release(&self) {
        let Some((element, before)) = self.0.take() else { return };
        if focused().is_some_and(|focused| focused == element) {
            scroll_by(element.get_bounding_client_rect().top() - before);
        }
    }
}

/// Releases the anchor whenever the page is drawn; to be held before each change.
#[hook]
pub(crate) fn use_focus_anchor() -> Rc<FocusAnchor> {
    let anchor = use_memo((), |()| FocusAnchor::default());
    use_effect({
        let anchor = Rc::clone(&anchor);
        move || anchor.release()
    });
    anchor
}

/// A sheet that opens takes the focus, to its heading, and gives it back to the element that opened it.
#[hook]
pub(crate) fn use_sheet_focus(selection: Option<usize>, heading_id: &'static str) {
    let opener = use_mut_ref(|| None::<Element>);
    use_effect_with(selection, move |selection| {
        let mut opener = opener.borrow_mut();
        if selection.is_some() {
            *opener = opener.take().or_else(focused);
            focus_id(heading_id);
        } else if let Some(element) = opener.take().filter(|element| element.is_connected()) {
            // A reader who has gone on beside the sheet stays there.
            if is_lost() {
                focus(&element);
            }
        }
    });
}

/// Where the page changes between landing and result, the reader begins at its heading, not where a control vanished; a
/// frame leaves the reader of the page around it where they are.
#[hook]
pub(crate) fn use_heading_focus(shows_result: bool) {
    let showed_result = use_mut_ref(|| false);
    // The address names what is shown first: nobody has pressed anything, so no control will vanish.
    let arrived_by_link = use_mut_ref(|| !fragment().is_empty());
    use_effect_with(shows_result, move |&shows_result| {
        if showed_result.replace(shows_result) == shows_result || embedded() {
            return;
        }
        scroll_to_top();
        if !arrived_by_link.take() {
            focus_id(HEADING_ID);
        }
    });
}

/// Whether no control has the focus: the one that had it is gone.
pub(crate) fn is_lost() -> bool {
    focused().is_none_or(|focused| is_body(&focused))
}

fn is_body(element: &Element) -> bool {
    element.tag_name() == "BODY"
}

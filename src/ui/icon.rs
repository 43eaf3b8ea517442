//! Pictograms: one path each on a 16 by 16 grid, drawn with the line colour of the text beside them.
//!
//! They are decoration for readers of the screen; the words stand next to them, or on the button's label.

use yew::prelude::*;

use crate::report::{AnswerVerdict, Severity};
use crate::ui::words::answer::verdict_name;

pub(crate) const TICK: &str = "M3 8.5 6.5 12 13 4.5";
pub(crate) const CROSS: &str = "M4 4 12 12M12 4 4 12";
pub(crate) const WARNING: &str = "M8 2 14.8 14H1.2ZM8 6.4V9.8M8 11.6V12.1";
pub(crate) const NOTE: &str = "M8 1.8A6.2 6.2 0 1 0 8 14.2 6.2 6.2 0 1 0 8 1.8M8 7.2V11.3M8 4.6V5.1";
pub(crate) const LOCK: &str = "M3.5 7.2H12.5V13.8H3.5ZM5.3 7.2V4.9A2.7 2.7 0 0 1 10.7 4.9V7.2";
pub(crate) const PLUS: &str = "M8 3V13M3 8H13";
pub(crate) const MINUS: &str = "M3 8H13";
pub(crate) const FIT: &str = "M2.5 6V2.5H6M10 2.5H13.5V6M13.5 10V13.5H10M6 13.5H2.5V10";
pub(crate) const COPY: &str = "M5.5 5.5H13.5V13.5H5.5ZM10.5 5.5V2.5H2.5V10.5H5.5";
pub(crate) const CHEVRON: &str = "M6 3.5 10.5 8 6 12.5";
pub(crate) const RESTART: &str = "M13 8A5 5 0 1 1 11.2 4.2M11.4 1.4V4.4H8.4";
pub(crate) const SHARE: &str = "M4.2 6A2 2 0 1 0 4.2 10 2 2 0 1 0 4.2 6M11.8 3A2 2 0 1 0 11.8 7 2 2 0 1 0 11.8 3M11.8 9A2 2 0 1 0 11.8 13 2 2 0 1 0 11.8 9M6 7 10 5.6M6 9 10 10.4";
pub(crate) const SAVE: &str = "M8 2V10M4.8 7 8 10.2 11.2 7M2.5 13.5H13.5";
pub(crate) const SUN: &str = "M8 5.2A2.8 2.8 0 1 0 8 10.8 2.8 2.8 0 1 0 8 5.2M8 1.2V2.6M8 13.4V14.8M1.2 8H2.6M13.4 8H14.8\
     M3.2 3.2 4.2 4.2M11.8 11.8 12.8 12.8M12.8 3.2 11.8 4.2M4.2 11.8 3.2 12.8";
pub(crate) const MOON: &str = "M13.2 9.6A5.8 5.8 0 1 1 6.4 2.8 4.6 4.6 0 0 0 13.2 9.6Z";
pub(crate) const SCREEN: &str = "M2 3H14V11H2ZM5.5 13.8H10.5M8 11V13.8";
pub(crate) const DROP: &str = "M8 2V9.5M4.8 6.6 8 9.8 11.2 6.6M2.5 10.5V13.5H13.5V10.5";
pub(crate) const CLOCK: &str = "M8 1.8A6.2 6.2 0 1 0 8 14.2 6.2 6.2 0 1 0 8 1.8M8 4.5V8L10.4 9.6";
pub(crate) const FILE: &str = "M3.5 1.8H9.5L12.5 4.8V14.2H3.5ZM9.3 1.8V5H12.5";

/// Draws one of the paths of this module.
pub(crate) fn icon(path: &'static str) -> Html {
    html! {
        <svg class="rl-glyph" viewBox="0 0 16 16" aria-hidden="true" focusable="false"><path d={path} /></svg>
    }
}

/// The tick or the cross that stands beside a verdict.
pub(crate) fn verdict(accepts: bool) -> Html {
    icon(if accepts { TICK } else { CROSS })
}

/// The sign of an answer: its form tells the verdicts apart, not its colour.
pub(crate) fn sign(verdict: AnswerVerdict) -> Html {
    const FULL: &str = "M8 1A7 7 0 1 0 8 15 7 7 0 1 0 8 1Z";
    const RING: &str = "M8 1.7A6.3 6.3 0 1 0 8 14.3 6.3 6.3 0 1 0 8 1.7Z";
    let (ground, mark) = match verdict {
        AnswerVerdict::Trusted => (FULL, "M4.8 8.3 7.1 10.6 11.3 6"),
        AnswerVerdict::NotTrusted => (FULL, "M5.4 5.4 10.6 10.6M10.6 5.4 5.4 10.6"),
        AnswerVerdict::Depends => (RING, "M8 1.7A6.3 6.3 0 0 0 8 14.3Z"),
        AnswerVerdict::Unknown => (RING, "M6.2 6.4A1.85 1.85 0 1 1 8.9 8C8.3 8.3 8 8.6 8 9.2M8 11.3V11.8"),
    };
    html! {
        <svg class="rl-glyph rl-sign" viewBox="0 0 16 16" aria-hidden="true" focusable="false"
            data-verdict={verdict_name(verdict)}>
            <path class="rl-sign__ground" d={ground} /><path class="rl-sign__mark" d={mark} />
        </svg>
    }
}

/// The pictogram of a severity.
pub(crate) fn severity(severity: Severity) -> Html {
    icon(match severity {
        Severity::Error => CROSS,
        Severity::Warning => WARNING,
        Severity::Info => NOTE,
    })
}

//! The page's one asynchronous seam: whatever takes time stands behind an [`Inspector`]. The page sends it [`Request`]s
//! and gets [`Event`]s, both plain data: they hold no element, no future and nothing that is borrowed. What was read
//! stays with the inspector, and the page knows it by its [`LoadId`]. So the inspector can move to another thread
//! without a change to a component.
//!
//! A request supersedes what an earlier one of its kind is still busy with. No event says that something failed: what
//! cannot be read is a problem in the report.

mod hook;
mod inspector;
mod loaded;

use std::rc::Rc;

pub(crate) use hook::{Inspection, Locked, Opening, use_inspection};
use inspector::Inspector;

use crate::choices::Choices;
use crate::inventory::{Input, Passwords};
use crate::report::{Explanation, Report, Timeline};
use crate::share::Content;

/// Names what was read; the page counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct LoadId(pub(crate) u32);

/// What the page asks for.
#[derive(Clone, Debug)]
pub(crate) enum Request {
    /// Read these inputs in addition to what was loaded as `base`. Answered by [`Event::Loaded`], unless another
    /// `Load` comes before that.
    Load {
        /// What the result is to be called.
        id: LoadId,
        /// What was loaded before; `None` forgets it.
        base: Option<LoadId>,
        /// The index of a source of `base` to leave out.
        removed: Option<usize>,
        /// What arrived since.
        inputs: Rc<[Input]>,
    },
    /// Read the input of a source again with a password, which is tried and dropped. Answered by [`Event::Opened`] or
    /// [`Event::StillLocked`].
    Open {
        /// What the source is in.
        loaded: LoadId,
        /// The index of the source.
        source: usize,
        /// What was given.
        passwords: Passwords,
    },
    /// Report on what is loaded. Answered by [`Event::Inspected`] and, once the report has stood for a while, by an
    /// [`Event::Explained`] for each chain about which the verifiers disagree.
    Inspect {
        /// What the report is about.
        loaded: LoadId,
        /// What the user chose.
        choices: Box<Choices>,
    },
    /// Follow the verdicts on a chain over time. Answered by [`Event::TimelineFound`], if there is such a chain.
    FindTimeline {
        /// The number of the chain in the newest report.
        chain: usize,
    },
    /// Nothing is shown any more. Answered by [`Event::Forgotten`].
    Forget,
}

/// What the page is told.
#[derive(Clone, Debug)]
pub(crate) enum Event {
    /// The inputs are decoded and the signatures checked.
    Loaded {
        /// As the request called it.
        id: LoadId,
    },
    /// A password opened something: the next [`Request::Load`] on the same base has it.
    Opened {
        /// What the source is in.
        loaded: LoadId,
        /// By index of its sources: where each is then, if it still is.
        positions: Rc<[Option<usize>]>,
    },
    /// The password that was given for this source opens nothing.
    StillLocked {
        /// The index of the source.
        source: usize,
    },
    /// What is to be shown for the newest choices; what was explained before belongs to an earlier report.
    Inspected {
        /// Everything that was found.
        report: Box<Report>,
        /// What a link to this report carries.
        content: Box<Content>,
        /// The sources that a password would open, by index.
        openable: Vec<usize>,
    },
    /// Why the verifiers disagree about a chain of the newest report.
    Explained {
        /// The number of the chain in the report.
        chain: usize,
        /// The facts that divide them.
        explanation: Explanation,
    },
    /// The verdicts over time on the chain that was asked about last.
    TimelineFound(Timeline),
    /// Nothing is known any more.
    Forgotten,
}

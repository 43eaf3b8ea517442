//! What the page and its inspector say to each other. The page sends [`Request`]s and gets [`Event`]s, both plain data:
//! they hold no element, no future and nothing that is borrowed, and they travel as bytes, because the inspector runs in
//! a worker, which shares no memory with the page. What was read stays with the inspector, and the page knows it by its
//! [`LoadId`].
//!
//! A request supersedes what an earlier one of its kind is still busy with. No event says that something failed: what
//! cannot be read is a problem in the report.

use std::fmt;
use std::rc::Rc;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::choices::Choices;
use crate::inventory::{Input, Passwords};
use crate::report::{Explanation, Report, Timeline};
use crate::share::Content;

/// Names what was read; the page counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct LoadId(pub u32);

/// What the page asks for.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Request {
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
    /// Read and inspect these once and forget them, without an answer. A browser compiles a function when it is first called,
    /// which takes several times as long as reading a bundle: so that happens before somebody waits for it.
    Prepare {
        /// Something like what people drop.
        inputs: Rc<[Input]>,
        /// What is chosen for it.
        choices: Box<Choices>,
    },
}

/// What the page is told.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Event {
    /// The inspector runs, and answers from here on.
    Started {
        /// Whether it has the public roots; without them nobody can say whether a chain leads to one.
        has_public_roots: bool,
    },
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
        /// What the report is about.
        loaded: LoadId,
        /// What was chosen.
        choices: Box<Choices>,
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

/// Bytes that are no message: the page and its inspector are of different versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnreadableMessage;

impl fmt::Display for UnreadableMessage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the parts of rootlens are of different versions")
    }
}

impl std::error::Error for UnreadableMessage {}

/// A message as bytes.
///
/// # Errors
///
/// None for the messages above: their types hold nothing that the format lacks, and memory is its only limit.
pub fn write<T: Serialize>(message: &T) -> Result<Vec<u8>, UnreadableMessage> {
    postcard::to_allocvec(message).map_err(|_| UnreadableMessage)
}

/// The message that these bytes hold.
///
/// # Errors
///
/// [`UnreadableMessage`] if they hold another one.
pub fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, UnreadableMessage> {
    postcard::from_bytes(bytes).map_err(|_| UnreadableMessage)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::EXAMPLES;
    use crate::graph::Graph;
    use crate::inspect::inspect;
    use crate::inventory::Inventory;
    use crate::time::Timestamp;

    #[test]
    fn a_report_arrives_as_it_was_sent() {
        for example in EXAMPLES {
            let at = Timestamp::parse(example.at).expect("an instant");
            let (inventory, choices) = (Inventory::from_inputs(&example.inputs()), Choices::at(at));
            let graph = Graph::build(inventory.certificates.clone());
            let report = Box::new(inspect(&inventory, &graph, &choices).report);
            let content = Box::new(Content::for_answer(&inventory, &choices, &report));
            let sent = Event::Inspected {
                loaded: LoadId(1),
                choices: Box::new(choices),
                report: report.clone(),
                content: content.clone(),
                openable: vec![1],
            };
            let Ok(Event::Inspected { report: arrived, content: carried, openable, .. }) =
                read(&write(&sent).expect("bytes"))
            else {
                panic!("{}: another event arrived", example.name)
            };
            assert_eq!((arrived, carried, openable), (report, content, vec![1]), "{}", example.name);
        }
    }

    #[test]
    fn choices_arrive_as_they_were_sent() {
        use crate::lens::Lens;
        use crate::role::Role;
        use crate::store::StoreKind;
        use crate::verifier::{Host, Program, Purpose};

        for program in Program::ALL {
            let choices = Choices {
                roles: [(3, vec![Role::Bundle, Role::Chain])].into(),
                sent_roles: [(0, vec![Role::Published])].into(),
                lens: Some(Lens::Router),
                peer: Some("ctrl1".to_owned()),
                purpose: Some(Purpose::Any),
                store: Some(StoreKind::Both),
                program: Some(*program),
                host: Some(Host::Dns("host.example".to_owned())),
                // No instant of RFC 3339.
                ..Choices::at(Timestamp(i64::MIN))
            };
            let sent = Request::Inspect { loaded: LoadId(7), choices: Box::new(choices.clone()) };
            let Ok(Request::Inspect { loaded, choices: arrived }) = read(&write(&sent).expect("bytes")) else {
                panic!("another request arrived")
            };
            assert_eq!((loaded, *arrived), (LoadId(7), choices));
        }
    }

    #[test]
    fn what_is_no_message_is_refused() {
        assert_eq!(read::<Event>(&[]).err(), Some(UnreadableMessage));
        assert_eq!(read::<Event>(&[0xff; 40]).err(), Some(UnreadableMessage));
        let cut = write(&Event::Explained {
            chain: 3,
            explanation: Explanation { facts: Vec::new(), then_accepts: None, alternatives: Vec::new() },
        });
        let cut = cut.expect("bytes");
        assert_eq!(read::<Event>(&cut[..cut.len() - 1]).err(), Some(UnreadableMessage));
    }
}

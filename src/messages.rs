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
use crate::inventory::Passwords;
use crate::report::{Explanation, Report, Rule, Timeline};
use crate::scene::svg::Theme;
use crate::scene::{Scene, Width};
use crate::share::{LinkError, Summary};

/// Names what was read; the page counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct LoadId(pub u32);

/// A file or a paste on its way to the inspector.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GivenFile {
    /// File name, or a name for the paste.
    pub name: String,
    /// Its contents.
    #[serde(with = "serde_bytes")]
    pub bytes: Vec<u8>,
}

/// What the page asks for.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Request {
    /// Read these files in addition to what was loaded as `base`, or to what `link` holds if it can be opened. Answered by
    /// [`Event::Loaded`], unless another `Load` comes before that.
    Load {
        /// What the result is to be called.
        id: LoadId,
        /// What was loaded before; `None` forgets it.
        base: Option<LoadId>,
        /// The index of a source of `base` to leave out.
        removed: Option<usize>,
        /// What arrived since.
        files: Rc<[GivenFile]>,
        /// A text with a link, which replaces `base`.
        link: Option<Rc<str>>,
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
    /// Make a link to the newest report. Answered by [`Event::LinkMade`], if there is one and no later `MakeLink` comes.
    MakeLink {
        /// What the sender wants to say.
        note: String,
    },
    /// Draw the newest report, and every one from here on, for this much room. Answered by [`Event::Drawn`], if there is one.
    Draw {
        /// The room.
        width: Width,
    },
    /// Make a file of the newest report. Answered by [`Event::Made`], unless the report lacks what it is to be of.
    Make {
        /// Which file.
        file: Download,
        /// The page's address without its fragment, for the link in the file.
        address: String,
    },
    /// Nobody waits any more for what is being read or inspected; what was there before stays. Answered by
    /// [`Event::Cancelled`].
    Cancel,
    /// Nothing is shown any more. Answered by [`Event::Forgotten`].
    Forget,
    /// Read and inspect these once and forget them, without an answer. A browser compiles a function when it is first called,
    /// which takes several times as long as reading a bundle: so that happens before somebody waits for it.
    Prepare {
        /// Something like what people drop.
        files: Rc<[GivenFile]>,
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
    /// How far the newest request to read or inspect has come; none comes for what takes no time.
    Progressed(Progress),
    /// The files are decoded and the signatures checked.
    Loaded {
        /// As the request called it.
        id: LoadId,
        /// What came of the link, if there was one.
        link: Option<Result<OpenedLink, LinkError>>,
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
        report: Rc<Report>,
        /// The drawing of it.
        drawing: Box<Drawing>,
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
    /// A link to the newest report.
    LinkMade(Link),
    /// The newest report, drawn for another width.
    Drawn(Box<Drawing>),
    /// A file that was asked for.
    Made {
        /// Its name.
        name: String,
        /// What is in it; of a picture in pixels, the drawing as SVG.
        text: String,
    },
    /// Work ends; no progress of it is told any more.
    Cancelled,
    /// Nothing is known any more.
    Forgotten,
}

/// How far work has come that somebody waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// What is being done.
    pub stage: Stage,
    /// How much of it is done.
    pub done: usize,
    /// How much there is of it; 0 where nothing is counted.
    pub total: usize,
}

/// What is done with files, in this order, and what is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stage {
    /// Files are read; files are counted.
    Reading,
    /// Signatures are checked; checks are counted.
    CheckingSignatures,
    /// Verifiers are asked, and what they say is put together; nothing is counted.
    AskingVerifiers,
}

/// What came with a link beside what is read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenedLink {
    /// What its sender had chosen.
    pub choices: Box<Choices>,
    /// What the sender wrote: text that anyone may have written.
    pub note: Option<String>,
}

/// A drawing of a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drawing {
    /// The room it was made for.
    pub width: Width,
    /// What is drawn.
    pub scene: Scene,
}

/// A file that is made of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Download {
    /// The answer as a post for a forum.
    Markdown,
    /// The whole report.
    Json,
    /// The graph as text, for Mermaid.
    Mermaid,
    /// The graph as text, for Graphviz.
    Dot,
    /// The drawing as SVG.
    Svg(Theme),
    /// The drawing as pixels.
    Png(Theme),
    /// The certificate with this index, as PEM.
    Certificate(usize),
    /// The pool that this rule makes of the peer in focus, as PEM.
    Pool(Rule),
    /// A corrected file of the fix of a chain.
    Fix {
        /// Index of the chain into the answer's chains; `None` where the answer has no chain and a fix of its own.
        chain: Option<usize>,
        /// Index into the files of its fix.
        file: usize,
    },
}

/// A link, and what it holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// The note that was asked for.
    pub note: String,
    /// What stands behind the `#`.
    pub fragment: String,
    /// What is in it.
    pub summary: Summary,
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
    use crate::scene::{self, View};
    use crate::time::Timestamp;

    #[test]
    fn a_report_arrives_as_it_was_sent() {
        for example in EXAMPLES {
            let at = Timestamp::parse(example.at).expect("an instant");
            let (inventory, choices) = (Inventory::from_inputs(&example.inputs()), Choices::at(at));
            let graph = Graph::build(inventory.certificates.clone());
            let report = Rc::new(inspect(&inventory, &graph, &choices).report);
            let view = View { peer: None, width: Width::Narrow(350) };
            let drawing = Box::new(Drawing { width: view.width, scene: scene::draw(&report, &view) });
            let sent = Event::Inspected {
                loaded: LoadId(1),
                choices: Box::new(choices),
                report: Rc::clone(&report),
                drawing: drawing.clone(),
                openable: vec![1],
            };
            let Ok(Event::Inspected { report: arrived, drawing: drawn, openable, .. }) =
                read(&write(&sent).expect("bytes"))
            else {
                panic!("{}: another event arrived", example.name)
            };
            assert_eq!((arrived, drawn, openable), (report, drawing, vec![1]), "{}", example.name);
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

//! What the given files say to the error lines that were given with them.
//!
//! ```text
//! error line -> the programs that say such words (or answer with such an alert)
//!            -> what each of them says of each chain, with the trust store at hand
//!            -> the same words: the cause of that verdict is confirmed, the other faults that the words allow are
//! refuted            -> other words, or none: these files do not explain the line
//! several lines -> stages of a connection: what each one showed, and what it hid
//! ```
//!
//! Nothing is decided here: the verdicts are those of the engines, and their causes those of [`crate::answer`].

mod facts;
mod files;
mod judge;
mod programs;
mod router;
mod stage;
mod words;

pub use stage::{Sequence, Stage, Step, sequence};
pub use words::{implication, title};

use crate::answer::{Answer, Situation};
use crate::certificate::CertId;
use crate::error_text::{Elsewhere, ErrorLine, Fault};
use crate::inventory::HeaderForm;
use crate::verifier::{Program, Purpose};

/// Most lines that are judged. Our own number: each one costs some hundred verdicts, as a chain's answer does.
pub const MAX_EXPLAINED: usize = 20;

/// Most chains that the programs are asked about for one line; see [`MAX_EXPLAINED`].
pub const MAX_CHAINS: usize = 20;

/// An error line, and what the files say to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExplainedLine {
    /// Index of its source in the inventory.
    pub source: usize,
    /// The line.
    pub line: ErrorLine,
    /// Where in a connection it arose.
    pub stage: Stage,
    /// What became of it.
    pub finding: Finding,
    /// Every fault that its words allow: those that are confirmed first, the refuted ones last.
    pub faults: Vec<JudgedFault>,
}

/// What became of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// A program says this very thing of a chain, or answers it with this alert.
    Said(Said),
    /// The files themselves show it.
    Shown,
    /// The header that was given has a form which not every parser reads.
    ForwardedForm {
        /// The name of its source.
        source: String,
        /// Its form.
        form: HeaderForm,
    },
    /// No program says so with these files.
    NotSaid {
        /// The first one that was asked.
        program: Program,
        /// The chain that it was asked about.
        chain: String,
        /// What the chain was judged as.
        purpose: Purpose,
        /// What it says instead; `None` if it accepts.
        instead: Option<String>,
    },
    /// No verifier of the program's kind is at hand, and the others find no such fault in these files.
    NotShown,
    /// The files do not suffice.
    Open(Addition),
    /// No certificate explains it.
    Elsewhere(Elsewhere),
}

/// Who says what was said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The program.
    pub program: Program,
    /// The name of the chain.
    pub chain: String,
    /// Its own certificate.
    pub leaf: CertId,
    /// What it was judged as.
    pub purpose: Purpose,
    /// The certificates at fault, the first one above all.
    pub certificates: Vec<CertId>,
    /// The program's answer in one sentence, as [`crate::answer`] gives it where it says what is confirmed.
    pub sentence: String,
}

/// A fault that the words allow, and what the files say to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JudgedFault {
    /// The fault.
    pub fault: Fault,
    /// What the files say.
    pub judgement: Judgement,
}

/// What the files say to a fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Judgement {
    /// It is there, and it is what the words come from.
    Confirmed,
    /// It is not there, or not what the words come from.
    Refuted,
    /// These files cannot tell; this would.
    Undecidable(Addition),
}

/// What to add to the files so that a line can be judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Addition {
    /// The chain that was presented.
    Chain,
    /// What the program trusts.
    TrustStore,
    /// The certificate of the issuer that is missing.
    Issuer,
    /// The file that the program could not load, as it is deployed.
    DeployedFile,
    /// The public key of the private key, which is not read here.
    PublicKey,
    /// Whether the client was given a certificate at all, and which CA names the server lists.
    ClientSetup,
    /// The header as it was received.
    ReceivedHeader,
    /// Which program sent the alert.
    Sender,
    /// The revocation list, which is not looked at here.
    RevocationList,
    /// What a router was given and what its controllers and its clients present.
    RouterFiles,
}

impl ExplainedLine {
    /// The program that says so, and the name of the chain, where one does.
    pub fn said_by(&self) -> Option<(Program, &str)> {
        match &self.finding {
            Finding::Said(said) => Some((said.program, &said.chain)),
            _ => None,
        }
    }
}

/// Judges every line that was given, in the order of the sources and of their lines.
pub fn explain(situation: &Situation<'_, '_>, answer: &Answer) -> Vec<ExplainedLine> {
    let sources = situation.inventory.sources.iter().enumerate();
    let lines = sources.flat_map(|(index, source)| source.error_lines.iter().map(move |line| (index, line)));
    lines.take(MAX_EXPLAINED).map(|(source, line)| judge::line(situation, answer, source, line)).collect()
}

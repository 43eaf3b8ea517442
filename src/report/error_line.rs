//! The error lines that were given, and what the files say to them.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::ids;
use crate::error_explanation::{self, ExplainedLine, Judgement};

/// An error line that was given, and what the files say to it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ErrorLine {
    /// Index of the source in which it stands.
    pub source: usize,
    /// The line on which it stands first, counted from 1.
    #[cfg_attr(feature = "schema", schemars(range(min = 1)))]
    pub line: usize,
    /// How often it stands there.
    pub times: usize,
    /// The words that were recognised, and nothing else of the line.
    pub words: String,
    /// Whose words they are.
    pub speaker: Cow<'static, str>,
    /// What became of it.
    pub finding: ErrorFinding,
    /// What became of it, in one to three sentences.
    pub sentence: String,
    /// What the words prove by themselves; null where they prove nothing.
    pub implication: Option<Cow<'static, str>>,
    /// What a line of its stage of a connection shows.
    pub shows: Cow<'static, str>,
    /// What nobody can know as long as that stage fails.
    pub hides: Cow<'static, str>,
    /// The program that says so, by its name in `engines` or among the products; null where none does.
    pub program: Option<Cow<'static, str>>,
    /// The name of the chain of which it says so.
    pub chain: Option<String>,
    /// The certificates at fault, the first one above all.
    pub certificates: Vec<usize>,
    /// Every fault that the words allow: those that are confirmed first, those that are ruled out last.
    pub faults: Vec<ErrorFault>,
}

/// What became of an error line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ErrorFinding {
    /// A program says this very thing of a chain, or the files themselves show it.
    Explained,
    /// No program says so with these files.
    NotExplained,
    /// The files do not suffice.
    Open,
    /// No certificate explains it.
    Elsewhere,
}

/// A fault that the words of an error line allow.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ErrorFault {
    /// The fault, under a code that stays the same.
    pub fault: Cow<'static, str>,
    /// What it is, as a clause.
    pub title: Cow<'static, str>,
    /// What the files say to it.
    pub judgement: ErrorJudgement,
    /// What to add so that it can be told; null where it is told.
    pub add: Option<String>,
}

/// What the files say to a fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum ErrorJudgement {
    /// It is what the words come from.
    Confirmed,
    /// It is not there, or not what the words come from.
    Refuted,
    /// These files cannot tell.
    Undecidable,
}

pub(super) fn error_line(from: &ExplainedLine) -> ErrorLine {
    let said = match &from.finding {
        error_explanation::Finding::Said(said) => Some(said),
        _ => None,
    };
    ErrorLine {
        source: from.source,
        line: from.line.line,
        times: from.line.times,
        words: from.line.words.clone(),
        speaker: from.line.speaker.title().into(),
        finding: finding(&from.finding),
        sentence: from.to_string(),
        implication: error_explanation::implication(&from.line).map(Cow::Borrowed),
        shows: from.stage.shows().into(),
        hides: from.stage.hides().into(),
        program: said.map(|said| said.program.name().into()),
        chain: said.map(|said| said.chain.clone()),
        certificates: said.map(|said| ids(&said.certificates)).unwrap_or_default(),
        faults: from.faults.iter().map(fault).collect(),
    }
}

fn finding(from: &error_explanation::Finding) -> ErrorFinding {
    match from {
        error_explanation::Finding::Said(_)
        | error_explanation::Finding::Shown
        | error_explanation::Finding::ForwardedForm { .. } => ErrorFinding::Explained,
        error_explanation::Finding::NotSaid { .. } | error_explanation::Finding::NotShown => ErrorFinding::NotExplained,
        error_explanation::Finding::Open(_) => ErrorFinding::Open,
        error_explanation::Finding::Elsewhere(_) => ErrorFinding::Elsewhere,
    }
}

fn fault(from: &error_explanation::JudgedFault) -> ErrorFault {
    let (judgement, add) = match from.judgement {
        Judgement::Confirmed => (ErrorJudgement::Confirmed, None),
        Judgement::Refuted => (ErrorJudgement::Refuted, None),
        Judgement::Undecidable(addition) => (ErrorJudgement::Undecidable, Some(addition.to_string())),
    };
    ErrorFault { fault: from.fault.code().into(), title: error_explanation::title(from.fault).into(), judgement, add }
}

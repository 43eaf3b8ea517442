//! Who trusts each chain, why not, and what to change: the part of the report that is read first.

use std::borrow::Cow;
use std::cmp::Reverse;

use serde::{Deserialize, Serialize};

use super::{Finding, Headline, ids};
use crate::answer::CauseCode;
use crate::trust_store::TrustStore;
use crate::verifier::{Program, Purpose};
use crate::{answer, lens, store};

/// What the list of public roots is called.
const PUBLIC_STORE: &str = "public roots";

/// Who trusts the chains, why not, and what to change.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Answer {
    /// Whose question leads: that of any verifier, or that of a program that derives its own root pool.
    pub lens: Lens,
    /// The worst of the chains' verdicts.
    pub verdict: AnswerVerdict,
    /// The cause of that verdict, under a code that stays the same: `trusted`, `missing-intermediate`, `expired`…
    pub cause: Cow<'static, str>,
    /// The answer in one sentence.
    pub sentence: String,
    /// One or two sentences more; may be empty.
    pub detail: String,
    /// What the verifiers were asked to trust.
    pub store: Store,
    /// The one program that was asked; null where every verifier was.
    pub program: Option<Cow<'static, str>>,
    /// What to change; null where nothing has to be, or where nothing is known that helps.
    pub fix: Option<Fix>,
    /// One per chain, those with the worst verdict first.
    pub chains: Vec<ChainAnswer>,
}

/// Whose question leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Lens {
    /// Who trusts these chains?
    Chains,
    /// Which roots does a program derive for itself, and whom does that cost?
    Router,
}

/// What the verifiers say together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum AnswerVerdict {
    /// Every verifier whose answer is known accepts.
    Trusted,
    /// Some accept.
    Depends,
    /// None accepts.
    NotTrusted,
    /// Nothing at hand supports a verdict.
    Unknown,
}

/// Where the trusted certificates came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum StoreKind {
    /// From the files.
    Given,
    /// From the public roots that rootlens brings.
    Public,
    /// From both.
    Both,
    /// Nothing is trusted.
    None,
}

/// What the verifiers were asked to trust.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Store {
    /// Where it came from.
    pub kind: StoreKind,
    /// What it is called: names of files, or the name of the public list.
    pub name: String,
    /// The date of the public list, `2026-08-01`; null without it.
    pub date: Option<String>,
    /// Whether it was chosen; otherwise it follows from the files.
    pub chosen: bool,
    /// How many certificates the files put into it.
    pub certificates: usize,
    /// The certificates that the files put into it, in order. Public roots are not listed.
    pub trusted: Vec<usize>,
}

/// What the verifiers say of one chain, why, and what to change.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ChainAnswer {
    /// Name of the chain, as in `engines[].client`.
    pub chain: String,
    /// The certificate that is judged, the first of the chain.
    pub leaf: usize,
    /// What is presented with it, in order.
    pub presented: Vec<usize>,
    /// What it was judged as.
    #[cfg_attr(feature = "schema", schemars(with = "super::schema::Purpose"))]
    pub purpose: Purpose,
    /// The name or address that it has to be made out to: the one that was chosen, else the one that the text of a
    /// connection names; null for any.
    pub host: Option<String>,
    /// What the verifiers say together.
    pub verdict: AnswerVerdict,
    /// How many accept.
    pub accepts: usize,
    /// How many say yes or no.
    pub of: usize,
    /// Those that say no, by name: engines, products that were asked or heard of, and programs that cannot read a file.
    pub rejecting: Vec<Cow<'static, str>>,
    /// Those whose answer is not known, by name.
    pub undecided: Vec<Cow<'static, str>>,
    /// What the one program that was asked says, in its own words; null where every verifier was asked, or where it accepts.
    pub detail_of_program: Option<String>,
    /// The cause, under a code that stays the same.
    pub cause: Cow<'static, str>,
    /// The answer in one sentence.
    pub sentence: String,
    /// One or two sentences more; may be empty.
    pub detail: String,
    /// The certificates at fault, the first one above all.
    pub certificates: Vec<usize>,
    /// What to change; null where nothing has to be, or where nothing is known that helps.
    pub fix: Option<Fix>,
}

/// What to change.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Fix {
    /// What to do, in one or two sentences.
    pub sentence: String,
    /// Commands that do it, with the names of the files at hand; one or more lines each.
    pub commands: Vec<String>,
    /// The corrected files.
    pub files: Vec<FixFile>,
    /// The verifiers that accept once `files` stand in the place of the old ones, asked again; empty where the fix is advice
    /// that the files at hand cannot prove.
    pub verified_by: Vec<Cow<'static, str>>,
}

/// A corrected file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FixFile {
    /// The name of the file that it replaces, or of a new one.
    pub name: String,
    /// Its whole text.
    pub text: String,
    /// The name of the file in whose place it stands; null for a new one.
    pub replaces: Option<String>,
}

impl Answer {
    /// The fix of one of `chains`, by its index; without one that of an answer that has no chain.
    pub fn fix_of(&self, chain: Option<usize>) -> Option<&Fix> {
        match chain {
            Some(chain) => self.chains.get(chain)?.fix.as_ref(),
            None => self.fix.as_ref().filter(|_| self.chains.is_empty()),
        }
    }
}

/// The answer as the report has it.
pub(super) fn answer(from: &answer::Answer, lens: lens::Lens, store: &TrustStore) -> Answer {
    let mut chains: Vec<ChainAnswer> = from.chains.iter().map(chain).collect();
    // Stable, so that equals stay in the order of the files.
    chains.sort_by_key(|chain| Reverse(severity(chain.verdict)));
    Answer {
        lens: lens.into(),
        verdict: from.verdict.into(),
        cause: from.code.code().into(),
        sentence: from.sentence.clone(),
        detail: from.detail.clone(),
        store: self::store(store),
        program: from.program.map(|program| program.name().into()),
        fix: chains.first().and_then(|chain| chain.fix.clone()).or_else(|| from.fix.as_ref().map(fix)),
        chains,
    }
}

/// The answer to a program that derives its own root pool, where that pool locks somebody out or is the headline's
/// concern: what the headline says, with what the first finding advises.
pub(super) fn of_router(answer: Answer, headline: &Headline, locks_out: bool, advice: Option<&Finding>) -> Answer {
    let (sentence, detail) = (headline.sentence.clone(), headline.detail.clone());
    if !locks_out {
        return Answer { sentence, detail, ..answer };
    }
    let fix = advice.map(|finding| Fix {
        sentence: finding.fix.clone(),
        commands: Vec::new(),
        files: Vec::new(),
        verified_by: Vec::new(),
    });
    let cause = CauseCode::NaivePool.code().into();
    Answer { verdict: AnswerVerdict::Depends, cause, sentence, detail, fix, ..answer }
}

/// The worst verdict is the highest.
fn severity(verdict: AnswerVerdict) -> u8 {
    match verdict {
        AnswerVerdict::Trusted => 0,
        AnswerVerdict::Unknown => 1,
        AnswerVerdict::Depends => 2,
        AnswerVerdict::NotTrusted => 3,
    }
}

fn store(from: &TrustStore) -> Store {
    Store {
        kind: from.kind.into(),
        name: match from.files.as_slice() {
            [] if from.kind.has_public() => PUBLIC_STORE.to_owned(),
            files => files.join(", "),
        },
        date: from.date.clone(),
        chosen: from.is_chosen,
        certificates: from.given().len(),
        trusted: ids(from.given()),
    }
}

fn chain(from: &answer::ChainAnswer) -> ChainAnswer {
    ChainAnswer {
        chain: from.chain.clone(),
        leaf: from.leaf.0,
        presented: ids(&from.presented),
        purpose: from.purpose,
        host: from.host.as_ref().map(|host| host.text().to_owned()),
        verdict: from.verdict.into(),
        accepts: from.accepting.len(),
        of: from.accepting.len() + from.rejecting.len(),
        rejecting: names(&from.rejecting),
        undecided: names(&from.undecided),
        detail_of_program: from.detail_of_program.clone(),
        cause: from.code.code().into(),
        sentence: from.sentence.clone(),
        detail: from.detail.clone(),
        certificates: ids(&from.certificates),
        fix: from.fix.as_ref().map(fix),
    }
}

fn fix(from: &answer::FixInWords) -> Fix {
    let file = |file: &answer::File| FixFile {
        name: file.name.clone(),
        text: file.text.clone(),
        replaces: file.replaces.clone(),
    };
    Fix {
        sentence: from.sentence.clone(),
        commands: from.commands.clone(),
        files: from.files.iter().map(file).collect(),
        verified_by: names(&from.verified_by),
    }
}

fn names(programs: &[Program]) -> Vec<Cow<'static, str>> {
    programs.iter().map(|program| program.name().into()).collect()
}

impl From<lens::Lens> for Lens {
    fn from(from: lens::Lens) -> Lens {
        match from {
            lens::Lens::Chains => Lens::Chains,
            lens::Lens::Router => Lens::Router,
        }
    }
}

impl From<answer::Verdict> for AnswerVerdict {
    fn from(from: answer::Verdict) -> AnswerVerdict {
        match from {
            answer::Verdict::Trusted => AnswerVerdict::Trusted,
            answer::Verdict::Unknown => AnswerVerdict::Unknown,
            answer::Verdict::Depends => AnswerVerdict::Depends,
            answer::Verdict::NotTrusted => AnswerVerdict::NotTrusted,
        }
    }
}

impl From<store::StoreKind> for StoreKind {
    fn from(from: store::StoreKind) -> StoreKind {
        match from {
            store::StoreKind::Given => StoreKind::Given,
            store::StoreKind::Public => StoreKind::Public,
            store::StoreKind::Both => StoreKind::Both,
            store::StoreKind::None => StoreKind::None,
        }
    }
}

//! Who trusts each chain with the trust store at hand, why not, and what to change.
//!
//! ```text
//! what the programs reply -> verdict (trusted, depends, not trusted, unknown)
//! where the issuers lead, what divides the programs, edits under which more accept -> cause
//! edits of the files at hand, smallest first, put to the programs again -> fix
//! all of it in words
//! ```

mod cause;
mod code;
mod files;
mod fix;
mod generation;
mod lead;
mod unloadable;
mod words;

use crate::acceptance::{self, Acceptance, Question};
use crate::certificate::{CertId, Certificate};
use crate::choices::Choices;
use crate::graph::Graph;
use crate::inventory::{Carried, HeaderForm, Inventory};
use crate::role::Chain;
use crate::store::StoreKind;
use crate::trust_store::TrustStore;
use crate::verifier::{self, Host, Outcome, Program, Purpose, Readings};

use cause::{Cause, Judged};
pub use code::CauseCode;
pub use files::File;
use lead::Lead;
use unloadable::Unloadable;
use words::Speech;

/// Most chains whose cause and fix are looked for. Our own number: beyond that, a chain says what its verdicts say.
pub const MAX_EXPLAINED: usize = 20;

/// What the programs say together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// All that say yes or no say yes.
    Trusted,
    /// Nothing at hand supports a verdict.
    Unknown,
    /// Some say yes.
    Depends,
    /// None says yes.
    NotTrusted,
}

/// What one program says of a chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// Who says it.
    pub program: Program,
    /// What it says.
    pub verdict: verifier::Verdict,
}

/// The answer about every chain, and about all of them together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The worst of the chains' verdicts; unknown without a chain.
    pub verdict: Verdict,
    /// What that verdict comes from.
    pub code: CauseCode,
    /// The answer in one sentence.
    pub sentence: String,
    /// One or two sentences more; may be empty.
    pub detail: String,
    /// The one program that was asked; every verifier if `None`.
    pub program: Option<Program>,
    /// One per question, in their order.
    pub chains: Vec<ChainAnswer>,
    /// Index in `chains` of the one with the worst verdict.
    pub worst: Option<usize>,
    /// What to change where there is no chain; else the chains say it.
    pub fix: Option<FixInWords>,
}

/// The answer about one chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChainAnswer {
    /// The name of the chain.
    pub chain: String,
    /// The certificate that is judged.
    pub leaf: CertId,
    /// What is presented with it, in order.
    pub presented: Vec<CertId>,
    /// Another chain's leaf is called the same.
    pub shares_its_name: bool,
    /// What it is judged as.
    pub purpose: Purpose,
    /// The name that it has to be made out to, if any.
    pub host: Option<Host>,
    /// What the programs say together.
    pub verdict: Verdict,
    /// Those that say yes.
    pub accepting: Vec<Program>,
    /// Those that say no.
    pub rejecting: Vec<Program>,
    /// Those whose answer is not known.
    pub undecided: Vec<Program>,
    /// What the one program that was asked says, if it says no.
    pub detail_of_program: Option<String>,
    /// What the verdict comes from.
    pub code: CauseCode,
    /// The certificates at fault, the first one above all; of a chain that is trusted the anchor.
    pub certificates: Vec<CertId>,
    /// The answer in one sentence.
    pub sentence: String,
    /// One or two sentences more; may be empty.
    pub detail: String,
    /// What to change.
    pub fix: Option<FixInWords>,
}

/// What to change, ready to be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FixInWords {
    /// What to do.
    pub sentence: String,
    /// Commands that do it.
    pub commands: Vec<String>,
    /// The corrected files.
    pub files: Vec<File>,
    /// The programs that accept the corrected files, asked again; empty for advice that the files cannot prove.
    pub verified_by: Vec<Program>,
}

/// What to do where the files at hand cannot mend a chain.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Advice {
    sentence: String,
    commands: Vec<String>,
}

/// What an answer is found from.
#[derive(Clone, Copy)]
pub struct Situation<'a, 'g> {
    /// What was given.
    pub inventory: &'a Inventory,
    /// Who may have issued whom.
    pub graph: &'a Graph,
    /// The same as the verifiers read it.
    pub readings: &'a Readings<'g>,
    /// What is trusted.
    pub store: &'a TrustStore,
    /// The chains, and what every verifier says of them.
    pub acceptance: &'a Acceptance,
    /// What the user chose.
    pub choices: &'a Choices,
}

/// Answers for every chain: who trusts it, why not, what to change.
///
/// It asks the verifiers again on edited chains, stores and certificates, at most some hundred times for a chain that
/// not all of them accept, and judges by nothing but what they say.
pub fn answer(situation: &Situation<'_, '_>) -> Answer {
    let questions = situation.acceptance.questions.iter().enumerate();
    let mut explained = 0;
    let chains: Vec<ChainAnswer> = questions
        .map(|(index, question)| {
            let replies = situation.replies(index, question);
            let needs_more = replies.iter().any(|reply| reply.verdict.outcome != Outcome::Accepted);
            explained += usize::from(needs_more);
            situation.chain(question, &replies, explained <= MAX_EXPLAINED)
        })
        .collect();
    together(situation, chains)
}

/// The answer about one chain as one program gives it, whatever program was chosen.
pub fn of_program(situation: &Situation<'_, '_>, question: &Question, program: Program) -> ChainAnswer {
    let choices = Choices { program: Some(program), ..situation.choices.clone() };
    let situation = Situation { choices: &choices, ..*situation };
    let query = question.query(&situation.store.certificates, &choices);
    let reply = Reply { program, verdict: program.ask(situation.readings, &query) };
    situation.chain(question, &[reply], true)
}

/// Adds a program that nobody chose, but whose words are at hand, to an answer in which every verifier accepts its chain: it
/// refuses for a reason of its own, which is the answer then.
pub fn add_program(situation: &Situation<'_, '_>, answer: &mut Answer, program: Program, chain: &str) {
    let questions = &situation.acceptance.questions;
    let Some(index) = answer.chains.iter().position(|it| it.chain == chain && it.verdict == Verdict::Trusted) else {
        return;
    };
    let (Some(question), None) = (questions.get(index), answer.program) else { return };
    let own = of_program(situation, question, program);
    if own.verdict != Verdict::NotTrusted {
        return;
    }
    let mut chains = std::mem::take(&mut answer.chains);
    if let Some(accepted) = chains.get_mut(index) {
        let (accepting, undecided) = (accepted.accepting.clone(), accepted.undecided.clone());
        *accepted = ChainAnswer { verdict: Verdict::Depends, accepting, undecided, ..own };
    }
    *answer = together(situation, chains);
}

impl Situation<'_, '_> {
    /// What the one program says that was chosen, else what every verifier says.
    fn replies(&self, index: usize, question: &Question) -> Vec<Reply> {
        match self.choices.program {
            Some(program) => {
                let query = question.query(&self.store.certificates, self.choices);
                vec![Reply { program, verdict: program.ask(self.readings, &query) }]
            }
            None => {
                let answers = self.acceptance.answers.iter().filter(|answer| answer.question == index);
                let reply = |answer: &acceptance::Answer| Reply {
                    program: Program::Engine(answer.engine),
                    verdict: answer.verdict.clone(),
                };
                answers.map(reply).collect()
            }
        }
    }

    fn speech(&self) -> Speech<'_> {
        Speech {
            inventory: self.inventory,
            graph: self.graph,
            store: self.store,
            program: self.choices.program.map(Program::title),
        }
    }

    fn chain(&self, question: &Question, replies: &[Reply], is_explained: bool) -> ChainAnswer {
        let judged = Judged {
            graph: self.graph,
            readings: self.readings,
            query: question.query(&self.store.certificates, self.choices),
            replies,
            is_public_by_default: self.store.is_public_by_default(),
            is_shown_in_part: self.is_shown_in_part(&question.chain),
            leaf_only: self.leaf_only(&question.chain),
        };
        if let Some(unloadable) = unloadable::of_chain(self, question, replies) {
            return self.unloadable_chain(question, &judged, &unloadable);
        }
        let cause = if is_explained { Cause::find(&judged) } else { Cause::by_replies(&judged) };
        let verdict = self.verdict(&judged, &cause);
        let mut answer = self.unsaid(question, &judged, cause.code, verdict);
        answer.certificates.clone_from(&cause.certificates);
        let speech = self.speech();
        answer.detail_of_program = self.detail_of_program(replies);
        answer.sentence = words::sentence(&speech, &answer, &cause);
        answer.fix = if is_explained { self.fix(&speech, &question.chain, &judged, &cause, &answer) } else { None };
        answer.detail = words::detail(&speech, &answer, &cause);
        answer
    }

    /// A chain of which some programs cannot read what they need: that comes before whatever else there is to say.
    fn unloadable_chain(&self, question: &Question, judged: &Judged<'_, '_>, unloadable: &Unloadable) -> ChainAnswer {
        let mut answer = self.unsaid(question, judged, CauseCode::UnloadableFile, Verdict::Unknown);
        let everyone_accepting = answer.accepting.clone();
        answer.accepting.retain(|program| !unloadable.losing.contains(program));
        answer.rejecting.extend(&unloadable.losing);
        answer.verdict = match (answer.accepting.is_empty(), unloadable.losing.is_empty()) {
            (false, _) => Verdict::Depends,
            (true, false) => Verdict::NotTrusted,
            (true, true) => self.verdict(judged, &Cause::by_replies(judged)),
        };
        let speech = self.speech();
        answer.sentence = words::unloadable(&speech, unloadable, judged.replies.len());
        answer.detail = words::who_loads(unloadable);
        answer.fix = self.mended(&speech, unloadable, everyone_accepting);
        answer
    }

    /// The corrected file of one that some programs cannot read, and who then accepts.
    fn mended(&self, speech: &Speech<'_>, unloadable: &Unloadable, verified_by: Vec<Program>) -> Option<FixInWords> {
        let file = files::mended(speech, unloadable.source)?;
        Some(FixInWords {
            sentence: words::replace_by_the_corrected(speech, unloadable),
            commands: vec![file.command.clone()],
            files: vec![file],
            verified_by,
        })
    }

    /// What the programs say of a chain, without a word about it.
    fn unsaid(&self, question: &Question, judged: &Judged<'_, '_>, code: CauseCode, verdict: Verdict) -> ChainAnswer {
        ChainAnswer {
            chain: question.chain.name.clone(),
            leaf: question.chain.leaf,
            presented: question.chain.presented.clone(),
            shares_its_name: self.shares_its_name(question),
            purpose: question.purpose,
            host: judged.query.host.clone(),
            verdict,
            accepting: judged.programs(Outcome::Accepted),
            rejecting: judged.programs(Outcome::Rejected),
            undecided: judged.programs(Outcome::Stopped),
            detail_of_program: None,
            code,
            certificates: Vec::new(),
            sentence: String::new(),
            detail: String::new(),
            fix: None,
        }
    }

    fn shares_its_name(&self, question: &Question) -> bool {
        let name = |id: CertId| self.graph.certificate(id).map(Certificate::short_name);
        let leaf = question.chain.leaf;
        let mut others = self.acceptance.questions.iter().filter(|other| other.chain.name != question.chain.name);
        others.any(|other| name(other.chain.leaf) == name(leaf))
    }

    /// Whether the text of the connection says that the server sent more than it shows.
    fn is_shown_in_part(&self, chain: &Chain) -> bool {
        let session = self.inventory.sources.get(chain.source).and_then(|source| source.session.as_ref());
        let sent = session.and_then(|session| session.sent);
        sent.is_some_and(|sent| 1 + chain.presented.len() < sent)
    }

    /// The form in which a proxy forwarded the chain, if that carries no more than the client's own certificate.
    fn leaf_only(&self, chain: &Chain) -> Option<HeaderForm> {
        let part = self.inventory.sources.get(chain.source).and_then(|source| source.part.as_ref());
        let form = part.and_then(|part| part.forwarded.as_ref()).map(|forwarded| forwarded.form)?;
        (form.carries() == Carried::LeafOnly && chain.presented.is_empty()).then_some(form)
    }

    fn detail_of_program(&self, replies: &[Reply]) -> Option<String> {
        let only = replies.first().filter(|_| self.choices.program.is_some())?;
        (!only.verdict.accepts()).then(|| only.verdict.detail.clone())
    }

    /// The verdict of the programs, where something supports one.
    fn verdict(&self, judged: &Judged<'_, '_>, cause: &Cause) -> Verdict {
        let [accepting, rejecting] = [Outcome::Accepted, Outcome::Rejected].map(|it| judged.programs(it).len());
        match (accepting, rejecting) {
            (0, 0) => Verdict::Unknown,
            (0, _) if cause.code == CauseCode::ChainNotShown => Verdict::Unknown,
            (0, _) if self.store.certificates.is_empty() && !self.store.is_chosen => Verdict::Unknown,
            (0, _) if self.store.kind == StoreKind::None => Verdict::Unknown,
            // The public roots were nobody's choice: that a chain leads elsewhere says nothing against it.
            (0, _) if self.store.is_public_by_default() && !leads_to_trust(judged) => Verdict::Unknown,
            // What was judged is not what was meant.
            (_, 0) if cause.code == CauseCode::LeafNotFirst => Verdict::Depends,
            (_, 0) => Verdict::Trusted,
            (0, _) => Verdict::NotTrusted,
            _ => Verdict::Depends,
        }
    }

    fn fix(
        &self,
        speech: &Speech<'_>,
        chain: &Chain,
        judged: &Judged<'_, '_>,
        cause: &Cause,
        answer: &ChainAnswer,
    ) -> Option<FixInWords> {
        match fix::find(judged, cause, self.store.kind, &|trusted| self.keeps_others(chain, trusted)) {
            Some(fix) => {
                let files::Corrected { files, from_originals } = files::of(speech, chain, &fix);
                Some(FixInWords {
                    sentence: words::proven(speech, answer, &fix, &from_originals),
                    commands: files.iter().map(|file| file.command.clone()).collect(),
                    files,
                    verified_by: fix.accepting,
                })
            }
            None => words::advice(speech, chain, answer, cause).map(|advice| FixInWords {
                sentence: advice.sentence,
                commands: advice.commands,
                files: Vec::new(),
                verified_by: Vec::new(),
            }),
        }
    }

    /// Whether every verifier that accepts another chain today accepts it with this trust store too.
    fn keeps_others(&self, changed: &Chain, trusted: &[CertId]) -> bool {
        self.acceptance.answers.iter().filter(|answer| answer.verdict.accepts()).all(|answer| {
            let question = self.acceptance.questions.get(answer.question).filter(|it| it.chain != *changed);
            let accepts = |question: &Question| {
                let query = question.query(trusted, self.choices);
                answer.engine.ask(self.readings, &query).accepts()
            };
            question.is_none_or(accepts)
        })
    }
}

fn leads_to_trust(judged: &Judged<'_, '_>) -> bool {
    matches!(Lead::of(judged.graph, &judged.query), Lead::Trusted(_))
}

/// The worst chain speaks for all.
fn together(situation: &Situation<'_, '_>, chains: Vec<ChainAnswer>) -> Answer {
    let program = situation.choices.program;
    let worst = chains.iter().enumerate().rev().max_by_key(|(_, chain)| chain.verdict).map(|(index, _)| index);
    let Some(leading) = worst.and_then(|index| chains.get(index)) else { return without_a_chain(situation) };
    let (sentence, detail) = match (leading.verdict, chains.len()) {
        (Verdict::Trusted, 2) => ("Both chains are trusted.".to_owned(), leading.sentence.clone()),
        (Verdict::Trusted, all @ 3..) => (format!("All {all} chains are trusted."), leading.sentence.clone()),
        _ => (leading.sentence.clone(), leading.detail.clone()),
    };
    Answer { verdict: leading.verdict, code: leading.code, sentence, detail, program, worst, chains, fix: None }
}

/// Nothing to judge: what there is, and the one thing to add; but a file that some programs cannot read comes first.
fn without_a_chain(situation: &Situation<'_, '_>) -> Answer {
    let speech = situation.speech();
    let unloadable = unloadable::without_a_chain(situation);
    let (sentence, detail) = match &unloadable {
        Some(unloadable) => {
            let asked = situation.choices.program.map_or(verifier::Engine::ALL.len(), |_| 1);
            (words::unloadable(&speech, unloadable, asked), words::who_loads(unloadable))
        }
        None => words::without_a_chain(&speech),
    };
    Answer {
        verdict: Verdict::Unknown,
        code: unloadable.as_ref().map_or(CauseCode::NoChain, |_| CauseCode::UnloadableFile),
        sentence,
        detail,
        program: situation.choices.program,
        chains: Vec::new(),
        worst: None,
        fix: unloadable.and_then(|unloadable| situation.mended(&speech, &unloadable, Vec::new())),
    }
}

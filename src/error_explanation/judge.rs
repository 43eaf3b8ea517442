//! Judging a line: the programs are asked, and their words compared.

use super::facts::{self, faults_of};
use super::{
    Addition, ExplainedLine, Finding, JudgedFault, Judgement, MAX_CHAINS, Said, Stage, files, programs, router, words,
};
use crate::acceptance::Question;
use crate::answer::{self, Answer, ChainAnswer, Situation, Verdict};
use crate::choices::Choices;
use crate::error_text::{ErrorLine, Fault, Layer, Side, recognize};
use crate::verifier::{self, Host, Outcome, Program, Purpose};

/// Judges one line.
pub(super) fn line(situation: &Situation<'_, '_>, answer: &Answer, source: usize, line: &ErrorLine) -> ExplainedLine {
    let (finding, faults) = judge(situation, answer, line);
    let purpose = match &finding {
        Finding::Said(said) => Some(said.purpose),
        _ => None,
    };
    ExplainedLine { source, line: line.clone(), stage: Stage::of(line, purpose), finding, faults }
}

fn judge(situation: &Situation<'_, '_>, answer: &Answer, line: &ErrorLine) -> (Finding, Vec<JudgedFault>) {
    if let Some(elsewhere) = line.message.elsewhere.filter(|_| !line.is_about_certificates()) {
        return (Finding::Elsewhere(elsewhere), Vec::new());
    }
    let is_verifiers = matches!(line.message.layer, Layer::Verification | Layer::Alert);
    if !is_verifiers || line.message.faults.iter().all(|fault| files::is_beyond_a_verifier(*fault)) {
        return files::judge(situation, answer, line);
    }
    if let Some(by_pools) =
        line.message.faults.contains(&Fault::NaivePool).then(|| router::judge(situation, line)).flatten()
    {
        return by_pools;
    }
    // What was judged is what stands in the words, where they name an instant or a host.
    let choices = Choices {
        at: line.details.at.unwrap_or(situation.choices.at),
        host: line.details.host.as_deref().map(Host::named).or_else(|| situation.choices.host.clone()),
        ..situation.choices.clone()
    };
    let inquiry = Inquiry { situation: Situation { choices: &choices, ..*situation }, answer, line };
    inquiry.judge()
}

/// A program that was asked about a chain.
struct Asked {
    program: Program,
    question: Question,
    verdict: verifier::Verdict,
}

/// A line before the programs.
struct Inquiry<'a, 'g> {
    situation: Situation<'a, 'g>,
    answer: &'a Answer,
    line: &'a ErrorLine,
}

impl Inquiry<'_, '_> {
    fn judge(&self) -> (Finding, Vec<JudgedFault>) {
        if self.situation.acceptance.questions.is_empty() {
            return self.open(Addition::Chain);
        }
        match self.line.message.layer {
            Layer::Alert => self.by_alert(),
            _ => self.by_words(),
        }
    }

    /// The first program that says the same of a chain explains the line.
    fn by_words(&self) -> (Finding, Vec<JudgedFault>) {
        let programs = programs::of_speaker(self.line.speaker);
        if programs.is_empty() {
            return self.by_answer();
        }
        let mut first = None;
        for question in self.questions() {
            for &program in &programs {
                let asked = self.ask(program, &question);
                if self.says_so(&asked.verdict) {
                    return self.explained(&asked);
                }
                first.get_or_insert(asked);
            }
        }
        self.not_said(first)
    }

    /// The programs that answer a chain with this alert explain the line if they do so for one reason.
    fn by_alert(&self) -> (Finding, Vec<JudgedFault>) {
        let mut first = None;
        for question in self.questions() {
            let mut senders = Vec::new();
            for &program in programs::SENDERS {
                let asked = self.ask(program, &question);
                let alert = programs::alert_of(program, question.purpose, &asked.verdict);
                if asked.verdict.outcome == Outcome::Rejected && alert == self.line.message.alert {
                    senders.push(asked);
                } else {
                    first.get_or_insert(asked);
                }
            }
            if let [sender, others @ ..] = senders.as_slice() {
                return self.explained_by_alert(sender, others);
            }
        }
        self.not_said(first)
    }

    fn explained_by_alert(&self, sender: &Asked, others: &[Asked]) -> (Finding, Vec<JudgedFault>) {
        let faults = self.faults(sender);
        let others: Vec<Vec<Fault>> = others.iter().map(|other| self.faults(other)).collect();
        if others.iter().all(|other| other.first() == faults.first()) {
            return self.explained(sender);
        }
        let possible: Vec<Fault> = others.into_iter().flatten().chain(faults).collect();
        let judged = self.judged(&[], |fault| match possible.contains(&fault) {
            true => Judgement::Undecidable(Addition::Sender),
            false => Judgement::Refuted,
        });
        (Finding::Open(Addition::Sender), judged)
    }

    /// No verifier of the speaker's kind is at hand, so the answer of all of them tells.
    fn by_answer(&self) -> (Finding, Vec<JudgedFault>) {
        let refused = |it: &&ChainAnswer| matches!(it.verdict, Verdict::NotTrusted | Verdict::Depends);
        let chains = self.answer.chains.iter().take(MAX_CHAINS).filter(refused);
        let mut faults = chains.map(|chain| faults_of(self.situation.graph, chain));
        if let Some(faults) = faults.find(|faults| self.line.message.is_vague || self.allows_any(faults)) {
            return (Finding::Shown, self.judged(&faults, |fault| self.beside(fault, &faults)));
        }
        match self.answer.chains.iter().any(|chain| chain.verdict == Verdict::Unknown) {
            true => self.open(Addition::TrustStore),
            false => (Finding::NotShown, self.judged(&[], |fault| files::beside_a_verifier(&self.situation, fault))),
        }
    }

    fn explained(&self, asked: &Asked) -> (Finding, Vec<JudgedFault>) {
        let chain = answer::of_program(&self.situation, &asked.question, asked.program);
        // Nobody said what the program trusts: its own store may hold what is missing here.
        if chain.verdict == Verdict::Unknown {
            return self.open(Addition::TrustStore);
        }
        let faults = self.faults_behind(asked, &chain);
        (self.said(asked.program, &chain, &faults), self.judged(&faults, |fault| self.beside(fault, &faults)))
    }

    /// The faults behind an answer. Of several that stand in a program's way those count that its words are about.
    fn faults_behind(&self, asked: &Asked, chain: &ChainAnswer) -> Vec<Fault> {
        let faults = faults_of(self.situation.graph, chain);
        let own = asked.verdict.cause.and_then(|cause| facts::fault_of_rejection(cause.kind, self.line.message.faults));
        let is_in_words = self.line.message.is_vague || self.allows_any(&faults);
        match (own, self.line.message.faults) {
            (Some(own), _) if is_in_words && !faults.iter().any(|fault| facts::may_stand_for(*fault, own)) => vec![own],
            _ if is_in_words => faults,
            (Some(own), _) => vec![own],
            (None, [only]) => vec![*only],
            (None, _) => faults,
        }
    }

    fn said(&self, program: Program, chain: &ChainAnswer, faults: &[Fault]) -> Finding {
        let graph = self.situation.graph;
        let plainer = faults.first().and_then(|fault| words::plainer(graph, program, chain, *fault));
        Finding::Said(Said {
            program,
            chain: chain.chain.clone(),
            leaf: chain.leaf,
            purpose: chain.purpose,
            certificates: chain.certificates.clone(),
            sentence: plainer.unwrap_or_else(|| chain.sentence.clone()),
        })
    }

    fn not_said(&self, first: Option<Asked>) -> (Finding, Vec<JudgedFault>) {
        let Some(asked) = first else { return self.open(Addition::Sender) };
        if self.situation.store.certificates.is_empty() {
            return self.open(Addition::TrustStore);
        }
        let finding = Finding::NotSaid {
            program: asked.program,
            chain: asked.question.chain.name.clone(),
            purpose: asked.question.purpose,
            instead: (!asked.verdict.accepts()).then(|| asked.verdict.detail.clone()),
        };
        (finding, self.judged(&[], |fault| files::beside_a_verifier(&self.situation, fault)))
    }

    fn open(&self, addition: Addition) -> (Finding, Vec<JudgedFault>) {
        (Finding::Open(addition), self.judged(&[], |_| Judgement::Undecidable(addition)))
    }

    /// What a confirmed fault leaves of another one.
    fn beside(&self, fault: Fault, confirmed: &[Fault]) -> Judgement {
        match fault {
            Fault::MissingIntermediate if confirmed.contains(&Fault::IssuerAbsent) => {
                Judgement::Undecidable(Addition::Issuer)
            }
            other => files::beside_a_verifier(&self.situation, other),
        }
    }

    /// The confirmed faults, then the others that the words allow.
    fn judged(&self, confirmed: &[Fault], judge: impl Fn(Fault) -> Judgement) -> Vec<JudgedFault> {
        let confirmed_first =
            confirmed.iter().map(|fault| JudgedFault { fault: *fault, judgement: Judgement::Confirmed });
        let others = self.line.message.faults.iter().filter(|fault| !confirmed.contains(fault));
        let mut judged: Vec<JudgedFault> = confirmed_first.collect();
        judged.extend(others.map(|fault| JudgedFault { fault: *fault, judgement: judge(*fault) }));
        judged.sort_by_key(|it| match it.judgement {
            Judgement::Confirmed => 0,
            Judgement::Undecidable(_) => 1,
            Judgement::Refuted => 2,
        });
        judged
    }

    fn allows_any(&self, faults: &[Fault]) -> bool {
        faults.iter().any(|fault| self.line.message.faults.contains(fault))
    }

    fn faults(&self, asked: &Asked) -> Vec<Fault> {
        let chain = answer::of_program(&self.situation, &asked.question, asked.program);
        self.faults_behind(asked, &chain)
    }

    fn ask(&self, program: Program, question: &Question) -> Asked {
        let query = question.query(&self.situation.store.certificates, self.situation.choices);
        Asked { program, question: question.clone(), verdict: program.ask(self.situation.readings, &query) }
    }

    /// Whether a verdict is in these words.
    fn says_so(&self, verdict: &verifier::Verdict) -> bool {
        let is_same = |said: &ErrorLine| said.message == self.line.message && said.details.agree(&self.line.details);
        verdict.outcome == Outcome::Rejected
            && (self.line.message.is_vague || recognize(&verdict.detail).iter().any(is_same))
    }

    /// The chains, each with its purpose, or the one that the line tells; those where both agree first.
    fn questions(&self) -> Vec<Question> {
        let questions = || self.situation.acceptance.questions.iter().take(MAX_CHAINS);
        let wanted = self.line.side.map(|side| match side {
            Side::Server => Purpose::Server,
            Side::Client => Purpose::Client,
        });
        let own = questions().filter(|it| wanted.is_none_or(|wanted| wanted == it.purpose)).cloned();
        let other = questions().filter_map(|it| {
            let purpose = wanted.or_else(|| self.other_purpose(it.purpose))?;
            (purpose != it.purpose).then(|| Question { purpose, ..it.clone() })
        });
        own.chain(other).collect()
    }

    /// A chain may have been used on the other side than its certificate says; words about a purpose are about that.
    fn other_purpose(&self, own: Purpose) -> Option<Purpose> {
        let message = self.line.message;
        let is_about_purpose =
            message.layer == Layer::Verification && message.faults.first() == Some(&Fault::ExtendedKeyUsage);
        is_about_purpose.then_some(match own {
            Purpose::Client => Purpose::Server,
            Purpose::Server | Purpose::Any => Purpose::Client,
        })
    }
}

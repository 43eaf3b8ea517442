//! Who would accept this: what every engine says of every chain, with the bundle as trust store, and which verdict is
//! lost first as time goes on.

use crate::certificate::CertId;
use crate::choices::Choices;
use crate::graph::Graph;
use crate::role::{Cast, Chain};
use crate::time::Timestamp;
use crate::timeline;
use crate::verifier::{Engine, Purpose, Query, Verdict};

/// Most chains that every engine is asked about. Our own number: a hundred take a browser about a tenth of a second.
pub const MAX_CHAINS: usize = 100;

/// A chain that is put before the engines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The chain.
    pub chain: Chain,
    /// What it is to be used for.
    pub purpose: Purpose,
}

/// What one engine says of one chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Index of the question.
    pub question: usize,
    /// Which engine.
    pub engine: Engine,
    /// Its verdict.
    pub verdict: Verdict,
}

/// The first change for the worse.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loss {
    /// The first instant, in whole seconds, of the rejection.
    pub at: Timestamp,
    /// Who is lost, and to whom: indices of questions, each with the engines that accept it no longer.
    pub lost: Vec<(usize, Vec<Engine>)>,
    /// The certificates whose validity ends or begins there.
    pub because: Vec<CertId>,
}

impl Question {
    /// The question in the engines' form.
    pub fn query<'a>(&'a self, cast: &'a Cast, choices: &Choices) -> Query<'a> {
        Query {
            trusted: &cast.bundle,
            presented: &self.chain.presented,
            leaf: self.chain.leaf,
            at: choices.at,
            purpose: self.purpose,
            host: choices.host.clone(),
        }
    }
}

/// The chains in question, up to [`MAX_CHAINS`]: the clients, or without any of them the peers.
pub fn questions(graph: &Graph, cast: &Cast, choices: &Choices) -> Vec<Question> {
    let is_client = !cast.clients.is_empty();
    let question = |chain: &Chain| {
        let by_facts = || if is_client && !is_server(graph, cast, chain) { Purpose::Client } else { Purpose::Server };
        Question { chain: chain.clone(), purpose: choices.purpose.unwrap_or_else(by_facts) }
    };
    chains(cast).iter().take(MAX_CHAINS).map(question).collect()
}

/// How many chains [`MAX_CHAINS`] leaves out.
pub fn left_out(cast: &Cast) -> usize {
    chains(cast).len().saturating_sub(MAX_CHAINS)
}

fn chains(cast: &Cast) -> &[Chain] {
    if cast.clients.is_empty() { &cast.peers } else { &cast.clients }
}

/// The only chain beside a bundle stands for the peer and for the client (see [`crate::role`]). Such a chain is a server's
/// if its leaf may be used for that and not for clients (RFC 5280, 4.2.1.12).
fn is_server(graph: &Graph, cast: &Cast, chain: &Chain) -> bool {
    let is_peer = cast.peers.iter().any(|peer| peer.leaf == chain.leaf && peer.source == chain.source);
    is_peer && graph.certificate(chain.leaf).is_some_and(|leaf| leaf.tls_sides() == Some((true, false)))
}

/// Asks every engine every question; the answers of a question stand together, in the order of [`Engine::ALL`].
pub fn answers(graph: &Graph, cast: &Cast, questions: &[Question], choices: &Choices) -> Vec<Answer> {
    let mut answers = Vec::new();
    for (question, asked) in questions.iter().enumerate() {
        let query = asked.query(cast, choices);
        for &engine in Engine::ALL {
            answers.push(Answer { question, engine, verdict: engine.verify(graph, &query) });
        }
    }
    answers
}

/// The first instant after that of the choices at which an engine no longer accepts what it accepts there.
pub fn first_loss(
    graph: &Graph,
    cast: &Cast,
    questions: &[Question],
    answers: &[Answer],
    choices: &Choices,
) -> Option<Loss> {
    let mut first: Option<Loss> = None;
    for (index, question) in questions.iter().enumerate() {
        let accepting = answers.iter().filter(|it| it.question == index && it.verdict.accepts());
        let accepting = accepting.map(|it| it.engine).collect::<Vec<_>>();
        let query = question.query(cast, choices);
        let until = first.as_ref().map(|loss| loss.at);
        let Some((flip, engines)) = timeline::next_loss(graph, &accepting, &query, until) else { continue };
        match &mut first {
            Some(loss) if loss.at == flip.at => {
                loss.lost.push((index, engines));
                let new = flip.because.into_iter().filter(|id| !loss.because.contains(id)).collect::<Vec<_>>();
                loss.because.extend(new);
            }
            _ => first = Some(Loss { at: flip.at, lost: vec![(index, engines)], because: flip.because }),
        }
    }
    first
}

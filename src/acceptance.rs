//! Who would accept this: what every engine says of every chain, with the bundle as trust store, and which verdict is
//! lost first as time goes on.

use crate::certificate::CertId;
use crate::choices::{Choices, lens};
use crate::graph::Graph;
use crate::lens::Lens;
use crate::role::{Chain, DistinctChain, RoleAssignment, Side};
use crate::time::Timestamp;
use crate::timeline;
use crate::verifier::{Engine, Host, Purpose, Query, Readings, Verdict};

/// Most chains that every engine is asked about. Our own number: a hundred take a browser about a tenth of a second.
pub const MAX_CHAINS: usize = 100;

/// What the answers about all chains may cost together ([`Verdict::cost`]); chains beyond that are left out, and the
/// first loss is not looked for beyond that. Our own number: what takes about half a second.
pub const MAX_COST: usize = 3_000_000;

/// A chain that is put before the engines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The leaf with what came with it.
    pub chain: Chain,
    /// What it is to be used for.
    pub purpose: Purpose,
    /// Every source that holds this chain (its index in the inventory), in order.
    pub places: Vec<usize>,
    /// The name that the leaf has to be made out to, where the file tells; the one that was chosen comes first.
    pub host: Option<Host>,
}

/// What one engine says of one chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Index of the question.
    pub question: usize,
    /// The engine that answers.
    pub engine: Engine,
    /// What the engine says, with its search.
    pub verdict: Verdict,
}

/// The first instant at which a verdict changes for the worse.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loss {
    /// The first instant, in whole seconds, of the rejection.
    pub at: Timestamp,
    /// The chains that are rejected from then on.
    pub lost: Vec<Lost>,
    /// The certificates whose validity ends or begins there.
    pub certificates: Vec<CertId>,
}

/// A chain that some engines accept no longer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lost {
    /// Index of the question about it.
    pub question: usize,
    /// The engines that accept it no longer.
    pub engines: Vec<Engine>,
}

/// Everything that was asked about the chains, and the answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acceptance {
    /// One per chain, up to [`MAX_CHAINS`] and [`MAX_COST`].
    pub questions: Vec<Question>,
    /// One per question and engine, those of a question together, in the order of [`Engine::ALL`].
    pub answers: Vec<Answer>,
    /// Chains beyond these, which nobody was asked about.
    pub chains_left_out: usize,
    /// The first verdict that is lost as time goes on; `None` too where finding it would cost more than [`MAX_COST`].
    pub first_loss: Option<Loss>,
}

impl Question {
    /// The question in the engines' form, with `trusted` as trust store.
    pub fn query<'a>(&'a self, trusted: &'a [CertId], choices: &Choices) -> Query<'a> {
        Query {
            trusted,
            presented: &self.chain.presented,
            leaf: self.chain.leaf,
            at: choices.at,
            purpose: self.purpose,
            host: choices.host.clone().or_else(|| self.host.clone()),
        }
    }
}

/// Asks every engine about every chain, with `trusted` as trust store.
pub fn ask(readings: &Readings<'_>, trusted: &[CertId], roles: &RoleAssignment, choices: &Choices) -> Acceptance {
    let mut questions = questions(readings.graph(), roles, choices);
    let answers = answers(readings, trusted, &questions, choices, Engine::ALL);
    let asked = answers.last().map_or(0, |last| last.question + 1);
    let chains_left_out = left_out(roles, choices) + (questions.len() - asked);
    questions.truncate(asked);
    let first_loss = first_loss(readings, trusted, &questions, &answers, choices);
    Acceptance { questions, answers, chains_left_out, first_loss }
}

/// The chains in question, up to [`MAX_CHAINS`]. In the chains' lens that is every chain, as a server's or a client's;
/// in the router's the clients, or without any of them the peers.
pub fn questions(graph: &Graph, roles: &RoleAssignment, choices: &Choices) -> Vec<Question> {
    let mut questions = match lens(roles, choices) {
        Lens::Chains => roles.chains.iter().map(of_chain).collect(),
        Lens::Router => of_a_router(graph, roles),
    };
    questions.truncate(MAX_CHAINS);
    for question in &mut questions {
        question.purpose = choices.purpose.unwrap_or(question.purpose);
    }
    questions
}

/// How many chains [`MAX_CHAINS`] leaves out.
pub fn left_out(roles: &RoleAssignment, choices: &Choices) -> usize {
    let chains = match lens(roles, choices) {
        Lens::Chains => roles.chains.len(),
        Lens::Router => asked_by_a_router(roles).len(),
    };
    chains.saturating_sub(MAX_CHAINS)
}

fn of_chain(DistinctChain { chain, side, sources, host }: &DistinctChain) -> Question {
    let host = host.as_deref().map(Host::named);
    let purpose = match side {
        Side::Server => Purpose::Server,
        Side::Client => Purpose::Client,
    };
    Question { chain: chain.clone(), purpose, places: sources.clone(), host }
}

fn of_a_router(graph: &Graph, roles: &RoleAssignment) -> Vec<Question> {
    let is_client = !roles.clients.is_empty();
    let purpose = |chain: &Chain| match is_client && !is_server(graph, roles, chain) {
        true => Purpose::Client,
        false => Purpose::Server,
    };
    let question = |chain: &Chain| Question {
        chain: chain.clone(),
        purpose: purpose(chain),
        places: vec![chain.source],
        host: None,
    };
    asked_by_a_router(roles).iter().map(question).collect()
}

fn asked_by_a_router(roles: &RoleAssignment) -> &[Chain] {
    if roles.clients.is_empty() { &roles.peers } else { &roles.clients }
}

/// The only chain beside a bundle stands for the peer and for the client (see [`crate::role`]). Such a chain is a
/// server's if its leaf may be used for that and not for clients (RFC 5280, 4.2.1.12).
fn is_server(graph: &Graph, roles: &RoleAssignment, chain: &Chain) -> bool {
    let is_peer = roles.peers.iter().any(|peer| peer.leaf == chain.leaf && peer.source == chain.source);
    is_peer && graph.certificate(chain.leaf).is_some_and(|leaf| leaf.tls_sides() == Some((true, false)))
}

/// Asks each of `engines` every question, with `trusted` as trust store; the answers of a question stand together, in
/// the order of the engines. Questions behind the one with which [`MAX_COST`] is reached have none.
pub fn answers(
    readings: &Readings<'_>,
    trusted: &[CertId],
    questions: &[Question],
    choices: &Choices,
    engines: &[Engine],
) -> Vec<Answer> {
    let (mut answers, mut cost) = (Vec::new(), 0_usize);
    for (question, asked) in questions.iter().enumerate() {
        if cost > MAX_COST {
            break;
        }
        let query = asked.query(trusted, choices);
        for &engine in engines {
            let verdict = engine.ask(readings, &query);
            cost = cost.saturating_add(verdict.cost);
            answers.push(Answer { question, engine, verdict });
        }
    }
    answers
}

/// The first instant after that of the choices at which an engine no longer accepts what it accepts there; `None` where
/// there is none, or where finding it costs more than [`MAX_COST`].
pub fn first_loss(
    readings: &Readings<'_>,
    trusted: &[CertId],
    questions: &[Question],
    answers: &[Answer],
    choices: &Choices,
) -> Option<Loss> {
    let mut first: Option<Loss> = None;
    let mut left = MAX_COST;
    for (index, question) in questions.iter().enumerate() {
        let accepting = answers.iter().filter(|it| it.question == index && it.verdict.accepts());
        let accepting: Vec<Engine> = accepting.map(|it| it.engine).collect();
        let until = first.as_ref().map(|loss| loss.at);
        let next = timeline::next_loss(readings, &accepting, &question.query(trusted, choices), until, &mut left);
        // An earlier loss may be hidden where the search did not go.
        let Ok(next) = next else { return None };
        let Some((change, engines)) = next else { continue };
        let lost = Lost { question: index, engines };
        match &mut first {
            Some(loss) if loss.at == change.at => loss.add(lost, &change.certificates),
            _ => first = Some(Loss { at: change.at, lost: vec![lost], certificates: change.certificates }),
        }
    }
    first
}

impl Loss {
    /// Adds a chain that is lost at the same instant.
    fn add(&mut self, lost: Lost, certificates: &[CertId]) {
        self.lost.push(lost);
        for certificate in certificates {
            if !self.certificates.contains(certificate) {
                self.certificates.push(*certificate);
            }
        }
    }
}

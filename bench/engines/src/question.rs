//! What is asked: one client chain of an example, before every engine, as `rootlens::analysis` puts it.

use rootlens::certificate::CertId;
use rootlens::choices::Choices;
use rootlens::example;
use rootlens::graph::Graph;
use rootlens::inventory::{Input, Inventory};
use rootlens::role::{self, Chain, RoleAssignment};
use rootlens::time::Timestamp;
use rootlens::verifier::{Engine, Purpose, Query, Verdict};

/// Which chain of which example.
#[derive(Clone, Copy, Debug)]
pub struct Subject {
    pub example: &'static str,
    pub client: &'static str,
}

/// The clients that the limit was set for, and one with a certificate too many: two paths, one of them expired.
pub const SUBJECTS: [Subject; 4] = [
    Subject { example: "openziti-helm", client: "client1.chain.pem" },
    Subject { example: "openziti-helm", client: "client2.chain.pem" },
    Subject { example: "openziti-helm", client: "client3.chain.pem" },
    Subject { example: "expired-cross-sign", client: "orders.client.chain.pem" },
];

/// A question with all that is read and checked beforehand.
pub struct Question {
    graph: Graph,
    bundle: Vec<CertId>,
    chain: Chain,
    at: Timestamp,
}

impl Question {
    /// Reads the example and checks its signatures.
    pub fn new(subject: Subject) -> Result<Question, String> {
        let Subject { example: name, client } = subject;
        let example = example::find(name).ok_or_else(|| format!("there is no example {name}"))?;
        let inputs = example.inputs();
        let at = Timestamp::parse(example.at).ok_or_else(|| format!("the example {name} has no time"))?;
        let (graph, roles) = read(&inputs);
        let source = inputs.iter().position(|input| input.name == client);
        let chain = roles.clients.into_iter().find(|chain| Some(chain.source) == source);
        let chain = chain.ok_or_else(|| format!("{client} is no client of the example {name}"))?;
        Ok(Question { graph, bundle: roles.bundle, chain, at })
    }

    /// Asks one engine.
    pub fn ask(&self, engine: Engine) -> Verdict {
        let query = Query {
            trusted: &self.bundle,
            presented: &self.chain.presented,
            leaf: self.chain.leaf,
            at: self.at,
            purpose: Purpose::Client,
            host: None,
        };
        engine.verify(&self.graph, &query)
    }

    /// Asks these engines; how many of them accept the chain.
    pub fn accepted_by(&self, engines: &[Engine]) -> usize {
        engines.iter().filter(|engine| self.ask(**engine).accepts()).count()
    }
}

fn read(inputs: &[Input]) -> (Graph, RoleAssignment) {
    let inventory = Inventory::from_inputs(inputs);
    let graph = Graph::build(inventory.certificates.clone());
    let roles = role::assign(&inventory, &graph, Choices::at(Timestamp(0)).of_roles());
    (graph, roles)
}

#[cfg(test)]
mod tests {
    use rootlens::acceptance;
    use rootlens::role;
    use rootlens::verifier::Readings;

    use super::*;

    #[test]
    fn the_question_is_that_of_the_report() {
        for subject in SUBJECTS {
            let question = Question::new(subject).expect("a question");
            let example = example::find(subject.example).expect("an example");
            let inventory = Inventory::from_inputs(&example.inputs());
            let graph = Graph::build(inventory.certificates.clone());
            let choices = Choices::at(Timestamp::parse(example.at).expect("a time"));
            let roles = role::assign(&inventory, &graph, choices.of_roles());
            let questions = acceptance::questions(&graph, &roles, &choices);
            let number = questions.iter().position(|it| it.chain == question.chain).expect("a client");
            for answer in acceptance::answers(&Readings::of(&graph), &roles.bundle, &questions, &choices, Engine::ALL) {
                if answer.question == number {
                    assert_eq!(question.ask(answer.engine), answer.verdict, "{subject:?}");
                }
            }
        }
    }

    #[test]
    fn engines_are_counted_that_accept() {
        let subject = SUBJECTS[0];
        let question = Question::new(subject).expect("a question");
        let accepts = |engine: &Engine| usize::from(question.ask(*engine).accepts());
        assert_eq!(question.accepted_by(Engine::ALL), Engine::ALL.iter().map(accepts).sum::<usize>());
        assert_eq!(question.accepted_by(&[]), 0);
    }

    #[test]
    fn what_is_not_there_is_not_asked() {
        let asked = |example, client| Question::new(Subject { example, client }).err().expect("no question");
        assert_eq!(asked("no-such", "client1.chain.pem"), "there is no example no-such");
        assert_eq!(asked("openziti-helm", "ctrl1.tls.crt"), "ctrl1.tls.crt is no client of the example openziti-helm");
    }
}

//! Java 17: the trust manager of TLS (`X509TrustManagerImpl` with its `PKIXValidator`), and the bare
//! `CertPathBuilder` of the provider SUN.
//!
//! `parse` reads certificates as Java does (`name`, `general_name`, `name_constraints`), `validate` and `build` are the
//! two ways to a path, `checks` (`signature`, `policy`) what both ask of it, `end_entity` and `hostname` what is asked of
//! the leaf afterwards, `order` the order in which Java's collections give their members, `words` what it says.
//!
//! Two things cannot be computed from the certificates: a set of `TrustAnchor` objects is ordered by their addresses in
//! memory (we take the order of the trust store), and the certificates that Java carries a list of to distrust are not
//! listed here.

mod build;
mod checks;
mod end_entity;
mod general_name;
mod hostname;
mod name;
mod name_constraints;
mod order;
mod parse;
mod policy;
mod signature;
mod validate;
mod words;

use super::{Attempt, Engine, Host, Outcome, Query, Verdict};
use crate::certificate::CertId;
use crate::graph::Graph;
use build::{Builder, Built, NoPath};
use checks::{Failure, KEY_CERT_SIGN, NOT_CHECKED};
use parse::Parsed;

/// `checkServerTrusted` and `checkClientTrusted`, as the registry lists them.
pub(super) const TRUST_MANAGER: Engine =
    Engine { name: "java-17.0.15-trustmanager", aliases: &["java"], seconds_early: 0, verify: trust_manager };
/// `CertPathBuilder.getInstance("PKIX")`.
pub(super) const CERT_PATH_BUILDER: Engine = Engine {
    name: "java-17.0.15-certpathbuilder",
    aliases: &["java-builder"],
    seconds_early: 0,
    verify: cert_path_builder,
};

/// A certificate that Java has read. Two are equal if they are the same certificate.
#[derive(Clone, Copy, Debug)]
struct Member<'a> {
    id: CertId,
    parsed: &'a Parsed<'a>,
}

impl PartialEq for Member<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

/// The certificates of a query, read.
struct Certificates<'g> {
    leaf: (CertId, Parsed<'g>),
    trusted: Vec<(CertId, Parsed<'g>)>,
    presented: Vec<(CertId, Parsed<'g>)>,
    /// What Java says of those that it cannot read.
    note: String,
    unreadable: Vec<Attempt>,
}

/// A question with everything that both engines need.
struct Question<'a> {
    graph: &'a Graph,
    query: &'a Query<'a>,
    leaf: Member<'a>,
    trusted: Vec<Member<'a>>,
    /// The leaf and what came with it.
    chain: Vec<Member<'a>>,
    trail: Vec<Attempt>,
    signature_missing: bool,
}

/// What an engine decides of a question: a path with its anchor, or words.
type Decision<'a> = Result<Vec<Member<'a>>, Refusal>;

enum Refusal {
    Words(String),
    LimitReached,
}

/// `X509TrustManager`, without a socket, and then the host name.
pub fn trust_manager(graph: &Graph, query: &Query<'_>) -> Verdict {
    answer(graph, query, |question| {
        let path = question.validate_or_build()?;
        // A leaf that is itself trusted is asked nothing.
        if path.len() > 1 {
            let leaf = end_entity::check(question.leaf.parsed, query.purpose);
            leaf.map_err(|why| Refusal::Words(format!("ValidatorException: {why}")))?;
        }
        question.check_host().map(|()| path)
    })
}

/// `CertPathBuilder`, and then what it leaves to its caller: extended key usage and host name.
pub fn cert_path_builder(graph: &Graph, query: &Query<'_>) -> Verdict {
    answer(graph, query, |question| {
        let (mut path, anchor) = question.build()?;
        path.push(anchor);
        if !end_entity::usage_allows(question.leaf.parsed, query.purpose) {
            return Err(Refusal::Words("CertificateException: EKU (harness check)".to_owned()));
        }
        question.check_host().map(|()| path)
    })
}

/// Reads, asks, and puts the decision into a verdict.
fn answer(graph: &Graph, query: &Query<'_>, decide: impl for<'a> Fn(&mut Question<'a>) -> Decision<'a>) -> Verdict {
    let certificates = match read(graph, query) {
        Ok(certificates) => certificates,
        Err(why) => return unreadable_leaf(query.leaf, why),
    };
    let mut question = Question::new(graph, query, &certificates);
    let decision =
        if question.trusted.is_empty() { Err(Refusal::Words(NO_ANCHORS.to_owned())) } else { decide(&mut question) };
    match decision {
        Ok(path) => Verdict {
            outcome: Outcome::Accepted,
            detail: String::new(),
            cause: None,
            chains: vec![path.iter().map(|member| member.id).collect()],
            trail: question.trail,
            unreadable: Vec::new(),
        },
        Err(refusal) => question.rejected(refusal, &certificates.note),
    }
}

fn read<'g>(graph: &'g Graph, query: &Query<'_>) -> Result<Certificates<'g>, String> {
    let parsed = |id: CertId| match graph.certificate(id) {
        Some(certificate) => parse::parse(certificate),
        None => Err(format!("certificate {} is not in the graph", id.0)),
    };
    let mut certificates = Certificates {
        leaf: (query.leaf, parsed(query.leaf)?),
        trusted: Vec::new(),
        presented: Vec::new(),
        note: String::new(),
        unreadable: Vec::new(),
    };
    for (ids, from_trusted) in [(query.trusted, true), (query.presented, false)] {
        for &id in ids {
            match parsed(id) {
                Ok(parsed) if from_trusted => certificates.trusted.push((id, parsed)),
                Ok(parsed) => certificates.presented.push((id, parsed)),
                Err(why) => certificates.refuse(id, from_trusted, why),
            }
        }
    }
    Ok(certificates)
}

impl Certificates<'_> {
    fn refuse(&mut self, id: CertId, from_trusted: bool, why: String) {
        let part = if from_trusted { "trusted" } else { "intermediate" };
        self.note.push_str(&format!(" ({part} unparsable)"));
        self.unreadable.push(Attempt { path: Vec::new(), candidate: Some(id), from_trusted, rejection: Some(why) });
    }
}

fn unreadable_leaf(leaf: CertId, why: String) -> Verdict {
    let trail =
        vec![Attempt { path: Vec::new(), candidate: Some(leaf), from_trusted: false, rejection: Some(why.clone()) }];
    Verdict {
        outcome: Outcome::Rejected,
        detail: format!("leaf parse: {why}"),
        cause: None,
        chains: Vec::new(),
        trail,
        unreadable: Vec::new(),
    }
}

impl<'a> Question<'a> {
    fn new(graph: &'a Graph, query: &'a Query<'a>, certificates: &'a Certificates<'a>) -> Question<'a> {
        let member = |(id, parsed): &'a (CertId, Parsed<'a>)| Member { id: *id, parsed };
        let leaf = member(&certificates.leaf);
        let presented = certificates.presented.iter().map(member);
        Question {
            graph,
            query,
            leaf,
            trusted: certificates.trusted.iter().map(member).collect(),
            chain: [leaf].into_iter().chain(presented).collect(),
            trail: certificates.unreadable.clone(),
            signature_missing: false,
        }
    }

    /// `PKIXValidator.engineValidate`: the chain as presented if it hangs together, else whatever can be built of it.
    fn validate_or_build(&mut self) -> Decision<'a> {
        if self.trusted.contains(&self.leaf) {
            self.trail.push(attempt(&[], Some(self.leaf), true, None));
            return Ok(vec![self.leaf]);
        }
        match self.presented_path() {
            Some(path) => self.validate(path),
            None => self.build_wrapped(),
        }
    }

    /// The part of the presented chain below the first certificate that is trusted by name and key, or all of it if the
    /// name above it is trusted. `None` if it is no chain, or ends nowhere.
    fn presented_path(&self) -> Option<Vec<Member<'a>>> {
        let mut path = vec![self.leaf];
        let mut last = self.leaf;
        for member in self.chain.iter().skip(1) {
            if member.parsed.subject != last.parsed.issuer {
                return None;
            }
            if self.trusted.iter().any(|anchor| same_name_and_key(*anchor, *member)) {
                return Some(path);
            }
            path.push(*member);
            last = *member;
        }
        self.trusted.iter().any(|anchor| anchor.parsed.subject == last.parsed.issuer).then_some(path)
    }

    /// `doValidate`.
    fn validate(&mut self, mut path: Vec<Member<'a>>) -> Decision<'a> {
        let verdict = validate::validate(self.graph, self.query.at, &path, &self.trusted, &mut self.trail);
        let anchor = verdict.map_err(|failure| {
            self.signature_missing |= failure == Failure::NotChecked;
            let words = words::validator(&failure);
            Refusal::Words(match failure {
                Failure::Unchecked(_) => words,
                _ => words::wrapped("validation", words::CERT_PACKAGE, &words),
            })
        })?;
        verify_trust_anchor(anchor).map_err(|why| self.refused_anchor("validation", anchor, &why))?;
        path.push(anchor);
        Ok(path)
    }

    /// `doBuild`.
    fn build_wrapped(&mut self) -> Decision<'a> {
        let (mut path, anchor) = self.build().map_err(|refusal| match refusal {
            Refusal::Words(words) if words == words::NO_PATH => {
                Refusal::Words(words::wrapped("building", words::BUILDER_PACKAGE, &words))
            }
            other => other,
        })?;
        verify_trust_anchor(anchor).map_err(|why| self.refused_anchor("building", anchor, &why))?;
        path.push(anchor);
        Ok(path)
    }

    fn build(&mut self) -> Result<Built<'a>, Refusal> {
        let mut builder = Builder::new(self.graph, self.query.at, self.leaf, &self.trusted, &self.chain);
        let built = builder.build();
        self.trail.append(&mut builder.trail);
        self.signature_missing |= builder.signature_missing;
        built.map_err(|why| match why {
            NoPath::NotFound => Refusal::Words(words::NO_PATH.to_owned()),
            NoPath::Unchecked(words) => Refusal::Words(words),
            NoPath::LimitReached => Refusal::LimitReached,
        })
    }

    fn refused_anchor(&mut self, what: &str, anchor: Member<'a>, why: &str) -> Refusal {
        self.trail.push(attempt(&[], Some(anchor), true, Some(why)));
        let words = format!("ValidatorException: {why}");
        Refusal::Words(words::wrapped(what, words::VALIDATOR_PACKAGE, &words))
    }

    /// The checker is called by way of reflection, as applications outside the JDK must.
    fn check_host(&self) -> Result<(), Refusal> {
        match &self.query.host {
            Some(Host::Dns(host) | Host::Ip(host)) if !host.is_empty() => hostname::check(self.leaf.parsed, host)
                .map_err(|why| Refusal::Words(format!("InvocationTargetException: null <- {why}"))),
            _ => Ok(()),
        }
    }

    fn rejected(self, refusal: Refusal, note: &str) -> Verdict {
        let (outcome, detail) = match refusal {
            _ if self.signature_missing => (Outcome::Stopped, NOT_CHECKED.to_owned()),
            Refusal::LimitReached => (Outcome::Stopped, LIMIT_REACHED.to_owned()),
            Refusal::Words(words) => (Outcome::Rejected, words),
        };
        Verdict {
            outcome,
            detail: detail + note,
            cause: None,
            chains: Vec::new(),
            trail: self.trail,
            unreadable: Vec::new(),
        }
    }
}

/// `PKIXParameters.setTrustAnchors`.
const NO_ANCHORS: &str = "InvalidAlgorithmParameterException: the trustAnchors parameter must be non-empty";
/// Ours: Java would go on.
const LIMIT_REACHED: &str = "too many candidates were considered";

fn same_name_and_key(anchor: Member<'_>, member: Member<'_>) -> bool {
    anchor.parsed.subject == member.parsed.subject
        && anchor.parsed.certificate.key.spki == member.parsed.certificate.key.spki
}

/// `PKIXValidator.verifyTrustAnchor` (since 8u241; `jdk.security.allowNonCaAnchor` turns it off).
fn verify_trust_anchor(anchor: Member<'_>) -> Result<(), String> {
    let parsed = anchor.parsed;
    if parsed.certificate.version < 3 {
        return Ok(());
    }
    let subject = || name::display(&parsed.certificate.subject);
    if parsed.path_length.is_none() {
        return Err(format!("TrustAnchor with subject \"{}\" is not a CA certificate", subject()));
    }
    if parsed.key_usage(KEY_CERT_SIGN) == Some(false) {
        let subject = subject();
        return Err(format!(
            "TrustAnchor with subject \"{subject}\" does not have keyCertSign bit set in KeyUsage extension"
        ));
    }
    Ok(())
}

fn attempt(path: &[Member<'_>], candidate: Option<Member<'_>>, from_trusted: bool, rejection: Option<&str>) -> Attempt {
    Attempt {
        path: path.iter().map(|member| member.id).collect(),
        candidate: candidate.map(|member| member.id),
        from_trusted,
        rejection: rejection.map(str::to_owned),
    }
}

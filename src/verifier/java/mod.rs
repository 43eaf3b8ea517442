//! Java 17: the trust manager of TLS (`X509TrustManagerImpl` with its `PKIXValidator`), and the bare
//! `CertPathBuilder` of the provider SUN.
//!
//! `parse` reads certificates as Java does (`name`, `general_name`, `name_constraints`), `validate` and `build` are the
//! two ways to a path, `checks` (`signature`, `policy`) what both ask of it, `end_entity` and `hostname` what is asked
//! of the leaf afterwards, `order` the order in which Java's collections give their members, `messages` what it says.
//!
//! Two things cannot be computed from the certificates: a set of `TrustAnchor` objects is ordered by their addresses in
//! memory (we take the order of the trust store), and the certificates that Java carries a list of to distrust are not
//! listed here.

mod build;
mod checks;
mod curve;
mod end_entity;
mod general_name;
mod hostname;
mod messages;
mod name;
mod name_constraints;
mod order;
mod parse;
mod policy;
mod signature;
mod validate;

use super::algorithm::Algorithm;
use super::{Attempt, Cause, CauseKind, Engine, Given, Host, Query, Unreadable, Verdict};
use crate::certificate::{CertId, Certificate};
use crate::graph::Graph;
use build::{Builder, Built};
use checks::KEY_CERT_SIGN;
use messages::{AnchorError, Rejected, Rejection, Step};
use parse::Parsed;

/// `checkServerTrusted` and `checkClientTrusted`, as the registry lists them.
pub(super) const TRUST_MANAGER: Engine = Engine {
    name: "java-17.0.15-trustmanager",
    title: "Java 17 TLS",
    aliases: &["java"],
    seconds_early: 0,
    settings: None,
    algorithm: Algorithm::JavaTrustManager,
};
/// `CertPathBuilder.getInstance("PKIX")`, as the registry lists it.
pub(super) const CERT_PATH_BUILDER: Engine = Engine {
    name: "java-17.0.15-certpathbuilder",
    title: "Java 17 path builder",
    aliases: &["java-builder"],
    seconds_early: 0,
    settings: None,
    algorithm: Algorithm::JavaCertPathBuilder,
};

/// `X509CertImpl(byte[])`: nothing, or what it says of a certificate that it refuses. What no part of the model can be
/// read from, Java cannot read either.
///
/// # Errors
///
/// The words of Java's exception; empty where they are not known.
pub fn check_readable(der: &[u8]) -> Result<(), String> {
    let certificate = Certificate::parse(der).map_err(|_| String::new())?;
    parse::parse(&certificate).map(drop).map_err(|error| error.to_string())
}

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
    unreadable: Vec<Unreadable>,
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

/// What an engine decides of a question: a path with its anchor, or why there is none.
type Decision<'a> = Result<Vec<Member<'a>>, Rejected>;

/// `X509TrustManager`, without a socket, and then the host name.
pub fn trust_manager(graph: &Graph, query: &Query<'_>) -> Verdict {
    answer(graph, query, |question| {
        let path = question.validate_or_build()?;
        // A leaf that is itself trusted is asked nothing.
        if path.len() > 1 {
            let leaf = end_entity::check(question.leaf.parsed, query.purpose);
            leaf.map_err(|why| Rejected::about(Rejection::EndEntity(why), query.leaf))?;
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
            return Err(Rejected::about(Rejection::ExtendedKeyUsage, query.leaf));
        }
        question.check_host().map(|()| path)
    })
}

/// Reads, asks, and puts the decision into a verdict.
fn answer(graph: &Graph, query: &Query<'_>, decide: impl for<'a> Fn(&mut Question<'a>) -> Decision<'a>) -> Verdict {
    let certificates = match read(graph, query) {
        Ok(certificates) => certificates,
        Err(why) => return unreadable_leaf(query.leaf, &why),
    };
    let mut question = Question::new(graph, query, &certificates);
    let decision = match question.trusted.is_empty() {
        true => Err(Rejected::of(Rejection::NoAnchors)),
        false => decide(&mut question),
    };
    let verdict = match decision {
        Ok(path) => Verdict::accepted(vec![path.iter().map(|member| member.id).collect()], question.trail),
        Err(why) => question.rejected(&why),
    };
    verdict.without(certificates.unreadable)
}

fn read<'g>(graph: &'g Graph, query: &Query<'_>) -> Result<Certificates<'g>, Rejection> {
    let parsed = |id: CertId| {
        let certificate = graph.certificate(id).ok_or(Rejection::NotInGraph(id))?;
        parse::parse(certificate).map_err(Rejection::Unparsable)
    };
    let mut certificates = Certificates {
        leaf: (query.leaf, parsed(query.leaf)?),
        trusted: Vec::new(),
        presented: Vec::new(),
        unreadable: Vec::new(),
    };
    for (ids, given) in [(query.trusted, Given::Trusted), (query.presented, Given::Presented)] {
        for &id in ids {
            match parsed(id) {
                Ok(parsed) if given == Given::Trusted => certificates.trusted.push((id, parsed)),
                Ok(parsed) => certificates.presented.push((id, parsed)),
                Err(why) => certificates.unreadable.push(unreadable(id, given, &why)),
            }
        }
    }
    Ok(certificates)
}

fn unreadable(certificate: CertId, given: Given, why: &Rejection) -> Unreadable {
    Unreadable { certificate, given, detail: why.to_string() }
}

fn refused(unreadable: &Unreadable) -> Attempt {
    Attempt {
        path: Vec::new(),
        candidate: Some(unreadable.certificate),
        from_trusted: unreadable.given == Given::Trusted,
        rejection: Some(unreadable.detail.clone()),
    }
}

fn unreadable_leaf(leaf: CertId, why: &Rejection) -> Verdict {
    let unreadable = unreadable(leaf, Given::Leaf, why);
    let trail = vec![refused(&unreadable)];
    Verdict::rejected(why, Cause::about(why.kind(), leaf), trail).without(vec![unreadable])
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
            trail: certificates.unreadable.iter().map(refused).collect(),
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

    /// `doValidate`: validates the path as it was presented, and looks at the anchor where it ends.
    fn validate(&mut self, mut path: Vec<Member<'a>>) -> Decision<'a> {
        let anchor = validate::validate(self.graph, self.query.at, &path, &self.trusted, &mut self.trail)?;
        self.check_anchor(Step::Validation, anchor)?;
        path.push(anchor);
        Ok(path)
    }

    /// `doBuild`: builds a path of whatever was presented, and looks at the anchor where it ends.
    fn build_wrapped(&mut self) -> Decision<'a> {
        let (mut path, anchor) = self.build().map_err(|why| match why.rejection {
            Rejection::NoPath => Rejected::of(Rejection::BuildingFailed),
            _ => why,
        })?;
        self.check_anchor(Step::Building, anchor)?;
        path.push(anchor);
        Ok(path)
    }

    fn build(&mut self) -> Result<Built<'a>, Rejected> {
        let mut builder = Builder::new(self.graph, self.query.at, self.leaf, &self.trusted, &self.chain);
        let built = builder.build();
        self.trail.append(&mut builder.trail);
        self.signature_missing |= builder.signature_missing;
        built
    }

    fn check_anchor(&mut self, step: Step, anchor: Member<'a>) -> Result<(), Rejected> {
        let Err(why) = verify_trust_anchor(anchor) else { return Ok(()) };
        self.trail.push(attempt(&[], Some(anchor), true, Some(why.to_string())));
        Err(Rejected::about(Rejection::Anchor { step, why }, anchor.id))
    }

    fn check_host(&self) -> Result<(), Rejected> {
        match &self.query.host {
            Some(Host::Dns(host) | Host::Ip(host)) if !host.is_empty() => hostname::check(self.leaf.parsed, host)
                .map_err(|why| Rejected::about(Rejection::HostName(why), self.leaf.id)),
            _ => Ok(()),
        }
    }

    /// A search that could not know a signature has no answer, whatever it found else.
    fn rejected(self, why: &Rejected) -> Verdict {
        match self.signature_missing {
            true => Verdict::rejected(Rejection::SignatureNotChecked, Cause::of(CauseKind::Stopped), self.trail),
            false => Verdict::rejected(&why.rejection, why.cause(), self.trail),
        }
    }
}

fn same_name_and_key(anchor: Member<'_>, member: Member<'_>) -> bool {
    anchor.parsed.subject == member.parsed.subject
        && anchor.parsed.certificate.key.spki == member.parsed.certificate.key.spki
}

/// `PKIXValidator.verifyTrustAnchor` (since 8u241; `jdk.security.allowNonCaAnchor` turns it off).
fn verify_trust_anchor(anchor: Member<'_>) -> Result<(), AnchorError> {
    let parsed = anchor.parsed;
    let subject = || name::display(&parsed.certificate.subject);
    if parsed.certificate.version < 3 {
        Ok(())
    } else if parsed.path_length.is_none() {
        Err(AnchorError::NotCa(subject()))
    } else if parsed.key_usage(KEY_CERT_SIGN) == Some(false) {
        Err(AnchorError::KeyUsage(subject()))
    } else {
        Ok(())
    }
}

fn attempt(
    path: &[Member<'_>],
    candidate: Option<Member<'_>>,
    from_trusted: bool,
    rejection: Option<String>,
) -> Attempt {
    Attempt {
        path: path.iter().map(|member| member.id).collect(),
        candidate: candidate.map(|member| member.id),
        from_trusted,
        rejection,
    }
}

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
use super::budget::{Budget, Trail};
use super::{Attempt, Cause, CauseKind, Engine, Given, Host, Query, Readings, Unreadable, Verdict, reading};
use crate::certificate::{CertId, Certificate};
use crate::graph::Graph;
use build::{Builder, Built, HashOrder};
use checks::KEY_CERT_SIGN;
use messages::{AnchorError, Rejected, Rejection, Step};
use name::X500Name;
use parse::{ParseError, Parsed};

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

/// What Java reads in each certificate, or why it cannot.
pub(super) type Reading<'g> = reading::Reading<'g, Result<Parsed<'g>, ParseError>, HashOrder>;

/// A graph as Java reads it.
pub(super) fn reading(graph: &Graph) -> Reading<'_> {
    Reading::new(
        graph,
        |_, certificate| parse::parse(certificate),
        |read| read.as_ref().ok().map(|parsed| parsed.subject.key().to_vec()),
    )
}

/// A trust store, or what was presented, as Java reads it.
#[derive(Clone, Copy)]
struct Listed<'a, 'g> {
    reading: &'a Reading<'g>,
    list: &'a reading::List<HashOrder>,
}

impl<'a> Listed<'a, '_> {
    /// In the order of the list.
    fn named(self, name: &X500Name) -> impl Iterator<Item = Member<'a>> {
        self.list.named(name.key()).filter_map(move |(_, id)| member(self.reading, id).ok())
    }

    /// Everything in it, in order.
    fn members(self) -> impl Iterator<Item = Member<'a>> {
        self.list.readable.iter().filter_map(move |&id| member(self.reading, id).ok())
    }

    fn contains(self, certificate: Member<'_>) -> bool {
        self.list.contains(certificate.id)
    }

    /// Somebody there has the name.
    fn has_name(self, name: &X500Name) -> bool {
        self.list.named(name.key()).next().is_some()
    }
}

/// A question with everything that both engines need.
struct Question<'a, 'g> {
    graph: &'a Graph,
    query: &'a Query<'a>,
    leaf: Member<'a>,
    trusted: Listed<'a, 'g>,
    presented: Listed<'a, 'g>,
    trail: Trail,
    signature_missing: bool,
}

/// What an engine decides of a question: a path with its anchor, or why there is none.
type Decision<'a> = Result<Vec<Member<'a>>, Rejected>;

/// `X509TrustManager`, without a socket, and then the host name.
pub fn trust_manager(readings: &Readings<'_>, query: &Query<'_>) -> Verdict {
    answer(readings, query, |question| {
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
pub fn cert_path_builder(readings: &Readings<'_>, query: &Query<'_>) -> Verdict {
    answer(readings, query, |question| {
        let (mut path, anchor) = question.build()?;
        path.push(anchor);
        if !end_entity::usage_allows(question.leaf.parsed, query.purpose) {
            return Err(Rejected::about(Rejection::ExtendedKeyUsage, query.leaf));
        }
        question.check_host().map(|()| path)
    })
}

/// Reads, asks, and puts the decision into a verdict.
fn answer(
    readings: &Readings<'_>,
    query: &Query<'_>,
    decide: impl for<'a> Fn(&mut Question<'a, '_>) -> Decision<'a>,
) -> Verdict {
    let reading = &readings.java;
    let leaf = match member(reading, query.leaf) {
        Ok(leaf) => leaf,
        Err(why) => return unreadable_leaf(query.leaf, &why),
    };
    let (trusted, presented) = (reading.list(query.trusted), reading.list(query.presented));
    let lists = [(&trusted, Given::Trusted), (&presented, Given::Presented)];
    let unreadable = lists.map(|(list, given)| not_read(reading, list, given)).concat();
    let mut question = Question {
        graph: readings.graph(),
        query,
        leaf,
        trusted: Listed { reading, list: &trusted },
        presented: Listed { reading, list: &presented },
        trail: unreadable.iter().map(refused).collect(),
        signature_missing: false,
    };
    let decision = match trusted.readable.is_empty() {
        true => Err(Rejected::of(Rejection::NoAnchors)),
        false => decide(&mut question),
    };
    let verdict = match decision {
        Ok(path) => Verdict::accepted(vec![path.iter().map(|member| member.id).collect()], question.trail),
        Err(why) => question.rejected(&why),
    };
    verdict.without(unreadable)
}

fn member<'a>(reading: &'a Reading<'_>, id: CertId) -> Result<Member<'a>, Rejection> {
    match reading.get(id) {
        Some(Ok(parsed)) => Ok(Member { id, parsed }),
        Some(Err(why)) => Err(Rejection::Unparsable(why.clone())),
        None => Err(Rejection::NotInGraph(id)),
    }
}

/// The certificates of a list that Java cannot read.
fn not_read(reading: &Reading<'_>, list: &reading::List<HashOrder>, given: Given) -> Vec<Unreadable> {
    let why = |id: CertId| member(reading, id).err();
    list.unreadable.iter().filter_map(|&id| Some(unreadable(id, given, &why(id)?))).collect()
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
    let trail = Trail::from(vec![refused(&unreadable)]);
    Verdict::rejected(why, Cause::about(why.kind(), leaf), trail).without(vec![unreadable])
}

impl<'a> Question<'a, '_> {
    /// `PKIXValidator.engineValidate`: the chain as presented if it hangs together, else whatever can be built of it.
    fn validate_or_build(&mut self) -> Decision<'a> {
        if self.trusted.contains(self.leaf) {
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
        for member in self.presented.members() {
            if member.parsed.subject != last.parsed.issuer {
                return None;
            }
            if self.trusted.named(&member.parsed.subject).any(|anchor| same_name_and_key(anchor, member)) {
                return Some(path);
            }
            path.push(member);
            last = member;
        }
        self.trusted.has_name(&last.parsed.issuer).then_some(path)
    }

    /// `doValidate`: validates the path as it was presented, and looks at the anchor where it ends.
    fn validate(&mut self, mut path: Vec<Member<'a>>) -> Decision<'a> {
        let (comparisons, at) = (Budget::of_comparisons(), self.query.at);
        let validated = validate::validate(self.graph, at, &path, self.trusted, &mut self.trail, &comparisons);
        self.trail.add_cost(comparisons.spent());
        let anchor = validated?;
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
        let mut builder = Builder::new(self.graph, self.query.at, self.leaf, self.trusted, self.presented);
        let built = builder.build();
        self.trail.append(std::mem::take(&mut builder.trail));
        self.trail.add_cost(builder.cost());
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

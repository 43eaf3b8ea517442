//! rustls-webpki 0.103.16: the crate itself, which is plain Rust and runs in the page as it does in a server.
//!
//! Search, checks and words are the crate's. What rootlens brings along are the signature algorithms (`algorithm`),
//! which look the answer up in the graph instead of computing it, because in the page WebCrypto has computed it before;
//! and the trail (`replay`), because the crate does not tell what it tried. `messages` sorts its errors.

mod algorithm;
mod cost;
mod messages;
mod reading;
mod replay;

use std::collections::BTreeSet;

use rustls_pki_types::{CertificateDer, ServerName, TrustAnchor, UnixTime};
use webpki::{EndEntityCert, Error, ExtendedKeyUsageValidator, KeyPurposeIdIter, KeyUsage, VerifiedPath};

use super::algorithm::Algorithm;
use super::reading::List;
use super::{Attempt, Cause, CauseKind, Engine, Given, Host, Purpose, Query, Readings, Unreadable, Verdict};
use crate::certificate::CertId;
use crate::graph::Graph;
use algorithm::{Algorithms, Signatures};
use messages::{Rejection, is_budget};
pub(super) use reading::{Reading, reading};

/// The engine as the registry lists it.
pub(super) const ENGINE: Engine = Engine {
    name: "rustls-webpki-0.103.16",
    title: "webpki (rustls)",
    aliases: &["webpki", "rustls"],
    seconds_early: 0,
    settings: None,
    algorithm: Algorithm::Webpki,
};

/// `verify_for_usage`, then `verify_is_valid_for_subject_name` if there is a host, as rustls calls them.
pub fn ask(readings: &Readings<'_>, query: &Query<'_>) -> Verdict {
    let graph = readings.graph();
    let Some(certificate) = graph.certificate(query.leaf) else {
        return unreadable_leaf(query.leaf, &Rejection::NotInGraph(query.leaf));
    };
    let der = CertificateDer::from(certificate.der.as_slice());
    match EndEntityCert::try_from(&der) {
        Ok(leaf) => {
            let reading = &readings.webpki;
            let (trusted, presented) =
                (reading.anchors.list(query.trusted), reading.certificates.list(query.presented));
            let (lists, signatures) =
                (Lists { trusted: &trusted, presented: &presented }, Signatures::of(reading.signed()));
            let verifier = Verifier::new(reading, graph, query, &leaf, lists, &signatures);
            let verdict = verifier.verify();
            verdict.without(verifier.unreadable.into_iter().map(|(it, _)| it).collect())
        }
        Err(why) => unreadable_leaf(query.leaf, &Rejection::Error(why)),
    }
}

/// The lists of a question.
#[derive(Clone, Copy)]
struct Lists<'a> {
    trusted: &'a List,
    presented: &'a List,
}

/// A question, with everything read as the crate wants it.
struct Verifier<'a, 'g> {
    reading: &'a Reading<'g>,
    graph: &'a Graph,
    query: &'a Query<'a>,
    leaf: &'a EndEntityCert<'a>,
    lists: Lists<'a>,
    signatures: &'a Signatures<'a>,
    /// Members of both lists that the crate cannot read, and its errors.
    unreadable: Vec<(Unreadable, Error)>,
}

/// A member of the trust store, as far as the crate looks at it: name, key, name constraints.
#[derive(Clone, Copy)]
struct Anchor<'a> {
    id: CertId,
    anchor: &'a TrustAnchor<'static>,
}

/// A certificate that a path may use.
#[derive(Clone)]
struct Intermediate<'a> {
    id: CertId,
    der: CertificateDer<'a>,
}

impl<'a, 'g> Verifier<'a, 'g> {
    fn new(
        reading: &'a Reading<'g>,
        graph: &'a Graph,
        query: &'a Query<'a>,
        leaf: &'a EndEntityCert<'a>,
        lists: Lists<'a>,
        signatures: &'a Signatures<'a>,
    ) -> Verifier<'a, 'g> {
        let mut unreadable = Vec::new();
        for &id in &lists.trusted.unreadable {
            if let Some(Err(why)) = reading.anchors.get(id) {
                unreadable.push((self::unreadable(id, Given::Trusted, why), why.clone()));
            }
        }
        for &id in &lists.presented.unreadable {
            if let Some(Err(why)) = reading.certificates.get(id) {
                unreadable.push((self::unreadable(id, Given::Presented, why), why.clone()));
            }
        }
        Verifier { reading, graph, query, leaf, lists, signatures, unreadable }
    }

    fn verify(&self) -> Verdict {
        let intermediates = self.intermediates();
        if let Some(why) = cost::unbearable(self, &intermediates) {
            let trail = vec![attempt(&[], self.query.leaf, false, Some(why.to_string()))];
            return Verdict::rejected(why, Cause::of(CauseKind::Stopped), trail);
        }
        match self.find_path(&self.anchors(&intermediates), &intermediates) {
            Ok(path) => self.accept(path),
            Err(why) => self.reject(why),
        }
    }

    /// What was presented and can matter, in order: what a path from the leaf may pass through, and what the crate
    /// cannot read, which is an error wherever it looks for an issuer.
    fn intermediates(&self) -> Vec<Intermediate<'a>> {
        let presented = self.lists.presented;
        let mut kept: BTreeSet<CertId> = presented.unreadable.iter().copied().collect();
        let mut open = vec![self.query.leaf];
        while let Some(head) = open.pop().and_then(|id| self.graph.certificate(id)) {
            let issuers = presented.named(&head.issuer.der).map(|(_, id)| id);
            open.extend(issuers.filter(|id| kept.insert(*id)));
        }
        let kept = presented.given.iter().filter(|id| kept.contains(id));
        kept.filter_map(|&id| self.intermediate(id)).collect()
    }

    fn intermediate(&self, id: CertId) -> Option<Intermediate<'a>> {
        Some(Intermediate { id, der: CertificateDer::from(self.graph.certificate(id)?.der.as_slice()) })
    }

    /// The anchors that may have issued the leaf or one of these, in order: the crate passes over all others.
    fn anchors(&self, intermediates: &[Intermediate<'_>]) -> Vec<Anchor<'a>> {
        let heads = [self.query.leaf].into_iter().chain(intermediates.iter().map(|it| it.id));
        let issuers: BTreeSet<&[u8]> =
            heads.filter_map(|id| self.graph.certificate(id)).map(|it| it.issuer.der.as_slice()).collect();
        let mut named: Vec<(usize, CertId)> =
            issuers.into_iter().flat_map(|issuer| self.lists.trusted.named(issuer)).collect();
        named.sort_unstable();
        named.into_iter().filter_map(|(_, id)| self.anchor(id)).collect()
    }

    fn anchor(&self, id: CertId) -> Option<Anchor<'a>> {
        let (_, anchor) = self.reading.anchors.get(id)?.as_ref().ok()?;
        Some(Anchor { id, anchor })
    }

    /// A path was found; the name of the leaf comes last.
    fn accept(&self, path: Vec<CertId>) -> Verdict {
        let mut trail = replay::attempts(self, None).trail;
        let name = self.check_name();
        let rejection = name.as_ref().err().map(Rejection::to_string);
        trail.push(Attempt { path: path.clone(), candidate: None, from_trusted: true, rejection });
        match name {
            Ok(()) => Verdict::accepted(vec![path], trail),
            Err(Rejection::InvalidHost) => {
                Verdict::rejected(Rejection::InvalidHost, Cause::of(CauseKind::HostName), trail)
            }
            Err(why) => Verdict::rejected(&why, Cause::about(why.kind(), self.query.leaf), trail),
        }
    }

    /// The crate does not say which certificate an error is about; the replay finds the first that it is said of.
    fn reject(&self, why: Error) -> Verdict {
        let stopped = |why: Rejection, trail| Verdict::rejected(why, Cause::of(CauseKind::Stopped), trail);
        if self.signatures.was_missing() {
            return stopped(Rejection::SignatureNotChecked, replay::attempts(self, None).trail);
        }
        if is_budget(&why) {
            // What took the crate a whole budget would take the replay several.
            let trail = vec![attempt(&[], self.query.leaf, false, Some(why.to_string()))];
            return stopped(Rejection::Error(why), trail);
        }
        let replay = replay::attempts(self, Some(&why));
        let why = Rejection::Error(why);
        let cause = Cause { kind: why.kind(), certificate: replay.blamed };
        Verdict::rejected(why, cause, replay.trail)
    }

    /// One call of `verify_for_usage`: the path that it returns, leaf first.
    fn find_path(&self, anchors: &[Anchor<'_>], intermediates: &[Intermediate<'a>]) -> Result<Vec<CertId>, Error> {
        let trust: Vec<TrustAnchor<'static>> = anchors.iter().map(|it| it.anchor.clone()).collect();
        let ders: Vec<CertificateDer<'a>> = intermediates.iter().map(|it| it.der.clone()).collect();
        let algorithms = Algorithms::over(self.signatures);
        let (at, usage) = (unix_time(self.query), Usage(self.query.purpose));
        let path = self.leaf.verify_for_usage(&algorithms.list(), &trust, &ders, at, usage, None, None)?;
        Ok(self.ids(&path, anchors, intermediates))
    }

    /// Which certificates a path is made of. The crate knows them by their contents: of two anchors with the same name,
    /// key and constraints it always takes the first.
    fn ids(&self, path: &VerifiedPath<'_>, anchors: &[Anchor<'_>], intermediates: &[Intermediate<'_>]) -> Vec<CertId> {
        let mut ids = vec![self.query.leaf];
        for certificate in path.intermediate_certificates() {
            let der = certificate.der();
            ids.extend(intermediates.iter().find(|it| it.der == der).map(|it| it.id));
        }
        ids.extend(anchors.iter().find(|it| it.anchor == path.anchor()).map(|it| it.id));
        ids
    }

    /// Is the leaf valid for the host?
    fn check_name(&self) -> Result<(), Rejection> {
        let Some(Host::Dns(host) | Host::Ip(host)) = &self.query.host else { return Ok(()) };
        let name = ServerName::try_from(host.as_str()).map_err(|_| Rejection::InvalidHost)?;
        self.leaf.verify_is_valid_for_subject_name(&name).map_err(Rejection::Error)
    }
}

/// What the leaf is to be used for, asked of every certificate of a path but the anchor. The crate has no "anything":
/// a caller who wants that brings a validator that agrees to all, as this does.
struct Usage(Purpose);

impl ExtendedKeyUsageValidator for Usage {
    fn validate(&self, usages: KeyPurposeIdIter<'_, '_>) -> Result<(), Error> {
        match self.0 {
            Purpose::Server => KeyUsage::server_auth().validate(usages),
            Purpose::Client => KeyUsage::client_auth().validate(usages),
            Purpose::Any => Ok(()),
        }
    }
}

/// The crate's clock starts in 1970; what is before is taken for its first second.
fn unix_time(query: &Query<'_>) -> UnixTime {
    UnixTime::since_unix_epoch(std::time::Duration::from_secs(u64::try_from(query.at.0).unwrap_or_default()))
}

fn unreadable(certificate: CertId, given: Given, why: &impl ToString) -> Unreadable {
    Unreadable { certificate, given, detail: why.to_string() }
}

fn unreadable_leaf(leaf: CertId, why: &Rejection) -> Verdict {
    let trail = vec![attempt(&[], leaf, false, Some(why.to_string()))];
    Verdict::rejected(why, Cause::about(why.kind(), leaf), trail).without(vec![unreadable(leaf, Given::Leaf, why)])
}

fn attempt(path: &[CertId], candidate: CertId, from_trusted: bool, rejection: Option<String>) -> Attempt {
    Attempt { path: path.to_vec(), candidate: Some(candidate), from_trusted, rejection }
}

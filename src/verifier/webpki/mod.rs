//! rustls-webpki 0.103.16: the crate itself, which is plain Rust and runs in the page as it does in a server.
//!
//! Search, checks and words are the crate's. What rootlens brings along are the signature algorithms (`algorithm`),
//! which look the answer up in the graph instead of computing it, because in the page WebCrypto has computed it before;
//! and the trail (`replay`), because the crate does not tell what it tried.

mod algorithm;
mod replay;

use rustls_pki_types::{CertificateDer, ServerName, TrustAnchor, UnixTime};
use webpki::{EndEntityCert, Error, ExtendedKeyUsageValidator, KeyPurposeIdIter, KeyUsage, VerifiedPath};

use super::{Attempt, Engine, Host, Outcome, Purpose, Query, Verdict};
use crate::certificate::CertId;
use crate::graph::Graph;
use algorithm::{Algorithms, Signatures};

/// The engine as the registry lists it.
pub(super) const ENGINE: Engine =
    Engine { name: "rustls-webpki-0.103.16", aliases: &["webpki", "rustls"], seconds_early: 0, verify: ask };

/// Ours: the crate would know the answer, the graph does not.
const SIGNATURE_NOT_CHECKED: &str = "the signature was not checked (budget spent), so webpki's answer is not known";

/// `verify_for_usage`, then `verify_is_valid_for_subject_name` if there is a host, as rustls calls them.
pub fn ask(graph: &Graph, query: &Query<'_>) -> Verdict {
    let Some(certificate) = graph.certificate(query.leaf) else {
        return rejected(format!("certificate {} is not in the graph", query.leaf.0), Vec::new());
    };
    let der = CertificateDer::from(certificate.der.as_slice());
    let leaf = match EndEntityCert::try_from(&der) {
        Ok(leaf) => leaf,
        Err(why) => {
            let why = format!("leaf parse: {why:?}");
            return rejected(why.clone(), vec![attempt(&[], query.leaf, false, Some(why))]);
        }
    };
    let signatures = Signatures::of(graph);
    Verifier::new(graph, query, &leaf, &signatures).verify()
}

/// A question, with everything read as the crate wants it.
struct Verifier<'a> {
    graph: &'a Graph,
    query: &'a Query<'a>,
    leaf: &'a EndEntityCert<'a>,
    signatures: &'a Signatures<'a>,
    /// The trust store.
    anchors: Vec<Anchor>,
    /// What was presented, in order.
    intermediates: Vec<Intermediate<'a>>,
    /// Members of the trust store that the crate cannot read, with its words.
    unreadable: Vec<(CertId, String)>,
}

/// A member of the trust store, as far as the crate looks at it: name, key, name constraints.
#[derive(Clone)]
struct Anchor {
    id: CertId,
    anchor: TrustAnchor<'static>,
}

/// A certificate that a path may use.
#[derive(Clone)]
struct Intermediate<'a> {
    id: CertId,
    der: CertificateDer<'a>,
}

impl<'a> Verifier<'a> {
    fn new(
        graph: &'a Graph,
        query: &'a Query<'a>,
        leaf: &'a EndEntityCert<'a>,
        signatures: &'a Signatures<'a>,
    ) -> Verifier<'a> {
        let (mut anchors, mut unreadable) = (Vec::new(), Vec::new());
        for &id in query.trusted {
            let Some(certificate) = graph.certificate(id) else { continue };
            match webpki::anchor_from_trusted_cert(&CertificateDer::from(certificate.der.as_slice())) {
                Ok(anchor) => anchors.push(Anchor { id, anchor: anchor.to_owned() }),
                Err(why) => unreadable.push((id, format!("{why:?}"))),
            }
        }
        let intermediate = |&id: &CertId| {
            let der = CertificateDer::from(graph.certificate(id)?.der.as_slice());
            Some(Intermediate { id, der })
        };
        let intermediates = query.presented.iter().filter_map(intermediate).collect();
        Verifier { graph, query, leaf, signatures, anchors, intermediates, unreadable }
    }

    fn verify(&self) -> Verdict {
        match self.find_path(&self.anchors, &self.intermediates) {
            Ok(path) => self.accept(path),
            Err(why) => self.reject(&why),
        }
    }

    fn accept(&self, path: Vec<CertId>) -> Verdict {
        let rejection = self.check_name().err();
        let mut trail = replay::attempts(self);
        trail.push(Attempt { path: path.clone(), candidate: None, from_trusted: true, rejection: rejection.clone() });
        match rejection {
            None => Verdict {
                outcome: Outcome::Accepted,
                detail: String::new(),
                cause: None,
                chains: vec![path],
                trail,
                unreadable: Vec::new(),
            },
            Some(why) => rejected(why, trail),
        }
    }

    fn reject(&self, why: &Error) -> Verdict {
        if self.signatures.was_missing() {
            let answer = rejected(SIGNATURE_NOT_CHECKED.to_owned(), replay::attempts(self));
            return Verdict { outcome: Outcome::Stopped, ..answer };
        }
        let words = format!("{why:?}");
        // What took the crate a whole budget would take the replay several.
        let trail = match is_budget(why) {
            true => vec![attempt(&[], self.query.leaf, false, Some(words.clone()))],
            false => replay::attempts(self),
        };
        let stopped = is_budget(why) || *why == Error::MaximumPathDepthExceeded;
        let outcome = if stopped { Outcome::Stopped } else { Outcome::Rejected };
        Verdict { outcome, ..rejected(words + &self.note(), trail) }
    }

    /// One call of `verify_for_usage`: the path that it returns, leaf first.
    fn find_path(&self, anchors: &[Anchor], intermediates: &[Intermediate<'a>]) -> Result<Vec<CertId>, Error> {
        let trust: Vec<TrustAnchor<'static>> = anchors.iter().map(|it| it.anchor.clone()).collect();
        let ders: Vec<CertificateDer<'a>> = intermediates.iter().map(|it| it.der.clone()).collect();
        let algorithms = Algorithms::over(self.signatures);
        let (at, usage) = (unix_time(self.query), Usage(self.query.purpose));
        let path = self.leaf.verify_for_usage(&algorithms.list(), &trust, &ders, at, usage, None, None)?;
        Ok(self.ids(&path, anchors, intermediates))
    }

    /// Which certificates a path is made of. The crate knows them by their contents: of two anchors with the same name,
    /// key and constraints it always takes the first.
    fn ids(&self, path: &VerifiedPath<'_>, anchors: &[Anchor], intermediates: &[Intermediate<'_>]) -> Vec<CertId> {
        let mut ids = vec![self.query.leaf];
        for certificate in path.intermediate_certificates() {
            let der = certificate.der();
            ids.extend(intermediates.iter().find(|it| it.der == der).map(|it| it.id));
        }
        ids.extend(anchors.iter().find(|it| it.anchor == *path.anchor()).map(|it| it.id));
        ids
    }

    /// Is the leaf valid for the host? In the words of the recordings, which quote the crate's.
    fn check_name(&self) -> Result<(), String> {
        let Some(Host::Dns(host) | Host::Ip(host)) = &self.query.host else { return Ok(()) };
        let name = ServerName::try_from(host.as_str()).map_err(|why| format!("{why:?}"))?;
        self.leaf.verify_is_valid_for_subject_name(&name).map_err(|why| format!("{:?}", format!("{why:?}")))
    }

    /// What of the trust store is not in use.
    fn note(&self) -> String {
        let notes = self.unreadable.iter().map(|(_, why)| format!(" (trusted unparsable: {why})"));
        notes.collect::<Vec<_>>().concat()
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

/// The budgets of `verify_cert.rs` (`Budget`): 100 signatures, 200,000 calls, 250,000 comparisons of names. They end a
/// search without an answer, as does the room for six CAs in a path (`MAX_SUB_CA_COUNT`) where nothing else is wrong.
fn is_budget(why: &Error) -> bool {
    matches!(
        why,
        Error::MaximumSignatureChecksExceeded
            | Error::MaximumPathBuildCallsExceeded
            | Error::MaximumNameConstraintComparisonsExceeded
    )
}

fn rejected(detail: String, trail: Vec<Attempt>) -> Verdict {
    Verdict { outcome: Outcome::Rejected, detail, cause: None, chains: Vec::new(), trail, unreadable: Vec::new() }
}

fn attempt(path: &[CertId], candidate: CertId, from_trusted: bool, rejection: Option<String>) -> Attempt {
    Attempt { path: path.to_vec(), candidate: Some(candidate), from_trusted, rejection }
}

//! OpenSSL 3.0.22, `X509_verify_cert`, with the settings that programs give it.
//!
//! One engine whose [`Settings`] are values. The files follow `x509_vfy.c` and its neighbours: `certificate` reads a
//! certificate as OpenSSL does (`asn1`, `name`, `general_name`, `key`, `signature_algorithm`), `issued` says who may
//! have issued it, `build` makes the one chain that OpenSSL looks at, and `extensions` (`strict`, `purpose`), `level`,
//! `identity`, `signatures` and `name_constraints` judge it, in this order. `error` holds OpenSSL's own words,
//! `messages` ours.
//!
//! OpenSSL never goes back on a chain: what these checks say of the first one found is the answer. Its policy check
//! (RFC 5280, 6.1.5) is off unless a program asks for it, as none of those that matter here does, and is left out;
//! where a leaf carries resources of RFC 3779 the answer is that they were not judged.

mod asn1;
mod build;
mod certificate;
mod error;
mod extensions;
mod general_name;
mod identity;
mod ip_address;
mod issued;
mod key;
mod level;
mod messages;
mod name;
mod name_constraints;
mod punycode;
mod purpose;
mod settings;
mod signature_algorithm;
mod signatures;
mod strict;

pub use error::{Error, Reported};
pub use messages::Rejection;
pub use settings::{Callback, Settings};

use super::algorithm::Algorithm;
use super::budget::Trail;
use super::reading::List;
use super::{Attempt, Cause, CauseKind, Engine, Given, Host, Query, Readings, Unreadable, Verdict};
use crate::certificate::CertId;
use crate::graph::Graph;
use certificate::Certificate;
use messages::CandidateRejection;

/// The engines as the registry lists them.
pub(super) const DEFAULT: Engine = Engine {
    name: "openssl-3.0.22",
    title: "OpenSSL 3.0",
    aliases: &["openssl"],
    seconds_early: 0,
    settings: None,
    algorithm: Algorithm::OpenSsl(Settings::DEFAULT),
};
/// With `X509_V_FLAG_PARTIAL_CHAIN`.
pub(super) const PARTIAL: Engine = Engine {
    name: "openssl-3.0.22-partial",
    title: "OpenSSL with partial chains",
    aliases: &["openssl-partial"],
    seconds_early: 0,
    settings: None,
    algorithm: Algorithm::OpenSsl(Settings::PARTIAL),
};
/// With `X509_V_FLAG_X509_STRICT` too.
pub(super) const PARTIAL_STRICT: Engine = Engine {
    name: "openssl-3.0.22-partial-strict",
    title: "strict OpenSSL with partial chains",
    aliases: &["openssl-strict"],
    seconds_early: 0,
    settings: None,
    algorithm: Algorithm::OpenSsl(Settings::PARTIAL_STRICT),
};

/// What a program with a callback sees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Accepted if no error was reported; `detail` is the last one, as the `openssl verify` command prints it.
    pub verdict: Verdict,
    /// Why it was not accepted.
    pub rejection: Option<Rejection>,
    /// Every error in order: one, unless [`Settings::callback`] lets the verification go on.
    pub errors: Vec<Reported>,
}

/// `X509_verify_cert`. Certificates that OpenSSL cannot read are left out, which the trail says.
pub fn verify(readings: &Readings<'_>, query: &Query<'_>, settings: Settings) -> Answer {
    let reading = &readings.openssl;
    let Some(leaf) = certificate(reading, query.leaf) else { return unreadable_leaf(query.leaf) };
    let (store, presented) = (reading.list(query.trusted), reading.list(query.presented));
    let mut unreadable: Vec<Unreadable> = Vec::new();
    for (list, given) in [(&store, Given::Trusted), (&presented, Given::Presented)] {
        unreadable.extend(list.unreadable.iter().map(|id| not_read(*id, given)));
    }
    let mut verification = Verification {
        graph: readings.graph(),
        query,
        settings,
        reading,
        store: &store,
        chain: vec![leaf],
        num_untrusted: 1,
        error_depth: 0,
        errors: Vec::new(),
        trail: unreadable.iter().map(Unreadable::left_out).collect(),
    };
    let ended = verification.run(&presented);
    verification.answer(ended, unreadable)
}

/// `d2i_X509`: the octets of the certificate that some octets begin with. `None` where OpenSSL cannot read one.
pub fn certificate_at_start(octets: &[u8]) -> Option<&[u8]> {
    let whole = asn1::Fields(octets).next().ok()?.whole;
    Certificate::read(CertId(0), whole).ok().map(|_| whole)
}

/// `X509_get0_pubkey`: whether OpenSSL can decode the key of the certificate that some octets begin with.
pub fn has_readable_key(octets: &[u8]) -> bool {
    Certificate::read(CertId(0), octets).is_ok_and(|certificate| certificate.key.is_some())
}

/// `X509_get_extension_flags` without `EXFLAG_INVALID`: whether OpenSSL can read the extensions that it looks at.
pub fn has_readable_extensions(octets: &[u8]) -> bool {
    Certificate::read(CertId(0), octets).is_ok_and(|certificate| !certificate.extensions.is_invalid)
}

/// `d2i_X509_AUX`: the same, where OpenSSL's trust settings may follow the certificate, and nothing but them.
pub fn trusted_certificate_at_start(octets: &[u8]) -> Option<&[u8]> {
    let certificate = certificate_at_start(octets)?;
    match octets.get(certificate.len()..) {
        None | Some([]) => Some(certificate),
        Some(settings) => asn1::check_trust_settings(settings).ok().map(|()| certificate),
    }
}

/// `X509_check_host` and `X509_check_ip`, as programs call them that look at the leaf's names themselves: why the leaf is
/// not valid for the host, by the settings for host names.
pub(super) fn host_mismatch(graph: &Graph, leaf: CertId, host: &Host, settings: &Settings) -> Option<Error> {
    let leaf = graph.certificate(leaf).and_then(|found| Certificate::read(leaf, &found.der).ok())?;
    identity::mismatch(&leaf, host, settings)
}

/// What OpenSSL reads in each certificate; `None` where it cannot read one.
pub(super) type Reading<'g> = super::reading::Reading<'g, Option<Certificate<'g>>>;

/// A graph as OpenSSL reads it.
pub(super) fn reading(graph: &Graph) -> Reading<'_> {
    let subject = |read: &Option<Certificate<'_>>| read.as_ref().map(|read| read.subject.canonical.clone());
    Reading::new(graph, |id, certificate| Certificate::read(id, &certificate.der).ok(), subject)
}

fn certificate<'a>(reading: &'a Reading<'_>, id: CertId) -> Option<&'a Certificate<'a>> {
    reading.get(id)?.as_ref()
}

/// The state of one verification (`X509_STORE_CTX`).
struct Verification<'a, 'g> {
    graph: &'a Graph,
    query: &'a Query<'a>,
    settings: Settings,
    reading: &'a Reading<'g>,
    /// The trust store in the order of its file: a sort by name keeps the order of equals (`sk_X509_OBJECT_find`). It
    /// holds a certificate once (`x509_store_add`); what was presented may hold it more often.
    store: &'a List,
    /// The chain so far, leaf first.
    chain: Vec<&'a Certificate<'a>>,
    /// How many at the start of the chain come from the peer.
    num_untrusted: usize,
    error_depth: usize,
    errors: Vec<Reported>,
    trail: Trail,
}

/// Checks go on as long as they return `Ok`.
type Checked = Result<(), Rejection>;

impl<'a> Verification<'a, '_> {
    /// `X509_verify_cert` and `verify_chain`.
    fn run(&mut self, presented: &'a List) -> Checked {
        self.check_leaf_key()?;
        self.build_chain(presented)?;
        self.check_extensions()?;
        self.check_auth_level()?;
        self.check_identity()?;
        // `X509_get_pubkey_parameters` asks for a key whose parameters others may need.
        if self.chain.first().is_none_or(|leaf| leaf.key.is_none()) {
            return Err(self.internal_error());
        }
        self.check_signatures_and_times()?;
        self.check_name_constraints()?;
        match self.chain.first() {
            Some(leaf) if leaf.extensions.has_resources => Err(Rejection::ResourcesNotJudged(leaf.id)),
            _ => Ok(()),
        }
    }

    /// `verify_cb_cert`: notes the error, and goes on where the callback would.
    fn report(&mut self, depth: usize, error: Error) -> Checked {
        self.report_as(depth, error, error.kind())
    }

    /// The same for an error that has several reasons.
    fn report_as(&mut self, depth: usize, error: Error, kind: CauseKind) -> Checked {
        let reported = self.reported(depth, error, kind);
        self.error_depth = depth;
        self.errors.push(reported);
        let rejection = Some(reported.to_string());
        self.trail.push(Attempt { path: self.ids(), candidate: None, from_trusted: false, rejection });
        let goes_on = match self.settings.callback {
            Callback::Stop => false,
            Callback::StopAbove(limit) => {
                self.note_depth(depth, limit);
                false
            }
            Callback::VerifyCommand => error.is_passed_over_by_the_command(),
            Callback::Continue => true,
        };
        if goes_on { Ok(()) } else { Err(Rejection::Reported(reported)) }
    }

    /// The callback without an error, which [`Callback::StopAbove`] answers by the depth.
    fn pass(&mut self, depth: usize) -> Checked {
        let Callback::StopAbove(limit) = self.settings.callback else { return Ok(()) };
        self.note_depth(depth, limit).map_or(Ok(()), |reported| Err(Rejection::Reported(reported)))
    }

    /// Apache says so behind what else is wrong with the certificate (`ssl_callback_SSLVerify`).
    fn note_depth(&mut self, depth: usize, limit: usize) -> Option<Reported> {
        (depth > limit).then(|| {
            let error = Error::CertChainTooLong;
            let reported = self.reported(depth, error, error.kind());
            self.errors.push(reported);
            let rejection = Some(reported.to_string());
            self.trail.push(Attempt { path: self.ids(), candidate: None, from_trusted: false, rejection });
            reported
        })
    }

    /// `CB_FAIL_IF`: reports the error if the condition holds.
    fn report_if(&mut self, fails: bool, depth: usize, error: Error) -> Checked {
        if fails { self.report(depth, error) } else { Ok(()) }
    }

    fn reported(&self, depth: usize, error: Error, kind: CauseKind) -> Reported {
        let certificate = self.chain.get(depth).map(|certificate| certificate.id);
        Reported { error, depth, cause: Cause { kind, certificate } }
    }

    /// OpenSSL returns -1. An error always has a number (the "safety-net" in `X509_verify_cert`).
    fn internal_error(&mut self) -> Rejection {
        let last = self.errors.last().copied();
        Rejection::Reported(last.unwrap_or_else(|| {
            let reported = self.reported(self.error_depth, Error::Unspecified, Error::Unspecified.kind());
            self.errors.push(reported);
            reported
        }))
    }

    fn ids(&self) -> Vec<CertId> {
        self.chain.iter().map(|certificate| certificate.id).collect()
    }

    fn answer(mut self, ended: Checked, unreadable: Vec<Unreadable>) -> Answer {
        let last = self.errors.last().copied().map(Rejection::Reported);
        let rejection = match (ended, last) {
            // What is not known does not undo an error.
            (Err(unknown), None) => Some(unknown),
            (_, last) => last,
        };
        let chain = self.ids();
        if rejection.is_none() {
            self.trail.push(Attempt { path: chain.clone(), candidate: None, from_trusted: true, rejection: None });
        }
        Answer { verdict: verdict(rejection, chain, self.trail).without(unreadable), rejection, errors: self.errors }
    }
}

/// The chain counts if nothing was wrong with it.
fn verdict(rejection: Option<Rejection>, chain: Vec<CertId>, trail: Trail) -> Verdict {
    match rejection {
        None => Verdict::accepted(vec![chain], trail),
        Some(rejection) => Verdict::rejected(rejection, rejection.cause(), trail),
    }
}

fn unreadable_leaf(leaf: CertId) -> Answer {
    let (rejection, unreadable) = (Rejection::UnreadableLeaf(leaf), not_read(leaf, Given::Leaf));
    let verdict = verdict(Some(rejection), Vec::new(), vec![unreadable.left_out()].into()).without(vec![unreadable]);
    Answer { verdict, rejection: Some(rejection), errors: Vec::new() }
}

fn not_read(certificate: CertId, given: Given) -> Unreadable {
    Unreadable { certificate, given, detail: CandidateRejection::Unreadable.to_string() }
}

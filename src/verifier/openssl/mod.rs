//! OpenSSL 3.0.22, `X509_verify_cert`, with the settings that programs give it.
//!
//! One engine whose [`Settings`] are values. The files follow `x509_vfy.c` and its neighbours: `certificate` reads a
//! certificate as OpenSSL does (`asn1`, `name`, `general_name`, `key`, `signature_algorithm`), `issued` says who may have
//! issued it, `build` makes the one chain that OpenSSL looks at, and `extensions` (`strict`, `purpose`), `level`,
//! `identity`, `signatures` and `name_constraints` judge it, in this order. `error` holds the words.
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
mod name;
mod name_constraints;
mod punycode;
mod purpose;
mod settings;
mod signature_algorithm;
mod signatures;
mod strict;
mod words;

pub use error::{Error, Reported};
pub use settings::{Callback, Settings};

use super::{Attempt, Engine, Outcome, Query, Verdict};
use crate::certificate::CertId;
use crate::collection::distinct;
use crate::graph::Graph;
use certificate::Certificate;

/// The engines as the registry lists them.
pub(super) const DEFAULT: Engine = Engine {
    name: "openssl-3.0.22",
    aliases: &["openssl"],
    seconds_early: 0,
    verify: |graph, query| verify(graph, query, Settings::DEFAULT).verdict,
};
/// With `X509_V_FLAG_PARTIAL_CHAIN`.
pub(super) const PARTIAL: Engine = Engine {
    name: "openssl-3.0.22-partial",
    aliases: &["openssl-partial"],
    seconds_early: 0,
    verify: |graph, query| verify(graph, query, Settings::PARTIAL).verdict,
};
/// With `X509_V_FLAG_X509_STRICT` too.
pub(super) const PARTIAL_STRICT: Engine = Engine {
    name: "openssl-3.0.22-partial-strict",
    aliases: &["openssl-strict"],
    seconds_early: 0,
    verify: |graph, query| verify(graph, query, Settings::PARTIAL_STRICT).verdict,
};

/// What a program with a callback sees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Accepted if no error was reported; `detail` is the text and depth of the last one, as `X509_STORE_CTX_get_error`
    /// and `X509_STORE_CTX_get_error_depth` give them.
    pub verdict: Verdict,
    /// Every error in order: one, unless [`Settings::callback`] lets the verification go on.
    pub errors: Vec<Reported>,
}

/// `X509_verify_cert`. Certificates that OpenSSL cannot read are left out, which the trail says.
pub fn verify(graph: &Graph, query: &Query<'_>, settings: Settings) -> Answer {
    let read = |id: CertId| graph.certificate(id).and_then(|found| Certificate::read(id, &found.der).ok());
    let Some(leaf) = read(query.leaf) else { return unreadable_leaf(query.leaf) };
    // A store holds a certificate once (`x509_store_add`); what was presented may hold it more often.
    let trusted: Vec<Certificate<'_>> = distinct(query.trusted).into_iter().filter_map(read).collect();
    let presented: Vec<Certificate<'_>> = query.presented.iter().copied().filter_map(read).collect();
    let mut trail = Vec::new();
    for (ids, certificates, from_trusted) in [(query.trusted, &trusted, true), (query.presented, &presented, false)] {
        for id in ids.iter().filter(|id| !certificates.iter().any(|certificate| certificate.id == **id)) {
            trail.push(refused(*id, from_trusted, words::UNREADABLE));
        }
    }
    let mut verification = Verification {
        graph,
        query,
        settings,
        store: &trusted,
        chain: vec![&leaf],
        num_untrusted: 1,
        error_depth: 0,
        errors: Vec::new(),
        trail,
    };
    let halted = verification.run(presented.iter().collect()).err();
    verification.answer(halted)
}

/// The state of one verification (`X509_STORE_CTX`).
struct Verification<'a> {
    graph: &'a Graph,
    query: &'a Query<'a>,
    settings: Settings,
    /// The trust store in the order of its file: a sort by name keeps the order of equals (`sk_X509_OBJECT_find`).
    store: &'a [Certificate<'a>],
    /// Leaf first.
    chain: Vec<&'a Certificate<'a>>,
    /// How many at the start of the chain come from the peer.
    num_untrusted: usize,
    error_depth: usize,
    errors: Vec<Reported>,
    trail: Vec<Attempt>,
}

/// Why a verification ends early.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Halt {
    /// The callback, or its absence, says so.
    Reported,
    /// OpenSSL returns -1.
    Internal,
    /// The graph does not know whether a signature is valid.
    SignatureNotChecked,
    /// RFC 3779 is not followed.
    ResourcesNotJudged,
}

/// Checks go on as long as they return `Ok`.
type Checked = Result<(), Halt>;

impl<'a> Verification<'a> {
    /// `X509_verify_cert` and `verify_chain`.
    fn run(&mut self, presented: Vec<&'a Certificate<'a>>) -> Checked {
        self.check_leaf_key()?;
        self.build_chain(presented)?;
        self.check_extensions()?;
        self.check_auth_level()?;
        self.check_identity()?;
        // `X509_get_pubkey_parameters` asks for a key whose parameters others may need.
        if self.chain.first().is_none_or(|leaf| leaf.key.is_none()) {
            return Err(Halt::Internal);
        }
        self.check_signatures_and_times()?;
        self.check_name_constraints()?;
        let has_resources = self.chain.first().is_some_and(|leaf| leaf.extensions.has_resources);
        if has_resources { Err(Halt::ResourcesNotJudged) } else { Ok(()) }
    }

    /// `verify_cb_cert`: notes the error, and goes on where the callback would.
    fn report(&mut self, depth: usize, error: Error) -> Checked {
        let reported = Reported { error, depth };
        self.error_depth = depth;
        self.errors.push(reported);
        let rejection = Some(reported.to_string());
        self.trail.push(Attempt { path: self.ids(), candidate: None, from_trusted: false, rejection });
        let goes_on = match self.settings.callback {
            Callback::Stop => false,
            Callback::VerifyCommand => error.is_passed_over_by_the_command(),
            Callback::Continue => true,
        };
        if goes_on { Ok(()) } else { Err(Halt::Reported) }
    }

    /// `CB_FAIL_IF`.
    fn report_if(&mut self, fails: bool, depth: usize, error: Error) -> Checked {
        if fails { self.report(depth, error) } else { Ok(()) }
    }

    fn ids(&self) -> Vec<CertId> {
        self.chain.iter().map(|certificate| certificate.id).collect()
    }

    fn answer(mut self, halted: Option<Halt>) -> Answer {
        // "Safety-net" in `X509_verify_cert`: an error always has a number.
        if halted == Some(Halt::Internal) && self.errors.is_empty() {
            self.errors.push(Reported { error: Error::Unspecified, depth: self.error_depth });
        }
        let (outcome, detail) = match (halted, self.errors.last()) {
            (Some(Halt::SignatureNotChecked), _) => (Outcome::Stopped, words::SIGNATURE_NOT_CHECKED.to_owned()),
            (Some(Halt::ResourcesNotJudged), None) => (Outcome::Stopped, words::RESOURCES_NOT_JUDGED.to_owned()),
            (_, Some(last)) => (Outcome::Rejected, format!("{}@{}", last.error.text(), last.depth)),
            (_, None) => (Outcome::Accepted, String::new()),
        };
        let mut chains = Vec::new();
        if outcome == Outcome::Accepted {
            chains.push(self.ids());
            self.trail.push(Attempt { path: self.ids(), candidate: None, from_trusted: true, rejection: None });
        }
        Answer {
            verdict: Verdict { outcome, detail, cause: None, chains, trail: self.trail, unreadable: Vec::new() },
            errors: self.errors,
        }
    }
}

fn unreadable_leaf(leaf: CertId) -> Answer {
    let trail = vec![refused(leaf, false, words::UNREADABLE)];
    let verdict = Verdict {
        outcome: Outcome::Rejected,
        detail: words::LEAF_UNREADABLE.to_owned(),
        cause: None,
        chains: Vec::new(),
        trail,
        unreadable: Vec::new(),
    };
    Answer { verdict, errors: Vec::new() }
}

fn refused(id: CertId, from_trusted: bool, why: &str) -> Attempt {
    Attempt { path: Vec::new(), candidate: Some(id), from_trusted, rejection: Some(why.to_owned()) }
}

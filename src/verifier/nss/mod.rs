//! NSS 3.87.1, "classic": `CERT_VerifyCertificate` for a TLS server or client, on certificates imported as temporary
//! ones, anchors with the flag `C` (of clients `T`); then `CERT_VerifyCertName`.
//!
//! NSS does not search: at each step it picks one issuer (`store`) and goes on from there, past a trusted intermediate
//! too when it reports the chain. `parse` derives what NSS keeps of a certificate, `name_constraints` and `hostname`
//! judge names.

mod hostname;
mod name_constraints;
mod parse;
mod store;

use std::rc::Rc;

use super::{Attempt, Engine, Host, Outcome, Purpose, Query, Verdict};
use crate::certificate::{BasicConstraints, CertId, GeneralName, KeyKind};
use crate::der::{Reader, SEQUENCE};
use crate::graph::Graph;
use crate::oid::{self, Oid};
use crate::signature::Status;
use parse::{ANY_CA, Cert, KU_DIGITAL_SIGNATURE, KU_KEY_CERT_SIGN, SSL_CA, SSL_CLIENT, SSL_SERVER};
pub(super) use store::PENDING_SLOP;
use store::{Store, is_valid_at};

/// The engine as the registry lists it.
pub(super) const ENGINE: Engine = Engine { name: "nss-3.87.1", aliases: &["nss"], seconds_early: PENDING_SLOP, verify };

/// `CERT_MAX_CERT_CHAIN`.
const MAX_CHAIN: usize = 20;
/// `SSL_RSA_MIN_MODULUS_BITS`; NSS counts whole octets.
const MIN_RSA_BITS: usize = 1023;

// Error names (`secerr.h`).
const UNKNOWN_ISSUER: &str = "SEC_ERROR_UNKNOWN_ISSUER";
const UNTRUSTED_ISSUER: &str = "SEC_ERROR_UNTRUSTED_ISSUER";
const BAD_SIGNATURE: &str = "SEC_ERROR_BAD_SIGNATURE";
const SIGNATURE_DISABLED: &str = "SEC_ERROR_CERT_SIGNATURE_ALGORITHM_DISABLED";
const EXPIRED: &str = "SEC_ERROR_EXPIRED_CERTIFICATE";
const EXPIRED_ISSUER: &str = "SEC_ERROR_EXPIRED_ISSUER_CERTIFICATE";
const INADEQUATE_KEY_USAGE: &str = "SEC_ERROR_INADEQUATE_KEY_USAGE";
const INADEQUATE_CERT_TYPE: &str = "SEC_ERROR_INADEQUATE_CERT_TYPE";
const UNKNOWN_CRITICAL: &str = "SEC_ERROR_UNKNOWN_CRITICAL_EXTENSION";
const ALGORITHM_MISMATCH: &str = "SEC_ERROR_ALGORITHM_MISMATCH";
const CA_CERT_INVALID: &str = "SEC_ERROR_CA_CERT_INVALID";
const PATH_LENGTH: &str = "SEC_ERROR_PATH_LEN_CONSTRAINT_INVALID";
const NAME_SPACE: &str = "SEC_ERROR_CERT_NOT_IN_NAME_SPACE";
const BAD_DER: &str = "SEC_ERROR_BAD_DER";
const REUSED_NUMBER: &str = "SEC_ERROR_REUSED_ISSUER_AND_SERIAL";
const LEAF_REUSES_NUMBER: &str = "leaf parse: SEC_ERROR_REUSED_ISSUER_AND_SERIAL";
/// What the caller of `CERT_VerifyCertName` says.
const NAME_MISMATCH: &str = "name mismatch";

// The next two are ours.
const NOT_CHECKED: &str =
    "the signature was not checked (budget spent, or an algorithm that this build lacks), so NSS's answer is not known";
const PASSED_OVER: &str = "passed over: another certificate with this name fits better";

/// Verification of one certificate.
struct Verification<'a> {
    graph: &'a Graph,
    query: &'a Query<'a>,
    store: Store<'a>,
    trail: Vec<Attempt>,
    note: String,
}

/// Imports, verifies, and gives the chain as `CERT_GetCertChainFromCert` does.
pub fn verify(graph: &Graph, query: &Query<'_>) -> Verdict {
    let mut verification =
        Verification { graph, query, store: Store::default(), trail: Vec::new(), note: String::new() };
    let verdict = verification.import().and_then(|leaf| verification.verify(&leaf).map(|()| leaf));
    match verdict {
        Ok(leaf) => Verdict {
            outcome: Outcome::Accepted,
            detail: String::new(),
            cause: None,
            chains: vec![verification.chain(leaf)],
            trail: verification.trail,
            unreadable: Vec::new(),
        },
        Err(why) => Verdict {
            outcome: if why == NOT_CHECKED { Outcome::Stopped } else { Outcome::Rejected },
            detail: why.to_owned() + &verification.note,
            cause: None,
            chains: Vec::new(),
            trail: verification.trail,
            unreadable: Vec::new(),
        },
    }
}

impl<'a> Verification<'a> {
    /// The trust store, what was presented, the leaf, in this order.
    fn import(&mut self) -> Result<Rc<Cert<'a>>, &'static str> {
        for (ids, trusted) in [(self.query.trusted, true), (self.query.presented, false)] {
            for &id in ids {
                if self.import_one(id, trusted).is_none() {
                    let part = if trusted { "trusted" } else { "intermediate" };
                    self.note.push_str(&format!(" ({part} unparsable: {REUSED_NUMBER})"));
                    self.record(&[], Some(id), trusted, Some(REUSED_NUMBER));
                }
            }
        }
        let trusted = self.query.trusted.contains(&self.query.leaf);
        self.import_one(self.query.leaf, trusted).ok_or(LEAF_REUSES_NUMBER)
    }

    fn import_one(&mut self, id: CertId, trusted: bool) -> Option<Rc<Cert<'a>>> {
        let certificate = self.graph.certificate(id)?;
        self.store.import(Cert::new(id, certificate, trusted), self.query.at)
    }

    /// `CERT_VerifyCertificate`, then the name.
    fn verify(&mut self, leaf: &Rc<Cert<'a>>) -> Result<(), &'static str> {
        let verdict = self.check_leaf(leaf);
        self.record(&[], Some(leaf.id), leaf.trusted, verdict.err());
        verdict?;
        self.verify_chain(leaf)?;
        match &self.query.host {
            Some(Host::Dns(host) | Host::Ip(host)) if !host.is_empty() && !hostname::matches(leaf, host) => {
                Err(NAME_MISMATCH)
            }
            _ => Ok(()),
        }
    }

    /// Validity, key usage and type of the leaf.
    fn check_leaf(&self, leaf: &Cert<'_>) -> Result<(), &'static str> {
        if !is_valid_at(leaf, self.query.at) {
            return Err(EXPIRED);
        }
        let (usage, kind) = match self.query.purpose {
            Purpose::Client => (leaf.allows(KU_DIGITAL_SIGNATURE), SSL_CLIENT),
            Purpose::Server => (leaf.allows_key_exchange(), SSL_SERVER),
            Purpose::Any => return Ok(()),
        };
        if !usage {
            return Err(INADEQUATE_KEY_USAGE);
        }
        if leaf.cert_type & kind == 0 { Err(INADEQUATE_CERT_TYPE) } else { Ok(()) }
    }

    /// `cert_VerifyCertChainOld`: one issuer at each step, up to the first that is trusted.
    fn verify_chain(&mut self, leaf: &Rc<Cert<'a>>) -> Result<(), &'static str> {
        let mut subject = Rc::clone(leaf);
        let (mut path, mut names, mut path_length) = (vec![leaf.id], Vec::new(), 0);
        for count in 0..MAX_CHAIN {
            // RFC 5280, 6.1.3 (b): the leaf's names count even if it is self-issued.
            if count == 0 || !is_self_issued(&subject) {
                let with_common_name = count == 0 && self.query.purpose == Purpose::Server;
                names.extend(name_constraints::names_of(&subject, with_common_name));
            }
            let issuer = self.issuer_of(&subject, &path)?;
            let verdict = self.check_issuer(&subject, &issuer, path_length, &names);
            self.record(&path, Some(issuer.id), issuer.trusted, verdict.err());
            verdict?;
            if issuer.trusted {
                return Ok(());
            }
            path_length += u32::from(!is_self_issued(&issuer));
            path.push(issuer.id);
            subject = issuer;
        }
        Err(UNKNOWN_ISSUER)
    }

    /// Checks the subject alone, and picks its issuer.
    fn issuer_of(&mut self, subject: &Rc<Cert<'a>>, path: &[CertId]) -> Result<Rc<Cert<'a>>, &'static str> {
        let refusal = match subject {
            subject if subject.has_unknown_critical_extension() => Some(UNKNOWN_CRITICAL),
            subject if !subject.algorithms_agree() => Some(ALGORITHM_MISMATCH),
            _ => None,
        };
        let issuer = self.store.issuer_of(subject, self.query.at).filter(|_| refusal.is_none());
        let Some(issuer) = issuer else {
            let why = refusal.unwrap_or(UNKNOWN_ISSUER);
            self.record(path, None, false, Some(why));
            return Err(why);
        };
        for other in self.store.candidates(subject).iter().filter(|other| other.id != issuer.id && !subject.is_root) {
            self.record(path, Some(other.id), other.trusted, Some(PASSED_OVER));
        }
        Ok(issuer)
    }

    /// The checks of an issuer in their order; of a trusted one the last three are not asked.
    fn check_issuer(
        &self,
        subject: &Cert<'_>,
        issuer: &Cert<'_>,
        path_length: u32,
        names: &[GeneralName],
    ) -> Result<(), &'static str> {
        self.check_signature(subject, issuer)?;
        let constraints = basic_constraints(issuer)?;
        if constraints.and_then(|constraints| constraints.path_len).is_some_and(|limit| path_length > limit) {
            return Err(PATH_LENGTH);
        }
        if !name_constraints::permit(issuer, names) {
            return Err(NAME_SPACE);
        }
        if issuer.trusted {
            return Ok(());
        }
        // A certificate type that says "CA" must say which.
        let is_ca = constraints.is_some() && issuer.cert_type & ANY_CA == 0 || issuer.cert_type & SSL_CA != 0;
        if !is_ca {
            return Err(CA_CERT_INVALID);
        }
        if !issuer.allows(KU_KEY_CERT_SIGN) {
            return Err(INADEQUATE_KEY_USAGE);
        }
        if issuer.is_root { Err(UNTRUSTED_ISSUER) } else { Ok(()) }
    }

    /// `CERT_VerifySignedData`: the issuer's validity, what its key may be used for, the signature.
    fn check_signature(&self, subject: &Cert<'_>, issuer: &Cert<'_>) -> Result<(), &'static str> {
        if !is_valid_at(issuer, self.query.at) {
            return Err(EXPIRED_ISSUER);
        }
        check_algorithm(subject, issuer)?;
        match self.graph.edge(issuer.id, subject.id).map_or(Status::Unchecked, |edge| edge.signature) {
            Status::Valid => Ok(()),
            Status::Invalid => Err(BAD_SIGNATURE),
            Status::Unsupported | Status::Unchecked => Err(NOT_CHECKED),
        }
    }

    /// `CERT_GetCertChainFromCert`: on and on, to a root or to the last issuer that is known.
    fn chain(&self, leaf: Rc<Cert<'a>>) -> Vec<CertId> {
        let mut chain = Vec::new();
        let mut next = Some(leaf);
        while let Some(cert) = next.take().filter(|_| chain.len() < MAX_CHAIN) {
            chain.push(cert.id);
            if !cert.is_root {
                next = self.store.issuer_of(&cert, self.query.at);
            }
        }
        chain
    }

    fn record(&mut self, path: &[CertId], candidate: Option<CertId>, from_trusted: bool, rejection: Option<&str>) {
        let rejection = rejection.map(str::to_owned);
        self.trail.push(Attempt { path: path.iter().copied().collect(), candidate, from_trusted, rejection });
    }
}

/// Both names are equal.
fn is_self_issued(cert: &Cert<'_>) -> bool {
    cert.certificate.issuer.der == cert.certificate.subject.der
}

/// `CERT_FindBasicConstraintExten`, and cA must be set if the extension is there.
fn basic_constraints(issuer: &Cert<'_>) -> Result<Option<BasicConstraints>, &'static str> {
    let is_there = issuer.certificate.extensions.iter().any(|extension| extension.oid == oid::BASIC_CONSTRAINTS);
    match issuer.certificate.basic_constraints {
        None if is_there => Err(BAD_DER),
        // A length without cA is no value that NSS decodes.
        Some(constraints) if !constraints.ca && constraints.path_len.is_some() => Err(BAD_DER),
        Some(constraints) if !constraints.ca => Err(CA_CERT_INVALID),
        constraints => Ok(constraints),
    }
}

/// `sec_DecodeSigAlg`, the policies of digests, and `checkKeyParams`.
fn check_algorithm(subject: &Cert<'_>, issuer: &Cert<'_>) -> Result<(), &'static str> {
    let (algorithm, key) = (&subject.certificate.signature_algorithm, &issuer.certificate.key.kind);
    if !is_usable(key) {
        return Err(BAD_SIGNATURE);
    }
    let family = family(&algorithm.oid).ok_or(BAD_SIGNATURE)?;
    let is_broken = algorithm.oid.is_one_of(&[oid::MD2_WITH_RSA, oid::MD5_WITH_RSA]);
    let lacks_parameters = algorithm.oid == oid::RSASSA_PSS && !has_parameters(&algorithm.der);
    let fits = match key {
        KeyKind::Rsa { bits } => family == Family::Rsa && bits.div_ceil(8) * 8 >= MIN_RSA_BITS,
        KeyKind::Ec { .. } => family == Family::Ec,
        KeyKind::Other { algorithm } if *algorithm == oid::DSA => family == Family::Dsa,
        _ => family == Family::Rsa,
    };
    if is_broken || lacks_parameters || !fits { Err(SIGNATURE_DISABLED) } else { Ok(()) }
}

/// What kind of key a signature algorithm needs.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Family {
    Rsa,
    Ec,
    Dsa,
}

/// `None` for an algorithm that NSS does not know.
fn family(algorithm: &Oid) -> Option<Family> {
    match algorithm.constant() {
        Some(oid::OIW_SHA_WITH_RSA | oid::OIW_SHA1_WITH_RSA) => Some(Family::Rsa),
        Some(oid::DSA_WITH_SHA1 | oid::OIW_DSA_WITH_SHA1 | oid::DSA_WITH_SHA224 | oid::DSA_WITH_SHA256) => {
            Some(Family::Dsa)
        }
        _ if algorithm.is_below(oid::PKCS_1) => Some(Family::Rsa),
        _ if algorithm.is_below(oid::X962_SIGNATURES) => Some(Family::Ec),
        _ => None,
    }
}

/// RSASSA-PSS without parameters means SHA-1 (RFC 4055, 3.1), but `checkKeyParams` wants them.
fn has_parameters(algorithm: &[u8]) -> bool {
    let rest = Reader::read_only(algorithm, SEQUENCE).and_then(|mut fields| {
        fields.read_any()?;
        fields.read_any()
    });
    rest.is_some()
}

/// `CERT_ExtractPublicKey` and the curves that NSS computes on; it has no Ed25519 yet.
fn is_usable(key: &KeyKind) -> bool {
    match key {
        KeyKind::Ec { curve } => curve.is_one_of(&[oid::SECP256R1, oid::SECP384R1, oid::SECP521R1]),
        KeyKind::Ed25519 => false,
        // An RSA or EC key whose value or parameters cannot be read.
        KeyKind::Other { algorithm } => !algorithm.is_one_of(&[oid::RSA_ENCRYPTION, oid::EC_PUBLIC_KEY]),
        KeyKind::Rsa { .. } => true,
    }
}

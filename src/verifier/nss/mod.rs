//! NSS 3.87.1, "classic": `CERT_VerifyCertificate` for a TLS server or client, on certificates imported as temporary
//! ones, anchors with the flag `C` (of clients `T`); then `CERT_VerifyCertName`.
//!
//! NSS does not search: at each step it picks one issuer (`store`) and goes on from there, past a trusted intermediate
//! too when it reports the chain. `parse` derives what NSS keeps of a certificate, `name_constraints` and `hostname`
//! judge names, `messages` holds the errors.

mod hostname;
mod messages;
mod name_constraints;
mod parse;
mod store;

pub use messages::{Error, OutOfTime, Rejection};

use super::algorithm::Algorithm;
use super::budget::{Budget, Trail};
use super::{Attempt, Engine, Given, Host, Purpose, Query, Readings, Unreadable, Verdict};
use crate::certificate::{BasicConstraints, CertId, GeneralName, KeyKind};
use crate::der::{Reader, SEQUENCE};
use crate::graph::Graph;
use crate::oid::{self, Oid};
use crate::signature::Status;
use name_constraints::Violation;
use parse::{ANY_CA, Cert, KU_DIGITAL_SIGNATURE, KU_KEY_CERT_SIGN, SSL_CA, SSL_CLIENT, SSL_SERVER};
pub(super) use store::PENDING_SLOP;
pub(super) use store::{Reading, reading};
use store::{Store, out_of_time};

/// The engine as the registry lists it.
pub(super) const ENGINE: Engine = Engine {
    name: "nss-3.87.1",
    title: "NSS 3.87",
    aliases: &["nss"],
    seconds_early: PENDING_SLOP,
    settings: None,
    algorithm: Algorithm::Nss,
};

/// `CERT_MAX_CERT_CHAIN`: the most certificates that a chain may have.
const MAX_CHAIN: usize = 20;
/// Most pairs of a name and a constraint on one chain; NSS has no such limit. Our own number: what takes the engine about
/// 250 ms. The largest recorded question (x509-limbo, `pathological::nc-dos-1`) has 2,049 names and 4,097 constraints, which are
/// compared twice, and NSS accepts it.
pub(super) const MAX_PAIRS: usize = 20_000_000;
/// `SSL_RSA_MIN_MODULUS_BITS`; NSS counts whole octets.
const MIN_RSA_BITS: usize = 1023;

/// The verdict, whose `detail` is what the rejection says, and the rejection.
pub type Answer = super::Answer<Rejection>;

/// Imports, verifies, and gives the chain as `CERT_GetCertChainFromCert` does.
pub fn verify(readings: &Readings<'_>, query: &Query<'_>) -> Answer {
    let trusted = readings.nss.list(query.trusted);
    let store = Store::new(&readings.nss, &trusted, query.at);
    let mut verification = Verification {
        graph: readings.graph(),
        query,
        store,
        comparisons: Budget::of(MAX_PAIRS),
        trail: Trail::default(),
        unreadable: Vec::new(),
    };
    verification.import_both();
    let verified = verification.verify_leaf();
    let rejection = verified.as_ref().err().copied();
    let chain = verified.map(|leaf| verification.chain(leaf));
    let Verification { mut trail, unreadable, comparisons, .. } = verification;
    trail.add_cost(comparisons.spent());
    let verdict = match chain {
        Ok(chain) => Verdict::accepted(vec![chain], trail),
        Err(rejection) => Verdict::rejected(rejection, rejection.cause(), trail),
    };
    Answer { verdict: verdict.without(unreadable), rejection }
}

/// Verification of one certificate.
struct Verification<'a, 'g> {
    graph: &'a Graph,
    query: &'a Query<'a>,
    store: Store<'a, 'g>,
    comparisons: Budget,
    trail: Trail,
    unreadable: Vec<Unreadable>,
}

/// A name that must lie in the name space of every issuer, and the certificate that bears it.
type BorneName = (CertId, GeneralName);

impl<'a> Verification<'a, '_> {
    /// The trust store, then in order what was presented.
    fn import_both(&mut self) {
        for &id in self.store.refused() {
            self.refuse(id, Given::Trusted);
        }
        for &id in self.query.presented {
            if self.store.import(id, false).is_none() {
                self.refuse(id, Given::Presented);
            }
        }
    }

    fn refuse(&mut self, id: CertId, given: Given) {
        self.record(&[], Some(id), given == Given::Trusted, Some(Error::ReusedIssuerAndSerial.to_string()));
        self.unreadable.push(not_imported(id, given));
    }

    /// Imports the leaf too; without it there is no answer.
    fn import_leaf(&mut self) -> Result<&'a Cert<'a>, Rejection> {
        let certificate = self.query.leaf;
        let imported = self.store.import(certificate, self.store.trusts(certificate));
        imported.ok_or_else(|| {
            self.unreadable.push(not_imported(certificate, Given::Leaf));
            Rejection { error: Error::ReusedIssuerAndSerial, certificate }
        })
    }

    /// `CERT_VerifyCertificate`, then `CERT_VerifyCertName`.
    fn verify_leaf(&mut self) -> Result<&'a Cert<'a>, Rejection> {
        let leaf = self.import_leaf()?;
        let of_leaf = |error: Error| Rejection { error, certificate: self.query.leaf };
        let checked = self.check_leaf(leaf).map_err(of_leaf);
        self.record(&[], Some(leaf.id), leaf.trusted, checked.err().map(|rejection| rejection.to_string()));
        checked?;
        self.verify_chain(leaf)?;
        match &self.query.host {
            Some(Host::Dns(host) | Host::Ip(host)) if !host.is_empty() && !hostname::matches(leaf, host) => {
                Err(Rejection { error: Error::BadCertDomain, certificate: leaf.id })
            }
            _ => Ok(leaf),
        }
    }

    /// Validity, key usage and type of the leaf.
    fn check_leaf(&self, leaf: &Cert<'_>) -> Result<(), Error> {
        if let Some(side) = out_of_time(leaf, self.query.at) {
            return Err(Error::ExpiredCertificate(side));
        }
        let (usage, kind) = match self.query.purpose {
            Purpose::Client => (leaf.allows(KU_DIGITAL_SIGNATURE), SSL_CLIENT),
            Purpose::Server => (leaf.allows_key_exchange(), SSL_SERVER),
            Purpose::Any => return Ok(()),
        };
        if !usage {
            return Err(Error::InadequateKeyUsage);
        }
        if leaf.cert_type & kind == 0 { Err(Error::InadequateCertType) } else { Ok(()) }
    }

    /// `cert_VerifyCertChainOld`: one issuer at each step, up to the first that is trusted.
    fn verify_chain(&mut self, leaf: &'a Cert<'a>) -> Result<(), Rejection> {
        let mut subject = leaf;
        let (mut path, mut names, mut path_length) = (vec![leaf.id], Vec::new(), 0);
        for count in 0..MAX_CHAIN {
            // RFC 5280, 6.1.3 (b): the leaf's names count even if it is self-issued.
            if count == 0 || !is_self_issued(subject) {
                let with_common_name = count == 0 && self.query.purpose == Purpose::Server;
                let own = name_constraints::names_of(subject, with_common_name);
                names.extend(own.into_iter().map(|name| (subject.id, name)));
            }
            let issuer = self.issuer_of(subject, &path)?;
            let verdict = self.check_issuer(subject, issuer, path_length, &names);
            let words = verdict.err().map(|rejection| rejection.to_string());
            self.record(&path, Some(issuer.id), issuer.trusted, words);
            verdict?;
            if issuer.trusted {
                return Ok(());
            }
            path_length += u32::from(!is_self_issued(issuer));
            path.push(issuer.id);
            subject = issuer;
        }
        Err(Rejection { error: Error::UnknownIssuer, certificate: subject.id })
    }

    /// Checks the subject alone, and picks its issuer.
    fn issuer_of(&mut self, subject: &'a Cert<'a>, path: &[CertId]) -> Result<&'a Cert<'a>, Rejection> {
        let found = match subject {
            subject if subject.has_unknown_critical_extension() => Err(Error::UnknownCriticalExtension),
            subject if !subject.algorithms_agree() => Err(Error::AlgorithmMismatch),
            subject => self.store.issuer_of(subject).ok_or(Error::UnknownIssuer),
        };
        let issuer = match found {
            Ok(issuer) => issuer,
            Err(error) => {
                self.record(path, None, false, Some(error.to_string()));
                return Err(Rejection { error, certificate: subject.id });
            }
        };
        for other in self.store.candidates(subject).iter().filter(|other| other.id != issuer.id && !subject.is_root) {
            self.record(path, Some(other.id), other.trusted, Some(messages::PASSED_OVER.to_owned()));
        }
        Ok(issuer)
    }

    /// The checks of an issuer in their order; of a trusted one the last three are not asked.
    fn check_issuer(
        &self,
        subject: &Cert<'_>,
        issuer: &Cert<'_>,
        path_length: u32,
        names: &[BorneName],
    ) -> Result<(), Rejection> {
        let of_issuer = |error: Error| Rejection { error, certificate: issuer.id };
        if let Some(side) = out_of_time(issuer, self.query.at) {
            return Err(of_issuer(Error::ExpiredIssuerCertificate(side)));
        }
        self.check_signature(subject, issuer).map_err(|error| Rejection { error, certificate: subject.id })?;
        let constraints = basic_constraints(issuer).map_err(of_issuer)?;
        if constraints.and_then(|constraints| constraints.path_len).is_some_and(|limit| path_length > limit) {
            return Err(of_issuer(Error::PathLenConstraintInvalid));
        }
        name_constraints::check(issuer, names, &self.comparisons).map_err(|violation| match violation {
            Violation::By(certificate) => Rejection { error: Error::CertNotInNameSpace, certificate },
            Violation::LimitReached => of_issuer(Error::LimitReached),
        })?;
        if issuer.trusted { Ok(()) } else { check_untrusted(issuer, constraints).map_err(of_issuer) }
    }

    /// `CERT_VerifySignedData`, after the issuer's validity: what its key may be used for, and the signature.
    fn check_signature(&self, subject: &Cert<'_>, issuer: &Cert<'_>) -> Result<(), Error> {
        check_algorithm(subject, issuer)?;
        match self.graph.edge(issuer.id, subject.id).map_or(Status::Unchecked, |edge| edge.signature) {
            Status::Valid => Ok(()),
            Status::Invalid => Err(Error::BadSignature),
            Status::Unsupported | Status::Unchecked => Err(Error::SignatureNotChecked),
        }
    }

    /// `CERT_GetCertChainFromCert`: on and on, to a root or to the last issuer that is known.
    fn chain(&self, leaf: &'a Cert<'a>) -> Vec<CertId> {
        let mut chain = Vec::new();
        let mut next = Some(leaf);
        while let Some(cert) = next.take().filter(|_| chain.len() < MAX_CHAIN) {
            chain.push(cert.id);
            if !cert.is_root {
                next = self.store.issuer_of(cert);
            }
        }
        chain
    }

    fn record(&mut self, path: &[CertId], candidate: Option<CertId>, from_trusted: bool, rejection: Option<String>) {
        self.trail.push(Attempt { path: path.to_vec(), candidate, from_trusted, rejection });
    }
}

fn not_imported(certificate: CertId, given: Given) -> Unreadable {
    Unreadable { certificate, given, detail: Error::ReusedIssuerAndSerial.to_string() }
}

/// Whether an issuer that is not trusted itself may issue, and may stand below another one.
fn check_untrusted(issuer: &Cert<'_>, constraints: Option<BasicConstraints>) -> Result<(), Error> {
    // A certificate type that says "CA" must say which.
    let is_ca = constraints.is_some() && issuer.cert_type & ANY_CA == 0 || issuer.cert_type & SSL_CA != 0;
    if !is_ca {
        return Err(Error::CaCertInvalid);
    }
    if !issuer.allows(KU_KEY_CERT_SIGN) {
        return Err(Error::InadequateKeyUsage);
    }
    if issuer.is_root { Err(Error::UntrustedIssuer) } else { Ok(()) }
}

/// Both names are equal.
fn is_self_issued(cert: &Cert<'_>) -> bool {
    cert.certificate.issuer.der == cert.certificate.subject.der
}

/// `CERT_FindBasicConstraintExten`, and cA must be set if the extension is there.
fn basic_constraints(issuer: &Cert<'_>) -> Result<Option<BasicConstraints>, Error> {
    let is_there = issuer.certificate.extensions.iter().any(|extension| extension.oid == oid::BASIC_CONSTRAINTS);
    match issuer.certificate.basic_constraints {
        None if is_there => Err(Error::BadDer),
        // A length without cA is no value that NSS decodes.
        Some(constraints) if !constraints.ca && constraints.path_len.is_some() => Err(Error::BadDer),
        Some(constraints) if !constraints.ca => Err(Error::CaCertInvalid),
        constraints => Ok(constraints),
    }
}

/// `sec_DecodeSigAlg`, the policies of digests, and `checkKeyParams`.
fn check_algorithm(subject: &Cert<'_>, issuer: &Cert<'_>) -> Result<(), Error> {
    let (algorithm, key) = (&subject.certificate.signature_algorithm, &issuer.certificate.key.kind);
    if matches!(key, KeyKind::Ec { curve } if !is_known(curve)) {
        return Err(Error::CertSignatureAlgorithmDisabled);
    }
    if !is_usable(key) {
        return Err(Error::BadSignature);
    }
    let family = family(&algorithm.oid).ok_or(Error::BadSignature)?;
    let is_broken = algorithm.oid.is_one_of(&[oid::MD2_WITH_RSA, oid::MD5_WITH_RSA]);
    let lacks_parameters = algorithm.oid == oid::RSASSA_PSS && !has_parameters(&algorithm.der);
    let fits = match key {
        KeyKind::Rsa { bits } => family == Family::Rsa && bits.div_ceil(8) * 8 >= MIN_RSA_BITS,
        KeyKind::Ec { .. } => family == Family::Ec,
        KeyKind::Other { algorithm } if *algorithm == oid::DSA => family == Family::Dsa,
        _ => family == Family::Rsa,
    };
    if is_broken || lacks_parameters || !fits { Err(Error::CertSignatureAlgorithmDisabled) } else { Ok(()) }
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

/// Curves that have a name in NSS (`secoid.c`); the policy says of no other that it may be used (`checkKeyParams`).
fn is_known(curve: &Oid) -> bool {
    let arcs = [oid::X962_PRIME_CURVES, oid::X962_BINARY_CURVES, oid::CERTICOM_CURVES];
    arcs.iter().any(|arc| curve.is_below(*arc))
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

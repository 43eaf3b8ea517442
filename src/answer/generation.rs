//! Which of two CAs of one name is the older generation, told by their dates.

use crate::certificate::{CertId, Certificate};
use crate::graph::Graph;

/// Which side is out of date where a chain and a trust store know the same name with different keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Generation {
    /// The trust store holds the older CA: the store has to follow.
    StoreIsOlder,
    /// The chain was issued by the older CA: the chain has to be issued anew.
    ChainIsOlder,
}

/// Compares the trusted certificate with the chain's issuer of the same name, by the beginnings of their validity. Where
/// the chain's issuer is not here, its work tells: what was issued before the trusted CA began was issued by an older
/// one, and what was issued after that CA had ended by a newer one.
pub(super) fn compare(graph: &Graph, subject: CertId, trusted: CertId, real: Option<CertId>) -> Option<Generation> {
    let certificate = |id: CertId| graph.certificate(id);
    let trusted = certificate(trusted)?;
    match real.and_then(certificate) {
        Some(real) => of_cas(real, trusted),
        None => of_work(certificate(subject)?, trusted),
    }
}

fn of_cas(real: &Certificate, trusted: &Certificate) -> Option<Generation> {
    match real.not_before.cmp(&trusted.not_before) {
        std::cmp::Ordering::Greater => Some(Generation::StoreIsOlder),
        std::cmp::Ordering::Less => Some(Generation::ChainIsOlder),
        std::cmp::Ordering::Equal => None,
    }
}

fn of_work(subject: &Certificate, trusted: &Certificate) -> Option<Generation> {
    match () {
        () if subject.not_before < trusted.not_before => Some(Generation::ChainIsOlder),
        () if trusted.not_after < subject.not_before => Some(Generation::StoreIsOlder),
        () => None,
    }
}

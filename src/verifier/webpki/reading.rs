//! What the crate reads of certificates, and which certificates hold what it asks to verify.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use rustls_pki_types::{CertificateDer, TrustAnchor};
use webpki::{EndEntityCert, Error};

use crate::certificate::{CertId, Certificate};
use crate::graph::{Edge, Graph};
use crate::verifier::reading;

/// A graph as the crate reads it.
#[derive(Debug)]
pub(in crate::verifier) struct Reading<'g> {
    /// Members of a trust store.
    pub(super) anchors: reading::Reading<'g, Result<Anchored<'g>, Error>>,
    /// Certificates that were presented.
    pub(super) certificates: reading::Reading<'g, Result<&'g Certificate, Error>>,
    signed: OnceCell<Signed<'g>>,
}

/// The certificates by what is signed in them, in a form that may be shared between threads, as the crate's trait
/// demands.
#[derive(Debug)]
pub(super) struct Signed<'g> {
    /// By id.
    certificates: Vec<&'g Certificate>,
    by_message: BTreeMap<&'g [u8], Vec<CertId>>,
    /// Sorted by subject.
    edges: &'g [Edge],
}

/// A member of the trust store, as the crate keeps it: name, key, name constraints.
pub(super) type Anchored<'g> = (&'g Certificate, TrustAnchor<'static>);

/// Nothing is read yet.
pub(in crate::verifier) fn reading(graph: &Graph) -> Reading<'_> {
    Reading {
        anchors: reading::Reading::new(graph, read_anchor, |read| Some(read.as_ref().ok()?.0.subject.der.clone())),
        certificates: reading::Reading::new(graph, read, |read| Some(read.as_ref().ok()?.subject.der.clone())),
        signed: OnceCell::new(),
    }
}

fn read_anchor(_: CertId, certificate: &Certificate) -> Result<Anchored<'_>, Error> {
    let der = CertificateDer::from(certificate.der.as_slice());
    let anchor = webpki::anchor_from_trusted_cert(&der)?.to_owned();
    Ok((certificate, anchor))
}

fn read(_: CertId, certificate: &Certificate) -> Result<&Certificate, Error> {
    EndEntityCert::try_from(&CertificateDer::from(certificate.der.as_slice())).map(|_| certificate)
}

impl<'g> Reading<'g> {
    /// The certificates by what is signed in them.
    pub(super) fn signed(&self) -> &Signed<'g> {
        self.signed.get_or_init(|| Signed::of(self.certificates.graph()))
    }
}

impl<'g> Signed<'g> {
    fn of(graph: &'g Graph) -> Signed<'g> {
        let certificates: Vec<&Certificate> = graph.certificates.iter().map(|certificate| &**certificate).collect();
        let mut by_message: BTreeMap<&[u8], Vec<CertId>> = BTreeMap::new();
        for (id, certificate) in certificates.iter().enumerate() {
            by_message.entry(certificate.tbs_der()).or_default().push(CertId(id));
        }
        Signed { certificates, by_message, edges: &graph.edges }
    }

    /// Those in which this is signed, in order.
    pub(super) fn with_message(&self, message: &[u8]) -> impl Iterator<Item = (CertId, &'g Certificate)> {
        let ids = self.by_message.get(message).into_iter().flatten();
        ids.filter_map(|&id| Some((id, self.certificate(id)?)))
    }

    pub(super) fn certificate(&self, id: CertId) -> Option<&'g Certificate> {
        self.certificates.get(id.0).copied()
    }

    /// The candidate edges that end at a certificate.
    pub(super) fn edges_to(&self, subject: CertId) -> &'g [Edge] {
        let start = self.edges.partition_point(|edge| edge.subject < subject);
        let end = self.edges.partition_point(|edge| edge.subject <= subject);
        self.edges.get(start..end).unwrap_or_default()
    }
}

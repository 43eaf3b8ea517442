//! A question with its certificates, as it is or as it would be.

use std::rc::Rc;

use super::rewrite::Fields;
use crate::certificate::{CertId, Certificate};
use crate::graph::{Draft, Graph};
use crate::signature::Status;
use crate::time::Timestamp;
use crate::verifier::{Engine, Host, Outcome, Program, Purpose, Query, Readings, Verdict};

/// A question that may be changed. Certificates keep their ids.
#[derive(Clone)]
pub(super) struct Model<'a> {
    /// As things are.
    pub(super) before: &'a Graph,
    /// As they would be.
    pub(super) certificates: Vec<Rc<Certificate>>,
    /// Something in `certificates` was changed.
    is_edited: bool,
    /// Those whose own key counts as having signed them.
    pub(super) self_signed: Vec<CertId>,
    /// Issuers and subjects whose signature counts as good.
    pub(super) vouched: Vec<(CertId, CertId)>,
    pub(super) trusted: Vec<CertId>,
    pub(super) presented: Vec<CertId>,
    pub(super) leaf: CertId,
    pub(super) at: Timestamp,
    pub(super) purpose: Purpose,
    pub(super) host: Option<Host>,
}

impl<'a> Model<'a> {
    /// The question as it is.
    pub(super) fn of(before: &'a Graph, query: &Query<'_>) -> Model<'a> {
        Model {
            before,
            certificates: before.certificates.clone(),
            is_edited: false,
            self_signed: Vec::new(),
            vouched: Vec::new(),
            trusted: query.trusted.to_vec(),
            presented: query.presented.to_vec(),
            leaf: query.leaf,
            at: query.at,
            purpose: query.purpose,
            host: query.host.clone(),
        }
    }

    pub(super) fn certificate(&self, id: CertId) -> Option<&Certificate> {
        self.certificates.get(id.0).map(Rc::as_ref)
    }

    /// The certificate, in fields.
    pub(super) fn fields(&self, id: CertId) -> Option<Fields> {
        Fields::of(self.certificate(id)?)
    }

    /// Puts changed fields in the place of a certificate; `None` if they make none.
    pub(super) fn replace(&mut self, id: CertId, fields: &Fields) -> Option<()> {
        *self.certificates.get_mut(id.0)? = fields.certificate()?;
        self.is_edited = true;
        Some(())
    }

    /// Changes the fields of a certificate; `None` if it has none, or if they then make none.
    pub(super) fn edit(&mut self, id: CertId, change: impl FnOnce(&mut Fields)) -> Option<()> {
        let mut fields = self.fields(id)?;
        change(&mut fields);
        self.replace(id, &fields)
    }

    /// Adds a certificate that is not there, if these fields make one.
    pub(super) fn add(&mut self, fields: &Fields) -> Option<CertId> {
        self.certificates.push(fields.certificate()?);
        self.is_edited = true;
        Some(CertId(self.certificates.len() - 1))
    }

    /// Takes a certificate away from those that a path may use.
    pub(super) fn remove(&mut self, id: CertId) {
        self.trusted.retain(|other| *other != id);
        self.presented.retain(|other| *other != id);
    }

    /// What the programs say, in their order.
    pub(super) fn ask(&self, programs: &[Program]) -> Vec<Outcome> {
        self.put(|readings, query| programs.iter().map(|program| program.ask(readings, query).outcome).collect())
    }

    /// The verdicts of these engines, in their order.
    pub(super) fn verdicts(&self, engines: &[Engine]) -> Vec<Verdict> {
        self.put(|readings, query| engines.iter().map(|engine| engine.ask(readings, query)).collect())
    }

    /// Puts the question as it would be.
    fn put<T>(&self, ask: impl FnOnce(&Readings<'_>, &Query<'_>) -> T) -> T {
        let (graph, query) = (self.graph(), self.query());
        ask(&Readings::of(graph.as_ref().unwrap_or(self.before)), &query)
    }

    fn query(&self) -> Query<'_> {
        Query {
            trusted: &self.trusted,
            presented: &self.presented,
            leaf: self.leaf,
            at: self.at,
            purpose: self.purpose,
            host: self.host.clone(),
        }
    }

    /// The graph of the changed certificates; `None` while it is the one before.
    pub(super) fn graph(&self) -> Option<Graph> {
        let status = |issuer, subject| self.status(issuer, subject);
        let is_changed = self.is_edited || !self.vouched.is_empty();
        is_changed.then(|| Draft::new(self.certificates.clone()).finish_as(&status))
    }

    /// Nobody signed a changed certificate. What its issuer's key said of it before still counts, whichever certificate
    /// brings that key; what was made to sign itself did; nothing else did. What was added has a key of its own.
    fn status(&self, issuer: CertId, subject: CertId) -> Status {
        let key = |id| self.before.certificate(id).map(|certificate| &certificate.key.spki);
        let is_same_key = |other| other == issuer || key(other).is_some() && key(other) == key(issuer);
        if self.vouched.iter().any(|(voucher, other)| *other == subject && is_same_key(*voucher)) {
            return Status::Valid;
        }
        if self.self_signed.contains(&subject) {
            return if is_same_key(subject) { Status::Valid } else { Status::Invalid };
        }
        let of_its_key = || self.before.issuers_of(subject).iter().find(|edge| is_same_key(edge.issuer));
        self.before.edge(issuer, subject).or_else(of_its_key).map_or(Status::Invalid, |edge| edge.signature)
    }
}

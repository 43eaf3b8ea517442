//! What one program reads of the certificates of a graph: each of them once, when it is first needed, and each list of
//! them by subject.

use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::rc::Rc;

use crate::certificate::{CertId, Certificate};
use crate::graph::Graph;

/// Most lists that are remembered, those that were asked for last. Our own number: the questions about a graph share a
/// trust store and come one chain after the other; what tries edits of them goes back and forth between a few.
const MAX_LISTS: usize = 8;

/// The subject of a certificate in a form in which equal names are equal octets.
pub(super) type Subject = Vec<u8>;

/// The certificates of a graph as one program reads them. `R` is what it reads in one, or why it cannot; `F` is what
/// the program derives from a whole list.
pub(super) struct Reading<'g, R, F = ()> {
    graph: &'g Graph,
    read: fn(CertId, &'g Certificate) -> R,
    subject: fn(&R) -> Option<Subject>,
    /// By id.
    by_certificate: OnceCell<Vec<OnceCell<R>>>,
    /// The one that was asked for last at the end.
    lists: RefCell<Vec<Rc<List<F>>>>,
}

/// A trust store, or what was presented.
pub(super) struct List<F = ()> {
    /// In order.
    pub(super) given: Vec<CertId>,
    /// Those that the program can read, in order; a certificate that was given twice stands there twice.
    pub(super) readable: Vec<CertId>,
    /// Those that it cannot read, in order.
    pub(super) unreadable: Vec<CertId>,
    /// Places in `readable`, in order.
    by_subject: BTreeMap<Subject, Vec<usize>>,
    members: BTreeSet<CertId>,
    /// Places in `readable` of what stands there for a second time.
    repeated: BTreeSet<usize>,
    /// What the program makes of the list, once it is asked for.
    pub(super) further: OnceCell<F>,
}

impl<'g, R, F> Reading<'g, R, F> {
    /// Nothing is read yet. `subject` gives `None` where the program cannot read a certificate.
    pub(super) fn new(
        graph: &'g Graph,
        read: fn(CertId, &'g Certificate) -> R,
        subject: fn(&R) -> Option<Subject>,
    ) -> Reading<'g, R, F> {
        Reading { graph, read, subject, by_certificate: OnceCell::new(), lists: RefCell::default() }
    }

    /// The graph that is read.
    pub(super) fn graph(&self) -> &'g Graph {
        self.graph
    }

    /// What the program reads in a certificate; `None` if the graph has no such certificate.
    pub(super) fn get(&self, id: CertId) -> Option<&R> {
        let empty = || self.graph.certificates.iter().map(|_| OnceCell::new()).collect();
        let cell = self.by_certificate.get_or_init(empty).get(id.0)?;
        let certificate = self.graph.certificate(id)?;
        Some(cell.get_or_init(|| (self.read)(id, certificate)))
    }

    /// A list of certificates, read and sorted by subject.
    pub(super) fn list(&self, given: &[CertId]) -> Rc<List<F>> {
        let mut lists = self.lists.borrow_mut();
        let known = lists.iter().rposition(|list| list.given == given).map(|at| lists.remove(at));
        let list = known.unwrap_or_else(|| Rc::new(self.read_list(given)));
        if lists.len() >= MAX_LISTS {
            lists.remove(0);
        }
        lists.push(Rc::clone(&list));
        list
    }

    fn read_list(&self, given: &[CertId]) -> List<F> {
        let mut list = List {
            given: given.to_vec(),
            readable: Vec::new(),
            unreadable: Vec::new(),
            by_subject: BTreeMap::new(),
            members: BTreeSet::new(),
            repeated: BTreeSet::new(),
            further: OnceCell::new(),
        };
        for &id in given {
            match self.get(id).and_then(self.subject) {
                Some(subject) => list.add(id, subject),
                None => list.unreadable.push(id),
            }
        }
        list
    }
}

impl<F> List<F> {
    fn add(&mut self, id: CertId, subject: Subject) {
        let place = self.readable.len();
        self.by_subject.entry(subject).or_default().push(place);
        self.readable.push(id);
        if !self.members.insert(id) {
            self.repeated.insert(place);
        }
    }

    /// Those with a subject and their places in `readable`, in order.
    pub(super) fn named(&self, subject: &[u8]) -> impl DoubleEndedIterator<Item = (usize, CertId)> + Clone + '_ {
        let places = self.by_subject.get(subject).map(Vec::as_slice).unwrap_or_default();
        places.iter().filter_map(|&place| Some((place, *self.readable.get(place)?)))
    }

    /// The same, each certificate once.
    pub(super) fn named_once(&self, subject: &[u8]) -> impl Iterator<Item = CertId> + '_ {
        self.named(subject).filter(|(place, _)| !self.repeated.contains(place)).map(|(_, id)| id)
    }

    /// The certificate is in the list, and the program can read it.
    pub(super) fn contains(&self, id: CertId) -> bool {
        self.members.contains(&id)
    }
}

impl<R, F> fmt::Debug for Reading<'_, R, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let read = self.by_certificate.get().map(|cells| cells.iter().filter(|cell| cell.get().is_some()).count());
        f.debug_struct("Reading").field("read", &read.unwrap_or_default()).finish_non_exhaustive()
    }
}

//! The headline when there are a bundle and a peer: what the two pools trust, and what that means for the clients.

use super::{Headline, Severity};
use crate::analysis::Analysis;
use crate::certificate::CertId;
use crate::collection;
use crate::collection::Gather as _;
use crate::divergence::PeerPools;
use crate::finding::reason::{why_correct_is_empty, why_naive_is_empty};
use crate::finding::{facts, root_only_from_peer, words};
use crate::pool::{ClientVerdict, Rule};
use crate::role::Chain;
use crate::verifier::{Engine, Verdict};

/// About the leading peer, with what others would change in the detail.
pub(super) fn headline(analysis: &Analysis<'_>, focus: &PeerPools) -> Headline {
    let scene = Scene::new(analysis, focus);
    let detail = [scene.why(), scene.who(), scene.other_peers(), scene.old_routers(), scene.plain_server()];
    Headline {
        severity: scene.severity(),
        sentence: format!("{}{}.", scene.pools(), scene.clients()),
        detail: detail.into_iter().flatten().gather().join(" "),
    }
}

struct Scene<'a> {
    analysis: &'a Analysis<'a>,
    focus: &'a PeerPools,
    naive: Vec<CertId>,
    correct: Vec<CertId>,
    /// Clients that both pools reject.
    rejected: Vec<usize>,
}

impl<'a> Scene<'a> {
    fn new(analysis: &'a Analysis<'a>, focus: &'a PeerPools) -> Scene<'a> {
        let verdicts = focus.verdicts(Rule::OpenzitiNaive).iter().zip(focus.verdicts(Rule::Correct)).enumerate();
        let by_both =
            |(_, (naive, correct)): &(usize, (&ClientVerdict, &ClientVerdict))| !naive.accepts() && !correct.accepts();
        Scene {
            analysis,
            focus,
            naive: facts::naive_anchors(focus),
            correct: facts::correct_anchors(focus),
            rejected: verdicts.filter(by_both).map(|(index, _)| index).gather(),
        }
    }

    fn clients_there(&self) -> usize {
        self.analysis.cast.clients.len()
    }

    fn severity(&self) -> Severity {
        let difference = &self.focus.divergence;
        let on_the_peers_word = !root_only_from_peer::only_from(self.analysis, self.focus).is_empty();
        let wrongly_in = !difference.gained.is_empty() && on_the_peers_word;
        let parted = !difference.naive_only.is_empty() || !difference.correct_only.is_empty();
        let empty = self.naive.is_empty() || self.correct.is_empty();
        match () {
            () if !difference.lost.is_empty() || !self.rejected.is_empty() || wrongly_in => Severity::Error,
            () if parted || empty || self.others_differ() => Severity::Warning,
            () => Severity::Info,
        }
    }

    /// What the pools trust: the first half of the sentence.
    fn pools(&self) -> String {
        let bogus = &self.focus.divergence.naive_only;
        match (self.naive.is_empty(), self.correct.is_empty()) {
            (true, true) => format!(
                "Both pools are empty{}: {}",
                self.when_sampled(),
                why_correct_is_empty(self.analysis, self.focus)
            ),
            (true, false) => format!("The naive pool is empty{}", self.when_sampled()),
            (false, true) if self.pinned() => {
                format!("The bundle holds no root, so {} is pinned", words::names(self.analysis, bogus))
            }
            (false, true) => format!(
                "The naive rule trusts {}, and the correct pool is empty: {}",
                self.with_kind(bogus),
                why_correct_is_empty(self.analysis, self.focus)
            ),
            (false, false) if !bogus.is_empty() => {
                let also = words::form(usize::from(self.focus.divergence.both.is_empty()), "", "also ");
                format!("The naive rule {also}trusts {}", self.with_kind(bogus))
            }
            (false, false) => match self.focus.divergence.correct_only.as_slice() {
                [] => format!("Both rules trust {}", words::names(self.analysis, &self.correct)),
                missing => format!("The naive pool lacks {}", words::names(self.analysis, missing)),
            },
        }
    }

    /// The bundle holds no root, and all that is trusted are its intermediates.
    fn pinned(&self) -> bool {
        let graph = self.analysis.graph;
        facts::bundle_roots(self.analysis).is_empty()
            && facts::bundle_roots_refused(self.analysis).is_empty()
            && self.naive.iter().all(|&id| facts::is_intermediate(graph, id) && self.analysis.cast.bundle.contains(&id))
    }

    /// Says which peer only where that makes a difference.
    fn when_sampled(&self) -> String {
        match self.analysis.peers.len() {
            1 => String::new(),
            _ => format!(" when {} is sampled", self.focus.peer.name),
        }
    }

    /// The anchors and what is wrong with them, as far as they share it.
    fn with_kind(&self, anchors: &[CertId]) -> String {
        let graph = self.analysis.graph;
        let only_from_peer = root_only_from_peer::only_from(self.analysis, self.focus);
        let all = |test: &dyn Fn(CertId) -> bool| anchors.iter().all(|&id| test(id));
        let (one, many) = match () {
            () if all(&|id| facts::is_intermediate(graph, id)) => ("which is not a root", "which are not roots"),
            () if all(&|id| !facts::is_ca(graph, id)) => ("which is not even a CA", "which are not even CAs"),
            () if all(&|id| only_from_peer.contains(&id)) => {
                ("a root that only the peer presented", "roots that only the peer presented")
            }
            () if all(&|id| facts::refused_root(graph, id).is_some()) => {
                ("which is no root in the strict sense", "which are no roots in the strict sense")
            }
            () => ("which the correct rule does not trust", "which the correct rule does not trust"),
        };
        format!("{}, {}", words::names(self.analysis, anchors), words::form(anchors.len(), one, many))
    }

    /// What that means for the clients: the second half of the sentence.
    fn clients(&self) -> String {
        let (lost, gained) = (self.focus.divergence.lost.len(), self.focus.divergence.gained.len());
        let parted = self.naive.is_empty() || self.naive != self.correct && !self.same_pools();
        match (self.clients_there(), lost, gained, self.rejected.len()) {
            (0, ..) if parted => "; add clients' chains to see whom that costs".to_owned(),
            (0, ..) => "; add clients' chains to see who gets in".to_owned(),
            (_, 1.., _, _) => format!("; {} rejected that the correct pool accepts", self.portion(lost)),
            (_, 0, 1.., _) if self.correct.is_empty() && self.pinned() => {
                format!("; {} accepted", self.portion(gained))
            }
            (_, 0, 1.., _) => format!("; {} accepted that the correct pool rejects", self.portion(gained)),
            (all, 0, 0, rejected) if rejected == all => format!("; {} rejected", self.portion(all)),
            (_, 0, 0, 1..) if parted => {
                format!("; no client is lost by that, but {} rejected by both", self.portion(self.rejected.len()))
            }
            (_, 0, 0, 1..) => format!("; {} rejected", self.portion(self.rejected.len())),
            (_, 0, 0, 0) if parted => "; no client is lost by that today".to_owned(),
            (all, 0, 0, 0) => format!("; {} accepted", self.portion(all)),
        }
    }

    fn same_pools(&self) -> bool {
        self.focus.divergence.naive_only.is_empty() && self.focus.divergence.correct_only.is_empty()
    }

    /// `2 of 3 clients are`, `all 3 clients are`, `the client is`.
    fn portion(&self, part: usize) -> String {
        match (part, self.clients_there()) {
            (1, 1) => "the client is".to_owned(),
            (2, 2) => "both clients are".to_owned(),
            (part, all) if part == all => format!("all {all} clients are"),
            (part, all) => format!("{part} of {all} clients {}", words::form(part, "is", "are")),
        }
    }

    /// How the naive pool came about, and what the correct one is.
    fn why(&self) -> Option<String> {
        if self.same_pools() && !self.naive.is_empty() {
            return None;
        }
        let correct = match self.correct.is_empty() {
            true => None,
            false => Some(format!("The correct pool is {}.", words::names(self.analysis, &self.correct))),
        };
        let naive = match self.naive.is_empty() {
            true if self.correct.is_empty() => None,
            true => Some(why_naive_is_empty(self.analysis, self.focus)),
            false => self.why_it_ends_there(),
        };
        let both: Vec<String> = naive.into_iter().chain(correct).gather();
        (!both.is_empty()).then(|| both.join(" "))
    }

    fn why_it_ends_there(&self) -> Option<String> {
        let bogus = self.focus.divergence.naive_only.iter().copied();
        let intermediate = bogus.into_iter().find(|&id| facts::is_intermediate(self.analysis.graph, id))?;
        Some(format!(
            "The bundle lists {}, and the naive rule uses the whole bundle as roots, so the path of {} ends there.",
            words::name(self.analysis, intermediate),
            self.focus.peer.name
        ))
    }

    /// The clients by name where not all are meant, with the verifier's words for those whom both reject.
    fn who(&self) -> Option<String> {
        let difference = &self.focus.divergence;
        let some = |clients: &[usize]| !clients.is_empty() && clients.len() < self.clients_there();
        let mut sentences = Vec::new();
        if some(&difference.lost) {
            sentences.push(format!("Rejected: {}.", words::clients(self.analysis, &difference.lost)));
        }
        if some(&difference.gained) {
            sentences.push(format!("Accepted: {}.", words::clients(self.analysis, &difference.gained)));
        }
        if some(&self.rejected) {
            sentences.push(format!("Rejected by both: {}.", words::clients(self.analysis, &self.rejected)));
        }
        // An empty pool knows nobody; why it is empty is said elsewhere.
        let first = self.rejected.first().filter(|_| !self.correct.is_empty());
        if let Some(verdict) = first.and_then(|&client| self.verdict(client)) {
            sentences.push(format!("Go says: {}.", verdict.detail));
        }
        (!sentences.is_empty()).then(|| sentences.join(" "))
    }

    fn verdict(&self, client: usize) -> Option<&Verdict> {
        self.focus.verdicts(Rule::Correct).get(client).map(|verdict| &verdict.with_intermediates)
    }

    fn others(&self) -> impl Iterator<Item = &'a PeerPools> {
        let focus = self.focus;
        self.analysis.peers.iter().filter(move |peer| peer.peer.name != focus.peer.name)
    }

    fn others_differ(&self) -> bool {
        self.others().any(|peer| sorted(facts::naive_anchors(peer)) != sorted(self.naive.clone()))
    }

    /// What happens when another peer is asked first, peers with the same outcome together.
    fn other_peers(&self) -> Option<String> {
        let mut groups: Vec<(Vec<CertId>, Vec<usize>, Vec<&PeerPools>)> = Vec::new();
        for peer in self.others() {
            let (pool, rejected) = (sorted(facts::naive_anchors(peer)), naively_rejected(peer));
            if pool == sorted(self.naive.clone()) {
                continue;
            }
            match groups.iter_mut().find(|(known, whom, _)| (known, whom) == (&pool, &rejected)) {
                Some((_, _, peers)) => peers.push(peer),
                None => groups.push((pool, rejected, vec![peer])),
            }
        }
        let told: Vec<String> = groups.iter().map(|(pool, whom, peers)| self.asked_first(pool, whom, peers)).gather();
        (!told.is_empty()).then(|| told.join(" "))
    }

    fn asked_first(&self, pool: &[CertId], rejected: &[usize], peers: &[&PeerPools]) -> String {
        let trusts = match pool.is_empty() {
            true => "the naive pool is empty".to_owned(),
            false => format!("the naive rule trusts {}", words::names(self.analysis, pool)),
        };
        let whom = match (self.clients_there(), rejected.len()) {
            (0, _) => String::new(),
            (all, none) if none == all => " and nobody gets in".to_owned(),
            (_, 0) => " and everybody gets in".to_owned(),
            (_, some) => {
                let form = words::form(some, "is", "are");
                format!(" and {} {form} rejected", words::clients(self.analysis, rejected))
            }
        };
        format!("Asked first: {}, {trusts}{whom}.", words::any_peer(peers))
    }

    /// Routers that verify the leaf alone, where their answer is another one.
    fn old_routers(&self) -> Option<String> {
        let difference = &self.focus.divergence;
        let also: Vec<usize> =
            difference.lost_leaf_only.iter().copied().filter(|client| !difference.lost.contains(client)).gather();
        if also.is_empty() {
            return None;
        }
        let form = words::form(also.len(), "is", "are");
        let also_word = if difference.lost.is_empty() { "" } else { " too" };
        Some(format!(
            "With a router up to v2.0.0-pre12, which looks at the leaf alone, {} {form} rejected{also_word}.",
            words::clients(self.analysis, &also)
        ))
    }

    /// A client that both pools accept may still be turned away in the handshake: the router's check ignores the
    /// leaf's dates and what the key may be used for.
    fn plain_server(&self) -> Option<String> {
        let sampled = |chain: &Chain| self.analysis.cast.peers.iter().any(|peer| peer.leaf == chain.leaf);
        let accepted = |client: usize| self.verdict(client).is_some_and(Verdict::accepts);
        let chain = |client: usize| self.analysis.cast.clients.get(client).filter(|chain| !sampled(chain));
        let refusals = self.analysis.engines.iter().filter(|it| it.engine == Engine::GO && !it.verdict.accepts());
        let mut told = refusals.filter(|it| accepted(it.client)).filter_map(|it| Some((chain(it.client)?, it)));
        let (chain, refusal) = told.next()?;
        Some(format!("A plain Go TLS server with this bundle would reject {}: {}.", chain.name, refusal.verdict.detail))
    }
}

fn naively_rejected(peer: &PeerPools) -> Vec<usize> {
    let verdicts = peer.verdicts(Rule::OpenzitiNaive).iter().enumerate();
    verdicts.filter(|(_, verdict)| !verdict.accepts()).map(|(index, _)| index).gather()
}

fn sorted(mut ids: Vec<CertId>) -> Vec<CertId> {
    collection::sort(&mut ids);
    ids
}

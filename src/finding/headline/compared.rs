//! The headline when there are a bundle and a peer: what the two pools trust, and what that means for the clients.

use super::{Headline, Severity};
use crate::analysis::Analysis;
use crate::certificate::CertId;
use crate::divergence::{Divergence, PeerPools};
use crate::finding::facts::Kind;
use crate::finding::reason::{why_correct_is_empty, why_naive_is_empty};
use crate::finding::{facts, root_only_from_peer, words};
use crate::pool::Rule;
use crate::verifier::Verdict;

/// About the leading peer, with what others would change in the detail.
pub(super) fn headline(analysis: &Analysis<'_>, focus: &PeerPools) -> Headline {
    let scene = Scene {
        analysis,
        focus,
        naive: &focus.naive().anchors,
        correct: &focus.correct().anchors,
        divergence: &focus.divergence,
    };
    let mut detail = Vec::new();
    scene.why(&mut detail);
    scene.who(&mut detail);
    scene.other_peers(&mut detail);
    scene.old_routers(&mut detail);
    scene.plain_server(&mut detail);
    Headline {
        severity: scene.severity(),
        sentence: format!("{}{}.", scene.pools(), scene.clients()),
        detail: detail.join(" "),
    }
}

struct Scene<'a> {
    analysis: &'a Analysis<'a>,
    focus: &'a PeerPools,
    naive: &'a [CertId],
    correct: &'a [CertId],
    divergence: &'a Divergence,
}

impl Scene<'_> {
    fn severity(&self) -> Severity {
        let difference = self.divergence;
        let on_the_peers_word = !root_only_from_peer::only_from(self.analysis, self.focus).is_empty();
        let wrongly_in = !difference.gained.is_empty() && on_the_peers_word;
        let empty = self.naive.is_empty() || self.correct.is_empty();
        match () {
            () if !difference.lost.is_empty() || !difference.rejected.is_empty() || wrongly_in => Severity::Error,
            () if !self.same_pools() || empty || self.others().next().is_some() => Severity::Warning,
            () => Severity::Info,
        }
    }

    /// What the pools trust: the first half of the sentence.
    fn pools(&self) -> String {
        let bogus = &self.divergence.naive_only;
        let sampled = self.when_sampled();
        match (self.naive.is_empty(), self.correct.is_empty()) {
            (true, true) => format!("No root is found{sampled}: {}", self.why_correct_is_empty()),
            (true, false) => format!("An OpenZiti router up to 2.0.3 ends up with no root{sampled}"),
            (false, true) if self.pinned() => {
                format!("The bundle holds no root, so {} is pinned", self.names(bogus))
            }
            (false, true) => format!(
                "The naive rule trusts {}, and the correct pool is empty: {}",
                self.with_kind(bogus),
                self.why_correct_is_empty()
            ),
            (false, false) if !bogus.is_empty() => {
                let also = if self.divergence.both.is_empty() { "" } else { "also " };
                format!("The naive rule {also}trusts {}", self.with_kind(bogus))
            }
            (false, false) => match self.divergence.correct_only.as_slice() {
                [] => format!("Both rules trust {}", self.names(self.correct)),
                missing => format!("The naive pool lacks {}", self.names(missing)),
            },
        }
    }

    fn names(&self, ids: &[CertId]) -> String {
        words::names(self.analysis, ids)
    }

    fn why_correct_is_empty(&self) -> String {
        why_correct_is_empty(self.analysis, self.focus)
    }

    /// The bundle holds no root, and all that is trusted are its intermediates.
    fn pinned(&self) -> bool {
        let bundled = |id: &CertId| self.analysis.roles.bundle.contains(id);
        facts::is_rootless(self.analysis)
            && self.all_are(Kind::Intermediate, self.naive)
            && self.naive.iter().all(bundled)
    }

    fn all_are(&self, kind: Kind, ids: &[CertId]) -> bool {
        ids.iter().all(|&id| facts::kind(self.analysis, id) == kind)
    }

    /// Says which peer only where that makes a difference.
    fn when_sampled(&self) -> String {
        match self.analysis.peers.len() {
            1 => String::new(),
            _ => format!(" when it asks {} first", self.focus.peer.name),
        }
    }

    /// The anchors and what is wrong with them, as far as they share it.
    fn with_kind(&self, anchors: &[CertId]) -> String {
        let only_from_peer = root_only_from_peer::only_from(self.analysis, self.focus);
        let (one, many) = match () {
            () if self.all_are(Kind::Intermediate, anchors) => ("which is not a root", "which are not roots"),
            () if self.all_are(Kind::EndEntity, anchors) => ("which is not even a CA", "which are not even CAs"),
            () if anchors.iter().all(|id| only_from_peer.contains(id)) => {
                ("a root that only the peer presented", "roots that only the peer presented")
            }
            () if self.all_are(Kind::RefusedRoot, anchors) => {
                ("which is no root in the strict sense", "which are no roots in the strict sense")
            }
            () => ("which the correct rule does not trust", "which the correct rule does not trust"),
        };
        format!("{}, {}", self.names(anchors), words::form(anchors.len(), one, many))
    }

    /// What that means for the clients: the second half of the sentence.
    fn clients(&self) -> String {
        let all = self.analysis.roles.clients.len();
        let Divergence { lost, gained, rejected, .. } = self.divergence;
        let parted = self.naive.is_empty() || !self.same_pools();
        let (before, part, after) = match (all, lost.len(), gained.len(), rejected.len()) {
            (0, ..) if parted => ("; add clients' chains to see whom that costs", 0, ""),
            (0, ..) => ("; add clients' chains to see who gets in", 0, ""),
            (_, lost @ 1.., _, _) => ("; ", lost, " rejected that the correct pool accepts"),
            (_, 0, gained @ 1.., _) if self.correct.is_empty() && self.pinned() => ("; ", gained, " accepted"),
            (_, 0, gained @ 1.., _) => ("; ", gained, " accepted that the correct pool rejects"),
            (_, 0, 0, rejected @ 1..) if parted && rejected < all => {
                ("; that locks nobody out, but ", rejected, " rejected by both")
            }
            (_, 0, 0, rejected @ 1..) => ("; ", rejected, " rejected"),
            (_, 0, 0, 0) if parted => ("; that locks nobody out today", 0, ""),
            (_, 0, 0, 0) => ("; ", all, " accepted"),
        };
        format!("{before}{}{after}", portion(part, all))
    }

    fn same_pools(&self) -> bool {
        self.divergence.naive_only.is_empty() && self.divergence.correct_only.is_empty()
    }

    /// How the naive pool came about, and what the correct one is.
    fn why(&self, detail: &mut Vec<String>) {
        if self.same_pools() && !self.naive.is_empty() {
            return;
        }
        match self.naive.is_empty() {
            true if self.correct.is_empty() => {}
            true => detail.push(why_naive_is_empty(self.analysis, self.focus)),
            false => self.why_it_ends_there(detail),
        }
        if !self.correct.is_empty() {
            detail.push(format!("The correct pool is {}.", self.names(self.correct)));
        }
    }

    fn why_it_ends_there(&self, detail: &mut Vec<String>) {
        let mut bogus = self.divergence.naive_only.iter();
        if let Some(&id) = bogus.find(|id| facts::kind(self.analysis, **id) == Kind::Intermediate) {
            detail.push(format!(
                "The bundle lists {}, and the naive rule uses the whole bundle as roots, so the path of {} ends there.",
                self.analysis.name(id),
                self.focus.peer.name
            ));
        }
    }

    /// The clients by name where not all are meant, with the verifier's words for those whom both reject.
    fn who(&self, detail: &mut Vec<String>) {
        let Divergence { lost, gained, rejected, .. } = self.divergence;
        for (what, clients) in [("Rejected", lost), ("Accepted", gained), ("Rejected by both", rejected)] {
            if !clients.is_empty() && clients.len() < self.analysis.roles.clients.len() {
                detail.push(format!("{what}: {}.", words::clients(self.analysis, clients)));
            }
        }
        // An empty pool knows nobody; why it is empty is said elsewhere.
        let first = rejected.first().filter(|_| !self.correct.is_empty());
        if let Some(verdict) = first.and_then(|&client| self.verdict(client)) {
            detail.push(format!("Go says: {}.", verdict.detail));
        }
    }

    fn verdict(&self, client: usize) -> Option<&Verdict> {
        self.focus.verdicts(Rule::Correct).get(client).map(|verdict| &verdict.with_intermediates)
    }

    /// The peers with another naive pool.
    fn others(&self) -> impl Iterator<Item = &PeerPools> {
        let pool = facts::naive_set(self.focus);
        self.analysis.peers.iter().filter(move |peer| facts::naive_set(peer) != pool)
    }

    /// What happens when another peer is asked first, peers with the same outcome together.
    fn other_peers(&self, detail: &mut Vec<String>) {
        let mut groups: Vec<(String, Vec<&PeerPools>)> = Vec::new();
        for peer in self.others() {
            let outcome = self.outcome(peer);
            match groups.iter_mut().find(|(known, _)| *known == outcome) {
                Some((_, peers)) => peers.push(peer),
                None => groups.push((outcome, vec![peer])),
            }
        }
        for (outcome, peers) in groups {
            detail.push(format!("If the router asks {} first, {outcome}.", words::any_peer(&peers)));
        }
    }

    fn outcome(&self, peer: &PeerPools) -> String {
        let pool = facts::naive_set(peer);
        let trusts = match pool.is_empty() {
            true => "it ends up with no root".to_owned(),
            false => format!("it trusts {}", self.names(&Vec::from_iter(pool))),
        };
        let verdicts = peer.verdicts(Rule::OpenzitiNaive).iter().enumerate();
        let rejected = verdicts.filter(|(_, verdict)| !verdict.accepts()).map(|(client, _)| client).collect::<Vec<_>>();
        match (self.analysis.roles.clients.len(), rejected.len()) {
            (0, _) => trusts,
            (all, none) if none == all => trusts + " and rejects every client",
            (_, 0) => trusts + " and accepts every client",
            (_, _) => format!("{trusts}, and {} rejected", words::clients_are(self.analysis, &rejected)),
        }
    }

    /// Routers that verify the leaf alone, where their answer is another one.
    fn old_routers(&self, detail: &mut Vec<String>) {
        let Divergence { lost, lost_leaf_only, .. } = self.divergence;
        let also = lost_leaf_only.iter().copied().filter(|&client| !lost.contains(&client)).collect::<Vec<_>>();
        if !also.is_empty() {
            detail.push(format!(
                "With a router up to v2.0.0-pre12, which looks at the leaf alone, {} rejected{}.",
                words::clients_are(self.analysis, &also),
                if lost.is_empty() { "" } else { " too" }
            ));
        }
    }

    /// A client that both pools accept may still be turned away in the handshake: the router's check ignores the
    /// leaf's dates and what the key may be used for.
    fn plain_server(&self, detail: &mut Vec<String>) {
        let roles = &self.analysis.roles;
        for (client, (chain, plain)) in roles.clients.iter().zip(&self.analysis.plain_server).enumerate() {
            let sampled = roles.peers.iter().any(|peer| peer.leaf == chain.leaf);
            let accepted = self.verdict(client).is_some_and(Verdict::accepts);
            if !plain.accepts() && accepted && !sampled {
                return detail.push(format!(
                    "A plain Go TLS server with this bundle would reject {}: {}.",
                    chain.name, plain.detail
                ));
            }
        }
    }
}

/// `2 of 3 clients are`, `all 3 clients are`, `the client is`; nothing for nobody.
fn portion(part: usize, all: usize) -> String {
    match part {
        0 => String::new(),
        1 if all == 1 => "the client is".to_owned(),
        2 if all == 2 => "both clients are".to_owned(),
        _ if part == all => format!("all {all} clients are"),
        _ => format!("{part} of {all} clients {}", words::form(part, "is", "are")),
    }
}

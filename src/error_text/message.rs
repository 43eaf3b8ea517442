//! What a message is: the words, and what they allow.

use super::alert::Alert;
use super::elsewhere::Elsewhere;
use super::fault::Fault;
use super::speaker::{Side, Speaker};

/// Where in a connection a message arises.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Layer {
    /// A program cannot load its own file.
    Loading,
    /// Name resolution, addresses and ports.
    Network,
    /// TLS before a certificate was judged: versions, ciphers, names.
    Handshake,
    /// The speaker's own verifier refused what the other side presented.
    Verification,
    /// The other side refused, and said so with an alert.
    Alert,
    /// What a proxy passes on of the client's certificate, and how it is read.
    Forwarding,
    /// The answer of an HTTP server.
    Http,
}

/// A message of a program, as a value in its family's table.
#[derive(Debug, PartialEq, Eq)]
pub struct Message {
    /// The words, in every form that the program's versions have; `{…}` where something varies (see
    /// [`super::Details`]).
    pub patterns: &'static [&'static str],
    /// Where it arises.
    pub layer: Layer,
    /// Whose words they are, where they are of one program of the family.
    pub speaker: Option<Speaker>,
    /// Whose certificate it is about, where the words tell.
    pub side: Option<Side>,
    /// What it may come from, the likeliest first; empty where no certificate explains it.
    pub faults: &'static [Fault],
    /// What it rules out.
    pub excludes: &'static [Fault],
    /// The alert that goes with it: sent by a verifier that refuses, or received.
    pub alert: Option<Alert>,
    /// Where to look instead of at certificates, or besides.
    pub elsewhere: Option<Elsewhere>,
    /// It says that a verifier refused, and not why.
    pub is_vague: bool,
    /// Its words are everybody's, so that they count only behind those of a program.
    pub(super) needs_lead: bool,
}

/// Words in front of a message that tell who speaks.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Lead {
    pub(super) pattern: &'static str,
    pub(super) speaker: Option<Speaker>,
    /// Whose certificate the message is about.
    pub(super) side: Option<Side>,
    /// On which side the speaker is: it judges the other side's certificate, and alerts are about its own.
    pub(super) spoken_on: Option<Side>,
}

impl Lead {
    /// Whose certificate a message of this layer is about.
    pub(super) fn side(&self, layer: Layer) -> Option<Side> {
        let by_speaker = || match layer {
            Layer::Verification => self.spoken_on.map(Side::other),
            Layer::Alert => self.spoken_on,
            _ => None,
        };
        self.side.or_else(by_speaker)
    }

    /// Words that tell nothing, but belong to the message.
    pub(super) const fn plain(pattern: &'static str) -> Lead {
        Lead { pattern, speaker: None, side: None, spoken_on: None }
    }

    /// Words of this program.
    pub(super) const fn of(pattern: &'static str, speaker: Speaker) -> Lead {
        Lead { speaker: Some(speaker), ..Lead::plain(pattern) }
    }

    /// The same, about the certificate of this side.
    pub(super) const fn about(self, side: Side) -> Lead {
        Lead { side: Some(side), ..self }
    }

    /// The same, in the words of whoever is on this side.
    pub(super) const fn on(self, side: Side) -> Lead {
        Lead { spoken_on: Some(side), ..self }
    }
}

impl Message {
    /// Every message names its source: file and function of the program, or the section of
    /// `docs/background/errors.md`. It is for whoever reads the table, so it is not kept.
    const fn new(patterns: &'static [&'static str], layer: Layer, source: &'static str) -> Message {
        assert!(source.len() > 3, "a message names its source");
        Message {
            patterns,
            layer,
            speaker: None,
            side: None,
            faults: &[],
            excludes: &[],
            alert: None,
            elsewhere: None,
            is_vague: false,
            needs_lead: false,
        }
    }

    /// The speaker's verifier refuses for one of these.
    pub(super) const fn refusal(
        patterns: &'static [&'static str],
        faults: &'static [Fault],
        source: &'static str,
    ) -> Message {
        Message { faults, ..Message::new(patterns, Layer::Verification, source) }
    }

    /// The speaker's verifier refuses and does not say why.
    pub(super) const fn vague(
        patterns: &'static [&'static str],
        faults: &'static [Fault],
        source: &'static str,
    ) -> Message {
        Message { is_vague: true, ..Message::refusal(patterns, faults, source) }
    }

    /// The other side sent this alert.
    pub(super) const fn received(patterns: &'static [&'static str], alert: Alert, source: &'static str) -> Message {
        let (faults, excludes) = (alert.faults(), alert.excludes());
        Message { faults, excludes, alert: Some(alert), ..Message::new(patterns, Layer::Alert, source) }
    }

    /// A file cannot be loaded, for one of these.
    pub(super) const fn loading(
        patterns: &'static [&'static str],
        faults: &'static [Fault],
        source: &'static str,
    ) -> Message {
        Message { faults, ..Message::new(patterns, Layer::Loading, source) }
    }

    /// No certificate explains it.
    pub(super) const fn beside(
        patterns: &'static [&'static str],
        layer: Layer,
        elsewhere: Elsewhere,
        source: &'static str,
    ) -> Message {
        Message { elsewhere: Some(elsewhere), ..Message::new(patterns, layer, source) }
    }

    /// The words of one program of the family.
    pub(super) const fn of(self, speaker: Speaker) -> Message {
        Message { speaker: Some(speaker), ..self }
    }

    /// Only behind the words of a program.
    pub(super) const fn behind_a_lead(self) -> Message {
        Message { needs_lead: true, ..self }
    }

    /// In another layer.
    pub(super) const fn at(self, layer: Layer) -> Message {
        Message { layer, ..self }
    }

    /// About the certificate of this side.
    pub(super) const fn about(self, side: Side) -> Message {
        Message { side: Some(side), ..self }
    }

    /// These are ruled out.
    pub(super) const fn excluding(self, excludes: &'static [Fault]) -> Message {
        Message { excludes, ..self }
    }

    /// The verifier sends this alert with it.
    pub(super) const fn sends(self, alert: Alert) -> Message {
        Message { alert: Some(alert), ..self }
    }

    /// It may also come from elsewhere.
    pub(super) const fn or(self, elsewhere: Elsewhere) -> Message {
        Message { elsewhere: Some(elsewhere), ..self }
    }
}

//! What the numbers of the facts stand for, counted from 1. Part of the format `v1`: new ones come last.

use crate::inventory::{JavaEntry, Meaning, ProblemKind, RelatedKind, Repair};
use crate::loader::{BadBase64, Label, Reason};

pub(super) const MEANINGS: [Meaning; 5] =
    [Meaning::Trusted, Meaning::TrustedByDefault, Meaning::ServerChain, Meaning::ClientChain, Meaning::Chain];

pub(super) const PROBLEMS: [ProblemKind; 2] = [ProblemKind::Unreadable, ProblemKind::PasswordNeeded];

pub(super) const RELATED: [RelatedKind; 3] =
    [RelatedKind::Request, RelatedKind::PublicKey, RelatedKind::RevocationList];

pub(super) const JAVA: [JavaEntry; 3] = [JavaEntry::Trusted, JavaEntry::Chain, JavaEntry::Nothing];

pub(super) const REPAIRS: [Repair; 37] = [
    Repair::Utf16,
    Repair::UrlEncoding { rounds: 1 },
    Repair::UrlEncoding { rounds: 2 },
    Repair::UrlEncoding { rounds: 3 },
    Repair::Base64Layer { layers: 1 },
    Repair::Base64Layer { layers: 2 },
    Repair::ByteOrderMark,
    Repair::Indentation,
    Repair::LinePrefix,
    Repair::TextBeforeLines,
    Repair::Quotes,
    Repair::TextOnMarkerLine,
    Repair::GluedMarkers,
    Repair::SharedDashes,
    Repair::TypographicDashes,
    Repair::MissingDashes,
    Repair::LowerCaseLabel,
    Repair::X509Label,
    Repair::TrustedLabel,
    Repair::UnknownLabel,
    Repair::LabelMismatch,
    Repair::MissingEnd,
    Repair::PemHeaders,
    Repair::EscapedNewlines,
    Repair::EscapedCharacters,
    Repair::CarriageReturns,
    Repair::SpacesForNewlines,
    Repair::MissingLineBreaks,
    Repair::BlankLines,
    Repair::UnusualSpaces,
    Repair::ZeroWidthCharacters,
    Repair::SpacesForPlus,
    Repair::ExchangedSigns,
    Repair::BareBase64,
    Repair::Base64Url,
    Repair::MissingPadding,
    Repair::TrailingBytes,
];

/// Reasons that are told by their number alone.
static REASONS: [Reason; 31] = [
    Reason::NothingFound,
    Reason::BeginInsideLine,
    Reason::ByteOrderMark,
    Reason::Dashes,
    Reason::CarriageReturn,
    Reason::BeginLine,
    Reason::TextAfterBegin,
    Reason::HiddenAfterBegin,
    Reason::EndInsideLine,
    Reason::NoEnd,
    Reason::EndWithoutBegin,
    Reason::EndLine,
    Reason::TextAfterEnd,
    Reason::BeginInside,
    Reason::Headers,
    Reason::BlankLine,
    Reason::SecondBlankLine,
    Reason::ShortLine,
    Reason::LongLine,
    Reason::NulOctet,
    Reason::Empty,
    Reason::NotUtf8,
    Reason::Key,
    Reason::BinaryData,
    Reason::CutOffDer,
    Reason::FirstOnly,
    Reason::TooLarge,
    Reason::NotSettled,
    Reason::NotPem,
    Reason::NotSeen,
    Reason::NoTrustAttribute,
];

/// Numbers of reasons that are told by more than themselves, and of those that are not.
const LABEL: u64 = 1;
const BAD_BLOCK: u64 = 2;
const BAD_OCTET: u64 = 3;
const BAD_PADDING: u64 = 4;
const STRAY_BITS: u64 = 5;
const NO_CERTIFICATE: u64 = 6;
const FIRST_PLAIN: u64 = 16;

/// A reason as its number and what belongs to it. The words about a certificate that a program cannot read stay behind.
pub(super) fn of_reason(reason: &Reason) -> (u64, u64) {
    match reason {
        Reason::Label(label) => (LABEL, label.number() as u64),
        Reason::BadBlock(label) => (BAD_BLOCK, label.number() as u64),
        Reason::Base64(BadBase64::Octet(octet)) => (BAD_OCTET, u64::from(*octet)),
        Reason::Base64(BadBase64::Padding) => (BAD_PADDING, 0),
        Reason::Base64(BadBase64::TrailingBits) => (STRAY_BITS, 0),
        Reason::NoCertificate(_) => (NO_CERTIFICATE, 0),
        plain => (REASONS.iter().position(|it| it == plain).map_or(0, |position| position as u64 + FIRST_PLAIN), 0),
    }
}

/// The reason of a number; `None` for one that only a later version knows.
pub(super) fn reason(number: u64, more: u64) -> Option<Reason> {
    let label = || usize::try_from(more).map(Label::numbered).ok();
    match number {
        LABEL => label().map(Reason::Label),
        BAD_BLOCK => label().map(Reason::BadBlock),
        BAD_OCTET => u8::try_from(more).ok().map(|octet| Reason::Base64(BadBase64::Octet(octet))),
        BAD_PADDING => Some(Reason::Base64(BadBase64::Padding)),
        STRAY_BITS => Some(Reason::Base64(BadBase64::TrailingBits)),
        NO_CERTIFICATE => Some(Reason::NoCertificate(String::new())),
        plain => {
            let position = usize::try_from(plain.checked_sub(FIRST_PLAIN)?).ok()?;
            REASONS.get(position).cloned()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_of_a_reason_is_its_own() {
        for number in 0..FIRST_PLAIN + REASONS.len() as u64 + 1 {
            for more in 0..30 {
                if let Some(reason) = reason(number, more) {
                    let (again, _) = of_reason(&reason);
                    assert_eq!(again, number, "{reason:?}");
                }
            }
        }
        assert_eq!(REASONS.iter().filter(|it| of_reason(it).0 < FIRST_PLAIN).count(), 0);
    }

    #[test]
    fn what_only_a_later_version_knows_is_none() {
        assert_eq!(reason(FIRST_PLAIN + REASONS.len() as u64, 0), None);
        assert_eq!((reason(0, 0), reason(7, 0), reason(u64::MAX, 0), reason(BAD_OCTET, 256)), (None, None, None, None));
        assert_eq!(reason(LABEL, 99), Some(Reason::Label(Label::numbered(0))));
    }
}

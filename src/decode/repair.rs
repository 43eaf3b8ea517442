//! What had to be mended before a block could be read.

use std::fmt;

/// What had to be mended before a block could be read.
///
/// Only what at least one common loader stumbles over is a repair: CRLF, trailing blanks, text between blocks and
/// bodies of other line lengths are plain PEM (RFC 7468 section 3). The variants stand in the order in which they are
/// applied, from the outermost layer to the certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Repair {
    /// The input was UTF-16, as PowerShell's `>` writes it.
    Utf16,
    /// URL encoding (RFC 3986 section 2.1) was undone.
    UrlEncoding {
        /// How many times.
        rounds: u8,
    },
    /// The text with the certificate was itself base64, as in a Kubernetes secret.
    Base64Layer {
        /// How many times.
        layers: u8,
    },
    /// A byte order mark stood before the block.
    ByteOrderMark,
    /// The block was indented, or its lines were folded with a tab.
    Indentation,
    /// Every line began with the same mark, for example `>` in a quoted mail.
    LinePrefix,
    /// Every line stood behind a text of the same form: the time and program of a log, a number, a service's name.
    TextBeforeLines,
    /// Quotation marks stood around the block or its lines.
    Quotes,
    /// Other text stood on the line of BEGIN or END.
    TextOnMarkerLine,
    /// END and the next BEGIN stood on one line.
    GluedMarkers,
    /// END and the next BEGIN shared one run of dashes.
    SharedDashes,
    /// Dashes of BEGIN or END had become typographic ones.
    TypographicDashes,
    /// BEGIN or END had fewer than five dashes on one side.
    MissingDashes,
    /// BEGIN, END or the label was in lower case.
    LowerCaseLabel,
    /// The label was the old `X509 CERTIFICATE`.
    X509Label,
    /// The label was `TRUSTED CERTIFICATE`; OpenSSL's trust settings after the certificate were dropped.
    TrustedLabel,
    /// The label was none in use, yet the block held a certificate.
    UnknownLabel,
    /// BEGIN and END had different labels, both of certificates.
    LabelMismatch,
    /// The END line was missing, yet the certificate was whole.
    MissingEnd,
    /// Header lines (RFC 1421 section 4.4) stood before the body.
    PemHeaders,
    /// Line breaks were written as `\n`.
    EscapedNewlines,
    /// Characters of the body were escaped, for example `\/` or `\u003d`.
    EscapedCharacters,
    /// Lines ended with a carriage return alone.
    CarriageReturns,
    /// Line breaks had become blanks.
    SpacesForNewlines,
    /// There was no line break between body and BEGIN or END.
    MissingLineBreaks,
    /// Blank lines stood inside the block.
    BlankLines,
    /// No-break or other unusual spaces.
    UnusualSpaces,
    /// Zero-width characters.
    ZeroWidthCharacters,
    /// `+` had become a blank, as a form decoder leaves it.
    SpacesForPlus,
    /// `+` and `/` stood in each other's place, as a decoder leaves them that confuses `%2B` and `%2F`.
    ExchangedSigns,
    /// The base64 had no BEGIN and END lines.
    BareBase64,
    /// The base64 was of the URL alphabet (RFC 4648 section 5).
    Base64Url,
    /// The `=` at the end of the base64 was missing.
    MissingPadding,
    /// Something followed the certificate within its block.
    TrailingBytes,
}

/// Every repair in the order applied.
const ALL: [Repair; 37] = [
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

/// Repairs without repetition: for each of [`ALL`] a bit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Repairs(u64);

impl Repairs {
    pub(super) fn add(&mut self, repairs: impl Into<Repairs>) {
        self.0 |= repairs.into().0;
    }

    pub(super) fn remove(&mut self, repair: Repair) {
        self.0 &= !Repairs::from(repair).0;
    }

    pub(super) fn contains(self, repair: Repair) -> bool {
        self.0 & Repairs::from(repair).0 != 0
    }

    /// In the order applied.
    pub(super) fn list(self) -> Vec<Repair> {
        ALL.into_iter().filter(|repair| self.contains(*repair)).collect()
    }
}

impl From<Repair> for Repairs {
    fn from(repair: Repair) -> Repairs {
        let bit = ALL.iter().position(|other| *other == repair);
        Repairs(bit.map_or(0, |bit| 1 << bit))
    }
}

impl From<Option<Repair>> for Repairs {
    fn from(repair: Option<Repair>) -> Repairs {
        repair.map(Repairs::from).unwrap_or_default()
    }
}

impl fmt::Display for Repair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Repair::UrlEncoding { rounds: 1 } => f.write_str("URL encoding undone"),
            Repair::UrlEncoding { rounds } => write!(f, "URL encoding undone {rounds} times"),
            Repair::Base64Layer { layers: 1 } => f.write_str("base64 around the text undone"),
            Repair::Base64Layer { layers } => write!(f, "base64 around the text undone {layers} times"),
            other => f.write_str(other.words()),
        }
    }
}

impl Repair {
    fn words(self) -> &'static str {
        match self {
            Repair::Utf16 => "UTF-16 turned into UTF-8",
            Repair::UrlEncoding { .. } => "URL encoding undone",
            Repair::Base64Layer { .. } => "base64 around the text undone",
            Repair::ByteOrderMark => "byte order mark removed",
            Repair::Indentation => "indentation removed",
            Repair::LinePrefix => "mark at the start of each line removed",
            Repair::TextBeforeLines => "text before each line removed, such as a log's time",
            Repair::Quotes => "quotation marks removed",
            Repair::TextOnMarkerLine => "BEGIN and END separated from other text on their lines",
            Repair::GluedMarkers => "END and the next BEGIN put on separate lines",
            Repair::SharedDashes => "dashes shared by END and the next BEGIN doubled",
            Repair::TypographicDashes => "typographic dashes turned into hyphens",
            Repair::MissingDashes => "missing dashes of BEGIN or END added",
            Repair::LowerCaseLabel => "label put in upper case",
            Repair::X509Label => "old label X509 CERTIFICATE read as CERTIFICATE",
            Repair::TrustedLabel => "TRUSTED CERTIFICATE read as CERTIFICATE, without OpenSSL's trust settings",
            Repair::UnknownLabel => "unknown label read as CERTIFICATE",
            Repair::LabelMismatch => "different labels of BEGIN and END ignored",
            Repair::MissingEnd => "missing END line added",
            Repair::PemHeaders => "header lines removed",
            Repair::EscapedNewlines => "written-out \\n turned into line breaks",
            Repair::EscapedCharacters => "backslash escapes undone",
            Repair::CarriageReturns => "carriage returns turned into line breaks",
            Repair::SpacesForNewlines => "blanks turned back into line breaks",
            Repair::MissingLineBreaks => "missing line breaks around the body added",
            Repair::BlankLines => "blank lines removed",
            Repair::UnusualSpaces => "no-break spaces removed",
            Repair::ZeroWidthCharacters => "zero-width characters removed",
            Repair::SpacesForPlus => "blanks turned back into +",
            Repair::ExchangedSigns => "+ and / exchanged back",
            Repair::BareBase64 => "missing BEGIN and END lines added",
            Repair::Base64Url => "URL-safe base64 turned into standard base64",
            Repair::MissingPadding => "missing = at the end of the base64 added",
            Repair::TrailingBytes => "bytes after the certificate dropped",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{ALL, Repair, Repairs};
    use crate::decode::layered::{MAX_BASE64_LAYERS, MAX_URL_ROUNDS};

    #[test]
    fn every_repair_has_its_bit() {
        assert!(ALL.is_sorted());
        for (at, repair) in ALL.into_iter().enumerate() {
            assert_eq!(Repairs::from(repair).0, 1 << at);
            assert_eq!(Repairs::from(repair).list(), [repair]);
        }
        assert!((1..=MAX_URL_ROUNDS).all(|rounds| ALL.contains(&Repair::UrlEncoding { rounds })));
        assert!((1..=MAX_BASE64_LAYERS).all(|layers| ALL.contains(&Repair::Base64Layer { layers })));
    }
}

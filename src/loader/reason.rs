//! Why a program leaves a block out or refuses a file, in a sentence. None repeats what the file says.

use std::fmt;

use super::base64::BadBase64;
use super::label::Label;

/// What a program does not take, as the clause after "because".
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Nothing in the file is a certificate to the program.
    NothingFound,
    /// BEGIN is not at the start of a line.
    BeginInsideLine,
    /// A byte order mark stands before BEGIN.
    ByteOrderMark,
    /// What stands before BEGIN is not five hyphens.
    Dashes,
    /// Lines end in CR alone.
    CarriageReturn,
    /// The BEGIN line does not end after five hyphens.
    BeginLine,
    /// Something follows BEGIN on its line.
    TextAfterBegin,
    /// A character that does not show follows BEGIN on its line.
    HiddenAfterBegin,
    /// END is not at the start of a line.
    EndInsideLine,
    /// No END line follows.
    NoEnd,
    /// An END line follows no BEGIN line.
    EndWithoutBegin,
    /// The END line is not the one of the BEGIN line.
    EndLine,
    /// Something follows END on its line.
    TextAfterEnd,
    /// Another BEGIN stands before END.
    BeginInside,
    /// The program does not read blocks of this label.
    Label(Label),
    /// A block of this label stands in the file and cannot be read, though no certificate is asked of it.
    BadBlock(Label),
    /// Header lines stand in the block.
    Headers,
    /// What stands before a blank line is taken for header lines.
    BlankLine,
    /// A second blank line.
    SecondBlankLine,
    /// After a blank line, a short line is not the last.
    ShortLine,
    /// After a blank line, a line is too long.
    LongLine,
    /// A NUL octet counts as the end.
    NulOctet,
    /// The block is empty.
    Empty,
    /// The text is not UTF-8.
    NotUtf8,
    /// The base64 cannot be decoded.
    Base64(BadBase64),
    /// What the block holds is no certificate, with the program's words; empty where it has none.
    NoCertificate(String),
    /// The certificate's public key cannot be decoded.
    Key,
    /// Octets that are no PEM begin like DER and are no certificate.
    BinaryData,
    /// DER ends too early, or has a form that is not read.
    CutOffDer,
    /// The program takes the first certificate alone.
    FirstOnly,
    /// The block is larger than the program allows.
    TooLarge,
    /// We stopped before the program would: blocks begin inside each other.
    NotSettled,
    /// What stands there is no PEM as it is: base64 alone, DER, or PEM that is encoded once more.
    NotPem,
    /// Nothing there looks like a block to the program.
    NotSeen,
    /// A certificate in PKCS#12 lacks the attribute by which the program tells what is trusted.
    NoTrustAttribute,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Reason::NothingFound => "it finds no certificate",
            Reason::BeginInsideLine => "BEGIN is not at the start of a line",
            Reason::ByteOrderMark => "a byte order mark precedes BEGIN",
            Reason::Dashes => "the dashes around BEGIN are not five hyphens",
            Reason::CarriageReturn => "its lines end in CR without LF",
            Reason::BeginLine => "the BEGIN line is malformed",
            Reason::TextAfterBegin => "text follows BEGIN on the same line",
            Reason::HiddenAfterBegin => "a hidden character follows BEGIN on the same line",
            Reason::EndInsideLine => "END is not at the start of a line",
            Reason::NoEnd => "the END line is missing",
            Reason::EndWithoutBegin => "the BEGIN line is missing",
            Reason::EndLine => "the END line does not match the BEGIN line",
            Reason::TextAfterEnd => "text follows END on the same line",
            Reason::BeginInside => "another BEGIN comes before END",
            Reason::Label(label) => return write!(f, "it does not read blocks with the label {label}"),
            Reason::BadBlock(label) => return write!(f, "the block with the label {label} is broken"),
            Reason::Headers => "the block has header lines",
            Reason::BlankLine => "a blank line makes it take what comes before for header lines",
            Reason::SecondBlankLine => "the block has a second blank line",
            Reason::ShortLine => "a line after a blank line is too short",
            Reason::LongLine => "a line after a blank line is too long",
            Reason::NulOctet => "a NUL byte ends the file for it",
            Reason::Empty => "the block is empty",
            Reason::NotUtf8 => "the text is not UTF-8",
            Reason::Base64(BadBase64::Octet(octet)) => return write_octet(f, *octet),
            Reason::Base64(BadBase64::Padding) => "the base64 is cut off or wrongly padded",
            Reason::Base64(BadBase64::TrailingBits) => "the last character of the base64 has stray bits",
            Reason::NoCertificate(_) => "the content is not a certificate it can read",
            Reason::Key => "its public key cannot be read",
            Reason::BinaryData => "binary data there is not a certificate",
            Reason::CutOffDer => "the DER is cut off",
            Reason::FirstOnly => "it takes the first certificate only",
            Reason::TooLarge => "the block is too large",
            Reason::NotSettled => "too many blocks begin inside each other to say what it does",
            Reason::NotPem => "this is not plain PEM",
            Reason::NotSeen => "it does not see a certificate there",
            Reason::NoTrustAttribute => "its certificates lack the attribute that marks them as trusted",
        })
    }
}

fn write_octet(f: &mut fmt::Formatter<'_>, octet: u8) -> fmt::Result {
    match octet {
        b' ' => f.write_str("a space stands in the base64"),
        0x21..=0x7e => write!(f, "`{}` stands in the base64", char::from(octet)),
        0x80.. => f.write_str("a character that is not ASCII stands in the base64"),
        _ => write!(f, "the control character 0x{octet:02X} stands in the base64"),
    }
}

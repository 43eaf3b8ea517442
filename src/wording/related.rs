//! What is said of requests and public keys beside the certificates.

use super::Sentence;
use crate::report::{Related, RelatedKind, Report};

/// Before the commands that print public keys.
pub const COMPARE_KEY: &str = "To see whether the key fits, add what these print; it is no secret:";

/// Certificates of one key that are named; further ones are counted. Our own number: renewals of one name.
const NAMES_TOLD: usize = 3;

/// Whose key a request or a public key of a source has.
pub fn related(report: &Report, related: &Related) -> Sentence {
    let mut sentence = Sentence::default();
    let (fits, fits_none) = match related.kind {
        RelatedKind::Request => ("This request was made with the key of ", "This request fits no certificate here."),
        RelatedKind::PublicKey => ("This is the public key of ", "This public key fits no certificate here."),
    };
    if related.fits.is_empty() {
        sentence.words(fits_none);
        return sentence;
    }
    let names: Vec<String> = related.fits.iter().take(NAMES_TOLD).map(|id| report.distinct_name(*id)).collect();
    let end = match related.fits.len().saturating_sub(NAMES_TOLD) {
        0 => ".".to_owned(),
        more => format!(" and {more} more."),
    };
    sentence.names_between(fits, &names, &end);
    sentence
}

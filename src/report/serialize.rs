//! How the core's own types are written in the report. The report keeps the types, so that nobody who reads it in this
//! program has to parse text; only the serialised form is text.

use serde::Serializer;

use crate::time::Timestamp;
use crate::verifier::Purpose;

/// RFC 3339 in UTC.
pub(super) fn timestamp<S: Serializer>(at: &Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(at)
}

/// `client`, `server` or `any`.
pub(super) fn purpose<S: Serializer>(purpose: &Purpose, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(purpose.name())
}

/// As [`purpose`], and null where none was chosen.
pub(super) fn optional_purpose<S: Serializer>(purpose: &Option<Purpose>, serializer: S) -> Result<S::Ok, S::Error> {
    match purpose {
        Some(chosen) => self::purpose(chosen, serializer),
        None => serializer.serialize_none(),
    }
}

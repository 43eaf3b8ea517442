//! How the core's own types are written in the report. The report keeps the types, so that nobody who reads it in this
//! program has to parse text; only the serialised form is text.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::time::Timestamp;
use crate::verifier::{Program, Purpose};

/// RFC 3339 in UTC where people may read it, else the number of seconds, which has no gaps.
impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() { serializer.collect_str(self) } else { serializer.serialize_i64(self.0) }
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Timestamp, D::Error> {
        if deserializer.is_human_readable() {
            let text = String::deserialize(deserializer)?;
            Timestamp::parse(&text).ok_or_else(|| D::Error::custom("no instant of RFC 3339"))
        } else {
            i64::deserialize(deserializer).map(Timestamp)
        }
    }
}

/// `client`, `server` or `any`.
impl Serialize for Purpose {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for Purpose {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Purpose, D::Error> {
        let name = String::deserialize(deserializer)?;
        Purpose::find(&name).ok_or_else(|| D::Error::custom("no purpose of this name"))
    }
}

/// By its name.
impl Serialize for Program {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for Program {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Program, D::Error> {
        let name = String::deserialize(deserializer)?;
        Program::find(&name).ok_or_else(|| D::Error::custom("no program of this name"))
    }
}

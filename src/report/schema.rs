//! `docs/report.schema.json`: the report's types and their comments as a JSON Schema.

use std::mem;

use schemars::generate::SchemaSettings;
use schemars::transform::transform_subschemas;
use schemars::{JsonSchema, Schema};
use serde_json::Value;

use super::Report;

/// The schema of [`Report`] as JSON text, JSON Schema 2020-12, with a line break at its end.
pub fn schema() -> String {
    let settings = SchemaSettings::draft2020_12().for_serialize().with_transform(tidy);
    let schema = settings.into_generator().into_root_schema_for::<Report>();
    format!("{:#}\n", schema.as_value())
}

/// Comments are wrapped in the source and not in what people read. The widths of integers are Rust's own and no format
/// that validators know.
fn tidy(schema: &mut Schema) {
    transform_subschemas(&mut tidy, schema);
    if let Some(Value::String(description)) = schema.get_mut("description") {
        *description = description.replace('\n', " ");
    }
    if schema.get("format").is_some_and(|format| format != DATE_TIME) {
        schema.remove("format");
    }
    let mut keywords: Vec<(String, Value)> = mem::take(schema.ensure_object()).into_iter().collect();
    keywords.sort_by_key(|(keyword, _)| FIRST.iter().position(|first| first == keyword).unwrap_or(FIRST.len()));
    schema.ensure_object().extend(keywords);
}

/// What a reader wants to see before the rest.
const FIRST: [&str; 3] = ["$schema", "title", "description"];

const DATE_TIME: &str = "date-time";

/// A text that the types of the report do not describe closely enough.
macro_rules! text {
    ($(#[doc = $doc:literal] $name:ident { $keyword:literal: $value:expr })*) => {$(
        #[doc = $doc]
        pub(super) struct $name;

        impl JsonSchema for $name {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> Schema {
                schemars::json_schema!({ "type": "string", $keyword: $value })
            }
        }
    )*};
}

text! {
    /// RFC 3339 in UTC.
    Instant { "format": DATE_TIME }
    /// See [`crate::verifier::Purpose`].
    Purpose { "enum": crate::verifier::Purpose::ALL.map(crate::verifier::Purpose::name) }
    /// Octets in lower-case hex.
    Hex { "pattern": "^([0-9a-f]{2})*$" }
    /// A digest of 32 octets.
    Sha256 { "pattern": "^[0-9a-f]{64}$" }
    /// A digest of 20 octets.
    Sha1 { "pattern": "^[0-9a-f]{40}$" }
}

//! `docs/report.schema.json` is what the report's types say (`cargo test --features cli,schema`).
#![cfg(feature = "schema")]

use std::fs;
use std::path::Path;

use rootlens::report;

/// With this variable set the file is written anew instead.
const UPDATE: &str = "UPDATE_SCHEMA";

#[test]
fn the_schema_is_that_of_the_types() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/report.schema.json");
    let schema = report::schema();
    if std::env::var_os(UPDATE).is_some() {
        fs::write(&path, &schema).expect("the schema can be written");
    }
    let written = fs::read_to_string(&path).expect("the schema is there");
    assert!(written == schema, "the report's types have changed: {UPDATE}=1 cargo test --features cli,schema schema");
}

//! rootlens tells people why their certificates are not trusted.
//!
//! The modules stand in reading order; data flows one way, from bytes to the report:
//!
//! ```text
//! bytes -> decode -> certificate -> graph (+ signature) -> verifier -> role -> acceptance, pool -> divergence -> analysis -> finding -> report -> inspect -> scene -> export
//! ```
//!
//! The core has no clock, no randomness, no I/O and no DOM: time, names and budgets are arguments,
//! and the same bytes give the same report and the same drawing. See `ARCHITECTURE.md`.

#![forbid(unsafe_code)]
#![deny(missing_docs, unreachable_pub)]
#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::panic,
        clippy::unreachable,
        clippy::todo
    )
)]

pub mod der;

pub mod time;

pub mod oid;

pub mod digest;

pub mod collection;

pub mod plural;

pub mod shell;

pub mod base64;

pub mod lines;

pub mod error_text;

pub mod decode;

pub mod certificate;
pub mod signature;

pub mod public_roots;

pub mod graph;

pub mod verifier;

pub mod loader;

pub mod inventory;

pub mod forwarding;

#[cfg(feature = "conformance")]
pub mod conformance;

pub mod timeline;

pub mod disagreement;

pub mod lens;

pub mod role;

pub mod store;

pub mod choices;

pub mod trust_store;

pub mod acceptance;

pub mod answer;

pub mod error_explanation;

pub mod pool;

pub mod divergence;

pub mod analysis;

pub mod finding;

pub mod report;

pub mod inspect;

pub mod share;

pub mod wording;

pub mod scene;

pub mod export;

pub mod example;

#[cfg(all(feature = "js", target_arch = "wasm32"))]
pub mod js;

#[cfg(any(feature = "inspector", feature = "ui"))]
pub mod messages;

#[cfg(any(feature = "inspector", feature = "ui"))]
pub mod fault;

#[cfg(feature = "inspector")]
pub mod inspector;

#[cfg(feature = "ui")]
pub mod ui;

//! The one integration crate: a file per module, tables over real files.

mod acceptance;
mod certificate;
mod cli;
mod conformance;
mod decode;
mod disagreement;
mod example;
mod export;
mod finding;
mod go;
mod graph;
mod layering;
mod openziti;
mod parts;
mod pool;
mod recorded;
mod report;
mod role;
mod scenario;
mod scene;
mod schema;
mod share;
mod signature;
mod snapshot;
mod timeline;
mod words;

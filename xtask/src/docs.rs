//! `dist/docs/`, a page with figures that run once they are clicked, and `dist/rootlens-embed.js`, which makes them
//! run.

use std::path::Path;

use anyhow::Result;
use fs_err as fs;
use serde_json::{Value, json};

use crate::files::{copy_into, entries, recreate};
use crate::process::{command, step};
use crate::setup;
use crate::tools::Tool;
use crate::workspace::root;

const SCRIPT: &str = "rootlens-embed.js";

/// An example that the page shows: a folder under `www/examples`, its files in the order in which the program takes
/// them, and the instant at which they are judged. A test holds them against `rootlens::example`: these commands do not
/// link the program that they build.
struct Figure {
    name: &'static str,
    at: &'static str,
    files: &'static [&'static str],
}

const FIGURES: [Figure; 3] = [
    Figure {
        name: "openziti-helm",
        at: "2026-11-21T18:00:00Z",
        files: &[
            "router1.cas.pem",
            "ctrl1.tls.crt",
            "ctrl2.tls.crt",
            "ctrl3.tls.crt",
            "client1.chain.pem",
            "client2.chain.pem",
            "client3.chain.pem",
        ],
    },
    Figure {
        name: "expired-cross-sign",
        at: "2026-06-15T12:00:00Z",
        files: &["roots.ca.pem", "api.server.chain.pem", "orders.client.chain.pem", "billing.client.pem"],
    },
    Figure {
        name: "regenerated-ca",
        at: "2026-03-02T09:00:00Z",
        files: &["ca.crt", "api.server.pem", "node-1.client.pem", "node-2.client.pem", "node-3.client.pem"],
    },
];

/// The example whose files the page hands over itself.
const BY_FILES: &str = "regenerated-ca";

/// Needs `destination/js`, whose program draws the figures.
pub fn assemble(destination: &Path) -> Result<()> {
    copy_into(destination, &root().join("www").join(SCRIPT))?;
    let folder = destination.join("docs");
    recreate(&folder)?;
    copy_folder(&root().join("www/docs"), &folder)?;
    copy_into(&folder, &root().join("www/tokens.css"))?;
    let by_files = folder.join(BY_FILES);
    fs::create_dir_all(&by_files)?;
    copy_folder(&root().join("www/examples").join(BY_FILES), &by_files)?;
    let mut draw = command(setup::path(Tool::Node)?);
    draw.arg("xtask/node/figures.mjs").arg(destination).arg(as_json(&FIGURES).to_string());
    step("draw the figures of the documentation", &mut draw)
}

fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    entries(from)?.iter().try_for_each(|file| copy_into(to, file))
}

fn as_json(figures: &[Figure]) -> Value {
    let figure = |Figure { name, at, files }: &Figure| json!({ "name": name, "at": at, "files": files });
    figures.iter().map(figure).collect()
}

#[cfg(test)]
mod tests {
    use rootlens::example::find;

    use super::*;

    #[test]
    fn the_figures_are_the_examples_of_the_program() {
        for figure in FIGURES {
            let example = find(figure.name).expect(figure.name);
            let files: Vec<&str> = example.files.iter().map(|file| file.name).collect();
            assert_eq!((figure.at, figure.files), (example.at, files.as_slice()), "{}", figure.name);
        }
    }

    #[test]
    fn the_page_hands_over_all_files_of_an_example_at_its_instant() {
        let page = fs::read_to_string(root().join("www/docs/index.html")).expect("the page");
        let figure = FIGURES.iter().find(|figure| figure.name == BY_FILES).expect("the figure");
        let files: Vec<String> = figure.files.iter().map(|file| format!("{BY_FILES}/{file}")).collect();
        assert!(page.contains(&format!("src=\"{}\"", files.join(" "))), "{files:?}");
        assert!(page.contains(&format!("at=\"{}\"", figure.at)), "{}", figure.at);
    }
}

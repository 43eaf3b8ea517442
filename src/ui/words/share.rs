//! The panels for passing the analysis on: the link, and files.

use super::count;
use crate::messages::Download;
use crate::scene::svg::Theme;
use crate::share::Summary;

pub(crate) const SHARE: &str = "Share";
pub(crate) const TITLE: &str = "Share this analysis";
pub(crate) const CLOSE: &str = "Close";
pub(crate) const LINK: &str = "The link";
pub(crate) const MAKING_LINK: &str = "Making the link…";
pub(crate) const COPY: &str = "Copy the link";
pub(crate) const COPY_MARKDOWN: &str = "Copy as Markdown";
pub(crate) const SAVE_LINK: &str = "Save as a file";
pub(crate) const SHORT: &str = " – short enough for every chat and forum.";
pub(crate) const LONG: &str = " – some programs cut links of this length; try it, or pass on the file.";
pub(crate) const TOO_LONG: &str =
    " – too long for most programs: pass on the file. Whoever gets it drops it on this page.";
pub(crate) const PRIVACY: &str = "Nothing was sent. The certificates stand behind the #, a part of the address that \
     browsers keep from servers; but whoever has the link can read them.";
pub(crate) const COPIED: &str = "copied";
pub(crate) const NOT_COPIED: &str = "the browser refused";

pub(crate) const NOTE: &str = "A note for whoever opens it (optional)";

/// What a link leaves out.
pub(crate) fn left_out(certificates: usize) -> String {
    let left_out = super::certificates(certificates);
    format!("It leaves out {left_out} of the trust store to which no chain leads.")
}

/// What is in a link.
pub(crate) fn contents(summary: &Summary) -> String {
    let certificates = super::certificates(summary.certificates);
    let files = super::files(summary.sources);
    let holds = format!("The link holds {certificates}, the names of {files}, the date and the roles you chose");
    match besides(summary).as_slice() {
        [] => format!("{holds}; no private key, and nothing else of the files."),
        besides => format!("{holds}, and besides {}; no private key.", besides.join(", ")),
    }
}

/// What a link tells of the files beside their certificates.
fn besides(summary: &Summary) -> Vec<String> {
    let Summary { error_lines, related, tells_of_files, .. } = *summary;
    let besides = [
        (error_lines > 0).then(|| count(error_lines, "error line", "error lines")),
        (related > 0).then(|| count(related, "request, key or revocation list", "requests, keys and revocation lists")),
        tells_of_files.then(|| "how the files are made up".to_owned()),
    ];
    besides.into_iter().flatten().collect()
}

/// How long a link is.
pub(crate) fn length(characters: usize) -> String {
    count(characters, "character", "characters")
}

pub(crate) const SAVE: &str = "Save";
pub(crate) const SAVE_TITLE: &str = "Save as a file";
pub(crate) const SAVE_PEM: &str = "Save as PEM";

/// Files of one kind.
pub(crate) struct DownloadKind {
    pub(crate) title: &'static str,
    /// What they are good for.
    pub(crate) hint: &'static str,
    /// The label of each button, and what it saves.
    pub(crate) downloads: &'static [(&'static str, Download)],
}

pub(crate) const DOWNLOAD_KINDS: [DownloadKind; 3] = [
    DownloadKind {
        title: "The graph as a picture",
        hint: "The light ones suit paper and any page; their colours are written into them.",
        downloads: &[
            ("SVG", Download::Svg(Theme::Light)),
            ("PNG", Download::Png(Theme::Light)),
            ("SVG, dark", Download::Svg(Theme::Dark)),
            ("PNG, dark", Download::Png(Theme::Dark)),
        ],
    },
    DownloadKind {
        title: "The graph as text",
        hint: "Mermaid is drawn by GitHub, GitLab and many forums; DOT by Graphviz.",
        downloads: &[("Mermaid", Download::Mermaid), ("DOT", Download::Dot)],
    },
    DownloadKind {
        title: "The answer",
        hint: "Markdown is a post for a forum, with graph, findings, the commands that show the same, and the link unless \
               it has more than 8,000 characters. JSON is the whole report for programs.",
        downloads: &[("Markdown", Download::Markdown), ("JSON", Download::Json)],
    },
];

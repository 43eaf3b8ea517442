//! Files that the page makes: the graph, the answer and the report in the forms that other programs read, each pool,
//! and each certificate.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::export;
use crate::report::{FixFile, Pool, Report, Rule};
use crate::scene::svg::{self, Theme};
use crate::scene::{self, View};
use crate::share::Content;
use crate::ui::link::link_to;

/// Characters of a link that a post takes along: an eighth of what an issue of GitHub holds (65,536), and a quarter of
/// a post of Discourse (32,000); a longer one is cut by some programs anyway, see `share_panel`.
const LONGEST_LINK_IN_POST: usize = 8_000;

/// What can be saved as a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Download {
    /// The answer as a post for a forum.
    Markdown,
    /// The whole report.
    Json,
    /// The graph as text, for Mermaid.
    Mermaid,
    /// The graph as text, for Graphviz.
    Dot,
    /// The drawing as SVG.
    Svg(Theme),
    /// The drawing as pixels.
    Png(Theme),
    /// The certificate with this index, as PEM.
    Certificate(usize),
    /// The pool that this rule makes of the peer in focus, as PEM.
    Pool(Rule),
    /// A corrected file of the fix of a chain.
    Fix {
        /// Index of the chain into the answer's chains; `None` where the answer has no chain and a fix of its own.
        chain: Option<usize>,
        /// Index into the files of its fix.
        file: usize,
    },
}

#[wasm_bindgen]
extern "C" {
    /// From `www/save.js`; a page without it does not save.
    #[wasm_bindgen(catch, js_name = rootlensSave)]
    fn save_file(name: &str, text: &str) -> Result<(), JsValue>;
}

impl Download {
    /// Makes the file and hands it to the browser. Nothing happens for a certificate or pool that the report lacks.
    pub(crate) fn save(self, report: &Report, content: &Content) {
        let text = match self {
            Download::Markdown => Some(markdown(report, content)),
            Download::Json => Some(export::json(report)),
            Download::Mermaid => Some(export::mermaid(report)),
            Download::Dot => Some(export::dot(report)),
            // `save.js` makes the pixels.
            Download::Svg(theme) | Download::Png(theme) => {
                Some(svg::document(&scene::draw(report, &View::default()), theme))
            }
            Download::Certificate(certificate) => report.certificates.get(certificate).map(|it| it.pem.clone()),
            Download::Pool(rule) => pool_in_focus(report, rule).map(|pool| pem_of(report, pool)),
            Download::Fix { chain, file } => corrected(report, chain, file).map(|file| file.text.clone()),
        };
        if let Some(text) = text {
            // A page without `save.js` has no way to save, and has nothing to tell either.
            let _ = save_file(&self.file_name(report), &text);
        }
    }

    /// The name that the browser suggests; the browser makes of it what its file system takes.
    fn file_name(self, report: &Report) -> String {
        match self {
            Download::Markdown => "rootlens.md".to_owned(),
            Download::Json => "rootlens.json".to_owned(),
            Download::Mermaid => "rootlens.mmd".to_owned(),
            Download::Dot => "rootlens.dot".to_owned(),
            Download::Svg(theme) => format!("rootlens{}.svg", theme_suffix(theme)),
            Download::Png(theme) => format!("rootlens{}.png", theme_suffix(theme)),
            Download::Certificate(certificate) => {
                let name = report.certificates.get(certificate).map(|it| it.name.as_str()).unwrap_or_default();
                format!("{}.pem", scene::printable(name))
            }
            Download::Pool(rule) => format!("{}-pool.pem", rule_name(rule)),
            Download::Fix { chain, file } => {
                let name = corrected(report, chain, file).map(|file| file.name.as_str()).unwrap_or_default();
                scene::printable(name)
            }
        }
    }
}

fn theme_suffix(theme: Theme) -> &'static str {
    match theme {
        Theme::System | Theme::Light => "",
        Theme::Dark => "-dark",
    }
}

/// With the link to this analysis, unless it is too long for a post.
fn markdown(report: &Report, content: &Content) -> String {
    let link = link_to(content);
    export::markdown(report, (link.len() <= LONGEST_LINK_IN_POST).then_some(&link))
}

fn corrected(report: &Report, chain: Option<usize>, file: usize) -> Option<&FixFile> {
    report.answer.fix_of(chain)?.files.get(file)
}

fn pool_in_focus(report: &Report, rule: Rule) -> Option<&Pool> {
    report.pools.iter().find(|pool| Some(&pool.peer) == report.focus.as_ref() && pool.rule == rule)
}

fn pem_of(report: &Report, pool: &Pool) -> String {
    let anchors = pool.anchors.iter().filter_map(|anchor| report.certificates.get(*anchor));
    anchors.map(|certificate| certificate.pem.as_str()).collect()
}

/// The rule in attributes and file names.
pub(crate) fn rule_name(rule: Rule) -> &'static str {
    match rule {
        Rule::OpenzitiNaive => "naive",
        Rule::Correct => "correct",
        Rule::FirstChain => "first-chain",
        Rule::AllChains => "all-chains",
    }
}

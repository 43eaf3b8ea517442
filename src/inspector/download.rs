//! The files that people save: the graph, the answer and the report in the forms that other programs read, each pool, each
//! certificate, and corrected files.

use super::Reported;
use crate::export;
use crate::messages::Download;
use crate::report::{FixFile, Pool, Report, Rule};
use crate::scene::svg::{self, Theme};
use crate::scene::{self, View};
use crate::wording::rule_name;

/// Characters of a link that a post takes along: an eighth of what an issue of GitHub holds (65,536), and a quarter of
/// a post of Discourse (32,000); a longer one is cut by some programs anyway.
const LONGEST_LINK_IN_POST: usize = 8_000;

/// The name and the text of a file; `None` for a certificate or pool that the report lacks. `address` is that of the page.
pub(super) fn make(file: Download, reported: &Reported, address: &str) -> Option<(String, String)> {
    let report = &*reported.report;
    let text = match file {
        Download::Markdown => Some(markdown(reported, address)),
        Download::Json => Some(export::json(report)),
        Download::Mermaid => Some(export::mermaid(report)),
        Download::Dot => Some(export::dot(report)),
        // `www/save.js` makes the pixels.
        Download::Svg(theme) | Download::Png(theme) => {
            Some(svg::document(&scene::draw(report, &View::default()), theme))
        }
        Download::Certificate(certificate) => report.certificates.get(certificate).map(|it| it.pem.clone()),
        Download::Pool(rule) => pool_in_focus(report, rule).map(|pool| pem_of(report, pool)),
        Download::Fix { chain, file } => corrected(report, chain, file).map(|file| file.text.clone()),
    };
    Some((name(file, report), text?))
}

/// The name that the browser suggests; the browser makes of it what its file system takes.
fn name(file: Download, report: &Report) -> String {
    match file {
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

fn theme_suffix(theme: Theme) -> &'static str {
    match theme {
        Theme::System | Theme::Light => "",
        Theme::Dark => "-dark",
    }
}

/// With the link to this analysis, unless it is too long for a post.
fn markdown(reported: &Reported, address: &str) -> String {
    let link = format!("{address}#{}", reported.link(String::new()).fragment);
    export::markdown(&reported.report, (link.len() <= LONGEST_LINK_IN_POST).then_some(&link))
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

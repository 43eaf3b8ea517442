//! `dist/rootlens.html`: the whole page in one file, which works where there is no server and no network.
//!
//! It is `index.html` again, with every part inside instead of beside it: the WebAssembly as base64, scripts and style
//! sheets as elements, the examples in their element. Nothing is loaded, so its policy names no place at all: it lists
//! the digests of the scripts and style sheets that may run, and inline code without a digest stays forbidden.

use std::path::Path;

use crate::digest::{base64, bytes, sha256};
use crate::examples;
use crate::files::{read, read_text, write};
use crate::page::{JAVASCRIPT, WASM, attribute, inline_svg};
use crate::process::{Failure, Outcome, root};

pub const NAME: &str = "rootlens.html";

/// Writes the file into `destination`; `program` is the folder that [`crate::page::program`] gives.
pub fn assemble(program: &Path, destination: &Path) -> Outcome {
    let page = read_text(&root().join("index.html"))?;
    write(&destination.join(NAME), compose(&page, program, &sha256)?.as_bytes())
}

fn compose(page: &str, program: &Path, sha256: &dyn Fn(&[u8]) -> Outcome<String>) -> Outcome<String> {
    let mut parts = Parts { sha256, scripts: Vec::new(), styles: Vec::new() };
    let lines: Vec<String> = page.lines().map(|line| parts.place(line, program)).collect::<Outcome<_>>()?;
    let lines = lines.iter().map(|line| if is_policy(line) { parts.policy(line) } else { line.clone() });
    Ok(lines.map(|line| line + "\n").collect())
}

/// What has been put into the page so far, by the sources that its policy has to name.
struct Parts<'a> {
    sha256: &'a dyn Fn(&[u8]) -> Outcome<String>,
    scripts: Vec<String>,
    styles: Vec<String>,
}

impl Parts<'_> {
    /// One line of `index.html`, with the file it names inside.
    fn place(&mut self, line: &str, program: &Path) -> Outcome<String> {
        let source = || attribute(line, "href").map(|path| read_text(&root().join(path))).unwrap_or(Ok(String::new()));
        match (line.contains("data-trunk"), attribute(line, "rel")) {
            (true, Some("rust")) => self.program(program),
            (true, Some("css")) => self.style(&source()?),
            (true, Some("icon")) => Ok(format!("<link rel=\"icon\" href=\"{}\">", inline_svg(&source()?))),
            // A script that is copied has an element of its own, which is next.
            (true, Some("copy-file")) => Ok(String::new()),
            (true, _) => Err(Failure::new(format!("index.html holds a part that is not known: {line}"))),
            (false, _) if line.contains("<script id=\"examples\"") => {
                Ok(element("script id=\"examples\" type=\"text/plain\"", &examples::pack()?)?)
            }
            (false, _) => match attribute(line, "src") {
                Some(name) => self.script("", &read_text(&root().join("www").join(name))?),
                None => Ok(line.to_string()),
            },
        }
    }

    /// The program's parts in the order in which they run. `www/boot.js` finds what it would load from a host.
    fn program(&mut self, program: &Path) -> Outcome<String> {
        let wasm = element("script id=\"program\" type=\"application/wasm\"", &base64(&read(&program.join(WASM))?))?;
        let javascript = self.script("", &with_entry(&read_text(&program.join(JAVASCRIPT))?)?)?;
        let boot = self.script(" data-module=\"\"", &read_text(&root().join("www/boot.js"))?)?;
        Ok([wasm, javascript, boot].join("\n"))
    }

    fn script(&mut self, attributes: &str, text: &str) -> Outcome<String> {
        self.scripts.push(self.source(text)?);
        element(&format!("script type=\"module\"{attributes}"), text)
    }

    fn style(&mut self, text: &str) -> Outcome<String> {
        self.styles.push(self.source(text)?);
        element("style", text)
    }

    /// How a policy names an element by its content (Content Security Policy Level 3, 2.3.1).
    fn source(&self, text: &str) -> Outcome<String> {
        Ok(format!("'sha256-{}'", base64(&bytes(&(self.sha256)(text.as_bytes())?))))
    }

    /// The policy of `index.html`, where everything that may come from the host comes from the page itself.
    fn policy(&self, line: &str) -> String {
        let policy = attribute(line, "content").unwrap_or_default();
        let directives = policy.split(';').map(|directive| self.directive(directive.trim()));
        line.replace(policy, &directives.collect::<Vec<_>>().join("; "))
    }

    fn directive(&self, directive: &str) -> String {
        if !directive.contains(" 'self'") {
            return directive.to_string();
        }
        let inside = match directive.split(' ').next() {
            Some("script-src") => self.scripts.join(" "),
            Some("style-src") => self.styles.join(" "),
            _ => String::new(),
        };
        let mut words: Vec<&str> = directive.split(' ').filter(|word| *word != "'self'").collect();
        words.extend(Some(inside.as_str()).filter(|inside| !inside.is_empty()));
        if words.len() == 1 {
            words.push("'none'");
        }
        words.join(" ")
    }
}

fn is_policy(line: &str) -> bool {
    line.contains("http-equiv=\"Content-Security-Policy\"")
}

/// A script that stands in a page exports nothing, so it leaves its entry where `www/boot.js` looks for it.
fn with_entry(javascript: &str) -> Outcome<String> {
    const EXPORTS: &str = "export { initSync, __wbg_init as default };";
    let inside = javascript.replace(EXPORTS, "globalThis.rootlensStart = __wbg_init;");
    if inside == javascript || inside.lines().any(|line| line.starts_with("export ")) {
        return Err(Failure::new(format!("the program's JavaScript exports other things than `{EXPORTS}`")));
    }
    Ok(inside)
}

/// An element that holds `text` byte by byte, which is what a digest needs: refuses what HTML would read in another way.
fn element(opening: &str, text: &str) -> Outcome<String> {
    let name = opening.split(' ').next().unwrap_or_default();
    let lower_case = text.to_ascii_lowercase();
    for forbidden in [&format!("</{name}"), "<!--", "\r", "\0"] {
        if lower_case.contains(forbidden) {
            return Err(Failure::new(format!("what stands in <{opening}> may not hold {forbidden:?}")));
        }
    }
    Ok(format!("<{opening}>{text}</{name}>"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stand_in(folder: &Path) {
        std::fs::create_dir_all(folder).expect("folder");
        std::fs::write(folder.join(WASM), b"\0asm").expect("wasm");
        std::fs::write(folder.join(JAVASCRIPT), "let a;\nexport { initSync, __wbg_init as default };\n").expect("js");
    }

    /// No SHA-256, but it differs where the content does.
    fn stand_in_digest(content: &[u8]) -> Outcome<String> {
        Ok(content.iter().fold(7_u64, |sum, byte| sum.wrapping_mul(31).wrapping_add(u64::from(*byte))).to_string())
    }

    fn composed(folder: &str) -> String {
        let program = std::env::temp_dir().join(format!("rootlens-one-file-{}-{folder}", std::process::id()));
        stand_in(&program);
        let page = read_text(&root().join("index.html")).expect("index.html");
        let composed = compose(&page, &program, &stand_in_digest).expect("composed");
        std::fs::remove_dir_all(program).expect("removed");
        composed
    }

    #[test]
    fn the_page_holds_everything_and_names_no_place() {
        let page = composed("whole");
        assert!(page.contains("type=\"application/wasm\">AGFzbQ=="));
        assert!(page.contains("globalThis.rootlensStart = __wbg_init;"));
        assert!(page.contains("=== "), "the examples are inside");
        for absent in [" src=", " href=\"www", "data-trunk", "rel=\"stylesheet\"", "'unsafe-inline'"] {
            assert!(!page.contains(absent), "{absent}");
        }
        let policy = page.lines().find(|line| is_policy(line)).expect("policy");
        assert!(!policy.contains("'self'"), "{policy}");
        assert!(policy.contains("connect-src 'none'"), "{policy}");
        assert_eq!(
            policy.matches("'sha256-").count(),
            page.matches("<style>").count() + page.matches("<script type=\"module\"").count()
        );
    }

    #[test]
    fn the_folder_of_the_program_leaves_no_trace() {
        assert_eq!(composed("one"), composed("another-with-a-longer-name"));
    }

    #[test]
    fn what_html_would_change_stops_the_build() {
        assert!(element("style", "p::after { content: '</STYLE>' }").is_err());
        assert!(element("script id=\"a\"", "if (a <!--b) {}").is_err());
        assert!(element("script", "a\r\n").is_err());
        assert_eq!(element("script id=\"a\"", "1 < 2").expect("plain"), "<script id=\"a\">1 < 2</script>");
    }

    #[test]
    fn other_exports_stop_the_build() {
        assert!(with_entry("export class A {}\nexport { initSync, __wbg_init as default };").is_err());
        assert!(with_entry("export { initSync as default };").is_err());
    }
}

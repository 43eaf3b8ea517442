//! `dist/rootlens.html`: the whole page in one file, which works where there is no server and no network.
//!
//! It is Trunk's page again, with every part inside instead of beside it: the WebAssembly as base64, scripts and style
//! sheets as elements. Nothing is loaded, so its policy names no place at all: it lists the digests of the scripts and
//! style sheets that may run, and inline code without a digest stays forbidden.

use std::cell::RefCell;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, anyhow, bail};
use data_encoding::BASE64;
use fs_err as fs;
use lol_html::html_content::{ContentType, Element};
use lol_html::{RewriteStrSettings, element, rewrite_str};
use sha2::{Digest as _, Sha256};

pub const NAME: &str = "rootlens.html";

const MODULE: &str = "script type=\"module\"";

/// Writes the file beside the page that Trunk has built.
pub fn assemble(folder: &Path) -> Result<()> {
    let page = fs::read_to_string(folder.join("index.html"))?;
    Ok(fs::write(folder.join(NAME), compose(&page, folder)?)?)
}

fn compose(page: &str, folder: &Path) -> Result<String> {
    let parts = RefCell::new(Parts { folder: folder.to_owned(), scripts: Vec::new(), styles: Vec::new() });
    let settings = RewriteStrSettings::new()
        .append_element_content_handler(element!("link[rel=stylesheet]", |link| {
            Ok(parts.borrow_mut().place_style(link)?)
        }))
        .append_element_content_handler(element!("script[src]", |script| Ok(parts
            .borrow_mut()
            .place_script(script)?)))
        .append_element_content_handler(element!("link[data-program]", |link| {
            Ok(parts.borrow_mut().place_program(link)?)
        }))
        .append_element_content_handler(element!("link#public-roots", |link| Ok(parts
            .borrow()
            .place_public_roots(link)?)))
        .append_element_content_handler(element!("link#inspector", |link| Ok(parts
            .borrow_mut()
            .place_inspector(link)?)))
        .append_element_content_handler(element!("link[rel=preload]:not(#public-roots, #inspector)", |link| {
            link.remove();
            Ok(())
        }));
    let page = rewritten(page, settings)?;
    with_policy(&page, &parts.into_inner())
}

/// The policy stands above what it names, so it is written last.
fn with_policy(page: &str, parts: &Parts) -> Result<String> {
    let policy = element!("meta[http-equiv='Content-Security-Policy']", |meta| {
        let policy = meta.get_attribute("content").unwrap_or_default();
        Ok(meta.set_attribute("content", &parts.policy(&policy))?)
    });
    rewritten(page, RewriteStrSettings::new().append_element_content_handler(policy))
}

fn rewritten(page: &str, settings: RewriteStrSettings) -> Result<String> {
    rewrite_str(page, settings).map_err(|error| anyhow!("the page cannot be rewritten: {error}"))
}

/// What has been put into the page so far, by the sources that its policy has to name.
struct Parts {
    folder: PathBuf,
    scripts: Vec<String>,
    styles: Vec<String>,
}

impl Parts {
    fn place_style(&mut self, link: &mut Element) -> Result<()> {
        let text = self.text(link, "href")?;
        self.styles.push(source(&text));
        link.replace(&inside("style", &text)?, ContentType::Html);
        Ok(())
    }

    fn place_script(&mut self, script: &mut Element) -> Result<()> {
        let text = self.text(script, "src")?;
        script.replace(&self.script(MODULE, &text)?, ContentType::Html);
        Ok(())
    }

    /// The page's program; `www/boot.js`, which comes behind it, finds there what it would load from a host.
    fn place_program(&mut self, link: &mut Element) -> Result<()> {
        let wasm = program("program", &fs::read(self.path(link, "data-program")?)?)?;
        let javascript = self.script(MODULE, &with_entry(&self.text(link, "href")?)?)?;
        link.replace(&format!("{wasm}\n{javascript}"), ContentType::Html);
        Ok(())
    }

    /// The inspector, whose JavaScript `www/boot.js` finds by its id and makes a worker of.
    fn place_inspector(&mut self, link: &mut Element) -> Result<()> {
        let wasm = program("inspector", &fs::read(self.path(link, "href")?)?)?;
        let javascript = self.script("script id=\"inspector-javascript\"", &self.text(link, "data-javascript")?)?;
        link.replace(&format!("{wasm}\n{javascript}"), ContentType::Html);
        Ok(())
    }

    /// The file of public roots, which `www/boot.js` would load from a host as well.
    fn place_public_roots(&self, link: &mut Element) -> Result<()> {
        let roots = BASE64.encode(&fs::read(self.path(link, "href")?)?);
        link.replace(
            &inside("script id=\"public-roots\" type=\"application/octet-stream\"", &roots)?,
            ContentType::Html,
        );
        Ok(())
    }

    fn script(&mut self, opening: &str, text: &str) -> Result<String> {
        self.scripts.push(source(text));
        inside(opening, text)
    }

    fn text(&self, element: &Element, attribute: &str) -> Result<String> {
        Ok(fs::read_to_string(self.path(element, attribute)?)?)
    }

    fn path(&self, element: &Element, attribute: &str) -> Result<PathBuf> {
        let name = element.get_attribute(attribute).with_context(|| format!("an element without {attribute}"))?;
        Ok(self.folder.join(name))
    }

    /// The policy of the page, where everything that may come from the host comes from the page itself.
    fn policy(&self, policy: &str) -> String {
        policy.split(';').map(|directive| self.directive(directive.trim())).collect::<Vec<_>>().join("; ")
    }

    fn directive(&self, directive: &str) -> String {
        let mut words: Vec<&str> = directive.split(' ').collect();
        let Some(own_host) = words.iter().position(|word| *word == "'self'") else { return directive.to_owned() };
        words.remove(own_host);
        words.extend(match words.first() {
            Some(&"script-src") => self.scripts.iter().map(String::as_str).collect(),
            Some(&"style-src") => self.styles.iter().map(String::as_str).collect(),
            _ => Vec::new(),
        });
        if words.len() == 1 {
            words.push("'none'");
        }
        words.join(" ")
    }
}

/// How a policy names an element by its content (Content Security Policy Level 3, 2.3.1).
fn source(text: &str) -> String {
    format!("'sha256-{}'", BASE64.encode(&Sha256::digest(text)))
}

/// An element that holds a compiled program.
fn program(id: &str, wasm: &[u8]) -> Result<String> {
    inside(&format!("script id=\"{id}\" type=\"application/wasm\""), &BASE64.encode(wasm))
}

/// A module that stands in a page exports nothing, so it leaves its entry where `www/boot.js` looks for it.
fn with_entry(javascript: &str) -> Result<String> {
    const EXPORTS: &str = "export { initSync, __wbg_init as default };";
    let inside = javascript.replace(EXPORTS, "globalThis.rootlensStart = __wbg_init;");
    if inside == javascript || inside.lines().any(|line| line.starts_with("export ")) {
        bail!("the program's JavaScript exports other things than `{EXPORTS}`");
    }
    Ok(inside)
}

/// An element that holds `text` byte by byte, which is what a digest needs: refuses what HTML would read in another
/// way.
fn inside(opening: &str, text: &str) -> Result<String> {
    let name = opening.split(' ').next().unwrap_or_default();
    let lower_case = text.to_ascii_lowercase();
    for forbidden in [&format!("</{name}"), "<!--", "\r", "\0"] {
        if lower_case.contains(forbidden) {
            bail!("what stands in <{opening}> may not hold {forbidden:?}");
        }
    }
    Ok(format!("<{opening}>{text}</{name}>"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"<!doctype html>
<html lang="en">
  <head>
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; connect-src 'self'">
    <link rel="icon" href="data:image/svg+xml,%3Csvg/%3E">
    <link rel="stylesheet" href="./base-1.css" integrity="sha384-a"/>
    <script src="./save-2.js" integrity="sha384-b" type="module"></script>
    <link rel="modulepreload" href="./app-3.js" data-program="./app-3_bg.wasm">
    <link id="inspector" rel="preload" href="inspector_bg.wasm" as="fetch" data-javascript="inspector.js">
    <script src="./boot-4.js" type="module"></script>
    <link id="public-roots" rel="preload" href="public-roots.bin" as="fetch" crossorigin>
    <link rel="preload" href="./app-3_bg.wasm" as="fetch">
  </head>
  <body><div id="rootlens"></div></body>
</html>
"#;

    const FILES: [(&str, &str); 8] = [
        ("base-1.css", "p > a { color: red }"),
        ("save-2.js", "globalThis.save = 1 && 2;"),
        ("app-3.js", "let a;\nexport { initSync, __wbg_init as default };\n"),
        ("app-3_bg.wasm", "\0asm"),
        ("inspector.js", "let wasm_bindgen;\n"),
        ("inspector_bg.wasm", "\0asm2"),
        ("boot-4.js", "globalThis.rootlensStart();"),
        ("public-roots.bin", "roots 1\n0"),
    ];

    fn composed(folder: &str) -> String {
        let folder = std::env::temp_dir().join(format!("rootlens-one-file-{}-{folder}", std::process::id()));
        fs::create_dir_all(&folder).expect("folder");
        for (name, text) in FILES {
            fs::write(folder.join(name), text).expect(name);
        }
        let composed = compose(PAGE, &folder).expect("composed");
        fs::remove_dir_all(folder).expect("removed");
        composed
    }

    #[test]
    fn the_page_holds_everything_and_names_no_place() {
        let page = composed("whole");
        for part in [
            "<style>p > a { color: red }</style>",
            "<script type=\"module\">globalThis.save = 1 && 2;</script>",
            "<script id=\"program\" type=\"application/wasm\">AGFzbQ==</script>",
            "<script id=\"public-roots\" type=\"application/octet-stream\">cm9vdHMgMQow</script>",
            "globalThis.rootlensStart = __wbg_init;",
            "<script id=\"inspector\" type=\"application/wasm\">AGFzbTI=</script>",
            "<script id=\"inspector-javascript\">let wasm_bindgen;\n</script>",
            "href=\"data:image/svg+xml,%3Csvg/%3E\"",
        ] {
            assert!(page.contains(part), "{part} is in\n{page}");
        }
        for absent in [" src=", "href=\"./", "rel=\"stylesheet\"", "preload", "integrity"] {
            assert!(!page.contains(absent), "{absent} is in\n{page}");
        }
    }

    #[test]
    fn the_policy_names_each_part_and_no_host() {
        let page = composed("policy");
        let policy = page.lines().find(|line| line.contains("Content-Security-Policy")).expect("policy");
        assert!(!policy.contains("'self'"), "{policy}");
        assert!(policy.contains("connect-src 'none'"), "{policy}");
        assert!(policy.contains("img-src data:"), "{policy}");
        // One style sheet, and four scripts that run.
        assert_eq!(policy.matches("'sha256-").count(), 5, "{policy}");
        assert!(policy.contains(&source("globalThis.save = 1 && 2;")), "{policy}");
    }

    #[test]
    fn the_folder_of_the_page_leaves_no_trace() {
        assert_eq!(composed("one"), composed("another-with-a-longer-name"));
    }

    #[test]
    fn what_html_would_change_stops_the_build() {
        assert!(inside("style", "p::after { content: '</STYLE>' }").is_err());
        assert!(inside("script id=\"a\"", "if (a <!--b) {}").is_err());
        assert!(inside("script", "a\r\n").is_err());
        assert_eq!(inside("script id=\"a\"", "1 < 2").expect("plain"), "<script id=\"a\">1 < 2</script>");
    }

    #[test]
    fn other_exports_stop_the_build() {
        assert!(with_entry("export class A {}\nexport { initSync, __wbg_init as default };").is_err());
        assert!(with_entry("export { initSync as default };").is_err());
    }
}

//! Every text of the page stands in `src/ui/words/`, so that a translator edits one folder: no other file of the page
//! holds words that people see or hear.

use std::fs;
use std::path::{Path, PathBuf};

use crate::layering::code_of;

/// Attributes whose values people read or hear.
const SPOKEN: [&str; 5] = ["aria-label", "aria-description", "title", "placeholder", "alt"];

/// What looks like words and is none that a translator would change.
const NO_WORDS: &[(&str, &str)] = &[
    ("root", "the name of the program"),
    ("lens", "the name of the program"),
    ("rootlens ", "the name of the program"),
    ("rootlens , ", "the name of the program"),
    ("-----BEGIN CERTIFICATE-----", "RFC 7468 has it so"),
    (" UTC", "the same in every language"),
    ("Shared(..)", "for those who debug"),
    ("[data-chain=''] [data-engine='']", "a selector"),
];

/// Single words that are names of the browser, of the style sheet or of the program.
const NAMES: &[&str] = &[
    // Events, keys, and kinds of pointers.
    "hashchange",
    "keydown",
    "dragover",
    "dragleave",
    "drop",
    "paste",
    "wheel",
    "mouse",
    "pointerdown",
    "pointermove",
    "Enter",
    "Escape",
    "Home",
    "End",
    "ArrowUp",
    "ArrowDown",
    "ArrowLeft",
    "ArrowRight",
    // Elements, attributes, members, functions of the browser.
    "button",
    "textarea",
    "INPUT",
    "BODY",
    "class",
    "hidden",
    "inert",
    "detail",
    "at",
    "files",
    "clipboard",
    "copy",
    "C",
    // What www/boot.js leaves for the program.
    "rootlensPublicRoots",
    // Values of attributes and of what is remembered.
    "true",
    "false",
    "selected",
    "related",
    "dimmed",
    "path",
    "refused",
    "start",
    "middle",
    "end",
    "system",
    "light",
    "dark",
    "short",
    "long",
    "naive",
    "correct",
    // Values of a choice.
    "bundle",
    "peer",
    "client",
    "published",
    "chain",
    "other",
    // Ids.
    "rootlensPublicRoots",
    "rl",
    "rootlens",
    "fault",
];

#[test]
fn the_page_has_its_words_in_one_folder() {
    let mut wrong = Vec::new();
    let mut literals = 0;
    for path in sources_of_the_page() {
        let code = code_of(&fs::read_to_string(&path).expect("a source"));
        for literal in literals_of(&code) {
            literals += 1;
            wrong.extend(literal.said().map(|words| format!("{}: “{words}”", path.display())));
        }
    }
    assert!(literals > 200, "the sources are read: {literals} literals");
    assert!(wrong.is_empty(), "these belong into src/ui/words/:\n{}", wrong.join("\n"));
}

/// Every source of the page but those that hold its words.
fn sources_of_the_page() -> Vec<PathBuf> {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src/ui")];
    let mut sources = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder of the page") {
            let path = entry.expect("an entry").path();
            match path.is_dir() {
                true if path.ends_with("src/ui/words") => {}
                true => folders.push(path),
                false => sources.push(path),
            }
        }
    }
    sources
}

/// A string literal, and the attribute of `html!` whose value it is.
struct Literal {
    attribute: Option<String>,
    text: String,
}

impl Literal {
    /// The words that it would show or say, if any.
    fn said(&self) -> Option<String> {
        let is_said = match &self.attribute {
            Some(attribute) if !SPOKEN.contains(&attribute.as_str()) => false,
            Some(_) => has_letter(&self.text),
            None => is_prose(&without_holes(&self.text)),
        };
        let is_known = NO_WORDS.iter().any(|(words, _)| without_holes(&self.text) == *words);
        (is_said && !is_known).then(|| self.text.clone())
    }
}

/// A text as `format!` takes it, without what it fills in: `{name}`.
fn without_holes(text: &str) -> String {
    let pieces = text.split('{').enumerate();
    pieces
        .map(|(at, piece)| if at == 0 { piece } else { piece.split_once('}').map_or(piece, |(_, rest)| rest) })
        .collect()
}

fn has_letter(text: &str) -> bool {
    text.chars().any(char::is_alphabetic)
}

/// Words in a row, or a single word that is no name of something.
fn is_prose(text: &str) -> bool {
    let mut tokens = text.split_whitespace().peekable();
    let single = tokens.clone().count() == 1 && !text.starts_with(' ') && !text.ends_with(' ');
    if tokens.peek().is_none() || !has_letter(text) {
        false
    } else if single {
        text.chars().all(char::is_alphabetic) && !NAMES.contains(&text)
    } else {
        !tokens.all(|token| token.starts_with("rl-") || is_path(token))
    }
}

/// A part of a path of SVG: `M3`, `8.5`, `12M12`.
fn is_path(token: &str) -> bool {
    token.chars().all(|it| it.is_ascii_digit() || ".-MLHVACZ".contains(it))
}

/// The string literals of some code, lines that go on put together.
fn literals_of(code: &str) -> Vec<Literal> {
    let mut literals = Vec::new();
    let mut before = String::new();
    let mut rest = code.chars().peekable();
    while let Some(character) = rest.next() {
        match character {
            // A character, as '"', begins no text; a lifetime has no quote at its end.
            '\'' => {
                let mut ahead = rest.clone();
                let first = ahead.next();
                if first == Some('\\') {
                    ahead.next();
                }
                if ahead.next() == Some('\'') {
                    rest = ahead;
                }
            }
            '"' => literals.push(Literal { attribute: attribute_before(&before), text: literal(&mut rest) }),
            _ => {}
        }
        before.push(character);
    }
    literals
}

/// The name of an attribute whose value begins where `code` ends: `… aria-label=`.
fn attribute_before(code: &str) -> Option<String> {
    let code = code.strip_suffix('=')?;
    let is_part = |it: char| it.is_ascii_alphanumeric() || it == '-';
    let name = code.rsplit(|it| !is_part(it)).next()?;
    (!name.is_empty()).then(|| name.to_owned())
}

fn literal(rest: &mut std::iter::Peekable<std::str::Chars<'_>>) -> String {
    let mut literal = String::new();
    while let Some(character) = rest.next() {
        match character {
            '"' => break,
            '\\' => match rest.next() {
                Some('\n') => while rest.next_if(|it| it.is_whitespace()).is_some() {},
                Some(escaped) => literal.push(if escaped == 'n' { '\n' } else { escaped }),
                None => break,
            },
            other => literal.push(other),
        }
    }
    literal
}

#[test]
fn words_are_told_from_names() {
    let code = "let a = \"Close\"; let b = \"rl-button rl-file\"; let c = ('\"', \"M3 8.5\", \"and \\\n    so on\");";
    let found: Vec<String> = literals_of(code).iter().filter_map(Literal::said).collect();
    assert_eq!(found, ["Close", "and so on"]);
    let html = "html! { <p class=\"wide and high\" title=\"Hello\">{ \"to\" }{ \" \" }{ words::ALL }</p> }";
    let found: Vec<String> = literals_of(html).iter().filter_map(Literal::said).collect();
    assert_eq!(found, ["Hello", "to"]);
    assert_eq!(
        literals_of("format!(\"{name} {}\"), format!(\"{number} more\")").iter().filter_map(Literal::said).count(),
        1
    );
    assert!(is_prose(" more") && is_prose("the browser refused"));
    assert!(!is_prose("keydown"));
}

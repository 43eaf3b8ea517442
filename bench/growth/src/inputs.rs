//! The inputs that are measured.

use rootlens::inventory::Input;
use rootlens::share;

use crate::synthetic::{self, Spec};

/// A kind of input and how it is made of a number.
type Make = fn(u32) -> Vec<Input>;

/// Certificates by their number.
type Certificates = fn(u32) -> Vec<Spec>;

/// Certificates, of which the number is how many.
const CERTIFICATES: [(&str, Certificates); 5] = [
    ("roots", synthetic::roots),
    ("mixed", synthetic::mixed),
    ("namesakes", synthetic::namesakes),
    ("ring", ring),
    ("clique", clique),
];

/// Texts, of which the number is about how many bytes.
const TEXTS: [(&str, Make); 22] = [
    ("one-line", |count| text(&"lorem ipsum dolor sit amet ".repeat(count as usize / 27))),
    ("one-word", |count| text(&"a".repeat(count as usize))),
    ("dashes", |count| text(&"-".repeat(count as usize))),
    ("blanks", |count| text(&" ".repeat(count as usize))),
    ("lines", |count| text(&"\n".repeat(count as usize))),
    ("begin", |count| text(&"-----BEGIN CERTIFICATE-----\n".repeat(count as usize / 28))),
    ("begin-one-line", |count| text(&"-----BEGIN CERTIFICATE-----".repeat(count as usize / 27))),
    ("begin-end", |count| text(&"-----BEGIN X-----\n-----END X-----\n".repeat(count as usize / 34))),
    ("tiny-blocks", |count| {
        text(&"-----BEGIN CERTIFICATE-----\nMA==\n-----END CERTIFICATE-----\n".repeat(count as usize / 59))
    }),
    ("quoted-blocks", |count| text(&"> -----BEGIN CERTIFICATE-----\n> MA==\n".repeat(count as usize / 37))),
    ("base64-words", |count| text(&"MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA ".repeat(count as usize / 45))),
    ("json-web-tokens", |count| text(&"eyJhbGciOiJIUzI1NiJ9.".repeat(count as usize / 21))),
    ("percent", |count| text(&"%2525".repeat(count as usize / 5))),
    ("percent-words", |count| text(&("%41".repeat(20) + " ").repeat(count as usize / 61))),
    ("braces", |count| text(&"{\"a\":".repeat(count as usize / 5))),
    ("brackets", |count| text(&"[".repeat(count as usize))),
    ("xml", |count| text(&"<a>".repeat(count as usize / 3))),
    ("xml-open", |count| text(&"<a ".repeat(count as usize / 3))),
    ("yaml", |count| text(&"a: |\n  b\n".repeat(count as usize / 9))),
    ("yaml-deep", |count| {
        text(&(0..400).map(|depth| " ".repeat(depth) + "a:\n").collect::<String>().repeat(count as usize / 81_000 + 1))
    }),
    ("errors", |count| text(&"x509: certificate signed by unknown authority\n".repeat(count as usize / 46))),
    ("quotes", |count| text(&"\"".repeat(count as usize))),
];

/// Other inputs: files of two certificates, DER, and links.
const OTHERS: [(&str, Make); 6] = [
    ("chains", |count| chains(count, true)),
    ("der", |count| file("a.der", synthetic::roots(count).iter().flat_map(|spec| unsigned(spec).der()).collect())),
    ("zeros", |count| file("a.der", vec![0; count as usize])),
    ("binary", |count| {
        file("a.der", (0..count).flat_map(|number| [0x30, 0x82, (number >> 8) as u8, number as u8]).collect())
    }),
    ("bad-before-good", |count| {
        let bad = "-----BEGIN CERTIFICATE-----\nMAMBAf8=\n-----END CERTIFICATE-----\n";
        let other = "-----BEGIN CERTIFICATE-----\nMA==\n-----END CERTIFICATE-----\n";
        text(&(bad.repeat(count as usize) + &other.repeat(count as usize)))
    }),
    ("extensions", |count| {
        let extension = |number: u32| {
            let arc =
                [0x2a, 0x80 | (number >> 14) as u8 & 0x7f, 0x80 | (number >> 7) as u8 & 0x7f, number as u8 & 0x7f];
            synthetic::extension(&arc, false, &[5, 0])
        };
        let extensions = (1 << 15..(1 << 15) + count).map(extension).collect();
        text(&synthetic::bundle([Spec { extensions, ..unsigned(&Spec::root("Root", 0)) }]))
    }),
];

pub fn is_kind(name: &str) -> bool {
    CERTIFICATES.iter().any(|(kind, _)| *kind == name) || TEXTS.iter().chain(&OTHERS).any(|(kind, _)| *kind == name)
}

/// The names of the texts.
pub fn texts() -> impl Iterator<Item = &'static str> {
    TEXTS.iter().map(|(kind, _)| *kind)
}

/// The input of a kind; nothing for one that is none.
pub fn of(kind: &str, count: u32, is_signed: bool) -> Vec<Input> {
    if kind == "chains" {
        return chains(count, !is_signed);
    }
    if let Some((_, specs)) = CERTIFICATES.iter().find(|(name, _)| *name == kind) {
        let specs = specs(count).into_iter();
        return text(&synthetic::bundle(specs.map(|spec| if is_signed { spec } else { unsigned(&spec) })));
    }
    TEXTS.iter().chain(&OTHERS).find(|(name, _)| *name == kind).map(|(_, make)| make(count)).unwrap_or_default()
}

/// Given files; a link is opened.
pub fn read(files: &[&str]) -> Result<Vec<Input>, String> {
    let mut inputs = Vec::new();
    for name in files {
        let bytes = std::fs::read(name).map_err(|why| format!("{name}: {why}"))?;
        match std::str::from_utf8(&bytes).ok().filter(|_| name.ends_with(".link")) {
            Some(link) => inputs.extend(share::unpack(link).map_err(|why| format!("{name}: {why}"))?.inputs()),
            None => inputs.extend(file(name, bytes)),
        }
    }
    Ok(inputs)
}

fn unsigned(spec: &Spec) -> Spec {
    Spec { is_unsigned: true, ..spec.clone() }
}

/// Files with a leaf and its CA each, and one with a root.
fn chains(count: u32, is_unsigned: bool) -> Vec<Input> {
    let made = |spec: Spec| Spec { is_unsigned, ..spec };
    let chain = |number: u32| {
        let (host, ca) = (format!("host-{number}.example"), format!("CA {number}"));
        let specs = [Spec::leaf(&host, 1_000_000 + number, &ca, 10 + number), Spec::ca(&ca, 10 + number, "Root", 0)];
        file("chain.pem", synthetic::bundle(specs.map(made)).into_bytes())
    };
    let root = file("root.pem", synthetic::bundle([made(Spec::root("Root", 0))]).into_bytes());
    (0..count / 2).flat_map(chain).chain(root).collect()
}

fn text(text: &str) -> Vec<Input> {
    file("a.pem", text.as_bytes().to_vec())
}

fn file(name: &str, bytes: Vec<u8>) -> Vec<Input> {
    vec![Input { name: name.to_owned(), bytes, ..Input::default() }]
}

/// CAs each of which issued the next, and the last the first.
fn ring(count: u32) -> Vec<Spec> {
    let ca = |number: u32| format!("CA {number}");
    let issuer = |number: u32| (number + count - 1) % count;
    (0..count).map(|number| Spec::ca(&ca(number), number, &ca(issuer(number)), issuer(number))).collect()
}

/// CAs each of which issued every one, and a leaf.
fn clique(names: u32) -> Vec<Spec> {
    let ca = |number: u32| format!("CA {number}");
    let pairs = (0..names).flat_map(|subject| (0..names).map(move |issuer| (subject, issuer)));
    let mut all: Vec<Spec> =
        pairs.map(|(subject, issuer)| Spec::ca(&ca(subject), subject, &ca(issuer), issuer)).collect();
    all.push(Spec::leaf("host.example", names, &ca(0), 0));
    all
}

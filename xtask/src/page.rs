//! Builds the page: compiles it to WebAssembly, lets wasm-bindgen write its JavaScript and lays both beside
//! `index.html`, the style sheets and the icon.
//!
//! `index.html` marks its parts in Trunk's notation (`data-trunk`), so `trunk build` and `trunk serve` work as
//! well for those who have Trunk. The commands here do without it: installing it takes longer than everything
//! else together, and its inline scripts do not go with the page's content security policy.

use std::fs;
use std::path::{Path, PathBuf};

use crate::files::{file_name, read, read_text, recreate, write};
use crate::process::{Failure, Outcome, capture, cargo, command, root, step, target};
use crate::tools::{Tool, WASM_TARGET};
use crate::{examples, setup};

/// A WebAssembly program with debug information is twenty times as large, and everything that touches it as slow.
pub const WITHOUT_DEBUG_INFORMATION: (&str, &str) = ("CARGO_PROFILE_DEV_DEBUG", "0");

/// The two parts of the page's program, as wasm-bindgen calls them.
pub const WASM: &str = "app_bg.wasm";
pub const JAVASCRIPT: &str = "app.js";

/// What is compiled to WebAssembly: a binary, its package and the feature that it needs, which may be empty.
#[derive(Clone, Copy, Debug)]
pub struct Program {
    pub package: &'static str,
    pub feature: &'static str,
    pub binary: &'static str,
}

const PAGE: Program = Program { package: "rootlens", feature: "ui", binary: "app" };

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    /// Compiles fast.
    Debug,
    /// As small as rustc makes it.
    Release,
    /// Release, and `wasm-opt` over it.
    Hosted,
}

/// Writes the whole page to `destination`, which it replaces.
pub fn build(profile: Profile, destination: &Path) -> Outcome {
    assemble(&program(profile)?, destination)
}

/// Gives the folder that holds the page's program: [`WASM`] and [`JAVASCRIPT`].
pub fn program(profile: Profile) -> Outcome<PathBuf> {
    compiled(PAGE, profile)
}

/// Gives the folder that holds a program, `<binary>_bg.wasm` and `<binary>.js`.
pub fn compiled(program: Program, profile: Profile) -> Outcome<PathBuf> {
    let Program { binary, .. } = program;
    let wasm = compile(program, profile)?;
    let staging = root().join("target").join(binary).join(format!("{profile:?}").to_lowercase());
    recreate(&staging)?;
    bind(&wasm, binary, &staging)?;
    if profile == Profile::Hosted {
        shrink(&staging.join(format!("{binary}_bg.wasm")))?;
    }
    Ok(staging)
}

fn compile(Program { package, feature, binary }: Program, profile: Profile) -> Outcome<PathBuf> {
    let mut build = cargo();
    build.args(["build", "--locked", "--target", WASM_TARGET, "--package", package]);
    build.args(["--features", feature, "--bin", binary]);
    build.envs([WITHOUT_DEBUG_INFORMATION]);
    let folder = if profile == Profile::Debug { "debug" } else { "release" };
    if profile != Profile::Debug {
        let mut flags = without_paths_of_this_machine()?;
        flags.extend(SMALL.map(str::to_owned));
        if profile == Profile::Hosted {
            flags.extend(WITHOUT_WORDS_FOR_PANICS.map(str::to_owned));
            build.args(SMALL_STANDARD_LIBRARY).env("RUSTC_BOOTSTRAP", "1");
        }
        build.arg("--release").env("CARGO_ENCODED_RUSTFLAGS", flags.join(FLAG_SEPARATOR));
    }
    step(&format!("compile the {binary}"), &mut build)?;
    Ok(target().join(WASM_TARGET).join(folder).join(format!("{binary}.wasm")))
}

/// What rustc can do for the size beyond its profile.
const SMALL: [&str; 3] = [
    // SHA-2 in loops instead of unrolled rounds: the page's digests are few and short.
    "--cfg",
    "sha2_backend_soft=\"compact\"",
    // LLVM would carry pointers through loops beside the counters that the offsets of WebAssembly's loads serve as well:
    // 4 kB after compression.
    "-Cllvm-args=-disable-lsr",
];

/// A panic is a trap at once, without the words for it and all that would write them: 15 kB after compression. No panic
/// stands in our own code (the lints at the head of `lib.rs`), and builds for development keep the words.
const WITHOUT_WORDS_FOR_PANICS: [&str; 2] = ["-Zunstable-options", "-Cpanic=immediate-abort"];

/// The standard library compiled anew, for size and with the same flags, or its panics would bring their words along:
/// 2 kB more. Rust calls both unstable, so the compiler has to be told that it may.
const SMALL_STANDARD_LIBRARY: [&str; 2] = ["-Zbuild-std=std,panic_abort", "-Zbuild-std-features=optimize_for_size"];

/// What cargo wants between the flags of `CARGO_ENCODED_RUSTFLAGS`.
const FLAG_SEPARATOR: &str = "\x1f";

/// The program says at which line of which file a panic happened. Whose home that file stood in is nobody's business,
/// and the same sources shall give the same bytes on every machine.
fn without_paths_of_this_machine() -> Outcome<Vec<String>> {
    step("fetch the sources of the page", cargo().args(["fetch", "--locked", "--target", WASM_TARGET]))?;
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".cargo"))).unwrap_or_default();
    let registries = fs::read_dir(home.join("registry/src")).into_iter().flatten().flatten();
    let sources = registries.map(|folder| (folder.path(), "crates"));
    // With the component rust-src, the standard library stands on this machine too.
    let standard_library = capture(command("rustc").args(["--print", "sysroot"])).map(PathBuf::from);
    let sources = sources.chain(standard_library.map(|sysroot| (sysroot.join("lib/rustlib/src/rust"), "rust")));
    Ok(sources.map(|(folder, name)| format!("--remap-path-prefix={}={name}", folder.display())).collect())
}

fn bind(wasm: &Path, name: &str, staging: &Path) -> Outcome {
    let mut bind = command(setup::path(Tool::WasmBindgen)?);
    bind.args(["--target", "web", "--no-typescript", "--out-name", name, "--out-dir"]).arg(staging).arg(wasm);
    step(&format!("join the {name} to JavaScript"), &mut bind)
}

/// What wasm-opt may use: the features of Rust's target, for the case that the section was stripped where rustc wrote
/// them.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
    "--enable-multivalue",
];

/// What wasm-opt does. Its own order of functions is by use, which shortens the calls; by name, similar functions stand
/// beside each other and compress better, so their names stay until they are sorted.
const SHRINK: [&[&str]; 2] = [
    &[
        "-Oz",
        "-g",
        // Again until nothing gets smaller: 300 bytes after compression.
        "--converge",
        // The lowest kilobyte is the far end of the stack, which no program reaches that does not overflow it.
        "--low-memory-unused",
        // Large functions that have one caller compress better on their own.
        "--one-caller-inline-max-function-size=50",
    ],
    &["--reorder-functions-by-name", "--strip-debug", "--strip-producers"],
];

fn shrink(wasm: &Path) -> Outcome {
    for passes in SHRINK {
        let mut shrink = command(root().join("node_modules/.bin/wasm-opt"));
        shrink.args(passes).args(FEATURES).arg(wasm).arg("-o").arg(wasm);
        step("make the WebAssembly smaller", &mut shrink)?;
    }
    Ok(())
}

/// Copies every part that `index.html` names, under a name that changes with its content, so that a browser
/// never mixes two versions.
pub fn assemble(staging: &Path, destination: &Path) -> Outcome {
    recreate(destination)?;
    let page = read_text(&root().join("index.html"))?;
    let lines: Vec<String> = page.lines().map(|line| place(line, staging, destination)).collect::<Outcome<_>>()?;
    write(&destination.join("index.html"), (lines.join("\n") + "\n").as_bytes())
}

/// One line of `index.html`, with the file it names put in place.
fn place(line: &str, staging: &Path, destination: &Path) -> Outcome<String> {
    if !line.contains("data-trunk") {
        return Ok(line.to_string());
    }
    let indentation = &line[..line.len() - line.trim_start().len()];
    let source =
        || attribute(line, "href").ok_or_else(|| Failure::new(format!("index.html names no file here: {line}")));
    let element = match attribute(line, "rel") {
        Some("rust") => place_program(staging, destination)?,
        Some("css") => {
            format!("<link rel=\"stylesheet\" href=\"./{}\">", copy_hashed(&root().join(source()?), destination)?)
        }
        Some("icon") => format!("<link rel=\"icon\" href=\"{}\">", inline_svg(&read_text(&root().join(source()?))?)),
        Some("copy-file") => {
            let path = root().join(source()?);
            write(&destination.join(file_name(&path)), &read(&path)?)?;
            return Ok(String::new());
        }
        _ => return Err(Failure::new(format!("index.html holds a part that is not known: {line}"))),
    };
    Ok(format!("{indentation}{element}"))
}

/// The elements that load the program and the examples. `Trunk.toml` holds the same script element for Trunk.
fn place_program(staging: &Path, destination: &Path) -> Outcome<String> {
    let wasm = write_hashed("app.wasm", &read(&staging.join(WASM))?, destination)?;
    let module = write_hashed("app.js", &read(&staging.join(JAVASCRIPT))?, destination)?;
    let examples = write_hashed("examples.txt", examples::pack()?.as_bytes(), destination)?;
    Ok(format!(
        "<link rel=\"modulepreload\" href=\"./{module}\">\
         <link rel=\"preload\" href=\"./{wasm}\" as=\"fetch\" type=\"application/wasm\" crossorigin>\
         <link rel=\"preload\" href=\"./{examples}\" as=\"fetch\" type=\"text/plain\" crossorigin>\
         <script type=\"module\" src=\"./boot.js\" data-module=\"./{module}\" data-wasm=\"./{wasm}\" \
         data-examples=\"./{examples}\"></script>"
    ))
}

fn copy_hashed(source: &Path, destination: &Path) -> Outcome<String> {
    write_hashed(&file_name(source), &read(source)?, destination)
}

/// Gives the name under which `content` stands in the page.
fn write_hashed(name: &str, content: &[u8], destination: &Path) -> Outcome<String> {
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
    let hashed = format!("{stem}-{}.{extension}", fingerprint(content));
    write(&destination.join(&hashed), content)?;
    Ok(hashed)
}

/// The icon travels inside the page: a browser asks for it again at moments of its own choice, and this page makes
/// no request once it is loaded.
pub fn inline_svg(svg: &str) -> String {
    let encode = |letter: char| match letter {
        '"' | '#' | '%' | '&' | '<' | '>' | '\n' => format!("%{:02X}", u32::from(letter)),
        _ => letter.to_string(),
    };
    format!("data:image/svg+xml,{}", svg.trim().chars().map(encode).collect::<String>())
}

pub fn attribute<'a>(element: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = element.split_once(&format!(" {name}=\""))?;
    rest.split_once('"').map(|(value, _)| value)
}

/// FNV-1a, 64 bits: tells two versions of a file apart, which is all a file name has to do.
fn fingerprint(content: &[u8]) -> String {
    const OFFSET_BASIS: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0000_0100_0000_01b3;
    let hash = content.iter().fold(OFFSET_BASIS, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(PRIME));
    format!("{hash:016x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_attribute_is_read_by_its_whole_name() {
        let element = r#"<link data-trunk rel="css" data-href="no" href="www/base.css" />"#;
        assert_eq!(attribute(element, "rel"), Some("css"));
        assert_eq!(attribute(element, "href"), Some("www/base.css"));
        assert_eq!(attribute(element, "media"), None);
    }

    #[test]
    fn an_icon_stands_in_an_attribute() {
        assert_eq!(inline_svg("<svg a=\"#100%\"/>\n"), "data:image/svg+xml,%3Csvg a=%22%23100%25%22/%3E");
    }

    #[test]
    fn the_fingerprint_follows_the_content() {
        // The published test vector of FNV-1a for the letter a.
        assert_eq!(fingerprint(b"a"), "af63dc4c8601ec8c");
        assert_ne!(fingerprint(b"one"), fingerprint(b"two"));
    }

    #[test]
    fn a_part_of_an_unknown_kind_stops_the_build() {
        let line = r#"<link data-trunk rel="sass" href="a.scss">"#;
        assert!(place(line, Path::new("."), Path::new(".")).is_err());
        assert_eq!(place("<p>text</p>", Path::new("."), Path::new(".")).expect("plain"), "<p>text</p>");
    }
}

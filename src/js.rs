//! What the JavaScript package asks the core: the report of some files, and the drawing of it.
//!
//! `www/package/rootlens.js` is the module that people import. It looks at what they give, reads the clock and hands
//! over names, bytes and words; what is here turns them into the core's terms and nothing else.

use js_sys::{Array, Reflect, Uint8Array};
use serde::Serialize as _;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::JsValue;

use crate::choices::Choices;
use crate::graph::Draft;
use crate::inspect;
use crate::inventory::{Input, Inventory};
use crate::lens::Lens;
use crate::public_roots::PublicRoots;
use crate::report::Report;
use crate::role::Role;
use crate::scene::{self, View, Width, svg};
use crate::signature;
use crate::store::StoreKind;
use crate::time::Timestamp;
use crate::verifier::{Host, Program, Purpose};

/// Pixels that the narrow drawing takes: a common telephone's window, less the margins of a page.
const TELEPHONE: i32 = 360;

/// The report of `files`, `{ name, bytes, roles }` each, as a plain object. `choices` is `{ at, peer, purpose, host,
/// store, lens, program }`, where the instant is RFC 3339 and the others may be undefined.
pub async fn inspect(files: Array, choices: JsValue) -> Result<JsValue, JsValue> {
    let report = report_of(&files, &choices).await?;
    Ok(report.serialize(&Serializer::json_compatible())?)
}

/// The drawing of the same report as an SVG document. `narrow` fits it to a telephone; `theme` is `light`, `dark` or
/// `system`.
pub async fn draw(files: Array, choices: JsValue, narrow: bool, theme: &str) -> Result<JsValue, JsValue> {
    let report = report_of(&files, &choices).await?;
    let width = if narrow { Width::Narrow(TELEPHONE) } else { Width::Wide };
    let theme = match theme {
        "light" => svg::Theme::Light,
        "dark" => svg::Theme::Dark,
        _ => svg::Theme::System,
    };
    Ok(svg::document(&scene::draw(&report, &View { width, ..View::default() }), theme).into())
}

async fn report_of(files: &Array, choices: &JsValue) -> Result<Report, JsValue> {
    let inputs: Vec<Input> = files.iter().map(|file| input(&file)).collect();
    let mut choices = chosen(choices)?;
    let mut inventory = Inventory::from_inputs(&inputs);
    inventory.add_public_roots(&PublicRoots::bundled());
    let roles: Vec<Vec<Role>> = files.iter().map(|file| roles(&file)).collect();
    for (index, source) in inventory.sources.iter().enumerate() {
        // The roles of a file are those of all of its parts.
        if let Some(roles) = roles.get(source.input).filter(|roles| !roles.is_empty()) {
            choices.roles.insert(index, roles.clone());
        }
    }
    let draft = Draft::new(inventory.certificates.clone());
    let statuses = signature::verify_batch_in_browser(&draft.checks()).await;
    Ok(inspect::inspect(&inventory, &draft.finish(&statuses), &choices).report)
}

/// Everything but the roles.
fn chosen(choices: &JsValue) -> Result<Choices, JsValue> {
    let text = |name: &str| member(choices, name).as_string();
    let at = text("at").and_then(|at| Timestamp::parse(&at));
    let at = at.ok_or("`at` is no time: write it as 2026-11-21T18:00:00Z or 2026-11-21")?;
    let purpose = text("purpose").and_then(|name| Purpose::find(&name));
    Ok(Choices {
        peer: text("peer"),
        purpose,
        host: text("host").map(|name| Host::named(&name)),
        store: text("store").and_then(|name| StoreKind::find(&name)),
        lens: text("lens").and_then(|name| Lens::find(&name)),
        program: text("program").map(|name| program(&name)).transpose()?,
        ..Choices::at(at)
    })
}

/// A program by the name that the command line takes.
fn program(name: &str) -> Result<Program, JsValue> {
    Program::find(name).ok_or_else(|| {
        let known: Vec<&str> = Program::ALL.iter().map(|program| program.name()).collect();
        format!("`program` is not known: one of {} is wanted", known.join(", ")).into()
    })
}

fn input(file: &JsValue) -> Input {
    let name = member(file, "name").as_string().unwrap_or_default();
    Input { name, bytes: Uint8Array::new(&member(file, "bytes")).to_vec(), ..Input::default() }
}

/// The roles that the caller chose; none leaves them to the facts.
fn roles(file: &JsValue) -> Vec<Role> {
    let words = Array::from(&member(file, "roles"));
    let role = |word: JsValue| match word.as_string()?.as_str() {
        "trust" | "bundle" => Some(Role::Bundle),
        "chain" => Some(Role::Chain),
        "peer" => Some(Role::Peer),
        "client" => Some(Role::Client),
        "published" => Some(Role::Published),
        "other" => Some(Role::Other),
        _ => None,
    };
    words.iter().filter_map(role).collect()
}

/// A member of an object that the module has made; what is not there is undefined.
fn member(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &name.into()).unwrap_or_default()
}

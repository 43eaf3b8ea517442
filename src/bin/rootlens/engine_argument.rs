//! `--engine NAME`: an engine, a product that configures one, or all engines.

use std::ffi::OsStr;

use clap::builder::{PossibleValue, TypedValueParser};
use clap::error::ErrorKind;
use clap::{Arg, Command, Error};
use rootlens::verifier::Engine;
use rootlens::verifier::preset::{self, Preset};

/// Stands for every engine.
const ALL: &str = "all";

/// Whose verdicts are asked for.
#[derive(Clone)]
pub(crate) enum EngineChoice {
    /// These engines by their names.
    Engines(Vec<Engine>),
    /// A product, by the engine behind it with the product's settings.
    Product(Box<Preset>),
}

impl EngineChoice {
    /// The engines that have to be asked.
    pub(crate) fn engines(&self) -> Vec<Engine> {
        match self {
            EngineChoice::Engines(engines) => engines.clone(),
            EngineChoice::Product(product) => vec![product.as_engine()],
        }
    }

    /// The product that was named.
    pub(crate) fn product(&self) -> Option<&Preset> {
        match self {
            EngineChoice::Engines(_) => None,
            EngineChoice::Product(product) => Some(product),
        }
    }
}

/// Reads the name, and lists every name for the help and for completions.
#[derive(Clone)]
pub(crate) struct EngineParser;

impl TypedValueParser for EngineParser {
    type Value = EngineChoice;

    fn parse_ref(&self, _: &Command, _: Option<&Arg>, value: &OsStr) -> Result<EngineChoice, Error> {
        named(&value.to_string_lossy()).map_err(|why| Error::raw(ErrorKind::InvalidValue, format!("{why}\n")))
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        let engine = |engine: &Engine| {
            let value = PossibleValue::new(engine.name()).aliases(engine.aliases().iter().copied());
            match engine.aliases() {
                [] => value,
                aliases => value.help(format!("or {}", aliases.join(", "))),
            }
        };
        let product =
            |product: &Preset| PossibleValue::new(product.name).help(format!("judges as {}", product.engine_name()));
        let all = PossibleValue::new(ALL).help("every engine");
        Some(Box::new([all].into_iter().chain(Engine::ALL.iter().map(engine)).chain(preset::ALL.iter().map(product))))
    }
}

fn named(name: &str) -> Result<EngineChoice, String> {
    if name == ALL {
        return Ok(EngineChoice::Engines(Engine::ALL.to_vec()));
    }
    if let Some(engine) = Engine::find(name) {
        return Ok(EngineChoice::Engines(vec![engine]));
    }
    Preset::find(name).map(Box::new).map(EngineChoice::Product).ok_or_else(|| unknown(name))
}

fn unknown(name: &str) -> String {
    let engines: Vec<&str> = Engine::ALL.iter().map(|engine| engine.name()).collect();
    let products: Vec<&str> = preset::ALL.iter().map(|product| product.name).collect();
    let (engines, products) = (engines.join(", "), products.join(", "));
    format!(
        "there is no --engine {name}. The engines are {engines}, and all. The products that use one are {products}."
    )
}

//! Who would accept each chain: a strip of verifiers per chain, grouped where they agree, and what was asked of them.

use std::rc::Rc;

use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::certificate_link::{links, more};
use super::effect::{does, when};
use super::engine_panel::{engine_panel, path_in_words};
use super::markup::{each, flag, list, markup, truth};
use super::state::{Action, Asked};
use super::words::acceptance as words;
use super::{browser, icon};
use crate::report::{EngineVerdict, Explanation, Fact, Report};
use crate::verifier::{Host, Purpose, preset};
use std::collections::BTreeMap;

/// The verdicts on one chain, which stand together in the report.
pub(crate) fn strips(report: &Report) -> Vec<&[EngineVerdict]> {
    report.verdicts_by_chain().collect()
}

/// Some verifiers accept and others do not.
fn is_divided(verdicts: &[EngineVerdict]) -> bool {
    verdicts.iter().any(|it| it.accepts) && verdicts.iter().any(|it| !it.accepts)
}

/// The chains on which the verifiers are divided.
pub(crate) fn divided(report: &Report) -> Vec<usize> {
    let strips = report.verdicts_by_chain().enumerate();
    strips.filter(|(_, verdicts)| is_divided(verdicts)).map(|(chain, _)| chain).collect()
}

/// `divisions` holds what was found out by now of what divides the verifiers, by chain.
pub(crate) fn acceptance(
    report: &Report,
    asked: Option<Asked>,
    divisions: &BTreeMap<usize, Rc<Explanation>>,
    act: &Callback<Action>,
) -> Html {
    let strips = strips(report);
    let content = if strips.is_empty() {
        markup!("<p class='rl-empty'>{}</p>", words::NOBODY)
    } else {
        let strip = |(chain, verdicts): (usize, &&[EngineVerdict])| {
            let asked = asked.filter(|asked| asked.chain == chain);
            strip(report, chain, verdicts, asked, divisions.get(&chain).map(Rc::as_ref), act)
        };
        markup!(
            "<p class='rl-hint'>{}</p>{}{}",
            words::LEAD,
            strips.iter().enumerate().filter_map(strip).collect::<Vec<_>>(),
            words::chains_left_out(report).map(|chains| markup!("<p class='rl-hint'>{}</p>", words::left_out(&chains))),
        )
    };
    markup!(
        "<section class='rl-section rl-accept' data-testid='engines' aria-labelledby='rl-engines'>
            <header class='rl-section__header'><h2 id='rl-engines'>{}</h2>{}</header>
            {}
        </section>",
        words::TITLE,
        (!strips.is_empty()).then(|| question(report, act)),
        content,
    )
}

/// What the verifiers are asked: the use of the leaf, and the name that it has to bear.
fn question(report: &Report, act: &Callback<Action>) -> Html {
    let option = |purpose: Option<Purpose>| {
        let name = purpose.map(Purpose::name);
        markup!(
            "<option value={} selected={}>{}</option>",
            name.unwrap_or_default(),
            purpose == report.purpose,
            purpose.map_or(words::BY_ITSELF, words::purpose),
        )
    };
    let options = [None].into_iter().chain(Purpose::ALL.map(Some)).map(option).collect::<Vec<_>>();
    markup!(
        "<div class='rl-question'>
            <label for='rl-purpose'>{}</label>
            <select id='rl-purpose' class='rl-input' .value={} onchange={}>{}</select>
            <label for='rl-host'>{}</label>
            <input id='rl-host' class='rl-input' autocomplete='off' spellcheck='false' placeholder={} value={} oninput={}/>
        </div>",
        words::PURPOSE,
        report.purpose.map(Purpose::name).unwrap_or_default(),
        when(act, |event| {
            let select: HtmlSelectElement = browser::target(&event)?;
            Some(Action::PurposeChosen(Purpose::find(&select.value())))
        }),
        options,
        words::HOST,
        words::ANY_HOST,
        report.host.as_deref().unwrap_or_default(),
        when(act, |event| {
            let input: HtmlInputElement = browser::target(&event)?;
            let name = input.value();
            let name = name.trim();
            Some(Action::HostChosen((!name.is_empty()).then(|| Host::named(name))))
        }),
    )
}

/// One chain: how the verifiers divide, the groups, and the panel of the one that is looked at.
fn strip(
    report: &Report,
    chain: usize,
    verdicts: &[EngineVerdict],
    asked: Option<Asked>,
    division: Option<&Explanation>,
    act: &Callback<Action>,
) -> Option<Html> {
    let first = verdicts.first()?;
    let is_divided = is_divided(verdicts);
    let groups = each(&groups(verdicts), |group| self::group(report, chain, verdicts, group, asked, act));
    let panel = asked.and_then(|asked| Some(engine_panel(report, verdicts.get(asked.engine)?, asked, act)));
    Some(markup!(
        "<article key={} class='rl-strip' data-chain={} data-divided={}>
            <header>
                <h3>{}</h3>
                <span class='rl-strip__purpose'>{}</span>
                <strong class='rl-strip__count'>{}</strong>
            </header>
            {}{}{}
        </article>",
        chain,
        chain,
        flag(is_divided),
        &first.client,
        words::asked_as(first.purpose),
        words::agreement(verdicts),
        is_divided.then(|| dividing(report, division)),
        groups,
        panel,
    ))
}

/// What divides the verifiers, once it is found. The element stays, so that the answer is read aloud.
fn dividing(report: &Report, division: Option<&Explanation>) -> Html {
    let content = match division {
        None => markup!("{}", words::LOOKING),
        Some(division) if division.facts.is_empty() => markup!("{}", words::UNEXPLAINED),
        Some(division) => list(vec![
            markup!("<strong>{}</strong>{}", words::DIVIDES, facts(report, &division.facts)),
            markup!(
                "<span>{}</span>",
                division.then_accepts.map(|accepts| words::without_them(division.facts.len(), accepts))
            ),
        ]),
    };
    let found = division.is_some_and(|division| !division.facts.is_empty());
    markup!(
        "<div class='rl-divides' data-testid='dividing' data-open={} role='status'>{}</div>{}",
        flag(!found),
        content,
        division.filter(|division| !division.alternatives.is_empty()).map(|division| others(report, division)),
    )
}

/// Sets of facts that divide the verifiers as well, folded away.
fn others(report: &Report, division: &Explanation) -> Html {
    let set = |set: &Vec<Fact>| markup!("<li>{}</li>", facts(report, set));
    more(words::OTHER_FACTS, markup!("<ul class='rl-alternatives'>{}</ul>", each(&division.alternatives, set)))
}

fn facts(report: &Report, facts: &[Fact]) -> Html {
    let fact = |fact: &Fact| {
        markup!(
            "<li data-code={}>{}{}</li>",
            fact.code,
            &fact.sentence,
            links(report, &fact.certificates, fact.certificates.len())
        )
    };
    markup!("<ul>{}</ul>", each(facts, fact))
}

/// Indices of verdicts that agree: those that accept by the path they take first, and those that reject.
fn groups(verdicts: &[EngineVerdict]) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let kind = |it: &EngineVerdict| (!it.accepts, it.chains.first().cloned().unwrap_or_default());
    for (index, verdict) in verdicts.iter().enumerate() {
        let same = |group: &&mut Vec<usize>| {
            group.first().and_then(|first| verdicts.get(*first)).is_some_and(|first| kind(first) == kind(verdict))
        };
        match groups.iter_mut().find(same) {
            Some(group) => group.push(index),
            None => groups.push(vec![index]),
        }
    }
    // Who accepts comes first, whoever was asked first.
    let accepts = |group: &[usize]| group.first().and_then(|first| verdicts.get(*first)).is_some_and(|it| it.accepts);
    let (mut sorted, rejecting): (Vec<_>, Vec<_>) = groups.into_iter().partition(|group| accepts(group));
    sorted.extend(rejecting);
    sorted
}

fn group(
    report: &Report,
    chain: usize,
    verdicts: &[EngineVerdict],
    group: &[usize],
    asked: Option<Asked>,
    act: &Callback<Action>,
) -> Html {
    let Some(first) = group.first().and_then(|first| verdicts.get(*first)) else { return Html::default() };
    let word = if first.accepts { words::ACCEPTED } else { words::REJECTED };
    let path = first.chains.first().map(|path| path_in_words(report, path));
    let chips = group.iter().filter_map(|&engine| {
        let pressed = asked.is_some_and(|asked| asked.engine == engine);
        Some(chip(verdicts.get(engine)?, Asked { chain, engine, step: None }, pressed, act))
    });
    markup!(
        "<div class='rl-group' data-verdict={}>
            <p class='rl-group__verdict'>{}<span><strong>{}</strong>{}</span></p>
            <ul>{}</ul>
        </div>",
        word,
        icon::icon(if first.accepts { icon::TICK } else { icon::CROSS }),
        word,
        path.map(|path| markup!("<small>{}</small>", path)),
        chips.collect::<Vec<_>>(),
    )
}

/// A verifier with the products that verify as it does.
fn chip(verdict: &EngineVerdict, asked: Asked, pressed: bool, act: &Callback<Action>) -> Html {
    let products = preset::ALL.iter().filter(|preset| preset.engine_name() == verdict.engine);
    let products = products.map(|preset| words::product_short(*preset)).collect::<Vec<_>>().join(", ");
    let stopped = verdict.stopped.then(|| words::STOPPED.to_owned());
    let notes: Vec<String> = stopped.into_iter().chain([products]).filter(|note| !note.is_empty()).collect();
    markup!(
        "<li key={}>
            <button type='button' class='rl-engine' data-engine={} data-verdict={} aria-pressed={} onclick={}>
                <strong>{}</strong><span class='rl-offscreen'>{}</span>{}
            </button>
        </li>",
        verdict.engine,
        verdict.engine,
        if verdict.accepts { words::ACCEPTED } else { words::REJECTED },
        truth(pressed),
        does(act, Action::EngineAsked((!pressed).then_some(asked))),
        words::engine(verdict.engine),
        words::says(verdict.accepts),
        list(each(&notes, |note| markup!("<small>{}</small>", note))),
    )
}

//! The gates of an OpenZiti router, release by release: why TLS passes and the session is refused, and what an upgrade
//! would change.

use yew::prelude::*;

use super::certificate_link::links;
use super::icon;
use super::markup::{each, markup};
use super::words::acceptance as words;
use crate::report::{Gate, GateKind, Passage, Report};

/// Anchors named at once; the rest are folded away.
const SHOWN: usize = 3;

/// The gates of a router that sampled the peer which leads the page; nothing without a peer or a client.
pub(crate) fn gates(report: &Report) -> Option<Html> {
    let gates: Vec<&Gate> = report.gates.iter().filter(|gate| Some(&gate.peer) == report.focus.as_ref()).collect();
    gates.first().filter(|gate| !gate.clients.is_empty())?;
    let sentences = sentences(&gates);
    Some(markup!(
        "<section class='rl-section rl-gates' data-testid='gates' aria-labelledby='rl-gates'>
            <h2 id='rl-gates'>{}</h2>
            <p class='rl-hint'>{}</p>
            <ul>{}</ul>
            <ol class='rl-gates__list'>{}</ol>
        </section>",
        words::GATES,
        words::GATES_LEAD,
        each(&sentences, |sentence| markup!("<li>{}</li>", sentence)),
        each(&gates, |gate| self::gate(report, gate)),
    ))
}

/// What a reader should take from the table.
fn sentences(gates: &[&Gate]) -> Vec<String> {
    let of = |kind| gates.iter().find(|gate| gate.gate == kind);
    let (Some(tls), Some(last), Some(newest)) = (of(GateKind::Tls), of(GateKind::V2), of(GateKind::V3)) else {
        return Vec::new();
    };
    let mut sentences = Vec::new();
    for (index, passage) in tls.clients.iter().enumerate().filter(|(_, passage)| passage.accepts) {
        let refuses = |gate: &&&Gate| gate.clients.get(index).is_some_and(|it| !it.accepts);
        let releases: Vec<&str> = gates.iter().filter(refuses).map(|gate| gate.releases).collect();
        if !releases.is_empty() {
            sentences.push(words::refused_later(&passage.client, &releases));
        }
    }
    let gained = newest.clients.iter().zip(&last.clients).filter(|(new, old)| new.accepts && !old.accepts);
    let gained: Vec<&str> = gained.map(|(new, _)| new.client.as_str()).collect();
    if !gained.is_empty() {
        sentences.push(words::upgrade(&gained, newest.releases));
    }
    let agree = |passage: &[&Passage]| passage.windows(2).all(|pair| matches!(pair, [a, b] if a.accepts == b.accepts));
    let rows = (0..tls.clients.len()).map(|index| gates.iter().filter_map(|gate| gate.clients.get(index)).collect());
    if rows.into_iter().all(|row: Vec<&Passage>| agree(&row)) {
        sentences.push(words::GATES_AGREE.to_owned());
    }
    sentences
}

fn gate(report: &Report, gate: &Gate) -> Html {
    markup!(
        "<li class='rl-gate' data-gate={}>
            <h3>{}<small>{}</small></h3>
            <p>{}</p>
            <div><strong>{}</strong>{}</div>
            <dl>{}</dl>
        </li>",
        words::gate_id(gate.gate),
        if gate.gate == GateKind::Tls { words::GATE_TLS } else { words::GATE_SESSION },
        gate.releases,
        gate.rule,
        if gate.anchors.is_empty() { words::NOBODY_TRUSTED } else { words::TRUSTS },
        links(report, &gate.anchors, SHOWN),
        each(&gate.clients, client),
    )
}

fn client(passage: &Passage) -> Html {
    let word = if passage.accepts { words::ACCEPTED } else { words::REJECTED };
    markup!(
        "<div data-verdict={} title={}><dt>{}</dt><dd>{}{}</dd></div>",
        word,
        (!passage.reason.is_empty()).then_some(&passage.reason),
        &passage.client,
        icon::icon(if passage.accepts { icon::TICK } else { icon::CROSS }),
        word,
    )
}

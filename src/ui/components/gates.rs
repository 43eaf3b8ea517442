//! The gates of an OpenZiti router, release by release: why TLS passes and the session is refused, and what an upgrade
//! would change.

use yew::prelude::*;

use super::certificate_link::CertificateLinks;
use super::fold::Fold;
use crate::report::{Gate, GateKind, GateVerdict, Report};
use crate::ui::icon;
use crate::ui::shared::Shared;
use crate::ui::state::Action;
use crate::ui::words::acceptance as words;

/// Anchors named at once; the rest are folded away.
const SHOWN_ANCHORS: usize = 3;

#[derive(Properties, PartialEq)]
pub(crate) struct GatesProps {
    pub(crate) report: Shared<Report>,
    pub(crate) on_action: Callback<Action>,
}

/// The gates of a router that sampled the peer which leads the page; nothing without a peer or a client. The line says
/// what a reader should take from them.
#[component]
pub(crate) fn Gates(props: &GatesProps) -> Html {
    let GatesProps { report, on_action } = props;
    let gates: Vec<&Gate> = report.gates.iter().filter(|gate| Some(&gate.peer) == report.focus.as_ref()).collect();
    if gates.first().is_none_or(|gate| gate.clients.is_empty()) {
        return Html::default();
    }
    html! {
        <Fold id="rl-gates" testid="gates" class="rl-gates" heading={words::GATES}
            summary={summary(&gates).join(" ")} is_open={false}>
            <p class="rl-hint">{ words::GATES_LEAD }</p>
            <ol class="rl-gates__list">
                for gate in &gates {
                    { gate_item(report, gate, on_action) }
                }
            </ol>
        </Fold>
    }
}

/// What a reader should take from the table, in sentences.
fn summary(gates: &[&Gate]) -> Vec<String> {
    let find = |kind: GateKind| gates.iter().copied().find(|gate| gate.gate == kind);
    let (Some(tls), Some(last), Some(newest)) = (find(GateKind::Tls), find(GateKind::V2), find(GateKind::V3)) else {
        return Vec::new();
    };
    let mut sentences = refused_after_tls(gates, tls);
    sentences.extend(gained_by_upgrade(last, newest));
    if all_gates_agree(gates) {
        sentences.push(words::GATES_AGREE.to_owned());
    }
    sentences
}

/// For each client that TLS lets in: the releases that refuse its session.
fn refused_after_tls(gates: &[&Gate], tls: &Gate) -> Vec<String> {
    let mut sentences = Vec::new();
    for (client, passage) in tls.clients.iter().enumerate().filter(|(_, passage)| passage.accepts) {
        let refuses = |gate: &&&Gate| gate.clients.get(client).is_some_and(|passage| !passage.accepts);
        let releases: Vec<&str> = gates.iter().filter(refuses).map(|gate| &*gate.releases).collect();
        if !releases.is_empty() {
            sentences.push(words::refused_later(&passage.client, &releases));
        }
    }
    sentences
}

/// The clients that the newest gate lets in and the one before refuses.
fn gained_by_upgrade(last: &Gate, newest: &Gate) -> Option<String> {
    let passages = newest.clients.iter().zip(&last.clients);
    let gained: Vec<&str> =
        passages.filter(|(new, old)| new.accepts && !old.accepts).map(|(new, _)| new.client.as_str()).collect();
    (!gained.is_empty()).then(|| words::upgrade(&gained, &newest.releases))
}

fn all_gates_agree(gates: &[&Gate]) -> bool {
    let verdicts = |gate: &Gate| gate.clients.iter().map(|passage| passage.accepts).collect::<Vec<_>>();
    gates.windows(2).all(|pair| matches!(pair, [one, next] if verdicts(one) == verdicts(next)))
}

fn gate_item(report: &Shared<Report>, gate: &Gate, on_action: &Callback<Action>) -> Html {
    html! {
        <li class="rl-gate" data-gate={words::gate_id(gate.gate)}>
            <h3>
                { if gate.gate == GateKind::Tls { words::GATE_TLS } else { words::GATE_SESSION } }
                <small>{ &*gate.releases }</small>
            </h3>
            <p>{ &*gate.rule }</p>
            <div>
                <strong>{ if gate.anchors.is_empty() { words::NOBODY_TRUSTED } else { words::TRUSTS } }</strong>
                <CertificateLinks {report} certificates={gate.anchors.clone()} shown={SHOWN_ANCHORS} {on_action} />
            </div>
            <dl>{ for gate.clients.iter().map(passage_row) }</dl>
        </li>
    }
}

fn passage_row(passage: &GateVerdict) -> Html {
    let word = words::verdict_name(passage.accepts);
    html! {
        <div data-verdict={word} title={(!passage.reason.is_empty()).then(|| passage.reason.clone())}>
            <dt>{ &passage.client }</dt>
            <dd>{ icon::verdict(passage.accepts) }{ word }</dd>
        </div>
    }
}

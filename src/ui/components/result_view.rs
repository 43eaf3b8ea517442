//! The page once something is loaded: the question, the answer, and what stands behind it; and the sheet with a
//! certificate's details.

use std::rc::Rc;

use yew::prelude::*;

use super::acceptance::Acceptance;
use super::answer_card::AnswerCard;
use super::certificate_panel::CertificatePanel;
use super::client_matrix::ClientMatrix;
use super::export_panel::ExportPanel;
use super::findings::Findings;
use super::gates::Gates;
use super::headline::HeadlineView;
use super::pools::Pools;
use super::question::Question;
use super::received_bar::ReceivedBar;
use super::root_pool::RootPool;
use super::share_panel::SharePanel;
use super::sources::Sources;
use super::timeline::TimelineView;
use crate::choices::Choices;
use crate::report::{Lens, Report};
use crate::ui::browser;
use crate::ui::graph::{GraphView, Trace};
use crate::ui::inspection::{Inspection, Orders};
use crate::ui::shared::Shared;
use crate::ui::state::{Action, Panel, Received, VerdictSelection, View};

/// What was found, and what of it is looked at.
#[derive(Properties, PartialEq)]
pub(crate) struct ResultViewProps {
    /// Everything that was found.
    pub(crate) report: Shared<Report>,
    /// What is known besides: what a link carries, and what was found later.
    pub(crate) inspection: Inspection,
    /// What is looked at.
    pub(crate) view: View,
    /// What the user chose, which the report may not follow yet.
    pub(crate) choices: Choices,
    /// The report follows what was chosen.
    pub(crate) is_current: bool,
    /// What came with the link that was opened.
    pub(crate) received: Option<Rc<Received>>,
    /// Gets what the user does.
    pub(crate) on_action: Callback<Action>,
    /// What the inspector can be asked for.
    pub(crate) orders: Orders,
}

/// Of a result without certificates, only what there is to say of its files.
#[component]
pub(crate) fn ResultView(props: &ResultViewProps) -> Html {
    let ResultViewProps { report, inspection, view, choices, is_current, received, on_action, orders } = props;
    let Orders { on_open, on_download, on_width, .. } = orders;
    let has_certificates = !report.certificates.is_empty();
    let is_router = report.answer.lens == Lens::Router;
    html! {
        <>
            <main class="rl-result" id="rl-main" aria-busy={(!is_current).to_string()}>
                if let Some(received) = received.as_deref().filter(|_| !browser::embedded()) {
                    <ReceivedBar received={received.clone()} at={choices.at} {on_action} />
                }
                { open_panel(props) }
                <Question {report} choices={choices.clone()} chain={view.chain.clone()} {on_action} />
                { answer(props) }
                if let Some(drawing) = inspection.drawing.clone().filter(|_| has_certificates) {
                    <GraphView {report} {drawing} {on_width} selection={view.selection} trace={trace(report, view.verdict)} {on_action} />
                }
                { pools_of_router(props) }
                <div class="rl-parts">
                    if is_router {
                        <Gates {report} {on_action} />
                        { findings(props) }
                    }
                    if has_certificates {
                        { verdicts(props) }
                    }
                    if !is_router {
                        { findings(props) }
                    }
                    <Sources {report} chosen={choices.roles.clone()} locked={inspection.locked.clone()} {on_action} {on_open} />
                    if !is_router {
                        <RootPool {report} open_clients={view.open_clients.clone()} {on_action} {on_download} />
                    }
                </div>
            </main>
            if let Some(certificate) = view.selection {
                <CertificatePanel {report} {certificate} {on_action} {on_download} />
            }
        </>
    }
}

/// What is offered above the result, if anything.
fn open_panel(props: &ResultViewProps) -> Html {
    let ResultViewProps { report, inspection, view, on_action, orders, .. } = props;
    match view.panel {
        Some(Panel::Share) => {
            html! { <SharePanel {report} link={inspection.link.clone()} note={view.note.clone()} {on_action} /> }
        }
        Some(Panel::Export) => {
            html! { <ExportPanel {on_action} on_download={&orders.on_download} /> }
        }
        None => Html::default(),
    }
}

/// The answer to the question that leads.
fn answer(props: &ResultViewProps) -> Html {
    let ResultViewProps { report, inspection, view, on_action, orders, .. } = props;
    let Orders { on_open, on_download, .. } = orders;
    match report.answer.lens {
        Lens::Chains => html! {
            <AnswerCard {report} chain={view.chain.clone()} locked={inspection.locked.clone()} {on_action} {on_open}
                {on_download} />
        },
        Lens::Router => html! { <div data-testid="answer"><HeadlineView {report} {on_action} /></div> },
    }
}

/// What a router derives, and whom that costs, where that is the question.
fn pools_of_router(props: &ResultViewProps) -> Html {
    let ResultViewProps { report, view, on_action, orders, .. } = props;
    let on_download = &orders.on_download;
    if report.answer.lens != Lens::Router || report.certificates.is_empty() {
        return Html::default();
    }
    html! {
        <>
            <Pools {report} {on_action} {on_download} />
            <ClientMatrix {report} open_clients={view.open_clients.clone()} {on_action} />
        </>
    }
}

/// In the router's lens the findings lead; elsewhere the answer has told most of them.
fn findings(props: &ResultViewProps) -> Html {
    let ResultViewProps { report, on_action, .. } = props;
    if report.certificates.is_empty() && report.findings.is_empty() {
        return Html::default();
    }
    html! { <Findings {report} {on_action} /> }
}

/// Who would accept each chain, and until when.
fn verdicts(props: &ResultViewProps) -> Html {
    let ResultViewProps { report, inspection, choices, view, on_action, .. } = props;
    let found = &inspection.on_demand;
    html! {
        <>
            <Acceptance {report} selected={view.verdict} explanations={&found.explanations} {on_action} />
            if let Some(timeline) = &found.timeline {
                <TimelineView {report} {timeline} at={choices.at} chain={view.timeline_chain} {on_action} />
            }
        </>
    }
}

/// What the verifier that is looked at leaves to see in the graph: the step of its search that is followed, else its
/// path, else the step at which it gave up.
fn trace(report: &Report, selected: Option<VerdictSelection>) -> Option<Trace> {
    let selected = selected?;
    let verdict = report.verdicts_by_chain().nth(selected.chain)?.get(selected.engine)?;
    let attempt = match (selected.step, verdict.chains.first()) {
        (None, Some(path)) => return Some(Trace { path: path.clone(), candidate: None, taken: true }),
        (None, None) => verdict.trail.last()?,
        (Some(step), _) => verdict.trail.get(step)?,
    };
    Some(Trace { path: attempt.path.clone(), candidate: attempt.candidate, taken: attempt.rejection.is_none() })
}

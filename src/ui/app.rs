//! The whole page: header, landing or result, and the sheet with a certificate's details.

use std::rc::Rc;

use yew::prelude::*;

use super::browser;
use super::browser::events::use_window_events;
use super::browser::focus::{use_focus_anchor, use_heading_focus, use_sheet_focus};
use super::components::acceptance::Acceptance;
use super::components::certificate_panel::{CertificatePanel, TITLE_ID};
use super::components::client_matrix::ClientMatrix;
use super::components::export_panel::ExportPanel;
use super::components::findings::Findings;
use super::components::gates::Gates;
use super::components::header::Header;
use super::components::headline::HeadlineView;
use super::components::landing::Landing;
use super::components::pools::Pools;
use super::components::refusals::Refusals;
use super::components::share_panel::SharePanel;
use super::components::sources::Sources;
use super::components::timeline::TimelineView;
use super::download::Download;
use super::graph::{GraphView, Trace};
use super::icon;
use super::inspection::{Inspection, use_inspection};
use super::shared::Shared;
use super::state::{Action, Intake, Panel, State};
use super::theme::{Theme, use_theme};
use super::words::landing as words;
use crate::report::Report;

/// Keeps the state, has the inspector follow it, and shows what both say.
#[component]
pub(crate) fn App() -> Html {
    let state = use_reducer(|| State::new(browser::now(), Theme::remembered()));
    use_theme(state.theme);
    use_sheet_focus(state.selection, TITLE_ID);
    let anchor = use_focus_anchor();
    let on_action = {
        let anchor = Rc::clone(&anchor);
        use_callback(state.dispatcher(), move |action, dispatcher| {
            anchor.hold();
            dispatcher.dispatch(action);
        })
    };
    let inspection = use_inspection(&state, &on_action, &anchor);
    let on_download = use_download(&inspection);
    use_heading_focus(inspection.report.is_some());
    use_window_events(&on_action);

    let content = match &inspection.report {
        Some(report) => result(&state, report, &inspection, &on_action, &on_download),
        None if browser::embedded() => nothing(),
        None => html! { <Landing is_reading={state.intake.is_reading()} on_action={&on_action} /> },
    };
    html! {
        <div>
            if !browser::embedded() {
                <Header report={inspection.report.clone()} at={state.choices.at} panel={state.panel} theme={state.theme}
                    on_action={&on_action} />
            }
            if !state.refusals.is_empty() {
                <Refusals refusals={Rc::clone(&state.refusals)} {on_action} />
            }
            { status(&state.intake) }
            { content }
            if state.dragging {
                <div class="rl-drop" aria-hidden="true"><p>{ icon::icon(icon::DROP) }{ words::DROP }</p></div>
            }
        </div>
    }
}

/// Saves files that are made of the newest report.
#[hook]
fn use_download(inspection: &Inspection) -> Callback<Download> {
    use_callback((inspection.report.clone(), inspection.content.clone()), |download: Download, (report, content)| {
        if let (Some(report), Some(content)) = (report, content) {
            download.save(report, content);
        }
    })
}

/// A frame that waits for files.
fn nothing() -> Html {
    html! { <main class="rl-boot" id="rl-main"><p>{ words::NOTHING_YET }</p></main> }
}

/// Says aloud that reading goes on, and that it is done.
fn status(intake: &Intake) -> Html {
    let (class, words) = match intake {
        Intake::Reading { .. } => ("rl-status", words::READING),
        Intake::Ready(_) => ("rl-status rl-offscreen", words::DONE),
        Intake::Empty | Intake::Failed => ("rl-status rl-offscreen", ""),
    };
    html! { <p {class} role="status">{ words }</p> }
}

/// The page once something is loaded, in order of prominence.
fn result(
    state: &State,
    report: &Shared<Report>,
    inspection: &Inspection,
    on_action: &Callback<Action>,
    on_download: &Callback<Download>,
) -> Html {
    let has_certificates = !report.certificates.is_empty();
    let chosen: Vec<usize> = state.choices.roles.keys().copied().collect();
    html! {
        <>
            <main class="rl-result" id="rl-main">
                { panel(state.panel, report, inspection, on_action, on_download) }
                <HeadlineView {report} {on_action} />
                if has_certificates {
                    <GraphView {report} selection={state.selection} trace={trace(state, report)} {on_action} />
                    <Pools {report} {on_action} {on_download} />
                    <ClientMatrix {report} open_clients={state.open_clients.clone()} {on_action} />
                }
                if has_certificates || !report.findings.is_empty() {
                    <Findings {report} {on_action} />
                }
                if has_certificates {
                    { verdicts(state, report, inspection, on_action) }
                }
                <Gates {report} {on_action} />
                <Sources {report} {chosen} {on_action} />
            </main>
            if let Some(certificate) = state.selection {
                <CertificatePanel {report} {certificate} {on_action} {on_download} />
            }
        </>
    }
}

/// What is offered above the result, if anything.
fn panel(
    panel: Option<Panel>,
    report: &Shared<Report>,
    inspection: &Inspection,
    on_action: &Callback<Action>,
    on_download: &Callback<Download>,
) -> Html {
    match (panel, &inspection.content) {
        (Some(Panel::Share), Some(content)) => html! { <SharePanel {report} {content} {on_action} /> },
        (Some(Panel::Export), _) => html! { <ExportPanel {on_action} {on_download} /> },
        _ => Html::default(),
    }
}

/// Who would accept each chain, and until when.
fn verdicts(state: &State, report: &Shared<Report>, inspection: &Inspection, on_action: &Callback<Action>) -> Html {
    let on_demand = &inspection.on_demand;
    html! {
        <>
            <Acceptance {report} selected={state.verdict} explanations={&on_demand.explanations} {on_action} />
            if let Some(timeline) = &on_demand.timeline {
                <TimelineView {report} {timeline} chain={state.timeline_chain} {on_action} />
            }
        </>
    }
}

/// What the verifier that is looked at leaves to see in the graph: the step of its search that is followed, else its
/// path, else the step at which it gave up.
fn trace(state: &State, report: &Report) -> Option<Trace> {
    let selected = state.verdict?;
    let verdict = report.verdicts_by_chain().nth(selected.chain)?.get(selected.engine)?;
    let attempt = match (selected.step, verdict.chains.first()) {
        (None, Some(path)) => return Some(Trace { path: path.clone(), candidate: None, taken: true }),
        (None, None) => verdict.trail.last()?,
        (Some(step), _) => verdict.trail.get(step)?,
    };
    Some(Trace { path: attempt.path.clone(), candidate: attempt.candidate, taken: attempt.rejection.is_none() })
}

//! The page once something is loaded: its parts in order of prominence, and the sheet with a certificate's details.

use yew::prelude::*;

use super::acceptance::Acceptance;
use super::certificate_panel::CertificatePanel;
use super::client_matrix::ClientMatrix;
use super::export_panel::ExportPanel;
use super::findings::Findings;
use super::gates::Gates;
use super::headline::HeadlineView;
use super::pools::Pools;
use super::share_panel::SharePanel;
use super::sources::Sources;
use super::timeline::TimelineView;
use crate::report::Report;
use crate::share::Content;
use crate::ui::download::Download;
use crate::ui::graph::{GraphView, Trace};
use crate::ui::inspection::OnDemand;
use crate::ui::shared::Shared;
use crate::ui::state::{Action, Panel, VerdictSelection};

/// What was found, and what of it is looked at.
#[derive(Properties, PartialEq)]
pub(crate) struct ResultViewProps {
    /// Everything that was found.
    pub(crate) report: Shared<Report>,
    /// What a link to the report carries.
    pub(crate) content: Option<Shared<Content>>,
    /// What is found out after the report.
    pub(crate) on_demand: OnDemand,
    /// Indices of the sources whose roles the user chose.
    pub(crate) chosen: Vec<usize>,
    /// The certificate whose details are shown.
    pub(crate) selection: Option<usize>,
    /// The verdict that is looked at.
    pub(crate) verdict: Option<VerdictSelection>,
    /// Number of the chain whose time line is shown.
    pub(crate) timeline_chain: usize,
    /// Indices of the clients whose reasons are shown.
    pub(crate) open_clients: Vec<usize>,
    /// What is offered above the result, if anything.
    pub(crate) panel: Option<Panel>,
    /// Gets what the user does.
    pub(crate) on_action: Callback<Action>,
    /// Gets what the user saves.
    pub(crate) on_download: Callback<Download>,
}

/// Of a result without certificates, only what there is to say of its files.
#[component]
pub(crate) fn ResultView(props: &ResultViewProps) -> Html {
    let ResultViewProps { report, on_demand, verdict, on_action, on_download, .. } = props;
    let has_certificates = !report.certificates.is_empty();
    html! {
        <>
            <main class="rl-result" id="rl-main">
                <OpenPanel panel={props.panel} {report} content={props.content.clone()} {on_action} {on_download} />
                <HeadlineView {report} {on_action} />
                if has_certificates {
                    <GraphView {report} selection={props.selection} trace={trace(report, *verdict)} {on_action} />
                    <Pools {report} {on_action} {on_download} />
                    <ClientMatrix {report} open_clients={props.open_clients.clone()} {on_action} />
                }
                if has_certificates || !report.findings.is_empty() {
                    <Findings {report} {on_action} />
                }
                if has_certificates {
                    <Verdicts {report} on_demand={on_demand.clone()} selected={*verdict}
                        timeline_chain={props.timeline_chain} {on_action} />
                }
                <Gates {report} {on_action} />
                <Sources {report} chosen={props.chosen.clone()} {on_action} />
            </main>
            if let Some(certificate) = props.selection {
                <CertificatePanel {report} {certificate} {on_action} {on_download} />
            }
        </>
    }
}

#[derive(Properties, PartialEq)]
struct OpenPanelProps {
    panel: Option<Panel>,
    report: Shared<Report>,
    content: Option<Shared<Content>>,
    on_action: Callback<Action>,
    on_download: Callback<Download>,
}

/// What is offered above the result, if anything.
#[component]
fn OpenPanel(props: &OpenPanelProps) -> Html {
    let OpenPanelProps { panel, report, content, on_action, on_download } = props;
    match (panel, content) {
        (Some(Panel::Share), Some(content)) => html! { <SharePanel {report} {content} {on_action} /> },
        (Some(Panel::Export), _) => html! { <ExportPanel {on_action} {on_download} /> },
        _ => Html::default(),
    }
}

#[derive(Properties, PartialEq)]
struct VerdictsProps {
    report: Shared<Report>,
    on_demand: OnDemand,
    /// The verdict that is looked at.
    selected: Option<VerdictSelection>,
    /// Number of the chain whose time line is shown.
    timeline_chain: usize,
    on_action: Callback<Action>,
}

/// Who would accept each chain, and until when.
#[component]
fn Verdicts(props: &VerdictsProps) -> Html {
    let VerdictsProps { report, on_demand, selected, timeline_chain, on_action } = props;
    html! {
        <>
            <Acceptance {report} selected={*selected} explanations={&on_demand.explanations} {on_action} />
            if let Some(timeline) = &on_demand.timeline {
                <TimelineView {report} {timeline} chain={*timeline_chain} {on_action} />
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

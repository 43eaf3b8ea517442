//! The page once something is loaded, in order of prominence.

use yew::prelude::*;

use super::certificate_panel::CertificatePanel;
use super::client_matrix::ClientMatrix;
use super::engines::Engines;
use super::findings::Findings;
use super::graph_view::GraphView;
use super::headline::Headline;
use super::pools::Pools;
use super::shared::Shared;
use super::sources::Sources;
use crate::report::Report;

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub(crate) report: Shared<Report>,
    pub(crate) selection: Option<usize>,
    /// Indices of the sources whose roles the user chose.
    pub(crate) chosen_roles: Vec<usize>,
}

#[component]
pub(crate) fn ResultView(props: &Props) -> Html {
    let report = &props.report;
    html! {
        <>
            <main class="rl-result" id="rl-main">
                <Headline {report} />
                if !report.certificates.is_empty() {
                    <GraphView {report} selection={props.selection} />
                    <Pools {report} />
                    <ClientMatrix {report} />
                    <Findings {report} />
                    <Engines {report} />
                } else if !report.findings.is_empty() {
                    <Findings {report} />
                }
                <Sources {report} chosen={props.chosen_roles.clone()} />
            </main>
            if let Some(certificate) = props.selection {
                <CertificatePanel {report} {certificate} />
            }
        </>
    }
}

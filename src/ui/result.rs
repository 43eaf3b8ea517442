//! The page once something is loaded, in order of prominence.

use yew::prelude::*;

use super::certificate_panel::CertificatePanel;
use super::client_matrix::client_matrix;
use super::engines::engines;
use super::findings::findings;
use super::graph_view::GraphView;
use super::headline::headline;
use super::pools::pools;
use super::shared::Shared;
use super::sources::sources;
use super::state::Action;
use crate::report::Report;

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub(crate) report: Shared<Report>,
    pub(crate) selection: Option<usize>,
    /// Indices of the sources whose roles the user chose.
    pub(crate) chosen_roles: Vec<usize>,
    pub(crate) act: Callback<Action>,
}

/// A component, so that what does not touch the result (a file dragged over the page) does not draw it again. Its
/// parts are functions: each component adds four kilobytes to the program, and these have no state of their own.
#[component]
pub(crate) fn ResultView(props: &Props) -> Html {
    let Props { report, selection, chosen_roles, act } = props;
    html! {
        <>
            <main class="rl-result" id="rl-main">
                { headline(report, act) }
                if !report.certificates.is_empty() {
                    <GraphView {report} selection={*selection} {act} />
                    { pools(report) }
                    { client_matrix(report) }
                    { findings(report) }
                    { engines(report) }
                } else if !report.findings.is_empty() {
                    { findings(report) }
                }
                { sources(report, chosen_roles, act) }
            </main>
            if let Some(certificate) = *selection {
                <CertificatePanel {report} {certificate} {act} />
            }
        </>
    }
}

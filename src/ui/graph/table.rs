//! The drawing as a table: one row per certificate, the same words.

use yew::prelude::*;

use crate::report::Report;
use crate::scene::{Scene, TableRow};
use crate::ui::components::certificate_link::CertificateLink;
use crate::ui::shared::Shared;
use crate::ui::state::Action;
use crate::ui::words::result as words;

#[derive(Properties, PartialEq)]
pub(crate) struct GraphTableProps {
    pub(crate) report: Shared<Report>,
    pub(crate) scene: Shared<Scene>,
    pub(crate) on_action: Callback<Action>,
}

#[component]
pub(crate) fn GraphTable(props: &GraphTableProps) -> Html {
    let GraphTableProps { report, scene, on_action } = props;
    html! {
        <div class="rl-scroll" tabindex="0" role="group" aria-label={scene.title.clone()}>
            <table class="rl-issuers__table" aria-labelledby="rl-graph">
                <thead>
                    <tr>
                        for heading in words::table(report.answer.lens) {
                            <th scope="col">{ heading }</th>
                        }
                    </tr>
                </thead>
                <tbody>{ for scene.table.iter().map(|row| table_row(report, row, on_action)) }</tbody>
            </table>
        </div>
    }
}

fn table_row(report: &Shared<Report>, row: &TableRow, on_action: &Callback<Action>) -> Html {
    html! {
        <tr key={row.certificate}>
            <th scope="row"><CertificateLink {report} certificate={row.certificate} {on_action} /></th>
            <td>{ &row.role }</td>
            <td>{ &row.issued_by }</td>
            <td>{ &row.evidence }</td>
            <td>{ &row.validity }</td>
            <td>{ &row.pools }</td>
        </tr>
    }
}

//! The drawing as a table: one row per certificate, the same words.

use yew::prelude::*;

use super::certificate_link::CertificateLink;
use super::shared::Shared;
use crate::report::Report;
use crate::scene::{Scene, TableRow};

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub(crate) report: Shared<Report>,
    pub(crate) scene: Shared<Scene>,
}

#[component]
pub(crate) fn GraphTable(props: &Props) -> Html {
    html! {
        <div class="rl-scroll" tabindex="0" role="group" aria-label={props.scene.title.clone()}>
            <table class="rl-issuers__table">
                <thead>
                    <tr>
                        for heading in ["certificate", "part", "issued by", "evidence", "validity", "pools"] {
                            <th scope="col">{ heading }</th>
                        }
                    </tr>
                </thead>
                <tbody>{ for props.scene.table.iter().map(|it| row(&props.report, it)) }</tbody>
            </table>
        </div>
    }
}

fn row(report: &Shared<Report>, row: &TableRow) -> Html {
    html! {
        <tr key={row.certificate}>
            <th scope="row"><CertificateLink {report} certificate={row.certificate} /></th>
            <td>{ &row.role }</td>
            <td>{ &row.issued_by }</td>
            <td>{ &row.evidence }</td>
            <td>{ &row.validity }</td>
            <td>{ &row.pools }</td>
        </tr>
    }
}

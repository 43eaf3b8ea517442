//! The drawing as a table: one row per certificate, the same words.

use yew::prelude::*;

use super::certificate_link::link;
use crate::report::Report;
use crate::scene::{Scene, TableRow};

pub(crate) fn graph_table(report: &Report, scene: &Scene) -> Html {
    html! {
        <div class="rl-scroll" tabindex="0" role="group" aria-label={scene.title.clone()}>
            <table class="rl-issuers__table">
                <thead>
                    <tr>
                        for heading in ["certificate", "part", "issued by", "evidence", "validity", "pools"] {
                            <th scope="col">{ heading }</th>
                        }
                    </tr>
                </thead>
                <tbody>{ for scene.table.iter().map(|it| row(report, it)) }</tbody>
            </table>
        </div>
    }
}

fn row(report: &Report, row: &TableRow) -> Html {
    html! {
        <tr key={row.certificate}>
            <th scope="row">{ link(report, row.certificate) }</th>
            <td>{ &row.role }</td>
            <td>{ &row.issued_by }</td>
            <td>{ &row.evidence }</td>
            <td>{ &row.validity }</td>
            <td>{ &row.pools }</td>
        </tr>
    }
}

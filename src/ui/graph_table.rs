//! The drawing as a table: one row per certificate, the same words.

use yew::prelude::*;

use super::certificate_link::link;
use super::markup::{each, markup};
use super::words::result as words;
use crate::report::Report;
use crate::scene::{Scene, TableRow};

pub(crate) fn graph_table(report: &Report, scene: &Scene) -> Html {
    markup!(
        "<div class='rl-scroll' tabindex='0' role='group' aria-label={}>
            <table class='rl-issuers__table' aria-labelledby='rl-graph'>
                <thead>
                    <tr>{}</tr>
                </thead>
                <tbody>{}</tbody>
            </table>
        </div>",
        &scene.title,
        each(&words::TABLE, |head| markup!("<th scope='col'>{}</th>", *head)),
        each(&scene.table, |it| row(report, it)),
    )
}

fn row(report: &Report, row: &TableRow) -> Html {
    markup!(
        "<tr key={}><th scope='row'>{}</th><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>",
        row.certificate,
        link(report, row.certificate),
        &row.role,
        &row.issued_by,
        &row.evidence,
        &row.validity,
        &row.pools,
    )
}

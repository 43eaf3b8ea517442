//! The drawing as a table: one row per certificate, the same words; and a field that finds certificates in it.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::report::Report;
use crate::scene::{Scene, TableRow};
use crate::ui::components::certificate_link::CertificateLink;
use crate::ui::components::long_list::LongList;
use crate::ui::shared::Shared;
use crate::ui::state::Action;
use crate::ui::words::result as words;

/// Rows that are shown at a time.
const AT_A_TIME: usize = 100;

#[derive(Clone, Properties, PartialEq)]
pub(crate) struct GraphTableProps {
    pub(crate) report: Shared<Report>,
    pub(crate) scene: Shared<Scene>,
    pub(crate) on_action: Callback<Action>,
}

#[component]
pub(crate) fn GraphTable(props: &GraphTableProps) -> Html {
    let wanted = use_state_eq(String::new);
    let found = use_memo((props.scene.clone(), (*wanted).clone()), |(scene, wanted)| found(scene, wanted));
    let list = {
        let (props, found) = (props.clone(), found.clone());
        Callback::from(move |shown| table(&props, found.get(..shown).unwrap_or(&found)))
    };
    let oninput = {
        let wanted = wanted.setter();
        move |event: InputEvent| wanted.set(event.target_unchecked_into::<HtmlInputElement>().value())
    };
    html! {
        <>
            if AT_A_TIME < props.scene.table.len() {
                <label class="rl-find">
                    { words::FIND }
                    <input class="rl-input" type="search" value={(*wanted).clone()} {oninput} />
                </label>
            }
            if found.is_empty() {
                <p class="rl-empty">{ words::NONE_FOUND }</p>
            } else {
                <LongList length={found.len()} step={AT_A_TIME} {list} />
            }
        </>
    }
}

/// The rows that have this in the name of the certificate or of its issuer, whatever the case of its letters.
fn found(scene: &Scene, wanted: &str) -> Vec<usize> {
    let wanted = wanted.trim().to_lowercase();
    let has = |text: &str| text.to_lowercase().contains(&wanted);
    let rows = scene.table.iter().enumerate();
    rows.filter(|(_, row)| has(&row.name) || has(&row.issued_by)).map(|(index, _)| index).collect()
}

fn table(props: &GraphTableProps, rows: &[usize]) -> Html {
    let GraphTableProps { report, scene, on_action } = props;
    let rows = rows.iter().filter_map(|row| scene.table.get(*row));
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
                <tbody>{ for rows.map(|row| table_row(report, row, on_action)) }</tbody>
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

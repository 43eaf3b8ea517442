//! What a program would end up with that derives its own root pool from the chains: one sentence, and behind it all that
//! the router's lens shows.

use yew::prelude::*;

use super::client_matrix::ClientMatrix;
use super::fold::Fold;
use super::gates::Gates;
use super::peer_choice::PeerChoice;
use super::pools::Pools;
use crate::messages::Download;
use crate::report::Report;
use crate::ui::shared::Shared;
use crate::ui::state::Action;
use crate::ui::words::{self as general, result as words};
use crate::wording;

#[derive(Properties, PartialEq)]
pub(crate) struct RootPoolProps {
    pub(crate) report: Shared<Report>,
    /// Indices of the clients whose reasons are shown.
    pub(crate) open_clients: Vec<usize>,
    pub(crate) on_action: Callback<Action>,
    pub(crate) on_download: Callback<Download>,
}

/// Nothing where there is nothing to derive a pool from.
#[component]
pub(crate) fn RootPool(props: &RootPoolProps) -> Html {
    let RootPoolProps { report, open_clients, on_action, on_download } = props;
    let Some(sentence) = wording::pools_in_a_sentence(report) else { return Html::default() };
    html! {
        <Fold id="rl-root-pool" testid="divergence" heading={words::ROOT_POOL}
            summary={sentence.text(general::instant)} is_open={false}>
            if report.divergence.len() > 1 {
                <PeerChoice {report} {on_action} />
            }
            <Pools {report} {on_action} {on_download} />
            <ClientMatrix {report} open_clients={open_clients.clone()} {on_action} />
            <Gates {report} {on_action} />
        </Fold>
    }
}

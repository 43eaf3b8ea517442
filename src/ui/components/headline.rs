//! The answer in the router's lens in one sentence, and the choice of the controller that was asked.

use yew::prelude::*;

use super::peer_choice::PeerChoice;
use super::severity_badge::SeverityBadge;
use crate::report::Report;
use crate::ui::browser::focus::HEADING_ID;
use crate::ui::shared::Shared;
use crate::ui::state::Action;
use crate::ui::words;

#[derive(Properties, PartialEq)]
pub(crate) struct HeadlineViewProps {
    pub(crate) report: Shared<Report>,
    pub(crate) on_action: Callback<Action>,
}

#[component]
pub(crate) fn HeadlineView(props: &HeadlineViewProps) -> Html {
    let HeadlineViewProps { report, on_action } = props;
    let headline = &report.headline;
    html! {
        <section class="rl-headline" data-testid="divergence" data-severity={words::severity(headline.severity)}
            aria-labelledby={HEADING_ID}>
            <div class="rl-headline__words" aria-live="polite">
                <SeverityBadge severity={headline.severity} />
                <h1 id={HEADING_ID} tabindex="-1">{ &headline.sentence }</h1>
                if !headline.detail.is_empty() {
                    <p>{ &headline.detail }</p>
                }
            </div>
            if !report.divergence.is_empty() {
                <PeerChoice {report} {on_action} />
            }
        </section>
    }
}

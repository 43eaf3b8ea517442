//! The drawing over time: an as-of date that slides, how many verifiers accept, and validities as bars below.
//!
//! For those who do not see it, everything but the slider and the names is told by the list of changes.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::acceptance_step::{AcceptanceStep, accepting};
use super::certificate_link::CertificateLink;
use super::time_span::{DAY, STEP, TimeSpan};
use crate::report::{Certificate, Report, Timeline};
use crate::time::Timestamp;
use crate::ui::shared::Shared;
use crate::ui::state::Action;
use crate::ui::words::{self as general, acceptance as words};

/// Bars that are drawn; what a path needs is among the first.
const MAX_BARS: usize = 12;

/// Hundredths of a percent of the width in which a segment's words have room.
const ROOM_FOR_WORDS: i64 = 700;

/// Hundredths of a percent of the width below which a bar would not be seen.
const NARROWEST_BAR: i64 = 20;

#[derive(Properties, PartialEq)]
pub(crate) struct TimelineChartProps {
    pub(crate) report: Shared<Report>,
    pub(crate) timeline: Shared<Timeline>,
    /// The instant that was chosen.
    pub(crate) at: Timestamp,
    /// In order of time.
    pub(crate) steps: Shared<Vec<AcceptanceStep>>,
    pub(crate) on_action: Callback<Action>,
}

#[component]
pub(crate) fn TimelineChart(props: &TimelineChartProps) -> Html {
    let TimelineChartProps { report, timeline, at, steps, on_action } = props;
    let span = span_of(report, timeline, steps, *at);
    let certificates = timeline.certificates.iter().filter_map(|id| report.certificates.get(*id));
    html! {
        <div class="rl-time__grid">
            { slider(&span, on_action) }
            { acceptance_lane(timeline, steps, &span) }
            for certificate in certificates.take(MAX_BARS) {
                { validity_bar(report, certificate, &span, on_action) }
            }
            { axis(&span) }
        </div>
    }
}

/// From the first change to the last; without changes, the leaf's validity.
fn span_of(report: &Report, timeline: &Timeline, steps: &[AcceptanceStep], at: Timestamp) -> TimeSpan {
    let mut instants: Vec<Timestamp> = steps.iter().map(|step| step.at).collect();
    if instants.is_empty() {
        let leaf = timeline.certificates.first().and_then(|leaf| report.certificates.get(*leaf));
        instants.extend(leaf.iter().flat_map(|leaf| [leaf.not_before, leaf.not_after]));
    }
    TimeSpan::around(&instants, at)
}

fn slider(span: &TimeSpan, on_action: &Callback<Action>) -> Html {
    let on_action = on_action.clone();
    let oninput = move |event: InputEvent| {
        let input: HtmlInputElement = event.target_unchecked_into();
        if let Ok(seconds) = input.value().parse() {
            on_action.emit(Action::DateChosen(Timestamp(seconds)));
        }
    };
    html! {
        <>
            <label class="rl-time__label" for="rl-slide">
                { words::SLIDE }<small>{ general::instant(span.at) }</small>
            </label>
            <input id="rl-slide" class="rl-slide" type="range" data-testid="slide" min={span.from.0.to_string()}
                max={span.until.0.to_string()} step={STEP.to_string()}
                value={span.at.clamp(span.from, span.until).0.to_string()} aria-valuetext={general::instant(span.at)}
                {oninput} />
        </>
    }
}

/// How many verifiers accept, as steps: the higher the more.
fn acceptance_lane(timeline: &Timeline, steps: &[AcceptanceStep], span: &TimeSpan) -> Html {
    let engines = timeline.histories.len().max(1);
    let starts = steps.iter().map(|step| (step.at, step.accepting));
    let starts = std::iter::once((span.from, accepting(timeline, None))).chain(starts);
    let ends = steps.iter().map(|step| step.at).chain([span.until]);
    html! {
        <>
            <span class="rl-time__label">{ words::ACCEPTING }</span>
            <svg class="rl-track rl-track--verdicts" aria-hidden="true">
                for ((from, accepting), until) in starts.zip(ends) {
                    { segment(span.place(from), span.place(until), accepting, engines) }
                }
                { marker(span) }
            </svg>
        </>
    }
}

fn segment(left: i64, right: i64, accepting: usize, engines: usize) -> Html {
    let height = (accepting * 10_000 / engines) as i64;
    html! {
        <>
            <rect x={percent(left)} width={percent(right - left)} y={percent(10_000 - height)}
                height={percent(height)} />
            if right - left > ROOM_FOR_WORDS {
                <text x={percent((left + right) / 2)} y="50%" dominant-baseline="central" text-anchor="middle">
                    { words::portion(accepting, engines) }
                </text>
            }
        </>
    }
}

fn validity_bar(
    report: &Shared<Report>,
    certificate: &Certificate,
    span: &TimeSpan,
    on_action: &Callback<Action>,
) -> Html {
    let (left, right) = (span.place(certificate.not_before), span.place(certificate.not_after));
    let period = words::period(&certificate.not_before.date(), &certificate.not_after.date());
    html! {
        <>
            <div class="rl-time__label">
                <CertificateLink {report} certificate={certificate.id} {on_action} /><small>{ period }</small>
            </div>
            <svg class="rl-track" aria-hidden="true">
                <rect x={percent(left)} width={percent((right - left).max(NARROWEST_BAR))} y="20%" height="60%" />
                { marker(span) }
            </svg>
        </>
    }
}

/// The as-of date across a track.
fn marker(span: &TimeSpan) -> Html {
    let place = percent(span.place(span.at));
    html! { <line class="rl-now" x1={place.clone()} x2={place} y1="0" y2="100%" /> }
}

/// Five instants, the first and the last at the edges.
fn axis(span: &TimeSpan) -> Html {
    let anchors = ["start", "middle", "middle", "middle", "end"];
    html! {
        <svg class="rl-axis" aria-hidden="true">
            for (quarters, anchor) in (0..).zip(anchors) {
                <text x={percent(quarters * 2_500)} y="70%" text-anchor={anchor}>{ tick(span, quarters) }</text>
            }
        </svg>
    }
}

/// The day after so many quarters of the span; with its time of day where days are few.
fn tick(span: &TimeSpan, quarters: i64) -> String {
    let seconds = span.until.0 - span.from.0;
    let instant = Timestamp(span.from.0 + seconds / 4 * quarters);
    if seconds < 12 * DAY { general::short_instant(instant) } else { instant.date() }
}

/// `12.50%` of hundredths of a percent.
fn percent(hundredths: i64) -> String {
    format!("{}.{:02}%", hundredths / 100, hundredths % 100)
}

//! When a chain stops being accepted: validities as bars under the verdicts, an as-of date that slides, every change.

use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::acceptance::strips;
use super::browser;
use super::certificate_link::{link, more};
use super::effect::{does, when};
use super::markup::{each, markup};
use super::state::Action;
use super::words::{self as general, acceptance as words};
use crate::collection;
use crate::report::{Certificate, EngineVerdict, Report, Timeline};
use crate::time::Timestamp;

/// Seconds of a step of the slider.
const STEP: i64 = 3_600;

const DAY: i64 = 86_400;

/// Bars that are drawn; what a path needs is among the first.
const MAX_BARS: usize = 12;

/// `watched` is the number of the chain that `timeline` is about.
pub(crate) fn timeline(
    report: &Report,
    timeline: Option<&Timeline>,
    watched: usize,
    act: &Callback<Action>,
) -> Option<Html> {
    let timeline = timeline?;
    let strips = strips(report);
    let at = report.at;
    let changes = changes(timeline);
    let span = Span::of(&changes, report, timeline, at);
    Some(markup!(
        "<section class='rl-section rl-time' data-testid='timeline' aria-labelledby='rl-time'>
            <header class='rl-section__header'><h2 id='rl-time'>{}</h2>{}</header>
            <p class='rl-time__loss' data-testid='first-loss'>{}</p>
            <div class='rl-time__grid'>{}{}{}{}</div>
            {}
        </section>",
        words::TIME,
        (strips.len() > 1).then(|| choice(&strips, watched, act)),
        words::loss(report),
        slider(&span, at, act),
        lane(timeline, &changes, &span),
        bars(report, timeline, &span),
        axis(&span),
        list_of_changes(report, timeline, &changes, act),
    ))
}

/// The chain whose time line is shown.
fn choice(strips: &[&[EngineVerdict]], watched: usize, act: &Callback<Action>) -> Html {
    let option = |(index, strip): (usize, &&[EngineVerdict])| {
        let chain = strip.first().map(|verdict| verdict.client.as_str());
        markup!("<option value={} selected={}>{}</option>", index, index == watched, chain)
    };
    let chosen = when(act, |event| {
        let select: HtmlSelectElement = browser::target(&event)?;
        select.value().parse().ok().map(Action::ChainWatched)
    });
    markup!(
        "<span class='rl-question'>
            <label for='rl-watched'>{}</label>
            <select id='rl-watched' class='rl-input' .value={} onchange={}>{}</select>
        </span>",
        words::CHAIN,
        watched.to_string(),
        chosen,
        strips.iter().enumerate().map(option).collect::<Vec<_>>(),
    )
}

fn names(report: &Report, certificates: &[usize]) -> String {
    certificates.iter().map(|certificate| report.distinct_name(*certificate)).collect::<Vec<_>>().join(", ")
}

/// From an instant on, so many verifiers accept.
struct Change {
    at: Timestamp,
    accepting: usize,
    because: Vec<usize>,
}

/// The flips of all verifiers put together, in order of time.
fn changes(timeline: &Timeline) -> Vec<Change> {
    let mut changes: Vec<Change> = Vec::new();
    for flip in timeline.histories.iter().flat_map(|history| &history.changes) {
        match changes.iter_mut().find(|change| change.at == flip.at) {
            Some(change) => change.because.extend(flip.certificates.iter().copied()),
            None => changes.push(Change { at: flip.at, accepting: 0, because: flip.certificates.clone() }),
        }
    }
    changes.sort_by_key(|change| change.at.0);
    for change in &mut changes {
        change.because = collection::distinct(&change.because);
        change.accepting = accepting(timeline, Some(change.at));
    }
    changes
}

/// How many accept at an instant; before everything without one.
fn accepting(timeline: &Timeline, at: Option<Timestamp>) -> usize {
    timeline.histories.iter().filter(|history| history.accepts_at(at)).count()
}

/// The part of time that is drawn.
struct Span {
    from: i64,
    until: i64,
    at: i64,
}

impl Span {
    /// The changes and some room around them: a root's decades would leave a leaf's year no width. Without changes, the
    /// leaf's validity.
    fn of(changes: &[Change], report: &Report, timeline: &Timeline, at: Timestamp) -> Span {
        let mut instants: Vec<i64> = changes.iter().map(|change| change.at.0).collect();
        if instants.is_empty() {
            let leaf = timeline.certificates.first().and_then(|leaf| report.certificates.get(*leaf));
            instants.extend(leaf.map(validity).iter().flat_map(|(from, until)| [*from, *until]));
        }
        let from = instants.iter().copied().min().unwrap_or(at.0);
        let until = instants.iter().copied().max().unwrap_or(at.0);
        let room = ((until - from) / 6).max(DAY);
        let whole = |instant: i64| instant - instant.rem_euclid(STEP);
        Span { from: whole(from - room), until: whole(until + room), at: at.0 }
    }

    /// Where an instant stands, in hundredths of a percent; what is outside stands at the edge.
    fn place(&self, instant: i64) -> i64 {
        let inside = instant.clamp(self.from, self.until) - self.from;
        (i128::from(inside) * 10_000 / i128::from((self.until - self.from).max(1))) as i64
    }
}

/// `12.5%` of hundredths of a percent.
fn percent(hundredths: i64) -> String {
    let cents = hundredths % 100;
    let zero = if cents < 10 { "0" } else { "" };
    [&(hundredths / 100).to_string(), ".", zero, &cents.to_string(), "%"].concat()
}

fn validity(certificate: &Certificate) -> (i64, i64) {
    (certificate.not_before.0, certificate.not_after.0)
}

fn slider(span: &Span, at: Timestamp, act: &Callback<Action>) -> Html {
    let slid = when(act, |event| {
        let input: HtmlInputElement = browser::target(&event)?;
        input.value().parse().ok().map(|seconds| Action::DateChosen(Timestamp(seconds)))
    });
    markup!(
        "<label class='rl-time__label' for='rl-slide'>{}<small>{}</small></label>
        <input id='rl-slide' class='rl-slide' type='range' data-testid='slide' min={} max={} step={} value={}
            aria-valuetext={} oninput={}/>",
        words::SLIDE,
        general::instant(at),
        span.from.to_string(),
        span.until.to_string(),
        STEP.to_string(),
        at.0.clamp(span.from, span.until).to_string(),
        general::instant(at),
        slid,
    )
}

/// How many verifiers accept, as steps: the higher the more.
fn lane(timeline: &Timeline, changes: &[Change], span: &Span) -> Html {
    let all = timeline.histories.len().max(1);
    let before = Change { at: Timestamp(span.from), accepting: accepting(timeline, None), because: Vec::new() };
    let starts: Vec<&Change> = [&before].into_iter().chain(changes).collect();
    let ends = changes.iter().map(|change| change.at.0).chain([span.until]);
    let segments = starts.iter().zip(ends).map(|(change, end)| {
        let (left, right) = (span.place(change.at.0), span.place(end));
        let height = (change.accepting * 10_000 / all) as i64;
        markup!(
            "<rect x={} width={} y={} height={}/>{}",
            percent(left),
            percent(right - left),
            percent(10_000 - height),
            percent(height),
            // Where it fits.
            (right - left > 700).then(|| markup!(
                "<text x={} y='50%' dominant-baseline='central' text-anchor='middle'>{}</text>",
                percent((left + right) / 2),
                words::portion(change.accepting, all),
            )),
        )
    });
    let segments = segments.collect::<Vec<_>>();
    markup!(
        "<span class='rl-time__label'>{}</span>
        <svg class='rl-track rl-track--verdicts' aria-hidden='true'>{}{}</svg>",
        words::ACCEPTING,
        segments,
        marker(span),
    )
}

fn bars(report: &Report, timeline: &Timeline, span: &Span) -> Vec<Html> {
    let certificates = timeline.certificates.iter().filter_map(|id| report.certificates.get(*id));
    let bar = |certificate: &Certificate| {
        let (from, until) = validity(certificate);
        let (left, right) = (span.place(from), span.place(until));
        markup!(
            "<div class='rl-time__label'>{}<small>{}</small></div>
            <svg class='rl-track' aria-hidden='true'><rect x={} width={} y='20%' height='60%'/>{}</svg>",
            link(report, certificate.id),
            words::period(&certificate.not_before.date(), &certificate.not_after.date()),
            percent(left),
            percent((right - left).max(20)),
            marker(span),
        )
    };
    certificates.take(MAX_BARS).map(bar).collect()
}

/// The as-of date across a track.
fn marker(span: &Span) -> Html {
    let place = percent(span.place(span.at));
    markup!("<line class='rl-now' x1={} x2={} y1='0' y2='100%'/>", &place, &place)
}

/// Five instants, the first and the last at the edges; with their time of day where days are few.
fn axis(span: &Span) -> Html {
    let few_days = span.until - span.from < 12 * DAY;
    let tick = |(quarters, anchor): (i64, &str)| {
        let instant = Timestamp(span.from + (span.until - span.from) / 4 * quarters);
        let shown = if few_days {
            instant.to_string().get(5..16).unwrap_or_default().replace('T', " ")
        } else {
            instant.date()
        };
        markup!("<text x={} y='70%' text-anchor={}>{}</text>", percent(quarters * 2_500), anchor, shown)
    };
    let ticks = [(0, "start"), (1, "middle"), (2, "middle"), (3, "middle"), (4, "end")].map(tick).to_vec();
    markup!("<svg class='rl-axis' aria-hidden='true'>{}</svg>", ticks)
}

/// The same in words, with a way to each instant.
fn list_of_changes(report: &Report, timeline: &Timeline, changes: &[Change], act: &Callback<Action>) -> Html {
    if changes.is_empty() {
        return markup!("<p class='rl-hint'>{}</p>", words::NO_CHANGE);
    }
    let item = |change: &Change| {
        markup!(
            "<li>
                <strong>{}</strong> <span>{}</span>
                <button type='button' class='rl-button rl-button--small' onclick={}>
                    {}<span class='rl-offscreen'>: {}</span>
                </button>
            </li>",
            general::instant(change.at),
            words::change_of_count(change.accepting, timeline.histories.len(), &names(report, &change.because)),
            does(act, Action::DateChosen(change.at)),
            words::GO_THERE,
            general::instant(change.at),
        )
    };
    more(words::CHANGES, markup!("<ol class='rl-changes'>{}</ol>", each(changes, item)))
}

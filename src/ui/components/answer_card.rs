//! The card with the answer: the verdict with its sign, the sentence that says why, and beside it what to change. Of
//! several chains the worst speaks for all, and the others follow, one line each.

use yew::prelude::*;

use super::certificate_link::CertificateLink;
use super::chain_answers::ChainAnswers;
use super::dates::with_dates;
use super::error_lines::ErrorLines;
use super::fix_box::FixBox;
use super::password_form::{is_asked_in_answer, password_forms};
use super::trusted_facts::TrustedFacts;
use super::verdict_line::VerdictLine;
use crate::messages::Download;
use crate::report::{Answer, AnswerVerdict, ChainAnswer, Edge, Fix, Report, Signature};
use crate::ui::browser::focus::HEADING_ID;
use crate::ui::inspection::{Locked, Opening};
use crate::ui::shared::Shared;
use crate::ui::state::Action;
use crate::ui::words::answer as words;
use crate::verifier::Program;

#[derive(Properties, PartialEq)]
pub(crate) struct AnswerCardProps {
    pub(crate) report: Shared<Report>,
    /// The name of the chain whose answer is shown; that of all chains without one, or where there is none of the name.
    pub(crate) chain: Option<String>,
    /// What a password would open: where there is nothing else, the card asks for it.
    pub(crate) locked: Locked,
    pub(crate) on_action: Callback<Action>,
    pub(crate) on_open: Callback<Opening>,
    pub(crate) on_download: Callback<Download>,
}

#[component]
pub(crate) fn AnswerCard(props: &AnswerCardProps) -> Html {
    let AnswerCardProps { report, chain, locked, on_action, on_open, on_download } = props;
    let shown = Shown::of(&report.answer, chain.as_deref());
    html! {
        <section class="rl-answer" data-testid="answer" data-verdict={words::verdict_name(shown.verdict)} data-cause={shown.cause.to_owned()}
            data-plain={shown.fix.is_none().then_some("true")} aria-labelledby={HEADING_ID}>
            <div class="rl-answer__words" aria-live="polite">
                <VerdictLine {report} chain={shown.only} />
                <h1 id={HEADING_ID} tabindex="-1">{ sentence(report, &shown, on_action) }</h1>
                if !shown.detail.is_empty() {
                    <p>{ with_dates(shown.detail) }</p>
                }
                { own_words(report, shown.chain) }
            </div>
            if shown.fix.is_some() {
                <FixBox {report} chain={shown.number} testid="fix" {on_download} />
            }
            if is_asked_in_answer(report) {
                { password_forms(report, locked, on_open) }
            }
            if !report.error_lines.is_empty() {
                <ErrorLines {report} {on_action} />
            }
            if let Some(chain) = shown.only.filter(|_| shown.verdict == AnswerVerdict::Trusted) {
                <TrustedFacts {report} {chain} />
            }
            if shown.only.is_none() {
                <ChainAnswers {report} {on_action} {on_download} />
            }
        </section>
    }
}

/// What the card says: of one chain, or of all.
struct Shown<'a> {
    verdict: AnswerVerdict,
    cause: &'a str,
    sentence: &'a str,
    detail: &'a str,
    fix: Option<&'a Fix>,
    /// Index of the chain that speaks, into [`Answer::chains`].
    number: Option<usize>,
    chain: Option<&'a ChainAnswer>,
    /// The same index where the card is about this chain alone.
    only: Option<usize>,
}

impl<'a> Shown<'a> {
    fn of(answer: &'a Answer, name: Option<&str>) -> Shown<'a> {
        let chosen = name.and_then(|name| answer.chains.iter().position(|chain| chain.chain == name));
        let number = chosen.or((!answer.chains.is_empty()).then_some(0));
        let chain = number.and_then(|number| answer.chains.get(number));
        let only = number.filter(|_| chosen.is_some() || answer.chains.len() == 1);
        match chain.filter(|_| chosen.is_some()) {
            Some(it) => Shown {
                verdict: it.verdict,
                cause: &it.cause,
                sentence: &it.sentence,
                detail: &it.detail,
                fix: it.fix.as_ref(),
                number,
                chain,
                only,
            },
            None => Shown {
                verdict: answer.verdict,
                cause: &answer.cause,
                sentence: &answer.sentence,
                detail: &answer.detail,
                fix: answer.fix.as_ref(),
                number,
                chain,
                only,
            },
        }
    }

    /// What the sentence is about: what is at fault, or the anchor of what is trusted.
    fn subject(&self, report: &'a Report) -> Option<Subject<'a>> {
        let chain = self.chain?;
        let first = *chain.certificates.first()?;
        let missing = || missing_issuer(report, first);
        let missing = if LACKING.contains(&chain.cause.as_ref()) { missing() } else { None };
        let itself = || Some(Subject { name: &report.certificates.get(first)?.name, certificate: Some(first) });
        missing.filter(|missing| self.sentence.contains(missing.name)).or_else(itself)
    }
}

/// What a sentence is about: a certificate, or one that is not there.
struct Subject<'a> {
    name: &'a str,
    certificate: Option<usize>,
}

/// Causes that lie in an issuer that is not where it should be; the certificate that they name first is what it issued.
const LACKING: [&str; 3] = ["missing-intermediate", "untrusted-root", "private-root"];

fn missing_issuer(report: &Report, subject: usize) -> Option<Subject<'_>> {
    let issued = |edge: &&Edge| edge.subject == subject && edge.issuer != subject && edge.signature == Signature::Valid;
    if let Some(edge) = report.edges.iter().find(issued) {
        let name = &report.certificates.get(edge.issuer)?.name;
        return Some(Subject { name, certificate: Some(edge.issuer) });
    }
    let missing = report.ghosts.iter().find(|missing| missing.certificates.contains(&subject))?;
    Some(Subject { name: &missing.name, certificate: None })
}

/// The sentence, in which the certificate that it is about opens its details.
fn sentence(report: &Shared<Report>, shown: &Shown<'_>, on_action: &Callback<Action>) -> Html {
    let named = shown.subject(report).and_then(|subject| {
        let (before, after) = around_last(shown.sentence, subject.name)?;
        Some((before, subject, after))
    });
    let Some((before, subject, after)) = named else { return with_dates(shown.sentence) };
    let is_cause = matches!(shown.verdict, AnswerVerdict::NotTrusted | AnswerVerdict::Depends);
    html! {
        <>
            { with_dates(before) }
            <span class={is_cause.then_some("rl-cause")}>
                if let Some(certificate) = subject.certificate {
                    <CertificateLink {report} {certificate} plain={true} {on_action} />
                } else {
                    { subject.name }
                }
            </span>
            { with_dates(after) }
        </>
    }
}

/// What stands before and after the last place of a name.
fn around_last<'a>(sentence: &'a str, name: &str) -> Option<(&'a str, &'a str)> {
    let at = sentence.rfind(name).filter(|_| !name.is_empty())?;
    let (before, rest) = sentence.split_at_checked(at)?;
    Some((before, rest.strip_prefix(name)?))
}

/// What the one program that was asked prints.
fn own_words(report: &Report, chain: Option<&ChainAnswer>) -> Html {
    let program = report.answer.program.as_deref().and_then(Program::find).map(Program::title);
    let (Some(program), Some(says)) = (program, chain.and_then(|chain| chain.detail_of_program.as_ref())) else {
        return Html::default();
    };
    html! { <p class="rl-said"><span>{ words::says(program) }</span>{ " " }<code>{ says }</code></p> }
}

#[cfg(test)]
mod tests {
    use super::around_last;

    #[test]
    fn the_last_place_of_a_name_is_found() {
        assert_eq!(
            around_last("a.example: a.example has expired.", "a.example"),
            Some(("a.example: ", " has expired."))
        );
        assert_eq!(around_last("a.example has expired.", "Root"), None);
        assert_eq!(around_last("a.example has expired.", ""), None);
    }
}

//! What was found, worst first: what, where, what follows, what to do.

use yew::prelude::*;

use super::certificate_link::{links, more};
use super::headline::badge;
use super::markup::{each, list, markup};
use super::words::result as words;
use crate::report::{Finding, Report};

/// Findings of one kind that are shown at once; a system's whole bundle may hold dozens.
const SHOWN_OF_A_KIND: usize = 3;

/// Certificates named at once in a finding; the rest are folded away.
const SHOWN: usize = 6;

pub(crate) fn findings(report: &Report) -> Html {
    let kinds = report.findings.chunk_by(|one, next| one.code == next.code);
    let all = if report.findings.is_empty() {
        markup!("<p class='rl-empty'>{}</p>", words::NO_FINDING)
    } else {
        list(kinds.map(|kind| of_a_kind(report, kind)).collect())
    };
    markup!(
        "<section class='rl-section rl-findings' data-testid='findings' aria-labelledby='rl-findings'>
            <h2 id='rl-findings'>{}</h2>
            {}
        </section>",
        words::FINDINGS,
        all,
    )
}

/// Findings of one kind; after a few, the rest are folded away.
fn of_a_kind(report: &Report, kind: &[Finding]) -> Html {
    let items = |findings: &[Finding]| {
        markup!("<ol class='rl-findings__list'>{}</ol>", each(findings, |it| finding(report, it)))
    };
    let (first, rest) = kind.split_at_checked(SHOWN_OF_A_KIND).unwrap_or((kind, &[]));
    let folded = (!rest.is_empty()).then(|| more(&words::more_findings(rest.len()), items(rest)));
    markup!("{}{}", items(first), folded)
}

fn finding(report: &Report, finding: &Finding) -> Html {
    let fix = (!finding.fix.is_empty())
        .then(|| markup!("<p class='rl-fix'><strong>{}</strong>{}</p>", words::FIX, &finding.fix));
    markup!(
        "<li data-code={}>
            {}
            <div>
                <h3>{}</h3>
                <p>{}</p>
                {}{}
            </div>
        </li>",
        finding.code,
        badge(finding.severity),
        &finding.title,
        &finding.detail,
        fix,
        links(report, &finding.certificates, SHOWN),
    )
}

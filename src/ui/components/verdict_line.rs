//! The verdict in a line: its sign, its word, and how many programs stand behind it.

use yew::prelude::*;

use crate::report::{AnswerVerdict, ChainAnswer, Report};
use crate::ui::icon;
use crate::ui::shared::Shared;
use crate::ui::words::answer as words;
use crate::verifier::Program;

/// Programs that are drawn one by one.
const MOST_CELLS: usize = 24;

#[derive(Properties, PartialEq)]
pub(crate) struct VerdictLineProps {
    pub(crate) report: Shared<Report>,
    /// Index of the chain into the answer's chains; all chains without one.
    pub(crate) chain: Option<usize>,
}

#[component]
pub(crate) fn VerdictLine(props: &VerdictLineProps) -> Html {
    let VerdictLineProps { report, chain } = props;
    let answer = &report.answer;
    let chain = chain.and_then(|chain| answer.chains.get(chain));
    let verdict = chain.map_or(answer.verdict, |chain| chain.verdict);
    let (accepts, of) = chain.or(answer.chains.first()).map_or((0, 0), |chain| (chain.accepts, chain.of));
    let program = answer.program.as_deref().and_then(Program::find).map(Program::title);
    html! {
        <p class="rl-verdict">
            <strong class="rl-verdict__sign">{ icon::sign(verdict) }{ words::verdict(verdict, accepts, of) }</strong>
            if let Some(chain) = chain.filter(|chain| chain.of > 0 && verdict != AnswerVerdict::Unknown) {
                if program.is_none() {
                    { meter(chain) }
                }
                <span>{ words::asked(chain, program) }</span>
            } else if chain.is_none() && answer.chains.len() > 1 {
                <span>{ words::tally(&answer.chains) }</span>
            }
        </p>
    }
}

/// A cell per program, full where it accepts; the words beside it say the same.
fn meter(chain: &ChainAnswer) -> Html {
    if chain.of > MOST_CELLS {
        return Html::default();
    }
    html! {
        <span class="rl-meter" aria-hidden="true">
            for program in 0..chain.of {
                <i data-accepts={(program < chain.accepts).then_some("true")} />
            }
        </span>
    }
}

//! The card with the answer: its verdict, why, what to change, and the chains one by one.

use super::count;
use crate::report::{Answer, AnswerVerdict, ChainAnswer};
pub(crate) use crate::wording::accepted_then;
use crate::wording::counts;

pub(crate) const FIX: &str = "Fix: ";
pub(crate) const COPY_COMMAND: &str = "Copy the command";
pub(crate) const SHOW_COMMAND: &str = "Show the command";
pub(crate) const CHAINS: &str = "Chain by chain";

/// The verdict in words, beside its sign.
pub(crate) fn verdict(verdict: AnswerVerdict, accepts: usize, of: usize) -> &'static str {
    match verdict {
        AnswerVerdict::Trusted => "Trusted",
        AnswerVerdict::NotTrusted => "Not trusted",
        AnswerVerdict::Unknown => "Unknown",
        // They accept what is judged, but that is not what was meant.
        AnswerVerdict::Depends if accepts == of => "Not as it should be",
        AnswerVerdict::Depends => "Depends on the program",
    }
}

/// The name of a verdict in `data-verdict`.
pub(crate) fn verdict_name(verdict: AnswerVerdict) -> &'static str {
    match verdict {
        AnswerVerdict::Trusted => "trusted",
        AnswerVerdict::Depends => "depends",
        AnswerVerdict::NotTrusted => "not-trusted",
        AnswerVerdict::Unknown => "unknown",
    }
}

/// `8 of 11 programs`, or the one that was asked.
pub(crate) fn asked(chain: &ChainAnswer, program: Option<&str>) -> String {
    match program {
        Some(program) => format!("by {program}"),
        None => format!("{} of {} programs", chain.accepts, chain.of),
    }
}

/// `1 not trusted, 2 trusted` of several chains, worst first.
pub(crate) fn tally(chains: &[ChainAnswer]) -> String {
    let kinds = [
        (AnswerVerdict::NotTrusted, "not trusted"),
        (AnswerVerdict::Depends, "in doubt"),
        (AnswerVerdict::Unknown, "unknown"),
        (AnswerVerdict::Trusted, "trusted"),
    ];
    let number = |verdict| chains.iter().filter(|chain| chain.verdict == verdict).count();
    let counts = kinds.into_iter().filter_map(|(verdict, words)| match number(verdict) {
        0 => None,
        number => Some(format!("{number} {words}")),
    });
    let counts: Vec<String> = counts.collect();
    let all = count(chains.len(), "chain", "chains");
    if counts.len() > 1 { format!("{all}: {}", counts.join(", ")) } else { all }
}

/// The verdict on one of several chains, beside its sign: who accepts it, where that says something.
pub(crate) fn in_a_line(answer: &Answer, chain: &ChainAnswer) -> String {
    match chain.verdict {
        AnswerVerdict::Unknown => verdict(chain.verdict, chain.accepts, chain.of).to_lowercase(),
        _ => counts(answer, chain),
    }
}

/// What the one program that was asked says.
pub(crate) fn says(program: &str) -> String {
    format!("{program} says:")
}

/// On the button that saves a corrected file.
pub(crate) fn download(file: &str) -> String {
    format!("Download {file}")
}

// A chain that is trusted.

/// The names that it is made out to.
pub(crate) fn valid_for(names: &[&str]) -> String {
    const SHOWN: usize = 3;
    match names.len() {
        0..=SHOWN => format!("Made out to {}", names.join(", ")),
        all => format!(
            "Made out to {} and {} more names",
            names.iter().take(SHOWN).copied().collect::<Vec<_>>().join(", "),
            all - SHOWN
        ),
    }
}

/// When it ends, and because of which certificates.
pub(crate) fn renew_by(date: &str, days: i64, names: &str) -> String {
    let when = match days {
        0 => "in less than a day".to_owned(),
        days => format!("in {}", count(days.unsigned_abs() as usize, "day", "days")),
    };
    format!("Renew {names} by {date}, {when}")
}

/// On what hides further chains.
pub(crate) fn more_chains(number: usize) -> String {
    count(number, "more chain", "more chains")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_names_are_counted() {
        assert_eq!(valid_for(&["a", "b"]), "Made out to a, b");
        assert_eq!(valid_for(&["a", "b", "c", "d", "e"]), "Made out to a, b, c and 2 more names");
    }

    #[test]
    fn the_day_of_renewal_says_how_far_it_is() {
        assert_eq!(renew_by("2027-01-02", 1, "a"), "Renew a by 2027-01-02, in 1 day");
        assert_eq!(renew_by("2027-01-02", 0, "a"), "Renew a by 2027-01-02, in less than a day");
    }

    #[test]
    fn accepted_but_not_meant_is_no_matter_of_the_program() {
        assert_eq!(verdict(AnswerVerdict::Depends, 3, 11), "Depends on the program");
        assert_eq!(verdict(AnswerVerdict::Depends, 11, 11), "Not as it should be");
    }
}

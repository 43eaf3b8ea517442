//! A text whose dates stay on one line each: browsers break `2026-11-30` behind a hyphen.

use yew::prelude::*;

/// The length of `2026-11-30`.
const LENGTH: usize = 10;

/// The text, each of its dates in an element that does not wrap.
pub(crate) fn with_dates(text: &str) -> Html {
    let (mut parts, mut rest) = (Vec::new(), text);
    while let Some((before, date, after)) = around_first_date(rest) {
        parts.push(html! { <>{ before }<span class="rl-date">{ date }</span></> });
        rest = after;
    }
    html! { <>{ for parts }{ rest }</> }
}

/// What stands before, in and after the first date (RFC 3339, 5.6, full-date).
fn around_first_date(text: &str) -> Option<(&str, &str, &str)> {
    let at = text.as_bytes().windows(LENGTH).position(is_date)?;
    let (before, rest) = text.split_at_checked(at)?;
    let (date, after) = rest.split_at_checked(LENGTH)?;
    Some((before, date, after))
}

fn is_date(bytes: &[u8]) -> bool {
    let mut numbered = bytes.iter().enumerate();
    numbered.all(|(at, byte)| if at == 4 || at == 7 { *byte == b'-' } else { byte.is_ascii_digit() })
}

#[cfg(test)]
mod tests {
    use super::around_first_date;

    #[test]
    fn dates_are_found_in_their_text() {
        assert_eq!(around_first_date("of 2026-11-30, é"), Some(("of ", "2026-11-30", ", é")));
        assert_eq!(around_first_date("é 2026-1-30, 2026-11-3"), None);
    }
}

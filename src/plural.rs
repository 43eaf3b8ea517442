//! Numbers with their nouns.

use std::fmt::Display;

/// `1 client`, `2 clients`.
pub fn count<N: Display + PartialEq + From<u8>>(number: N, noun: &str) -> String {
    let plural = if number == N::from(1) { "" } else { "s" };
    format!("{number} {noun}{plural}")
}

/// The form of a verb or noun for a number of things.
pub fn form<'a>(number: usize, one: &'a str, many: &'a str) -> &'a str {
    if number == 1 { one } else { many }
}

#[cfg(test)]
mod tests {
    use super::{count, form};

    #[test]
    fn nouns_and_verbs_agree_with_their_number() {
        assert_eq!([0_usize, 1, 2].map(|number| count(number, "client")), ["0 clients", "1 client", "2 clients"]);
        assert_eq!(count(1_i64, "day"), "1 day");
        assert_eq!([0, 1, 2].map(|number| form(number, "is", "are")), ["are", "is", "are"]);
    }
}

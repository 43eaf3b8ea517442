//! Numbers with their nouns.

use std::fmt::Display;

/// `1 client`, `2 clients`.
pub fn count<N: Display + PartialEq + From<u8>>(number: N, noun: &str) -> String {
    let plural = if number == N::from(1) { "" } else { "s" };
    format!("{number} {noun}{plural}")
}

/// Most names that a sentence lists. Our own number: one more than there are engines; nobody reads ninety.
pub const MAX_LISTED: usize = 12;

/// `a, b, c`; of more than [`MAX_LISTED`] names the first ones, `and 80 more`.
pub fn some_of<S: AsRef<str>>(names: &[S]) -> String {
    let shown = names.len().min(if names.len() > MAX_LISTED { MAX_LISTED - 1 } else { MAX_LISTED });
    let listed: Vec<&str> = names.iter().take(shown).map(AsRef::as_ref).collect();
    match names.len() - shown {
        0 => listed.join(", "),
        more => format!("{} and {more} more", listed.join(", ")),
    }
}

/// The form of a verb or noun for a number of things.
pub fn form<'a>(number: usize, one: &'a str, many: &'a str) -> &'a str {
    if number == 1 { one } else { many }
}

/// `private key`, or `secret` where tokens or passwords are among them.
pub fn secret_noun(secrets: usize, private_keys: usize) -> &'static str {
    if secrets == private_keys { "private key" } else { "secret" }
}

/// `a private key`, `secrets`: as many as there are.
pub fn some_secrets(secrets: usize, private_keys: usize) -> String {
    let noun = secret_noun(secrets, private_keys);
    if secrets == 1 { format!("a {noun}") } else { format!("{noun}s") }
}

#[cfg(test)]
mod tests {
    use super::{MAX_LISTED, count, form, some_of, some_secrets};

    #[test]
    fn no_more_names_are_listed_than_anybody_reads() {
        let names: Vec<String> = (1..=MAX_LISTED + 1).map(|number| number.to_string()).collect();
        assert_eq!(some_of(&names[..MAX_LISTED]), "1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12");
        assert_eq!(some_of(&names), "1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 and 2 more");
        assert_eq!(some_of::<String>(&[]), "");
    }

    #[test]
    fn nouns_and_verbs_agree_with_their_number() {
        assert_eq!([0_usize, 1, 2].map(|number| count(number, "client")), ["0 clients", "1 client", "2 clients"]);
        assert_eq!(count(1_i64, "day"), "1 day");
        assert_eq!(
            [(1, 1), (2, 2), (2, 1), (1, 0)].map(|(all, keys)| some_secrets(all, keys)),
            ["a private key", "private keys", "secrets", "a secret"]
        );
        assert_eq!([0, 1, 2].map(|number| form(number, "is", "are")), ["are", "is", "are"]);
    }
}

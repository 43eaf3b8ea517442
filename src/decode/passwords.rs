//! The passwords with which keystores are tried.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What keystores that protect nothing are locked with: OpenSSL's `-passout pass:` and the default of Java's own trust
/// store, which keytool's manual and most instructions repeat.
const USUAL: [&str; 2] = ["", "changeit"];

/// Passwords to try on keystores that are encrypted as a whole. None is kept beyond reading, shown or logged.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct Passwords(Vec<String>);

impl Passwords {
    /// Passwords that somebody gave, which are tried before the usual ones.
    pub fn given(passwords: impl IntoIterator<Item = String>) -> Passwords {
        Passwords(passwords.into_iter().collect())
    }

    /// Those given, then the usual ones.
    pub(super) fn each(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str).chain(USUAL)
    }
}

/// How many there are, and nothing of them.
impl fmt::Debug for Passwords {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Passwords({})", self.0.len())
    }
}

#[cfg(test)]
mod tests {
    use super::Passwords;

    #[test]
    fn a_password_is_not_shown() {
        let passwords = Passwords::given(["hunter2".to_owned()]);
        assert_eq!(format!("{passwords:?}"), "Passwords(1)");
        assert_eq!(passwords.each().collect::<Vec<_>>(), ["hunter2", "", "changeit"]);
    }
}

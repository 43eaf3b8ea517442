//! The header and the page before anything is loaded.

pub(crate) const TITLE: &str = "Why is this certificate not trusted?";
pub(crate) const LEAD: &str = "Drop what your server sends and what your client trusts. rootlens shows how the \
     certificates connect, which programs accept them, and what to change.";
pub(crate) const DROP: &str = "Drop to read";
pub(crate) const WAY_FILES: &str = "Drop files anywhere";
pub(crate) const WAY_FILES_HINT: &str =
    "PEM, DER, PKCS#7, keystores, Kubernetes Secrets, kubeconfigs, logs: in any number and mix.";
pub(crate) const WAY_PASTE: &str = "Or paste";
pub(crate) const WAY_SERVER: &str = "What does my server send?";
pub(crate) const WAY_SERVER_HINT: &str = "Run this with the name of your server, and paste what it prints.";
pub(crate) const ASK_SERVER: &str =
    "openssl s_client -connect server.example:443 -servername server.example -showcerts </dev/null";
pub(crate) const COPY_COMMAND: &str = "Copy the command";
pub(crate) const WAY_EXAMPLE: &str = "Or look at an example";
pub(crate) const CHOOSE_FILES: &str = "Choose files";
pub(crate) const ADD_FILES: &str = "Add files";
pub(crate) const ADD_TEXT: &str = "Add text";
pub(crate) const PASTE_LABEL: &str = "Paste anywhere on the page, or type here";
pub(crate) const READ_TEXT: &str = "Read this text";
pub(crate) const START_OVER: &str = "Start over";
pub(crate) const THEME: &str = "Theme";
pub(crate) const THEME_SYSTEM: &str = "Theme of the system";
pub(crate) const THEME_LIGHT: &str = "Light theme";
pub(crate) const THEME_DARK: &str = "Dark theme";
/// A frame that waits for files.
pub(crate) const NOTHING_YET: &str = "Nothing to show yet.";
/// Instead of the public roots, whose file did not load.
pub(crate) const NO_PUBLIC_ROOTS: &str = "The list of public roots did not load, so a chain without a trust store gets \
     no verdict. Reload the page to try again.";
pub(crate) const DISMISS: &str = "Dismiss";
/// After the name of what was refused, before the reason.
pub(crate) const NOT_READ: &str = " was not read. ";

/// How many files an example has, and its date.
pub(crate) fn example_facts(files: usize, at: &str) -> String {
    format!("{}, as of {at}", super::files(files))
}

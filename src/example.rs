//! Example bundles that travel inside the program.

/// A bundle with its story.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Example {
    /// For links.
    pub name: &'static str,
    /// For people.
    pub title: &'static str,
    /// What can be seen in it.
    pub story: &'static str,
    /// RFC 3339.
    pub at: &'static str,
    /// Names with contents.
    pub files: &'static [(&'static str, &'static str)],
}

/// Every example.
pub const EXAMPLES: &[Example] = &[];

//! The link to what the page shows.

use super::browser;
use crate::share::{self, Content};

/// The whole address of a link.
pub(crate) fn link_to(content: &Content) -> String {
    format!("{}#{}", browser::address(), share::pack(content))
}

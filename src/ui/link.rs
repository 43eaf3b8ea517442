//! The link to what the page shows.

use super::browser;
use crate::messages::Link;

/// The whole address of a link.
pub(crate) fn address_of(link: &Link) -> String {
    format!("{}#{}", browser::address(), link.fragment)
}

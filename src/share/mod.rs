//! The link that carries an analysis: what was given and what was chosen, as a fragment that no server sees.
//!
//! ```text
//! Content <-> format (bytes) <-> deflate <-> fragment ("v1." and base64url)
//! ```
//!
//! `docs/share-link.md` describes the format for other programs. A link holds certificates, names of sources, choices, and
//! what was found out about the sources beside that ([`Told`](crate::inventory::Told)). It cannot hold a private key: those never reach the [`Inventory`](crate::inventory::Inventory) from which
//! it is made.
//!
//! What comes out of a link is never trusted: sizes are limited before anything is inflated ([`MAX_PACKED`]) and while
//! it is ([`inflated_limit`]), and nothing is set aside for a number that the link merely states.

mod bytes;
mod content;
mod deflate;
mod dictionary;
mod error;
mod facts;
mod format;
mod fragment;
mod key_id;
mod needed;
mod numbers;
mod summary;

pub use content::{Content, MAX_NOTE, SharedSource};
pub use dictionary::dictionary;
pub use error::LinkError;
pub use fragment::{MAX_PACKED, inflated_limit};
pub use summary::Summary;

/// Writes a link: what stands behind the `#` of an address.
pub fn pack(content: &Content) -> String {
    fragment::write(&deflate::deflate(&content.to_bytes()))
}

/// Whether a text holds a link, or what looks like one that was damaged or is of a newer version: whatever [`unpack`] does not
/// call [`LinkError::NotALink`]. This looks at the beginning of the link alone.
pub fn holds_link(text: &str) -> bool {
    fragment::is_in(text)
}

/// Opens a link, which may be a whole address, may have lost its `#` to `%23`, and may stand in a text, wrapped or
/// quoted.
///
/// ```
/// use rootlens::choices::Choices;
/// use rootlens::inventory::{Input, Inventory};
/// use rootlens::share::{self, Content, LinkError};
/// use rootlens::time::Timestamp;
///
/// let bytes = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/openziti-ha/distinct/router1.cas.pem"));
/// let inventory = Inventory::from_inputs(&[Input { name: "cas.pem".to_owned(), bytes: bytes.to_vec(), ..Input::default() }]);
/// let content = Content::of(&inventory, &Choices::at(Timestamp(1_795_284_000)));
///
/// let link = format!("see https://rootlens.example/#{}.", share::pack(&content));
/// let opened = share::unpack(&link)?;
/// assert_eq!(opened, content);
/// assert_eq!(Inventory::from_inputs(&opened.inputs()).certificates.len(), inventory.certificates.len());
///
/// assert_eq!(share::unpack("see https://rootlens.example/"), Err(LinkError::NotALink));
/// # Ok::<(), LinkError>(())
/// ```
///
/// It does not check that the certificates are certificates, that the facts beside them are true, that the date is a
/// sensible one, nor who made the link: whatever is opened has to be read as carefully as a file that somebody
/// sent.
///
/// # Errors
///
/// [`LinkError::NotALink`] for a text without a link, so that it may be read as something else; the other errors for a
/// link that does not say what it should.
pub fn unpack(text: &str) -> Result<Content, LinkError> {
    let packed = fragment::read(text)?;
    let bytes = deflate::inflate(&packed, inflated_limit(packed.len())).ok_or(LinkError::Damaged)?;
    Content::from_bytes(&bytes)
}

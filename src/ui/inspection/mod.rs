//! The page's one asynchronous seam: whatever takes time is done by the inspector ([`crate::inspector`]), another program
//! in a worker. `channel` carries the messages ([`crate::messages`]), `hook` sends what the state calls for and keeps what
//! comes back.

mod channel;
mod hook;

pub(crate) use hook::{Inspection, Locked, Opening, Orders, ShownDrawing, use_inspection};

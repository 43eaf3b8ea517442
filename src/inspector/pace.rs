//! Work in pieces: between them the host draws and listens, whoever waits learns how far it has come, and it ends where nobody
//! waits any more.

use std::cell::Cell;
use std::rc::Rc;

use gloo_timers::future::TimeoutFuture;

use super::host;
use crate::messages::{Event, Progress};

/// Milliseconds of work between two pauses: three frames of a screen with 60 a second, so that a page without a worker goes
/// on answering.
const PIECE: f64 = 50.0;

/// Work was superseded by a newer request of its kind, or nobody waits for it any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Superseded;

/// The pace of one piece of work that somebody waits for.
pub(super) struct Pace {
    round: Round,
    paused: Cell<f64>,
    /// Nobody is told where nobody waits.
    on_event: Option<Rc<dyn Fn(Event)>>,
}

impl Pace {
    /// Whoever waits hears through `on_event`.
    pub(super) fn new(round: Round, on_event: Option<Rc<dyn Fn(Event)>>) -> Pace {
        Pace { round, paused: Cell::new(host::milliseconds()), on_event }
    }

    /// Pauses where the work since the last pause has taken as long as one should.
    ///
    /// # Errors
    ///
    /// [`Superseded`] if the work is to end here.
    pub(super) async fn pause(&self, progress: Progress) -> Result<(), Superseded> {
        if host::milliseconds() - self.paused.get() < PIECE {
            return Ok(());
        }
        if let Some(on_event) = &self.on_event {
            on_event(Event::Progressed(progress));
        }
        self.pause_at_once().await
    }

    /// Pauses however short the work was.
    ///
    /// # Errors
    ///
    /// [`Superseded`] if the work is to end here.
    pub(super) async fn pause_at_once(&self) -> Result<(), Superseded> {
        breathe().await;
        self.paused.set(host::milliseconds());
        if self.round.is_superseded() { Err(Superseded) } else { Ok(()) }
    }
}

/// Lets the browser draw and answer before the next piece of work.
pub(super) async fn breathe() {
    TimeoutFuture::new(0).await;
}

/// Counts how often a kind of work was begun.
#[derive(Clone, Default)]
pub(super) struct Rounds(Rc<Cell<u32>>);

impl Rounds {
    /// Begins anew, which supersedes every earlier round.
    pub(super) fn begin(&self) -> Round {
        let number = self.0.get().wrapping_add(1);
        self.0.set(number);
        Round { number, newest: Rc::clone(&self.0) }
    }
}

/// Work that is of use only while it is the newest of its kind.
#[derive(Clone)]
pub(super) struct Round {
    number: u32,
    newest: Rc<Cell<u32>>,
}

impl Round {
    pub(super) fn is_superseded(&self) -> bool {
        self.newest.get() != self.number
    }
}

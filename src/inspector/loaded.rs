//! What was read: certificates and positions. The inputs themselves, which may hold private keys, are dropped; but one that a
//! password would open is kept, still encrypted, until it is opened or removed.

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::graph::Graph;
use crate::inventory::{Input, Inventory, Passwords};

/// What the report is computed from.
pub(super) struct Loaded {
    pub(super) read: Read,
    pub(super) graph: Graph,
}

/// What was read, and what waits for a password.
#[derive(Clone, Default)]
pub(super) struct Read {
    pub(super) inventory: Inventory,
    /// By the index of the input.
    locked: BTreeMap<usize, Rc<Input>>,
}

impl Read {
    /// Reads further inputs.
    pub(super) fn add(&mut self, inputs: &[Input]) {
        let first = self.inventory.next_input();
        self.inventory.add(inputs);
        let numbered = inputs.iter().enumerate().map(|(number, input)| (first + number, input));
        let locked = numbered.filter(|(index, _)| self.inventory.is_openable(*index));
        self.locked.extend(locked.map(|(index, input)| (index, Rc::new(input.clone()))));
    }

    /// Without a source.
    pub(super) fn without(&self, source: usize) -> Read {
        self.with(self.inventory.without(source))
    }

    /// With what the passwords open in the input of a source, if they open anything. The input is dropped then, even where
    /// another keystore in it stays closed: to read it once more would take this password again.
    pub(super) fn opened(&self, source: usize, passwords: &Passwords) -> Option<Read> {
        let input = self.inventory.sources.get(source)?.input;
        let mut read = self.with(self.inventory.reopened(input, self.locked.get(&input)?, passwords)?);
        read.locked.remove(&input);
        Some(read)
    }

    /// The sources that a password would open.
    pub(super) fn openable(&self) -> Vec<usize> {
        let sources = self.inventory.sources.iter().enumerate();
        let is_openable = |input: &usize| self.locked.contains_key(input);
        sources.filter(|(_, it)| it.needs_password() && is_openable(&it.input)).map(|(index, _)| index).collect()
    }

    /// Drops the bytes for which no password is wanted any more.
    fn with(&self, inventory: Inventory) -> Read {
        let locked = self.locked.iter().filter(|(input, _)| inventory.is_openable(**input));
        Read { locked: locked.map(|(index, input)| (*index, Rc::clone(input))).collect(), inventory }
    }
}

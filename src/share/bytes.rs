//! Numbers, texts and lists as bytes, and a reader that ends where they do. Numbers are unsigned LEB128, texts and
//! certificates are preceded by their length in bytes.

use std::cell::Cell;

pub(super) fn push_number(bytes: &mut Vec<u8>, mut number: u64) {
    while number > 0x7f {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

pub(super) fn push_octets(bytes: &mut Vec<u8>, octets: &[u8]) {
    push_number(bytes, octets.len() as u64);
    bytes.extend_from_slice(octets);
}

/// 0 where there is nothing, else 1 and what there is.
pub(super) fn push_option<T>(bytes: &mut Vec<u8>, option: Option<T>, push: impl FnOnce(&mut Vec<u8>, T)) {
    push_number(bytes, u64::from(option.is_some()));
    if let Some(item) = option {
        push(bytes, item);
    }
}

/// How many, and each.
pub(super) fn push_list<T>(bytes: &mut Vec<u8>, items: &[T], mut push: impl FnMut(&mut Vec<u8>, &T)) {
    push_number(bytes, items.len() as u64);
    items.iter().for_each(|item| push(bytes, item));
}

/// A choice by its position among `all`, counted from 1; 0 leaves it to the facts.
pub(super) fn push_choice<T: PartialEq>(bytes: &mut Vec<u8>, all: &[T], choice: Option<T>) {
    let position = choice.and_then(|choice| all.iter().position(|one| *one == choice));
    push_number(bytes, position.map_or(0, |position| position as u64 + 1));
}

/// Small numbers stay small, before 1970 as well.
pub(super) fn zigzag(number: i64) -> u64 {
    (number << 1 ^ number >> 63) as u64
}

pub(super) fn unzigzag(number: u64) -> i64 {
    (number >> 1) as i64 ^ -((number & 1) as i64)
}

/// Most items of all lists of a link together: sources, references to certificates, and facts, each of which becomes many times
/// larger than the byte that it may be written in. Our own number: a file of 10,000 certificates has 50,000 at most, and all of
/// them take some 10 MB.
pub(super) const MAX_ITEMS: usize = 200_000;

/// What is still to be read; `None` wherever it ends too early.
pub(super) struct Reader<'b> {
    pub(super) rest: &'b [u8],
    /// How many items may still be read, here and in the readers of parts.
    items: &'b Cell<usize>,
}

impl<'b> Reader<'b> {
    /// A reader of some bytes that shares the budget of others.
    pub(super) fn new(rest: &'b [u8], items: &'b Cell<usize>) -> Reader<'b> {
        Reader { rest, items }
    }

    /// A reader of octets of their own.
    pub(super) fn part(&mut self) -> Option<Reader<'b>> {
        Some(Reader { rest: self.octets()?, items: self.items })
    }

    /// Takes items off the budget for what is larger than others.
    pub(super) fn spend(&mut self, items: usize) -> Option<()> {
        let left = self.items.get().checked_sub(items);
        self.items.set(left.unwrap_or_default());
        left.map(|_| ())
    }

    /// Whether all items were read that the budget allows, and one more was wanted.
    pub(super) fn is_spent(items: &Cell<usize>) -> bool {
        items.get() == 0
    }

    pub(super) fn number(&mut self) -> Option<u64> {
        let mut number = 0_u64;
        for shift in (0..u64::BITS).step_by(7) {
            let (byte, rest) = self.rest.split_first()?;
            self.rest = rest;
            number |= u64::from(byte & 0x7f) << shift;
            if *byte <= 0x7f {
                return Some(number);
            }
        }
        None
    }

    pub(super) fn size(&mut self) -> Option<usize> {
        usize::try_from(self.number()?).ok()
    }

    pub(super) fn octets(&mut self) -> Option<&'b [u8]> {
        let length = self.size()?;
        let (octets, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some(octets)
    }

    pub(super) fn text(&mut self) -> Option<String> {
        String::from_utf8(self.octets()?.to_vec()).ok()
    }

    /// A text of one line, as a name is, which may stand in a command.
    pub(super) fn name(&mut self) -> Option<String> {
        let mut name = self.text()?;
        name.retain(|character| !character.is_control());
        Some(name)
    }

    /// What stands at the position among `all`, counted from 1. A position of a later version leaves it to the facts, as 0
    /// does.
    pub(super) fn choice<T: Copy>(&mut self, all: &[T]) -> Option<Option<T>> {
        let position = self.size()?.checked_sub(1);
        Some(position.and_then(|position| all.get(position).copied()))
    }

    pub(super) fn option<T>(&mut self, item: impl FnOnce(&mut Self) -> Option<T>) -> Option<Option<T>> {
        if self.number()? == 0 { Some(None) } else { item(self).map(Some) }
    }

    /// Each item takes a byte at least, so that a stated number can cost no more than the link is long.
    pub(super) fn list<T>(&mut self, mut item: impl FnMut(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let count = self.size().filter(|count| *count <= self.rest.len())?;
        let mut items = Vec::new();
        for _ in 0..count {
            self.spend(1)?;
            items.push(item(self)?);
        }
        Some(items)
    }
}

//! Deflating (RFC 1951) into one block with codes of its own. The usual crates know levels, flushes and streams, which is
//! four times as much WebAssembly; a link is short, and is made once.

use crate::collection::Gather as _;

/// Shortest and longest match, and how far back it may begin (3.2.5).
const SHORTEST: usize = 3;
const LONGEST: usize = 258;
const WINDOW: usize = 1 << 15;

/// Places that are compared with the one at hand. Our own number: certificates hold few places that begin alike, and a
/// bundle of a hundred should not take seconds.
const MOST_PLACES: usize = 1 << 10;

/// Ends a block (3.2.5).
const END_OF_BLOCK: usize = 256;

/// Symbols of literals and lengths, of distances, and of the lengths of their codes (3.2.5, 3.2.7).
const LITERALS: usize = 286;
const DISTANCES: usize = 30;
const LENGTHS: usize = 19;

/// Bits of the longest code, and of the longest code of a length (3.2.7).
const MOST_BITS: usize = 15;
const MOST_BITS_OF_LENGTHS: usize = 7;

/// The order in which the codes of lengths are written (3.2.7).
const ORDER: [usize; LENGTHS] = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/// `content` deflated for a reader who has seen `history`.
pub(super) fn deflate(history: &[u8], content: &[u8]) -> Vec<u8> {
    let parts = parts(&[history, content].concat(), history.len());
    let (mut literals, mut distances) = (vec![0; LITERALS], vec![0; DISTANCES]);
    for part in &parts {
        count(&mut literals, part.symbol.code);
        part.distance.iter().for_each(|distance| count(&mut distances, distance.code));
    }
    let (literals, distances) = (Codes::new(literals, MOST_BITS), Codes::new(distances, MOST_BITS));
    let mut bits = Bits::default();
    // The last block, with codes of its own (3.2.3).
    bits.push(0b101, 3);
    head(&mut bits, &literals, &distances);
    for part in &parts {
        literals.write(&mut bits, part.symbol);
        part.distance.iter().for_each(|distance| distances.write(&mut bits, *distance));
    }
    // The last byte is filled up.
    bits.push(0, 7);
    bits.bytes
}

/// What a code stands for, and the bits that follow it.
#[derive(Clone, Copy)]
struct Symbol {
    code: usize,
    extra: usize,
    extra_bits: usize,
}

impl Symbol {
    fn plain(code: usize) -> Symbol {
        Symbol { code, extra: 0, extra_bits: 0 }
    }

    /// Codes come in groups of `1 << group`, each group with one more bit to tell its numbers apart (3.2.5).
    fn grouped(first: usize, number: usize, group: u32) -> Symbol {
        let extra_bits = number.checked_ilog2().unwrap_or_default().saturating_sub(group) as usize;
        let code = first + (extra_bits << group) + (number >> extra_bits);
        Symbol { code, extra: number & ((1 << extra_bits) - 1), extra_bits }
    }

    fn length(length: usize) -> Symbol {
        const FIRST: usize = 257;
        match length {
            LONGEST => Symbol::plain(LITERALS - 1),
            _ => Symbol::grouped(FIRST, length - SHORTEST, 2),
        }
    }
}

/// A literal, or a length with its distance.
struct Part {
    symbol: Symbol,
    distance: Option<Symbol>,
}

/// What is behind the first `start` bytes, as literals and matches.
fn parts(bytes: &[u8], start: usize) -> Vec<Part> {
    let mut places = Places::new(bytes);
    let mut parts = Vec::new();
    (0..start).for_each(|at| places.add(at));
    let mut at = start;
    let mut found = places.longest(at);
    while let Some(&byte) = bytes.get(at) {
        places.add(at);
        let next = places.longest(at + 1);
        // A longer match one byte later is worth a literal.
        let (length, distance) = if next.0 > found.0 { (0, 0) } else { found };
        if length < SHORTEST {
            parts.push(Part { symbol: Symbol::plain(usize::from(byte)), distance: None });
            (at, found) = (at + 1, next);
        } else {
            parts.push(Part { symbol: Symbol::length(length), distance: Some(Symbol::grouped(0, distance - 1, 1)) });
            (at + 1..at + length).for_each(|at| places.add(at));
            at += length;
            found = places.longest(at);
        }
    }
    parts.push(Part { symbol: Symbol::plain(END_OF_BLOCK), distance: None });
    parts
}

/// Where the same three bytes, more or less, stood before.
struct Places<'a> {
    bytes: &'a [u8],
    /// The last place for each hash, and for each place the one before it; one more than the place, zero for none.
    last: Vec<u32>,
    before: Vec<u32>,
}

impl Places<'_> {
    fn new(bytes: &[u8]) -> Places<'_> {
        Places { bytes, last: vec![0; WINDOW], before: vec![0; bytes.len()] }
    }

    fn hash(&self, at: usize) -> Option<usize> {
        let bytes = self.bytes.get(at..at + SHORTEST)?;
        Some(bytes.iter().fold(0, |hash, byte| (hash << 5) ^ usize::from(*byte)) % WINDOW)
    }

    fn add(&mut self, at: usize) {
        let last = self.hash(at).and_then(|hash| self.last.get_mut(hash));
        if let (Some(last), Some(before)) = (last, self.before.get_mut(at)) {
            *before = *last;
            *last = at as u32 + 1;
        }
    }

    /// Length and distance of the longest match; the nearest of several.
    fn longest(&self, at: usize) -> (usize, usize) {
        let mut longest = (0, 0);
        let Some(mut place) = self.hash(at).and_then(|hash| self.last.get(hash)) else { return longest };
        for _ in 0..MOST_PLACES {
            let Some(start) = (*place as usize).checked_sub(1).filter(|start| at - start <= WINDOW) else { break };
            let (here, there) = (self.bytes.iter().skip(at), self.bytes.iter().skip(start));
            let length = here.zip(there).take(LONGEST).take_while(|(here, there)| here == there).count();
            if length > longest.0 {
                longest = (length, at - start);
            }
            match self.before.get(start) {
                Some(before) if length < LONGEST => place = before,
                _ => break,
            }
        }
        longest
    }
}

/// Canonical Huffman codes (3.2.2).
struct Codes {
    /// Bits of each symbol's code; zero where there is none.
    lengths: Vec<usize>,
    codes: Vec<usize>,
}

impl Codes {
    /// For symbols that occur so often.
    fn new(mut counts: Vec<usize>, limit: usize) -> Codes {
        // Some readers want two codes at least.
        if counts.iter().filter(|count| **count > 0).count() < 2 {
            counts.iter_mut().take(2).for_each(|count| *count = (*count).max(1));
        }
        loop {
            let lengths = lengths(&counts);
            if lengths.iter().all(|length| *length <= limit) {
                let codes = (0..lengths.len()).map(|symbol| code(&lengths, symbol)).gather();
                return Codes { lengths, codes };
            }
            // Flatter counts make flatter codes.
            counts.iter_mut().for_each(|count| *count = count.div_ceil(2));
        }
    }

    fn write(&self, bits: &mut Bits, symbol: Symbol) {
        let at = symbol.code;
        let (Some(&length), Some(&code)) = (self.lengths.get(at), self.codes.get(at)) else { return };
        // Codes begin with their highest bit, everything else with its lowest (3.1.1).
        (0..length).rev().for_each(|bit| bits.push(code >> bit & 1, 1));
        bits.push(symbol.extra, symbol.extra_bits);
    }

    /// The lengths up to the last that is used, but so many at least.
    fn used(&self, least: usize) -> &[usize] {
        let last = self.lengths.iter().rposition(|length| *length > 0).unwrap_or_default();
        self.lengths.get(..least.max(last + 1)).unwrap_or_default()
    }
}

/// Shorter codes come first, and among those of a length the lower symbols.
fn code(lengths: &[usize], symbol: usize) -> usize {
    let length = lengths.get(symbol).copied().unwrap_or_default();
    let mut code = 0;
    for (other, its_length) in lengths.iter().enumerate() {
        if *its_length > 0 && (*its_length < length || (*its_length == length && other < symbol)) {
            code += 1 << (length - its_length);
        }
    }
    code
}

/// The depth of each symbol in the tree that joins the two rarest again and again.
fn lengths(counts: &[usize]) -> Vec<usize> {
    let mut lengths = vec![0; counts.len()];
    let mut trees: Vec<(usize, Vec<usize>)> = Vec::new();
    for (symbol, count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
        trees.push((*count, vec![symbol]));
    }
    while let Some((weight, mut symbols)) = rarest(&mut trees) {
        let Some((other, others)) = rarest(&mut trees) else { break };
        symbols.extend_from_slice(&others);
        symbols.iter().for_each(|symbol| count(&mut lengths, *symbol));
        trees.push((weight + other, symbols));
    }
    lengths
}

fn rarest(trees: &mut Vec<(usize, Vec<usize>)>) -> Option<(usize, Vec<usize>)> {
    let (at, _) = trees.iter().enumerate().min_by_key(|(_, (count, _))| *count)?;
    Some(trees.swap_remove(at))
}

fn count(counts: &mut [usize], symbol: usize) {
    counts.get_mut(symbol).into_iter().for_each(|count| *count += 1);
}

/// The codes of the block, as the lengths of their codes (3.2.7).
fn head(bits: &mut Bits, literals: &Codes, distances: &Codes) {
    let (literals, distances) = (literals.used(END_OF_BLOCK + 1), distances.used(1));
    let runs = runs(&[literals, distances].concat());
    let mut counts = vec![0; LENGTHS];
    runs.iter().for_each(|run| count(&mut counts, run.code));
    let codes = Codes::new(counts, MOST_BITS_OF_LENGTHS);
    let lengths: Vec<usize> = ORDER.iter().filter_map(|symbol| codes.lengths.get(*symbol).copied()).gather();
    let written = lengths.iter().rposition(|length| *length > 0).unwrap_or_default() + 1;
    bits.push(literals.len() - (END_OF_BLOCK + 1), 5);
    bits.push(distances.len() - 1, 5);
    bits.push(written - 4, 4);
    lengths.iter().take(written).for_each(|length| bits.push(*length, 3));
    runs.iter().for_each(|run| codes.write(bits, *run));
}

/// Lengths with runs put together: of zeros (17, 18), and of what came before (16).
fn runs(lengths: &[usize]) -> Vec<Symbol> {
    let mut runs = Vec::new();
    for run in lengths.chunk_by(|one, next| one == next) {
        let length = run.first().copied().unwrap_or_default();
        let mut left = run.len();
        if length > 0 {
            runs.push(Symbol::plain(length));
            left -= 1;
        }
        while left > 0 {
            let (code, least, most, extra_bits) = match (length, left) {
                (0, 11..) => (18, 11, 138, 7),
                (0, 3..) => (17, 3, 10, 3),
                (1.., 3..) => (16, 3, 6, 2),
                _ => (length, 1, 1, 0),
            };
            let taken = left.min(most);
            runs.push(Symbol { code, extra: taken - least, extra_bits });
            left -= taken;
        }
    }
    runs
}

/// Bits in bytes, lowest first (3.1.1).
#[derive(Default)]
struct Bits {
    bytes: Vec<u8>,
    /// Fewer than eight bits that fill no byte yet.
    open: usize,
    open_bits: usize,
}

impl Bits {
    fn push(&mut self, value: usize, bits: usize) {
        self.open |= value << self.open_bits;
        self.open_bits += bits;
        while self.open_bits >= 8 {
            self.bytes.push(self.open as u8);
            self.open >>= 8;
            self.open_bits -= 8;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::share::deflate::inflated;

    #[test]
    fn numbers_have_the_codes_of_the_tables() {
        let length = |length| {
            let Symbol { code, extra, extra_bits } = Symbol::length(length);
            (code, extra, extra_bits)
        };
        assert_eq!(
            [length(3), length(10), length(11), length(12)],
            [(257, 0, 0), (264, 0, 0), (265, 0, 1), (265, 1, 1)]
        );
        assert_eq!([length(18), length(257), length(258)], [(268, 1, 1), (284, 30, 5), (285, 0, 0)]);
        let distance = |distance: usize| {
            let Symbol { code, extra, extra_bits } = Symbol::grouped(0, distance - 1, 1);
            (code, extra, extra_bits)
        };
        assert_eq!([distance(1), distance(4), distance(5), distance(8)], [(0, 0, 0), (3, 0, 0), (4, 0, 1), (5, 1, 1)]);
        assert_eq!([distance(24577), distance(32768)], [(29, 0, 13), (29, 8191, 13)]);
    }

    #[test]
    fn what_is_deflated_inflates_again() {
        let mut noise = 1_u32;
        let mut random = || {
            noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (noise >> 24) as u8
        };
        let mixed: Vec<u8> = (0..70_000).map(|at| if at % 7000 < 3500 { random() } else { (at % 5) as u8 }).collect();
        // Fibonacci's numbers make the deepest tree.
        let (mut deep, mut count, mut next) = (Vec::new(), 1, 1);
        for symbol in 0..22 {
            deep.extend(std::iter::repeat_n([symbol, random()], count).flatten());
            (count, next) = (next, count + next);
        }
        for content in [&[][..], b"a", b"aaaa", &[0; 1000], &mixed, &deep] {
            let packed = deflate(&crate::share::dictionary::dictionary(), content);
            assert_eq!(inflated(&packed, content.len()).as_deref(), Some(content), "{} bytes", content.len());
        }
    }

    #[test]
    fn repetition_and_rarity_cost_little() {
        assert!(deflate(&[], &[7; 10_000]).len() < 60);
        let two_letters: Vec<u8> =
            (0..8_000_u32).map(|at| if at.wrapping_mul(2_654_435_761) >> 31 == 0 { b'a' } else { b'b' }).collect();
        assert!(deflate(&[], &two_letters).len() < 1_500);
    }
}

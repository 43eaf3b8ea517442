//! Small ordered collections: a map and a set that are sorted lists, a stable sort, and numbers for keys.
//!
//! The standard library's trees and sorts are faster, but each type they are used with adds two to eight kilobytes to
//! the WebAssembly, and together they were a sixth of it. What the lists collect counts in hundreds, where they are as
//! fast. The sort is a merge sort, and [`numbers`] sorts: both serve where there are hundred thousands.

use std::borrow::Borrow;
use std::cmp::Ordering;

/// Collects what an iterator yields.
pub trait Gather: Iterator + Sized {
    /// As a list. [`Iterator::collect`] writes the steps of the iterator twice into the program, to reserve space with
    /// the first item in hand; this writes them once, which made the WebAssembly 45 kB smaller.
    fn gather(self) -> Vec<Self::Item> {
        let mut items = Vec::new();
        self.for_each(|item| items.push(item));
        items
    }

    /// As a list, or the first error.
    fn try_gather<T, E>(self) -> Result<Vec<T>, E>
    where
        Self: Iterator<Item = Result<T, E>>,
    {
        let mut items = Vec::new();
        for item in self {
            items.push(item?);
        }
        Ok(items)
    }
}

impl<I: Iterator> Gather for I {}

/// Keys with values, in the order of the keys.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Map<K, V> {
    entries: Vec<(K, V)>,
}

impl<K, V> Default for Map<K, V> {
    fn default() -> Map<K, V> {
        Map::new()
    }
}

impl<K, V> Map<K, V> {
    /// Without entries.
    pub const fn new() -> Map<K, V> {
        Map { entries: Vec::new() }
    }

    /// How many entries.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Entries in the order of their keys.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&K, &V)> + Clone {
        self.entries.iter().map(|(key, value)| (key, value))
    }

    /// Values in the order of their keys.
    pub fn values(&self) -> impl DoubleEndedIterator<Item = &V> + Clone {
        self.entries.iter().map(|(_, value)| value)
    }
}

impl<K: Ord, V> Map<K, V> {
    /// Sets the value of a key; the value that it had.
    pub fn insert(&mut self, key: K, value: V) -> Option<V> {
        match self.find(&key) {
            Ok(at) => self.entries.get_mut(at).map(|entry| std::mem::replace(&mut entry.1, value)),
            Err(at) => {
                self.entries.insert(at, (key, value));
                None
            }
        }
    }

    /// The value of a key.
    pub fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        self.find(key).ok().and_then(|at| self.entries.get(at)).map(|(_, value)| value)
    }

    /// The value of a key, to change.
    pub fn get_mut<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<&mut V>
    where
        K: Borrow<Q>,
    {
        let at = self.find(key).ok()?;
        self.entries.get_mut(at).map(|(_, value)| value)
    }

    /// Whether a key is there.
    pub fn contains_key<Q: Ord + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.find(key).is_ok()
    }

    /// Takes a key out; its value.
    pub fn remove<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        self.find(key).ok().map(|at| self.entries.remove(at).1)
    }

    /// Drops the entries that fail a test, which may change the values.
    pub fn retain(&mut self, mut test: impl FnMut(&K, &mut V) -> bool) {
        self.entries.retain_mut(|(key, value)| test(key, value));
    }

    /// The place of a key, filled or not.
    pub fn entry(&mut self, key: K) -> Entry<'_, K, V> {
        Entry { at: self.find(&key), key, entries: &mut self.entries }
    }

    fn find<Q: Ord + ?Sized>(&self, key: &Q) -> Result<usize, usize>
    where
        K: Borrow<Q>,
    {
        self.entries.binary_search_by(|(other, _)| other.borrow().cmp(key))
    }
}

/// The place of a key in a map, filled or not.
#[derive(Debug)]
pub struct Entry<'a, K, V> {
    entries: &'a mut Vec<(K, V)>,
    key: K,
    /// Where the key is, or where it belongs.
    at: Result<usize, usize>,
}

impl<'a, K, V> Entry<'a, K, V> {
    /// The value there, which `make` provides if there is none yet.
    #[allow(clippy::indexing_slicing)] // `at` is a place in `entries`, or one was just made there.
    pub fn or_insert_with(self, make: impl FnOnce() -> V) -> &'a mut V {
        let at = match self.at {
            Ok(at) => at,
            Err(at) => {
                self.entries.insert(at, (self.key, make()));
                at
            }
        };
        &mut self.entries[at].1
    }

    /// The value there, `value` if there is none yet.
    pub fn or_insert(self, value: V) -> &'a mut V {
        self.or_insert_with(|| value)
    }

    /// The value there, the default if there is none yet.
    pub fn or_default(self) -> &'a mut V
    where
        V: Default,
    {
        self.or_insert_with(V::default)
    }

    /// Changes the value there, if there is one.
    pub fn and_modify(self, change: impl FnOnce(&mut V)) -> Entry<'a, K, V> {
        if let Some((_, value)) = self.at.ok().and_then(|at| self.entries.get_mut(at)) {
            change(value);
        }
        self
    }
}

impl<K: Ord, V> Extend<(K, V)> for Map<K, V> {
    fn extend<I: IntoIterator<Item = (K, V)>>(&mut self, entries: I) {
        entries.into_iter().for_each(|(key, value)| drop(self.insert(key, value)));
    }
}

impl<K: Ord, V> FromIterator<(K, V)> for Map<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Map<K, V> {
        let mut map = Map::new();
        map.extend(entries);
        map
    }
}

impl<K: Ord, V, const N: usize> From<[(K, V); N]> for Map<K, V> {
    fn from(entries: [(K, V); N]) -> Map<K, V> {
        entries.into_iter().collect()
    }
}

impl<K, V> IntoIterator for Map<K, V> {
    type Item = (K, V);
    type IntoIter = std::vec::IntoIter<(K, V)>;

    fn into_iter(self) -> Self::IntoIter {
        self.entries.into_iter()
    }
}

impl<'a, K, V> IntoIterator for &'a Map<K, V> {
    type Item = (&'a K, &'a V);
    type IntoIter = std::iter::Map<std::slice::Iter<'a, (K, V)>, fn(&'a (K, V)) -> (&'a K, &'a V)>;

    fn into_iter(self) -> Self::IntoIter {
        self.entries.iter().map(|(key, value)| (key, value))
    }
}

/// Distinct items in order.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Set<T> {
    items: Vec<T>,
}

impl<T> Default for Set<T> {
    fn default() -> Set<T> {
        Set::new()
    }
}

impl<T> Set<T> {
    /// Without items.
    pub const fn new() -> Set<T> {
        Set { items: Vec::new() }
    }

    /// How many items.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// Items in order.
    pub fn as_slice(&self) -> &[T] {
        &self.items
    }

    /// Items in order.
    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.items.iter()
    }
}

impl<T: Ord> Set<T> {
    /// Adds an item; false if it was there.
    pub fn insert(&mut self, item: T) -> bool {
        let at = self.items.binary_search(&item);
        if let Err(at) = at {
            self.items.insert(at, item);
        }
        at.is_err()
    }

    /// Whether an item is there.
    pub fn contains<Q: Ord + ?Sized>(&self, item: &Q) -> bool
    where
        T: Borrow<Q>,
    {
        self.items.binary_search_by(|other| other.borrow().cmp(item)).is_ok()
    }

    /// Takes an item out; false if it was not there.
    pub fn remove(&mut self, item: &T) -> bool {
        let at = self.items.binary_search(item);
        if let Ok(at) = at {
            self.items.remove(at);
        }
        at.is_ok()
    }

    /// Whether no item is in `other`.
    pub fn is_disjoint(&self, other: &Set<T>) -> bool {
        self.items.iter().all(|item| !other.contains(item))
    }
}

impl<T: Ord> Extend<T> for Set<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, items: I) {
        items.into_iter().for_each(|item| {
            self.insert(item);
        });
    }
}

impl<T: Ord> FromIterator<T> for Set<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Set<T> {
        let mut set = Set::new();
        set.extend(items);
        set
    }
}

impl<T: Ord, const N: usize> From<[T; N]> for Set<T> {
    fn from(items: [T; N]) -> Set<T> {
        items.into_iter().collect()
    }
}

impl<T> IntoIterator for Set<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.into_iter()
    }
}

impl<'a, T> IntoIterator for &'a Set<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.iter()
    }
}

/// The items that pass a test, in order. The test is behind a pointer, so that the program holds this once for a type
/// and not once for a test.
pub fn filtered<T: Copy>(items: &[T], test: &dyn Fn(T) -> bool) -> Vec<T> {
    items.iter().copied().filter(|item| test(*item)).gather()
}

/// Each item once, in order of first appearance.
pub fn distinct<T: Copy + Ord>(items: &[T]) -> Vec<T> {
    let mut seen = Set::new();
    items.iter().copied().filter(|item| seen.insert(*item)).gather()
}

/// Sorts by merging, equals in the order they had.
pub fn sort_by<T>(items: &mut [T], mut compare: impl FnMut(&T, &T) -> Ordering) {
    let swaps = sorting_swaps(items.len(), &mut |one, other| match (items.get(one), items.get(other)) {
        (Some(one), Some(other)) => compare(one, other),
        _ => Ordering::Equal,
    });
    for (one, other) in swaps {
        items.swap(one, other);
    }
}

/// Sorts by a key, equals in the order they had.
pub fn sort_by_key<T, K: Ord>(items: &mut [T], mut key: impl FnMut(&T) -> K) {
    sort_by(items, |one, other| key(one).cmp(&key(other)));
}

/// Sorts in the items' own order.
pub fn sort<T: Ord>(items: &mut [T]) {
    sort_by(items, T::cmp);
}

/// Numbers for keys, from 0 in the order of first appearance; equal keys have the same.
pub fn numbers<K: Ord>(keys: &[K]) -> Vec<usize> {
    numbers_by(keys.len(), &mut |one, other| keys.get(one).cmp(&keys.get(other)))
}

fn numbers_by(length: usize, compare: &mut dyn FnMut(usize, usize) -> Ordering) -> Vec<usize> {
    let order = stable_order(length, compare);
    // For each item the first of those that equal it, which the order has at the start of their run.
    let mut firsts = vec![0; length];
    let mut first = 0;
    for item in order {
        if compare(first, item) != Ordering::Equal {
            first = item;
        }
        set(&mut firsts, item, first);
    }
    let mut numbers: Vec<usize> = Vec::with_capacity(length);
    let mut next = 0;
    for (item, first) in firsts.into_iter().enumerate() {
        let known = numbers.get(first).copied().filter(|_| first < item);
        numbers.push(known.unwrap_or(next));
        next += usize::from(known.is_none());
    }
    numbers
}

/// The swaps that sort a list, one after the other.
fn sorting_swaps(length: usize, compare: &mut dyn FnMut(usize, usize) -> Ordering) -> Vec<(usize, usize)> {
    let mut order = if length < 2 { Vec::new() } else { stable_order(length, compare) };
    let mut swaps = Vec::new();
    for start in 0..order.len() {
        let mut at = start;
        while let Some(from) = order.get(at).copied().filter(|from| *from != at) {
            set(&mut order, at, at);
            if from != start {
                swaps.push((at, from));
            }
            at = from;
        }
    }
    swaps
}

/// The order in which positions are sorted, by merging longer and longer runs. It knows positions only, so that the
/// program holds it once and not once for each type.
fn stable_order(length: usize, compare: &mut dyn FnMut(usize, usize) -> Ordering) -> Vec<usize> {
    let mut order: Vec<usize> = (0..length).collect();
    let mut width = 1;
    while width < length {
        let mut merged = Vec::with_capacity(length);
        for pair in order.chunks(2 * width) {
            let (left, right) = pair.split_at_checked(width).unwrap_or((pair, &[]));
            merge(left, right, compare, &mut merged);
        }
        order = merged;
        width *= 2;
    }
    order
}

fn merge<'a>(
    mut left: &'a [usize],
    mut right: &'a [usize],
    compare: &mut dyn FnMut(usize, usize) -> Ordering,
    merged: &mut Vec<usize>,
) {
    while let (Some((one, rest_of_left)), Some((other, rest_of_right))) = (left.split_first(), right.split_first()) {
        if compare(*one, *other) == Ordering::Greater {
            merged.push(*other);
            right = rest_of_right;
        } else {
            merged.push(*one);
            left = rest_of_left;
        }
    }
    merged.extend_from_slice(left);
    merged.extend_from_slice(right);
}

fn set(list: &mut [usize], at: usize, value: usize) {
    if let Some(slot) = list.get_mut(at) {
        *slot = value;
    }
}

#[cfg(test)]
mod tests {
    use super::{Map, Set, numbers, sort, sort_by_key};
    use std::collections::{BTreeMap, BTreeSet};

    /// Numbers without a pattern, always the same.
    fn numbers_without_pattern() -> impl Iterator<Item = u32> {
        (0..500_u32).map(|at| at.wrapping_mul(2_654_435_761) >> 24)
    }

    #[test]
    fn a_map_does_what_the_standard_library_s_does() {
        let (mut map, mut standard) = (Map::new(), BTreeMap::new());
        for (at, number) in numbers_without_pattern().enumerate() {
            assert_eq!(map.insert(number, at), standard.insert(number, at));
            assert_eq!(map.remove(&(number / 2)), standard.remove(&(number / 2)));
            *map.entry(number / 3).or_insert(0) += at;
            *standard.entry(number / 3).or_insert(0) += at;
            assert_eq!(map.get(&number), standard.get(&number));
        }
        assert!(map.iter().eq(standard.iter()));
    }

    #[test]
    fn a_set_does_what_the_standard_library_s_does() {
        let (set, standard): (Set<u32>, BTreeSet<u32>) =
            (numbers_without_pattern().collect(), numbers_without_pattern().collect());
        assert!(set.iter().eq(standard.iter()));
        assert!((0..300).all(|number| set.contains(&number) == standard.contains(&number)));
    }

    #[test]
    fn the_sort_is_stable() {
        let mut sorted: Vec<(u32, usize)> =
            numbers_without_pattern().enumerate().map(|(at, number)| (number % 16, at)).collect();
        let mut standard = sorted.clone();
        sort_by_key(&mut sorted, |(number, _)| *number);
        standard.sort_by_key(|(number, _)| *number);
        assert_eq!(sorted, standard);
    }

    #[test]
    fn every_length_is_sorted() {
        for length in 0..70 {
            let mut sorted: Vec<u32> = numbers_without_pattern().take(length).collect();
            let mut standard = sorted.clone();
            sort(&mut sorted);
            standard.sort();
            assert_eq!(sorted, standard);
        }
    }

    #[test]
    fn keys_are_numbered_in_the_order_of_first_appearance() {
        assert_eq!(numbers(&["b", "a", "b", "c", "a"]), [0, 1, 0, 2, 1]);
        assert!(numbers::<u8>(&[]).is_empty());
        let keys: Vec<u32> = numbers_without_pattern().collect();
        let mut known = Vec::new();
        for (key, number) in keys.iter().zip(numbers(&keys)) {
            if !known.contains(key) {
                known.push(*key);
            }
            assert_eq!(known[number], *key);
        }
    }
}

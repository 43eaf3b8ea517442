//! Finds runs of secret bytes in whatever was written: as they are, as hex, as a list of numbers or as base64, at any alignment and
//! across the ends of lines.

use std::borrow::Cow;

use data_encoding::{BASE64_NOPAD, BASE64URL_NOPAD, HEXLOWER};

/// Bytes of a run that must not be anywhere.
const RUN: usize = 16;

/// Bytes of a secret that is looked for as a whole; a shorter one stands in texts by chance.
const SHORTEST: usize = 8;

/// Distinct pairs of bytes, with which runs begin.
const PAIRS: usize = 1 << 16;

/// What is looked for.
pub(crate) struct Traces {
    /// Runs by the two bytes with which they begin, so that a text is searched for all of them at once.
    by_start: Vec<Vec<Vec<u8>>>,
}

impl Traces {
    /// Every run of these texts.
    pub(crate) fn of<'a>(texts: impl IntoIterator<Item = &'a [u8]>) -> Traces {
        let mut traces = Traces { by_start: vec![Vec::new(); PAIRS] };
        for run in texts.into_iter().flat_map(runs) {
            let known = &mut traces.by_start[start(run)];
            if !known.iter().any(|known| known == run) {
                known.push(run.to_vec());
            }
        }
        traces
    }

    /// Those that are not public as well.
    pub(crate) fn without(mut self, public: &Traces) -> Traces {
        for (runs, public) in self.by_start.iter_mut().zip(&public.by_start) {
            runs.retain(|run| !public.contains(run));
        }
        self
    }

    /// How many runs are looked for.
    pub(crate) fn len(&self) -> usize {
        self.by_start.iter().map(Vec::len).sum()
    }

    /// A run that is written, as hex.
    pub(crate) fn found_in(&self, written: &[u8]) -> Option<String> {
        readings(written).iter().find_map(|reading| self.first_in(reading)).map(|run| HEXLOWER.encode(run))
    }

    #[track_caller]
    pub(crate) fn assert_absent(&self, written: &[u8], context: &str) {
        if let Some(run) = self.found_in(written) {
            panic!(
                "{context}: {run} ({}) is written",
                String::from_utf8_lossy(&HEXLOWER.decode(run.as_bytes()).expect("hex"))
            );
        }
    }

    fn first_in(&self, bytes: &[u8]) -> Option<&[u8]> {
        let at = |place: usize| {
            let rest = &bytes[place..];
            self.by_start[start(rest)].iter().find(|run| rest.starts_with(run))
        };
        (0..bytes.len().saturating_sub(1)).find_map(at).map(Vec::as_slice)
    }
}

/// The runs of a secret; a short one is a run by itself.
fn runs(secret: &[u8]) -> std::slice::Windows<'_, u8> {
    let is_one_run = (SHORTEST..RUN).contains(&secret.len());
    secret.windows(if is_one_run { secret.len() } else { RUN })
}

fn start(bytes: &[u8]) -> usize {
    usize::from(bytes[0]) << 8 | usize::from(bytes[1])
}

/// The bytes that a text may stand for: itself, itself on one line, and what its hex, its numbers and its base64 say.
pub(crate) fn readings(written: &[u8]) -> Vec<Cow<'_, [u8]>> {
    let joined = joined(written);
    let mut readings = vec![Cow::from(written)];
    readings.extend(hex(&joined).map(Cow::from));
    readings.extend(base64(&joined).map(Cow::from));
    readings.extend(numbers(written).map(Cow::from));
    readings.push(Cow::from(joined));
    readings
}

/// Without blanks, ends of lines and their escapes.
fn joined(written: &[u8]) -> Vec<u8> {
    let mut joined = Vec::with_capacity(written.len());
    let mut rest = written;
    while let [first, after @ ..] = rest {
        rest = match (first, after.first()) {
            (b'\\', Some(b'n' | b'r' | b't')) => &after[1..],
            _ => after,
        };
        let is_kept = !first.is_ascii_whitespace() && (*first != b'\\' || rest.len() == after.len());
        joined.extend(is_kept.then_some(*first));
    }
    joined
}

fn hex(joined: &[u8]) -> impl Iterator<Item = Vec<u8>> {
    let digits: Vec<u8> =
        joined.iter().filter(|byte| !matches!(byte, b':' | b',')).map(u8::to_ascii_lowercase).collect();
    let groups = digits.split(|byte| !byte.is_ascii_hexdigit()).filter(|group| 2 * SHORTEST <= group.len());
    let shifted = groups.flat_map(|group| (0..2).map(move |shift| &group[shift..]));
    let decode = |digits: &[u8]| HEXLOWER.decode(&digits[..digits.len() / 2 * 2]).expect("pairs of digits");
    shifted.map(decode).collect::<Vec<_>>().into_iter()
}

/// Four symbols are three bytes, and nobody says with which of them a secret begins.
fn base64(joined: &[u8]) -> impl Iterator<Item = Vec<u8>> {
    let symbol = |byte: &u8| match byte {
        b'-' => b'+',
        b'_' => b'/',
        byte => *byte,
    };
    let symbols: Vec<u8> = joined.iter().map(symbol).collect();
    let is_symbol = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/');
    let groups = symbols.split(|byte| !is_symbol(byte)).filter(|group| SHORTEST * 4 / 3 <= group.len());
    let decode = |symbols: &[u8]| {
        let mut whole = symbols.to_vec();
        whole.resize(symbols.len().next_multiple_of(4), b'A');
        BASE64_NOPAD.decode(&whole).expect("groups of four symbols")
    };
    let shifted = groups.flat_map(|group| (0..4).map(move |shift| &group[shift..]));
    shifted.map(decode).collect::<Vec<_>>().into_iter()
}

/// Lists of numbers, as `Debug` and JSON write bytes.
fn numbers(written: &[u8]) -> impl Iterator<Item = Vec<u8>> {
    let is_part = |byte: &u8| byte.is_ascii_digit() || byte.is_ascii_whitespace() || *byte == b',';
    let groups = written.split(move |byte| !is_part(byte)).filter(|group| 2 * SHORTEST <= group.len());
    groups.map(|group| {
        let numbers = std::str::from_utf8(group).expect("ASCII").split(',');
        numbers.filter_map(|number| number.trim().parse().ok()).collect()
    })
}

#[test]
fn a_run_is_found_in_every_spelling_at_every_place() {
    let secret: Vec<u8> = (0_u8..48).map(|number| number.wrapping_mul(37) ^ 0x5a).collect();
    let traces = Traces::of([secret.as_slice()]);
    assert_eq!(traces.len(), 48 - RUN + 1);
    for first in 0..=secret.len() - RUN {
        let run = &secret[first..first + RUN];
        // Whatever stands around the run is encoded together with it.
        for before in 0..3 {
            let around = [&b"abc"[..before], run, b"de"].concat();
            let hex = HEXLOWER.encode(&around);
            let pairs: Vec<&str> =
                hex.as_bytes().chunks(2).map(|pair| std::str::from_utf8(pair).expect("ASCII")).collect();
            let base64 = BASE64_NOPAD.encode(&around);
            let lines: Vec<&str> =
                base64.as_bytes().chunks(7).map(|line| std::str::from_utf8(line).expect("ASCII")).collect();
            for spelled in [
                hex.clone(),
                hex.to_uppercase(),
                format!("0{hex}"),
                pairs.join(":"),
                pairs.join(" "),
                base64.clone(),
                BASE64URL_NOPAD.encode(&around),
                lines.join("\n"),
                lines.join("\\n"),
                lines.join("\r\n    "),
                format!("-----BEGIN X-----{base64}-----END X-----"),
                format!("{around:?}"),
                format!("{around:#?}"),
                serde_json::to_string(&around).expect("JSON"),
            ] {
                let written = format!("words \"{spelled}\" words");
                assert!(traces.found_in(written.as_bytes()).is_some(), "{written}");
            }
            assert!(traces.found_in(&[b"words", around.as_slice(), b"words"].concat()).is_some());
        }
    }
}

#[test]
fn a_shorter_run_and_a_public_one_are_not_found() {
    let secret: Vec<u8> = (0_u8..48).map(|number| number.wrapping_mul(37) ^ 0x5a).collect();
    let traces = Traces::of([secret.as_slice()]).without(&Traces::of([&secret[20..40]]));
    assert_eq!(traces.len(), 48 - RUN + 1 - (20 - RUN + 1));
    assert_eq!(traces.found_in(HEXLOWER.encode(&secret[..RUN - 1]).as_bytes()), None);
    assert_eq!(traces.found_in(BASE64_NOPAD.encode(&secret[22..22 + RUN]).as_bytes()), None);
    let word = Traces::of([b"made-up-word".as_slice()]);
    assert!(word.found_in(b"password=made-up-word;").is_some() && word.found_in(b"password=made-up-wor").is_none());
}

//! What the text of `openssl s_client` or `curl -v` says of a connection beside the certificates: whom it was made to, and
//! when. What was wrong is for [`error_text`](crate::error_text).

use std::borrow::Cow;

use super::{Session, lines};
use crate::time::Timestamp;

/// Options of `s_client` that name the host, the most telling first.
const HOST_OPTIONS: [&str; 4] = ["verify_hostname", "servername", "connect", "host"];

/// What every text of a connection holds.
const SIGNS: [&str; 6] = ["s_client ", "CONNECTED(", "Connecting to ", "* Connected to ", "*   Trying ", "curl: ("];

/// What `s_client` says first.
const FIRST_WORDS: [&str; 3] = ["Connecting to ", "CONNECTED(", "depth="];

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// Whether a line begins the text of a connection: the command, or the first thing that `s_client` says, be it of the
/// connection or of the chain.
pub(super) fn begins(line: &[u8]) -> bool {
    let text = String::from_utf8_lossy(line);
    command(&text).is_some() || FIRST_WORDS.iter().any(|words| text.starts_with(words))
}

/// What a text says of a connection; none if it is not the text of one.
pub(super) fn of_text(text: &[u8]) -> Option<Session> {
    let whole = String::from_utf8_lossy(text);
    SIGNS.iter().any(|sign| whole.contains(sign)).then_some(())?;
    let mut session = Session::default();
    let mut host = Ranked::default();
    let mut is_connection = false;
    for line in joined_lines(text) {
        let line = line.trim();
        is_connection |= begins(line.as_bytes()) || is_of_curl(line);
        host_of_command(line, &mut host);
        host_of_curl(line, &mut host);
        session.time = session.time.or_else(|| time(line));
    }
    session.host = host.host;
    is_connection.then_some(session)
}

/// Lines, each with those that a backslash at its end joins to it.
fn joined_lines(text: &[u8]) -> Vec<Cow<'_, str>> {
    let mut joined: Vec<Cow<'_, str>> = Vec::new();
    let mut goes_on = false;
    for line in lines::lines(text, 0..text.len()) {
        let line = String::from_utf8_lossy(lines::slice(text, &line));
        let (content, more) = line.trim_end().strip_suffix('\\').map_or((&*line, false), |content| (content, true));
        match joined.last_mut().filter(|_| goes_on) {
            Some(last) => last.to_mut().push_str(content),
            None if more => joined.push(Cow::Owned(content.to_owned())),
            None => joined.push(line),
        }
        goes_on = more;
    }
    joined
}

/// A host and how telling its source is; the lower, the more.
#[derive(Default)]
struct Ranked {
    host: Option<String>,
    rank: usize,
}

impl Ranked {
    fn offer(&mut self, host: &str, rank: usize) {
        if !host.is_empty() && (self.host.is_none() || rank < self.rank) {
            *self = Ranked { host: Some(host.to_owned()), rank };
        }
    }
}

/// The arguments of `openssl s_client` on a line.
fn command(line: &str) -> Option<&str> {
    let (before, arguments) = line.split_once("s_client ")?;
    before.split_whitespace().next_back()?.contains("openssl").then_some(arguments)
}

fn host_of_command(line: &str, host: &mut Ranked) {
    let Some(arguments) = command(line) else { return };
    let mut words = arguments.split_whitespace().map(|word| word.trim_matches(['"', '\'']));
    while let Some(word) = words.next() {
        let option = word.strip_prefix("--").or(word.strip_prefix('-'));
        if let Some(rank) = HOST_OPTIONS.iter().position(|known| Some(*known) == option) {
            words.next().into_iter().for_each(|value| host.offer(without_port(value), rank));
        }
    }
}

fn is_of_curl(line: &str) -> bool {
    line.starts_with("* Connected to ") || line.starts_with("*   Trying ") || line.starts_with("curl: (")
}

/// The name in `* Connected to HOST (ADDRESS) port 443`, else that of the address given to `curl`.
fn host_of_curl(line: &str, host: &mut Ranked) {
    let connected = ["* Connected to ", "* Established connection to "].iter().find_map(|lead| line.strip_prefix(lead));
    if let Some(name) = connected.and_then(|rest| rest.split_whitespace().next()) {
        host.offer(name, HOST_OPTIONS.len());
    }
    let prompt = line.trim_start_matches(['$', '#', '>', ' ']);
    if let Some((_, address)) = line.split_once("https://").filter(|_| prompt.starts_with("curl ")) {
        let end = address.find(|it: char| it.is_whitespace() || "/?#\"'".contains(it)).unwrap_or(address.len());
        host.offer(without_port(address.get(..end).unwrap_or_default()), HOST_OPTIONS.len() + 1);
    }
}

/// `[::1]:443` and `example.com:443` without their ports; an IPv6 address without brackets as it is.
fn without_port(address: &str) -> &str {
    if let Some((inside, _)) = address.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        return inside;
    }
    match address.split_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_alphanumeric()) => host,
        _ => address,
    }
}

/// `Start Time: 1732190400` of a session, or the `Date` of a response (RFC 9110, 5.6.7).
fn time(line: &str) -> Option<Timestamp> {
    if let Some(seconds) = line.strip_prefix("Start Time: ") {
        return seconds.trim().parse().ok().map(Timestamp);
    }
    let (name, date) = line.trim_start_matches(['<', ' ']).split_once(": ")?;
    if !name.eq_ignore_ascii_case("date") {
        return None;
    }
    let mut fields = date.split_once(", ")?.1.split_whitespace();
    let day = fields.next()?.parse().ok()?;
    let month = fields.next().and_then(|name| MONTHS.iter().position(|month| *month == name))?;
    let year = fields.next()?.parse().ok()?;
    let mut clock = fields.next()?.split(':').map(|field| field.parse::<i64>().ok());
    let (hour, minute, second) = (clock.next()??, clock.next()??, clock.next()??);
    Timestamp::from_civil(year, i64::try_from(month).ok()? + 1, day, hour, minute, second)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn host(text: &str) -> Option<String> {
        of_text(text.as_bytes()).and_then(|session| session.host)
    }

    #[test]
    fn the_host_is_the_name_that_was_asked_for() {
        for (text, wanted) in [
            ("$ openssl s_client -connect 10.0.0.1:443 -servername a.example </dev/null\n", Some("a.example")),
            ("openssl s_client -servername 'a.example' \\\n  -connect 10.0.0.1:443\n", Some("a.example")),
            ("openssl s_client --connect a.example:https\n", Some("a.example")),
            ("openssl s_client -connect [2001:db8::1]:443\n", Some("2001:db8::1")),
            ("$ /usr/bin/openssl s_client -connect a:1 -verify_hostname b -servername c\n", Some("b")),
            ("CONNECTED(00000003)\n", None),
            ("* Connected to a.example (10.0.0.1) port 443\n", Some("a.example")),
            ("$ curl -v 'https://a.example:8443/x'\n*   Trying 10.0.0.1:8443...\ncurl: (60) no\n", Some("a.example")),
            ("see https://a.example\ncurl: (60) SSL certificate problem\n", None),
        ] {
            assert_eq!(host(text).as_deref(), wanted, "{text}");
        }
    }

    #[test]
    fn the_time_is_that_of_the_session_or_of_the_response() {
        let at = |line: &str| time(line).map(|at| at.0);
        assert_eq!(at("Start Time: 1732190400"), Some(1_732_190_400));
        assert_eq!(
            at("< Date: Sat, 21 Nov 2026 18:00:00 GMT").map(Timestamp),
            Timestamp::parse("2026-11-21T18:00:00Z")
        );
        for line in
            ["date: today", "Start Time: now", "start date: Nov 21 18:00:00 2026 GMT", "date: Sat, 31 Feb 2026 1:2:3"]
        {
            assert_eq!(at(line), None, "{line}");
        }
    }
}

//! What `openssl s_client` prints: the certificates that the server sent, in its order.

use std::ops::Range;

use super::{Claims, Meaning, Part, lines, session};
use crate::decode::layer::Layer;

/// The list of what the server sent; with `-showcerts`, each with its PEM (`apps/s_client.c`, `print_stuff`).
const CHAIN: &str = "Certificate chain";
/// The server's own certificate, unless it was shown above.
const CERTIFICATE: &str = "Server certificate";
/// Between the sections.
const RULE: &[u8] = b"---";

/// One connection: the sections of its text that show certificates, and how many the server sent.
#[derive(Default)]
struct Connection {
    /// Where its text begins: at the command, or at the first thing that the program says.
    start: usize,
    sections: Vec<(&'static str, Range<usize>)>,
    sent: usize,
}

/// Claims the sections of every connection in the text.
pub(super) fn read(layer: &Layer<'_>, claims: &mut Claims) {
    let bytes = &layer.bytes;
    let connections: Vec<Connection> = connections(bytes).into_iter().filter(Connection::is_one).collect();
    let ends = connections.iter().skip(1).map(|next| next.start).chain([bytes.len()]).collect::<Vec<_>>();
    if connections.is_empty() {
        session::of_text(lines::slice(bytes, &(0..bytes.len()))).into_iter().for_each(|it| claims.session(it));
    }
    for (connection, end) in connections.into_iter().zip(ends) {
        let text = lines::slice(bytes, &(connection.start..end));
        let mut session = session::of_text(text).unwrap_or_default();
        session.sent = (connection.sent > 0).then_some(connection.sent);
        let shows = |section: &&(&str, Range<usize>)| lines::contains(lines::slice(bytes, &section.1), b"-----BEGIN");
        let key = connection.sections.iter().find(shows).map_or(CHAIN, |(key, _)| key);
        let stretches = connection.sections.into_iter().map(|(_, section)| section).collect();
        let part = Part::new(key, Meaning::ServerChain, stretches);
        claims.add(layer, Part { session: Some(session), ..part });
    }
}

/// The connections of a text that show a certificate or a list of them.
fn connections(bytes: &[u8]) -> Vec<Connection> {
    let mut connections: Vec<Connection> = Vec::new();
    let mut start = None;
    let mut open = false;
    for line in lines::trimmed_lines(bytes, 0..bytes.len()) {
        let text = lines::slice(bytes, &line);
        if let Some(title) = [CHAIN, CERTIFICATE].into_iter().find(|title| title.as_bytes() == text) {
            let continues = connections.last().is_some_and(|last| start.is_none() && last.awaits(title));
            if !continues {
                let begin = if connections.is_empty() { 0 } else { start.unwrap_or(line.start) };
                connections.push(Connection { start: begin, ..Connection::default() });
            }
            start = None;
            open = true;
            connections.last_mut().into_iter().for_each(|last| last.sections.push((title, line.end..line.end)));
        } else if text == RULE {
            open = false;
        } else if session::begins(text) {
            open = false;
            start.get_or_insert(line.start);
        } else if let Some(last) = connections.last_mut().filter(|_| open) {
            last.take(text, line.end);
        }
    }
    connections
}

impl Connection {
    /// A list of certificates is that of a connection if it has the form of one.
    fn is_one(&self) -> bool {
        self.sent > 0 || self.sections.iter().any(|(title, _)| *title == CERTIFICATE)
    }

    /// Whether a section may belong to this connection too.
    fn awaits(&self, title: &str) -> bool {
        title == CERTIFICATE && self.sections.iter().all(|(section, _)| *section == CHAIN)
    }

    /// A further line of the last section.
    fn take(&mut self, text: &[u8], end: usize) {
        let Some((title, section)) = self.sections.last_mut() else { return };
        section.end = end;
        if *title == CHAIN && is_entry(text) {
            self.sent += 1;
        }
    }
}

/// ` 1 s:C = FR, O = Example`.
fn is_entry(text: &[u8]) -> bool {
    let digits = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    digits > 0 && text.get(digits..).is_some_and(|rest| rest.starts_with(b" s:"))
}

//! What may be a secret where the words of a message vary: it is left out of what is kept.

/// What stands for it.
const LEFT_OUT: char = '\u{2026}';

/// Fewest characters of a key or token without a blank. Our own number: the shortest in use, the ids of AWS's access keys,
/// have 20.
const SHORTEST: usize = 20;

/// One of how many neighbours in a key or token are of different kinds at least. Our own number: in random base64 it is
/// about every second, in words that were run together every sixth at most.
const ONE_OF: usize = 4;

/// The text without user names and passwords of addresses (RFC 3986, 3.2.1), their queries (3.4), and runs of letters and
/// digits that look random, as tokens, keys and digests do.
pub(super) fn without_secrets(text: &str) -> String {
    let mut kept = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("://") {
        push_without_runs(&mut kept, before);
        kept.push_str("://");
        rest = push_address(&mut kept, after);
    }
    push_without_runs(&mut kept, rest);
    kept
}

/// Adds what may be kept of an address behind its scheme, and gives what follows it.
fn push_address<'t>(kept: &mut String, text: &'t str) -> &'t str {
    let ends_address = |it: char| it.is_whitespace() || "\"'<>`".contains(it);
    let (address, rest) = text.split_at_checked(text.find(ends_address).unwrap_or(text.len())).unwrap_or((text, ""));
    let (place, query) = address.split_at_checked(address.find('?').unwrap_or(address.len())).unwrap_or((address, ""));
    let (authority, path) = place.split_at_checked(place.find('/').unwrap_or(place.len())).unwrap_or((place, ""));
    match authority.rsplit_once('@') {
        Some((_, host)) => {
            kept.push(LEFT_OUT);
            kept.push('@');
            kept.push_str(host);
        }
        None => kept.push_str(authority),
    }
    push_without_runs(kept, path);
    if !query.is_empty() {
        kept.push('?');
        kept.push(LEFT_OUT);
    }
    rest
}

fn push_without_runs(kept: &mut String, text: &str) {
    let is_of_a_run = |it: char| it.is_ascii_alphanumeric() || "+/=_".contains(it);
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest.find(|it| !is_of_a_run(it)).unwrap_or(rest.len());
        let (run, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
        push_run(kept, run);
        let mut following = after.chars();
        kept.extend(following.next());
        rest = following.as_str();
    }
}

/// A slash is a sign of base64, and stands between the names of a path.
fn push_run(kept: &mut String, run: &str) {
    if looks_random(run) {
        return kept.push(LEFT_OUT);
    }
    for (position, name) in run.split('/').enumerate() {
        if position > 0 {
            kept.push('/');
        }
        if looks_random(name) { kept.push(LEFT_OUT) } else { kept.push_str(name) }
    }
}

fn looks_random(run: &str) -> bool {
    let changes = run.as_bytes().windows(2).filter(|pair| matches!(pair, [one, next] if changes_kind(*one, *next)));
    run.len() >= SHORTEST && changes.count() * ONE_OF >= run.len()
}

/// Between upper case, lower case and digits; a word may begin in upper case.
fn changes_kind(one: u8, next: u8) -> bool {
    let is_kept = one.is_ascii_uppercase() && next.is_ascii_lowercase();
    let kind = |octet: u8| (octet.is_ascii_uppercase(), octet.is_ascii_lowercase(), octet.is_ascii_digit());
    one.is_ascii_alphanumeric() && next.is_ascii_alphanumeric() && kind(one) != kind(next) && !is_kept
}

#[cfg(test)]
mod tests {
    use super::without_secrets;

    #[test]
    fn what_may_be_a_secret_is_left_out() {
        for (text, kept) in [
            ("https://user:word@host.example/a/b.git/", "https://\u{2026}@host.example/a/b.git/"),
            ("https://host.example/a?key=word \"x\"", "https://host.example/a?\u{2026} \"x\""),
            ("https://a@b@host.example", "https://\u{2026}@host.example"),
            ("MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg9f3kPz0hGkW", "\u{2026}"),
            ("CN=a, serial 3f9a8c2b7d1e6f504a3b9c8d7e6f5a4b", "CN=a, serial \u{2026}"),
            (
                "https://host.example/some/folders/AKIAIOSF7D4N2EXAMPLE9Q/x",
                "https://host.example/some/folders/\u{2026}/x",
            ),
            ("://", "://"),
        ] {
            assert_eq!(without_secrets(text), kept, "{text}");
            assert_eq!(without_secrets(kept), kept);
        }
    }

    #[test]
    fn names_paths_and_functions_stay() {
        for text in [
            "CN=Kubernetes Ingress Controller Fake Certificate,O=Acme Co",
            "/etc/ssl/certs/ca-certificates.crt",
            "/var/run/secrets/kubernetes.io/serviceaccount/ca.crt",
            "X509_load_cert_crl_file_ex",
            "TheCompanyRootCA2024Issuing",
            "550e8400-e29b-41d4-a716-446655440000",
            "https://registry.example:5000/v2/",
            "C:\\ProgramData\\Müller\\ca.pem",
        ] {
            assert_eq!(without_secrets(text), text);
        }
    }
}

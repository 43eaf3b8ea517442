//! What `--help` and `--version` print.

use crate::arguments::Topic;

/// `--version`.
pub(crate) const VERSION: &str = concat!("rootlens ", env!("CARGO_PKG_VERSION"), "\n");

/// `--help`, of the whole program or of one command.
pub(crate) fn text(topic: Topic) -> &'static str {
    match topic {
        Topic::Program => PROGRAM,
        Topic::Inspect => INSPECT,
        Topic::Verify => VERIFY,
        Topic::Conformance => CONFORMANCE,
    }
}

const PROGRAM: &str = "\
rootlens says why certificates are not trusted: who issued whom, which roots a naive and a correct
verifier would trust, and which clients that locks out.

    rootlens inspect [FILE]...      compare the pools of roots and list the findings
    rootlens verify --trust FILE --chain FILE
                                    ask a verifier's rules about one chain
    rootlens conformance FILE...    compare the engines with recorded verdicts of real programs
    rootlens --version

`rootlens inspect --help`, `rootlens verify --help` and `rootlens conformance --help` say more.
";

const INSPECT: &str = "\
rootlens inspect [--bundle FILE]... [--peer FILE]... [--client FILE]... [FILE]... [options]

Compares the pool of roots that a naive verifier makes with the correct one: whom does that cost?

    --bundle FILE     certificates that the verifier was given to trust
    --peer FILE       what a controller or another server presents, leaf first
    --client FILE     what a client presents, leaf first
    --published FILE  what controllers publish to their routers (OpenZiti from 2.0.4)
    FILE              gets its role by itself; the result says which and why
    --at TIME         judge at this time, RFC 3339 (2026-11-21T18:00:00Z) or a date; default: now
    --purpose WHAT    what the engines are asked about each chain: client, server or any; default:
                      by its role and extended key usage
    --host NAME       the host name or IP address that each leaf must be valid for
    --format FORMAT   text (default)
                      json      the report for programs (docs/report.schema.json)
                      markdown  for a forum, with a graph and the commands that show the same
                      svg, mermaid, dot   the graph of who issued whom
                      link      what stands behind the address of a page; it holds the files
    --check           exit with 1 if a finding has severity error

A file may be given under two flags: one chain can be the peer's and the client's. `-` is standard
input. Exit status: 0 done, 1 findings with --check, 2 usage or unreadable input.
";

const VERIFY: &str = "\
rootlens verify --trust FILE --chain FILE [options]

Says what a verifier would say of a chain.

    --trust FILE      the trust store
    --chain FILE      what was presented, leaf first
    --engine NAME     whose rules: all (default), or one of the engines
                      go-1.27.3 (or go), go-1.19.8, openssl-3.0.22 (or openssl),
                      openssl-3.0.22-partial, openssl-3.0.22-partial-strict,
                      rustls-webpki-0.103.16 (or webpki), gnutls-3.7.9 (or gnutls),
                      mbedtls-2.28.3 (or mbedtls), nss-3.87.1 (or nss),
                      java-17.0.15-trustmanager (or java), java-17.0.15-certpathbuilder,
                      or a product that uses an engine; the answer says which and how it is known:
                      curl, envoy, haproxy, nginx, node, node-partial, python-3.12,
                      python-3.13, traefik
    --host NAME       the host name or IP address that the leaf must be valid for
    --purpose WHAT    server (default), client or any
    --at TIME         judge at this time, RFC 3339 (2026-11-21T18:00:00Z) or a date; default: now
    --format FORMAT   text (default) or json

`-` is standard input. Exit status: 0 done, whatever the verdict; 2 usage or unreadable input.
";

const CONFORMANCE: &str = "\
rootlens conformance [--verdicts] FILE...

Asks the engines the questions of files in the conformance format (JSON: certificates, cases, and
what real programs answered) and prints how far each engine agrees with its program: verdicts,
chains where they are on record, and the words of rejections; then each case where they part. It
says which programs a file has verdicts of that are not re-enacted here.

    --verdicts        print instead what every engine says to every case, a line each: case, engine,
                      outcome, chains, and the words as the recorders spell them

`-` is standard input. Exit status: 0 done, whatever the agreement; 2 usage or unreadable input.
";

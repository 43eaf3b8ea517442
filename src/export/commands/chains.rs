//! Every chain put to `openssl verify`, with the settings of the report's own engine, so that the program says what the
//! report says of it.

use std::fmt::Write as _;
use std::net::IpAddr;

use super::file_name;
use crate::collection;
use crate::export::text::filled;
use crate::report::{ChainAnswer, Report, Role, Source, StoreKind};
use crate::verifier::Purpose;

/// The engine of the report that does what the commands do.
const ENGINE: &str = "openssl-3.0.22";

/// Chains for which a command is written. Our own number: a post stays readable.
pub(in crate::export) const MOST_CHAINS: usize = 10;

/// Certificates that are written out because no file holds them as OpenSSL reads them. Our own number: a post of a forum
/// holds 32,000 characters (Discourse's default).
const MOST_WRITTEN_OUT: usize = 8;

/// Trust nothing that the system brings: OpenSSL adds its own folder to the file that it is given.
const NOTHING_ELSE: &str = "-no-CApath -no-CAstore";

/// A script for the folder with the files, one command for each chain; `None` where there is no chain, or more would have
/// to be written out than a post holds.
pub(in crate::export) fn openssl(report: &Report) -> Option<String> {
    let mut script = Script { report, text: String::new(), written_out: 0 };
    let store = script.store()?;
    let chains: Vec<&ChainAnswer> = report.answer.chains.iter().take(MOST_CHAINS).collect();
    for (index, chain) in chains.iter().enumerate() {
        script.verify(chain, index, &store)?;
    }
    (!chains.is_empty()).then_some(script.text)
}

struct Script<'r> {
    report: &'r Report,
    text: String,
    written_out: usize,
}

impl Script<'_> {
    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    /// The options that name the trust store.
    fn store(&mut self) -> Option<String> {
        let report = self.report;
        let store = &report.answer.store;
        let given = match store.trusted.as_slice() {
            [] => None,
            trusted => Some(self.trust_file(trusted)?),
        };
        if matches!(store.kind, StoreKind::Public | StoreKind::Both) {
            self.line("# The public roots are those of this system, which may differ from Mozilla's list.");
        }
        Some(match (store.kind, given) {
            (StoreKind::Public | StoreKind::Both, None) => String::new(),
            (StoreKind::Public | StoreKind::Both, Some(file)) => format!(" -CAfile {file}"),
            (_, Some(file)) => format!(" {NOTHING_ELSE} -CAfile {file}"),
            (_, None) => format!(" {NOTHING_ELSE} -no-CAfile"),
        })
    }

    /// One file with these certificates: one that there is, several put together, or one that is written first.
    fn trust_file(&mut self, trusted: &[usize]) -> Option<String> {
        let report = self.report;
        let sources: Vec<&Source> = report.sources.iter().filter(|it| it.roles.contains(&Role::Bundle)).collect();
        let all: Vec<usize> = sources.iter().flat_map(|source| source.certificates.iter().copied()).collect();
        let together = collection::distinct(&all);
        if together != trusted || !sources.iter().all(|source| is_pem_file(report, source)) {
            return self.written_out("rootlens-trusted.pem", trusted);
        }
        let names: Vec<String> = sources.iter().map(|source| file_name(&source.name)).collect();
        if let [only] = names.as_slice() {
            return Some(only.clone());
        }
        self.line(&format!("cat {} > rootlens-trusted.pem", names.join(" ")));
        Some("rootlens-trusted.pem".to_owned())
    }

    /// The file with the chain, its leaf first.
    fn chain_file(&mut self, chain: &ChainAnswer, index: usize) -> Option<String> {
        let report = self.report;
        let certificates = [&[chain.leaf], chain.presented.as_slice()].concat();
        let holds = |source: &&Source| source.certificates == certificates && is_pem_file(report, source);
        match report.sources.iter().find(holds) {
            Some(source) => Some(file_name(&source.name)),
            None => self.written_out(&format!("rootlens-chain-{}.pem", index + 1), &certificates),
        }
    }

    /// A new file, if it is not too long.
    fn written_out(&mut self, name: &str, certificates: &[usize]) -> Option<String> {
        self.written_out += certificates.len();
        if self.written_out > MOST_WRITTEN_OUT {
            return None;
        }
        self.line(&format!("cat > {name} <<'END'"));
        let report = self.report;
        for certificate in certificates.iter().filter_map(|id| report.certificates.get(*id)) {
            self.line(certificate.pem.trim_end());
        }
        self.line("END");
        Some(name.to_owned())
    }

    /// The chain as the engine is asked about it, below a comment that says what the engine answers.
    fn verify(&mut self, chain: &ChainAnswer, index: usize, store: &str) -> Option<()> {
        let file = self.chain_file(chain, index)?;
        let report = self.report;
        let verdict = report.engines.iter().find(|it| it.client == chain.chain && it.engine == ENGINE);
        if let Some(verdict) = verdict.filter(|verdict| !verdict.stopped) {
            let answer = if verdict.accepts { "OpenSSL accepts it" } else { "OpenSSL rejects it" };
            self.line(&format!("# {}: {answer}.", filled(&chain.chain)));
        }
        let purpose = match chain.purpose {
            Purpose::Client => "sslclient",
            Purpose::Server => "sslserver",
            Purpose::Any => "any",
        };
        let mut line = format!("openssl verify -attime {} -purpose {purpose} -auth_level 2", report.at.0);
        if let Some(host) = &chain.host {
            let option = if host.parse::<IpAddr>().is_ok() { "-verify_ip" } else { "-verify_hostname" };
            // Writing into a string cannot fail.
            let _ = write!(line, " {option} {}", file_name(host));
        }
        line.push_str(store);
        if !chain.presented.is_empty() {
            let _ = write!(line, " -untrusted {file}");
        }
        self.line(&format!("{line} {file}"));
        Some(())
    }
}

/// Whether a source is a file that OpenSSL reads as rootlens does: PEM that needed no mending, with nothing else in it
/// but text.
fn is_pem_file(report: &Report, source: &Source) -> bool {
    let is_whole = source.problems.is_empty() && source.secrets == 0;
    let is_pem = |id: &usize| {
        let Some(certificate) = report.certificates.get(*id) else { return false };
        let mut places = certificate.places.iter().filter(|place| place.source == source.name);
        places.all(|place| place.repairs.is_empty() && place.end - place.start >= base64_length(&certificate.pem))
    };
    is_whole && is_name_of_a_file(report, source) && source.certificates.iter().all(is_pem)
}

/// Whether the name is that of a file, and not of a part of one, of a second file of the same name, or of what was pasted
/// or piped, which is called something in two words.
fn is_name_of_a_file(report: &Report, source: &Source) -> bool {
    let name = source.name.as_str();
    let is_part = source.part.is_some() && name.contains(": ");
    let is_second = name.rsplit_once(" (").is_some_and(|(first, _)| report.sources.iter().any(|it| it.name == first));
    let is_file = name.contains('.') || !name.contains(char::is_whitespace);
    is_file && !is_part && !is_second
}

/// The octets that the base64 of a certificate takes at least, which DER does not.
fn base64_length(pem: &str) -> usize {
    pem.lines().filter(|line| !line.starts_with("-----")).map(str::len).sum()
}

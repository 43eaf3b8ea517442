//! What is said of a line, in words.

use std::fmt;

use super::{Addition, ExplainedLine, Finding, Judgement};
use crate::answer::ChainAnswer;
use crate::certificate::Certificate;
use crate::error_text::{Alert, ErrorLine, Fault, Layer, Side, Speaker};
use crate::forwarding;
use crate::graph::Graph;
use crate::verifier::{Program, Purpose};

/// What a fault is, as a clause.
pub fn title(fault: Fault) -> &'static str {
    match fault {
        Fault::IssuerAbsent => "the issuer was neither sent nor is it trusted",
        Fault::MissingIntermediate => "an intermediate certificate was not sent",
        Fault::SameNameOtherKey => "the trust store holds the issuer's name with another key",
        Fault::UntrustedRoot => "the root that was sent is not in the trust store",
        Fault::SelfSigned => "the certificate signed itself and is not in the trust store",
        Fault::LeafNamedAsIssuer => "the certificate bears its issuer's name",
        Fault::AnchorNotSelfSigned => "the trust store holds an intermediate without the root above it",
        Fault::EmptyStore => "the trust store is empty",
        Fault::UnloadableFile => "a file cannot be loaded, or only in part",
        Fault::NotACa => "an issuer does not say that it is a CA",
        Fault::CaAsEndEntity => "a CA certificate serves as the server's or client's own",
        Fault::KeyUsage => "the key usage does not allow this",
        Fault::ExtendedKeyUsage => "the extended key usage does not allow this",
        Fault::Expired => "a certificate has expired",
        Fault::NotYetValid => "a certificate is not valid yet",
        Fault::ExpiredDuplicate => "the trust store still holds an expired copy of a CA",
        Fault::AmbiguousStore => "the trust store holds several certificates of one name",
        Fault::AmbiguousChain => "several of the certificates that were sent fit in one place",
        Fault::PathLength => "more CAs follow than a CA allows",
        Fault::ChainTooLong => "the chain is longer than the program allows",
        Fault::NameConstraints => "a name lies outside of what a CA may issue",
        Fault::NameEncoding => "the issuer's name is written in two ways",
        Fault::KeyIdMismatch => "the key identifiers of issuer and subject differ",
        Fault::AuthoritySerialMismatch => "the authority key identifier names another certificate",
        Fault::KeyIdsAbsent => "a key identifier is missing",
        Fault::EndEntityTrusted => "the trust store holds the certificate itself instead of its CA",
        Fault::KeyMismatch => "the private key belongs to another certificate",
        Fault::LeafNotFirst => "the file does not begin with the server's or client's own certificate",
        Fault::WrongOrder => "the certificates stand in the wrong order",
        Fault::CertificateWithheld => "the client sent no certificate",
        Fault::HeaderEncoding => "the forwarded certificate has another form than the program expects",
        Fault::HostName => "the certificate is not made out to the host",
        Fault::BadSignature => "a signature does not verify",
        Fault::WeakSignature => "a signature uses an outdated hash",
        Fault::WeakKey => "a key is too short",
        Fault::UnsupportedAlgorithm => "the program does not know a key's or signature's algorithm",
        Fault::CriticalExtension => "the program does not know a critical extension",
        Fault::BasicConstraintsNotCritical => "a CA does not mark its basic constraints as critical",
        Fault::Unparsable => "the program cannot read a certificate",
        Fault::Revoked => "a certificate was revoked, or that could not be asked",
        Fault::StrictProfile => "a rule that only some programs keep is broken",
        Fault::NaivePool => "the router derives its root pool from the wrong certificate",
    }
}

/// What the words prove by themselves, whatever the files: see `docs/background/errors.md`, section 2.
pub fn implication(line: &ErrorLine) -> Option<&'static str> {
    let is_received = line.message.layer == Layer::Alert;
    match (line.message.alert?, line.speaker) {
        (Alert::UnknownCa, Speaker::Go | Speaker::Java) if is_received && line.side != Some(Side::Server) => Some(
            "The server was sent a certificate, and Go and Java send one only if the server lists \
        its issuer's name: that name is trusted, and the key is likely another one.",
        ),
        (Alert::CertificateRequired, _) => Some(
            "The client sent no certificate: it has none, or the server lists no CA name that its \
        chain contains.",
        ),
        (Alert::DecryptError, _) if is_received => Some(
            "This is no fault of the encryption: the other side found a signature on a certificate \
        that does not verify.",
        ),
        _ => None,
    }
}

/// What to add, as a sentence.
impl fmt::Display for Addition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Addition::Chain => {
                "Add the chain that was presented: the output of openssl s_client -showcerts, or the \
        certificate file."
            }
            Addition::TrustStore => "Add what the program trusts: its CA file, or choose a trust store.",
            Addition::Issuer => "Add the issuer's certificate, which tells whether it is an intermediate or a root.",
            Addition::DeployedFile => "Add the file that the program could not load, as it is deployed.",
            Addition::PublicKey => {
                "Compare the public keys: openssl x509 -noout -pubkey -in CERTIFICATE, and openssl pkey \
        -pubout -in KEY. Private keys are not read here."
            }
            Addition::ClientSetup => {
                "Add the CA names that the server lists (openssl s_client shows them) and the client's \
        certificate file, if it has one."
            }
            Addition::ReceivedHeader => "Add the header as the program received it.",
            Addition::Sender => "Say which program sent the alert: programs send it for different reasons.",
            Addition::RouterFiles => "Add the router's CA bundle, the chain of each controller and that of the client.",
            Addition::RevocationList => {
                "Ask the CA whether the certificate was revoked; lists and responders are not asked here."
            }
        })
    }
}

/// What a judgement is called.
impl fmt::Display for Judgement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Judgement::Confirmed => f.write_str("confirmed"),
            Judgement::Refuted => f.write_str("ruled out by these files"),
            Judgement::Undecidable(addition) => write!(f, "not decided. {addition}"),
        }
    }
}

/// What became of the line, in one to three sentences.
impl fmt::Display for ExplainedLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.finding {
            Finding::Said(said) if self.line.message.layer == Layer::Alert => {
                let alert = self.line.message.alert.map(|alert| format!(", {alert}")).unwrap_or_default();
                let (program, chain) = (said.program.title(), &said.chain);
                write!(f, "Explained: {program} answers {chain} with this alert{alert}. {}", said.sentence)
            }
            Finding::Said(said) if self.line.speaker == Speaker::OpenSsl && said.program.engine().is_none() => write!(
                f,
                "Explained: this is what OpenSSL reports of {} to a program that goes on after the first error, as {} does. {}",
                said.chain,
                said.program.title(),
                said.sentence
            ),
            Finding::Said(said) => {
                write!(f, "Explained: this is what {} says of {}. {}", said.program.title(), said.chain, said.sentence)
            }
            Finding::Shown => write!(f, "Explained by these files: {}.", self.confirmed()),
            Finding::ForwardedForm { source, form } => {
                write!(f, "Explained by {source}: this is the form of {form}. {}", forwarding::mismatch(*form))
            }
            Finding::NotSaid { program, chain, purpose, instead: None } => write!(
                f,
                "Not explained: with these files {} accepts {chain} as a {}. The program that said this uses other files, \
                 or has not loaded these yet.{}",
                program.title(),
                used_as(*purpose),
                self.besides()
            ),
            Finding::NotSaid { program, chain, instead: Some(words), .. } => {
                let (program, besides) = (program.title(), self.besides());
                write!(
                    f,
                    "Not explained: with these files {program} says of {chain}: \u{201c}{words}\u{201d}.{besides}"
                )
            }
            Finding::NotShown => {
                let speaker = self.line.speaker.title();
                write!(
                    f,
                    "Not explained: the verifiers find no such fault in these files; that of {speaker} is not among them.{}",
                    self.besides()
                )
            }
            Finding::Open(addition) => write!(f, "Not decided. {addition}{}", self.besides()),
            Finding::Elsewhere(elsewhere) => write!(f, "No certificate explains this. {elsewhere}"),
        }
    }
}

/// What an answer's sentence does not say as plainly as the words prove it.
pub(super) fn plainer(graph: &Graph, program: Program, chain: &ChainAnswer, fault: Fault) -> Option<String> {
    let subject = chain.certificates.first().copied().unwrap_or(chain.leaf);
    let name = |id| graph.certificate(id).map(Certificate::short_name);
    let leaf = name(chain.leaf)?;
    let issued = if subject == chain.leaf { "it".to_owned() } else { name(subject)? };
    let issuer = graph.certificate(subject)?.issuer.short().unwrap_or_else(|| "an issuer without a name".to_owned());
    let start = format!("{} does not accept {leaf}", program.title());
    match fault {
        Fault::IssuerAbsent => {
            Some(format!("{start}: {issuer}, which issued {issued}, was neither sent nor is it trusted."))
        }
        Fault::LeafNamedAsIssuer => {
            Some(format!("{start}: it bears the name of its issuer, and so passes for self-signed."))
        }
        _ => None,
    }
}

fn used_as(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Client => "client's certificate",
        Purpose::Server | Purpose::Any => "server's certificate",
    }
}

impl ExplainedLine {
    /// Where else a line may come from that certificates need not explain.
    fn besides(&self) -> String {
        self.line.message.elsewhere.map(|elsewhere| format!(" Or: {elsewhere}")).unwrap_or_default()
    }

    fn confirmed(&self) -> String {
        let confirmed = self.faults.iter().filter(|it| it.judgement == Judgement::Confirmed);
        confirmed.map(|it| title(it.fault)).collect::<Vec<_>>().join("; ")
    }
}

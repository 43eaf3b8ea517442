//! Certificates by the thousand, for questions of cost: written in DER as they are needed, their signatures made by
//! nobody. Who has signed whom is told when the graph is finished.

use std::rc::Rc;

use rootlens::certificate::{CertId, Certificate};
use rootlens::graph::{Draft, Graph};
use rootlens::signature::Status;
use rootlens::time::Timestamp;
use rootlens::verifier::{Purpose, Query};

/// When everything is judged; all certificates are valid then.
pub const AT: &str = "2026-06-01T00:00:00Z";

const SEQUENCE: u8 = 0x30;
const SET: u8 = 0x31;
const INTEGER: u8 = 0x02;
const BIT_STRING: u8 = 0x03;
const OCTET_STRING: u8 = 0x04;
const OBJECT_IDENTIFIER: u8 = 0x06;
const UTF8_STRING: u8 = 0x0c;
const UTC_TIME: u8 = 0x17;

/// id-ecPublicKey and secp256r1; ecdsa-with-SHA256; rsaEncryption.
const EC_PUBLIC_KEY: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01];
const SECP256R1: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07];
const ECDSA_WITH_SHA256: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02];
const SHA256_WITH_RSA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0b];
const RSA_ENCRYPTION: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];

/// The generator of P-256 (SEC 2, 2.4.2), which is as good a public key as any.
const GENERATOR: &str = "046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296\
                         4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5";

/// An element of DER (X.690, 8.1).
pub fn der(tag: u8, contents: &[u8]) -> Vec<u8> {
    let length = contents.len();
    let mut element = vec![tag];
    match length {
        0..=0x7f => element.push(length as u8),
        0x80..=0xff => element.extend([0x81, length as u8]),
        0x100..=0xffff => element.extend([0x82, (length >> 8) as u8, length as u8]),
        _ => element.extend([0x83, (length >> 16) as u8, (length >> 8) as u8, length as u8]),
    }
    element.extend(contents);
    element
}

/// A SEQUENCE of elements.
pub fn sequence(parts: &[Vec<u8>]) -> Vec<u8> {
    der(SEQUENCE, &parts.concat())
}

/// What is told of a certificate.
#[derive(Clone, Debug)]
pub struct Told {
    pub subject: String,
    pub issuer: String,
    /// Certificates with the same number share their key; 0 is a key of P-256, others are RSA keys.
    pub key: u32,
    /// The issuer's key is of P-256.
    pub signed_with_ec: bool,
    pub is_ca: bool,
    /// Besides basicConstraints; see [`extension`].
    pub extensions: Vec<Vec<u8>>,
}

impl Told {
    /// A CA with the key of all.
    pub fn ca(subject: &str, issuer: &str) -> Told {
        Told {
            subject: subject.to_owned(),
            issuer: issuer.to_owned(),
            key: 0,
            signed_with_ec: true,
            is_ca: true,
            extensions: Vec::new(),
        }
    }

    /// An end entity with the key of all.
    pub fn leaf(subject: &str, issuer: &str) -> Told {
        Told { is_ca: false, ..Told::ca(subject, issuer) }
    }

    /// The same with another key.
    pub fn with_key(self, key: u32) -> Told {
        Told { key, ..self }
    }

    /// The same, signed by an RSA key.
    pub fn signed_with_rsa(self) -> Told {
        Told { signed_with_ec: false, ..self }
    }

    /// The same with an extension more.
    pub fn with(mut self, extension: Vec<u8>) -> Told {
        self.extensions.push(extension);
        self
    }

    fn certificate(&self, serial: u32) -> Rc<Certificate> {
        let algorithm = match self.signed_with_ec {
            true => sequence(&[der(OBJECT_IDENTIFIER, ECDSA_WITH_SHA256)]),
            false => sequence(&[der(OBJECT_IDENTIFIER, SHA256_WITH_RSA), der(0x05, &[])]),
        };
        let validity = sequence(&[der(UTC_TIME, b"250101000000Z"), der(UTC_TIME, b"450101000000Z")]);
        let constraints = if self.is_ca { sequence(&[der(0x01, &[0xff])]) } else { sequence(&[]) };
        let extensions = [&[extension(&[0x55, 0x1d, 0x13], true, &constraints)], self.extensions.as_slice()].concat();
        let tbs = sequence(&[
            der(0xa0, &der(INTEGER, &[2])),
            der(INTEGER, &[&[0x01], serial.to_be_bytes().as_slice()].concat()),
            algorithm.clone(),
            name(&self.issuer),
            validity,
            name(&self.subject),
            key(self.key),
            der(0xa3, &sequence(&extensions)),
        ]);
        let number = der(INTEGER, &[&[0x01], serial.to_be_bytes().as_slice()].concat());
        let signature = match self.signed_with_ec {
            true => [&[0], sequence(&[number.clone(), number]).as_slice()].concat(),
            false => [&[0_u8, 1][..], &[7; 255]].concat(),
        };
        let certificate = sequence(&[tbs, algorithm, der(BIT_STRING, &signature)]);
        Rc::new(Certificate::parse(&certificate).expect("a certificate"))
    }
}

/// An extension by the octets of its identifier.
pub fn extension(oid: &[u8], critical: bool, value: &[u8]) -> Vec<u8> {
    let critical = if critical { der(0x01, &[0xff]) } else { Vec::new() };
    sequence(&[der(OBJECT_IDENTIFIER, oid), critical, der(OCTET_STRING, value)])
}

/// subjectAltName with these DNS names.
pub fn dns_names(names: impl Iterator<Item = String>) -> Vec<u8> {
    let names: Vec<Vec<u8>> = names.map(|name| der(0x82, name.as_bytes())).collect();
    extension(&[0x55, 0x1d, 0x11], false, &sequence(&names))
}

/// nameConstraints that exclude these domains.
pub fn excluded(domains: impl Iterator<Item = String>) -> Vec<u8> {
    let subtrees: Vec<Vec<u8>> = domains.map(|domain| sequence(&[der(0x82, domain.as_bytes())])).collect();
    extension(&[0x55, 0x1d, 0x1e], true, &sequence(&[der(0xa1, &subtrees.concat())]))
}

fn name(common_name: &str) -> Vec<u8> {
    let attribute = sequence(&[der(OBJECT_IDENTIFIER, &[0x55, 0x04, 0x03]), der(UTF8_STRING, common_name.as_bytes())]);
    sequence(&[der(SET, &attribute)])
}

fn key(number: u32) -> Vec<u8> {
    if number == 0 {
        let algorithm = sequence(&[der(OBJECT_IDENTIFIER, EC_PUBLIC_KEY), der(OBJECT_IDENTIFIER, SECP256R1)]);
        return sequence(&[algorithm, der(BIT_STRING, &[vec![0], hex(GENERATOR)].concat())]);
    }
    // A modulus that nobody will factor with profit.
    let modulus = [&[0, 0xc0], number.to_be_bytes().as_slice(), &[0x55; 250], &[0x0b]].concat();
    let algorithm = sequence(&[der(OBJECT_IDENTIFIER, RSA_ENCRYPTION), der(0x05, &[])]);
    let value = sequence(&[der(INTEGER, &modulus), der(INTEGER, &[1, 0, 1])]);
    sequence(&[algorithm, der(BIT_STRING, &[vec![0], value].concat())])
}

fn hex(text: &str) -> Vec<u8> {
    let digit = |at: usize| u8::from_str_radix(&text[at..at + 2], 16).expect("hex");
    (0..text.len()).step_by(2).map(digit).collect()
}

/// Certificates, which of them are trusted, and the chains that are asked about, leaf first.
pub struct Pki {
    pub graph: Graph,
    pub trusted: Vec<CertId>,
    pub chains: Vec<Vec<CertId>>,
    /// Octets of all certificates.
    pub octets: usize,
}

impl Pki {
    /// Every signature counts as good. `chains` are places in the list, `trusted` are those before that place.
    pub fn new(told: &[Told], trusted: usize, chains: Vec<Vec<usize>>) -> Pki {
        Pki::signed(told, trusted, chains, Status::Valid)
    }

    /// The same, but every signature has this status.
    pub fn signed(told: &[Told], trusted: usize, chains: Vec<Vec<usize>>, status: Status) -> Pki {
        let certificates: Vec<Rc<Certificate>> =
            told.iter().zip(1..).map(|(told, serial)| told.certificate(serial)).collect();
        let octets = certificates.iter().map(|certificate| certificate.der.len()).sum();
        let graph = Draft::new(certificates).finish_as(&|_, _| status);
        let chains = chains.into_iter().map(|chain| chain.into_iter().map(CertId).collect()).collect();
        Pki { graph, trusted: (0..trusted).map(CertId).collect(), chains, octets }
    }

    /// The question about a chain.
    pub fn query(&self, chain: usize) -> Query<'_> {
        let (leaf, presented) = self.chains[chain].split_first().expect("a leaf");
        Query {
            trusted: &self.trusted,
            presented,
            leaf: *leaf,
            at: Timestamp::parse(AT).expect("an instant"),
            purpose: Purpose::Server,
            host: None,
        }
    }
}

/// So many roots, and one chain below the one in the middle.
pub fn roots(count: usize) -> Pki {
    let mut told: Vec<Told> = (0..count).map(|at| Told::ca(&format!("root {at}"), &format!("root {at}"))).collect();
    told.push(Told::leaf("leaf", &format!("root {}", count / 2)));
    Pki::new(&told, count, vec![vec![count]])
}

/// So many certificates in chains of root, intermediate and leaf.
pub fn chains(count: usize) -> Pki {
    let chains = count.div_ceil(3);
    let root = (0..chains).map(|at| Told::ca(&format!("root {at}"), &format!("root {at}")));
    let intermediate = (0..chains).map(|at| Told::ca(&format!("ca {at}"), &format!("root {at}")));
    let leaf = (0..chains).map(|at| Told::leaf(&format!("leaf {at}"), &format!("ca {at}")));
    let told: Vec<Told> = root.chain(intermediate).chain(leaf).collect();
    Pki::new(&told, chains, (0..chains).map(|at| vec![2 * chains + at, chains + at]).collect())
}

/// A bundle of roots and intermediates, and a chain below every tenth of the latter.
pub fn mixed(count: usize) -> Pki {
    let cas = count / 2;
    let root = (0..cas).map(|at| Told::ca(&format!("root {at}"), &format!("root {at}")));
    let intermediate = (0..cas).map(|at| Told::ca(&format!("ca {at}"), &format!("root {}", at / 2)));
    let mut told: Vec<Told> = root.chain(intermediate).collect();
    let trusted = told.len();
    let below = (0..cas).step_by(10);
    told.extend(below.clone().map(|at| Told::leaf(&format!("leaf {at}"), &format!("ca {at}"))));
    Pki::new(&told, trusted, below.enumerate().map(|(place, at)| vec![trusted + place, cas + at]).collect())
}

/// Each CA is issued by the next one and the last by the first; all are trusted.
pub fn ring(count: usize) -> Pki {
    let next = |at: usize| format!("ca {}", (at + 1) % count);
    let mut told: Vec<Told> = (0..count).map(|at| Told::ca(&format!("ca {at}"), &next(at))).collect();
    told.push(Told::leaf("leaf", "ca 0"));
    Pki::new(&told, count, vec![vec![count]])
}

/// CAs of which each has issued all others, about so many certificates; all are presented, and a root above one.
pub fn clique(count: usize) -> Pki {
    let names = (2..).find(|names: &usize| names * (names - 1) >= count).expect("a number");
    let mut told = vec![Told::ca("root", "root")];
    for subject in 0..names {
        let others = (0..names).filter(|issuer| *issuer != subject);
        told.extend(others.map(|issuer| Told::ca(&format!("ca {subject}"), &format!("ca {issuer}"))));
    }
    let presented = 1..told.len();
    told.push(Told::leaf("leaf", "ca 0"));
    let chain = [told.len() - 1].into_iter().chain(presented).collect();
    Pki::new(&told, 1, vec![chain])
}

/// So many CAs of one name, each with a key of its own, none of which has signed the leaf.
pub fn namesakes(count: usize) -> Pki {
    let cas = (1..).take(count).map(|key| Told::ca("ca", "ca").with_key(key).signed_with_rsa());
    let mut told: Vec<Told> = cas.collect();
    told.push(Told::leaf("leaf", "ca").signed_with_rsa());
    Pki::signed(&told, count, vec![vec![count]], Status::Invalid)
}

/// An intermediate that excludes so many domains, and a leaf below it with as many names.
pub fn names(count: usize) -> Pki {
    let told = [
        Told::ca("root", "root"),
        Told::ca("ca", "root").with(excluded((0..count).map(|at| format!("x{at}.example.org")))),
        Told::leaf("leaf", "ca").with(dns_names((0..count).map(|at| format!("y{at}.example.com")))),
    ];
    Pki::new(&told, 1, vec![vec![2, 1]])
}

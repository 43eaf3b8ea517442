//! Encryption by password, as PKCS#12 uses it: PBES2 (RFC 8018, 6.2) and the older schemes of its own (RFC 7292,
//! appendix C). The cryptography is that of crates; here is which of them a file asks for.

use ::pkcs12::kdf::{Pkcs12KeyType, derive_key};
use cbc::cipher::block_padding::Pkcs7;
use cbc::cipher::{BlockCipherDecrypt, BlockModeDecrypt, KeyInit, KeyIvInit};
use des::{TdesEde2, TdesEde3};
use pkcs5::EncryptionScheme;
use pkcs5::pbes2::Kdf;
use rc2::Rc2;
use sha1::Sha1;

use super::passwords::Passwords;
use crate::der::{OBJECT_IDENTIFIER, OCTET_STRING, Reader, SEQUENCE};
use crate::oid::{self, Oid};

/// Rounds of key derivation for one input, over all passwords and contents. NSS, which asks for most, writes 600,000;
/// that leaves four attempts.
const MAX_ROUNDS: u32 = 2_400_000;

/// Why some contents stay encrypted.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Failure {
    /// No password fits.
    Password,
    /// The algorithm is none of those that are known here.
    Algorithm(String),
    /// Trying a password takes more rounds than are left.
    Rounds(u32),
}

/// The rounds of key derivation that are left.
pub(super) struct Rounds(u32);

impl Default for Rounds {
    fn default() -> Rounds {
        Rounds(MAX_ROUNDS)
    }
}

impl Rounds {
    fn take(&mut self, rounds: u32) -> Result<(), Failure> {
        self.0 = self.0.checked_sub(rounds).ok_or(Failure::Rounds(rounds))?;
        Ok(())
    }
}

/// Decrypts contents with the first password under which `is_plain` recognises them; `algorithm` is the
/// AlgorithmIdentifier.
pub(super) fn decrypt(
    algorithm: &[u8],
    contents: &[u8],
    passwords: &Passwords,
    rounds: &mut Rounds,
    is_plain: impl Fn(&[u8]) -> bool,
) -> Result<Vec<u8>, Failure> {
    let scheme = Scheme::read(algorithm)?;
    for password in scheme.passwords(passwords) {
        rounds.take(scheme.rounds())?;
        if let Some(plain) = scheme.decrypt(contents, &password).filter(|plain| is_plain(plain)) {
            return Ok(plain);
        }
    }
    Err(Failure::Password)
}

enum Scheme<'a> {
    Pbes2(Box<EncryptionScheme>),
    Pkcs12 { cipher: Cipher, salt: &'a [u8], rounds: u32 },
}

/// The ciphers of PKCS#12 that are blocks in a chain.
#[derive(Clone, Copy)]
enum Cipher {
    TripleDes,
    TwoKeyTripleDes,
    Rc2With128Bits,
    Rc2With40Bits,
}

impl<'a> Scheme<'a> {
    fn read(algorithm: &'a [u8]) -> Result<Scheme<'a>, Failure> {
        let name = identifier(algorithm).map_or_else(String::new, |name| name.to_string());
        let unknown = || Failure::Algorithm(name.clone());
        if let Some(scheme) = pkcs12_scheme(algorithm) {
            return Ok(scheme);
        }
        let scheme = EncryptionScheme::try_from(algorithm).map_err(|_| unknown())?;
        match scheme.pbes2().map(|parameters| &parameters.kdf) {
            Some(Kdf::Pbkdf2(_)) => Ok(Scheme::Pbes2(Box::new(scheme))),
            // scrypt takes as much memory as the file asks for, and no program writes it.
            _ => Err(unknown()),
        }
    }

    /// How many rounds one attempt takes.
    fn rounds(&self) -> u32 {
        match self {
            Scheme::Pbes2(scheme) => {
                let pbkdf2 = scheme.pbes2().and_then(|parameters| parameters.kdf.pbkdf2());
                pbkdf2.map_or(u32::MAX, |pbkdf2| pbkdf2.iteration_count)
            }
            Scheme::Pkcs12 { rounds, .. } => *rounds,
        }
    }

    /// Passwords as octets. For PKCS#12 no password and an empty one differ (RFC 7292, appendix B.1).
    fn passwords(&self, passwords: &Passwords) -> Vec<Vec<u8>> {
        let wide =
            |password: &str| -> Vec<u8> { password.encode_utf16().chain([0]).flat_map(u16::to_be_bytes).collect() };
        match self {
            Scheme::Pbes2(_) => passwords.each().map(|password| password.as_bytes().to_vec()).collect(),
            Scheme::Pkcs12 { .. } => passwords.each().map(wide).chain([Vec::new()]).collect(),
        }
    }

    fn decrypt(&self, contents: &[u8], password: &[u8]) -> Option<Vec<u8>> {
        match self {
            Scheme::Pbes2(scheme) => scheme.decrypt(password, contents).ok(),
            Scheme::Pkcs12 { cipher, salt, rounds } => {
                let derive =
                    |part, octets| Some(derive_key::<Sha1>(password, salt, part, i32::try_from(*rounds).ok()?, octets));
                let key = derive(Pkcs12KeyType::EncryptionKey, cipher.key_octets())?;
                let vector = derive(Pkcs12KeyType::Iv, BLOCK)?;
                match cipher {
                    Cipher::TripleDes => decrypt_chain::<TdesEde3>(&key, &vector, contents),
                    Cipher::TwoKeyTripleDes => decrypt_chain::<TdesEde2>(&key, &vector, contents),
                    Cipher::Rc2With128Bits | Cipher::Rc2With40Bits => decrypt_chain::<Rc2>(&key, &vector, contents),
                }
            }
        }
    }
}

/// Octets of a block of DES and of RC2.
const BLOCK: usize = 8;

impl Cipher {
    fn of(algorithm: &Oid) -> Option<Cipher> {
        Some(match algorithm.constant()? {
            oid::PBE_SHA1_3DES => Cipher::TripleDes,
            oid::PBE_SHA1_2DES => Cipher::TwoKeyTripleDes,
            oid::PBE_SHA1_RC2_128 => Cipher::Rc2With128Bits,
            oid::PBE_SHA1_RC2_40 => Cipher::Rc2With40Bits,
            _ => return None,
        })
    }

    fn key_octets(self) -> usize {
        match self {
            Cipher::TripleDes => 24,
            Cipher::TwoKeyTripleDes | Cipher::Rc2With128Bits => 16,
            Cipher::Rc2With40Bits => 5,
        }
    }
}

/// What an AlgorithmIdentifier names.
fn identifier(algorithm: &[u8]) -> Option<Oid> {
    let contents = Reader::read_only(algorithm, SEQUENCE)?.read(OBJECT_IDENTIFIER)?;
    Some(Oid::from_contents(contents.0))
}

/// One of the schemes with `pkcs-12PbeParams` (RFC 7292, appendix C).
fn pkcs12_scheme(algorithm: &[u8]) -> Option<Scheme<'_>> {
    let cipher = Cipher::of(&identifier(algorithm)?)?;
    let mut fields = Reader::read_only(algorithm, SEQUENCE)?;
    fields.read_any()?;
    let mut parameters = fields.read(SEQUENCE)?;
    let salt = parameters.read(OCTET_STRING)?.0;
    let rounds = u32::try_from(parameters.read_i64()?).ok()?;
    Some(Scheme::Pkcs12 { cipher, salt, rounds })
}

fn decrypt_chain<C: BlockCipherDecrypt + KeyInit>(key: &[u8], vector: &[u8], contents: &[u8]) -> Option<Vec<u8>> {
    let decryptor = cbc::Decryptor::<C>::new_from_slices(key, vector).ok()?;
    let mut buffer = contents.to_vec();
    let plain = decryptor.decrypt_padded::<Pkcs7>(&mut buffer).ok()?.len();
    buffer.truncate(plain);
    Some(buffer)
}

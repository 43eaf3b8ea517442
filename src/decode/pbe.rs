//! Encryption by password, as PKCS#12 uses it: PBES2 (RFC 8018, 6.2) and the older schemes of its own (RFC 7292,
//! appendix C). The cryptography is that of crates; here is which of them a file asks for.

use ::pkcs12::kdf::{Pkcs12KeyType, derive_key};
use aes::{Aes128Dec, Aes256Dec};
use cbc::cipher::block_padding::Pkcs7;
use cbc::cipher::{BlockCipherDecrypt, BlockModeDecrypt, KeyInit, KeyIvInit};
use des::TdesEde3;
use pbkdf2::pbkdf2_hmac;
use rc2::Rc2;
use sha1::Sha1;
use sha2::{Sha256, Sha384, Sha512};

use super::passwords::Passwords;
use crate::der::{INTEGER, OBJECT_IDENTIFIER, OCTET_STRING, Reader, SEQUENCE};
use crate::oid::{self, ObjectIdentifier, Oid};

/// Rounds of key derivation for one input, over all passwords and contents. NSS, which asks for most, writes 600,000;
/// that leaves three attempts.
const MAX_ROUNDS: u32 = 1_800_000;

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
    let scheme = Scheme::read(algorithm).ok_or_else(|| Failure::Algorithm(names(algorithm)))?;
    for password in scheme.derivation.passwords(passwords) {
        rounds.take(scheme.rounds)?;
        let key =
            scheme.key_and_vector(&password).and_then(|(key, vector)| scheme.cipher.decrypt(&key, &vector, contents));
        if let Some(plain) = key.filter(|plain| is_plain(plain)) {
            return Ok(plain);
        }
    }
    Err(Failure::Password)
}

/// The identifiers in an AlgorithmIdentifier, for those who look them up: the scheme, and what PBES2 combines.
fn names(algorithm: &[u8]) -> String {
    let mut names = Vec::new();
    if let Some((name, mut parameters)) = algorithm_identifier(&mut Reader(algorithm)) {
        names.push(name.to_string());
        let mut parameters = parameters.read(SEQUENCE).unwrap_or(Reader(&[]));
        while let Some((name, _)) = algorithm_identifier(&mut parameters) {
            names.push(name.to_string());
        }
    }
    names.join(", ")
}

/// How contents are encrypted.
struct Scheme<'a> {
    derivation: Derivation<'a>,
    salt: &'a [u8],
    rounds: u32,
    cipher: Cipher,
}

/// How a password becomes a key.
enum Derivation<'a> {
    /// PBKDF2 with HMAC and this hash function; the initialisation vector stands in the file.
    Pbkdf2 { hash: Hash, vector: &'a [u8] },
    /// The derivation of PKCS#12 with SHA-1, for key and vector (RFC 7292, appendix B).
    Pkcs12,
}

#[derive(Clone, Copy)]
enum Hash {
    Sha1,
    Sha256,
    Sha384,
    Sha512,
}

/// Block ciphers in a chain.
#[derive(Clone, Copy)]
enum Cipher {
    Aes128,
    Aes256,
    TripleDes,
    TwoKeyTripleDes,
    Rc2With128Bits,
    Rc2With40Bits,
}

/// What an AlgorithmIdentifier names, and its parameters (RFC 5280, 4.1.1.2).
fn algorithm_identifier<'a>(from: &mut Reader<'a>) -> Option<(Oid, Reader<'a>)> {
    let mut fields = from.read(SEQUENCE)?;
    let name = Oid::from_contents(fields.read(OBJECT_IDENTIFIER)?.0);
    Some((name, fields))
}

impl<'a> Scheme<'a> {
    fn read(algorithm: &'a [u8]) -> Option<Scheme<'a>> {
        let (name, mut parameters) = algorithm_identifier(&mut Reader(algorithm))?;
        let mut parameters = parameters.read(SEQUENCE)?;
        if name == oid::PBES2 {
            return Scheme::read_pbes2(parameters);
        }
        let cipher = Cipher::of(name.constant()?, &PKCS12_CIPHERS)?;
        let (salt, rounds) = salt_and_rounds(&mut parameters)?;
        Some(Scheme { derivation: Derivation::Pkcs12, salt, rounds, cipher })
    }

    /// PBES2-params (RFC 8018, appendix A.4). scrypt takes as much memory as the file asks for, and no program writes it.
    fn read_pbes2(mut parameters: Reader<'a>) -> Option<Scheme<'a>> {
        let (derivation, mut of_derivation) = algorithm_identifier(&mut parameters)?;
        let (cipher, mut of_cipher) = algorithm_identifier(&mut parameters)?;
        (derivation == oid::PBKDF2).then_some(())?;
        let mut of_derivation = of_derivation.read(SEQUENCE)?;
        let (salt, rounds) = salt_and_rounds(&mut of_derivation)?;
        // The length of the key follows from the cipher.
        of_derivation.read_optional(INTEGER)?;
        let hash = match algorithm_identifier(&mut of_derivation) {
            Some((name, _)) => Hash::of(&name)?,
            None => Hash::Sha1,
        };
        let cipher = Cipher::of(cipher.constant()?, &PBES2_CIPHERS)?;
        let vector = of_cipher.read(OCTET_STRING)?.0;
        Some(Scheme { derivation: Derivation::Pbkdf2 { hash, vector }, salt, rounds, cipher })
    }

    fn key_and_vector(&self, password: &[u8]) -> Option<(Vec<u8>, Vec<u8>)> {
        let mut key = vec![0; self.cipher.key_octets()];
        match self.derivation {
            Derivation::Pbkdf2 { hash, vector } => {
                match hash {
                    Hash::Sha1 => pbkdf2_hmac::<Sha1>(password, self.salt, self.rounds, &mut key),
                    Hash::Sha256 => pbkdf2_hmac::<Sha256>(password, self.salt, self.rounds, &mut key),
                    Hash::Sha384 => pbkdf2_hmac::<Sha384>(password, self.salt, self.rounds, &mut key),
                    Hash::Sha512 => pbkdf2_hmac::<Sha512>(password, self.salt, self.rounds, &mut key),
                }
                Some((key, vector.to_vec()))
            }
            Derivation::Pkcs12 => {
                let rounds = i32::try_from(self.rounds).ok()?;
                let derive = |part, octets| derive_key::<Sha1>(password, self.salt, part, rounds, octets);
                let key = derive(Pkcs12KeyType::EncryptionKey, key.len());
                Some((key, derive(Pkcs12KeyType::Iv, BLOCK)))
            }
        }
    }
}

impl Derivation<'_> {
    /// Passwords as octets. For PKCS#12 no password and an empty one differ (RFC 7292, appendix B.1).
    fn passwords(&self, passwords: &Passwords) -> Vec<Vec<u8>> {
        let wide =
            |password: &str| -> Vec<u8> { password.encode_utf16().chain([0]).flat_map(u16::to_be_bytes).collect() };
        match self {
            Derivation::Pbkdf2 { .. } => passwords.each().map(|password| password.as_bytes().to_vec()).collect(),
            Derivation::Pkcs12 => passwords.each().map(wide).chain([Vec::new()]).collect(),
        }
    }
}

fn salt_and_rounds<'a>(parameters: &mut Reader<'a>) -> Option<(&'a [u8], u32)> {
    Some((parameters.read(OCTET_STRING)?.0, u32::try_from(parameters.read_i64()?).ok()?))
}

impl Hash {
    fn of(function: &Oid) -> Option<Hash> {
        Some(match function.constant()? {
            oid::HMAC_WITH_SHA1 => Hash::Sha1,
            oid::HMAC_WITH_SHA256 => Hash::Sha256,
            oid::HMAC_WITH_SHA384 => Hash::Sha384,
            oid::HMAC_WITH_SHA512 => Hash::Sha512,
            _ => return None,
        })
    }
}

/// Octets of a block of DES and of RC2.
const BLOCK: usize = 8;

/// Ciphers that PBES2 names (RFC 8018, appendix B.2).
const PBES2_CIPHERS: [(ObjectIdentifier, Cipher); 3] =
    [(oid::AES_128_CBC, Cipher::Aes128), (oid::AES_256_CBC, Cipher::Aes256), (oid::DES_EDE3_CBC, Cipher::TripleDes)];

/// Ciphers of the schemes with `pkcs-12PbeParams` (RFC 7292, appendix C), but for RC4.
const PKCS12_CIPHERS: [(ObjectIdentifier, Cipher); 4] = [
    (oid::PBE_SHA1_3DES, Cipher::TripleDes),
    (oid::PBE_SHA1_2DES, Cipher::TwoKeyTripleDes),
    (oid::PBE_SHA1_RC2_128, Cipher::Rc2With128Bits),
    (oid::PBE_SHA1_RC2_40, Cipher::Rc2With40Bits),
];

impl Cipher {
    fn of(name: ObjectIdentifier, known: &[(ObjectIdentifier, Cipher)]) -> Option<Cipher> {
        known.iter().find(|(known, _)| *known == name).map(|(_, cipher)| *cipher)
    }

    fn key_octets(self) -> usize {
        match self {
            Cipher::Aes256 => 32,
            Cipher::TripleDes => 24,
            Cipher::Aes128 | Cipher::TwoKeyTripleDes | Cipher::Rc2With128Bits => 16,
            Cipher::Rc2With40Bits => 5,
        }
    }

    fn decrypt(self, key: &[u8], vector: &[u8], contents: &[u8]) -> Option<Vec<u8>> {
        match self {
            Cipher::Aes128 => decrypt_chain::<Aes128Dec>(key, vector, contents),
            Cipher::Aes256 => decrypt_chain::<Aes256Dec>(key, vector, contents),
            Cipher::TripleDes => decrypt_chain::<TdesEde3>(key, vector, contents),
            // The first of two keys is the third as well (NIST SP 800-67, 3.1).
            Cipher::TwoKeyTripleDes => {
                let key = [key, key.get(..BLOCK)?].concat();
                decrypt_chain::<TdesEde3>(&key, vector, contents)
            }
            Cipher::Rc2With128Bits | Cipher::Rc2With40Bits => decrypt_chain::<Rc2>(key, vector, contents),
        }
    }
}

fn decrypt_chain<C: BlockCipherDecrypt + KeyInit>(key: &[u8], vector: &[u8], contents: &[u8]) -> Option<Vec<u8>> {
    let decryptor = cbc::Decryptor::<C>::new_from_slices(key, vector).ok()?;
    let mut buffer = contents.to_vec();
    let plain = decryptor.decrypt_padded::<Pkcs7>(&mut buffer).ok()?.len();
    buffer.truncate(plain);
    Some(buffer)
}

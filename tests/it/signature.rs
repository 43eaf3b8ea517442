//! Tests of `signature`: certificates signed by OpenSSL (`tests/data/signatures/record.sh`), as they are and damaged.

use rootlens::certificate::Certificate;
use rootlens::signature::{Check, Status, verify_batch};

use crate::recorded::{certificate, files};

const FOLDER: &str = "signatures";

/// Past the algorithm and into the key; more would only take longer.
const KEY_OCTETS_TO_DAMAGE: usize = 100;

/// `(file name without .pem, certificate)` for every recorded certificate.
fn recorded() -> Vec<(String, Certificate)> {
    let names = files(FOLDER, ".pem");
    assert!(names.len() >= 55, "only {} recorded certificates", names.len());
    let read = |file: &String| (file.trim_end_matches(".pem").to_owned(), certificate(&format!("{FOLDER}/{file}")));
    names.iter().map(read).collect()
}

fn is_supported(name: &str) -> bool {
    !name.starts_with("unsupported-")
}

/// The question whether `issuer`'s key signed `subject`.
fn check<'a>(issuer: &'a Certificate, subject: &'a Certificate) -> Check<'a> {
    Check {
        issuer_key: &issuer.key.spki,
        algorithm: &subject.signature_algorithm.der,
        message: subject.tbs_der(),
        signature: &subject.signature,
    }
}

fn verify(check: Check<'_>) -> Status {
    verify_batch(&[check])[0]
}

fn with_flipped_bit(bytes: &[u8], position: usize) -> Vec<u8> {
    let mut flipped = bytes.to_vec();
    flipped[position] ^= 0x10;
    flipped
}

#[test]
fn every_supported_algorithm_verifies() {
    for (name, certificate) in recorded() {
        let expected = if is_supported(&name) { Status::Valid } else { Status::Unsupported };
        assert_eq!(verify(check(&certificate, &certificate)), expected, "{name}");
    }
}

#[test]
fn a_flipped_bit_in_the_message_or_the_signature_is_noticed() {
    for (name, certificate) in recorded().iter().filter(|(name, _)| is_supported(name)) {
        let genuine = check(certificate, certificate);
        let message = with_flipped_bit(genuine.message, genuine.message.len() / 2);
        assert_eq!(verify(Check { message: &message, ..genuine }), Status::Invalid, "{name}, message");
        for position in [0, genuine.signature.len() / 2, genuine.signature.len() - 1] {
            let signature = with_flipped_bit(genuine.signature, position);
            assert_eq!(verify(Check { signature: &signature, ..genuine }), Status::Invalid, "{name}, {position}");
        }
    }
}

#[test]
fn a_signature_of_another_length_is_invalid() {
    for (name, certificate) in recorded().iter().filter(|(name, _)| is_supported(name)) {
        let genuine = check(certificate, certificate);
        let shorter = &genuine.signature[..genuine.signature.len() - 1];
        let longer = [genuine.signature, &[0]].concat();
        for signature in [&[], shorter, &longer] {
            assert_eq!(verify(Check { signature, ..genuine }), Status::Invalid, "{name}, {}", signature.len());
        }
    }
}

#[test]
fn another_key_never_verifies_whatever_its_type() {
    let all = recorded();
    for (subject_name, subject) in all.iter().filter(|(name, _)| is_supported(name)) {
        for (issuer_name, issuer) in all.iter().filter(|(name, _)| is_supported(name)) {
            if issuer.key != subject.key {
                let status = verify(check(issuer, subject));
                assert_eq!(status, Status::Invalid, "{issuer_name} did not sign {subject_name}");
            }
        }
    }
}

#[test]
fn a_key_of_an_unknown_kind_is_unsupported() {
    let rsa = certificate("signatures/rsa-2048-sha256.pem");
    for name in ["unsupported-ecdsa-brainpool-p512r1", "unsupported-sm2", "unsupported-ecdsa-p256-explicit"] {
        let issuer = certificate(&format!("signatures/{name}.pem"));
        assert_eq!(verify(check(&issuer, &rsa)), Status::Unsupported, "{name}");
    }
}

/// RFC 4055, 1.2: an id-RSASSA-PSS key makes no PKCS #1 v1.5 signatures, and its parameters bind the hash.
#[test]
fn a_pss_key_is_used_for_pss_only() {
    let key = certificate("signatures/pss-key-sha256.pem");
    let restricted = certificate("signatures/pss-key-restricted-sha384.pem");
    let pkcs1 = certificate("signatures/rsa-2048-sha256.pem");
    let other_hash = certificate("signatures/pss-2048-sha256.pem");
    assert_eq!(verify(check(&key, &pkcs1)), Status::Invalid);
    assert_eq!(verify(check(&restricted, &other_hash)), Status::Invalid);
}

#[test]
fn garbage_is_unsupported_or_invalid_and_never_panics() {
    let genuine = certificate("signatures/ecdsa-p384-sha384.pem");
    let genuine = check(&genuine, &genuine);
    assert_eq!(verify(Check { issuer_key: &[], ..genuine }), Status::Unsupported);
    assert_eq!(verify(Check { algorithm: &[], ..genuine }), Status::Unsupported);
    assert_eq!(verify(Check { algorithm: &[0x30, 0x80], ..genuine }), Status::Unsupported);
    assert_eq!(verify(Check { signature: &[0x30, 0x84], ..genuine }), Status::Invalid);
}

/// Another key may be of an unknown kind or of none at all, so there are two right answers.
#[test]
fn a_flipped_bit_in_the_key_is_noticed() {
    // In a restricted key a flipped bit may still allow the salt that was used.
    let with_fixed_key = |name: &str| is_supported(name) && name != "pss-key-restricted-sha384";
    for (name, certificate) in recorded().iter().filter(|(name, _)| with_fixed_key(name)) {
        let genuine = check(certificate, certificate);
        for position in (0..genuine.issuer_key.len()).take(KEY_OCTETS_TO_DAMAGE) {
            let issuer_key = with_flipped_bit(genuine.issuer_key, position);
            assert_ne!(verify(Check { issuer_key: &issuer_key, ..genuine }), Status::Valid, "{name}, {position}");
        }
    }
}

/// Moduli and exponents that arithmetic cannot use must not reach it.
#[test]
fn degenerate_rsa_keys_are_unsupported() {
    let genuine = certificate("signatures/rsa-2048-sha256.pem");
    let genuine = check(&genuine, &genuine);
    let empty_key = [0x30, 0x06, 0x02, 0x01, 0x00, 0x02, 0x01, 0x03];
    let even_modulus = [0x30, 0x06, 0x02, 0x01, 0x10, 0x02, 0x01, 0x03];
    let exponent_one = [0x30, 0x06, 0x02, 0x01, 0x0f, 0x02, 0x01, 0x01];
    let exponent_above_modulus = [0x30, 0x06, 0x02, 0x01, 0x03, 0x02, 0x01, 0x05];
    for key in [empty_key, even_modulus, exponent_one, exponent_above_modulus] {
        let spki = rsa_spki(&key);
        assert_eq!(verify(Check { issuer_key: &spki, ..genuine }), Status::Unsupported, "{key:?}");
    }
}

/// SubjectPublicKeyInfo around a short RSAPublicKey.
fn rsa_spki(key: &[u8]) -> Vec<u8> {
    let algorithm = [0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00];
    let bit_string = [&[0x03, u8::try_from(key.len()).expect("short") + 1, 0x00], key].concat();
    let contents = [algorithm.as_slice(), &bit_string].concat();
    [&[0x30, u8::try_from(contents.len()).expect("short")], contents.as_slice()].concat()
}

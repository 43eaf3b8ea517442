//! Go's words for what its `Verify` refuses.

use super::parse::{Instant, Parsed};
use super::quote::{quote, quote_bytes};

/// A critical extension that Go does not handle.
pub(super) const UNHANDLED_CRITICAL_EXTENSION: &str = "x509: unhandled critical extension";
/// The issuer's name is not the candidate's.
pub(super) const NAME_MISMATCH: &str = "x509: issuer name does not match subject from issuing certificate";
/// An intermediate that is no CA.
pub(super) const NOT_AUTHORIZED_TO_SIGN: &str = "x509: certificate is not authorized to sign other certificates";
/// pathLenConstraint is exceeded.
pub(super) const TOO_MANY_INTERMEDIATES: &str = "x509: too many intermediates for path length constraint";
/// No certificate of the chain leaves a requested extended key usage.
pub(super) const INCOMPATIBLE_USAGE: &str = "x509: certificate specifies an incompatible key usage";
/// The budget of a search is spent.
pub(super) const SIGNATURE_LIMIT: &str =
    "x509: signature check attempts limit reached while verifying certificate chain";
/// The candidate is no CA or may not sign certificates.
pub(super) const CANNOT_SIGN: &str = "x509: invalid signature: parent certificate cannot sign this kind of certificate";
/// The signature algorithm or the candidate's key is of no kind that Go verifies.
pub(super) const ALGORITHM_UNIMPLEMENTED: &str = "x509: cannot verify signature: algorithm unimplemented";
/// What the runtime of Go 1.19 prints when `alreadyInChain` meets such a key.
pub(super) const PANIC_UNKNOWN_KEY: &str = "panic: interface conversion: interface is nil, not x509.pubKeyEqual";
/// The same for a DSA key.
pub(super) const PANIC_DSA_KEY: &str =
    "panic: interface conversion: *dsa.PublicKey is not x509.pubKeyEqual: missing method Equal";
/// No chain survived the last checks.
pub(super) const NO_VALID_CHAINS: &str = "x509: no valid chains built";

// The next four are ours: Go passes over such candidates in silence, or would know the answer.

/// The candidate's name and key stand in the path already.
pub(super) const ALREADY_IN_CHAIN: &str = "already in this path (same subject, public key and alternative names)";
/// The candidate's key is of a kind that Go does not know.
pub(super) const UNKNOWN_KEY: &str = "passed over: public key of an unknown algorithm";
/// A key on a list that Go carries.
pub(super) const DISTRUSTED: &str = "dropped: a public key on Go's list of distrusted keys";
/// The graph does not know whether the signature is valid.
pub(super) const SIGNATURE_NOT_CHECKED: &str =
    "the signature was not checked (budget spent, or an algorithm that this build lacks), so Go's answer is not known";

/// Before its time.
pub(super) fn not_yet_valid(not_before: Instant) -> String {
    format!("x509: certificate has expired or is not yet valid: is before {not_before}")
}

/// After its time.
pub(super) fn expired(not_after: Instant) -> String {
    format!("x509: certificate has expired or is not yet valid: is after {not_after}")
}

/// A name constraint is violated.
pub(super) fn name_not_permitted(why: &str) -> String {
    format!("x509: a root or intermediate certificate is not authorized to sign for this name: {why}")
}

/// No issuer was found; `hint` is the first refusal of a candidate and that candidate.
pub(super) fn unknown_authority(hint: Option<(&str, &Parsed<'_>)>) -> String {
    const UNKNOWN: &str = "x509: certificate signed by unknown authority";
    match hint {
        None => UNKNOWN.to_owned(),
        Some((why, candidate)) => format!(
            "{UNKNOWN} (possibly because of {} while trying to verify candidate authority certificate {})",
            quote(why),
            quote_bytes(&called(candidate))
        ),
    }
}

/// Every chain fell to the policy check, or some to it and some to extended key usages.
pub(super) fn no_valid_chains(incompatible_usage: usize, invalid_policies: usize) -> String {
    let mut details = Vec::new();
    if incompatible_usage > 0 {
        details.push(format!("{incompatible_usage} candidate chains with incompatible key usage"));
    }
    if invalid_policies > 0 {
        details.push(format!("{invalid_policies} candidate chains with invalid policies"));
    }
    if details.is_empty() { NO_VALID_CHAINS.to_owned() } else { format!("{NO_VALID_CHAINS}: {}", details.join(", ")) }
}

/// Common name, else first organisation, else serial number.
fn called(certificate: &Parsed<'_>) -> Vec<u8> {
    let short = &certificate.short_name;
    match &short.organization {
        _ if !short.common_name.is_empty() => short.common_name.clone(),
        Some(organization) => organization.clone(),
        None => format!("serial:{}", signed_decimal(certificate.serial)).into_bytes(),
    }
}

/// A big-endian number in two's complement, in decimal. Go 1.19 reads certificates whose serial number is negative.
fn signed_decimal(octets: &[u8]) -> String {
    if octets.first().is_none_or(|octet| octet & 0x80 == 0) {
        return decimal(octets);
    }
    let mut magnitude: Vec<u8> = octets.iter().map(|octet| !octet).collect();
    for octet in magnitude.iter_mut().rev() {
        *octet = octet.wrapping_add(1);
        if *octet != 0 {
            break;
        }
    }
    format!("-{}", decimal(&magnitude))
}

/// A big-endian number, not negative, in decimal.
fn decimal(octets: &[u8]) -> String {
    let mut digits = vec![0u32];
    for &octet in octets {
        let mut carry = u32::from(octet);
        for digit in &mut digits {
            let value = *digit * 256 + carry;
            (*digit, carry) = (value % 10, value / 10);
        }
        while carry > 0 {
            digits.push(carry % 10);
            carry /= 10;
        }
    }
    digits.iter().rev().filter_map(|&digit| char::from_digit(digit, 10)).collect()
}

#[cfg(test)]
mod tests {
    use super::{decimal, no_valid_chains, signed_decimal};

    #[test]
    fn serial_numbers_are_decimal() {
        assert_eq!(decimal(&[0]), "0");
        assert_eq!(decimal(&[0x01, 0x00]), "256");
        assert_eq!(signed_decimal(&[0xff, 0x00]), "-256");
        assert_eq!(signed_decimal(&[0x80]), "-128");
        assert_eq!(signed_decimal(&[0x7f]), "127");
        assert_eq!(decimal(&[0xff; 20]), "1461501637330902918203684832716283019655932542975");
    }

    #[test]
    fn counts_what_was_dropped() {
        assert_eq!(no_valid_chains(0, 0), "x509: no valid chains built");
        assert_eq!(
            no_valid_chains(1, 2),
            "x509: no valid chains built: 1 candidate chains with incompatible key usage, \
             2 candidate chains with invalid policies"
        );
    }
}

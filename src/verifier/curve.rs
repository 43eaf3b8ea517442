//! Whether the coordinates in a public key are a point of their curve (SEC 1, 2.3.4), for the curves of NIST. Go
//! refuses a certificate whose point is none, and so do others, so their readers of certificates need this much of a
//! curve.

use p224::NistP224;
use p256::NistP256;
use p256::elliptic_curve::hazmat::FieldArithmetic;
use p256::elliptic_curve::sec1::{FromSec1Point, ModulusSize, ToSec1Point};
use p256::elliptic_curve::{AffinePoint, FieldBytes, FieldBytesSize, PrimeField, PublicKey};
use p384::NistP384;
use p521::NistP521;

use crate::oid::{self, ObjectIdentifier};

/// A curve whose points can be checked.
#[derive(Clone, Copy, Debug)]
pub(super) struct Curve {
    /// Go's name in refusals.
    pub(super) name: &'static str,
    /// How certificates name it.
    pub(super) oid: ObjectIdentifier,
    /// Octets of a coordinate.
    pub(super) octets: usize,
    check: fn(&[u8], &[u8]) -> Result<(), NoPoint>,
}

/// P-224, P-256, P-384 and P-521 (FIPS 186-4, D.1.2): all that Go's `crypto/x509` reads.
pub(super) const CURVES: [Curve; 4] = [
    Curve { name: "P224", oid: oid::SECP224R1, octets: 28, check: check::<NistP224> },
    Curve { name: "P256", oid: oid::SECP256R1, octets: 32, check: check::<NistP256> },
    Curve { name: "P384", oid: oid::SECP384R1, octets: 48, check: check::<NistP384> },
    Curve { name: "P521", oid: oid::SECP521R1, octets: 66, check: check::<NistP521> },
];

/// Why a point is none; Go has different words for both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NoPoint {
    /// A coordinate is not below the prime of the field.
    CoordinateTooLarge,
    /// The coordinates do not satisfy the equation.
    NotOnCurve,
}

/// Checks the coordinates of a point that is not compressed; leading zeros may be missing.
pub(super) fn check_point(curve: &Curve, x: &[u8], y: &[u8]) -> Result<(), NoPoint> {
    (curve.check)(x, y)
}

fn check<C>(x: &[u8], y: &[u8]) -> Result<(), NoPoint>
where
    C: FieldArithmetic,
    FieldBytesSize<C>: ModulusSize,
    AffinePoint<C>: FromSec1Point<C> + ToSec1Point<C>,
{
    const UNCOMPRESSED: u8 = 4;
    let x = coordinate::<C>(x).ok_or(NoPoint::CoordinateTooLarge)?;
    let y = coordinate::<C>(y).ok_or(NoPoint::CoordinateTooLarge)?;
    let point = [&[UNCOMPRESSED], x.as_slice(), y.as_slice()].concat();
    PublicKey::<C>::from_sec1_bytes(&point).map(drop).map_err(|_| NoPoint::NotOnCurve)
}

/// An element of the curve's field with all its octets; `None` if the number is none.
fn coordinate<C: FieldArithmetic>(octets: &[u8]) -> Option<FieldBytes<C>> {
    let mut padded = FieldBytes::<C>::default();
    let zeros = padded.len().checked_sub(octets.len())?;
    padded.get_mut(zeros..)?.copy_from_slice(octets);
    let element = C::FieldElement::from_repr(padded);
    bool::from(element.is_some()).then_some(padded)
}

#[cfg(test)]
mod tests {
    use data_encoding::HEXLOWER;

    use super::{CURVES, Curve, NoPoint, check_point};

    /// The base points of the four curves (FIPS 186-4, D.1.2).
    const BASE_POINTS: &[(&str, &str, &str)] = &[
        (
            "P224",
            "b70e0cbd6bb4bf7f321390b94a03c1d356c21122343280d6115c1d21",
            "bd376388b5f723fb4c22dfe6cd4375a05a07476444d5819985007e34",
        ),
        (
            "P256",
            "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296",
            "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5",
        ),
        (
            "P384",
            "aa87ca22be8b05378eb1c71ef320ad746e1d3b628ba79b9859f741e082542a385502f25dbf55296c3a545e3872760ab7",
            "3617de4a96262c6f5d9e98bf9292dc29f8f41dbd289a147ce9da3113b5f0b8c00a60b1ce1d7e819d7a431d7c90ea0e5f",
        ),
        (
            "P521",
            "00c6858e06b70404e9cd9e3ecb662395b4429c648139053fb521f828af606b4d3dbaa14b5e77efe75928fe1dc127a2ffa8de3\
             348b3c1856a429bf97e7e31c2e5bd66",
            "011839296a789a3bc0045c8a5fb42c7d1bd998f54449579b446817afbd17273e662c97ee72995ef42640c550b9013fad0761\
             353c7086a272c24088be94769fd16650",
        ),
    ];

    /// On each curve a point with the largest x there is, and the larger y.
    const LAST_POINTS: &[(&str, &str, &str)] = &[
        (
            "P224",
            "fffffffffffffffffffffffffffffffefffffffffffffffffffffffe",
            "e342318b7bf060f07077d0f5f453d4bfe6e1f5b461abb4f183d9db59",
        ),
        (
            "P256",
            "ffffffff00000001000000000000000000000000fffffffffffffffffffffffc",
            "e68e641309515ec1da369202838e0adda2b37040614a5f5460c616e871aa3ede",
        ),
        (
            "P384",
            "fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffff0000000000000000fffffffe",
            "8cdeadbbd04911a3c1931e26df3fa6439dca9c7eb286fbd46fc319f0e2bb780232baf57825fc0c1912ada2fefe84024c",
        ),
        (
            "P521",
            "01ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff\
             fffffffffffffffffffffffffffffffe",
            "0126dab0207ffb69534cc86f4efc3a116053ed7cd01ab939cddda4f08031c25ba8b4e578649dc28dd05703cb2a03d578ce55\
             296e56574474aab36a5fae2955afa530",
        ),
    ];

    #[test]
    fn points_are_on_their_curves_and_neighbours_are_not() {
        for (name, x, y) in BASE_POINTS.iter().chain(LAST_POINTS) {
            let curve = curve(name);
            let (x, mut y) = (octets(x), octets(y));
            assert_eq!(x.len(), curve.octets, "{name}");
            assert_eq!(check_point(curve, &x, &y), Ok(()), "{name}");
            *y.last_mut().unwrap() ^= 1;
            assert_eq!(check_point(curve, &x, &y), Err(NoPoint::NotOnCurve), "{name}");
            let large = vec![0xff; curve.octets];
            assert_eq!(check_point(curve, &large, &y), Err(NoPoint::CoordinateTooLarge), "{name}");
        }
    }

    /// The prime of P-256 (FIPS 186-4, D.1.2.3) is the smallest number that is no coordinate.
    #[test]
    fn a_coordinate_is_below_the_prime() {
        let (_, x, _) = BASE_POINTS[1];
        let prime = octets("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff");
        let last = octets("ffffffff00000001000000000000000000000000fffffffffffffffffffffffe");
        assert_eq!(check_point(curve("P256"), &octets(x), &prime), Err(NoPoint::CoordinateTooLarge));
        assert_eq!(check_point(curve("P256"), &octets(x), &last), Err(NoPoint::NotOnCurve));
    }

    #[test]
    fn leading_zeros_may_be_missing() {
        let (name, x, y) = BASE_POINTS[3];
        assert_eq!(check_point(curve(name), &octets(x)[1..], &octets(y)), Ok(()));
        assert_eq!(
            check_point(curve(name), &[&[0], octets(x).as_slice()].concat(), &octets(y)),
            Err(NoPoint::CoordinateTooLarge)
        );
        assert_eq!(check_point(curve(name), &[], &[]), Err(NoPoint::NotOnCurve));
    }

    fn octets(hex: &str) -> Vec<u8> {
        HEXLOWER.decode(hex.as_bytes()).unwrap()
    }

    fn curve(name: &str) -> &'static Curve {
        CURVES.iter().find(|curve| curve.name == name).unwrap()
    }
}

//! Whether a point lies on a NIST curve (SEC 1, 2.3.4; FIPS 186-4, D.1.2). Go refuses a certificate whose point does
//! not, and so do others, so their readers of certificates need this much of a curve.

use crypto_bigint::modular::{BoxedMontyForm, BoxedMontyParams};
use crypto_bigint::{BoxedUint, Odd};

use crate::oid::{self, ObjectIdentifier};

/// A short Weierstrass curve `y² = x³ - 3x + b` over the integers modulo `p`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Curve {
    /// Go's name in refusals.
    pub name: &'static str,
    /// How certificates name it.
    pub oid: ObjectIdentifier,
    /// Octets of a coordinate.
    pub octets: usize,
    /// `p`, hex.
    prime: &'static str,
    /// `b`, hex.
    coefficient: &'static str,
}

/// P-224, P-256, P-384 and P-521: all that Go's `crypto/x509` reads (FIPS 186-4, D.1.2).
pub const CURVES: &[Curve] = &[
    Curve {
        name: "P224",
        oid: oid::SECP224R1,
        octets: 28,
        prime: "ffffffffffffffffffffffffffffffff000000000000000000000001",
        coefficient: "b4050a850c04b3abf54132565044b0b7d7bfd8ba270b39432355ffb4",
    },
    Curve {
        name: "P256",
        oid: oid::SECP256R1,
        octets: 32,
        prime: "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff",
        coefficient: "5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b",
    },
    Curve {
        name: "P384",
        oid: oid::SECP384R1,
        octets: 48,
        prime: "fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffff0000000000000000ffffffff",
        coefficient: "b3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aef",
    },
    Curve {
        name: "P521",
        oid: oid::SECP521R1,
        octets: 66,
        prime: "01ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff\
                ffffffffffffffffffffffffffffffffffffff",
        coefficient: "0051953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109e156193951ec7e937b1652c0bd\
                      3bb1bf073573df883d2c34f1ef451fd46b503f00",
    },
];

/// Why a point is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoPoint {
    /// A coordinate is not below `p`.
    CoordinateTooLarge,
    /// The coordinates do not satisfy the equation.
    NotOnCurve,
}

/// Checks the coordinates of an affine point: whether `y² = (x² - 3) x + b`.
pub fn check_point(curve: &Curve, x: &[u8], y: &[u8]) -> Result<(), NoPoint> {
    let bits = 8 * curve.octets as u32;
    let number = |octets: &[u8]| BoxedUint::from_be_slice(octets, bits).map_err(|_| NoPoint::CoordinateTooLarge);
    let constant = |hex: &str| number(&octets(hex));
    let prime = constant(curve.prime)?;
    let (x, y) = (number(x)?, number(y)?);
    if prime <= x || prime <= y {
        return Err(NoPoint::CoordinateTooLarge);
    }
    let odd = Odd::new(prime).into_option().ok_or(NoPoint::NotOnCurve)?;
    let field = BoxedMontyParams::new_vartime(odd);
    let element = |number: BoxedUint| BoxedMontyForm::new(number, &field);
    let (x, y, b) = (element(x), element(y), element(constant(curve.coefficient)?));
    let one = BoxedMontyForm::one(&field);
    let three = &(&one + &one) + &one;
    let right = &(&(&(&x * &x) - &three) * &x) + &b;
    if &y * &y == right { Ok(()) } else { Err(NoPoint::NotOnCurve) }
}

fn octets(hex: &str) -> Vec<u8> {
    data_encoding::HEXLOWER.decode(hex.as_bytes()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{CURVES, Curve, NoPoint, check_point, octets};

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

    #[test]
    fn a_coordinate_is_below_the_prime() {
        for (name, x, _) in BASE_POINTS {
            let curve = curve(name);
            let refused = check_point(curve, &octets(x), &octets(curve.prime));
            assert_eq!(refused, Err(NoPoint::CoordinateTooLarge), "{name}");
        }
    }

    fn curve(name: &str) -> &'static Curve {
        CURVES.iter().find(|curve| curve.name == name).unwrap()
    }
}

//! Whether a point lies on a NIST curve (SEC 1, 2.3.4; FIPS 186-4, D.1.2). Go refuses a certificate whose point does
//! not, and so does mbedTLS, so parsing needs this much arithmetic; nothing here is secret, so it need not be constant in
//! time.

use std::cmp::Ordering;

/// A short Weierstrass curve `y² = x³ - 3x + b` over the integers modulo `p`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Curve {
    /// Go's name in refusals.
    pub(super) name: &'static str,
    /// Contents of the object identifier.
    pub(super) oid: &'static [u8],
    /// Octets of a coordinate.
    pub(super) octets: usize,
    /// `p`, hex.
    prime: &'static str,
    /// `b`, hex.
    coefficient: &'static str,
}

/// P-224, P-256, P-384 and P-521: all that Go's `crypto/x509` reads (FIPS 186-4, D.1.2).
pub(super) const CURVES: &[Curve] = &[
    Curve {
        name: "P224",
        oid: &[0x2b, 0x81, 0x04, 0x00, 0x21],
        octets: 28,
        prime: "ffffffffffffffffffffffffffffffff000000000000000000000001",
        coefficient: "b4050a850c04b3abf54132565044b0b7d7bfd8ba270b39432355ffb4",
    },
    Curve {
        name: "P256",
        oid: &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07],
        octets: 32,
        prime: "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff",
        coefficient: "5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b",
    },
    Curve {
        name: "P384",
        oid: &[0x2b, 0x81, 0x04, 0x00, 0x22],
        octets: 48,
        prime: "fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffff0000000000000000ffffffff",
        coefficient: "b3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aef",
    },
    Curve {
        name: "P521",
        oid: &[0x2b, 0x81, 0x04, 0x00, 0x23],
        octets: 66,
        prime: "01ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff\
                ffffffffffffffffffffffffffffffffffffff",
        coefficient: "0051953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109e156193951ec7e937b1652c0bd\
                      3bb1bf073573df883d2c34f1ef451fd46b503f00",
    },
];

/// Why a point is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NoPoint {
    /// A coordinate is not below `p`.
    CoordinateTooLarge,
    /// The coordinates do not satisfy the equation.
    NotOnCurve,
}

/// Checks the coordinates of an affine point.
pub(super) fn check_point(curve: &Curve, x: &[u8], y: &[u8]) -> Result<(), NoPoint> {
    let prime = Number::from_hex(curve.prime);
    let (x, y) = (Number::from_octets(x), Number::from_octets(y));
    if x.compare(&prime) != Ordering::Less || y.compare(&prime) != Ordering::Less {
        return Err(NoPoint::CoordinateTooLarge);
    }
    let field = Field { prime, bits: curve.octets * 8 };
    let cube = field.multiply(&field.multiply(&x, &x), &x);
    let three_x = field.add(&field.add(&x, &x), &x);
    let right = field.add(&cube, &Number::from_hex(curve.coefficient));
    let left = field.add(&field.multiply(&y, &y), &three_x);
    if left == right { Ok(()) } else { Err(NoPoint::NotOnCurve) }
}

/// 64-bit limbs, lowest first: room for twice the largest prime.
const LIMBS: usize = 9;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Number([u64; LIMBS]);

impl Number {
    fn from_octets(octets: &[u8]) -> Number {
        let mut limbs = [0u64; LIMBS];
        for (limb, chunk) in limbs.iter_mut().zip(octets.rchunks(8)) {
            *limb = chunk.iter().fold(0, |value, &octet| value << 8 | u64::from(octet));
        }
        Number(limbs)
    }

    fn from_hex(text: &str) -> Number {
        let digits = text.chars().filter_map(|digit| digit.to_digit(16)).map(u64::from);
        digits.fold(Number([0; LIMBS]), |number, digit| {
            let mut carry = digit;
            Number(number.0.map(|limb| {
                let out = limb << 4 | carry;
                carry = limb >> 60;
                out
            }))
        })
    }

    fn compare(&self, other: &Number) -> Ordering {
        self.0.iter().rev().cmp(other.0.iter().rev())
    }

    fn plus(&self, other: &Number) -> Number {
        self.combine(other, |a, b, carry| {
            let (sum, first) = a.overflowing_add(b);
            let (sum, second) = sum.overflowing_add(carry);
            (sum, u64::from(first || second))
        })
    }

    fn minus(&self, other: &Number) -> Number {
        self.combine(other, |a, b, borrow| {
            let (difference, first) = a.overflowing_sub(b);
            let (difference, second) = difference.overflowing_sub(borrow);
            (difference, u64::from(first || second))
        })
    }

    fn combine(&self, other: &Number, step: impl Fn(u64, u64, u64) -> (u64, u64)) -> Number {
        let mut limbs = [0u64; LIMBS];
        let mut carry = 0;
        for ((out, &a), &b) in limbs.iter_mut().zip(&self.0).zip(&other.0) {
            (*out, carry) = step(a, b, carry);
        }
        Number(limbs)
    }

    fn bit(&self, index: usize) -> bool {
        self.0.get(index / 64).is_some_and(|limb| limb >> (index % 64) & 1 == 1)
    }
}

/// Arithmetic modulo a prime of at most `bits` bits, on numbers below it.
struct Field {
    prime: Number,
    bits: usize,
}

impl Field {
    fn add(&self, a: &Number, b: &Number) -> Number {
        let sum = a.plus(b);
        if sum.compare(&self.prime) == Ordering::Less { sum } else { sum.minus(&self.prime) }
    }

    /// Double and add, highest bit first.
    fn multiply(&self, a: &Number, b: &Number) -> Number {
        (0..self.bits).rev().fold(Number([0; LIMBS]), |product, index| {
            let doubled = self.add(&product, &product);
            if a.bit(index) { self.add(&doubled, b) } else { doubled }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{CURVES, NoPoint, check_point};

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

    #[test]
    fn base_points_are_on_their_curves_and_neighbours_are_not() {
        for (curve, (name, x, y)) in CURVES.iter().zip(BASE_POINTS) {
            assert_eq!(curve.name, *name);
            let hex = |text: &str| data_encoding::HEXLOWER.decode(text.as_bytes()).unwrap();
            let (x, mut y) = (hex(x), hex(y));
            assert_eq!(x.len(), curve.octets, "{name}");
            assert_eq!(check_point(curve, &x, &y), Ok(()), "{name}");
            *y.last_mut().unwrap() ^= 1;
            assert_eq!(check_point(curve, &x, &y), Err(NoPoint::NotOnCurve), "{name}");
            let large = vec![0xff; curve.octets];
            assert_eq!(check_point(curve, &large, &y), Err(NoPoint::CoordinateTooLarge), "{name}");
        }
    }
}

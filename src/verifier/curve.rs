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

/// Checks the coordinates of an affine point: whether `y² - b = x (x² - 3)`. The field's product carries a factor of its
/// own, so each side takes it twice.
pub(super) fn check_point(curve: &Curve, x: &[u8], y: &[u8]) -> Result<(), NoPoint> {
    let field = Field { prime: Number::from_hex(curve.prime), words: curve.octets.div_ceil(4) };
    let (x, y) = (Number::from_octets(x), Number::from_octets(y));
    if !field.holds(&x) || !field.holds(&y) {
        return Err(NoPoint::CoordinateTooLarge);
    }
    let (one, three) = (Number::from_octets(&[1]), Number::from_octets(&[3]));
    let coefficient = field.multiply(&Number::from_hex(curve.coefficient), &one);
    let left = field.multiply(&field.subtract(&field.multiply(&y, &y), &coefficient), &one);
    let right = field.multiply(&field.subtract(&field.multiply(&x, &x), &field.multiply(&three, &one)), &x);
    if left == right { Ok(()) } else { Err(NoPoint::NotOnCurve) }
}

/// 32-bit words, lowest first: room for the largest prime and two words that a product needs meanwhile.
const WORDS: usize = 17 + 2;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Number([u32; WORDS]);

impl Number {
    fn from_octets(octets: &[u8]) -> Number {
        Number::from_digits(octets, 8, u32::from)
    }

    fn from_hex(text: &str) -> Number {
        Number::from_digits(text.as_bytes(), 4, |digit| char::from(digit).to_digit(16).unwrap_or_default())
    }

    /// Digits of so many bits, highest first.
    fn from_digits(digits: &[u8], bits: usize, value: fn(u8) -> u32) -> Number {
        let mut words = [0; WORDS];
        for (word, chunk) in words.iter_mut().zip(digits.rchunks(32 / bits)) {
            *word = chunk.iter().fold(0, |number, &digit| number << bits | value(digit));
        }
        Number(words)
    }

    fn compare(&self, other: &Number) -> Ordering {
        self.0.iter().rev().cmp(other.0.iter().rev())
    }

    /// Sum or difference, and whether it wraps around.
    fn combine(&self, other: &Number, step: fn(u32, u32) -> (u32, bool)) -> (Number, bool) {
        let mut words = [0; WORDS];
        let mut carry = false;
        for ((out, &a), &b) in words.iter_mut().zip(&self.0).zip(&other.0) {
            let (word, first) = step(a, b);
            let (word, second) = step(word, u32::from(carry));
            (*out, carry) = (word, first || second);
        }
        (Number(words), carry)
    }
}

/// Arithmetic modulo a prime of at most `words` words, on numbers below it.
struct Field {
    prime: Number,
    words: usize,
}

impl Field {
    fn holds(&self, number: &Number) -> bool {
        number.compare(&self.prime) == Ordering::Less
    }

    fn subtract(&self, a: &Number, b: &Number) -> Number {
        let (difference, wraps) = a.combine(b, u32::overflowing_sub);
        if wraps { difference.combine(&self.prime, u32::overflowing_add).0 } else { difference }
    }

    /// The product divided by 2 to the power of `32 words`, which needs no division by the prime (P. L. Montgomery,
    /// Modular Multiplication Without Trial Division, Mathematics of Computation 44, 1985).
    fn multiply(&self, a: &Number, b: &Number) -> Number {
        let mut product = Number([0; WORDS]);
        for &word in a.0.iter().take(self.words) {
            self.add_product(&mut product, word, b);
        }
        if self.holds(&product) { product } else { self.subtract(&product, &self.prime) }
    }

    /// Adds `word * b`, then the multiple of the prime that makes the lowest word zero, and drops that word. The lowest
    /// word of every prime here is 1 or -1, its own inverse.
    fn add_product(&self, sum: &mut Number, word: u32, b: &Number) {
        let lowest = |number: &Number| number.0.first().copied().unwrap_or_default();
        let multiple =
            lowest(sum).wrapping_add(word.wrapping_mul(lowest(b))).wrapping_mul(lowest(&self.prime).wrapping_neg());
        let (mut first, mut second) = (0, 0);
        for ((out, &b), &prime) in sum.0.iter_mut().zip(&b.0).zip(&self.prime.0).take(self.words + 2) {
            *out = add(add(*out, word, b, &mut first), multiple, prime, &mut second);
        }
        sum.0.rotate_left(1);
    }
}

/// `sum + a * b` and what was carried: the lower word, and the upper one carried on. It always fits.
fn add(sum: u32, a: u32, b: u32, carry: &mut u64) -> u32 {
    let wide = u64::from(sum) + u64::from(a) * u64::from(b) + *carry;
    *carry = wide >> 32;
    wide as u32
}

#[cfg(test)]
mod tests {
    use super::{CURVES, Curve, NoPoint, Number, check_point};

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

    /// On each curve a point with the largest x there is, and the larger y: most words are full, so every carry is needed.
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

    /// What the product in the field stands on.
    #[test]
    fn the_lowest_word_of_a_prime_is_its_own_inverse() {
        for curve in CURVES {
            let lowest = Number::from_hex(curve.prime).0[0];
            assert_eq!(lowest.wrapping_mul(lowest), 1, "{}", curve.name);
        }
    }

    fn curve(name: &str) -> &'static Curve {
        CURVES.iter().find(|curve| curve.name == name).unwrap()
    }

    fn octets(text: &str) -> Vec<u8> {
        data_encoding::HEXLOWER.decode(text.as_bytes()).unwrap()
    }
}

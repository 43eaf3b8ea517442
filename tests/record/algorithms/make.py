"""Makes chains for each algorithm that some program verifies, in the conformance format and without verdicts.

    python3 make.py > algorithms.json

It needs `cryptography` 50 or newer (PyPI), whose OpenSSL signs with all of them. Keys are made anew. `../README.md` says how
the verdicts are recorded.
"""

import base64
import datetime
import functools
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "products"))

from certificates import NULL, bits, dns, element, extension, integer, key_usage, name, octets, oid, sequence, time  # noqa: E402
from certificates import AUTHORITY_KEY_ID, BASIC_CONSTRAINTS, EXTENDED_KEY_USAGE, KEY_USAGE, SUBJECT_ALT_NAME  # noqa: E402
from certificates import SUBJECT_KEY_ID, TRUE, USAGES  # noqa: E402
from cryptography.hazmat.primitives import hashes  # noqa: E402
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed448, mldsa, padding, rsa  # noqa: E402
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat  # noqa: E402
import hashlib  # noqa: E402

AT = datetime.datetime(2026, 11, 30, 12)
FROM, UNTIL = datetime.datetime(2026, 1, 1), datetime.datetime(2028, 1, 1)
HOST = "example.com"
NIST = "2.16.840.1.101.3.4.3."
ECDSA = {"sha1": "1.2.840.10045.4.1", "sha256": "1.2.840.10045.4.3.2", "sha384": "1.2.840.10045.4.3.3"}
DSA = {"sha1": "1.2.840.10040.4.3", "sha224": NIST + "1", "sha256": NIST + "2", "sha384": NIST + "3"}
HASHES = {"sha1": hashes.SHA1, "sha224": hashes.SHA224, "sha256": hashes.SHA256, "sha384": hashes.SHA384}
ML_DSA = {
    "ml-dsa-44": ("17", mldsa.MLDSA44PrivateKey),
    "ml-dsa-65": ("18", mldsa.MLDSA65PrivateKey),
    "ml-dsa-87": ("19", mldsa.MLDSA87PrivateKey),
}
CURVES = {
    "p-192": ec.SECP192R1,
    "p-224": ec.SECP224R1,
    "p-256": ec.SECP256R1,
    "secp256k1": ec.SECP256K1,
    "brainpool-p256r1": ec.BrainpoolP256R1,
    "brainpool-p384r1": ec.BrainpoolP384R1,
    "brainpool-p512r1": ec.BrainpoolP512R1,
}
SPKI = Encoding.DER, PublicFormat.SubjectPublicKeyInfo


class Key:
    """A public key, and how it signs: an AlgorithmIdentifier and a function."""

    def __init__(self, spki, algorithm=None, sign=None):
        self.spki, self.algorithm, self.sign = spki, algorithm, sign
        # The contents of the BIT STRING would be customary; any octets do.
        self.identifier = hashlib.sha1(spki).digest()


@functools.cache
def key(kind, label, hash_name="sha256"):
    """A key of a kind; the same one for the same label."""
    if kind in ML_DSA:
        number, private = ML_DSA[kind]
        made = private_key(kind, label)
        return Key(made.public_key().public_bytes(*SPKI), sequence(oid(NIST + number)), made.sign)
    made = private_key(kind, label)
    spki = made.public_key().public_bytes(*SPKI)
    algorithm = HASHES[hash_name]()
    if kind in CURVES:
        return Key(spki, sequence(oid(ECDSA[hash_name])), lambda message: made.sign(message, ec.ECDSA(algorithm)))
    if kind.startswith("dsa-"):
        return Key(spki, sequence(oid(DSA[hash_name])), lambda message: made.sign(message, algorithm))
    if kind == "ed448":
        return Key(spki, sequence(oid("1.3.101.113")), made.sign)
    if kind == "rsa":
        rsa_sha256 = sequence(oid("1.2.840.113549.1.1.11"), NULL)
        return Key(spki, rsa_sha256, lambda message: made.sign(message, padding.PKCS1v15(), algorithm))
    raise ValueError(kind)


@functools.cache
def private_key(kind, label):
    if kind in ML_DSA:
        return ML_DSA[kind][1].generate()
    if kind in CURVES:
        return ec.generate_private_key(CURVES[kind]())
    if kind.startswith("dsa-"):
        return parameters(int(kind[4:])).generate_private_key()
    if kind == "ed448":
        return ed448.Ed448PrivateKey.generate()
    return rsa.generate_private_key(65537, 2048)


@functools.cache
def parameters(size):
    return dsa.generate_parameters(size)


def certificate(subject, subject_key, issuer, issuer_key, *, ca, algorithm=None, signature=None, unused=0, until=None):
    """A certificate of version 3 with all that strict programs ask for."""
    algorithm = algorithm or issuer_key.algorithm
    usages = ["keyCertSign", "cRLSign"] if ca else ["digitalSignature"]
    extensions = [
        extension(BASIC_CONSTRAINTS, sequence(TRUE) if ca else sequence(), True),
        extension(KEY_USAGE, key_usage(usages), True),
        extension(SUBJECT_KEY_ID, octets(subject_key.identifier)),
        extension(AUTHORITY_KEY_ID, sequence(element(0x80, issuer_key.identifier))),
    ]
    if not ca:
        extensions.append(extension(EXTENDED_KEY_USAGE, sequence(oid(USAGES["server"]))))
        extensions.append(extension(SUBJECT_ALT_NAME, sequence(dns(HOST))))

    def tbs(number):
        return sequence(
            element(0xA0, integer(2)),
            integer(number),
            algorithm,
            name(issuer),
            sequence(time(FROM), time(UNTIL)),
            name(subject),
            subject_key.spki,
            element(0xA3, sequence(*extensions)),
        )

    first = 1 + len(MADE)
    for number in range(first, first + 5000):
        signed = tbs(number)
        value = issuer_key.sign(signed) if signature is None else signature
        if until is None or until(value):
            MADE.append(None)
            return sequence(signed, algorithm, bits(value, unused))
    raise ValueError("no such signature")


MADE = []
CERTIFICATES, CASES = [], []


def index(der):
    if der not in CERTIFICATES:
        CERTIFICATES.append(der)
    return CERTIFICATES.index(der)


def case(name_of_case, trusted, presented, leaf):
    CASES.append(
        {
            "id": name_of_case,
            "notes": [],
            "trusted": [index(der) for der in trusted],
            "presented": [index(der) for der in presented],
            "leaf": index(leaf),
            "verdicts": {},
        }
    )


def flipped(der, octet):
    """A bit of the signature is another one; counted from the end."""
    return der[:-octet] + bytes([der[-octet] ^ 0x10]) + der[len(der) - octet + 1 :]


def chains(kind, hash_name="sha256"):
    """What every algorithm is asked."""
    label = kind if hash_name == "sha256" else f"{kind}-{hash_name}"
    root, middle, other = (key(kind, f"{part} {hash_name}", hash_name) for part in ("root", "middle", "other"))
    plain = key("p-256", "leaf")
    anchor = certificate("Root", root, "Root", root, ca=True)
    intermediate = certificate("Intermediate", middle, "Root", root, ca=True)
    leaf = certificate("leaf", plain, "Intermediate", middle, ca=False)
    case(f"{label}::chain", [anchor], [intermediate], leaf)
    direct = certificate("leaf", plain, "Root", root, ca=False)
    case(f"{label}::direct", [anchor], [], direct)
    case(f"{label}::damaged", [anchor], [], flipped(direct, 20))
    case(f"{label}::other-key", [anchor], [], certificate("leaf", plain, "Root", other, ca=False))
    usual = key("p-256", "root")
    usual_root = certificate("Usual root", usual, "Usual root", usual, ca=True)
    case(f"{label}::leaf-key", [usual_root], [], certificate("leaf", middle, "Usual root", usual, ca=False))
    below = certificate("Intermediate", middle, "Usual root", usual, ca=True)
    case(f"{label}::intermediate", [usual_root], [below], leaf)


def with_algorithm(spki_key, algorithm):
    """The same key under another AlgorithmIdentifier."""
    _, (_, value) = fields(fields_of(spki_key.spki))
    return Key(sequence(algorithm, value), spki_key.algorithm, spki_key.sign)


def fields_of(der):
    header = 2 if der[1] < 128 else 2 + (der[1] & 0x7F)
    return der[header:]


def fields(contents):
    """The elements in a row: how many, and their octets."""
    found = []
    while contents:
        length = contents[1]
        header = 2
        if length >= 128:
            header += length & 0x7F
            length = int.from_bytes(contents[2:header], "big")
        found.append(contents[: header + length])
        contents = contents[header + length :]
    return len(found), found


def odd_ml_dsa():
    """Parameters that must not be there, and a parameter set that is not the key's."""
    plain = key("p-256", "leaf")
    root = key("ml-dsa-65", "odd")
    with_null = with_algorithm(root, sequence(oid(NIST + "18"), NULL))
    anchor = certificate("Root", with_null, "Root", root, ca=True)
    case("ml-dsa-65::key-with-parameters", [anchor], [], certificate("leaf", plain, "Root", with_null, ca=False))
    anchor = certificate("Root", root, "Root", root, ca=True)
    null = sequence(oid(NIST + "18"), NULL)
    case("ml-dsa-65::signature-with-parameters", [anchor], [], certificate("leaf", plain, "Root", root, ca=False, algorithm=null))
    other_set = sequence(oid(NIST + "17"))
    case("ml-dsa-65::other-parameter-set", [anchor], [], certificate("leaf", plain, "Root", root, ca=False, algorithm=other_set))
    short = Key(sequence(sequence(oid(NIST + "18")), bits(b"\x01" * 1900)))
    usual = key("p-256", "root")
    usual_root = certificate("Usual root", usual, "Usual root", usual, ca=True)
    case("ml-dsa-65::short-key", [usual_root], [], certificate("leaf", short, "Usual root", usual, ca=False))
    short_signature = certificate("leaf", plain, "Root", root, ca=False, signature=b"\x02" * 3000)
    case("ml-dsa-65::short-signature", [anchor], [], short_signature)


def slh_dsa():
    """Named by every program that knows it, and verified by none of these; the signature is none."""
    algorithm = sequence(oid(NIST + "20"))
    root = Key(sequence(algorithm, bits(bytes(range(32)))), algorithm, lambda _: bytes(7856))
    anchor = certificate("Root", root, "Root", root, ca=True)
    case("slh-dsa::direct", [anchor], [], certificate("leaf", key("p-256", "leaf"), "Root", root, ca=False))
    usual = key("p-256", "root")
    usual_root = certificate("Usual root", usual, "Usual root", usual, ca=True)
    case("slh-dsa::leaf-key", [usual_root], [], certificate("leaf", root, "Usual root", usual, ca=False))


def x500_rsa():
    """RSA under the identifier of X.509, annex H, whose parameter is the size of the modulus."""
    plain = key("p-256", "leaf")
    for suffix, parameter in (("", integer(2048)), ("-null", NULL), ("-bare", b"")):
        root = with_algorithm(key("rsa", "x500"), sequence(oid("2.5.8.1.1"), parameter))
        anchor = certificate("Root", root, "Root", root, ca=True)
        direct = certificate("leaf", plain, "Root", root, ca=False)
        case(f"x500-rsa{suffix}::direct", [anchor], [], direct)
        case(f"x500-rsa{suffix}::damaged", [anchor], [], flipped(direct, 20))


def unused_bits():
    """Signatures whose last octet is not all of the signature (X.690, 8.6.2.2)."""
    plain = key("p-256", "leaf")
    for kind in ("p-256", "rsa"):
        root = key(kind, "unused")
        anchor = certificate("Root", root, "Root", root, ca=True)
        even = certificate("leaf", plain, "Root", root, ca=False, unused=1, until=lambda value: value[-1] & 1 == 0)
        odd = certificate("leaf", plain, "Root", root, ca=False, unused=1, until=lambda value: value[-1] & 1 == 1)
        case(f"unused-bits::{kind}-zero", [anchor], [], even)
        case(f"unused-bits::{kind}-one", [anchor], [], odd)


def sm2():
    usual = key("p-256", "root")
    usual_root = certificate("Usual root", usual, "Usual root", usual, ca=True)
    case("sm2::leaf-key", [usual_root], [], certificate("leaf", Key(SM2_KEY), "Usual root", usual, ca=False))


# A key on the curve of SM2 that `openssl genpkey -algorithm SM2` (3.0.19) made.
SM2_KEY = base64.b64decode(
    "MFkwEwYHKoZIzj0CAQYIKoEcz1UBgi0DQgAEu70QsKg0ynMhZpKZu16P118+XrL36UcAVM1s+1JsmgxeA+t8TrPuAHhl4ip/eOGeQHfXL9WdJ5zvpYe41y4aow=="
)

for parameter_set in ML_DSA:
    chains(parameter_set)
odd_ml_dsa()
slh_dsa()
for size in ("dsa-1024", "dsa-2048", "dsa-3072"):
    chains(size)
for digest in ("sha1", "sha224", "sha384"):
    chains("dsa-2048", digest)
for curve in CURVES:
    if curve != "p-256":
        chains(curve)
chains("p-224", "sha384")
chains("brainpool-p384r1", "sha384")
chains("ed448")
x500_rsa()
unused_bits()
sm2()

print(
    json.dumps(
        {
            "version": 1,
            "suite": "algorithms",
            "time": AT.isoformat() + "Z",
            "purpose": "serverAuth",
            "host": {"kind": "DNS", "value": HOST},
            "engines": [],
            "certs": [base64.b64encode(der).decode() for der in CERTIFICATES],
            "cases": CASES,
        }
    )
)

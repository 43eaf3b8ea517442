"""Certificates, octet by octet, so that they can have every fault that a library would not let them have.

Keys and signatures come from the package `cryptography`; the rest is DER, written here.
"""

import base64
import datetime
import hashlib
from dataclasses import dataclass
from functools import cache

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa

# Object identifiers (RFC 5280, RFC 3279, RFC 5758, RFC 8410).
COMMON_NAME = "2.5.4.3"
SUBJECT_KEY_ID = "2.5.29.14"
KEY_USAGE = "2.5.29.15"
SUBJECT_ALT_NAME = "2.5.29.17"
BASIC_CONSTRAINTS = "2.5.29.19"
NAME_CONSTRAINTS = "2.5.29.30"
AUTHORITY_KEY_ID = "2.5.29.35"
EXTENDED_KEY_USAGE = "2.5.29.37"
USAGES = {
    "any": "2.5.29.37.0",
    "server": "1.3.6.1.5.5.7.3.1",
    "client": "1.3.6.1.5.5.7.3.2",
    "code": "1.3.6.1.5.5.7.3.3",
}
# What a key signs with, by hash.
ECDSA = {"sha1": "1.2.840.10045.4.1", "sha256": "1.2.840.10045.4.3.2", "sha384": "1.2.840.10045.4.3.3"}
RSA = {"md5": "1.2.840.113549.1.1.4", "sha1": "1.2.840.113549.1.1.5", "sha256": "1.2.840.113549.1.1.11"}
ED25519 = "1.3.101.112"
HASHES = {"md5": hashes.MD5, "sha1": hashes.SHA1, "sha256": hashes.SHA256, "sha384": hashes.SHA384}
# Bits of keyUsage (RFC 5280, 4.2.1.3).
BITS = {"digitalSignature": 0, "keyEncipherment": 2, "keyAgreement": 4, "keyCertSign": 5, "cRLSign": 6}

NULL = b"\x05\x00"
TRUE = b"\x01\x01\xff"


def element(tag, *contents):
    """Tag, length, contents."""
    value = b"".join(contents)
    length = len(value)
    if length < 128:
        return bytes([tag, length]) + value
    octets = length.to_bytes((length.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(octets)]) + octets + value


def sequence(*contents):
    return element(0x30, *contents)


def octets(value):
    return element(0x04, value)


def integer(value):
    return element(0x02, value.to_bytes(value.bit_length() // 8 + 1, "big", signed=True))


def bits(value, unused=0):
    return element(0x03, bytes([unused]), value)


def oid(dotted):
    first, second, *rest = map(int, dotted.split("."))
    encoded = b""
    for arc in [40 * first + second, *rest]:
        groups = [arc & 0x7F]
        while arc := arc >> 7:
            groups.append(0x80 | (arc & 0x7F))
        encoded += bytes(reversed(groups))
    return element(0x06, encoded)


def time(moment):
    """UTCTime until 2049, GeneralizedTime from then on (RFC 5280, 4.1.2.5)."""
    if moment.year < 2050:
        return element(0x17, moment.strftime("%y%m%d%H%M%SZ").encode())
    return element(0x18, moment.strftime("%Y%m%d%H%M%SZ").encode())


def name(text, tag=0x0C):
    """A common name, as UTF8String if not said otherwise; an empty text gives an empty name."""
    if not text:
        return sequence()
    return sequence(element(0x31, sequence(oid(COMMON_NAME), element(tag, text.encode()))))


def extension(number, value, critical=False):
    return sequence(oid(number), TRUE if critical else b"", octets(value))


def dns(text):
    return element(0x82, text.encode())


def ip(*numbers):
    return element(0x87, bytes(numbers))


def key_usage(usages):
    value = 0
    for usage in usages:
        value |= 0x80 >> BITS[usage]
    unused = (value & -value).bit_length() - 1
    return bits(bytes([value]), unused)


def subtrees(permitted=(), excluded=()):
    """nameConstraints: general names inside and outside (RFC 5280, 4.2.1.10)."""
    lists = [(0xA0, permitted), (0xA1, excluded)]
    return sequence(*[element(tag, *map(sequence, names)) for tag, names in lists if names])


@cache
def key(kind, label):
    """A private key; the same for the same label."""
    match kind:
        case "p256":
            return ec.generate_private_key(ec.SECP256R1())
        case "p384":
            return ec.generate_private_key(ec.SECP384R1())
        case "p224":
            return ec.generate_private_key(ec.SECP224R1())
        case "ed25519":
            return ed25519.Ed25519PrivateKey.generate()
        case _:
            return rsa.generate_private_key(65537, int(kind.removeprefix("rsa")))


def public(private):
    """SubjectPublicKeyInfo."""
    spki, der = serialization.PublicFormat.SubjectPublicKeyInfo, serialization.Encoding.DER
    return private.public_key().public_bytes(der, spki)


def key_id(private):
    """A key identifier: any octets that tell keys apart will do."""
    return hashlib.sha1(public(private)).digest()


def algorithm(private, hash_name):
    """AlgorithmIdentifier of a signature."""
    match private:
        case rsa.RSAPrivateKey():
            return sequence(oid(RSA[hash_name]), NULL)
        case ec.EllipticCurvePrivateKey():
            return sequence(oid(ECDSA[hash_name]))
    return sequence(oid(ED25519))


def sign(private, hash_name, message):
    match private:
        case rsa.RSAPrivateKey():
            return private.sign(message, padding.PKCS1v15(), HASHES[hash_name]())
        case ec.EllipticCurvePrivateKey():
            return private.sign(message, ec.ECDSA(HASHES[hash_name]()))
    return private.sign(message)


@dataclass(frozen=True)
class Entity:
    """A certificate and what issues in its name."""

    name: bytes
    key: object
    der: bytes
    issuer: bytes
    serial: int

    def pem(self):
        return pem("CERTIFICATE", self.der)

    def key_pem(self):
        private, pkcs8 = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
        return self.key.private_bytes(private, pkcs8, serialization.NoEncryption()).decode()


def pem(label, der):
    text = base64.b64encode(der).decode()
    lines = [text[at : at + 64] for at in range(0, len(text), 64)]
    return "\n".join([f"-----BEGIN {label}-----", *lines, f"-----END {label}-----", ""])


@dataclass(frozen=True)
class Fields:
    """What a certificate says. `None` leaves an extension out."""

    not_before: datetime.datetime
    not_after: datetime.datetime
    serial: int
    version: int = 3
    hash_name: str = "sha256"
    # Whether it is a CA, and how many intermediates may follow.
    ca: bool | None = None
    ca_is_critical: bool = True
    path_length: int | None = None
    usages: tuple | None = ("digitalSignature",)
    extended: tuple | None = ("server", "client")
    alt_names: tuple | None = None
    alt_names_are_critical: bool = False
    constraints: bytes | None = None
    subject_key_id: bool = True
    # A key identifier, or the whole extension as octets.
    authority_key_id: bool | bytes = True
    extra: tuple = ()
    # The signature is of something else.
    is_forged: bool = False


def issue(subject, private, issuer, fields):
    """A certificate; `issuer` is `None` where it is self-signed."""
    issuer_name, issuer_key = (issuer.name, issuer.key) if issuer else (subject, private)
    signature = algorithm(issuer_key, fields.hash_name)
    extensions = list_extensions(private, issuer_key, fields)
    signed = sequence(
        element(0xA0, integer(fields.version - 1)) if fields.version > 1 else b"",
        integer(fields.serial),
        signature,
        issuer_name,
        sequence(time(fields.not_before), time(fields.not_after)),
        subject,
        public(private),
        element(0xA3, sequence(*extensions)) if fields.version == 3 and extensions else b"",
    )
    message = signed + b"forged" if fields.is_forged else signed
    der = sequence(signed, signature, bits(sign(issuer_key, fields.hash_name, message)))
    return Entity(subject, private, der, issuer_name, fields.serial)


def list_extensions(private, issuer_key, fields):
    found = []
    if fields.ca is not None:
        limit = b"" if fields.path_length is None else integer(fields.path_length)
        value = sequence(TRUE if fields.ca else b"", limit)
        found.append(extension(BASIC_CONSTRAINTS, value, fields.ca_is_critical))
    if fields.usages is not None:
        found.append(extension(KEY_USAGE, key_usage(fields.usages), True))
    if fields.extended is not None:
        found.append(extension(EXTENDED_KEY_USAGE, sequence(*[oid(USAGES[usage]) for usage in fields.extended])))
    if fields.alt_names is not None:
        found.append(extension(SUBJECT_ALT_NAME, sequence(*fields.alt_names), fields.alt_names_are_critical))
    if fields.constraints is not None:
        found.append(extension(NAME_CONSTRAINTS, fields.constraints, True))
    if fields.subject_key_id:
        found.append(extension(SUBJECT_KEY_ID, octets(key_id(private))))
    match fields.authority_key_id:
        case True:
            found.append(extension(AUTHORITY_KEY_ID, sequence(element(0x80, key_id(issuer_key)))))
        case bytes(value):
            found.append(extension(AUTHORITY_KEY_ID, value))
    return [*found, *fields.extra]

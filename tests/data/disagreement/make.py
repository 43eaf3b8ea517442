#!/usr/bin/env python3
"""Makes the folders beside this file: certificates that programs differ on, one situation each.

Each folder holds `store.pem`, which is trusted, and `chain.pem`, which is sent, the leaf first. All are to be judged at
2026-11-30T12:00:00Z. The certificates are put together octet by octet, because no tool makes most of them. Needs Python
with the package `cryptography`. The keys are made anew in each run and forgotten, so another run gives other files that say
the same.
"""

import base64
import hashlib
import pathlib

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

HERE = pathlib.Path(__file__).parent

# DER ------------------------------------------------------------------------------------------------------------------


def tlv(tag, *contents):
    contents = b"".join(contents)
    length = len(contents)
    if length < 0x80:
        head = bytes([length])
    else:
        octets = length.to_bytes((length.bit_length() + 7) // 8, "big")
        head = bytes([0x80 | len(octets)]) + octets
    return bytes([tag]) + head + contents


def seq(*contents):
    return tlv(0x30, *contents)


def integer(value):
    return tlv(0x02, value.to_bytes(value.bit_length() // 8 + 1, "big", signed=True))


def oid(text):
    first, second, *rest = map(int, text.split("."))
    octets = bytes([40 * first + second])
    for number in rest:
        groups = [number & 0x7F]
        while number := number >> 7:
            groups.append(0x80 | number & 0x7F)
        octets += bytes(reversed(groups))
    return tlv(0x06, octets)


def bits(value, unused=0):
    return tlv(0x03, bytes([unused]), value)


def name(common, tag=0x0C, organization="Example"):
    def attribute(kind, text):
        return tlv(0x31, seq(oid(kind), tlv(tag, text.encode())))

    return seq(attribute("2.5.4.10", organization), attribute("2.5.4.3", common))


def time(text):
    """UTCTime, "261130120000Z"."""
    return tlv(0x17, text.encode())


# Extensions -----------------------------------------------------------------------------------------------------------

SKI, KU, SAN, BC, NC, AKI, EKU = "2.5.29.14", "2.5.29.15", "2.5.29.17", "2.5.29.19", "2.5.29.30", "2.5.29.35", "2.5.29.37"
SIGN, ENCIPHER, CERT_SIGN, CRL_SIGN = 0x80, 0x20, 0x04, 0x02
SERVER, CLIENT = "1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2"


def extension(kind, value, critical=False):
    return seq(oid(kind), tlv(0x01, b"\xff") if critical else b"", tlv(0x04, value))


def ca(path_length=None):
    limit = b"" if path_length is None else integer(path_length)
    return extension(BC, seq(tlv(0x01, b"\xff"), limit), True)


def end_entity():
    return extension(BC, seq(), True)


def usage(octet):
    unused = (octet & -octet).bit_length() - 1
    return extension(KU, bits(bytes([octet]), unused), True)


def purposes(*kinds):
    return extension(EKU, seq(*map(oid, kinds)))


def hosts(*texts, **options):
    return extension(SAN, seq(*(tlv(0x82, text.encode()) for text in texts)), **options)


def key_id(key):
    return hashlib.sha1(key.bits()).digest()


def own_id(key, **options):
    return extension(SKI, tlv(0x04, key_id(key)), **options)


def issuer_id(key=None, issuer=None, serial=None, **options):
    parts = [tlv(0x80, key_id(key))] if key else []
    if issuer is not None:
        parts += [tlv(0xA1, tlv(0xA4, issuer)), tlv(0x82, integer(serial)[2:])]
    return extension(AKI, seq(*parts), **options)


# Keys and certificates ------------------------------------------------------------------------------------------------


class Key:
    def __init__(self, kind="ec"):
        is_ec = kind == "ec"
        self.private = ec.generate_private_key(ec.SECP256R1()) if is_ec else rsa.generate_private_key(65537, kind)
        self.is_ec = is_ec

    def spki(self):
        der = serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        return self.private.public_key().public_bytes(*der)

    def bits(self):
        """The contents of the BIT STRING."""
        if self.is_ec:
            return self.spki()[-65:]
        der = serialization.Encoding.DER, serialization.PublicFormat.PKCS1
        return self.private.public_key().public_bytes(*der)

    def algorithm(self, digest="sha256"):
        if self.is_ec:
            return seq(oid({"sha256": "1.2.840.10045.4.3.2", "sha1": "1.2.840.10045.4.1"}[digest]))
        return seq(oid({"sha256": "1.2.840.113549.1.1.11", "sha1": "1.2.840.113549.1.1.5"}[digest]), tlv(0x05))

    def sign(self, message, digest):
        digest = {"sha256": hashes.SHA256, "sha1": hashes.SHA1}[digest]()
        if self.is_ec:
            return self.private.sign(message, ec.ECDSA(digest))
        return self.private.sign(message, padding.PKCS1v15(), digest)


def certificate(
    subject,
    issuer,
    key,
    signer,
    extensions=(),
    serial=None,
    version=3,
    since="251130000000Z",
    until="281130000000Z",
    digest="sha256",
    spki=None,
    inner_algorithm=None,
):
    """Names as DER or as common names; a serial number as a number or as contents octets."""
    subject, issuer = (it if isinstance(it, bytes) else name(it) for it in (subject, issuer))
    if serial is None:
        serial = int.from_bytes(hashlib.sha256(repr((subject, issuer, since, key.spki())).encode()).digest()[:8], "big")
    tbs = seq(
        tlv(0xA0, integer(version - 1)) if version > 1 else b"",
        tlv(0x02, serial) if isinstance(serial, bytes) else integer(serial),
        inner_algorithm or signer.algorithm(digest),
        issuer,
        seq(since if isinstance(since, bytes) else time(since), time(until)),
        subject,
        spki or key.spki(),
        tlv(0xA3, seq(*extensions)) if extensions else b"",
    )
    return seq(tbs, signer.algorithm(digest), bits(signer.sign(tbs, digest)))


def root(common, key, **options):
    options.setdefault("extensions", [ca(), usage(CERT_SIGN | CRL_SIGN), own_id(key)])
    return certificate(common, common, key, key, **options)


def sub(common, issuer, key, signer, **options):
    default = [ca(), usage(CERT_SIGN | CRL_SIGN), own_id(key), issuer_id(signer)]
    options.setdefault("extensions", default)
    return certificate(common, issuer, key, signer, **options)


def leaf(issuer, key, signer, subject="www.example.com", without=(), extra=(), **options):
    """An end entity's certificate as it should be, but for what is left out or added."""
    use = SIGN if key.is_ec else SIGN | ENCIPHER
    everything = {
        BC: end_entity(),
        KU: usage(use),
        EKU: purposes(SERVER, CLIENT),
        SAN: hosts("www.example.com"),
        SKI: own_id(key),
        AKI: issuer_id(signer),
    }
    options.setdefault("extensions", [it for kind, it in everything.items() if kind not in without] + list(extra))
    return certificate(subject, issuer, key, signer, **options)


def write(folder, store, chain):
    (HERE / folder).mkdir(exist_ok=True)
    for file, ders in (("store.pem", store), ("chain.pem", chain)):
        text = ""
        for der in ders:
            body = base64.b64encode(der).decode()
            lines = "\n".join(body[at : at + 64] for at in range(0, len(body), 64))
            text += f"-----BEGIN CERTIFICATE-----\n{lines}\n-----END CERTIFICATE-----\n"
        (HERE / folder / file).write_text(text)


# Situations -----------------------------------------------------------------------------------------------------------


def key_ids():
    """The authority key identifier, present and wrong, or absent."""
    top, mid, end, rsa_end = Key(), Key(), Key(), Key(2048)
    first = root("Root", top, serial=1001)
    middle = sub("Issuing CA", "Root", mid, top, serial=2002)
    wrong = {
        "aki-serial-of-another": issuer_id(issuer=name("Root"), serial=999),
        "aki-issuer-is-subject-of-issuer": issuer_id(mid, issuer=name("Issuing CA"), serial=2002),
        "aki-of-another-certificate": issuer_id(mid, issuer=name("Old Root"), serial=77),
        "aki-wrong-in-all": issuer_id(end, issuer=name("Old Root"), serial=77),
    }
    for folder, aki in wrong.items():
        write(folder, [first], [leaf("Issuing CA", end, mid, without=[AKI], extra=[aki]), middle])
    write("aki-absent-ec", [first], [leaf("Root", end, top, without=[AKI])])
    bare = certificate("Root", "Root", top, top, [ca(), usage(CERT_SIGN | CRL_SIGN)], serial=1001)
    write("ski-of-root-absent", [bare], [leaf("Root", end, top)])
    usages = {"usage-sign-only-rsa": SIGN, "usage-encipher-only-rsa": ENCIPHER, "usage-agree-only-rsa": 0x08}
    for folder, octet in usages.items():
        write(folder, [first], [leaf("Root", rsa_end, top, without=[KU], extra=[usage(octet)])])
    write("usage-cert-sign-only-ec", [first], [leaf("Root", end, top, without=[KU], extra=[usage(CERT_SIGN)])])


def leaves():
    """The leaf is a CA, or trusted itself, or both."""
    top, mid, end = Key(2048), Key(), Key()
    mine = [ca(), usage(SIGN | CERT_SIGN), own_id(end), hosts("www.example.com"), purposes(SERVER)]
    own = certificate("www.example.com", "www.example.com", end, end, mine)
    write("ca-as-leaf-ec", [own], [own])
    plain = certificate("nas", "nas", top, top, [ca(), own_id(top), issuer_id(top)])
    write("ca-as-leaf-rsa", [plain], [plain])
    first, middle = root("Root", top), sub("Issuing CA", "Root", mid, top)
    write("ca-as-leaf-below-root", [first], [middle])
    write("ca-as-leaf-trusted-without-root", [middle], [middle])
    pinned = leaf("www.example.com", top, top, without=[AKI])
    write("pinned-end-entity", [pinned], [pinned])
    old = certificate("www.example.com", "www.example.com", top, top, version=1)
    write("pinned-version-1", [old], [old])


def versions():
    """CAs that cannot or do not say that they are."""
    top, mid, end = Key(2048), Key(2048), Key()
    first, below = root("Root", top), leaf("Issuing CA", end, mid)
    old_root = certificate("Root", "Root", top, top, version=1)
    write("version-1-root", [old_root], [leaf("Root", end, top)])
    write("version-1-issuer-trusted", [first, certificate("Issuing CA", "Root", mid, top, version=1)], [below])
    bare = certificate("Issuing CA", "Root", mid, top)
    write("issuer-without-extensions-trusted", [first, bare], [below])
    write("version-1-leaf", [first], [certificate("www.example.com", "Root", end, top, version=1)])


def twins():
    """Two certificates fit in one place."""
    top, other, end, end2 = Key(2048), Key(2048), Key(2048), Key(2048)
    early = dict(since="231130000000Z")
    old = leaf("www.example.com", end, end, without=[AKI], **early)
    new = leaf("www.example.com", end, end, without=[AKI])
    gone = leaf("www.example.com", end, end, without=[AKI], until="251201000000Z", **early)
    rekeyed = leaf("www.example.com", end2, end2, without=[AKI], **early)
    write("twin-leaf-older-first", [old, new], [new])
    write("twin-leaf-newer-first", [new, old], [new])
    write("twin-leaf-expired-first", [gone, new], [new])
    write("twin-leaf-other-key-first", [rekeyed, new], [new])
    below = leaf("Issuing CA", end, other, without=[AKI])
    first = root("Root", top)
    lapsed = sub("Issuing CA", "Root", other, top, until="261101000000Z", **early)
    fresh = sub("Issuing CA", "Root", other, top)
    write("twin-issuer-expired-first", [first, lapsed], [below, fresh])
    stray = sub("Issuing CA", "Root", end2, top)
    write("twin-issuer-other-key-first", [first], [below, stray, fresh])
    orphan = sub("Issuing CA", "Elsewhere", other, end2)
    write("twin-issuer-leads-nowhere-first", [first], [below, orphan, fresh])


def serials():
    """Serial numbers that some programs do not read."""
    top, mid, end = Key(), Key(), Key()
    first, middle, good = root("Root", top), sub("Issuing CA", "Root", mid, top), leaf("Issuing CA", end, mid)
    odd = {"negative": b"\xd5\x10\x20\x30", "zero": b"\x00", "long": b"\x11" * 24, "padded": b"\x00\x01", "empty": b""}
    for word, serial in odd.items():
        write(f"serial-{word}-leaf", [first], [leaf("Issuing CA", end, mid, serial=serial), middle])
        write(f"serial-{word}-issuer", [first], [good, sub("Issuing CA", "Root", mid, top, serial=serial)])
        write(f"serial-{word}-root", [root("Root", top, serial=serial)], [good, middle])


def encodings():
    """Fields that some programs do not read."""
    top, mid, end, rsa_mid = Key(), Key(), Key(), Key(2048)
    first, middle, good = root("Root", top), sub("Issuing CA", "Root", mid, top), leaf("Issuing CA", end, mid)
    write("unread-explicit-false", [first], [
        leaf("Issuing CA", end, mid, without=[BC], extra=[extension(BC, seq(tlv(0x01, b"\x00")), True)]), middle])
    write("unread-critical-aki", [first], [
        leaf("Issuing CA", end, mid, without=[AKI], extra=[issuer_id(mid, critical=True)]), middle])
    write("unread-critical-ski-issuer", [first], [good, sub("Issuing CA", "Root", mid, top, extensions=[
        ca(), usage(CERT_SIGN | CRL_SIGN), own_id(mid, critical=True), issuer_id(top)])])
    asterisk = name("Example*CA", tag=0x13)
    write("unread-printable-string-issuer", [first], [
        leaf(asterisk, end, mid), sub(asterisk, "Root", mid, top)])
    write("unread-printable-string-root", [root(name("Root & Sons", tag=0x13), top)], [
        leaf(name("Root & Sons", tag=0x13), end, top)])
    write("unread-host", [first], [leaf("Issuing CA", end, mid, without=[SAN], extra=[hosts("www.ex\xe4mple.com")]), middle])
    write("unread-empty-purposes", [first], [leaf("Issuing CA", end, mid, without=[EKU], extra=[extension(EKU, seq())]), middle])
    write("unread-repeated-extension", [first], [leaf("Issuing CA", end, mid, extra=[own_id(end)]), middle])
    write("unread-time-without-seconds", [first], [leaf("Issuing CA", end, mid, since="2511300000Z"), middle])
    write("unread-time-with-zone-issuer", [first], [good, sub("Issuing CA", "Root", mid, top, since="251130000000+0100")])
    pkcs1 = rsa_mid.bits()
    bare = seq(seq(oid("1.2.840.113549.1.1.1")), bits(pkcs1))
    write("unread-rsa-without-null-issuer", [first], [
        leaf("Issuing CA", end, rsa_mid), sub("Issuing CA", "Root", rsa_mid, top, spki=bare)])
    write("unread-algorithm-with-null", [first], [
        leaf("Issuing CA", end, mid, inner_algorithm=seq(oid("1.2.840.10045.4.3.2"), tlv(0x05))), middle])
    write("unread-version-2-with-extensions", [first], [leaf("Issuing CA", end, mid, version=2), middle])
    write("unread-version-4", [first], [leaf("Issuing CA", end, mid, version=4), middle])
    write("unread-excluded-empty", [first], [good, sub("Issuing CA", "Root", mid, top, extensions=[
        ca(), usage(CERT_SIGN | CRL_SIGN), own_id(mid), issuer_id(top), extension(NC, seq(), True)])])


if __name__ == "__main__":
    for situation in (key_ids, leaves, versions, twins, serials, encodings):
        situation()

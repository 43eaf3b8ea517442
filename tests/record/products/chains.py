"""The chains that are put to every product, each for one question: what is in the trust store, what is sent, and for
which name. Keys are made afresh on every run, so the certificates are others each time and the questions the same.
"""

import datetime
import itertools
from dataclasses import dataclass

from certificates import (
    AUTHORITY_KEY_ID,
    Fields,
    dns,
    element,
    extension,
    integer,
    ip,
    issue,
    key,
    key_id,
    name,
    oid,
    sequence,
    subtrees,
)

HOST = "www.example.com"
DAY = datetime.timedelta(days=1)
YEAR = 365 * DAY
# An extension that nobody knows.
UNKNOWN_EXTENSION = "1.3.6.1.4.1.99999.1"
PRINTABLE, UTF8 = 0x13, 0x0C


@dataclass(frozen=True)
class Chain:
    """One question. `sides` says who may be asked: servers about a client's chain, clients about a server's."""

    id: str
    notes: str
    trusted: list
    presented: list
    leaf: object
    host: str = HOST
    sides: tuple = ("client", "server")


class Maker:
    """Issues certificates that are valid now if not said otherwise."""

    def __init__(self, now):
        self.now = now.replace(microsecond=0)
        self.serials = itertools.count(0x1001)
        self.expired = {"not_before": self.now - 2 * YEAR, "not_after": self.now - 2 * DAY}
        self.not_yet = {"not_before": self.now + 2 * DAY, "not_after": self.now + 20 * YEAR}

    def make(self, label, issuer, defaults, options):
        options = {"not_before": self.now - YEAR, "not_after": self.now + 15 * YEAR, **defaults, **options}
        kind = options.pop("kind", "p256")
        private = key(kind, options.pop("key", label))
        subject = options.pop("subject", name(label))
        options.setdefault("serial", next(self.serials))
        return issue(subject, private, issuer, Fields(**options))

    def root(self, label="Root", **options):
        return self.make(label, None, AUTHORITY, options)

    def ca(self, issuer, label="Intermediate", **options):
        return self.make(label, issuer, AUTHORITY, options)

    def leaf(self, issuer, label="leaf", **options):
        return self.make(label, issuer, {"ca": False, "alt_names": (dns(HOST),)}, options)


AUTHORITY = {"ca": True, "usages": ("keyCertSign", "cRLSign"), "extended": None}
NO_KEY_IDS = {"subject_key_id": False, "authority_key_id": False}


def chains(now):
    """Every chain."""
    maker = Maker(now)
    root = maker.root()
    ca = maker.ca(root)
    leaf = maker.leaf(ca)
    plain = Plain(maker, root, ca, leaf)
    parts = [structure, lengths, anchors, twins, signatures, times, purposes, authorities, path_lengths]
    parts += [strength, constraints, key_ids, oddities, hosts]
    found = [chain for part in parts for chain in part(plain)]
    assert len({chain.id for chain in found}) == len(found), "an id is used twice"
    return found


@dataclass(frozen=True)
class Plain:
    """A root, an intermediate, a leaf, with which nothing is wrong."""

    maker: Maker
    root: object
    ca: object
    leaf: object

    def with_leaf(self, id, notes, host=HOST, sides=("client", "server"), **options):
        """The same with another leaf."""
        return Chain(id, notes, [self.root], [self.ca], self.maker.leaf(self.ca, **options), host, sides)

    def with_ca(self, id, notes, **options):
        """The same with another intermediate."""
        label = options.pop("label", f"CA {id}")
        ca = self.maker.ca(self.root, label, **options)
        return Chain(id, notes, [self.root], [ca], self.maker.leaf(ca))

    def with_root(self, id, notes, **options):
        """The same with another root."""
        root = self.maker.root(f"Root {id}", **options)
        ca = self.maker.ca(root)
        return Chain(id, notes, [root], [ca], self.maker.leaf(ca))


def structure(plain):
    root, ca, leaf = plain.root, plain.ca, plain.leaf
    direct = plain.maker.leaf(root)
    other = plain.maker.root("Other Root")
    yield Chain("plain", "root, intermediate, leaf", [root], [ca], leaf)
    yield Chain("direct", "the root has issued the leaf", [root], [], direct)
    yield Chain("missing-intermediate", "the intermediate is not sent", [root], [], leaf)
    yield Chain("wrong-root", "another root is trusted", [other], [ca], leaf)
    yield Chain("untrusted-root-sent", "the root is sent and not trusted", [other], [ca, root], leaf)
    yield Chain("root-sent", "the root is trusted and sent as well", [root], [ca, root], leaf)
    yield Chain("several-roots", "an unrelated root comes first", [other, root], [ca], leaf)
    yield Chain("unrelated-sent", "an unrelated certificate is sent too", [root], [other, ca], leaf)
    yield Chain("intermediate-twice", "the intermediate is sent twice", [root], [ca, ca], leaf)


def lengths(plain):
    """As many intermediates as there are limits; nginx and Apache take one if not told otherwise."""
    maker, issuers = plain.maker, [plain.root]
    for number in range(1, 11):
        issuers.append(maker.ca(issuers[-1], f"Level {number}"))
        if number in (2, 3, 4, 5, 6, 7, 9, 10):
            sent = issuers[:0:-1]
            yield Chain(f"intermediates-{number}", f"{number} intermediates", [plain.root], sent, maker.leaf(issuers[-1]))
    upper, lower = issuers[1:3]
    leaf = maker.leaf(lower)
    yield Chain("reversed", "two intermediates in the wrong order", [plain.root], [upper, lower], leaf)
    yield Chain("missing-lower", "the lower of two intermediates is not sent", [plain.root], [upper], leaf)
    yield Chain("missing-upper", "the upper of two intermediates is not sent", [plain.root], [lower], leaf)
    yield Chain("upper-in-store", "the upper of two is in the store, not sent", [plain.root, upper], [lower], leaf)
    yield Chain("both-in-store", "two intermediates are in the store", [plain.root, upper, lower], [], leaf)
    yield Chain("partial-upper", "only the upper of two intermediates is trusted", [upper], [lower], leaf)
    third = maker.leaf(issuers[3])
    yield Chain("partial-two-below", "two intermediates below a trusted one", [upper], [issuers[3], lower], third)


def anchors(plain):
    """What may end a chain."""
    maker, root, ca, leaf = plain.maker, plain.root, plain.ca, plain.leaf
    lone = maker.leaf(None, "self-signed", usages=None, ca=True)
    server = maker.leaf(None, "self-signed server")
    bare = maker.leaf(None, "self-signed bare", ca=None, usages=None, extended=None)
    other = maker.root("Other Root")
    forged = maker.root("Forged Root", is_forged=True)
    below = maker.ca(forged)
    yield Chain("partial", "only the intermediate is trusted", [ca], [], leaf)
    yield Chain("partial-sent", "only the intermediate is trusted, and it is sent", [ca], [ca], leaf)
    yield Chain("partial-root-sent", "only the intermediate is trusted, the root is sent", [ca], [ca, root], leaf)
    yield Chain("both-trusted", "intermediate and root are trusted, nothing is sent", [ca, root], [], leaf)
    yield Chain("leaf-trusted", "only the leaf is trusted", [leaf], [], leaf)
    yield Chain("leaf-and-root-trusted", "leaf and root are trusted, nothing is sent", [leaf, root], [], leaf)
    yield Chain("self-signed-trusted", "a self-signed leaf, as a CA, trusted", [lone], [], lone)
    yield Chain("self-signed-untrusted", "a self-signed leaf that nobody trusts", [other], [], lone)
    yield Chain("self-signed-end-entity", "a self-signed leaf, no CA, trusted", [server], [], server)
    yield Chain("self-signed-bare", "a self-signed leaf without usages, trusted", [bare], [], bare)
    yield Chain("root-as-leaf", "the root itself is presented", [root], [], root, sides=("client",))
    yield Chain("root-forged", "the root's own signature is wrong", [forged], [below], maker.leaf(below))


def twins(plain):
    """Several certificates of one name."""
    maker, ca, leaf, root = plain.maker, plain.ca, plain.leaf, plain.root
    stranger = maker.root(key="stranger")
    old = maker.root(**maker.expired)
    yield Chain("same-name-other-key", "a root of the same name with another key", [stranger], [ca], leaf)
    yield Chain("stranger-first", "two roots of one name, the wrong one first", [stranger, root], [ca], leaf)
    yield Chain("stranger-last", "two roots of one name, the right one first", [root, stranger], [ca], leaf)
    yield Chain("renewed-root-first", "the expired generation of the root comes second", [root, old], [ca], leaf)
    yield Chain("renewed-root-last", "the expired generation of the root comes first", [old, root], [ca], leaf)
    yield Chain("stale-root", "only the expired generation of the root is trusted", [old], [ca], leaf)
    bare = [maker.root("Bare", key=label, **NO_KEY_IDS) for label in ("bare", "bare stranger")]
    below = maker.ca(bare[0], **NO_KEY_IDS)
    end = maker.leaf(below, **NO_KEY_IDS)
    yield Chain("bare-stranger-first", "the same without key identifiers, the wrong one first", bare[::-1], [below], end)
    yield Chain("bare-stranger-last", "the same without key identifiers, the right one first", bare, [below], end)
    expired = maker.ca(root, **maker.expired)
    impostor = maker.ca(root, key="impostor")
    yield Chain("expired-twin-first", "an expired twin of the intermediate is sent first", [root], [expired, ca], leaf)
    yield Chain("expired-twin-last", "an expired twin of the intermediate is sent last", [root], [ca, expired], leaf)
    yield Chain("expired-twin-in-store", "an expired twin is in the store", [expired, root], [ca], leaf)
    yield Chain("impostor-first", "an intermediate of the same name and another key first", [root], [impostor, ca], leaf)
    new = maker.root("New Root")
    cross = maker.ca(root, "New Root")
    issuing = maker.ca(new, "Issuing")
    end = maker.leaf(issuing)
    yield Chain("cross-to-old", "a new root, cross-signed by the trusted old one", [root], [issuing, cross], end)
    yield Chain("cross-to-new", "the cross-certificate is sent, the new root is trusted", [new], [issuing, cross], end)
    yield Chain("cross-to-both", "both roots are trusted", [root, new], [issuing, cross], end)
    stale = maker.ca(root, "New Root", **maker.expired)
    yield Chain("cross-expired", "the cross-certificate has expired, the new root is trusted", [new], [issuing, stale], end)
    yield Chain("cross-expired-old", "the cross-certificate has expired, the old root is trusted", [root], [issuing, stale], end)
    yield Chain("cross-trusted", "only the cross-certificate is trusted", [cross], [issuing], end)
    yield Chain("cross-and-new-trusted", "cross-certificate first, then the new root", [cross, new], [issuing], end)


def signatures(plain):
    yield plain.with_leaf("forged-leaf", "the leaf's signature is wrong", is_forged=True)
    yield plain.with_ca("forged-intermediate", "the intermediate's signature is wrong", is_forged=True)


def times(plain):
    maker = plain.maker
    for word, when in (("expired", maker.expired), ("not-yet-valid", maker.not_yet)):
        yield plain.with_leaf(f"{word}-leaf", f"the leaf is {word}", **when)
        yield plain.with_ca(f"{word}-intermediate", f"the intermediate is {word}", **when)
        yield plain.with_root(f"{word}-root", f"the root is {word}", **when)
        ca = maker.ca(plain.root, f"CA partial {word}", **when)
        yield Chain(f"partial-{word}", f"only an intermediate that is {word} is trusted", [ca], [], maker.leaf(ca))
    soon = {"not_before": maker.now - DAY, "not_after": datetime.datetime(2050, 6, 1)}
    yield plain.with_leaf("after-2049", "the leaf ends after 2049", **soon)


def purposes(plain):
    for usages in [("server",), ("client",), ("code",), ("any",), None, ("code", "any")]:
        word = "no" if usages is None else "-and-".join(usages)
        yield plain.with_leaf(f"leaf-{word}-usage", f"extKeyUsage of the leaf: {word}", extended=usages)
    for usages in [("server",), ("client",), ("code",), ("any",)]:
        word = "-and-".join(usages)
        yield plain.with_ca(f"intermediate-{word}-usage", f"extKeyUsage of the intermediate: {word}", extended=usages)
        yield plain.with_root(f"root-{word}-usage", f"extKeyUsage of the root: {word}", extended=usages)
    for usages in [None, ("keyEncipherment",), ("keyAgreement",), ("digitalSignature", "keyCertSign")]:
        word = "no-key-usage" if usages is None else "-".join(usages)
        yield plain.with_leaf(f"leaf-{word}", f"keyUsage of the leaf: {word}", usages=usages)
    rsa = {"kind": "rsa2048", "key": "leaf RSA"}
    yield plain.with_leaf("rsa-keyEncipherment", "an RSA leaf that only enciphers keys", usages=("keyEncipherment",), **rsa)


def authorities(plain):
    """Who may issue."""
    maker = plain.maker
    yield plain.with_ca("no-ca", "the intermediate says CA:FALSE", ca=False)
    yield plain.with_ca("no-basic-constraints", "the intermediate has no basicConstraints", ca=None)
    yield plain.with_ca("no-ca-extensions", "the intermediate has neither basicConstraints nor keyUsage", ca=None, usages=None)
    yield plain.with_ca("version-1-intermediate", "the intermediate is of version 1", version=1)
    yield plain.with_ca("intermediate-no-key-usage", "the intermediate has no keyUsage", usages=None)
    yield plain.with_ca("intermediate-no-cert-sign", "keyUsage of the intermediate lacks keyCertSign", usages=("cRLSign",))
    yield plain.with_ca("uncritical-constraints", "basicConstraints are not critical", ca_is_critical=False)
    yield plain.with_root("root-no-ca", "the root says CA:FALSE", ca=False)
    yield plain.with_root("root-no-basic-constraints", "the root has no basicConstraints", ca=None)
    yield plain.with_root("root-no-ca-extensions", "the root has neither", ca=None, usages=None)
    yield plain.with_root("version-1-root", "the root is of version 1", version=1)
    yield plain.with_root("root-no-key-usage", "the root has no keyUsage", usages=None)
    yield plain.with_root("root-no-cert-sign", "keyUsage of the root lacks keyCertSign", usages=("cRLSign",))
    yield plain.with_leaf("ca-as-leaf", "the leaf says CA:TRUE", ca=True)
    yield plain.with_leaf("ca-as-leaf-full", "the leaf is a CA that may sign", ca=True, usages=("digitalSignature", "keyCertSign"))
    yield plain.with_leaf("leaf-no-basic-constraints", "the leaf has no basicConstraints", ca=None)
    leaf = maker.leaf(plain.leaf, "below a leaf")
    yield Chain("issued-by-leaf", "a leaf has issued the leaf", [plain.root], [plain.leaf, plain.ca], leaf)


def path_lengths(plain):
    maker = plain.maker
    yield plain.with_root("root-path-length-0", "the root allows no intermediate", path_length=0)
    yield plain.with_root("root-path-length-1", "the root allows one intermediate", path_length=1)
    yield plain.with_ca("path-length-0", "the intermediate allows no other below it", path_length=0)
    upper = maker.ca(plain.root, "Path Length", path_length=0)
    lower = maker.ca(upper, "Below Path Length")
    yield Chain("path-length-broken", "an intermediate allows none and has one", [plain.root], [lower, upper], maker.leaf(lower))
    renewed = maker.ca(upper, "Path Length", key="path length, renewed")
    yield Chain("path-length-self-issued", "what stands below is self-issued", [plain.root], [renewed, upper], maker.leaf(renewed))


def strength(plain):
    for kind in ("rsa1024", "rsa2048", "p224", "p384", "ed25519"):
        # TLS 1.3 has no signature by a key on P-224, so no such leaf can be shown.
        if kind != "p224":
            yield plain.with_leaf(f"{kind}-leaf", f"the leaf's key is {kind}", kind=kind)
        yield plain.with_ca(f"{kind}-intermediate", f"the intermediate's key is {kind}", kind=kind)
        yield plain.with_root(f"{kind}-root", f"the root's key is {kind}", kind=kind)
    maker = plain.maker
    root = maker.root("RSA Root", kind="rsa2048")
    ca = maker.ca(root, "RSA CA", kind="rsa2048")
    yield Chain("rsa", "everything is RSA 2048 with SHA-256", [root], [ca], maker.leaf(ca, kind="rsa2048"))
    yield Chain("sha1-leaf", "the leaf is signed with SHA-1", [root], [ca], maker.leaf(ca, hash_name="sha1"))
    yield Chain("md5-leaf", "the leaf is signed with MD5", [root], [ca], maker.leaf(ca, hash_name="md5"))
    weak = maker.ca(root, "RSA CA", kind="rsa2048", hash_name="sha1")
    yield Chain("sha1-intermediate", "the intermediate is signed with SHA-1", [root], [weak], maker.leaf(weak))
    weak = maker.root("SHA-1 Root", kind="rsa2048", hash_name="sha1")
    ca = maker.ca(weak)
    yield Chain("sha1-root", "the root is signed with SHA-1", [weak], [ca], maker.leaf(ca))
    yield plain.with_leaf("ecdsa-sha1-leaf", "the leaf is signed with ECDSA and SHA-1", hash_name="sha1")


def constraints(plain):
    inside, outside = [dns("example.com")], [dns("example.org")]
    yield plain.with_ca("permitted", "nameConstraints permit the leaf's name", constraints=subtrees(inside))
    yield plain.with_ca("not-permitted", "nameConstraints permit other names", constraints=subtrees(outside))
    yield plain.with_ca("excluded", "nameConstraints exclude the leaf's name", constraints=subtrees((), inside))
    yield plain.with_ca("not-excluded", "nameConstraints exclude other names", constraints=subtrees((), outside))
    addresses = [element(0x87, bytes(8))]
    yield plain.with_ca("other-kind", "nameConstraints exclude addresses", constraints=subtrees((), addresses))
    yield plain.with_root("root-not-permitted", "nameConstraints of the root permit other names", constraints=subtrees(outside))
    label = "CA addresses"
    ca = plain.maker.ca(plain.root, label, constraints=subtrees((), addresses))
    leaf = plain.maker.leaf(ca, alt_names=(dns(HOST), ip(127, 0, 0, 1)))
    yield Chain("address-excluded", "the leaf has an address, and all are excluded", [plain.root], [ca], leaf)


def key_ids(plain):
    maker = plain.maker
    root = maker.root("Root without ids", **NO_KEY_IDS)
    ca = maker.ca(root, "CA without ids", **NO_KEY_IDS)
    yield Chain("no-key-ids", "nobody has key identifiers", [root], [ca], maker.leaf(ca, **NO_KEY_IDS))
    yield plain.with_leaf("leaf-no-authority-key-id", "the leaf has no authorityKeyIdentifier", authority_key_id=False)
    yield plain.with_ca("intermediate-no-authority-key-id", "the intermediate has none", authority_key_id=False)
    yield plain.with_ca("intermediate-no-subject-key-id", "the intermediate has no subjectKeyIdentifier", subject_key_id=False)
    yield plain.with_root("root-no-authority-key-id", "the root has no authorityKeyIdentifier", authority_key_id=False)
    yield plain.with_root("root-no-subject-key-id", "the root has no subjectKeyIdentifier", subject_key_id=False)
    wrong = sequence(element(0x80, key_id(key("p256", "stranger"))))
    yield plain.with_leaf("wrong-key-id", "the leaf names another key", authority_key_id=wrong)
    for word, serial in (("right", plain.ca.serial), ("wrong", 0x7777)):
        issuer = element(0xA1, element(0xA4, plain.ca.issuer))
        number = element(0x82, integer(serial)[2:])
        value = sequence(element(0x80, key_id(plain.ca.key)), issuer, number)
        yield plain.with_leaf(f"{word}-authority-serial", f"the leaf names its issuer's {word} serial number", authority_key_id=value)


def oddities(plain):
    maker = plain.maker
    unknown = (extension(UNKNOWN_EXTENSION, b"\x05\x00", True),)
    harmless = (extension(UNKNOWN_EXTENSION, b"\x05\x00"),)
    yield plain.with_leaf("negative-serial", "the serial number is negative", serial=-5)
    yield plain.with_leaf("zero-serial", "the serial number is zero", serial=0)
    yield plain.with_leaf("long-serial", "the serial number has 25 octets", serial=1 << 195)
    yield plain.with_leaf("critical-extension", "a critical extension that nobody knows", extra=unknown)
    yield plain.with_leaf("uncritical-extension", "an extension that nobody knows", extra=harmless)
    yield plain.with_ca("intermediate-critical-extension", "the same in the intermediate", extra=unknown)
    yield plain.with_root("root-critical-extension", "the same in the root", extra=unknown)
    yield plain.with_leaf("version-1-leaf", "the leaf is of version 1", version=1, sides=("client",))
    yield plain.with_leaf("empty-subject", "the leaf has no subject", subject=name(""), alt_names_are_critical=True)
    yield plain.with_leaf("empty-subject-uncritical", "the same, and its names are not critical", subject=name(""))
    encoded = {"subject": name("Encoded", PRINTABLE), "key": "Encoded"}
    ca = maker.ca(plain.root, **encoded)
    alias = maker.ca(plain.root, subject=name("Encoded", UTF8), key="Encoded")
    leaf = maker.leaf(alias)
    yield Chain("other-encoding", "the issuer's name is encoded in another way", [plain.root], [ca], leaf)
    lower = maker.ca(plain.root, subject=name("ENCODED"), key="Encoded")
    yield Chain("other-case", "the issuer's name is written in capitals", [plain.root], [lower], leaf)


def hosts(plain):
    """Names, which only clients ask for."""
    def asked(id, notes, host, **options):
        return plain.with_leaf(id, notes, host=host, sides=("server",), **options)

    named = lambda *names: tuple(map(dns, names))
    common = {"subject": name(HOST), "alt_names": None}
    yield asked("host-mismatch", "the leaf is for another name", "www.example.org")
    yield asked("host-below", "the leaf is for the name above", "a.www.example.com")
    yield asked("host-capitals", "the leaf's name is written in capitals", HOST, alt_names=named("WWW.EXAMPLE.COM"))
    yield asked("wildcard", "*.example.com", HOST, alt_names=named("*.example.com"))
    yield asked("wildcard-two-labels", "*.example.com for two labels", "a.www.example.com", alt_names=named("*.example.com"))
    yield asked("wildcard-parent", "*.example.com for its parent", "example.com", alt_names=named("*.example.com"))
    yield asked("wildcard-of-top", "*.com", "example.com", alt_names=named("*.com"))
    yield asked("wildcard-part", "w*.example.com", HOST, alt_names=named("w*.example.com"))
    yield asked("wildcard-inside", "www.*.com", HOST, alt_names=named("www.*.com"))
    yield asked("common-name", "the name stands in the common name alone", HOST, **common)
    yield asked("common-name-beside", "the common name fits, the alternative names do not", HOST, subject=name(HOST), alt_names=named("www.example.org"))
    yield asked("common-name-and-address", "the common name fits, the alternative names are addresses", HOST, subject=name(HOST), alt_names=(ip(127, 0, 0, 1),))
    yield asked("common-name-wildcard", "a wildcard as common name alone", HOST, subject=name("*.example.com"), alt_names=None)
    yield asked("address", "an address", "127.0.0.1", alt_names=(ip(127, 0, 0, 1),))
    yield asked("address-mismatch", "another address", "127.0.0.1", alt_names=(ip(192, 0, 2, 1),))
    yield asked("address-as-name", "the address stands as a DNS name", "127.0.0.1", alt_names=named("127.0.0.1"))
    yield asked("address-as-common-name", "the address stands in the common name", "127.0.0.1", subject=name("127.0.0.1"), alt_names=None)
    yield asked("name-and-address", "the address is one of the names", "127.0.0.1", alt_names=(dns(HOST), ip(127, 0, 0, 1)))

#!/usr/bin/env python3
"""Makes the questions of tests/data/conformance/openssl-strict.json: certificates whose two signature algorithms differ.

    python3 strict.py > questions.json && python3 record.py questions.json > openssl-strict.json

X509_V_FLAG_X509_STRICT looks at the algorithm that a certificate names inside and outside of what is signed; otherwise
X509_verify does, which is not asked about the last certificate of a chain. Needs the package `cryptography`; keys are
made afresh, so the file is another one each time.
"""

import base64
import datetime
import json
import sys

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

# ecdsa-with-SHA256, as every certificate names it inside, and what stands outside instead: ecdsa-with-SHA384, and
# ecdsa-with-SHA256 with parameters (NULL), which RFC 5758, 3.2 forbids.
INSIDE = bytes.fromhex("300a06082a8648ce3d040302")
OUTSIDE = {
    "another-algorithm": bytes.fromhex("300a06082a8648ce3d040303"),
    "other-parameters": bytes.fromhex("300c06082a8648ce3d0403020500"),
}


def certificate(name, key, issuer, issuer_key, is_ca):
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    issuer = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issuer)])
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime.datetime(2026, 1, 1))
        .not_valid_after(datetime.datetime(2036, 1, 1))
        .add_extension(x509.BasicConstraints(is_ca, None), critical=True)
        .add_extension(x509.KeyUsage(not is_ca, False, False, False, False, is_ca, is_ca, False, False), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False)
    )
    if not is_ca:
        builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName("example.com")]), critical=False)
    return builder.sign(issuer_key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


def sequence(contents):
    """Of 256 to 65535 octets."""
    return b"\x30\x82" + len(contents).to_bytes(2, "big") + contents


def with_outside(der, algorithm):
    """The same certificate with another algorithm beside the signature."""
    signed, signature = der[4:].rsplit(INSIDE, 1)
    return sequence(signed + algorithm + signature)


def main():
    keys = {name: ec.generate_private_key(ec.SECP256R1()) for name in ["root", "intermediate", "leaf"]}
    plain = [
        certificate("leaf", keys["leaf"], "intermediate", keys["intermediate"], False),
        certificate("intermediate", keys["intermediate"], "root", keys["root"], True),
        certificate("root", keys["root"], "root", keys["root"], True),
    ]
    chains = {"plain": plain}
    for kind, algorithm in OUTSIDE.items():
        for depth, who in enumerate(["leaf", "intermediate", "root"]):
            chain = list(plain)
            chain[depth] = with_outside(chain[depth], algorithm)
            chains[f"{kind}-{who}"] = chain
    certificates = list(dict.fromkeys(der for chain in chains.values() for der in chain))
    cases = []
    for name, chain in chains.items():
        leaf, intermediate, root = (certificates.index(der) for der in chain)
        cases.append({"id": f"strict::{name}", "trusted": [root], "presented": [intermediate], "leaf": leaf, "verdicts": {}})
    file = {
        "time": "2026-11-21T18:00:00Z",
        "purpose": "serverAuth",
        "host": None,
        "engines": [],
        "certs": [base64.b64encode(der).decode() for der in certificates],
        "cases": cases,
    }
    json.dump(file, sys.stdout)


if __name__ == "__main__":
    main()

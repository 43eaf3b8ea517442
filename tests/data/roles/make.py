"""Writes the certificates of this folder, one a file: parts of which tests/it/role/chains.rs puts files together.

    python3 make.py

It needs the package `cryptography`. Keys and serial numbers are new each time and the keys are thrown away; the tests
depend on neither.
"""

import datetime
import ipaddress
import pathlib

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

HERE = pathlib.Path(__file__).parent
START = datetime.datetime(2026, 6, 1, tzinfo=datetime.timezone.utc)
END = datetime.datetime(2036, 6, 1, tzinfo=datetime.timezone.utc)
SERVER, CLIENT = ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH


class Party:
    """A name and a key, and what its certificate says."""

    def __init__(self, name, key=None):
        self.name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        self.key = key or ec.generate_private_key(ec.SECP256R1())

    def key_id(self):
        return x509.SubjectKeyIdentifier.from_public_key(self.key.public_key())


def write(file, subject, issuer, ca=None, names=(), usages=(), start=START, signs=None):
    """A certificate; `ca` is what basicConstraints says and `signs` whether keyUsage lets it sign others, or None."""
    builder = x509.CertificateBuilder(issuer.name, subject.name, subject.key.public_key(), x509.random_serial_number(),
                                      start, END)
    if ca is not None:
        builder = builder.add_extension(x509.BasicConstraints(ca, None), True)
    if names:
        builder = builder.add_extension(x509.SubjectAlternativeName([general_name(name) for name in names]), False)
    if usages:
        builder = builder.add_extension(x509.ExtendedKeyUsage(usages), False)
    if signs is not None:
        builder = builder.add_extension(x509.KeyUsage(True, False, False, False, False, signs, signs, False, False), True)
    authority = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.key.public_key())
    builder = builder.add_extension(subject.key_id(), False).add_extension(authority, False)
    certificate = builder.sign(issuer.key, hashes.SHA256())
    HERE.joinpath(f"{file}.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))


def general_name(text):
    if "://" in text:
        return x509.UniformResourceIdentifier(text)
    try:
        return x509.IPAddress(ipaddress.ip_address(text))
    except ValueError:
        return x509.DNSName(text)


def main():
    root, sub = Party("Example Root"), Party("Example Issuing CA")
    write("root", root, root, ca=True)
    write("sub", sub, root, ca=True, usages=[SERVER, CLIENT])
    other_root, other_sub = Party("Other Root"), Party("Other Issuing CA")
    write("other-root", other_root, other_root, ca=True)
    write("other-sub", other_sub, other_root, ca=True)
    for number in range(1, 5):
        far = Party(f"Far Root {number}")
        write(f"far-root-{number}", far, far, ca=True)

    # End entities below the issuing CA.
    write("server", Party("www.example.net"), sub, ca=False, names=["www.example.net"], usages=[SERVER])
    write("server-before", Party("www.example.net"), sub, ca=False, names=["www.example.net"], usages=[SERVER])
    write("address", Party("printer"), sub, names=["192.0.2.7"])
    write("both", Party("peer.example.net"), sub, ca=False, names=["peer.example.net"], usages=[SERVER, CLIENT])
    write("client", Party("alice"), sub, ca=False, usages=[CLIENT])
    write("host-as-name", Party("old.example.net"), sub)
    write("bare", Party("device 7"), sub, ca=False)
    write("workload", Party("workload"), sub, ca=False, names=["spiffe://cluster.local/ns/router/sa/identity"])
    for number in range(1, 4):
        write(f"node-{number}", Party(f"node-{number}"), sub, ca=False, names=[f"node-{number}.example.net"])
    write("other-client", Party("bob"), other_sub, ca=False, usages=[CLIENT])

    # Self-signed ones: CAs and not, with and without the name of a host.
    home = Party("Home CA")
    write("self-ca", home, home, ca=True)
    nas = Party("nas.example.net")
    write("self-ca-host", nas, nas, ca=True)
    registry = Party("registry.example.net")
    write("self-ca-server", registry, registry, ca=True, names=["registry.example.net"])
    pump, renewed_pump = Party("Pump 3"), Party("Pump 3")
    write("self-leaf", pump, pump, ca=False, names=["pump.example.net"])
    write("self-leaf-again", pump, pump, ca=False, names=["pump.example.net"], start=datetime.datetime(2026, 7, 1))
    write("self-leaf-other-key", renewed_pump, renewed_pump, ca=False, names=["pump.example.net"])
    thing = Party("Thing")
    write("self-bare", thing, thing, ca=False)
    maker = Party("Maker")
    write("self-issuer", maker, maker)
    write("made", Party("made.example.net"), maker, ca=False, names=["made.example.net"])

    # CAs that serve, and end entities that issue.
    write("server-as-ca", Party("ca.example.net"), sub, ca=True, names=["api.example.net"])
    write("device-as-ca", Party("device 8"), sub, ca=True)
    write("device-as-ca-usage", Party("device 9"), sub, ca=True, signs=False)
    no_ca = Party("Example Forgotten CA")
    write("no-ca", no_ca, root, ca=False)
    write("below-no-ca", Party("low.example.net"), no_ca, ca=False, names=["low.example.net"], usages=[SERVER])

    # An end entity with the key of a CA, and one with its name as well.
    write("shared-key", Party("shared.example.net", other_sub.key), sub, ca=False)
    write("shared-key-and-name", Party("Other Issuing CA", other_sub.key), sub, ca=False)


main()

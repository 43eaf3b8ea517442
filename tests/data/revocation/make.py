"""Makes the files of this folder anew: python3 make.py. Needs cryptography.

A root, two leaves, and lists of revoked certificates. All keys and names are made up and random.
"""

import datetime
import pathlib

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

HERE = pathlib.Path(__file__).parent
START = datetime.datetime(2026, 1, 1)
DAY = datetime.timedelta(days=1)
PEM = serialization.Encoding.PEM


def main():
    root_key, other_key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    root_name = name("Revoking Root")
    root = certificate(root_name, root_name, root_key, root_key, True)
    shop = certificate(name("shop.example"), root_name, ec.generate_private_key(ec.SECP256R1()), root_key, False)
    mail = certificate(name("mail.example"), root_name, ec.generate_private_key(ec.SECP256R1()), root_key, False)
    for file, made in [("ca.pem", root), ("shop.pem", shop), ("mail.pem", mail)]:
        (HERE / file).write_bytes(made.public_bytes(PEM))
    serials = [shop.serial_number]
    write("shop.crl", root_name, serials, root_key)
    write("forged.crl", root_name, serials, other_key)
    write("other-issuer.crl", name("Other Root"), serials, other_key)
    indirect = x509.IssuingDistributionPoint(
        full_name=[x509.UniformResourceIdentifier("http://crl.example/all.crl")],
        relative_name=None,
        only_contains_user_certs=False,
        only_contains_ca_certs=False,
        only_some_reasons=None,
        indirect_crl=True,
        only_contains_attribute_certs=False,
    )
    write("indirect.crl", root_name, serials, root_key, indirect)
    write("delta.crl", root_name, serials, root_key, x509.DeltaCRLIndicator(1))


def name(common_name):
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)])


def certificate(subject, issuer, key, issuer_key, is_ca):
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(START)
        .not_valid_after(START + 3650 * DAY)
        .add_extension(x509.BasicConstraints(is_ca, None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False)
    )
    if not is_ca:
        common_name = subject.rfc4514_string().removeprefix("CN=")
        builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName(common_name)]), critical=False)
    return builder.sign(issuer_key, hashes.SHA256())


def write(file, issuer, serials, key, extension=None):
    """A list of 2026-06-01 that revokes since 2026-05-01."""
    builder = x509.CertificateRevocationListBuilder().issuer_name(issuer)
    builder = builder.last_update(START + 151 * DAY).next_update(START + 181 * DAY)
    for serial in serials:
        entry = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(START + 120 * DAY)
        builder = builder.add_revoked_certificate(entry.build())
    if extension:
        builder = builder.add_extension(extension, critical=True)
    (HERE / file).write_bytes(builder.sign(key, hashes.SHA256()).public_bytes(PEM))


main()

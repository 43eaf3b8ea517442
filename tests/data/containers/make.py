"""Makes every file of this folder anew: python3 make.py. Needs cryptography, openssl 3 with its legacy provider, and keytool.

All keys and names are made up. Keys are random, so that another run gives other bytes; what the files hold stays the same.
"""

import base64
import datetime
import json
import pathlib
import shutil
import subprocess
import tempfile

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

HERE = pathlib.Path(__file__).parent
WORK = pathlib.Path(tempfile.mkdtemp())
START = datetime.datetime(2026, 1, 1)
PEM = serialization.Encoding.PEM
DER = serialization.Encoding.DER


def main():
    pki = Pki()
    for folder, make in [("pkcs7", pkcs7), ("pkcs12", pkcs12), ("jks", jks)]:
        shutil.rmtree(HERE / folder, ignore_errors=True)
        (HERE / folder).mkdir()
        make(pki, HERE / folder)
    shutil.rmtree(WORK)


class Pki:
    """Two hierarchies: Root, Issuing, leaf.example and second.example; Other Root."""

    def __init__(self):
        self.keys, self.certificates = {}, {}
        self.issue("root", "Root", None)
        self.issue("issuing", "Issuing", "root")
        self.issue("other", "Other Root", None)
        self.issue("leaf", "leaf.example", "issuing")
        self.issue("second", "second.example", "issuing")

    def issue(self, name, common_name, issuer):
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)])
        above = self.certificates[issuer].subject if issuer else subject
        is_ca = "." not in common_name
        builder = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(above)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(START)
            .not_valid_after(START + datetime.timedelta(days=3650))
            .add_extension(x509.BasicConstraints(is_ca, None), critical=True)
        )
        if not is_ca:
            builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName(common_name)]), critical=False)
        certificate = builder.sign(self.keys[issuer] if issuer else key, hashes.SHA256())
        self.keys[name], self.certificates[name] = key, certificate
        (WORK / f"{name}.pem").write_bytes(certificate.public_bytes(PEM))
        (WORK / f"{name}.key").write_bytes(self.key(name))

    def key(self, name):
        form = serialization.PrivateFormat.PKCS8
        return self.keys[name].private_bytes(PEM, form, serialization.NoEncryption())

    def pem(self, *names):
        return b"".join(self.certificates[name].public_bytes(PEM) for name in names)

    def file(self, *names):
        path = WORK / ("-".join(names) + ".chain")
        path.write_bytes(self.pem(*names))
        return str(path)


def run(*words):
    subprocess.run([str(word) for word in words], check=True, capture_output=True, cwd=WORK)


def pkcs7(pki, folder):
    chain = pki.file("leaf", "issuing", "root")
    pem = folder / "bundle.p7b"
    run("openssl", "crl2pkcs7", "-nocrl", "-certfile", chain, "-out", pem)
    run("openssl", "crl2pkcs7", "-nocrl", "-certfile", chain, "-outform", "DER", "-out", folder / "bundle-der.p7b")
    text = pem.read_text()
    for name, label in [("cms.pem", "CMS"), ("signed-data.pem", "PKCS #7 SIGNED DATA"), ("labelled.cer", "CERTIFICATE")]:
        (folder / name).write_text(text.replace("PKCS7", label))
    lines = [line for line in text.splitlines() if not line.startswith("-")]
    (folder / "bare-base64.p7b").write_text("\r\n".join(lines) + "\r\n")
    (WORK / "content.txt").write_text("hello\n")
    sign = ["cms", "-sign", "-in", "content.txt", "-signer", "leaf.pem", "-inkey", "leaf.key", "-certfile", pki.file("issuing")]
    run("openssl", *sign, "-binary", "-stream", "-nodetach", "-outform", "DER", "-out", folder / "signed-indefinite.p7m")
    run("openssl", *sign, "-binary", "-outform", "DER", "-out", folder / "signature.p7s")
    (folder / "indefinite.p7b").write_bytes(indefinite((folder / "bundle-der.p7b").read_bytes(), 4))
    encrypt = ["cms", "-encrypt", "-in", "content.txt", "-outform", "DER", "-out", folder / "enveloped.p7m", "leaf.pem"]
    run("openssl", *encrypt)


def indefinite(der, depth):
    """BER as programs that stream it write: indefinite lengths, octet strings in pieces; down to a depth."""
    tag, header, length = der[0], *length_of(der)
    content = der[header : header + length]
    if depth == 0:
        return der
    if tag == 0x04 and length > 8:
        half = length // 2
        pieces = [content[:half], content[half:]]
        return b"\x24\x80" + b"".join(element(0x04, piece) for piece in pieces) + b"\0\0"
    if not tag & 0x20:
        return der
    inner = b"".join(indefinite(child, depth - 1) for child in children(content))
    return bytes([tag, 0x80]) + inner + b"\0\0"


def children(content):
    while content:
        header, length = length_of(content)
        yield content[: header + length]
        content = content[header + length :]


def length_of(der):
    first = der[1]
    if first < 0x80:
        return 2, first
    count = first & 0x7F
    return 2 + count, int.from_bytes(der[2 : 2 + count], "big")


def element(tag, content):
    length = len(content)
    if length < 0x80:
        return bytes([tag, length]) + content
    octets = length.to_bytes((length.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(octets)]) + octets + content


def pkcs12(pki, folder):
    def export(name, *options, password="changeit", leaf="leaf"):
        words = ["-inkey", f"{leaf}.key", "-in", f"{leaf}.pem", "-certfile", pki.file("issuing", "root")]
        run("openssl", "pkcs12", "-export", "-name", leaf, *words, "-passout", f"pass:{password}", "-out", folder / name, *options)

    def trust(name, *options, password="changeit"):
        words = ["-nokeys", "-in", pki.file("root", "other"), "-passout", f"pass:{password}"]
        run("openssl", "pkcs12", "-export", *words, "-out", folder / name, *options)

    export("modern.p12")
    export("legacy.p12", "-legacy")
    export("triple-des.p12", "-legacy", "-certpbe", "PBE-SHA1-3DES")
    export("two-key-des.p12", "-legacy", "-certpbe", "PBE-SHA1-2DES")
    export("rc2-128.p12", "-legacy", "-certpbe", "PBE-SHA1-RC2-128")
    export("rc4-128.p12", "-legacy", "-certpbe", "PBE-SHA1-RC4-128")
    export("aes-128.p12", "-certpbe", "AES-128-CBC")
    export("aes-192.p12", "-certpbe", "AES-192-CBC")
    export("des-ede3-pbes2.p12", "-certpbe", "DES-EDE3-CBC")
    export("empty-password.p12", password="")
    export("empty-password-legacy.p12", "-legacy", password="")
    export("clear.p12", "-certpbe", "NONE", "-keypbe", "NONE", "-nomac")
    export("other-password.p12", password="s3cret-of-mine")
    export("other-password-legacy.p12", "-legacy", password="s3cret-of-mine")
    trust("trust-openssl.p12")
    trust("trust-openssl-clear.p12", "-certpbe", "NONE", "-nomac")
    (folder / "indefinite.p12").write_bytes(indefinite((folder / "modern.p12").read_bytes(), 6))
    (folder / "modern.pem").write_text(pem_of("PKCS12", (folder / "modern.p12").read_bytes()))
    run("openssl", "pkcs12", "-export", "-nocerts", "-inkey", "leaf.key", "-passout", "pass:changeit", "-out", folder / "key-only.p12")
    import_certificates(folder / "trust-java.p12", "PKCS12")
    import_keys(folder / "keys-java.p12", "PKCS12", folder, "leaf", "second")


def pem_of(label, der):
    text = base64.b64encode(der).decode()
    lines = [text[at : at + 64] for at in range(0, len(text), 64)]
    return "\n".join([f"-----BEGIN {label}-----", *lines, f"-----END {label}-----", ""])


def import_certificates(path, kind):
    for alias, name in [("my root", "root"), ("other", "other")]:
        words = ["-importcert", "-noprompt", "-alias", alias, "-file", f"{name}.pem", "-keystore", path]
        run("keytool", *words, "-storetype", kind, "-storepass", "changeit")


def import_keys(path, kind, folder, *leaves):
    """Entries with keys, each with its chain, and one that is trusted."""
    for leaf in leaves:
        source = WORK / f"{leaf}.p12"
        chain = ["-certfile", WORK / "issuing-root.chain"]
        (WORK / "issuing-root.chain").write_bytes((WORK / "issuing.pem").read_bytes() + (WORK / "root.pem").read_bytes())
        inputs = ["-inkey", f"{leaf}.key", "-in", f"{leaf}.pem", *chain, "-name", leaf, "-passout", "pass:changeit"]
        run("openssl", "pkcs12", "-export", *inputs, "-out", source)
        words = ["-importkeystore", "-noprompt", "-srckeystore", source, "-srcstoretype", "PKCS12", "-srcstorepass", "changeit"]
        run("keytool", *words, "-destkeystore", path, "-deststoretype", kind, "-deststorepass", "changeit")
    words = ["-importcert", "-noprompt", "-alias", "other", "-file", "other.pem", "-keystore", path]
    run("keytool", *words, "-storetype", kind, "-storepass", "changeit")


def jks(pki, folder):
    import_certificates(folder / "trust.jks", "JKS")
    import_keys(folder / "keys.jks", "JKS", folder, "leaf", "second")
    import_certificates(folder / "trust.jceks", "JCEKS")
    import_keys(folder / "keys.jceks", "JCEKS", folder, "leaf")
    words = ["-genseckey", "-alias", "a secret", "-keyalg", "AES", "-keysize", "128", "-keystore", folder / "keys.jceks"]
    run("keytool", *words, "-storetype", "JCEKS", "-storepass", "changeit", "-keypass", "changeit")
    certificate = pki.certificates["root"].public_bytes(DER)
    entry = (2).to_bytes(4, "big") + utf("old") + bytes(8) + len(certificate).to_bytes(4, "big") + certificate
    (folder / "version-1.jks").write_bytes(bytes.fromhex("feedfeed00000001") + (1).to_bytes(4, "big") + entry + bytes(20))
    (folder / "empty.jks").write_bytes(bytes.fromhex("feedfeed00000002") + bytes(4) + bytes(20))


def utf(text):
    return len(text).to_bytes(2, "big") + text.encode()


if __name__ == "__main__":
    main()

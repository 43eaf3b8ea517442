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
from urllib.parse import quote

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID

HERE = pathlib.Path(__file__).parent
WORK = pathlib.Path(tempfile.mkdtemp())
START = datetime.datetime(2026, 1, 1)
PEM = serialization.Encoding.PEM
DER = serialization.Encoding.DER


def main():
    pki = Pki()
    for folder, make in [("pkcs7", pkcs7), ("pkcs12", pkcs12), ("jks", jks), ("text", text), ("named", named)]:
        shutil.rmtree(HERE / folder, ignore_errors=True)
        (HERE / folder).mkdir()
        make(pki, HERE / folder)
    scalar = lambda name: pki.keys[name].private_numbers().private_value.to_bytes(32, "big").hex()
    (HERE / "keys.txt").write_text("".join(f"{name} {scalar(name)}\n" for name in ["leaf", "second"]))
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
    source = ["-srckeystore", folder / "keys-java.p12", "-srcstoretype", "PKCS12", "-srcstorepass", "changeit"]
    copy = ["-destkeystore", folder / "keys-own-password.p12", "-deststoretype", "PKCS12", "-deststorepass", "s3cret-of-mine"]
    run("keytool", "-importkeystore", "-noprompt", *source, *copy)


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


def text(pki, folder):
    def listed(name, *words):
        command = ["keytool", "-J-Duser.language=en", "-list", *words, "-storepass", "changeit"]
        done = subprocess.run([str(word) for word in command], check=True, capture_output=True, text=True)
        (folder / name).write_text(done.stdout)

    keys, empty = HERE / "jks/keys.jks", HERE / "pkcs12/trust-openssl.p12"
    listed("keytool-rfc.txt", "-rfc", "-keystore", keys)
    listed("keytool-verbose.txt", "-v", "-keystore", HERE / "jks/trust.jks")
    listed("keytool-short.txt", "-keystore", HERE / "jks/trust.jks")
    listed("keytool-empty.txt", "-rfc", "-keystore", empty)
    german = (folder / "keytool-rfc.txt").read_text()
    for word, other in [("Alias name", "Aliasname"), ("Creation date", "Erstellungsdatum"), ("Entry type", "Eintragstyp")]:
        german = german.replace(word, other)
    (folder / "keytool-rfc-german.txt").write_text(german)

    body = {name: base64.b64encode(certificate.public_bytes(DER)).decode() for name, certificate in pki.certificates.items()}
    pem = {name: pki.pem(name).decode() for name in pki.certificates}
    chain = [body["leaf"], body["issuing"]]
    key = {"kty": "EC", "crv": "P-256", "x": "AAAA", "y": "AAAA", "use": "sig", "x5c": chain}
    private = {**key, "d": url(pki.keys["leaf"].private_numbers().private_value.to_bytes(32, "big"))}
    write = lambda name, value: (folder / name).write_text(json.dumps(value, indent=2) + "\n")
    write("jwks.json", {"keys": [key, {**key, "x5c": [body["second"]]}]})
    write("jwk-private.json", private)
    write("spiffe-bundle.json", {"keys": [{**key, "use": "x509-svid", "x5c": [body["root"]]}], "spiffe_sequence": 1})
    header = url(json.dumps({"alg": "ES256", "x5c": chain}).encode())
    payload = url(json.dumps({"iss": "made up", "sub": "made up", "padding": "x" * 80}).encode())
    token = f"{header}.{payload}.{url(bytes(range(64)))}"
    (folder / "jwt.txt").write_text(token + "\n")
    bearer = f'{url(json.dumps({"alg": "ES256"}).encode())}.{payload}.{url(bytes(range(64)))}'
    (folder / "dpop.txt").write_text(f"DPoP: {token}\nAuthorization: Bearer {bearer}\n")
    write("step-ca.json", {"crt": pem["leaf"], "ca": pem["issuing"], "certChain": [pem["leaf"], pem["issuing"]], "tlsOptions": {}})
    har_headers = [{"name": "Host", "value": "a.example"}, {"name": "X-Forwarded-Tls-Client-Cert", "value": ",".join(chain)}]
    write("request.har", {"log": {"entries": [{"request": {"method": "GET", "headers": har_headers}}]}})
    escaped = quote(pem["leaf"])
    (folder / "curl.txt").write_text(f"> GET / HTTP/1.1\n> Host: a.example\n> ssl-client-cert: {escaped}\n>\n< HTTP/1.1 403 Forbidden\n")
    one_line = {name: text.replace("\n", "\\n") for name, text in pem.items()}
    (folder / "app.env").write_text(
        f'PORT=8443\nTLS_CA_CERT="{one_line["root"]}"\nTLS_CERT="{one_line["leaf"]}"\nexport CHAIN={body["issuing"]}\nDB_PASSWORD=made-up-word\n'
    )
    (folder / "compose.yaml").write_text(
        f"services:\n  web:\n    environment:\n      - CA_CERT={one_line['root']}\n      - TLS_CERT={one_line['leaf']}\n"
    )
    saml(folder, body)
    profile(pki, folder, body)
    kubernetes(folder, pem)
    diff = "".join(f"-{line}\n" for line in pem["root"].splitlines()) + "".join(f"+{line}\n" for line in pem["other"].splitlines())
    (folder / "ca.diff").write_text(f"--- a/ca.pem\n+++ b/ca.pem\n@@ -1,9 +1,9 @@\n{diff}")
    related(pki, folder)
    key_files(pki, folder)
    run("openssl", "x509", "-in", "leaf.pem", "-noout", "-text", "-out", folder / "x509-text.txt")


def related(pki, folder):
    """A request, keys and a revocation list, all of leaf.example's key or of Root."""
    run("openssl", "req", "-new", "-key", "leaf.key", "-subj", "/CN=leaf.example", "-out", folder / "request.csr")
    old = (folder / "request.csr").read_text().replace("CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST")
    (folder / "old-request.csr").write_text(old)
    run("openssl", "req", "-in", folder / "request.csr", "-outform", "DER", "-out", folder / "request.der")
    run("openssl", "pkey", "-in", "leaf.key", "-pubout", "-out", folder / "public-key.pem")
    rsa_key = rsa.generate_private_key(65537, 2048).public_key()
    spki, pkcs1 = serialization.PublicFormat.SubjectPublicKeyInfo, serialization.PublicFormat.PKCS1
    (folder / "rsa-public-keys.pem").write_bytes(rsa_key.public_bytes(PEM, pkcs1) + rsa_key.public_bytes(PEM, spki))
    issuer = pki.certificates["root"].subject
    crl = x509.CertificateRevocationListBuilder().issuer_name(issuer).last_update(START).next_update(START + datetime.timedelta(days=30))
    (folder / "root.crl").write_bytes(crl.sign(pki.keys["root"], hashes.SHA256()).public_bytes(PEM))
    run("openssl", "crl2pkcs7", "-in", folder / "root.crl", "-certfile", "root.pem", "-out", folder / "with-crl.p7b")


def key_files(pki, folder):
    """The key of leaf.example beside its certificate, in other forms."""
    pkcs8 = pki.key("leaf").decode()
    sec1 = pki.keys["leaf"].private_bytes(PEM, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()).decode()
    (folder / "key-then-certificate.pem").write_text(sec1 + pki.pem("leaf").decode())
    lines = "".join(f"web-1  | {line}\n" for line in (pkcs8 + pki.pem("leaf").decode()).splitlines())
    (folder / "compose-log-with-key.txt").write_text(lines)
    encoded = base64.b64encode(pkcs8.encode()).decode()
    (folder / "tls-secret.yaml").write_text(
        f"apiVersion: v1\nkind: Secret\ndata:\n  tls.crt: {base64.b64encode(pki.pem('leaf')).decode()}\n  tls.key: {encoded}\n"
    )


def url(octets):
    return base64.urlsafe_b64encode(octets).decode().rstrip("=")


def saml(folder, body):
    wrapped = lambda name: "\n" + "\n".join(body[name][at : at + 76] for at in range(0, len(body[name]), 76)) + "\n"
    descriptor = lambda use, *names: (
        f'<md:KeyDescriptor{use}><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data>'
        + "".join(f"<ds:X509Certificate>{wrapped(name)}</ds:X509Certificate>" for name in names)
        + "</ds:X509Data></ds:KeyInfo></md:KeyDescriptor>\n"
    )
    (folder / "saml-metadata.xml").write_text(
        '<?xml version="1.0"?>\n<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="made-up">\n<md:IDPSSODescriptor>\n'
        + descriptor(' use="signing"', "root")
        + descriptor(' use="signing"', "other")
        + descriptor(' use="encryption"', "issuing")
        + "</md:IDPSSODescriptor>\n</md:EntityDescriptor>\n"
    )
    (folder / "saml-response.xml").write_text(
        f"<samlp:Response><Signature><KeyInfo><X509Data><X509Certificate>{body['leaf']}</X509Certificate>"
        f"<X509Certificate>{body['issuing']}</X509Certificate></X509Data></KeyInfo></Signature></samlp:Response>\n"
    )


def profile(pki, folder, body):
    wrapped = lambda text: "\n".join("\t\t\t" + text[at : at + 52] for at in range(0, len(text), 52))
    payload = lambda kind, data, more="": (
        f"\t\t<dict>\n\t\t\t<key>PayloadContent</key>\n\t\t\t<data>\n{wrapped(data)}\n\t\t\t</data>\n{more}"
        f"\t\t\t<key>PayloadType</key>\n\t\t\t<string>com.apple.security.{kind}</string>\n\t\t</dict>\n"
    )
    identity = base64.b64encode((HERE / "pkcs12/modern.p12").read_bytes()).decode()
    password = "\t\t\t<key>Password</key>\n\t\t\t<string>changeit</string>\n"
    plist = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<plist version="1.0">\n<dict>\n\t<key>PayloadContent</key>\n\t<array>\n'
        + payload("root", body["root"])
        + payload("pkcs1", body["issuing"])
        + payload("pkcs12", identity, password)
        + "\t</array>\n\t<key>PayloadType</key>\n\t<string>Configuration</string>\n</dict>\n</plist>\n"
    )
    (folder / "profile.mobileconfig").write_text(plist)
    words = ["-signer", "second.pem", "-inkey", "second.key", "-outform", "DER", "-nodetach", "-binary"]
    run("openssl", "cms", "-sign", "-in", folder / "profile.mobileconfig", *words, "-out", folder / "signed.mobileconfig")


def kubernetes(folder, pem):
    encoded = {name: base64.b64encode(text.encode()).decode() for name, text in pem.items()}
    secret = "apiVersion: v1\nkind: Secret\nmetadata:\n  name: made-up\n"
    (folder / "traefik-secret.yaml").write_text(f"{secret}data:\n  ca.crt: {encoded['other']}\n  tls.ca: {encoded['root']}\n")
    store = base64.b64encode((HERE / "pkcs12/trust-java.p12").read_bytes()).decode()
    keys = base64.b64encode((HERE / "jks/keys.jks").read_bytes()).decode()
    (folder / "keystores-secret.yaml").write_text(f"{secret}data:\n  truststore.p12: {store}\n  keystore.jks: {keys}\n  password: Y2hhbmdlaXQ=\n")
    indented = "".join(f"      {line}\n" for line in pem["root"].splitlines())
    (folder / "bundle.yaml").write_text(
        f"apiVersion: trust.cert-manager.io/v1alpha1\nkind: Bundle\nmetadata:\n  name: made-up\nspec:\n  sources:\n  - inLine: |\n{indented}"
    )
    sealed = "apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata:\n  name: made-up\nspec:\n  encryptedData:\n    tls.crt: AgBy3i4OJSWK\n"
    (folder / "sealed-secret.yaml").write_text(sealed)
    (folder / "sops.yaml").write_text("tls.crt: ENC[AES256_GCM,data:abcd,iv:abcd,tag:abcd,type:str]\nsops:\n  version: 3.9.0\n")
    (folder / "described-secret.txt").write_text("Name:         made-up\nNamespace:    default\n\nType:  kubernetes.io/tls\n\nData\n====\ntls.crt:  1099 bytes\n")


def named(pki, folder):
    (folder / "truststore.bks").write_bytes(bytes.fromhex("0000000200000014") + bytes(range(20)) + bytes(400))
    (folder / "truststore.sst").write_bytes(b"\0\0\0\0CERT" + bytes(400))
    text = (HERE / "jks/trust.jks").read_bytes().decode("utf-8", errors="replace")
    (folder / "read-as-text.jks").write_bytes(text.encode())
    algorithm = element(0x30, element(0x06, bytes.fromhex("2a864886f70d01050d")) + element(0x30, bytes(20)))
    (folder / "truststore.bcfks").write_bytes(element(0x30, element(0x30, algorithm + element(0x04, bytes(300))) + element(0x30, bytes(40))))


def utf(text):
    return len(text).to_bytes(2, "big") + text.encode()


if __name__ == "__main__":
    main()

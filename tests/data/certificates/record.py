"""Makes rich.pem and the certificates with odd names, and records what OpenSSL 3 and Go 1.27 say of them and of others.

Run it in this folder, with `openssl` and `go` on the path. It writes:

names/*.pem       one certificate per odd name, as subject and issuer; their signatures are dummies
names.tsv         file, subject by OpenSSL (RFC 2253, not escaping UTF-8), subject by Go (control characters as pictures)
certificates.tsv  what OpenSSL says of the certificates of the other folders
"""

import base64
import ipaddress
import pathlib
import re
import subprocess

HERE = pathlib.Path(__file__).parent
UTF8, PRINTABLE, T61, IA5, UNIVERSAL, BMP = 12, 19, 20, 22, 28, 30
C, O, OU, CN, L, ST = (f"2.5.4.{n}" for n in (6, 10, 11, 3, 7, 8))
EMAIL, DC, UID = "1.2.840.113549.1.9.1", "0.9.2342.19200300.100.1.25", "0.9.2342.19200300.100.1.1"
UNKNOWN = "1.3.6.1.4.1.99999.7"


def tlv(tag, contents):
    length = len(contents)
    if length < 128:
        head = bytes([tag, length])
    else:
        octets = length.to_bytes((length.bit_length() + 7) // 8, "big")
        head = bytes([tag, 0x80 | len(octets)]) + octets
    return head + contents


def oid(dotted):
    arcs = [int(arc) for arc in dotted.split(".")]
    out = b""
    for arc in [arcs[0] * 40 + arcs[1]] + arcs[2:]:
        septets = [arc & 0x7F]
        while arc := arc >> 7:
            septets.insert(0, arc & 0x7F | 0x80)
        out += bytes(septets)
    return tlv(6, out)


def encoded(tag, value):
    if isinstance(value, bytes):
        return tlv(tag, value)
    return tlv(tag, value.encode({BMP: "utf-16-be", T61: "latin-1", UNIVERSAL: "utf-32-be"}.get(tag, "utf-8")))


def name(rdns):
    """Each RDN is a list of (type, tag, value)."""
    sets = [b"".join(sorted(tlv(0x30, oid(t) + encoded(tag, v)) for t, tag, v in rdn)) for rdn in rdns]
    return tlv(0x30, b"".join(tlv(0x31, contents) for contents in sets))


NAMES = {
    "plain": [[(C, PRINTABLE, "US")], [(O, PRINTABLE, "Example")], [(CN, UTF8, "leaf")]],
    "go-reorders": [[(CN, UTF8, "leaf")], [(O, UTF8, "Example")], [(L, UTF8, "Town")], [(C, PRINTABLE, "US")]],
    "repeated": [[(OU, UTF8, "one")], [(CN, UTF8, "first")], [(OU, UTF8, "two")], [(CN, UTF8, "last")]],
    "multi-valued": [[(O, UTF8, "Example")], [(CN, UTF8, "leaf"), ("2.5.4.5", PRINTABLE, "0042")]],
    "special": [[(O, UTF8, 'Acme, "Inc." + <Sons>; a\\b=c')], [(OU, UTF8, " both ends ")], [(CN, UTF8, "#first # second")]],
    "one-space": [[(CN, UTF8, " ")]],
    "control": [[(CN, UTF8, "two\nlines\tand\x7f")]],
    "unicode": [[(O, UTF8, "Bücher 書")], [(CN, UTF8, "Ünïcode ")]],
    "string-types": [[(O, BMP, "Zürich 書")], [(OU, T61, "Zürich")], [(ST, PRINTABLE, "Kanton")], [(DC, IA5, "example")],
                     [(UID, UTF8, "user")], [(EMAIL, IA5, "a@example.org")], [("2.5.4.5", PRINTABLE, "7")]],
    "universal-string": [[(O, UTF8, "Example")], [(CN, UNIVERSAL, "Zürich")]],
    "other-types": [[("2.5.4.9", UTF8, "1 Road")], [("2.5.4.17", UTF8, "8000")], [("2.5.4.12", UTF8, "Dr")],
                    [("2.5.4.4", UTF8, "Doe")], [("2.5.4.42", UTF8, "Jo")], [("2.5.4.15", UTF8, "Private")],
                    [("2.5.4.46", PRINTABLE, "q")], [(CN, UTF8, "leaf")]],
    "extended-validation": [[("1.3.6.1.4.1.311.60.2.1.3", PRINTABLE, "CH")], [("1.3.6.1.4.1.311.60.2.1.2", UTF8, "Bern")],
                            [("1.3.6.1.4.1.311.60.2.1.1", UTF8, "Thun")], [("2.5.4.97", UTF8, "NTRCH-1")],
                            [("2.5.4.18", UTF8, "Box 1")], [("2.5.4.20", PRINTABLE, "1")], [("2.5.4.51", UTF8, "2a")],
                            [("2.5.4.54", UTF8, "d")], [("2.5.4.65", UTF8, "p")], [("2.5.4.72", UTF8, "r")],
                            [("0.9.2342.19200300.100.1.3", IA5, "a@example.org")], [("1.2.840.113549.1.9.2", UTF8, "u")],
                            [("1.2.840.113549.1.9.8", UTF8, "v")], [(CN, UTF8, "leaf")]],
    "unknown-type": [[(CN, UTF8, "leaf")], [(UNKNOWN, UTF8, "text, text")]],
    "unknown-type-long": [[(UNKNOWN, UTF8, "x" * 200)], [(CN, UTF8, "leaf")]],
    "not-a-string": [[(UNKNOWN, 2, b"\x07")], [(UNKNOWN, 4, b"\x01\x02")], [(CN, UTF8, "leaf")]],
    "boolean": [[(UNKNOWN, 1, b"\xff")], [(CN, UTF8, "leaf")]],
    "identifier": [[(UNKNOWN, 6, oid("1.2.3.4")[2:])], [(CN, UTF8, "leaf")]],
    "common-name-is-no-string": [[(O, UTF8, "Example")], [(CN, 2, b"\x07")]],
    "null": [[(CN, UTF8, "leaf")], [(UNKNOWN, 5, b"")]],
    "empty": [],
    "empty-value": [[(O, UTF8, "")], [(CN, UTF8, "")]],
}


def odd_certificate(rdns, key):
    algorithm = tlv(0x30, oid("1.2.840.10045.4.3.2"))
    validity = tlv(0x30, tlv(0x17, b"260101000000Z") + tlv(0x18, b"20760101000000Z"))
    tbs = b"\xa0\x03\x02\x01\x02" + tlv(2, b"\x01") + algorithm + name(rdns) + validity + name(rdns) + key
    return tlv(0x30, tlv(0x30, tbs) + algorithm + tlv(3, b"\x00" + tlv(0x30, b"\x02\x01\x01\x02\x01\x01")))


def pem(der):
    text = base64.b64encode(der).decode()
    lines = "\n".join(text[i : i + 64] for i in range(0, len(text), 64))
    return f"-----BEGIN CERTIFICATE-----\n{lines}\n-----END CERTIFICATE-----\n"


def run(*command, **options):
    return subprocess.run(command, check=True, capture_output=True, text=True, **options).stdout


def x509(path, *options):
    return run("openssl", "x509", "-in", str(path), "-noout", "-nameopt", "RFC2253,-esc_msb", *options)


def value(path, *options):
    return x509(path, *options).strip().split("=", 1)[1].strip()


def extension(path, name):
    lines = x509(path, "-ext", name).splitlines()
    return lines[1].strip() if len(lines) > 1 else ""


def alternative_names(path):
    def address(match):
        return "IP:" + str(ipaddress.ip_address(match[1]))

    return re.sub(r"IP Address:([0-9A-Fa-f.:]+)", address, extension(path, "subjectAltName"))


def key(path):
    text = x509(path, "-text")
    if curve := re.search(r"NIST CURVE: (\S+)", text):
        return f"ECDSA {curve[1]}"
    if bits := re.search(r"Public-Key: \((\d+) bit\)", text):
        return f"RSA {bits[1]}"
    return "Ed25519"


def hex_of(text):
    return text.replace("keyid:", "").replace(":", "").lower()


def row(path):
    authority = next((l for l in x509(path, "-ext", "authorityKeyIdentifier").splitlines()[1:]), "").strip()
    return [
        str(path.relative_to(HERE.parent)),
        value(path, "-subject"),
        value(path, "-issuer"),
        value(path, "-serial").lower(),
        hex_of(value(path, "-fingerprint", "-sha256")),
        hex_of(value(path, "-fingerprint", "-sha1")),
        value(path, "-startdate", "-dateopt", "iso_8601").replace(" ", "T"),
        value(path, "-enddate", "-dateopt", "iso_8601").replace(" ", "T"),
        key(path),
        hex_of(extension(path, "subjectKeyIdentifier")),
        hex_of(authority),
        extension(path, "basicConstraints"),
        alternative_names(path),
    ]


def subject_or_silence(path):
    """OpenSSL 3.0 cannot print a name with a BOOLEAN or an OBJECT IDENTIFIER in it."""
    try:
        return x509(path, "-subject").removeprefix("subject=").rstrip("\n")
    except subprocess.CalledProcessError:
        return "(not printed)"


def make():
    run("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "/dev/null", "-days", "36500",
        "-config", "rich.cnf", "-out", "rich.pem", cwd=HERE)
    (HERE / "names").mkdir(exist_ok=True)
    for title, rdns in NAMES.items():
        # Any key will do; this is the base point of P-256.
        point = bytes.fromhex("046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
                              "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5")
        spki = tlv(0x30, tlv(0x30, oid("1.2.840.10045.2.1") + oid("1.2.840.10045.3.1.7")) + tlv(3, b"\x00" + point))
        (HERE / "names" / f"{title}.pem").write_text(pem(odd_certificate(rdns, spki)))


def record():
    odd = sorted((HERE / "names").glob("*.pem"))
    by_go = run("go", "run", "record.go", *map(str, odd), cwd=HERE).split("\n")
    by_openssl = [subject_or_silence(path) for path in odd]
    rows = [[path.stem, openssl, go] for path, openssl, go in zip(odd, by_openssl, by_go)]
    (HERE / "names.tsv").write_text("".join("\t".join(row) + "\n" for row in rows))

    others = sorted((HERE.parent / "openziti-ha").glob("*/*[0-9].crt"))
    others += sorted((HERE.parent / "openziti-ha").glob("*/edge-root.crt"))
    others += sorted((HERE.parent / "mtls-scenarios").glob("*/leaf.pem"))
    others += sorted((HERE.parent / "signatures").glob("rsa-1*.pem"))
    header = "file subject issuer serial sha256 sha1 not_before not_after key subject_key_id authority_key_id"
    lines = [f"{header} basic_constraints subject_alt_names".split()] + [row(path) for path in others]
    (HERE / "certificates.tsv").write_text("".join("\t".join(line) + "\n" for line in lines))


make()
record()

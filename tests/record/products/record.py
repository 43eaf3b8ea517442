#!/usr/bin/env python3
"""Asks real products about chains, in a handshake on the loopback, and writes their verdicts to standard output in the
conformance format, with the version of each product. README.md of the folder above tells what has to be installed.

    record.py [--python-3.12 FILE] [--python-3.13 FILE] [--only PRODUCT]... [--chain ID]... > products.json
"""

import argparse
import base64
import datetime
import json
import os
import re
import subprocess
import sys
import tempfile
import textwrap
from pathlib import Path

import certificates
import chains
import clients
import peer
import servers
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from cryptography.x509 import load_der_x509_certificate

HERE = Path(__file__).parent
TRIES = 4
# How each product and each library says its version.
VERSIONS = {
    "nginx": ["nginx", "-v"],
    "haproxy": ["haproxy", "-v"],
    "apache": ["apache2", "-v"],
    "stunnel": ["stunnel4", "-version"],
    "mosquitto": ["mosquitto", "-h"],
    "curl": ["curl", "--version"],
    "git": ["git", "--version"],
    "node": ["node", "-p", "`Node.js ${process.version}, OpenSSL ${process.versions.openssl}`"],
    "node-partial": ["node", "-p", "`Node.js ${process.version}, OpenSSL ${process.versions.openssl}`"],
    "java-tls": ["java", "--version"],
    "openssl-s_client": ["openssl", "version"],
    "openssl-s_server": ["openssl", "version"],
}


class Files:
    """The files of one question."""

    def __init__(self, folder, own):
        self.folder, self.empty, self.classes = folder, folder / "empty", own.classes
        self.server_chain, self.server_key = own.chain, own.key
        self.server_both, self.server_p12 = own.both, own.p12
        self.trusted, self.chain, self.key = folder / "trusted.pem", folder / "chain.pem", folder / "key.pem"
        self.empty.mkdir(exist_ok=True)

    def put(self, chain):
        self.trusted.write_text("".join(entity.pem() for entity in chain.trusted))
        self.chain.write_text("".join(entity.pem() for entity in [chain.leaf, *chain.presented]))
        self.key.write_text(chain.leaf.key_pem())

    def write(self, name, text):
        path = self.folder / name
        path.write_text(textwrap.dedent(text).strip() + "\n")
        return path


class Own:
    """The key pair of the servers that verify clients, and the compiled program for Java."""

    def __init__(self, folder, now):
        maker = chains.Maker(now)
        root = maker.root("Root of the servers")
        pair = maker.leaf(root, "server")
        self.chain, self.key, self.both, self.p12 = [folder / name for name in ("s.pem", "s.key", "s.both", "s.p12")]
        self.chain.write_text(pair.pem())
        self.key.write_text(pair.key_pem())
        self.both.write_text(pair.pem() + pair.key_pem())
        certificate = load_der_x509_certificate(pair.der)
        locked = BestAvailableEncryption(b"changeit")
        self.p12.write_bytes(pkcs12.serialize_key_and_certificates(b"server", pair.key, certificate, None, locked))
        self.classes = folder / "classes"
        subprocess.run(["javac", "-d", self.classes, HERE / "Tls.java"], check=True)


def environment():
    """Nothing of the user's that could name other roots."""
    kept = ("PATH", "HOME", "LD_LIBRARY_PATH")
    return {name: os.environ[name] for name in kept if name in os.environ}


def version(command):
    ran = subprocess.run(command, capture_output=True, text=True, env=environment())
    lines = (ran.stdout + ran.stderr).strip().splitlines()
    words = next(line for line in lines if re.search(r"\d\.\d", line))
    return re.sub(r"^Server version: |^nginx version: | on x86_64.*| - https.*| \(x86_64.*\) libcurl\S*", "", words).strip()


def versions(names, python):
    libraries = "import ssl, sys; print('Python', sys.version.split()[0] + ',', ssl.OPENSSL_VERSION)"
    commands = {name: VERSIONS.get(name.removesuffix("-depth-10")) for name in names}
    commands |= {name: [interpreter, "-c", libraries] for name, interpreter in python.items()}
    return {"openssl": version(["openssl", "version"])} | {name: version(commands[name]) for name in names}


def ask(chain, files, products, backend, environ):
    """The verdicts by side and product."""
    files.put(chain)
    found = {side: {} for side in chain.sides}
    for side in chain.sides:
        for name, product in products[side].items():
            where = backend if side == "client" else chain.host
            accepts, words = patiently(product, files, where, environ)
            print(f"  {side} {name}: {words or accepts}", file=sys.stderr)
            found[side][name] = {"accepts": True} if accepts else {"accepts": False, "detail": tidy(words, files)}
    return found


def patiently(product, files, where, environ):
    """Asks again where the product, or the machine, was too slow to answer."""
    for _ in range(TRIES - 1):
        try:
            return product.verdict(files, where, environ)
        except subprocess.TimeoutExpired:
            print("  asks again", file=sys.stderr)
    return product.verdict(files, where, environ)


def tidy(words, files):
    """Without what is another every time."""
    text = words.replace(str(files.folder), "").strip()
    return re.sub(r"port \d+|pid \d+|\[\d+\]|0x[0-9a-f]+", "", text)[:240]


def main():
    arguments = parse()
    now = datetime.datetime.utcnow()
    python = {"python-3.12": arguments.python_old, "python-3.13": arguments.python_new}
    python = {name: interpreter for name, interpreter in python.items() if interpreter}
    products = {"client": servers.servers(python), "server": clients.clients(python)}
    if arguments.only:
        products = {side: {it: list[it] for it in list if it in arguments.only} for side, list in products.items()}
    asked = [it for it in chains.chains(now) if not arguments.chain or it.id in arguments.chain]
    with tempfile.TemporaryDirectory() as folder, peer.plain_server() as backend:
        folder = Path(folder)
        # Apache's child runs as another user.
        folder.chmod(0o755)
        files = Files(folder, Own(folder, now))
        verdicts = []
        for number, chain in enumerate(asked):
            verdicts.append(ask(chain, files, products, backend, environment()))
            print(f"{number + 1}/{len(asked)} {chain.id}", file=sys.stderr)
    write(asked, verdicts, now, versions({name for side in products.values() for name in side}, python))


def parse():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--python-3.12", dest="python_old", metavar="FILE", default=sys.executable)
    parser.add_argument("--python-3.13", dest="python_new", metavar="FILE")
    parser.add_argument("--only", action="append", metavar="PRODUCT")
    parser.add_argument("--chain", action="append", metavar="ID")
    return parser.parse_args()


def write(asked, verdicts, now, versions):
    ders = list(dict.fromkeys(it.der for chain in asked for it in [*chain.trusted, *chain.presented, chain.leaf]))
    places = {der: place for place, der in enumerate(ders)}
    cases = []
    for chain, found in zip(asked, verdicts):
        for side, by_product in found.items():
            cases.append({
                "id": f"{chain.id}/{side}",
                "notes": chain.notes,
                "trusted": [places[it.der] for it in chain.trusted],
                "presented": [places[it.der] for it in chain.presented],
                "leaf": places[chain.leaf.der],
                "purpose": f"{side}Auth",
                "host": host(chain.host) if side == "server" else None,
                "verdicts": by_product,
            })
    names = sorted({name for case in cases for name in case["verdicts"]})
    head = {
        "time": now.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "programs": dict(sorted(versions.items())),
        "engines": names,
        "certs": [base64.b64encode(der).decode() for der in ders],
    }
    text = json.dumps(head, indent=1)[:-2]
    lines = ",\n".join("  " + json.dumps(case) for case in cases)
    print(f'{text},\n "cases": [\n{lines}\n ]\n}}')


def host(text):
    return {"kind": "IP" if text[0].isdigit() else "DNS", "value": text}


if __name__ == "__main__":
    main()

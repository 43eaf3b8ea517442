#!/usr/bin/env python3
"""Writes down what OpenSSL's X509_verify_cert decides, in the conformance format (see tests/it/conformance/mod.rs).

    python3 record.py old.json > new.json             fresh verdicts for the cases of an existing file
    python3 record.py --compare old.json              whether the library still says what the file has on record
    python3 record.py --scramble 1 old.json > new.json  the cases of a file, each changed at random, with verdicts

The verdicts are those of the library that is loaded, so run it with the release that the engine re-enacts:
`--library /path/to/libcrypto.so.3`, or LD_LIBRARY_PATH. Nothing but Python's standard library is needed.

The three engines differ in flags alone: none, X509_V_FLAG_PARTIAL_CHAIN, and that with X509_V_FLAG_X509_STRICT. Purpose,
security level 2, time and name are set as a TLS client sets them, and no callback is.
"""

import argparse
import base64
import ctypes
import ctypes.util
import datetime
import json
import math
import random
import sys
import time

VERSION = "3.0.22"
PARTIAL_CHAIN, X509_STRICT = 0x80000, 0x20
ENGINES = {
    f"openssl-{VERSION}": 0,
    f"openssl-{VERSION}-partial": PARTIAL_CHAIN,
    f"openssl-{VERSION}-partial-strict": PARTIAL_CHAIN | X509_STRICT,
}
PURPOSES = {"clientAuth": 1, "serverAuth": 2, "any": 7}
SECURITY_LEVEL = 2
# X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS: a star stands for a whole label.
HOST_FLAGS = 0x4

# Restype and argument types of what is called; p is a pointer, i an int, l a long, s a string of octets.
FUNCTIONS = {
    "OpenSSL_version": "si",
    "d2i_X509": "pppl",
    "X509_free": "-p",
    "OPENSSL_sk_new_null": "p",
    "OPENSSL_sk_push": "ipp",
    "OPENSSL_sk_num": "ip",
    "OPENSSL_sk_value": "ppi",
    "OPENSSL_sk_free": "-p",
    "X509_STORE_new": "p",
    "X509_STORE_free": "-p",
    "X509_STORE_add_cert": "ipp",
    "X509_STORE_CTX_new": "p",
    "X509_STORE_CTX_free": "-p",
    "X509_STORE_CTX_init": "ipppp",
    "X509_STORE_CTX_set_purpose": "ipi",
    "X509_STORE_CTX_get0_param": "pp",
    "X509_STORE_CTX_get_error": "ip",
    "X509_STORE_CTX_get_error_depth": "ip",
    "X509_STORE_CTX_get0_chain": "pp",
    "X509_VERIFY_PARAM_set_flags": "ipl",
    "X509_VERIFY_PARAM_set_time": "-pl",
    "X509_VERIFY_PARAM_set_auth_level": "-pi",
    "X509_VERIFY_PARAM_set1_host": "ipsl",
    "X509_VERIFY_PARAM_set_hostflags": "-pi",
    "X509_VERIFY_PARAM_set1_ip_asc": "ips",
    "X509_verify_cert": "ip",
    "X509_verify_cert_error_string": "sl",
    "X509_cmp": "ipp",
    "ERR_clear_error": "-",
}
TYPES = {"p": ctypes.c_void_p, "i": ctypes.c_int, "l": ctypes.c_long, "s": ctypes.c_char_p, "-": None}


def load(path):
    library = ctypes.CDLL(path or ctypes.util.find_library("crypto"))
    for name, (result, *arguments) in FUNCTIONS.items():
        function = getattr(library, name)
        function.restype, function.argtypes = TYPES[result], [TYPES[letter] for letter in arguments]
    return library


class Recorder:
    """Asks the library; certificates are known by their index in the file."""

    def __init__(self, library, file):
        self.library, self.file = library, file
        self.certificates = [self.parse(base64.b64decode(text)) for text in file["certs"]]

    def parse(self, der):
        """An X509, or None where the library cannot read it."""
        start = ctypes.c_char_p(der)
        certificate = self.library.d2i_X509(None, ctypes.byref(start), len(der))
        self.library.ERR_clear_error()
        return certificate

    def verdicts(self, case):
        return {engine: self.verdict(case, flags) for engine, flags in ENGINES.items()}

    def verdict(self, case, flags):
        leaf = self.certificates[case["leaf"]]
        if leaf is None:
            return {"accepts": False, "detail": "leaf unparsable"}
        store, untrusted = self.library.X509_STORE_new(), self.library.OPENSSL_sk_new_null()
        context = self.library.X509_STORE_CTX_new()
        for index in case["trusted"]:
            if self.certificates[index] is not None:
                self.library.X509_STORE_add_cert(store, self.certificates[index])
        for index in case["presented"]:
            if self.certificates[index] is not None:
                self.library.OPENSSL_sk_push(untrusted, self.certificates[index])
        try:
            self.library.X509_STORE_CTX_init(context, store, leaf, untrusted)
            return self.ask(context, case) if self.configure(context, case, flags) else None
        finally:
            self.library.X509_STORE_CTX_free(context)
            self.library.X509_STORE_free(store)
            self.library.OPENSSL_sk_free(untrusted)
            self.library.ERR_clear_error()

    def configure(self, context, case, flags):
        """False where the question cannot be put: the library refuses the IP address."""
        library, question = self.library, lambda name: case[name] if name in case else self.file.get(name)
        library.X509_STORE_CTX_set_purpose(context, PURPOSES[question("purpose")])
        parameters = library.X509_STORE_CTX_get0_param(context)
        library.X509_VERIFY_PARAM_set_flags(parameters, flags)
        library.X509_VERIFY_PARAM_set_auth_level(parameters, SECURITY_LEVEL)
        library.X509_VERIFY_PARAM_set_time(parameters, seconds(question("time")))
        library.X509_VERIFY_PARAM_set_hostflags(parameters, HOST_FLAGS)
        host = question("host")
        if isinstance(host, str):
            host = {"kind": "DNS", "value": host}
        if host and host["kind"] == "IP":
            return library.X509_VERIFY_PARAM_set1_ip_asc(parameters, host["value"].encode()) == 1
        if host:
            library.X509_VERIFY_PARAM_set1_host(parameters, host["value"].encode(), 0)
        return True

    def ask(self, context, case):
        accepts = self.library.X509_verify_cert(context) == 1
        if accepts:
            return {"accepts": True, "detail": "", "chains": [self.chain(context, case)]}
        text = self.library.X509_verify_cert_error_string(self.library.X509_STORE_CTX_get_error(context)).decode()
        depth = self.library.X509_STORE_CTX_get_error_depth(context)
        return {"accepts": False, "detail": f"{text}@{depth}"}

    def chain(self, context, case):
        chain = self.library.X509_STORE_CTX_get0_chain(context)
        members = [self.library.OPENSSL_sk_value(chain, at) for at in range(self.library.OPENSSL_sk_num(chain))]
        return [self.index(member, case) for member in members]

    def index(self, certificate, case):
        for index in [case["leaf"], *case["trusted"], *case["presented"]]:
            known = self.certificates[index]
            if known is not None and self.library.X509_cmp(known, certificate) == 0:
                return index
        raise SystemExit(f"{case['id']}: the chain holds a certificate that the case does not")


def seconds(text):
    """RFC 3339 to seconds since 1970, without the fraction."""
    return math.floor(datetime.datetime.fromisoformat(text).timestamp())


def differences(case, verdicts):
    """What is on record and is not what the library says now."""
    for engine, now in verdicts.items():
        before = case["verdicts"].get(engine)
        if not before or not now:
            continue
        same = before["accepts"] == now["accepts"]
        same = same and (now["accepts"] or before["detail"] == now["detail"])
        same = same and ("chains" not in before or not now["accepts"] or before["chains"] == now["chains"])
        if not same:
            yield f"{case['id']}, {engine}: on record {before}, now {now}"


def scramble(random_, file, case):
    """The same certificates asked another question."""
    case = {name: case.get(name, file.get(name)) for name in
            ["id", "trusted", "presented", "leaf", "time", "purpose", "host"]}
    trusted, presented = list(case["trusted"]), list(case["presented"])
    for certificates in trusted, presented:
        random_.shuffle(certificates)
        if certificates and random_.random() < 0.3:
            certificates.pop()
        if certificates and random_.random() < 0.2:
            certificates.append(random_.choice(certificates))
    if presented and random_.random() < 0.4:
        trusted.insert(random_.randint(0, len(trusted)), random_.choice(presented))
    if trusted and random_.random() < 0.3:
        presented.insert(random_.randint(0, len(presented)), random_.choice(trusted))
    if random_.random() < 0.1:
        trusted.append(case["leaf"])
    if presented and random_.random() < 0.2:
        at = random_.randrange(len(presented))
        case["leaf"], presented[at] = presented[at], case["leaf"]
    if random_.random() < 0.3:
        shifted = seconds(case["time"]) + random_.randint(-800, 800) * 86400
        case["time"] = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(shifted))
    case["purpose"] = random_.choice([case["purpose"], "clientAuth", "any"])
    case["host"] = random_.choice([case["host"], None, None])
    return {**case, "trusted": trusted, "presented": presented}


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("file")
    arguments.add_argument("--library", help="path of libcrypto")
    arguments.add_argument("--compare", action="store_true", help="print what differs instead of a file")
    arguments.add_argument("--scramble", type=int, metavar="SEED", help="change every case at random first")
    arguments = arguments.parse_args()
    library = load(arguments.library)
    version = library.OpenSSL_version(0).decode()
    if version.split()[1] != VERSION:
        print(f"record: this is {version}, but the verdicts are labelled {VERSION}", file=sys.stderr)
    with open(arguments.file, encoding="utf-8") as text:
        file = json.load(text)
    recorder = Recorder(library, file)
    if arguments.compare:
        found = [line for case in file["cases"] for line in differences(case, recorder.verdicts(case))]
        print(*found, f"{len(file['cases'])} cases, {len(found)} verdicts differ", sep="\n")
        return int(bool(found))
    if arguments.scramble is not None:
        random_ = random.Random(arguments.scramble)
        file["cases"] = [scramble(random_, file, case) for case in file["cases"]]
    for case in file["cases"]:
        case["verdicts"] = recorder.verdicts(case)
    file["engines"] = list(ENGINES)
    json.dump(file, sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())

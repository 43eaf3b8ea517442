#!/usr/bin/env python3
"""Asks OpenSSL which certificates it takes from each file of a folder, in three ways; see ../README.md.

    python3 openssl.py [--libraries FOLDER] FOLDER

`-CAfile`: X509_load_cert_crl_file, whose PEM_X509_INFO_read_bio shows what it found. A server's chain:
SSL_CTX_use_certificate_chain_file, at security level 0, so that no key is too short for it. OSSL_STORE: as the commands
of openssl load certificates, with OSSL_STORE_expect.
"""

import argparse
import ctypes
import ctypes.util
import hashlib
import os
import pathlib
import sys

VERSION = "3.0.22"
FILETYPE_PEM, STORE_INFO_CERT = 1, 5
SSL_CTRL_GET_CHAIN_CERTS = 115
TYPES = {"p": ctypes.c_void_p, "i": ctypes.c_int, "l": ctypes.c_long, "s": ctypes.c_char_p, "-": None}
CRYPTO = {
    "OpenSSL_version": "si",
    "BIO_new_file": "pss",
    "BIO_free": "ip",
    "PEM_X509_INFO_read_bio": "pppps",
    "X509_STORE_new": "p",
    "X509_STORE_free": "-p",
    "X509_STORE_add_lookup": "ppp",
    "X509_LOOKUP_file": "p",
    "X509_load_cert_crl_file": "ipsi",
    "OPENSSL_sk_num": "ip",
    "OPENSSL_sk_value": "ppi",
    "i2d_X509": "ipp",
    "ERR_clear_error": "-",
    "ERR_get_error": "l",
    "ERR_reason_error_string": "sl",
    "OSSL_STORE_open": "psppppp",
    "OSSL_STORE_expect": "ipi",
    "OSSL_STORE_load": "pp",
    "OSSL_STORE_eof": "ip",
    "OSSL_STORE_close": "ip",
    "OSSL_STORE_INFO_get_type": "ip",
    "OSSL_STORE_INFO_get0_CERT": "pp",
    "OSSL_STORE_INFO_free": "-p",
}
SSL = {
    "TLS_method": "p",
    "SSL_CTX_new": "pp",
    "SSL_CTX_free": "-p",
    "SSL_CTX_set_security_level": "-pi",
    "SSL_CTX_use_certificate_chain_file": "ips",
    "SSL_CTX_get0_certificate": "pp",
    "SSL_CTX_ctrl": "lpilp",
}


def load(folder, name, functions):
    library = ctypes.CDLL(f"{folder}/lib{name}.so.3" if folder else ctypes.util.find_library(name), ctypes.RTLD_GLOBAL)
    for function, (result, *arguments) in functions.items():
        function = getattr(library, function)
        function.restype, function.argtypes = TYPES[result], [TYPES[letter] for letter in arguments]
    return library


class Libraries:
    def __init__(self, folder):
        self.crypto = load(folder, "crypto", CRYPTO)
        self.ssl = load(folder, "ssl", SSL)

    def stack(self, stack):
        return [self.crypto.OPENSSL_sk_value(stack, at) for at in range(self.crypto.OPENSSL_sk_num(stack))] if stack else []

    def digest(self, certificate):
        length = self.crypto.i2d_X509(certificate, None)
        octets = ctypes.create_string_buffer(length)
        self.crypto.i2d_X509(certificate, ctypes.byref(ctypes.c_void_p(ctypes.addressof(octets))))
        return hashlib.sha256(octets.raw).hexdigest()[:8]

    def words(self):
        """The reasons in the queue of errors, the first of them the deepest."""
        reasons = []
        while error := self.crypto.ERR_get_error():
            reasons.append((self.crypto.ERR_reason_error_string(error) or b"no words").decode())
        return ", ".join(reasons) or "no words"

    def ca_file(self, path):
        """The number is X509_load_cert_crl_file's, which ends as PEM_X509_INFO_read_bio does."""
        store = self.crypto.X509_STORE_new()
        lookup = self.crypto.X509_STORE_add_lookup(store, self.crypto.X509_LOOKUP_file())
        self.crypto.ERR_clear_error()
        count = self.crypto.X509_load_cert_crl_file(lookup, path, FILETYPE_PEM)
        words = self.words()
        self.crypto.X509_STORE_free(store)
        bio = self.crypto.BIO_new_file(path, b"r")
        found = self.stack(self.crypto.PEM_X509_INFO_read_bio(bio, None, None, b""))
        self.crypto.BIO_free(bio)
        # X509_INFO begins with its certificate.
        certificates = [ctypes.c_void_p.from_address(info).value for info in found]
        digests = [self.digest(certificate) for certificate in certificates if certificate]
        return digests, None if count > 0 else words

    def chain(self, path):
        context = self.ssl.SSL_CTX_new(self.ssl.TLS_method())
        self.ssl.SSL_CTX_set_security_level(context, 0)
        self.crypto.ERR_clear_error()
        if self.ssl.SSL_CTX_use_certificate_chain_file(context, path) != 1:
            words = self.words()
            self.ssl.SSL_CTX_free(context)
            return [], words
        rest = ctypes.c_void_p()
        self.ssl.SSL_CTX_ctrl(context, SSL_CTRL_GET_CHAIN_CERTS, 0, ctypes.byref(rest))
        chain = [self.ssl.SSL_CTX_get0_certificate(context), *self.stack(rest.value)]
        digests = [self.digest(certificate) for certificate in chain]
        self.ssl.SSL_CTX_free(context)
        return digests, None

    def store(self, path):
        context = self.crypto.OSSL_STORE_open(path, None, None, None, None, None)
        self.crypto.OSSL_STORE_expect(context, STORE_INFO_CERT)
        digests = []
        while not self.crypto.OSSL_STORE_eof(context):
            info = self.crypto.OSSL_STORE_load(context)
            if info and self.crypto.OSSL_STORE_INFO_get_type(info) == STORE_INFO_CERT:
                digests.append(self.digest(self.crypto.OSSL_STORE_INFO_get0_CERT(info)))
            self.crypto.OSSL_STORE_INFO_free(info)
        self.crypto.OSSL_STORE_close(context)
        return digests, None


def cell(digests, words):
    return (",".join(digests) or "-") + (f" !{words}" if words else "")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--libraries", help="folder of libcrypto.so.3 and libssl.so.3, if not the installed ones")
    parser.add_argument("folder")
    arguments = parser.parse_args()
    libraries = Libraries(arguments.libraries)
    version = libraries.crypto.OpenSSL_version(0).decode()
    if VERSION not in version:
        print(f"{version} answers, not {VERSION}", file=sys.stderr)
    print("file\topenssl-cafile\topenssl-chain\topenssl-store")
    for path in sorted(pathlib.Path(arguments.folder).iterdir()):
        ways = [libraries.ca_file, libraries.chain, libraries.store]
        print("\t".join([path.name, *(cell(*way(os.fsencode(path))) for way in ways)]))


if __name__ == "__main__":
    main()

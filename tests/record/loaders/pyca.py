#!/usr/bin/env python3
"""Asks pyca's `load_pem_x509_certificates` which certificates it takes from each file of a folder; see ../README.md."""

import hashlib
import pathlib
import sys
import warnings

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding


def cell(octets):
    try:
        certificates = x509.load_pem_x509_certificates(octets)
    except Exception as why:
        return "- !" + " ".join(str(why).split())
    digests = [hashlib.sha256(one.public_bytes(Encoding.DER)).hexdigest()[:8] for one in certificates]
    return ",".join(digests) or "-"


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    print("file\tpyca")
    for path in sorted(pathlib.Path(sys.argv[1]).iterdir()):
        print(f"{path.name}\t{cell(path.read_bytes())}")

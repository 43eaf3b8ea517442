#!/bin/sh
# Makes one self-signed certificate per signature algorithm, with OpenSSL 3. Keys are thrown away.
# Run it in this folder to make all of them anew; the tests need no particular key.
set -eu

keys=$(mktemp -d)
trap 'rm -rf "$keys"' EXIT

# make NAME 'OPTIONS OF GENPKEY' OPTIONS OF REQ...
make() {
    name=$1
    key="$keys/$(printf '%s' "$2" | tr -c 'A-Za-z0-9' _).pem"
    # shellcheck disable=SC2086
    [ -f "$key" ] || openssl genpkey $2 -out "$key" 2>/dev/null
    shift 2
    openssl req -x509 -new -key "$key" -subj "/CN=$name" -days 36500 -out "$name.pem" "$@"
}

rsa() { printf '%s' "-algorithm RSA -pkeyopt rsa_keygen_bits:$1"; }
ec() { printf '%s' "-algorithm EC -pkeyopt ec_paramgen_curve:$1"; }
pss() {
    name=$1 hash=$2 salt=$3
    shift 3
    make "$name" "$(rsa 2048)" "-$hash" -sigopt rsa_padding_mode:pss -sigopt "rsa_pss_saltlen:$salt" "$@"
}

for hash in sha1 sha224 sha256 sha384 sha512; do
    make "rsa-2048-$hash" "$(rsa 2048)" "-$hash"
    pss "pss-2048-$hash" "$hash" digest
    for curve in P-256 P-384 P-521; do
        make "ecdsa-$(printf '%s' $curve | tr -d - | tr P p)-$hash" "$(ec $curve)" "-$hash"
    done
done

make rsa-1024-sha256 "$(rsa 1024)" -sha256
make rsa-1031-sha256 "$(rsa 1031)" -sha256
make rsa-4096-sha256 "$(rsa 4096)" -sha256
make rsa-8192-sha512 "$(rsa 8192)" -sha512
make rsa-2048-exponent-3 "$(rsa 2048) -pkeyopt rsa_keygen_pubexp:3" -sha256
make rsa-2048-exponent-41-bits "$(rsa 2048) -pkeyopt rsa_keygen_pubexp:1099511627791" -sha256
pss pss-2048-sha256-salt-0 sha256 0
pss pss-2048-sha256-salt-20 sha256 20
pss pss-2048-sha256-salt-max sha256 222
make pss-1025-sha256 "$(rsa 1025)" -sha256 -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:digest
make pss-key-sha256 "-algorithm RSA-PSS -pkeyopt rsa_keygen_bits:2048" -sha256
make pss-key-restricted-sha384 "-algorithm RSA-PSS -pkeyopt rsa_keygen_bits:2048 -pkeyopt rsa_pss_keygen_md:sha384
    -pkeyopt rsa_pss_keygen_mgf1_md:sha384 -pkeyopt rsa_pss_keygen_saltlen:32" -sha384 -sigopt rsa_pss_saltlen:48
openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 | openssl ec -conv_form compressed \
    -out "$keys/compressed.pem" 2>/dev/null
openssl req -x509 -new -key "$keys/compressed.pem" -subj /CN=ecdsa-p256-compressed -days 36500 -sha256 \
    -out ecdsa-p256-compressed.pem
make ed25519 "-algorithm ED25519"
make ed448 "-algorithm ED448"
make ecdsa-p192-sha256 "$(ec P-192)" -sha256
make ecdsa-p224-sha256 "$(ec P-224)" -sha256
make ecdsa-secp256k1-sha256 "$(ec secp256k1)" -sha256
make ecdsa-brainpool-p256r1-sha256 "$(ec brainpoolP256r1)" -sha256
make ecdsa-brainpool-p256r1-sha512 "$(ec brainpoolP256r1)" -sha512
make ecdsa-brainpool-p384r1-sha384 "$(ec brainpoolP384r1)" -sha384
for dsa in 1024-sha1 2048-sha256 3072-sha512; do
    openssl genpkey -genparam -algorithm DSA -pkeyopt "dsa_paramgen_bits:${dsa%-*}" -out "$keys/dsa-$dsa.pem" 2>/dev/null
    make "dsa-$dsa" "-paramfile $keys/dsa-$dsa.pem" "-${dsa#*-}"
done
# OpenSSL 3.5 and newer; those that are here were made with the package cryptography 50.0.2 (PyPI).
for set in 44 65 87; do
    if openssl list -public-key-algorithms | grep -q "ML-DSA-$set"; then make "ml-dsa-$set" "-algorithm ML-DSA-$set"; fi
done

# What rootlens does not compute.
make unsupported-ecdsa-brainpool-p512r1 "$(ec brainpoolP512r1)" -sha512
make unsupported-sm2 "-algorithm SM2" -sm3
make unsupported-ecdsa-p256-explicit "$(ec P-256) -pkeyopt ec_param_enc:explicit" -sha256
make unsupported-rsa-md5 "$(rsa 2048)" -md5
pss unsupported-pss-other-mask sha256 32 -sigopt rsa_mgf1_md:sha1

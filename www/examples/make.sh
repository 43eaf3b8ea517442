#!/bin/sh
# Makes the files of the examples `missing-intermediate`, `healthy-chain`, `node-api`, `node-api-wrong-secret`, `regenerated-ca`,
# `expired-cross-sign` and `renewed-beside-old`.
#
# Running it makes new keys, so every certificate changes; the keys live in a temporary directory and are deleted.
# The other examples are a recorded OpenZiti PKI with three controllers and are not made here.
#
#   sh www/examples/make.sh [EXAMPLE...]     (needs the openssl command, version 3)
set -eu
examples=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

cat > ca.cnf <<'CNF'
[ca]
default_ca = any
[any]
database = index
new_certs_dir = .
rand_serial = yes
default_md = sha256
policy = anything
unique_subject = no
copy_extensions = none
[anything]
organizationName = optional
commonName = supplied
[req]
distinguished_name = empty
[empty]
[root]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
[issuing]
basicConstraints = critical, CA:TRUE, pathlen:0
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[cross]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[server]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = serverAuth
subjectAltName = DNS:${ENV::NAME}.example.test
authorityKeyIdentifier = keyid
[web]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = serverAuth
subjectAltName = DNS:${ENV::NAME}
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
authorityInfoAccess = caIssuers;URI:http://pki.example.test/issuing-ca.crt
[client]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = clientAuth
subjectAltName = URI:spiffe://example.test/${ENV::NAME}
authorityKeyIdentifier = keyid
CNF

# key NAME: a P-256 key.
key() {
    openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$1.key"
}

# certificate FILE KEY SUBJECT ISSUER PROFILE FROM TO: ISSUER is FILE itself for a root; times are YYYYMMDD.
certificate() {
    : > index
    NAME=${3##*CN=} openssl req -new -config ca.cnf -key "$2.key" -subj "$3" -out request
    if [ "$1" = "$4" ]; then signer="-selfsign -keyfile $2.key"; else signer="-cert $4.crt -keyfile $4.key"; fi
    # shellcheck disable=SC2086  # The signer is several words.
    NAME=${3##*CN=} openssl ca -batch -notext -config ca.cnf $signer -extensions "$5" \
        -startdate "${6}000000Z" -enddate "${7}000000Z" -in request -out "$1.crt" 2> log || { cat log; exit 1; }
}

# A web shop of a company with its own CA. The server sends its own certificate alone; the intermediate lies beside it.
missing_intermediate() {
    for name in root issuing shop; do key $name; done
    certificate root root '/O=Example Shop/CN=Example Shop Root' root root 20240101 20440101
    certificate issuing issuing '/O=Example Shop/CN=Example Shop Issuing CA' root issuing 20250101 20350101
    certificate shop shop '/CN=shop.example.test' issuing web 20260901 20270901
    folder=$examples/missing-intermediate
    mkdir -p "$folder"
    cat root.crt > "$folder/ca.pem"
    cat shop.crt > "$folder/shop.pem"
    cat issuing.crt > "$folder/issuing-ca.pem"
}

# The same kind of company, and all is well.
healthy_chain() {
    for name in root issuing api; do key $name; done
    certificate root root '/O=Example Bank/CN=Example Bank Root' root root 20240101 20440101
    certificate issuing issuing '/O=Example Bank/CN=Example Bank Issuing CA' root issuing 20250101 20350101
    certificate api api '/CN=api.example.test' issuing web 20260901 20270901
    folder=$examples/healthy-chain
    mkdir -p "$folder"
    cat root.crt > "$folder/ca.pem"
    cat api.crt issuing.crt > "$folder/fullchain.pem"
}

# The node API trusts the CA that was made when the cluster was set up a second time. The CA of the first, abandoned
# set-up had the same name; two nodes still hold its certificates.
regenerated_ca() {
    ca='/O=Example Platform/CN=node-ca'
    for name in transient ca api node-1 node-2 node-3; do key $name; done
    certificate transient transient "$ca" transient root 20260210 20360210
    certificate ca ca "$ca" ca root 20260211 20360211
    certificate api api '/O=Example Platform/CN=node-api' ca server 20260211 20270211
    certificate node-1 node-1 '/O=Example Platform/CN=node-1' ca client 20260211 20270211
    certificate node-2 node-2 '/O=Example Platform/CN=node-2' transient client 20260210 20270210
    certificate node-3 node-3 '/O=Example Platform/CN=node-3' transient client 20260210 20270210
    folder=$examples/regenerated-ca
    mkdir -p "$folder"
    cat ca.crt > "$folder/ca.crt"
    cat api.crt > "$folder/api.server.pem"
    cat node-1.crt > "$folder/node-1.client.pem"
    cat node-2.crt transient.crt > "$folder/node-2.client.pem"
    cat node-3.crt > "$folder/node-3.client.pem"
}

# Root R2 was cross-signed by root R1 until people had R2 itself. R1 and the cross-certificate expired on 1 June 2026;
# servers and clients still send the cross-certificate.
expired_cross_sign() {
    for name in r1 r2 issuing api orders billing; do key $name; done
    certificate r1 r1 '/O=Example Trust/CN=Example Root R1' r1 root 20160601 20260601
    certificate r2 r2 '/O=Example Trust/CN=Example Root R2' r2 root 20220101 20420101
    certificate cross r2 '/O=Example Trust/CN=Example Root R2' r1 cross 20220101 20260601
    certificate issuing issuing '/O=Example Trust/CN=Example Issuing CA' r2 issuing 20240101 20320101
    certificate api api '/CN=api' issuing server 20260301 20270301
    certificate orders orders '/CN=orders' issuing client 20260301 20270301
    certificate billing billing '/CN=billing' r1 client 20250901 20260901
    folder=$examples/expired-cross-sign
    mkdir -p "$folder"
    cat r1.crt r2.crt > "$folder/roots.ca.pem"
    cat api.crt issuing.crt cross.crt > "$folder/api.server.chain.pem"
    cat orders.crt issuing.crt cross.crt > "$folder/orders.client.chain.pem"
    cat billing.crt > "$folder/billing.client.pem"
}

# The issuing CA was renewed with its key. The store holds its certificate of last year beside the root; the worker sends
# this year's, the batch job sends none.
renewed_beside_old() {
    for name in root issuing worker batch; do key $name; done
    certificate root root '/O=Example Factory/CN=Factory Root' root root 20200101 20400101
    certificate old issuing '/O=Example Factory/CN=Factory Issuing CA' root issuing 20250101 20260701
    certificate new issuing '/O=Example Factory/CN=Factory Issuing CA' root issuing 20260501 20310501
    cp issuing.key new.key
    certificate worker worker '/O=Example Factory/CN=worker' new client 20260601 20270601
    certificate batch batch '/O=Example Factory/CN=batch' new client 20260601 20270601
    folder=$examples/renewed-beside-old
    mkdir -p "$folder"
    cat root.crt old.crt > "$folder/store.ca.pem"
    cat worker.crt new.crt > "$folder/worker.client.chain.pem"
    cat batch.crt > "$folder/batch.client.pem"
}

# secret FILE CERTIFICATE: the CA of a gateway's clients, as Traefik reads it.
secret() {
    cat > "$1" <<YAML
apiVersion: v1
kind: Secret
metadata:
  name: node-client-ca
  namespace: gateway
type: Opaque
data:
  tls.ca: $(base64 -w 0 < "$2")
YAML
}

# The platform's nodes and its gateway, for the two examples below.
node_platform() {
    ca='/O=Example Platform/CN=Node CA'
    for name in transient ca other-ca gateway node-1 node-2; do key $name; done
    certificate transient transient "$ca" transient root 20260311 20360311
    certificate ca ca "$ca" ca root 20260312 20360312
    certificate other-ca other-ca '/O=Example Platform/CN=Server CA' other-ca root 20250101 20350101
    certificate gateway gateway '/O=Example Platform/CN=gateway' other-ca server 20260301 20270301
    certificate node-1 node-1 '/O=Example Platform/CN=node-1' ca client 20260312 20270312
    certificate node-2 node-2 '/O=Example Platform/CN=node-2' transient client 20260311 20270311
}

# A node's agent cannot talk to its API, and each fault hides the next: a wrong route, a connection that ends early, a node with
# the certificate of a CA that existed for a day under today's name, and an API that does not read the form in which the gateway
# passes the certificate on.
node_api() {
    node_platform
    folder=$examples/node-api
    mkdir -p "$folder"
    secret "$folder/secret.yaml" ca.crt
    cat node-1.crt > "$folder/node-1.pem"
    cat node-2.crt > "$folder/node-2.pem"
    forwarded=$(openssl x509 -in node-1.crt -outform DER | base64 -w 0)
    cat > "$folder/gateway.log" <<LOG
2026-03-14T08:12:03Z gateway http: TLS handshake error from 10.20.0.12:50112: tls: failed to verify certificate: x509: certificate signed by unknown authority (possibly because of "x509: ECDSA verification failure" while trying to verify candidate authority certificate "Node CA")
2026-03-14T08:20:31Z gateway passed on GET /v1/nodes/node-1
X-Forwarded-Tls-Client-Cert: $forwarded
LOG
    cat > "$folder/agent.log" <<'LOG'
2026-03-14T07:55:10Z node-2 agent: GET https://nodes.example.test/nodes/v1: 404 page not found
2026-03-14T08:03:44Z node-2 agent: Get "https://nodes.example.test/v1/nodes/node-2": EOF
2026-03-14T08:12:03Z node-2 agent: Get "https://nodes.example.test/v1/nodes/node-2": remote error: tls: unknown certificate authority
2026-03-14T08:20:31Z node-1 agent: GET https://nodes.example.test/v1/nodes/node-1: 401 Unauthorized: invalid node identity
LOG
}

# The same platform a day earlier: the gateway's own certificate was put into the secret, in the place of the nodes' CA.
node_api_wrong_secret() {
    node_platform
    folder=$examples/node-api-wrong-secret
    mkdir -p "$folder"
    secret "$folder/secret.yaml" gateway.crt
    cat node-1.crt ca.crt > "$folder/node-1.pem"
    cat > "$folder/gateway.log" <<'LOG'
2026-03-13T16:40:12Z gateway http: TLS handshake error from 10.20.0.11:41522: tls: failed to verify certificate: x509: certificate signed by unknown authority
LOG
}

# All of them, or those that are named.
for example in ${@:-missing_intermediate healthy_chain node_api node_api_wrong_secret regenerated_ca expired_cross_sign renewed_beside_old}; do $example; done

package main

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha1"
	"crypto/x509"
	"encoding/asn1"
	"fmt"
	"math/big"
)

// key is a private key with its SubjectPublicKeyInfo.
type key struct {
	signer crypto.Signer
	kind   string
	spki   []byte
}

func newKey(kind string) *key {
	var signer crypto.Signer
	var err error
	switch kind {
	case "p256":
		signer, err = ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	case "p384":
		signer, err = ecdsa.GenerateKey(elliptic.P384(), rand.Reader)
	case "p521":
		signer, err = ecdsa.GenerateKey(elliptic.P521(), rand.Reader)
	case "ed25519":
		_, signer, err = ed25519.GenerateKey(rand.Reader)
	case "rsa1024":
		signer, err = rsa.GenerateKey(rand.Reader, 1024)
	case "rsa2048":
		signer, err = rsa.GenerateKey(rand.Reader, 2048)
	default:
		panic("unknown kind of key " + kind)
	}
	if err != nil {
		panic(err)
	}
	spki, err := x509.MarshalPKIXPublicKey(signer.Public())
	if err != nil {
		panic(err)
	}
	return &key{signer, kind, spki}
}

func (k *key) isRSA() bool { return k.kind[:3] == "rsa" }

func (k *key) id() []byte {
	digest := sha1.Sum(k.spki)
	return digest[:]
}

// template is a certificate to be.
type template struct {
	version        int64 // as encoded; -1 leaves it out
	serial         []byte
	issuer         []byte
	subject        []byte
	notBefore      []byte
	notAfter       []byte
	spki           []byte
	extensions     [][]byte
	noExtensions   bool
	algorithm      string
	outerAlgorithm string // another one outside, if set
	breakSignature bool
	trailing       []byte // behind the certificate
	tail           []byte // behind the signature, inside
}

type algorithm struct {
	identifier []byte
	hash       crypto.Hash
	pss        bool
}

// The algorithms by name; those at the end are only ever claimed.
var algorithms = map[string]algorithm{
	"sha256-rsa":   {sequence(oid("1.2.840.113549.1.1.11"), der(5)), crypto.SHA256, false},
	"sha384-rsa":   {sequence(oid("1.2.840.113549.1.1.12"), der(5)), crypto.SHA384, false},
	"sha512-rsa":   {sequence(oid("1.2.840.113549.1.1.13"), der(5)), crypto.SHA512, false},
	"sha1-rsa":     {sequence(oid("1.2.840.113549.1.1.5"), der(5)), crypto.SHA1, false},
	"iso-sha1-rsa": {sequence(oid("1.3.14.3.2.29"), der(5)), crypto.SHA1, false},
	"rsa-no-null":  {sequence(oid("1.2.840.113549.1.1.11")), crypto.SHA256, false},
	"pss":          {pss("2.16.840.1.101.3.4.2.1", "2.16.840.1.101.3.4.2.1", 32), crypto.SHA256, true},
	"pss384":       {pss("2.16.840.1.101.3.4.2.2", "2.16.840.1.101.3.4.2.2", 48), crypto.SHA384, true},
	"pss-mixed":    {pss("2.16.840.1.101.3.4.2.1", "2.16.840.1.101.3.4.2.2", 32), crypto.SHA256, true},
	"pss-salt":     {pss("2.16.840.1.101.3.4.2.1", "2.16.840.1.101.3.4.2.1", 20), crypto.SHA256, true},
	"pss-bare":     {sequence(oid("1.2.840.113549.1.1.10")), crypto.SHA256, true},
	"ecdsa-sha256": {sequence(oid("1.2.840.10045.4.3.2")), crypto.SHA256, false},
	"ecdsa-sha384": {sequence(oid("1.2.840.10045.4.3.3")), crypto.SHA384, false},
	"ecdsa-sha512": {sequence(oid("1.2.840.10045.4.3.4")), crypto.SHA512, false},
	"ecdsa-sha1":   {sequence(oid("1.2.840.10045.4.1")), crypto.SHA1, false},
	"ed25519":      {sequence(oid("1.3.101.112")), 0, false},
	"ed25519-null": {sequence(oid("1.3.101.112"), der(5)), 0, false},
	"md5-rsa":      {sequence(oid("1.2.840.113549.1.1.4"), der(5)), crypto.SHA256, false},
	"dsa-sha1":     {sequence(oid("1.2.840.10040.4.3")), crypto.SHA256, false},
	"dsa-sha256":   {sequence(oid("2.16.840.1.101.3.4.3.2")), crypto.SHA256, false},
	"unknown":      {sequence(oid("1.2.3.4.5")), crypto.SHA256, false},
	"ml-dsa-65":    {sequence(oid("2.16.840.1.101.3.4.3.18")), crypto.SHA256, false},
}

func pss(hash, mask string, salt int64) []byte {
	parameters := sequence(
		der(0xa0, sequence(oid(hash), der(5))),
		der(0xa1, sequence(oid("1.2.840.113549.1.1.8"), sequence(oid(mask), der(5)))),
		der(0xa2, integer(salt)))
	return sequence(oid("1.2.840.113549.1.1.10"), parameters)
}

// natural is the algorithm that a key signs with by default.
func natural(k *key) string {
	switch k.kind {
	case "p384":
		return "ecdsa-sha384"
	case "p521":
		return "ecdsa-sha512"
	case "p256":
		return "ecdsa-sha256"
	case "ed25519":
		return "ed25519"
	}
	return "sha256-rsa"
}

// sign makes the certificate. Where key and algorithm do not fit, the signature is what the key can do.
func (t *template) sign(by *key) []byte {
	claimed := algorithms[t.algorithm]
	var version []byte
	if t.version >= 0 {
		version = der(0xa0, integer(t.version))
	}
	var extensions []byte
	if !t.noExtensions {
		extensions = der(0xa3, sequence(t.extensions...))
	}
	tbs := sequence(version, t.serial, claimed.identifier, t.issuer, sequence(t.notBefore, t.notAfter), t.subject,
		t.spki, extensions)
	signature := by.signature(tbs, claimed)
	if t.breakSignature {
		signature[len(signature)-1] ^= 1
	}
	outer := claimed.identifier
	if t.outerAlgorithm != "" {
		outer = algorithms[t.outerAlgorithm].identifier
	}
	return append(sequence(tbs, outer, bits(0, signature...), t.tail), t.trailing...)
}

func (k *key) signature(message []byte, with algorithm) []byte {
	hash := with.hash
	if hash == 0 {
		hash = crypto.SHA256
	}
	var options crypto.SignerOpts = hash
	switch k.signer.(type) {
	case ed25519.PrivateKey:
		options = crypto.Hash(0)
	case *rsa.PrivateKey:
		if with.pss {
			options = &rsa.PSSOptions{SaltLength: rsa.PSSSaltLengthEqualsHash, Hash: hash}
		}
	}
	digest := message
	if options.HashFunc() != 0 {
		h := hash.New()
		h.Write(message)
		digest = h.Sum(nil)
	}
	signature, err := k.signer.Sign(rand.Reader, digest, options)
	if err != nil {
		panic(fmt.Sprint(k.kind, err))
	}
	return signature
}

// attribute is one attribute of a name: an object identifier and a whole DER value.
func attribute(dotted string, tag byte, text string) []byte {
	return sequence(oid(dotted), der(tag, raw(text)))
}

// name makes a Name of one attribute a set.
func name(attributes ...[]byte) []byte {
	var sets [][]byte
	for _, attribute := range attributes {
		sets = append(sets, der(0x31, attribute))
	}
	return sequence(sets...)
}

func extension(dotted string, critical bool, value []byte) []byte {
	if critical {
		return sequence(oid(dotted), boolean(true), octets(value))
	}
	return sequence(oid(dotted), octets(value))
}

// rsaSPKI makes a key that nobody holds.
func rsaSPKI(modulus *big.Int, exponent int64) []byte {
	public, err := asn1.Marshal(struct {
		N *big.Int
		E int64
	}{modulus, exponent})
	if err != nil {
		panic(err)
	}
	return sequence(sequence(oid("1.2.840.113549.1.1.1"), der(5)), bits(0, public...))
}

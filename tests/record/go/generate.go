package main

import (
	"bytes"
	"crypto"
	"encoding/json"
	"fmt"
	"math/big"
	"math/rand/v2"
	"slices"
)

// The instant of every question.
const now = "2026-06-01T00:00:00Z"

// Each case has one theme: the group of faults that is likely in it. The others are rare.
var themes = []string{
	"paths", "paths", "parse", "algorithms", "usages", "names", "names", "policies", "policies", "hosts", "lengths",
	"keys",
}

// author invents the cases of a file.
type author struct {
	*rand.Rand
	file  *File
	index map[string]int
	keys  map[string][]*key
	theme string
	notes []string
}

// authority is a CA of a case: what may become of it is in its certificates.
type authority struct {
	label   string
	name    []byte
	key     *key
	keyID   []byte // as its certificates give it; nil if they do not
	issuers []*authority
	certs   [][]byte
}

func generate(random *rand.Rand, seed uint64, cases int, theme string) *File {
	file := &File{Version: 1, Suite: "go-extra", Time: now, Engines: []string{engine}}
	a := &author{Rand: random, file: file, index: map[string]int{}, keys: map[string][]*key{}}
	for kind, count := range map[string]int{"p256": 12, "p384": 3, "p521": 2, "ed25519": 4, "rsa2048": 4,
		"rsa1024": 2} {
		for range count {
			a.keys[kind] = append(a.keys[kind], newKey(kind))
		}
	}
	for number := range cases {
		a.notes = []string{}
		a.theme = theme
		if theme == "" {
			a.theme = themes[number%len(themes)]
		}
		a.note(a.theme)
		a.invent(fmt.Sprintf("go-extra::%d-%04d", seed, number))
	}
	return file
}

func (a *author) note(text string) { a.notes = append(a.notes, text) }

// maybe is likely in its theme and rare elsewhere.
func (a *author) maybe(theme string, chance float64) bool {
	if a.theme != theme {
		chance /= 12
	}
	return a.Float64() < chance
}

func pick[T any](a *author, from ...T) T { return from[a.IntN(len(from))] }

// some gives up to n different members, at least least.
func some[T any](a *author, least, n int, from []T) []T {
	count := min(len(from), least+a.IntN(n-least+1))
	var out []T
	for _, at := range a.Perm(len(from))[:count] {
		out = append(out, from[at])
	}
	return out
}

func (a *author) key() *key {
	kind := "p256"
	if a.maybe("keys", 0.7) || a.maybe("algorithms", 0.7) {
		kind = pick(a, "p384", "p521", "ed25519", "rsa2048", "rsa2048", "rsa1024")
	}
	return pick(a, a.keys[kind]...)
}

// invent makes one case: roots, CAs below them, a leaf, and who holds what.
func (a *author) invent(id string) {
	var all []*authority
	roots := 1 + a.IntN(2)
	depth := 1 + a.IntN(3)
	for i := range roots + depth {
		ca := a.authority(i)
		if i >= roots {
			// Below one of those before, mostly the last one; cross-signed now and then.
			ca.issuers = []*authority{all[len(all)-1]}
			if a.maybe("paths", 0.5) {
				ca.issuers = append(ca.issuers, pick(a, all...))
				a.note("cross@" + ca.label)
			}
		} else {
			ca.issuers = []*authority{ca}
		}
		all = append(all, ca)
	}
	for _, ca := range all {
		for _, issuer := range ca.issuers {
			ca.certs = append(ca.certs, a.caCertificate(ca, issuer, ca == issuer))
			if a.maybe("paths", 0.25) {
				a.note("renewed@" + ca.label)
				ca.certs = append(ca.certs, a.caCertificate(ca, issuer, ca == issuer))
			}
		}
	}
	if a.maybe("paths", 0.3) {
		// The root signs for its neighbour, and perhaps back.
		first, second := all[0], pick(a, all...)
		second.certs = append(second.certs, a.caCertificate(second, first, false))
		first.certs = append(first.certs, a.caCertificate(first, second, false))
		a.note("mutual")
	}
	leafIssuer := all[len(all)-1]
	leaf := a.leafCertificate(leafIssuer)

	c := Case{ID: id, Trusted: []int{}, Presented: []int{}}
	for i, ca := range all {
		for _, certificate := range ca.certs {
			at := a.add(certificate)
			trusted := i < roots
			if a.maybe("paths", 0.3) {
				trusted = !trusted
			}
			if trusted {
				c.Trusted = append(c.Trusted, at)
			}
			if !trusted || a.Float64() < 0.1 {
				c.Presented = append(c.Presented, at)
			}
		}
	}
	if a.Float64() < 0.3 {
		a.Shuffle(len(c.Trusted), func(i, j int) { c.Trusted[i], c.Trusted[j] = c.Trusted[j], c.Trusted[i] })
		a.Shuffle(len(c.Presented), func(i, j int) {
			c.Presented[i], c.Presented[j] = c.Presented[j],
				c.Presented[i]
		})
	}
	c.Leaf = a.add(leaf)
	if a.maybe("paths", 0.08) {
		a.note("leaf-trusted")
		c.Trusted = append(c.Trusted, c.Leaf)
	}
	if a.maybe("paths", 0.05) {
		a.note("leaf-presented")
		c.Presented = append(c.Presented, c.Leaf)
	}
	if a.maybe("paths", 0.05) {
		a.note("ca-as-leaf")
		c.Leaf = a.add(pick(a, leafIssuer.certs...))
	}
	c.Purpose = pick(a, "serverAuth", "serverAuth", "clientAuth", "any")
	c.Host = a.host()
	c.Notes = a.notes
	a.file.judge(&c)
	a.file.Cases = append(a.file.Cases, c)
}

// add puts a certificate into the file, once.
func (a *author) add(certificate []byte) int {
	if at, known := a.index[string(certificate)]; known {
		return at
	}
	a.file.Certs = append(a.file.Certs, certificate)
	a.index[string(certificate)] = len(a.file.Certs) - 1
	return len(a.file.Certs) - 1
}

func (a *author) authority(number int) *authority {
	label := string(rune('A' + number))
	if a.maybe("paths", 0.15) {
		a.note("twin@" + label)
		label = "A"
	}
	k := a.key()
	keyID := k.id()
	if a.maybe("paths", 0.15) {
		keyID = pick(a, nil, []byte{1, 2, 3}, []byte{})
		a.note("odd-ski@" + label)
	}
	return &authority{label: label, name: a.caName(label), key: k, keyID: keyID}
}

func (a *author) caName(label string) []byte {
	if !a.maybe("parse", 0.3) {
		return name(attribute("2.5.4.3", 12, "CA "+label))
	}
	a.note("odd-name@" + label)
	return pick(a,
		func() []byte { return name(attribute("2.5.4.3", 19, "CA "+label)) },
		func() []byte {
			return name(attribute("2.5.4.10", 12, "Org "+label), attribute("2.5.4.10", 12, "Second"))
		},
		func() []byte { return name(attribute("2.5.4.11", 12, "Unit "+label)) },
		func() []byte { return name(attribute("2.5.4.3", 20, "Caf\xe9 \"x\" \\"+label)) },
		func() []byte { return name(attribute("2.5.4.3", 30, "\x00C\x00A\x20\xac"+"\x00"+label+"\x00\x00")) },
		func() []byte { return name(attribute("2.5.4.3", 30, "\xd8\x00")) },
		func() []byte { return name(attribute("2.5.4.3", 12, "bad \xff")) },
		func() []byte { return name(attribute("2.5.4.3", 19, "under_score")) },
		func() []byte { return name(attribute("2.5.4.3", 22, "ia5"), attribute("2.5.4.3", 18, "12 3")) },
		func() []byte { return name(attribute("2.5.4.3", 18, "abc")) },
		func() []byte { return name(sequence(oid("2.5.4.3"), integer(7)), attribute("2.5.4.10", 12, "")) },
		func() []byte { return name(sequence(oid("2.5.4.3"), bits(9))) },
		func() []byte {
			return name(sequence(oid("2.5.4.3"), der(0x30, integer(1))), attribute("2.5.4.11", 12, label))
		},
		func() []byte { return name(sequence(oid("2.5.4.3"), der(23, raw("269999000000Z")))) },
		func() []byte { return name(attribute("2.5.4.3", 12, "tab\there\u202e"+label)) },
		func() []byte {
			return sequence(der(0x31, attribute("2.5.4.3", 12, label), attribute("2.5.4.10", 12, "O")))
		},
		func() []byte { return sequence() },
		func() []byte { return sequence(der(0x31)) },
	)()
}

// template fills in what CA and leaf certificates share.
func (a *author) template(subject []byte, spki []byte, issuer *authority) *template {
	t := &template{
		version: 2, serial: integer(a.Int64N(1 << 40)), issuer: issuer.name, subject: subject, spki: spki,
		notBefore: der(23, raw("260101000000Z")), notAfter: der(23, raw("270101000000Z")),
		algorithm: natural(issuer.key),
	}
	a.breakFrame(t, issuer)
	if a.maybe("algorithms", 0.35) {
		t.algorithm = a.algorithm(issuer.key)
		a.note("algorithm=" + t.algorithm)
	}
	return t
}

func (a *author) algorithm(k *key) string {
	if a.Float64() < 0.25 {
		// Whatever the key is.
		return pick(a, "sha256-rsa", "ecdsa-sha256", "ed25519", "md5-rsa", "dsa-sha1", "dsa-sha256", "unknown",
			"ed25519-null", "ml-dsa-65", "sha1-rsa")
	}
	if k.isRSA() {
		return pick(a, "sha384-rsa", "sha512-rsa", "sha1-rsa", "iso-sha1-rsa", "rsa-no-null", "pss", "pss384",
			"pss-mixed",
			"pss-salt", "pss-bare")
	}
	return pick(a, "ecdsa-sha256", "ecdsa-sha384", "ecdsa-sha512", "ecdsa-sha1")
}

// breakFrame damages what stands around the extensions.
func (a *author) breakFrame(t *template, issuer *authority) {
	if a.maybe("paths", 0.06) {
		t.notAfter = der(23, raw("260301000000Z"))
		a.note("expired")
	}
	if a.maybe("paths", 0.04) {
		t.notBefore = der(24, raw("20260901000000Z"))
		a.note("not-yet")
	}
	if a.maybe("paths", 0.06) {
		t.breakSignature = true
		a.note("broken-signature")
	}
	if a.maybe("parse", 0.06) {
		t.serial = pick(a, integer(0), integer(-5), []byte{2, 2, 0, 1}, bigInteger(new(big.Int).Lsh(big.NewInt(255),
			152)))
		a.note("odd-serial")
	}
	if a.maybe("parse", 0.06) {
		a.note("odd-time")
		t.notAfter = pick(a, der(23, raw("2612310000Z")), der(23, raw("261231000000+0100")), der(23,
			raw("261231000000+0000")),
			der(24, raw("20261231000000.5Z")), der(24, raw("99991231235959Z")), der(24, raw("20261231000000-0930")),
			der(23, raw("260531235959-0001")), der(23, raw("260601000000+0001")), der(23, raw("500101000000Z")),
			integer(3),
			der(24, raw("20260229000000Z")))
	}
	if a.maybe("parse", 0.05) {
		t.version = pick[int64](a, -1, 0, 1, 2, 3, -2+1<<40)
		a.note(fmt.Sprint("version=", t.version))
		t.noExtensions = t.version < 2 && a.Float64() < 0.8
	}
	if a.maybe("parse", 0.03) {
		t.outerAlgorithm = "sha384-rsa"
		a.note("outer-algorithm")
	}
	if a.maybe("parse", 0.02) {
		t.trailing = []byte{0}
		a.note("trailing")
	}
	if a.maybe("parse", 0.02) {
		t.tail = integer(5)
		a.note("tail")
	}
	if a.maybe("keys", 0.12) {
		t.spki = a.oddKey()
		a.note("odd-key")
	}
	if a.maybe("paths", 0.05) {
		t.issuer = name(attribute("2.5.4.3", 19, "CA "+issuer.label))
		a.note("issuer-string-type")
	}
}

func (a *author) oddKey() []byte {
	ec := func(curve string, point []byte) []byte {
		return sequence(sequence(oid("1.2.840.10045.2.1"), oid(curve)), bits(0, point...))
	}
	p256 := "1.2.840.10045.3.1.7"
	good := a.keys["p256"][0].spki
	point := bytes.Clone(good[len(good)-65:])
	wrong := bytes.Clone(point)
	wrong[64] ^= 1
	big1 := new(big.Int).Lsh(big.NewInt(1), 1100)
	odd := new(big.Int).Add(big1, big.NewInt(1))
	return pick(a,
		ec("1.3.132.0.10", point), ec(p256, wrong), ec(p256, append([]byte{2}, point[1:33]...)), ec(p256, point[:64]),
		ec(p256, append([]byte{4}, bytes.Repeat([]byte{0xff}, 64)...)), ec("1.3.132.0.34", append([]byte{4},
			bytes.Repeat([]byte{0xff}, 96)...)),
		ec("1.3.132.0.35", append([]byte{4}, make([]byte, 132)...)), ec("1.3.132.0.33", append([]byte{4},
			make([]byte, 56)...)), ec(p256, nil),
		sequence(sequence(oid("1.2.840.10045.2.1")), bits(0, point...)),
		sequence(sequence(oid("1.2.840.10045.2.1"), der(5)), bits(0, point...)),
		sequence(sequence(oid("1.2.840.113549.1.1.1")), bits(0, sequence(bigInteger(odd), integer(65537))...)),
		rsaSPKI(odd, 65537), rsaSPKI(big1, 65537), rsaSPKI(odd, 1), rsaSPKI(odd, 4), rsaSPKI(odd, 1<<33+1),
		rsaSPKI(odd, -3),
		rsaSPKI(big.NewInt(-9), 3), rsaSPKI(new(big.Int).Rsh(odd, 600), 3), rsaSPKI(big.NewInt(0), 3),
		sequence(sequence(oid("1.2.840.113549.1.1.1"), der(5)), bits(0, 5, 0)),
		sequence(sequence(oid("1.3.101.112")), bits(0, 1, 2, 3)), sequence(sequence(oid("1.3.101.112"), der(5)),
			bits(0, make([]byte, 32)...)),
		sequence(sequence(oid("1.3.101.110")), bits(0, make([]byte, 32)...)), sequence(sequence(oid("1.2.3.4")),
			bits(0, 1)),
		sequence(sequence(oid("2.16.840.1.101.3.4.3.17")), bits(0, make([]byte, 12)...)),
		sequence(sequence(oid("2.16.840.1.101.3.4.3.17"), der(5)), bits(0, make([]byte, 12)...)),
		sequence(sequence(oid("1.2.840.10040.4.1"), sequence(integer(7), integer(3), integer(2))), bits(0,
			integer(4)...)),
		sequence(sequence(oid("1.2.840.10040.4.1"), sequence(integer(7), integer(3))), bits(0, integer(4)...)),
		sequence(sequence(oid("1.2.840.10040.4.1"), sequence(integer(7), integer(3), integer(0))), bits(0,
			integer(4)...)),
	)
}

func (a *author) caCertificate(ca, issuer *authority, self bool) []byte {
	t := a.template(ca.name, ca.key.spki, issuer)
	t.extensions = a.caExtensions(ca, issuer, self)
	by := issuer.key
	if a.maybe("paths", 0.07) {
		by = a.key()
		a.note("wrong-key@" + ca.label)
	}
	if by != issuer.key && t.algorithm == natural(issuer.key) && a.Float64() < 0.5 {
		t.algorithm = natural(by)
	}
	return t.seal(a, by)
}

func (t *template) seal(a *author, by *key) []byte {
	if by.kind == "rsa1024" && algorithms[t.algorithm].hash == crypto.SHA512 && algorithms[t.algorithm].pss {
		t.algorithm = natural(by) // no room for the padding
	}
	return t.sign(by)
}

func (a *author) caExtensions(ca, issuer *authority, self bool) (list [][]byte) {
	add := func(dotted string, critical bool, value []byte) {
		list = append(list, extension(dotted, critical, value))
	}
	if a.maybe("paths", 0.08) || a.maybe("lengths", 0.08) {
		a.note("odd-bc@" + ca.label)
		if value := pick(a, nil, sequence(), sequence(boolean(false)), sequence(boolean(false), integer(0)),
			sequence(integer(1)),
			sequence(boolean(true), integer(-1)), sequence(boolean(true), bigInteger(new(big.Int).Lsh(big.NewInt(1),
				63))),
			sequence(der(1, []byte{1})), integer(1)); value != nil {
			add("2.5.29.19", true, value)
		}
	} else if a.maybe("lengths", 0.6) {
		add("2.5.29.19", true, sequence(boolean(true), integer(a.Int64N(3))))
	} else {
		add("2.5.29.19", true, sequence(boolean(true)))
	}
	switch {
	case a.maybe("paths", 0.1):
		add("2.5.29.15", true, bits(1, 0x02)) // cRLSign
		a.note("no-cert-sign@" + ca.label)
	case a.maybe("parse", 0.1):
		add("2.5.29.15", true, pick(a, bits(0), bits(0, 0), bits(2, 0x06), bits(7, 0x04, 0x80), integer(4)))
	case a.Float64() < 0.8:
		add("2.5.29.15", true, bits(1, 0x06))
	}
	if ca.keyID != nil {
		add("2.5.29.14", a.maybe("parse", 0.03), octets(ca.keyID))
	}
	list = append(list, a.authorityKeyID(issuer, self)...)
	list = append(list, a.usages(0.5)...)
	list = append(list, a.nameConstraints()...)
	list = append(list, a.policies(true)...)
	if a.maybe("names", 0.3) {
		list = append(list, extension("2.5.29.17", false, a.alternativeNames()))
	}
	if a.maybe("paths", 0.12) {
		a.note("san@" + ca.label)
		list = append(list, extension("2.5.29.17", false, sequence(der(0x86, raw("spiffe://"+pick(a, "td",
			"other"))))))
	}
	return append(list, a.strangeExtensions()...)
}

func (a *author) authorityKeyID(issuer *authority, self bool) [][]byte {
	fields := [][]byte{}
	switch {
	case a.maybe("paths", 0.12):
		fields = append(fields, pick(a, der(0x80, []byte{9, 9, 9}), der(0x82, []byte{1}), der(0x80)))
		a.note("odd-aki")
	case issuer.keyID == nil || self && a.Float64() < 0.5:
		return nil
	default:
		fields = append(fields, der(0x80, issuer.keyID))
	}
	return [][]byte{extension("2.5.29.35", a.maybe("parse", 0.03), sequence(fields...))}
}

func (a *author) usages(chance float64) [][]byte {
	if !a.maybe("usages", chance) {
		return nil
	}
	known := [][]byte{oid("1.3.6.1.5.5.7.3.1"), oid("1.3.6.1.5.5.7.3.2"), oid("1.3.6.1.5.5.7.3.4"),
		oid("2.5.29.37.0"), oid("1.2.3.4"), oid("2.16.840.1.113730.4.1"), oid("1.3.6.1.4.1.311.10.3.3")}
	list := some(a, 0, 3, known)
	if a.Float64() < 0.5 {
		list = append(list, known[a.IntN(2)])
	}
	if a.Float64() < 0.03 {
		list = append(list, integer(1))
	}
	return [][]byte{extension("2.5.29.37", a.Float64() < 0.3, sequence(list...))}
}

func (a *author) nameConstraints() [][]byte {
	if !a.maybe("names", 0.55) {
		return nil
	}
	subtree := func(base []byte) []byte { return sequence(base) }
	var bases [][]byte
	for _, domain := range []string{"example.com", ".example.com", "com", "Example.COM", "a.example.com",
		"b.a.example.com", "other.org", "", ".", "example.com.", "exa mple", "a-a.example.com", "xn--a.com"} {
		bases = append(bases, der(0x82, raw(domain)))
	}
	for _, email := range []string{"example.com", ".example.com", "joe@example.com", "Joe@Example.com",
		"\"joe x\"@example.com", "@", "a@b@c", ""} {
		bases = append(bases, der(0x81, raw(email)))
	}
	for _, domain := range []string{"example.com", ".example.com", "td", "other", "10.0.0.1", "::1", "",
		"Example.com"} {
		bases = append(bases, der(0x86, raw(domain)))
	}
	for _, address := range []string{
		"\x0a\x00\x00\x00\xff\x00\x00\x00", "\x0a\x01\x02\x03\xff\xff\x00\x00", "\xc0\x00\x02\x00\xff\xff\xff\x00",
		"\x00\x00\x00\x00\x00\x00\x00\x00",
		"\x0a\x00\x00\x00\xff\x00\xff\x00", "\x0a\x00\x00\x00",
		"\x20\x01\x0d\xb8" + zeros(12) + "\xff\xff\xff\xff" + zeros(12),
		zeros(10) + "\xff\xff\x0a\x00\x00\x00" + ones(16), zeros(16) + zeros(16), zeros(16) + ones(10) + zeros(6),
	} {
		bases = append(bases, der(0x87, raw(address)))
	}
	odd := [][]byte{der(0xa4, name(attribute("2.5.4.3", 12, "x"))), der(0x82, raw("\xff")), der(0x88, []byte{1})}
	weighted := slices.Concat(bases, bases, bases, odd)
	list := func() []byte {
		var out []byte
		for _, base := range some(a, 0, 4, weighted) {
			out = append(out, subtree(base)...)
		}
		return out
	}
	// Mostly plausible ones, or nothing would ever pass.
	plausible := [][]byte{der(0x82, raw("example.com")), der(0x82, raw("com")), der(0x81, raw("example.com")),
		der(0x86, raw("example.com")),
		der(0x86, raw("td")), der(0x87, raw("\x0a\x00\x00\x00\xff\x00\x00\x00")), der(0x87,
			raw("\x20\x01\x0d\xb8"+zeros(12)+"\xff\xff\xff\xff"+zeros(12)))}
	var parts [][]byte
	switch a.IntN(6) {
	case 0:
		parts = [][]byte{der(0xa0, list())}
	case 1:
		parts = [][]byte{der(0xa1, list())}
	case 2:
		parts = [][]byte{der(0xa0, list()), der(0xa1, list())}
	case 3:
		parts = [][]byte{der(0xa1, sequence(pick(a, weighted...)))}
	default:
		var out []byte
		for _, base := range some(a, 1, 7, plausible) {
			out = append(out, subtree(base)...)
		}
		parts = [][]byte{der(0xa0, out)}
	}
	a.note("name-constraints")
	return [][]byte{extension("2.5.29.30", a.Float64() < 0.7, sequence(parts...))}
}

func zeros(n int) string { return string(make([]byte, n)) }

func ones(n int) string { return string(bytes.Repeat([]byte{0xff}, n)) }

func (a *author) alternativeNames() []byte {
	var all [][]byte
	for _, domain := range []string{"example.com", "a.example.com", "b.a.example.com", "*.example.com",
		"*.a.example.com", "EXAMPLE.com", "other.org", "a-a.example.com",
		"example.com.", ".example.com", "*", "a*.example.com", "foo_bar.example.com", "-x.example.com", "",
		"localhost", "10.0.0.1", "exa mple.com"} {
		all = append(all, der(0x82, raw(domain)))
	}
	for _, email := range []string{"joe@example.com", "joe@a.example.com", "Joe@EXAMPLE.com",
		"\"joe x\"@example.com", "joe", "a..b@example.com", "joe@other.org", "joe@example.com."} {
		all = append(all, der(0x81, raw(email)))
	}
	for _, uri := range []string{"https://example.com/a?b#c", "https://a.example.com:8443/%7e", "spiffe://td/x",
		"spiffe://other/y", "urn:a:b", "https://10.0.0.1/", "http://[::1]:80/",
		"http://Example.COM:80", "mailto:a@b", "//example.com/x", "http://u:p@example.com/", "http://a%41/", ":x",
		"http://a b/", "http://example.com:x/", "http://a..b/", "http://:80/", "x:\x01",
		"pg://example.com:1,example.org:2/", "http://example.com/%zz", "1a:b", "http://[::1", "http://ex\xc3mple/"} {
		all = append(all, der(0x86, raw(uri)))
	}
	for _, address := range []string{"\x0a\x00\x00\x01", "\x0a\x01\x07\x07", "\xc0\x00\x02\x07",
		"\x20\x01\x0d\xb8" + zeros(11) + "\x01", zeros(15) + "\x01", zeros(10) + "\xff\xff\x0a\x00\x00\x01",
		"\x01\x02\x03"} {
		all = append(all, der(0x87, raw(address)))
	}
	plausible := [][]byte{der(0x82, raw("example.com")), der(0x82, raw("*.example.com")), der(0x81,
		raw("joe@example.com")), der(0x86, raw("https://example.com/a")), der(0x86, raw("spiffe://td/x")),
		der(0x87, raw("\x0a\x00\x00\x01")), der(0x87, raw("\x20\x01\x0d\xb8"+zeros(11)+"\x01"))}
	if a.Float64() < 0.5 {
		return sequence(some(a, 1, 4, plausible)...)
	}
	odd := [][]byte{der(0x82, raw("\xff.com")), der(0xa4, name(attribute("2.5.4.3", 12, "x"))), der(0x88,
		oid("1.2.3")[2:]), {0x82, 0x05, 0x61}}
	weighted := slices.Concat(all, plausible, plausible, plausible, all, plausible, plausible, odd)
	return sequence(some(a, 0, 4, weighted)...)
}

func (a *author) policies(ca bool) (list [][]byte) {
	if !a.maybe("policies", 0.85) {
		return nil
	}
	p := []string{"1.2.3.1", "1.2.3.2", "1.2.3.3"}
	any := "2.5.29.32.0"
	var ids [][]byte
	for _, id := range some(a, 0, 3, append(p, any, any)) {
		ids = append(ids, sequence(oid(id)))
	}
	if a.Float64() < 0.85 {
		if a.Float64() < 0.4 {
			ids = [][]byte{sequence(oid(any))}
		} else if a.Float64() < 0.5 {
			ids = append(ids, sequence(oid(pick(a, p...))))
		}
		if a.Float64() < 0.95 {
			slices.SortFunc(ids, bytes.Compare)
			ids = slices.CompactFunc(ids, bytes.Equal)
		}
		list = append(list, extension("2.5.29.32", a.Float64() < 0.2, sequence(ids...)))
	}
	if a.Float64() < 0.35 {
		var fields [][]byte
		if a.Float64() < 0.8 {
			fields = append(fields, der(0x80, integer(a.Int64N(4) - int64(a.IntN(20)/19))[2:]))
		}
		if a.Float64() < 0.4 {
			fields = append(fields, der(0x81, integer(a.Int64N(3))[2:]))
		}
		list = append(list, extension("2.5.29.36", a.Float64() < 0.7, sequence(fields...)))
	}
	if ca && a.Float64() < 0.35 {
		var mappings [][]byte
		for range 1 + a.IntN(2) {
			from, to := pick(a, p...), pick(a, p...)
			if a.Float64() < 0.05 {
				to = any
			}
			mappings = append(mappings, sequence(oid(from), oid(to)))
		}
		list = append(list, extension("2.5.29.33", a.Float64() < 0.3, sequence(mappings...)))
	}
	if a.Float64() < 0.2 {
		list = append(list, extension("2.5.29.54", a.Float64() < 0.5, integer(a.Int64N(3))))
	}
	return list
}

// strangeExtensions are those that no theme owns.
func (a *author) strangeExtensions() (list [][]byte) {
	if a.maybe("parse", 0.05) {
		list = append(list, extension("1.2.3.4.5", a.Float64() < 0.5, integer(1)))
		a.note("unknown-extension")
	}
	if a.maybe("parse", 0.05) {
		uri := der(0x86, raw("http://ocsp.example.com"))
		access := pick(a, sequence(sequence(oid("1.3.6.1.5.5.7.48.1"), uri)),
			sequence(sequence(oid("1.3.6.1.5.5.7.48.1"), der(0xa4, sequence()))),
			sequence(integer(1)), sequence(sequence(integer(1))), integer(1), sequence())
		list = append(list, extension("1.3.6.1.5.5.7.1.1", a.Float64() < 0.2, access))
		a.note("aia")
	}
	if a.maybe("parse", 0.05) {
		uri := der(0x86, raw("http://crl.example.com"))
		points := pick(a, sequence(sequence(der(0xa0, der(0xa0, uri)))), sequence(sequence(der(0xa0, der(0xa1,
			uri)))), sequence(sequence()), sequence(integer(1)), integer(1), sequence(sequence(der(0xa0, der(0xa0,
			[]byte{0x86, 9})))))
		list = append(list, extension("2.5.29.31", a.Float64() < 0.3, points))
		a.note("crl")
	}
	if a.maybe("parse", 0.03) {
		twice := extension("1.2.3.4.6", false, integer(1))
		list = append(list, twice, twice)
		a.note("duplicate-extension")
	}
	if a.maybe("parse", 0.05) {
		a.note("broken-extension")
		broken := pick(a, "2.5.29.14", "2.5.29.35", "2.5.29.37", "2.5.29.32", "2.5.29.36", "2.5.29.33", "2.5.29.54",
			"2.5.29.30", "2.5.29.17", "2.5.29.18", "2.5.29.46")
		list = append(list, extension(broken, a.Float64() < 0.5, pick(a, der(5), sequence(der(5)), octets(nil),
			sequence(sequence(oid("1.2.3.1")), sequence(oid("1.2.3.1"))), sequence(der(0x80)))))
	}
	if a.maybe("parse", 0.02) {
		list = append(list, pick(a, sequence(oid("1.2.3.4.7"), der(1, []byte{7}), octets(nil)),
			sequence(oid("1.2.3.4.7"), integer(1)), sequence(integer(1)), integer(1)))
		a.note("malformed-extension")
	}
	return list
}

func (a *author) leafCertificate(issuer *authority) []byte {
	subject := name(attribute("2.5.4.3", 12, pick(a, "leaf", "example.com", "EXAMPLE.com", "a.example.com")))
	t := a.template(subject, a.key().spki, issuer)
	if a.theme != "hosts" || a.Float64() < 0.85 {
		names := sequence(der(0x82, raw("example.com")), der(0x82, raw("*.example.com")), der(0x87,
			raw("\x0a\x00\x00\x01")))
		if a.maybe("hosts", 0.7) || a.maybe("names", 0.8) {
			names = a.alternativeNames()
		}
		t.extensions = append(t.extensions, extension("2.5.29.17", a.Float64() < 0.1, names))
	}
	t.extensions = append(t.extensions, a.authorityKeyID(issuer, false)...)
	t.extensions = append(t.extensions, a.usages(0.7)...)
	t.extensions = append(t.extensions, a.policies(false)...)
	t.extensions = append(t.extensions, a.strangeExtensions()...)
	if a.maybe("lengths", 0.1) {
		t.extensions = append(t.extensions, extension("2.5.29.19", true, sequence(boolean(a.Float64() < 0.5),
			integer(0))))
	}
	by := issuer.key
	if a.maybe("paths", 0.05) {
		by = a.key()
	}
	return t.seal(a, by)
}

// host is a DNS name, an IP address or nothing.
func (a *author) host() json.RawMessage {
	host := any("example.com")
	switch {
	case a.maybe("hosts", 0.85):
		if a.Float64() < 0.3 {
			host = map[string]string{"kind": "IP", "value": pick(a, "10.0.0.1", "10.1.7.7", "2001:db8::1", "::1",
				"::ffff:10.0.0.1", "10.0.0.01", "fe80::1%eth0", "1.2.3")}
		} else {
			host = pick(a, "example.com", "EXAMPLE.COM", "a.example.com", "b.a.example.com", "example.com.",
				"*.example.com", "a*.example.com", "foo_bar.example.com", "-x.example.com",
				"[10.0.0.1]", "[2001:db8::1]", "10.0.0.1", "localhost", ".example.com", "*", "other.org", "", ".",
				"a..example.com", "x_y.example.com", "Éxample.com", "10.0.0.1.", "[example.com]")
		}
	case a.theme == "names" || a.theme == "policies" || a.Float64() < 0.3:
		return json.RawMessage("null")
	}
	out, err := json.Marshal(host)
	if err != nil {
		panic(err)
	}
	return out
}

package main

import "slices"

// Chains with certificate policies (RFC 5280, 4.2.1.4, 4.2.1.5, 4.2.1.11 and 4.2.1.14), each made for one rule of the
// policy processing in 6.1. They are written out, not random: every rule has a chain that passes and one that it alone
// refuses.

const (
	anyPolicy = "2.5.29.32.0"
	gold      = "1.2.3.1"
	silver    = "1.2.3.2"
	bronze    = "1.2.3.3"
)

// policyCertificate is what a certificate of such a chain says of policies.
type policyCertificate struct {
	policies []string
	// Pairs of issuerDomainPolicy and subjectDomainPolicy.
	mappings [][2]string
	// The fields of policyConstraints, and inhibitAnyPolicy; nil leaves them out.
	requireExplicit, inhibitMapping, inhibitAny *int64
	// The name is its issuer's.
	selfIssued bool
}

type policyChain struct {
	id string
	// From the root to the leaf.
	certificates []policyCertificate
}

func after(certificates int64) *int64 { return &certificates }

var (
	root     = policyCertificate{}
	nothing  = policyCertificate{}
	require  = policyCertificate{policies: []string{gold}, requireExplicit: after(0)}
	requires = func(policies ...string) policyCertificate {
		return policyCertificate{policies: policies, requireExplicit: after(0)}
	}
	with = func(policies ...string) policyCertificate { return policyCertificate{policies: policies} }
)

// mapping is a CA that maps each policy of a pair to the other one.
func mapping(policies []string, pairs ...[2]string) policyCertificate {
	return policyCertificate{policies: policies, mappings: pairs}
}

func (c policyCertificate) requiring(after int64) policyCertificate {
	c.requireExplicit = &after
	return c
}

func (c policyCertificate) inhibitingMapping(after int64) policyCertificate {
	c.inhibitMapping = &after
	return c
}

func (c policyCertificate) inhibitingAny(after int64) policyCertificate {
	c.inhibitAny = &after
	return c
}

func (c policyCertificate) self() policyCertificate {
	c.selfIssued = true
	return c
}

func chain(id string, certificates ...policyCertificate) policyChain { return policyChain{id, certificates} }

var policyChains = []policyChain{
	// Nobody requires a policy: whatever is left of them does not matter.
	chain("no-policies", root, nothing, nothing),
	chain("not-required-and-disjoint", root, with(gold), with(silver)),
	chain("not-required-and-inhibited", root, with(gold).inhibitingAny(0), with(anyPolicy)),
	// requireExplicitPolicy.
	chain("required-and-there", root, require, with(gold)),
	chain("required-and-absent", root, require, nothing),
	chain("required-and-another", root, require, with(silver)),
	chain("required-and-one-of-several", root, requires(gold, silver), with(silver, bronze)),
	chain("required-and-absent-in-between", root, require, nothing, with(gold)),
	chain("required-by-the-root-alone", nothing.requiring(0), nothing, nothing),
	chain("required-by-the-leaf-and-there", root, with(gold), with(gold).requiring(0)),
	chain("required-by-the-leaf-and-absent", root, nothing, nothing.requiring(0)),
	chain("required-by-the-leaf-later", root, nothing, nothing.requiring(1)),
	chain("required-later-than-the-leaf", root, nothing.requiring(3), nothing, nothing),
	chain("required-from-the-leaf-on", root, nothing.requiring(1), nothing, nothing),
	chain("required-later-and-there", root, with(gold).requiring(1), with(gold), with(gold)),
	chain("required-sooner-below", root, nothing.requiring(5), nothing.requiring(0), nothing),
	chain("required-later-below", root, require, with(gold).requiring(5), with(silver)),
	chain("self-issued-does-not-count", root, nothing.requiring(2), nothing.self(), nothing.self(), nothing),
	chain("issued-by-another-does-count", root, nothing.requiring(2), nothing, nothing, nothing),
	// anyPolicy.
	chain("any-above", root, requires(anyPolicy), with(gold)),
	chain("any-below", root, require, with(anyPolicy)),
	chain("any-all-the-way", root, requires(anyPolicy), with(anyPolicy), with(anyPolicy)),
	chain("any-in-between", root, require, with(anyPolicy), with(gold)),
	chain("any-does-not-bring-others-back", root, require, with(anyPolicy), with(silver)),
	chain("any-beside-another", root, requires(gold, anyPolicy), with(gold, anyPolicy), with(silver)),
	chain("any-inhibited-in-the-leaf", root, require.inhibitingAny(0), with(anyPolicy)),
	chain("any-inhibited-in-a-ca", root, require.inhibitingAny(0), with(anyPolicy), with(gold)),
	chain("any-inhibited-and-not-needed", root, require.inhibitingAny(0), with(gold, anyPolicy)),
	chain("any-inhibited-later", root, require.inhibitingAny(1), with(anyPolicy), with(gold)),
	chain("any-inhibited-later-in-the-leaf", root, require.inhibitingAny(1), with(gold), with(anyPolicy)),
	chain("any-inhibited-but-self-issued", root, require.inhibitingAny(0), with(anyPolicy).self(), with(gold)),
	chain("any-inhibited-in-the-leaf-below-self-issued", root, require.inhibitingAny(0), with(anyPolicy).self(),
		with(anyPolicy)),
	chain("any-inhibited-sooner-below", root, require.inhibitingAny(3), with(gold).inhibitingAny(0), with(anyPolicy)),
	// policyMappings.
	chain("mapped", root, mapping([]string{gold}, [2]string{gold, silver}).requiring(0), with(silver)),
	chain("mapped-away", root, mapping([]string{gold}, [2]string{gold, silver}).requiring(0), with(gold)),
	chain("mapped-twice", root, mapping([]string{gold}, [2]string{gold, silver}).requiring(0),
		mapping([]string{silver}, [2]string{silver, bronze}), with(bronze)),
	chain("mapped-once-of-twice", root, mapping([]string{gold}, [2]string{gold, silver}).requiring(0),
		mapping([]string{silver}, [2]string{silver, bronze}), with(silver)),
	chain("mapped-to-two-first", root,
		mapping([]string{gold}, [2]string{gold, silver}, [2]string{gold, bronze}).requiring(0), with(silver)),
	chain("mapped-to-two-second", root,
		mapping([]string{gold}, [2]string{gold, silver}, [2]string{gold, bronze}).requiring(0), with(bronze)),
	chain("mapped-to-two-neither", root,
		mapping([]string{gold}, [2]string{gold, silver}, [2]string{gold, bronze}).requiring(0), with(gold)),
	chain("mapped-two-to-one", root,
		mapping([]string{gold, silver}, [2]string{gold, bronze}, [2]string{silver, bronze}).requiring(0), with(bronze)),
	chain("mapped-crosswise", root,
		mapping([]string{gold, silver}, [2]string{gold, silver}, [2]string{silver, gold}).requiring(0), with(gold)),
	chain("mapped-what-is-not-there", root, mapping([]string{silver}, [2]string{gold, bronze}).requiring(0), with(bronze)),
	chain("mapped-out-of-any", root, mapping([]string{anyPolicy}, [2]string{gold, silver}).requiring(0), with(silver)),
	chain("mapped-out-of-any-and-any-stays", root, mapping([]string{anyPolicy}, [2]string{gold, silver}).requiring(0),
		with(gold)),
	chain("mapped-and-another-stays", root, mapping([]string{gold, bronze}, [2]string{gold, silver}).requiring(0),
		with(bronze)),
	chain("mapped-and-any-below", root, mapping([]string{gold}, [2]string{gold, silver}).requiring(0), with(anyPolicy)),
	chain("mapped-from-any", root, mapping([]string{gold}, [2]string{anyPolicy, silver}), with(silver)),
	chain("mapped-to-any", root, mapping([]string{gold}, [2]string{gold, anyPolicy}), with(silver)),
	chain("mapped-from-any-by-the-leaf", root, with(gold), mapping([]string{gold}, [2]string{anyPolicy, silver})),
	chain("mapped-where-nothing-is-required", root, mapping([]string{gold}, [2]string{gold, silver}), with(gold)),
	// inhibitPolicyMapping.
	chain("mapping-inhibited", root, require.inhibitingMapping(0),
		mapping([]string{gold}, [2]string{gold, silver}), with(silver)),
	chain("mapping-inhibited-drops-the-policy", root, require.inhibitingMapping(0),
		mapping([]string{gold}, [2]string{gold, silver}), with(gold)),
	chain("mapping-inhibited-leaves-the-rest", root, requires(gold, bronze).inhibitingMapping(0),
		mapping([]string{gold, bronze}, [2]string{gold, silver}), with(bronze)),
	chain("mapping-inhibited-later", root, require.inhibitingMapping(1),
		mapping([]string{gold}, [2]string{gold, silver}), with(silver)),
	chain("mapping-inhibited-by-itself", root,
		mapping([]string{gold}, [2]string{gold, silver}).requiring(0).inhibitingMapping(0), with(silver)),
	chain("mapping-inhibited-but-self-issued", root, require.inhibitingMapping(1), with(gold).self(),
		mapping([]string{gold}, [2]string{gold, silver}), with(silver)),
	chain("mapping-inhibited-from-any", root, require.inhibitingMapping(0),
		mapping([]string{gold}, [2]string{anyPolicy, silver}), with(gold)),
	chain("mapping-inhibited-out-of-any", root, requires(anyPolicy).inhibitingMapping(0),
		mapping([]string{anyPolicy}, [2]string{gold, silver}), with(silver)),
}

// policyFile makes the certificates of all chains and asks Go.
func policyFile() *File {
	file := &File{Version: 1, Suite: "policy", Time: now, Purpose: "serverAuth", Host: []byte("null"),
		Engines: []string{engine}}
	a := &author{file: file, index: map[string]int{}}
	for _, chain := range policyChains {
		c := Case{ID: "policy::" + chain.id, Notes: []string{}, Trusted: []int{}, Presented: []int{}}
		ders := chain.ders()
		c.Trusted = append(c.Trusted, a.add(ders[0]))
		for _, intermediate := range slices.Backward(ders[1 : len(ders)-1]) {
			c.Presented = append(c.Presented, a.add(intermediate))
		}
		c.Leaf = a.add(ders[len(ders)-1])
		file.judge(&c)
		c.Pools = nil
		file.Cases = append(file.Cases, c)
	}
	return file
}

// ders are the certificates of a chain, the root first.
func (chain policyChain) ders() (ders [][]byte) {
	by := newKey("p256")
	issuer := commonName("Root")
	for i, certificate := range chain.certificates {
		subject, own := commonName("CA "+string(rune('@'+i))), newKey("p256")
		isLeaf := i == len(chain.certificates)-1
		switch {
		case i == 0:
			subject, own = issuer, by
		case certificate.selfIssued:
			subject = issuer
		case isLeaf:
			subject = commonName("Leaf")
		}
		t := template{version: 2, serial: integer(int64(i + 1)), issuer: issuer, subject: subject,
			notBefore: der(23, raw("260101000000Z")), notAfter: der(23, raw("270101000000Z")), spki: own.spki,
			extensions: certificate.extensions(isLeaf), algorithm: natural(by)}
		ders = append(ders, t.sign(by))
		issuer, by = subject, own
	}
	return ders
}

func commonName(text string) []byte { return name(attribute("2.5.4.3", 12, text)) }

func (c policyCertificate) extensions(isLeaf bool) (list [][]byte) {
	if isLeaf {
		list = append(list, extension("2.5.29.17", false, sequence(der(0x82, raw("example.com")))))
	} else {
		list = append(list, extension("2.5.29.19", true, sequence(boolean(true))),
			extension("2.5.29.15", true, bits(1, 0x06)))
	}
	if len(c.policies) > 0 {
		var ids [][]byte
		for _, policy := range c.policies {
			ids = append(ids, sequence(oid(policy)))
		}
		list = append(list, extension("2.5.29.32", false, sequence(ids...)))
	}
	if len(c.mappings) > 0 {
		var pairs [][]byte
		for _, pair := range c.mappings {
			pairs = append(pairs, sequence(oid(pair[0]), oid(pair[1])))
		}
		list = append(list, extension("2.5.29.33", true, sequence(pairs...)))
	}
	var constraints [][]byte
	for tag, after := range map[byte]*int64{0x80: c.requireExplicit, 0x81: c.inhibitMapping} {
		if after != nil {
			constraints = append(constraints, der(tag, integer(*after)[2:]))
		}
	}
	if len(constraints) > 0 {
		// requireExplicitPolicy comes first.
		slices.SortFunc(constraints, func(a, b []byte) int { return int(a[0]) - int(b[0]) })
		list = append(list, extension("2.5.29.36", true, sequence(constraints...)))
	}
	if c.inhibitAny != nil {
		list = append(list, extension("2.5.29.54", true, integer(*c.inhibitAny)))
	}
	return list
}

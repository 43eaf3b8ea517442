package main

import (
	"crypto/x509"
	"slices"
	"time"
)

// Pools is what the four pool rules make of a case: the trust store as the router's bundle, leaf and presented
// certificates as the peer's chain; and whether the same leaf is then accepted.
type Pools struct {
	Naive                     []int `json:"naive"`
	FirstChain                []int `json:"first_chain"`
	AllChains                 []int `json:"all_chains"`
	Correct                   []int `json:"correct"`
	NaiveAcceptsLeafOnly      bool  `json:"naive_accepts_leaf_only"`
	NaiveAcceptsWithPresented bool  `json:"naive_accepts_with_presented"`
	CorrectAccepts            bool  `json:"correct_accepts"`
}

func (file *File) pools(c *Case) *Pools {
	leaf, err := x509.ParseCertificate(file.Certs[c.Leaf])
	if err != nil {
		return nil
	}
	bundle, _ := file.parse(c.Trusted, "")
	peer, _ := file.parse(c.Presented, "")
	at := file.at(c)
	var roots, others []*x509.Certificate
	for _, certificate := range bundle {
		if isRootCA(certificate) {
			roots = append(roots, certificate)
		} else if certificate.IsCA {
			others = append(others, certificate)
		}
	}

	var naive []*x509.Certificate
	for _, certificate := range slices.Concat([]*x509.Certificate{leaf}, peer) {
		if isRootCA(certificate) {
			naive = append(naive, certificate)
		}
	}
	naive = append(naive, anchors(chainsFrom(leaf, bundle, nil, at))...)
	all := anchors(chainsFrom(leaf, bundle, peer, at))
	correct := anchors(chainsFrom(leaf, roots, slices.Concat(others, peer), at))

	bypassed := *leaf
	bypassed.NotBefore, bypassed.NotAfter = at.Add(-time.Hour), at.Add(time.Hour)
	accepts := func(roots, intermediates []*x509.Certificate) bool {
		return len(roots) > 0 && len(chainsFrom(&bypassed, roots, intermediates, at)) > 0
	}
	return &Pools{
		Naive:                     file.set(naive, c),
		FirstChain:                file.set(all[:min(1, len(all))], c),
		AllChains:                 file.set(all, c),
		Correct:                   file.set(correct, c),
		NaiveAcceptsLeafOnly:      accepts(naive, nil),
		NaiveAcceptsWithPresented: accepts(naive, peer),
		CorrectAccepts:            accepts(correct, slices.Concat(others, peer)),
	}
}

// isRootCA decides as OpenZiti's identity.IsRootCa: names compared as text, Go's CheckSignatureFrom.
func isRootCA(certificate *x509.Certificate) bool {
	return certificate.IsCA && certificate.Issuer.String() == certificate.Subject.String() &&
		certificate.CheckSignatureFrom(certificate) == nil
}

func chainsFrom(leaf *x509.Certificate, roots, intermediates []*x509.Certificate, at time.Time) [][]*x509.Certificate {
	chains, _ := leaf.Verify(x509.VerifyOptions{
		Roots: pool(roots), Intermediates: pool(intermediates), CurrentTime: at,
		KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageAny},
	})
	return chains
}

// anchors gives the last certificate of every chain.
func anchors(chains [][]*x509.Certificate) (last []*x509.Certificate) {
	for _, chain := range chains {
		last = append(last, chain[len(chain)-1])
	}
	return last
}

// set names certificates by their place in the file, each once, in rising order.
func (file *File) set(certificates []*x509.Certificate, c *Case) []int {
	ids := []int{}
	for _, certificate := range certificates {
		ids = append(ids, file.indices([][]*x509.Certificate{{certificate}}, c)[0][0])
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

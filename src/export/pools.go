// The naive and the correct pool of roots, and what each says of every client.
// go run pools.go TIME BUNDLE PEER CLIENT...
package main

import (
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"os"
	"time"
)

type certificates = []*x509.Certificate

var at time.Time

func main() {
	var err error
	at, err = time.Parse(time.RFC3339, os.Args[1])
	check(err)
	bundle, peer := read(os.Args[2]), read(os.Args[3])
	roots, others := split(bundle)
	naive, _ := split(peer)
	naive = append(naive, ends(peer[0], bundle, nil)...)
	correct := ends(peer[0], roots, append(peer, others...))
	fmt.Println("naive pool:", names(naive))
	fmt.Println("correct pool:", names(correct))
	for _, file := range os.Args[4:] {
		client := read(file)
		leaf := *client[0]
		leaf.NotBefore, leaf.NotAfter = at, at // the router ignores the leaf's own dates
		fmt.Println(file, "naive:", verdict(&leaf, naive, client))
		fmt.Println(file, "correct:", verdict(&leaf, correct, append(client, others...)))
	}
}

func read(file string) (found certificates) {
	rest, err := os.ReadFile(file)
	check(err)
	for block, rest := pem.Decode(rest); block != nil; block, rest = pem.Decode(rest) {
		if block.Type == "CERTIFICATE" {
			certificate, err := x509.ParseCertificate(block.Bytes)
			check(err)
			found = append(found, certificate)
		}
	}
	return found
}

// Root CAs as identity.IsRootCa decides it, and all other CAs.
func split(from certificates) (roots, others certificates) {
	for _, it := range from {
		if it.IsCA && it.Issuer.String() == it.Subject.String() && it.CheckSignatureFrom(it) == nil {
			roots = append(roots, it)
		} else if it.IsCA {
			others = append(others, it)
		}
	}
	return roots, others
}

func verify(leaf *x509.Certificate, roots, intermediates certificates) ([][]*x509.Certificate, error) {
	return leaf.Verify(x509.VerifyOptions{
		Roots: pool(roots), Intermediates: pool(intermediates), CurrentTime: at,
		KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageAny},
	})
}

func pool(from certificates) *x509.CertPool {
	pool := x509.NewCertPool()
	for _, it := range from {
		pool.AddCert(it)
	}
	return pool
}

// The last certificate of every chain.
func ends(leaf *x509.Certificate, roots, intermediates certificates) (last certificates) {
	chains, _ := verify(leaf, roots, intermediates)
	for _, chain := range chains {
		last = append(last, chain[len(chain)-1])
	}
	return last
}

func verdict(leaf *x509.Certificate, roots, intermediates certificates) string {
	if _, err := verify(leaf, roots, intermediates); err != nil {
		return "rejected, " + err.Error()
	}
	return "accepted"
}

func names(from certificates) (names []string) {
	for _, it := range from {
		names = append(names, it.Subject.String())
	}
	return names
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}

package main

import (
	"crypto/x509"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"time"
)

// The name under which the engine is registered.
const engine = "go-1.27.3"

// File is a file in the conformance format.
type File struct {
	Version int             `json:"version"`
	Suite   string          `json:"suite,omitempty"`
	Time    string          `json:"time,omitempty"`
	Purpose string          `json:"purpose,omitempty"`
	Host    json.RawMessage `json:"host,omitempty"`
	Engines []string        `json:"engines"`
	Certs   [][]byte        `json:"certs"`
	Cases   []Case          `json:"cases"`
}

// Case is one question with its answers.
type Case struct {
	ID        string              `json:"id"`
	Notes     []string            `json:"notes"`
	Time      string              `json:"time,omitempty"`
	Purpose   string              `json:"purpose,omitempty"`
	Host      json.RawMessage     `json:"host,omitempty"`
	Trusted   []int               `json:"trusted"`
	Presented []int               `json:"presented"`
	Leaf      int                 `json:"leaf"`
	Verdicts  map[string]*Verdict `json:"verdicts"`
	Pools     *Pools              `json:"pools,omitempty"`
}

// Verdict is what Go said.
type Verdict struct {
	Accepts bool    `json:"accepts"`
	Detail  string  `json:"detail"`
	Chains  [][]int `json:"chains"`
}

// Error texts give the time of the question, which says nothing about the certificates.
var currentTime = regexp.MustCompile(`current time \S+ `)

// judge fills in Go's verdict, and the pools.
func (file *File) judge(c *Case) {
	c.Verdicts = map[string]*Verdict{engine: file.verify(c)}
	c.Pools = file.pools(c)
}

func (file *File) verify(c *Case) *Verdict {
	leaf, err := x509.ParseCertificate(file.Certs[c.Leaf])
	if err != nil {
		return &Verdict{Detail: "leaf parse: " + err.Error()}
	}
	trusted, trustedNote := file.parse(c.Trusted, "trusted")
	presented, presentedNote := file.parse(c.Presented, "intermediate")
	chains, err := leaf.Verify(x509.VerifyOptions{
		Roots:         pool(trusted),
		Intermediates: pool(presented),
		CurrentTime:   file.at(c),
		KeyUsages:     usages(first(c.Purpose, file.Purpose)),
		DNSName:       hostOf(c.Host, file.Host),
	})
	if err != nil {
		return &Verdict{Detail: currentTime.ReplaceAllString(err.Error(), "") + trustedNote + presentedNote}
	}
	return &Verdict{Accepts: true, Chains: file.indices(chains, c)}
}

func (file *File) at(c *Case) time.Time {
	at, err := time.Parse(time.RFC3339, first(c.Time, file.Time))
	if err != nil {
		panic(err)
	}
	return at
}

// parse reads what Go can read, and notes what it cannot.
func (file *File) parse(indices []int, part string) (parsed []*x509.Certificate, note string) {
	for _, index := range indices {
		certificate, err := x509.ParseCertificate(file.Certs[index])
		if err != nil {
			note += fmt.Sprintf(" (%s unparsable: %v)", part, err)
			continue
		}
		parsed = append(parsed, certificate)
	}
	return parsed, note
}

// indices names certificates by their place in the file.
func (file *File) indices(chains [][]*x509.Certificate, c *Case) [][]int {
	candidates := slices.Concat([]int{c.Leaf}, c.Trusted, c.Presented)
	var out [][]int
	for _, chain := range chains {
		var ids []int
		for _, certificate := range chain {
			at := slices.IndexFunc(candidates, func(index int) bool {
				return string(file.Certs[index]) == string(certificate.Raw)
			})
			ids = append(ids, candidates[at])
		}
		out = append(out, ids)
	}
	return out
}

func pool(certificates []*x509.Certificate) *x509.CertPool {
	pool := x509.NewCertPool()
	for _, certificate := range certificates {
		pool.AddCert(certificate)
	}
	return pool
}

func usages(purpose string) []x509.ExtKeyUsage {
	switch purpose {
	case "clientAuth":
		return []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth}
	case "any":
		return []x509.ExtKeyUsage{x509.ExtKeyUsageAny}
	}
	return []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}
}

// hostOf reads a string or {kind, value}; the first that is there and not null.
func hostOf(hosts ...json.RawMessage) string {
	for _, raw := range hosts {
		var name string
		var kinded struct{ Value string }
		if len(raw) == 0 || string(raw) == "null" {
			continue
		}
		if json.Unmarshal(raw, &name) == nil {
			return name
		}
		if json.Unmarshal(raw, &kinded) == nil {
			return kinded.Value
		}
	}
	return ""
}

func first(texts ...string) string {
	for _, text := range texts {
		if text != "" {
			return text
		}
	}
	return ""
}

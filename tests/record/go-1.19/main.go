// Command record119 writes down what the crypto/x509 of Go 1.19 decides for the cases of an existing file of the
// conformance format (see tests/it/conformance/). New cases come from tests/record/go, which needs a newer Go.
//
//	go run . old.json > new.json    with a Go of 1.19.8
//
// The verdicts are those of the Go release that runs the program.
package main

import (
	"crypto/x509"
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"runtime"
	"time"
)

// The name under which the engine is registered.
const engine = "go-1.19.8"

// Fields are kept as they are, but for the verdicts.
type object = map[string]json.RawMessage

type verdict struct {
	Accepts bool    `json:"accepts"`
	Detail  string  `json:"detail"`
	Chains  [][]int `json:"chains"`
}

// Error texts give the time of the question, which says nothing about the certificates.
var currentTime = regexp.MustCompile(`current time \S+ `)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "record119:", err)
		os.Exit(2)
	}
}

func run(arguments []string) error {
	if len(arguments) != 1 {
		return fmt.Errorf("name one file")
	}
	text, err := os.ReadFile(arguments[0])
	if err != nil {
		return err
	}
	var file object
	var cases []object
	var certs [][]byte
	if err := decode(text, &file); err != nil {
		return err
	}
	if err := decode(file["cases"], &cases); err != nil {
		return err
	}
	if err := decode(file["certs"], &certs); err != nil {
		return err
	}
	for _, c := range cases {
		answer, err := judge(question{file, c, certs})
		if err != nil {
			return fmt.Errorf("%s: %w", c["id"], err)
		}
		c["verdicts"] = encode(map[string]*verdict{engine: answer})
		delete(c, "pools")
	}
	file["cases"] = encode(cases)
	file["engines"] = encode([]string{engine})
	if "go"+engine[len("go-"):] != runtime.Version() {
		fmt.Fprintf(os.Stderr, "record119: this is %s, but the verdicts are labelled %s\n", runtime.Version(), engine)
	}
	_, err = os.Stdout.Write(append(encode(file), '\n'))
	return err
}

func decode(text []byte, into any) error {
	return json.Unmarshal(text, into)
}

func encode(value any) json.RawMessage {
	text, err := json.Marshal(value)
	if err != nil {
		panic(err)
	}
	return text
}

// question is a case in its file.
type question struct {
	file, c object
	certs   [][]byte
}

// field of the case or, where all share it, of the file.
func (q question) field(name string) json.RawMessage {
	if value, ok := q.c[name]; ok {
		return value
	}
	return q.file[name]
}

func (q question) text(name string) string {
	var plain string
	var kinded struct{ Value string }
	raw := q.field(name)
	if json.Unmarshal(raw, &plain) != nil && json.Unmarshal(raw, &kinded) == nil {
		return kinded.Value
	}
	return plain
}

func judge(q question) (answer *verdict, err error) {
	// A candidate whose key is of an unknown kind and that has a namesake in the path makes Verify crash.
	defer func() {
		if crash := recover(); crash != nil {
			answer = &verdict{Detail: fmt.Sprintf("panic: %v", crash)}
		}
	}()
	var trusted, presented []int
	var leafIndex int
	for name, into := range map[string]any{"trusted": &trusted, "presented": &presented, "leaf": &leafIndex} {
		if err := decode(q.c[name], into); err != nil {
			return nil, err
		}
	}
	at, err := time.Parse(time.RFC3339, q.text("time"))
	if err != nil {
		return nil, err
	}
	leaf, err := x509.ParseCertificate(q.certs[leafIndex])
	if err != nil {
		return &verdict{Detail: "leaf parse: " + err.Error()}, nil
	}
	roots, rootsNote := q.pool(trusted, "trusted")
	intermediates, intermediatesNote := q.pool(presented, "intermediate")
	usage := map[string]x509.ExtKeyUsage{
		"serverAuth": x509.ExtKeyUsageServerAuth, "clientAuth": x509.ExtKeyUsageClientAuth, "any": x509.ExtKeyUsageAny,
	}[q.text("purpose")]
	if q.text("purpose") == "" {
		usage = x509.ExtKeyUsageServerAuth
	}
	chains, err := leaf.Verify(x509.VerifyOptions{
		Roots: roots, Intermediates: intermediates, CurrentTime: at, KeyUsages: []x509.ExtKeyUsage{usage},
		DNSName: q.text("host"),
	})
	if err != nil {
		detail := currentTime.ReplaceAllString(err.Error(), "")
		return &verdict{Detail: detail + rootsNote + intermediatesNote}, nil
	}
	candidates := append(append([]int{leafIndex}, trusted...), presented...)
	return &verdict{Accepts: true, Chains: q.indices(chains, candidates)}, nil
}

// pool holds what Go can read; the note says what it cannot.
func (q question) pool(indices []int, part string) (pool *x509.CertPool, note string) {
	pool = x509.NewCertPool()
	for _, index := range indices {
		certificate, err := x509.ParseCertificate(q.certs[index])
		if err != nil {
			note += fmt.Sprintf(" (%s unparsable: %v)", part, err)
			continue
		}
		pool.AddCert(certificate)
	}
	return pool, note
}

// indices names certificates by their place in the file.
func (q question) indices(chains [][]*x509.Certificate, candidates []int) (out [][]int) {
	for _, chain := range chains {
		var ids []int
		for _, certificate := range chain {
			for _, index := range candidates {
				if string(q.certs[index]) == string(certificate.Raw) {
					ids = append(ids, index)
					break
				}
			}
		}
		out = append(out, ids)
	}
	return out
}

// Prints the subject of every certificate named on the command line as Go's pkix.Name.String writes it.
package main

import (
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"os"
	"strings"
)

// Shows control characters by their pictures, so that a name fits in a field of a table.
var onOneLine = strings.NewReplacer("\n", "␊", "\t", "␉")

func main() {
	for _, path := range os.Args[1:] {
		text, err := os.ReadFile(path)
		if err != nil {
			panic(err)
		}
		block, _ := pem.Decode(text)
		certificate, err := x509.ParseCertificate(block.Bytes)
		if err != nil {
			panic(fmt.Errorf("%s: %w", path, err))
		}
		fmt.Println(onOneLine.Replace(certificate.Subject.String()))
	}
}

// Asks Go which certificates it takes from each file of a folder, as a trust store and as the file of a key pair; see
// ../../README.md.
package main

import (
	"bytes"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strings"
)

// A key that is found and cannot be read, so that what X509KeyPair says of it means: the certificates were taken.
const key = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"

func main() {
	if len(os.Args) != 2 {
		log.Fatal("say which folder")
	}
	files, err := os.ReadDir(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("file\tgo-append\tgo-key-pair")
	for _, file := range files {
		input, err := os.ReadFile(filepath.Join(os.Args[1], file.Name()))
		if err != nil {
			log.Fatal(err)
		}
		fmt.Printf("%s\t%s\t%s\n", file.Name(), appended(input), paired(input))
	}
}

// appended asks AppendCertsFromPEM for one block after the other: a pool does not show what is in it.
func appended(input []byte) string {
	whole := x509.NewCertPool()
	whole.AppendCertsFromPEM(input)
	blocks := x509.NewCertPool()
	var taken [][]byte
	for len(input) > 0 {
		block, rest := pem.Decode(input)
		if block == nil {
			break
		}
		if x509.NewCertPool().AppendCertsFromPEM(input[:len(input)-len(rest)]) {
			taken = append(taken, block.Bytes)
			blocks.AppendCertsFromPEM(input[:len(input)-len(rest)])
		}
		input = rest
	}
	if !whole.Equal(blocks) {
		log.Fatal("the file gives another pool than its blocks")
	}
	return cell(taken, nil)
}

// paired says what X509KeyPair has taken when it looks at the key.
func paired(input []byte) string {
	_, err := tls.X509KeyPair(input, []byte(key))
	if !strings.Contains(err.Error(), "failed to parse private key") {
		return cell(nil, err)
	}
	var taken [][]byte
	for block, rest := pem.Decode(input); block != nil; block, rest = pem.Decode(rest) {
		if block.Type == "CERTIFICATE" {
			taken = append(taken, block.Bytes)
		}
	}
	return cell(taken, nil)
}

func cell(taken [][]byte, err error) string {
	var digests []string
	for _, der := range taken {
		digest := sha256.Sum256(der)
		digests = append(digests, fmt.Sprintf("%x", digest[:4]))
	}
	text := strings.Join(digests, ",")
	if text == "" {
		text = "-"
	}
	if err != nil {
		text += " !" + string(bytes.Join(bytes.Fields([]byte(fmt.Sprintf("%q", err.Error()))), []byte(" ")))
	}
	return text
}

package main

import (
	"encoding/asn1"
	"math/big"
	"strconv"
	"strings"
)

// DER is written by hand here, because what matters is what no library writes.

func der(tag byte, parts ...[]byte) []byte {
	var contents []byte
	for _, part := range parts {
		contents = append(contents, part...)
	}
	out := []byte{tag}
	switch n := len(contents); {
	case n < 0x80:
		out = append(out, byte(n))
	case n < 0x100:
		out = append(out, 0x81, byte(n))
	case n < 0x10000:
		out = append(out, 0x82, byte(n>>8), byte(n))
	default:
		out = append(out, 0x83, byte(n>>16), byte(n>>8), byte(n))
	}
	return append(out, contents...)
}

func sequence(parts ...[]byte) []byte { return der(0x30, parts...) }

func octets(contents []byte) []byte { return der(4, contents) }

func bits(padding byte, contents ...byte) []byte { return der(3, append([]byte{padding}, contents...)) }

func boolean(value bool) []byte {
	if value {
		return der(1, []byte{0xff})
	}
	return der(1, []byte{0})
}

func integer(value int64) []byte { return bigInteger(big.NewInt(value)) }

func bigInteger(value *big.Int) []byte {
	out, err := asn1.Marshal(value)
	if err != nil {
		panic(err)
	}
	return out
}

func oid(dotted string) []byte {
	var numbers []int
	for _, part := range strings.Split(dotted, ".") {
		number, err := strconv.Atoi(part)
		if err != nil {
			panic(err)
		}
		numbers = append(numbers, number)
	}
	out, err := asn1.Marshal(asn1.ObjectIdentifier(numbers))
	if err != nil {
		panic(err)
	}
	return out
}

func raw(text string) []byte { return []byte(text) }

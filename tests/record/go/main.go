// Command record writes down what Go's crypto/x509 decides, in the conformance format (see tests/it/conformance/).
//
//	go run . generate -seed 1 -cases 200 > new.json    random PKIs with Go's verdicts
//	go run . policies > policy.json                    chains with certificate policies, with Go's verdicts
//	go run . verify old.json > new.json                fresh verdicts for the cases of an existing file
//
// The verdicts are those of the Go release that runs the program, so run it with the release the engine re-enacts. The
// same seed gives PKIs of the same shape; keys and signatures differ from run to run.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"runtime"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "record:", err)
		os.Exit(2)
	}
}

func run(arguments []string) error {
	if len(arguments) == 0 {
		return fmt.Errorf("say `generate`, `policies` or `verify FILE`")
	}
	switch arguments[0] {
	case "generate":
		flags := flag.NewFlagSet("generate", flag.ContinueOnError)
		seed := flags.Uint64("seed", 1, "seed of the random shapes")
		cases := flags.Int("cases", 200, "how many cases")
		theme := flags.String("theme", "", "one theme only, see themes in generate.go")
		if err := flags.Parse(arguments[1:]); err != nil {
			return err
		}
		file := generate(rand.New(rand.NewPCG(*seed, 0)), *seed, *cases, *theme)
		return write(file)
	case "policies":
		return write(policyFile())
	case "verify":
		if len(arguments) != 2 {
			return fmt.Errorf("verify takes one file")
		}
		return reverify(arguments[1])
	}
	return fmt.Errorf("unknown command %q: say `generate`, `policies` or `verify FILE`", arguments[0])
}

func reverify(name string) error {
	text, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	var file File
	if err := json.Unmarshal(text, &file); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	for i := range file.Cases {
		file.judge(&file.Cases[i])
	}
	file.Engines = []string{engine}
	return write(&file)
}

func write(file *File) error {
	if "go-"+runtime.Version()[2:] != engine {
		fmt.Fprintf(os.Stderr, "record: this is %s, but the verdicts are labelled %s\n", runtime.Version(), engine)
	}
	return json.NewEncoder(os.Stdout).Encode(file)
}

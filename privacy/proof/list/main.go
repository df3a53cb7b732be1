// Command list writes the list of tests that carry promises; go generate runs it.
package main

import (
	"flag"
	"log"
	"os"

	"heed/privacy/proof"
)

func main() {
	root := flag.String("root", ".", "folder of the tree")
	out := flag.String("out", "tests.txt", "file to write")
	flag.Parse()
	found, err := proof.Find(os.DirFS(*root))
	if err == nil {
		err = os.WriteFile(*out, []byte(proof.Print(found)), 0o644)
	}
	if err != nil {
		log.Fatal(err)
	}
}

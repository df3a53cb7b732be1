package main

import (
	"errors"
	"log"

	"github.com/gordonklaus/ineffassign/pkg/ineffassign"
	"github.com/kisielk/errcheck/errcheck"
	"github.com/nishanths/exhaustive/passes/exhaustive"
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/multichecker"
	"golang.org/x/tools/go/analysis/passes/atomicalign"
	"golang.org/x/tools/go/analysis/passes/deepequalerrors"
	"golang.org/x/tools/go/analysis/passes/nilness"
	"golang.org/x/tools/go/analysis/passes/reflectvaluecompare"
	"golang.org/x/tools/go/analysis/passes/sortslice"
	"golang.org/x/tools/go/analysis/passes/unusedwrite"
	"golang.org/x/tools/go/analysis/passes/waitgroup"
)

func main() {
	// Switches on our own closed lists name every member, or have a default,
	// which is an answer for those they do not name.
	flags := &exhaustive.Analyzer.Flags
	if err := errors.Join(flags.Set("d", "true"), flags.Set("typeonly", "^heed/")); err != nil {
		log.Fatal(err)
	}
	multichecker.Main(analyzers()...)
}

// analyzers are the checks, each with what it has to be here for.
func analyzers() []*analysis.Analyzer {
	return []*analysis.Analyzer{
		errcheck.Analyzer,            // an error nobody looked at
		exhaustive.Analyzer,          // a state or kind that a switch forgot
		ineffassign.Analyzer,         // a value that is overwritten unread
		nilness.Analyzer,             // nil that is followed
		unusedwrite.Analyzer,         // a field written to a copy
		deepequalerrors.Analyzer,     // errors compared by their insides
		reflectvaluecompare.Analyzer, // reflect.Values compared with ==
		sortslice.Analyzer,           // sort.Slice on what is no slice
		atomicalign.Analyzer,         // 64-bit atomics that tear on 32-bit machines
		waitgroup.Analyzer,           // Add behind the go statement it counts
	}
}

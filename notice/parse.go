package notice

import (
	"strings"

	"heed/notice/strict"
)

// Parse reads a notice file. All faults of form are reported together, in the
// order of the file: what YAML forbids, keys nobody knows, values of the wrong
// type, words that are on no list. The Notice is nil only where the file is not
// YAML at all; with errors it serves to find more of them and for nothing else.
func Parse(file string, src []byte) (*Notice, []Problem) {
	doc, problems := strict.Parse(file, src)
	if doc == nil {
		return nil, ofForm(problems)
	}
	n, ps := decode(doc, src)
	return n, sortProblems(append(ofForm(problems), ps...))
}

func decode(doc *strict.Document, src []byte) (*Notice, []Problem) {
	n := &Notice{doc: doc, source: append([]byte(nil), src...)}
	problems := ofForm(doc.Decode(n))
	return n, append(problems, n.vocabulary()...)
}

// Open is one value that is still to be decided.
type Open struct {
	Path string
	Pos  strict.Pos
}

// Undecided returns every value the file leaves open, in its order. The words
// of sentences are no values.
func (n *Notice) Undecided() []Open {
	var out []Open
	for path, text := range n.doc.Scalars {
		if text == decide || strings.HasPrefix(text, decide+" after ") {
			out = append(out, Open{path, n.Pos(path)})
		}
	}
	return out
}

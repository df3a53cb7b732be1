package ui

import "strings"

// Hints stand under a text and say what it seems to hold beyond what is needed.
// All of them are in the page; while somebody types, the answer to a kept draft
// names those to show (HintHeader), and draft.ts shows them. The form posts
// hinted: the kinds that were shown, so that a form which is sent without script,
// or before its draft was kept, can come back once and not twice.
type Hints []Hint

// Hint is one of them.
type Hint struct {
	Kind   string // a word, such as "card"
	Shown  bool
	Banner Banner
}

// HintHeader is the header in which the answer to a kept draft names the kinds of
// hints to show, separated by spaces.
const HintHeader = "Heed-Hint"

// seen are the kinds that are shown, as the form posts them.
func (h Hints) seen() string {
	var kinds []string
	for _, x := range h {
		if x.Shown {
			kinds = append(kinds, x.Kind)
		}
	}
	return strings.Join(kinds, " ")
}

package ticket

import (
	"context"
	"regexp"
	"strings"

	"heed/kernel/fault"
	"heed/kernel/store"
)

// marking finds a line that marks a text in the way of the Government Security
// Classifications (Cabinet Office): the word alone or with caveats, in capitals,
// at the start of a line or in brackets.
var marking = regexp.MustCompile(`(?m)^[\s>*_#\[(-]*(?:UK )?(TOP SECRET|SECRET)\b[A-Z0-9 \t/:,.\-–()\[\]*_]*\r?$|[\[(](?:UK )?(TOP SECRET|SECRET)[A-Z0-9 /:\-–]*[\])]`)

// Marked is the key of the fault of a text that is marked too high.
const Marked = "ticket.marked"

// MarkedAbove returns the marking that puts a text above a ceiling such as
// OFFICIAL, or "". Without a ceiling nothing is above it.
func MarkedAbove(ceiling string, texts ...string) string {
	if ceiling == "" {
		return ""
	}
	for _, t := range texts {
		for _, found := range marking.FindAllStringSubmatch(t, -1) {
			if word := found[1] + found[2]; !strings.EqualFold(word, ceiling) {
				return word
			}
		}
	}
	return ""
}

// WithinCeiling refuses texts that are marked above what the controller's notice
// lets its desk hold (CAB-01). Every way in asks it before anything is kept.
func (s *Service) WithinCeiling(controller int64, texts ...string) error {
	if s.Ceiling == nil {
		return nil
	}
	ceiling := s.Ceiling(controller)
	if word := MarkedAbove(ceiling, texts...); word != "" {
		return fault.Invalid("ticket.marked", "This is marked %s, and this desk may hold nothing above %s. Nothing of it was kept. Describe the problem without what is marked, or ask your security officer which way to use.", word, ceiling).On("body")
	}
	return nil
}

// draftWithinCeiling refuses to keep a draft that is marked too high for the desk
// of whoever types it.
func (s *Service) draftWithinCeiling(ctx context.Context, tx *store.Tx, d Draft) error {
	texts := make([]string, 0, len(d))
	for _, v := range d {
		texts = append(texts, v)
	}
	if s.Ceiling == nil || MarkedAbove("none", texts...) == "" {
		return nil
	}
	me, err := s.People.Person(ctx, tx, tx.Actor().PersonID())
	if err != nil {
		return err
	}
	return s.WithinCeiling(me.Controller, texts...)
}

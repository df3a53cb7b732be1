package view

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"heed/kernel/web/ui"
)

func said(key string, _ ...any) string { return key }

// Each line of an error summary leads to its field; a line without a field is
// about the whole form.
func TestProblemsLeadToTheirFields(t *testing.T) {
	t.Parallel()
	wrong := ui.Input{Error: "wrong"}
	for _, tc := range []struct {
		name string
		got  []ui.Problem
		want []ui.Problem
	}{
		{"a form without errors has no summary", AskForHelp{}.problems(), nil},
		{
			"asking for help, in the order of the form",
			AskForHelp{Trouble: "stale", Subject: wrong, Body: wrong, For: wrong, FilesErr: "large", Service: &ui.Choices{Error: "choose"}}.problems(),
			[]ui.Problem{{Text: "stale"}, {Field: "subject", Text: "wrong"}, {Field: "service", Text: "choose"}, {Field: "body", Text: "wrong"}, {Field: "files", Text: "large"}, {Field: "for", Text: "wrong"}},
		},
		{
			"logging a call: a missing caller leads to the search",
			LogCall{Error: "choose", Kind: ui.Choices{ID: "kind", Error: "choose"}}.problems(),
			[]ui.Problem{{Field: "q", Text: "choose"}, {Field: "kind", Text: "choose"}},
		},
		{
			"a confirmation with a question",
			Confirm{Question: &ui.Field{ID: "body", Error: "say why"}}.problems(),
			[]ui.Problem{{Field: "body", Text: "say why"}},
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tc.want, tc.got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestWhatHappensNextKeepsTheWordsOfTheHandler(t *testing.T) {
	t.Parallel()
	p := Request{Frame: ui.Frame{T: said}, Next: ui.Banner{Text: "Priya writes to you."}}
	if got := p.next(); got.Strong != "portal.request.next" || got.Icon != ui.IconRight {
		t.Errorf("an unnamed banner became %+v", got)
	}
	p.Next = ui.Banner{Strong: "Solved.", Icon: ui.IconCheck, Text: "It closes on Tuesday."}
	if diff := cmp.Diff(p.Next, p.next()); diff != "" {
		t.Errorf("a banner with its own words was changed:\n%s", diff)
	}
}

package ticket_test

import (
	"testing"

	"heed/ticket"
)

func TestAMarkingIsFoundWhereMarkingsStand(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ text, want string }{
		{"SECRET\n\nThe list of names.", "SECRET"},
		{"TOP SECRET", "TOP SECRET"},
		{"UK SECRET - UK EYES ONLY\nBody", "SECRET"},
		{"Subject line [SECRET]", "SECRET"},
		{"> SECRET//CAVEAT\n> quoted", "SECRET"},
		{"> SECRET\r\n> quoted", "SECRET"},
		{"  **TOP SECRET**  ", "TOP SECRET"},
		{"OFFICIAL\nNothing above.", ""},
		{"OFFICIAL-SENSITIVE", ""},
		{"My secret question does not work", ""},
		{"SECRET santa list is on the printer", ""},
		{"The client SECRET in the settings is wrong", ""},
		{"", ""},
	} {
		if got := ticket.MarkedAbove("OFFICIAL", tc.text); got != tc.want {
			t.Errorf("%q: found %q, want %q", tc.text, got, tc.want)
		}
		if got := ticket.MarkedAbove("", tc.text); got != "" {
			t.Errorf("%q: without a ceiling found %q", tc.text, got)
		}
	}
}

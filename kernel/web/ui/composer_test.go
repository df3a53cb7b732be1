package ui

import "testing"

func TestTheComposerNamesWhoeverGetsAReply(t *testing.T) {
	t.Parallel()
	words := SendWords{
		None: "Choose", One: "Send to {name}", Two: "Send to {name} and 1 other", More: "Send to {name} and {n} others",
		Mail: "by mail to {names}.", NoMail: "no mail.", Nobody: "nobody.",
	}
	ana, bo, cy := Recipient{Text: "Ana", Mail: true}, Recipient{Text: "Bo"}, Recipient{Text: "Cy", Mail: true}
	left := ana
	left.Left = true
	for name, c := range map[string]struct {
		to           []Recipient
		button, line string
	}{
		"one":                         {[]Recipient{ana}, "Send to Ana", "by mail to Ana."},
		"one whom no mail reaches":    {[]Recipient{bo}, "Send to Bo", "no mail."},
		"two, one of them by mail":    {[]Recipient{ana, bo}, "Send to Ana and 1 other", "by mail to Ana."},
		"three":                       {[]Recipient{ana, bo, cy}, "Send to Ana and 2 others", "by mail to Ana, Cy."},
		"the first of two left out":   {[]Recipient{left, cy}, "Send to Cy", "by mail to Cy."},
		"everybody left out":          {[]Recipient{left}, "Choose", "nobody."},
		"nobody is there to be asked": {nil, "Choose", "nobody."},
	} {
		if button, line := words.Words(c.to); button != c.button || line != c.line {
			t.Errorf("%s: %q, %q", name, button, line)
		}
	}
}

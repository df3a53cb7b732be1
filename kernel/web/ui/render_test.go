package ui

import (
	"context"
	"strings"
	"testing"

	"github.com/a-h/templ"
)

func said(key string, _ ...any) string { return key }

func render(t *testing.T, c templ.Component) string {
	t.Helper()
	var b strings.Builder
	if err := c.Render(context.Background(), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestAMaskedValueIsNotInThePage(t *testing.T) {
	t.Parallel()
	fact := Fact{Label: "Born", Value: "7 March 1991", Mask: &Mask{ID: "m", Label: "date of birth"}}
	html := render(t, Facts(said, []Fact{fact}))
	if strings.Contains(html, "1991") {
		t.Errorf("a masked fact shows its value:\n%s", html)
	}
	if !strings.Contains(html, "ui.mask.why") {
		t.Errorf("the mask does not ask for a reason:\n%s", html)
	}
}

func TestTextIsNeverMarkup(t *testing.T) {
	t.Parallel()
	const attack = `"><script>alert(1)</script><img src=x onerror=alert(1)>`
	for name, c := range map[string]templ.Component{
		"plain text": Text(attack),
		"button":     Button{Text: attack, Href: attack, Key: attack}.Show(),
		"field":      Field{ID: "a", Label: attack, Value: attack, Hint: attack, Placeholder: attack}.Show(),
		"chip":       Chip{Text: attack, Tone: Tone(attack), Icon: Icon(attack)}.Show(),
		"clause":     Clause{Text: attack, Ref: attack, Href: attack}.Show(),
		"file":       File{Name: attack, Size: attack, Href: attack}.Show(),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			html := render(t, c)
			if strings.Contains(html, "<script") || strings.Contains(html, "<img") {
				t.Errorf("what somebody wrote became markup:\n%s", html)
			}
		})
	}
}

func TestAnAddressWithAScriptIsNotALink(t *testing.T) {
	t.Parallel()
	for _, html := range []string{
		render(t, Link{Text: "x", Href: "javascript:alert(1)"}.Show()),
		render(t, Button{Text: "x", Href: "JaVaScRiPt:alert(1)"}.Show()),
		render(t, File{Name: "x", Href: "data:text/html,x"}.Show()),
	} {
		if strings.Contains(strings.ToLower(html), "javascript:") || strings.Contains(html, "data:text") {
			t.Errorf("an address that runs code is a link:\n%s", html)
		}
	}
}

func TestANoteWithoutTheRightToReplyHasNoRecipients(t *testing.T) {
	t.Parallel()
	html := render(t, Composer{CanNote: true, Mode: ModeNote, Recipients: []Recipient{{Value: "p1", Text: "Ana"}}}.Show(said))
	for _, part := range []string{`name="to"`, `value="reply"`, `data-kind="reply"`} {
		if strings.Contains(html, part) {
			t.Errorf("a composer for notes only holds %s:\n%s", part, html)
		}
	}
}

func TestTheDeskKeysHaveTheirWords(t *testing.T) {
	t.Parallel()
	html := render(t, keysheet(Frame{T: said}, Rail{Groups: []RailGroup{{Views: []View{{Text: "Team ONE", Go: "1"}, {Text: "No key"}}}}}))
	for _, k := range deskKeys() {
		if !strings.Contains(html, "ui.keys."+k.name) {
			t.Errorf("the sheet of keys lacks %s", k.name)
		}
	}
	if !strings.Contains(html, "<kbd>1</kbd></dt><dd>Team ONE</dd>") || strings.Contains(html, "No key") {
		t.Errorf("the sheet does not say which letters lead to which list:\n%s", html)
	}
}

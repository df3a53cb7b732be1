package ui

import (
	"strings"
	"testing"
)

func TestBarsAreDrawnToScaleAndSaidInNumbers(t *testing.T) {
	t.Parallel()
	b := Bars{ID: "b", Title: "Records by day", Say: "5 in 3 days.", Step: "Day", Count: "Records", Bars: []Bar{{"Monday", 4}, {"Tuesday", 0}, {"Wednesday", 1}}}
	html := render(t, b.Show(said))
	if strings.Count(html, "<rect") != 2 || !strings.Contains(html, `height="64"`) || !strings.Contains(html, `height="16"`) {
		t.Errorf("two bars of 4 to 1 are wanted:\n%s", html)
	}
	for _, want := range []string{`role="img"`, `aria-labelledby="b-title b-says"`, `<title id="b-title">Records by day</title>`, `<desc id="b-says">5 in 3 days.</desc>`, ">Wednesday<"} {
		if !strings.Contains(html, want) {
			t.Errorf("without %s:\n%s", want, html)
		}
	}
	if few := render(t, Bars{Bars: []Bar{{"a", 10_000}, {"b", 1}}}.Show(said)); !strings.Contains(few, `height="2"`) {
		t.Errorf("one beside ten thousand is not seen:\n%s", few)
	}
	if none := render(t, Bars{}.Show(said)); none != "" {
		t.Errorf("nothing is drawn as %q", none)
	}
}

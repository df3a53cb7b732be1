package ui

import (
	"encoding/json"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestInitials(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"Ana Ruiz":           "AR",
		"Miguel Ruiz Ferrer": "MF",
		"Østen":              "Ø",
		"":                   "",
		"  two  spaces ":     "ts",
	} {
		if got := Initials(name); got != want {
			t.Errorf("Initials(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestTextIsPartedAtEmptyLines(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name, text string
		want       [][]string
	}{
		{"nothing gives nothing", "", nil},
		{"one line is one paragraph", "a", [][]string{{"a"}}},
		{"a line break stays inside", "a\nb", [][]string{{"a", "b"}}},
		{"an empty line parts", "a\n\nb", [][]string{{"a"}, {"b"}}},
		{"Windows line ends and blank lines of spaces part too", "a\r\n \r\n\r\nb\r\n", [][]string{{"a"}, {"b"}}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tc.want, paragraphs(tc.text)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestAFieldIsDescribedByWhatStandsThere(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name  string
		field Field
		want  string
	}{
		{"nothing to describe", Field{ID: "a"}, ""},
		{"hint, reason and error, in reading order", Field{ID: "a", Hint: "h", Why: "w", Error: "e"}, "a-hint a-why a-error"},
		{"error alone", Field{ID: "a", Error: "e"}, "a-error"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			if got := tc.field.describedBy(); got != tc.want {
				t.Errorf("describedBy() = %q, want %q", got, tc.want)
			}
		})
	}
}

func TestAPauseIsDrawnAtItsTrueWidth(t *testing.T) {
	t.Parallel()
	m := Meter{Stretches: []Stretch{{Minutes: 290}, {Minutes: 285, Paused: true}, {Minutes: 250}, {Minutes: 180, Ahead: true}}}
	bars, now := m.bars()
	want := []bar{
		{x: "0.00%", width: "28.86%", kind: "used"},
		{x: "28.86%", width: "28.36%", kind: "pause"},
		{x: "57.21%", width: "24.88%", kind: "used"},
		{x: "82.09%", width: "17.91%", kind: "ahead"},
	}
	if diff := cmp.Diff(want, bars, cmp.AllowUnexported(bar{})); diff != "" {
		t.Error(diff)
	}
	if now != "82.09%" {
		t.Errorf("now stands at %s, want 82.09%%, where the part ahead begins", now)
	}
}

func TestAMeterNeverDrawsOutsideItself(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		minutes := rapid.SliceOfN(rapid.IntRange(-5, 10_000), 0, 12).Draw(rt, "minutes")
		m := Meter{}
		for i, n := range minutes {
			m.Stretches = append(m.Stretches, Stretch{Minutes: n, Paused: i%2 == 1, Ahead: i == len(minutes)-1})
		}
		bars, now := m.bars()
		for _, b := range bars {
			if strings.HasPrefix(b.x, "-") || strings.HasPrefix(b.width, "-") || len(b.x) > len("100.00%") {
				rt.Fatalf("bar %+v lies outside the line", b)
			}
		}
		if len(bars) > 0 && now == "" {
			rt.Fatal("a drawn line has no now")
		}
	})
}

// The icons named here and those in the sprite are one list: a missing one would
// be an empty square on a page, which no other test sees.
func TestIconsAreThoseOfTheSprite(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile("../assets/icons.json")
	if err != nil {
		t.Fatal(err)
	}
	var sprite map[string]string
	if err := json.Unmarshal(raw, &sprite); err != nil {
		t.Fatal(err)
	}
	source, err := os.ReadFile("icon.go")
	if err != nil {
		t.Fatal(err)
	}
	var named []string
	for _, m := range regexp.MustCompile(`Icon = "([a-z-]+)"`).FindAllStringSubmatch(string(source), -1) {
		named = append(named, m[1])
	}
	drawn := make([]string, 0, len(sprite))
	for name := range sprite {
		drawn = append(drawn, name)
	}
	slices.Sort(named)
	slices.Sort(drawn)
	if diff := cmp.Diff(named, drawn); diff != "" {
		t.Errorf("icon.go names what assets/icons.json does not draw, or the other way round:\n%s", diff)
	}
}

func TestTheTitleNamesThePageFirst(t *testing.T) {
	t.Parallel()
	f := Frame{Title: "IT-1, solved: Printer", Brand: Brand{Name: "Northgate"}}
	if got, want := f.fullTitle(), "IT-1, solved: Printer | Northgate"; got != want {
		t.Errorf("fullTitle() = %q, want %q", got, want)
	}
}

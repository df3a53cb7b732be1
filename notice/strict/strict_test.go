package strict_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"heed/notice/strict"
)

type level int

func (l *level) UnmarshalText(text []byte) error {
	switch string(text) {
	case "low":
		*l = 1
	case "high":
		*l = 2
	default:
		return fmt.Errorf("%q is no level; write low or high", text)
	}
	return nil
}

type part struct {
	Name  string   `yaml:",key"`
	Kinds []string `yaml:"kinds"`
	Level level    `yaml:"level"`
}

type step struct {
	ID   string `yaml:"id,required"`
	Says string `yaml:"says"`
}

type whole struct {
	All []step `yaml:",list"`
	One string `yaml:"one"`
}

type sample struct {
	Title string `yaml:"title,required"`
	Count int    `yaml:"count"`
	Open  bool   `yaml:"open"`
	Parts []part `yaml:"parts"`
	Steps []step `yaml:"steps"`
	Whole whole  `yaml:"whole"`
	Deep  *part  `yaml:"deep"`
}

func read(src string) (sample, *strict.Document, []string) {
	var s sample
	doc, problems := strict.Parse("f.yaml", []byte(src))
	if doc != nil {
		problems = strict.Sort(append(problems, doc.Decode(&s)...))
	}
	var out []string
	for _, p := range problems {
		out = append(out, p.String())
	}
	return s, doc, out
}

func TestAGoodFileFillsTheStruct(t *testing.T) {
	t.Parallel()
	got, _, problems := read("\xef\xbb\xbf" + `# a comment
title: >-
  two
  lines
count: 3
open: true
parts:
  first: {kinds: [a, b], level: low}
  second:
    kinds: only
  third:
steps:
  - id: go
    says: "yes: really"
whole:
  - id: x
deep: {level: high}
`)
	if len(problems) > 0 {
		t.Fatalf("problems: %v", problems)
	}
	want := sample{
		Title: "two lines", Count: 3, Open: true,
		Parts: []part{{"first", []string{"a", "b"}, 1}, {"second", []string{"only"}, 0}, {Name: "third"}},
		Steps: []step{{"go", "yes: really"}}, Whole: whole{All: []step{{ID: "x"}}}, Deep: &part{Level: 2},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestEveryFaultIsNamedWithItsPlace(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name string
		src  string
		want []string
	}{
		{"an unknown key is answered with the nearest one", "titel: x\ntitle: y\n", []string{
			`f.yaml:1:1: unknown key "titel" in the file; did you mean "title"?`,
		}},
		{"a key far from any other is answered with the list", "title: y\nparts:\n  a: {colour: red}\n", []string{
			`f.yaml:3:7: unknown key "colour" in parts.a; known here: kinds, level`,
		}},
		{"all faults of a file come together, in its order", "title: y\ncount: many\nopen: yes\nparts: [x]\nsteps: {a: b}\nnope: 1\n", []string{
			`f.yaml:2:8: count is "many"; it should be a whole number`,
			`f.yaml:3:7: open is "yes"; it should be true or false`,
			`f.yaml:4:9: parts[0] is a single value; it should be a mapping with the keys kinds, level`,
			`f.yaml:5:1: steps is a mapping of keys; it should be a list`,
			`f.yaml:6:1: unknown key "nope" in the file; did you mean "open"?`,
		}},
		{"a value reads itself", "title: y\nparts:\n  a:\n    level: medium\n", []string{
			`f.yaml:4:12: parts.a.level: "medium" is no level; write low or high`,
		}},
		{"a key given twice", "title: y\ncount: 1\ncount: 2\n", []string{
			`f.yaml:3:1: "count" is given twice; it stands on line 2 already, keep one of them`,
		}},
		{"an id given twice", "title: y\nsteps:\n  - id: a\n  - {id: a}\n", []string{
			`f.yaml:4:6: the id "a" is taken on line 3 already; give this one its own`,
		}},
		{"a missing key", "count: 1\n", []string{`f.yaml:1:1: the file lacks the key "title"`}},
		{"a missing key in a list", "title: y\nsteps:\n  - says: hm\n", []string{`f.yaml:3:5: steps[0] lacks the key "id"`}},
		{"a key without a value", "title: y\ncount:\n", []string{`f.yaml:2:1: count has no value; give it one or leave the key out`}},
		{"a list where one value belongs", "title: [a]\n", []string{`f.yaml:1:1: title is a list; it should be a single value`}},
		{"an anchor", "title: &a y\n", []string{`f.yaml:1:8: anchors, aliases and merges (&, *, <<) are not used here; write the value out`}},
		{"an alias", "title: *a\n", []string{`f.yaml:1:8: anchors, aliases and merges (&, *, <<) are not used here; write the value out`}},
		{"a tag", "title: !!str y\n", []string{`f.yaml:1:8: tags and directives (!, %) are not used here; write the plain value`}},
		{"a second document", "title: y\n---\ntitle: z\n", []string{`f.yaml:3:1: a second document starts here; one file holds one document`}},
		{"no document", "# nothing\n", []string{`f.yaml: the file is empty`}},
		{"bytes that are no text", "title: y\ncount: \xff\n", []string{`f.yaml:2:8: this byte is not UTF-8; save the file as UTF-8`}},
		{"deep nesting", strings.Repeat("[", 30), []string{`f.yaml:1:25: this is nested deeper than 24 levels; no notice needs that`}},
		{"deep lists", strings.Repeat("- ", 30), []string{`f.yaml:1:49: this is nested deeper than 24 levels; no notice needs that`}},
		{"a file that is a list", "- a\n", []string{`f.yaml:1:1: the file is a list; it should be a mapping with the keys title, count, open, parts, steps, whole, deep`}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			_, _, got := read(tc.src)
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestBrokenYAMLIsReportedAtItsLine(t *testing.T) {
	t.Parallel()
	_, doc, got := read("title: y\nparts: {a: [b\n")
	if doc != nil || len(got) != 1 || !strings.HasPrefix(got[0], "f.yaml:2:") || !strings.Contains(got[0], "not well-formed YAML") {
		t.Errorf("got %v", got)
	}
}

func TestLargeFilesAreRefusedUnread(t *testing.T) {
	t.Parallel()
	_, doc, got := read(strings.Repeat("#", strict.MaxBytes+1))
	if doc != nil || len(got) != 1 || !strings.Contains(got[0], "at most 262144") {
		t.Errorf("got %v", got)
	}
}

// Each of these would keep the parser busy for minutes if it were let through.
func TestHostileFilesAreRefusedBeforeTheyAreParsed(t *testing.T) {
	t.Parallel()
	for name, unit := range map[string]string{"brackets": "[", "braces": "{", "dashes": "- ", "keys": "? ", "tags": "!a ", "anchors": "&a ", "lines": "a: |\n", "pairs": "a: b\n", "dash lines": "-\n"} {
		doc, problems := strict.Parse("f.yaml", []byte(strings.Repeat(unit, strict.MaxBytes/len(unit)/3)))
		if doc != nil || len(problems) != 1 || strings.Contains(problems[0].Text, "well-formed") {
			t.Errorf("%s: document %v, problems %v; want a refusal before parsing", name, doc != nil, problems)
		}
	}
}

func TestValuesAreFoundByPath(t *testing.T) {
	t.Parallel()
	_, doc, _ := read("title: y\nsteps:\n  - id: go\n    says: a\n  - says: b\nparts:\n  x: {kinds: [p, q]}\n")
	for path, want := range map[string]strict.Pos{
		"title": {1, 1}, "steps.go": {3, 5}, "steps.go.says": {4, 5}, "steps[1].says": {5, 5}, "parts.x.kinds[1]": {7, 18},
		"steps.go.id.nothing": {3, 5}, "parts.x.level": {7, 3}, "elsewhere": {1, 1},
	} {
		if got := doc.Pos(path); got != want {
			t.Errorf("%s stands at %v, want %v", path, got, want)
		}
	}
	if got, ok := doc.Text("parts.x.kinds[0]"); !ok || got != "p" {
		t.Errorf("parts.x.kinds[0] is %q, %v", got, ok)
	}
	if _, ok := doc.Text("parts.x"); ok {
		t.Error("a mapping has a text")
	}
	var paths []string
	for p := range doc.Scalars {
		paths = append(paths, p)
	}
	want := []string{"title", "steps.go.id", "steps.go.says", "steps[1].says", "parts.x.kinds[0]", "parts.x.kinds[1]"}
	if diff := cmp.Diff(want, paths); diff != "" {
		t.Errorf("scalars (-want +got):\n%s", diff)
	}
}

func TestAColonWithoutASpaceBelongsToTheWord(t *testing.T) {
	t.Parallel()
	for _, src := range []string{"{x: {kinds: [a, team:IT]}}", "\n x: {kinds: [a, team:IT ]}", "\n x:\n  kinds:\n  - a\n  - team:IT"} {
		s, _, problems := read("title: y\nparts: " + src + "\n")
		if len(problems) > 0 || len(s.Parts) != 1 || strings.Join(s.Parts[0].Kinds, " ") != "a team:IT" {
			t.Errorf("%q: %+v, %v", src, s.Parts, problems)
		}
	}
	if _, _, problems := read("title: y\nparts: {x: {kinds: [a, team: IT]}}\n"); len(problems) == 0 {
		t.Error("a mapping in a list of words was accepted")
	}
}

func TestASingleValueCanBeReplaced(t *testing.T) {
	t.Parallel()
	_, doc, _ := read("title: y\nparts: {x: {kinds: [p]}}\n")
	if err := doc.Replace("parts.x.kinds[0]", "r"); err != nil {
		t.Fatal(err)
	}
	var s sample
	if ps := doc.Decode(&s); len(ps) > 0 || s.Parts[0].Kinds[0] != "r" {
		t.Errorf("got %+v, %v", s, ps)
	}
	if err := doc.Replace("parts.y", "r"); err == nil {
		t.Error("what is not there was replaced")
	}
	if err := doc.Replace("parts.x", "r"); err == nil {
		t.Error("a mapping was replaced by a single value")
	}
}

func TestTheNearestWordIsNearEnough(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ word, want string }{
		{"asigned_team", "assigned_team"}, {"Team", "team"}, {"taem", "team"}, {"retain", ""}, {"assigned", "assigned_team"}, {strings.Repeat("x", 100), ""},
	} {
		if got, _ := strict.Nearest(tc.word, []string{"team", "assigned_team", "purpose"}); got != tc.want {
			t.Errorf("%q: got %q, want %q", tc.word, got, tc.want)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte("title: y\nparts:\n  a: {kinds: [b], level: low}\nsteps:\n- id: x\n"))
	f.Add([]byte("a: |\n  x\n b: >-\n c\n"))
	f.Add([]byte("{a: [b, {c: d}]}"))
	f.Add([]byte("? a\n: b\n"))
	f.Add([]byte("a: 'x\n\t\"y"))
	f.Add([]byte("- - - a\n-\n"))
	f.Fuzz(func(t *testing.T, src []byte) {
		doc, problems := strict.Parse("f.yaml", src)
		if doc == nil {
			if len(problems) == 0 {
				t.Fatal("neither a document nor a problem")
			}
			return
		}
		var s sample
		problems = append(problems, doc.Decode(&s)...)
		for _, p := range problems {
			if p.Text == "" || p.Line < 0 || p.Column < 0 {
				t.Fatalf("a problem without words or place: %+v", p)
			}
		}
		for _, path := range doc.Paths() {
			if !doc.Has(path) {
				t.Fatalf("path %q is listed and not there", path)
			}
		}
	})
}

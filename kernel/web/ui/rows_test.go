package ui

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

// printOf is the print that the rows of a drawn list carry.
func printOf(t *testing.T, html string) string {
	t.Helper()
	found := regexp.MustCompile(`data-print="([^"]+)"`).FindStringSubmatch(html)
	if found == nil {
		t.Fatalf("the rows carry no print:\n%s", html)
	}
	return found[1]
}

func TestRowsThatAPageShowsAlreadyAreNotSentAgain(t *testing.T) {
	t.Parallel()
	list := func() Queue {
		return Queue{Rows: []QueueRow{{Ref: "A-1", Subject: "Printer", Href: "/a/1"}, {Ref: "A-2", Subject: "Login", Href: "/a/2"}}}
	}
	shown := printOf(t, render(t, list().Show(said)))

	for name, c := range map[string]struct {
		change func(*Queue)
		same   bool
		marked string
	}{
		"the same rows, none open":    {func(*Queue) {}, true, ""},
		"the same rows, another open": {func(q *Queue) { q.Rows[1].Current = true }, true, "/a/2"},
		"a row says something else":   {func(q *Queue) { q.Rows[0].Subject = "Scanner" }, false, ""},
		"somebody is there now":       {func(q *Queue) { q.Rows[0].Here = []Presence{{Name: "Ana Ruiz", Text: "Ana Ruiz is here"}} }, false, ""},
		"a row went":                  {func(q *Queue) { q.Rows = q.Rows[:1] }, false, ""},
		"the order is another":        {func(q *Queue) { q.Rows[0], q.Rows[1] = q.Rows[1], q.Rows[0] }, false, ""},
		"rows have one line now":      {func(q *Queue) { q.Lines.One = true }, false, ""},
		"rows can be ticked now":      {func(q *Queue) { q.Bulk.Action = "/bulk" }, false, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			q := list()
			q.Shown = shown
			c.change(&q)
			html := render(t, q.Show(said))
			if sent := strings.Contains(html, "row-main"); sent == c.same {
				t.Fatalf("rows sent: %t\n%s", sent, html)
			}
			if c.same && !strings.Contains(html, `data-same="`+c.marked+`"`) {
				t.Errorf("the page does not say that %q is open:\n%s", c.marked, html)
			}
		})
	}
}

func TestAListThatNobodyAsksToSpareIsSentWithItsMark(t *testing.T) {
	t.Parallel()
	q := Queue{Rows: []QueueRow{{Ref: "A-1", Href: "/a/1"}, {Ref: "A-2", Href: "/a/2", Current: true}}}
	html := render(t, q.Show(said))
	if strings.Count(html, "row-main") != 2 || strings.Count(html, `aria-current="true"`) != 1 || strings.Contains(html, "data-same") {
		t.Errorf("two rows and one mark are wanted:\n%s", html)
	}
}

func TestARowSaysWhatWasChosen(t *testing.T) {
	t.Parallel()
	row := QueueRow{
		Ref: "A-1", Subject: "Printer", Href: "/a/1", Person: "Ana Ruiz", Team: "Service Desk", Owner: "Kwame Mensah",
		Event: "P3", EventAt: When{Text: "11:06"}, Chip: &Chip{Text: "Waiting"},
	}
	all := map[string]string{"state": "Waiting", "team": "Service Desk", "owner": "Kwame Mensah", "priority": "P3", "changed": "11:06"}
	for name, c := range map[string]struct{ chosen, want []string }{
		"nothing was chosen yet":  {nil, []string{"state", "priority", "changed"}},
		"nothing is wanted":       {[]string{""}, nil},
		"a few":                   {[]string{"owner", "state"}, []string{"state", "owner"}},
		"everything":              {[]string{"state", "team", "owner", "priority", "changed"}, []string{"state", "team", "owner", "priority", "changed"}},
		"what nobody knows, also": {[]string{"salary", "team"}, []string{"team"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			html := render(t, Queue{Rows: []QueueRow{Columns{Chosen: ColumnsOf(c.chosen)}.Row(row)}}.Show(said))
			for column, text := range all {
				if strings.Contains(html, text) != slices.Contains(c.want, column) {
					t.Errorf("%q is shown: %t", text, strings.Contains(html, text))
				}
			}
			if !strings.Contains(html, "Ana Ruiz") || !strings.Contains(html, "Printer") {
				t.Error("subject and person are always said")
			}
		})
	}
}

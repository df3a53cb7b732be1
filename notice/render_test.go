package notice_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"heed/notice"
)

func render(t *testing.T, n *notice.Notice, o notice.Options) string {
	t.Helper()
	o.Packs = facts(t).Packs
	out, err := notice.Render(n, o)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

func TestThePublicPages(t *testing.T) {
	t.Parallel()
	for _, policy := range policies() {
		golden(t, "pages/"+policy+".html", render(t, decided(t, policy), notice.Options{Stylesheets: []string{"/assets/heed.css"}}))
	}
	golden(t, "pages/tmu-ccs-helpdesk.fr.html", render(t, decided(t, "tmu-ccs-helpdesk"), notice.Options{Language: "fr"}))
	golden(t, "pages/ljmu-helpdesk.draft.html", render(t, published(t, "ljmu-helpdesk"), notice.Options{}))
}

// elements calls yield for every element of a page.
func elements(t *testing.T, page string, yield func(*html.Node)) {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	for n := range doc.Descendants() {
		if n.Type == html.ElementNode {
			yield(n)
		}
	}
}

func attr(n *html.Node, key string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val, true
		}
	}
	return "", false
}

func TestPagesCanBeReadByEverybody(t *testing.T) {
	t.Parallel()
	for _, policy := range policies() {
		for _, lang := range notice.Languages() {
			t.Run(policy+" in "+lang, func(t *testing.T) {
				t.Parallel()
				assertAccessible(t, render(t, decided(t, policy), notice.Options{Language: lang, Stylesheets: []string{"/a.css"}}))
			})
		}
	}
}

func assertAccessible(t *testing.T, page string) {
	t.Helper()
	count, ids, level := map[string]int{}, map[string]bool{}, 0
	var targets []string
	elements(t, page, func(n *html.Node) {
		count[n.Data]++
		if len(n.Data) == 2 && n.Data[0] == 'h' && n.Data[1] >= '1' && n.Data[1] <= '6' {
			if next := int(n.Data[1] - '0'); next > level+1 {
				t.Errorf("a heading of level %d follows one of level %d", next, level)
			} else {
				level = next
			}
		}
		if id, ok := attr(n, "id"); ok {
			if ids[id] {
				t.Errorf("the id %q is used twice", id)
			}
			ids[id] = true
		}
		if _, ok := attr(n, "style"); ok || n.Data == "style" || n.Data == "script" {
			t.Errorf("<%s> brings style or script with it", n.Data)
		}
		if _, ok := attr(n, "scope"); n.Data == "th" && !ok {
			t.Error("a table header does not say whether it heads a row or a column")
		}
		if lang, ok := attr(n, "lang"); n.Data == "html" && (!ok || lang == "") {
			t.Error("the page does not say its language")
		}
		if href, ok := attr(n, "href"); ok && strings.HasPrefix(href, "#") {
			targets = append(targets, href[1:])
		}
		if by, ok := attr(n, "aria-labelledby"); ok {
			targets = append(targets, by)
		}
	})
	for _, id := range targets {
		if !ids[id] {
			t.Errorf("something points at %q, which is not there", id)
		}
	}
	for tag, want := range map[string]int{"h1": 1, "main": 1, "nav": 1, "title": 1} {
		if count[tag] != want {
			t.Errorf("%d <%s>, want %d", count[tag], tag, want)
		}
	}
	if count["table"] != count["caption"] || count["table"] != count["thead"] {
		t.Errorf("%d tables with %d captions and %d heads", count["table"], count["caption"], count["thead"])
	}
	if strings.Contains(page, "ZgotmplZ") {
		t.Error("an address was refused by the template")
	}
}

// LJMUH-04, TMU-28: whoever reads the page reads every sentence of the file,
// and the version it has.
func TestEverySentenceOfTheFileIsOnThePage(t *testing.T) {
	t.Parallel()
	for _, policy := range policies() {
		n := decided(t, policy)
		text := visible(t, render(t, n, notice.Options{}))
		var want []string
		for _, s := range n.See {
			want = append(want, s.Says)
		}
		for _, p := range n.Purposes {
			want = append(want, p.Says)
		}
		for _, r := range n.Rights {
			want = append(want, r.Says)
		}
		for _, p := range n.Promises {
			want = append(want, p.ID)
		}
		want = append(want, n.Reading.Part, n.Title, n.Contact.Office, string(n.Contact.Email), "Version 1, in force from 1 April 2025")
		for _, w := range want {
			if !strings.Contains(text, strings.Join(strings.Fields(w), " ")) {
				t.Errorf("%s: the page lacks %q", policy, w)
			}
		}
	}
}

func visible(t *testing.T, page string) string {
	t.Helper()
	var b strings.Builder
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	for n := range doc.Descendants() {
		if n.Type == html.TextNode {
			b.WriteString(n.Data + " ")
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// A value that somebody other than the institution chose is marked as theirs.
func TestChosenValuesAreMarkedOnThePage(t *testing.T) {
	t.Parallel()
	text := visible(t, render(t, decided(t, "ljmu-helpdesk"), notice.Options{}))
	for _, want := range []string{"30 days after your account is closed (chosen by the demonstration )", "3 years after the matter is closed (chosen by the demonstration )"} {
		if !strings.Contains(text, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	draft := visible(t, render(t, published(t, "ljmu-helpdesk"), notice.Options{}))
	for _, want := range []string{"A draft: it has no first day yet.", "still to be decided after your account is closed"} {
		if !strings.Contains(draft, want) {
			t.Errorf("the draft lacks %q", want)
		}
	}
}

func TestWhatAFileSaysIsEscaped(t *testing.T) {
	t.Parallel()
	n := published(t, "ljmu-helpdesk", "title: Your data and the IT help desk", `title: "<script>alert(1)</script>"`,
		"    url: decide", `    url: "javascript:alert(1)"`)
	page := render(t, n, notice.Options{Stylesheets: []string{`"><script>`}})
	if strings.Contains(page, "<script>") || strings.Contains(page, `href="javascript:`) {
		t.Error("a file can put script on the page")
	}
}

func TestBothLanguagesHaveTheSameWords(t *testing.T) {
	t.Parallel()
	n := decided(t, "tmu-ccs-helpdesk")
	en, fr := notice.Sections(n, notice.Options{Language: "en"}), notice.Sections(n, notice.Options{Language: "fr"})
	if len(en) != len(fr) {
		t.Fatalf("%d sections in English, %d in French", len(en), len(fr))
	}
	for i := range en {
		if en[i].ID != fr[i].ID || en[i].Heading == fr[i].Heading {
			t.Errorf("%s is headed %q in both languages", en[i].ID, en[i].Heading)
		}
		for j, l := range fr[i].Lines {
			if l.Text == en[i].Lines[j].Text && l.Lang == "" && l.Label == "" {
				t.Errorf("%s: %q is English on a French page and does not say so", fr[i].ID, l.Text)
			}
		}
	}
}

func TestAnUnknownLanguageIsEnglish(t *testing.T) {
	t.Parallel()
	n := decided(t, "ljmu-helpdesk")
	a, err := notice.Render(n, notice.Options{Language: "tlh"})
	if err != nil {
		t.Fatal(err)
	}
	b, err := notice.Render(n, notice.Options{Language: "en"})
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(a, b) {
		t.Error("an unknown language is not printed in English")
	}
}

func TestSectionsCarryWhatAPageNeeds(t *testing.T) {
	t.Parallel()
	var see notice.Section
	all := notice.Sections(decided(t, "ljmu-helpdesk"), notice.Options{})
	if i := slices.IndexFunc(all, func(s notice.Section) bool { return s.ID == "see" }); i >= 0 {
		see = all[i]
	}
	i := slices.IndexFunc(see.Lines, func(l notice.Line) bool { return l.Path == "see.support-team" })
	if i < 0 || !slices.Equal(see.Lines[i].Clauses, []string{"LJMUH-09", "LJMUH-13"}) {
		t.Errorf("the rule of support teams is not there with its clauses: %+v", see.Lines)
	}
}

package notice

import (
	"strings"

	"heed/notice/pack"
	"heed/notice/promise"
)

// Options say how a notice is printed.
type Options struct {
	Language    string        // of headings and fixed words: en or fr; the notice's own when empty
	Stylesheets []string      // addresses, in order
	Packs       *pack.Library // for the regulator's addresses; the regulator is left out without it
}

// Section is one part of the published notice.
type Section struct {
	ID      string // an anchor on the page, the same in every language
	Heading string
	Lines   []Line
	Tables  []Table
}

// Line is one sentence, with what it stands on.
type Line struct {
	Text    string
	Lang    string   // of the text, where it differs from the page's; empty otherwise
	Clauses []string // the promises it tells
	Path    string   // where it stands in the file
	Label   string   // a name before the text, such as "E-mail"
	Open    bool     // the value is still to be decided
	By      string   // who chose the value, where the published text left it open
	URL     string   // where the text leads
}

// Table is a table with a caption; the first cell of each row is its header.
type Table struct {
	Caption string
	Head    []string
	Rows    [][]Cell
}

// Cell is one cell of a table.
type Cell struct {
	Text    string
	Lang    string
	Clauses []string
	Open    bool
	By      string
}

// Sections returns the published notice as data, for a page of the product or
// for Render. Parts about which the notice says nothing are left out.
func Sections(n *Notice, o Options) []Section {
	w := writer{n: n, o: o, lex: lexiconFor(o.language(n))}
	parts := []Section{
		w.about(), w.controller(), w.data(), w.purposes(), w.see(), w.share(), w.keep(), w.rights(),
		w.plain("transfers", n.Transfers.Says, n.Transfers.Clauses),
		w.plain("automated", n.Automated.Says, n.Automated.Clauses),
		w.plain("security", n.Security.Says, n.Security.Clauses),
		w.plain("duties", n.Duties.Says, n.Duties.Clauses),
		w.plain("withheld", n.IfNotProvided.Says, n.IfNotProvided.Clauses),
		w.complaints(), w.links(), w.kept(), w.chosen(),
	}
	var out []Section
	for _, s := range parts {
		if len(s.Lines)+len(s.Tables) > 0 {
			out = append(out, s)
		}
	}
	return out
}

func (o Options) language(n *Notice) string {
	if o.Language != "" {
		return o.Language
	}
	return n.Language
}

type writer struct {
	n   *Notice
	o   Options
	lex lexicon
}

// foreign is the language mark of the file's own sentences: none where the page
// speaks the same language.
func (w writer) foreign() string {
	own, _, _ := strings.Cut(w.n.Language, "-")
	if own == w.lex.lang {
		return ""
	}
	return w.n.Language
}

func (w writer) section(id string) Section {
	return Section{ID: id, Heading: w.lex.word("s." + id)}
}

func (w writer) says(path, text string, clauses []string) Line {
	return Line{Text: text, Lang: w.foreign(), Clauses: clauses, Path: path}
}

func (w writer) plain(id, says string, clauses []string) Section {
	s := w.section(id)
	if says != "" {
		path := map[string]string{"automated": "automated_decisions", "withheld": "if_not_provided"}[id]
		if path == "" {
			path = id
		}
		s.Lines = []Line{w.says(path+".says", says, clauses)}
	}
	return s
}

// value is a line with a name: what the file says, or that it is still open.
func (w writer) value(label, path, text string) Line {
	l := Line{Label: w.lex.word(label), Text: text, Path: path}
	if text == decide {
		l.Open, l.Text = true, w.lex.word("open_cell")
	}
	if c, ok := w.n.ChoiceAt(path); ok {
		l.By = c.By
	}
	return l
}

func (w writer) cell(text, path string) Cell {
	c := Cell{Text: text}
	if strings.HasPrefix(text, decide) {
		c.Open, c.Text = true, w.lex.word("open_cell")
	}
	if ch, ok := w.n.ChoiceAt(path); ok {
		c.By = ch.By
	}
	return c
}

// own is a cell with a sentence of the file itself.
func (w writer) own(text string, clauses []string) Cell {
	return Cell{Text: text, Lang: w.foreign(), Clauses: clauses}
}

func (w writer) about() Section {
	s := w.section("about")
	r := w.n.Reading
	s.Lines = append(s.Lines, w.says("reading.part", r.Part, nil))
	of := w.says("reading.of", r.Of, nil)
	of.Label = w.lex.word("reading.of")
	s.Lines = append(s.Lines, of)
	if r.Dated == "none" {
		s.Lines = append(s.Lines, Line{Text: w.lex.word("reading.undated"), Path: "reading.dated"})
	} else {
		s.Lines = append(s.Lines, Line{Label: w.lex.word("reading.dated"), Text: r.Dated, Path: "reading.dated"})
	}
	if len(r.Choices) > 0 {
		s.Lines = append(s.Lines, Line{Text: w.lex.word("reading.choices"), Path: "reading.choices"})
	}
	for i, c := range r.Choices {
		s.Lines = append(s.Lines, w.says(item("reading.choices", i), c, nil))
	}
	return s
}

func (w writer) controller() Section {
	s := w.section("controller")
	b := w.n.Controller
	s.Lines = append(s.Lines, w.says("controller.says", b.Says, b.Clauses))
	for _, o := range b.Options {
		s.Lines = append(s.Lines, w.says("controller.options."+o.ID+".says", o.Says, o.Clauses))
	}
	s.Lines = append(s.Lines, w.contact("contact", w.n.Contact)...)
	if w.n.Authority != "" {
		l := w.value("authority", "authority", string(w.n.Authority))
		if !l.Open {
			l.Lang = w.foreign()
		}
		s.Lines = append(s.Lines, l)
	}
	if len(b.Options) > 0 {
		s.Tables = []Table{w.controllers()}
	}
	return s
}

func (w writer) controllers() Table {
	t := Table{Caption: w.lex.word("t.controllers"), Head: w.heads("controller", "employers", "part", "cases", "until", "followed")}
	for _, o := range w.n.Controller.Options {
		path := "controller.options." + o.ID
		part := "part.controller"
		if o.WeAre == "processor" {
			part = "part.processor"
		}
		until := dayText(o.Until)
		if !o.Until.Open && !o.Until.IsZero() {
			until = o.Until.English()
		}
		successor := string(o.Successor)
		if c, ok := w.n.controllerByID(successor); ok {
			successor = c.Name
		}
		t.Rows = append(t.Rows, []Cell{
			{Text: o.Name},
			{Text: strings.Join(o.Employers, ", ")},
			{Text: w.lex.word(part)},
			w.cell(string(o.Route), path+".route"), w.cell(until, path+".until"), w.cell(successor, path+".successor"),
		})
	}
	return t
}

func (w writer) heads(keys ...string) []string {
	out := make([]string, len(keys))
	for i, k := range keys {
		out[i] = w.lex.word(k)
	}
	return out
}

// contact returns the ways to reach an office, each on a line.
func (w writer) contact(path string, c Contact) []Line {
	var out []Line
	for _, part := range []struct{ key, text string }{
		{"office", c.Office}, {"email", string(c.Email)}, {"phone", string(c.Phone)}, {"post", string(c.Post)},
	} {
		if part.text == "" {
			continue
		}
		l := w.value(part.key, path+"."+part.key, part.text)
		switch {
		case l.Open:
		case part.key == "email":
			l.URL = "mailto:" + part.text
		case part.key != "phone":
			l.Lang = w.foreign()
		}
		out = append(out, l)
	}
	return out
}

func (w writer) complaints() Section {
	s := w.section("complaints")
	c := w.n.Complaints
	s.Lines = append(s.Lines, w.says("complaints.says", c.Says, c.Clauses))
	s.Lines = append(s.Lines, w.contact("complaints.controller", c.Controller)...)
	if w.o.Packs != nil {
		if r, ok := w.o.Packs.Regime(w.n.Regime); ok {
			if g, ok := r.Regulator(c.Regulator); ok {
				s.Lines = append(s.Lines,
					Line{Label: w.lex.word("regulator"), Text: g.Name, Path: "complaints.regulator"},
					Line{Label: w.lex.word("post"), Text: g.Post, Path: "complaints.regulator"},
					Line{Label: w.lex.word("phone"), Text: g.Phone, Path: "complaints.regulator"},
					Line{Label: w.lex.word("web"), Text: g.Web, Path: "complaints.regulator", URL: g.Web})
			}
		}
	}
	if c.Courts {
		s.Lines = append(s.Lines, Line{Text: w.lex.word("courts"), Path: "complaints.courts"})
	}
	return s
}

func (w writer) links() Section {
	s := w.section("links")
	for _, l := range w.n.Links {
		line := w.says("links."+l.ID, l.Text, nil)
		if l.URL.Open() {
			line.Open = true
		} else {
			line.URL = string(l.URL)
		}
		if c, ok := w.n.ChoiceAt("links." + l.ID + ".url"); ok {
			line.By = c.By
		}
		s.Lines = append(s.Lines, line)
	}
	return s
}

// kept shows for each promise what keeps it, also where nothing does yet: a
// page that hid those would itself be a broken promise.
func (w writer) kept() Section {
	s := w.section("promises")
	t := Table{Caption: w.lex.word("s.promises"), Head: w.heads("clause", "t.meaning", "t.how")}
	for _, p := range w.n.Promises {
		meaning := ""
		if c, ok := promise.Find(p.ID); ok {
			meaning = c.Meaning
		}
		var how Cell
		switch {
		case len(p.KeptBy) > 0:
			how = Cell{Text: w.lex.word("kept_by") + " " + strings.Join(p.KeptBy, ", ")}
		case p.Attest != nil:
			how = w.own(w.lex.word("attested")+" "+p.Attest.By+": "+p.Attest.What, nil)
		default:
			how = w.own(w.lex.word("not_yet")+" "+p.NotYet, nil)
		}
		meant := Cell{Text: meaning}
		if w.lex.lang != "en" {
			meant.Lang = "en"
		}
		t.Rows = append(t.Rows, []Cell{{Text: p.ID}, meant, how})
	}
	if len(t.Rows) > 0 {
		s.Tables = []Table{t}
	}
	return s
}

func (w writer) chosen() Section {
	s := w.section("choices")
	t := Table{Caption: w.lex.word("s.choices"), Head: w.heads("t.place", "t.value", "choice", "t.why")}
	for _, c := range w.n.choices {
		t.Rows = append(t.Rows, []Cell{{Text: c.Path}, {Text: c.Value}, w.english(c.By), w.english(c.Why)})
	}
	if len(t.Rows) > 0 {
		s.Tables = []Table{t}
	}
	return s
}

// english is a cell whose text is English whatever the notice speaks.
func (w writer) english(text string) Cell {
	c := Cell{Text: text}
	if w.lex.lang != "en" {
		c.Lang = "en"
	}
	return c
}

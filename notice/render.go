package notice

import (
	"bytes"
	"embed"
	"html/template"
	"strconv"
)

//go:embed render.tmpl.html
var templates embed.FS

// page is what the template prints.
type page struct {
	Lang        string
	Title       string
	TitleLang   string // where the title speaks another language than the page
	Summary     string
	Stylesheets []string
	Status      string
	Words       map[string]string
	Sections    []block
}

// block is a section with its lines gathered: those with a label become one
// list of facts, those without become sentences.
type block struct {
	Section
	Groups []group
}

type group struct {
	Facts bool
	Lines []Line
}

// Render prints the public notice as one HTML page. It uses class names of the
// product's style sheet and holds no style and no script, so that it obeys the
// strictest content security policy.
func Render(n *Notice, o Options) ([]byte, error) {
	lex := lexiconFor(o.language(n))
	w := writer{n: n, o: o, lex: lex}
	p := page{
		Lang: lex.lang, Title: n.Title, TitleLang: w.foreign(), Summary: n.Summary, Stylesheets: o.Stylesheets,
		Status: status(n, lex), Words: lex.words,
	}
	if w.foreign() == "" {
		p.Lang = n.Language
	}
	for _, s := range Sections(n, o) {
		p.Sections = append(p.Sections, block{s, gather(s.Lines)})
	}
	t, err := template.New("render.tmpl.html").ParseFS(templates, "render.tmpl.html")
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	if err := t.Execute(&out, p); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

func status(n *Notice, lex lexicon) string {
	s := lex.word("version") + " " + strconv.Itoa(n.Version)
	if n.Effective.Open {
		return s + ". " + lex.word("draft")
	}
	s += ", " + lex.word("in_force") + " " + lex.day(n.Effective)
	if !n.ReviewBy.Open {
		s += ", " + lex.word("review") + " " + lex.day(n.ReviewBy)
	}
	return s + "."
}

func gather(lines []Line) []group {
	var out []group
	for _, l := range lines {
		facts := l.Label != ""
		if len(out) == 0 || out[len(out)-1].Facts != facts {
			out = append(out, group{Facts: facts})
		}
		g := &out[len(out)-1]
		g.Lines = append(g.Lines, l)
	}
	return out
}

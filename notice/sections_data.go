package notice

import "strings"

func (w writer) data() Section {
	s := w.section("data")
	t := Table{Caption: w.lex.word("s.data"), Head: w.heads("t.data", "t.items", "t.source", "t.for", "t.care")}
	for _, d := range w.n.Data {
		if d.Says != "" {
			s.Lines = append(s.Lines, w.says("data."+d.Name, d.Says, d.Clauses))
		}
		t.Rows = append(t.Rows, []Cell{
			{Text: sentence(w.lex.word("item." + d.Name))},
			{Text: w.lex.list("item", d.Items)},
			{Text: w.source(d)},
			{Text: w.purposeNames(d.For)},
			{Text: w.care(d)},
		})
	}
	if len(t.Rows) > 0 {
		s.Tables = []Table{t}
	}
	return s
}

func (w writer) source(d Data) string {
	if d.Source == "" {
		return w.lex.word("none")
	}
	return w.lex.word("source." + d.Source)
}

func (w writer) care(d Data) string {
	if d.Class == "" || d.Class == "ordinary" {
		return ""
	}
	return w.lex.word("class." + d.Class)
}

func (w writer) purposeNames(names []string) string {
	out := make([]string, len(names))
	for i, n := range names {
		out[i] = w.lex.word("purpose." + n)
	}
	return strings.Join(out, ", ")
}

func (w writer) purposes() Section {
	s := w.section("purposes")
	based := false
	for _, p := range w.n.Purposes {
		s.Lines = append(s.Lines, w.says("purposes."+p.Name, p.Says, p.Clauses))
		based = based || p.Basis != ""
	}
	if !based {
		return s
	}
	t := Table{Caption: w.lex.word("t.basis"), Head: w.heads("t.purpose", "t.basis")}
	for _, p := range w.n.Purposes {
		basis := w.lex.word("none")
		if p.Basis != "" {
			basis = w.lex.word("basis." + p.Basis)
		}
		t.Rows = append(t.Rows, []Cell{{Text: sentence(w.lex.word("purpose." + p.Name))}, {Text: basis}})
	}
	s.Tables = []Table{t}
	return s
}

func (w writer) see() Section {
	s := w.section("see")
	for i, r := range w.n.See {
		s.Lines = append(s.Lines, w.says(w.n.seePath(i), r.Says, r.Clauses))
	}
	return s
}

func (w writer) share() Section {
	s := w.section("share")
	if w.n.Share.Says != "" {
		s.Lines = append(s.Lines, w.says("share.says", w.n.Share.Says, w.n.Share.Clauses))
	}
	t := Table{Caption: w.lex.word("s.share"), Head: w.heads("t.recipient", "t.does", "t.agreement", "t.location")}
	for _, r := range w.n.Recipients.Named {
		path := "recipients." + r.ID
		name := string(r.Name)
		if name == "" {
			name = r.ID
		}
		t.Rows = append(t.Rows, []Cell{
			w.cell(name, path+".name"), w.own(r.For, r.Clauses),
			w.cell(string(r.Agreement.Ref), path+".agreement.ref"), w.cell(string(r.Location), path+".location"),
		})
	}
	if len(t.Rows) > 0 {
		s.Tables = []Table{t}
	}
	return s
}

func (w writer) keep() Section {
	s := w.section("keep")
	t := Table{Caption: w.lex.word("s.keep"), Head: w.heads("t.keep", "t.at_least", "t.at_most", "t.then")}
	for _, k := range w.n.Keep {
		path := "keep." + k.Name
		if k.Says != "" {
			s.Lines = append(s.Lines, w.says(path+".says", k.Says, k.Clauses))
		}
		then := w.lex.word("then." + k.Then)
		if k.Authorise != "" {
			then += ", " + w.lex.word("authorise."+k.Authorise)
		}
		name := Cell{Text: sentence(w.lex.list("item", k.Covered())), Clauses: k.Clauses}
		t.Rows = append(t.Rows, []Cell{name, w.bounds(k.AtLeast, path+".at_least"), w.most(k, path), {Text: then}})
	}
	if len(t.Rows) > 0 {
		s.Tables = []Table{t}
	}
	return s
}

// bounds is a cell with limits, marked where one of them is open or chosen.
func (w writer) bounds(list []Limit, path string) Cell {
	c := Cell{Text: w.lex.limits(list)}
	for i, l := range list {
		at := item(path, i)
		if !w.n.doc.Has(at) {
			at = path
		}
		c.Open = c.Open || l.Open
		if ch, ok := w.n.ChoiceAt(at); ok {
			c.By = ch.By
		}
	}
	return c
}

func (w writer) most(k Keep, path string) Cell {
	c := w.bounds(k.AtMost, path+".at_most")
	var parts []string
	if c.Text != "" {
		parts = append(parts, c.Text)
	}
	for _, p := range k.PerPurpose {
		b := w.bounds(p.Limits, path+".per_purpose."+p.Purpose)
		parts = append(parts, w.lex.word("purpose."+p.Purpose)+": "+b.Text)
		c.Open = c.Open || b.Open
		if b.By != "" {
			c.By = b.By
		}
	}
	if k.Rule == "longest_live_purpose" {
		parts = append(parts, w.lex.word("keep.longest"))
	}
	if len(parts) == 0 {
		parts = []string{w.lex.word("keep.no_limit")}
	}
	c.Text = strings.Join(parts, "; ")
	return c
}

func (w writer) rights() Section {
	s := w.section("rights")
	t := Table{Caption: w.lex.word("s.rights"), Head: w.heads("t.right", "t.for", "t.ask")}
	for _, r := range w.n.Rights {
		s.Lines = append(s.Lines, w.says("rights."+r.Name, r.Says, r.Clauses))
		ask := Cell{}
		if r.Route != "" {
			ask.Text = w.lex.word("route." + r.Route)
		}
		if len(r.Channels) > 0 {
			ask.Text += ", " + w.lex.list("channel", r.Channels)
		}
		if r.Target != "" {
			target := w.value("target", "rights."+r.Name+".target", r.Target)
			ask.Text += ". " + target.Label + ": " + target.Text
			ask.Open, ask.By = target.Open, target.By
		}
		t.Rows = append(t.Rows, []Cell{{Text: w.lex.word("right." + r.Name)}, {Text: w.purposeNames(r.For)}, ask})
	}
	if len(t.Rows) > 0 {
		s.Tables = []Table{t}
	}
	return s
}

package view

import "heed/kernel/web/ui"

// Promises lists what the notices of an office promise, and what keeps it.
type Promises struct {
	Frame   ui.Frame
	Show    []ui.NavItem // by state, with their numbers
	Notices []PromiseNotice
}

// PromiseNotice is one notice with its promises.
type PromiseNotice struct {
	ID      string // fragment
	Title   string
	Sub     string // controller and version
	Href    string // the published notice
	DiffURL string // what changed between its versions
	Rows    []PromiseRow
}

// PromiseRow is one promise.
type PromiseRow struct {
	ID      string // "TMU-13"
	Kind    string // promise, duty, right, fact
	Meaning string // in our words
	How     string // what keeps it, or why nothing does yet
	Rules   []PromiseRule
	Tests   []PromiseTest
	State   ui.Chip
}

// PromiseRule is a place of the notice file that is enforced.
type PromiseRule struct {
	Path string
	Says string // the sentence; empty where there is none
}

// PromiseTest is a test that shows the promise to be kept.
type PromiseTest struct {
	Says string // in words
	Name string // where it stands
}

// Diff is what changes between two versions of a notice.
type Diff struct {
	Frame             ui.Frame
	Title             string
	BackURL, BackText string
	Action            string // GET with from and to
	From, To          ui.Choices
	Alone             bool // there is one version only
	Changes           []Change
}

// Change is one difference.
type Change struct {
	Effect  ui.Chip
	Text    string
	Path    string // of the value in the notice file
	Clauses string // the promises it touches; may be empty
}

// table lists the promises of one notice.
func (n PromiseNotice) table(t ui.T) ui.Table {
	table := ui.Table{
		Caption: n.Title, HideTitle: true,
		Columns: []ui.Column{{Text: t("promises.id")}, {Text: t("promises.meaning")}, {Text: t("promises.how")}, {Text: t("promises.state")}},
	}
	for _, r := range n.Rows {
		table.Rows = append(table.Rows, ui.Row{ID: r.ID, Cells: []ui.Cell{{Head: true, Part: r.name()}, {Text: r.Meaning}, {Part: r.how(t)}, {Chip: &r.State}}})
	}
	return table
}

// table lists the changes.
func (p Diff) table() ui.Table {
	t := p.Frame.T
	table := ui.Table{
		Caption: t("diff.changes"), HideTitle: true,
		Columns: []ui.Column{{Text: t("diff.effect")}, {Text: t("diff.what")}, {Text: t("diff.clauses")}},
	}
	for _, c := range p.Changes {
		table.Rows = append(table.Rows, ui.Row{Cells: []ui.Cell{{Chip: &c.Effect}, {Head: true, Text: c.Text, Sub: c.Path}, {Text: c.Clauses}}})
	}
	return table
}

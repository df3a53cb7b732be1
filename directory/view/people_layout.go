package view

import "heed/kernel/web/ui"

func (p PersonCard) letters() string { return ui.Initials(p.Name) }

// hidden leaves the caption to the heading above.
func hidden(t ui.Table) ui.Table {
	t.HideTitle = true
	return t
}

// table lists the found people.
func (p People) table() ui.Table {
	t := p.Frame.T
	out := ui.Table{
		Caption:   p.Found,
		HideTitle: true,
		Columns:   []ui.Column{{Text: t("people.name")}, {Text: t("people.about")}, {Text: t("people.state")}},
	}
	for _, r := range p.Rows {
		out.Rows = append(out.Rows, ui.Row{Cells: []ui.Cell{
			{Head: true, Text: r.Name, Href: r.Href}, {Text: r.About}, {Chip: r.Chip},
		}})
	}
	return out
}

package view

import (
	"slices"

	"heed/kernel/web/ui"
)

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
		Columns:   []ui.Column{{Text: t("people.name")}, {Text: t("people.about")}},
	}
	states := slices.ContainsFunc(p.Rows, func(r PersonRow) bool { return r.Chip != nil })
	if states {
		out.Columns = append(out.Columns, ui.Column{Text: t("people.state")})
	}
	for _, r := range p.Rows {
		cells := []ui.Cell{{Head: true, Text: r.Name, Href: r.Href}, {Text: r.About}}
		if states {
			cells = append(cells, ui.Cell{Chip: r.Chip})
		}
		out.Rows = append(out.Rows, ui.Row{Cells: cells})
	}
	return out
}

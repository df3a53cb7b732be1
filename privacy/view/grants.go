package view

import "heed/kernel/web/ui"

// Grants shows who may see more than their own matters, and who has not done so
// for a quarter.
type Grants struct {
	Frame ui.Frame
	Desks []GrantDesk
}

// GrantDesk is one controller's desk.
type GrantDesk struct {
	ID, Title  string
	Idle, Used []GrantRow
}

// GrantRow is one team or role of a person.
type GrantRow struct {
	Who, Href string
	What      string
	Since     ui.When
	Last      *ui.When // nil: never
}

func (d GrantDesk) table(t ui.T) ui.Table {
	table := ui.Table{
		Caption: d.Title, HideTitle: true,
		Columns: []ui.Column{{Text: t("grants.who")}, {Text: t("grants.what")}, {Text: t("grants.since")}, {Text: t("grants.last")}, {Text: t("grants.state")}},
	}
	add := func(rows []GrantRow, idle bool) {
		for _, r := range rows {
			row := ui.Row{Cells: []ui.Cell{{Head: true, Text: r.Who, Href: r.Href}, {Text: r.What}, {When: &r.Since}, {When: r.Last}, {Text: t("grants.used")}}}
			if r.Last == nil {
				row.Cells[3] = ui.Cell{Text: t("grants.never")}
			}
			if idle {
				row.Cells[4] = ui.Cell{Chip: &ui.Chip{Text: t("grants.idle"), Icon: ui.IconAlert, Tone: ui.ToneUnproved}}
			}
			table.Rows = append(table.Rows, row)
		}
	}
	add(d.Idle, true)
	add(d.Used, false)
	return table
}

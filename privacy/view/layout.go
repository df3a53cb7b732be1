package view

import "heed/kernel/web/ui"

// icon goes with the tone of the state, so that it is never a colour alone.
func (s LedgerState) icon() ui.Icon {
	switch s.Tone {
	case ui.ToneKept:
		return ui.IconCheck
	case ui.ToneBroken:
		return ui.IconCross
	default:
		return ui.IconDash
	}
}

// wrong is what is wrong with a field.
func (p Ledger) wrong(field string) string {
	if field == p.TroubleAt {
		return p.Trouble
	}
	return ""
}

// table lists the records.
func (p Ledger) table() ui.Table {
	t := p.Frame.T
	table := ui.Table{
		Caption: p.Found,
		Columns: []ui.Column{
			{Text: t("ledger.seq"), Numeric: true},
			{Text: t("ledger.when")},
			{Text: t("ledger.who")},
			{Text: t("ledger.what")},
			{Text: t("ledger.whose")},
			{Text: t("ledger.purpose")},
			{Text: t("ledger.rule")},
		},
	}
	for _, r := range p.Rows {
		row := ui.Row{Cells: []ui.Cell{
			{Text: r.Seq},
			{When: &r.When},
			{Head: true, Text: r.Actor, Href: r.ActorTo, Sub: r.As},
			{Text: r.Object, Href: r.ObjTo, Sub: r.Action},
			{Text: r.Person, Href: r.PerTo},
			{Text: r.Purpose, Whole: true},
			{Part: ruleCell(r.Rule, r.Clause, t)},
		}}
		if r.Denied {
			row.Tone = ui.ToneBroken
			row.Cells[6].Chip = &ui.Chip{Text: t("ledger.denied"), Icon: ui.IconCross, Tone: ui.ToneBroken}
		}
		table.Rows = append(table.Rows, row)
	}
	return table
}

// table lists the readings.
func (p WhoLooked) table() ui.Table {
	t := p.Frame.T
	table := ui.Table{
		Caption:   p.Summary,
		HideTitle: true,
		Columns: []ui.Column{
			{Text: t("looked.when")}, {Text: t("looked.who")}, {Text: t("looked.what")}, {Text: t("looked.why")},
		},
	}
	for _, r := range p.Rows {
		table.Rows = append(table.Rows, ui.Row{Cells: []ui.Cell{
			{When: &r.When}, {Head: true, Text: r.Who, Sub: r.As}, {Part: whatCell(r)}, {Part: whyCell(r)},
		}})
	}
	return table
}

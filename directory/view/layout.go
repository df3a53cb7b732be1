package view

import "heed/kernel/web/ui"

func (p SignIn) problems() []ui.Problem {
	mail := ""
	if p.Mail != nil {
		mail = p.Mail.Mail.Error
	}
	return ui.Problems(
		ui.Problem{Field: "user", Text: p.Trouble},
		ui.Problem{Field: "user", Text: p.User.Error},
		ui.Problem{Field: "password", Text: p.Password.Error},
		ui.Problem{Field: "mail", Text: mail},
	)
}

func (p SecondStep) problems() []ui.Problem {
	return ui.Problems(
		ui.Problem{Text: p.Trouble},
		ui.Problem{Field: "code", Text: p.Code.Error},
	)
}

// places is the table of sessions.
func (p Sessions) places() ui.Table {
	t := p.Frame.T
	table := ui.Table{
		Caption:   t("signin.sessions.places"),
		HideTitle: true,
		Columns: []ui.Column{
			{Text: t("signin.sessions.device")},
			{Text: t("signin.sessions.since")},
			{Text: t("signin.sessions.seen")},
			{Text: t("signin.sessions.end")},
		},
	}
	for _, s := range p.Rows {
		last := ui.Cell{Part: act(s.End, t("signin.sessions.end.do"), ui.IconOut)}
		if s.Current {
			last = ui.Cell{Chip: &ui.Chip{Text: t("signin.sessions.here"), Icon: ui.IconCheck, Tone: ui.ToneKept}}
		}
		table.Rows = append(table.Rows, ui.Row{Cells: []ui.Cell{
			{Head: true, Text: s.Device, Sub: s.From}, {When: &s.Since}, {When: &s.Seen}, last,
		}})
	}
	return table
}

// keys is the table of passkeys.
func (p Sessions) keys() ui.Table {
	t := p.Frame.T
	table := ui.Table{
		Caption:   t("signin.keys.title"),
		HideTitle: true,
		Columns: []ui.Column{
			{Text: t("signin.keys.name")},
			{Text: t("signin.keys.added")},
			{Text: t("signin.keys.used")},
			{Text: t("signin.keys.remove")},
		},
	}
	for _, k := range p.Keys {
		table.Rows = append(table.Rows, ui.Row{Cells: []ui.Cell{
			{Head: true, Text: k.Name},
			{When: &k.Added},
			{When: &k.Used},
			{Part: act(k.Remove, t("signin.keys.remove.do"), ui.IconBin)},
		}})
	}
	return table
}

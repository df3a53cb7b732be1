package view

import (
	"github.com/a-h/templ"

	"heed/kernel/web/ui"
)

// logIcon goes with the tone of a line of the send log.
func logIcon(t ui.Tone) ui.Icon {
	switch t {
	case ui.ToneKept:
		return ui.IconCheck
	case ui.ToneWaiting, "":
		return ui.IconClock
	default:
		return ui.IconAlert
	}
}

// table lists outgoing mails.
func (p Outbox) table() ui.Table {
	t := p.Frame.T
	table := ui.Table{
		Caption:   t("mail.out.newest"),
		HideTitle: true,
		Columns: []ui.Column{
			{Text: t("mail.subject")},
			{Text: t("mail.to")},
			{Text: t("mail.when")},
			{Text: t("mail.state")},
			{Text: t("mail.ticket")},
		},
	}
	for _, r := range p.Rows {
		table.Rows = append(table.Rows, ui.Row{Cells: []ui.Cell{
			{Head: true, Text: r.Subject, Href: r.Href, Sub: r.Kind},
			{Text: r.To},
			{When: &r.When},
			{Chip: &r.State},
			{Text: r.Ref.Text, Href: r.Ref.Href},
		}})
	}
	return table
}

// todo is what can be done with a received mail; nil for nothing.
func (r InRow) todo(t ui.T) templ.Component {
	if r.Replay == nil && r.Raw.Text == "" {
		return nil
	}
	return r.acts(t)
}

// table lists received mails.
func (p Inbound) table() ui.Table {
	t := p.Frame.T
	table := ui.Table{
		Caption:   t("mail.in.newest"),
		HideTitle: true,
		Columns: []ui.Column{
			{Text: t("mail.when")}, {Text: t("mail.in.delivery")}, {Text: t("mail.in.outcome")}, {Text: t("mail.ticket")}, {Text: t("mail.in.acts")},
		},
	}
	for _, r := range p.Rows {
		table.Rows = append(table.Rows, ui.Row{Cells: []ui.Cell{
			{When: &r.When, Sub: r.ID},
			{Head: true, Text: r.To, Sub: r.Size},
			{Chip: &r.Outcome, Sub: r.Reason},
			{Text: r.Ref.Text, Href: r.Ref.Href},
			{Part: r.todo(t)},
		}})
	}
	return table
}

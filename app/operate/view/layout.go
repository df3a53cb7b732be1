package view

import "heed/kernel/web/ui"

// queue is the table of jobs by kind.
func (p Health) queue() ui.Table {
	t := p.Frame.T
	table := ui.Table{
		Caption: t("operate.queue"), HideTitle: true,
		Columns: []ui.Column{
			{Text: t("operate.kind")}, {Text: t("operate.waiting"), Numeric: true}, {Text: t("operate.running"), Numeric: true}, {Text: t("operate.dead"), Numeric: true},
		},
	}
	for _, k := range p.Queue {
		row := ui.Row{Cells: []ui.Cell{{Head: true, Text: k.Name}, {Text: k.Waiting}, {Text: k.Running}, {Text: k.Dead}}}
		if k.Broken {
			row.Tone, row.Cells[3].Href = ui.ToneBroken, p.JobsURL
		}
		table.Rows = append(table.Rows, row)
	}
	return table
}

// notices is the table of notices in force.
func (p Health) notices() ui.Table {
	t := p.Frame.T
	table := ui.Table{
		Caption: t("operate.notices"), HideTitle: true,
		Columns: []ui.Column{{Text: t("operate.notice")}, {Text: t("operate.notice.version"), Numeric: true}, {Text: t("operate.notice.since")}, {Text: t("operate.notice.review")}},
	}
	for _, n := range p.Notices {
		review := ui.Cell{Part: day(n.Review)}
		if n.Late {
			review.Chip = &ui.Chip{Text: t("operate.notice.late"), Icon: ui.IconAlert, Tone: ui.ToneSoon}
		}
		table.Rows = append(table.Rows, ui.Row{Cells: []ui.Cell{{Head: true, Text: n.Title, Href: n.Href}, {Text: n.Version}, {Part: day(n.Since)}, review}})
	}
	return table
}

func (p Jobs) dead() ui.Table {
	t := p.Frame.T
	table := ui.Table{
		Caption: t("operate.jobs.dead"), HideTitle: true,
		Columns: []ui.Column{{Text: t("operate.job")}, {Text: t("operate.job.failed")}, {Text: t("operate.job.reason")}, {Text: t("operate.job.do")}},
	}
	for _, d := range p.Dead {
		table.Rows = append(table.Rows, ui.Row{ID: "job-" + d.ID, Tone: ui.ToneBroken, Cells: []ui.Cell{
			{Head: true, Text: d.Kind, Sub: d.ID}, {When: &d.Failed, Sub: d.Tries}, {Text: d.Reason}, {Part: d.acts(t)},
		}})
	}
	return table
}

func (p Jobs) waiting() ui.Table {
	t := p.Frame.T
	table := ui.Table{
		Caption: t("operate.jobs.waiting"), HideTitle: true,
		Columns: []ui.Column{{Text: t("operate.job")}, {Text: t("operate.job.state")}, {Text: t("operate.job.next")}, {Text: t("operate.job.last")}},
	}
	for _, w := range p.Waiting {
		table.Rows = append(table.Rows, ui.Row{ID: "job-" + w.ID, Cells: []ui.Cell{
			{Head: true, Text: w.Kind, Sub: w.ID}, {Chip: &w.State}, {When: &w.Next, Sub: w.Tries}, {Text: w.Reason},
		}})
	}
	return table
}

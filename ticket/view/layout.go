package view

import (
	"slices"
	"strconv"

	"heed/kernel/web/ui"
)

// statusIcon goes with the tone of a service's state.
func statusIcon(t ui.Tone) ui.Icon {
	switch t {
	case ui.ToneKept:
		return ui.IconCheck
	case ui.ToneWaiting:
		return ui.IconCalendar
	default:
		return ui.IconAlert
	}
}

// troubled reports whether something does not work now: then that comes before all else,
// also on a telephone, where what stands aside comes last.
func (p PortalHome) troubled() bool {
	return slices.ContainsFunc(p.Status, func(s ServiceStatus) bool { return s.Tone != ui.ToneKept })
}

// next fills in what is the same for every request.
func (p Request) next() ui.Banner {
	b := p.Next
	if b.Strong == "" {
		b.Strong = p.Frame.T("portal.request.next")
	}
	if b.Icon == "" {
		b.Icon = ui.IconRight
	}
	return b
}

// subjectLabel does not ask what it is about when that is known.
func (p AskForHelp) subjectLabel() string {
	if p.About != nil {
		return p.Frame.T("portal.ask.subject.known")
	}
	return p.Frame.T("portal.ask.subject")
}

func (p AskForHelp) problems() []ui.Problem {
	service := ""
	if p.Service != nil {
		service = p.Service.Error
	}
	return ui.Problems(
		ui.Problem{Text: p.Trouble},
		ui.Problem{Field: "subject", Text: p.Subject.Error},
		ui.Problem{Field: "service", Text: service},
		ui.Problem{Field: "body", Text: p.Body.Error},
		ui.Problem{Field: "files", Text: p.FilesErr},
		ui.Problem{Field: "for", Text: p.For.Error},
	)
}

func (r RequestReply) problems() []ui.Problem {
	return ui.Problems(
		ui.Problem{Text: r.Trouble},
		ui.Problem{Field: "body", Text: r.Body.Error},
		ui.Problem{Field: "files", Text: r.FilesErr},
	)
}

func (r RequestForm) problems() []ui.Problem {
	return ui.Problems(ui.Problem{Text: r.Trouble}, ui.Problem{Field: "why", Text: r.Why.Error})
}

// opened reports whether something stands among the less used questions.
func (p LogCall) opened() bool {
	for _, c := range []ui.Choices{p.Service, p.Impact, p.Urgency} {
		if c.Error != "" || slices.ContainsFunc(c.Options, func(o ui.Option) bool { return o.Selected }) {
			return true
		}
	}
	return p.For.Value != "" || p.For.Error != ""
}

func (p LogCall) problems() []ui.Problem {
	return ui.Problems(
		ui.Problem{Text: p.Trouble},
		ui.Problem{Field: "q", Text: p.Error},
		ui.Problem{Field: "subject", Text: p.Subject.Error},
		ui.Problem{Field: "body", Text: p.Body.Error},
		ui.Problem{Field: p.Kind.ID, Text: p.Kind.Error},
		ui.Problem{Field: p.Team.ID, Text: p.Team.Error},
		ui.Problem{Field: "for", Text: p.For.Error},
		ui.Problem{Field: p.Service.ID, Text: p.Service.Error},
		ui.Problem{Field: p.Impact.ID, Text: p.Impact.Error},
		ui.Problem{Field: p.Urgency.ID, Text: p.Urgency.Error},
		ui.Problem{Field: "solution", Text: p.Solution.Error},
		ui.Problem{Field: "files", Text: p.FilesErr},
	)
}

func (p Assign) problems() []ui.Problem {
	return ui.Problems(
		ui.Problem{Text: p.Trouble},
		ui.Problem{Field: p.Team.ID, Text: p.Team.Error},
		ui.Problem{Field: p.Owner.ID, Text: p.Owner.Error},
		ui.Problem{Field: "note", Text: p.Note.Error},
	)
}

func (p Confirm) problems() []ui.Problem {
	list := []ui.Problem{{Text: p.Trouble}}
	for _, f := range p.First {
		list = append(list, ui.Problem{Field: f.ID, Text: f.Error})
	}
	if p.Choices != nil {
		list = append(list, ui.Problem{Field: p.Choices.ID, Text: p.Choices.Error})
	}
	for _, c := range p.Selects {
		list = append(list, ui.Problem{Field: c.ID, Text: c.Error})
	}
	for _, f := range p.Fields {
		list = append(list, ui.Problem{Field: f.ID, Text: f.Error})
	}
	if p.Files != nil {
		list = append(list, ui.Problem{Field: p.Files.ID, Text: p.Files.Error})
	}
	if p.Question != nil {
		list = append(list, ui.Problem{Field: p.Question.ID, Text: p.Question.Error})
	}
	return ui.Problems(list...)
}

// count is the number shown beside a heading of the side column.
func count(lines []SideLine) string { return strconv.Itoa(len(lines)) }

// callerID gives the first found caller the id that the error summary leads to
// when none was chosen.
func callerID(i int) string { return "caller-" + strconv.Itoa(i+1) }

// openID is the id of a ticket that a call can be noted on: it keeps the focus when
// the list is drawn anew.
func openID(i int) string { return "open-" + strconv.Itoa(i+1) }

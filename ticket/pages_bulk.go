package ticket

import (
	"slices"
	"strings"

	"heed/directory"
	"heed/kernel/fault"
	"heed/kernel/id"
	"heed/kernel/store"
	"heed/kernel/web"
	"heed/kernel/web/ui"
	"heed/ticket/view"
)

// bulkMost is how many tickets one form changes: those of two pages of a list.
const bulkMost = 2 * pageSize

// bulkDos are the changes that can be made to ticked rows, in the bar's order.
func bulkDos() []string { return []string{"take", "assign", "sort", "wait", "answer", "close"} }

// bulkKeys are the keys of the bar: those that do the same to one ticket.
func bulkKeys() map[string]string {
	return map[string]string{"take": "m", "assign": "h", "sort": "p", "wait": "w"}
}

// tickable lets the rows of a list be ticked and changed together.
func (s *Service) tickable(rd directory.Reader, q *ui.Queue, list string) {
	q.Bulk = ui.Form{Action: "/desk/bulk?" + list, Token: id.Secret()}
	for _, do := range bulkDos() {
		q.BulkDos = append(q.BulkDos, ui.QueueAct{Value: do, Text: rd.Lang.T("desk.bulk." + do), Key: bulkKeys()[do]})
	}
}

// bulk changes the ticked tickets. What needs an answer first is asked on a page of
// its own, which posts here again.
func (s *Service) bulk(r *web.Request) (web.Reply, error) {
	if err := r.ReadForm(nil); err != nil {
		return web.Reply{}, err
	}
	refs := slices.Compact(slices.Sorted(slices.Values(r.Values("ticket"))))
	do, ok := s.bulkOne(r)
	switch {
	case !ok:
		return web.Reply{}, fault.Unknown("page.unknown", "there is no page at this address")
	case len(refs) == 0:
		return web.Redirect("/desk?" + listOf(r).Encode()), nil
	case len(refs) > bulkMost:
		return web.Reply{}, fault.Invalid("bulk.many", "%d tickets at once are too many; tick up to %d", len(refs), bulkMost)
	case r.Value("do") != "take" && r.Value("go") == "":
		return s.bulkAsk(r, refs, nil)
	case r.Value("do") == "answer" && strings.TrimSpace(r.Value("body")) == "":
		return s.bulkAsk(r, refs, fault.Invalid("entry.empty", "write something, or add a file").On("body"))
	case r.Value("do") == "assign" && number(r.Value("team")) == 0:
		return s.bulkAsk(r, refs, fault.Invalid("ticket.team", "choose a team of this desk").On("team"))
	case r.Value("do") == "sort" && r.Value("service") == "" && r.Value("impact") == "" && r.Value("urgency") == "":
		return s.bulkAsk(r, refs, fault.Invalid("bulk.nothing", "choose what is to change; what you leave open stays as it is").On("service"))
	}
	lines := s.bulkEach(r, refs, do)
	if problem := refused(lines); problem != nil && r.Value("do") != "take" { // which asks nothing
		return s.bulkAsk(r, refs, problem)
	}
	return s.view(r, func(tx *store.Tx, rd directory.Reader) (web.Reply, error) {
		return s.bulkDone(r, tx, rd, lines)
	})
}

// bulkOne is the change of one ticket that a form asks for.
func (s *Service) bulkOne(r *web.Request) (func(*store.Tx, string) error, bool) {
	switch r.Value("do") {
	case "take":
		return func(tx *store.Tx, ref string) error { return s.Take(r.Context(), tx, ref, 0) }, true
	case "assign":
		h := Handover{Team: number(r.Value("team")), Assignee: number(r.Value("owner")), Note: r.Value("note")}
		return func(tx *store.Tx, ref string) error { return s.Assign(r.Context(), tx, ref, h) }, true
	case "sort":
		return func(tx *store.Tx, ref string) error { return s.sortSome(r, tx, ref) }, true
	case "wait":
		return func(tx *store.Tx, ref string) error { return s.letWait(r, tx, ref, 0) }, true
	case "close":
		return func(tx *store.Tx, ref string) error { return s.Close(r.Context(), tx, ref, 0) }, true
	case "answer":
		return func(tx *store.Tx, ref string) error {
			_, err := s.Reply(r.Context(), tx, ref, Text{Body: r.Value("body"), Hold: HoldFor}, Event(r.Value("then")))
			return err
		}, true
	}
	return nil, false
}

// bulkResult is what came of one ticket: nil for done.
type bulkResult struct {
	ref string
	err *fault.Error
}

// bulkEach changes each ticket on its own, once per form: one that cannot be
// changed leaves the others be, and the form pressed again changes none twice.
func (s *Service) bulkEach(r *web.Request, refs []string, do func(*store.Tx, string) error) []bulkResult {
	out := make([]bulkResult, len(refs))
	for i, ref := range refs {
		_, _, err := s.carryOut(r, r.Value("form_token")+" "+ref, func(tx *store.Tx) (string, error) { return ref, do(tx, ref) })
		out[i] = bulkResult{ref: ref}
		if err != nil {
			out[i].err = fault.As(err)
		}
	}
	return out
}

// refused is what a form that changed nothing was refused for, where that is the same
// for every ticket and stands beside a question: it is asked again. Nil otherwise.
func refused(results []bulkResult) *fault.Error {
	first := results[0].err
	for _, x := range results {
		if x.err == nil || x.err.Kind != fault.KindInvalid || x.err.Field == "" || x.err.Key != first.Key {
			return nil
		}
	}
	return first
}

func (s *Service) bulkDone(r *web.Request, tx *store.Tx, rd directory.Reader, results []bulkResult) (web.Reply, error) {
	vs, err := s.views(r, tx, rd)
	if err != nil {
		return web.Reply{}, err
	}
	say, done := rd.Lang.T, 0
	var failed, fine []view.BulkLine
	for _, x := range results {
		line := view.BulkLine{Ref: x.ref, Href: beside(r, "/desk/tickets/"+x.ref), Text: say("desk.bulk." + r.Value("do") + ".done")}
		if x.err != nil {
			line.Text, line.Failed = rd.Lang.Fault(x.err), true
			failed = append(failed, line)
			continue
		}
		done++
		fine = append(fine, line)
	}
	v := chosen(vs, r.Query("view"))
	title := say("desk.bulk.title", "n", done, "of", len(results))
	p := view.Bulk{Frame: s.deskFrame(r, rd, title), Rail: s.rail(rd, vs, v.name), Title: title, Lines: slices.Concat(failed, fine), Back: ui.Link{Text: say("desk.bulk.back", "view", v.title), Href: "/desk?" + listOf(r).Encode()}}
	return web.Page(p.Page()), nil
}

// bulkAsk is the page that asks what the change needs.
func (s *Service) bulkAsk(r *web.Request, refs []string, problem *fault.Error) (web.Reply, error) {
	return s.view(r, func(tx *store.Tx, rd directory.Reader) (web.Reply, error) {
		if err := atDesk(rd); err != nil {
			return web.Reply{}, err
		}
		say, do := rd.Lang.T, r.Value("do")
		title := say("desk.bulk."+do+".title", "n", len(refs))
		p := view.Confirm{
			Frame: s.deskFrame(r, rd, title), Title: title, Text: say("desk.bulk." + do + ".text"), Do: say("desk.bulk."+do+".do", "n", len(refs)),
			Form:  ui.Form{Action: "/desk/bulk?" + listOf(r).Encode(), Token: id.Secret(), Hidden: []ui.Hidden{{Name: "do", Value: do}, {Name: "go", Value: "yes"}}},
			Facts: []ui.Fact{{Label: say("desk.search.tickets"), Value: strings.Join(refs, ", ")}}, Keep: ui.Link{Text: say("desk.bulk.keep"), Href: "/desk?" + listOf(r).Encode()},
		}
		for _, ref := range refs {
			p.Form.Hidden = append(p.Form.Hidden, ui.Hidden{Name: "ticket", Value: ref})
		}
		if err := s.bulkQuestions(r, tx, rd, &p); err != nil {
			return web.Reply{}, err
		}
		return s.onDesk(r, tx, rd, p, problem)
	})
}

func (s *Service) bulkQuestions(r *web.Request, tx *store.Tx, rd directory.Reader, p *view.Confirm) error {
	say := rd.Lang.T
	switch r.Value("do") {
	case "answer":
		p.Question = &ui.Field{ID: "body", Label: say("desk.bulk.answer.body"), Hint: say("desk.bulk.answer.hint"), Rows: 6, Value: r.Value("body"), Required: true}
		then := choices("then", say("desk.bulk.then"), r.Value("then"), []ui.Option{{Value: "", Text: say("desk.bulk.then.stay")}, {Value: "asked", Text: say("desk.bulk.then.wait")}, {Value: "solved", Text: say("desk.bulk.then.resolve")}})
		p.Selects = []ui.Choices{then}
	case "wait":
		p.Choices, p.Fields = waitQuestions(rd, r.Value("for"), r.Value("until"))
	case "sort":
		services, err := s.Offerings(r.Context(), tx, rd.Desk.ID)
		for _, x := range []struct {
			name    string
			options []ui.Option
		}{{"service", serviceOptions(rd, services)}, {"impact", levelOptions(say)}, {"urgency", levelOptions(say)}} {
			c := mayChoose(x.name, say("ticket.fact."+x.name), r.Value(x.name), x.options)
			c.Empty = say("desk.bulk.sort.stays")
			p.Selects = append(p.Selects, c)
		}
		return err
	case "assign":
		teams, owners, err := s.handTo(r.Context(), tx, rd.Desk.ID, number(r.Value("team")), number(r.Value("owner")))
		p.Selects = []ui.Choices{
			{ID: "team", Label: say("ticket.fact.team"), Options: teams},
			{ID: "owner", Label: say("ticket.fact.owner"), Empty: say("ticket.nobody"), Options: owners},
		}
		p.Fields = []ui.Field{{ID: "note", Label: say("desk.assign.note"), Hint: say("desk.assign.note.hint"), OptionalWord: say("ui.optional"), Value: r.Value("note")}}
		return err
	}
	return nil
}

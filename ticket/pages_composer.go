package ticket

import (
	"cmp"
	"slices"
	"strings"

	"heed/directory"
	"heed/kernel/fault"
	"heed/kernel/id"
	"heed/kernel/store"
	"heed/kernel/web"
	"heed/kernel/web/ui"
)

// nobody reports a ticket of somebody who did not say who they are, or whom nothing
// proves: there is nobody to reply to.
func nobody(t Ticket) bool {
	return t.Affected == 0 && t.Reporter == 0 && (t.Channel == Phone || t.Channel == Counter || t.Channel == Mail)
}

// closedTo says that nothing is written on a closed ticket, and what becomes of
// words that were begun before it was.
func closedTo(rd directory.Reader, typed Draft) string {
	if typed["body"] != "" {
		return rd.Lang.T("ticket.closed.kept")
	}
	return rd.Lang.T("ticket.closed.write")
}

// thens are what can follow a reply, by the table of states; none when there is
// nothing to choose.
func thens(rd directory.Reader, t Ticket, then string) []ui.Option {
	stays, err := next(t.State, Replied)
	if err != nil {
		return nil
	}
	say := rd.Lang.T
	out := []ui.Option{{Text: say("ticket.then." + string(stays)), Selected: then == ""}}
	for _, e := range []struct {
		event Event
		text  string
	}{{Asked, say("ticket.then.wait")}, {Solved, say("ticket.then.resolve")}} {
		if t.takes(e.event) {
			out = append(out, ui.Option{Value: string(e.event), Text: e.text, Selected: then == string(e.event)})
		}
	}
	if len(out) == 1 {
		return nil
	}
	return out
}

// goesOut says who gets a reply, before it is sent: by mail or, where no mail
// reaches them, in the portal alone (LJMUH-26). The words stay true while somebody
// ticks: chosen are those ticked on an earlier try, nil for everybody.
func (s *Service) goesOut(r *web.Request, tx *store.Tx, rd directory.Reader, t Ticket, names map[int64]string, chosen []int64, c *ui.Composer) error {
	for i, p := range slices.Compact([]int64{t.Affected, t.Reporter}) {
		if p == 0 || names[p] == "" {
			continue
		}
		mail, err := s.mailReaches(r.Context(), tx, p)
		if err != nil {
			return err
		}
		c.Recipients = append(c.Recipients, ui.Recipient{ID: "to-" + id.Text(int64(i+1)), Value: id.Text(p), Text: names[p], Left: chosen != nil && !slices.Contains(chosen, p), Mail: mail})
	}
	say := rd.Lang.T
	c.ReplyWords = ui.SendWords{
		None: say("ticket.send.none"), One: say("ticket.send", "name", "{name}"), Two: say("ticket.send.two", "name", "{name}"), More: say("ticket.send.more", "name", "{name}", "n", "{n}"),
		Mail: say("ticket.seen.reply.mail", "names", "{names}"), NoMail: say("ticket.seen.reply.nomail"), Nobody: say("ticket.seen.reply.nobody"),
	}
	c.ReplySeen.Strong = say("ticket.seen.reply")
	c.ReplyButton, c.ReplySeen.Rest = c.ReplyWords.Words(c.Recipients)
	if len(c.Recipients) == 0 { // the name is not known yet
		c.ReplyButton = say("ticket.send", "name", say("ticket.unknown.sender"))
	}
	return nil
}

func (s *Service) composer(r *web.Request, tx *store.Tx, rd directory.Reader, t Ticket, names map[int64]string, may Access, typed Draft, kept string, problem *fault.Error) (*ui.Composer, error) {
	back, err := typed.returned()
	if err != nil {
		return nil, err
	}
	then, chosen := cmp.Or(typed["then"], string(back.Then)), back.To
	if _, posted := typed["mode"]; posted && chosen == nil {
		chosen = recipients(typed)
	}
	say, who := rd.Lang.T, names[t.Affected]
	if who == "" {
		who = say("ticket.unknown.sender")
	}
	c := &ui.Composer{
		Form: ui.Form{Action: beside(r, "/desk/tickets/"+t.Ref), Token: id.Secret(), Hidden: []ui.Hidden{{Name: "version", Value: id.Text(t.Version)}, typed.shown()}},
		Mode: ui.ModeReply, CanReply: may.Reply && !nobody(t), CanNote: may.Note,
		ReplyTo: say("ticket.reply.to", "name", who),
		NoteFor: say("ticket.note.for"), NoteSeen: ui.Seen{Strong: say("ticket.seen.note"), Rest: say("ticket.seen.note.rest")},
		Body: ui.Input{Value: typed["body"]}, DraftURL: "/drafts?place=/desk/tickets/" + t.Ref, DraftKept: kept,
	}
	if err := s.goesOut(r, tx, rd, t, names, chosen, c); err != nil {
		return nil, err
	}
	c.KeptFiles = back.keptFiles()
	if typed["mode"] == string(ui.ModeNote) || !c.CanReply {
		c.Mode = ui.ModeNote
	}
	if c.CanReply {
		c.Then = thens(rd, t, then)
	}
	if problem != nil {
		if problem.Field == "body" {
			c.Body.Error = rd.Lang.Fault(problem)
		} else {
			c.Stale = &ui.Banner{Tone: ui.ToneSoon, Icon: ui.IconAlert, Strong: say("ticket.notsent"), Text: rd.Lang.Fault(problem)}
		}
	}
	return c, nil
}

// recipients are those whom a form was to go to. It is not nil: nobody, where
// none is ticked.
func recipients(typed Draft) []int64 {
	out := []int64{}
	for _, p := range strings.Fields(typed["to"]) {
		out = append(out, number(p))
	}
	return out
}

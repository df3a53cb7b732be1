package ticket

import (
	"context"
	"slices"
	"strings"

	"heed/directory"
	"heed/kernel/policy"
	"heed/kernel/store"
	"heed/kernel/web/ui"
	"heed/ticket/view"
)

// namedMost is how many readers a sentence names; of more it says how many there are.
const namedMost = 3

// WhySeen words why somebody sees a ticket and, sentence by sentence, who else can.
func (s *Service) WhySeen(ctx context.Context, tx *store.Tx, rd directory.Reader, t Ticket, why policy.Why) (ui.Why, error) {
	c, err := s.crowd(ctx, tx, t)
	if err != nil {
		return ui.Why{}, err
	}
	return c.whySeen(ctx, tx, rd, why)
}

// seen puts on the page of a ticket why it is seen and by whom else, and on the button
// of its notes how many read them.
func (s *Service) seen(ctx context.Context, tx *store.Tx, rd directory.Reader, t Ticket, why policy.Why, out *view.Ticket) error {
	c, err := s.crowd(ctx, tx, t)
	if err != nil {
		return err
	}
	if out.Why, err = c.whySeen(ctx, tx, rd, why); err != nil || out.Composer == nil || !out.Composer.CanNote {
		return err
	}
	readers, err := c.noteReaders(ctx, tx)
	n := len(slices.DeleteFunc(readers.People, func(p int64) bool { return p == rd.Person.ID }))
	switch {
	case readers.Everybody:
		out.Composer.NoteButton = rd.Lang.T("ticket.note.everybody")
	case n == 0:
		out.Composer.NoteButton = rd.Lang.T("ticket.note.alone")
	default:
		out.Composer.NoteButton = rd.Lang.T("ticket.note.add", "n", n)
	}
	return err
}

func (c *crowd) whySeen(ctx context.Context, tx *store.Tx, rd directory.Reader, why policy.Why) (ui.Why, error) {
	out, s, t := rd.Why(why), c.s, c.t
	sights, err := c.sights(ctx, tx)
	if err != nil {
		return out, err
	}
	var people []int64
	var terms []policy.Term
	for _, x := range sights {
		people, terms = append(people, x.People[:min(len(x.People), namedMost)]...), append(terms, x.Who...)
	}
	names, err := s.People.Names(ctx, tx, people...)
	if err != nil {
		return out, err
	}
	for _, x := range sights {
		var who []string
		for _, w := range x.Who {
			who = append(who, whoWords(rd, t, c.teams, w))
		}
		text := strings.Join(who, rd.Lang.T("ticket.who.or"))
		out.Rules = append(out.Rules, ui.WhyRule{
			Text: rd.Lang.T("ticket.who.for", "who", text, "purpose", purposes(x.Purposes)), People: counted(rd, x.Readers, names), LetsYou: x.Rule == why.Rule,
			Clause: ui.Clause{Text: x.Says, Ref: clauses(x.Clauses), Href: "/notices/" + strings.Split(x.Rule, "/")[0]},
		})
	}
	slices.SortFunc(terms, func(a, b policy.Term) int { return strings.Compare(a.String(), b.String()) })
	out.Sentence += " " + rd.Lang.T("ticket.who.roles", "n", len(slices.Compact(terms)))
	return out, nil
}

func purposes(list []policy.Purpose) string {
	var out []string
	for _, p := range list {
		out = append(out, p.English())
	}
	return strings.Join(out, ", ")
}

// whoWords is a part of a notice's sentence in words: "the team that holds it, IT
// Helpdesk".
func whoWords(rd directory.Reader, t Ticket, teams []directory.Team, w policy.Term) string {
	switch w.Atom {
	case "assigned_team", "while_assigned":
		for _, x := range teams {
			if x.ID == t.Team {
				return rd.Lang.T("ticket.who."+w.Atom, "team", x.Name)
			}
		}
	case "team":
		for _, x := range teams {
			if x.Code == w.Arg && x.Controller == rd.Desk.ID {
				return rd.Lang.T("ticket.who.team", "team", x.Name)
			}
		}
		return rd.Lang.T("ticket.who.team", "team", w.Arg)
	case "role":
		return rd.Lang.T("ticket.who.role", "role", strings.ReplaceAll(w.Arg, "_", " "))
	}
	return rd.Lang.T("ticket.who." + w.Atom)
}

// counted names a few readers, and says how many more there are.
func counted(rd directory.Reader, readers Readers, names map[int64]string) string {
	people := readers.People
	switch {
	case readers.Everybody:
		return "" // the words say it
	case len(people) == 0:
		return rd.Lang.T("ticket.who.nobody")
	}
	n := len(people)
	if n > namedMost {
		n = namedMost - 1
	}
	var said []string
	for _, p := range people[:n] {
		if names[p] != "" { // not of somebody who is being forgotten
			said = append(said, names[p])
		}
	}
	if n == len(people) {
		return strings.Join(said, ", ")
	}
	return rd.Lang.T("ticket.who.more", "names", strings.Join(said, ", "), "n", len(people)-n)
}

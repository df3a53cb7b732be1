package ticket

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"heed/directory"
	"heed/kernel/fault"
	"heed/kernel/seal"
	"heed/kernel/store"
	"heed/kernel/text"
	"heed/ticket/target"
)

// NewTicket is a ticket to be opened.
type NewTicket struct {
	Kind     Kind
	Channel  Channel
	Reporter directory.Person
	Affected directory.Person // the reporter, unless somebody asks for somebody else (CHI-07)
	Team     int64            // 0: the team of the service or, without one, Home
	Home     int64            // 0: the desk's first team
	Offering int64            // of the desk's catalogue; 0 for none
	Impact   Level            // 0 for the service's or, without one, Medium; as Urgency
	Urgency  Level
	Follows  int64 // the ticket it goes on from; 0 for none
	Subject  string
	Text     Text
	Key      int64 // data key made by NewKey, under which Text.Files were stored; 0 makes one
	Silent   bool  // no acknowledgement is sent: a robot wrote
	Outcome  Outcome
}

// NewKey makes the data key of a ticket to be, so that files can be stored
// before the transaction that opens it.
func (s *Service) NewKey(ctx context.Context) (int64, error) { return s.Vault.NewGroup(ctx) }

// Open begins a ticket. The controller is the affected person's; the notice in
// force is noted on it (TMU-01). A subject is made from the text when missing,
// unless it came by mail.
func (s *Service) Open(ctx context.Context, tx *store.Tx, in NewTicket) (Ticket, error) {
	t, _, err := s.open(ctx, tx, in)
	return t, err
}

// open is Open; it returns the first entry as well. A ticket that is solved already
// is resolved with a second one, so that what was said and what helped stand once
// each.
func (s *Service) open(ctx context.Context, tx *store.Tx, in NewTicket) (Ticket, Entry, error) {
	if in.Affected.ID == 0 {
		in.Affected = in.Reporter
	}
	t, err := s.build(ctx, tx, in)
	if err != nil {
		return Ticket{}, Entry{}, err
	}
	g, err := s.do.open.Check(tx, t.bare())
	if err != nil {
		return Ticket{}, Entry{}, err
	}
	sealed, err := s.Vault.SealText(ctx, t.key, seal.Place{Column: "ticket.subject", Row: t.ID}, t.Subject)
	if err != nil {
		return Ticket{}, Entry{}, err
	}
	clocks, err := s.start(ctx, tx, &t)
	if err != nil {
		return Ticket{}, Entry{}, err
	}
	if _, err := store.Exec(ctx, tx, g.Proof, insertTicket, t.ID, t.Controller, t.Ref, string(t.Kind), string(t.Channel), string(t.State), t.Team,
		t.Assignee, t.Reporter, t.Affected, t.key, sealed, t.Notice, tx.Millis(), millis(t.Answered), int64(t.Impact), int64(t.Urgency), int64(t.Priority), t.Offering,
		t.Follows, millis(t.RespondDue), millis(t.ResolveDue), nearMillis(t.Due), nearMillis(t.wake)); err != nil {
		return Ticket{}, Entry{}, err
	}
	if err := s.keepClocks(ctx, tx, t, clocks); err != nil {
		return Ticket{}, Entry{}, err
	}
	if err := s.tally(ctx, tx, t, 1); err != nil {
		return Ticket{}, Entry{}, err
	}
	if err := s.index(ctx, tx, t.ID, t.Subject+" "+t.Ref); err != nil {
		return Ticket{}, Entry{}, err
	}
	if cut := text.CleanLine(in.Subject, 0); cut != t.Subject && strings.HasSuffix(t.Subject, "…") {
		in.Text.Body = strings.TrimSpace(cut + "\n\n" + in.Text.Body) // nothing that somebody wrote is lost
	}
	kind, class := opening(in.Channel)
	e, err := s.append(ctx, tx, g.Proof, t, Entry{Kind: kind, Class: class, Channel: in.Channel, Author: in.Text.author(tx.Actor())}, in.Text)
	if err != nil {
		return Ticket{}, Entry{}, err
	}
	err = s.Bus.Emit(ctx, tx, Opened{Ticket: t.ID, Entry: e.ID, Channel: in.Channel, Silent: in.Silent || t.Reporter == 0})
	if err != nil || !in.Outcome.Solved {
		return t, e, err
	}
	if err := s.solve(ctx, tx, t.Ref, in.Outcome); err != nil {
		return Ticket{}, Entry{}, err
	}
	t, err = s.Facts(ctx, tx, t.ID)
	return t, e, err
}

// start begins the clocks of a ticket to be.
func (s *Service) start(ctx context.Context, tx *store.Tx, t *Ticket) ([]target.Event, error) {
	o, err := s.office(ctx, tx, t.Controller)
	if err != nil {
		return nil, err
	}
	if t.Channel == Phone || t.Channel == Counter {
		t.Answered = now(tx)
	}
	events := o.started(*t, now(tx))
	r, err := reckon(o.hours, events, now(tx))
	t.due(r)
	return events, err
}

// bare is what rules ask of a ticket that has no parties yet.
func (t Ticket) bare() Subject {
	return Subject{ID: t.ID, Controller: t.Controller, Team: t.Team, Assignee: t.Assignee, Reporter: t.Reporter, Affected: t.Affected}
}

// opening is the kind and class of the first entry by the way it came.
func opening(c Channel) (EntryKind, Class) {
	switch c {
	case Mail:
		return Message, Email
	case Phone, Counter:
		return Call, CallNote
	default:
		return Message, Correspondence
	}
}

// said refuses a ticket that says nothing, or that is solved nobody knows how. Forms
// ask it before they look anybody up, so that an empty one tells nobody who is here.
func (in NewTicket) said() error {
	if strings.TrimSpace(in.Text.Body) == "" && strings.TrimSpace(in.Subject) == "" && in.Text.HTML == "" && len(in.Text.Files) == 0 {
		return fault.Invalid("ticket.empty", "say in a few words what you need").On("body")
	}
	return in.Outcome.check()
}

func (s *Service) build(ctx context.Context, tx *store.Tx, in NewTicket) (Ticket, error) {
	if err := in.said(); err != nil {
		return Ticket{}, err
	}
	body := strings.TrimSpace(in.Text.Body)
	c, err := s.People.Controller(ctx, tx, in.Affected.Controller)
	if err != nil {
		return Ticket{}, err
	}
	number, err := s.refs.next(ctx, tx, c.DeskID)
	if err != nil {
		return Ticket{}, err
	}
	has := int64(0)
	if in.Follows != 0 { // what goes on from a ticket keeps its service, though it be retired
		has = in.Offering
	}
	o, err := s.offering(ctx, tx, c.DeskID, in.Offering, has)
	if err != nil {
		return Ticket{}, err
	}
	in.Team, in.Kind = cmp.Or(in.Team, o.Team, in.Home), cmp.Or(in.Kind, o.Kind, Incident)
	if in.Team == 0 {
		if in.Team, err = s.firstTeam(ctx, tx, c); err != nil {
			return Ticket{}, err
		}
	}
	if in.Key == 0 {
		if in.Key, err = s.NewKey(ctx); err != nil {
			return Ticket{}, err
		}
	}
	in.Impact, in.Urgency = levelOr(cmp.Or(in.Impact, o.Impact)), levelOr(cmp.Or(in.Urgency, o.Urgency))
	return Ticket{
		ID: s.Mint.Next(now(tx)), Controller: c.ID, Ref: fmt.Sprintf("%s-%d", c.RefPrefix, number), Kind: in.Kind, Channel: in.Channel, State: New,
		Team: in.Team, Reporter: in.Reporter.ID, Affected: in.Affected.ID, Subject: subjectOf(in, body), Notice: s.Notices.InForce(c.ID),
		Version: 1, Created: now(tx), Updated: now(tx), key: in.Key,
		Impact: in.Impact, Urgency: in.Urgency, Priority: PriorityOf(in.Impact, in.Urgency), Offering: o.ID, Follows: in.Follows,
	}, nil
}

// firstTeam is where new tickets of a desk go: its first team at the top.
func (s *Service) firstTeam(ctx context.Context, tx *store.Tx, c directory.Controller) (int64, error) {
	teams, err := s.People.Teams(ctx, tx)
	if err != nil {
		return 0, err
	}
	first := int64(0)
	for _, t := range teams {
		if t.Controller == c.DeskID && t.Desk && (first == 0 || t.ID < first) {
			first = t.ID
		}
	}
	if first == 0 {
		return 0, fault.Conflict("ticket.noteam", "the desk of %s has no team that takes new tickets; mark one as its front desk", c.Name)
	}
	return first, nil
}

// subjectOf cleans a subject, or makes one of the first line of the text. The
// head of a ticket is read by more people than what was mailed may be, so no word
// of a mail gets there but its subject (CHI-27).
func subjectOf(in NewTicket, body string) string {
	if s := text.CleanLine(in.Subject, maxSubject); s != "" {
		return s
	}
	first, _, _ := strings.Cut(body, "\n")
	if s := text.CleanLine(first, 80); s != "" && in.Channel != Mail {
		return s
	}
	return "Without a subject"
}

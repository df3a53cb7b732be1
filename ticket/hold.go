package ticket

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"

	"heed/kernel/fault"
	"heed/kernel/job"
	"heed/kernel/policy"
	"heed/kernel/store"
)

// HoldFor is how long a reply from the desk's page can be taken back: as long as
// the bar of its toast takes to run out.
const HoldFor = 15 * time.Second

const releaseJob = "ticket.release"

// Listen registers what the slice itself does later. Call it once, after
// Prepare.
func (s *Service) Listen() error {
	return s.Bus.Queue.Register(job.Handle(releaseJob, 0, s.release))
}

// hold notes how a ticket stood before a reply, and lets the reply go later.
func (s *Service) hold(ctx context.Context, tx *store.Tx, before, after Ticket, sent Answered, d time.Duration) error {
	until := now(tx).Add(d)
	if _, err := store.Keep(ctx, tx, insertHold, sent.Entry, before.ID, millis(until), after.Version, string(before.State), before.Assignee,
		millis(before.Answered), millis(before.Resolved), string(before.WaitsFor), millis(before.WaitsUntil)); err != nil {
		return err
	}
	if err := s.touched(ctx, tx, after); err != nil {
		return err
	}
	return s.Bus.Queue.Enqueue(ctx, tx, releaseJob, sent, "", until)
}

// release lets a reply go that was not taken back. The second time it does
// nothing: the hold is gone.
func (s *Service) release(ctx context.Context, sent Answered) error {
	return s.DB.Write(ctx, policy.System("let a reply go"), policy.ProgressMail, func(tx *store.Tx) error {
		if err := job.Done(ctx, tx); err != nil {
			return err
		}
		n, err := store.Keep(ctx, tx, deleteHold, sent.Entry)
		if err != nil || n == 0 {
			return err
		}
		sent.Known = true
		return s.Bus.Emit(ctx, tx, sent)
	})
}

// Undoable returns the actor's own replies on a ticket that can still be taken
// back, with the instants at which they leave.
func (s *Service) Undoable(ctx context.Context, tx *store.Tx, t Ticket) (map[int64]time.Time, error) {
	rows, err := store.All[holdRow](ctx, tx, selectHolds, t.ID, tx.Millis(), tx.Actor().PersonID())
	out := make(map[int64]time.Time, len(rows))
	for _, r := range rows {
		out[r.entry] = instant(r.until)
	}
	return out, err
}

// TakeBack undoes a reply of the actor's that has not left yet: the entry is
// removed and the ticket stands as before. What was written lies in the draft of
// the ticket's page again, with its files and to whom it was to go, above what
// the actor typed there since; the entry returned has these words.
func (s *Service) TakeBack(ctx context.Context, tx *store.Tx, name string, entry int64) (Ticket, Entry, error) {
	t, _, g, err := s.granted(ctx, tx, s.do.reply, name)
	if err != nil {
		return Ticket{}, Entry{}, err
	}
	h, err := store.One[holdRow](ctx, tx, selectHold, entry, t.ID)
	if errors.Is(err, store.ErrNone) || (err == nil && h.until <= tx.Millis()) {
		return Ticket{}, Entry{}, fault.Conflict("reply.left", "it has left already; write another message if something was wrong")
	}
	if err != nil {
		return Ticket{}, Entry{}, err
	}
	e, err := s.EntryOf(ctx, tx, entry)
	if err != nil {
		return Ticket{}, Entry{}, err
	}
	if e.Author != tx.Actor().PersonID() {
		return Ticket{}, Entry{}, unknown()
	}
	if h.version != t.Version {
		return Ticket{}, Entry{}, fault.Conflict("reply.moved", "somebody changed this ticket after you wrote, so your message cannot be taken back; it leaves in a moment")
	}
	if e.Body, err = s.backToDraft(ctx, tx, t, h, e); err != nil {
		return Ticket{}, Entry{}, err
	}
	p := g.With("taken back before it left")
	if err := s.unwrite(ctx, tx, p, e); err != nil {
		return Ticket{}, Entry{}, err
	}
	return t, e, s.standAgain(ctx, tx, p, t, h)
}

// backToDraft puts a reply into the draft of its ticket's page and returns the
// words that stand there now. Its files stay stored until the draft is sent
// without them, or forgotten.
func (s *Service) backToDraft(ctx context.Context, tx *store.Tx, t Ticket, h holdRow, e Entry) (string, error) {
	place := "/desk/tickets/" + t.Ref
	since, _, err := s.LoadDraft(ctx, tx, place)
	if err != nil {
		return "", err
	}
	names, err := s.People.Names(ctx, tx, t.Affected, t.Reporter)
	if err != nil {
		return "", err
	}
	whole := []Entry{e}
	if err := s.addFiles(ctx, tx, whole); err != nil {
		return "", err
	}
	var back returned
	for _, a := range whole[0].Files {
		back.Files = append(back.Files, File{Name: a.Name, MediaType: a.MediaType, Size: a.Size, Blob: a.blob})
	}
	for _, person := range slices.Compact([]int64{t.Affected, t.Reporter}) {
		if name := names[person]; name != "" && slices.Contains(strings.Split(e.SentTo, ", "), name) {
			back.To = append(back.To, person)
		}
	}
	switch {
	case t.State == Resolved && h.state != Resolved:
		back.Then = Solved
	case t.State == Waiting && h.state != Waiting:
		back.Then = Asked
	}
	raw, err := json.Marshal(back)
	if err != nil {
		return "", err
	}
	words := strings.Trim(e.Body+"\n\n"+since["body"], "\n")
	return words, s.SaveDraft(ctx, tx, place, Draft{"body": words, "mode": "reply", cameBack: string(raw)})
}

// unwrite removes an entry, its files' names, its words, and the change of state
// that was noted with it.
func (s *Service) unwrite(ctx context.Context, tx *store.Tx, p policy.Proof, e Entry) error {
	if err := s.unindex(ctx, tx, e.ID); err != nil {
		return err
	}
	for _, q := range []struct {
		q    string
		args []any
	}{
		{deleteAttachmentsOf, []any{e.ID}},
		{deleteChangesWith, []any{e.Ticket, string(Change), e.Author, millis(e.At)}},
		{deleteEntry, []any{e.ID}},
	} {
		if _, err := store.Exec(ctx, tx, p, q.q, q.args...); err != nil {
			return err
		}
	}
	return nil
}

// standAgain gives a ticket the facts it had before a reply, its clocks included.
func (s *Service) standAgain(ctx context.Context, tx *store.Tx, p policy.Proof, t Ticket, h holdRow) error {
	if _, err := store.Keep(ctx, tx, undoClocks, t.ID, h.version); err != nil {
		return err
	}
	n := t
	n.State, n.Assignee, n.Answered, n.Resolved = h.state, h.assignee, instant(h.answered), instant(h.resolved)
	n.WaitsFor, n.WaitsUntil = h.waits, instant(h.waitsUntil)
	r, err := s.Targets(ctx, tx, t)
	if err != nil {
		return err
	}
	n.due(r)
	if err := s.store(ctx, tx, p, t, n); err != nil {
		return err
	}
	return s.touched(ctx, tx, t)
}

package ticket

import (
	"context"
	"errors"
	"io"
	"sync"
	"time"

	"heed/directory"
	"heed/kernel/clock"
	"heed/kernel/event"
	"heed/kernel/fault"
	"heed/kernel/id"
	"heed/kernel/policy"
	"heed/kernel/seal"
	"heed/kernel/store"
)

// Notices tells which notice, in which version, is in force for a controller.
type Notices interface {
	InForce(controller int64) string // "ljmu-helpdesk@1"
}

// Files keeps attachments sealed under a ticket's key; kernel/blob satisfies it.
type Files interface {
	Put(ctx context.Context, key int64, r io.Reader) (name string, size int64, err error)
	Copy(ctx context.Context, w io.Writer, key int64, name string) error
	Has(ctx context.Context, key int64, name string) (bool, error)
	Delete(ctx context.Context, key int64, name string) error
	DeleteGroup(ctx context.Context, key int64) error
}

// Service is the slice. Fill the exported fields and call Prepare once.
type Service struct {
	DB      *store.DB
	Vault   *seal.Vault
	Mint    *id.Mint
	Bus     *event.Bus
	People  *directory.Directory
	Notices Notices
	Files   Files
	Ceiling func(controller int64) string // "OFFICIAL": the highest marking a desk may hold; nil or "" for any

	do   actions
	refs references
	set  settings
	plan statistics
}

// Prepare builds what depends on the fields.
func (s *Service) Prepare() *Service {
	s.do = newActions()
	s.refs = references{free: map[int64][]int64{}}
	s.set.calendars = map[string]clock.Hours{}
	return s
}

// unknown is the one answer for tickets that are absent and tickets that are
// unseen, so that guessing references teaches nothing.
func unknown() error {
	return fault.Unknown("ticket.unknown", "there is no such ticket that you may see; check the reference")
}

// Find returns the ticket with a reference or a written id, as far as the actor
// may read it, with the reason. The read is recorded.
func (s *Service) Find(ctx context.Context, tx *store.Tx, name string) (Ticket, policy.Why, error) {
	t, sub, err := s.look(ctx, tx, s.do.read, name)
	if err != nil {
		return Ticket{}, policy.Why{}, err
	}
	g, err := s.do.read.Check(tx, sub)
	if err != nil {
		return Ticket{}, policy.Why{}, unknown()
	}
	return t, g.Why(), tx.Note(g.Proof)
}

// granted finds a ticket and the right to do something with it.
func (s *Service) granted(ctx context.Context, tx *store.Tx, a policy.Action[Subject], name string) (Ticket, Subject, policy.Grant[Subject], error) {
	t, sub, err := s.look(ctx, tx, a, name)
	if err != nil {
		return Ticket{}, Subject{}, policy.Grant[Subject]{}, err
	}
	g, err := a.Check(tx, sub)
	return t, sub, g, err
}

// look finds a ticket through the scope of an action: unseen and absent are one
// answer.
func (s *Service) look(ctx context.Context, tx *store.Tx, a policy.Action[Subject], name string) (Ticket, Subject, error) {
	scope := a.Scope(tx)
	if scope.Empty() {
		return Ticket{}, Subject{}, unknown()
	}
	q, key := ticketByRef, any(name)
	if n, err := id.Parse(name); err == nil {
		q, key = ticketByID, n
	}
	q, args := store.Splice(q, []any{key}, store.Part{Name: "scope", SQL: scope.SQL()})
	row, err := store.One[ticketRow](ctx, tx, q, args...)
	if errors.Is(err, store.ErrNone) {
		return Ticket{}, Subject{}, unknown()
	}
	if err != nil {
		return Ticket{}, Subject{}, err
	}
	if err := s.unseal(ctx, &row); err != nil {
		return Ticket{}, Subject{}, err
	}
	sub, err := s.subject(ctx, tx, row.Ticket)
	return row.Ticket, sub, err
}

func (s *Service) unseal(ctx context.Context, r *ticketRow) error {
	r.times()
	var err error
	r.Subject, err = s.Vault.OpenText(ctx, seal.Place{Column: "ticket.subject", Row: r.ID}, r.subject)
	if errors.Is(err, seal.ErrForgotten) {
		return fault.Gone("ticket.gone", "this ticket was disposed of; only its certificate remains")
	}
	return err
}

// subject is what rules ask of a ticket.
func (s *Service) subject(ctx context.Context, tx *store.Tx, t Ticket) (Subject, error) {
	parties, err := store.All[Party](ctx, tx, selectParties, t.ID)
	return Subject{
		ID: t.ID, Controller: t.Controller, Team: t.Team, Assignee: t.Assignee, Reporter: t.Reporter,
		Affected: t.Affected, Restricted: t.Restricted, Parties: parties,
	}, err
}

// change applies an event and new facts to a ticket, if nobody did since it was
// read (version 0 means the caller did not look first: mail and API).
func (s *Service) change(ctx context.Context, tx *store.Tx, p policy.Proof, old, t Ticket, version int64) (Ticket, error) {
	if version != 0 && version != old.Version {
		return old, errStale
	}
	if err := s.keepTime(ctx, tx, old, &t); err != nil {
		return old, err
	}
	err := s.store(ctx, tx, p, old, t)
	t.Version, t.Updated = old.Version+1, tx.Now()
	return t, err
}

// touched tells open pages that something of a ticket changed.
func (s *Service) touched(ctx context.Context, tx *store.Tx, t Ticket) error {
	return s.Bus.Emit(ctx, tx, Touched{Ticket: t.ID, By: tx.Actor().PersonID()})
}

// store writes a ticket's facts, if nobody did since old was read.
func (s *Service) store(ctx context.Context, tx *store.Tx, p policy.Proof, old, t Ticket) error {
	n, err := store.Exec(ctx, tx, p, updateTicket, string(t.State), t.Team, t.Assignee, tx.Millis(), millis(t.Answered), millis(t.Resolved), t.Open(),
		string(t.Kind), string(t.Channel), int64(t.Impact), int64(t.Urgency), int64(t.Priority), t.Overridden, t.Offering, string(t.WaitsFor), millis(t.WaitsUntil),
		millis(t.RespondDue), millis(t.ResolveDue), nearMillis(t.Due), nearMillis(t.wake), t.ID, old.Version)
	if err == nil && n == 0 {
		err = errStale
	}
	if err != nil {
		return err
	}
	return s.move(ctx, tx, old, t)
}

var errStale = fault.Conflict("ticket.stale", "somebody changed this ticket while you were looking at it; what you typed is kept below, look at the change and press again")

// Access says what the actor may do with a ticket, for a page that offers only
// what will work.
type Access struct {
	Write, Reply, Note, Assign, Classify, Override, Watch, State, End bool
	Unread                                                            bool // would reply, but could not read the reply
}

// Access asks the rules what the actor may do with a ticket they found.
func (s *Service) Access(ctx context.Context, tx *store.Tx, t Ticket) (Access, error) {
	sub, err := s.subject(ctx, tx, t)
	if err != nil {
		return Access{}, err
	}
	may := func(a policy.Action[Subject]) bool { _, err := a.Check(tx, sub); return err == nil }
	replies, reads := may(s.do.reply), s.readsReply(tx, sub) == nil
	return Access{
		Write: may(s.do.write), Reply: replies && reads, Unread: replies && !reads, Note: may(s.do.note), Assign: may(s.do.assign), Classify: may(s.do.classify), Override: may(s.do.override),
		Watch: may(s.do.watch), State: may(s.do.state), End: may(s.do.end),
	}, nil
}

// Readers says which sentences of the notice could let somebody see a ticket.
func (s *Service) Readers(ctx context.Context, tx *store.Tx, t Ticket) ([]policy.Why, error) {
	sub, err := s.subject(ctx, tx, t)
	return s.do.read.Resource().Readers(tx.Book(), sub), err
}

// references hands out numbers from blocks, so that two writers of different
// tickets do not meet at a counter. Gaps are fine.
type references struct {
	mu   sync.Mutex
	free map[int64][]int64
}

const (
	blockOfReferences = 50
	firstReference    = 1000
)

func (r *references) next(ctx context.Context, tx *store.Tx, controller int64) (int64, error) {
	r.mu.Lock()
	if f := r.free[controller]; len(f) > 0 {
		r.free[controller] = f[1:]
		r.mu.Unlock()
		return f[0], nil
	}
	r.mu.Unlock()
	row, err := store.One[store.Value[int64]](ctx, tx, takeBlock, controller, firstReference, blockOfReferences)
	if err != nil {
		return 0, err
	}
	tx.After(func() { // the rest is ours only once the block is
		r.mu.Lock()
		defer r.mu.Unlock()
		for n := row.V - blockOfReferences + 1; n < row.V; n++ {
			r.free[controller] = append(r.free[controller], n)
		}
	})
	return row.V - blockOfReferences, nil
}

// now is the instant of the transaction, as entries carry it.
func now(tx *store.Tx) time.Time { return tx.Now() }

// parseID reads an id in an address; a damaged one is as unknown as an unseen one.
func parseID(s string) (int64, error) {
	n, err := id.Parse(s)
	if err != nil {
		return 0, unknown()
	}
	return n, nil
}

// Facts returns a ticket for verbs of the house that were told its id by an
// event: whom to mail, what to say. Pages use Find.
func (s *Service) Facts(ctx context.Context, tx *store.Tx, ticket int64) (Ticket, error) {
	row, err := store.One[ticketRow](ctx, tx, ticketOpened, ticket)
	if errors.Is(err, store.ErrNone) {
		return Ticket{}, unknown()
	}
	if err != nil {
		return Ticket{}, err
	}
	err = s.unseal(ctx, &row)
	return row.Ticket, err
}

// Key is the data key of a ticket, for files that are stored before a verb.
func (t Ticket) Key() int64 { return t.key }

// EntryOf returns an entry, for the same verbs.
func (s *Service) EntryOf(ctx context.Context, tx *store.Tx, entry int64) (Entry, error) {
	row, err := store.One[entryRow](ctx, tx, entryByID, entry)
	if errors.Is(err, store.ErrNone) {
		return Entry{}, unknown()
	}
	if err != nil {
		return Entry{}, err
	}
	return s.openEntry(ctx, &row)
}

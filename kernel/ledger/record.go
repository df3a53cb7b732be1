package ledger

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"heed/kernel/id"
	"heed/kernel/ledger/journal"
	"heed/kernel/policy"
	"heed/kernel/store"
)

// Record is one line of the ledger.
type Record struct {
	ID         int64     `json:"id"`
	At         time.Time `json:"-"`
	Millis     int64     `json:"at"`
	Actor      int64     `json:"actor"`  // the person who acted, 0 for the system
	Why        string    `json:"why"`    // the system actor's reason
	Via        string    `json:"via"`    // session, token, mail
	Action     string    `json:"action"` // "ticket.read"
	Rule       string    `json:"rule"`   // "ljmu-helpdesk/see/it-department"
	Purpose    string    `json:"purpose"`
	Kind       string    `json:"kind"` // of the object: "ticket"
	Object     int64     `json:"object"`
	Person     int64     `json:"person"`     // whose data, 0 for nobody's
	Controller int64     `json:"controller"` // who is responsible for it
	Detail     string    `json:"detail"`
	Seq        int64     `json:"-"` // place in the tree, -1 while unsequenced
	nonce      []byte
	commit     []byte
	sequence   *int64
}

// Fields implements store.Row.
func (r *Record) Fields() []any {
	return []any{
		&r.ID, &r.Millis, &r.Actor, &r.Why, &r.Via, &r.Action, &r.Rule, &r.Purpose,
		&r.Kind, &r.Object, &r.Person, &r.Controller, &r.Detail, &r.nonce, &r.commit, &r.sequence,
	}
}

func (r *Record) complete() {
	r.At = time.UnixMilli(r.Millis).UTC()
	r.Seq = -1
	if r.sequence != nil {
		r.Seq = *r.sequence
	}
}

// canonical is the text that the commitment covers. encoding/json writes the
// fields in the order of the struct, so it is stable.
func (r *Record) canonical() []byte {
	b, err := json.Marshal(r)
	if err != nil {
		panic("ledger: a record of strings and numbers did not encode") // cannot happen
	}
	return b
}

func (r *Record) commitment(nonce []byte) []byte {
	h := hmac.New(sha256.New, nonce)
	h.Write(r.canonical())
	return h.Sum(nil)
}

// Ledger writes and sequences records.
type Ledger struct {
	db      *store.DB
	mint    *id.Mint
	key     signingKey
	wake    func()
	journal *journal.Journal // nil: the records of reads are written like others
}

// New returns the ledger of a migrated database. seed is 32 secret bytes for
// the signature of checkpoints (seal.Vault.Derive). wake is called after records
// became durable, to rouse whoever calls Sequence; it may be nil.
func New(db *store.DB, mint *id.Mint, seed []byte, wake func()) (*Ledger, error) {
	key, err := newSigningKey(seed)
	if err != nil {
		return nil, err
	}
	if wake == nil {
		wake = func() {}
	}
	return &Ledger{db: db, mint: mint, key: key, wake: wake}, nil
}

var _ store.Recorder = (*Ledger)(nil)

// KeepReadsIn makes the records of reads wait in a journal for the sequencer.
// It is called once, before the service opens.
func (l *Ledger) KeepReadsIn(j *journal.Journal) {
	l.journal = j
	l.db.SetReads(l.recordReads)
}

// columns is how many values a record has in the table.
const columns = 15

// Record implements store.Recorder. The records of a transaction go in by few
// statements; an engine takes so many values at once and no more.
func (l *Ledger) Record(ctx context.Context, tx *store.Tx, proofs []policy.Proof) error {
	if err := l.insert(ctx, tx, insertRecords, l.records(tx.Now(), proofs)); err != nil {
		return err
	}
	tx.After(l.wake)
	return nil
}

// records are the records of what proofs allowed at an instant.
func (l *Ledger) records(at time.Time, proofs []policy.Proof) []Record {
	out := make([]Record, len(proofs))
	for i, p := range proofs {
		r := Record{
			ID: l.mint.Next(at), Millis: at.UnixMilli(),
			Actor: p.Actor().PersonID(), Why: p.Actor().Why(), Via: p.Actor().Via(),
			Action: p.Action(), Rule: p.Rule(), Purpose: string(p.Purpose()),
			Kind: p.Object().Kind, Object: p.Object().ID, Person: p.Object().Person, Controller: p.Object().Controller, Detail: p.Detail(),
			nonce: make([]byte, sha256.Size),
		}
		_, _ = rand.Read(r.nonce)
		r.commit = r.commitment(r.nonce)
		out[i] = r
	}
	return out
}

// insert writes records; an engine takes so many values at once and no more.
func (l *Ledger) insert(ctx context.Context, tx *store.Tx, stmt string, records []Record) error {
	for some := range slices.Chunk(records, batch) {
		rows := policy.SQL{Args: make([]any, 0, len(some)*columns)}
		texts := make([]string, len(some))
		for i, r := range some {
			rows.Args = append(rows.Args, r.ID, r.Millis, r.Actor, r.Why, r.Via, r.Action, r.Rule,
				r.Purpose, r.Kind, r.Object, r.Person, r.Controller, r.Detail, r.nonce, r.commit)
			texts[i] = "(?" + strings.Repeat(", ?", columns-1) + ")"
		}
		rows.Text = strings.Join(texts, ", ")
		q, args := store.Splice(stmt, nil, store.Part{Name: "rows", SQL: rows})
		if _, err := store.Keep(ctx, tx, q, args...); err != nil {
			return err
		}
	}
	return nil
}

package mail

import (
	"bytes"
	"context"
	"errors"
	"io"
	"slices"

	"heed/directory"
	"heed/kernel/datamap"
	"heed/kernel/id"
	"heed/kernel/policy"
	"heed/kernel/seal"
	"heed/kernel/store"
	"heed/mail/mime"
)

// exportPage is how many mails are read in one transaction while a copy is made.
const exportPage = 50

// Export hands over the mails to and from who: those we sent them, those of
// theirs that became part of a ticket, and those that became part of none.
func (s *Service) Export(ctx context.Context, who policy.Actor, emit func(datamap.Item) error) error {
	if err := s.exportOut(ctx, who, emit); err != nil {
		return err
	}
	var mails []inRow
	var marks [][]byte
	err := s.DB.Read(ctx, who, policy.Own, func(tx *store.Tx) (err error) {
		if marks, err = s.People.Marks(ctx, tx, who.PersonID()); err != nil {
			return err
		}
		mails, err = s.written(ctx, tx, who.PersonID())
		return err
	})
	if err != nil {
		return err
	}
	for _, m := range mails {
		if err := s.exportIn(ctx, who, m, emit); err != nil {
			return err
		}
	}
	return s.eachLoose(ctx, marks, func(m inRow) error { return s.exportIn(ctx, who, m, emit) })
}

func (s *Service) exportOut(ctx context.Context, who policy.Actor, emit func(datamap.Item) error) error {
	for after := int64(0); ; {
		var items []datamap.Item
		err := s.DB.Read(ctx, who, policy.Own, func(tx *store.Tx) error {
			items = nil
			rows, err := store.All[outRow](ctx, tx, outOf, who.PersonID(), after, exportPage)
			for _, r := range rows {
				after = r.id
				it, err := s.outItem(ctx, who, r)
				if err != nil {
					return err
				}
				items = append(items, it)
			}
			return err
		})
		if err != nil || len(items) == 0 {
			return err
		}
		for _, it := range items {
			if err := emit(it); err != nil {
				return err
			}
		}
	}
}

// outItem is a mail we sent. One that lets its reader in goes without its text.
func (s *Service) outItem(ctx context.Context, who policy.Actor, r outRow) (datamap.Item, error) {
	to, err := s.Vault.OpenText(ctx, seal.Place{Column: "mail_out.address", Row: r.id}, r.address)
	it := datamap.Item{Table: "mail_out", ID: r.id}.With("kind", r.kind).With("person_id", "self").With("address", to).
		With("state", r.state).When("made_at", instant(r.made))
	if r.sent != 0 {
		it = it.When("sent_at", instant(r.sent))
	}
	if r.kind != KindSignIn {
		it.Files = []datamap.File{{Column: "raw", Name: "sent-" + id.Text(r.id) + ".eml", Copy: s.again(who, r.id, s.rawOut)}}
	}
	return it, err
}

// again returns what writes a mail's bytes by reading them anew, so that a list
// of files holds none of them.
func (s *Service) again(who policy.Actor, mail int64, raw func(context.Context, *store.Tx, int64) ([]byte, error)) func(context.Context, io.Writer) error {
	return func(ctx context.Context, w io.Writer) error {
		var b []byte
		err := s.DB.Read(ctx, who, policy.Own, func(tx *store.Tx) (err error) {
			b, err = raw(ctx, tx, mail)
			return err
		})
		if err != nil {
			return err
		}
		_, err = w.Write(b)
		return err
	}
}

func (s *Service) rawOut(ctx context.Context, tx *store.Tx, mail int64) ([]byte, error) {
	row, err := store.One[outRow](ctx, tx, selectOut, mail)
	if err != nil {
		return nil, err
	}
	return s.Vault.Open(ctx, seal.Place{Column: "mail_out.raw", Row: row.id}, row.raw)
}

func (s *Service) rawIn(ctx context.Context, tx *store.Tx, mail int64) ([]byte, error) {
	row, err := store.One[inRow](ctx, tx, selectIn, mail)
	if err != nil {
		return nil, err
	}
	return s.Vault.Open(ctx, seal.Place{Column: "mail_in.raw", Row: row.id}, row.raw)
}

func (s *Service) exportIn(ctx context.Context, who policy.Actor, r inRow, emit func(datamap.Item) error) error {
	to, err := s.Vault.OpenText(ctx, seal.Place{Column: "mail_in.recipient", Row: r.id}, r.recipient)
	if err != nil {
		return err
	}
	it := datamap.Item{Table: "mail_in", ID: r.id}.With("recipient", to).With("outcome", r.outcome).When("received_at", instant(r.received))
	f := datamap.File{Column: "raw", Name: "received-" + id.Text(r.id) + ".eml", Size: r.size, Copy: s.again(who, r.id, s.rawIn)}
	if r.blob != "" {
		f.Column, f.Copy = "blob", func(ctx context.Context, w io.Writer) error { return s.Files.Copy(ctx, w, r.key, r.blob) }
	}
	it.Files = []datamap.File{f}
	return emit(it)
}

// written are the mails of a person that became entries of their own tickets.
// Their bytes are left out.
func (s *Service) written(ctx context.Context, tx *store.Tx, person int64) (out []inRow, err error) {
	matters, err := s.Tickets.Matters(ctx, tx, person)
	if err != nil {
		return nil, err
	}
	for _, m := range matters {
		rows, err := store.All[inRow](ctx, tx, inOfTicket, m.ID)
		if err != nil {
			return nil, err
		}
		entries := make([]int64, len(rows))
		for i, r := range rows {
			entries[i] = r.entry
		}
		homes, err := s.Tickets.Homes(ctx, tx, entries...)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			opened := r.outcome == "opened" && m.Reporter == person // whoever wrote the mail reported the matter
			if opened || homes[r.entry].Author == person {
				r.raw = nil
				out = append(out, r)
			}
		}
	}
	return out, nil
}

// headMost is how much of a mail is read to learn who wrote it.
const headMost = 64 << 10

// eachLoose walks the mails that became part of no ticket and whose sender has
// one of the marks: parked, bounced or left alone, they are somebody's data too.
// Nothing but the mail itself says whose, so each is opened.
func (s *Service) eachLoose(ctx context.Context, marks [][]byte, do func(inRow) error) error {
	for after := int64(0); ; {
		var rows []inRow
		err := s.DB.Read(ctx, intake(), policy.Operate, func(tx *store.Tx) (err error) {
			rows, err = store.All[inRow](ctx, tx, inLoose, after, exportPage)
			return err
		})
		if err != nil || len(rows) == 0 {
			return err
		}
		for _, r := range rows {
			after = r.id
			theirs, err := s.wroteAny(ctx, r, marks)
			if err != nil {
				return err
			}
			if !theirs {
				continue
			}
			r.raw = nil
			if err := do(r); err != nil {
				return err
			}
		}
	}
}

// wroteAny reports whether the sender of a mail has one of the marks.
func (s *Service) wroteAny(ctx context.Context, r inRow, marks [][]byte) (bool, error) {
	raw, err := s.head(ctx, r)
	if errors.Is(err, seal.ErrForgotten) || (err == nil && len(raw) == 0) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	msg, err := mime.Parse(raw)
	if err != nil {
		return false, nil // bytes that nobody can read name nobody
	}
	for _, from := range msg.From {
		mark := s.People.Mark(directory.Email, from.Address)
		if slices.ContainsFunc(marks, func(m []byte) bool { return bytes.Equal(m, mark) }) {
			return true, nil
		}
	}
	return false, nil
}

// head is the beginning of a mail.
func (s *Service) head(ctx context.Context, r inRow) ([]byte, error) {
	if r.blob == "" {
		raw, err := s.Vault.Open(ctx, seal.Place{Column: "mail_in.raw", Row: r.id}, r.raw)
		return raw[:min(len(raw), headMost)], err
	}
	w := &first{left: headMost}
	err := s.Files.Copy(ctx, w, r.key, r.blob)
	if errors.Is(err, errEnough) {
		err = nil
	}
	return w.buf.Bytes(), err
}

// first takes the first bytes of a stream and then ends it.
type first struct {
	buf  bytes.Buffer
	left int
}

var errEnough = errors.New("mail: the beginning is enough")

// Write implements io.Writer.
func (f *first) Write(p []byte) (int, error) {
	n := min(len(p), f.left)
	f.buf.Write(p[:n])
	if f.left -= n; f.left == 0 {
		return n, errEnough
	}
	return n, nil
}

// Loose returns the mails of somebody with these marks that became part of no
// ticket, for ErasePerson.
func (s *Service) Loose(ctx context.Context, marks [][]byte) (mails []int64, err error) {
	err = s.eachLoose(ctx, marks, func(r inRow) error { mails = append(mails, r.id); return nil })
	return mails, err
}

// ErasePerson implements privacy.Holder: the mails to a person, their own on
// tickets that stay, and those of no ticket go. It returns the data keys to
// destroy.
func (s *Service) ErasePerson(ctx context.Context, tx *store.Tx, p policy.Proof, person int64, loose []int64) (keys []int64, rows int64, err error) {
	found, err := store.All[store.Value[int64]](ctx, tx, outKeysOf, person)
	if err != nil {
		return nil, 0, err
	}
	for _, f := range found {
		keys = append(keys, f.V)
	}
	for _, q := range []string{deleteLogsOf, deleteOutOf} {
		n, err := store.Exec(ctx, tx, p, q, person)
		if err != nil {
			return nil, 0, err
		}
		rows += n
	}
	own, err := s.written(ctx, tx, person)
	if err != nil {
		return nil, 0, err
	}
	for _, r := range own {
		loose = append(loose[:len(loose):len(loose)], r.id)
	}
	for _, m := range loose {
		key, err := store.One[store.Value[int64]](ctx, tx, keyOfIn, m)
		if errors.Is(err, store.ErrNone) {
			continue
		}
		if err != nil {
			return nil, 0, err
		}
		n, err := store.Exec(ctx, tx, p, deleteInAlone, m)
		if err != nil {
			return nil, 0, err
		}
		keys, rows = append(keys, key.V), rows+n
	}
	return keys, rows, nil
}

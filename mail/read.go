package mail

import (
	"bytes"
	"context"
	"errors"
	"strings"

	"heed/directory"
	"heed/kernel/fault"
	"heed/kernel/policy"
	"heed/kernel/store"
	"heed/kernel/text"
	"heed/mail/mime"
	"heed/mail/proof"
	"heed/mail/thread"
	"heed/ticket"
)

// reading is one mail on its way to its outcome.
type reading struct {
	row    inRow
	to     string
	msg    mime.Message
	desk   directory.Controller
	people []directory.Person // of any desk who have the sender's address
	sender directory.Person   // the one of them whom this desk serves, or who takes part in the target
	known  bool               // there was one
	// forgotten says that the sender was in the directory and is not to come back
	forgotten bool
	// doubted says that the mail server in front could not prove who wrote
	doubted bool
	outcome thread.Decision
	target  ticket.Ticket // for Append
	takes   bool          // the target takes answers still
	key     int64         // under which the files are stored
	files   []ticket.File
}

// read is the job that gives a received mail its outcome.
func (s *Service) read(ctx context.Context, j readJob) error {
	rd, done, err := s.prepare(ctx, j.Mail)
	if err != nil || done {
		return err
	}
	switch o := rd.outcome.Outcome.(type) {
	case thread.Append:
		return s.unlessMarked(ctx, rd, func() error { return s.appendTo(ctx, rd, o) })
	case thread.Open:
		return s.unlessMarked(ctx, rd, func() error { return s.openNew(ctx, rd) })
	case thread.Bounce:
		return s.bounced(ctx, rd, o)
	case thread.Ignore:
		return s.settle(ctx, rd, "ignored", string(o.Reason))
	case thread.Park:
		return s.settle(ctx, rd, "parked", string(o.Reason))
	default:
		return fault.Internal(errors.New("mail: threading gave no outcome"))
	}
}

// prepare loads, parses and routes a mail. done says that it had its outcome.
func (s *Service) prepare(ctx context.Context, mail int64) (*reading, bool, error) {
	rd := &reading{}
	err := s.DB.Read(ctx, intake(), policy.Operate, func(tx *store.Tx) error {
		var err error
		if rd.row, err = store.One[inRow](ctx, tx, selectIn, mail); err != nil {
			return err
		}
		if rd.row.outcome != "received" {
			return nil
		}
		raw, to, err := s.raw(ctx, rd.row)
		if err != nil {
			return err
		}
		rd.to = to
		if rd.desk, err = s.deskOf(ctx, tx, to); err != nil {
			return err
		}
		if rd.msg, err = mime.Parse(raw); err != nil {
			return err
		}
		if err := s.whoWrote(ctx, tx, rd); err != nil {
			return err
		}
		rd.doubted = proof.Read(rd.msg.Header, s.TrustedServer, rd.msg.From) == proof.Unproven
		cs, err := s.People.Controllers(ctx, tx)
		if err != nil {
			return err
		}
		rd.outcome, err = s.desk(cs).Route(thread.Mail{Message: rd.msg, Recipients: []string{to}}, &index{ctx: ctx, s: s, tx: tx, mail: mail, doubted: rd.doubted})
		if o, ok := rd.outcome.Outcome.(thread.Append); ok && err == nil {
			if rd.target, err = s.Tickets.Facts(ctx, tx, o.Ticket); err == nil {
				rd.takes, err = s.Tickets.TakesAnswers(ctx, tx, rd.target)
			}
			rd.takesPart()
		}
		rd.doubt()
		return err
	})
	if errors.Is(err, store.ErrNone) || (err == nil && rd.row.outcome != "received") {
		return nil, true, nil // forgotten, or done by another runner
	}
	return rd, false, err
}

// index answers what threading asks of the past.
type index struct {
	ctx  context.Context
	s    *Service
	tx   *store.Tx
	mail int64
	// doubted: nothing proves who wrote the mail, so that nobody takes part by it
	doubted bool
}

// TicketOf implements thread.Index.
func (i *index) TicketOf(messageID string) (int64, bool, error) {
	row, err := store.One[store.Value[int64]](i.ctx, i.tx, knownID, i.s.messageHash(messageID))
	if errors.Is(err, store.ErrNone) {
		return 0, false, nil
	}
	return row.V, err == nil, err
}

// Standing implements thread.Index.
func (i *index) Standing(t int64, address string) (thread.Standing, error) {
	found, err := i.s.Tickets.Facts(i.ctx, i.tx, t)
	if fault.Is(err, fault.KindUnknown) || fault.Is(err, fault.KindGone) {
		return thread.Standing{}, nil
	}
	if err != nil {
		return thread.Standing{}, err
	}
	people, err := i.s.People.Lookup(i.ctx, i.tx, directory.Email, address)
	if err != nil {
		return thread.Standing{}, err
	}
	takes, err := i.s.Tickets.TakesAnswers(i.ctx, i.tx, found)
	st := thread.Standing{Exists: true, Closed: !takes}
	for _, p := range people {
		st.Participant = st.Participant || found.Concerns(p.ID) && !i.doubted
	}
	return st, err
}

// Seen implements thread.Index.
func (i *index) Seen(fingerprint string) (bool, error) {
	_, err := store.One[store.Value[int64]](i.ctx, i.tx, knownSeen, i.s.Vault.Hash("mail.fingerprint", fingerprint), i.mail)
	if errors.Is(err, store.ErrNone) {
		return false, nil
	}
	return err == nil, err
}

func (s *Service) messageHash(messageID string) []byte {
	if messageID == "" {
		return []byte{}
	}
	return s.Vault.Hash("mail.message", messageID)
}

// body is the text of an entry: the fresh part, what was quoted apart.
func (rd *reading) body() ticket.Text {
	fresh, quoted := mime.SplitQuoted(rd.msg.Text)
	if strings.TrimSpace(fresh) == "" {
		fresh, quoted = rd.msg.Text, ""
	}
	auto, _ := rd.msg.Robot()
	return ticket.Text{
		Body: strings.TrimSpace(fresh), Quoted: strings.TrimSpace(quoted), HTML: rd.msg.HTML, Files: rd.files, Author: rd.sender.ID, Automatic: auto, Stranger: rd.doubted, Doubted: rd.doubted,
		From: listed(rd.msg.From[:min(len(rd.msg.From), 1)]), SentTo: listed(rd.msg.To), CopiedTo: listed(rd.msg.Cc),
	}
}

// listed writes addresses without the names beside them, which are only claims.
func listed(list []mime.Address) string {
	all := make([]string, len(list))
	for i, a := range list {
		all[i] = a.Address
	}
	return strings.Join(all, ", ")
}

// store puts the attachments into the file store, before the transaction.
func (s *Service) storeFiles(ctx context.Context, rd *reading) error {
	for _, a := range rd.msg.Attachments {
		name, size, err := s.Files.Put(ctx, rd.key, bytes.NewReader(a.Data))
		if err != nil {
			return err
		}
		rd.files = append(rd.files, ticket.File{Name: a.Name, MediaType: a.MediaType, Size: size, Blob: name, ContentID: a.ContentID})
	}
	return nil
}

// appendTo adds the mail to the ticket it answers. One that is closed, or ended
// before the desk's reopening window, is not touched: the mail opens a new one,
// which points to it. Somebody whose right to the ticket is only
// the address they were given is let in by the system and marked.
func (s *Service) appendTo(ctx context.Context, rd *reading, o thread.Append) error {
	if !rd.takes {
		return s.openNew(ctx, rd)
	}
	if err := s.letIn(ctx, rd, o.Stranger); err != nil {
		return err
	}
	if parked, err := s.parkClosed(ctx, rd); parked || err != nil {
		return err
	}
	rd.key = rd.target.Key()
	if err := s.storeFiles(ctx, rd); err != nil {
		return err
	}
	who, purpose, err := s.actor(ctx, rd, o.Stranger)
	if err != nil {
		return err
	}
	return s.DB.Write(ctx, who, purpose, func(tx *store.Tx) error {
		if done, err := s.taken(ctx, tx, rd); done || err != nil {
			return err
		}
		in := rd.body()
		in.Stranger = o.Stranger
		e, err := s.Tickets.Write(ctx, tx, rd.target.Ref, ticket.Mail, in)
		if err != nil {
			return err
		}
		return s.mark(ctx, tx, rd, "appended", string(o.Proof), rd.target.ID, e.ID)
	})
}

// openNew opens a ticket from the mail. One whose sender is not proven has nobody
// for a reporter, so that nobody is told of it, until an agent says whose it is.
func (s *Service) openNew(ctx context.Context, rd *reading) error {
	if err := s.letIn(ctx, rd, rd.doubted); err != nil {
		return err
	}
	if parked, err := s.parkClosed(ctx, rd); parked || err != nil {
		return err
	}
	var err error
	if rd.key, err = s.Tickets.NewKey(ctx); err != nil {
		return err
	}
	if err := s.storeFiles(ctx, rd); err != nil {
		return err
	}
	who, purpose, err := s.actor(ctx, rd, rd.doubted)
	if err != nil {
		return err
	}
	return s.DB.Write(ctx, who, purpose, func(tx *store.Tx) error {
		if done, err := s.taken(ctx, tx, rd); done || err != nil {
			return err
		}
		in := ticket.NewTicket{Channel: ticket.Mail, Reporter: rd.reporter(), Subject: rd.msg.Subject, Text: rd.body(), Key: rd.key, Silent: !rd.outcome.Acknowledge, Follows: rd.target.ID}
		if text.CleanLine(in.Subject, 0) == "" {
			in.Subject = s.Bundle.Localizer(s.Bundle.Choose("", "", rd.desk.Lang)).T("mail.nosubject")
		}
		t, err := s.Tickets.Open(ctx, tx, in)
		if err != nil {
			return err
		}
		return s.mark(ctx, tx, rd, "opened", rd.whyNew(), t.ID, 0)
	})
}

// unlessMarked takes a mail, or lets go of one that the sender's own organisation
// does not let its desk hold, although this desk took it in (CAB-01): nobody can
// read it again.
func (s *Service) unlessMarked(ctx context.Context, rd *reading, take func() error) error {
	var err error
	for _, p := range rd.people {
		if err == nil {
			err = s.Tickets.WithinCeiling(p.Controller, rd.msg.Subject, rd.msg.Text)
		}
	}
	if err == nil {
		err = take()
	}
	if fault.As(err).Key != ticket.Marked {
		return err
	}
	if err := s.Vault.Destroy(ctx, rd.row.key); err != nil {
		return err
	}
	if err := s.Files.DeleteGroup(ctx, rd.row.key); err != nil {
		return err
	}
	return s.settle(ctx, rd, "ignored", "it is marked above what the sender's desk may hold, and was destroyed")
}

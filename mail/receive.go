package mail

import (
	"bytes"
	"context"

	"heed/kernel/fault"
	"heed/kernel/policy"
	"heed/kernel/seal"
	"heed/kernel/store"
	"heed/mail/mime"
)

// Limits on incoming mails.
const (
	// MaxMessage is the most a mail may hold, in bytes.
	MaxMessage = 30 << 20
	inRowLimit = 256 << 10 // larger mails go to the file store
	maxPath    = 1 << 10   // what is written in front of a mail about its way here
)

// readJob is the payload of the job that reads a mail.
type readJob struct {
	Mail int64 `json:"mail"`
}

// Accepts reports whether an address is a mailbox of ours.
func (s *Service) Accepts(ctx context.Context, address string) error {
	return s.DB.Read(ctx, intake(), policy.Operate, func(tx *store.Tx) error {
		_, err := s.deskOf(ctx, tx, address)
		return err
	})
}

// Receive makes a mail durable and returns; it is read by a job. The same bytes
// for the same mailbox are one mail, so a sender that missed our answer may send
// again.
func (s *Service) Receive(ctx context.Context, to string, raw []byte) error {
	switch {
	case len(raw) == 0:
		return fault.Invalid("mail.empty", "the mail is empty")
	case len(raw) > MaxMessage+maxPath:
		return fault.TooLarge("mail.large", "the mail is larger than 30 MB; send large files as a link")
	}
	key, err := s.Vault.NewGroup(ctx)
	if err != nil {
		return err
	}
	blob := ""
	inRow := raw
	if len(raw) > inRowLimit {
		if err := s.DB.Read(ctx, intake(), policy.Operate, func(tx *store.Tx) error { return s.screen(ctx, tx, to, raw) }); err != nil {
			return err
		}
		if blob, _, err = s.Files.Put(ctx, key, bytes.NewReader(raw)); err != nil {
			return err
		}
		inRow = nil
	}
	return s.DB.Write(ctx, intake(), policy.Operate, func(tx *store.Tx) error {
		if err := s.screen(ctx, tx, to, raw); err != nil {
			return err
		}
		n := s.Mint.Next(tx.Now())
		g, err := s.do.receive.Check(tx, subject{id: n})
		if err != nil {
			return err
		}
		recipient, err := s.Vault.SealText(ctx, key, seal.Place{Column: "mail_in.recipient", Row: n}, to)
		if err != nil {
			return err
		}
		sealed, err := s.Vault.Seal(ctx, key, seal.Place{Column: "mail_in.raw", Row: n}, inRow)
		if err != nil {
			return err
		}
		digest := s.Vault.Hash("mail.digest", to+"\x00"+string(raw))
		added, err := store.Exec(ctx, tx, g.Proof, insertIn, n, key, digest, recipient, sealed, blob, len(raw), []byte{}, []byte{}, tx.Millis())
		if err != nil || added == 0 {
			return err
		}
		return s.Queue.Enqueue(ctx, tx, "mail.read", readJob{n}, "", tx.Now())
	})
}

// screen refuses what may not be kept: mail for no mailbox of ours, and mail that
// is marked above what the desk may hold (CAB-01). The sender's server tells them.
func (s *Service) screen(ctx context.Context, tx *store.Tx, to string, raw []byte) error {
	desk, err := s.deskOf(ctx, tx, to)
	if err != nil || s.Tickets.Ceiling == nil || s.Tickets.Ceiling(desk.ID) == "" {
		return err
	}
	msg, err := mime.Parse(raw)
	if err != nil {
		return nil // what cannot be read now cannot be read later, and is parked
	}
	return s.Tickets.WithinCeiling(desk.ID, msg.Subject, msg.Text)
}

// raw returns the bytes and the recipient of a received mail.
func (s *Service) raw(ctx context.Context, r inRow) (raw []byte, to string, err error) {
	if to, err = s.Vault.OpenText(ctx, seal.Place{Column: "mail_in.recipient", Row: r.id}, r.recipient); err != nil {
		return nil, "", err
	}
	if r.blob == "" {
		raw, err = s.Vault.Open(ctx, seal.Place{Column: "mail_in.raw", Row: r.id}, r.raw)
		return raw, to, err
	}
	var b bytes.Buffer
	err = s.Files.Copy(ctx, &b, r.key, r.blob)
	return b.Bytes(), to, err
}

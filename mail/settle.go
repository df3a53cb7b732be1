package mail

import (
	"context"
	"fmt"
	"slices"
	"time"

	"heed/kernel/fault"
	"heed/kernel/job"
	"heed/kernel/policy"
	"heed/kernel/store"
	"heed/mail/thread"
)

// taken reports whether another runner gave the mail its outcome meanwhile.
func (s *Service) taken(ctx context.Context, tx *store.Tx, rd *reading) (bool, error) {
	row, err := store.One[inRow](ctx, tx, selectIn, rd.row.id)
	return err == nil && row.outcome != "received", err
}

// whyNew is why a mail opened a ticket: that its sender is not proven, what it pointed
// to was forged, or
// takes no more answers, or else what the last rule of its trace said.
func (rd *reading) whyNew() string {
	trace := rd.outcome.Trace
	switch {
	case rd.doubted:
		return "the mail server could not prove who sent it"
	case slices.ContainsFunc(trace, func(s thread.Step) bool { return s.Reason == thread.ReasonForged }):
		return string(thread.ReasonForged)
	case rd.target.ID != 0:
		return "the ticket it answers takes no more answers"
	case len(trace) == 0:
		return string(thread.ReasonFresh)
	default:
		return string(trace[len(trace)-1].Reason)
	}
}

// mark notes the outcome in the transaction of what the mail led to, and ends
// the job with it.
func (s *Service) mark(ctx context.Context, tx *store.Tx, rd *reading, outcome, reason string, ticket, entry int64) error {
	if err := job.Done(ctx, tx); err != nil {
		return err
	}
	_, err := store.Keep(ctx, tx, settleIn, outcome, reason, ticket, entry, s.Vault.Hash("mail.fingerprint", thread.Fingerprint(rd.msg)),
		s.messageHash(rd.msg.MessageID), tx.Millis(), rd.row.id)
	return err
}

// settle notes an outcome that led to nothing else.
func (s *Service) settle(ctx context.Context, rd *reading, outcome, reason string) error {
	return s.DB.Write(ctx, intake(), policy.Operate, func(tx *store.Tx) error {
		return s.mark(ctx, tx, rd, outcome, reason, 0, 0)
	})
}

// bounced notes on the outgoing mail what its report says.
func (s *Service) bounced(ctx context.Context, rd *reading, o thread.Bounce) error {
	state := "delayed"
	for _, d := range o.Report.Recipients {
		if d.Permanent() {
			state = "failed"
		}
	}
	return s.DB.Write(ctx, intake(), policy.Operate, func(tx *store.Tx) error {
		if _, err := store.Keep(ctx, tx, insertLog, s.Mint.Next(tx.Now()), o.Mail, tx.Millis(), "the next server reports: "+state); err != nil {
			return err
		}
		if state == "failed" {
			if _, err := store.Keep(ctx, tx, markOut, state, tx.Millis(), o.Mail); err != nil {
				return err
			}
		}
		return s.mark(ctx, tx, rd, "bounced", "it reports on the delivery of a mail of ours", o.Ticket, 0)
	})
}

// Replay reads a parked mail again.
func (s *Service) Replay(ctx context.Context, tx *store.Tx, mail int64) error {
	n, err := store.Keep(ctx, tx, reopenIn, mail)
	if err != nil {
		return err
	}
	if n == 0 {
		return fault.Conflict("mail.replay", "this mail is not parked; only parked mails can be read again")
	}
	return s.Queue.Enqueue(ctx, tx, "mail.read", readJob{mail}, "", tx.Now())
}

// instant reads a stored instant.
func instant(ms int64) time.Time { return time.UnixMilli(ms).UTC() }

// bytesText is a size in words.
func bytesText(n int64) string {
	if n < 1000 {
		return fmt.Sprintf("%d B", n)
	}
	return fmt.Sprintf("%d kB", n/1000)
}

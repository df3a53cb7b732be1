package mail

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"

	"heed/kernel/fault"
	"heed/kernel/job"
	"heed/kernel/policy"
	"heed/kernel/seal"
	"heed/kernel/store"
)

// send is the job that hands a mail to the next server, once for each try. A
// final refusal is noted and not tried again.
func (s *Service) send(ctx context.Context, j sendJob) error {
	var row outRow
	err := s.DB.Read(ctx, teller(), policy.ProgressMail, func(tx *store.Tx) (err error) {
		row, err = store.One[outRow](ctx, tx, selectOut, j.Mail)
		return err
	})
	if errors.Is(err, store.ErrNone) || (err == nil && row.state != "queued") {
		return nil // forgotten, or sent by a runner that died before it could say so
	}
	if err != nil {
		return err
	}
	if s.Sender == nil {
		return s.note(ctx, row.id, "kept", "kept here; no mail server is configured")
	}
	to, err := s.Vault.OpenText(ctx, seal.Place{Column: "mail_out.address", Row: row.id}, row.address)
	if err != nil {
		return err
	}
	raw, err := s.Vault.Open(ctx, seal.Place{Column: "mail_out.raw", Row: row.id}, row.raw)
	if err != nil {
		return err
	}
	err = s.Sender.Send(ctx, "bounce@"+s.Domain, to, raw)
	switch {
	case err == nil:
		return s.note(ctx, row.id, "sent", "accepted by the next server")
	case fault.Is(err, fault.KindInvalid):
		return s.note(ctx, row.id, "failed", fault.As(err).Text)
	}
	if e := s.note(ctx, row.id, "queued", "not accepted yet; tried again later"); e != nil {
		return e
	}
	return err
}

// note writes the log of a mail and its state.
func (s *Service) note(ctx context.Context, mail int64, state, result string) error {
	return s.DB.Write(ctx, teller(), policy.ProgressMail, func(tx *store.Tx) error {
		if _, err := store.Keep(ctx, tx, insertLog, s.Mint.Next(tx.Now()), mail, tx.Millis(), result); err != nil {
			return err
		}
		if _, err := store.Keep(ctx, tx, markOut, state, tx.Millis(), mail); err != nil || state == "queued" {
			return err
		}
		return job.Done(ctx, tx)
	})
}

// SMTP is the Sender that speaks to the next server.
type SMTP struct {
	Addr     string // host:port
	User     string // empty: no authentication
	Password string
	Plain    bool // no TLS, for a relay on loopback
	Timeout  time.Duration
}

// Send implements Sender. A 5xx answer is final (RFC 5321 §4.2.1).
func (c SMTP) Send(ctx context.Context, from, to string, raw []byte) error {
	if c.Timeout == 0 {
		c.Timeout = time.Minute
	}
	d := net.Dialer{Timeout: c.Timeout}
	conn, err := d.DialContext(ctx, "tcp", c.Addr)
	if err != nil {
		return fault.Busy("smtp.connect", "the mail server cannot be reached").Because(err)
	}
	client, err := c.client(conn)
	if err != nil {
		_ = conn.Close()
		return fault.Busy("smtp.tls", "the mail server offers no safe connection").Because(err)
	}
	defer func() { _ = client.Close() }()
	client.CommandTimeout, client.SubmissionTimeout = c.Timeout, c.Timeout
	if c.User != "" {
		if err := client.Auth(sasl.NewPlainClient("", c.User, c.Password)); err != nil {
			return fault.Busy("smtp.auth", "the mail server did not accept our name and password").Because(err)
		}
	}
	if err := c.deliver(client, from, to, raw); err != nil {
		if e, ok := errors.AsType[*smtp.SMTPError](err); ok && e.Code >= 500 {
			return fault.Invalid("smtp.refused", "refused for good by the next server (code %d)", e.Code)
		}
		return fault.Busy("smtp.later", "the mail server asks to try again later").Because(err)
	}
	_ = client.Quit()
	return nil
}

func (c SMTP) client(conn net.Conn) (*smtp.Client, error) {
	if c.Plain {
		return smtp.NewClient(conn), nil
	}
	host, _, err := net.SplitHostPort(c.Addr)
	if err != nil {
		return nil, err
	}
	return smtp.NewClientStartTLS(conn, &tls.Config{ServerName: host, MinVersion: tls.VersionTLS12})
}

func (SMTP) deliver(client *smtp.Client, from, to string, raw []byte) error {
	if err := client.Mail(from, nil); err != nil {
		return err
	}
	if err := client.Rcpt(to, nil); err != nil {
		return err
	}
	w, err := client.Data()
	if err != nil {
		return err
	}
	if _, err := w.Write(raw); err != nil {
		_ = w.Close()
		return err
	}
	return w.Close()
}

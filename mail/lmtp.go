package mail

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"slices"
	"time"

	"github.com/emersion/go-smtp"

	"heed/kernel/fault"
	"heed/kernel/text"
)

// LMTP is the way in for a mail server beside us (RFC 2033): each recipient gets
// an answer of its own, given only when the mail is durable.
type LMTP struct {
	Service *Service
	Log     *slog.Logger
}

// Serve answers connections until ctx ends.
func (l LMTP) Serve(ctx context.Context, ln net.Listener) error {
	srv := smtp.NewServer(l)
	srv.LMTP, srv.Domain = true, l.Service.Domain
	srv.MaxMessageBytes, srv.MaxRecipients = MaxMessage, 100
	srv.MaxLineLength = MaxMessage // only the whole has a limit: a long line would be sent to us again and again
	srv.ReadTimeout, srv.WriteTimeout = 2*time.Minute, 2*time.Minute
	stop := context.AfterFunc(ctx, func() { _ = srv.Close() })
	defer stop()
	err := srv.Serve(ln)
	if ctx.Err() != nil || errors.Is(err, smtp.ErrServerClosed) {
		return nil
	}
	return err
}

// NewSession implements smtp.Backend.
func (l LMTP) NewSession(*smtp.Conn) (smtp.Session, error) { return &session{l: l}, nil }

type session struct {
	l    LMTP
	from string // the return path; empty for a report or another robot
	to   []string
}

// Mail implements smtp.Session.
func (s *session) Mail(from string, _ *smtp.MailOptions) error { s.from, s.to = from, nil; return nil }

// Rcpt implements smtp.Session.
func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	if err := s.l.Service.Accepts(context.Background(), to); err != nil {
		return s.l.answer(err)
	}
	s.to = append(s.to, to)
	return nil
}

// Data implements smtp.Session for a peer that speaks SMTP all the same.
func (s *session) Data(r io.Reader) error {
	return errors.Join(s.deliver(r)...)
}

// LMTPData implements smtp.LMTPSession.
func (s *session) LMTPData(r io.Reader, status smtp.StatusCollector) error {
	for i, err := range s.deliver(r) {
		status.SetStatus(s.to[i], err)
	}
	return nil
}

func (s *session) deliver(r io.Reader) []error {
	out := make([]error, len(s.to))
	raw, err := io.ReadAll(r)
	if errors.Is(err, smtp.ErrDataTooLarge) {
		raw, err = make([]byte, MaxMessage+maxPath+1), nil // Receive words the refusal
	}
	if err == nil && len(raw) > 0 {
		// whoever delivers for good writes down the return path (RFC 5321 §4.4)
		raw = slices.Concat([]byte("Return-Path: <"+text.CleanLine(s.from, 0)+">\r\n"), raw)
	}
	for i, to := range s.to {
		if err == nil {
			out[i] = s.l.answer(s.l.Service.Receive(context.Background(), to, raw))
		} else {
			out[i] = s.l.answer(fault.Busy("mail.cut", "the mail broke off before its end; send it again").Because(err))
		}
	}
	return out
}

// answer turns an error into a reply code: temporary for whatever may pass, so
// that the sender keeps the mail.
func (l LMTP) answer(err error) error {
	if err == nil {
		return nil
	}
	f := fault.As(err)
	if f.Kind == fault.KindInternal || f.Kind == fault.KindBusy {
		l.Log.Error("a mail could not be taken in", "error", err)
	}
	code := f.Kind.SMTP()
	return &smtp.SMTPError{Code: code, EnhancedCode: smtp.EnhancedCode{code / 100, 3, 0}, Message: f.Text}
}

// Reset implements smtp.Session.
func (s *session) Reset() { s.from, s.to = "", nil }

// Logout implements smtp.Session.
func (s *session) Logout() error { return nil }

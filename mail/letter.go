package mail

import (
	"bytes"
	"context"
	"fmt"
	"mime/quotedprintable"
	netmail "net/mail"
	"strings"
	"time"

	stdmime "mime"

	"heed/directory"
	"heed/kernel/i18n"
	"heed/kernel/seal"
	"heed/kernel/store"
	"heed/mail/thread"
	"heed/ticket"
)

// letter is one mail to one person, before it is written.
type letter struct {
	kind      string
	ticket    ticket.Ticket // zero for mails that are about no ticket
	entry     int64
	person    int64
	key       string // catalogue: KEY.subject and KEY.body
	text      string // of a reply
	author    int64
	link      string
	automatic bool // marked Auto-Submitted (RFC 3834), so that no robot answers
	staff     bool // to an analyst: no content, link to the desk
	once      string
}

// sendJob is the payload of the job that sends a mail.
type sendJob struct {
	Mail int64 `json:"mail"`
}

// write composes a mail, keeps it sealed and queues it. Somebody without an
// address is not written to; that stands on their ticket's page (LJMUH-26).
func (s *Service) write(ctx context.Context, tx *store.Tx, l letter) error {
	if l.person == 0 {
		return nil
	}
	p, err := s.People.Person(ctx, tx, l.person)
	if err != nil {
		return err
	}
	address := p.First(directory.Email)
	if address == "" || p.State != directory.Active {
		return nil
	}
	controller := l.ticket.Controller
	if controller == 0 {
		controller = p.Controller
	}
	c, err := s.People.Controller(ctx, tx, controller)
	if err != nil {
		return err
	}
	desk, err := s.People.Controller(ctx, tx, c.DeskID)
	if err != nil {
		return err
	}
	n := s.Mint.Next(tx.Now())
	raw, err := s.compose(ctx, tx, l, n, p, address, c, desk)
	if err != nil {
		return err
	}
	return s.keep(ctx, tx, l, n, p, address, raw)
}

// keep seals a composed mail and queues it for sending.
func (s *Service) keep(ctx context.Context, tx *store.Tx, l letter, n int64, p directory.Person, address string, raw []byte) error {
	g, err := s.do.send.Check(tx, subject{id: n, ticket: l.ticket.ID, person: p.ID})
	if err != nil {
		return err
	}
	key, err := s.Vault.NewGroup(ctx)
	if err != nil {
		return err
	}
	to, err := s.Vault.SealText(ctx, key, seal.Place{Column: "mail_out.address", Row: n}, address)
	if err != nil {
		return err
	}
	sealed, err := s.Vault.Seal(ctx, key, seal.Place{Column: "mail_out.raw", Row: n}, raw)
	if err != nil {
		return err
	}
	added, err := store.Exec(ctx, tx, g.With(l.kind), insertOut, n, l.kind, l.ticket.ID, l.entry, p.ID, l.once, key, to, sealed, tx.Millis())
	if err != nil || added == 0 {
		return err
	}
	return s.Queue.Enqueue(ctx, tx, "mail.send", sendJob{n}, "", tx.Now())
}

// compose writes the bytes of a mail: plain text, quoted-printable, with the
// headers that lead an answer back and keep robots quiet.
func (s *Service) compose(ctx context.Context, tx *store.Tx, l letter, n int64, p directory.Person, address string, c, desk directory.Controller) ([]byte, error) {
	say := s.Bundle.Localizer(s.Bundle.Choose(p.Lang, "", c.Lang))
	body, err := s.body(ctx, tx, l, p, say, c, desk)
	if err != nil {
		return nil, err
	}
	box := s.mailbox(desk)
	reply := box
	if l.ticket.ID != 0 {
		reply = thread.ReplyAddress(s.key, box, l.ticket.ID)
	}
	var b bytes.Buffer
	head := func(name, value string) { fmt.Fprintf(&b, "%s: %s\r\n", name, value) }
	head("From", (&netmail.Address{Name: desk.DeskName, Address: box}).String())
	head("To", (&netmail.Address{Name: p.Name, Address: address}).String())
	head("Reply-To", (&netmail.Address{Name: desk.DeskName, Address: reply}).String())
	head("Subject", stdmime.QEncoding.Encode("utf-8", s.subjectLine(l, say)))
	head("Date", tx.Now().Format(time.RFC1123Z))
	head("Message-ID", "<"+thread.NewMessageID(s.key, l.ticket.ID, n, s.Domain)+">")
	if l.ticket.ID != 0 {
		head("References", "<"+thread.NewMessageID(s.key, l.ticket.ID, l.ticket.ID, s.Domain)+">")
	}
	if l.automatic {
		head("Auto-Submitted", "auto-generated")
		head("X-Auto-Response-Suppress", "All")
	}
	head("MIME-Version", "1.0")
	head("Content-Type", "text/plain; charset=utf-8")
	head("Content-Transfer-Encoding", "quoted-printable")
	b.WriteString("\r\n")
	w := quotedprintable.NewWriter(&b)
	if _, err := w.Write([]byte(strings.ReplaceAll(body, "\n", "\r\n"))); err != nil {
		return nil, err
	}
	return b.Bytes(), w.Close()
}

func (s *Service) subjectLine(l letter, say i18n.Localizer) string {
	if l.ticket.ID == 0 || l.staff {
		return say.T(l.key+".subject", "ref", l.ticket.Ref)
	}
	return "[" + l.ticket.Ref + "] " + l.ticket.Subject
}

// body is the text of a mail with its foot: where to see the request, and which
// version of the notice covers it (LJMUH-04).
func (s *Service) body(ctx context.Context, tx *store.Tx, l letter, p directory.Person, say i18n.Localizer, c, desk directory.Controller) (string, error) {
	link := l.link
	switch {
	case l.staff:
		link = s.BaseURL + "/desk/tickets/" + l.ticket.Ref
	case l.ticket.ID != 0:
		link = s.BaseURL + "/requests/" + l.ticket.Ref
	}
	names, err := s.People.Names(ctx, tx, l.author, l.ticket.Reporter)
	if err != nil {
		return "", err
	}
	args := []any{
		"name", p.Name, "ref", l.ticket.Ref, "subject", l.ticket.Subject, "link", link, "desk", desk.DeskName, "controller", c.Name,
		"by", names[l.ticket.Reporter], "author", names[l.author],
	}
	text := say.T(l.key+".body", args...)
	if l.text != "" {
		text = l.text + "\n\n" + text
	}
	if l.staff || l.ticket.ID == 0 {
		return text + "\n", nil
	}
	return text + "\n\n-- \n" + say.T("mail.foot", "controller", c.Name, "link", s.BaseURL+"/notices/"+strings.ReplaceAll(l.ticket.Notice, "@", "/")) + "\n", nil
}

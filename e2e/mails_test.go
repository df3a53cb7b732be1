package e2e

import (
	"context"
	"io"
	"mime"
	"mime/quotedprintable"
	"net/mail"
	"strings"
	"testing"

	"heed/directory"
	"heed/kernel/id"
	"heed/kernel/policy"
	"heed/kernel/seal"
	"heed/kernel/store"
)

func systemActor() policy.Actor { return policy.System("test") }
func operate() policy.Purpose   { return policy.Operate }

type outRow struct {
	id  int64
	key int64
	raw []byte
}

// Fields implements store.Row.
func (o *outRow) Fields() []any { return []any{&o.id, &o.key, &o.raw} }

// sent returns the outgoing mails of a kind ("" for all), newest first.
func (d *desk) sent(kind string) []*mail.Message {
	d.t.Helper()
	d.settle()
	var out []*mail.Message
	d.read(func(tx *store.Tx) error {
		rows, err := store.All[outRow](context.Background(), tx, "SELECT id, key_id, raw FROM mail_out WHERE kind = $1 OR $1 = '' ORDER BY id DESC", kind)
		if err != nil {
			return err
		}
		for _, r := range rows {
			raw, err := d.Vault.Open(context.Background(), seal.Place{Column: "mail_out.raw", Row: r.id}, r.raw)
			if err != nil {
				return err
			}
			m, err := mail.ReadMessage(strings.NewReader(string(raw)))
			if err != nil {
				return err
			}
			out = append(out, m)
		}
		return nil
	})
	return out
}

// outgoing is the address in a header of the newest mail of a kind.
func (d *desk) outgoing(kind, header string) string {
	d.t.Helper()
	ms := d.sent(kind)
	if len(ms) == 0 {
		d.t.Fatalf("no mail of kind %s was sent", kind)
	}
	a, err := mail.ParseAddress(ms[0].Header.Get(header))
	if err != nil {
		d.t.Fatal(err)
	}
	return a.Address
}

// outgoingTo is subject and text of everything sent to an address.
func (d *desk) outgoingTo(address string) string {
	d.t.Helper()
	var b strings.Builder
	for _, m := range d.sent("") {
		to, err := mail.ParseAddress(m.Header.Get("To"))
		if err != nil || to.Address != address {
			continue
		}
		subject, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
		if err != nil {
			d.t.Fatal(err)
		}
		text, err := io.ReadAll(quotedprintable.NewReader(m.Body))
		if err != nil {
			d.t.Fatal(err)
		}
		b.WriteString(subject + "\n" + string(text) + "\n")
	}
	return b.String()
}

// person is the written id of somebody of the cast.
func (d *desk) person(user string) string {
	d.t.Helper()
	var out string
	d.read(func(tx *store.Tx) error {
		found, err := d.People.Lookup(context.Background(), tx, directory.UserName, user)
		if err == nil && len(found) > 0 {
			out = id.Text(found[0].ID)
		}
		return err
	})
	return out
}

// controllers are all of them.
func (d *desk) controllers() []directory.Controller {
	d.t.Helper()
	var cs []directory.Controller
	d.read(func(tx *store.Tx) (err error) {
		cs, err = d.People.Controllers(context.Background(), tx)
		return err
	})
	return cs
}

func number(t *testing.T, s string) int64 {
	t.Helper()
	n, err := id.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

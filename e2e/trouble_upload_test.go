package e2e

import (
	"bytes"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"heed/kernel/store"
	"heed/kernel/web"
)

// visitor is the browser as somebody who sends files.
func (b *browser) visitor() *visitor { return &visitor{base: b.d.site.URL, client: b.client} }

// places are the forms that take files.
func (d *desk) places() map[string]struct {
	who  *browser
	path string
} {
	d.t.Helper()
	ref := d.as("aruiz").ask("the first matter", "with a first sentence")
	return map[string]struct {
		who  *browser
		path string
	}{
		"a new request":      {d.as("aruiz"), "/ask"},
		"an answer":          {d.as("aruiz"), "/requests/" + ref},
		"a note at the desk": {d.as("oachterberg"), "/desk/tickets/" + ref},
		"a call":             {d.as("oachterberg"), "/desk/call"},
		"a further call":     {d.as("oachterberg"), "/desk/tickets/" + ref + "/call"},
	}
}

// written counts what was written to tickets.
func (d *desk) written() int64 {
	d.t.Helper()
	var n int64
	d.read(func(tx *store.Tx) error {
		row, err := store.One[store.Value[int64]](d.t.Context(), tx, "SELECT (SELECT count(*) FROM ticket) + (SELECT count(*) FROM entry)")
		n = row.V
		return err
	})
	return n
}

func TestAnUploadOverTheLimitLosesNothingThatWasTyped(t *testing.T) {
	t.Parallel()
	d := newDesk(t, store.SQLite, 0)
	for name, p := range d.places() {
		before := d.written()
		kind, body := upload(map[string]string{"mode": "note", "caller": "nameless", "channel": "phone", "subject": "a large okapi", "body": "what I typed about okapis"}, "okapi.bin", make([]byte, web.MaxFile+1))
		r := p.who.visitor().send(p.path, kind, bytes.NewReader(body))
		if r.err != nil || r.status != http.StatusRequestEntityTooLarge || !strings.Contains(r.body, "25 MB") {
			t.Errorf("%s: %d, %v; the answer names no limit: %t", name, r.status, r.err, !strings.Contains(r.body, "25 MB"))
		}
		if !strings.Contains(r.body, "what I typed about okapis") {
			t.Errorf("%s: what was typed is gone", name)
		}
		if d.written() != before {
			t.Errorf("%s: it was carried out all the same", name)
		}
		kind, body = upload(map[string]string{"mode": "note", "caller": "nameless", "channel": "phone", "subject": "a fitting okapi", "body": "the largest that fits"}, "okapi.bin", make([]byte, web.MaxFile))
		if r := p.who.visitor().send(p.path, kind, bytes.NewReader(body)); r.status != http.StatusSeeOther {
			t.Errorf("%s: a file of exactly the limit: %d %v", name, r.status, r.err)
		}
	}
}

func TestTooManyFilesLoseNothingThatWasTyped(t *testing.T) {
	t.Parallel()
	d := newDesk(t, store.SQLite, 0)
	kind, body := upload(map[string]string{"body": "what I typed about okapis"}, "0.txt", []byte("x"))
	mark := body[:bytes.IndexByte(body, '\r')]
	one := fmt.Sprintf("%s\r\nContent-Disposition: form-data; name=\"files\"; filename=\"n.txt\"\r\n\r\nx\r\n", mark)
	body = bytes.Replace(body, append(mark[:len(mark):len(mark)], "--"...), []byte(strings.Repeat(one, web.MaxFiles)+string(mark)+"--"), 1)
	r := d.as("aruiz").visitor().send("/ask", kind, bytes.NewReader(body))
	if r.status != http.StatusRequestEntityTooLarge || !strings.Contains(r.body, "what I typed about okapis") || !strings.Contains(r.body, "At most 10 files") {
		t.Errorf("eleven files: %d %v", r.status, r.err)
	}
	if left := filesOf(t, d.Config); len(left) != 0 {
		t.Errorf("of a form that was refused, %v are kept", left)
	}
}

// The second press sends the same file again; one that is attached already stays.
func TestFilesThatNothingTookAreRemoved(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, e store.Dialect) {
		d := newDesk(t, e, 0)
		who := d.as("aruiz").visitor()
		send := func(path, token string, content []byte, want int) {
			t.Helper()
			kind, body := upload(map[string]string{"form_token": token, "subject": "an okapi", "body": "what I typed"}, "okapi.txt", content)
			if r := who.send(path, kind, bytes.NewReader(body)); r.status != http.StatusSeeOther || len(filesOf(t, d.Config)) != want {
				t.Fatalf("%s: %d, %d files, want %d", path, r.status, len(filesOf(t, d.Config)), want)
			}
		}
		send("/ask", "token-one", []byte("stripes"), 1)
		send("/ask", "token-one", []byte("stripes"), 1)
		ref := d.newest("LJMU")
		send("/requests/"+ref, "token-two", []byte("stripes"), 1) // the same bytes on the same ticket are one file
		send("/requests/"+ref, "token-two", []byte("stripes"), 1)
		send("/requests/"+ref, "token-three", []byte("ossicones"), 2)
	})
}

// newest is the reference of the ticket opened last.
func (d *desk) newest(prefix string) (ref string) {
	d.t.Helper()
	d.read(func(tx *store.Tx) error {
		row, err := store.One[store.Value[string]](d.t.Context(), tx, "SELECT ref FROM ticket WHERE ref LIKE $1 ORDER BY id DESC LIMIT 1", prefix+"-%")
		ref = row.V
		return err
	})
	return ref
}

func TestAnUploadThatBreaksOffLosesNothingThatWasTyped(t *testing.T) {
	t.Parallel()
	d := newDesk(t, store.SQLite, 0)
	for name, p := range d.places() {
		before := d.written()
		kind, body := upload(map[string]string{"subject": "half an okapi", "body": "what I typed about okapis"}, "okapi.txt", bytes.Repeat([]byte("okapi "), 50_000))
		r := p.who.visitor().send(p.path, kind, bytes.NewReader(body[:len(body)/2]))
		if r.err != nil || r.status != http.StatusUnprocessableEntity || !strings.Contains(r.body, "arrived incomplete") {
			t.Errorf("%s: %d %v", name, r.status, r.err)
		}
		if !strings.Contains(r.body, "what I typed about okapis") {
			t.Errorf("%s: what was typed is gone", name)
		}
		d.hangUp(p.who, p.path, kind, body)
		if d.written() != before {
			t.Errorf("%s: half a form was carried out", name)
		}
	}
}

// hangUp sends half a form and cuts the line.
func (d *desk) hangUp(b *browser, path, kind string, body []byte) {
	d.t.Helper()
	at, err := url.Parse(d.site.URL)
	if err != nil {
		d.t.Fatal(err)
	}
	conn, err := (&net.Dialer{Timeout: 5 * time.Second}).DialContext(d.t.Context(), "tcp", at.Host)
	if err != nil {
		d.t.Fatal(err)
	}
	var cookies []string
	for _, c := range b.client.Jar.Cookies(at) {
		cookies = append(cookies, c.Name+"="+c.Value)
	}
	_, err = fmt.Fprintf(conn, "POST %s HTTP/1.1\r\nHost: %s\r\nCookie: %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s", path, at.Host, strings.Join(cookies, "; "), kind, len(body), body[:len(body)/2])
	if err == nil {
		err = conn.Close()
	}
	if err != nil {
		d.t.Fatal(err)
	}
	d.site.CloseClientConnections() // returns when the server has let go of it
	b.client.CloseIdleConnections()
}

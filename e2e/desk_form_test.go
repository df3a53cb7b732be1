package e2e

import (
	"bytes"
	"html"
	"maps"
	"mime/multipart"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"heed/app"
	"heed/kernel/clock"
	"heed/kernel/id"
	"heed/kernel/store"
)

// form is a form of a page, filled in as its page draws it.
type form struct {
	t      *testing.T
	page   string // where it stands, as the browser tells the server
	action string
	parts  bool // is sent in parts, with files
	fields url.Values
	files  []attached
}

// attached is a file somebody chose.
type attached struct{ name, kind, content string }

// form returns the form of a page that is sent to an address.
func (b *browser) form(page, action string) *form {
	b.d.t.Helper()
	return formIn(b.d.t, page, b.must(page), action)
}

// formIn reads a form out of a page, as a browser without script does.
func formIn(t *testing.T, page, text, action string) *form {
	t.Helper()
	f := &form{t: t, page: page, action: action, fields: url.Values{}}
	for _, part := range regexp.MustCompile(`(?s)<form\b[^>]*>.*?</form>`).FindAllString(text, -1) {
		head, inside, _ := strings.Cut(part, ">")
		if attr(head, "action") != action || attr(head, "method") != "post" {
			continue
		}
		f.parts = attr(head, "enctype") == "multipart/form-data"
		f.read(inside)
		return f
	}
	t.Fatalf("%s has no form that is sent to %s:\n%.2000s", page, action, text)
	return nil
}

func (f *form) read(inside string) {
	for _, in := range regexp.MustCompile(`<input\b[^>]*>`).FindAllString(inside, -1) {
		kind, name := attr(in, "type"), attr(in, "name")
		ticked := regexp.MustCompile(`\schecked\b`).MatchString(in)
		if name == "" || kind == "file" || (kind == "radio" || kind == "checkbox") && !ticked {
			continue
		}
		f.fields.Add(name, attr(in, "value"))
	}
	for _, in := range regexp.MustCompile(`(?s)<textarea\b([^>]*)>(.*?)</textarea>`).FindAllStringSubmatch(inside, -1) {
		f.fields.Add(attr(in[1], "name"), html.UnescapeString(in[2]))
	}
	for _, in := range regexp.MustCompile(`(?s)<select\b([^>]*)>(.*?)</select>`).FindAllStringSubmatch(inside, -1) {
		options := regexp.MustCompile(`<option\b[^>]*>`).FindAllString(in[2], -1)
		for i, o := range slices.Backward(options) {
			if i == 0 || regexp.MustCompile(`\sselected\b`).MatchString(o) {
				f.fields.Add(attr(in[1], "name"), attr(o, "value"))
				break
			}
		}
	}
}

// attr is the value of an attribute of a tag.
func attr(tag, name string) string {
	found := regexp.MustCompile(`\s` + name + `="([^"]*)"`).FindStringSubmatch(tag)
	if found == nil {
		return ""
	}
	return html.UnescapeString(found[1])
}

// fill writes NAME=VALUE pairs into the form.
func (f *form) fill(pairs ...string) *form {
	for _, p := range pairs {
		name, value, _ := strings.Cut(p, "=")
		f.fields.Set(name, value)
	}
	return f
}

// attach chooses a file.
func (f *form) attach(name, kind, content string) *form {
	f.files = append(f.files, attached{name, kind, content})
	return f
}

// encode writes the form as a browser does.
func (f *form) encode() (mediaType string, body []byte) {
	if !f.parts {
		return "application/x-www-form-urlencoded", []byte(f.fields.Encode())
	}
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for _, name := range slices.Sorted(maps.Keys(f.fields)) {
		for _, v := range f.fields[name] {
			_ = w.WriteField(name, v) // a buffer refuses nothing
		}
	}
	for _, a := range f.files {
		head := map[string][]string{"Content-Disposition": {`form-data; name="files"; filename="` + a.name + `"`}, "Content-Type": {a.kind}}
		if part, err := w.CreatePart(head); err == nil {
			_, _ = part.Write([]byte(a.content))
		}
	}
	_ = w.Close()
	return w.FormDataContentType(), b.Bytes()
}

// send sends a form from its page.
func (b *browser) send(f *form) reply {
	kind, body := f.encode()
	req, err := http.NewRequestWithContext(b.d.t.Context(), http.MethodPost, b.d.site.URL+f.action, bytes.NewReader(body))
	if err != nil {
		return reply{err: err}
	}
	req.Header.Set("Content-Type", kind)
	req.Header.Set("Referer", b.d.site.URL+f.page)
	return answered(b.client.Do(req))
}

// sent sends a form that has to be carried out, and returns where it led.
func (b *browser) sent(f *form) string {
	b.d.t.Helper()
	r := b.send(f)
	if r.err != nil || r.status != http.StatusSeeOther {
		b.d.t.Fatalf("POST %s: %d %v\n%.3000s", f.action, r.status, r.err, r.body)
	}
	return r.to
}

// movable is the demo with a clock that a test moves forward.
func movable(t *testing.T, e store.Dialect) (*desk, *clock.Movable) {
	t.Helper()
	c := config(t, e)
	buildDemo(t, c, 0)
	m := clock.NewMovable(clock.System().Now())
	return openDeskWith(t, c, app.Options{Clock: m}), m
}

// later moves the clock on and lets happen what is due.
func (d *desk) later(m *clock.Movable, by time.Duration) {
	d.t.Helper()
	if _, err := m.Forward(clock.Step{Exact: by}); err != nil {
		d.t.Fatal(err)
	}
	d.settle()
}

// written is a number as addresses and forms have it.
func written(n int64) string { return id.Text(n) }

package web

import (
	"context"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strings"

	"heed/kernel/fault"
	"heed/kernel/i18n"
	"heed/kernel/id"
	"heed/kernel/policy"
)

// Request is what a handler is asked.
type Request struct {
	HTTP    *http.Request
	Actor   policy.Actor // zero on public routes without a session
	Session int64        // 0 without one
	Purpose policy.Purpose
	Lang    i18n.Localizer
	Prefs   Prefs
	server  *Server
	form    url.Values
	failed  bool // a page that says so is drawn
	sent    bool // the reply is on its way
	await   []chan error
}

// Prefs are what a reader chose for pages; they live in cookies.
type Prefs struct {
	Theme   string // "light", "dark" or ""
	KeysOff bool
	Narrow  bool // the desk's rail shows its icons only
	OneLine bool // a row of the desk's list has one line, not two
	// Columns are what a row of the desk's list says beside subject, person and due;
	// nil where nothing was chosen. Names nobody knows may be among them.
	Columns []string
	Lang    string
}

// Await has something done while the reply is made, and makes it wait for that before
// its first byte: what it shows is recorded by then. An error is drawn in its place.
// Behind the first byte of a stream Await itself waits. do must not panic.
func (r *Request) Await(do func() error) error {
	if r.sent {
		return do()
	}
	done := make(chan error, 1)
	go func() { done <- do() }()
	r.await = append(r.await, done)
	return nil
}

// settle waits for all of it.
func (r *Request) settle() error {
	var errs []error
	for _, done := range r.await {
		errs = append(errs, <-done)
	}
	r.await = nil
	return errors.Join(errs...)
}

// Context is the request's context.
func (r *Request) Context() context.Context { return r.HTTP.Context() }

// Speak chooses the language of the page: what the reader chose here, their own
// preference, the browser's, the controller's.
func (r *Request) Speak(preference, fallback string) i18n.Localizer {
	if r.Prefs.Lang != "" {
		preference = r.Prefs.Lang
	}
	b := r.server.Bundle
	return b.Localizer(b.Choose(preference, r.HTTP.Header.Get("Accept-Language"), fallback))
}

// Server is the door the request came through.
func (r *Request) Server() *Server { return r.server }

// Path is a named part of the address.
func (r *Request) Path(name string) string { return r.HTTP.PathValue(name) }

// Query is a parameter behind the question mark.
func (r *Request) Query(name string) string { return r.HTTP.URL.Query().Get(name) }

// Key is a row's key behind the question mark, and another where there is none.
func (r *Request) Key(name string, none int64) int64 {
	if n, err := id.Parse(r.Query(name)); err == nil && n > 0 {
		return n
	}
	return none
}

// Here is the page's own path and query, to come back to.
func (r *Request) Here() string {
	if r.HTTP.Method != http.MethodGet {
		return r.HTTP.URL.Path
	}
	return r.HTTP.URL.RequestURI()
}

// Unsent is where the page that answers a form can be asked for with GET, so that
// going back to it does not send the form once more: the form's own address where
// that is a page, else the page it was typed on. It is empty for a page that
// answers no form, and for one that says that a request failed: that one may hold
// what was typed.
func (r *Request) Unsent() string {
	if r.HTTP.Method != http.MethodPost || r.failed || r.server == nil || r.server.pages == nil {
		return ""
	}
	if _, pattern := r.server.pages.Handler(&http.Request{Method: http.MethodGet, URL: r.HTTP.URL, Host: r.HTTP.Host}); strings.HasPrefix(pattern, http.MethodGet) {
		return r.HTTP.URL.RequestURI()
	}
	if from, err := url.Parse(r.HTTP.Referer()); err == nil && from.Host == r.HTTP.Host && from.Path != "" {
		return from.RequestURI()
	}
	return ""
}

// Limits on forms. All fields together are held in memory, also those of
// somebody who has not signed in, so their sum is bounded too.
const (
	maxField  = 512 << 10
	maxFields = 200
	maxText   = 4 * maxField
)

// MaxFile is the most one uploaded file may hold, in bytes.
const MaxFile = 25 << 20

// MaxFiles is how many files one form may carry.
const MaxFiles = 10

// Sink receives an uploaded file. It must read r to its end.
type Sink func(name, mediaType string, r io.Reader) error

// ReadForm reads the posted form once. Files go to sink as they arrive, so no
// file lies on disk in clear; without a sink they are skipped.
func (r *Request) ReadForm(sink Sink) error {
	if r.form != nil {
		return nil
	}
	kind, _, err := mime.ParseMediaType(r.HTTP.Header.Get("Content-Type"))
	if err != nil || (kind != "multipart/form-data" && kind != "application/x-www-form-urlencoded") {
		return fault.Invalid("form.type", "this address expects a form")
	}
	if kind == "application/x-www-form-urlencoded" {
		r.HTTP.Body = http.MaxBytesReader(nil, r.HTTP.Body, maxText)
		if err := r.HTTP.ParseForm(); err != nil {
			return tooLarge(err)
		}
		r.form = r.HTTP.PostForm
		return nil
	}
	r.form = url.Values{}
	return r.readParts(sink)
}

func (r *Request) readParts(sink Sink) error {
	r.HTTP.Body = http.MaxBytesReader(nil, r.HTTP.Body, MaxFiles*MaxFile+2*maxText)
	parts, err := r.HTTP.MultipartReader()
	if err != nil {
		return fault.Invalid("form.type", "this form arrived damaged; go back and send it again").Because(err)
	}
	files, size := 0, 0
	for n := 0; ; n++ {
		part, err := parts.NextPart()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return tooLarge(err)
		}
		if n >= maxFields {
			return fault.TooLarge("form.fields", "this form has too many fields")
		}
		if part.FileName() == "" {
			b, err := io.ReadAll(io.LimitReader(part, maxField+1))
			if err != nil {
				return tooLarge(err)
			}
			if len(b) > maxField {
				return fault.TooLarge("form.field", "one field holds more than 512 kB; attach long text as a file").On(part.FormName())
			}
			if size += len(b); size > maxText {
				return fault.TooLarge("form.large", "this is more than can be sent at once")
			}
			r.form.Add(part.FormName(), string(b))
			continue
		}
		if sink == nil {
			continue
		}
		if files++; files > MaxFiles {
			return fault.TooLarge("form.files", "at most %d files can be sent at once", MaxFiles).On("files")
		}
		limited := &limit{r: part, left: MaxFile}
		if err := sink(part.FileName(), part.Header.Get("Content-Type"), limited); err != nil {
			return err
		}
	}
}

// limit fails, rather than cuts, when a file is too large.
type limit struct {
	r    io.Reader
	left int64
}

// Read implements io.Reader.
func (l *limit) Read(p []byte) (int, error) {
	n, err := l.r.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		return n, tooLarge(err) // cut off: the sender's trouble, not ours
	}
	if l.left -= int64(n); l.left < 0 {
		return 0, fault.TooLarge("form.file", "a file may have at most 25 MB; send a link or a smaller file").On("files")
	}
	return n, err
}

func tooLarge(err error) error {
	if _, ok := err.(*http.MaxBytesError); ok || strings.Contains(err.Error(), "too large") {
		return fault.TooLarge("form.large", "this is more than can be sent at once").Because(err)
	}
	return fault.Invalid("form.broken", "the form arrived incomplete; go back and send it again").Because(err)
}

// Value is a posted field; ReadForm was called before.
func (r *Request) Value(name string) string { return strings.TrimSpace(r.form.Get(name)) }

// Values are all posted values of a field.
func (r *Request) Values(name string) []string { return r.form[name] }

// Form is everything that was posted.
func (r *Request) Form() url.Values { return r.form }

// Back is a posted or asked address to return to, if it is one of ours; else
// the fallback.
func (r *Request) Back(fallback string) string {
	to := r.form.Get("back")
	if to == "" {
		to = r.Query("back")
	}
	return LocalPath(to, fallback)
}

// LocalPath returns to if it is a path on this host, else the fallback; links
// that lead away through us are how people are deceived.
func LocalPath(to, fallback string) string {
	if !strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//") || strings.ContainsAny(to, "\\\r\n") {
		return fallback
	}
	u, err := url.Parse(to)
	if err != nil || u.Host != "" || u.Scheme != "" {
		return fallback
	}
	return to
}

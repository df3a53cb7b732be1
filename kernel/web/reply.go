package web

import (
	"io"
	"net/http"

	"github.com/a-h/templ"
)

// Reply is what a handler wants sent: a page, a redirect, or a stream.
type Reply struct {
	Status   int             // 0 means 200
	Page     templ.Component // rendered to a buffer first
	Location string          // a redirect after a form (303)
	Cookies  []*http.Cookie
	Stream   func(io.Writer) error // for files; Header says what it is
	Header   map[string]string
}

// Page answers with a page.
func Page(c templ.Component) Reply { return Reply{Page: c} }

// Redirect answers a form: the browser fetches the address with GET, so that
// reloading does not send the form again.
func Redirect(to string) Reply { return Reply{Location: to} }

// With adds a cookie.
func (r Reply) With(c *http.Cookie) Reply {
	r.Cookies = append(r.Cookies, c)
	return r
}

// As sets the status.
func (r Reply) As(status int) Reply {
	r.Status = status
	return r
}

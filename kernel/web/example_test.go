package web_test

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing/fstest"

	"github.com/a-h/templ"

	"heed/kernel/clock"
	"heed/kernel/fault"
	"heed/kernel/i18n"
	"heed/kernel/policy"
	"heed/kernel/web"
)

// line is a page of one line.
func line(s string) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		_, err := io.WriteString(w, s)
		return err
	})
}

// A handler returns a page or an error; the server draws both.
func ExampleServer() {
	bundle, err := i18n.NewBundle(nil, i18n.Catalogue{Slice: "demo", Files: fstest.MapFS{"messages/en.json": {Data: []byte(`{"demo.hello": "Hello {name}"}`)}}})
	if err != nil {
		fmt.Println(err)
		return
	}
	s := &web.Server{
		Log: slog.New(slog.DiscardHandler), Clock: clock.System(), Bundle: bundle, HoldKey: make([]byte, 32),
		Failure: func(r *web.Request, f *fault.Error, _ string) web.Reply { return web.Page(line(r.Lang.Fault(f))) },
	}
	mux := http.NewServeMux()
	err = s.Mount(mux, web.Route{
		Pattern: "GET /hello/{name}", Action: "demo.greet", Purpose: policy.Own, Public: true,
		Handle: func(r *web.Request) (web.Reply, error) {
			if r.Path("name") == "nobody" {
				return web.Reply{}, fault.Unknown("demo.nobody", "there is nobody by that name")
			}
			return web.Page(line(r.Lang.T("demo.hello", "name", r.Path("name")))), nil
		},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	h := s.Handler(mux)
	for _, path := range []string{"/hello/Rosa", "/hello/nobody"} {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
		fmt.Println(w.Code, w.Body)
	}
	// Output:
	// 200 Hello Rosa
	// 404 There is nobody by that name
}

// A route that does not say what it is for is refused at start.
func ExampleServer_Mount() {
	err := (&web.Server{}).Mount(http.NewServeMux(), web.Route{Pattern: "GET /secret"})
	fmt.Println(err)
	// Output: route "GET /secret" names no action or no purpose; every route says what it does and what for (CHI-22)
}

func ExampleLocalPath() {
	fmt.Println(web.LocalPath("/desk?q=printer", "/"))
	fmt.Println(web.LocalPath("//elsewhere.example/desk", "/"))
	// Output:
	// /desk?q=printer
	// /
}

// After a form the browser is sent on, so that reloading does not send it again.
func ExampleRedirect() {
	r := web.Redirect("/desk").With(&http.Cookie{Name: "heed_theme", Value: "dark"})
	fmt.Println(r.Location, r.Cookies[0])
	// Output: /desk heed_theme=dark
}

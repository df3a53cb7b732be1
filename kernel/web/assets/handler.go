package assets

import (
	"bytes"
	"io/fs"
	"net/http"
	"path"
	"strconv"
	"strings"
	"time"
)

// Handler answers GET and HEAD under Prefix. It serves the brotli or gzip form
// where the browser takes it, marks every answer immutable for a year, and
// answers 503 with an instruction when the binary was built without assets.
func Handler() http.Handler { return published().handler() }

// file is one asset ready to be sent.
type file struct {
	contentType string
	plain       []byte
	gzip        []byte
	brotli      []byte
}

func (s set) handler() http.Handler {
	files := map[string]file{}
	for _, public := range s.names {
		f := file{contentType: contentType(public)}
		f.plain, _ = fs.ReadFile(s.files, path.Join("dist", public))
		f.gzip, _ = fs.ReadFile(s.files, path.Join("dist", public+".gz"))
		f.brotli, _ = fs.ReadFile(s.files, path.Join("dist", public+".br"))
		files[public] = f
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := strings.TrimPrefix(r.URL.Path, Prefix)
		f, ok := files[name]
		switch {
		case r.Method != http.MethodGet && r.Method != http.MethodHead:
			w.Header().Set("Allow", "GET, HEAD")
			http.Error(w, "An asset can only be read. Use GET.", http.StatusMethodNotAllowed)
		case ok:
			f.serve(w, r)
		case len(files) == 0 || strings.HasPrefix(name, missing):
			http.Error(w, "This program was built without its styles, scripts and icons. Run make assets, then build again.", http.StatusServiceUnavailable)
		default:
			http.NotFound(w, r)
		}
	})
}

func (f file) serve(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Type", f.contentType)
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Set("Vary", "Accept-Encoding")
	h.Set("X-Content-Type-Options", "nosniff")
	body, accepts := f.plain, r.Header.Get("Accept-Encoding")
	switch {
	case f.brotli != nil && takes(accepts, "br"):
		body = f.brotli
		h.Set("Content-Encoding", "br")
	case f.gzip != nil && takes(accepts, "gzip"):
		body = f.gzip
		h.Set("Content-Encoding", "gzip")
	}
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(body))
}

// takes says whether an Accept-Encoding header (RFC 9110, 12.5.3) allows a
// coding. A weight of zero means no.
func takes(header, coding string) bool {
	for part := range strings.SplitSeq(header, ",") {
		name, params, _ := strings.Cut(part, ";")
		if !strings.EqualFold(strings.TrimSpace(name), coding) {
			continue
		}
		weight, found := strings.CutPrefix(strings.TrimSpace(params), "q=")
		q, err := strconv.ParseFloat(weight, 64)
		return !found || (err == nil && q > 0)
	}
	return false
}

// contentType is a closed list: these are the only kinds the bundler writes,
// and the operating system's own table must not change what we send.
func contentType(name string) string {
	switch path.Ext(name) {
	case ".css":
		return "text/css; charset=utf-8"
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	default:
		return "application/octet-stream"
	}
}

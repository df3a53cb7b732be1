package assets

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
)

func built() set {
	return load(fstest.MapFS{
		"dist/manifest.json":       {Data: []byte(`{"app.css":"app-1a2b3c4d.css"}`)},
		"dist/app-1a2b3c4d.css":    {Data: []byte("plain")},
		"dist/app-1a2b3c4d.css.gz": {Data: []byte("gzip")},
		"dist/app-1a2b3c4d.css.br": {Data: []byte("brotli")},
		"dist/secret.txt":          {Data: []byte("not in the manifest")},
	})
}

func TestAnAssetIsServedInTheFormTheBrowserTakes(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name, accepts, coding, body string
	}{
		{"nothing offered", "", "", "plain"},
		{"both offered, brotli is smaller", "gzip, deflate, br", "br", "brotli"},
		{"only gzip", "gzip", "gzip", "gzip"},
		{"brotli refused by weight", "br;q=0, gzip;q=0.5", "gzip", "gzip"},
		{"a coding that only looks alike", "xbr, gzipped", "", "plain"},
		{"a weight that is no number", "br;q=much", "", "plain"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			s := built()
			r := httptest.NewRequest(http.MethodGet, s.path("app.css"), nil)
			r.Header.Set("Accept-Encoding", tc.accepts)
			w := httptest.NewRecorder()
			s.handler().ServeHTTP(w, r)
			body, _ := io.ReadAll(w.Result().Body)
			if w.Code != http.StatusOK || string(body) != tc.body || w.Header().Get("Content-Encoding") != tc.coding {
				t.Errorf("got %d %q coded %q, want 200 %q coded %q", w.Code, body, w.Header().Get("Content-Encoding"), tc.body, tc.coding)
			}
			if got := w.Header().Get("Cache-Control"); !strings.Contains(got, "immutable") {
				t.Errorf("Cache-Control is %q, want immutable: the name changes with the content", got)
			}
			if got, want := w.Header().Get("Content-Type"), "text/css; charset=utf-8"; got != want {
				t.Errorf("Content-Type is %q, want %q", got, want)
			}
		})
	}
}

func TestOnlyWhatTheManifestNamesIsServed(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		method, path string
		want         int
	}{
		"a file beside the manifest":     {http.MethodGet, Prefix + "secret.txt", http.StatusNotFound},
		"a path that climbs":             {http.MethodGet, Prefix + "../assets.go", http.StatusNotFound},
		"the manifest itself":            {http.MethodGet, Prefix + "manifest.json", http.StatusNotFound},
		"a name the templates got wrong": {http.MethodGet, Prefix + missing + "apq.css", http.StatusServiceUnavailable},
		"writing":                        {http.MethodPost, Prefix + "app-1a2b3c4d.css", http.StatusMethodNotAllowed},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := httptest.NewRequest(tc.method, "/", nil)
			r.URL.Path = tc.path
			w := httptest.NewRecorder()
			built().handler().ServeHTTP(w, r)
			if w.Code != tc.want {
				t.Errorf("got %d, want %d", w.Code, tc.want)
			}
		})
	}
}

func TestWithoutAssetsTheAnswerSaysWhatToRun(t *testing.T) {
	t.Parallel()
	for name, files := range map[string]fstest.MapFS{
		"an empty folder":   {"dist/.gitkeep": {}},
		"a broken manifest": {"dist/manifest.json": {Data: []byte("{")}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := load(files)
			w := httptest.NewRecorder()
			s.handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, s.path("app.css"), nil))
			if w.Code != http.StatusServiceUnavailable || !strings.Contains(w.Body.String(), "make assets") {
				t.Errorf("got %d %q, want 503 naming make assets", w.Code, w.Body.String())
			}
		})
	}
}

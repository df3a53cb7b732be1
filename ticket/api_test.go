package ticket

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"heed/directory"
	"heed/kernel/api"
	"heed/kernel/policy"
	"heed/kernel/store"
)

// client calls the API as somebody.
func (w *world) client(p directory.Person, purpose policy.Purpose) func(method, path, body string) (int, string, http.Header) {
	w.t.Helper()
	mux := http.NewServeMux()
	who := w.actor(p)
	a := api.New(mux, "test", func(context.Context, string, string) (api.Caller, error) {
		return api.Caller{Actor: who, Purpose: purpose}, nil
	})
	w.s.RegisterAPI(a)
	return func(method, path, body string) (int, string, http.Header) {
		r := httptest.NewRequestWithContext(w.t.Context(), method, api.Prefix+path, strings.NewReader(body))
		r.Header.Set("Authorization", "Bearer x")
		r.Header.Set("Content-Type", "application/json")
		out := httptest.NewRecorder()
		mux.ServeHTTP(out, r)
		return out.Code, out.Body.String(), out.Header()
	}
}

func TestAProgramDoesADaysWork(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		w.system(func(tx *store.Tx) error {
			return w.s.SetOffering(t.Context(), tx, Offering{Controller: w.desk.ID, Code: "WIFI", Name: "Wireless"})
		})
		a := w.ask()
		call := w.client(w.priya, policy.Resolve)
		var got TicketJSON
		do := func(want int, method, path, body string) {
			t.Helper()
			status, text, _ := call(method, path, body)
			if status != want {
				t.Fatalf("%s %s: %d %s", method, path, status, text)
			}
			got = TicketJSON{}
			w.ok(json.Unmarshal([]byte(text), &got))
		}
		here := "/tickets/" + a.Ref
		do(200, "GET", here, "")
		if got.Priority != "P3" || got.ResolveDue == nil || got.Reporter.Name != "Ana Ruiz" || got.Entries[0].From != "Ana Ruiz" || got.Entries[0].To == nil || got.Version != 1 {
			t.Errorf("%+v", got)
		}
		do(200, "POST", here+"/sorting", `{"impact":"high","urgency":"high","service":"WIFI","version":1}`)
		if got.Priority != "P1" || got.Service != "WIFI" {
			t.Errorf("sorted: %+v", got)
		}
		do(409, "POST", here+"/sorting", `{"impact":"low","version":1}`)
		do(200, "POST", here+"/state", `{"state":"waiting","for":"third"}`)
		if got.State != Waiting || got.WaitsFor != ForThird || got.ResolveDue != nil {
			t.Errorf("waiting: %+v", got)
		}
		do(200, "POST", here+"/assign", `{"assignee":"praman"}`)
		if got.Assignee == nil || got.Assignee.Name != "Priya Raman" {
			t.Errorf("assigned: %+v", got)
		}
		do(422, "POST", here+"/assign", `{"team":"NOBODY"}`)
		do(422, "POST", here+"/state", `{"state":"resolved"}`)
		do(200, "POST", here+"/state", `{"state":"resolved","text":"a new fan"}`)
		if last := got.Entries[len(got.Entries)-2]; last.Kind != Answer || len(last.To) != 1 || last.To[0] != "Ana Ruiz" {
			t.Errorf("resolved: %+v", got.Entries)
		}
		do(200, "POST", here+"/state", `{"state":"open"}`)
		do(200, "POST", here+"/assign", `{"team":"SECOND","note":"please look"}`)
		if got.Ref != a.Ref || got.Subject != "" {
			t.Errorf("handed away, the caller still reads %+v", got)
		}
		do(404, "GET", here, "")
	})
}

func TestAProgramListsByWhatItAsksFor(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		a, b := w.ask(), w.ask(func(in *NewTicket) { in.Impact, in.Urgency = High, High })
		w.works(w.priya, func(tx *store.Tx) error { return w.s.Take(t.Context(), tx, a.Ref, 0) })
		call := w.client(w.priya, policy.Resolve)
		for query, want := range map[string][]string{
			"": {b.Ref, a.Ref}, "?priority=P1": {b.Ref}, "?assigned=true": {a.Ref}, "?team=FIRST&open=true": {b.Ref, a.Ref}, "?team=SECOND": {}, "?q=projector&limit=1": {b.Ref},
		} {
			status, text, _ := call("GET", "/tickets"+query, "")
			var got struct{ Tickets []TicketJSON }
			w.ok(json.Unmarshal([]byte(text), &got))
			refs := []string{}
			for _, x := range got.Tickets {
				refs = append(refs, x.Ref)
			}
			if status != 200 || strings.Join(refs, " ") != strings.Join(want, " ") {
				t.Errorf("%s: %d %v, want %v", query, status, refs, want)
			}
		}
		if status, _, _ := call("GET", "/tickets?team=NONE", ""); status != 422 {
			t.Errorf("a team that is none: %d", status)
		}
	})
}

func TestAProgramGetsAFileAsBytesThatNothingRuns(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		a := w.askWithFile("picture.png", "image/png", "<script>alert(1)</script>")
		call := w.client(w.priya, policy.Resolve)
		_, text, _ := call("GET", "/tickets/"+a.Ref, "")
		var got TicketJSON
		w.ok(json.Unmarshal([]byte(text), &got))
		file := got.Entries[0].Files[0]
		link := strings.TrimPrefix(file.Link, api.Prefix)
		status, body, head := call("GET", link, "")
		if status != 200 || body != "<script>alert(1)</script>" || head.Get("Content-Type") != "application/octet-stream" ||
			head.Get("X-Content-Type-Options") != "nosniff" || !strings.HasPrefix(head.Get("Content-Disposition"), "attachment;") || !strings.Contains(head.Get("Content-Security-Policy"), "sandbox") {
			t.Errorf("%d %q %v", status, body, head)
		}
		other := w.ask()
		if status, _, _ := call("GET", strings.Replace(link, a.Ref, other.Ref, 1), ""); status != 404 {
			t.Errorf("under another ticket's address: %d", status)
		}
		if status, _, _ := w.client(w.marc, policy.Resolve)("GET", link, ""); status != 404 {
			t.Errorf("for another team: %d", status)
		}
	})
}

// askWithFile opens a request of Ana's with one file.
func (w *world) askWithFile(name, mediaType, content string) Ticket {
	w.t.Helper()
	key, err := w.s.NewKey(w.t.Context())
	w.ok(err)
	stored, size, err := w.s.Files.Put(w.t.Context(), key, strings.NewReader(content))
	w.ok(err)
	return w.ask(func(in *NewTicket) {
		in.Key, in.Text.Files = key, []File{{Name: name, MediaType: mediaType, Size: size, Blob: stored}}
	})
}

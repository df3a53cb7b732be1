package ticket_test

import (
	"context"
	"io"
	"net/http"
	"strings"
	"testing"

	"heed/directory"
	"heed/kernel/id"
	"heed/kernel/policy"
	"heed/kernel/store"
	"heed/ticket"
)

// stored are files of which a test needs the names only: all are there.
type stored struct{ ticket.Files }

// Has implements ticket.Files.
func (stored) Has(context.Context, int64, string) (bool, error) { return true, nil }

// A mail as it was sent is a document that can do nothing: no script of its own or
// of ours, nothing fetched from elsewhere, and no frame around it but ours.
func TestAMailAsItWasSentIsShownInASandbox(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *desk) {
		w.Files = stored{}
		_, mine := w.analyst("Ada", "ONE")
		rosa, _ := w.analyst("Rosa", "")
		_, far := w.analyst("Dora", "TWO")
		x, e := w.mailed(rosa, "ONE", ticket.Text{
			Body: "Dear desk", Author: rosa.ID, HTML: `<p>Dear <b>desk</b><script>alert(1)</script><img src="https://tracker.example/p.gif" alt="far"><img src="cid:a@x" alt="near"><img src="cid:b@x" alt="drawn"></p>`,
			Files: []ticket.File{
				{Name: "a.png", MediaType: "image/png", Size: 1, Blob: "blob-a", ContentID: "a@x"}, {Name: "b.svg", MediaType: "image/svg+xml", Size: 1, Blob: "blob-b", ContentID: "b@x"},
			},
		})
		page := "/desk/tickets/" + x.Ref
		if !strings.Contains(w.get(mine, page), `src="`+page+"/mail/"+id.Text(e.ID)+`"`) {
			t.Error("the ticket does not offer the mail as it was sent")
		}
		res := w.fetch(mine, page+"/mail/"+id.Text(e.ID))
		for _, part := range []string{"default-src 'none'", "frame-ancestors 'self'", "sandbox allow-same-origin"} {
			if !strings.Contains(res.policy, part) {
				t.Errorf("the policy lacks %q: %s", part, res.policy)
			}
		}
		if strings.Contains(res.policy, "allow-scripts") || strings.Contains(res.body, "<script") || strings.Contains(res.body, "tracker.example") {
			t.Errorf("the mail may run a script, or fetch from elsewhere:\n%s\n%s", res.policy, res.body)
		}
		near, drawn := page+"/mail/"+id.Text(e.ID)+"/"+id.Text(e.Files[0].ID), page+"/mail/"+id.Text(e.ID)+"/"+id.Text(e.Files[1].ID)
		if !strings.Contains(res.body, "<b>desk</b>") || !strings.Contains(res.body, `src="`+near+`"`) || strings.Contains(res.body, drawn) {
			t.Errorf("the mail shows:\n%s", res.body)
		}
		if svg := w.fetch(mine, drawn); svg.status != http.StatusNotFound {
			t.Errorf("a drawing that can carry a script is handed out as a picture: %d", svg.status)
		}
		for _, path := range []string{page + "/mail/" + id.Text(e.ID), near} {
			if none := w.fetch(far, path); none.status != http.StatusNotFound || strings.Contains(none.body, "desk</b>") {
				t.Errorf("who may not see the ticket gets %d of %s:\n%s", none.status, path, none.body)
			}
		}
		if none := w.fetch(mine, page+"/mail/"+id.Text(e.ID+1)); none.status != http.StatusNotFound {
			t.Errorf("an entry that is not there gets %d", none.status)
		}
	})
}

// mailed opens a ticket by mail and returns its first entry.
func (w *desk) mailed(p directory.Person, team string, in ticket.Text) (x ticket.Ticket, e ticket.Entry) {
	w.t.Helper()
	system := policy.System("test")
	err := w.env.DB.Write(w.t.Context(), system, policy.Resolve, func(tx *store.Tx) (err error) {
		x, err = w.Open(w.t.Context(), tx, ticket.NewTicket{Channel: ticket.Mail, Reporter: p, Team: w.teams[team].ID, Subject: "By mail", Text: ticket.Text{Body: "First"}})
		return err
	})
	if err == nil {
		err = w.env.DB.Write(w.t.Context(), system, policy.Own, func(tx *store.Tx) (err error) {
			e, err = w.Write(w.t.Context(), tx, x.Ref, ticket.Mail, in)
			return err
		})
	}
	if err != nil {
		w.t.Fatal(err)
	}
	return x, e
}

// fetched is an answer with what it lets the page do.
type fetched struct {
	status       int
	body, policy string
}

func (w *desk) fetch(secret, path string) fetched {
	w.t.Helper()
	req := open[*http.Request](w.t)(http.NewRequestWithContext(w.t.Context(), http.MethodGet, w.base+path, nil))
	req.AddCookie(w.server.SessionCookie(secret))
	res := open[*http.Response](w.t)(http.DefaultClient.Do(req))
	defer func() { _ = res.Body.Close() }()
	return fetched{res.StatusCode, string(open[[]byte](w.t)(io.ReadAll(res.Body))), res.Header.Get("Content-Security-Policy")}
}

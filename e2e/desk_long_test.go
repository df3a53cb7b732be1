package e2e

import (
	"encoding/json"
	"fmt"
	"html"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"heed/kernel/policy"
	"heed/kernel/store"
	"heed/ticket"
)

// acts runs fn as somebody at the desk.
func (d *desk) acts(user string, fn func(*store.Tx) error) {
	d.t.Helper()
	var who policy.Actor
	d.read(func(tx *store.Tx) (err error) {
		who, err = d.People.Actor(d.t.Context(), tx, number(d.t, d.person(user)), "session")
		return err
	})
	if err := d.DB.Write(d.t.Context(), who, policy.Resolve, fn); err != nil {
		d.t.Fatal(err)
	}
}

func TestATicketOfFiveHundredEntriesIsReadPageByPage(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, e store.Dialect) {
		d := newDesk(t, e, 0)
		ref := d.as("aruiz").ask("a long matter", "entry 0.")
		d.acts("oachterberg", func(tx *store.Tx) error {
			for i := range 499 {
				if _, err := d.Tickets.Note(t.Context(), tx, ref, ticket.Text{Body: fmt.Sprintf("entry %d.", i+1)}); err != nil {
					return err
				}
			}
			return nil
		})
		b := d.as("oachterberg")
		seen, pages := map[string]int{}, 0
		for at := "/desk/tickets/" + ref + "?view=all"; at != ""; pages++ {
			page := b.must(at)
			if len(page) > 400_000 || pages > 3 {
				t.Fatalf("page %d has %d bytes", pages, len(page))
			}
			for _, found := range regexp.MustCompile(`entry \d+\.`).FindAllString(page, -1) {
				seen[found]++
			}
			older := regexp.MustCompile(`class="talk-older"><a href="([^"]+)"`).FindStringSubmatch(page)
			if at = ""; older != nil {
				at = html.UnescapeString(older[1])
			}
		}
		if len(seen) != 500 || pages != 3 {
			t.Errorf("%d of 500 entries are read on %d pages", len(seen), pages)
		}
		for text, n := range seen {
			if n != 1 {
				t.Errorf("%q stands on %d pages", text, n)
			}
		}
		program, read := d.program(t, "oachterberg", policy.Resolve), 0
		for at := "/api/v1/tickets/" + ref; at != ""; {
			var got ticket.TicketJSON
			if r := program.get(at); r.status != http.StatusOK || json.Unmarshal([]byte(r.body), &got) != nil {
				t.Fatalf("%s: %d", at, r.status)
			}
			read += len(got.Entries)
			if at = ""; got.Older != "" {
				at = "/api/v1/tickets/" + ref + "?before=" + got.Older
			}
		}
		if read != 500 {
			t.Errorf("a program reads %d entries", read)
		}
		if r := program.get("/api/v1/tickets/" + ref + "?before=yesterday"); r.status != http.StatusUnprocessableEntity {
			t.Errorf("before yesterday: %d", r.status)
		}
	})
}

// What a file says it is decides nothing: it is saved, never shown.
func TestAFileThatLiesAboutItsTypeIsNeverShown(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, e store.Dialect) {
		d := newDesk(t, e, 0)
		ana := d.as("aruiz")
		to := ana.sent(ana.form("/ask", "/ask").fill("subject=pictures", "body=see the files").
			attach("cat.png", "text/html", "<script>alert('numbat')</script>").
			attach("cat.svg", "image/svg+xml", `<svg xmlns="http://www.w3.org/2000/svg" onload="alert('numbat')"/>`).
			attach("report.pdf", `text/html"; x=<b>`, "<b>numbat</b>").
			attach("note.html", "image/png", "<h1>numbat</h1>").
			attach(`..\..\a<b>&.txt`, "text/plain", "numbat"))
		ref, _, _ := strings.Cut(strings.TrimPrefix(to, "/requests/"), "?")
		for who, base := range map[string]string{"aruiz": "/requests/", "oachterberg": "/desk/tickets/"} {
			b := d.as(who)
			page := b.must(base + ref)
			if regexp.MustCompile(`<(img|iframe|object|embed)\b[^>]*`+base).MatchString(page) || strings.Contains(page, "a<b>&.txt") {
				t.Errorf("%s: a page shows a file in itself, or writes its name as markup", who)
			}
			links := regexp.MustCompile(`href="(`+base+ref+`/files/\w+)"`).FindAllStringSubmatch(page, -1)
			if len(links) != 5 {
				t.Fatalf("%s sees %d files", who, len(links))
			}
			for _, link := range links {
				d.saved(t, b.client, link[1], "")
			}
			for _, link := range links {
				if status, _ := d.as("jwhitfield").get(link[1]); status != http.StatusNotFound {
					t.Errorf("somebody else gets %s: %d", link[1], status)
				}
				if status, _ := d.as("").get(link[1]); status != http.StatusUnauthorized {
					t.Errorf("a stranger gets %s: %d", link[1], status)
				}
			}
		}
		program := d.program(t, "oachterberg", policy.Resolve)
		var got ticket.TicketJSON
		if err := json.Unmarshal([]byte(program.get("/api/v1/tickets/"+ref).body), &got); err != nil || len(got.Entries[0].Files) != 5 {
			t.Fatalf("a program sees %+v, %v", got.Entries, err)
		}
		for _, f := range got.Entries[0].Files {
			d.saved(t, http.DefaultClient, f.Link, program.token)
		}
	})
}

// saved fetches a file and looks at what a browser is told about it.
func (d *desk) saved(t *testing.T, client *http.Client, path, token string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, d.site.URL+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	if token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	res, err := client.Do(req)
	r := answered(res, err)
	if r.err != nil || r.status != http.StatusOK || !strings.Contains(r.body, "numbat") {
		t.Fatalf("%s: %d %v %q", path, r.status, r.err, r.body)
	}
	for name, want := range map[string]string{"Content-Type": `^application/octet-stream$`, "X-Content-Type-Options": `^nosniff$`, "Content-Disposition": `^attachment;`, "Content-Security-Policy": `default-src 'none'.*sandbox`, "Cache-Control": `no-store`} {
		if got := res.Header.Get(name); !regexp.MustCompile(want).MatchString(got) {
			t.Errorf("%s: %s is %q", path, name, got)
		}
	}
}

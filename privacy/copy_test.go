package privacy

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"io"
	"path"
	"slices"
	"strings"
	"testing"

	"heed/directory"
	"heed/kernel/datamap"
	"heed/kernel/i18n"
	"heed/kernel/policy"
	"heed/kernel/seal"
	"heed/kernel/store"
	"heed/notice"
	"heed/ticket"
)

// copied is a copy, opened.
type copied struct {
	names []string
	files map[string][]byte
	data  struct {
		Format, Person, Controller, Notice string
		Columns                            map[string]jsonColumn
		Items                              []jsonItem
	}
}

func (c copied) has(word string) bool {
	for _, b := range c.files {
		if bytes.Contains(b, []byte(word)) {
			return true
		}
	}
	return false
}

func (w *world) copyOf(user, lang string) copied {
	w.t.Helper()
	who, _, err := w.copier.Find(w.t.Context(), user)
	if err != nil {
		w.t.Fatal(err)
	}
	var b bytes.Buffer
	if err := w.copier.Write(w.t.Context(), who, w.bundle.Localizer(lang), &b); err != nil {
		w.t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		w.t.Fatal(err)
	}
	out := copied{files: map[string][]byte{}}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			w.t.Fatal(err)
		}
		if out.files[f.Name], err = io.ReadAll(r); err != nil {
			w.t.Fatal(err)
		}
		out.names = append(out.names, f.Name)
	}
	if err := json.Unmarshal(out.files["data.json"], &out.data); err != nil {
		w.t.Fatalf("data.json: %v", err)
	}
	return out
}

// vetting is a notice that speaks of clearances.
type vetting struct{}

// Data implements directory.Notices.
func (vetting) Data(int64) []notice.Data {
	return []notice.Data{{Items: []string{"clearance"}, Class: "vetting"}}
}

// full fills every table for Ana, with a word of its own in each column, and
// plants what must not be in her copy beside it.
func (w *world) full() (given, withheld []string) {
	w.t.Helper()
	ctx := w.t.Context()
	boss := w.person("LJMU", "Manager Mandrake", "mmand")
	bob, agent := w.person("LJMU", "Bob Quagmire", "bquag"), w.analyst("LJMU", "Owen Tumbler", "otumbler")
	var ana directory.Person
	w.write(func(tx *store.Tx) (err error) {
		ana, err = w.people.AddPerson(ctx, tx, directory.NewPerson{
			Controller: w.desks["LJMU"].ID, Name: "Anastasia Vexillaria", Source: "directory", Manager: boss.ID, Affiliations: []string{"alumna"},
			Values: []directory.Value{
				{Kind: directory.UserName, Text: "avexil", Source: "directory"},
				{Kind: directory.Email, Text: "avexil@people.example", Source: "directory"},
				{Kind: directory.Office, Text: "Room Octothorpe", Source: "directory"},
			},
		})
		return err
	})
	w.people.Notices = vetting{}
	if err := w.data.DB.Write(ctx, tester(), policy.Resolve, func(tx *store.Tx) error {
		return w.people.Vet(ctx, tx, ana.ID, directory.Clearance, "cleared for the gazebo")
	}); err != nil {
		w.t.Fatal(err)
	}
	own := w.ask(ana, ana, "zyzzyva hinge", "the xylograph jams", "quincunx.txt", "what the thole says")
	w.as(agent, policy.Resolve, func(tx *store.Tx) error {
		if _, err := w.tickets.Note(ctx, tx, own.Ref, ticket.Text{Body: "withheld ombrometer"}); err != nil {
			return err
		}
		_, err := w.tickets.Reply(ctx, tx, own.Ref, ticket.Text{Body: "answer: oil the fulcrum"}, ticket.Replied)
		return err
	})
	w.receive("Anastasia Vexillaria <avexil@people.example>", "kumquat", "<p>a mail about <b>marmalade</b></p>\r\n<blockquote>repeated gnomon</blockquote>", "Content-Type: text/html")
	w.receive("avexil@people.example", "capstan", "fresh words\r\n\r\nOn Monday somebody wrote:\r\n> quoted sextant\r\n")
	w.receive("avexil@people.example", "bilboquet", strings.Repeat("a long mail with a theodolite\r\n", 12000))
	w.as(ana, policy.Own, func(tx *store.Tx) error {
		return w.tickets.SaveDraft(ctx, tx, "/ask", ticket.Draft{"body": "an unsent kerfuffle"})
	})
	w.as(ana, policy.Own, func(tx *store.Tx) error {
		return w.tickets.SaveDraft(ctx, tx, "/desk/call", ticket.Draft{"body": "withheld caller's hygrometer"})
	})
	w.as(ana, policy.Resolve, func(tx *store.Tx) error {
		_, err := w.tickets.SaveView(ctx, tx, ticket.SavedView{Name: "The nudibranch list", Query: "view=all&priority=P1"})
		return err
	})
	_ = must(w.people.OpenSession(ctx, ana.ID, "password", "borogove browser"))(w.t)
	w.write(func(tx *store.Tx) error { return w.people.Join(ctx, tx, ana.ID, w.team["LJMU"]) })
	shared := w.ask(bob, ana, "for Ana", "hers as well", "", "")
	w.as(agent, policy.Resolve, func(tx *store.Tx) error {
		_, err := w.tickets.Reply(ctx, tx, shared.Ref, ticket.Text{Body: "to both of you"}, ticket.Replied)
		return err
	})
	others := w.ask(bob, bob, "withheld sundial", "withheld astrolabe", "planisphere.txt", "withheld armillary")
	w.byHand(ana, others)
	w.secrets(ana)
	given = []string{
		"Anastasia Vexillaria", "avexil", "Octothorpe", "Mandrake", "alumna", "zyzzyva", "xylograph", "quincunx", "what the thole says", "oil the fulcrum",
		"kumquat", "marmalade", "gnomon", "capstan", "sextant", "theodolite", "kerfuffle", "nudibranch", "gazebo", "borogove", "key called trebuchet", "to both of you", "hers as well",
	}
	return given, []string{
		"withheld", "planisphere", "Quagmire", "Tumbler", "bquag", "otumbler", "argon2", "secret of hers", "sundial",
	}
}

// byHand writes what no verb makes here: a passkey, and a part in a ticket.
func (w *world) byHand(ana directory.Person, others ticket.Ticket) {
	w.t.Helper()
	var key int64
	w.read(func(tx *store.Tx) error {
		row, err := store.One[store.Value[int64]](w.t.Context(), tx, "SELECT key_id FROM person WHERE id = $1", ana.ID)
		key = row.V
		return err
	})
	sealed := func(column, text string) []byte {
		return must(w.vault.SealText(w.t.Context(), key, seal.Place{Column: column, Row: 77}, text))(w.t)
	}
	db := w.data.Raw(w.t)
	for _, x := range []struct {
		q    string
		args []any
	}{
		{
			"INSERT INTO passkey (id, person_id, lookup, record, name, made_at, used_at) VALUES (77, $1, $2, $3, $4, 1, 1)",
			[]any{ana.ID, []byte("x"), sealed("passkey.record", "a secret of hers"), sealed("passkey.name", "key called trebuchet")},
		},
		{"INSERT INTO ticket_party (id, ticket_id, person_id, role, since) VALUES (77, $1, $2, 'watcher', 1)", []any{others.ID, ana.ID}},
	} {
		if _, err := db.ExecContext(w.t.Context(), x.q, x.args...); err != nil {
			w.t.Fatal(err)
		}
	}
}

// secrets gives Ana a token, a link to come in by and a password.
func (w *world) secrets(ana directory.Person) {
	w.t.Helper()
	if _, err := w.people.MakeToken(w.t.Context(), ana.ID, directory.Token{Scopes: []string{"tickets:read"}, Purpose: policy.Own}, 1e15); err != nil {
		w.t.Fatal(err)
	}
	if err := w.mails.SendLink(w.t.Context(), ana.ID, "/sign-in/link/withheld-while-it-opens"); err != nil {
		w.t.Fatal(err)
	}
	db := w.data.Raw(w.t)
	if _, err := db.ExecContext(w.t.Context(), "INSERT INTO credential (person_id, password, totp, totp_step) VALUES ($1, 'argon2 of hers', $2, 0)", ana.ID, []byte{}); err != nil {
		w.t.Fatal(err)
	}
}

// TestLJMUH22ACopyHoldsEverythingTheMapSendsAndNothingElse fails when a mapped
// column with export=copy or file is missing from a full person's copy, or when
// something of somebody else, or something that stays, is in it.
func TestLJMUH22ACopyHoldsEverythingTheMapSendsAndNothingElse(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		given, withheld := w.full()
		c := w.copyOf("avexil", "en")
		for _, word := range given {
			if !c.has(word) {
				t.Errorf("%q is missing from the copy", word)
			}
		}
		for _, word := range withheld {
			for name, b := range c.files {
				if strings.HasPrefix(name, "files/") && slices.Contains([]string{"Quagmire", "Tumbler"}, word) {
					continue // whoever wrote to her named themselves in the mail she got
				}
				if i := bytes.Index(b, []byte(word)); i >= 0 {
					t.Errorf("%q is in %s: …%s…", word, name, b[max(0, i-120):min(len(b), i+60)])
				}
			}
		}
		there := map[string]bool{}
		for _, it := range c.data.Items {
			for column := range it.Values {
				there[it.Table+"."+column] = true
			}
			for _, f := range it.Files {
				there[it.Table+"."+f.Column] = true
				if !slices.Contains(c.names, f.Path) {
					t.Errorf("data.json names %s, which is not in the copy", f.Path)
				}
			}
		}
		for _, column := range w.copier.Map.Exported() {
			if !there[column] {
				t.Errorf("the map sends %s to a person's copy, and it is not there", column)
			}
			if c.data.Columns[column].Means == "" {
				t.Errorf("data.json does not say what %s is", column)
			}
		}
		if n := w.verified("person.export", "a copy, made by the operator"); n != 1 {
			t.Errorf("%d records say that a copy was made, want 1", n)
		}
	})
}

func TestTheCopyOfOnePersonHoldsNothingOfAnother(t *testing.T) {
	t.Parallel()
	w := newWorld(t, store.SQLite)
	w.full()
	c := w.copyOf("mmand", "en")
	for _, word := range []string{"Vexillaria", "zyzzyva", "Quagmire", "withheld", "kerfuffle", "nudibranch"} {
		if c.has(word) {
			t.Errorf("a manager's copy holds %q", word)
		}
	}
	if !c.has("Mandrake") {
		t.Error("it does not hold their own name")
	}
}

func TestEveryColumnAndTableOfACopyHasWordsInEachLanguage(t *testing.T) {
	t.Parallel()
	w := newWorld(t, store.SQLite)
	w.full()
	c := w.copyOf("avexil", "fr")
	for _, lang := range []string{"en", "fr"} {
		known, err := i18n.NewBundle(func(l, key string) { t.Errorf("%s: %s has no words", l, key) }, Catalogue())
		if err != nil {
			t.Fatal(err)
		}
		say := known.Localizer(lang)
		for _, it := range c.data.Items {
			if parts()[it.Table] == "" {
				t.Errorf("the page has no heading for %s", it.Table)
			}
			_ = say.T("privacy.table."+it.Table) + say.T("privacy.part."+parts()[it.Table])
			for column := range it.Values {
				_ = say.T("privacy.field." + column)
			}
		}
	}
	if page := string(c.files["index.html"]); !strings.Contains(page, `lang="fr"`) || !strings.Contains(page, "Vos demandes") || strings.Contains(page, "<script") {
		t.Error("index.html is not a French page without script")
	}
}

func TestNamesInACopyAreOnlyNames(t *testing.T) {
	t.Parallel()
	for given, want := range map[string]string{
		"notes.txt":            "notes.txt",
		"../../etc/passwd":     "_.._etc_passwd",
		`C:\Windows\x.exe`:     "C__Windows_x.exe",
		"":                     "file",
		"...":                  "file",
		"line\nbreak\x00.pdf":  "line_break_.pdf",
		"été à Montréal.odt":   "été à Montréal.odt",
		"a<b>\"c\"|d?*.html":   "a_b__c__d__.html",
		"ends with a dot. . .": "ends with a dot",
	} {
		got := safeName(given)
		if got != want {
			t.Errorf("safeName(%q) = %q, want %q", given, got, want)
		}
		if full := path.Join("files", "0001-"+got); path.Clean(full) != full || strings.Count(full, "/") != 1 {
			t.Errorf("%q leads elsewhere", full)
		}
	}
	if got := safeName(strings.Repeat("é", 300) + ".pdf"); len([]rune(got)) > 80 || !strings.HasSuffix(got, ".pdf") {
		t.Errorf("a long name became %q", got)
	}
}

// TestAValueThatTheMapKeepsBackStopsTheCopy shows that a slice cannot send out
// by mistake what its map keeps.
func TestAValueThatTheMapKeepsBackStopsTheCopy(t *testing.T) {
	t.Parallel()
	w := newWorld(t, store.SQLite)
	ana, _, _ := w.crowd()
	w.copier.Sources = append(w.copier.Sources, source(func(emit func(datamap.Item) error) error {
		return emit(datamap.Item{Table: "credential"}.With("password", "argon2 of hers"))
	}))
	var b bytes.Buffer
	err := w.copier.Write(t.Context(), w.actor(ana), w.bundle.Localizer("en"), &b)
	if err == nil || !strings.Contains(err.Error(), "credential.password") || bytes.Contains(b.Bytes(), []byte("argon2")) {
		t.Errorf("got %v", err)
	}
}

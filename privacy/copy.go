package privacy

import (
	"archive/zip"
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode"

	"heed/directory"
	"heed/kernel/clock"
	"heed/kernel/datamap"
	"heed/kernel/i18n"
	"heed/kernel/id"
	"heed/kernel/policy"
	"heed/kernel/store"
)

// Source is a slice that holds something about people. It hands over what it
// holds about who, as far as who may see it, in transactions of its own, so that
// nobody's slow line keeps one open.
type Source interface {
	Export(ctx context.Context, who policy.Actor, emit func(datamap.Item) error) error
}

// Copier makes the copy of somebody's data (LJMUH-22, CAB-18, CAB-25): one zip
// with index.html for people, data.json for programs, and the files. Fill the
// fields.
type Copier struct {
	DB      *store.DB
	People  *directory.Directory
	Notices *Notices
	Bundle  *i18n.Bundle
	Map     datamap.Map
	Sources []Source
}

// ReadMap reads the data map of the parts of the house.
func ReadMap(modules ...store.Module) (datamap.Map, error) {
	var all [][]datamap.Table
	for _, m := range modules {
		tables, err := datamap.Read(m.Name, m.FS)
		if err != nil {
			return nil, err
		}
		all = append(all, tables)
	}
	return datamap.Owners(all...)
}

// Record notes in the ledger that a copy is made, before its first byte leaves.
func (c *Copier) Record(tx *store.Tx, p directory.Person, how string) error {
	g, err := policy.NewAction("person.export", c.People.People, policy.Own, policy.Operate).
		Check(tx, directory.Subject{ID: p.ID, Controller: p.Controller})
	if err != nil {
		return err
	}
	return tx.Note(g.With(how))
}

// Find finds somebody by user name or mail address and records that a copy is
// made of their data by whoever runs the system. The actor it returns sees what
// the person sees, no more, whoever starts the copy.
func (c *Copier) Find(ctx context.Context, name string) (who policy.Actor, say i18n.Localizer, err error) {
	err = c.DB.Read(ctx, policy.System("copy a person's data for them"), policy.Operate, func(tx *store.Tx) error {
		p, err := c.People.Named(ctx, tx, name)
		if err != nil {
			return err
		}
		home, err := c.People.Controller(ctx, tx, p.Controller)
		if err != nil {
			return err
		}
		who = policy.Person(policy.Facts{Person: p.ID, Via: "copy"})
		say = c.Bundle.Localizer(c.Bundle.Choose(p.Lang, "", home.Lang))
		return c.Record(tx, p, "a copy, made by the operator")
	})
	return who, say, err
}

// head is what a copy says of itself.
type head struct {
	person     directory.Person
	controller directory.Controller
	notice     string
	zone       *time.Location
	made       time.Time
}

// Write makes the copy of who's data and writes it to w as it is read. Nothing
// is kept of it. The caller has recorded it.
func (c *Copier) Write(ctx context.Context, who policy.Actor, say i18n.Localizer, w io.Writer) error {
	h, err := c.head(ctx, who)
	if err != nil {
		return err
	}
	z := zip.NewWriter(w)
	files := &copyFiles{paths: map[string]string{}}
	if err := c.data(ctx, who, say, h, files, z); err != nil {
		return err
	}
	if err := c.index(ctx, who, say, h, files, z); err != nil {
		return err
	}
	for _, f := range files.list {
		out, err := create(z, f.path, h.made)
		if err != nil {
			return err
		}
		if err := f.Copy(ctx, out); err != nil && !errors.Is(err, store.ErrNone) {
			return fmt.Errorf("%s: %w", f.path, err)
		}
	}
	return z.Close()
}

func create(z *zip.Writer, name string, made time.Time) (io.Writer, error) {
	return z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: made})
}

func (c *Copier) head(ctx context.Context, who policy.Actor) (h head, err error) {
	err = c.DB.Read(ctx, who, policy.Own, func(tx *store.Tx) error {
		var err error
		h.made = tx.Now()
		if h.person, err = c.People.Person(ctx, tx, who.PersonID()); err != nil {
			return err
		}
		if h.controller, err = c.People.Controller(ctx, tx, h.person.Controller); err != nil {
			return err
		}
		h.notice = c.Notices.InForce(h.controller.ID)
		h.zone, err = clock.Zone(h.controller.Zone)
		return err
	})
	return h, err
}

// walk hands over every item, each held to the data map.
func (c *Copier) walk(ctx context.Context, who policy.Actor, do func(datamap.Item) error) error {
	for _, s := range c.Sources {
		err := s.Export(ctx, who, func(it datamap.Item) error {
			if err := c.Map.Allow(it); err != nil {
				return err
			}
			return do(it)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// copyFiles are the files of a copy with their places in it.
type copyFiles struct {
	list  []copyFile
	paths map[string]string
}

type copyFile struct {
	datamap.File
	path string
}

func fileKey(it datamap.Item, f datamap.File) string {
	return it.Table + "/" + id.Text(it.ID) + "/" + f.Column
}

func (fs *copyFiles) add(it datamap.Item, f datamap.File) string {
	path := fmt.Sprintf("files/%04d-%s", len(fs.list)+1, safeName(f.Name))
	fs.list = append(fs.list, copyFile{f, path})
	fs.paths[fileKey(it, f)] = path
	return path
}

// safeName is a file's name with nothing in it that a system could take for
// more than a name. The number before it keeps names apart and off the list of
// words that some systems reserve.
func safeName(name string) string {
	safe := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("._- ", r) {
			return r
		}
		return '_'
	}, name)
	safe = strings.TrimLeft(safe, ". ")
	if r := []rune(safe); len(r) > 80 {
		safe = string(r[:40]) + "_" + string(r[len(r)-39:])
	}
	if safe = strings.TrimRight(safe, ". "); safe == "" {
		return "file"
	}
	return safe
}

// jsonItem is an item in data.json.
type jsonItem struct {
	Table  string            `json:"table"`
	ID     string            `json:"id"`
	Values map[string]string `json:"values"`
	Files  []jsonFile        `json:"files,omitempty"`
}

type jsonFile struct {
	Column string `json:"column"`
	Name   string `json:"name"`
	Path   string `json:"path"`
}

// jsonColumn says in data.json what a column is.
type jsonColumn struct {
	Means    string `json:"means"`
	Category string `json:"category"`
}

// data writes data.json, and learns the files on the way.
func (c *Copier) data(ctx context.Context, who policy.Actor, say i18n.Localizer, h head, files *copyFiles, z *zip.Writer) error {
	out, err := create(z, "data.json", h.made)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(out)
	begin, err := json.Marshal(map[string]any{
		"format": "heed-personal-data/1", "made_at": h.made.Format(time.RFC3339), "person": id.Text(h.person.ID), "controller": h.controller.Name,
		"notice": h.notice, "columns": c.columns(say), "words": c.words(say),
	})
	if err != nil {
		return err
	}
	_, _ = w.Write(begin[:len(begin)-1]) // bufio keeps the first error for Flush
	_, _ = w.WriteString(`,"items":[`)
	sep := "\n"
	err = c.walk(ctx, who, func(it datamap.Item) error {
		j := jsonItem{Table: it.Table, ID: id.Text(it.ID), Values: map[string]string{}}
		for _, f := range it.Fields {
			if j.Values[f.Column] = f.Text; !f.At.IsZero() {
				j.Values[f.Column] = f.At.Format(time.RFC3339)
			}
		}
		for _, f := range it.Files {
			j.Files = append(j.Files, jsonFile{Column: f.Column, Name: f.Name, Path: files.add(it, f)})
		}
		line, err := json.Marshal(j)
		if err != nil {
			return err
		}
		_, _ = w.WriteString(sep)
		_, err = w.Write(line)
		sep = ",\n"
		return err
	})
	if err != nil {
		return err
	}
	_, _ = w.WriteString("\n]}\n")
	return w.Flush()
}

// columns is the dictionary of data.json: what the columns that may occur in it
// mean, in the reader's language.
func (c *Copier) columns(say i18n.Localizer) map[string]jsonColumn {
	out := map[string]jsonColumn{}
	for _, name := range c.Map.Exported() {
		table, column, _ := strings.Cut(name, ".")
		col, _ := c.Map[table].Column(column)
		out[name] = jsonColumn{Means: say.T("privacy.table."+table) + ": " + say.T("privacy.field."+column), Category: string(col.Use.Category)}
	}
	return out
}

// words are those that stand for people in a copy.
func (c *Copier) words(say i18n.Localizer) map[string]string {
	out := map[string]string{}
	for _, w := range []string{"self", "other", "desk", "system"} {
		out[w] = say.T("privacy.code." + w)
	}
	return out
}

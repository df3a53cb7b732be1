package privacy

import (
	"archive/zip"
	"bufio"
	"context"
	"embed"
	"html/template"
	"strings"
	"time"

	"heed/kernel/clock"
	"heed/kernel/datamap"
	"heed/kernel/i18n"
	"heed/kernel/policy"
)

//go:embed copy.tmpl.html
var copyTemplates embed.FS

// copyHead is the beginning of index.html.
type copyHead struct {
	Lang, Title, Lead, Made, Notice string
	Facts                           []copyFact
}

type copyFact struct{ Label, Text string }

type copyLink struct{ Name, Path string }

// copyItem is one item on the page. Group is set where a new part begins.
type copyItem struct {
	Group, Title string
	Minor        bool // belongs to the item before it
	Facts        []copyFact
	Files        []copyLink
}

// parts are the headings of the page, in the words of people, by table.
func parts() map[string]string {
	return map[string]string{
		"person": "you", "person_value": "you", "vetting": "you", "affiliation": "you", "membership": "you", "role_holder": "you",
		"session": "devices", "passkey": "devices", "api_token": "devices",
		"ticket": "requests", "entry": "requests", "attachment": "requests", "draft": "requests", "saved_view": "requests", "ticket_party": "requests",
		"mail_in": "mails", "mail_out": "mails", "ledger_record": "looked",
	}
}

// index writes index.html: one page that needs nothing else, also offline.
func (c *Copier) index(ctx context.Context, who policy.Actor, say i18n.Localizer, h head, files *copyFiles, z *zip.Writer) error {
	t, err := template.ParseFS(copyTemplates, "copy.tmpl.html")
	if err != nil {
		return err
	}
	out, err := create(z, "index.html", h.made)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(out)
	err = t.ExecuteTemplate(w, "head", copyHead{
		Lang: say.Lang(), Title: say.T("privacy.copy.title", "name", h.person.Name), Lead: say.T("privacy.copy.lead", "controller", h.controller.Name),
		Facts: []copyFact{
			{say.T("privacy.copy.made"), clock.FormatDay(h.made, h.zone, say.Lang()) + ", " + h.made.In(h.zone).Format("15:04")},
			{say.T("privacy.copy.notice"), h.notice},
			{say.T("privacy.copy.data"), "data.json"},
		},
	})
	if err != nil {
		return err
	}
	p := copyPage{say: say, zone: h.zone, files: files}
	err = c.walk(ctx, who, func(it datamap.Item) error { return t.ExecuteTemplate(w, "item", p.item(it)) })
	if err != nil {
		return err
	}
	if err := t.ExecuteTemplate(w, "foot", nil); err != nil {
		return err
	}
	return w.Flush()
}

// copyPage remembers which part of the page is being written.
type copyPage struct {
	say   i18n.Localizer
	zone  *time.Location
	files *copyFiles
	group string
}

func (p *copyPage) item(it datamap.Item) copyItem {
	out := copyItem{Title: p.say.T("privacy.table." + it.Table), Minor: it.Table == "entry" || it.Table == "attachment"}
	if g := parts()[it.Table]; g != p.group {
		p.group, out.Group = g, p.say.T("privacy.part."+g)
	}
	if ref := it.Text("ref"); ref != "" {
		out.Title += " " + ref
	}
	if it.Table == "person_value" {
		out.Title = spell(p.say, it.Text("kind"))
	}
	for _, f := range it.Fields {
		if f.Column == "html" || (f.Column == "kind" && it.Table == "person_value") {
			continue // the body and the heading say it; data.json has both
		}
		out.Facts = append(out.Facts, copyFact{p.say.T("privacy.field." + f.Column), p.text(f)})
	}
	for _, f := range it.Files {
		if path := p.files.paths[fileKey(it, f)]; path != "" { // one that came while this is written is in the next copy
			out.Files = append(out.Files, copyLink{f.Name, path})
		}
	}
	return out
}

// text is a value in words: instants in the reader's zone, codes spelt out.
func (p *copyPage) text(f datamap.Field) string {
	switch {
	case !f.At.IsZero():
		return clock.FormatDay(f.At, p.zone, p.say.Lang()) + ", " + f.At.In(p.zone).Format("15:04")
	case f.Column == "action":
		return p.say.T("privacy.action." + f.Text)
	case coded(f.Column):
		return spell(p.say, f.Text)
	default:
		return f.Text
	}
}

// coded reports whether a column holds one of a few words of the program's own.
func coded(column string) bool {
	switch column {
	case "kind", "channel", "state", "author_id", "reporter_id", "affected_id", "person_id", "purpose", "method", "outcome", "name_source", "source", "object_kind":
		return true
	}
	return false
}

// spell is a code in words, or the code itself where there are none: a feed may
// have any name.
func spell(say i18n.Localizer, code string) string {
	key := "privacy.code." + strings.NewReplacer(" ", "_", "-", "_").Replace(code)
	if words := say.T(key); words != key {
		return words
	}
	return code
}

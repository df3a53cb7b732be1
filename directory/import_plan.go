package directory

import (
	"bytes"
	"context"
	"fmt"
	"slices"

	"heed/directory/feed"
	"heed/kernel/id"
	"heed/kernel/store"
)

// outcome is what becomes of a row.
type outcome uint8

const (
	unchanged outcome = iota
	added
	adopted // known already, from a mail or by hand; from now on the feed's
	changed
	reopened // closed by an earlier run of this feed
	closing
	leftOut // closed, and nobody here: there is nothing to record
	buried  // forgotten here: never brought back
	byOther // closed by hand: stays closed
)

// plan is a row and what is to be done about it.
type plan struct {
	rec    feed.Record
	key    hash16
	hash   []byte
	org    Organisation
	what   outcome
	person int64  // 0 for somebody new
	wrong  string // why the row cannot be carried out
}

func (p plan) writes() bool {
	return p.wrong == "" && (p.what == added || p.what == adopted || p.what == changed || p.what == reopened || p.what == closing)
}

func (r *importRun) feedKey(key string) []byte {
	return r.d.Vault.Hash("person.feed", r.in.Map.Source+"\x00"+key)
}

// closer is how an account says that this feed closed it.
func (r *importRun) closer() string { return "feed " + r.in.Map.Source }

// plans says what is to be done about each of some rows, without writing.
func (r *importRun) plans(ctx context.Context, tx *store.Tx, recs []feed.Record) ([]plan, error) {
	out := make([]plan, len(recs))
	keys := make([][]byte, len(recs))
	for i, rec := range recs {
		keys[i] = r.feedKey(rec.Key)
		out[i] = plan{rec: rec, key: hash16(keys[i]), org: Organisation{Controller: r.desk.ID}}
		if r.in.Map.Columns.Employer != "" {
			out[i].org, out[i].wrong = r.employer(rec.Employer)
		}
		out[i].rec = r.needed(rec, out[i].org.Controller)
		out[i].hash = r.d.Vault.Hash("person.feed.row", out[i].rec.Canonical()+id.Text(out[i].org.ID)+" "+id.Text(out[i].org.Controller))
	}
	if len(recs) == 0 {
		return nil, nil
	}
	q, args := store.Splice(selectFed, nil, store.Part{Name: "keys", SQL: oneOf("feed_key", keys)})
	fed, err := store.All[fedRow](ctx, tx, q, args...)
	if err != nil {
		return nil, err
	}
	known := make(map[hash16]fedRow, len(fed))
	for _, f := range fed {
		known[hash16(f.key)] = f
	}
	for i := range out {
		f, ok := known[out[i].key]
		if out[i].what = added; ok {
			out[i].person, out[i].what = f.id, r.again(out[i], f)
		} else if out[i].rec.Closed {
			out[i].what = leftOut
		}
	}
	if err := r.unbury(ctx, tx, out); err != nil {
		return nil, err
	}
	return out, r.claims(ctx, tx, out)
}

// needed is what a row says that a notice of the controller names. The rest is
// not taken, and the report names it.
func (r *importRun) needed(rec feed.Record, controller int64) feed.Record {
	unnamed := func(k Kind) bool {
		key := holding{controller, k}
		holds, known := r.holds[key]
		if !known {
			holds = r.d.Holds(controller, k)
			r.holds[key] = holds
		}
		if !holds && !slices.Contains(r.report.Unnamed, string(k)) {
			r.report.Unnamed = append(r.report.Unnamed, string(k))
			slices.Sort(r.report.Unnamed)
		}
		return !holds
	}
	rec.Items = slices.DeleteFunc(rec.Items, func(it feed.Item) bool { return unnamed(Kind(it.Kind)) })
	if rec.Manager != "" && unnamed(Manager) {
		rec.Manager = ""
	}
	return rec
}

// again says what is to be done about somebody whom the feed has brought before.
func (r *importRun) again(p plan, f fedRow) outcome {
	switch {
	case f.state == Closed && p.rec.Closed:
		return unchanged
	case f.state == Closed && f.closedBy == r.closer():
		return reopened
	case f.state == Closed:
		return byOther
	case p.rec.Closed:
		return closing
	case bytes.Equal(f.hash, p.hash):
		return unchanged
	}
	return changed
}

// employer finds the organisation, which decides the controller (CAB-28).
func (r *importRun) employer(code string) (Organisation, string) {
	if o, ok := r.orgs[code]; ok {
		return o, ""
	}
	if r.others[code] {
		return Organisation{}, fmt.Sprintf("the employer %q is served by another desk than %s; its people come with that desk's feed", code, r.desk.Code)
	}
	return Organisation{}, fmt.Sprintf("there is no organisation %q here; add it first, or translate the code under values.employer", code)
}

// unbury marks the rows of people who were forgotten.
func (r *importRun) unbury(ctx context.Context, tx *store.Tx, plans []plan) error {
	var unknown [][]byte
	for _, p := range plans {
		if p.person == 0 {
			unknown = append(unknown, p.key[:])
		}
	}
	if len(unknown) == 0 {
		return nil
	}
	q, args := store.Splice(selectGone, nil, store.Part{Name: "keys", SQL: oneOf("hash", unknown)})
	gone, err := store.All[store.Value[[]byte]](ctx, tx, q, args...)
	for _, g := range gone {
		for i := range plans {
			if bytes.Equal(plans[i].key[:], g.V) {
				plans[i].what = buried
			}
		}
	}
	return err
}

// claims compares the user names and addresses of new and changed rows with
// those of people whom this feed did not bring. Somebody of this desk who is in
// no feed is taken over; anybody else's is a fault of the row, since one person
// has one controller (E31).
func (r *importRun) claims(ctx context.Context, tx *store.Tx, plans []plan) error {
	var lookups [][]byte
	claimed := map[hash16]int{} // the row that claims it
	for i, p := range plans {
		if p.what != added && p.what != changed && p.what != reopened {
			continue
		}
		for _, k := range []Kind{UserName, Email} {
			if v := p.rec.Item(string(k)); v != "" {
				h := r.d.hash(k, v)
				lookups, claimed[hash16(h)] = append(lookups, h), i
			}
		}
	}
	if len(lookups) == 0 {
		return nil
	}
	q, args := store.Splice(selectTaken, nil, store.Part{Name: "keys", SQL: oneOf("v.lookup", lookups)})
	taken, err := store.All[takenRow](ctx, tx, q, args...)
	if err != nil {
		return err
	}
	slices.SortFunc(taken, func(a, b takenRow) int { return bytes.Compare([]byte(b.kind), []byte(a.kind)) }) // user names first
	for _, t := range taken {
		r.claim(&plans[claimed[hash16(t.lookup)]], t)
	}
	return nil
}

// claim settles one value that both a row and somebody here have.
func (r *importRun) claim(p *plan, t takenRow) {
	what := map[Kind]string{UserName: "user name", Email: "mail address"}[t.kind]
	switch {
	case t.id == p.person, t.feedKey != nil && t.source == r.in.Map.Source:
	case t.feedKey != nil:
		p.wrong = fmt.Sprintf("the %s is that of somebody whom the feed %q brings; one person comes from one feed and has one controller", what, t.source)
	case !r.serves[t.controller] && t.source == FromMail: // wrote to another desk, which knows no more of them
	case !r.serves[t.controller]:
		p.wrong = fmt.Sprintf("the %s is that of somebody whom another desk serves; one person has one controller", what)
	case p.what == added:
		p.what, p.person = adopted, t.id
	}
}

// compare notes in the report what would become of some rows.
func (r *importRun) compare(ctx context.Context, tx *store.Tx, recs []feed.Record) error {
	plans, err := r.plans(ctx, tx, recs)
	if err != nil {
		return err
	}
	for _, p := range plans {
		bad := func(text string) { r.report.bad(feed.Problem{Line: p.rec.Line, Text: text}) }
		if !r.keys.add(p.key) {
			bad("the key stands on an earlier line already; one row is one person")
		}
		if v := p.rec.Item(feed.UserName); v != "" && !p.rec.Closed && !r.users.add(hash16(r.d.hash(UserName, v))) {
			bad("the user name stands on an earlier line already; one person has one controller, and one row")
		}
		if p.wrong != "" {
			bad(p.wrong)
			continue
		}
		r.report.count(p.what)
		if p.what != changed || len(r.report.Changes) >= maxLines {
			continue
		}
		_, diff, err := r.diff(ctx, tx, p)
		if err != nil {
			return err
		}
		r.report.Changes = append(r.report.Changes, feed.Problem{Line: p.rec.Line, Text: diff.String()})
	}
	return nil
}

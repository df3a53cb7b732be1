package ticket

import (
	"context"
	"encoding/json"
	"net/url"
	"slices"
	"strings"
	"time"

	"heed/directory"
	"heed/kernel/clock"
	"heed/kernel/event"
	"heed/kernel/fault"
	"heed/kernel/id"
	"heed/kernel/policy"
	"heed/kernel/store"
	"heed/kernel/web"
)

const (
	streamsEach = 8                // open desk pages that one person is told of
	beat        = 20 * time.Second // a quiet stream says so, and looks for itself
	breath      = time.Second      // between two rounds of one stream
	presence    = 3 * beat         // how long somebody counts as looking after they last said so
	writing     = 8 * time.Second  // and as writing, after a draft was kept
	streamLife  = 15 * time.Minute // after which the page asks again, if somebody is there: a stream keeps its session awake
	rowsWatched = 2 * pageSize
)

// live tells an open desk page that something changed about what it shows: the
// counts of its views, a row, the ticket. It says that, never what; what moved
// out of the reader's reach is "gone" from the moment the move became durable
// (LJMUH-09). The page names itself by ?here=, the version of its ticket by
// ?version= and its rows by ?rows=.
func (s *Service) live(r *web.Request) (web.Reply, error) {
	if s.Bus.Hub == nil {
		return web.NoLive(), nil
	}
	w, ok := s.Bus.Hub.Watch(r.Actor.PersonID(), streamsEach)
	if !ok {
		return web.NoLive(), nil
	}
	l := &lookout{s: s, r: r, fresh: map[int64]bool{}, rows: map[int64]string{}, counts: map[string]int64{}, company: map[int64][]event.Companion{}}
	if err := l.begin(); err != nil {
		w.Leave()
		return web.Reply{}, err
	}
	return web.LiveReply(r, func(out *web.Live) error {
		defer w.Leave()
		open := l.ticket
		defer l.here(open, 0)
		return l.watch(out, w)
	}), nil
}

// lookout is what one open page shows, as far as it can change.
type lookout struct {
	s       *Service
	r       *web.Request
	list    url.Values // the address of the page's list
	ticket  int64      // 0: none is open, or it is gone
	version int64
	rows    map[int64]string // references of the rows still there
	fresh   map[int64]bool   // what changed since in the list
	counts  map[string]int64
	company map[int64][]event.Companion // who else has the ticket or a row's open, as the page was told
}

// begin reads what the page shows, through the reader's scope.
func (l *lookout) begin() error {
	path, query, _ := strings.Cut(web.LocalPath(l.r.Query("here"), "/desk"), "?")
	l.list, _ = url.ParseQuery(query) // what of it is no address of a list narrows nothing
	ref, _ := strings.CutPrefix(path, "/desk/tickets/")
	refs := strings.Split(l.r.Query("rows"), ",")
	refs = refs[:min(len(refs), rowsWatched)]
	_, err := l.s.view(l.r, func(tx *store.Tx, rd directory.Reader) (web.Reply, error) {
		if err := atDesk(rd); err != nil {
			return web.Reply{}, err
		}
		shown, err := l.visible(tx, policy.Any(equals("t.ref", refs), policy.Equal("t.ref", ref)), policy.If(true))
		for _, t := range shown {
			if t.Ref == ref {
				l.ticket, l.version = t.ID, t.Version
			}
			if slices.Contains(refs, t.Ref) {
				l.rows[t.ID] = t.Ref
			}
		}
		if err != nil {
			return web.Reply{}, err
		}
		vs, err := l.s.views(l.r, tx, rd)
		l.count(vs)
		return web.Reply{}, err
	})
	if n, e := id.Parse(l.r.Query("version")); e == nil && l.ticket != 0 {
		l.version = n // what the page shows, which may be older already
	}
	return err
}

// visible returns what the reader may see of some tickets now. Nothing is
// unsealed, so nothing is read that the record would have to tell.
func (l *lookout) visible(tx *store.Tx, which, filter policy.SQL) ([]ticketRow, error) {
	scope := l.s.do.list.Scope(tx)
	if scope.Empty() {
		return nil, nil
	}
	q, args := store.Splice(listFound, nil, store.Part{Name: "ids", SQL: policy.All(which, filter)}, store.Part{Name: "scope", SQL: scope.SQL()})
	return store.All[ticketRow](l.r.Context(), tx, q, args...)
}

func equals(column string, values []string) policy.SQL {
	out := make([]policy.SQL, len(values))
	for i, v := range values {
		out[i] = policy.Equal(column, v)
	}
	return policy.Any(out...)
}

// watch sends rounds of news until the page, the session or the service ends.
func (l *lookout) watch(out *web.Live, w *event.Watcher) error {
	ctx, stop := context.WithTimeout(l.r.Context(), streamLife)
	defer stop()
	l.here(l.ticket, presence)
	if l.version != 0 { // it may have changed before the page began to listen
		if on, err := l.round(out, nil, true); !on {
			return err
		}
	}
	for {
		tick, halt := clock.After(clock.System(), l.pause())
		news, all, quiet := []event.News(nil), true, false
		select {
		case <-ctx.Done():
			halt()
			return out.Send("rest", struct{}{})
		case <-w.Closed():
			halt()
			return nil
		case <-w.Signal():
			news, all = w.Take()
		case <-tick:
			quiet = true
		}
		halt()
		if on, err := l.round(out, news, all); !on {
			return err
		}
		if quiet {
			l.here(l.ticket, presence)
			if out.Beat() != nil {
				return nil // nobody is there any more
			}
			continue
		}
		_ = clock.Sleep(ctx, clock.System(), breath)
	}
}

// touched is what news say of a ticket.
type touched struct {
	Ticket int64 `json:"ticket"`
	By     int64 `json:"by"`
	Known  bool  `json:"known"` // pages were told before
}

// round looks at everything the page shows with the rights its reader has now,
// and sends what changed. It reports whether to go on.
func (l *lookout) round(out *web.Live, news []event.News, all bool) (on bool, err error) {
	who, err := l.r.Again()
	if fault.Is(err, fault.KindUnauthenticated) {
		return false, nil // the session is over, and so is the stream
	}
	if err != nil {
		return false, err
	}
	l.r.Actor = who
	var found []touched
	for _, n := range news {
		all = all || l.shows(n.At())
		var t touched
		if json.Unmarshal(n.Event, &t) == nil && t.Ticket != 0 && !t.Known {
			found = append(found, t)
		}
	}
	if len(found) == 0 && !all {
		return true, nil
	}
	var say []message
	_, err = l.s.view(l.r, func(tx *store.Tx, rd directory.Reader) (_ web.Reply, err error) {
		if err := atDesk(rd); err != nil {
			return web.Reply{}, err
		}
		say, err = l.look(tx, rd, found)
		return web.Reply{}, err
	})
	if fault.Is(err, fault.KindDenied) {
		return false, nil // no part in a desk any more
	}
	if err != nil {
		return false, err
	}
	for _, m := range say {
		if out.Send(m.name, m.what) != nil {
			return false, nil
		}
	}
	return true, nil
}

// message is one event of a stream.
type message struct {
	name string
	what any
}

// look compares what the page shows with what the reader may see now.
func (l *lookout) look(tx *store.Tx, rd directory.Reader, found []touched) ([]message, error) {
	ids := make([]int64, 0, len(l.rows)+1)
	for n := range l.rows {
		ids = append(ids, n)
	}
	if l.ticket != 0 {
		ids = append(ids, l.ticket)
	}
	there, err := l.visible(tx, policy.In("t.id", ids), policy.If(true))
	if err != nil {
		return nil, err
	}
	version := map[int64]int64{}
	for _, t := range there {
		version[t.ID] = t.Version
	}
	var out []message
	for n, ref := range l.rows {
		if version[n] == 0 {
			delete(l.rows, n)
			out = append(out, message{"row", map[string]string{"ref": ref, "text": rd.Lang.T("ui.live.row")}})
		}
	}
	if l.ticket != 0 {
		ms, err := l.open(tx, rd, version[l.ticket], found)
		if err != nil {
			return nil, err
		}
		out = append(out, ms...)
	}
	ms, err := l.others(tx, rd)
	if err != nil {
		return nil, err
	}
	out = append(out, ms...)
	vs, err := l.s.views(l.r, tx, rd)
	if err != nil {
		return nil, err
	}
	v := chosen(vs, l.list.Get("view")).narrowed(rd, l.list)
	changed := l.count(vs)
	if len(changed) > 0 {
		out = append(out, message{"counts", changed})
	}
	if _, here := changed[address(v)]; here && v.filter.counted() {
		out = append(out, message{"count", map[string]string{"text": rd.Lang.T("ticket.queue.count", "n", v.tell(v.name, v.filter))}})
	}
	ms, err = l.fresher(tx, rd, v, found)
	return append(out, ms...), err
}

// open is what to say of the open ticket: gone, changed, or nothing.
func (l *lookout) open(tx *store.Tx, rd directory.Reader, version int64, found []touched) ([]message, error) {
	if version == 0 {
		l.here(l.ticket, 0)
		l.ticket = 0
		return []message{{"gone", map[string]string{"title": rd.Lang.T("ui.live.gone"), "text": rd.Lang.T("ui.live.gone.text"), "typed": rd.Lang.T("ui.live.typed")}}}, nil
	}
	by, news := int64(0), version != l.version
	for _, f := range found {
		if f.Ticket == l.ticket {
			by, news = f.By, true
		}
	}
	if !news {
		return nil, nil
	}
	l.version = version
	text := rd.Lang.T("ui.live.changed.somebody")
	if by != 0 {
		names, err := l.s.People.Names(l.r.Context(), tx, by)
		if err != nil {
			return nil, err
		}
		if names[by] != "" {
			text = rd.Lang.T("ui.live.changed", "who", names[by])
		}
	}
	return []message{{"changed", map[string]string{"text": text, "show": rd.Lang.T("ui.live.show")}}}, nil
}

// count remembers the counts of the views and returns those that changed, by the
// address of the view.
func (l *lookout) count(vs []queueView) map[string]int64 {
	out := map[string]int64{}
	for _, v := range vs {
		at := address(v)
		if last, known := l.counts[at]; v.known && (!known || last != v.count) {
			out[at] = v.count
			l.counts[at] = v.count
		}
	}
	return out
}

// address is where a view stands, as its link says it.
func address(v queueView) string { return "/desk?view=" + v.name }

// fresher says how many tickets of the page's list others changed since it was
// drawn. One that left the list, or the reader's reach, counts no more.
func (l *lookout) fresher(tx *store.Tx, rd directory.Reader, v queueView, found []touched) ([]message, error) {
	before := len(l.fresh)
	for _, f := range found {
		if f.By != rd.Person.ID && f.Ticket != l.ticket {
			l.fresh[f.Ticket] = true
		}
	}
	if len(l.fresh) == 0 {
		return nil, nil
	}
	ids := make([]int64, 0, len(l.fresh))
	for n := range l.fresh {
		ids = append(ids, n)
	}
	slices.Sort(ids)
	there, err := l.visible(tx, policy.In("t.id", ids[max(0, len(ids)-rowsWatched):]), v.filter.sql())
	clear(l.fresh)
	for _, t := range there {
		l.fresh[t.ID] = true
	}
	if err != nil || len(l.fresh) == before {
		return nil, err
	}
	return []message{{"fresh", map[string]any{"n": len(l.fresh), "text": rd.Lang.T("ui.live.fresh", "n", len(l.fresh))}}}, nil
}

package ticket

import (
	"context"
	"slices"
	"strings"
	"time"

	"heed/directory"
	"heed/kernel/event"
	"heed/kernel/store"
	"heed/kernel/web/ui"
)

// here tells the others who look at a ticket that the reader does too.
func (l *lookout) here(ticket int64, life time.Duration) {
	if ticket != 0 {
		l.s.Bus.Hub.Here(ticket, l.r.Actor.PersonID(), life)
	}
}

// shows reports whether the page shows a ticket, open or as a row.
func (l *lookout) shows(ticket int64) bool {
	_, row := l.rows[ticket]
	return ticket != 0 && (row || ticket == l.ticket)
}

// pause is how long to wait for news: shorter while somebody writes, since that
// they stopped is no news.
func (l *lookout) pause() time.Duration {
	for _, there := range l.company {
		if slices.ContainsFunc(there, func(c event.Companion) bool { return c.Writes }) {
			return min(writing, beat)
		}
	}
	return beat
}

// others is who else has the open ticket or one of the rows open, where that
// changed. The reader may read each of them at this moment, and each of the others
// could when they said so.
func (l *lookout) others(tx *store.Tx, rd directory.Reader) ([]message, error) {
	var changed []int64
	look := func(ticket int64) {
		there := l.s.Bus.Hub.Others(ticket, rd.Person.ID)
		if !slices.Equal(there, l.company[ticket]) {
			l.company[ticket] = there
			changed = append(changed, ticket)
		}
	}
	for n := range l.rows {
		look(n)
	}
	if _, row := l.rows[l.ticket]; l.ticket != 0 && !row {
		look(l.ticket)
	}
	if len(changed) == 0 {
		return nil, nil
	}
	faces, err := l.s.faces(l.r.Context(), tx, rd, l.company, changed)
	if err != nil {
		return nil, err
	}
	var out []message
	for _, n := range changed {
		if n == l.ticket {
			out = append(out, message{"here", map[string]string{"text": companyText(rd, faces[n])}})
		}
		if ref, row := l.rows[n]; row {
			out = append(out, message{"faces", map[string]any{"ref": ref, "faces": facesJSON(faces[n])}})
		}
	}
	return out, nil
}

// faces are the people at some tickets as lists show them.
func (s *Service) faces(ctx context.Context, tx *store.Tx, rd directory.Reader, company map[int64][]event.Companion, tickets []int64) (map[int64][]ui.Presence, error) {
	var who []int64
	for _, n := range tickets {
		for _, c := range company[n] {
			who = append(who, c.Who)
		}
	}
	names, err := s.People.Names(ctx, tx, who...)
	if err != nil {
		return nil, err
	}
	out := map[int64][]ui.Presence{}
	for _, n := range tickets {
		for _, c := range company[n] {
			word := "ui.live.face"
			if c.Writes {
				word = "ui.live.face.writes"
			}
			out[n] = append(out[n], ui.Presence{Name: names[c.Who], Typing: c.Writes, Text: rd.Lang.T(word, "who", names[c.Who])})
		}
	}
	return out, nil
}

// rowFaces are the people who have a list's tickets open while it is drawn.
func (s *Service) rowFaces(ctx context.Context, tx *store.Tx, rd directory.Reader, ts []Ticket) (map[int64][]ui.Presence, error) {
	if s.Bus.Hub == nil {
		return nil, nil
	}
	company, tickets := map[int64][]event.Companion{}, []int64{}
	for _, t := range ts {
		if there := s.Bus.Hub.Others(t.ID, rd.Person.ID); len(there) > 0 {
			company[t.ID], tickets = there, append(tickets, t.ID)
		}
	}
	if len(tickets) == 0 {
		return nil, nil
	}
	return s.faces(ctx, tx, rd, company, tickets)
}

func companyText(rd directory.Reader, faces []ui.Presence) string {
	var looks, writes []string
	for _, f := range faces {
		if f.Typing {
			writes = append(writes, f.Name)
		} else {
			looks = append(looks, f.Name)
		}
	}
	var out []string
	if len(writes) > 0 {
		out = append(out, rd.Lang.T("ui.live.writes", "who", strings.Join(writes, ", "), "n", len(writes)))
	}
	if len(looks) > 0 {
		out = append(out, rd.Lang.T("ui.live.here", "who", strings.Join(looks, ", "), "n", len(looks)))
	}
	return strings.Join(out, ". ")
}

// face is a colleague in a row, as live news carry them.
type face struct {
	Short string `json:"short"`
	State string `json:"state"`
	Text  string `json:"text"`
}

func facesJSON(there []ui.Presence) []face {
	out := make([]face, len(there))
	for i, p := range there {
		out[i] = face{ui.Initials(p.Name), p.State(), p.Text}
	}
	return out
}

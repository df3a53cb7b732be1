package ticket

import (
	"context"
	"strings"
	"time"

	"heed/kernel/api"
	"heed/kernel/id"
	"heed/kernel/store"
)

// TicketJSON is a ticket as the API gives it.
type TicketJSON struct {
	Ref        string      `json:"ref" doc:"Reference, such as LJMU-1042"`
	Subject    string      `json:"subject"`
	State      State       `json:"state" enum:"new,open,waiting,resolved,closed"`
	Kind       Kind        `json:"kind" enum:"incident,request"`
	Channel    Channel     `json:"channel"`
	Controller string      `json:"controller" doc:"Code of the organisation responsible"`
	Notice     string      `json:"notice" doc:"Notice and version in force when it was opened"`
	Version    int64       `json:"version" doc:"Give it back with a change, which is refused when somebody was faster"`
	Priority   string      `json:"priority" enum:"P1,P2,P3,P4"`
	Overridden bool        `json:"overridden,omitempty" doc:"The priority was set by hand"`
	Impact     string      `json:"impact" enum:"high,medium,low"`
	Urgency    string      `json:"urgency" enum:"high,medium,low"`
	Service    string      `json:"service,omitempty" doc:"Code of the service it is about"`
	WaitsFor   WaitFor     `json:"waitsFor,omitempty" enum:"requester,third,date"`
	WaitsUntil *time.Time  `json:"waitsUntil,omitempty"`
	RespondDue *time.Time  `json:"respondDue,omitempty" doc:"When the first answer is or was due"`
	ResolveDue *time.Time  `json:"resolveDue,omitempty" doc:"When the solution is or was due; absent while it waits for somebody"`
	Team       string      `json:"team" doc:"Code of the team that holds it"`
	Assignee   *PersonJSON `json:"assignee,omitempty"`
	Reporter   *PersonJSON `json:"reporter,omitempty"`
	Affected   *PersonJSON `json:"affected,omitempty"`
	Created    time.Time   `json:"created"`
	Updated    time.Time   `json:"updated"`
	Entries    []EntryJSON `json:"entries,omitempty"`
	Hidden     int64       `json:"hidden,omitempty" doc:"How many entries no rule lets you read"`
	Older      string      `json:"older,omitempty" doc:"There are older entries; give it as before to read them"`
	Why        string      `json:"why,omitempty" doc:"The sentence of the notice that lets you read it"`
}

// PersonJSON names a person.
type PersonJSON struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// EntryJSON is one thing on the timeline.
type EntryJSON struct {
	ID      string    `json:"id"`
	Kind    EntryKind `json:"kind"`
	Class   Class     `json:"class"`
	Channel Channel   `json:"channel"`
	Author  string    `json:"author,omitempty" doc:"Name; empty for the system"`
	From    string    `json:"from,omitempty" doc:"The same as author; of a mail, the address that it gives as its sender's"`
	// Unverified is Entry.Stranger.
	Unverified bool       `json:"unverified,omitempty" doc:"A mail from somebody who takes no part in the ticket, or whose address the mail server in front could not prove: it has no author"`
	To         []string   `json:"to" doc:"Names of those a reply was sent to; of a mail, the addresses it was sent to"`
	CC         []string   `json:"cc" doc:"Addresses that a mail was copied to. Replies are copied to nobody"`
	Text       string     `json:"text"`
	HTML       string     `json:"html,omitempty" doc:"Sanitised"`
	Change     string     `json:"change,omitempty"`
	At         time.Time  `json:"at"`
	Files      []FileJSON `json:"attachments"`
}

// FileJSON is an attachment.
type FileJSON struct {
	Name      string `json:"name"`
	MediaType string `json:"mediaType"`
	Size      int64  `json:"size"`
	Link      string `json:"link"`
}

// codes are the short names of controllers, teams and services.
type codes struct{ controllers, teams, services map[int64]string }

func (s *Service) codes(ctx context.Context, tx *store.Tx) (codes, error) {
	c := codes{map[int64]string{}, map[int64]string{}, map[int64]string{}}
	cat, err := s.catalogue(ctx, tx)
	if err != nil {
		return c, err
	}
	for _, o := range cat.offerings {
		c.services[o.ID] = o.Code
	}
	cs, err := s.People.Controllers(ctx, tx)
	if err != nil {
		return c, err
	}
	for _, x := range cs {
		c.controllers[x.ID] = x.Code
	}
	teams, err := s.People.Teams(ctx, tx)
	for _, x := range teams {
		c.teams[x.ID] = x.Code
	}
	return c, err
}

func (c codes) ticket(t Ticket, names map[int64]string) TicketJSON {
	person := func(p int64) *PersonJSON {
		if p == 0 || names == nil {
			return nil
		}
		return &PersonJSON{ID: id.Text(p), Name: names[p]}
	}
	at := func(v time.Time) *time.Time {
		if v.IsZero() {
			return nil
		}
		return &v
	}
	return TicketJSON{
		Version: t.Version, Priority: t.Priority.String(), Overridden: t.Overridden, Impact: t.Impact.String(), Urgency: t.Urgency.String(), Service: c.services[t.Offering],
		WaitsFor: t.WaitsFor, WaitsUntil: at(t.WaitsUntil), RespondDue: at(t.RespondDue), ResolveDue: at(t.ResolveDue),
		Ref: t.Ref, Subject: t.Subject, State: t.State, Kind: t.Kind, Channel: t.Channel, Controller: c.controllers[t.Controller], Notice: t.Notice,
		Team: c.teams[t.Team], Assignee: person(t.Assignee), Reporter: person(t.Reporter), Affected: person(t.Affected), Created: t.Created, Updated: t.Updated,
	}
}

func entryJSON(t Ticket, e Entry, names map[int64]string) EntryJSON {
	out := EntryJSON{ID: id.Text(e.ID), Kind: e.Kind, Class: e.Class, Channel: e.Channel, Author: names[e.Author], From: names[e.Author], To: []string{}, CC: []string{}, Files: []FileJSON{}, Text: e.Body, HTML: e.HTML, Change: e.Change, At: e.At}
	if out.Unverified = e.Stranger; e.From != "" {
		out.From = e.From
	}
	if e.SentTo != "" {
		out.To = strings.Split(e.SentTo, ", ")
	}
	if e.CopiedTo != "" {
		out.CC = strings.Split(e.CopiedTo, ", ")
	}
	for _, f := range e.Files {
		out.Files = append(out.Files, FileJSON{Name: f.Name, MediaType: f.MediaType, Size: f.Size, Link: api.Prefix + "/tickets/" + t.Ref + "/attachments/" + id.Text(f.ID)})
	}
	return out
}

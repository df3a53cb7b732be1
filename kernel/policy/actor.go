package policy

import (
	"log/slog"
	"slices"
)

type actorKind uint8

const (
	nobody actorKind = iota
	personActor
	systemActor
)

// Group is a team the actor belongs to now, directly or through a nested one.
type Group struct {
	ID         int64
	Controller int64  // the controller whose desk the team works for
	Code       string // "IT"
	Name       string // "IT Services", for the sentence a page shows
}

// Role is a role held for one controller's desk.
type Role struct {
	Controller int64
	Name       string // "support_analyst"
}

// Facts is what sign-in knows of a person when it makes an Actor.
type Facts struct {
	Person int64
	Groups []Group
	Roles  []Role
	Via    string // how they came in: "session", "token", "mail"; for the ledger
}

// Actor is who asks. Copies are cheap and safe to share.
type Actor struct {
	kind   actorKind
	person int64
	why    string
	via    string
	groups []Group
	roles  []Role
}

// Person makes the actor of somebody whose identity was established. Only
// sign-in, tokens and authenticated mail may call it; a test holds the list.
func Person(f Facts) Actor {
	if f.Person <= 0 {
		return Actor{}
	}
	groups := slices.DeleteFunc(slices.Clone(f.Groups), func(g Group) bool { return g.ID == 0 }) // 0 is "no team" in rows
	return Actor{kind: personActor, person: f.Person, via: f.Via, groups: groups, roles: slices.Clone(f.Roles)}
}

// System makes the actor of work that no person started, such as the nightly
// feed. why names it in the ledger and must not be empty; the callers are
// listed in a test, so that a new one is a decision.
func System(why string) Actor {
	if why == "" {
		return Actor{}
	}
	return Actor{kind: systemActor, why: why}
}

// PersonID is the person who acts, 0 for the system and for nobody.
func (a Actor) PersonID() int64 { return a.person }

// IsSystem reports whether the actor is the system.
func (a Actor) IsSystem() bool { return a.kind == systemActor }

// IsNobody reports whether the actor is the zero Actor, who may do nothing.
func (a Actor) IsNobody() bool { return a.kind == nobody }

// Why is the system actor's reason, empty for a person.
func (a Actor) Why() string { return a.why }

// Via is how the person came in.
func (a Actor) Via() string { return a.via }

// Groups returns the actor's teams.
func (a Actor) Groups() []Group { return slices.Clone(a.groups) }

// HasRole reports whether the actor holds the role for the controller.
func (a Actor) HasRole(controller int64, name string) bool {
	return a.kind == personActor && slices.Contains(a.roles, Role{controller, name})
}

// HasRoleAnywhere reports whether the actor holds the role for any controller;
// it decides which rooms of the house are offered, never who sees a row.
func (a Actor) HasRoleAnywhere(name string) bool {
	return slices.ContainsFunc(a.roles, func(r Role) bool { return r.Name == name })
}

// InGroup reports whether the actor belongs to the team.
func (a Actor) InGroup(id int64) bool {
	return id != 0 && slices.ContainsFunc(a.groups, func(g Group) bool { return g.ID == id })
}

// InGroupCode reports whether the actor belongs to the controller's team of
// that code.
func (a Actor) InGroupCode(controller int64, code string) bool {
	return slices.ContainsFunc(a.groups, func(g Group) bool { return g.Controller == controller && g.Code == code })
}

// GroupIDs returns the ids of the actor's teams.
func (a Actor) GroupIDs() []int64 {
	ids := make([]int64, len(a.groups))
	for i, g := range a.groups {
		ids[i] = g.ID
	}
	return ids
}

// LogValue keeps everything but the number out of logs.
func (a Actor) LogValue() slog.Value {
	if a.kind == systemActor {
		return slog.StringValue("system: " + a.why)
	}
	return slog.Int64Value(a.person)
}

package notice

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"heed/notice/civil"
	"heed/notice/strict"
)

// Set holds the notices of an installation: every version that was read and
// found good. It never changes; Reload makes a new one. The zero Set and the
// nil Set are empty.
type Set struct {
	notices []*Notice // by policy, then by first day, then by version
	stale   []Stale
}

// Stale is a file that could not be used; what was in force before stays so.
type Stale struct {
	File     string
	Policy   string // empty where the file does not even say
	Kept     int    // the version that stays in force; 0 where there is none
	Problems []Problem
}

// Load reads every *.yaml file at the root of files. Where overlays, which may
// be nil, has a file of the same name, its choices are laid over the decides.
// A notice with errors is left out and listed under Stale; so is one of two
// files with the same policy and version. Warnings are returned and stop
// nothing.
func Load(files, overlays fs.FS, facts Facts) (*Set, []Problem) {
	return (*Set)(nil).Reload(files, overlays, facts)
}

// Reload reads the files again. A notice that can no longer be read or is no
// longer good keeps the versions it had; a notice whose file is gone is gone.
func (s *Set) Reload(files, overlays fs.FS, facts Facts) (*Set, []Problem) {
	names, err := fs.Glob(files, "*.yaml")
	if err != nil || len(names) == 0 {
		return s.orEmpty(), []Problem{setProblem("*.yaml", "no notice file was found here; a service without a notice shows nothing to anybody")}
	}
	next := &Set{}
	var problems []Problem
	for _, name := range names {
		n, ps := s.read(files, overlays, facts, name)
		if n != nil && !Failed(ps) {
			if old := next.version(n.Policy, n.Version); old != nil {
				ps = append(ps, Problem{Problem: strict.Problem{
					File: name, Pos: n.Pos("version"),
					Text: fmt.Sprintf("%s has version %d of %s already; give this file the next number", old.File(), n.Version, n.Policy),
				}})
			}
		}
		problems = append(problems, ps...)
		if n == nil || Failed(ps) {
			next.keep(s, name, n, ps)
			continue
		}
		next.notices = append(next.notices, n)
	}
	next.sort()
	return next, sortProblems(problems)
}

func (s *Set) orEmpty() *Set {
	if s == nil {
		return &Set{}
	}
	return s
}

func setProblem(file, text string) Problem {
	return Problem{Problem: strict.Problem{File: file, Text: text}}
}

// read returns a notice with its overlay and all that a check found.
func (s *Set) read(files, overlays fs.FS, facts Facts, name string) (*Notice, []Problem) {
	src, err := fs.ReadFile(files, name)
	if err != nil {
		return nil, []Problem{setProblem(name, "the file cannot be read: "+err.Error())}
	}
	n, problems := Parse(name, src)
	if n == nil || Failed(problems) {
		return n, problems
	}
	if overlays != nil {
		if over, err := fs.ReadFile(overlays, name); err == nil {
			laid, ps := Overlay(n, path.Join("overlay", name), over)
			problems = append(problems, ps...)
			if laid == nil || Failed(ps) {
				return n, problems
			}
			n = laid
		}
	}
	if prev, ok := s.before(n); ok && !s.accepted(n) {
		facts.Previous = prev
	}
	return n, append(problems, n.Check(facts).Problems...)
}

// before is the version that n follows, where the old set had one.
func (s *Set) before(n *Notice) (*Notice, bool) {
	if s == nil {
		return nil, false
	}
	var found *Notice
	for _, o := range s.notices {
		if o.Policy == n.Policy && o.Version < n.Version {
			found = o
		}
	}
	return found, found != nil
}

// accepted reports whether the old set held this very version: what was found
// good stays good, and the notice period of its changes has been judged.
func (s *Set) accepted(n *Notice) bool {
	old, ok := s.Version(n.Policy, n.Version)
	return ok && len(Diff(old, n)) == 0
}

// keep carries over what the old set had from a file that is broken now.
func (s *Set) keep(old *Set, file string, n *Notice, ps []Problem) {
	st := Stale{File: file, Problems: ps}
	if n != nil {
		st.Policy = n.Policy
	}
	if old != nil {
		for _, o := range old.notices {
			if o.File() == file && s.version(o.Policy, o.Version) == nil {
				s.notices = append(s.notices, o)
				st.Policy, st.Kept = o.Policy, o.Version
			}
		}
	}
	s.stale = append(s.stale, st)
}

func (s *Set) sort() {
	slices.SortFunc(s.notices, func(a, b *Notice) int {
		if c := strings.Compare(a.Policy, b.Policy); c != 0 {
			return c
		}
		if c := a.Effective.Compare(b.Effective.Date); c != 0 {
			return c
		}
		return a.Version - b.Version
	})
}

func (s *Set) version(policy string, version int) *Notice {
	for _, n := range s.notices {
		if n.Policy == policy && n.Version == version {
			return n
		}
	}
	return nil
}

// All returns every version, drafts included, by policy and first day.
func (s *Set) All() []*Notice {
	if s == nil {
		return nil
	}
	return slices.Clone(s.notices)
}

// Stale returns the files that could not be used.
func (s *Set) Stale() []Stale {
	if s == nil {
		return nil
	}
	return slices.Clone(s.stale)
}

// Version returns one version of a policy: old ones stay readable for ever.
func (s *Set) Version(policy string, version int) (*Notice, bool) {
	if s == nil {
		return nil, false
	}
	n := s.version(policy, version)
	return n, n != nil
}

// InForce returns the version of a policy that is in force on a day. Drafts
// never are.
func (s *Set) InForce(policy string, day civil.Date) (*Notice, bool) {
	var found *Notice
	for _, n := range s.All() {
		if n.Policy == policy && !n.Effective.Open && !day.Before(n.Effective.Date) {
			found = n
		}
	}
	return found, found != nil
}

// On returns what is in force on a day, one notice for each policy, by policy.
func (s *Set) On(day civil.Date) []*Notice {
	var out []*Notice
	var last string
	for _, n := range s.All() {
		if n.Policy == last {
			continue
		}
		last = n.Policy
		if f, ok := s.InForce(n.Policy, day); ok {
			out = append(out, f)
		}
	}
	return out
}

// For returns the notice that governs a kind of record (ticket, phone_log) of a
// controller, by the controller's id or name, on a day.
func (s *Set) For(controller, record string, day civil.Date) (*Notice, bool) {
	for _, n := range s.On(day) {
		if !slices.Contains(n.AppliesTo.Records, record) {
			continue
		}
		for _, c := range n.Controllers() {
			if c.ID == controller || c.Name == controller {
				return n, true
			}
		}
	}
	return nil, false
}

package e2e

import (
	"html"
	"net/http"
	"slices"
	"strings"
	"testing"

	"heed/directory"
	"heed/kernel/policy"
	"heed/kernel/store"
)

// hire adds somebody to a controller, and to teams of its desk.
func (d *desk) hire(controller, name, user string, kinds []string, teams ...string) directory.Person {
	d.t.Helper()
	var p directory.Person
	var in []directory.Team
	for _, code := range teams {
		in = append(in, d.team(code))
	}
	d.write(policy.Operate, func(tx *store.Tx) error {
		org, err := d.People.Organisation(d.t.Context(), tx, controller)
		if err != nil {
			return err
		}
		all, err := d.People.Controllers(d.t.Context(), tx)
		if err != nil {
			return err
		}
		at := slices.IndexFunc(all, func(c directory.Controller) bool { return c.Code == controller })
		p, err = d.People.AddPerson(d.t.Context(), tx, directory.NewPerson{
			Controller: all[at].ID, Organisation: org.ID, Name: name, Affiliations: kinds, Source: "directory",
			Values: []directory.Value{
				{Kind: directory.UserName, Text: user, Source: "directory"}, {Kind: directory.Email, Text: user + "@people.example", Source: "directory"}, {Kind: directory.Number, Text: "900" + user, Source: "directory"},
			},
		})
		for _, team := range in {
			if err == nil {
				err = d.People.Join(d.t.Context(), tx, p.ID, team)
			}
		}
		return err
	})
	return p
}

func TestAnAssigneeWhoLeavesLeavesTheirTicketsToTheTeam(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, e store.Dialect) {
		d := newDesk(t, e, 0)
		sol := d.hire("LJMU", "Sol Adeyemi", "sadeyemi", []string{"staff"}, "BST")
		ref := d.as("aruiz").ask("a numbat in the lift", "it will not leave")
		here, team := "/desk/tickets/"+ref, "/desk?view=team-"+written(d.team("BST").ID)
		d.as("oachterberg").give(ref, "BST", "")
		hers := d.as("sadeyemi")
		hers.sent(hers.form(here+"/take", here+"/take"))
		hers.sent(hers.form(here, here).fill("mode=note", "body=seen by Sol"))
		leila := d.as("lhaddad")
		if page := leila.must(here); strings.Contains(page, "not in this team any more") || !strings.Contains(page, "Sol Adeyemi") {
			t.Error("who works on it is not named, or said to have left too early")
		}
		d.write(policy.Operate, func(tx *store.Tx) error { return d.People.Leave(t.Context(), tx, sol.ID, d.team("BST")) })
		if status, _ := hers.get(here); status/100 != 4 {
			t.Errorf("whoever left still opens it at the desk: %d", status)
		}
		if page := leila.must(here); !strings.Contains(page, "Sol Adeyemi, not in this team any more") || !strings.Contains(page, "seen by Sol") {
			t.Error("the team does not see that nobody works on it, or lost what was noted")
		}
		for _, path := range []string{team, "/desk?view=all", "/desk/search?q=numbat"} {
			if !strings.Contains(leila.must(path), ref) {
				t.Errorf("it is not to be found at %s", path)
			}
		}
		if !strings.Contains(d.as("aruiz").must("/requests/"+ref), "Business Support Team") {
			t.Error("the person does not see with whom it is")
		}
		leila.sent(leila.form(here+"/take", here+"/take"))
		if page := leila.must(here); strings.Contains(page, "not in this team any more") {
			t.Error("taken over, it still says that nobody is there")
		}
	})
}

// Somebody who studies and works here has one list of requests; somebody who has
// to do with two organisations has one at each, under the notice of each.
func TestAPersonWithTwoAffiliationsIsServedUnderTheRightNotice(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, e store.Dialect) {
		d := newDesk(t, e, 0)
		d.hire("LJMU", "Jo Doubleday", "jboth", []string{"staff", "student"})
		d.hire("TMU", "Jo Doubleday", "jother", []string{"student"})
		one, two, other := d.as("jboth").ask("as staff", "a"), d.as("jboth").ask("as a student", "b"), d.as("jother").ask("elsewhere", "c")
		for ref, want := range map[string][2]string{one: {"LJMU", "ljmu-helpdesk@"}, two: {"LJMU", "ljmu-helpdesk@"}, other: {"TMU", "tmu-ccs-helpdesk@"}} {
			d.read(func(tx *store.Tx) error {
				n, err := d.Tickets.Numbered(t.Context(), tx, ref)
				if err != nil {
					return err
				}
				x, err := d.Tickets.Facts(t.Context(), tx, n)
				if err != nil {
					return err
				}
				c, err := d.People.Controller(t.Context(), tx, x.Controller)
				if c.Code != want[0] || !strings.HasPrefix(x.Notice, want[1]) {
					t.Errorf("%s is under %s, %s", ref, c.Code, x.Notice)
				}
				return err
			})
		}
		for _, c := range []struct {
			who, place    string
			shows, hidden []string
		}{
			{"jboth", "/requests/", []string{one, two}, []string{other}},
			{"jother", "/requests/", []string{other}, []string{one, two}},
			{"oachterberg", "/desk/tickets/", []string{one, two}, []string{other}},
			{"praman", "/desk/tickets/", []string{other}, []string{one, two}},
		} {
			b := d.as(c.who)
			for _, ref := range c.shows {
				if page := b.must(c.place + ref); !strings.Contains(page, "Jo Doubleday") && c.who != "jboth" && c.who != "jother" {
					t.Errorf("%s does not read whose %s is", c.who, ref)
				}
			}
			for _, ref := range c.hidden {
				if status, _ := b.get(c.place + ref); status != http.StatusNotFound {
					t.Errorf("%s opens %s: %d", c.who, ref, status)
				}
			}
		}
		for who, notice := range map[string]string{"jboth": "/notices/ljmu-helpdesk", "jother": "/notices/tmu-ccs-helpdesk"} {
			if page := d.as(who).must("/ask"); !strings.Contains(page, `href="`+notice) {
				t.Errorf("%s is not led to %s", who, notice)
			}
		}
	})
}

// An agent's own request is theirs on the portal; at the desk it is somebody's
// whose team holds it, or whom a rule lets in.
func TestAnAgentWhoAsksAnotherTeamIsAPersonLikeAnyOther(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, e store.Dialect) {
		d := newDesk(t, e, 0)
		leila, owen := d.as("lhaddad"), d.as("oachterberg")
		hers, his := leila.ask("the okapi of Leila", "it is loud"), owen.ask("the okapi of Owen", "it is quiet")
		for _, ref := range []string{hers, his} {
			here := "/desk/tickets/" + ref
			owen.sent(owen.form(here, here).fill("mode=note", "body=between ourselves"))
		}
		page := html.UnescapeString(leila.must("/requests/" + hers))
		if !strings.Contains(page, "it is loud") || strings.Contains(page, "between ourselves") {
			t.Error("on the portal she does not read her own words, or reads the note of staff")
		}
		for _, path := range []string{"/desk/tickets/" + hers, "/desk/tickets/" + hers + "/assign"} {
			if status, _ := leila.get(path); status != http.StatusNotFound {
				t.Errorf("with an agent's eyes she opens %s: %d", path, status)
			}
		}
		for _, path := range []string{"/desk/search?q=okapi", "/desk?view=all", "/desk/find?q=okapi"} {
			if strings.Contains(leila.must(path), hers) {
				t.Errorf("with an agent's eyes she finds it at %s", path)
			}
		}
		// all of IT reads every ticket (LJMUH-08), also one's own; the portal shows no note
		if !strings.Contains(owen.must("/desk/tickets/"+his), "between ourselves") || strings.Contains(owen.must("/requests/"+his), "between ourselves") {
			t.Error("his own request is not the desk's at the desk, or not his on the portal")
		}
	})
}

package e2e

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"heed/kernel/store"
)

// A ticket is taken in the team that holds it: whoever is in none sees it without
// the button, and the line of its history names the team in words.
func TestATicketOfAnotherTeamIsReadAndNotTaken(t *testing.T) {
	t.Parallel()
	d := newDesk(t, store.SQLite, 0)
	ref := d.as("ceze").ask("a laptop", "a new laptop")
	agent, here := d.as("mtan"), "/desk/tickets/"+ref
	if !strings.Contains(agent.must(here), here+"/take") {
		t.Error("a ticket of her own team cannot be taken")
	}
	agent.give(ref, "ESTATES", "")
	page := agent.must(here)
	if strings.Contains(page, here+"/take") {
		t.Error("a ticket of another team seems to be hers for the taking")
	}
	if !strings.Contains(page, "Mei-Ling Tan gave it to Estates") {
		t.Error("the history does not name the team")
	}
	status, said := agent.post(here+"/take", nil)
	if status != http.StatusUnprocessableEntity || !strings.Contains(said, "You are not in the team that is to hold it") {
		t.Errorf("taken all the same: %d", status)
	}
}

// The list that a ticket was opened from stays beside it, narrowed and in its
// order, whatever is done to the ticket.
func TestWhatIsDoneToATicketLeadsBackBesideTheSameList(t *testing.T) {
	t.Parallel()
	d := newDesk(t, store.SQLite, 0)
	b := d.as("ceze")
	ref, other := b.ask("a laptop", "one to read"), b.ask("a printer", "one to read later")
	agent := d.as("mtan")
	list := "priority=P3&sort=due&view=all"
	here := "/desk/tickets/" + ref
	page := agent.must("/desk?" + list)
	if first, second := strings.Index(page, here+"?priority=P3&amp;sort=due&amp;view=all"), strings.Index(page, "/desk/tickets/"+other+"?"); first < 0 || second < first {
		t.Fatalf("the older request does not come first with its list in its address: at %d and %d", first, second)
	}
	page = agent.must(here + "?" + list)
	if first, second := strings.Index(page, ">a laptop<"), strings.Index(page, ">a printer<"); first < 0 || second < first {
		t.Errorf("beside the ticket the list has another order: at %d and %d", first, second)
	}
	note := agent.form(here+"?"+list, here+"?"+list).fill("mode=note", "body=looked at it")
	if status, to := agent.post(note.action, note.fields); status != http.StatusSeeOther || !strings.HasPrefix(to, here+"?priority=P3&sort=due&view=all#e") {
		t.Errorf("after a note: %d, %s", status, to)
	}
	take := agent.form(here+"/take?"+list, here+"/take?"+list)
	if status, to := agent.post(take.action, take.fields); status != http.StatusSeeOther || to != here+"?"+list {
		t.Errorf("after taking it: %d, %s", status, to)
	}
}

// A group with nothing in it is an empty list: the palette draws each of them.
func TestThePaletteIsAnsweredWithListsAlsoWhereNothingIsFound(t *testing.T) {
	t.Parallel()
	d := newDesk(t, store.SQLite, 0)
	if answer := d.as("oachterberg").must("/desk/find?q=aardwolf"); strings.Contains(answer, "null") || strings.Count(answer, `"results":[]`) != 2 {
		t.Errorf("nothing found is answered with %s", answer)
	}
}

func TestTheListKeepsToTheNumberOfLinesThatWasChosen(t *testing.T) {
	t.Parallel()
	d := newDesk(t, store.SQLite, 0)
	d.as("aruiz").ask("a numbat", "in the lift")
	b := d.as("oachterberg")
	for _, lines := range []string{"one", "two", "nonsense"} {
		if status, to := b.post("/settings/lines", url.Values{"lines": {lines}, "back": {"/desk?view=all"}}); status != http.StatusSeeOther || to != "/desk?view=all" {
			t.Fatalf("%s lines: %d to %s", lines, status, to)
		}
		if one := strings.Contains(b.must("/desk?view=all"), `data-lines="one"`); one != (lines == "one") {
			t.Errorf("%s lines were chosen, and rows of one line are shown: %v", lines, one)
		}
	}
}

func TestAListIsNarrowedByStateOwnerAndAgeAndSaysHowManyAreLeft(t *testing.T) {
	t.Parallel()
	d, m := movable(t, store.SQLite)
	d.as("aruiz").ask("a numbat", "in the lift")
	d.later(m, 8*24*time.Hour)
	ref := d.as("aruiz").ask("a quokka", "on the roof")
	b := d.as("oachterberg")
	if status, to := b.post("/desk/tickets/"+ref+"/take", nil); status != http.StatusSeeOther {
		t.Fatalf("taking it: %d %s", status, to)
	}
	me := d.person("oachterberg")
	for query, want := range map[string][2]bool{
		"":                             {true, true},
		"owner=none":                   {true, false},
		"owner=me":                     {false, true},
		"owner=" + me:                  {false, true},
		"state=waiting":                {false, false},
		"state=closed":                 {true, true}, // of a list of open tickets there is nothing like that to ask
		"asked=7":                      {true, false},
		"asked=6":                      {true, true}, // none of the ages that are offered
		"asked=7&owner=me":             {false, false},
		"asked=1&priority=P3&sort=due": {true, false},
	} {
		page := b.must("/desk?view=all&" + query)
		got := [2]bool{strings.Contains(page, ">a numbat<"), strings.Contains(page, ">a quokka<")}
		if got != want {
			t.Errorf("%q shows the old one %t and the new one %t", query, got[0], got[1])
		}
		n := 0
		for _, there := range got {
			if there {
				n++
			}
		}
		if !strings.Contains(page, fmt.Sprintf(`<span class="count">%d open</span>`, n)) {
			t.Errorf("%q does not say that %d are open", query, n)
		}
		if n == 0 && !strings.Contains(page, "None is like that") {
			t.Errorf("%q does not say why there is nothing", query)
		}
	}
	// what narrows a list is kept with a view, and goes along to a ticket of it
	save := b.form("/desk/views/save?view=all&owner=none&asked=7", "/desk/views/save").fill("name=Old and nobody's")
	status, to := b.post(save.action, save.fields)
	if page := b.must(to); status != http.StatusSeeOther || strings.Contains(page, ">a quokka<") || !strings.Contains(page, ">a numbat<") {
		t.Errorf("the saved view (%d) shows another list", status)
	}
	if page := b.must("/desk?view=all&owner=none"); !strings.Contains(page, "owner=none&amp;view=all") {
		t.Error("a ticket of a narrowed list does not know its list")
	}
}

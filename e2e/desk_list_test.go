package e2e

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

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

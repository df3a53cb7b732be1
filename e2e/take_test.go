package e2e

import (
	"net/http"
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

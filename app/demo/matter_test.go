package demo

import (
	"slices"
	"testing"

	"heed/ticket"
)

// What people ask for is about a service that the desks offer, and only an outage
// comes before everything else.
func TestMattersHaveAServiceAndAPriorityThatFitsThem(t *testing.T) {
	t.Parallel()
	offered := func(code string) bool {
		return code == "" || slices.ContainsFunc(offers(), func(o offer) bool { return o.code == code })
	}
	counts := map[ticket.Priority]int{}
	for _, m := range matters() {
		p := ticket.PriorityOf(m.impact, m.urgency)
		counts[p]++
		if !offered(m.service) || p == ticket.P1 {
			t.Errorf("%q is %s, about %q", m.subject, p, m.service)
		}
	}
	if low := counts[ticket.P3] + counts[ticket.P4]; counts[ticket.P2] == 0 || low < 4*counts[ticket.P2] {
		t.Errorf("most matters can wait a little, but they are %v", counts)
	}
	for _, m := range outages() {
		if p := ticket.PriorityOf(m.impact, m.urgency); p != ticket.P1 || m.service == "" || !offered(m.service) {
			t.Errorf("the outage %q is %s, about %q", m.subject, p, m.service)
		}
	}
}

package ticket

import (
	"testing"
	"time"

	"heed/directory"
	"heed/kernel/i18n"
)

func TestARowSaysWhatHappenedLast(t *testing.T) {
	t.Parallel()
	at := func(minute int) time.Time { return time.Date(2026, 3, 2, 9, minute, 0, 0, time.UTC) }
	berlin := time.FixedZone("Berlin", 3600) // the same instant in another zone is the same instant
	bundle, err := i18n.NewBundle(nil, Catalogue())
	if err != nil {
		t.Fatal(err)
	}
	rd := directory.Reader{Lang: bundle.Localizer("en")}
	for _, c := range []struct {
		says string
		t    Ticket
	}{
		{"", Ticket{Created: at(0), Updated: at(0).In(berlin)}},
		{"answered", Ticket{Created: at(0), Answered: at(5), Updated: at(5).In(berlin)}},
		{"solved", Ticket{Created: at(0), Answered: at(5), Resolved: at(5), Updated: at(5)}},
		{"changed", Ticket{Created: at(0), Answered: at(5), Resolved: at(7), Updated: at(9)}},
	} {
		if got := lastEvent(rd, c.t); got != c.says {
			t.Errorf("%+v says %q, want %q", c.t, got, c.says)
		}
	}
}

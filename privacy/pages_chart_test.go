package privacy

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"heed/kernel/id"
)

func TestTheLedgerShowsReadingOverTimeAndBetweenDates(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ana, _, _ := w.crowd()
		w.officer("LJMU", "Ingrid Oversight", "ioversight")
		first := w.ask(ana, ana, "zyzzyva", "x", "", "")
		day := w.data.Clock.Now().Format(time.DateOnly)
		w.data.Clock.Advance(72 * time.Hour)
		second := w.ask(ana, ana, "other", "y", "", "")
		s, base := w.serve()
		officer := visitor{w, s, base, "ioversight", "en"}

		_, page := officer.do(http.MethodGet, "/privacy/ledger?person=avexil", nil)
		if bars := strings.Count(page, "<rect x="); bars != 2 {
			t.Errorf("%d bars for two days:\n%s", bars, page)
		}
		if strings.Contains(officer.words("/privacy/ledger"), "Records by day") {
			t.Error("a picture is drawn of the whole ledger")
		}
		for query, want := range map[string][2]bool{
			"from=" + day + "&to=" + day: {true, false},
			"to=" + day:                  {true, false},
			"from=" + day:                {true, true},
		} {
			_, page := officer.do(http.MethodGet, "/privacy/ledger?person=avexil&"+query, nil)
			for i, ref := range []int64{first.ID, second.ID} {
				if strings.Contains(page, `/privacy/ledger?object=`+id.Text(ref)+`"`) != want[i] {
					t.Errorf("%s: ticket %d is shown: %t", query, i+1, !want[i])
				}
			}
		}
		for query, field := range map[string]string{"from=23.11.2026": "from", "from=2026-11-23&to=2026-11-22": "to"} {
			status, page := officer.do(http.MethodGet, "/privacy/ledger?"+query, nil)
			if status != http.StatusUnprocessableEntity || !strings.Contains(page, `href="#`+field+`"`) {
				t.Errorf("%s answers %d, and leads to the field: %t", query, status, strings.Contains(page, `href="#`+field+`"`))
			}
		}
	})
}

func TestDatesThatLeaveNoDayDrawNothing(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ana, _, _ := w.crowd()
		w.officer("LJMU", "Ingrid Oversight", "ioversight")
		w.ask(ana, ana, "zyzzyva", "x", "", "")
		s, base := w.serve()
		officer := visitor{w, s, base, "ioversight", "en"}
		for query, want := range map[string]int{
			"from=2026-11-23&to=2026-11-22": http.StatusUnprocessableEntity,
			"from=9999-01-01":               http.StatusOK,
			"to=0001-01-01":                 http.StatusOK,
			"from=0001-01-01":               http.StatusOK,
		} {
			if status, page := officer.do(http.MethodGet, "/privacy/ledger?person=avexil&"+query, nil); status != want {
				t.Errorf("%s answers %d, want %d:\n%.400s", query, status, want, page)
			}
		}
	})
}

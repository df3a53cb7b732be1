package clock

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"heed/kernel/fault"
)

var update = flag.Bool("update", false, "write the golden files anew")

func TestEasterSundayMatchesPublishedTables(t *testing.T) {
	t.Parallel()
	for _, want := range []string{
		"1961-04-02", "1981-04-19", "2000-04-23", "2008-03-23", "2011-04-24", "2019-04-21", "2024-03-31",
		"2025-04-20", "2026-04-05", "2027-03-28", "2028-04-16", "2038-04-25", "2049-04-18", "2076-04-19",
		"2100-03-28", "2199-04-14",
	} {
		var year int
		if _, err := fmt.Sscanf(want, "%d", &year); err != nil {
			t.Fatal(err)
		}
		if got := easter(year).String(); got != want {
			t.Errorf("Easter %d = %s, want %s", year, got, want)
		}
	}
}

func TestPublicHolidaysAreTheCheckedOnes(t *testing.T) {
	t.Parallel()
	for _, region := range Regions() {
		t.Run(region, func(t *testing.T) {
			t.Parallel()
			h, err := PublicHolidays(region)
			if err != nil {
				t.Fatal(err)
			}
			var b strings.Builder
			fmt.Fprintf(&b, "# %s\n", h.Source())
			for year := 2020; year <= h.CheckedThrough(); year++ {
				for _, d := range h.Year(year) {
					fmt.Fprintf(&b, "%s %-9s %s\n", d.Date, d.Date.Weekday(), d.Name)
				}
			}
			path := "testdata/holidays-" + region + ".txt"
			if *update {
				if err := os.WriteFile(path, []byte(b.String()), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), b.String()); diff != "" {
				t.Errorf("holidays differ from the checked list (-want +got):\n%s", diff)
			}
		})
	}
}

// TestHolidayDataIsNotAboutToRunOut fails a year before the checked dates end,
// while there is time to compare the next years with the source.
func TestHolidayDataIsNotAboutToRunOut(t *testing.T) {
	t.Parallel()
	soon := System().Now().AddDate(1, 0, 0).Year()
	for _, h := range regions() {
		if h.CheckedThrough() < soon {
			t.Errorf("%s: checked through %d only; compare the next years with %s and raise the year", h.Region(), h.CheckedThrough(), h.Source())
		}
	}
}

func TestHolidayOnOneDay(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ region, day, want string }{
		{"england-and-wales", "2026-12-28", "Boxing Day"},
		{"england-and-wales", "2026-12-26", ""},
		{"england-and-wales", "2027-12-27", "Christmas Day"},
		{"england-and-wales", "2027-12-28", "Boxing Day"},
		{"england-and-wales", "2020-05-04", ""},
		{"england-and-wales", "2020-05-08", "Early May bank holiday"},
		{"scotland", "2026-06-15", "World Cup bank holiday"},
		{"scotland", "2027-01-04", "2nd January"},
		{"scotland", "2026-04-06", ""},
		{"northern-ireland", "2026-07-13", "Battle of the Boyne"},
		{"ontario", "2026-05-18", "Victoria Day"},
		{"ontario", "2027-07-01", "Canada Day"},
		{"ontario", "2026-08-03", ""},
	} {
		h, err := PublicHolidays(c.region)
		if err != nil {
			t.Fatal(err)
		}
		day, err := time.Parse(time.DateOnly, c.day)
		if err != nil {
			t.Fatal(err)
		}
		if got, _ := h.On(DateOf(day, time.UTC)); got != c.want {
			t.Errorf("%s on %s: got %q, want %q", c.region, c.day, got, c.want)
		}
	}
	if _, err := PublicHolidays("atlantis"); fault.KindOf(err) != fault.KindInvalid {
		t.Errorf("an unknown region: %v", err)
	}
}

package clock

import (
	"fmt"
	"testing"
	"time"
)

func TestInstantsAreWrittenForPeople(t *testing.T) {
	t.Parallel()
	london, now := zone(t, "Europe/London"), at("2026-11-24 11:10:00")
	for _, c := range []struct{ t, lang, want string }{
		{"2026-11-24 14:10:00", "en", "Tuesday 24 November, 14:10 (in 3 hours)"},
		{"2026-11-24 14:10:00", "fr", "mardi 24 novembre, 14 h 10 (dans 3 heures)"},
		{"2026-07-01 08:05:00", "en-GB", "Wednesday 1 July, 09:05 (146 days ago)"},
		{"2026-07-01 08:05:00", "fr-CA", "mercredi 1er juillet, 09 h 05 (il y a 146 jours)"},
		{"2027-01-02 00:00:00", "en", "Saturday 2 January, 00:00 (in 38 days)"},
		{"2029-01-02 00:00:00", "en", "Tuesday 2 January 2029, 00:00 (in 2 years)"},
		{"2026-11-24 11:10:59", "en", "Tuesday 24 November, 11:10 (now)"},
		{"2026-11-24 11:09:00", "fr", "mardi 24 novembre, 11 h 09 (il y a 1 minute)"},
		{"2026-11-25 12:00:00", "de", "Wednesday 25 November, 12:00 (in 24 hours)"},
	} {
		if got := FormatBoth(at(c.t), now, london, c.lang); got != c.want {
			t.Errorf("%s in %s: got %q, want %q", c.t, c.lang, got, c.want)
		}
	}
}

func TestDurationsNeverFoldIntoDays(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		d      time.Duration
		en, fr string
	}{
		{0, "0 seconds", "0 seconde"},
		{45 * time.Second, "45 seconds", "45 secondes"},
		{time.Minute, "1 minute", "1 minute"},
		{2*time.Hour + 30*time.Minute, "2 hours 30 minutes", "2 heures 30 minutes"},
		{80 * time.Hour, "80 hours", "80 heures"},
	} {
		if en, fr := FormatDuration(c.d, "en"), FormatDuration(c.d, "fr"); en != c.en || fr != c.fr {
			t.Errorf("%v: got %q and %q, want %q and %q", c.d, en, fr, c.en, c.fr)
		}
	}
}

func ExampleFormatBoth() {
	london, err := Zone("Europe/London")
	if err != nil {
		fmt.Println(err)
		return
	}
	now := NewManual(time.Date(2026, time.November, 24, 11, 10, 0, 0, time.UTC)).Now()
	fmt.Println(FormatBoth(now.Add(3*time.Hour), now, london, "en"))
	// Output: Tuesday 24 November, 14:10 (in 3 hours)
}

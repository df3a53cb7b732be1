package deadline_test

import (
	"strings"
	"testing"
	"time"

	"heed/notice/deadline"
)

func TestOntarioAccessRequests(t *testing.T) {
	t.Parallel()
	lib, z := library(t), zone(t, "America/Toronto")
	const thirty, bill97 = "ca-on-fippa@2025-07-01", "ca-on-fippa@bill-97"
	for _, tc := range []struct {
		name     string
		pack     string
		received string
		pauses   pauses
		extended int
		raw      string
		rolled   string
	}{
		{name: "thirty calendar days", pack: thirty, received: "2026-03-02", raw: "2026-04-01", rolled: "2026-04-01"},
		{name: "an end on Good Friday moves to Saturday, which is no holiday in law", pack: thirty, received: "2026-03-04", raw: "2026-04-03", rolled: "2026-04-04"},
		{name: "an end on Sunday before Easter Monday moves to Tuesday", pack: thirty, received: "2026-03-06", raw: "2026-04-05", rolled: "2026-04-07"},
		{name: "a deposit stops the clock from the day after it was asked", pack: thirty, received: "2026-03-02", pauses: pauses{{"2026-03-09", "2026-03-19"}}, raw: "2026-04-11", rolled: "2026-04-11"},
		{name: "an extension by thirty days", pack: thirty, received: "2026-03-02", extended: 30, raw: "2026-05-01", rolled: "2026-05-01"},
		{name: "received a minute before midnight in Toronto", pack: thirty, received: "2026-03-02 23:59", raw: "2026-04-01", rolled: "2026-04-01"},
		{name: "across the night the clocks go forward", pack: thirty, received: "2026-03-08 01:30", raw: "2026-04-07", rolled: "2026-04-07"},
		{name: "forty-five business days skip three holidays", pack: bill97, received: "2026-11-02", raw: "2027-01-07", rolled: "2027-01-07"},
		{name: "a wait over a weekend costs its business days only", pack: bill97, received: "2026-11-02", pauses: pauses{{"2026-11-06", "2026-11-10"}}, raw: "2027-01-11", rolled: "2027-01-11"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			c, err := deadline.ByPack(lib, tc.pack, "")
			if err != nil {
				t.Fatal(err)
			}
			r := deadline.Request{Access: true, Received: at(t, z, tc.received)}
			for _, p := range tc.pauses {
				r.Pauses = append(r.Pauses, deadline.Pause{Asked: at(t, z, p[0]), Answered: at(t, z, p[1])})
			}
			if tc.extended > 0 {
				r.Extended = deadline.Extension{Sent: r.Received.AddDate(0, 0, 10), Days: tc.extended}
			}
			d, err := c.Rights(r)
			if err != nil {
				t.Fatal(err)
			}
			if d.Raw.Day != date(t, tc.raw) || d.Rolled.Day != date(t, tc.rolled) {
				t.Errorf("got raw %s, rolled %s; want %s, %s\n%s", d.Raw.Day, d.Rolled.Day, tc.raw, tc.rolled, strings.Join(d.Steps, "\n"))
			}
		})
	}
}

func TestALateExtensionInOntarioHasNoEffect(t *testing.T) {
	t.Parallel()
	lib, z := library(t), zone(t, "America/Toronto")
	c, err := deadline.ByPack(lib, "ca-on-fippa@2025-07-01", "")
	if err != nil {
		t.Fatal(err)
	}
	d, err := c.Rights(deadline.Request{Received: at(t, z, "2026-03-02"), Extended: deadline.Extension{Sent: at(t, z, "2026-04-02"), Days: 30}})
	if err != nil {
		t.Fatal(err)
	}
	if d.Rolled.Day != date(t, "2026-04-01") || d.Rule != "ca-on.access.days" {
		t.Errorf("due %s by %s; a late notice must change nothing", d.Rolled.Day, d.Rule)
	}
}

func TestTheBill97PackWaitsForCounsel(t *testing.T) {
	t.Parallel()
	lib, z := library(t), zone(t, "America/Toronto")
	c, err := deadline.New(lib, "ca-on-fippa", at(t, z, "2030-01-15"), "")
	if err != nil {
		t.Fatal(err)
	}
	if c.Pack().ID != "ca-on-fippa@2025-07-01" {
		t.Errorf("%s is in force; a pack that nobody confirmed never is", c.Pack().ID)
	}
	p, ok := lib.ByID("ca-on-fippa@bill-97")
	if !ok || p.Confirmed || p.Needs == "" {
		t.Errorf("the pack of Bill 97: found %v, confirmed %v, needs %q; want it there, unconfirmed, with a reason", ok, p.Confirmed, p.Needs)
	}
}

func TestOntarioCorrectionsAndBreaches(t *testing.T) {
	t.Parallel()
	lib, z := library(t), zone(t, "America/Toronto")
	now := at(t, z, "2026-03-02")
	c, err := deadline.New(lib, "ca-on-fippa", now, "")
	if err != nil {
		t.Fatal(err)
	}
	d, err := c.Correction(now)
	if err != nil || d.Latest.Day != date(t, "2026-04-01") {
		t.Errorf("correction due %s (%v), want 1 April", d.Latest.Day, err)
	}
	b, err := c.Breach(now)
	if err != nil {
		t.Fatal(err)
	}
	if !b.Latest.IsZero() || !b.Target.Before.Equal(now.Add(24*time.Hour)) {
		t.Errorf("a breach has the last moment %v and the target %s; want none and 24 hours", b.Latest, b.Target.Before)
	}
	old, err := deadline.New(lib, "ca-on-fippa", at(t, z, "2025-06-30"), "")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := old.Breach(now); err == nil {
		t.Error("the duty to report began on 1 July 2025 and was applied the day before")
	}
	if _, err := c.Complaint(now); err == nil {
		t.Error("a UK duty was applied in Ontario")
	}
	uk, err := deadline.New(lib, "uk", now, "")
	if err != nil {
		t.Fatal(err)
	}
	if d, err := uk.Correction(now); err != nil || d.Rule != "uk.rights.month" {
		t.Errorf("a UK correction is counted by %q (%v), want the month", d.Rule, err)
	}
}

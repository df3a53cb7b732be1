package clock

import (
	"fmt"
	"strings"
	"time"
)

// Format writes an instant for a page: "Tuesday 24 November 2026, 14:10" in
// English, "mardi 24 novembre 2026, 14 h 10" in French. lang is a BCP 47 tag;
// anything but French is written in English.
func Format(t time.Time, zone *time.Location, lang string) string {
	w, t := wordsFor(lang), t.In(zone)
	return w.day(t) + w.year(t) + ", " + w.time(t)
}

// FormatNear is [Format] without the year where now makes it plain: in the same
// year, or within half a year of it.
func FormatNear(t, now time.Time, zone *time.Location, lang string) string {
	w, t, now := wordsFor(lang), t.In(zone), now.In(zone)
	const halfYear = 183 * 24 * time.Hour
	if t.Year() == now.Year() || t.Sub(now).Abs() < halfYear {
		return w.day(t) + ", " + w.time(t)
	}
	return Format(t, zone, lang)
}

// FormatDay writes only the day: "Tuesday 24 November 2026".
func FormatDay(t time.Time, zone *time.Location, lang string) string {
	w, t := wordsFor(lang), t.In(zone)
	return w.day(t) + w.year(t)
}

// Relative writes how far t is from now, in the largest unit that fits: "in 3
// hours", "2 days ago", "now" within a minute.
func Relative(t, now time.Time, lang string) string {
	w := wordsFor(lang)
	d := t.Sub(now)
	switch {
	case d.Abs() < time.Minute:
		return w.now
	case d > 0:
		return fmt.Sprintf(w.in, w.rough(d))
	default:
		return fmt.Sprintf(w.ago, w.rough(-d))
	}
}

// FormatBoth writes the instant and its distance, as every page does: "Tuesday
// 24 November, 14:10 (in 3 hours)".
func FormatBoth(t, now time.Time, zone *time.Location, lang string) string {
	return FormatNear(t, now, zone, lang) + " (" + Relative(t, now, lang) + ")"
}

// FormatDuration writes a length of time in hours and minutes, "2 hours 30
// minutes"; hours are not folded into days, because a working day is not 24 of
// them. Seconds are shown only below a minute.
func FormatDuration(d time.Duration, lang string) string { return wordsFor(lang).duration(d) }

// words is what one language needs to write time.
type words struct {
	weekdays              [7]string
	months                [12]string
	first                 string // the ordinal mark on the first of a month
	clock                 string // layout of a time of day
	units                 [5][2]string
	in, ago, now          string
	colon, counts, closed string
	to                    string
	because               string
}

// Indexes into words.units.
const (
	unitSecond = iota
	unitMinute
	unitHour
	unitDay
	unitYear
)

func wordsFor(lang string) words {
	primary, _, _ := strings.Cut(strings.ToLower(lang), "-")
	if primary == "fr" {
		return french()
	}
	return english()
}

func english() words {
	return words{
		weekdays: [7]string{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"},
		months: [12]string{
			"January", "February", "March", "April", "May", "June",
			"July", "August", "September", "October", "November", "December",
		},
		clock: "15:04",
		units: [5][2]string{{"second", "seconds"}, {"minute", "minutes"}, {"hour", "hours"}, {"day", "days"}, {"year", "years"}},
		in:    "in %s", ago: "%s ago", now: "now",
		colon: ": ", counts: " counted", closed: "closed", to: " to ", because: "closed, %s",
	}
}

func french() words {
	return words{
		weekdays: [7]string{"dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"},
		months: [12]string{
			"janvier", "février", "mars", "avril", "mai", "juin",
			"juillet", "août", "septembre", "octobre", "novembre", "décembre",
		},
		first: "er",
		clock: "15 h 04", // Office québécois de la langue française
		units: [5][2]string{{"seconde", "secondes"}, {"minute", "minutes"}, {"heure", "heures"}, {"jour", "jours"}, {"an", "ans"}},
		in:    "dans %s", ago: "il y a %s", now: "maintenant",
		colon: " : ", counts: " de travail", closed: "fermé", to: " à ", because: "fermé, %s",
	}
}

func (w words) day(t time.Time) string {
	mark := ""
	if t.Day() == 1 {
		mark = w.first
	}
	return fmt.Sprintf("%s %d%s %s", w.weekdays[t.Weekday()], t.Day(), mark, w.months[t.Month()-1])
}

func (w words) year(t time.Time) string { return fmt.Sprintf(" %d", t.Year()) }
func (w words) time(t time.Time) string { return t.Format(w.clock) }

// span writes from and to, naming the day once when both lie on one day.
func (w words) span(from, to time.Time) string {
	if from.Year() == to.Year() && from.YearDay() == to.YearDay() {
		return w.day(from) + ", " + w.time(from) + w.to + w.time(to)
	}
	return w.day(from) + ", " + w.time(from) + w.to + w.day(to) + ", " + w.time(to)
}

func (w words) closedFor(name string) string { return fmt.Sprintf(w.because, name) }

// count writes a number with its unit. French takes the singular below two.
func (w words) count(n int64, unit int) string {
	form := 1
	if n == 1 || (n == 0 && w.first != "") {
		form = 0
	}
	return fmt.Sprintf("%d %s", n, w.units[unit][form])
}

// rough writes d in its largest whole unit, rounded down.
func (w words) rough(d time.Duration) string {
	const day, year = 24 * time.Hour, 365 * 24 * time.Hour
	switch {
	case d >= 2*year:
		return w.count(int64(d/year), unitYear)
	case d >= 2*day:
		return w.count(int64(d/day), unitDay)
	case d >= time.Hour:
		return w.count(int64(d/time.Hour), unitHour)
	default:
		return w.count(int64(d/time.Minute), unitMinute)
	}
}

// duration writes d exactly, to the minute.
func (w words) duration(d time.Duration) string {
	if d < time.Minute {
		return w.count(int64(d/time.Second), unitSecond)
	}
	hours, minutes := int64(d/time.Hour), int64(d%time.Hour/time.Minute)
	switch {
	case hours == 0:
		return w.count(minutes, unitMinute)
	case minutes == 0:
		return w.count(hours, unitHour)
	default:
		return w.count(hours, unitHour) + " " + w.count(minutes, unitMinute)
	}
}

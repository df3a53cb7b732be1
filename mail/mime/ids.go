package mime

import (
	"net/mail"
	"regexp"
	"slices"
	"strings"
	"time"
)

var angled = regexp.MustCompile(`<([^<>\s]{1,500})>`)

// messageIDs returns the identifiers in a field, without brackets, each once.
// Of a very long list the first and the latest are kept: the thread's root and
// what was answered.
func messageIDs(value string) []string {
	var out []string
	for _, m := range angled.FindAllStringSubmatch(value, -1) {
		out = append(out, m[1])
	}
	if out == nil {
		// Brackets forgotten: then at least an "@", or it is prose.
		for _, word := range strings.FieldsFunc(value, func(r rune) bool { return r <= ' ' || r == ',' || r == '<' || r == '>' }) {
			if strings.Contains(word, "@") && len(word) <= maxID {
				out = append(out, word)
			}
		}
	}
	var once []string
	for _, id := range out {
		if id = strings.ToValidUTF8(id, "\ufffd"); !slices.Contains(once, id) {
			once = append(once, id)
		}
		if len(once) > 2*maxIDs {
			once = slices.Delete(once, 1, 2)
		}
	}
	if len(once) > maxIDs {
		once = append(once[:1], once[len(once)-maxIDs+1:]...)
	}
	return once
}

// Layouts that turn up in Date fields and that net/mail does not read.
func dateLayouts() []string {
	return []string{
		"2 Jan 2006 15:04:05 -0700",
		"2 Jan 2006 15:04:05",
		"2 Jan 06 15:04:05 -0700",
		"2 Jan 2006 15:04 -0700",
		"2 January 2006 15:04:05 -0700",
		"2-Jan-2006 15:04:05 -0700",
		"Jan 2 15:04:05 2006",
		"Jan 2 15:04:05 2006 -0700",
		"Jan 2 2006 15:04:05 -0700",
		"2006-01-02 15:04:05 -0700",
		"2006-01-02 15:04:05",
		time.RFC3339,
		"2006-01-02T15:04:05",
		"02/01/2006 15:04:05",
	}
}

var (
	comment  = regexp.MustCompile(`\([^()]*\)`)
	weekday  = regexp.MustCompile(`^[A-Za-zéûà]{2,9}(?:\.?,\s*|\.?\s+)`)
	zoneName = regexp.MustCompile(`\s+"?(UTC|GMT|UT|Z|EST|EDT|CST|CDT|MST|MDT|PST|PDT|BST|CET|CEST)"?$`)
	dotted   = regexp.MustCompile(`(\d)\.(\d\d)\.(\d\d)`)
	utcPlus  = regexp.MustCompile(`(?:GMT|UTC)\s*([+-])(\d\d):?(\d\d)$`)
	colonOff = regexp.MustCompile(`([+-]\d\d):(\d\d)$`)
)

// date reads the Date field, in UTC; the zero time when it makes no sense. It is
// the sender's claim and decides nothing.
func (p *reader) date(value string) time.Time {
	s := strings.Join(strings.Fields(comment.ReplaceAllString(value, " ")), " ")
	if s == "" {
		return time.Time{}
	}
	t, err := mail.ParseDate(s)
	if err != nil || zoneName.MatchString(s) {
		t = looseDate(s)
	}
	if t.Year() < 1970 || t.Year() > 2199 {
		p.defect(DefectDate)
		return time.Time{}
	}
	return t.UTC()
}

func looseDate(s string) time.Time {
	s = utcPlus.ReplaceAllString(s, "$1$2$3")
	if m := zoneName.FindStringSubmatch(s); m != nil {
		s = strings.TrimSuffix(s, m[0]) + " " + zoneOffset(m[1])
	}
	s = dotted.ReplaceAllString(s, "$1:$2:$3")
	for _, try := range []string{s, weekday.ReplaceAllString(s, ""), colonOff.ReplaceAllString(weekday.ReplaceAllString(s, ""), "$1$2")} {
		for _, layout := range dateLayouts() {
			if t, err := time.Parse(layout, try); err == nil {
				return t
			}
		}
	}
	return time.Time{}
}

// zoneOffset is what the zone names of RFC 822 and their European cousins mean.
func zoneOffset(name string) string {
	switch name {
	case "EDT":
		return "-0400"
	case "EST", "CDT":
		return "-0500"
	case "CST", "MDT":
		return "-0600"
	case "MST", "PDT":
		return "-0700"
	case "PST":
		return "-0800"
	case "BST", "CET":
		return "+0100"
	case "CEST":
		return "+0200"
	default:
		return "+0000"
	}
}

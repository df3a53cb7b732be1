package notice

import (
	"maps"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// lexicon turns the fixed words of a notice into a language. Sentences that a
// file gives itself stay in the file's own language.
type lexicon struct {
	lang  string
	words map[string]string
}

// Languages are the languages a page can be printed in.
func Languages() []string { return []string{"en", "fr"} }

// lexiconFor answers with English for a language it does not have.
func lexiconFor(lang string) lexicon {
	if lang == "fr" || strings.HasPrefix(lang, "fr-") {
		return lexicon{"fr", merged(frenchWords(), frenchItems())}
	}
	return lexicon{"en", merged(englishTable(), englishItems())}
}

func merged(tables ...map[string]string) map[string]string {
	out := map[string]string{}
	for _, t := range tables {
		maps.Copy(out, t)
	}
	return out
}

func englishWords() lexicon { return lexicon{"en", merged(englishTable(), englishItems())} }

// word is the phrase under a key. A word that has none, such as an item that
// only one institution knows, is shown with its underscores as spaces.
func (l lexicon) word(key string) string {
	if w, ok := l.words[key]; ok {
		return w
	}
	_, last, _ := strings.Cut(key, ".")
	if last == "" {
		last = key
	}
	return strings.ReplaceAll(last, "_", " ")
}

// list joins words of one kind: "telephone, office".
func (l lexicon) list(kind string, keys []string) string {
	out := make([]string, len(keys))
	for i, k := range keys {
		out[i] = l.word(kind + "." + k)
	}
	return strings.Join(out, ", ")
}

// limit is a bound in words: "1 year after it was recorded".
func (l lexicon) limit(b Limit) string {
	event := l.word("anchor." + string(b.Anchor))
	switch {
	case b.Open:
		return l.word("open") + " " + l.word("after") + " " + event
	case b.Period.IsZero():
		return l.word("when") + " " + event
	case l.lang == "fr":
		return b.Period.French() + " " + l.word("after") + " " + event
	}
	return b.Period.English() + " " + l.word("after") + " " + event
}

func (l lexicon) limits(list []Limit) string {
	out := make([]string, len(list))
	for i, b := range list {
		out[i] = l.limit(b)
	}
	return strings.Join(out, "; ")
}

// sentence begins a phrase with a capital.
func sentence(s string) string {
	if s == "" {
		return s
	}
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

// whoEnglish says who a word of a rule lets in.
func whoEnglish(word string) string {
	name, arg, _ := strings.Cut(word, ":")
	phrases := map[string]string{
		"analyst": "every analyst with a valid account", "anyone_signed_in": "everybody who is signed in",
		"assigned_team": "the team that holds the ticket", "assignee": "the person the ticket is assigned to",
		"reporter": "the person who reported it", "affected": "the person it is about",
		"concerned": "the people a ticket concerns", "watcher_with_grant": "colleagues who were let in",
		"escalated_to": "those it was escalated to", "participant": "those who took part",
		"self": "the person themselves", "shares_ticket": "those who may see a ticket of the person",
	}
	switch {
	case name == "team":
		return "the team " + arg
	case name == "role":
		return "the role " + strings.ReplaceAll(arg, "_", " ")
	case phrases[name] != "":
		return phrases[name]
	}
	return strings.ReplaceAll(word, "_", " ")
}

// whatEnglish says what a rule shows.
func whatEnglish(thing string) string {
	phrases := map[string]string{
		"ticket": "tickets", "entry": "entries of tickets", "person": "people's details", "person.identity": "people's names",
		"person.vetting": "dates of birth and clearances", "ledger": "the record of reads and changes",
		"ledger.own": "who read about them", "proof": "the proofs", "call_audio": "recordings of calls", "phone_log": "telephone logs",
		"phone_log.totals": "totals of telephone logs", "recording_store": "the store of recordings",
		"report.aggregate": "reports without people", "report.identified": "reports with people in them",
		"post_incident_report": "post-incident reports", "article": "articles", "asset": "devices and licences",
		"account": "accounts", "data_request": "requests about government data", "survey_answer": "answers to surveys",
		"survey.totals": "totals of surveys", "vendor_session": "what a supplier's session shows",
	}
	if class, ok := strings.CutPrefix(thing, "entry."); ok {
		return class + " entries of tickets"
	}
	if p, ok := phrases[thing]; ok {
		return p
	}
	return strings.ReplaceAll(thing, "_", " ")
}

// conditionsEnglish says under which conditions, "without conditions" where
// there are none.
func conditionsEnglish(when []string) string {
	if len(when) == 0 {
		return " without conditions"
	}
	return conditionsTail(when)
}

func conditionsTail(when []string) string {
	phrases := map[string]string{
		"while_assigned": "while it is assigned to them", "ticketed": "on a ticket", "within_window": "within a stated span of time",
		"agreement_current": "under a current agreement", "request_granted": "once a request was granted",
		"ticket_linked": "where a ticket asks for it", "analyst": "with a valid account", "shares_ticket": "together with a ticket of the person",
	}
	var out []string
	for _, w := range when {
		switch name, arg, _ := strings.Cut(w, ":"); {
		case name == "team":
			out = append(out, "as members of "+arg)
		case name == "role":
			out = append(out, "in the role "+strings.ReplaceAll(arg, "_", " "))
		case phrases[w] != "":
			out = append(out, phrases[w])
		default:
			out = append(out, strings.ReplaceAll(w, "_", " "))
		}
	}
	if len(out) == 0 {
		return ""
	}
	return " " + strings.Join(out, ", ")
}

// day is a date in words, or that it is still to be decided.
func (l lexicon) day(d Day) string {
	if d.Open {
		return l.word("open")
	}
	if l.lang == "fr" {
		months := [...]string{"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"}
		day := strconv.Itoa(d.Day)
		if d.Day == 1 {
			day = "1er"
		}
		return day + " " + months[d.Month-1] + " " + strconv.Itoa(d.Year)
	}
	return d.English()
}

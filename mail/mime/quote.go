package mime

import (
	"regexp"
	"strings"
)

// SplitQuoted cuts a plain text where the sender's own words end and the mail
// they answer is repeated. fresh followed by quoted is always the whole text:
// quoted is for folding away, never for deleting. When in doubt nothing is
// folded: answers written between the quoted lines, below them, and forwarded
// mails without a word of the sender's own stay in sight.
func SplitQuoted(s string) (fresh, quoted string) {
	q := newQuoteScan(s)
	for i := range q.lines {
		if !q.startsQuote(i) {
			continue
		}
		at := q.offset[i]
		if strings.TrimSpace(s[:at]) == "" {
			return s, ""
		}
		return s[:at], s[at:]
	}
	return s, ""
}

type quoteScan struct {
	lines  []string // trimmed
	offset []int    // where each begins
	// tail[i] says that from line i on there is nothing but quotation, empty
	// lines and, behind a quotation, a signature.
	tail []bool
	// marks[i] is how many lines from i on carry a quotation mark.
	marks []int
}

func newQuoteScan(s string) *quoteScan {
	q := &quoteScan{}
	at := 0
	for line := range strings.Lines(s) {
		q.lines = append(q.lines, strings.Trim(strings.ReplaceAll(line, "\u00a0", " "), " \t\r\n"))
		q.offset = append(q.offset, at)
		at += len(line)
	}
	n := len(q.lines)
	q.tail, q.marks = make([]bool, n+1), make([]int, n+1)
	q.tail[n] = true
	for i := n - 1; i >= 0; i-- {
		line := q.lines[i]
		q.marks[i] = q.marks[i+1]
		if strings.HasPrefix(line, ">") {
			q.marks[i]++
		}
		q.tail[i] = q.tail[i+1] && (line == "" || strings.HasPrefix(line, ">"))
		// Only what stands below a signature mark in the last lines is signature.
		if line == "--" && n-i <= maxSignature && q.marks[i] == 0 {
			q.tail[i] = true
		}
	}
	return q
}

const maxSignature = 12

// startsQuote reports whether everything from line i on is quoted.
func (q *quoteScan) startsQuote(i int) bool {
	if q.lines[i] == "" {
		return false
	}
	if strings.HasPrefix(q.lines[i], ">") {
		return q.tail[i]
	}
	if q.originalMark(i) || q.headerBlock(i) {
		return true
	}
	used := q.attribution(i)
	if used == 0 {
		return false
	}
	// Below an attribution come either marked lines to the end, or, from
	// clients that do not mark them, no marked line at all. Then the attribution
	// must be beyond doubt: people also write "On Monday at 9:30 the system wrote:".
	return q.tail[i+used] || (q.marks[i+used] == 0 && certain.MatchString(strings.Join(q.lines[i:i+used], " ")))
}

// certain matches what no person writes in a sentence: a full date with a time,
// or an address in brackets.
var certain = regexp.MustCompile(`\b20\d\d\b.*\b\d{1,2}[:.h]\d\d\b|<\S+@\S+>`)

var originalMark = regexp.MustCompile(`(?i)^[-_ ]{3,}(?:original message|original appointment|message d'origine|message original|` +
	`ursprüngliche nachricht|originalnachricht|oorspronkelijk bericht|mensaje original|messaggio originale|mensagem original)[-_ ]{3,}$`)

// originalMark finds the line that Outlook and its like put before the mail
// they answer.
func (q *quoteScan) originalMark(i int) bool {
	return originalMark.MatchString(strings.ReplaceAll(q.lines[i], "’", "'"))
}

// The header that Outlook repeats instead of quotation marks: who, when, to
// whom, about what, in the languages our users write from.
var (
	headFrom = regexp.MustCompile(`(?i)^\*?(?:from|de|von|van|da|expéditeur)\s?:\*?\s?\S`)
	headRest = regexp.MustCompile(`(?i)^\*?(?:sent|date|to|cc|subject|importance|envoyé|à|objet|gesendet|datum|an|betreff|verzonden|aan|onderwerp|enviado(?: el)?|para|asunto|assunto|inviato|a|oggetto|reply-to|répondre à)\s?:\*?`)
)

// headerBlock finds such a header at line i, or behind a rule drawn before it.
func (q *quoteScan) headerBlock(i int) bool {
	if rule := q.lines[i]; len(rule) >= 10 && strings.Trim(rule, "_-") == "" {
		for i++; i < len(q.lines) && q.lines[i] == ""; i++ {
		}
	}
	if i >= len(q.lines) || !headFrom.MatchString(q.lines[i]) {
		return false
	}
	found := 0
	for j := i + 1; j < len(q.lines) && j <= i+8; j++ {
		if headRest.MatchString(q.lines[j]) {
			found++
		}
	}
	return found >= 2
}

// Attributions: the line in which a mail program says who wrote what follows.
// Each holds a digit somewhere, from the date, or an address.
var attribution = regexp.MustCompile(`^(?:` +
	`On .{6,400} wrote ?|` +
	`Le .{6,400} (?:a|avez) écrit ?|` +
	`Am .{6,400} schrieb.{0,200}|` +
	`Op .{6,400} schreef.{0,200}|` +
	`El .{6,400} escribió ?|` +
	`Il .{6,400} ha scritto ?|` +
	`Em .{6,400} escreveu ?|` +
	`.{1,200} <?\S+@\S+>? (?:wrote|writes|schrieb|a écrit) ?|` +
	`\d{4}[-/]\d\d[-/]\d\d .{0,200}<\S+@\S+> ?` +
	`):$`)

const maxAttributionLines = 4

// attribution returns how many lines an attribution that begins at line i takes,
// 0 when none does.
func (q *quoteScan) attribution(i int) int {
	joined := ""
	for n := 1; n <= maxAttributionLines && i+n <= len(q.lines); n++ {
		line := q.lines[i+n-1]
		if line == "" || strings.HasPrefix(line, ">") {
			return 0
		}
		joined = strings.TrimSpace(joined + " " + line)
		if len(joined) > 600 {
			return 0
		}
		if strings.HasSuffix(joined, ":") && strings.ContainsAny(joined, "0123456789@") {
			if attribution.MatchString(joined) {
				return n
			}
		}
	}
	return 0
}

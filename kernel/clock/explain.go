package clock

import (
	"strings"
	"time"
)

// CountKind says what a piece of a calculation stands for.
type CountKind int

// The kinds of a [CountStep].
const (
	Counted CountKind = iota // the desk was open; the time counts
	Closed                   // outside opening hours: nights, weekends
	Holiday                  // a public holiday or a closure, by name
)

// A CountStep is one line of the answer to "why is it due then?".
type CountStep struct {
	Kind     CountKind
	From, To time.Time     // UTC; To is the first instant after the step
	Counted  time.Duration // how much of it counts; zero unless Kind is Counted
	Name     string        // of the holiday or closure
}

// Explain returns the steps by which [Hours.Add] reaches its answer: every
// opening that counts and every closed piece between them, in order and without
// gaps from start to the due instant. The counted times add up to work.
func (h Hours) Explain(start time.Time, work time.Duration) ([]CountStep, error) {
	due, err := h.Add(start, work)
	if err != nil {
		return nil, err
	}
	return h.ExplainBetween(start, due), nil
}

// ExplainBetween returns the steps by which [Hours.Between] reaches its answer.
func (h Hours) ExplainBetween(a, b time.Time) []CountStep {
	var steps []CountStep
	if !instant(a).Before(instant(b)) {
		return nil // walk takes a zero b for no end
	}
	h.walk(a, b, func(s stretch) bool {
		step := CountStep{Kind: Closed, From: s.from, To: s.to, Counted: s.counted(), Name: s.reason}
		switch {
		case s.open:
			step.Kind = Counted
		case s.reason != "":
			step.Kind = Holiday
		}
		steps = appendStep(steps, step)
		return true
	})
	return steps
}

// appendStep adds a step, joined to the last one where both say the same: a
// night, a weekend and a night are one closed piece, and two openings that
// touch at midnight are one opening.
func appendStep(steps []CountStep, s CountStep) []CountStep {
	if n := len(steps); n > 0 && steps[n-1].Kind == s.Kind && steps[n-1].Name == s.Name {
		steps[n-1].To = s.To
		steps[n-1].Counted += s.Counted
		return steps
	}
	return append(steps, s)
}

// Words writes the step as one line for people, such as "Friday 20 November,
// 16:00 to 17:00: 1 hour counts".
func (s CountStep) Words(zone *time.Location, lang string) string {
	w := wordsFor(lang)
	var b strings.Builder
	b.WriteString(w.span(s.From.In(zone), s.To.In(zone)))
	b.WriteString(w.colon)
	switch s.Kind {
	case Counted:
		b.WriteString(w.duration(s.Counted))
		b.WriteString(w.counts)
	case Holiday:
		b.WriteString(w.closedFor(s.Name))
	case Closed:
		b.WriteString(w.closed)
	}
	return b.String()
}

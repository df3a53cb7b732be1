package feed

import (
	"slices"
	"strings"
	"time"
)

// employment reads the columns that say what somebody is here: employer,
// affiliations and their last day, state of the account.
func (c *cells) employment() {
	m := c.r.m
	if v := c.value(c.r.at.employer, m.Columns.Employer); m.Columns.Employer != "" {
		employer, ok := translate(m.Values.Employer, v)
		switch {
		case v == "":
			c.problem("column %q is empty; the employer decides who is responsible for the person's data", m.Columns.Employer)
		case !ok:
			c.problem("column %q holds the code %q, which values.employer does not translate", m.Columns.Employer, clip(v))
		}
		c.rec.Employer = employer
	}
	c.affiliations()
	if v := c.value(c.r.at.until, m.Columns.Until); v != "" {
		if _, err := time.Parse(time.DateOnly, v); err != nil {
			c.problem("column %q holds no day; one is written 2027-07-31", m.Columns.Until)
		}
		c.rec.Until = v
	}
	if v := c.value(c.r.at.state, m.Columns.State); m.Columns.State != "" {
		state, ok := translate(m.Values.State, v)
		if !ok || !slices.Contains(states(), state) {
			c.problem("column %q holds %q, which means neither active nor closed; translate it under values.state", m.Columns.State, clip(v))
		}
		c.rec.Closed = state == "closed"
	}
}

func (c *cells) affiliations() {
	m := c.r.m
	for v := range strings.SplitSeq(c.value(c.r.at.affiliation, m.Columns.Affiliation), ";") {
		if v = strings.TrimSpace(v); v == "" {
			continue
		}
		kind, ok := translate(m.Values.Affiliation, v)
		if !ok || !slices.Contains(affiliations(), kind) {
			c.problem("column %q holds %q, which is none of %s; translate it under values.affiliation", m.Columns.Affiliation, clip(v), strings.Join(affiliations(), ", "))
			continue
		}
		if !slices.Contains(c.rec.Affiliations, kind) {
			c.rec.Affiliations = append(c.rec.Affiliations, kind)
		}
	}
	slices.Sort(c.rec.Affiliations)
}

// clip shortens a code for a sentence.
func clip(v string) string {
	if r := []rune(v); len(r) > 20 {
		return string(r[:20]) + "…"
	}
	return v
}

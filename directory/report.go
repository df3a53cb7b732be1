package directory

import (
	"fmt"
	"strings"

	"heed/directory/feed"
)

// maxLines is how many lines of a file a report names of each sort.
const maxLines = 50

// Report says what a feed did, or in a dry run would do. It names lines, columns
// and items, and never what stands in them.
type Report struct {
	Source       string
	DryRun       bool
	Rows         int
	New          int
	Adopted      int // known already, from a mail or by hand; from now on the feed's
	Changed      int
	Unchanged    int
	Closed       int // their row says so
	Missing      int // closed because the file lacks them
	Reopened     int
	LeftOut      int            // closed in the file, and unknown here
	Forgotten    int            // never brought back
	StayClosed   int            // closed by hand
	Dropped      []string       // columns that the map does not name
	Unnamed      []string       // kinds of values that no notice names
	Changes      []feed.Problem // the first of them, and what differs
	Problems     []feed.Problem
	MoreProblems int
}

func (r *Report) bad(p feed.Problem) {
	if len(r.Problems) < maxLines {
		r.Problems = append(r.Problems, p)
	} else {
		r.MoreProblems++
	}
}

func (r *Report) count(o outcome) {
	switch o {
	case unchanged:
		r.Unchanged++
	case added:
		r.New++
	case adopted:
		r.Adopted++
	case changed:
		r.Changed++
	case reopened:
		r.Reopened++
	case closing:
		r.Closed++
	case leftOut:
		r.LeftOut++
	case buried:
		r.Forgotten++
	case byOther:
		r.StayClosed++
	}
}

// writes reports whether anything is to be written.
func (r *Report) writes() bool {
	return r.New+r.Adopted+r.Changed+r.Reopened+r.Closed+r.Missing > 0
}

// String is the report as the operator reads it.
func (r Report) String() string {
	var b strings.Builder
	line := func(format string, args ...any) { _, _ = fmt.Fprintf(&b, format+"\n", args...) }
	if r.DryRun {
		line("Feed %q, dry run: nothing is written.", r.Source)
	} else {
		line("Feed %q", r.Source)
	}
	for _, p := range r.Problems {
		line("  %s", p)
	}
	if r.MoreProblems > 0 {
		line("  and %d more problems", r.MoreProblems)
	}
	if len(r.Problems) > 0 {
		return b.String()
	}
	line("%8d rows", r.Rows)
	for _, c := range []struct {
		n      int
		always bool
		what   string
	}{
		{r.New, true, "new"},
		{r.Adopted, false, "known already and from now on kept by this feed"},
		{r.Changed, true, "changed"},
		{r.Unchanged, true, "unchanged"},
		{r.Closed, true, "closed, as their row says"},
		{r.Missing, true, "closed, since the file lacks them"},
		{r.Reopened, false, "opened again"},
		{r.LeftOut, false, "closed and unknown here: left out"},
		{r.StayClosed, false, "closed by hand: stay closed"},
		{r.Forgotten, false, "forgotten here: not brought back"},
	} {
		if c.n > 0 || c.always {
			line("%8d %s", c.n, c.what)
		}
	}
	for _, c := range r.Changes {
		line("  %s", c)
	}
	if n := r.Changed - len(r.Changes); n > 0 && len(r.Changes) > 0 {
		line("  and %d more that changed", n)
	}
	if len(r.Dropped) > 0 {
		line("Not read, since the map does not name them: %s", strings.Join(r.Dropped, ", "))
	}
	if len(r.Unnamed) > 0 {
		line("Not kept, since no notice of the controller names them: %s", strings.Join(r.Unnamed, ", "))
	}
	return b.String()
}

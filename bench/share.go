package main

import (
	"bytes"
	"errors"
	"runtime/pprof"
	"strings"

	"github.com/google/pprof/profile"
)

// sampled is how often a page is asked for while the profiler looks on, a hundred times a second.
const sampled = 2000

// errProfiled says that -profile is on, beside which there can be no other.
var errProfiled = errors.New("left out: -profile is on")

// shares are the parts of the ticket page's time, without the ledger, that the gate and
// the seal take: they cannot be left out of it to compare.
func (b *bench) shares(path func() string) (gate, seal float64, err error) {
	var out bytes.Buffer
	if pprof.StartCPUProfile(&out) != nil {
		return 0, 0, errProfiled
	}
	b.h.DB.SetRecorder(nil)
	_, err = b.timed(b.cookie, path, sampled)
	pprof.StopCPUProfile()
	if err != nil {
		return 0, 0, err
	}
	p, err := profile.Parse(&out)
	if err != nil {
		return 0, 0, err
	}
	return share(p, "heed/kernel/policy.", "heed/directory.(*Directory).facts"), share(p, "heed/kernel/seal."), nil
}

// share is the part of a page's samples that have a function on their stack whose name
// begins so.
func share(p *profile.Profile, begins ...string) float64 {
	var all, theirs int64
	for _, s := range p.Sample {
		if !through(s, "heed/kernel/web.") {
			continue // the collector of garbage, and what goes on beside
		}
		all += s.Value[0]
		for _, b := range begins {
			if through(s, b) {
				theirs += s.Value[0]
				break
			}
		}
	}
	return float64(theirs) / float64(max(all, 1))
}

// through reports whether a function whose name begins so is on the stack of a sample.
func through(s *profile.Sample, begins string) bool {
	for _, l := range s.Location {
		for _, line := range l.Line {
			if line.Function != nil && strings.HasPrefix(line.Function.Name, begins) {
				return true
			}
		}
	}
	return false
}

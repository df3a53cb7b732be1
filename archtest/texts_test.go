package archtest

import (
	"bytes"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

func textRules() []rule {
	return []rule{
		{
			"no-machine-paths",
			"a path of one machine, or the address of a private registry, breaks the build on every other",
			noMachinePaths,
		},
		{
			"nothing-left-for-later",
			"a note to oneself in the tree is a promise nobody keeps; do it, or open an issue. Code does not name issues: it says why itself",
			nothingLeftForLater,
		},
	}
}

var (
	machinePath = regexp.MustCompile(`(?:^|[\s"'` + "`" + `=(:])/(?:work|root|home/[a-z]+|Users/[A-Za-z]+)/`)
	lockedFrom  = regexp.MustCompile(`"resolved": "https?://([^/"]+)/`)
	proxy       = regexp.MustCompile(`\bGOPROXY=https?:`)
	later       = regexp.MustCompile(`\b(?:TO` + `DO|FIX` + `ME|XX` + `X)\b`)
	issue       = regexp.MustCompile(`(?i)\bissue #?\d`)
)

// lines calls yield with every line of every text in the tree.
func (h *house) lines(yield func(path string, n int, line string)) {
	for name, text := range h.texts {
		if !utf8.Valid(text) || bytes.IndexByte(text, 0) >= 0 {
			continue // a picture, or a mail in another character set
		}
		n := 0
		for line := range strings.Lines(string(text)) {
			n++
			yield(name, n, line)
		}
	}
}

func noMachinePaths(h *house) (out []finding) {
	h.lines(func(name string, n int, line string) {
		if m := lockedFrom.FindStringSubmatch(line); m != nil && m[1] != "registry.npmjs.org" {
			out = append(out, finding{name, n, "a package from " + m[1]})
		}
		if m := machinePath.FindString(line); m != "" {
			out = append(out, finding{name, n, "a path of one machine: " + strings.TrimSpace(m)})
		}
		if proxy.MatchString(line) {
			out = append(out, finding{name, n, "a module proxy of one machine"})
		}
	})
	return out
}

func nothingLeftForLater(h *house) (out []finding) {
	written := []string{".go", ".templ", ".ts", ".css", ".mjs", ".sql", ".sh", ".md", ".yaml", ".yml"}
	h.lines(func(name string, n int, line string) {
		if !slices.Contains(written, path.Ext(name)) || strings.Contains(name, "/testdata/") {
			return
		}
		if m := later.FindString(line); m != "" {
			out = append(out, finding{name, n, "left for later: " + m})
		}
		if m := issue.FindString(line); m != "" {
			out = append(out, finding{name, n, "names an issue: " + m})
		}
	})
	return out
}

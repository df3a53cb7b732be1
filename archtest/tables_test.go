package archtest

import (
	"errors"
	"maps"
	"path"
	"slices"
	"strings"
	"testing/fstest"

	"heed/kernel/datamap"
)

func tableRules() []rule {
	return []rule{
		{
			"columns-on-the-map",
			"what is not on the data map is missing from a person's copy of their data and survives their erasure (DESIGN: the data map)",
			columnsOnTheMap,
		},
		{
			"tables-have-one-owner",
			"two slices that write one table cannot both keep its promises; the other asks the owner's verbs",
			tablesHaveOneOwner,
		},
		{
			"statements-keep-to-their-tables",
			"a slice that writes another's tables passes its policy, its ledger records and its state machine by",
			statementsKeepToTheirTables,
		},
	}
}

// schemas reads the data map of each slice that has migrations.
func (h *house) schemas() (byOwner map[string][]datamap.Table, problems []datamap.Problem) {
	trees := map[string]fstest.MapFS{}
	for name, text := range h.texts {
		owner, file, ok := strings.Cut(name, "/migrations/")
		if !ok || path.Ext(name) != ".sql" || strings.Contains(file, "/") || strings.Contains(name, "/testdata/") {
			continue
		}
		if trees[owner] == nil {
			trees[owner] = fstest.MapFS{}
		}
		trees[owner]["migrations/"+file] = &fstest.MapFile{Data: text}
	}
	byOwner = map[string][]datamap.Table{}
	for _, owner := range slices.Sorted(maps.Keys(trees)) {
		tables, err := datamap.Read(owner, trees[owner])
		byOwner[owner] = tables
		problems = append(problems, unjoin(err)...)
	}
	return byOwner, problems
}

func unjoin(err error) (out []datamap.Problem) {
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		for _, e := range joined.Unwrap() {
			out = append(out, unjoin(e)...)
		}
	}
	if p, ok := errors.AsType[datamap.Problem](err); ok && len(out) == 0 {
		out = append(out, p)
	}
	return out
}

func columnsOnTheMap(h *house) (out []finding) {
	_, problems := h.schemas()
	for _, p := range problems {
		out = append(out, finding{p.File, p.Line, p.Text})
	}
	return out
}

func tablesHaveOneOwner(h *house) (out []finding) {
	byOwner, _ := h.schemas()
	seen := map[string]string{}
	for _, owner := range slices.Sorted(maps.Keys(byOwner)) {
		for _, t := range byOwner[owner] {
			if other, twice := seen[t.Name]; twice {
				out = append(out, finding{owner, 1, "table " + t.Name + " is made by " + other + " and by " + owner})
			}
			seen[t.Name] = owner
		}
	}
	return out
}

// statementsKeepToTheirTables finds writes to tables of other owners.
func statementsKeepToTheirTables(h *house) (out []finding) {
	byOwner, _ := h.schemas()
	owners := map[string]string{}
	for owner, tables := range byOwner {
		for _, t := range tables {
			owners[t.Name] = owner
		}
	}
	for _, s := range h.statements() {
		if m := writes.FindStringSubmatch(s.text); m != nil {
			if owner := owners[m[1]]; owner != "" && owner != s.pkg {
				out = append(out, finding{s.path, s.line, s.pkg + " writes to " + m[1] + ", which belongs to " + owner})
			}
		}
	}
	return out
}

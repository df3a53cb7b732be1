package app

import (
	"fmt"
	"os"
	"runtime/debug"

	"heed/directory"
	"heed/directory/feed"
	"heed/kernel/fault"
)

type importCmd struct {
	People importPeopleCmd `cmd:"" help:"Bring the directory to the state of a CSV file of people."`
}

type importPeopleCmd struct {
	File      string `arg:"" help:"CSV file; its first line names the columns." type:"existingfile"`
	Map       string `help:"Column map: which column is what." required:"" type:"existingfile" placeholder:"MAP.yaml"`
	DryRun    bool   `help:"Say what would happen, and write nothing."`
	CloseMany bool   `help:"Close the accounts of more people than the map's close_at_most allows."`
	Data      string `help:"Data folder." placeholder:"DIR"`
}

// Run prints the report, also of a run that was refused, and progress beside it.
// It works beside a running service.
func (i *importPeopleCmd) Run(e *env) error {
	src, err := os.ReadFile(i.Map)
	if err != nil {
		return fault.Invalid("feed.map", "the column map %s cannot be read: %v", i.Map, err)
	}
	m, problems := feed.ParseMap(i.Map, src)
	for _, p := range problems {
		e.say("%s", p)
	}
	if m == nil {
		return fault.Invalid("feed.map", "nothing was read, since the column map has problems (%d), named above; mend them and run it again", len(problems))
	}
	file, err := os.Open(i.File)
	if err != nil {
		return fault.Invalid("feed.file", "%s cannot be read: %v", i.File, err)
	}
	defer func() { _ = file.Close() }()
	// It runs beside the service, every night: less memory is worth more time.
	defer debug.SetGCPercent(debug.SetGCPercent(50))
	return e.with(i.Data, func(h *House) error {
		report, err := h.People.Import(e.ctx, directory.Import{
			Map: m, File: file, DryRun: i.DryRun, CloseMany: i.CloseMany,
			Progress: func(rows int) { _, _ = fmt.Fprintf(e.p.Err, "%d rows …\n", rows) },
		})
		e.say("%s", report)
		return err
	})
}

package privacy

import (
	"context"
	"slices"
	"time"

	"heed/kernel/clock"
	"heed/kernel/fault"
	"heed/kernel/store"
	"heed/notice"
	"heed/notice/civil"
	"heed/notice/deadline"
	"heed/ticket"
)

// mayGo refuses what a notice promises to keep for a while yet.
func (f *Forget) mayGo(ctx context.Context, tx *store.Tx, ms ...ticket.Matter) error {
	if f.Notices == nil || len(ms) == 0 {
		return nil
	}
	cs, err := f.People.Controllers(ctx, tx)
	if err != nil {
		return err
	}
	zones := map[int64]*time.Location{}
	for _, c := range cs {
		if zones[c.ID], err = clock.Zone(c.Zone); err != nil {
			return err
		}
	}
	for _, m := range ms {
		w := f.Notices.floor(m, zones[m.Controller])
		switch {
		case len(w.Missing) > 0:
			return fault.Conflict("forget.running", "the notice keeps ticket %s for a time that has not begun to run, since work on it is not done; close it first", m.Ref)
		case tx.Now().Before(w.Earliest.Free):
			return fault.Conflict("forget.floor", "the notice promises to keep ticket %s until the end of %s; nothing was removed", m.Ref, w.Earliest.Due)
		}
	}
	return nil
}

// floor is how long a ticket has to be kept at least, by the notices in force
// for its controller.
func (n *Notices) floor(m ticket.Matter, zone *time.Location) deadline.Window {
	if zone == nil {
		zone = time.UTC
	}
	anchors := map[string]civil.Date{}
	for a, at := range map[notice.Anchor]time.Time{notice.Created: m.Created, notice.Recorded: m.Created, notice.LastUsed: m.Used, notice.Closed: m.Closed} {
		if !at.IsZero() {
			anchors[string(a)] = civil.In(at, zone)
		}
	}
	var floors []deadline.Bound
	for _, x := range n.of(m.Controller) {
		for _, k := range keptAs(x, sourceGiven) {
			for _, l := range k.AtLeast {
				if !l.Open {
					floors = append(floors, deadline.Bound{Anchor: string(l.Anchor), Period: l.Period})
				}
			}
		}
	}
	return deadline.Keep(floors, nil, anchors, 0, zone)
}

// sourceGiven marks data that people gave when they asked for help: what a
// ticket holds.
const sourceGiven = "given"

// keptAs are the lines of a notice that say how long data of a source is kept.
func keptAs(x *notice.Notice, source string) (out []notice.Keep) {
	if !slices.Contains(x.AppliesTo.Records, "ticket") {
		return nil
	}
	for _, k := range x.Keep {
		if slices.ContainsFunc(x.Data, func(d notice.Data) bool { return d.Source == source && slices.Contains(k.Covered(), d.Name) }) {
			out = append(out, k)
		}
	}
	return out
}

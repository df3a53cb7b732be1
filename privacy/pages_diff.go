package privacy

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"heed/directory"
	"heed/kernel/fault"
	"heed/kernel/store"
	"heed/kernel/web"
	"heed/kernel/web/ui"
	"heed/notice"
	"heed/privacy/view"
)

func pathDiff(name string) string { return "/privacy/notices/" + url.PathEscape(name) + "/diff" }

// diff says what changes between two versions of a notice, as heed notice diff
// does: for each change whether more is done with people's data, or less. Without
// versions it compares the newest with the one before.
func (p *Pages) diff(r *web.Request) (web.Reply, error) {
	return p.People.View(r, r.Actor, func(tx *store.Tx, rd directory.Reader) (web.Reply, error) {
		mine, err := p.watched(tx)
		if err != nil {
			return web.Reply{}, err
		}
		name := r.Path("policy")
		if !slices.ContainsFunc(mine, func(n *notice.Notice) bool { return n.Policy == name }) {
			return web.Reply{}, errNoNotice
		}
		_, versions := p.Notices.Find(name, 0)
		from, to, err := compared(versions, r.Query("from"), r.Query("to"))
		if err != nil {
			return web.Reply{}, err
		}
		say := rd.Lang.T
		page := view.Diff{
			Frame: office(r, rd, say("diff.title")+": "+to.Title, ""), Title: to.Title, BackURL: pathPromises, BackText: say("promises.title"), Action: pathDiff(name),
			From: versionChoices(rd, "from", say("diff.from"), versions, from), To: versionChoices(rd, "to", say("diff.to"), versions, to), Alone: len(versions) < 2,
		}
		for _, c := range notice.Diff(from, to) {
			chip := effectChip(c.Effect)
			chip.Text = say("diff.effect." + string(c.Effect))
			page.Changes = append(page.Changes, view.Change{Effect: chip, Text: c.Text, Path: c.Path, Clauses: strings.Join(c.Clauses, ", ")})
		}
		return web.Page(page.Page()), nil
	})
}

var errNoNotice = fault.Unknown("notice.unknown", "there is no such notice or version; the list of notices shows what there is")

// compared are the two versions asked for.
func compared(versions []*notice.Notice, from, to string) (a, b *notice.Notice, err error) {
	if len(versions) == 0 {
		return nil, nil, errNoNotice
	}
	b = versions[len(versions)-1]
	a = versions[max(0, len(versions)-2)]
	for _, x := range []struct {
		asked string
		to    **notice.Notice
	}{{from, &a}, {to, &b}} {
		if x.asked == "" {
			continue
		}
		i := slices.IndexFunc(versions, func(n *notice.Notice) bool { return strconv.Itoa(n.Version) == x.asked })
		if i < 0 {
			return nil, nil, errNoNotice
		}
		*x.to = versions[i]
	}
	return a, b, nil
}

func versionChoices(rd directory.Reader, id, label string, versions []*notice.Notice, chosen *notice.Notice) ui.Choices {
	out := ui.Choices{ID: id, Label: label}
	for _, v := range versions {
		n := strconv.Itoa(v.Version)
		out.Options = append(out.Options, ui.Option{Value: n, Text: rd.Lang.T("privacy.version", "n", v.Version) + ", " + v.Effective.Date.String(), Selected: v == chosen})
	}
	return out
}

func effectChip(e notice.Effect) ui.Chip {
	switch e {
	case notice.Wider:
		return ui.Chip{Icon: ui.IconAlert, Tone: ui.ToneOverdue}
	case notice.Narrower:
		return ui.Chip{Icon: ui.IconCheck, Tone: ui.ToneKept}
	case notice.Unclear:
		return ui.Chip{Icon: ui.IconEye, Tone: ui.ToneSoon}
	case notice.Neutral:
	}
	return ui.Chip{Icon: ui.IconDash, Tone: ui.ToneUnproved}
}

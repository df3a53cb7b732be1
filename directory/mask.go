package directory

import (
	"slices"
	"strings"

	"heed/kernel/datamap"
	"heed/kernel/policy"
	"heed/notice"
)

// Notices is what the directory needs to know of notices to decide which values
// staff see hidden. Package privacy satisfies it; app lists it.
type Notices interface {
	// Data returns the classes of data of the notices in force for a controller.
	Data(controller int64) []notice.Data
}

// category is what the data map would call a value of the kind: the column holds
// all of them, and says the least of them.
func (k Kind) category() datamap.Category {
	if k == Number {
		return datamap.Identifier
	}
	return datamap.Contact
}

// items are the words under which a notice may speak of values of the kind.
func (k Kind) items() []string {
	switch k {
	case UserName:
		return []string{"username"}
	case Email:
		return []string{"email", "business_email"}
	case Phone:
		return []string{"phone", "business_phone"}
	case Office:
		return []string{"office", "business_address"}
	case Department:
		return []string{"department"}
	case JobTitle:
		return []string{"job_title"}
	case Number:
		return []string{"student_number", "employee_number"}
	case Manager:
		return []string{"manager_name"}
	case DateOfBirth:
		return []string{"date_of_birth"}
	case Clearance:
		return []string{"clearance"}
	}
	return nil
}

// also are further words that name values of the kind, which say of whom they are
// or where they lead: a value here does not tell these apart.
func (k Kind) also() []string {
	return map[Kind][]string{
		Email: {"email_student", "alt_email"},
		Phone: {"phone_personal", "phone_home", "mobile", "home_phone"},
	}[k]
}

// named reports whether a class of data has one of some items.
func named(block notice.Data, items []string) bool {
	return slices.ContainsFunc(items, func(item string) bool { return slices.Contains(block.Items, item) })
}

// Holds reports whether the notices in force for a controller name values of a
// kind. What none of them names is not taken from a feed, and staff do not see it
// (LJMUH-07). By the user name somebody is known at all.
func (d *Directory) Holds(controller int64, k Kind) bool {
	if d.Notices == nil || k == UserName {
		return true
	}
	items := slices.Concat(k.items(), k.also())
	return slices.ContainsFunc(d.Notices.Data(controller), func(block notice.Data) bool { return named(block, items) })
}

// names reports whether the notices in force say themselves that values of a kind are
// held: what a rule about names and user names opens is what they name.
func (d *Directory) names(controller int64, k Kind) bool {
	return d.Notices != nil && slices.ContainsFunc(d.Notices.Data(controller), func(block notice.Data) bool { return named(block, k.items()) })
}

// hides reports whether staff see values of a kind hidden. The notice says so by
// show: masked, or by a class above ordinary; where it says nothing, what tells
// one person from all others is hidden, and what they are reached by is not.
func (d *Directory) hides(controller int64, k Kind) bool {
	hidden := k.category() == datamap.Identifier
	if d.Notices == nil {
		return hidden
	}
	for _, block := range d.Notices.Data(controller) {
		if !named(block, k.items()) {
			continue
		}
		switch {
		case block.Show == "masked":
			return true
		case block.Class != "":
			hidden = block.Class != "ordinary"
		}
	}
	return hidden
}

// mask leaves out what no notice names and hides what the reader sees hidden, but
// for one kind. People see their own data whole.
func (d *Directory) mask(who policy.Actor, p *Person, but Kind) {
	if who.PersonID() == p.ID {
		return
	}
	p.Values = slices.DeleteFunc(p.Values, func(v Value) bool { return !d.Holds(p.Controller, v.Kind) })
	for i, v := range p.Values {
		if v.Kind != but && d.hides(p.Controller, v.Kind) {
			p.Values[i].Text, p.Values[i].Hidden = masked(v.Text), true
		}
	}
}

// masked keeps the last two characters of a value, and of a short one fewer: a
// caller can be asked for them. How long the value is stays hidden as well.
func masked(text string) string {
	rs := []rune(text)
	return strings.Repeat("•", 4) + string(rs[len(rs)-min(2, len(rs)/4):])
}

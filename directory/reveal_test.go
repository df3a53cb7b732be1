package directory

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"heed/kernel/fault"
	"heed/kernel/policy"
	"heed/kernel/store"
	"heed/notice"
)

// said is what notices say of data, by controller.
type said map[int64][]notice.Data

// Data implements Notices.
func (s said) Data(controller int64) []notice.Data { return s[controller] }

const hersNumber = "E9182736"

// numbered adds somebody of LJMU with a staff number.
func (w *world) numbered(user string) Person {
	w.t.Helper()
	p := w.person("LJMU", "Rosa Okafor", user)
	w.write(func(tx *store.Tx) error {
		g, err := w.do.change.Check(tx, Subject{ID: p.ID, Controller: p.Controller})
		if err != nil {
			return err
		}
		return w.addValue(w.t.Context(), tx, g.Proof, p, Value{Kind: Number, Text: hersNumber, Source: "hand"})
	})
	return p
}

// workers lets analysts of LJMU see its people, and people themselves.
func (w *world) workers() {
	own := rule("own", "person", policy.Term{Atom: "self"})
	own.Purposes = []policy.Purpose{policy.Own, policy.Resolve}
	w.let("LJMU", own, rule("see", "person", analyst()))
}

func TestWhatStaffSeeHiddenComesFromTheNoticeAndElseFromTheCategory(t *testing.T) {
	t.Parallel()
	ours := int64(7)
	block := func(class, show string, items ...string) notice.Data {
		return notice.Data{Items: items, Class: class, Show: show}
	}
	for name, c := range map[string]struct {
		notices Notices
		kind    Kind
		hidden  bool
	}{
		"no notice, a number":               {nil, Number, true},
		"no notice, a phone":                {nil, Phone, false},
		"silent, a number":                  {said{}, Number, true},
		"listed without a class":            {said{ours: {block("", "", "student_number")}}, Number, true},
		"said to be ordinary":               {said{ours: {block("ordinary", "", "student_number")}}, Number, false},
		"a class above ordinary":            {said{ours: {block("restricted", "", "business_phone")}}, Phone, true},
		"masked by name":                    {said{ours: {block("ordinary", "masked", "department")}}, Department, true},
		"masked in a second notice":         {said{ours: {block("ordinary", "", "email"), block("", "masked", "email")}}, Email, true},
		"another item is masked":            {said{ours: {block("vetting", "masked", "date_of_birth")}}, Phone, false},
		"masked by another controller":      {said{8: {block("", "masked", "email")}}, Email, false},
		"ordinary for another controller":   {said{8: {block("ordinary", "", "student_number")}}, Number, true},
		"user names are what people go by":  {said{}, UserName, false},
		"a kind nobody knows says no words": {said{ours: {block("", "masked")}}, Kind("shoe_size"), false},
	} {
		if got := (&Directory{Notices: c.notices}).hides(ours, c.kind); got != c.hidden {
			t.Errorf("%s: hidden %v, want %v", name, got, c.hidden)
		}
	}
}

func TestAMaskKeepsTheLastCharactersAndNotTheLength(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{"": "••••", "E1": "••••", "1234": "••••4", "E9182736": "••••36", "0151 496 0123": "••••23", "éàüö": "••••ö"} {
		if got := masked(text); got != want {
			t.Errorf("masked(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestACardHidesANumberFromStaffAndNotFromThePerson(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		rosa, agent := w.numbered("rosa"), w.agent("LJMU", "IT", "owen")
		w.workers()
		for who, want := range map[int64]string{agent.ID: "••••36", rosa.ID: hersNumber} {
			err := w.as(who, policy.Resolve, func(tx *store.Tx) error {
				p, _, err := w.Card(t.Context(), tx, rosa.ID)
				for _, v := range p.Values {
					if v.Hidden != (v.Text == "••••36") || (v.Kind == Email && v.Hidden) {
						t.Errorf("%d sees %+v", who, v)
					}
				}
				if p.First(Number) != want {
					t.Errorf("%d sees %q, want %q", who, p.First(Number), want)
				}
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		}
	})
}

func TestUncoveringLeavesARecordWithItsReason(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		rosa, agent, officer := w.numbered("rosa"), w.agent("LJMU", "IT", "owen"), w.person("LJMU", "Petra Privacy", "petra")
		w.write(func(tx *store.Tx) error {
			return w.GiveRole(t.Context(), tx, officer.ID, w.code["LJMU"].ID, RolePrivacyOfficer)
		})
		oversight := rule("oversight", "person", policy.Term{Atom: "role", Arg: RolePrivacyOfficer})
		oversight.Purposes = []policy.Purpose{policy.Oversight}
		w.let("LJMU", rule("see", "person", analyst()), oversight)
		who := w.actor(agent.ID)
		words := "Rosa forgot which card is hers"
		err := w.Env.DB.Write(t.Context(), who, policy.Resolve, func(tx *store.Tx) error {
			p, why, err := w.Reveal(t.Context(), tx, rosa.ID, Reveal{Kind: Number, Reason: OtherNeed, Words: words})
			if p.First(Number) != hersNumber || why.Rule != "see" {
				t.Errorf("%q by %q", p.First(Number), why.Rule)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		got := w.records(rosa.ID)
		if !strings.Contains(got, "person.reveal: number uncovered, reason other, no. ") {
			t.Errorf("the ledger says: %s", got)
		}
		if strings.Contains(got, "forgot") || strings.Contains(got, hersNumber) {
			t.Errorf("the ledger is not sealed, and holds what may name somebody: %s", got)
		}
		if n := w.count("ledger_record WHERE action = 'person.reveal' AND purpose = 'resolve' AND rule = 'see' AND actor_id = $1", agent.ID); n != 1 {
			t.Errorf("%d records with actor, rule and purpose", n)
		}
		var number store.Value[int64]
		w.read(func(tx *store.Tx) (err error) {
			number, err = store.One[store.Value[int64]](t.Context(), tx, "SELECT id FROM reveal")
			return err
		})
		err = w.as(officer.ID, policy.Oversight, func(tx *store.Tx) error {
			r, err := w.Revealed(t.Context(), tx, number.V)
			if r.Words != words || r.Reason != OtherNeed || r.Kind != Number || r.Actor != agent.ID || r.Person != rosa.ID || !r.At.Equal(w.Clock.Now()) {
				t.Errorf("the privacy office reads %+v", r)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		w.erase(rosa.ID)
		if n := w.count("reveal"); n != 0 {
			t.Error("why somebody looked outlives the person who was forgotten")
		}
	})
}

func TestWithoutTheRightAHiddenValueIsAsAbsentAsThePerson(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		rosa, stranger, agent := w.numbered("rosa"), w.person("LJMU", "A Stranger", "stranger"), w.agent("LJMU", "IT", "owen")
		w.workers()
		try := func(who, person int64, purpose policy.Purpose, in Reveal) error {
			return w.Env.DB.Write(t.Context(), w.actor(who), purpose, func(tx *store.Tx) error {
				p, _, err := w.Reveal(t.Context(), tx, person, in)
				if err != nil && len(p.Values) > 0 {
					t.Error("a refusal carries values")
				}
				return err
			})
		}
		good := Reveal{Kind: Number, Reason: ToIdentify}
		absent := try(agent.ID, 1, policy.Resolve, good)
		for name, err := range map[string]error{
			"a stranger":                     try(stranger.ID, rosa.ID, policy.Resolve, good),
			"a stranger with a bad form":     try(stranger.ID, rosa.ID, policy.Resolve, Reveal{}),
			"an analyst for another purpose": try(agent.ID, rosa.ID, policy.Statistics, good),
			"an analyst for his own matters": try(agent.ID, rosa.ID, policy.Own, good),
			"an analyst of another desk":     try(w.agent("CO", "DESK", "cara").ID, rosa.ID, policy.Resolve, good),
		} {
			if err == nil || !fault.Is(err, fault.KindUnknown) || err.Error() != absent.Error() {
				t.Errorf("%s: %v, want %v", name, err, absent)
			}
		}
		for name, c := range map[string]struct {
			in  Reveal
			key string
		}{
			"no reason":                    {Reveal{Kind: Number}, "reveal.reason"},
			"a reason that is no reason":   {Reveal{Kind: Number, Reason: "curiosity"}, "reveal.reason"},
			"another need without words":   {Reveal{Kind: Number, Reason: OtherNeed, Words: " so "}, "reveal.words"},
			"something that is not there":  {Reveal{Kind: JobTitle, Reason: ToIdentify}, "reveal.nothing"},
			"something that is not hidden": {Reveal{Kind: Email, Reason: ToIdentify}, "reveal.nothing"},
		} {
			if err := try(agent.ID, rosa.ID, policy.Resolve, c.in); err == nil || fault.As(err).Key != c.key {
				t.Errorf("%s: %v, want %s", name, err, c.key)
			}
		}
		if n := w.count("reveal") + w.count("ledger_record WHERE action = 'person.reveal'"); n != 0 {
			t.Errorf("refusals left %d rows", n)
		}
	})
}

func TestUncoveringByThePages(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		rosa, agent, stranger := w.numbered("rosa"), w.agent("LJMU", "IT", "owen"), w.person("LJMU", "A Stranger", "stranger")
		w.workers()
		at := ValuesPath(rosa.ID)
		b := w.pages(t, nil)
		b.get(at).expect(t, "somebody unknown", 401)
		b.enter(w.session(agent.ID))

		page := b.get(at)
		page.expect(t, "the page", 200, "Rosa Okafor", "••••36", `name="kind" value="number"`, `type="radio"`, "You see this because you are an analyst here")
		if strings.Contains(page.body, hersNumber) {
			t.Error("the hidden value is in the page")
		}
		for name, fields := range map[string][]string{
			"without a reason":          {"kind", "number"},
			"another need, no words":    {"kind", "number", "reason", "other"},
			"of a kind not hidden":      {"kind", "email", "reason", "identify"},
			"a reason off the list":     {"kind", "number", "reason", "curiosity", "words", "because I can"},
			"for nothing in particular": {},
		} {
			got := b.post(at, fields...)
			got.expect(t, name, 422, "••••36", "error-summary")
			if strings.Contains(got.body, hersNumber) {
				t.Errorf("%s: the value is shown", name)
			}
		}
		b.post(at, "kind", "number", "reason", "other", "words", "short").expect(t, "what was typed", 422, `value="short"`, `checked`)
		b.post(at, "kind", "number", "reason", "identify", "words", "she called").expect(t, "with a reason", 200, hersNumber, "data-fades", "hidden again at 09:02")
		if got := b.get(at); strings.Contains(got.body, hersNumber) {
			t.Error("the value is shown a second time without a reason")
		}
		if n := w.count("ledger_record WHERE action = 'person.reveal' AND detail LIKE 'number uncovered, reason identify%'"); n != 1 {
			t.Errorf("%d records", n)
		}

		other := b.fresh()
		other.enter(w.session(stranger.ID))
		for _, method := range []string{http.MethodGet, http.MethodPost} {
			form := url.Values{"kind": {"number"}, "reason": {"identify"}}.Encode()
			ask := func(path string) shown { return other.do(method, path, "application/x-www-form-urlencoded", form) }
			unseen, absent, none := ask(at), ask(ValuesPath(12345)), ask("/desk/people/nobody/values")
			if unseen.status != 404 || unseen.status != absent.status || strings.ReplaceAll(unseen.body, at, "") != strings.ReplaceAll(absent.body, ValuesPath(12345), "") || none.status != 404 {
				t.Errorf("%s: unseen %d, absent %d, no number %d; they must be one answer", method, unseen.status, absent.status, none.status)
			}
		}
		b.post("/desk/people/x/values", "kind", "number", "reason", "identify").expect(t, "no number", 404)
	})
}

func TestOneOfTwoHiddenValuesIsChosen(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		rosa, agent := w.numbered("rosa"), w.agent("LJMU", "IT", "owen")
		w.workers()
		w.Directory.Notices = said{w.code["LJMU"].ID: {{Items: []string{"phone"}, Show: "masked"}, {Items: []string{"employee_number"}}}}
		b := w.pages(t, nil)
		b.enter(w.session(agent.ID))
		b.get(ValuesPath(rosa.ID)).expect(t, "the page", 200, "Which one do you need?", `value="phone"`, `value="number"`)
		got := b.post(ValuesPath(rosa.ID), "kind", "phone", "reason", "reach")
		got.expect(t, "one of them", 200, "0151 496 rosa")
		if strings.Contains(got.body, hersNumber) {
			t.Error("the other one is shown as well")
		}
	})
}

func TestStaffDoNotSeeWhatNoNoticeNames(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		rosa, agent := w.numbered("rosa"), w.agent("LJMU", "IT", "owen")
		w.workers()
		w.Directory.Notices = said{w.code["LJMU"].ID: {{Items: []string{"email", "phone_home"}}}}
		kinds := func(who Person, purpose policy.Purpose) (out []Kind) {
			err := w.Env.DB.Write(t.Context(), w.actor(who.ID), purpose, func(tx *store.Tx) error {
				p, _, err := w.Card(t.Context(), tx, rosa.ID)
				for _, v := range p.Values {
					out = append(out, v.Kind)
				}
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			return out
		}
		if got := kinds(agent, policy.Resolve); slices.Contains(got, Number) || !slices.Contains(got, Phone) || !slices.Contains(got, UserName) {
			t.Errorf("the desk sees %v", got)
		}
		if got := kinds(rosa, policy.Own); !slices.Contains(got, Number) {
			t.Errorf("what is held about her she sees, and here only %v", got)
		}
		b := w.pages(t, nil)
		b.enter(w.session(agent.ID))
		b.post(ValuesPath(rosa.ID), "kind", "number", "reason", "reach").expect(t, "the number", 422, "of that kind is hidden here")
	})
}

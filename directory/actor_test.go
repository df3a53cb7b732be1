package directory

import (
	"testing"

	"heed/kernel/policy"
	"heed/kernel/store"
)

// actor is somebody as rules see them now.
func (w *world) actor(person int64) policy.Actor {
	w.t.Helper()
	var who policy.Actor
	w.read(func(tx *store.Tx) (err error) {
		who, err = w.Actor(w.t.Context(), tx, person, "session")
		return err
	})
	return who
}

func TestWhoBelongsToATeamBelongsToThoseAboveIt(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		p := w.person("LJMU", "Owen", "owen")
		if len(w.actor(p.ID).GroupIDs()) != 0 {
			t.Fatal("somebody without a team has one")
		}
		w.write(func(tx *store.Tx) error { return w.Join(t.Context(), tx, p.ID, w.team["IT-DESK"]) })
		who, ljmu := w.actor(p.ID), w.code["LJMU"].ID
		if !who.InGroup(w.team["IT-DESK"].ID) || !who.InGroupCode(ljmu, "IT") || who.InGroup(w.team["DESK"].ID) {
			t.Errorf("belongs to %+v", who.Groups())
		}
		w.read(func(tx *store.Tx) error {
			above, err := w.Members(t.Context(), tx, w.team["IT"].ID)
			if len(above) != 0 {
				t.Error("the members of a team are those who joined it itself")
			}
			return err
		})
		w.write(func(tx *store.Tx) error { return w.Leave(t.Context(), tx, p.ID, w.team["IT-DESK"]) })
		if who := w.actor(p.ID); len(who.GroupIDs()) != 0 {
			t.Errorf("after leaving: %+v", who.Groups())
		}
	})
}

func TestTeamsAndRolesCountWithinTheirDates(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		p, co := w.person("CO", "Kwame", "kwame"), w.code["CO"].ID
		now := w.Clock.Now()
		from, to := now.Add(days(2)).UnixMilli(), now.Add(days(4)).UnixMilli()
		w.write(func(tx *store.Tx) error {
			if _, err := store.Keep(t.Context(), tx, insertRole, w.Mint.Next(tx.Now()), co, p.ID, "analyst", from, to); err != nil {
				return err
			}
			_, err := store.Keep(t.Context(), tx, insertMembership, w.Mint.Next(tx.Now()), w.team["DESK"].ID, p.ID, from, to)
			return err
		})
		for day, want := range []bool{false, false, true, true, false} {
			w.Clock.Set(now.Add(days(day)))
			who := w.actor(p.ID)
			if who.HasRole(co, "analyst") != want || who.InGroup(w.team["DESK"].ID) != want {
				t.Errorf("on day %d: role %t, team %t; want %t", day, who.HasRole(co, "analyst"), who.InGroup(w.team["DESK"].ID), want)
			}
			w.read(func(tx *store.Tx) error {
				holders, err := w.Holders(t.Context(), tx, co, "analyst")
				members, err2 := w.Members(t.Context(), tx, w.team["DESK"].ID)
				if err != nil || err2 != nil || (len(holders) == 1) != want || (len(members) == 1) != want {
					t.Errorf("on day %d: holders %v, members %v, %v %v", day, holders, members, err, err2)
				}
				return nil
			})
		}
		w.write(func(tx *store.Tx) error { return w.GiveRole(t.Context(), tx, p.ID, co, "analyst") })
		w.write(func(tx *store.Tx) error { return w.TakeRole(t.Context(), tx, p.ID, co, "analyst") })
		if w.actor(p.ID).HasRole(co, "analyst") {
			t.Error("a role that was taken is still held")
		}
	})
}

func TestADeskWorksForOthersButDecidesNothingForThem(t *testing.T) { // CAB-29
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		p := w.person("CO", "Tobias", "tobias")
		co, dcms, ljmu := w.code["CO"].ID, w.code["DCMS"].ID, w.code["LJMU"].ID
		w.write(func(tx *store.Tx) error {
			for _, role := range []string{"analyst", RolePrivacyOfficer} {
				if err := w.GiveRole(t.Context(), tx, p.ID, co, role); err != nil {
					return err
				}
			}
			return w.Join(t.Context(), tx, p.ID, w.team["DESK"])
		})
		who := w.actor(p.ID)
		for name, c := range map[string]struct{ got, want bool }{
			"analyst of the own desk":              {who.HasRole(co, "analyst"), true},
			"analyst for whom the desk works":      {who.HasRole(dcms, "analyst"), true},
			"analyst of another university":        {who.HasRole(ljmu, "analyst"), false},
			"team, for the own desk":               {who.InGroupCode(co, "DESK"), true},
			"team, for whom the desk works":        {who.InGroupCode(dcms, "DESK"), true},
			"team of another university":           {who.InGroupCode(ljmu, "DESK"), false},
			"privacy officer of the own desk":      {who.HasRole(co, RolePrivacyOfficer), true},
			"privacy officer of the other one":     {who.HasRole(dcms, RolePrivacyOfficer), false},
			"privacy officer of another desk":      {who.HasRole(ljmu, RolePrivacyOfficer), false},
			"privacy officer of any desk, in menu": {who.HasRoleAnywhere(RolePrivacyOfficer), true},
		} {
			if c.got != c.want {
				t.Errorf("%s: %t, want %t", name, c.got, c.want)
			}
		}
		theirs := w.person("DCMS", "Officer", "officer")
		w.write(func(tx *store.Tx) error { return w.GiveRole(t.Context(), tx, theirs.ID, dcms, RolePrivacyOfficer) })
		if who := w.actor(theirs.ID); !who.HasRole(dcms, RolePrivacyOfficer) || who.HasRole(co, RolePrivacyOfficer) {
			t.Error("the other controller's own officer decides for it, and for it alone")
		}
	})
}

package directory

import (
	"testing"
	"time"

	"heed/kernel/fault"
	"heed/kernel/policy"
	"heed/kernel/store"
)

func (w *world) session(person int64) string {
	w.t.Helper()
	secret, err := w.OpenSession(w.t.Context(), person, "password", "Firefox on Linux")
	if err != nil {
		w.t.Fatal(err)
	}
	return secret
}

func (w *world) signedIn(secret string) bool {
	w.t.Helper()
	_, _, err := w.ActorOf(w.t.Context(), secret)
	if err != nil && !fault.Is(err, fault.KindUnauthenticated) {
		w.t.Fatal(err)
	}
	return err == nil
}

func TestASessionEndsWhenItIsNotUsedAndAtTheEndOfTheDay(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		p := w.person("CO", "Rosa", "rosa")
		idle := w.session(p.ID)
		w.Clock.Advance(sessionIdle)
		if !w.signedIn(idle) {
			t.Error("signed out after two hours to the second")
		}
		w.Clock.Advance(sessionIdle + time.Second)
		if w.signedIn(idle) {
			t.Error("signed in after more than two hours without a request")
		}
		busy := w.session(p.ID)
		for range 11 {
			w.Clock.Advance(time.Hour)
			if !w.signedIn(busy) {
				t.Fatal("somebody who works all day was signed out")
			}
		}
		w.Clock.Advance(time.Hour)
		if w.signedIn(busy) {
			t.Error("a session outlived twelve hours")
		}
		w.Clock.Advance(time.Minute)
		if err := w.Sweep(t.Context()); err != nil || w.count("session WHERE ends_at < $1", w.Clock.Now().UnixMilli()) != 0 {
			t.Errorf("ended sessions are left; %v", err)
		}
		if w.signedIn("") || w.signedIn("no secret of ours") {
			t.Error("an unknown secret opened a session")
		}
	})
}

func TestAClosedAccountIsCutAtOnce(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		p := w.person("CO", "Rosa", "rosa")
		secret := w.session(p.ID)
		w.write(func(tx *store.Tx) error { return w.CloseAccount(t.Context(), tx, p.ID) })
		if w.signedIn(secret) {
			t.Error("a closed account is still signed in")
		}
		if _, err := w.OpenSession(t.Context(), p.ID, "link", ""); !fault.Is(err, fault.KindDenied) {
			t.Errorf("a closed account opened a session: %v", err)
		}
		w.write(func(tx *store.Tx) error {
			if _, err := w.Actor(t.Context(), tx, p.ID, "mail"); !fault.Is(err, fault.KindUnauthenticated) {
				t.Errorf("a closed account became an actor: %v", err)
			}
			_, err := store.Keep(t.Context(), tx, `UPDATE person SET state = 'active' WHERE id = $1`, p.ID)
			return err
		})
		if w.signedIn(secret) {
			t.Error("an old session lived again when the account was opened")
		}
	})
}

func TestWhoseAnEndedSessionWasIsKnownForAnHour(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		rosa := w.person("CO", "Rosa", "rosa")
		left, ended := w.session(rosa.ID), w.session(rosa.ID)
		me, s, err := w.ActorOf(t.Context(), ended)
		if err == nil {
			err = w.EndSession(t.Context(), me, s.ID)
		}
		if err != nil {
			t.Fatal(err)
		}
		w.Clock.Advance(knownAfter)
		if err := w.Sweep(t.Context()); err != nil || w.count("session") != 2 {
			t.Errorf("an ended session is swept within the hour; %v", err)
		}
		w.Clock.Advance(sessionIdle)
		for secret, want := range map[string]int64{left: rosa.ID, ended: rosa.ID, "no secret of ours": 0, "": 0} {
			got, err := w.PersonOf(t.Context(), secret)
			if err != nil || got != want || w.signedIn(secret) {
				t.Errorf("the session is of %d, want %d; signed in %t; %v", got, want, w.signedIn(secret), err)
			}
		}
		err = w.as(rosa.ID, policy.Own, func(tx *store.Tx) error {
			if ss, err := w.Sessions(t.Context(), tx); err != nil || len(ss) != 1 {
				t.Errorf("an ended session is listed: %+v, %v", ss, err)
			}
			return nil
		})
		if err == nil {
			err = w.Sweep(t.Context())
		}
		if got, e := w.PersonOf(t.Context(), ended); err != nil || e != nil || got != 0 {
			t.Errorf("after the sweep it is still known: %d, %v, %v", got, err, e)
		}
	})
}

func TestOnesOwnSessionsCanBeListedAndEnded(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		rosa, other := w.person("CO", "Rosa", "rosa"), w.person("CO", "Other", "other")
		here, there, third, foreign := w.session(rosa.ID), w.session(rosa.ID), w.session(rosa.ID), w.session(other.ID)
		me, s, err := w.ActorOf(t.Context(), here)
		if err != nil {
			t.Fatal(err)
		}
		err = w.as(rosa.ID, policy.Own, func(tx *store.Tx) error {
			ss, err := w.Sessions(t.Context(), tx)
			if err != nil || len(ss) != 3 || ss[0].Device != "Firefox on Linux" || ss[0].Method != "password" {
				t.Errorf("got %+v, %v", ss, err)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		_, theirs, err := w.ActorOf(t.Context(), foreign)
		if err != nil {
			t.Fatal(err)
		}
		if err := w.EndSession(t.Context(), me, theirs.ID); err != nil || !w.signedIn(foreign) {
			t.Errorf("somebody else's session was ended; %v", err)
		}
		_, second, _ := w.ActorOf(t.Context(), there)
		if err := w.EndSession(t.Context(), me, second.ID); err != nil || w.signedIn(there) {
			t.Errorf("the session was not ended; %v", err)
		}
		if err := w.EndOtherSessions(t.Context(), me, s.ID); err != nil || w.signedIn(third) || !w.signedIn(here) || !w.signedIn(foreign) {
			t.Errorf("all others: third %t, here %t, foreign %t; %v", w.signedIn(third), w.signedIn(here), w.signedIn(foreign), err)
		}
	})
}

func TestCHI05SignInEndsWithTheLastAffiliation(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		end := func(person int64, kind string) {
			w.write(func(tx *store.Tx) error {
				_, err := store.Keep(t.Context(), tx, `UPDATE affiliation SET to_at = $1 WHERE person_id = $2 AND kind = $3`, tx.Millis(), person, kind)
				return err
			})
		}
		student, partner, agent := w.person("CO", "S", "s", "student", "staff"), w.person("CO", "P", "p", "partner"), w.person("CO", "A", "a", "staff")
		mail := w.person("CO", "M", "m")
		w.write(func(tx *store.Tx) error { return w.Join(t.Context(), tx, agent.ID, w.team["DESK"]) })
		secret, work := w.session(student.ID), w.session(agent.ID)
		token, err := w.MakeToken(t.Context(), student.ID, Token{Purpose: policy.Own}, days(1))
		if err != nil {
			t.Fatal(err)
		}
		end(student.ID, "student")
		if !w.signedIn(secret) {
			t.Error("one of two affiliations ended, and so did the session")
		}
		end(student.ID, "staff")
		if w.signedIn(secret) {
			t.Error("the next request after the last affiliation went through")
		}
		if _, err := w.OpenSession(t.Context(), student.ID, "password", ""); fault.As(err).Key != errEnded.Key {
			t.Errorf("a new session: %v", err)
		}
		if _, _, err := w.ActorOfToken(t.Context(), token); fault.As(err).Key != errEnded.Key {
			t.Errorf("a token: %v", err)
		}
		if !w.signedIn(w.session(partner.ID)) || !w.signedIn(w.session(mail.ID)) {
			t.Error("a partner, or somebody known from a mail, is kept out")
		}
		end(agent.ID, "staff")
		if !w.signedIn(work) {
			t.Error("a member of a team is kept out")
		}
		w.write(func(tx *store.Tx) error { return w.Leave(t.Context(), tx, agent.ID, w.team["DESK"]) })
		if w.signedIn(work) {
			t.Error("who left the team and has no affiliation is still in")
		}
	})
}

package directory

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"heed/kernel/id"
)

func TestSessionsAreListedAndEndedOneByOne(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		rosa, other := w.person("CO", "Rosa Okafor", "rosa"), w.person("CO", "Otto Other", "otto")
		b := w.pages(t, nil)
		phone, stranger := b.fresh(), b.fresh()
		b.enter(w.session(rosa.ID))
		w.Clock.Advance(time.Minute)
		phone.enter(w.session(rosa.ID))
		stranger.enter(w.session(other.ID))

		ends := regexp.MustCompile(`/account/sessions/(\d+)/end"`)
		page := phone.get("/account")
		page.expect(t, "the list", 200, "Where you are signed in", "This one", "Sign out everywhere else")
		found := ends.FindAllStringSubmatch(page.body, -1)
		if len(found) != 1 {
			t.Fatalf("%d sessions can be ended, want the other one only: this one is ended by signing out", len(found))
		}
		his := "/account/sessions/" + found[0][1] + "/end"

		stranger.post(his).expect(t, "ending somebody else's", 200)
		b.get("/account").expect(t, "it goes on", 200)
		phone.post("/account/sessions/none/end").expect(t, "no number", 404)
		phone.post("/account/sessions/"+id.Text(12345)+"/end").expect(t, "no session", 200)
		phone.post(his).expect(t, "ending the other one", 200, "This one")
		b.get("/account").expect(t, "the ended session", 401, "Your session has ended")
		phone.get("/account").expect(t, "this one goes on", 200)
		if strings.Contains(phone.get("/account").body, "Sign out everywhere else") {
			t.Error("there is nowhere else, and the page offers to sign out there")
		}
		phone.post("/sign-out").expect(t, "signing out", 200, "User name")
		phone.get("/account").expect(t, "afterwards", 401)
		if n := w.count("session WHERE person_id = $1 AND ends_at > 0", rosa.ID); n != 0 {
			t.Errorf("%d sessions are left", n)
		}
	})
}

func TestRecoveryCodesAreRenewedByThePages(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		rosa := w.person("CO", "Rosa Okafor", "rosa")
		secret, old := w.app(rosa.ID)
		b := w.pages(t, nil)
		b.enter(w.session(rosa.ID))
		w.Clock.Advance(time.Minute)
		b.post("/account/app/codes", "code", "000000").expect(t, "without a right code", 422, "This code is not right")
		page := b.post("/account/app/codes", "code", w.codeOf(secret))
		page.expect(t, "with one", 200, "Keep these recovery codes")
		fresh := regexp.MustCompile(`<code>([a-z2-7-]{19})</code>`).FindAllStringSubmatch(page.body, -1)
		if len(fresh) != recoveryCodes {
			t.Fatalf("%d codes are shown", len(fresh))
		}
		if err := w.enter(rosa.ID, old[0]); err == nil {
			t.Error("an old code still works")
		}
		if err := w.enter(rosa.ID, fresh[0][1]); err != nil {
			t.Errorf("a new one does not: %v", err)
		}
		b.get("/account/app").expect(t, "what is left", 200, "9 recovery codes left")
		b.post("/account/app", "code", "123456").expect(t, "confirming what was not begun", 422)
	})
}

func TestSigningInSpeaksTheReadersLanguage(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		rosa := w.person("CO", "Rosa Okafor", "rosa")
		b := w.pages(t, nil)
		b.lang = "fr-CA,fr;q=0.9"
		b.get("/sign-in").expect(t, "the page", 200, "Nom d’utilisateur", `lang="fr`)
		b.post("/sign-in", "user", "rosa", "password", "wrong").expect(t, "a wrong password", 401, "Le nom d’utilisateur ou le mot de passe est erroné")
		b.post("/sign-in/link", "mail", "nothing").expect(t, "no address", 422, "Écrivez l’adresse que le centre de services connaît.")
		b.get("/account").expect(t, "without a session", 401, "Connectez-vous pour continuer.")
		b.enter(w.session(rosa.ID))
		b.get("/account").expect(t, "the account", 200, `lang="fr`)
		b.post("/account/app/begin").expect(t, "the app", 200)
		b.post("/account/app", "code", "000000").expect(t, "a wrong code", 422, "Ce code n’est pas celui de l’application")
	})
}

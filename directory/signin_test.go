package directory

import (
	"sync"
	"testing"
	"time"

	"heed/kernel/fault"
	"heed/kernel/policy"
	"heed/kernel/store"
)

const passphrase = "four words you remember"

func (w *world) signIn(name, password string) error {
	w.t.Helper()
	_, err := w.SignIn(w.t.Context(), name, password)
	return err
}

func TestAPasswordOpensOnlyItsOwnAccount(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		rosa, gone := w.person("CO", "Rosa Okafor", "rokafor"), w.person("CO", "Gone", "gone")
		w.person("CO", "Without Password", "nopass")
		for _, p := range []Person{rosa, gone} {
			if err := w.SetPassword(t.Context(), p.ID, passphrase); err != nil {
				t.Fatal(err)
			}
		}
		w.write(func(tx *store.Tx) error { return w.CloseAccount(t.Context(), tx, gone.ID) })
		if got, err := w.SignIn(t.Context(), " ROKAFOR ", passphrase); got != rosa.ID || err != nil {
			t.Errorf("by user name: %d, %v", got, err)
		}
		if got, err := w.SignIn(t.Context(), "Rokafor@example.org", passphrase); got != rosa.ID || err != nil {
			t.Errorf("by mail address: %d, %v", got, err)
		}
		for name, c := range map[string]struct{ user, password string }{
			"a wrong password":               {"rokafor", passphrase + "x"},
			"an empty password":              {"rokafor", ""},
			"a name that nobody has":         {"nobody", passphrase},
			"a closed account":               {"gone", passphrase},
			"an account without a password":  {"nopass", passphrase},
			"an account without, and empty":  {"nopass", ""},
			"a mail address that nobody has": {"no@body", passphrase},
		} {
			if err := w.signIn(c.user, c.password); fault.As(err).Text != errWrong.Text {
				t.Errorf("%s: %v, want the one answer", name, err)
			}
		}
		var hash string
		w.read(func(tx *store.Tx) error {
			cred, err := store.One[credentialRow](t.Context(), tx, selectCredential, rosa.ID)
			hash = cred.password
			return err
		})
		if len(hash) < 60 || hash[:10] != "$argon2id$" {
			t.Errorf("the password is kept as %q", hash)
		}
	})
}

func TestWeakPasswordsAreRefused(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		p := w.person("CO", "Rosa", "rosa")
		for _, password := range []string{"", "short", "elevenchars", string(make([]byte, 513))} {
			if err := w.SetPassword(t.Context(), p.ID, password); !fault.Is(err, fault.KindInvalid) || fault.As(err).Field != "password" {
				t.Errorf("%d bytes: %v", len(password), err)
			}
		}
		if err := w.SetPassword(t.Context(), 1, passphrase); !fault.Is(err, fault.KindUnknown) {
			t.Errorf("nobody's password: %v", err)
		}
	})
}

func TestTheWayInClosesLongerWithEachWrongGuess(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		key := w.guesser(7, "")
		for i := range freeTries {
			if err := w.guess(t.Context(), key); err != nil {
				t.Fatalf("guess %d: %v", i+1, err)
			}
		}
		for i, want := range []time.Duration{30 * time.Second, time.Minute, 2 * time.Minute, 4 * time.Minute, 8 * time.Minute, 16 * time.Minute, 32 * time.Minute, time.Hour, time.Hour, time.Hour} {
			if err := w.guess(t.Context(), key); !fault.Is(err, fault.KindBusy) {
				t.Fatalf("lock %d: %v", i, err)
			}
			w.Clock.Advance(want - time.Second)
			if err := w.guess(t.Context(), key); !fault.Is(err, fault.KindBusy) {
				t.Fatalf("lock %d ended before %s: %v", i, want, err)
			}
			w.Clock.Advance(time.Second)
			if err := w.guess(t.Context(), key); err != nil {
				t.Fatalf("lock %d lasts longer than %s: %v", i, want, err)
			}
		}
		w.Clock.Advance(forgetGuess + lockMost)
		if err := w.Sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
		if n := w.count("attempt"); n != 0 {
			t.Error("a day later the guesses are still counted")
		}
	})
}

func TestGuessesAreCountedForNamesNobodyHas(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		rosa := w.person("CO", "Rosa", "rosa")
		for range freeTries {
			if err := w.guess(t.Context(), w.guesser(0, "Nobody ")); err != nil {
				t.Fatal(err)
			}
			if err := w.guess(t.Context(), w.guesser(rosa.ID, "")); err != nil {
				t.Fatal(err)
			}
		}
		for _, name := range []string{"nobody", "rosa", "rosa@example.org"} {
			if err := w.signIn(name, passphrase); !fault.Is(err, fault.KindBusy) {
				t.Errorf("%s: %v; whether a name exists must not show", name, err)
			}
		}
	})
}

func TestAThousandGuessesAtOnceAreAThousand(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		key, free := w.guesser(7, ""), make(chan error, 40)
		var all sync.WaitGroup
		for range cap(free) {
			all.Go(func() { free <- w.guess(t.Context(), key) })
		}
		all.Wait()
		close(free)
		passed := 0
		for err := range free {
			if err == nil {
				passed++
			} else if !fault.Is(err, fault.KindBusy) {
				t.Error(err)
			}
		}
		if passed > freeTries {
			t.Errorf("%d guesses passed at once, at most %d may", passed, freeTries)
		}
	})
}

func TestARightPasswordForgetsWrongOnes(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		rosa := w.person("CO", "Rosa", "rosa")
		if err := w.SetPassword(t.Context(), rosa.ID, passphrase); err != nil {
			t.Fatal(err)
		}
		for range freeTries - 1 {
			_ = w.guess(t.Context(), w.guesser(rosa.ID, ""))
		}
		if err := w.signIn("rosa", passphrase); err != nil {
			t.Fatal(err)
		}
		if w.count("attempt") != 0 {
			t.Error("the count stays after a right password")
		}
	})
}

// askLink has a link made as the job does that is behind the sign-in page.
func (w *world) askLink(address, back string) (person int64, secret string, err error) {
	asked, err := w.beginStep(w.t.Context(), step{kind: stepLink, data: w.hash(Email, address), back: back})
	if err != nil {
		return 0, "", err
	}
	return w.linkFor(w.t.Context(), asked)
}

func TestALinkWorksOnceAndFifteenMinutes(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		rosa := w.person("CO", "Rosa", "rosa")
		link := func() string {
			person, secret, err := w.askLink("ROSA@example.org", "/requests")
			if err != nil || person != rosa.ID || secret == "" {
				t.Fatalf("%d %q %v", person, secret, err)
			}
			return secret
		}
		first := link()
		if got, back, err := w.TakeLink(t.Context(), first); got != rosa.ID || back != "/requests" || err != nil {
			t.Errorf("%d %s %v", got, back, err)
		}
		if _, _, err := w.TakeLink(t.Context(), first); !fault.Is(err, fault.KindUnauthenticated) {
			t.Errorf("a second time: %v", err)
		}
		late := link()
		w.Clock.Advance(linkLife)
		if _, _, err := w.TakeLink(t.Context(), late); !fault.Is(err, fault.KindUnauthenticated) {
			t.Errorf("after fifteen minutes: %v", err)
		}
		if err := w.Sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
		w.Clock.Advance(time.Second)
		if err := w.Sweep(t.Context()); err != nil || w.count("link_token") != 0 {
			t.Errorf("%d links are left, %v", w.count("link_token"), err)
		}
		if person, secret, err := w.askLink("nobody@example.org", ""); person != 0 || secret != "" || err != nil {
			t.Errorf("an address nobody has: %d %q %v", person, secret, err)
		}
		w.write(func(tx *store.Tx) error { return w.CloseAccount(t.Context(), tx, rosa.ID) })
		if person, _, err := w.askLink("rosa@example.org", ""); person != 0 || err != nil {
			t.Errorf("a closed account got a link: %v", err)
		}
	})
}

func TestNobodyIsFloodedWithLinks(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		w.person("CO", "Rosa", "rosa")
		sent := 0
		var last string
		for range 20 {
			person, secret, err := w.askLink("rosa@example.org", "")
			if err != nil {
				t.Fatal(err)
			}
			if person != 0 {
				sent, last = sent+1, secret
			}
		}
		if sent != freeTries {
			t.Errorf("%d links were made within a minute, want %d", sent, freeTries)
		}
		if _, _, err := w.TakeLink(t.Context(), last); err != nil {
			t.Fatal(err)
		}
		if person, _, err := w.askLink("rosa@example.org", ""); person == 0 || err != nil {
			t.Errorf("who uses a link may ask for another: %v", err)
		}
	})
}

func TestATokenActsForItsPersonUntilItEnds(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		rosa := w.person("CO", "Rosa", "rosa")
		secret, err := w.MakeToken(t.Context(), rosa.ID, Token{Scopes: []string{"tickets:read"}, Purpose: policy.Own}, days(2))
		if err != nil || secret[:5] != "heed_" {
			t.Fatal(err)
		}
		who, token, err := w.ActorOfToken(t.Context(), secret)
		if err != nil || who.PersonID() != rosa.ID || who.Via() != "token" || token.Purpose != policy.Own {
			t.Errorf("%v %v %v", who, token, err)
		}
		if !token.Allows("tickets:read") || token.Allows("tickets:write") || token.Allows("tickets") {
			t.Errorf("the scopes are %v", token.Scopes)
		}
		if _, _, err := w.ActorOfToken(t.Context(), secret+"x"); !fault.Is(err, fault.KindUnauthenticated) {
			t.Errorf("another secret: %v", err)
		}
		w.Clock.Advance(days(2))
		if _, _, err := w.ActorOfToken(t.Context(), secret); !fault.Is(err, fault.KindUnauthenticated) {
			t.Errorf("after two days: %v", err)
		}
		secret, err = w.MakeToken(t.Context(), rosa.ID, Token{Purpose: policy.Own}, days(2))
		if err != nil {
			t.Fatal(err)
		}
		w.write(func(tx *store.Tx) error { return w.CloseAccount(t.Context(), tx, rosa.ID) })
		if _, _, err := w.ActorOfToken(t.Context(), secret); !fault.Is(err, fault.KindUnauthenticated) {
			t.Errorf("of a closed account: %v", err)
		}
	})
}

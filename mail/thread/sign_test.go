package thread

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestSignedAddressesComeBackAndFit(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		key := rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, "key")
		ticket := rapid.Int64().Draw(t, "ticket")
		address := ReplyAddress(key, "help@desk.example.org", ticket)
		local, _, _ := strings.Cut(address, "@")
		if len(local) > 64 || !strings.HasPrefix(address, "help+") || !strings.HasSuffix(address, "@desk.example.org") {
			t.Fatalf("address %q", address)
		}
		for _, form := range []string{address, local, strings.ToUpper(address)} {
			if got, ok := VerifyReply(key, form); !ok || got != ticket {
				t.Fatalf("VerifyReply(%q) = %d, %v; want %d", form, got, ok, ticket)
			}
		}
		other := append([]byte{key[0] ^ 1}, key[1:]...)
		if _, ok := VerifyReply(other, address); ok {
			t.Fatalf("another key accepts %q", address)
		}
	})
}

// TestNoChangedAddressIsAccepted changes every character of an address into
// every other one that could stand there.
func TestNoChangedAddressIsAccepted(t *testing.T) {
	t.Parallel()
	key := keys()[0]
	tag, id := SignReply(key, ticketOpen), NewMessageID(key, ticketOpen, 5, "d.example.org")
	for i := range len(tag) {
		for _, c := range "abcdefghijklmnopqrstuvwxyz234567189.+-=" {
			changed := tag[:i] + string(c) + tag[i+1:]
			if _, ok := VerifyReply(key, "help+"+changed+"@desk.example.org"); ok && changed != tag {
				t.Errorf("accepted %q for %q", changed, tag)
			}
		}
	}
	local, _, _ := strings.Cut(id, "@")
	for i := range len(local) {
		for _, c := range "abcdefghijklmnopqrstuvwxyz234567189.+-=" {
			changed := local[:i] + string(c) + local[i+1:]
			if _, _, ok := VerifyMessageID(key, changed+"@d.example.org"); ok && changed != local {
				t.Errorf("accepted %q for %q", changed, local)
			}
		}
	}
	for n := range len(tag) {
		if _, ok := VerifyReply(key, "help+"+tag[:n]); ok {
			t.Errorf("accepted the beginning %q", tag[:n])
		}
	}
}

func TestMessageIDsComeBackAndAreStable(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		key := rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, "key")
		ticket, mail := rapid.Int64().Draw(t, "ticket"), rapid.Int64().Draw(t, "mail")
		id := NewMessageID(key, ticket, mail, "desk.example.org")
		if id != NewMessageID(key, ticket, mail, "desk.example.org") {
			t.Fatalf("two identifiers for one mail")
		}
		gotTicket, gotMail, ok := VerifyMessageID(key, id)
		if !ok || gotTicket != ticket || gotMail != mail {
			t.Fatalf("VerifyMessageID(%q) = %d, %d, %v", id, gotTicket, gotMail, ok)
		}
		if mail != ticket {
			if swapped, _, ok := VerifyMessageID(key, strings.Replace(id, encodeID(ticket)+"."+encodeID(mail), encodeID(mail)+"."+encodeID(ticket), 1)); ok {
				t.Fatalf("the numbers can be swapped: %d", swapped)
			}
		}
	})
}

func TestASignatureForOnePurposeIsWorthNothingForAnother(t *testing.T) {
	t.Parallel()
	key := keys()[0]
	_, signature, _ := strings.Cut(SignReply(key, ticketOpen), ".")
	if mac(key, forMessageID, ticketOpen) == signature {
		t.Errorf("both purposes give the same signature")
	}
}

func FuzzVerify(f *testing.F) {
	f.Add("help+" + SignReply(theirKey(), 1) + "@desk.example.org")
	f.Add(NewMessageID(theirKey(), 1, 2, "desk.example.org"))
	f.Fuzz(func(t *testing.T, s string) {
		if n, ok := VerifyReply(keys()[0], s); ok {
			t.Fatalf("a forged address leads to %d", n)
		}
		if n, _, ok := VerifyMessageID(keys()[0], s); ok {
			t.Fatalf("a forged identifier leads to %d", n)
		}
	})
}

package text

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestFindExcess(t *testing.T) {
	t.Parallel()
	for s, want := range map[string][]Excess{
		"": nil,
		"My card 4111 1111 1111 1111 does not open the door":  {CardNumber},
		"it is 5500-0000-0000-0004, thanks":                   {CardNumber},
		"on 3 4 2026 4111 1111 1111 1111":                     {CardNumber},
		"0123456789012345678901234567890123456789":            nil,
		"378282246310005":                                     {CardNumber},
		"4111 1111 1111 1112 has another check digit":         nil,
		"4444 4444 4444 4444 is the same digit all along":     nil,
		"serial 0000000000000000":                             nil,
		"call me on 0151 496 0000 or 020 7946 0958":           nil,
		"order 9312345678907 of the shop":                     nil,
		"my password is Tr0ub4dor&3":                          {Password},
		"My password is: hunter2":                             {Password},
		"password: correcthorse":                              nil,
		"password:correcthorse":                               {Password},
		"password: correct-horse-9":                           {Password},
		"the PIN is 4821":                                     {Password},
		"user ana, pwd=hunter2":                               {Password},
		"mon mot de passe est Tulipe7!":                       {Password},
		"my password is wrong, it says":                       nil,
		"my password is wrong.":                               nil,
		"the password was expired on Monday":                  nil,
		"I forgot my password":                                nil,
		"spin is 4821 on the drum":                            nil,
		"the password is self-service, they say":              nil,
		"I was diagnosed with epilepsy last week":             {Health},
		"je prends des médicaments":                           {Health},
		"a virus and a sick laptop":                           nil,
		"the diagnostic page shows an error":                  nil,
		"pregnant; my password is a1; card 4111111111111111.": {CardNumber, Password, Health},
	} {
		if diff := cmp.Diff(want, FindExcess(s)); diff != "" {
			t.Errorf("%q: %s", s, diff)
		}
	}
}

func FuzzFindExcess(f *testing.F) {
	f.Add("password is a1 4111 1111 1111 1111")
	f.Add("٤١١١ 1111 1111 1111 11")
	f.Fuzz(func(t *testing.T, s string) {
		more := FindExcess(s + "\nand then it went dark")
		for _, kind := range FindExcess(s) {
			if !slices.Contains(more, kind) {
				t.Errorf("%q holds %s, and with more words behind it does not", s, kind)
			}
		}
	})
}

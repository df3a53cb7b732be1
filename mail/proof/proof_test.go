package proof

import (
	"strings"
	"testing"

	"heed/mail/mime"
)

const mx = "mx.example.ac.uk"

func parse(t testing.TB, head string) mime.Message {
	t.Helper()
	m, err := mime.Parse([]byte(head + "Subject: hi\n\nText\n"))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestWhatTheServerInFrontSays(t *testing.T) {
	t.Parallel()
	const from, own = "From: Ana <ana@ljmu.ac.uk>\n", "Authentication-Results: " + mx
	for name, c := range map[string]struct {
		head string
		want Finding
	}{
		"nothing":                               {from, Silent},
		"that nothing was asked":                {own + "; none\n" + from, Silent},
		"only who signed in":                    {own + "; auth=pass smtp.auth=ana\n" + from, Silent},
		"DMARC passes":                          {own + "; dmarc=pass (p=REJECT sp=NONE) header.from=ljmu.ac.uk\n" + from, Proven},
		"DMARC fails":                           {own + "; dmarc=fail (p=NONE dis=NONE) header.from=ljmu.ac.uk\n" + from, Unproven},
		"DMARC fails though SPF passes":         {own + ";\n\tspf=pass smtp.mailfrom=evil.example;\n\tdmarc=fail header.from=ljmu.ac.uk\n" + from, Unproven},
		"in capitals, with versions and spaces": {"AUTHENTICATION-RESULTS: MX.Example.ac.uk 1; DMARC/1 = Fail header.from = ljmu.ac.uk\n" + from, Unproven},
		"DMARC passes, of another domain":       {own + "; dmarc=pass header.from=evil.example\n" + from, Unproven},
		"DMARC passes, of an address":           {own + "; dmarc=pass header.from=ana@ljmu.ac.uk\n" + from, Proven},
		"no policy, DKIM of the domain":         {own + "; dmarc=none header.from=ljmu.ac.uk; dkim=pass header.d=ljmu.ac.uk; spf=fail smtp.mailfrom=x@y.example\n" + from, Proven},
		"DKIM of a part of the house":           {own + "; dkim=pass header.d=mail.ljmu.ac.uk\n" + from, Proven},
		"DKIM by the signer's identity":         {own + "; dkim=pass header.i=@ljmu.ac.uk\n" + from, Proven},
		"DKIM of a public suffix":               {own + "; dkim=pass header.d=ac.uk\n" + from, Unproven},
		"DKIM of a neighbour in the suffix":     {own + "; dkim=pass header.d=evil.ac.uk\n" + from, Unproven},
		"SPF of the domain":                     {own + "; dkim=none; spf=pass smtp.mailfrom=bounce@ljmu.ac.uk\n" + from, Proven},
		"SPF of another domain":                 {own + "; spf=pass smtp.mailfrom=evil.example\n" + from, Unproven},
		"SPF without a sender":                  {own + "; spf=pass smtp.helo=ljmu.ac.uk\n" + from, Unproven},
		"neither passes":                        {own + "; spf=softfail smtp.mailfrom=ana@ljmu.ac.uk; dkim=fail reason=\"bad; spf=pass smtp.mailfrom=ljmu.ac.uk\" header.d=ljmu.ac.uk\n" + from, Unproven},
		"one of two signatures passes":          {own + "; dkim=fail header.d=list.example; dkim=pass header.d=ljmu.ac.uk\n" + from, Proven},
		"of a domain that is spelt as IDNA":     {own + "; dkim=pass header.d=xn--bcher-kva.example\nFrom: x@bücher.example\n", Proven},
		"three fields, one after another":       {own + "; dmarc=none header.from=ljmu.ac.uk\nDKIM-Filter: x\n" + own + "; spf=none\n" + own + "; dkim=pass header.d=ljmu.ac.uk\n" + from, Proven},
		"by another server":                     {"Authentication-Results: mx.evil.example; dmarc=fail header.from=ljmu.ac.uk\n" + from, Silent},
		"by one whose name begins alike":        {"Authentication-Results: " + mx + ".evil.example; dmarc=pass\n" + own + "; dmarc=fail\n" + from, Unproven},
		"under another field":                   {"X-Authentication-Results: " + mx + "; dmarc=fail\n" + from, Silent},
		"forged below the server's line": {
			"Received: from a by mx\n" + own + "; dkim=none; spf=none\nReceived: from b by a\n" + own + "; dmarc=pass header.from=ljmu.ac.uk; dkim=pass header.d=ljmu.ac.uk\n" + from, Unproven,
		},
		"forged right below": {own + "; dkim=none; spf=none\n" + own + "; dmarc=pass header.from=ljmu.ac.uk; dkim=pass header.d=ljmu.ac.uk; spf=pass smtp.mailfrom=ljmu.ac.uk\n" + from, Unproven},
		"forged in a comment of SPF": {
			own + "; spf=fail (domain of (\\) ; dmarc=pass header.from=ljmu.ac.uk ; dkim=pass header.d=ljmu.ac.uk) does not) smtp.mailfrom=evil.example\n" + from, Unproven,
		},
		"forged in a quoted address":  {own + "; spf=pass smtp.mailfrom=\"x;dkim=pass header.d=ljmu.ac.uk smtp.mailfrom=ljmu.ac.uk \"@evil.example\n" + from, Unproven},
		"with a comment that is open": {own + "; auth=pass (dmarc=fail; spf=fail\n" + from, Unproven},
		"with what is no result":      {own + "; what; =; dmarc=fail header.from=ljmu.ac.uk\n" + from, Unproven},
		"of two senders":              {own + "; dmarc=pass header.from=ljmu.ac.uk\nFrom: ana@ljmu.ac.uk, b@evil.example\n", Unproven},
		"of two senders of one house": {own + "; dmarc=pass header.from=ljmu.ac.uk\nFrom: ana@ljmu.ac.uk, b@ljmu.ac.uk\n", Proven},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := parse(t, c.head)
			if got := Read(m.Header, mx, m.From); got != c.want {
				t.Errorf("got %d, want %d of\n%s", got, c.want, c.head)
			}
			if got := Read(m.Header, "", m.From); got != Silent {
				t.Errorf("with no server named it is %d", got)
			}
		})
	}
}

// What stands below what our server wrote is the sender's: it may be anything, and
// proves nothing.
func FuzzRead(f *testing.F) {
	f.Add("Authentication-Results: " + mx + "; dmarc=pass header.from=ljmu.ac.uk; dkim=pass header.d=ljmu.ac.uk\nFrom: ana@ljmu.ac.uk\n")
	f.Add("Authentication-Results: " + mx + " (x; \"y\\) 1; arc=pass header.oldest-pass=x; dkim/1 = pass\nReceived: x\n")
	f.Add("From: a@b, c@d\nAuthentication-Results: ;;;===\n")
	f.Fuzz(func(t *testing.T, head string) {
		head = strings.TrimLeft(head, " \t\r\n")
		m := parse(t, head)
		Read(m.Header, mx, m.From)
		for _, own := range []string{"; dmarc=fail header.from=ljmu.ac.uk", "; spf=fail smtp.mailfrom=evil.example; dkim=none", "; dmarc=none; dkim=none; spf=none"} {
			m := parse(t, "From: ana@ljmu.ac.uk\nAuthentication-Results: "+mx+own+"\n"+head)
			if got := Read(m.Header, mx, m.From); got != Unproven {
				t.Errorf("below %s, this makes it %d: %q", own, got, head)
			}
		}
	})
}

package proof

import (
	"regexp"
	"strings"

	"github.com/emersion/go-msgauth/authres"
	"golang.org/x/net/publicsuffix"

	"heed/mail/mime"
)

// Finding is what the mail server in front found of the address in From.
type Finding uint8

// The findings.
const (
	Silent   Finding = iota // it says nothing of it, or no server is named
	Proven                  // the domain of the address stands for the mail
	Unproven                // it does not, or it cannot be read whether it does
)

// Read returns what the server with an authserv-id says of the sender of a mail.
func Read(h mime.Header, server string, from []mime.Address) Finding {
	all, broken := results(h, server)
	switch {
	case broken:
		return Unproven
	case len(all) == 0 || len(from) == 0:
		return Silent
	}
	f := facts{domain: from[0].Domain()}
	for _, r := range all {
		f.add(r)
	}
	switch {
	case !f.asked():
		return Silent
	case f.contradicts() || severalDomains(from):
		return Unproven
	case f.dmarc == authres.ResultPass || f.aligned:
		return Proven
	}
	return Unproven
}

// severalDomains reports whether senders of more than one domain are named: then
// the server may have asked about another than we show.
func severalDomains(from []mime.Address) bool {
	for _, a := range from {
		if !strings.EqualFold(a.Domain(), from[0].Domain()) {
			return true
		}
	}
	return false
}

// facts are what is said of one domain.
type facts struct {
	domain    string
	dmarc     authres.ResultValue // "" when it was not asked
	elsewhere bool                // DMARC was asked of another domain
	spf, dkim bool                // they were asked
	passes    bool                // one of them passed, for whatever domain
	aligned   bool                // one of them passed for the domain
}

func (f *facts) add(r authres.Result) {
	switch r := r.(type) {
	case *authres.DMARCResult:
		if f.dmarc != authres.ResultFail {
			f.dmarc = r.Value
		}
		f.elsewhere = f.elsewhere || r.From != "" && !strings.EqualFold(domainOf(r.From), f.domain)
	case *authres.SPFResult:
		f.spf = true
		f.pass(r.Value, r.From)
	case *authres.DKIMResult:
		f.dkim = true
		if r.Domain == "" {
			r.Domain = r.Identifier
		}
		f.pass(r.Value, r.Domain)
	}
}

func (f *facts) pass(v authres.ResultValue, of string) {
	if v != authres.ResultPass {
		return
	}
	f.passes = true
	f.aligned = f.aligned || related(domainOf(of), f.domain)
}

func (f *facts) asked() bool { return f.dmarc != "" || f.spf || f.dkim }

// contradicts reports what no pass makes good: that DMARC failed, was asked of
// another domain, or is said to pass where nothing did that it could rest on.
func (f *facts) contradicts() bool {
	return f.dmarc == authres.ResultFail || f.elsewhere || f.dmarc == authres.ResultPass && f.spf && f.dkim && !f.passes
}

// domainOf is the domain of an address, or of a domain by itself.
func domainOf(s string) string {
	s = strings.Trim(s[strings.LastIndexByte(s, '@')+1:], "<>")
	return strings.ToLower(strings.TrimSuffix(s, "."))
}

// related reports whether two domains are of one organisation, which is what DMARC
// asks unless its owner asks for more (RFC 7489 §3.1).
func related(a, b string) bool {
	if a == "" || b == "" {
		return false
	}
	if a == b {
		return true
	}
	one, err := publicsuffix.EffectiveTLDPlusOne(a)
	if err != nil {
		return false
	}
	other, err := publicsuffix.EffectiveTLDPlusOne(b)
	return err == nil && one == other
}

// results are those of the server, of each method as the topmost of its fields
// that names it has it; broken says that a field of it cannot be read.
func results(h mime.Header, server string) (out []authres.Result, broken bool) {
	named, ours := map[string]bool{}, false
	for _, f := range h {
		if strings.EqualFold(f.Name, "Received") && ours {
			break // below it stands what came with the mail
		}
		if server == "" || !strings.EqualFold(f.Name, "Authentication-Results") {
			continue
		}
		text, whole := plain(f.Value)
		parts := strings.Split(text, ";")
		if words := strings.Fields(parts[0]); len(words) == 0 || !strings.EqualFold(words[0], server) {
			continue
		}
		ours, broken = true, broken || !whole
		here := map[string]bool{}
		for _, part := range parts[1:] {
			part = version.ReplaceAllString(equals.ReplaceAllString(strings.TrimSpace(part), "="), "$1=")
			method, _, _ := strings.Cut(strings.ToLower(part), "=")
			_, some, err := authres.Parse(parts[0] + ";" + part)
			if err != nil || named[method] {
				continue
			}
			here[method] = true
			out = append(out, some...)
		}
		for m := range here {
			named[m] = true
		}
	}
	return out, broken
}

var (
	equals  = regexp.MustCompile(`\s*=\s*`)
	version = regexp.MustCompile(`^([A-Za-z0-9-]+)/[0-9]+=`)
)

// plain is a field without its comments and quotes, as the library reads it: what
// stands in them is partly the sender's, and must not be taken for a word of the
// server. whole says that every comment and quote ends.
func plain(v string) (out string, whole bool) {
	var b strings.Builder
	depth, quoted := 0, false
	for i := 0; i < len(v); i++ {
		c := v[i]
		switch {
		case c == '\\' && (quoted || depth > 0):
			i++
		case c == '"' && depth == 0:
			quoted = !quoted
		case quoted && strings.IndexByte("; =()\t\r\n", c) >= 0:
			b.WriteByte('_')
		case quoted:
			b.WriteByte(c)
		case c == '(':
			depth++
		case c == ')' && depth > 0:
			if depth--; depth == 0 {
				b.WriteByte(' ')
			}
		case depth == 0:
			b.WriteByte(c)
		}
	}
	return b.String(), depth == 0 && !quoted
}

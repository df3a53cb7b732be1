package text

import (
	"strings"
	"testing"

	"golang.org/x/net/html"
	"pgregory.net/rapid"
)

func TestSanitizeKeepsWordsAndDropsPower(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ in, want string }{
		"plain formatting stays":                      {`<p>Hello <b>you</b></p>`, `<p>Hello <b>you</b></p>`},
		"scripts go with their content":               {`a<script>alert(1)</script>b`, `ab`},
		"styles go with their content":                {`<style>p{color:red}</style><p style="color:red">a</p>`, `<p>a</p>`},
		"handlers go":                                 {`<p onclick="x()">a</p>`, `<p>a</p>`},
		"script addresses go":                         {`<a href="javascript:alert(1)">a</a>`, `a`},
		"hidden script addresses go":                  {"<a href=\"java\tscript:alert(1)\">a</a>", `a`},
		"data addresses go":                           {`<a href="data:text/html,x">a</a>`, `a`},
		"links open elsewhere, silently":              {`<a href="https://example.org/x?a=1&amp;b=2">a</a>`, `<a href="https://example.org/x?a=1&amp;b=2" rel="nofollow noreferrer noopener" target="_blank">a</a>`},
		"links to nowhere lose the link":              {`<a href="/admin">a</a>`, `a`},
		"remote images go":                            {`<img src="https://example.org/pixel.gif" alt="logo">`, `<img alt="logo">`},
		"parts of the mail stay":                      {`<img src="cid:logo@example.org" alt="logo">`, `<img src="cid:logo@example.org" alt="logo">`},
		"forms go, their words stay":                  {`<form action="/x"><input name=p><button>Go</button></form>`, `Go`},
		"stray ends cannot leave the page's box":      {`</div></div><p>a`, `<p>a</p>`},
		"wrong order is put right":                    {`<b><i>a</b>c</i>`, `<b><i>a</i></b>c`},
		"a list item needs a list":                    {`<li>a</li>`, `a`},
		"a cell needs a table":                        {`<td>a</td><table><tr><td colspan=2>b</td></tr></table>`, `a<table><tr><td colspan="2">b</td></tr></table>`},
		"a cell holds what is in it":                  {`<div><table><tr><td>a</div>b</td></tr></table>c</div>`, `<div><table><tr><td>ab</td></tr></table>c</div>`},
		"unknown elements leave their words":          {`<o:p>a</o:p><font color=red>b</font>`, `ab`},
		"comments go":                                 {`a<!--[if mso]>x<![endif]-->b`, `ab`},
		"overrides written as entities go":            {`a&#x202e;b`, `ab`},
		"broken bytes are marked":                     {"a\xffb", "a\ufffdb"},
		"a mail cut inside an object keeps its words": {`<object>a<p>b`, `a<p>b</p>`},
		"direction and language stay":                 {`<p dir="rtl" lang="ar" class="x">a</p>`, `<p dir="rtl" lang="ar">a</p>`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := Sanitize(c.in).String(); got != c.want {
				t.Errorf("Sanitize(%q)\n got %q\nwant %q", c.in, got, c.want)
			}
		})
	}
}

func TestDeepNestingIsCutAndKeepsItsWords(t *testing.T) {
	t.Parallel()
	got := Sanitize(strings.Repeat("<div>", 5000) + "word" + strings.Repeat("</div>", 5000) + "<p>after</p>").String()
	if n := strings.Count(got, "<div>"); n != maxDepth {
		t.Errorf("nested %d deep, want %d", n, maxDepth)
	}
	if !strings.Contains(got, "word") || !strings.HasSuffix(got, "</div><p>after</p>") {
		t.Errorf("lost words or closed in the wrong place: …%s", got[len(got)-60:])
	}
}

func TestInlineImagesGetAddressesOfThisHostOnly(t *testing.T) {
	t.Parallel()
	safe := Sanitize(`<p>a<img src="cid:one" alt="first"><img src="cid:two" alt="<second>"><img src="cid:three" alt="third"></p>`)
	got := safe.WithInline(func(id string) (string, bool) {
		switch id {
		case "one":
			return "/files/1?a=1&b=2", true
		case "three":
			return "//elsewhere.example/x", true
		default:
			return "", false
		}
	}).String()
	want := `<p>a<img src="/files/1?a=1&amp;b=2" alt="first">&lt;second&gt;third</p>`
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if again := Sanitize(got).String(); strings.Contains(again, "/files") {
		t.Errorf("sanitising again kept an address of this host: %s", again)
	}
}

func TestInlineImagesKeepTheNameThatTheirPartWasGiven(t *testing.T) {
	t.Parallel()
	safe := Sanitize(`<p><img src="cid:one@far" alt="first"><img src="cid:two" alt="second"></p>`)
	got := safe.Renamed(func(contentID string) (string, bool) { return "17", contentID == "one@far" })
	if want := `<p><img src="cid:17" alt="first">second</p>`; got.String() != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if again := Sanitize(got.String()); again != got {
		t.Errorf("sanitised again it is %s", again)
	}
}

// dirty draws markup from pieces that break sanitisers.
func dirty() *rapid.Generator[string] {
	piece := rapid.SampledFrom([]string{
		"<p>", "</p>", "<div dir=rtl>", "</div>", "<b>", "</b>", "<i", ">", "<a href='https://example.org/?a=1&b=%22'>", "</a>", "<a href=mailto:a@example.org>",
		"<table>", "<tr>", "<td>", "</td>", "</table>", "<ul>", "<li>", "</ul>", "<script>", "</script>", "<style>", "</style>", "<title>", "</title>",
		"<!--", "-->", "<![CDATA[", "]]>", "&lt;", "&amp;", "&amp;lt;", "&#x202e;", "&#0;", "&nbsp;", "<img src=cid:a alt='x\"y'>", "<img src=x onerror=y>",
		"<svg><desc>", "<math><mi>", "<plaintext>", "<textarea>", "<noscript>", "<object>", "'", "\"", "text", " ", "\n", "\x00", "\xff", "é", "<br/>", "<hr>",
		"<p lang=fr>", "<h1>", "</h1>", "<blockquote>", "</blockquote>", "<pre>\n\n", "</pre>", "<a href=\"https://example.org/a b\">", "<a href='HTTPS://EXAMPLE.ORG'>", "<q cite=x>", "<a href='https://[::1]/'>",
	})
	return rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(rapid.OneOf(piece, piece, piece, rapid.String()), 0, 30).Draw(t, "pieces"), "")
	})
}

func TestSanitizingTwiceIsSanitizingOnce(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		once := Sanitize(dirty().Draw(t, "markup"))
		if twice := Sanitize(once.String()); twice != once {
			t.Fatalf("once  %q\ntwice %q", once, twice)
		}
		checkSafe(t, once.String())
	})
}

type failer interface {
	Helper()
	Fatalf(string, ...any)
}

// checkSafe looks at markup with a second pair of eyes: a fresh tokenizer, the
// names that may occur, and a count of what is open.
func checkSafe(t failer, markup string) {
	t.Helper()
	allowed := " p br hr div blockquote pre h1 h2 h3 h4 h5 h6 b strong i em u s del ins sub sup small code kbd samp ul ol li dl dt dd table caption thead tbody tfoot tr td th a img "
	attrs := " dir lang colspan rowspan start href rel target src alt "
	var open []string
	z := html.NewTokenizer(strings.NewReader(markup))
	for {
		switch z.Next() {
		case html.ErrorToken:
			if len(open) != 0 {
				t.Fatalf("left open: %v in %q", open, markup)
			}
			return
		case html.StartTagToken:
			tok := z.Token()
			if !strings.Contains(allowed, " "+tok.Data+" ") {
				t.Fatalf("element %q in %q", tok.Data, markup)
			}
			for _, a := range tok.Attr {
				if !strings.Contains(attrs, " "+a.Key+" ") || (a.Key == "src" && !strings.HasPrefix(a.Val, "cid:")) ||
					(a.Key == "href" && !hasScheme(a.Val)) {
					t.Fatalf("attribute %s=%q in %q", a.Key, a.Val, markup)
				}
			}
			if !isVoid(tok.Data) {
				open = append(open, tok.Data)
			}
		case html.EndTagToken:
			name := z.Token().Data
			if len(open) == 0 || open[len(open)-1] != name {
				t.Fatalf("end of %q while %v is open in %q", name, open, markup)
			}
			open = open[:len(open)-1]
		case html.CommentToken, html.DoctypeToken, html.SelfClosingTagToken:
			t.Fatalf("token %v in %q", z.Token(), markup)
		}
	}
}

func hasScheme(s string) bool {
	scheme, _, ok := strings.Cut(strings.ToLower(s), ":")
	return ok && (scheme == "http" || scheme == "https" || scheme == "mailto" || scheme == "tel")
}

func FuzzSanitize(f *testing.F) {
	f.Add(`<p>a<script>b</script></div>`)
	f.Add(`<svg><style><img src=x onerror=alert(1)></style></svg>`)
	f.Add(`<table><td><a href="&#106;avascript:x">y</table>`)
	f.Fuzz(func(t *testing.T, s string) {
		once := Sanitize(s)
		checkSafe(t, once.String())
		if Sanitize(once.String()) != once {
			t.Fatalf("not idempotent: %q", once)
		}
		HTMLToText(s)
	})
}

func TestComponentWritesTheMarkupAsItIs(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	if err := Sanitize("<p>a&amp;b</p>").Component().Render(t.Context(), &b); err != nil || b.String() != "<p>a&amp;b</p>" {
		t.Errorf("rendered %q, %v", b.String(), err)
	}
	if !(SafeHTML{}).Empty() || Plain("x").Empty() {
		t.Errorf("Empty does not tell empty from full")
	}
}

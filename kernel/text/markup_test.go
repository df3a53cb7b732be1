package text

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestMarkdownIsShownAsWritten(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ in, want string }{
		"emphasis and code":              {"**a** _b_ `c<d>`", "<p><strong>a</strong> <em>b</em> <code>c&lt;d&gt;</code></p>\n"},
		"a line end is a line end":       {"a\nb", "<p>a<br>\nb</p>\n"},
		"what looks like a tag is words": {"use <your name> & <script>x</script>", "<p>use &lt;your name&gt; &amp; &lt;script&gt;x&lt;/script&gt;</p>\n"},
		"a block of HTML is words":       {"<div>\nx\n</div>", "<p>&lt;div&gt;<br>\nx<br>\n&lt;/div&gt;</p>\n"},
		"bare links":                     {"see https://example.org/x.", "<p>see <a href=\"https://example.org/x\" rel=\"nofollow noreferrer noopener\" target=\"_blank\">https://example.org/x</a>.</p>\n"},
		"no script links":                {"[a](javascript:alert(1))", "<p>a</p>\n"},
		"no remote images":               {"![logo](https://example.org/i.png)", "<p><img alt=\"logo\"></p>\n"},
		"lists":                          {"1. a\n2. b\n", "<ol>\n<li>a</li>\n<li>b</li>\n</ol>\n"},
		"quotes":                         {"> a\n", "<blockquote>\n<p>a</p>\n</blockquote>\n"},
		"tables":                         {"|a|b|\n|-|-|\n|1|2|", "<table>\n<thead>\n<tr>\n<th>a</th>\n<th>b</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>1</td>\n<td>2</td>\n</tr>\n</tbody>\n</table>\n"},
		"empty":                          {"", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := Markdown(c.in).String(); got != c.want {
				t.Errorf("Markdown(%q)\n got %q\nwant %q", c.in, got, c.want)
			}
		})
	}
}

func TestTextsBuiltToBeSlowAreShownAsTyped(t *testing.T) {
	t.Parallel()
	for name, in := range map[string]string{
		"open marks":  strings.Repeat("*a_", 50_000),
		"open images": strings.Repeat("![a](", 50_000),
		"wide table":  strings.Repeat("|a", 30_000) + "\n" + strings.Repeat("|-", 30_000) + "\n" + strings.Repeat("|\n", 2_000),
	} {
		if got, want := Markdown(in), Plain(in); got != want {
			t.Errorf("%s: read as Markdown, which takes seconds to minutes", name)
		}
	}
	if got := Markdown(strings.Repeat("*a* [b](c)\n\n", 5_000)).String(); strings.Count(got, "<em>") != 5_000 {
		t.Errorf("a long but ordinary text was not read as Markdown")
	}
}

func FuzzMarkdown(f *testing.F) {
	f.Add("# a\n\n- b\n  > c `d` [e](f \"g\") <h@example.org>")
	f.Add("|a|b|\n|-|:-:|\n|~~c~~|d|")
	f.Fuzz(func(t *testing.T, s string) {
		checkSafe(t, Markdown(s).String())
		checkSafe(t, Plain(s).String())
	})
}

func TestPlainTextKeepsEveryCharacter(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		in := rapid.StringMatching(`[ -~éß\n]{0,60}`).Draw(t, "text")
		got := Plain(in).String()
		if n, want := strings.Count(got, "<br>"), strings.Count(strings.TrimRight(in, "\n"), "\n"); n != want {
			t.Fatalf("%q has %d line ends, shown with %d", in, want, n)
		}
		checkSafe(t, got)
	})
	got := Plain("see http://example.org/a?b=1&c=2), \"x\" <y>\nbye\n\n").String()
	want := `see <a href="http://example.org/a?b=1&amp;c=2" rel="nofollow noreferrer noopener" target="_blank">http://example.org/a?b=1&amp;c=2</a>), &#34;x&#34; &lt;y&gt;<br>` + "\nbye"
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestHTMLBecomesReadableText(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ in, want string }{
		"paragraphs":                    {"<p>a\n b</p><p>c</p>", "a b\n\nc\n"},
		"divisions are lines":           {"<div>a</div><div>b<br>c</div>", "a\nb\nc\n"},
		"an empty line between":         {"<div>a</div><div><br></div><div>b</div>", "a\n\nb\n"},
		"lists":                         {"<ul><li>a</li><li>b</li></ul>", "- a\n- b\n"},
		"rows":                          {"<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc\n"},
		"quotations":                    {"a<blockquote>b<p>c</p><blockquote>d</blockquote></blockquote>e", "a\n> b\n>\n> c\n> >\n> > d\ne\n"},
		"links that say something else": {`<a href="https://example.org/x">here</a> <a href="https://example.org">example.org</a>`, "here <https://example.org/x> example.org\n"},
		"pictures":                      {`<img alt="a map">there`, "[a map] there\n"},
		"preformatted":                  {"<pre>a\n  b</pre>", "a\n  b\n"},
		"nothing of the head":           {"<head><title>t</title><style>s</style></head><body>b</body>", "b\n"},
		"no-break spaces":               {"a&nbsp;b", "a b\n"},
		"nothing":                       {"", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := HTMLToText(c.in); got != c.want {
				t.Errorf("HTMLToText(%q)\n got %q\nwant %q", c.in, got, c.want)
			}
		})
	}
}

func ExampleMarkdown() {
	fmt.Print(Markdown("Replace `<name>` by **your** name."))
	// Output: <p>Replace <code>&lt;name&gt;</code> by <strong>your</strong> name.</p>
}

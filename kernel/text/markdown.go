package text

import (
	"bytes"
	"strings"
	"sync"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/util"
)

// Markdown returns what an agent or requester wrote in Markdown as markup:
// CommonMark with tables, strike-through and bare links. A line end is a line
// end, as in a mail. HTML is not part of the language: what looks like a tag is
// shown as it was typed, since "replace <name> by yours" must not lose a word.
//
// A text built to be slow to read (thousands of open brackets, tables of a
// million empty cells) is shown as it was typed instead.
func Markdown(src string) SafeHTML {
	if heavy(src) {
		return Plain(src)
	}
	var b bytes.Buffer
	if err := markdown().Convert([]byte(CleanText(src)), &b); err != nil {
		// Writing to memory does not fail; should a renderer ever refuse a
		// text, the person still reads what was written.
		return Plain(src)
	}
	return Sanitize(b.String())
}

// Limits of one block, a run of lines without an empty one. The parser takes
// time that grows with the square of the marks still open, and fills every row
// of a table to the width of its head.
const (
	maxMarkdown   = 1 << 20 // bytes in all
	maxOpenMarks  = 2_000
	maxTableCells = 20_000
)

// heavy reports whether a text passes one of the limits.
func heavy(src string) bool {
	if len(src) > maxMarkdown {
		return true
	}
	marks, lines, pipes := 0, 0, 0
	for line := range strings.Lines(src) {
		if strings.TrimSpace(line) == "" {
			marks, lines, pipes = 0, 0, 0
			continue
		}
		lines++
		pipes = max(pipes, strings.Count(line, "|"))
		for i := range len(line) {
			if strings.IndexByte("*_~[]", line[i]) >= 0 {
				marks++
			}
		}
		if marks > maxOpenMarks || lines*pipes > maxTableCells {
			return true
		}
	}
	return false
}

// markdown is built once; a goldmark value is read-only in use.
var markdown = sync.OnceValue(newMarkdown)

func newMarkdown() goldmark.Markdown {
	// The default parsers without the two that recognise HTML.
	p := parser.NewParser(
		parser.WithBlockParsers(
			util.Prioritized(parser.NewSetextHeadingParser(), 100),
			util.Prioritized(parser.NewThematicBreakParser(), 200),
			util.Prioritized(parser.NewListParser(), 300),
			util.Prioritized(parser.NewListItemParser(), 400),
			util.Prioritized(parser.NewCodeBlockParser(), 500),
			util.Prioritized(parser.NewATXHeadingParser(), 600),
			util.Prioritized(parser.NewFencedCodeBlockParser(), 700),
			util.Prioritized(parser.NewBlockquoteParser(), 800),
			util.Prioritized(parser.NewParagraphParser(), 1000),
		),
		parser.WithInlineParsers(
			util.Prioritized(parser.NewCodeSpanParser(), 100),
			util.Prioritized(parser.NewLinkParser(), 200),
			util.Prioritized(parser.NewAutoLinkParser(), 300),
			util.Prioritized(parser.NewEmphasisParser(), 500),
		),
		parser.WithParagraphTransformers(parser.DefaultParagraphTransformers()...),
	)
	return goldmark.New(
		goldmark.WithParser(p),
		goldmark.WithExtensions(extension.Table, extension.Strikethrough, extension.Linkify),
		goldmark.WithRendererOptions(html.WithHardWraps()),
	)
}

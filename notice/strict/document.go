package strict

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// The limits of a file. A notice has a few hundred lines and some three
// thousand tokens. The parser below takes quadratic time on long mappings and on
// deep nesting, so both are refused before it starts.
const (
	MaxBytes  = 256 << 10
	MaxTokens = 20_000
	MaxDepth  = 24
)

type kind uint8

const (
	scalar kind = iota
	mapping
	sequence
	empty
)

func (k kind) String() string {
	return [...]string{"a single value", "a mapping of keys", "a list", "nothing"}[k]
}

// node is one value of the document.
type node struct {
	kind  kind
	path  string
	at    Pos    // of the key where it has one, else of the value
	value Pos    // of the value itself
	text  string // of a scalar
	keys  []pair // of a mapping, in order
	items []*node
}

type pair struct {
	key   string
	at    Pos
	value *node
}

// Document is a well-formed file whose values can be found by path.
type Document struct {
	file string
	root *node
	at   map[string]*node
}

// Parse reads src. A nil Document comes with at least one problem; a Document
// may come with problems too (keys given twice), and then it can still be
// decoded, so that one reading finds all faults.
func Parse(file string, src []byte) (*Document, []Problem) {
	fail := func(at Pos, format string, args ...any) (*Document, []Problem) {
		return nil, []Problem{{File: file, Pos: at, Text: fmt.Sprintf(format, args...)}}
	}
	if len(src) > MaxBytes {
		return fail(Pos{}, "the file has %d bytes; at most %d are read, so that no file can stall the service", len(src), MaxBytes)
	}
	src = bytes.TrimPrefix(src, []byte("\xef\xbb\xbf"))
	if at, ok := firstInvalid(src); !ok {
		return fail(at, "this byte is not UTF-8; save the file as UTF-8")
	}
	tokens := lexer.Tokenize(string(src))
	if len(tokens) > MaxTokens {
		return fail(Pos{}, "the file has %d words and marks; at most %d are read, so that no file can stall the service", len(tokens), MaxTokens)
	}
	if at, text := refuse(tokens); text != "" {
		return fail(at, "%s", text)
	}
	file1, err := parseTokens(tokens)
	if err != nil {
		at, text := explain(err)
		return fail(at, "this is not well-formed YAML: %s", text)
	}
	var body ast.Node
	for _, d := range file1.Docs {
		switch {
		case d.Body == nil:
		case body == nil:
			body = d.Body
		default:
			return fail(place(d.Body), "a second document starts here; one file holds one document")
		}
	}
	if body == nil {
		return fail(Pos{}, "the file is empty")
	}
	b := builder{doc: &Document{file: file, at: map[string]*node{}}}
	b.doc.root = b.build(body, "", place(body))
	return b.doc, Sort(b.problems)
}

// parseTokens runs the YAML parser. A parser of somebody else's making may meet
// input its makers did not think of; a panic there must end as a sentence about
// the file and not as the end of the service.
func parseTokens(tokens token.Tokens) (f *ast.File, err error) {
	defer func() {
		if r := recover(); r != nil {
			f, err = nil, fmt.Errorf("it confuses the parser (%v)", r)
		}
	}()
	return parser.Parse(tokens, 0, parser.AllowDuplicateMapKey())
}

func firstInvalid(src []byte) (Pos, bool) {
	at := Pos{1, 1}
	for len(src) > 0 {
		r, n := utf8.DecodeRune(src)
		if r == utf8.RuneError && n == 1 {
			return at, false
		}
		if r == '\n' {
			at = Pos{at.Line + 1, 1}
		} else {
			at.Column++
		}
		src = src[n:]
	}
	return at, true
}

// refuse finds what is YAML and has no place in a file that people must be able
// to read from top to bottom.
func refuse(tokens token.Tokens) (Pos, string) {
	depth, dashes, line := 0, 0, 0
	for _, t := range tokens {
		at := Pos{t.Position.Line, t.Position.Column}
		if at.Line != line {
			line, dashes = at.Line, 0
		}
		switch t.Type {
		case token.AnchorType, token.AliasType, token.MergeKeyType:
			return at, "anchors, aliases and merges (&, *, <<) are not used here; write the value out"
		case token.TagType, token.DirectiveType:
			return at, "tags and directives (!, %) are not used here; write the plain value"
		case token.MappingKeyType:
			return at, "the long form of a key (?) is not used here; write key: value"
		case token.SequenceStartType, token.MappingStartType:
			depth++
		case token.SequenceEndType, token.MappingEndType:
			depth--
		case token.SequenceEntryType:
			dashes++
		}
		if depth > MaxDepth || dashes > MaxDepth || at.Column > 200*MaxDepth {
			return at, fmt.Sprintf("this is nested deeper than %d levels; no notice needs that", MaxDepth)
		}
	}
	return Pos{}, ""
}

func explain(err error) (Pos, string) {
	if ye, ok := errors.AsType[yaml.Error](err); ok && ye.GetToken() != nil {
		p := ye.GetToken().Position
		return Pos{p.Line, p.Column}, ye.GetMessage()
	}
	return Pos{}, err.Error()
}

// place is where a value begins: for a mapping its first key.
func place(n ast.Node) Pos {
	switch v := n.(type) {
	case *ast.MappingNode:
		if len(v.Values) > 0 {
			return place(v.Values[0].Key)
		}
	case *ast.MappingValueNode:
		return place(v.Key)
	}
	if t := n.GetToken(); t != nil && t.Position != nil {
		return Pos{t.Position.Line, t.Position.Column}
	}
	return Pos{}
}

type builder struct {
	doc      *Document
	problems []Problem
}

func (b *builder) problem(at Pos, format string, args ...any) {
	b.problems = append(b.problems, Problem{File: b.doc.file, Pos: at, Text: fmt.Sprintf(format, args...)})
}

func (b *builder) build(from ast.Node, path string, at Pos) *node {
	n := &node{path: path, at: at, value: place(from)}
	if text, ok := glued(from); ok {
		n.text = text
		b.doc.at[path] = n
		return n
	}
	switch v := from.(type) {
	case *ast.MappingNode:
		n.kind = mapping
		b.mapping(n, v.Values)
	case *ast.MappingValueNode:
		n.kind = mapping
		b.mapping(n, []*ast.MappingValueNode{v})
	case *ast.SequenceNode:
		n.kind = sequence
		b.sequence(n, v.Values)
	case *ast.NullNode:
		n.kind = empty
	case *ast.StringNode:
		n.text = v.Value
	case *ast.LiteralNode:
		n.text = v.Value.Value
	default:
		n.text = from.GetToken().Value
	}
	b.doc.at[path] = n
	return n
}

// glued returns the plain word that a list item such as team:IT is. Inside
// braces the parser below takes it for a mapping; YAML wants a space behind the
// colon for that.
func glued(from ast.Node) (string, bool) {
	v, ok := from.(*ast.MappingValueNode)
	if m, is := from.(*ast.MappingNode); is && len(m.Values) == 1 && !m.IsFlowStyle {
		v, ok = m.Values[0], true
	}
	if !ok {
		return "", false
	}
	value, ok := v.Value.(*ast.StringNode)
	key, colon := v.Key.GetToken(), v.Start
	if !ok || colon == nil || key.Type != token.StringType || value.Token.Type != token.StringType {
		return "", false
	}
	k, c, w := key.Position, colon.Position, value.Token.Position
	if k.Line != w.Line || c.Column != k.Column+utf8.RuneCountInString(key.Value) || w.Column != c.Column+1 {
		return "", false
	}
	return key.Value + ":" + value.Value, true
}

func (b *builder) mapping(n *node, values []*ast.MappingValueNode) {
	for _, v := range values {
		at := place(v.Key)
		key := v.Key.GetToken().Value
		if i := indexKey(n.keys, key); i >= 0 {
			b.problem(at, "%q is given twice; it stands on line %d already, keep one of them", key, n.keys[i].at.Line)
			continue
		}
		n.keys = append(n.keys, pair{key, at, b.build(v.Value, join(n.path, key), at)})
	}
}

func (b *builder) sequence(n *node, values []ast.Node) {
	seen := map[string]Pos{}
	for i, v := range values {
		path := n.path + "[" + strconv.Itoa(i) + "]"
		if id, at, ok := identity(v); ok {
			if first, twice := seen[id]; twice {
				b.problem(at, "the id %q is taken on line %d already; give this one its own", id, first.Line)
			} else {
				seen[id], path = at, join(n.path, id)
			}
		}
		n.items = append(n.items, b.build(v, path, place(v)))
	}
	for _, item := range n.items {
		item.at = item.value
	}
}

// identity returns the id of a list item that has one; its path is made of it.
func identity(n ast.Node) (string, Pos, bool) {
	var values []*ast.MappingValueNode
	switch v := n.(type) {
	case *ast.MappingNode:
		values = v.Values
	case *ast.MappingValueNode:
		values = []*ast.MappingValueNode{v}
	}
	for _, v := range values {
		if s, ok := v.Value.(*ast.StringNode); ok && v.Key.GetToken().Value == "id" {
			return s.Value, place(v.Key), true
		}
	}
	return "", Pos{}, false
}

func indexKey(keys []pair, key string) int {
	for i := range keys {
		if keys[i].key == key {
			return i
		}
	}
	return -1
}

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

package strict

import (
	"encoding"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// Decode fills the struct that into points to and returns every fault found, in
// the order of the file. What is faulty keeps its zero value, so that checks may
// go on with the rest.
func (d *Document) Decode(into any) []Problem {
	dec := decoder{doc: d}
	dec.value(d.root, reflect.ValueOf(into).Elem())
	return Sort(dec.problems)
}

type decoder struct {
	doc      *Document
	problems []Problem
}

func (d *decoder) problem(at Pos, format string, args ...any) {
	d.problems = append(d.problems, Problem{File: d.doc.file, Pos: at, Text: fmt.Sprintf(format, args...)})
}

func (d *decoder) value(n *node, v reflect.Value) {
	if v.Kind() == reflect.Pointer {
		v.Set(reflect.New(v.Type().Elem()))
		d.value(n, v.Elem())
		return
	}
	if n.kind == scalar {
		if u, ok := v.Addr().Interface().(encoding.TextUnmarshaler); ok {
			if err := u.UnmarshalText([]byte(n.text)); err != nil {
				d.problem(n.value, "%s: %s", d.called(n), err)
			}
			return
		}
	}
	switch v.Kind() {
	case reflect.Struct:
		d.structure(n, v)
	case reflect.Slice:
		d.slice(n, v)
	default:
		d.basic(n, v)
	}
}

// called is the name under which messages speak of a value.
func (d *decoder) called(n *node) string {
	if n.path == "" {
		return "the file"
	}
	return n.path
}

func (d *decoder) basic(n *node, v reflect.Value) {
	if n.kind != scalar {
		d.problem(n.at, "%s is %s; it should be %s", d.called(n), n.kind, wanted(v.Type()))
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(strings.TrimSpace(n.text))
	case reflect.Bool:
		if n.text != "true" && n.text != "false" {
			d.problem(n.value, "%s is %q; it should be true or false", d.called(n), clip(n.text))
			return
		}
		v.SetBool(n.text == "true")
	case reflect.Int:
		i, err := strconv.Atoi(n.text)
		if err != nil {
			d.problem(n.value, "%s is %q; it should be a whole number", d.called(n), clip(n.text))
			return
		}
		v.SetInt(int64(i))
	}
}

func wanted(t reflect.Type) string {
	switch t.Kind() {
	case reflect.Bool:
		return "true or false"
	case reflect.Int:
		return "a whole number"
	case reflect.Slice:
		return "a list"
	case reflect.Struct:
		return "a mapping of keys"
	}
	return "a single value"
}

func clip(s string) string {
	const most = 60
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}

func (d *decoder) slice(n *node, v reflect.Value) {
	elem := v.Type().Elem()
	switch {
	case n.kind == sequence:
		out := reflect.MakeSlice(v.Type(), len(n.items), len(n.items))
		for i, item := range n.items {
			d.value(item, out.Index(i))
		}
		v.Set(out)
	case n.kind == mapping && keyField(elem) >= 0:
		out := reflect.MakeSlice(v.Type(), len(n.keys), len(n.keys))
		for i, p := range n.keys {
			if p.value.kind != empty {
				d.value(p.value, out.Index(i))
			}
			out.Index(i).Field(keyField(elem)).SetString(p.key)
		}
		v.Set(out)
	case n.kind == scalar && readsText(elem):
		out := reflect.MakeSlice(v.Type(), 1, 1)
		d.value(n, out.Index(0))
		v.Set(out)
	case n.kind == empty:
		d.problem(n.at, "%s has no value; leave the key out, or write []", d.called(n))
	default:
		d.problem(n.at, "%s is %s; it should be %s", d.called(n), n.kind, listOf(elem))
	}
}

func listOf(elem reflect.Type) string {
	if keyField(elem) >= 0 {
		return "a mapping, one key for each entry"
	}
	return "a list"
}

func readsText(t reflect.Type) bool {
	return t.Kind() == reflect.String || reflect.PointerTo(t).Implements(reflect.TypeFor[encoding.TextUnmarshaler]())
}

// field is what a yaml tag says of a struct field.
type field struct {
	name     string
	required bool
	key      bool
	list     bool
	index    int
}

func fields(t reflect.Type) []field {
	out := make([]field, 0, t.NumField())
	for i := range t.NumField() {
		tag, ok := t.Field(i).Tag.Lookup("yaml")
		if !ok || tag == "-" {
			continue
		}
		parts := strings.Split(tag, ",")
		out = append(out, field{
			name: parts[0], index: i,
			required: slices.Contains(parts[1:], "required"),
			key:      slices.Contains(parts[1:], "key"),
			list:     slices.Contains(parts[1:], "list"),
		})
	}
	return out
}

func keyField(t reflect.Type) int {
	if t.Kind() != reflect.Struct {
		return -1
	}
	for _, f := range fields(t) {
		if f.key {
			return f.index
		}
	}
	return -1
}

func (d *decoder) structure(n *node, v reflect.Value) {
	fs := fields(v.Type())
	if n.kind == sequence {
		if i := slices.IndexFunc(fs, func(f field) bool { return f.list }); i >= 0 {
			d.value(n, v.Field(fs[i].index))
			return
		}
	}
	if n.kind != mapping {
		d.problem(n.at, "%s is %s; it should be a mapping with the keys %s", d.called(n), n.kind, strings.Join(names(fs), ", "))
		return
	}
	for _, p := range n.keys {
		i := slices.IndexFunc(fs, func(f field) bool { return f.name != "" && f.name == p.key })
		switch {
		case i < 0:
			d.problem(p.at, "unknown key %q in %s; %s", clip(p.key), d.called(n), Meant(p.key, names(fs)))
		case p.value.kind == empty:
			d.problem(p.at, "%s has no value; give it one or leave the key out", d.called(p.value))
		default:
			d.value(p.value, v.Field(fs[i].index))
		}
	}
	for _, f := range fs {
		if f.required && indexKey(n.keys, f.name) < 0 {
			d.problem(n.at, "%s lacks the key %q", d.called(n), f.name)
		}
	}
}

func names(fs []field) []string {
	var out []string
	for _, f := range fs {
		if f.name != "" {
			out = append(out, f.name)
		}
	}
	return out
}

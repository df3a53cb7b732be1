package main

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// buildSprite makes one SVG file with a symbol per icon: our name is the id,
// the drawing is the set's.
func buildSprite(list, dir string) ([]byte, error) {
	raw, err := os.ReadFile(list)
	if err != nil {
		return nil, err
	}
	var icons map[string]string
	if err := json.Unmarshal(raw, &icons); err != nil {
		return nil, fmt.Errorf("%s: %w", list, err)
	}
	names := make([]string, 0, len(icons))
	for name := range icons {
		names = append(names, name)
	}
	slices.Sort(names)
	var b bytes.Buffer
	b.WriteString(`<svg xmlns="http://www.w3.org/2000/svg">`)
	for _, name := range names {
		src, err := os.ReadFile(filepath.Join(dir, icons[name]+".svg"))
		if err != nil {
			return nil, fmt.Errorf("%s: icon %q is not in the set: %w", list, name, err)
		}
		inner, err := innerXML(src)
		if err != nil {
			return nil, fmt.Errorf("icon %q: %w", icons[name], err)
		}
		fmt.Fprintf(&b, `<symbol id="%s" viewBox="0 0 24 24">%s</symbol>`, name, inner)
	}
	b.WriteString(`</svg>`)
	return b.Bytes(), nil
}

// innerXML returns what stands inside the outer svg element, on one line.
func innerXML(src []byte) (string, error) {
	var doc struct {
		Inner string `xml:",innerxml"`
	}
	if err := xml.Unmarshal(src, &doc); err != nil {
		return "", err
	}
	return strings.Join(strings.Fields(doc.Inner), " "), nil
}

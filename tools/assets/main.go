package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
)

// budgets are the sizes, gzipped, that a first visit may cost (docs: page
// weight). Going over one is a decision, not an accident, so it stops the build.
func budgets() map[string]int {
	return map[string]int{"app.css": 25_000, "app.js": 30_000, "icons.svg": 12_000}
}

func main() {
	var in input
	var out string
	flag.StringVar(&in.ui, "ui", "", "folder with styles/app.css and scripts/app.ts")
	flag.StringVar(&in.npm, "npm", "", "node_modules folder with htmx.org and lucide-static")
	flag.StringVar(&in.icons, "icons", "", "JSON file: our icon name to the set's icon name")
	flag.StringVar(&out, "out", "", "folder to write to")
	flag.Parse()
	if err := run(in, out); err != nil {
		fmt.Fprintln(os.Stderr, "assets:", err)
		os.Exit(1)
	}
}

// input says where the sources lie.
type input struct{ ui, npm, icons string }

func run(in input, out string) error {
	if in.ui == "" || in.npm == "" || in.icons == "" || out == "" {
		return errors.New("give all of -ui, -npm, -icons and -out; kernel/web/assets/build.sh does")
	}
	files, err := bundle(in)
	if err != nil {
		return err
	}
	sprite, err := buildSprite(in.icons, filepath.Join(in.npm, "lucide-static", "icons"))
	if err != nil {
		return err
	}
	files["icons.svg"] = sprite
	if err := images(filepath.Join(in.ui, "images"), files); err != nil {
		return err
	}
	sizes, err := writeAll(out, files)
	if err != nil {
		return err
	}
	return report(sizes)
}

// images adds the files that are served as they are.
func images(dir string, files map[string][]byte) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		content, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			return err
		}
		files[e.Name()] = content
	}
	return nil
}

// report prints one line per asset and fails when one is over its budget.
func report(sizes map[string]size) error {
	names := make([]string, 0, len(sizes))
	for name := range sizes {
		names = append(names, name)
	}
	slices.Sort(names)
	var over []error
	for _, name := range names {
		s := sizes[name]
		fmt.Printf("%-10s %7d bytes, %6d gzipped, %6d brotli\n", name, s.plain, s.gzip, s.brotli)
		if limit, ok := budgets()[name]; ok && s.gzip > limit {
			over = append(over, fmt.Errorf("%s is %d bytes gzipped, its budget is %d: take something out or argue for more in tools/assets/main.go", name, s.gzip, limit))
		}
	}
	return errors.Join(over...)
}

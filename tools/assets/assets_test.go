package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestTheNameChangesWithTheContent(t *testing.T) {
	t.Parallel()
	a, b := hashedName("app.css", []byte("a")), hashedName("app.css", []byte("b"))
	if a == b || !strings.HasPrefix(a, "app-") || !strings.HasSuffix(a, ".css") {
		t.Errorf("hashedName gives %q and %q", a, b)
	}
}

func TestAnIconThatTheSetLacksFailsTheBuild(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	list := filepath.Join(dir, "icons.json")
	write(t, list, `{"alert":"bell","gone":"no-such"}`)
	write(t, filepath.Join(dir, "bell.svg"), `<svg viewBox="0 0 24 24"><path d="M1 1"/></svg>`)
	if _, err := buildSprite(list, dir); err == nil || !strings.Contains(err.Error(), `"gone"`) {
		t.Errorf("error is %v, want one that names the icon", err)
	}
}

func TestTheSpriteHoldsTheDrawingUnderOurName(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	list := filepath.Join(dir, "icons.json")
	write(t, list, `{"alert":"bell"}`)
	write(t, filepath.Join(dir, "bell.svg"), "<!-- licence -->\n<svg\n  viewBox=\"0 0 24 24\">\n  <path d=\"M1 1\" />\n</svg>")
	got, err := buildSprite(list, dir)
	if err != nil {
		t.Fatal(err)
	}
	want := `<svg xmlns="http://www.w3.org/2000/svg"><symbol id="alert" viewBox="0 0 24 24"><path d="M1 1" /></symbol></svg>`
	if string(got) != want {
		t.Errorf("sprite is\n%s\nwant\n%s", got, want)
	}
}

func TestWritingEmptiesTheFolderButForGitkeep(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write(t, filepath.Join(dir, ".gitkeep"), "")
	write(t, filepath.Join(dir, "app-old.css"), "old")
	if _, err := writeAll(dir, map[string][]byte{"app.css": []byte("new")}); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(dir, "app-old.css")); !os.IsNotExist(err) {
		t.Error("an old asset is left, so it would be embedded")
	}
	if _, err := os.Stat(filepath.Join(dir, ".gitkeep")); err != nil {
		t.Error(".gitkeep is gone, so a clean clone would not build")
	}
}

func TestAnAssetOverItsBudgetFailsTheBuild(t *testing.T) {
	t.Parallel()
	if err := report(map[string]size{"app.css": {gzip: 25_001}}); err == nil || !strings.Contains(err.Error(), "budget") {
		t.Errorf("error is %v, want one about the budget", err)
	}
	if err := report(map[string]size{"app.css": {gzip: 25_000}}); err != nil {
		t.Errorf("at its budget: %v", err)
	}
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

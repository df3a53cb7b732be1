package notices_test

import (
	"io/fs"
	"slices"
	"testing"

	"heed/notices"
)

func TestEveryNoticeHasItsOverlay(t *testing.T) {
	t.Parallel()
	demo, err := notices.Demo()
	if err != nil {
		t.Fatal(err)
	}
	names := func(fsys fs.FS) []string {
		list, err := fs.Glob(fsys, "*.yaml")
		if err != nil {
			t.Fatal(err)
		}
		return list
	}
	files := names(notices.Files())
	if len(files) != 5 {
		t.Errorf("%d notices, want 5", len(files))
	}
	if overlays := names(demo); !slices.Equal(files, overlays) {
		t.Errorf("notices %v, overlays %v; want one for each", files, overlays)
	}
}

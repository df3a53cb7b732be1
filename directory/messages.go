package directory

import (
	"embed"

	"heed/kernel/i18n"
)

//go:embed messages
var sayings embed.FS

// Catalogue is what this slice says.
func Catalogue() i18n.Catalogue { return i18n.Catalogue{Slice: "directory", Files: sayings} }

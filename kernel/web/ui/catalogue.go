package ui

import (
	"embed"

	"heed/kernel/i18n"
)

//go:embed messages
var messages embed.FS

// Catalogue is what the components say by themselves.
func Catalogue() i18n.Catalogue { return i18n.Catalogue{Slice: "ui", Files: messages} }

package operate

import (
	"embed"

	"heed/kernel/i18n"
)

//go:embed messages
var words embed.FS

// Catalogue is what this room says. It speaks English only: requesters do not
// come here.
func Catalogue() i18n.Catalogue { return i18n.Catalogue{Slice: "operate", Files: words} }

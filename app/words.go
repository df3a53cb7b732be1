package app

import (
	"log/slog"

	"heed/app/operate"
	"heed/directory"
	"heed/kernel/i18n"
	"heed/kernel/web/ui"
	"heed/mail"
	"heed/privacy"
	"heed/ticket"
)

// Catalogues is everything the product says.
func Catalogues() []i18n.Catalogue {
	return []i18n.Catalogue{ui.Catalogue(), directory.Catalogue(), ticket.Catalogue(), mail.Catalogue(), privacy.Catalogue(), operate.Catalogue()}
}

// bundle reads the catalogues. What a language lacks is said in English and
// logged once a use, by key, so that it can be mended.
func bundle(log *slog.Logger) (*i18n.Bundle, error) {
	return i18n.NewBundle(func(lang, key string) { log.Debug("a sentence is missing", "lang", lang, "key", key) }, Catalogues()...)
}

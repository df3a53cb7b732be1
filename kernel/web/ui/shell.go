package ui

import "heed/kernel/web/assets"

// htmxConfig keeps the library to what the content policy allows: no style
// element of its own, no history of page contents (they hold personal data),
// requests to our own origin only.
const htmxConfig = `{"includeIndicatorCSS":false,"history":false,"mode":"same-origin","defaultTimeout":15000}`

func stylesheet() string { return assets.Path("app.css") }
func script() string     { return assets.Path("app.js") }
func icon() string       { return assets.Path("favicon.svg") }

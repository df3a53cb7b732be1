// Package assets serves the stylesheet, the script and the icons, built by
// build.sh in this folder and embedded in the binary.
//
// Words: an asset's name is what a template says ("app.css"); its public name
// carries a hash of its content ("app-1a2b3c4d.css"); the manifest maps one to
// the other.
//
// Invariants: a public name never changes its content, so it is served as
// immutable; only names in the manifest are served, so no path of a request
// ever reaches a file system; a binary built without assets still starts and
// says what to run.
//
// The sources of styles and scripts live in kernel/web/ui, the bundler in
// tools/assets.
package assets

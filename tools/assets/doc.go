// Command assets turns our styles, scripts and the chosen icons into the few
// files a browser fetches: one stylesheet, one script, one sprite of icons.
//
// Words: an asset is one of those files; its public name carries a hash of its
// content (app-1a2b3c4d.css), so that it may be cached for ever; the manifest
// (manifest.json) maps the plain name to the public one.
//
// Invariants: the output depends on the input alone, so two builds of one tree
// give the same bytes; the output folder holds only what the manifest names,
// each also as .gz and .br; a file above its budget fails the build.
//
// What serves the files lives in kernel/web/assets; the sources live in
// kernel/web/ui. This command has its own module so that nothing it needs
// becomes a dependency of the product.
package main

#!/bin/sh
# Makes everything that pages need and that is not written by hand: npm packages
# (locked, no install scripts), bundles in dist/, Go code from the templates.
# Does nothing that is already done, so it may run before every build.
#
# Needs: go, node with npm. Safe to run again after an interrupted run.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)

for tool in go npm; do
    command -v "$tool" >/dev/null || { echo "build.sh: $tool is not installed; pages cannot be built without it" >&2; exit 1; }
done

# npm writes node_modules/.package-lock.json last, so its age says whether the
# installed packages are those of the lock file.
if [ ! "$here/node_modules/.package-lock.json" -nt "$here/package-lock.json" ]; then
    (cd "$here" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error)
    touch "$here/node_modules/.package-lock.json"
fi

# The templates of all slices; templ itself skips what has not changed.
(cd "$root" && go tool -modfile=tools/go.mod templ generate -lazy -log-level error)

# The bundles, when any source is newer than the manifest.
manifest="$here/dist/manifest.json"
if [ ! -f "$manifest" ] || [ -n "$(find "$root/kernel/web/ui/styles" "$root/kernel/web/ui/scripts" "$root/kernel/web/ui/images" \
    "$here/icons.json" "$here/package-lock.json" "$root/tools/assets" -newer "$manifest" -type f -print | head -n 1)" ]; then
    (cd "$root/tools" && go run ./assets -ui "$root/kernel/web/ui" -npm "$here/node_modules" \
        -icons "$here/icons.json" -out "$here/dist")
fi

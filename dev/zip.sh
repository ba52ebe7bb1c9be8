#!/usr/bin/env bash
# dist/wangge.zip: what git has committed, less what .gitattributes leaves out, plus the built .qm.
set -euo pipefail
cd "$(dirname "$0")/.."
mkdir -p dist
rm -f dist/wangge.zip
git archive --format=zip --prefix=wangge/ -o dist/wangge.zip HEAD
staging=$(mktemp -d)
trap 'rm -rf "$staging"' EXIT
mkdir -p "$staging/wangge/resources/i18n"
cp resources/i18n/*.qm "$staging/wangge/resources/i18n/"
(cd "$staging" && zip -q -r "$OLDPWD/dist/wangge.zip" wangge)
echo "dist/wangge.zip ($(du -h dist/wangge.zip | cut -f1))"

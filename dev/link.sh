#!/usr/bin/env bash
# Link this checkout into the user's own QGIS profile.
set -euo pipefail
cd "$(dirname "$0")/.."
case "$(uname -s)" in
  Darwin) base="$HOME/Library/Application Support/QGIS/QGIS3" ;;
  *)      base="${XDG_DATA_HOME:-$HOME/.local/share}/QGIS/QGIS3" ;;
esac
plugins="$base/profiles/${QGIS_PROFILE:-default}/python/plugins"
mkdir -p "$plugins"
if [ -e "$plugins/wangge" ] && [ ! -L "$plugins/wangge" ]; then
  echo "$plugins/wangge is there already and is no link. Remove the installed plugin in QGIS first." >&2
  exit 1
fi
ln -sfn "$PWD" "$plugins/wangge"
echo "linked: $plugins/wangge -> $PWD. Enable Wangge in QGIS's plugin manager."

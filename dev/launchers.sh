#!/usr/bin/env bash
# Launchers: the real programs, with this checkout's plugin linked and enabled in a private profile.
set -euo pipefail
cd "$(dirname "$0")/.."
ROOT=$PWD
PROFILE=$ROOT/.profile/profiles/default
mkdir -p "$PROFILE/python/plugins" "$PROFILE/QGIS" .dev
ln -sfn "$ROOT" "$PROFILE/python/plugins/wangge"
ln -sfn "$ROOT" .dev/wangge
INI=$PROFILE/QGIS/QGIS3.ini
if ! grep -q '^wangge=true' "$INI" 2>/dev/null; then
  printf '[PythonPlugins]\nwangge=true\nprocessing=true\n\n[plugins]\ncheckOnStart=false\n\n[qgis]\ncheckVersion=false\n' >> "$INI"
fi
for program in qgis_process qgis; do
  real=/usr/bin/$program
  [ "$program" = qgis ] && options="--nologo --profiles-path '$ROOT/.profile'" || options=""
  cat > .venv/bin/$program <<LAUNCH
#!/usr/bin/env bash
# Made by dev/launchers.sh.
export PYTHONPATH="$ROOT/.venv/lib/python$(/usr/bin/python3 -c 'import sys; print("%d.%d" % sys.version_info[:2])')/site-packages\${PYTHONPATH:+:\$PYTHONPATH}"
export QGIS_CUSTOM_CONFIG_PATH="$ROOT/.profile"
[ -n "\${DISPLAY:-}\${WAYLAND_DISPLAY:-}" ] && [ "$program" = qgis ] || export QT_QPA_PLATFORM="\${QT_QPA_PLATFORM:-offscreen}"
exec $real $options "\$@"
LAUNCH
  chmod +x .venv/bin/$program
done

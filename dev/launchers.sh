#!/usr/bin/env bash
# Launchers: the real programs, with this checkout's plugin linked and enabled in private profiles
# (one for the desktop, one for headless runs, so that neither disturbs the other).
set -euo pipefail
cd "$(dirname "$0")/.."
ROOT=$PWD
SITE=$ROOT/.venv/lib/python$(/usr/bin/python3 -c 'import sys; print("%d.%d" % sys.version_info[:2])')/site-packages
mkdir -p .dev
ln -sfn "$ROOT" .dev/wangge
for program in qgis_process qgis; do
  base=$ROOT/.profile/$program
  profile=$base/profiles/default
  mkdir -p "$profile/python/plugins" "$profile/QGIS"
  ln -sfn "$ROOT" "$profile/python/plugins/wangge"
  if [ "$program" = qgis ]; then
    start="exec /usr/bin/qgis --nologo --profiles-path '$base' \"\$@\""
  else
    start="export QGIS_CUSTOM_CONFIG_PATH='$base' QT_QPA_PLATFORM=\"\${QT_QPA_PLATFORM:-offscreen}\"
exec /usr/bin/qgis_process \"\$@\""
  fi
  cat > .venv/bin/$program <<LAUNCH
#!/usr/bin/env bash
# Made by dev/launchers.sh.
export PYTHONPATH="$SITE\${PYTHONPATH:+:\$PYTHONPATH}"
ini='$profile/QGIS/QGIS3.ini'
# QGIS switches a plugin off when a start was interrupted; here it is always on.
if ! grep -qs '^wangge=true' "\$ini" || grep -qs 'watchDogTimestamp.*wangge' "\$ini"; then
  if grep -qs '^\[PythonPlugins\]' "\$ini"; then
    sed -i -e '/^wangge=/d' -e '/^processing=/d' -e '/watchDogTimestamp/d' \\
        -e 's/^\[PythonPlugins\]/&\nwangge=true\nprocessing=true/' "\$ini"
  else
    printf '[PythonPlugins]\nwangge=true\nprocessing=true\n\n[plugins]\ncheckOnStart=false\n\n[qgis]\ncheckVersion=false\n\n' >> "\$ini"
  fi
fi
$start
LAUNCH
  chmod +x .venv/bin/$program
done

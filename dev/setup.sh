#!/usr/bin/env bash
# Everything `make demo` and `make test` need on a fresh Debian 12 or 13 machine.
# Idempotent: what is already there is skipped, and said so.
set -euo pipefail
cd "$(dirname "$0")/.."
ROOT=$PWD

say()  { printf '\033[1m[setup]\033[0m %s\n' "$*"; }
stop() { printf '[setup] Cannot go on: %s\n' "$*" >&2; exit 1; }

[ -r /etc/os-release ] || stop "this is not a Debian system (no /etc/os-release). Install QGIS 3.40+, PostgreSQL with PostGIS and Xvfb yourself."
. /etc/os-release
CODENAME=${VERSION_CODENAME:-}

# name of the package -> what it is for
PACKAGES=(
  qgis python3-qgis            # the real desktop and its Python
  python3-gdal gdal-bin        # Arrow reading; ogr2ogr is the peer in the benchmarks
  python3-scipy python3-psycopg2
  python3-venv python3-pip
  libgeos-dev python3-dev g++ pkg-config  # Shapely is built on QGIS's own GEOS, see dev/requirements.txt
  postgresql postgresql-contrib postgresql-postgis
  xvfb xauth dbus fonts-noto-cjk xdotool
  qttools5-dev-tools           # lrelease
  qttranslations5-l10n         # Qt's own words in Chinese: "Save", "Cancel"
  poppler-utils                # the tests read the atlas back from its PDF
  git zip
)

# Debian 12's own Shapely is 1.8; from Debian 13 on it is a 2 on QGIS's GEOS.
[ "$CODENAME" = bookworm ] || PACKAGES+=(python3-shapely)

is_installed() { dpkg-query -W -f='${Status}' "$1" 2>/dev/null | grep -q 'install ok installed'; }

missing=()
for p in "${PACKAGES[@]}"; do is_installed "$p" || missing+=("$p"); done
qgis_version() { dpkg-query -W -f='${Version}' qgis 2>/dev/null | sed 's/^[0-9]*://'; }
qgis_too_old() { is_installed qgis && dpkg --compare-versions "$(qgis_version)" lt 3.40; }

# Debian 12 carries 3.22 in main; 3.40 comes from its backports, added beside the system's own sources.
add_backports() {
  local list=/etc/apt/sources.list.d/wangge-backports.list uri
  apt-cache policy 2>/dev/null | grep -q "$CODENAME-backports" && return 0
  uri=$(apt-get indextargets --format '$(REPO_URI) $(RELEASE)' 2>/dev/null \
        | awk -v c="$CODENAME" '$2==c || $2=="stable" || $2=="oldstable" {print $1; exit}')
  [ -n "$uri" ] || uri=$(apt-get indextargets --format '$(REPO_URI)' 2>/dev/null | grep -v security | head -n 1)
  [ -n "$uri" ] || stop "the system's package sources name no Debian mirror; add $CODENAME-backports to them and run again."
  local signed=""
  [ -r /usr/share/keyrings/debian-archive-keyring.gpg ] && signed=" [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg]"
  say "adding $CODENAME-backports (QGIS 3.40) beside the system's own package sources"
  printf 'deb%s %s %s-backports main\n' "$signed" "$uri" "$CODENAME" > "$list"
}

if [ ${#missing[@]} -gt 0 ] || qgis_too_old; then
  [ "$(id -u)" = 0 ] || stop "these packages are missing: ${missing[*]:-a newer qgis}. Installing them needs root; run 'sudo make setup' once."
  command -v apt-get >/dev/null || stop "this system has no apt-get. Install these yourself: ${missing[*]}."
  say "installing: ${missing[*]:-a newer qgis}"
  export DEBIAN_FRONTEND=noninteractive
  target=()
  case "$CODENAME" in
    bookworm) apt-get update -qq || stop "the package lists could not be fetched; is there a network?"
              add_backports; target=(-t bookworm-backports) ;;
    *) ;;
  esac
  apt-get update -qq || stop "the package lists could not be fetched; is there a network?"
  # PostgreSQL comes from the release itself, QGIS from backports where needed.
  others=(); qgis=()
  for p in "${missing[@]}"; do case $p in qgis|python3-qgis) qgis+=("$p");; *) others+=("$p");; esac; done
  qgis_too_old && qgis=(qgis python3-qgis)
  if [ ${#others[@]} -gt 0 ]; then
    apt-get install -y -qq --no-install-recommends "${others[@]}" >/tmp/wangge-apt.log 2>&1 \
      || { tail -n 20 /tmp/wangge-apt.log >&2; stop "apt-get could not install ${others[*]} (see /tmp/wangge-apt.log)."; }
  fi
  if [ ${#qgis[@]} -gt 0 ]; then
    apt-get install -y -qq --no-install-recommends "${target[@]}" "${qgis[@]}" >>/tmp/wangge-apt.log 2>&1 \
      || { tail -n 20 /tmp/wangge-apt.log >&2; stop "apt-get could not install QGIS (see /tmp/wangge-apt.log)."; }
  fi
else
  say "system packages: all there (QGIS $(qgis_version))"
fi

# The virtual environment lives on QGIS's own interpreter: GDAL's and QGIS's modules must be importable in it.
if [ ! -x .venv/bin/python ]; then
  say "creating .venv on $(/usr/bin/python3 --version)"
  /usr/bin/python3 -m venv --system-site-packages .venv || stop "the virtual environment could not be made in $ROOT/.venv."
fi
stamp=.venv/.requirements
if ! cmp -s dev/requirements.txt "$stamp"; then
  say "installing Python packages (dev/requirements.txt)"
  .venv/bin/python -m pip install -q --disable-pip-version-check -r dev/requirements.txt \
    || stop "pip could not install the Python packages; is there a network?"
  cp dev/requirements.txt "$stamp"
else
  say "Python packages: all there"
fi

bash dev/launchers.sh
make -s translations
say "ready: .venv/bin/qgis_process and .venv/bin/qgis run QGIS with this checkout's plugin"

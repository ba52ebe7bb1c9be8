#!/usr/bin/env bash
# The QGIS tests on Debian 13's QGIS (3.44 from its backports where it is offered), in a folder
# of its own: .matrix/trixie. The first run installs a Debian there; later ones use it again.
#   make test-matrix [PYTEST_ARGS="tests/layers"]
# Ends with 75 where a second Debian cannot be had (no root, no mirror, no mounts): nothing was
# tested then. Any other failure is one of set-up or tests.
set -euo pipefail
cd "$(dirname "$0")/.."
ROOT=$PWD
HOST=$ROOT/.matrix/trixie
SUITE=trixie
# The cities of real size say nothing more of another QGIS.
TESTS=${*:-tests/layers tests/algorithms tests/forms tests/desktop --ignore=tests/algorithms/cities}

say()    { printf '\033[1m[matrix]\033[0m %s\n' "$*"; }
cannot() { printf '[matrix] Cannot go on: %s\n' "$*" >&2; exit 75; }

[ "$(id -u)" = 0 ] || cannot "a second Debian in a folder needs root; run 'sudo make test-matrix'."
command -v apt-get >/dev/null || cannot "this system has no apt-get to take a Debian mirror from."

# The mirror is the one this system already uses.
mirror() {
  apt-get indextargets --format '$(REPO_URI)' 2>/dev/null | grep -v security | head -n 1
}

within() { # chroot with a clean environment, and the host's way through a proxy
  chroot "$HOST" /usr/bin/env -i HOME=/root PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
    LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive \
    ${WANGGE_PATIENCE:+WANGGE_PATIENCE=$WANGGE_PATIENCE} \
    ${http_proxy:+http_proxy=$http_proxy} ${https_proxy:+https_proxy=$https_proxy} "$@"
}

mkdir -p .matrix
if [ ! -e "$HOST/.installed" ]; then
  command -v debootstrap >/dev/null || { say "installing debootstrap"; apt-get install -y -qq debootstrap >/dev/null 2>&1; } \
    || cannot "debootstrap could not be installed."
  uri=$(mirror); [ -n "$uri" ] || cannot "the system's package sources name no Debian mirror."
  say "installing Debian 13 into .matrix/trixie (once)"
  rm -rf --one-file-system "$HOST" # what an earlier attempt left half done
  mkdir -p "$HOST/etc/dpkg/dpkg.cfg.d"
  # Nobody reads manuals there, and a power cut costs nothing but another installation.
  printf '%s\n' force-unsafe-io path-exclude=/usr/share/doc/* path-exclude=/usr/share/man/* \
    path-exclude=/usr/share/locale/* > "$HOST/etc/dpkg/dpkg.cfg.d/wangge"
  timeout 1200 debootstrap --variant=minbase --include=ca-certificates "$SUITE" "$HOST" "$uri" > .matrix/debootstrap.log 2>&1 \
    || { tail -n 5 .matrix/debootstrap.log >&2; cannot "debootstrap failed (see .matrix/debootstrap.log)."; }
  printf 'deb %s %s main\ndeb %s %s-backports main\n' "$uri" "$SUITE" "$uri" "$SUITE" > "$HOST/etc/apt/sources.list"
  touch "$HOST/.installed"
fi
# The way to the mirror (proxy, certificates) is the host's.
cp -f /etc/resolv.conf "$HOST/etc/resolv.conf"
cp -f /etc/apt/apt.conf.d/*proxy* "$HOST/etc/apt/apt.conf.d/" 2>/dev/null || true
[ -f /etc/pip.conf ] && cp -f /etc/pip.conf "$HOST/etc/pip.conf"
cp -rf /usr/local/share/ca-certificates/. "$HOST/usr/local/share/ca-certificates/" 2>/dev/null || true

bound=()
unbind() { for m in "${bound[@]}"; do umount -l "$m" || true; done; }
trap unbind EXIT
bind() {
  mkdir -p "$2"
  mount --bind "$1" "$2" || cannot "$1 could not be mounted in .matrix/trixie."
  bound=("$2" "${bound[@]}")
}
bind /proc "$HOST/proc"
bind /dev "$HOST/dev"
bind /sys "$HOST/sys"

# QGIS first and from backports, so that set-up finds it and takes no older one.
if ! within dpkg-query -W -f='${Version}' qgis 2>/dev/null | grep -q '^3\.44\|^3\.4[5-9]'; then
  say "installing QGIS"
  within timeout 1500 bash -ec "
    update-ca-certificates >/dev/null 2>&1 || true
    apt-get update -qq
    apt-get install -y -qq --no-install-recommends make git
    apt-get install -y -qq -t $SUITE-backports --no-install-recommends qgis python3-qgis ||
      apt-get install -y -qq --no-install-recommends qgis python3-qgis
  " > .matrix/qgis.log 2>&1 || { tail -n 5 .matrix/qgis.log >&2; cannot "QGIS could not be installed (see .matrix/qgis.log)."; }
fi

# A copy of what git knows, so that the host's .venv and profiles stay its own.
say "copying the checkout"
mkdir -p "$HOST/wangge"
find "$HOST/wangge" -mindepth 1 -maxdepth 1 ! -name .venv ! -name .profile -exec rm -rf {} +
git ls-files -z --cached --others --exclude-standard | tar -c --null -T - | tar -x -C "$HOST/wangge"

say "set-up and tests with $SUITE"
within bash -ec "
  cd /wangge
  git init -q . && git add -A && git -c user.name=matrix -c user.email=matrix@localhost commit -qm copy
  make -s setup
  qgis_process --version | head -n 1
  make -s pytest PYTEST_ARGS='-q $TESTS' && exit 0
  echo '[matrix] Not all passed; what failed runs once more, alone.'
  make -s pytest PYTEST_ARGS='-q --last-failed $TESTS'
"

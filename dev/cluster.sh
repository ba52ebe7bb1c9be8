#!/usr/bin/env bash
# A private PostgreSQL cluster with PostGIS in a folder, for the demo, the tests and the benchmarks.
#
#   dev/cluster.sh start FOLDER     create it when missing, start it, print its URL
#   dev/cluster.sh stop FOLDER      stop it (no harm when it is not running)
#   dev/cluster.sh url FOLDER       URL of its database "wangge" over the Unix socket
#   dev/cluster.sh tcp FOLDER       the same over the loopback port (password in FOLDER/passfile)
#   dev/cluster.sh service FOLDER   path of a pg_service.conf that names it [wangge]
#   dev/cluster.sh destroy FOLDER   stop it and delete its data
#
# The socket lies in a folder only its owner (and root) may enter, so it needs no password;
# the loopback port asks for one.
set -euo pipefail

say()  { printf '[cluster] %s\n' "$*" >&2; }
stop() { printf '[cluster] Cannot go on: %s\n' "$*" >&2; exit 1; }
usage() { sed -n '2,12s/^# \{0,1\}//p' "$0" >&2; exit 2; }

[ $# -eq 2 ] || usage
VERB=$1
mkdir -p "$2" || stop "the folder $2 cannot be made."
FOLDER=$(cd "$2" && pwd -P)

# PostgreSQL refuses to run as root.
RUN=()
OWNER=$(id -un)
if [ "$(id -u)" = 0 ]; then
  OWNER=postgres
  id "$OWNER" >/dev/null 2>&1 || stop "there is no user 'postgres'. Install postgresql (make setup)."
  if command -v runuser >/dev/null; then RUN=(runuser -u "$OWNER" --)
  else RUN=(setpriv --reuid "$OWNER" --regid "$(id -g "$OWNER")" --init-groups --); fi
fi
as_owner() { (cd / && ${RUN[@]+"${RUN[@]}"} "$@"); }

# The newest server that has PostGIS.
BIN=
for control in $(printf '%s\n' /usr/share/postgresql/*/extension/postgis.control | sort -V); do
  version=$(basename "$(dirname "$(dirname "$control")")")
  [ -x "/usr/lib/postgresql/$version/bin/initdb" ] && BIN=/usr/lib/postgresql/$version/bin
done
[ -n "$BIN" ] || stop "no PostgreSQL server with PostGIS was found under /usr/lib/postgresql. Run 'make setup'."

# Data lie in the folder when their owner can reach it, else (a checkout under /root) in /var/tmp.
NAME=wangge-$(printf '%s' "$FOLDER" | cksum | cut -d' ' -f1)
if [ "$(id -u)" != 0 ] || as_owner test -x "$FOLDER"; then
  BASE=$FOLDER
else
  BASE=/var/tmp/$NAME
  [ -d "$BASE/data" ] || say "user '$OWNER' cannot enter $FOLDER; the data go to $BASE."
  mkdir -p "$BASE"
fi
DATA=$BASE/data
LOG=$BASE/log
# A socket's path may have 107 bytes at most.
SOCKET=$BASE/socket
[ ${#SOCKET} -le 80 ] || SOCKET=/tmp/$NAME-socket

# Names under /tmp can be guessed: what somebody else put there is not used.
for place in "$BASE" "$SOCKET"; do
  [ ! -e "$place" ] || [ -O "$place" ] || [ "$(stat -c %U "$place")" = "$OWNER" ] \
    || stop "$place belongs to $(stat -c %U "$place"); remove it or choose another folder."
done

exec 9>"$FOLDER/lock"
flock -w 120 9 || stop "another start or stop of $FOLDER has been running for two minutes."

# The lock is ours alone: a server that inherited it would hold it for ever.
control() { as_owner "$BIN/pg_ctl" -D "$DATA" "$@" 9>&-; }
# A crash or a reboot leaves the old process id behind; another process, or a dead one, may have it.
is_running() {
  local file=$DATA/postmaster.pid
  [ -f "$file" ] && tr '\0' ' ' 2>/dev/null < "/proc/$(head -n 1 "$file")/cmdline" | grep -qF "$DATA"
}
is_free() { ! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }
free_port() {
  local port
  for _ in $(seq 200); do
    port=$((20000 + RANDOM % 12000))
    if is_free "$port"; then echo "$port"; return; fi
  done
  stop "no free loopback port was found."
}
port() { cat "$BASE/port"; }

create() (
  say "creating a cluster in $BASE ($("$BIN/postgres" --version | grep -o '[0-9.]*' | head -n 1))"
  local password
  password=$(od -An -N18 -tx1 /dev/urandom | tr -d ' \n')
  umask 077
  printf '%s\n' "$password" > "$BASE/initial"
  mkdir -p "$DATA.new"
  [ "$(id -u)" != 0 ] || chown "$OWNER:" "$BASE/initial" "$DATA.new"
  as_owner "$BIN/initdb" -D "$DATA.new" -U postgres --encoding=UTF8 --locale=C.UTF-8 \
    --auth-local=trust --auth-host=scram-sha-256 --pwfile="$BASE/initial" >"$BASE/initdb.log" 2>&1 9>&- \
    || { tail -n 5 "$BASE/initdb.log" >&2; rm -rf "$DATA.new"; stop "initdb failed (see $BASE/initdb.log)."; }
  printf "include_if_exists 'wangge.conf'\n" | as_owner tee -a "$DATA.new/postgresql.conf" >/dev/null
  printf '127.0.0.1:*:*:postgres:%s\n' "$password" > "$FOLDER/passfile"
  rm -f "$BASE/initial"
  mv "$DATA.new" "$DATA"
)

configure() {
  { [ -f "$BASE/port" ] && is_free "$(port)"; } || free_port > "$BASE/port"
  mkdir -p "$SOCKET"; chmod 700 "$SOCKET"
  [ "$(id -u)" != 0 ] || chown "$OWNER:" "$SOCKET"
  as_owner tee "$DATA/wangge.conf" >/dev/null <<CONF
# Written by dev/cluster.sh at every start.
listen_addresses = '127.0.0.1'
port = $(port)
unix_socket_directories = '$SOCKET'
unix_socket_permissions = 0700
max_connections = 120
shared_buffers = 256MB
maintenance_work_mem = 256MB
max_wal_size = 2GB
timezone = 'UTC'
log_timezone = 'UTC'
lc_messages = 'C'
CONF
  printf '[wangge]\nhost=%s\nport=%s\nuser=postgres\ndbname=wangge\n' "$SOCKET" "$(port)" > "$FOLDER/pg_service.conf"
}

start() {
  [ -f "$DATA/PG_VERSION" ] || { rm -rf "$DATA" "$DATA.new"; create; }
  if ! is_running; then
    rm -f "$DATA/postmaster.pid" "$SOCKET"/.s.PGSQL.*
    configure
    control -w -t 60 -l "$DATA/server.log" start >/dev/null 2>&1 \
      || { tail -n 8 "$DATA/server.log" >&2; stop "the server did not start (see $DATA/server.log)."; }
  fi
  [ "$(psql_admin "SELECT 1 FROM pg_database WHERE datname = 'wangge'")" = 1 ] \
    || psql_admin "CREATE DATABASE wangge TEMPLATE template0 ENCODING 'UTF8'" >/dev/null
}
psql_admin() { "$BIN/psql" -X -q -A -t -h "$SOCKET" -p "$(port)" -U postgres -d postgres -c "$1" 9>&-; }
exists() { [ -f "$BASE/port" ] || stop "there is no cluster in $FOLDER; start it first."; }
url() { echo "postgresql://postgres@/wangge?host=$SOCKET&port=$(port)"; }

case $VERB in
  start) start; url ;;
  stop) if is_running; then control -w -m fast stop >/dev/null; fi ;;
  url) exists; url ;;
  tcp) exists; echo "postgresql://postgres@127.0.0.1:$(port)/wangge?passfile=$FOLDER/passfile" ;;
  service) exists; echo "$FOLDER/pg_service.conf" ;;
  destroy)
    if is_running; then control -w -m immediate stop >/dev/null; fi
    rm -rf "$DATA" "$BASE/port" "$BASE/initdb.log" "$SOCKET" "$FOLDER/passfile" "$FOLDER/pg_service.conf"
    [ "$BASE" = "$FOLDER" ] || rm -rf "$BASE" ;;
  *) usage ;;
esac

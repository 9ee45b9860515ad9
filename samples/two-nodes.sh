#!/usr/bin/env bash
# Two nodes share one PostgreSQL, and both accept and both send. One is killed (SIGKILL) in the middle of its work; the other takes over.
#
#   samples/two-nodes.sh [300]                                                 starts a PostgreSQL of its own; each node accepts 300
#   POSTGRES='Host=localhost;Database=shop;Username=shop' samples/two-nodes.sh   uses yours
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd) each=${1:-300}
PATH=$PATH:$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | tail -n 1)
work=$(mktemp -d) one='' two='' report=''
stop() {
  kill -KILL $one $two $report 2>/dev/null || true
  [ ! -f "$work/data/postmaster.pid" ] || kill -INT "$(head -n 1 "$work/data/postmaster.pid")"
  wait 2>/dev/null || true
  rm -rf "$work"
}
trap stop EXIT

# --- a database and the program ------------------------------------------------------------------------------------

if [ -z "${POSTGRES:-}" ]; then
  as=(); [ "$(id -u)" -ne 0 ] || as=(setpriv --reuid=postgres --regid=postgres --clear-groups) # PostgreSQL does not run as root
  chmod 755 "$work"; mkdir "$work/data"; [ "$(id -u)" -ne 0 ] || chown postgres "$work/data"
  "${as[@]}" initdb -D "$work/data" -U shop --auth=trust --encoding=UTF8 --locale=C.UTF-8 >/dev/null
  until [ -s "$work/data/postmaster.pid" ]; do # another port when this one is taken
    port=$((20000 + RANDOM % 10000))
    "${as[@]}" postgres -D "$work/data" -p $port -k "$work/data" -c listen_addresses=127.0.0.1 >"$work/postgres.out" 2>&1 &
    until psql -h 127.0.0.1 -p $port -U shop -c 'SELECT 1' postgres >/dev/null 2>&1 || ! kill -0 $! 2>/dev/null; do sleep 0.1; done
  done
  POSTGRES="Host=127.0.0.1;Port=$port;Database=postgres;Username=shop"
fi

node=${NODE:-$here/Messaging.Samples.Nodes/bin/Release/net10.0/Messaging.Samples.Nodes.dll}
[ -n "${NODE:-}" ] || dotnet build -c Release -v quiet --nologo "$here/Messaging.Samples.Nodes" >/dev/null
start=(dotnet "$node" --postgres "$POSTGRES" --files "$work/sent")
sent() { find "$work/sent/$1" -name '*.eml' 2>/dev/null | wc -l; }

# --- two nodes; one dies -------------------------------------------------------------------------------------------

"${start[@]}" --name one --accept "$each" >"$work/one.log" & one=$!
"${start[@]}" --name two --accept "$each" >"$work/two.log" & two=$!
until [ "$(grep -l accepted "$work"/*.log | wc -l)" = 2 ] && [ "$(sent one)" -ge $((each / 4)) ] && [ "$(sent two)" -gt 0 ]; do
  { kill -0 $one && kill -0 $two; } 2>/dev/null || { echo 'a node ended by itself' >&2; cat "$work"/*.log >&2; exit 1; }
  [ $(($(sent one) + $(sent two))) -lt $((2 * each)) ] || { echo 'all was sent before both nodes had a part of it: let them accept more' >&2; exit 1; }
  sleep 0.05
done
cat "$work/one.log" "$work/two.log"
kill -KILL $one; wait $one 2>/dev/null || true
echo "one is killed; it had sent $(sent one) mails, and two $(sent two)"
"${start[@]}" --report & report=$!; wait $report
kill -TERM $two; wait $two

# --- who sent what -------------------------------------------------------------------------------------------------

echo "one sent $(sent one), two sent $(sent two)"
grep -hi '^Message-ID:' -r "$work/sent" | sort | uniq -d >"$work/twice"
if [ -s "$work/twice" ]; then
  echo "$(wc -l <"$work/twice") came twice, each under one Message-ID: one had sent them and died before it could store that"
else
  echo "each was sent once"
fi

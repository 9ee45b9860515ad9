#!/usr/bin/env bash
# Durable jobs per second on this machine: this suite on its journal and on PostgreSQL, beside BullMQ, pg-boss and graphile-worker.
# Enqueued one by one from 64 callers, in bulk, and drained by a handler that does nothing. Median of RUNS (3), taken in turn; one table at the end.
# Same durability on every row (PostgreSQL with fsync and synchronous_commit, the journal with fsync before the answer), but for Redis with
# appendfsync everysec, which may lose the last second; it stands beside Redis with appendfsync always.
# Needs PostgreSQL, node and npm; installs redis-server when it is missing.   usage: benchmarks/queues.sh [N]
set -euo pipefail
cd "$(dirname "$0")/.."
n=${1:-50000} runs=${RUNS:-3}
PATH=$PATH:/usr/sbin:/sbin:$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | tail -n 1)

command -v redis-server >/dev/null || apt-get install -y -qq --no-install-recommends redis-server >/dev/null
work=$(mktemp -d) pids=()
stop() {
  for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
  [ ! -f "$work/postgres/postmaster.pid" ] || kill -INT "$(head -n 1 "$work/postgres/postmaster.pid")" 2>/dev/null || true
  wait 2>/dev/null || true
  rm -rf "$work"
}
trap stop EXIT
free_port() { node -e 's = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close() })'; }

# --- servers -------------------------------------------------------------------------------------------------------

redis() { # redis <appendfsync>: prints its port
  local port; port=$(free_port)
  mkdir "$work/redis-$1"
  redis-server --port "$port" --bind 127.0.0.1 --dir "$work/redis-$1" --save '' --appendonly yes --appendfsync "$1" >"$work/redis-$1.log" 2>&1 &
  pids+=($!)
  until redis-cli -p "$port" ping >/dev/null 2>&1; do sleep 0.1; done
  redis_port=$port
}

postgres_as=(); [ "$(id -u)" -ne 0 ] || postgres_as=(setpriv --reuid=postgres --regid=postgres --clear-groups) # it does not run as root
postgres() {
  pg_port=$(free_port)
  chmod 755 "$work"; mkdir "$work/postgres"; [ "$(id -u)" -ne 0 ] || chown postgres "$work/postgres"
  "${postgres_as[@]}" initdb -D "$work/postgres" -U postgres --auth=trust --encoding=UTF8 --locale=C.UTF-8 >/dev/null
  "${postgres_as[@]}" postgres -D "$work/postgres" -p "$pg_port" -k "$work/postgres" -c listen_addresses=127.0.0.1 -c fsync=on -c synchronous_commit=on \
    -c max_connections=200 -c shared_buffers=256MB -c max_wal_size=2GB >"$work/postgres.log" 2>&1 &
  until psql -h 127.0.0.1 -p "$pg_port" -U postgres -c 'select 1' >/dev/null 2>&1; do sleep 0.1; done
}
database() { psql -q -h 127.0.0.1 -p "$pg_port" -U postgres -c "create database $1"; }

# --- one measurement each ------------------------------------------------------------------------------------------

field() { sed -n "s/.*\"$1\":\([0-9]*\).*/\1/p" <<<"$2"; }
keep() { echo "$2" >>"$work/$1.rate"; } # keep <row-column> <rate>

peer() { # peer <row> <script> <jobs one by one>: the same number in bulk and drained as ours on PostgreSQL
  local out; out=$(cd benchmarks/peers && node "$2" "$3" "$((n * 8))" | tail -n 1)
  keep "$1-single" "$(field enqueue "$out")"; keep "$1-bulk1000" "$(field enqueueBulk "$out")"; keep "$1-drain" "$(field drain "$out")"
}

ours() { # ours <store> [option value]...
  local store=$1 accepted=$((n * 2)) drained=$((n * 8)); shift
  [ "$store" != journal ] || { accepted=$((n * 20)); drained=$((n * 60)); } # so that it lasts some seconds, too
  local run=(dotnet benchmarks/Messaging.Benchmarks/bin/Release/net10.0/Messaging.Benchmarks.dll scenario)
  keep "$store-single" "$(field perSecond "$("${run[@]}" enqueue --store "$store" --callers 64 --n "$accepted" "$@" | tail -n 1)")"
  keep "$store-one" "$(field perSecond "$("${run[@]}" enqueue --store "$store" --callers 1 --n $((n / 5)) "$@" | tail -n 1)")"
  keep "$store-bulk100" "$(field perSecond "$("${run[@]}" enqueue --store "$store" --callers 1 --batch 100 --n $((n * 8)) "$@" | tail -n 1)")"
  keep "$store-bulk1000" "$(field perSecond "$("${run[@]}" enqueue --store "$store" --callers 1 --batch 1000 --n $((n * 8)) "$@" | tail -n 1)")"
  keep "$store-drain" "$(field perSecond "$("${run[@]}" drain --store "$store" --n "$drained" "$@" | tail -n 1)")"
}

(cd benchmarks/peers && npm install --no-save --no-audit --no-fund --silent)
dotnet build -c Release -v q --nologo benchmarks/Messaging.Benchmarks >/dev/null
postgres; redis everysec; everysec=$redis_port; redis always; always=$redis_port
for run in $(seq "$runs"); do
  echo "run $run of $runs" >&2
  database "boss$run"; database "graphile$run"
  REDIS_PORT=$everysec peer bullmq-everysec bullmq.mjs "$n"
  REDIS_PORT=$always peer bullmq-always bullmq.mjs "$((n / 2))"
  PGURL=postgres://postgres@127.0.0.1:$pg_port/boss$run peer pg-boss pg-boss.mjs "$((n / 2))"
  PGURL=postgres://postgres@127.0.0.1:$pg_port/graphile$run peer graphile graphile-worker.mjs "$((n / 2))"
  ours journal --path "$work/journal"
  ours postgres --connection "Host=127.0.0.1;Port=$pg_port;Username=postgres"
done

# --- the table -----------------------------------------------------------------------------------------------------

median() { [ -f "$work/$1.rate" ] && sort -n "$work/$1.rate" | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }' || echo '-'; }
row() { # row <name> <row>
  printf '| %-46s | %10s | %10s | %10s | %10s | %10s |\n' "$1" "$(median "$2-one")" "$(median "$2-single")" "$(median "$2-bulk100")" "$(median "$2-bulk1000")" "$(median "$2-drain")"
}
printf '\n| %-46s | %10s | %10s | %10s | %10s | %10s |\n' "per second, median of $runs" "1 caller" "64 callers" "bulk 100" "bulk 1000" "drain"
printf '|%s|%s|%s|%s|%s|%s|\n' "$(printf -- '-%.0s' {1..48})" $(for _ in 1 2 3 4 5; do printf -- '-----------: '; done)
row "BullMQ, Redis AOF every second (may lose one)" bullmq-everysec
row "BullMQ, Redis AOF always" bullmq-always
row "pg-boss, PostgreSQL" pg-boss
row "graphile-worker, PostgreSQL" graphile
row "Messaging, journal" journal
row "Messaging, PostgreSQL" postgres

ratio() { # ratio <what> <ours> <theirs> <target>
  printf '%-62s %6s x   (target %s x)\n' "$1" "$(awk "BEGIN { printf \"%.1f\", $(median "$2") / $(median "$3") }")" "$4"
}
best_bulk=$(for peer in bullmq-everysec pg-boss graphile; do echo "$(median $peer-bulk1000) $peer-bulk1000"; done | sort -n | tail -n 1 | cut -d' ' -f2)
echo
ratio "journal, 64 callers / BullMQ one by one" journal-single bullmq-everysec-single 5
ratio "journal, drain / BullMQ" journal-drain bullmq-everysec-drain 5
ratio "PostgreSQL, bulk 100 / best bulk of a peer (${best_bulk%-bulk1000})" postgres-bulk100 "$best_bulk" 0.8
ratio "PostgreSQL, 64 callers / pg-boss one by one" postgres-single pg-boss-single 5
ratio "PostgreSQL, drain / graphile-worker" postgres-drain graphile-drain 1.5

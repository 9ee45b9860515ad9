#!/usr/bin/env bash
# What was acknowledged outlives kill -9: the long form. On the journal and on PostgreSQL, ROUNDS (500) lives of a process that accepts and sends
# end by SIGKILL at a random moment; then every acknowledged number must have arrived, and what came twice must be explained by a death.
# Both stores side by side, since each life mostly waits; 500 rounds take some twenty minutes. Ends with 1 when one of them failed.
# Needs PostgreSQL's binaries.   usage: benchmarks/crash.sh [ROUNDS]
set -euo pipefail
cd "$(dirname "$0")/.."
rounds=${1:-500}
dotnet build -c Release -v q --nologo benchmarks/Messaging.Benchmarks >/dev/null

crash() { dotnet benchmarks/Messaging.Benchmarks/bin/Release/net10.0/Messaging.Benchmarks.dll scenario crash --store "$1" --rounds "$rounds" | tail -n 1; }

crash journal & journal=$!
crash postgres & postgres=$!
failed=0
wait "$journal" || failed=1
wait "$postgres" || failed=1
exit "$failed"

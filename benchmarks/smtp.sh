#!/usr/bin/env bash
# Mails per second into one SMTP sink on this machine: Postfix's own C client, nodemailer's pool, and this suite through its whole
# pipeline (hub, template, MIME). Median of RUNS (3) runs each, taken in turn; one table at the end.
# Needs postfix (for smtp-sink and smtp-source), node and npm.   usage: benchmarks/smtp.sh [N]
set -euo pipefail
cd "$(dirname "$0")/.."
n=${1:-20000} runs=${RUNS:-3} connections=8
port=$(python3 - <<'P' 2>/dev/null || echo 2525
import socket; s = socket.socket(); s.bind(('127.0.0.1', 0)); print(s.getsockname()[1])
P
)
PATH=$PATH:/usr/sbin:/sbin
work=$(mktemp -d)
as_nobody=(); [ "$(id -u)" -ne 0 ] || as_nobody=(-u nobody) # it does not run as root
smtp-sink "${as_nobody[@]}" -c "127.0.0.1:$port" 1000 >/dev/null 2>&1 &
sink=$!
trap 'kill $sink 2>/dev/null || true; rm -rf "$work"' EXIT

(cd benchmarks/peers && npm install --no-save --no-audit --no-fund --silent)
dotnet build -c Release -v q --nologo benchmarks/Messaging.Benchmarks >/dev/null
ours=(dotnet benchmarks/Messaging.Benchmarks/bin/Release/net10.0/Messaging.Benchmarks.dll scenario smtp --url "smtp://127.0.0.1:$port")

per_second() { sed -n 's/.*"perSecond":\([0-9]*\).*/\1/p' | tail -n 1; }
postfix_client() {
  local start end; start=$(date +%s%N)
  smtp-source -d -s $connections -m "$n" -l 10000 -f salon@example.com -t anna@example.com "127.0.0.1:$port"
  end=$(date +%s%N); echo $(( n * 1000000000 / (end - start) ))
}
median() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }

for _ in $(seq "$runs"); do
  postfix_client >> "$work/smtp-source"
  node benchmarks/peers/nodemailer.mjs "$port" "$(( n / 4 ))" $connections | per_second >> "$work/nodemailer"
  "${ours[@]}" --n "$n" --connections $connections | per_second >> "$work/messaging"
  "${ours[@]}" --n "$(( n / 10 ))" --connections $connections --rttMs 20 | per_second >> "$work/messaging-20ms"
  "${ours[@]}" --n "$(( n / 20 ))" --connections $connections --rttMs 20 --pipelining off | per_second >> "$work/waiting-20ms"
done

c=$(median < "$work/smtp-source") node=$(median < "$work/nodemailer") us=$(median < "$work/messaging")
far=$(median < "$work/messaging-20ms") waits=$(median < "$work/waiting-20ms")
printf '\n%-58s %10s\n' "mails per second, $connections connections, median of $runs" ""
printf '%-58s %10s\n' "smtp-source -d (C, ready-made mails)" "$c"
printf '%-58s %10s\n' "nodemailer pool" "$node"
printf '%-58s %10s   %s\n' "Messaging, through the hub" "$us" \
  "$(awk "BEGIN { printf \"%.1f x nodemailer, %.0f %% of smtp-source\", $us / $node, 100 * $us / $c }")"
printf '%-58s %10s\n' "Messaging, 20 ms round trip, a client that awaits each reply" "$waits"
printf '%-58s %10s   %s\n' "Messaging, 20 ms round trip" "$far" "$(awk "BEGIN { printf \"%.1f x\", $far / $waits }")"

#!/usr/bin/env bash
# The one test command: installs the servers that the tests need, builds the solution, runs every test project.
# Ends with the line "N passed, N failed"; the exit code is 0 only when something passed and nothing failed.
#
#   TEST_JOBS=1 ./test.sh                   one test project at a time (the default is two)
#   TEST_FILTER='FullyQualifiedName~Smtp'   only those tests, in the words of `dotnet test --filter`
#   TEST_RESULTS=path                       keep the .trx files there
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")" || exit 1

export PATH="$PATH:/usr/sbin:/sbin" # where Debian keeps mail servers; a plain user's PATH lacks it
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en
readonly configuration=Release
readonly hang_limit=5m # a test that takes longer is a failure with its name, not a stuck run

results=${TEST_RESULTS:-$(mktemp -d)}
mkdir -p "$results" && results=$(cd "$results" && pwd) && rm -f "$results"/*.trx "$results"/*.counts
[ -n "${TEST_RESULTS:-}" ] || trap 'rm -rf "$results"' EXIT

passed=0 failed=0

finish() {
  echo "$passed passed, $failed failed"
  [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
  exit
}

give_up() { # a problem that leaves nothing to run
  echo "error: $1" >&2
  failed=$((failed + 1))
  finish
}

# --- what the tests need -------------------------------------------------------------------------------------------

as_root() { if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo -n "$@"; fi; }

may_be_root() { [ "$(id -u)" -eq 0 ] || sudo -n true 2>/dev/null; }

install_missing() { # install_missing <command> <package>...
  local command=$1; shift
  command -v "$command" >/dev/null && return
  command -v apt-get >/dev/null || give_up "'$command' is missing and there is no apt-get; install: $*"
  may_be_root || give_up "'$command' is missing, and only root may install it: run as root, or have somebody install: $*"
  echo "Installing $*"
  # "No configuration": the tests bring their own; the machine must not become a mail server.
  echo "postfix postfix/main_mailer_type select No configuration" | as_root debconf-set-selections 2>/dev/null
  { as_root apt-get update -qq && as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"; } \
    >"$results/apt.log" 2>&1 </dev/null || { tail -n 20 "$results/apt.log" >&2; give_up "could not install: $*"; }
}

install_oracles() { # independent readers of what the suite writes: SMTP server, MIME parser, DKIM verifier
  local folder=tests/oracles
  [ -f "$folder/package-lock.json" ] || return 0
  [ "$folder/node_modules/.package-lock.json" -nt "$folder/package-lock.json" ] && return
  install_missing npm nodejs npm
  echo "Installing the test oracles"
  (cd "$folder" && npm ci --prefer-offline --no-audit --no-fund --loglevel=error) >"$results/npm.log" 2>&1 </dev/null \
    || { tail -n 20 "$results/npm.log" >&2; give_up "npm ci failed in $folder"; }
}

install_postgres() { # Debian keeps the server's programs out of the PATH
  ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || install_missing initdb postgresql
}

[ "$(id -u)" -eq 0 ] || cat >&2 <<'NOTE'
note: you are not root. Postfix itself runs only as root, so the tests against it will fail; all others run. Be root, as in a container, or
      leave those out:  TEST_FILTER='FullyQualifiedName!~Postfix' ./test.sh
NOTE
command -v dotnet >/dev/null || give_up "the .NET SDK of global.json is needed: https://dot.net"
install_missing smtp-sink postfix
install_missing pgbouncer pgbouncer
install_postgres
install_oracles

# --- build ---------------------------------------------------------------------------------------------------------

echo "Building Messaging.sln ($configuration)"
dotnet build Messaging.sln -c $configuration -v quiet --nologo </dev/null >"$results/build.log" 2>&1 \
  || { cat "$results/build.log" >&2; give_up "the build failed"; }

# --- test ----------------------------------------------------------------------------------------------------------

# Writes <name>.counts with "passed failed"; everything the run printed goes to <name>.log.
run_project() {
  local name=$1 assembly="tests/$1/bin/$configuration/net10.0/$1.dll"
  local start=$SECONDS code=0 ok=0 bad=0 counters
  dotnet test "$assembly" --logger "trx;LogFileName=$name.trx" --results-directory "$results" \
    --blame-hang --blame-hang-timeout $hang_limit --blame-hang-dump-type none \
    ${TEST_FILTER:+--filter "$TEST_FILTER"} </dev/null >"$results/$name.log" 2>&1 || code=$?

  counters=$(grep -o '<Counters [^>]*' "$results/$name.trx" 2>/dev/null | head -n 1)
  ok=$(attribute passed "$counters") bad=$(($(attribute executed "$counters") - ok))
  # A host that crashed or hung says so by its exit code; the test that it took along is not in the counters.
  [ $code -ne 0 ] && [ "$bad" -eq 0 ] && bad=1
  # A project with code whose tests are not found has lost its test adapter.
  [ $((ok + bad)) -eq 0 ] && [ -z "${TEST_FILTER:-}" ] && has_code "$name" && bad=1

  [ "$bad" -eq 0 ] || { echo "--- $name"; tail -n 200 "$results/$name.log"; }
  printf '%-45s %6d passed %4d failed  %4d s\n' "$name" "$ok" "$bad" $((SECONDS - start))
  echo "$ok $bad" >"$results/$name.counts"
}

attribute() { local value; value=$(sed -n "s/.* $1=\"\([0-9]*\)\".*/\1/p" <<<" $2"); echo "${value:-0}"; }
has_code() { find "tests/$1" -name '*.cs' -not -path '*/obj/*' -not -path '*/bin/*' | grep -q .; }

projects=$(grep -o '"tests[^"]*\.Tests\.csproj"' Messaging.sln | tr '\\' '/' | sed 's#.*/\(.*\)\.csproj"#\1#' | sort)
[ -n "$projects" ] || give_up "Messaging.sln lists no test project"

for name in $projects; do
  while [ "$(jobs -rp | wc -l)" -ge "${TEST_JOBS:-2}" ]; do wait -n; done
  run_project "$name" &
done
wait

for name in $projects; do
  read -r ok bad 2>/dev/null <"$results/$name.counts" || { ok=0 bad=1; echo "error: $name left no result" >&2; }
  passed=$((passed + ok)) failed=$((failed + bad))
done
finish

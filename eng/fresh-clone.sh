#!/usr/bin/env bash
# Does what a newcomer does: clones HEAD into a temporary folder and runs the commands of the README's first sh block there.
# Ends with "N passed, N failed", one per command.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1

clone=$(mktemp -d)
trap 'rm -rf "$clone"' EXIT
git clone -q . "$clone/messaging" || exit 1
cd "$clone/messaging" || exit 1

passed=0 failed=0
while IFS= read -r command; do
  echo "=== $command"
  if bash -c "$command" </dev/null; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
done < <(awk '/^```sh$/ { inside = 1; next } /^```/ && inside { exit } inside' README.md | sed 's/[[:space:]]*#.*//' | grep .)

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]

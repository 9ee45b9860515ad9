#!/usr/bin/env bash
# Writes eng/api/<package>.txt anew from the code; read the diff, then commit it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

MESSAGING_APPROVE_API=1 dotnet test tests/Messaging.PublicApi.Tests -c Release --nologo -v quiet </dev/null
git --no-pager diff --stat -- eng/api

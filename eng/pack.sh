#!/usr/bin/env bash
# Packs every project under src/ into artifacts/packages (or the folder given). Run after a Release build, or pass --build first.
#
#   eng/pack.sh [--build] [folder]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

build=--no-build
[ "${1:-}" != --build ] || { build=; shift; }
folder=${1:-artifacts/packages}
rm -rf "$folder"

for project in src/*/*.csproj; do
  dotnet pack "$project" -c Release $build -o "$folder" -v quiet --nologo "-clp:ErrorsOnly;NoSummary" </dev/null
done
echo "Packed $(ls "$folder"/*.nupkg | wc -l) packages into $folder"

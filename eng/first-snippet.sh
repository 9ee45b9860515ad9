#!/usr/bin/env bash
# Runs the README's first snippet as a user would: in a new console project outside the repository that references the packed
# packages. Only the connection string changes: it points at a sink on this machine, and a mail must arrive there.
#
#   eng/first-snippet.sh <folder with .nupkg files>
set -euo pipefail
packages=$(cd "$1" && pwd)
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export PATH="$PATH:/usr/sbin:/sbin"
readonly limit=60 # seconds for the mail to arrive

work=$(mktemp -d) sink= program=
stop() {
  [ -z "$program" ] || kill "$program" 2>/dev/null || true
  [ -z "$sink" ] || kill "$sink" 2>/dev/null || true
  rm -rf "$work"
}
trap stop EXIT

# --- a sink that keeps what it gets

mkdir "$work/mails" && chmod 755 "$work" && chmod 777 "$work/mails"
as_user=() && [ "$(id -u)" -ne 0 ] || as_user=(-u nobody)
for _ in 1 2 3 4 5; do
  port=$((20000 + RANDOM % 20000))
  smtp-sink "${as_user[@]}" -d "$work/mails/%s." "127.0.0.1:$port" 100 2>"$work/sink.log" &
  sink=$!
  sleep 0.5
  kill -0 "$sink" 2>/dev/null && break
  sink=
done
[ -n "$sink" ] || { cat "$work/sink.log" >&2; exit 1; }

# --- the project of someone who has just read the README

mkdir "$work/app"
awk '/^```csharp$/ { inside = 1; next } /^```/ && inside { exit } inside' README.md >"$work/app/Program.cs"
grep -q 'smtp[^"]*://' "$work/app/Program.cs" || { echo "README's first snippet has no connection string" >&2; exit 1; }
sed -i -E "s#\"smtp[a-z+]*://[^\"]*\"#\"smtp://127.0.0.1:$port\"#" "$work/app/Program.cs"

version=$(sed -n 's:.*<Version>\(.*\)</Version>.*:\1:p' Directory.Build.props)
hosting=$(sed -n 's:.*"Microsoft.Extensions.Hosting" Version="\([^"]*\)".*:\1:p' Directory.Packages.props)
# A package folder of its own, so that an older build of the same version is not taken from the user's cache.
cat >"$work/app/app.csproj" <<EOF
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <Nullable>enable</Nullable>
    <ImplicitUsings>enable</ImplicitUsings>
    <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
    <RestorePackagesPath>$work/packages</RestorePackagesPath>
    <RestoreAdditionalProjectSources>$packages</RestoreAdditionalProjectSources>
    <RestoreAdditionalProjectFallbackFolders>${NUGET_PACKAGES:-$HOME/.nuget/packages}</RestoreAdditionalProjectFallbackFolders>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="Microsoft.Extensions.Hosting" Version="$hosting" />
    <PackageReference Include="Messaging.Core" Version="$version" />
    <PackageReference Include="Messaging.Channels.Email" Version="$version" />
  </ItemGroup>
</Project>
EOF
dotnet build "$work/app" -c Release -v quiet --nologo </dev/null >"$work/build.log" 2>&1 || { cat "$work/build.log" >&2; exit 1; }

# --- run it, and wait for the mail

"$work/app/bin/Release/net10.0/app" </dev/null >"$work/app.log" 2>&1 &
program=$!
left=$((limit * 2))
while [ $left -gt 0 ]; do
  if subject=$(grep -rhi -m 1 '^subject:' "$work/mails"); then
    echo "The README's first snippet sent a mail: $subject"
    exit 0
  fi
  kill -0 "$program" 2>/dev/null || [ $left -lt 10 ] || left=10 # it has ended; the sink may still be writing
  sleep 0.5
  left=$((left - 1))
done
echo "No mail arrived. The program wrote:" >&2
cat "$work/app.log" >&2
exit 1

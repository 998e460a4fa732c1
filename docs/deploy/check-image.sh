#!/usr/bin/env bash
# Unpacks a runtime image elsewhere, looks whether all is there that deployment and licences ask for, and has it do what a server
# does, on loopback and without any Java of the machine:
#     mvn -Pimage -DskipTests package && docs/deploy/check-image.sh [TAR]
set -euo pipefail

die() {
    echo "check-image.sh: $1" >&2
    exit 1
}

root=$(cd "$(dirname "$0")/../.." && pwd)
tarball=${1:-$(find "$root/mtg-cli/target" -maxdepth 1 -name 'mtg-*-linux-*.tar.gz' 2>/dev/null | head -n 1)}
[ -f "$tarball" ] || die "there is no image: mvn -Pimage -DskipTests package"

scratch=$(mktemp -d)
pid=
cleanup() {
    [ -z "$pid" ] || kill "$pid" 2>/dev/null || true
    rm -rf "$scratch"
}
trap cleanup EXIT
tar -xzf "$tarball" --strip-components=1 -C "$scratch"
mtg=$scratch/bin/mtg-cli

# Neither variables nor a Java of this machine.
alone() {
    env -i PATH=/usr/bin:/bin HOME="$scratch" "$@"
}

echo "== what has to be there besides the program"
java=$scratch/lib/jre/bin/java
for folder in bin lib lib/jre/legal share/bash-completion share/doc/mtg share/systemd; do
    [ -d "$scratch/$folder" ] || die "there is no $folder"
done
diff -r "$root/deploy/systemd" "$scratch/share/systemd" || die "share/systemd is not deploy/systemd"
paths=$(grep -oh '/opt/mtg/[[:alnum:]/._-]*[[:alnum:]]' "$root/docs/deploy.md" "$root"/deploy/systemd/* | sort -u)
for path in $paths; do
    [ -e "$scratch/${path#/opt/mtg/}" ] || die "docs/deploy.md or deploy/systemd names $path"
done
cmp "$root/LICENSE" "$scratch/share/doc/mtg/LICENSE"
list=$scratch/share/doc/mtg/THIRD-PARTY.txt
[ -s "$list" ] || die "nothing says whose libraries these are"
texts=$(sed -n 's/^    texts  *//p' "$list")
[ -n "$texts" ] || die "nothing says where their licences are"
for text in $texts; do
    [ -n "$(find "$scratch/share/doc/mtg/$text" -type f -size +0)" ] || die "the text share/doc/mtg/$text is missing"
done
for module in $("$java" --list-modules | cut -d @ -f 1); do
    [ -e "$scratch/lib/jre/legal/$module/LICENSE" ] || die "the licence of $module is missing"
done
echo "$(grep -c '^    artifact ' "$list") libraries of others, and $("$java" --list-modules | wc -l) modules of Java, with their licences"

echo "== the program"
alone "$mtg" --version
bash -n "$scratch/share/bash-completion/completions/mtg-cli" || die "bash does not understand the completion"
alone "$mtg" generate-secret -c localhost tls >"$scratch/secret"
alone "$mtg" access --secret-file "$scratch/secret" -4 127.0.0.1:443 --qr-png "$scratch/qr.png" >"$scratch/links"
[ "$(head -c 4 "$scratch/qr.png" | tail -c 3)" = PNG ] || die "access did not draw a picture"

started=${EPOCHREALTIME/./}
env -i PATH=/usr/bin:/bin HOME="$scratch" "$mtg" run --secret-file "$scratch/secret" -b 127.0.0.1:0 -4 127.0.0.1 \
    --public-ip-url none --stats-bind 127.0.0.1:0 --cache-dir "$scratch/cache" --cloak-address 127.0.0.1:1 >"$scratch/out" 2>"$scratch/err" &
pid=$!
for ((turn = 0; turn < 300; turn++)); do
    ! grep -q '^}' "$scratch/out" || break
    kill -0 "$pid" 2>/dev/null || die "run ended: $(cat "$scratch/err")"
    sleep 0.1
done
grep -q '^}' "$scratch/out" || die "run printed no links within half a minute: $(cat "$scratch/err")"
echo "run listens after about $(((${EPOCHREALTIME/./} - started) / 1000)) ms"
kill "$pid"
code=0
wait "$pid" || code=$?
pid=
[ "$code" = 0 ] || die "run ended with $code after SIGTERM: $(cat "$scratch/err")"

echo "ok: $(basename "$tarball"), $(($(wc -c <"$tarball") >> 20)) MB packed, $(($(du -sk "$scratch/lib" | cut -f1) >> 10)) MB unpacked"

#!/usr/bin/env bash
# Unpacks a runtime image elsewhere and has it do what a server does, on loopback and without any Java of the machine:
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

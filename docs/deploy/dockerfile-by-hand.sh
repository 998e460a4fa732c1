#!/usr/bin/env bash
# Builds deploy/docker/Dockerfile and runs the result where there is no Docker, nor a registry of images: buildah executes
# every line in a chroot, on base images that debootstrap makes; then the proxy runs in the image as the compose file has
# it, as its user, without rights, on a root that cannot be written to. It listens on loopback only.
#
# As root; needs Debian's packages buildah, debootstrap, jq, curl and maven, and a JDK with jmods (JAVA_HOME).
set -euo pipefail
cd "$(dirname "$0")/../.."

for tool in buildah debootstrap jq curl mvn git setpriv; do
    command -v "$tool" >/dev/null || {
        echo "$tool is missing: apt-get install buildah debootstrap jq curl maven git util-linux" >&2
        exit 1
    }
done
[ "$(id -u)" -eq 0 ] || {
    echo "only root may make chroots" >&2
    exit 1
}

java_home=${JAVA_HOME:-$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")}
maven_home=$(mvn --version | sed -n 's/^Maven home: //p')
scratch=$(mktemp -d)
runner=
finish() {
    [ -z "$runner" ] || kill "$runner" 2>/dev/null || true
    # Whatever was mounted went with the namespace that it was mounted in.
    rm -rf "$scratch"
}
trap finish EXIT

fail() {
    echo "FAIL: $1" >&2
    tail -n 20 "$scratch"/*.log >&2
    exit 1
}

bud() {
    buildah --root "$scratch/store" --runroot "$scratch/run" --storage-driver vfs "$@"
}

# image NAME FOLDER SETTING...: the folder as an image
image() {
    local container
    container=$(bud from scratch)
    bud add --quiet "$container" "$2" / >/dev/null
    [ $# -eq 2 ] || bud config "${@:3}" "$container"
    bud commit --quiet --rm "$container" "$1" >/dev/null
}

echo "== base images: Debian 13, and the same with $java_home and $maven_home"
debootstrap --variant=minbase trixie "$scratch/debian" >"$scratch/debootstrap.log" ||
    fail "debootstrap"
image run-image "$scratch/debian"
mkdir -p "$scratch/debian/opt/maven"
# jlink strips with its objcopy; images of JDKs have it as well.
chroot "$scratch/debian" apt-get install -qq --no-install-recommends binutils >"$scratch/apt.log" 2>&1 || fail "binutils"
cp -rL "$java_home" "$scratch/debian/opt/java"
cp -rL "$maven_home/." "$scratch/debian/opt/maven"
image build-image "$scratch/debian" --env JAVA_HOME=/opt/java \
    --env PATH=/opt/java/bin:/opt/maven/bin:/usr/local/bin:/usr/bin:/bin --env LANG=C.UTF-8 \
    --env MAVEN_OPTS=-Dmaven.repo.local=/opt/repository

echo "== the Dockerfile, on what is committed and a secret that lies about"
mkdir "$scratch/checkout"
git archive HEAD | tar -x -C "$scratch/checkout"
echo 0123456789abcdef0123456789abcdef >"$scratch/checkout/secret"
repository=${MAVEN_REPOSITORY:-$HOME/.m2/repository}
mkdir -p "$repository"
bud build --isolation chroot --format docker --volume "$repository:/opt/repository" \
    --build-arg BUILD_IMAGE=localhost/build-image --build-arg RUN_IMAGE=localhost/run-image \
    --file "$scratch/checkout/deploy/docker/Dockerfile" --ignorefile "$scratch/checkout/.dockerignore" \
    --tag mtg-java "$scratch/checkout" >"$scratch/build.log" 2>&1 || fail "the build"

container=$(bud from mtg-java)
root=$(bud mount "$container")
config=$(bud inspect --type image mtg-java | jq .Docker.config)
mapfile -t command < <(jq -r '(.Entrypoint + .Cmd)[]' <<<"$config")
mapfile -t health < <(jq -r '.Healthcheck.Test[1:][]' <<<"$config")
mapfile -t environment < <(jq -r '.Env[]' <<<"$config")
user=$(jq -r .User <<<"$config")
echo "runs ${command[*]} as $user; $(du -sm "$root/opt/mtg" | cut -f 1) MB on top of a base of $(du -sm "$root" |
    cut -f 1 | awk -v mtg="$(du -sm "$root/opt/mtg" | cut -f 1)" '{ print $1 - mtg }') MB"

# inside COMMAND...: in the image, as the compose file has it
cat >"$scratch/inside" <<'EOF'
set -euo pipefail
root=$1 scratch=$2 user=$3
shift 3
mount --bind "$root" "$root"
mount -t tmpfs tmpfs "$root/tmp"
mount -t tmpfs tmpfs "$root/run"
mkdir "$root/run/secrets"
cp "$scratch/secret" "$root/run/secrets/mtg_secret"
chown "$user" "$root/run/secrets/mtg_secret"
mkdir -p "$scratch/cache"
chown --reference "$root/var/cache/mtg" "$scratch/cache"
mount --bind "$scratch/cache" "$root/var/cache/mtg"
mount -t proc proc "$root/proc"
mount --bind /dev "$root/dev"
mount -o remount,bind,ro "$root"
exec chroot "$root" setpriv --reuid "${user%:*}" --regid "${user#*:}" --clear-groups --no-new-privs \
    --inh-caps=-all --bounding-set=-all "$@"
EOF
stats=127.0.0.1:$((20000 + RANDOM % 20000))
inside=(unshare --mount bash "$scratch/inside" "$root" "$scratch" "$user" env -i "${environment[@]}" "MTG_STATS_BIND=$stats"
    "MTG_BIND=127.0.0.1:$((40000 + RANDOM % 20000))" MTG_PUBLIC_IP_URL=none MTG_CLOAK_ADDRESS=127.0.0.1:1 MTG_VERBOSE=true)

echo "== the image"
[ ! -e "$root/opt/mtg/secret" ] || fail "the secret got into the image"
: >"$scratch/secret"
"${inside[@]}" mtg-cli generate-secret -c localhost tls >"$scratch/new" 2>"$scratch/new.log" || fail "no secret"
mv "$scratch/new" "$scratch/secret"
for folder in / /opt/mtg /usr/local/bin; do
    ! "${inside[@]}" test -w "$folder" || fail "$folder can be written to"
done
! "${inside[@]}" "${health[@]}" >"$scratch/health.log" 2>&1 || fail "healthy, though nothing runs"

echo "== the proxy"
started=$(date +%s%N)
"${inside[@]}" "${command[@]}" >"$scratch/links" 2>"$scratch/proxy.log" &
runner=$!
healthy=
for _ in $(seq 300); do
    if "${inside[@]}" "${health[@]}" >"$scratch/health.log" 2>&1; then
        healthy=$((($(date +%s%N) - started) / 1000000))
        break
    fi
    kill -0 "$runner" 2>/dev/null || fail "it has ended"
    sleep 0.1
done
[ -n "$healthy" ] || fail "not healthy after 30 seconds"
echo "the health check succeeds ${healthy} ms after the start: $(cat "$scratch/health.log")"
for _ in $(seq 100); do
    [ "$(tail -n 1 "$scratch/links")" = "}" ] && break
    sleep 0.1
done
curl -sf "http://$stats/readyz" >/dev/null || fail "not ready"
port=$(sed -nE 's/.*"tg_url".*port=([0-9]+).*/\1/p' "$scratch/links" | head -n 1)
(exec 3<>"/dev/tcp/127.0.0.1/$port") || fail "nobody listens where the links lead"
grep -E '^(Uid|CapEff|CapBnd|NoNewPrivs):' "/proc/$runner/status" | tr -s '\t\n' '  '
echo
[ "$(awk '/^(CapEff|CapBnd)/ { print $2 }' "/proc/$runner/status" | sort -u)" = 0000000000000000 ] ||
    fail "it has capabilities"
[ -n "$(ls "$scratch/cache")" ] || fail "it keeps nothing in its cache"

echo "== SIGTERM"
kill -TERM "$runner"
code=0
wait "$runner" || code=$?
runner=
[ "$code" -eq 0 ] || fail "exit code $code"
grep -q '"event":"stopped"' "$scratch/proxy.log" || fail "it did not say that it stopped"
! "${inside[@]}" "${health[@]}" >"$scratch/health.log" 2>&1 || fail "healthy, though it has stopped"
echo "OK: built, healthy, stopped with exit code 0"

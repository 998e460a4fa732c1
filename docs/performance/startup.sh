#!/usr/bin/env bash
# How long "mtg-cli run" takes until it listens, and what it holds when idle, as a table in Markdown:
#     docs/performance/startup.sh JDK… [-- ROUNDS]
# for each JDK, given by its home: the jar alone, the launcher without and with an archive of classes, the runtime image; then the
# flags that were considered. All of them in turn in every round, on loopback; medians. Needs the built mtg-cli/target.
set -euo pipefail

die() {
    echo "startup.sh: $1" >&2
    exit 1
}

root=$(cd "$(dirname "$0")/../.." && pwd)
built=$root/mtg-cli/target
rounds=15
jdks=()
while [ $# -gt 0 ]; do
    if [ "$1" = -- ]; then
        rounds=${2:?"startup.sh: say how many rounds"}
        break
    fi
    [ -x "$1/bin/jlink" ] || die "there is no JDK in $1"
    jdks+=("$1")
    shift
done
[ ${#jdks[@]} -gt 0 ] || die "say which JDKs, by their homes"
[ -f "$built/mtg-cli.jar" ] || die "there is no $built/mtg-cli.jar: mvn -DskipTests package"

scratch=$(mktemp -d)
pid=
cleanup() {
    [ -z "$pid" ] || kill "$pid" 2>/dev/null || true
    rm -rf "$scratch"
}
trap cleanup EXIT
secret=ee00112233445566778899aabbccddeeff6c6f63616c686f7374
args=(run -b 127.0.0.1:0 -4 127.0.0.1 --public-ip-url none --stats-bind 127.0.0.1:0 --cache-dir none
    --cloak-address 127.0.0.1:1 "$secret")

# FILE HOME OPTIONS COMMAND…: starts a command with that JAVA_HOME, with more options of Java; appends "milliseconds-to-the-links
# PSS-in-KB" of the idle proxy to a file.
try() {
    local file=$1 home=$2 options=$3 began ended line
    shift 3
    exec 3< <(JAVA_HOME=$home MTG_JAVA_OPTS=$options exec "$@" "${args[@]}" 2>"$scratch/err")
    pid=$!
    began=${EPOCHREALTIME/./}
    while IFS= read -r line <&3; do
        [ "$line" != '}' ] || break
    done
    ended=${EPOCHREALTIME/./}
    [ "$line" = '}' ] || die "did not start: $*: $(cat "$scratch/err")"
    sleep 2
    echo "$(((ended - began) / 1000)) $(awk '/^Pss:/ {print $2}' "/proc/$pid/smaps_rollup")" >>"$file"
    kill "$pid"
    while kill -0 "$pid" 2>/dev/null; do sleep 0.02; done
    exec 3<&-
    pid=
}

# Column, file: smallest, median, largest.
spread() {
    cut -d ' ' -f "$1" "$2" | sort -n | awk '{v[NR] = $1} END {print v[1], v[int((NR + 1) / 2)], v[NR]}'
}

size() {
    du -k --apparent-size -sc "$@" | awk 'END {printf "%.1f", $1 / 1024}'
}

# add LABEL SIZE JAVA_HOME OPTIONS COMMAND
labels=() sizes=() homes=() options=() commands=()
add() {
    labels+=("$1")
    sizes+=("$2")
    homes+=("$3")
    options+=("$4")
    commands+=("$5")
}

for jdk in "${jdks[@]}"; do
    java=$("$jdk/bin/jlink" --version)
    java=${java%%.*}
    home=$scratch/$java
    mkdir -p "$home/bare" "$home/archived" "$home/image"
    cp -Rp "$built/mtg-cli.jar" "$built"/mtg-{cli,archive,image} "$built/systemd" "$home/archived/"
    cp -p "$built/mtg-cli.jar" "$built/mtg-cli" "$home/bare/"
    JAVA_HOME=$jdk "$home/archived/mtg-image" startup >"$scratch/log" 2>&1 || die "no image: $(cat "$scratch/log")"
    tarball=$(echo "$home"/archived/mtg-startup-*.tar.gz)
    packed=$(size "$tarball")
    tar -xzf "$tarball" --strip-components=1 -C "$home/image"
    "$home/image/bin/mtg-archive" >"$scratch/log" 2>&1 || die "no archive: $(cat "$scratch/log")"
    rm -rf "$home/archived/image" "$tarball"
    JAVA_HOME=$jdk "$home/archived/mtg-archive" >"$scratch/log" 2>&1 || die "no archive: $(cat "$scratch/log")"
    jar=$(size "$built/mtg-cli.jar")
    add "$java, \`java -jar\`" "$jar" "$jdk" "" "$jdk/bin/java -jar $home/bare/mtg-cli.jar"
    add "$java, launcher" "$jar" "$jdk" "" "$home/bare/mtg-cli"
    add "$java, launcher and archive" "$jar + $(size "$home/archived"/mtg-cli-[12]*)" "$jdk" "" "$home/archived/mtg-cli"
    add "$java, image" "$(size "$home/image") (packed $packed)" "" "" "$home/image/bin/mtg-cli"
    for flag in -XX:+UseParallelGC -XX:+UseG1GC -XX:TieredStopAtLevel=1 -Xms64m; do
        instead=
        [[ $flag != *GC ]] || instead=-XX:-UseSerialGC
        add "$java, launcher, but $flag" "$jar" "$jdk" "$instead $flag" "$home/bare/mtg-cli"
    done
    if [ "$java" -ge 25 ]; then
        add "$java, launcher, but no compact headers" "$jar" "$jdk" -XX:-UseCompactObjectHeaders "$home/bare/mtg-cli"
    fi
done

for ((round = 0; round <= rounds; round++)); do
    for i in "${!labels[@]}"; do
        read -ra words <<<"${commands[$i]}"
        # The first round warms the disk's cache.
        try "$scratch/$([ "$round" = 0 ] && echo warm || echo "row-$i")" "${homes[$i]}" "${options[$i]}" "${words[@]}"
    done
done

echo "| Java | until it listens, ms (of $rounds: least–most) | idle, MB | on disk, MB |"
echo "|---|---|---|---|"
for i in "${!labels[@]}"; do
    read -r least median most <<<"$(spread 1 "$scratch/row-$i")"
    read -r _ pss _ <<<"$(spread 2 "$scratch/row-$i")"
    echo "| ${labels[$i]} | $median ($least–$most) | $((pss / 1024)) | ${sizes[$i]} |"
done

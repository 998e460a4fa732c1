#!/usr/bin/env bash
# Measures proxies side by side on this machine and prints the tables of ../performance.md. Uses loopback only, ends by
# itself, takes about a quarter of an hour for two JDKs.
#
# Needs a built checkout (mvn -DskipTests package), Linux, jq, and haproxy for the row that bounds the others.
#   measure.sh [NAME=LAUNCHER …]     other builds to compare, such as before=/tmp/before/mtg-cli
#   MTG_JDKS="/usr/lib/jvm/a /usr/lib/jvm/b"   the JDKs to measure with; default: the one of JAVA_HOME or PATH
#   MTG_ROUNDS=3  MTG_IDLE="1000 3000 9000"  MTG_MODES="simple secured tls"
#   MTG_PARTS="cost flat tail idle flags"        one or more of the tables
set -euo pipefail
cd "$(dirname "$0")/../.."
rounds=${MTG_ROUNDS:-3}
idle=${MTG_IDLE:-1000 3000 9000}
modes=${MTG_MODES:-simple secured tls}
parts=" ${MTG_PARTS:-cost flat tail idle flags} "
command -v jq >/dev/null || { echo "jq is missing" >&2; exit 1; }

scratch=$(mktemp -d)
pids=()
finish() {
    for pid in "${pids[@]}"; do
        kill "$pid" 2>/dev/null || true
    done
    wait 2>/dev/null || true
    rm -rf "$scratch"
}
trap finish EXIT

# await FILE PATTERN: what the pattern's group matches, once the file has it
await() {
    for _ in $(seq 1500); do
        found=$(sed -nE "s|.*$2.*|\1|p" "$1" 2>/dev/null | head -n 1)
        [ -n "$found" ] && echo "$found" && return
        sleep 0.02
    done
    echo "$1 never said $2" >&2
    tail -n 3 "$1" >&2
    exit 1
}

classes='mtg-examples/target/classes:mtg-examples/target/lib/*'
load=(java -XX:+UseSerialGC -cp "$classes" io.github.mtgjava.examples.load.Load)

"${load[@]}" dc --port 0 2>"$scratch/dc.log" &
pids+=($!)
dc=$(await "$scratch/dc.log" 'dc listens on .*:([0-9]+)')

default_jdk=${JAVA_HOME:-$(dirname "$(dirname "$(readlink -f "$(command -v java)")")")}
builds=("now=$PWD/mtg-cli/target/mtg-cli" "$@")

# start KEY LAUNCHER JDK SECRET: a proxy, whose port and pid are put into the files KEY.port and KEY.pid
start() {
    rm -f "$scratch/$1.out"
    JAVA_HOME=$3 "$2" run --bind 127.0.0.1:0 --public-ip-url none --dc "2=127.0.0.1:$dc" --stats-bind none \
        --max-connections 9500 --anti-replay-max-size 16MB "$4" >"$scratch/$1.out" 2>"$scratch/$1.err" &
    pids+=($!)
    echo $! >"$scratch/$1.pid"
    await "$scratch/$1.out" 'port=([0-9]+)' >"$scratch/$1.port"
}

# run KEY ARGS…: one measurement as a line of JSON
run() {
    local key=$1
    shift
    "${load[@]}" run --quiet --proxy "127.0.0.1:$(cat "$scratch/$key.port")" --proxy-pid "$(cat "$scratch/$key.pid")" "$@"
}

declare -A secrets
keys=()
simple=00112233445566778899aabbccddeeff
# shellcheck disable=SC2034 # named by $mode
secured=dd$simple
tls=ee${simple}6c6f63616c686f7374
for jdk in ${MTG_JDKS:-$default_jdk}; do
    version=$("$jdk/bin/java" -version 2>&1 | sed -nE 's/.*version "([0-9]+).*/\1/p')
    for build in "${builds[@]}"; do
        for mode in $modes; do
            key="$mode ${build%%=*}, JDK $version"
            start "$key" "${build#*=}" "$jdk" "${!mode}"
            secrets[$key]="--secret ${!mode}"
            keys+=("$key")
        done
    done
done
if command -v haproxy >/dev/null; then
    port=$((20000 + RANDOM % 20000))
    cat >"$scratch/haproxy.cfg" <<EOF
global
    maxconn 9000
    nbthread 2
defaults
    mode tcp
    timeout connect 5s
    timeout client 1h
    timeout server 1h
    no option splice-auto
listen relay
    bind 127.0.0.1:$port
    server dc 127.0.0.1:$dc
EOF
    haproxy -db -f "$scratch/haproxy.cfg" 2>"$scratch/haproxy.err" &
    pids+=($!)
    echo $! >"$scratch/direct haproxy, a plain relay.pid"
    for _ in $(seq 50); do
        (: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null && break
        sleep 0.1
    done
    echo $port >"$scratch/direct haproxy, a plain relay.port"
    secrets["direct haproxy, a plain relay"]=--direct
    keys+=("direct haproxy, a plain relay")
fi

median() {
    sort -n | awk '{v[NR]=$1} END {print v[int((NR+1)/2)]}'
}

# table TITLE FIELD ARGS…: a column of medians, all proxies in turn in every round
declare -A cells
titles=()
columns=0
table() {
    local title=$1 field=$2
    shift 2
    titles+=("$title")
    columns=$((columns + 1))
    for key in "${keys[@]}"; do
        # shellcheck disable=SC2086
        run "$key" ${secrets[$key]} "$@" >/dev/null
    done
    for _ in $(seq "$rounds"); do
        for key in "${keys[@]}"; do
            # shellcheck disable=SC2086
            run "$key" ${secrets[$key]} "$@" | jq ".$field" >>"$scratch/$key.$columns"
        done
    done
    for key in "${keys[@]}"; do
        cells["$key.$title"]=$(median <"$scratch/$key.$columns")
    done
}

print() {
    echo
    printf '| |'
    printf ' %s |' "${titles[@]}"
    printf '\n|---|'
    printf -- '---|%.0s' "${titles[@]}"
    echo
    for key in "${keys[@]}"; do
        printf '| %s |' "$key"
        for title in "${titles[@]}"; do
            printf ' %s |' "${cells[$key.$title]}"
        done
        echo
    done
    titles=()
}

echo "Medians of $rounds runs, in turn; $(nproc) processors, $(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -n 1)"

cost() {
    table "down 16, CPU-s/GB" cpu_s_per_GB --scenario down --connections 16 --bytes 2G
    table "up 16, CPU-s/GB" cpu_s_per_GB --scenario up --connections 16 --bytes 2G
    table "echo 64, CPU µs/message" cpu_us_per_message --scenario echo --connections 64 --messages 200k
    table "handshakes, CPU-s/1000" cpu_s_per_1000_handshakes --scenario connect --connections 32 --handshakes 4000
    print
}

flat() {
    for connections in 1 16 256 2000 9000; do
        table "down $connections, CPU-s/GB" cpu_s_per_GB --scenario down --connections "$connections" --bytes 2G
    done
    print
    for connections in 1 16 256 2000 9000; do
        table "echo $connections, CPU µs/message" cpu_us_per_message --scenario echo --connections "$connections" --messages 100k
    done
    print
}

tail_latency() {
    echo
    echo "Round trips of 200 chatty connections in µs, alone and beside 16 downloads"
    echo
    echo "| | p50 | p99 | p50 beside downloads | p99 beside downloads |"
    echo "|---|---|---|---|---|"
    for key in "${keys[@]}"; do
        # shellcheck disable=SC2086
        alone=$(run "$key" ${secrets[$key]} --scenario echo --connections 200 --seconds 4)
        # shellcheck disable=SC2086
        run "$key" ${secrets[$key]} --scenario down --connections 16 --seconds 8 --no-check >/dev/null &
        bulk=$!
        sleep 1
        # shellcheck disable=SC2086
        beside=$(run "$key" ${secrets[$key]} --scenario echo --connections 200 --seconds 4)
        wait $bulk
        echo "| $key | $(jq .p50_us <<<"$alone") | $(jq .p99_us <<<"$alone") | $(jq .p50_us <<<"$beside") | $(jq .p99_us <<<"$beside") |"
    done
}

rss() {
    awk '/VmRSS/{print $2}' "/proc/$(cat "$scratch/$1.pid")/status"
}

stop_fresh() {
    kill "$(cat "$scratch/fresh.pid")"
    wait "$(cat "$scratch/fresh.pid")" 2>/dev/null || true
}

# idle_kb LAUNCHER JDK SECRET CLIENTS BYTES: growth of a fresh process by such a client, in KB
idle_kb() {
    start fresh "$1" "$2" "$3"
    sleep 3
    local before after args
    before=$(rss fresh)
    if [ "$5" = 0 ]; then
        args=(--scenario idle --seconds 3)
    else
        args=(--scenario down --bytes $(($4 * $5)))
    fi
    run fresh --secret "$3" --connections "$4" "${args[@]}" >"$scratch/idle.json"
    after=$(jq .rss_kb_after "$scratch/idle.json")
    stop_fresh
    awk "BEGIN {printf \"%.1f (%d MB)\", ($after - $before) / $4, $after / 1024}"
}

idle_memory() {
    echo
    echo "Growth of a fresh process by an idle client in KB, and the whole process in MB"
    echo
    printf '| |'
    for clients in $idle; do
        printf ' %s, handshake only | %s, after 64 KB each |' "$clients" "$clients"
    done
    printf '\n|---|'
    for clients in $idle; do
        printf -- '---|---|'
    done
    echo
    for jdk in ${MTG_JDKS:-$default_jdk}; do
        version=$("$jdk/bin/java" -version 2>&1 | sed -nE 's/.*version "([0-9]+).*/\1/p')
        for build in "${builds[@]}"; do
            for mode in $modes; do
                printf '| %s %s, JDK %s |' "$mode" "${build%%=*}" "$version"
                for clients in $idle; do
                    printf ' %s |' "$(idle_kb "${build#*=}" "$jdk" "${!mode}" "$clients" 0)"
                    printf ' %s |' "$(idle_kb "${build#*=}" "$jdk" "${!mode}" "$clients" 64000)"
                done
                echo
            done
        done
    done
}

# variant NAME JDK OPTIONS: how the launcher's JVM does with other options
variant() {
    local started ready cold down kb
    started=$(date +%s%N)
    MTG_JAVA_OPTS=$3 start fresh "$PWD/mtg-cli/target/mtg-cli" "$2" "$tls"
    ready=$((($(date +%s%N) - started) / 1000000))
    sleep 3
    cold=$(rss fresh)
    down=$(for _ in 1 2 3; do run fresh --secret "$tls" --scenario down --connections 16 --bytes 2G | jq .cpu_s_per_GB; done | median)
    stop_fresh
    kb=$(MTG_JAVA_OPTS=$3 idle_kb "$PWD/mtg-cli/target/mtg-cli" "$2" "$tls" 3000 64000)
    echo "| $1 | $ready | $((cold / 1024)) | $down | $kb |"
}

flags() {
    echo
    echo "Other options for the JVM: FakeTLS, 3000 idle clients after 64 KB each"
    echo
    echo "| | listens after, ms | fresh, MB | down 16, CPU-s/GB | an idle client, KB (in all) |"
    echo "|---|---|---|---|---|"
    for jdk in ${MTG_JDKS:-$default_jdk}; do
        version=$("$jdk/bin/java" -version 2>&1 | sed -nE 's/.*version "([0-9]+).*/\1/p')
        variant "as shipped, JDK $version" "$jdk" ""
        variant "G1, JDK $version" "$jdk" "-XX:-UseSerialGC -XX:+UseG1GC"
        variant "Parallel GC, JDK $version" "$jdk" "-XX:-UseSerialGC -XX:+UseParallelGC"
        variant "ZGC, JDK $version" "$jdk" "-XX:-UseSerialGC -XX:+UseZGC"
        variant "young generation of 32 MB, JDK $version" "$jdk" "-Xmn32m"
        variant "Tiered, C1 only, JDK $version" "$jdk" "-XX:TieredStopAtLevel=1"
        [ "$version" -lt 25 ] || variant "compact object headers, JDK $version" "$jdk" "-XX:+UseCompactObjectHeaders"
        archive="-XX:SharedArchiveFile=$scratch/$version.jsa"
        MTG_JAVA_OPTS="-XX:ArchiveClassesAtExit=$scratch/$version.jsa" start fresh "$PWD/mtg-cli/target/mtg-cli" "$jdk" "$tls"
        run fresh --secret "$tls" --scenario connect --connections 4 --handshakes 100 >/dev/null
        stop_fresh
        variant "class data archive, JDK $version" "$jdk" "$archive"
    done
}

[[ $parts != *" cost "* ]] || cost
[[ $parts != *" flat "* ]] || flat
[[ $parts != *" tail "* ]] || tail_latency
[[ $parts != *" idle "* ]] || idle_memory
[[ $parts != *" flags "* ]] || flags

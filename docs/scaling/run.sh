#!/usr/bin/env bash
# Runs two proxies behind HAProxy, with a common replay cache in Redis, on this machine, and shows that
#   (a) clients are carried through both proxies,
#   (b) the proxies know the clients' real address,
#   (c) a handshake recorded at one proxy is worth nothing at the other,
#   (d) a proxy can be drained and restarted, and its clients have to connect again, no more,
#   (e) while Redis is away nobody new is let in, everybody sees the site, and who is in stays in.
# Prints what it saw line by line, and a verdict; exits with 0 if all of it is true. Uses loopback only, takes half a
# minute, installs nothing and leaves nothing.
#
# Needs Linux, a built checkout (mvn -DskipTests package) and, on Debian: apt-get install haproxy redis-server curl
#   MTG_SCALING_KEEP=1   leaves configurations and logs, and says where
set -euo pipefail
cd "$(dirname "$0")/../.."

missing() {
    echo "$1 is missing: $2" >&2
    exit 2
}
# Debian has haproxy where only root's PATH leads.
PATH=$PATH:/usr/sbin
command -v haproxy >/dev/null || missing haproxy "apt-get install haproxy"
redis=$(command -v redis-server || command -v valkey-server) || missing redis-server "apt-get install redis-server"
command -v curl >/dev/null || missing curl "apt-get install curl"
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
command -v "$java" >/dev/null || missing "$java" "install Java 17 or newer, or set JAVA_HOME"
for built in mtg-examples/target/lib mtg-examples/target/test-classes mtg-transport/target/test-classes; do
    [ -d "$built" ] || missing "$built" "mvn -DskipTests package"
done

# What is set for a proxy in earnest does not concern these.
for variable in $(compgen -e MTG_); do
    case $variable in
        MTG_SCALING_KEEP | MTG_JAVA_OPTS) ;;
        *) unset "$variable" ;;
    esac
done
umask 077
scratch=$(mktemp -d)
declare -A pids
began=$SECONDS
finish() {
    local status=$?
    for pid in "${pids[@]}"; do
        kill -KILL "$pid" 2>/dev/null || true
    done
    wait 2>/dev/null || true
    if [ -n "${MTG_SCALING_KEEP:-}" ]; then
        echo "configurations and logs are in $scratch" >&2
    else
        rm -rf "$scratch"
    fi
    exit "$status"
}
trap finish EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

say() {
    printf '%5ss  %s\n' "$((SECONDS - began))" "$1"
}
fail() {
    say "FAILED: $1"
    for log in "$scratch"/*.log; do
        echo "--- ${log##*/}"
        tail -n 8 "$log"
    done >&2
    exit 1
}
trap 'fail "line $LINENO: $BASH_COMMAND"' ERR

# until_true LIMIT WHAT COMMAND…: waits for a command to succeed, as long as everything that was started runs
until_true() {
    local deadline=$((SECONDS + $1)) what=$2 name
    shift 2
    until "$@"; do
        [ "$SECONDS" -lt "$deadline" ] || fail "$what: not within the time"
        for name in "${!pids[@]}"; do
            kill -0 "${pids[$name]}" 2>/dev/null || fail "$what: not any more, as $name has ended"
        done
        sleep 0.1
    done
}

# accepts PORT: whether somebody listens there
accepts() {
    (: <"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

# free_port: sets free to a port on which nobody listens; below those that the kernel gives to connections
free=$((10000 + RANDOM % 20000))
free_port() {
    free=$((free + 1))
    while accepts "$free"; do
        free=$((free + 1))
    done
}

# ended NAME CODE: waits until it ends, with this exit code
ended() {
    local pid=${pids[$1]} code=0
    unset "pids[$1]"
    wait "$pid" || code=$?
    [ "$code" = "$2" ] || fail "$1 ended with $code, not $2"
}

# --- the check: Telegram, the site, clients and probers

free_port && front=$free
secret=ee$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')6f726967696e2e74657374
echo "$secret" >"$scratch/secret"
coproc CHECK {
    MTG_SECRET=$secret exec "$java" -XX:+UseSerialGC \
        -cp "mtg-examples/target/test-classes:mtg-transport/target/test-classes:mtg-examples/target/classes:mtg-examples/target/lib/*" \
        io.github.mtgjava.examples.redis.ScalingCheck "$front" 127.0.0.77 2>"$scratch/check.log"
}
pids[check]=$CHECK_PID
exec {answers}<&"${CHECK[0]}" {orders}>&"${CHECK[1]}"
{ read -r _ dc && read -r _ site; } <&"$answers" || fail "the check does not start"

# ask ORDER…: has the check do something; its answer is in $answer
ask() {
    printf '%s\n' "$*" >&"$orders"
    IFS= read -r answer <&"$answers" || fail "the check has died"
    [ "${answer%% *}" = ok ] || fail "$* (${answer#failed })"
    answer=${answer#ok }
}

# --- Redis, the proxies, HAProxy

free_port && redis_port=$free
password=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
cat >"$scratch/redis.conf" <<EOF
include "$PWD/docs/scaling/redis.conf"
port $redis_port
dir "$scratch"
requirepass $password
EOF
echo "redis://:$password@127.0.0.1:$redis_port" >"$scratch/redis.uri"
start_redis() {
    "$redis" "$scratch/redis.conf" >>"$scratch/redis.log" 2>&1 &
    pids[redis]=$!
    until_true 10 "Redis listens" accepts "$redis_port"
}

declare -A port health
for name in one two; do
    free_port && port[$name]=$free
    free_port && health[$name]=$free
done
start_proxy() {
    MTG_SECRET_FILE=$scratch/secret MTG_REDIS_FILE=$scratch/redis.uri \
        MTG_BIND=127.0.0.1:${port[$1]} MTG_STATS_BIND=127.0.0.1:${health[$1]} MTG_TRUSTED_PROXIES=127.0.0.1 \
        MTG_CLOAK_ADDRESS=127.0.0.1:$site MTG_DC=2=127.0.0.1:$dc \
        MTG_AUDIT_FILE=$scratch/$1.audit MTG_NOTICE=5 MTG_DRAIN=5 \
        mtg-examples/example redis.RedisProxy >"$scratch/$1.links" 2>>"$scratch/$1.log" &
    pids[$1]=$!
    until_true 30 "proxy $1 is ready for clients" is_ready "$1" /readyz/clients
}
# get PROXY PATH [OPTION…]; with neither the proxies nor the options that curl may be given elsewhere
get() {
    curl --disable --noproxy '*' --max-time 5 --silent "${@:3}" "http://127.0.0.1:${health[$1]}$2"
}
# status PROXY PATH: 000 if nobody answers
status() {
    get "$1" "$2" --output "$scratch/answer" --write-out '%{http_code}' || true
}
is_ready() {
    [ "$(status "$1" "$2")" = 200 ]
}
# metric NAME PROXY: its sum over all labels; labels may be part of the name
metric() {
    get "$2" /metrics --fail | awk -v name="$1" '
        index($1, name) == 1 && substr($1, length(name) + 1) ~ /^({.*)?$/ {sum += $2}
        END {print sum + 0}'
}

start_haproxy() {
    MTG_FRONT=127.0.0.1:$front \
        MTG_ONE=127.0.0.1:${port[one]} MTG_ONE_HEALTH=${health[one]} \
        MTG_TWO=127.0.0.1:${port[two]} MTG_TWO_HEALTH=${health[two]} \
        haproxy -db -f docs/scaling/haproxy.cfg >>"$scratch/haproxy.log" 2>&1 &
    pids[haproxy]=$!
    until_true 10 "HAProxy listens" accepts "$front"
}
# said PATTERN: how often HAProxy's log says it
said() {
    grep -c "$1" "$scratch/haproxy.log" || true
}
# says COUNT PATTERN: whether it has said it more often than that
says() {
    [ "$(said "$2")" -gt "$1" ]
}

start_redis
start_proxy one
start_proxy two
start_haproxy
say "two proxies with one secret and one Redis are behind HAProxy: $("$redis" --version | cut -d ' ' -f 1-3), $(haproxy -v | head -n 1 | cut -d ' ' -f 1-3)"

# --- (a)

ask crowd 20
one=$(metric mtg_connections one) two=$(metric mtg_connections two)
((one > 0 && two > 0 && one + two == 20)) || fail "proxy one has $one clients, proxy two has $two"
say "(a) $answer: proxy one carries $one, proxy two $two"

# --- (c), and with it (b)

ask record
one=$(($(metric mtg_connections one) - one)) two=$(($(metric mtg_connections two) - two))
case $one,$two in
    1,0) first=one second=two ;;
    0,1) first=two second=one ;;
    *) fail "one client came, and proxy one has $one more, proxy two $two" ;;
esac
say "(c) at proxy $first $answer"
ask replay 4
again=$(metric mtg_replay_attacks_total "$first") there=$(metric mtg_replay_attacks_total "$second")
((there > 0 && again + there == 4)) || fail "replays at proxy $first: $again, at proxy $second: $there"
say "(c) $answer, byte for byte: $there at proxy $second, $again at proxy $first"
ask page
say "(c) $answer"

# audited PROXY COUNT
audited() {
    [ "$(grep -c '"event":"replay".*"address":"127.0.0.77"' "$scratch/$1.audit")" = "$2" ]
}
until_true 10 "the audit trail of proxy $first names 127.0.0.77" audited "$first" "$again"
until_true 10 "the audit trail of proxy $second names 127.0.0.77" audited "$second" "$there"
say "(b) both proxies, to which HAProxy connects from 127.0.0.1, say who that was: $(grep -m 1 '"event":"replay"' "$scratch/$second.audit")"

# --- (d)

carried=$(metric mtg_connections one)
[ "$first" != one ] || carried=$((carried - 1))
down=$(said 'Server admitting/one is DOWN')
ask newcomers 2
kill "${pids[one]}"
say "(d) proxy one, with $carried of the 20 clients, is told to end (SIGTERM)"
is_leaving() {
    [ "$(status one /readyz)" = 503 ] && is_ready one /healthz
}
until_true 5 "proxy one says that it is not ready" is_leaving
until_true 5 "HAProxy sees it" says "$down" 'Server admitting/one is DOWN'
ask crowd-connections 20
came=$(metric mtg_handshake_seconds_count one)
say "(d) it says that it is not ready, and HAProxy has seen it; $answer"
takes_nobody() {
    ! accepts "${port[one]}"
}
until_true 10 "proxy one takes nobody any more" takes_nobody
ask crowd-connections 20
late=$(($(metric mtg_handshake_seconds_count one) - came))
((late == 0)) || fail "$late came after HAProxy had seen that proxy one is not ready"
say "(d) it takes nobody any more, and nobody new has come since; $answer"
ended one 143
say "(d) it has ended"
ask crowd-connections $((20 + carried))
say "(d) $answer"
start_proxy one
has_newcomers() {
    [ "$(metric mtg_handshake_seconds_count one)" -gt 0 ]
}
until_true 20 "proxy one gets clients again" has_newcomers
ask newcomers-leave
say "(d) proxy one is back and gets clients; $answer"
ask crowd-connections $((20 + carried))
say "(d) $answer"

# --- (e)

# refused PROXY: how many it did not let in as the cache did not answer
refused() {
    metric 'mtg_refused_total{reason="replay_cache_failed"}' "$1"
}
none=$(said "backend 'admitting' has no server available")
kill "${pids[redis]}"
ended redis 0
say "(e) Redis has ended"
ask refused 10
say "(e) $answer"
until_true 20 "HAProxy sees that no proxy can let clients in" says "$none" "backend 'admitting' has no server available"
ask refused 10
say "(e) HAProxy goes on with proxies that listen: $answer"
ask replay 4
say "(e) $answer"
one=$(refused one) two=$(refused two)
((one > 0 && two > 0 && one + two == 24)) || fail "as Redis is away proxy one refused $one, proxy two $two"
say "(e) all of these as Redis is away: $one at proxy one, $two at proxy two"
ask page
say "(e) $answer"
ask crowd-connections $((20 + carried))
say "(e) $answer"
up=$(said 'Server admitting/.* is UP')
start_redis
say "(e) Redis is back"
until_true 30 "HAProxy sees that the proxies let clients in" says $((up + 1)) 'Server admitting/.* is UP'
ask served 10
say "(e) $answer"
ask replay 4
say "(e) $answer: Redis has not forgotten them"
ask crowd-connections $((20 + carried))
say "(e) $answer"

say "all of it is true: (a) (b) (c) (d) (e)"

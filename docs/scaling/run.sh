#!/usr/bin/env bash
# Runs two proxies behind HAProxy, with a common replay cache in Redis, on this machine, and shows that
#   (a) clients are carried through both proxies,
#   (b) the proxies know the clients' real address,
#   (c) a handshake recorded at one proxy is worth nothing at the other,
#   (d) a proxy can be drained and restarted, and its clients have to connect again, no more,
#   (e) while Redis is away nobody new is let in, everybody sees the site, and who is in stays in.
# Prints what it saw line by line, and a verdict; exits with 0 if all of it is true. Uses loopback only, takes about a
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
command -v haproxy >/dev/null || missing haproxy "apt-get install haproxy"
redis=$(command -v redis-server || command -v valkey-server) || missing redis-server "apt-get install redis-server"
command -v curl >/dev/null || missing curl "apt-get install curl"
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
command -v "$java" >/dev/null || missing java "install Java 17 or newer, or set JAVA_HOME"
for built in mtg-examples/target/lib mtg-examples/target/test-classes mtg-transport/target/test-classes; do
    [ -d "$built" ] || missing "$built" "mvn -DskipTests package"
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
trap 'exit 130' INT TERM HUP

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

# until_true LIMIT WHAT COMMAND…: waits for a command to succeed
until_true() {
    local deadline=$((SECONDS + $1)) what=$2
    shift 2
    until "$@"; do
        [ "$SECONDS" -lt "$deadline" ] || fail "$what: not within the time"
        sleep 0.1
    done
}

# free_port: sets free to a port on which nobody listens; below those that the kernel gives to connections
free=$((10000 + RANDOM % 20000))
free_port() {
    free=$((free + 1))
    while (: <"/dev/tcp/127.0.0.1/$free") 2>/dev/null; do
        free=$((free + 1))
    done
}

# end NAME: asks it to end, and waits until it has
end() {
    kill "${pids[$1]}"
    wait "${pids[$1]}" || true
    unset "pids[$1]"
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
include $PWD/docs/scaling/redis.conf
port $redis_port
dir $scratch
requirepass $password
EOF
echo "redis://:$password@127.0.0.1:$redis_port" >"$scratch/redis.uri"
redis_accepts() {
    (: <"/dev/tcp/127.0.0.1/$redis_port") 2>/dev/null
}
start_redis() {
    "$redis" "$scratch/redis.conf" >>"$scratch/redis.log" 2>&1 &
    pids[redis]=$!
    until_true 10 "Redis listens" redis_accepts
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
        MTG_AUDIT_FILE=$scratch/$1.audit MTG_NOTICE=4 MTG_DRAIN=3 \
        mtg-examples/example redis.RedisProxy >>"$scratch/$1.log" 2>&1 &
    pids[$1]=$!
    until_true 30 "proxy $1 is ready for clients" is_ready "$1" /readyz/clients
}
is_ready() {
    curl -fs -o "$scratch/answer" "http://127.0.0.1:${health[$1]}$2"
}
# metric NAME PROXY: its sum over all labels
metric() {
    curl -fs "http://127.0.0.1:${health[$2]}/metrics" | awk -v name="$1" '$1 ~ "^" name "({|$)" {sum += $2} END {print sum + 0}'
}

start_haproxy() {
    MTG_FRONT=127.0.0.1:$front \
        MTG_ONE=127.0.0.1:${port[one]} MTG_ONE_HEALTH=${health[one]} \
        MTG_TWO=127.0.0.1:${port[two]} MTG_TWO_HEALTH=${health[two]} \
        haproxy -db -f docs/scaling/haproxy.cfg >>"$scratch/haproxy.log" 2>&1 &
    pids[haproxy]=$!
    until_true 10 "HAProxy listens" front_accepts
}
front_accepts() {
    (: <"/dev/tcp/127.0.0.1/$front") 2>/dev/null
}
# haproxy_says COUNT PATTERN: whether that many lines of its log match
haproxy_says() {
    [ "$(grep -c "$2" "$scratch/haproxy.log")" -ge "$1" ]
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
first=one second=two
if [ "$(metric mtg_connections two)" -gt "$two" ]; then
    first=two second=one
fi
say "(c) at proxy $first $answer"
ask replay 4
again=$(metric mtg_replay_attacks_total "$first") there=$(metric mtg_replay_attacks_total "$second")
((there > 0 && again + there == 4)) || fail "replays at proxy $first: $again, at proxy $second: $there"
say "(c) $answer, byte for byte: $there at proxy $second, $again at proxy $first"
ask page
say "(c) $answer"

audited() {
    [ "$(grep -c '"event":"replay".*"address":"127.0.0.77"' "$scratch/$second.audit")" = "$there" ]
}
until_true 10 "the audit trail of proxy $second names 127.0.0.77" audited
say "(b) proxy $second, to which HAProxy connects from 127.0.0.1, says who that was: $(grep -m 1 '"event":"replay"' "$scratch/$second.audit")"

# --- (d)

carried=$(metric mtg_connections one)
[ "$first" = one ] && carried=$((carried - 1))
ask newcomers 2
kill "${pids[one]}"
say "(d) proxy one, with $carried of the 20 clients, is told to end (SIGTERM)"
not_ready() {
    ! is_ready one /readyz
}
until_true 5 "proxy one is not ready" not_ready
say "(d) it is no longer ready, and goes on for 4 s, then drains for 3 s"
wait "${pids[one]}" || true
unset "pids[one]"
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

end redis
say "(e) Redis has ended"
ask refused 10
say "(e) $answer"
until_true 20 "HAProxy sees that no proxy can let clients in" haproxy_says 1 "backend 'admitting' has no server available"
ask refused 10
say "(e) HAProxy goes on with proxies that listen: $answer"
ask page
say "(e) $answer"
ask crowd-connections $((20 + carried))
say "(e) $answer"
up=$(grep -c 'Server admitting/.* is UP' "$scratch/haproxy.log" || true)
start_redis
say "(e) Redis is back"
until_true 30 "HAProxy sees that the proxies let clients in" haproxy_says $((up + 2)) 'Server admitting/.* is UP'
ask served 10
say "(e) $answer"
ask replay 4
say "(e) $answer: Redis has not forgotten them"
ask crowd-connections $((20 + carried))
say "(e) $answer"

say "all of it is true: (a) (b) (c) (d) (e)"

#!/usr/bin/env bash
# Puts the proxy under load beside a real Prometheus server and looks at everything that this folder claims: the metrics
# and the rules pass promtool, and every query of the dashboard returns data. Uses loopback only and ends by itself.
#
# Needs a built checkout (mvn -DskipTests package), curl, jq and Debian's package prometheus, which it installs if it can.
set -euo pipefail
cd "$(dirname "$0")/../.."

for tool in prometheus promtool curl jq; do
    command -v "$tool" >/dev/null || missing=1
done
if [ -n "${missing:-}" ]; then
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends prometheus curl jq
fi

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

fail() {
    echo "FAIL: $1" >&2
    tail -n 5 "$scratch"/*.log >&2
    exit 1
}

# await FILE PATTERN: the words that the pattern's group matches, once the file has them
await() {
    for _ in $(seq 200); do
        found=$(sed -nE "s|.*$2.*|\1|p" "$1" 2>/dev/null | head -n 1)
        [ -n "$found" ] && echo "$found" && return
        sleep 0.1
    done
    fail "$1 never said $2"
}

secret=$(mtg-cli/target/mtg-cli generate-secret -c localhost tls)
classes='mtg-examples/target/classes:mtg-examples/target/lib/*'
load=(java -cp "$classes" io.github.mtgjava.examples.load.Load)

"${load[@]}" dc --port 0 2>"$scratch/dc.log" &
pids+=($!)
dc=$(await "$scratch/dc.log" 'dc listens on .*:([0-9]+)')

mtg-cli/target/mtg-cli run --bind 127.0.0.1:0 --public-ip-url none --dc "2=127.0.0.1:$dc" --stats-bind 127.0.0.1:0 -v \
    --cloak-address "127.0.0.1:$dc" "$secret" >"$scratch/links.log" 2>"$scratch/proxy.log" &
pids+=($!)
port=$(await "$scratch/links.log" 'port=([0-9]+)')
stats=$(await "$scratch/proxy.log" '"stats":"127.0.0.1:([0-9]+)"')

mkdir "$scratch/data"
cat >"$scratch/prometheus.yml" <<EOF
global: {scrape_interval: 1s, evaluation_interval: 1s}
rule_files: ["$PWD/docs/monitoring/alerts.yml"]
scrape_configs:
  - job_name: mtg
    static_configs: [{targets: ["127.0.0.1:$stats"]}]
EOF
prom=127.0.0.1:$((20000 + RANDOM % 20000))
prometheus --config.file="$scratch/prometheus.yml" --storage.tsdb.path="$scratch/data" --web.listen-address="$prom" \
    2>"$scratch/prometheus.log" &
pids+=($!)

echo "== load"
for scenario in "connect --seconds 6" "echo --seconds 6" "down --bytes 300M" "up --bytes 300M"; do
    # shellcheck disable=SC2086
    "${load[@]}" run --quiet --proxy "127.0.0.1:$port" --secret "$secret" --scenario $scenario || fail "load: $scenario"
done
# Strangers, who are shown the cloaked site.
for _ in $(seq 20); do
    curl -s -m 1 "http://127.0.0.1:$port/" >/dev/null || true
done
"${load[@]}" run --quiet --proxy "127.0.0.1:$port" --secret "$secret" --scenario idle --connections 500 --seconds 8 &
held=$!
sleep 4

echo "== promtool"
curl -sf "http://127.0.0.1:$stats/metrics" | promtool check metrics || fail "promtool check metrics"
promtool check rules docs/monitoring/alerts.yml || fail "promtool check rules"
curl -sf "http://$prom/api/v1/rules" | jq -e '[.data.groups[].rules[] | select(.health != "ok")] | length == 0' >/dev/null ||
    fail "a rule cannot be evaluated"
curl -sf "http://$prom/api/v1/targets" | jq -e '.data.activeTargets[0].health == "up"' >/dev/null ||
    fail "Prometheus cannot scrape the proxy: $(curl -s "http://$prom/api/v1/targets" | jq -r '.data.activeTargets[0].lastError')"

echo "== queries of the dashboard"
count=0
while IFS= read -r query; do
    filled=${query//\$__rate_interval/30s}
    filled=${filled//\$instance/.*}
    curl -sf "http://$prom/api/v1/query" --data-urlencode "query=$filled" |
        jq -e '[.data.result[] | select(.value[1] != "NaN")] | length > 0' >/dev/null || fail "no data: $query"
    count=$((count + 1))
done < <(jq -r '.panels[].targets[].expr' docs/monitoring/dashboard.json)
wait "$held"
number() {
    curl -sf "http://$prom/api/v1/query" --data-urlencode "query=$1" | jq -r '.data.result[0].value[1]'
}
echo "OK: $count queries return data; $(number 'scrape_samples_scraped') samples a scrape," \
    "scraped in $(number 'quantile_over_time(0.5, scrape_duration_seconds[1m])') s (median)," \
    "the first and slowest in $(number 'max_over_time(scrape_duration_seconds[1m])') s"

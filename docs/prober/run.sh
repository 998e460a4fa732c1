#!/usr/bin/env bash
# Tries everything that the prober of the tests knows at web servers that others wrote and at the proxy before each of
# them, and prints the table; then looks whether the proxy's first flight is that of each site, and changes with it. Fails if
# a stranger could tell one from the other. Uses loopback only, takes two or three minutes.
#
# Needs Maven and a JDK as the build does, openssl for a certificate and its s_server, and nginx if there is one.
#   run.sh [REPORT]      also writes the table into that file, such as docs/prober/report.md
set -euo pipefail
report=${1:+$(realpath -m "$1")}
cd "$(dirname "$0")/../.."

command -v openssl >/dev/null || { echo "openssl is not installed: nothing to compare with" >&2; exit 1; }

scratch=$(mktemp -d)
chmod 755 "$scratch"
pids=()
finish() {
    for pid in "${pids[@]}"; do
        kill "$pid" 2>/dev/null || true
    done
    wait 2>/dev/null || true
    rm -rf "$scratch"
}
trap finish EXIT

mkdir "$scratch/site"
echo '<!doctype html><title>origin.test</title><p>A page.' >"$scratch/site/index.html"
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=origin.test -addext subjectAltName=DNS:origin.test \
    -keyout "$scratch/key.pem" -out "$scratch/cert.pem" 2>/dev/null

# await PORT: until somebody listens there
await() {
    for _ in $(seq 100); do
        (: <"/dev/tcp/127.0.0.1/$1") 2>/dev/null && return
        sleep 0.1
    done
    echo "nobody listens on port $1" >&2
    tail -n 5 "$scratch"/*.log >&2
    exit 1
}

port=$((20000 + RANDOM % 20000))
sites=()

if command -v nginx >/dev/null; then
    cat >"$scratch/nginx.conf" <<EOF
daemon off;
master_process off;
pid $scratch/nginx.pid;
error_log $scratch/nginx.log;
events {}
http {
    access_log off;
    client_body_temp_path $scratch/body;
    proxy_temp_path $scratch/proxy;
    fastcgi_temp_path $scratch/fastcgi;
    uwsgi_temp_path $scratch/uwsgi;
    scgi_temp_path $scratch/scgi;
    server {
        listen 127.0.0.1:$port ssl;
        server_name origin.test;
        ssl_certificate $scratch/cert.pem;
        ssl_certificate_key $scratch/key.pem;
        ssl_protocols TLSv1.2 TLSv1.3;
        root $scratch/site;
    }
}
EOF
    nginx -c "$scratch/nginx.conf" &
    pids+=($!)
    await "$port"
    sites+=("nginx $(nginx -v 2>&1 | sed 's|.*/||')=$port")
else
    echo "nginx is not installed: left out" >&2
fi

port=$((port + 1))
(cd "$scratch/site" && exec openssl s_server -accept "127.0.0.1:$port" -WWW -quiet \
    -cert "$scratch/cert.pem" -key "$scratch/key.pem" </dev/null >"$scratch/s_server.log" 2>&1) &
pids+=($!)
await "$port"
sites+=("openssl s_server $(openssl version | cut -d ' ' -f 2)=$port")

table=mtg-core/target/prober-report.md
rm -f "$table"
status=0
mvn -Pprober -pl mtg-core -am verify "-Dprober.sites=$(IFS=,; echo "${sites[*]}")" >"$scratch/mvn.log" 2>&1 || status=$?
if [ ! -f "$table" ]; then
    grep -E "ERROR|FAIL" "$scratch/mvn.log" | head -n 40 >&2
    exit 1
fi
[ -z "$report" ] || cp "$table" "$report"
cat "$table"
exit "$status"

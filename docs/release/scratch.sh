#!/usr/bin/env bash
# The first ten minutes of somebody who embeds the proxy: a project outside this tree, which knows nothing but the
# dependency and the lines in README.md, compiles, starts, and carries clients. Needs Maven, a JDK, Linux, and leave to
# make a network of its own (unshare), in which Telegram's address is on this machine. Nothing reaches the Internet but Maven.
set -euo pipefail
cd "$(dirname "$0")/../.."

telegram=149.154.167.51 # DC 2, as the proxy's built-in table has it
port=3128
plain=00112233445566778899aabbccddeeff
declare -A secrets=([simple]=$plain [secured]=dd$plain [tls]=ee${plain}7777772e6578616d706c652e636f6d)

pids=()
stop() {
    for pid in "${pids[@]}"; do
        kill "$pid" 2>/dev/null || true
    done
}

# await FILE PATTERN PID: waits until the file has it, as long as the process lives, for at most half a minute
await() {
    for _ in $(seq 600); do
        grep -qE "$2" "$1" && return
        kill -0 "$3" 2>/dev/null || break
        sleep 0.05
    done
    echo "this was to say $2:" >&2
    cat "$1" >&2
    exit 1
}

# carry SCRATCH: the second half, in a network of its own
carry() {
    ip link set lo up
    ip address add $telegram/32 dev lo
    load=(java -XX:+UseSerialGC -cp "mtg-examples/target/classes:mtg-examples/target/lib/*" io.github.mtgjava.examples.load.Load)
    # Files are there before somebody looks into them: whoever runs in the background makes them when it gets round to it.
    touch "$1/dc.log"
    "${load[@]}" dc --host $telegram --port 443 2>"$1/dc.log" &
    pids+=($!)
    await "$1/dc.log" 'dc listens' $!
    for mode in simple secured tls; do
        touch "$1/$mode.out"
        java -cp "$1/target/classes:$(cat "$1/classpath")" demo.TenLines "${secrets[$mode]}" $port >"$1/$mode.out" 2>"$1/$mode.err" &
        proxy=$!
        pids+=("$proxy")
        await "$1/$mode.out" "tg://proxy.*secret=${secrets[$mode]}" "$proxy"
        echo "   $mode: $("${load[@]}" run --quiet --proxy 127.0.0.1:$port --secret "${secrets[$mode]}" --scenario down \
            --connections 4 --bytes 20M --check)"
        kill "$proxy"
        status=0
        wait "$proxy" || status=$?
        if [ "$status" != 143 ]; then
            echo "the program ended with $status when it was told to, not with 143" >&2
            exit 1
        fi
    done
}

if [ "${1:-}" = --carry ]; then
    trap stop EXIT
    carry "$2"
    exit
fi

for tool in mvn java unshare ip; do
    if ! command -v $tool >/dev/null; then
        echo "$tool is missing" >&2
        exit 1
    fi
done
mvn=(mvn -q -B --no-transfer-progress)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# The repository at hand is read only: what is built here goes into others, which are gone afterwards.
here=${MAVEN_REPOSITORY:-$HOME/.m2/repository}
cat >"$scratch/settings.xml" <<EOF
<settings>
  <profiles><profile><id>here</id>
    <repositories><repository><id>here</id><url>file://$here</url><snapshots><enabled>false</enabled></snapshots></repository></repositories>
    <pluginRepositories><pluginRepository><id>here</id><url>file://$here</url></pluginRepository></pluginRepositories>
  </profile></profiles>
  <activeProfiles><activeProfile>here</activeProfile></activeProfiles>
</settings>
EOF
mkdir -p "$scratch/src/main/java/demo"
mvn+=(-s "$scratch/settings.xml")

echo "== mtg-core and what it needs go to a repository of their own"
"${mvn[@]}" "-Dmaven.repo.local=$scratch/build-m2" -Dmaven.install.skip -pl mtg-examples -am -DskipTests -Dmaven.javadoc.skip -Dspotless.check.skip \
    "-DaltDeploymentRepository=scratch::file://$scratch/repository" deploy
(cd "$scratch/repository/io/github/mtgjava" && printf '   %s\n' mtg-*)

echo "== a project with one dependency, and the lines of README.md"
# block LANGUAGE: the first block of code in that language below "Embed it"
block() {
    awk -v fence="\`\`\`$1" '/^## /{there = $0 == "## Embed it"} there && !done && $0 == "```"{if (inside) done = 1; inside = 0}
        inside{print} there && !done && $0 == fence{inside = 1}' README.md
}
# version PLUGIN: the one that this project builds with
version() {
    grep -A1 "<artifactId>$1</artifactId>" pom.xml | sed -nE 's|.*<version>(.*)</version>.*|\1|p' | head -n 1
}
# plugin NAME [CONFIGURATION]
plugin() {
    echo "<plugin><artifactId>$1</artifactId><version>$(version "$1")</version><configuration>${2:-}</configuration></plugin>"
}
cat >"$scratch/pom.xml" <<EOF
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>demo</groupId><artifactId>demo</artifactId><version>1</version>
  <properties>
    <maven.compiler.release>17</maven.compiler.release>
    <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
  </properties>
  <repositories><repository><id>scratch</id><url>file://$scratch/repository</url></repository></repositories>
  <dependencies>
$(block xml)
  </dependencies>
  <build><plugins>
    $(plugin maven-compiler-plugin '<showWarnings>true</showWarnings><compilerArgs><arg>-Xlint:all</arg><arg>-Werror</arg></compilerArgs>')
    $(plugin maven-resources-plugin)
    $(plugin maven-dependency-plugin)
  </plugins></build>
</project>
EOF
cat >"$scratch/src/main/java/demo/TenLines.java" <<EOF
package demo;

import io.github.mtgjava.*;
import java.net.*;

final class TenLines {
    public static void main(String[] args) throws Exception {
        String secret = args[0];
        int port = Integer.parseInt(args[1]);
        String address = "127.0.0.1";
$(block java)
    }
}
EOF
block java | sed 's/^/   /'
(
    cd "$scratch"
    "${mvn[@]}" "-Dmaven.repo.local=$scratch/m2" compile \
        dependency:build-classpath -DincludeScope=runtime -Dmdep.outputFile="$scratch/classpath"
)
for record in "$scratch"/m2/io/github/mtgjava/*/*/_remote.repositories; do
    if grep '>.*=' "$record" | grep -v '>scratch='; then
        echo "$record: not from the repository that was made here" >&2
        exit 1
    fi
done

echo "== it compiled for JDK 17 without a warning, and needs at run time"
found=$(tr : '\n' <"$scratch/classpath" | sed -E 's|.*/([^/]+)/[^/]+/[^/]+$|\1|' | sort)
printf '   %s\n' "${found//$'\n'/, }"
if [ "$found" != "$(printf '%s\n' mtg-core mtg-crypto mtg-transport slf4j-api)" ]; then
    echo "that is not mtg-core, mtg-crypto, mtg-transport and slf4j-api" >&2
    exit 1
fi

echo 'module demo { requires io.github.mtgjava.core; }' >"$scratch/module-info.java"
javac --release 17 -Xlint:all -Werror -d "$scratch/module" -p "$(cat "$scratch/classpath")" \
    "$scratch/module-info.java" "$scratch/src/main/java/demo/TenLines.java"
echo "   and it compiles as a module that requires io.github.mtgjava.core alone, as quietly"

echo "== it runs, and carries clients to a fake Telegram at $telegram:443, every byte compared"
if ! unshare -rn true 2>"$scratch/refused"; then
    echo "NOT SHOWN: no client was carried, as this machine allows no network of its own: $(cat "$scratch/refused")" >&2
    exit 1
fi
unshare -rn docs/release/scratch.sh --carry "$scratch"
echo "== shown: one dependency and the README's lines, unchanged, are a proxy"

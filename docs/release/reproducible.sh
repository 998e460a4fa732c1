#!/usr/bin/env bash
# Builds what is committed twice, each time from a new clone: elsewhere, in another time zone and language. Then every
# file that is published has to be the same, bit by bit. It takes two builds without tests. JAVA_HOME says with which JDK;
# two different JDKs need not agree. Two umasks do not: the modes of sources get into the jar with the sources.
set -euo pipefail
cd "$(dirname "$0")/../.."

for tool in git mvn sha256sum; do
    if ! command -v $tool >/dev/null; then
        echo "$tool is missing" >&2
        exit 1
    fi
done
if [ -n "$(git status --porcelain)" ]; then
    echo "note: what is not committed here is not built"
fi
umask 022
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# build FOLDER ZONE LOCALE LANGUAGE
build() {
    (
        git clone -q . "$scratch/$1"
        cd "$scratch/$1"
        export TZ=$2 LC_ALL=$3 MAVEN_OPTS="${MAVEN_OPTS:-} -Duser.language=$4"
        mvn -q -B --no-transfer-progress -Prelease -Dgpg.skip -DskipTests -Dspotless.check.skip package
        published | LC_ALL=C sort | xargs sha256sum
    ) >"$scratch/$(basename "$1").sums"
}
published() {
    find mtg-{crypto,transport,core,cli} -path '*/target/*' -prune -name '*.jar' -o \
        -path '*/target/bom.*' -o -name .flattened-pom.xml
}

java=${JAVA_HOME:+$JAVA_HOME/bin/}java
echo "== $(git log -1 --format='%h %s'), with $("$java" -version 2>&1 | head -n 1)"
build one UTC C en
echo "   built once"
build a/folder/farther/down/two Asia/Tokyo C.UTF-8 de
echo "   built again"
if ! diff "$scratch/one.sums" "$scratch/two.sums"; then
    echo "the builds differ" >&2
    exit 1
fi
cut -c 1-16,65- "$scratch/one.sums" | sed 's/^/   /'
echo "== reproducible: $(wc -l <"$scratch/one.sums") files are the same in both builds"

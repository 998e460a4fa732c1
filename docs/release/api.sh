#!/usr/bin/env bash
# Proves the comparison of APIs (mvn -Papi): against itself a build passes; against one that had a public method more, or an
# interface with a method less to implement, it fails and says so. The baselines lie in a repository of their own that is gone
# afterwards; nothing is installed.
set -euo pipefail
cd "$(dirname "$0")/../.."

for tool in git mvn; do
    if ! command -v $tool >/dev/null; then
        echo "$tool is missing" >&2
        exit 1
    fi
done
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
build=(mvn -q -B --no-transfer-progress -DskipTests -Dmaven.javadoc.skip -Dspotless.check.skip
    -s "$scratch/settings.xml" "-Dmaven.repo.local=$scratch/m2")
group=$(sed -nE 's|^  <groupId>(.*)</groupId>|\1|p' pom.xml)
version=$(sed -nE 's|^  <version>(.*)</version>|\1|p' pom.xml)
here=${MAVEN_REPOSITORY:-$HOME/.m2/repository}
baseline=${version%-SNAPSHOT}

# settings FOLDER: the repository there, and what the one at hand has; that one is read only
settings() {
    cat >"$scratch/settings.xml" <<EOF
<settings>
  <profiles><profile><id>baseline</id>
    <repositories>
      <repository><id>baseline</id><url>file://$1/repository</url></repository>
      <repository><id>here</id><url>file://$here</url></repository>
    </repositories>
    <pluginRepositories><pluginRepository><id>here</id><url>file://$here</url></pluginRepository></pluginRepositories>
  </profile></profiles>
  <activeProfiles><activeProfile>baseline</activeProfile></activeProfiles>
</settings>
EOF
}
# publish FOLDER: the libraries there, under the number of the release to come
publish() {
    (
        cd "$1"
        find . -name pom.xml -exec sed -i "s|<version>$version</version>|<version>$baseline</version>|" {} +
        settings "$1"
        "${build[@]}" -Dmaven.install.skip -pl mtg-core -am "-DaltDeploymentRepository=baseline::file://$1/repository" deploy
    )
}
# compare FOLDER: what is committed here, with what was published there
compare() {
    settings "$1"
    (
        cd "$scratch/now"
        # What was fetched for the other comparison has the same number.
        rm -rf "$scratch/m2/${group//.//}"
        "${build[@]}" -Papi "-Djapicmp.baseline=$baseline" \
            -DskipITs -pl mtg-core -am verify
    )
}

for folder in now same more less; do
    git clone -q . "$scratch/$folder"
done
sed -i 's|^public final class MtProxy .*|&\n    /** Gone since. */\n    public static void goneSince() {}\n|' \
    "$scratch/more/mtg-core/src/main/java/io/github/mtgjava/MtProxy.java"

# Nothing of the library itself asks for it; its tests do.
sed -i '/Whether new connections are taken/d; /boolean listening();/d; s/{@link #listening}/it/' \
    "$scratch/less/mtg-core/src/main/java/io/github/mtgjava/ProxyStats.java"
rm -rf "$scratch/less/mtg-core/src/test"

echo "== $baseline has the API that is here"
publish "$scratch/same"
compare "$scratch/same"
echo "   passes"
# notice FOLDER CHANGE: what is here is not what was published there
notice() {
    publish "$scratch/$1"
    if compare "$scratch/$1" >"$scratch/log" 2>&1; then
        echo "that went unnoticed" >&2
        exit 1
    fi
    if ! grep -q "$2" "$scratch/log"; then
        cat "$scratch/log" >&2
        exit 1
    fi
    grep -m 1 "$2" "$scratch/log" | cut -c 1-300
}
echo "== $baseline had one more public method, MtProxy.goneSince()"
notice more METHOD_REMOVED
echo "== $baseline had ProxyStats without listening(), which whoever implements it would miss"
notice less METHOD_ADDED_TO_INTERFACE
echo "== shown: what is the same passes; what is missing fails, and so does what users would have to implement"

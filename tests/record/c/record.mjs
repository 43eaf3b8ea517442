// Records the verdicts of a C library afresh:
//
//   cc -rdynamic -o /tmp/mbedtls mbedtls.c -lmbedx509 -lmbedcrypto
//   cc -rdynamic -o /tmp/gnutls gnutls.c -lgnutls
//   node record.mjs mbedtls-2.28.3 /tmp/mbedtls cases.json fresh.json     writes cases.json with these verdicts
//   node record.mjs mbedtls-2.28.3 /tmp/mbedtls cases.json --check        says where they differ from the recorded ones
//   node shuffle.mjs 7 cases.json shuffled.json                           makes other cases of the same certificates

import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";

const [engine, program, from, to] = process.argv.slice(2);
const file = JSON.parse(readFileSync(from, "utf8"));

const list = (indices) => indices.join(",") || "-";
const hostOf = (host) => (host === null ? "-" : (host.kind === "IP" ? "=" : ":") + (host.value ?? host));

function line(one) {
  const field = (name) => (name in one ? one[name] : file[name]);
  const seconds = Math.floor(Date.parse(field("time")) / 1000);
  return [seconds, field("purpose")[0], one.leaf, list(one.trusted), list(one.presented), hostOf(field("host"))].join(" ");
}

function verdict(answer) {
  const [accepts, chain, detail] = answer.split("\t");
  const chains = chain ? { chains: [chain.split(",").map(Number)] } : {};
  return { accepts: accepts === "A", detail, ...chains };
}

const certificates = file.certs.map((text) => Buffer.from(text, "base64").toString("hex"));
const input = [certificates.length, ...certificates, ...file.cases.map(line), ""].join("\n");
const { stdout, status, stderr } = spawnSync(program, { input, maxBuffer: 1 << 30, encoding: "utf8" });
if (status !== 0) throw new Error(`${program} ended with ${status}: ${stderr}`);
const verdicts = stdout.replace(/\n$/, "").split("\n").map(verdict);
if (verdicts.length !== file.cases.length) throw new Error(`${verdicts.length} answers to ${file.cases.length} cases`);

if (to === "--check") {
  const recorded = file.cases.map((one, index) => [one, one.verdicts[engine], verdicts[index]]).filter(([, old]) => old);
  const same = (old, fresh) =>
    old.accepts === fresh.accepts && old.detail === fresh.detail && (!old.chains || JSON.stringify(old.chains) === JSON.stringify(fresh.chains));
  const different = recorded.filter(([, old, fresh]) => !same(old, fresh));
  for (const [one, old, fresh] of different) console.log(one.id, JSON.stringify(old), JSON.stringify(fresh));
  console.log(`${different.length} of ${recorded.length} differ`);
} else {
  file.engines = [engine];
  file.cases.forEach((one, index) => (one.verdicts = { [engine]: verdicts[index] }));
  writeFileSync(to, JSON.stringify(file));
}

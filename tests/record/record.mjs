// Records verdicts afresh with a program that is asked in lines (c/cases.h says which) and answers each case with a line
// `accepts chain detail`, parted by tabs: `A` or `R`, indices with commas between, words. A lone `?` says that the
// verifier cannot be asked this.
//
//   node record.mjs mbedtls-2.28.3 cases.json /tmp/mbedtls > fresh.json     the cases with these verdicts
//   node record.mjs --check mbedtls-2.28.3 cases.json /tmp/mbedtls          where they differ from the recorded ones
//
// The program may have arguments.

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

const checks = process.argv[2] === "--check";
const [engine, from, program, ...rest] = process.argv.slice(checks ? 3 : 2);
const file = JSON.parse(readFileSync(from, "utf8"));

const list = (indices) => indices.join(",") || "-";
const hostOf = (host) => ((host ?? null) === null ? "-" : (host.kind === "IP" ? "=" : ":") + (host.value ?? host));

function line(one) {
  const field = (name) => (name in one ? one[name] : file[name]);
  const seconds = Math.floor(Date.parse(field("time")) / 1000);
  const purpose = field("purpose") ?? "serverAuth";
  return [seconds, purpose[0], one.leaf, list(one.trusted), list(one.presented), hostOf(field("host"))].join(" ");
}

function verdict(answer) {
  const [accepts, chain, detail] = answer.split("\t");
  const chains = chain ? { chains: [chain.split(",").map(Number)] } : {};
  return accepts === "?" ? null : { accepts: accepts === "A", detail, ...chains };
}

const certificates = file.certs.map((text) => Buffer.from(text, "base64").toString("hex"));
const input = [certificates.length, ...certificates, ...file.cases.map(line), ""].join("\n");
const { stdout, status, stderr, error } = spawnSync(program, rest, { input, maxBuffer: 1 << 30, encoding: "utf8" });
if (error) throw error;
if (status !== 0) throw new Error(`${program} ended with ${status}: ${stderr}`);
process.stderr.write(stderr);
const verdicts = stdout.replace(/\n$/, "").split("\n").map(verdict);
if (verdicts.length !== file.cases.length) throw new Error(`${verdicts.length} answers to ${file.cases.length} cases`);

if (checks) {
  check();
} else {
  file.engines = [engine];
  file.cases.forEach((one, index) => (one.verdicts = { [engine]: verdicts[index] }));
  process.stdout.write(JSON.stringify(file) + "\n");
}

/** Words on record may be cut, so the shorter must begin the longer; a chain may not be on record. */
function check() {
  const same = (old, fresh) =>
    old.accepts === fresh.accepts &&
    (old.accepts || fresh.detail.startsWith(old.detail)) &&
    (!old.chains || !fresh.chains || JSON.stringify(old.chains) === JSON.stringify(fresh.chains));
  const asked = file.cases.map((one, index) => [one, one.verdicts[engine], verdicts[index]]);
  const recorded = asked.filter(([, old, fresh]) => old && fresh);
  const different = recorded.filter(([, old, fresh]) => !same(old, fresh));
  for (const [one, old, fresh] of different) console.log(one.id, JSON.stringify(old), JSON.stringify(fresh));
  console.log(`${different.length} of ${recorded.length} differ`);
  process.exitCode = different.length ? 1 : 0;
}

// Other cases of the same certificates: `node shuffle.mjs seed cases.json [damage] > shuffled.json`. Lists are
// reordered, cut and mixed, leaves exchanged, times shifted, hosts and purposes changed; with `damage` some octets of
// certificates too.

import { readFileSync } from "node:fs";

const [seed, from, damage] = process.argv.slice(2);
const file = JSON.parse(readFileSync(from, "utf8"));
let state = Number(seed) * 2654435761 + 1;

/** A number below `limit`; the same for the same seed (xorshift). */
function below(limit) {
  state ^= state << 13;
  state ^= state >>> 17;
  state ^= state << 5;
  return (state >>> 0) % limit;
}

const pick = (items) => items[below(items.length)];
const HOSTS = ["example.com", "www.example.com", "EXAMPLE.COM", "a.b.example.com", "localhost", { kind: "IP", value: "127.0.0.1" }, null];
const YEAR = 365 * 86400 * 1000;

function permute(items) {
  for (let at = items.length - 1; at > 0; at--) {
    const other = below(at + 1);
    [items[at], items[other]] = [items[other], items[at]];
  }
}

const CHANGES = [
  (one) => permute(one.trusted),
  (one) => permute(one.presented),
  (one) => one.trusted.splice(below(one.trusted.length + 1), 1),
  (one) => one.presented.splice(below(one.presented.length + 1), 1),
  (one) => one.presented.length && one.trusted.splice(below(one.trusted.length + 1), 0, pick(one.presented)),
  (one) => one.trusted.length && one.presented.splice(below(one.presented.length + 1), 0, pick(one.trusted)),
  (one) => (one.leaf = pick([...one.trusted, ...one.presented, one.leaf])),
  (one) => one.trusted.push(one.leaf),
  (one) => one.presented.unshift(one.leaf),
  (one) => (one.time = new Date(Date.parse(one.time) + (below(7) - 3) * YEAR + below(1e7) * 1000).toISOString().replace(/\.\d+/, "")),
  (one) => (one.host = pick(HOSTS)),
  (one) => (one.purpose = pick(["serverAuth", "clientAuth", "any"])),
  (one, other) => one.presented.push(...other.presented),
  (one, other) => one.trusted.push(...other.trusted),
];

/** The index of a copy with one octet changed. */
function damaged(index) {
  const der = Buffer.from(file.certs[index], "base64");
  const at = below(der.length);
  der[at] = pick([der[at] ^ (1 << below(8)), der[at] + 1, der[at] - 1, 0, below(256)]);
  return file.certs.push(der.toString("base64")) - 1;
}

const DAMAGES = [
  (one) => (one.leaf = damaged(one.leaf)),
  (one) => one.presented.length && (one.presented[below(one.presented.length)] = damaged(pick(one.presented))),
  (one) => one.trusted.length && (one.trusted[below(one.trusted.length)] = damaged(pick(one.trusted))),
];

file.cases = file.cases.map((original, index) => {
  const field = (name) => (name in original ? original[name] : file[name]);
  const one = { id: `${original.id}+${seed}`, notes: original.notes, time: field("time"), purpose: field("purpose"), host: field("host") };
  Object.assign(one, { trusted: [...original.trusted], presented: [...original.presented], leaf: original.leaf, verdicts: {} });
  const other = file.cases[(index + 1) % file.cases.length];
  for (let count = 1 + below(4); count > 0; count--) pick(CHANGES)(one, other);
  if (damage) pick(DAMAGES)(one);
  return one;
});
for (const name of ["time", "purpose", "host"]) delete file[name];
process.stdout.write(JSON.stringify(file) + "\n");

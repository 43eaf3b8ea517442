// Puts fresh verdicts into the file that they were recorded for, in the place of those on record:
//
//   node merge.mjs cases.json fresh.json... > merged.json
//
// The verdicts of other verifiers stay, so that a file of many engines can be renewed one by one.

import { readFileSync } from "node:fs";

const [file, ...others] = process.argv.slice(2).map((name) => JSON.parse(readFileSync(name, "utf8")));

for (const fresh of others) {
  const byId = new Map(fresh.cases.map((one) => [one.id, one]));
  if (fresh.certs.join() !== file.certs.join()) throw new Error("the certificates are not the same");
  for (const one of file.cases) {
    const { verdicts } = byId.get(one.id) ?? {};
    if (!verdicts) throw new Error(`${one.id} has no fresh verdicts`);
    Object.assign(one.verdicts, verdicts);
  }
  file.engines = [...new Set([...file.engines, ...fresh.engines])];
}

/** A certificate and a case to a line, so that a diff shows what changed. */
function text([name, value]) {
  const items = Array.isArray(value) && name !== "engines" ? value.map((item) => "\n" + JSON.stringify(item)) : null;
  return JSON.stringify(name) + ":" + (items ? `[${items}]` : JSON.stringify(value));
}
process.stdout.write(`{${Object.entries(file).map(text).join(",\n")}}\n`);

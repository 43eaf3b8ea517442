// The JSON that `rootlens inspect` prints is what docs/report.schema.json says, and the schema refuses what is not.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import Ajv from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

import { ROOT } from "../e2e/harness.mjs";
import { cases, examples, inspect } from "./reports.mjs";

const schema = JSON.parse(readFileSync(join(ROOT, "docs/report.schema.json"), "utf8"));
const validate = compile(schema);

function compile(schema) {
  const ajv = new Ajv({ strict: true, strictTypes: false, allErrors: true });
  addFormats(ajv);
  return ajv.compile(schema);
}

/** The same schema without room for further fields: it finds one that the schema forgot. */
function closed(schema) {
  const close = (part) => (part.properties ? { ...part, additionalProperties: false } : part);
  const definitions = Object.entries(schema.$defs).map(([name, part]) => [name, close(part)]);
  return { ...close(schema), $defs: Object.fromEntries(definitions) };
}

test("every report fits the schema, and the schema names every field", async (t) => {
  const exactly = compile(closed(schema));
  for (const one of await cases(t)) {
    await t.test(one.title, () => {
      const report = JSON.parse(inspect(one, "json"));
      assert.ok(validate(report), JSON.stringify(validate.errors));
      assert.ok(exactly(report), JSON.stringify(exactly.errors));
    });
  }
});

test("a wrong report does not fit", async (t) => {
  const text = inspect(examples().find(({ title }) => title === "openziti-helm"), "json");
  const wrongs = {
    "another schema": (report) => (report.schema = 2),
    "an unknown verdict": (report) => (report.answer.verdict = "maybe"),
    "an unknown trust store": (report) => (report.answer.store.kind = "system"),
    "a chain without its leaf": (report) => delete report.answer.chains[0].leaf,
    "a fix without its files": (report) => (report.answer.fix = { sentence: "Do it.", commands: [], verified_by: [] }),
    "no time": (report) => (report.at = "yesterday"),
    "a field is missing": (report) => delete report.pools[0].anchors,
    "a field deep down is missing": (report) => delete report.pools[0].clients[0].accepts_leaf_only,
    "an unknown rule": (report) => (report.pools[0].rule = "guess"),
    "an unknown role": (report) => (report.sources[0].roles = ["king"]),
    "an unknown signature": (report) => (report.edges[0].signature = "maybe"),
    "an index that is none": (report) => (report.divergence[0].both = [-1]),
    "a name instead of an index": (report) => (report.engines[0].chains = [["root"]]),
    "a digest in capitals": (report) => (report.certificates[0].sha256 = report.certificates[0].sha256.toUpperCase()),
    "a text where null is meant": (report) => (report.certificates[0].self_signed = "unknown"),
    "an unknown purpose": (report) => (report.engines[0].purpose = "mail"),
    "a line before the first": (report) => (report.certificates[0].places[0].line = 0),
    "an unknown severity": (report) => (report.findings[0].severity = "fatal"),
  };
  for (const [title, spoil] of Object.entries(wrongs)) {
    await t.test(title, () => {
      const report = JSON.parse(text);
      spoil(report);
      assert.equal(validate(report), false);
    });
  }
  const later = { ...JSON.parse(text), added: "a field of a later version" };
  assert.ok(validate(later), "fields may be added");
});

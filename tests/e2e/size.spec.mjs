// The hosted WebAssembly stays small: people open the page on the line they have.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { brotliCompressSync, constants } from "node:zlib";

import { DIST } from "./harness.mjs";

/** What the program may weigh, in bytes with brotli. */
const BUDGET = 260_000;

test("the WebAssembly fits into its budget with brotli", (t) => {
  const programs = readdirSync(DIST).filter((name) => name.endsWith(".wasm"));
  assert.equal(programs.length, 1, "dist/ holds one program");
  const raw = readFileSync(join(DIST, programs[0]));
  const packed = brotliCompressSync(raw, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
  t.diagnostic(`${raw.length} bytes, ${packed} with brotli, ${BUDGET} allowed`);
  assert.ok(packed <= BUDGET, `${packed} bytes with brotli, ${BUDGET} allowed`);
});

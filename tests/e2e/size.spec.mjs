// The hosted WebAssembly stays small: people open the page on the line they have.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { brotliCompressSync, constants } from "node:zlib";

import { DIST } from "./harness.mjs";

/**
 * What the program may weigh, in bytes with brotli. It was 260,000 as long as the page asked one verifier. Ten more, each with its
 * reader of certificates, its search and its words, take 75,000 of what was added; the search for what divides them, the strips and
 * the time line take the rest. They cannot be loaded later, because the page forbids itself every request before it takes a file.
 */
const BUDGET = 370_000;

test("the WebAssembly fits into its budget with brotli", (t) => {
  const programs = readdirSync(DIST).filter((name) => name.endsWith(".wasm"));
  assert.equal(programs.length, 1, "dist/ holds one program");
  const raw = readFileSync(join(DIST, programs[0]));
  const packed = brotliCompressSync(raw, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
  t.diagnostic(`${raw.length} bytes, ${packed} with brotli, ${BUDGET} allowed`);
  assert.ok(packed <= BUDGET, `${packed} bytes with brotli, ${BUDGET} allowed`);
});

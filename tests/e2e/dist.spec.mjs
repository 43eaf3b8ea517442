// dist/ as files: its list of digests is complete and true, nothing in it tells where it was built, and the program is no
// larger than people can be asked to load.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { brotliCompressSync } from "node:zlib";

import { DIST, ROOT } from "./harness.mjs";

const SUMS = "SHA256SUMS";

/** Most bytes of each program with brotli. Wide limits, against accidents; what they weigh is a figure of the benchmark. */
const MOST_BYTES = { app: 280_000, inspector: 870_000 };

/** The same of the public roots, whose keys and signatures do not compress. */
const MOST_BYTES_OF_ROOTS = 130_000;

const files = readdirSync(DIST, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(DIST.length + 1));

test("SHA256SUMS lists every file with its digest", () => {
  const lines = readFileSync(join(DIST, SUMS), "utf8").trimEnd().split("\n");
  const listed = Object.fromEntries(lines.map((line) => line.split("  ").reverse()));
  assert.deepEqual(Object.keys(listed).sort(), files.filter((name) => name !== SUMS).sort());
  assert.equal(lines.length, Object.keys(listed).length);
  for (const [name, digest] of Object.entries(listed)) {
    assert.equal(createHash("sha256").update(readFileSync(join(DIST, name))).digest("hex"), digest, name);
  }
});

test("no file names the folder it was built in, nor the home of who built it", () => {
  // What a second build in another folder would change; `cargo xtask dist --check` does that build.
  const traces = [`${ROOT}/`, `${homedir()}/`, ".cargo/registry"];
  for (const name of files) {
    const content = readFileSync(join(DIST, name));
    for (const trace of traces) assert.ok(!content.includes(trace), `${name} names ${trace}`);
  }
  const page = readFileSync(join(DIST, "rootlens.html"), "utf8");
  for (const [id, name] of [["program", /^app-\w+\.wasm$/], ["inspector", /^inspector_bg\.wasm$/]]) {
    const [, program] = page.match(new RegExp(`<script id="${id}"[^>]*>([^<]*)`));
    const wasm = files.find((file) => name.test(file));
    assert.equal(program, readFileSync(join(DIST, wasm), "base64"), `the page of one file holds the same ${id}`);
  }
});

test("the public roots are those of the sources, with their licence, and no larger than people can be asked to load", (t) => {
  const roots = readFileSync(join(DIST, "public-roots.bin"));
  assert.ok(roots.equals(readFileSync(join(ROOT, "www/public-roots.bin"))));
  for (const folder of ["", "js"]) {
    const licence = readFileSync(join(DIST, folder, "LICENSE-CDLA-PERMISSIVE-2.0"), "utf8");
    assert.match(licence, /Community Data License Agreement - Permissive - Version 2\.0/);
  }
  const packed = brotliCompressSync(roots).length;
  t.diagnostic(`${packed} bytes with brotli, ${MOST_BYTES_OF_ROOTS} allowed`);
  assert.ok(packed <= MOST_BYTES_OF_ROOTS, `${packed} bytes with brotli, ${MOST_BYTES_OF_ROOTS} allowed`);
});

test("neither program is larger than people can be asked to load", (t) => {
  const programs = files.filter((name) => /^[^/]*\.wasm$/.test(name)).sort();
  assert.deepEqual(programs.map((name) => name.split(/[-_]/)[0]), Object.keys(MOST_BYTES));
  for (const [index, [program, most]] of Object.entries(MOST_BYTES).entries()) {
    const packed = brotliCompressSync(readFileSync(join(DIST, programs[index]))).length;
    const words = `${program}: ${packed} bytes with brotli, ${most} allowed`;
    t.diagnostic(words);
    assert.ok(packed <= most, words);
  }
});

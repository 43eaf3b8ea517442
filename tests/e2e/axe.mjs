// axe-core, asked about a page or a frame.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Violations of at least serious impact, one line each. */
export async function seriousViolations(page) {
  const serious = (await violations(page)).filter(({ impact }) => ["serious", "critical"].includes(impact));
  return serious.map(({ line }) => line);
}

/** All violations, `{ impact, line }` each. */
export async function violations(page) {
  // Evaluated through the debugger, which the page's content security policy does not stop.
  await page.evaluate(AXE);
  const { violations, passes } = await page.evaluate(() => globalThis.axe.run(document, { iframes: false }));
  assert.ok(10 < passes.length, "axe has looked at the page");
  const where = (nodes) => nodes.map((node) => node.target.join(" ")).join(", ");
  return violations.map(({ id, impact, help, nodes }) => ({ impact, line: `${id}: ${help}: ${where(nodes)}` }));
}

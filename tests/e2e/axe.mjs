// axe-core, asked about a page or a frame.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Every violation of WCAG 2.2 AA and of good practice, one line each. Frames inside are asked by themselves. */
export async function violations(page) {
  // Evaluated through the debugger, which the page's content security policy does not stop.
  await page.evaluate(AXE);
  const run = (tags) => globalThis.axe.run(document, { runOnly: tags, iframes: false });
  const { violations, passes } = await page.evaluate(run, TAGS);
  assert.ok(10 < passes.length, "axe has looked at the page");
  return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`);
}

// A large bundle: every public root that Node carries, more than a hundred certificates.

import assert from "node:assert/strict";
import { test } from "node:test";
import { rootCertificates } from "node:tls";

import { settled, unfold } from "./facts.mjs";
import { drop, startPage, textOf } from "./harness.mjs";

const site = startPage();

/** Whoever waits longer than a second for a click to be answered takes the page for frozen. */
const FROZEN_MS = 1000;

test("a large bundle is drawn without a frozen page", async (t) => {
  const { page, record } = await site.open(t);
  await page.evaluate(() => {
    globalThis.blocks = [];
    const keep = (list) => globalThis.blocks.push(...list.getEntries().map((entry) => entry.duration));
    new PerformanceObserver(keep).observe({ type: "longtask" });
  });
  await drop(page, [{ name: "roots.pem", bytes: Buffer.from(rootCertificates.join("\n")) }]);
  await settled(page);
  assert.ok(0 < (await page.getByTestId("graph").locator("svg").count()));
  await unfold(page, "sources");
  assert.match(await textOf(page.getByTestId("sources")), new RegExp(`\\b${new Set(rootCertificates).size} certificates\\b`));
  const longest = await page.evaluate(() => Math.max(0, ...globalThis.blocks));
  t.diagnostic(`longest block of the main thread: ${longest} ms`);
  assert.ok(longest < FROZEN_MS, `${longest} ms`);
  assert.deepEqual(record.errors, []);
  assert.deepEqual(record.requests, []);
});

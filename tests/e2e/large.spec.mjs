// Large bundles: every public root that Node carries, and thousands of certificates.

import assert from "node:assert/strict";
import { test } from "node:test";
import { rootCertificates } from "node:tls";

import { settled, unfold } from "./facts.mjs";
import { data, drop, startPage, textOf } from "./harness.mjs";

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

/** So many certificates, in PEM, that differ in their serial number alone, whose signatures therefore fail. */
function variants(count) {
  const [, base64] = data("mtls-scenarios/ec-00-ok/chain.pem").bytes.toString().match(/-----BEGIN CERTIFICATE-----([^]*?)-----END/);
  const der = Buffer.from(base64, "base64");
  // The serial number is the first INTEGER of more than one octet (RFC 5280, 4.1).
  const at = der.findIndex((octet, index) => octet === 2 && 8 <= der[index + 1] && der[index + 1] <= 20);
  const pem = (number) => {
    const variant = Buffer.from(der);
    variant.writeUInt32BE(number + 1, at + 3);
    return `-----BEGIN CERTIFICATE-----\n${variant.toString("base64")}\n-----END CERTIFICATE-----\n`;
  };
  return Array.from({ length: count }, (_, number) => Buffer.from(pem(number)));
}

test("what takes long says what is being done, and ends when it is cancelled", async (t) => {
  const { page, record } = await site.open(t);
  await drop(page, [{ name: "many.pem", bytes: Buffer.concat(variants(4000)) }]);
  const working = page.getByTestId("working");
  await working.waitFor();
  assert.match(await textOf(working), /Reading|Checking signatures|Asking the verifiers/);
  await working.getByRole("button", { name: "Cancel" }).click();
  await working.waitFor({ state: "detached", timeout: FROZEN_MS });
  await page.locator("[data-example]").first().waitFor();
  await page.locator('[data-example="expired-cross-sign"]').click();
  await settled(page);
  assert.equal(await page.getByText("many.pem").count(), 0);
  assert.deepEqual(record.errors, []);
});

test("long lists are shown piece by piece, and a certificate is found in the table", async (t) => {
  const { page, record } = await site.open(t);
  await drop(page, variants(120).map((bytes, number) => ({ name: `client-${number}.pem`, bytes })));
  await settled(page);
  const chains = page.getByTestId("engines").locator("[data-chain]");
  assert.equal(await chains.count(), 12);
  await unfold(page, "engines");
  const more = page.getByTestId("engines").getByRole("button", { name: "Show 12 more of 88" });
  await more.focus();
  await page.keyboard.press("Enter");
  await page.getByTestId("engines").getByRole("button", { name: "Show 12 more of 76" }).waitFor();
  assert.equal(await chains.count(), 24);
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "Show 12 more of 76", "the focus stays");
  await page.getByRole("button", { name: "As table" }).click();
  const rows = page.getByTestId("graph").locator("tbody tr");
  assert.equal(await rows.count(), 100);
  await page.getByRole("searchbox", { name: "Find a certificate" }).fill("nobody has this name");
  await page.getByText("No certificate has that in its name").waitFor();
  assert.equal(await rows.count(), 0);
  const elements = await page.evaluate(() => document.querySelectorAll("*").length);
  assert.ok(elements < 6000, `${elements} elements`);
  assert.deepEqual(record.errors, []);
});

// dist/rootlens.html, opened from the disk with the network off, does everything.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";

import { headline, matrix, pool, settled } from "./facts.mjs";
import { DIST, drop, openziti, startPage } from "./harness.mjs";

const FILE = join(DIST, "rootlens.html");
const AT = pathToFileURL(FILE).href;
const OFFLINE = { at: AT, offline: true };
const site = startPage();

test("the whole OpenZiti case, and an example", async (t) => {
  const { page, record } = await site.open(t, OFFLINE);
  await drop(page, openziti());
  await settled(page);
  assert.match(await headline(page), /\bziti-controller1-edge-signer\b.*\b2 of 3 clients\b/);
  assert.deepEqual(await pool(page, "naive"), [{ name: "ziti-controller1-edge-signer", only: "naive-only" }]);
  assert.deepEqual(await pool(page, "correct"), [{ name: "ziti-controller1-edge-root", only: "correct-only" }]);
  assert.equal(Object.keys(await matrix(page)).length, 3);
  assert.ok(0 < (await page.getByTestId("graph").locator("svg").count()));
  await page.getByTestId("pool-naive").getByRole("button").first().click();
  await page.getByTestId("certificate").waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Start over" }).click();
  await page.locator("[data-example]").first().click();
  await settled(page);
  assert.notEqual(await headline(page), "");
  assert.deepEqual(record.errors, []);
  assert.deepEqual(record.requests, []);
});

test("it asks for nothing while it loads either", async (t) => {
  const { page, record } = await site.open(t, OFFLINE);
  await page.reload();
  await page.locator("main").waitFor();
  assert.deepEqual(record.requests, [`GET ${AT}`]);
  assert.deepEqual(record.errors, []);
});

test("it has the public roots of the hosted page inside", async (t) => {
  const { page } = await site.open(t, OFFLINE);
  const roots = await page.workers()[0].evaluate(() => [...globalThis.rootlensPublicRoots]);
  assert.ok(Buffer.from(roots).equals(readFileSync(join(DIST, "public-roots.bin"))));
  assert.equal(await page.getByTestId("missing-roots").count(), 0);
});

test("its examples open by their address", async (t) => {
  const { page, record } = await site.open(t, { ...OFFLINE, fragment: "#example=openziti-helm" });
  await settled(page);
  assert.notEqual(await headline(page), "");
  assert.deepEqual(record.errors, []);
});

test("it looks as the hosted page does", async (t) => {
  const { page } = await site.open(t, { ...OFFLINE, colorScheme: "dark" });
  const [font, ground] = await page.evaluate(() => {
    const { fontFamily, backgroundColor } = getComputedStyle(document.body);
    return [fontFamily, backgroundColor];
  });
  assert.match(font, /^system-ui/);
  assert.equal(ground, "rgb(12, 14, 16)");
});

test("its policy names no place and allows no inline code but its own", () => {
  const [policy] = readFileSync(FILE, "utf8").match(/(?<="Content-Security-Policy" content=")[^"]*/);
  assert.match(policy, /^default-src 'none';/);
  assert.match(policy, /connect-src 'none'/);
  assert.match(policy, /worker-src blob:/);
  assert.doesNotMatch(policy.replace("worker-src blob:", ""), /'self'|'unsafe-inline'|'unsafe-eval'|https?:|blob:/);
  assert.doesNotMatch(policy.replace(/img-src[^;]*/, ""), /data:/);
});

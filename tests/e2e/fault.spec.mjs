// A panic of the program ends in a notice that people can act on: what happened, what did not, and a text to report that
// says where in the program it was and nothing of what they had opened.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";

import { violations } from "./axe.mjs";
import { settled } from "./facts.mjs";
import { DIST, startPage, textOf } from "./harness.mjs";

const site = startPage();
const EXAMPLE = "#example=openziti-helm";
const ONE_FILE = join(DIST, "rootlens.html");

/** What the browser says to the program when it breaks; a real one could quote anything. */
const SECRET = "ziti-controller1-edge-root";

const PAGES = [
  ["the hosted page", { fragment: EXAMPLE }],
  ["the page in a frame", { fragment: `?embed=1${EXAMPLE}` }],
  ["the page of one file", { at: pathToFileURL(ONE_FILE).href, fragment: EXAMPLE, offline: true }],
];

/** No input is known to make the program panic, so its browser is broken under it: the next element cannot be inserted. */
async function breakProgram(page) {
  await page.evaluate((secret) => {
    const { insertBefore } = Node.prototype;
    globalThis.repair = () => (Node.prototype.insertBefore = insertBefore);
    Node.prototype.insertBefore = () => {
      throw new Error(secret);
    };
  }, SECRET);
  await page.getByTestId("pool-naive").getByRole("button").first().click();
  await page.locator("#fault").waitFor();
  await page.evaluate(() => globalThis.repair());
}

for (const [name, { offline, ...where }] of PAGES) {
  const skip = offline && !existsSync(ONE_FILE) ? "a development build has no page of one file" : false;
  test(`${name} says that it has a fault, where, and nothing of the files`, { skip }, async (t) => {
    const { page, record } = await site.open(t, { permissions: ["clipboard-read", "clipboard-write"], ...where });
    await settled(page);
    assert.ok(await page.locator("#fault").isHidden());
    await breakProgram(page);

    const notice = page.getByRole("alert").filter({ hasText: "rootlens has hit a fault of its own" });
    assert.match(await textOf(notice), /Nothing was sent anywhere, and your files are untouched\..*Reload the page/);
    assert.equal(await page.evaluate(() => document.activeElement.id), "fault", "the reader is led to it");
    assert.ok(await page.locator("#rootlens").evaluate((element) => element.inert), "what no longer answers is not offered");

    const place = await page.locator("#fault-place").innerText();
    assert.match(place, /^rootlens \d+\.\d+\.\d+, \S+\.rs:\d+:\d+$/);
    assert.ok(!(await notice.innerHTML()).includes(SECRET));
    // Who can open the console is told more.
    for (const told of ["panicked at", SECRET]) assert.ok(record.errors.some((error) => error.includes(told)), told);

    await notice.getByRole("button", { name: "Copy this text" }).click();
    await notice.getByRole("button", { name: "Copied" }).waitFor();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), place);
    assert.deepEqual(record.requests, []);
    // The main part and its heading are in the page, but inert.
    const others = (await violations(page)).filter((found) => !/^(landmark-one-main|page-has-heading-one):/.test(found));
    assert.deepEqual(others, []);
  });
}

test("an inspector that stops is said, and nothing of the files", async (t) => {
  const { page, record } = await site.open(t, { fragment: EXAMPLE });
  await settled(page);
  const [inspector] = page.workers();
  await inspector.evaluate((secret) => {
    globalThis.rootlensReply = () => {
      throw new Error(secret);
    };
  }, SECRET);
  await page.getByTestId("as-of").fill("2030-01-01");
  const notice = page.getByRole("alert").filter({ hasText: "rootlens has hit a fault of its own" });
  await notice.waitFor();
  assert.equal(await page.locator("#fault-place").innerText(), "the inspector stopped");
  assert.ok(!(await notice.innerHTML()).includes(SECRET));
  assert.ok(await page.locator("#rootlens").evaluate((element) => element.inert));
  assert.ok(record.errors.some((error) => error.includes(SECRET)), "who can open the console is told more");
});

test("the first of several faults is the one to report", async (t) => {
  const { page } = await site.open(t, { fragment: EXAMPLE });
  await settled(page);
  await breakProgram(page);
  const place = await page.locator("#fault-place").innerText();
  // The program is in an unknown state and still gets events; what comes of them is not shown.
  await page.keyboard.press("Escape");
  await page.evaluate(() => dispatchEvent(new HashChangeEvent("hashchange")));
  await page.waitForTimeout(300);
  assert.equal(await page.locator("#fault-place").innerText(), place);
});

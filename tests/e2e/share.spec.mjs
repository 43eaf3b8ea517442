// A link carries the whole analysis: written elsewhere, opened here, or damaged on its way.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { headline, settled } from "./facts.mjs";
import { link as written } from "../../docs/share-link.mjs";
import { AS_OF, drop, openziti, paste, startPage, textOf } from "./harness.mjs";

const site = startPage();

/** Long after the files were judged: the link brings its date along. */
const LATER = new Date("2031-01-01T00:00:00Z");

const FILES = openziti();

/** As another program writes it, see docs/share-link.md. */
const FRAGMENT = written("", FILES.map(({ name, bytes }) => ({ name, text: bytes.toString() })), AS_OF);

const report = async (page) => ({
  headline: await headline(page),
  naive: await textOf(page.getByTestId("pool-naive")),
  correct: await textOf(page.getByTestId("pool-correct")),
  matrix: await textOf(page.getByTestId("client-matrix")),
  findings: await textOf(page.getByTestId("findings")),
  sources: await textOf(page.getByTestId("sources")),
});

async function dropped(t) {
  const opened = await site.open(t);
  await drop(opened.page, FILES);
  await settled(opened.page);
  return opened;
}

test("a link that another program wrote opens the same analysis", async (t) => {
  const expected = await report((await dropped(t)).page);
  const { page, record } = await site.open(t, { fragment: FRAGMENT, now: LATER });
  await settled(page);
  assert.deepEqual(await report(page), expected);
  assert.equal(await page.getByTestId("as-of").inputValue(), "2026-11-21");
  assert.deepEqual(record.requests, []);
  assert.deepEqual(record.errors, []);
});

test("so does the link that the command line prints", async (t) => {
  const expected = await report((await dropped(t)).page);
  const fragment = readFileSync(new URL("../data/share/openziti.link", import.meta.url), "utf8").trim();
  const { page } = await site.open(t, { fragment, now: LATER });
  await settled(page);
  assert.deepEqual(await report(page), expected);
});

test("what mail and chat do to a link does no harm", async (t) => {
  const escaped = await site.open(t, { fragment: `?from=mail${FRAGMENT.replace("#", "%23")}` });
  await settled(escaped.page);
  assert.match(await headline(escaped.page), /2 of 3 clients are rejected/);
  const { page } = await site.open(t, { fragment: `${FRAGMENT}).` });
  await settled(page);
  assert.match(await headline(page), /2 of 3 clients are rejected/);
  await page.getByRole("button", { name: "Start over" }).click();
  const wrapped = `https://rootlens.example/${FRAGMENT}`.replace(/(.{70})/g, "$1\n> ");
  await paste(page, `Look at this: ${wrapped}\n\nThanks`);
  await settled(page);
  assert.match(await headline(page), /2 of 3 clients are rejected/);
});

test("a file that holds a link and nothing else opens like one", async (t) => {
  const { page } = await site.open(t, { now: LATER });
  await drop(page, [{ name: "rootlens-link.txt", bytes: Buffer.from(`https://rootlens.example/${FRAGMENT}\n`) }]);
  await settled(page);
  assert.match(await headline(page), /2 of 3 clients are rejected/);
});

test("a damaged link gets a message and keeps what is on the page", async (t) => {
  const { page, record } = await dropped(t);
  const before = await report(page);
  for (const damaged of [FRAGMENT.slice(0, -40), FRAGMENT.replace(/(.{100}).{30}/, "$1"), "#v1.", "#v1.!!"]) {
    await page.evaluate((hash) => (location.hash = hash), damaged);
    const alert = page.getByRole("alert").filter({ hasText: "The link was not read" });
    await alert.waitFor();
    assert.match(await textOf(alert), /damaged on its way|Ask for it again/);
    assert.deepEqual(await report(page), before);
    await alert.getByRole("button", { name: "Dismiss" }).click();
  }
  assert.deepEqual(record.errors, []);
});

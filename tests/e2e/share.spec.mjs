// A link carries the whole analysis: made here, opened here, damaged on its way, and made by the command line.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { current, headline, linkOf, settled, startOver, unfold } from "./facts.mjs";
import { link as written } from "../../docs/share-link.mjs";
import { AS_OF, drop, openziti, paste, startPage, textOf } from "./harness.mjs";

const site = startPage();

/** Long after the files were judged: the link brings its date along. */
const LATER = new Date("2031-01-01T00:00:00Z");

async function shared(t) {
  const { page, record } = await site.open(t);
  await drop(page, openziti());
  await settled(page);
  await page.getByRole("button", { name: "Share" }).click();
  const link = await linkOf(page);
  return { page, record, link };
}

/** Without a peer there are no pools, and nobody to let in. */
const textIfThere = async (part) => ((await part.count()) ? textOf(part) : null);

/** Everything that was found, whatever is folded. */
async function report(page) {
  const inChainsLens = (await page.locator("[data-testid=divergence] > details").count()) > 0;
  await unfold(page, "findings", "sources", ...(inChainsLens ? ["divergence"] : []));
  return shown(page);
}

const shown = async (page) => ({
  headline: await headline(page),
  naive: await textIfThere(page.getByTestId("pool-naive")),
  correct: await textIfThere(page.getByTestId("pool-correct")),
  matrix: await textIfThere(page.getByTestId("client-matrix")),
  answer: await textOf(page.getByTestId("answer")),
  lines: await textIfThere(page.getByTestId("error-lines")),
  findings: await textOf(page.getByTestId("findings")),
  sources: await textOf(page.getByTestId("sources")),
});

test("a link opens the same analysis elsewhere", async (t) => {
  const { page, record, link } = await shared(t);
  assert.match(link, /#v1\.[A-Za-z0-9_-]+$/);
  assert.match(await textOf(page.getByTestId("share")), /holds 10 certificates, the names of 7 files/);
  assert.match(await textOf(page.getByTestId("share")), new RegExp(`${link.length} characters`));
  const expected = await report(page);
  const direct = await site.open(t, { fragment: new URL(link).hash, now: LATER });
  await settled(direct.page);
  assert.deepEqual(await report(direct.page), expected);
  assert.equal(await direct.page.getByTestId("as-of").inputValue(), "2026-11-21");
  assert.deepEqual(direct.record.requests, []);
  assert.deepEqual([...record.errors, ...direct.record.errors], []);
  assert.deepEqual(record.requests, []);
});

test("the address changes when the reader shares, and not before", async (t) => {
  const { page, link } = await shared(t);
  assert.ok(!page.url().includes("v1."), page.url());
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.getByRole("button", { name: "Copy the link" }).click();
  assert.equal(page.url(), link);
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), link);
  await page.getByRole("button", { name: "Copy as Markdown" }).click();
  const markdown = await page.evaluate(() => navigator.clipboard.readText());
  assert.ok(markdown.startsWith("[The naive rule trusts ziti\\-controller1\\-edge\\-signer") && markdown.endsWith(`](${link})`));
});

test("choices change the link, and travel with it", async (t) => {
  const { page, link } = await shared(t);
  await unfold(page, "sources");
  await page.getByTestId("as-of").fill("2030-05-04");
  await page.getByTestId("sources").getByRole("combobox").nth(6).selectOption("other");
  await current(page);
  const other = await linkOf(page);
  assert.notEqual(other, link);
  const direct = await site.open(t, { fragment: new URL(other).hash });
  await settled(direct.page);
  await unfold(direct.page, "sources");
  assert.equal(await direct.page.getByTestId("as-of").inputValue(), "2030-05-04");
  assert.equal(await direct.page.getByTestId("sources").getByRole("combobox").nth(6).inputValue(), "other");
});

test("the link that the command line prints opens the same analysis", async (t) => {
  const { page } = await shared(t);
  const fragment = readFileSync(new URL("../data/share/openziti.link", import.meta.url), "utf8").trim();
  const direct = await site.open(t, { fragment, now: LATER });
  await settled(direct.page);
  assert.deepEqual(await report(direct.page), await report(page));
});

test("every example travels by link", async (t) => {
  const { page } = await site.open(t);
  const names = await page.locator("[data-example]").evaluateAll((cards) => cards.map((card) => card.dataset.example));
  assert.ok(6 < names.length);
  const there = (await site.open(t, { now: LATER })).page;
  for (const name of names) {
    await page.locator(`[data-example="${name}"]`).click();
    await settled(page);
    await page.getByRole("button", { name: "Share" }).click();
    await there.evaluate((hash) => (location.hash = hash), new URL(await linkOf(page)).hash);
    await settled(there);
    assert.deepEqual(await report(there), await report(page), name);
    await Promise.all([startOver(page), startOver(there)]);
  }
});

test("what mail and chat do to a link does no harm", async (t) => {
  const { link } = await shared(t);
  const fragment = new URL(link).hash;
  const escaped = await site.open(t, { fragment: `?from=mail${fragment.replace("#", "%23")}` });
  await settled(escaped.page);
  assert.match(await headline(escaped.page), /2 of 3 clients are rejected/);
  const { page } = await site.open(t, { fragment: `${fragment}).` });
  await settled(page);
  assert.match(await headline(page), /2 of 3 clients are rejected/);
  await page.getByRole("button", { name: "Start over" }).click();
  const wrapped = link.replace(/(.{70})/g, "$1\n> ");
  await paste(page, `Look at this: ${wrapped}\n\nThanks`);
  await settled(page);
  assert.match(await headline(page), /2 of 3 clients are rejected/);
});

test("a damaged link gets a message and keeps what is on the page", async (t) => {
  const { page, link, record } = await shared(t);
  const before = await report(page);
  const fragment = new URL(link).hash;
  for (const damaged of [fragment.slice(0, -40), fragment.replace(/(.{100}).{30}/, "$1"), "#v1.", "#v1.!!"]) {
    await page.evaluate((hash) => (location.hash = hash), damaged);
    const alert = page.getByRole("alert").filter({ hasText: "The link was not read" });
    await alert.waitFor();
    assert.match(await textOf(alert), /damaged on its way|Ask for it again/);
    assert.deepEqual(await report(page), before);
    await alert.getByRole("button", { name: "Dismiss" }).click();
  }
  assert.deepEqual(record.errors, []);
});

test("a file that is refused is named, also where the file beside it is a link", async (t) => {
  const { page, link } = await shared(t);
  const expected = await headline(page);
  const direct = await site.open(t, { now: LATER });
  const huge = { name: "huge.pem", bytes: Buffer.alloc(21 * 1024 * 1024, "a") };
  await drop(direct.page, [{ name: "rootlens-link.txt", bytes: Buffer.from(link) }, huge]);
  await direct.page.getByRole("alert").filter({ hasText: "huge.pem was not read" }).waitFor();
  await settled(direct.page);
  assert.equal(await headline(direct.page), expected);
  assert.equal(await direct.page.getByRole("alert").filter({ hasText: "huge.pem was not read" }).count(), 1);
});

test("a private key that was dropped is in no link", async (t) => {
  const { page } = await site.open(t);
  const key = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIMSFpVJZSQ8WH1QOR2pnzZ1lVQ8qSQbLXg7Uc1Cj0VTn\n-----END PRIVATE KEY-----\n";
  const link = async (files) => {
    await drop(page, files);
    await settled(page);
    await page.getByRole("button", { name: "Share" }).click();
    const value = await linkOf(page);
    await page.getByRole("button", { name: "Start over" }).click();
    return value;
  };
  const files = openziti();
  const with_key = files.map((file, index) =>
    index === 1 ? { ...file, bytes: Buffer.concat([Buffer.from(file.bytes), Buffer.from(key)]) } : file,
  );
  assert.equal(await link(with_key), await link(files));
});

test("a saved link is a file that opens like one", async (t) => {
  const { page } = await shared(t);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Save as a file" }).click(),
  ]);
  const chunks = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk);
  const expected = await headline(page);
  const direct = await site.open(t, { now: LATER });
  await drop(direct.page, [{ name: "rootlens-link.txt", bytes: Buffer.concat(chunks) }]);
  await settled(direct.page);
  assert.equal(await headline(direct.page), expected);
});

test("the encoder in the documentation writes a link that opens", async (t) => {
  const { page, link } = await shared(t);
  const files = openziti().map(({ name, bytes }) => ({ name, text: bytes.toString() }));
  const other = written("", files, AS_OF);
  assert.notEqual(other, new URL(link).hash, "the page leaves key identifiers out, the short encoder does not");
  const direct = await site.open(t, { fragment: other, now: LATER });
  await settled(direct.page);
  assert.deepEqual(await report(direct.page), await report(page));
});

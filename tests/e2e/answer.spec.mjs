// The answer first: public incidents, dropped as files, show verdict, cause and fix on the first screen; the corrected file,
// dropped in the place of the old one, is accepted; the question is changed by keyboard; and the router's words stay in its lens.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { current, roleChoice, settled, startOver, unfold } from "./facts.mjs";
import { data, drop, openziti, ROOT, startPage, textOf } from "./harness.mjs";

const site = startPage();

const NOW = new Date("2026-11-30T12:00:00Z");
/** Screens on which the answer has to be seen at once. */
const SCREENS = [
  { viewport: { width: 1440, height: 900 }, colorScheme: "light" },
  { viewport: { width: 390, height: 844 }, colorScheme: "dark" },
];
/** What is said in the router's lens alone (reference: ARCHITECTURE.md, "Words"). */
const ROUTER_WORDS = /\b(OpenZiti|naive|sampled|peers?|controllers?|gates?)\b/i;

function rows() {
  const text = readFileSync(join(ROOT, "tests/data/incidents/expected.tsv"), "utf8");
  const lines = text.split("\n").filter((line) => line.trim() !== "" && !line.startsWith("#"));
  return lines.map((line) => {
    const [folder, words, verdict, causes] = line.split("\t");
    // A flag chooses the role of the file behind it.
    const given = words.matchAll(/(?:--(\S+) )?(\S+)/g);
    return { folder, verdict, causes: causes.split("|"), given: [...given].map(([, role, name]) => ({ role, name })) };
  });
}

function files({ folder, given }) {
  return given.map(({ name }) => data(`incidents/${folder}/${name}`));
}

/** Drops the files of a row and gives them their roles; a file that has two is dropped twice. */
async function dropRow(page, row, dropped = files(row)) {
  await drop(page, dropped);
  await answered(page);
  const names = dropped.map(({ name }, at) => {
    const copies = dropped.slice(0, at).filter((other) => other.name === name).length;
    return copies === 0 ? name : `${name} (${copies + 1})`;
  });
  for (const [at, { role }] of row.given.entries()) {
    if (role === undefined) continue;
    await unfold(page, "sources");
    await roleChoice(page, names[at]).selectOption(role);
    await answered(page);
  }
}

async function answered(page) {
  await page.getByTestId("answer").waitFor();
  await settledWithout(page);
}

async function settledWithout(page) {
  await page.locator("[role=status]", { hasText: "Done." }).first().waitFor({ state: "attached" });
  await current(page);
}

/** The answer as the card gives it. */
async function card(page) {
  await current(page);
  return page.getByTestId("answer").evaluate((it) => ({ verdict: it.dataset.verdict, cause: it.dataset.cause }));
}

/** Whether an element is seen without scrolling, wherever the page stands after roles were chosen. */
async function isOnFirstScreen(page, locator) {
  const box = await locator.boundingBox();
  const top = box && box.y + (await page.evaluate(() => scrollY));
  return box !== null && top >= 0 && top < page.viewportSize().height;
}

test("each incident shows verdict, cause and fix on the first screen", async (t) => {
  assert.equal(rows().length, 34);
  for (const screen of SCREENS) {
    const { page, record } = await site.open(t, { now: NOW, ...screen });
    for (const row of rows()) {
      await dropRow(page, row);
      const { verdict, cause } = await card(page);
      const where = `${row.folder} at ${screen.viewport.width}`;
      if (row.verdict !== "*") assert.equal(verdict, row.verdict, where);
      assert.ok(row.causes.includes("*") || row.causes.includes(cause), `${where}: ${cause}`);
      assert.ok(await isOnFirstScreen(page, page.getByTestId("answer").locator("h1")), `${where}: the sentence`);
      if (["not-trusted", "depends"].includes(verdict)) {
        assert.ok(await isOnFirstScreen(page, page.getByTestId("fix").first()), `${where}: the fix`);
      }
      const said = await textOf(page.locator("main"));
      assert.doesNotMatch(said, ROUTER_WORDS, where);
      assert.deepEqual(record.errors, [], where);
      await startOver(page);
    }
    await page.context().close();
  }
});

test("the corrected file, dropped in the place of the old one, is accepted", async (t) => {
  let tried = 0;
  const { page } = await site.open(t, { now: NOW });
  for (const row of rows()) {
    await dropRow(page, row);
    const download = page.getByTestId("fix").first().getByRole("button", { name: /^Download/ });
    if ((await card(page)).verdict === "trusted" || (await download.count()) === 0) {
      await startOver(page);
      continue;
    }
    const [saved] = await Promise.all([page.waitForEvent("download"), download.first().click()]);
    const corrected = { name: saved.suggestedFilename(), bytes: readFileSync(await saved.path()) };
    const promise = await textOf(page.getByTestId("fix").first());
    // A corrected trust store takes the place of the trust store, a corrected chain that of the chain.
    const given = files(row);
    const old = given.findIndex(({ name }) => name === corrected.name);
    const isStore = /\b(replace|Take|Add|give it)\b/.test(promise) && !/certificate file/.test(promise);
    await startOver(page);
    if (/as its trust store/.test(promise)) {
      // There was none.
      await drop(page, [corrected, ...given]);
    } else {
      // A file that cannot be read is named by its fix.
      const unreadable = /^Fix: Replace /.test(promise) ? given.findIndex(({ name }) => promise.includes(name)) : -1;
      const place = [old, unreadable, isStore ? 0 : given.length - 1].find((index) => index >= 0);
      const isItsOwnName = old >= 0 || corrected.name.endsWith(".yaml");
      const name = isItsOwnName ? corrected.name : given[place].name.replace(/\.[^.]*$/, ".pem");
      await dropRow(page, row, given.map((file, index) => (index === place ? { ...corrected, name } : file)));
    }
    await answered(page);
    const { verdict, cause } = await card(page);
    const isAboutTheForm = /every program reads the corrected file/.test(promise);
    if (isAboutTheForm) assert.notEqual(cause, "unloadable-file", `${row.folder}: ${promise}`);
    else assert.ok(["trusted", "depends"].includes(verdict), `${row.folder}: ${promise} gives ${verdict}`);
    if (/all 11 programs accept/.test(promise)) assert.equal(verdict, "trusted", `${row.folder}: ${promise}`);
    tried += 1;
    await startOver(page);
  }
  assert.ok(tried >= 4, `${tried} corrected files`);
});

test("an OpenZiti network leads with the pools, and both lenses can be chosen", async (t) => {
  const { page } = await site.open(t);
  await drop(page, openziti());
  await settled(page);
  await page.getByTestId("pool-naive").waitFor();
  const choice = page.getByTestId("lens");
  assert.equal(await choice.evaluate((it) => it.value), "router");
  await choice.selectOption("chains");
  await current(page);
  assert.equal(await page.getByTestId("pool-naive").isVisible(), false);
  await choice.selectOption("router");
  await page.getByTestId("pool-naive").waitFor({ state: "visible" });
});

test("the question is changed by keyboard: program, store, date, host", async (t) => {
  const { page } = await site.open(t, { now: NOW });
  await drop(page, files({ folder: "17-node-36453-intermediate-only", given: [{ name: "extra-ca.pem" }, { name: "server.pem" }] }));
  await answered(page);
  assert.equal((await card(page)).verdict, "depends");
  const reach = async (testid) => {
    for (let step = 0; step < 60; step += 1) {
      await page.keyboard.press("Tab");
      if (await page.evaluate((id) => document.activeElement?.closest("[data-testid]")?.dataset.testid === id, testid)) return;
    }
    assert.fail(`no way to ${testid} by Tab`);
  };
  await page.locator("body").press("Home");
  await reach("lens");
  await page.keyboard.type("curl");
  await page.waitForFunction(() => document.querySelector("[data-testid=answer]").dataset.verdict === "trusted");
  await reach("store");
  await page.keyboard.type("no");
  await page.waitForFunction(() => document.querySelector("[data-testid=answer]").dataset.verdict === "unknown");
});

test("a healthy chain looks healthy, and a role can be chosen", async (t) => {
  const { page, record } = await site.open(t, { now: NOW });
  await drop(page, files({ folder: "FA1-healthy", given: [{ name: "ca.pem" }, { name: "server.pem" }] }));
  await answered(page);
  assert.equal((await card(page)).verdict, "trusted");
  assert.equal(await page.getByTestId("fix").count(), 0);
  await unfold(page, "sources");
  await roleChoice(page, "ca.pem").selectOption("other");
  await page.waitForFunction(() => document.querySelector("[data-testid=answer]").dataset.verdict === "unknown");
  assert.deepEqual(record.errors, []);
});

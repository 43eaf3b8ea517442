// The main job on real files: an OpenZiti network of three controllers, the bundle of a router enrolled at the
// first one, and three clients, one of each controller.

import assert from "node:assert/strict";
import { test } from "node:test";

import { findings, headline, matrix, peers, pool, role, roleChoice, settled, unfold } from "./facts.mjs";
import { drop, openziti, startPage, textOf } from "./harness.mjs";

const site = startPage();

const SIGNER = "ziti-controller1-edge-signer";
const ROOT = "ziti-controller1-edge-root";

async function dropped(t, files = openziti()) {
  const opened = await site.open(t);
  await drop(opened.page, files);
  await settled(opened.page);
  return opened;
}

test("one sentence says what happens and to whom", async (t) => {
  const { page, record } = await dropped(t);
  const sentence = await headline(page);
  assert.match(sentence, new RegExp(`\\b${SIGNER}\\b`));
  assert.match(sentence, /\b2 of 3 clients\b/);
  assert.deepEqual(record.errors, []);
});

test("files get their roles by themselves", async (t) => {
  const { page } = await dropped(t);
  await unfold(page, "sources");
  assert.equal(await role(page, "router1.cas.pem"), "trusted");
  for (const number of [1, 2, 3]) {
    assert.equal(await role(page, `ctrl${number}.tls.crt`), "server’s chain");
    assert.equal(await role(page, `client${number}.chain.pem`), "client’s chain");
  }
});

test("both pools show what only one of them has", async (t) => {
  const { page } = await dropped(t);
  assert.deepEqual(await pool(page, "naive"), [{ name: SIGNER, only: "naive-only" }]);
  assert.deepEqual(await pool(page, "correct"), [{ name: ROOT, only: "correct-only" }]);
});

test("the matrix tells for each peer and rule who gets in", async (t) => {
  const { page } = await dropped(t);
  const [yes, no] = ["accepted", "rejected"];
  const [first, second, third] = await peers(page);
  assert.match(first, /ctrl1|controller1/);
  assert.match(second, /ctrl2|controller2/);
  assert.match(third, /ctrl3|controller3/);
  const rows = Object.values(await matrix(page));
  assert.deepEqual(rows, [
    [yes, yes, yes, no, no, yes, no, no, yes],
    [no, no, yes, no, no, yes, no, no, yes],
    [no, no, yes, no, no, yes, no, no, yes],
  ]);
});

test("the graph marks both pools, and its table says the same", async (t) => {
  const { page } = await dropped(t);
  const graph = page.getByTestId("graph");
  assert.match(await textOf(graph.getByRole("button", { name: new RegExp(`^${SIGNER}`) })), /naive/i);
  assert.match(await textOf(graph.getByRole("button", { name: new RegExp(`^${ROOT}`) })), /correct/i);
  await graph.getByRole("button", { name: "As table" }).click();
  assert.match(await textOf(graph.getByRole("row", { name: new RegExp(`^${SIGNER}`) })), /naive/i);
  assert.match(await textOf(graph.getByRole("row", { name: new RegExp(`^${ROOT}`) })), /correct/i);
});

test("a certificate shows its details on selection, from the graph with the keyboard too", async (t) => {
  const { page } = await dropped(t);
  const panel = page.getByTestId("certificate");
  assert.equal(await panel.count(), 0);
  await page.getByTestId("pool-naive").getByRole("button", { name: SIGNER }).click();
  await panel.waitFor();
  assert.match(await textOf(panel), new RegExp(`CN=${ROOT}`));
  await page.keyboard.press("Escape");
  await panel.waitFor({ state: "detached" });
  await page.getByTestId("graph").getByRole("button", { name: new RegExp(`^${ROOT}`) }).focus();
  await page.keyboard.press("Enter");
  await panel.waitFor();
  assert.match(await textOf(panel), new RegExp(ROOT));
});

test("the findings name the fault and that it depends on the controller", async (t) => {
  const { page } = await dropped(t);
  const text = await textOf(page.getByTestId("findings"));
  assert.match(text, new RegExp(SIGNER));
  assert.ok(2 <= (await findings(page)).length, text);
});

test("every verifier's verdict on each client is shown", async (t) => {
  const { page } = await dropped(t);
  assert.match(await textOf(page.getByTestId("engines")), /All 11 programs accept all 3 chains\./);
  await unfold(page, "engines");
  const strips = page.getByTestId("engines").locator("[data-chain]");
  assert.equal(await strips.count(), 3);
  for (const strip of await strips.all()) {
    assert.equal(await strip.locator("[data-engine][data-verdict=accepted]").count(), 11);
    assert.match(await textOf(strip), /accepted by all 11/);
  }
});

test("asking another controller empties the naive pool", async (t) => {
  const { page } = await dropped(t);
  await page.getByTestId("peers").getByRole("radio").nth(1).check();
  await page.getByTestId("pool-naive").getByText("Empty").waitFor();
  assert.deepEqual(await pool(page, "naive"), []);
  assert.deepEqual(await pool(page, "correct"), [{ name: ROOT, only: "correct-only" }]);
});

test("a changed role changes the result at once, and back", async (t) => {
  const { page } = await dropped(t);
  await unfold(page, "sources");
  await roleChoice(page, "client2.chain.pem").selectOption({ label: "not used" });
  await page.getByRole("heading", { name: /\b1 of 2 clients\b/ }).waitFor();
  assert.equal(Object.keys(await matrix(page)).length, 2);
  await page.getByTestId("sources").getByRole("button", { name: "automatic" }).click();
  await page.getByRole("heading", { name: /\b2 of 3 clients\b/ }).waitFor();
});

test("a changed date changes the result at once", async (t) => {
  const { page } = await dropped(t);
  assert.equal(await page.getByTestId("as-of").inputValue(), "2026-11-21");
  const before = await headline(page);
  // The signers expire on 2036-11-28; after that no chain is left.
  await page.getByTestId("as-of").fill("2036-12-01");
  await page.getByTestId("pool-correct").getByText("Empty").waitFor();
  assert.notEqual(await headline(page), before);
  assert.deepEqual(await pool(page, "naive"), []);
  for (const verdicts of Object.values(await matrix(page))) assert.ok(verdicts.every((verdict) => verdict === "rejected"));
});

test("chains that carry the root hide the fault behind a second anchor", async (t) => {
  const { page } = await dropped(t, openziti("distinct", "chain.pem"));
  const naive = (await pool(page, "naive")).map(({ name, only }) => `${name} ${only}`).sort();
  assert.deepEqual(naive, [`${ROOT} null`, `${SIGNER} naive-only`]);
});

test("three signers under one name are kept apart", async (t) => {
  const { page } = await dropped(t, openziti("same"));
  assert.match(await headline(page), /\b2 of 3 clients\b/);
  const boxes = page.getByTestId("graph").getByRole("button", { name: /^ziti-controller-edge-signer/ });
  assert.equal(await boxes.count(), 3);
});

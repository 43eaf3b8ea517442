// What a screen reader is told: names, roles and descriptions as Chromium hands them to it.

import assert from "node:assert/strict";
import { test } from "node:test";

import { current, settled } from "./facts.mjs";
import { dropTooLarge, startPage } from "./harness.mjs";

const site = startPage();

async function opened(t, options) {
  const { page } = await site.open(t, { fragment: "#example=openziti-helm", ...options });
  await settled(page);
  return page;
}

/** The accessibility tree without what is ignored: `[{ role, name, description, parent }]`. */
async function tree(page) {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send("Accessibility.getFullAXTree");
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const heard = (node) => (node && node.ignored ? heard(byId.get(node.parentId)) : node);
  return nodes
    .filter((node) => !node.ignored)
    .map((node) => ({
      role: node.role?.value,
      name: node.name?.value ?? "",
      description: node.description?.value ?? "",
      parent: heard(byId.get(node.parentId))?.role?.value,
    }));
}

test("the drawing has a name and a description, and every box says what it is", async (t) => {
  const nodes = await tree(await opened(t));
  const drawing = nodes.find((node) => node.name.startsWith("Issuer graph"));
  assert.match(drawing.name, /\b4 CAs, 6 end entities/);
  assert.match(drawing.description, /only the naive pool has ziti-controller1-edge-signer/);
  assert.match(drawing.description, /Arrow keys/);
  const boxes = nodes.filter((node) => node.role === "button" && /, (CA|end entity|missing issuer)\b/.test(node.name + node.description));
  assert.equal(boxes.length, 10);
  const said = (name) => boxes.map((box) => `${box.name} ${box.description}`).find((words) => words.includes(name));
  assert.match(said("ziti-controller1-edge-signer"), /naive root only.*, CA, naive root only\. Certificate \d+, issued by ziti-controller1-edge-root/);
  assert.match(said("ziti-controller1-edge-root"), /correct root only.*, CA, correct root only\. Certificate \d+, self-signed/);
  assert.ok(boxes.some((box) => /client, locked out/.test(box.description)));
});

test("the table beside the drawing says the same of every certificate", async (t) => {
  const page = await opened(t);
  await page.getByRole("button", { name: "As table" }).click();
  const table = page.getByTestId("graph").getByRole("table");
  assert.equal(await table.getByRole("rowheader").count(), 10);
  assert.equal(await table.getByRole("columnheader").count(), 6);
  assert.equal(await table.getByRole("cell", { name: "naive root only" }).count(), 1);
  assert.equal(await table.getByRole("cell", { name: "correct root only" }).count(), 1);
});

test("every cell of the matrix belongs to a client, a peer and a rule", async (t) => {
  const page = await opened(t);
  const cells = await page.getByTestId("client-matrix").locator("table").evaluate((table) => {
    const [peers, rules] = [...table.tHead.rows].map((row) => [...row.cells]);
    const columns = peers.slice(1).flatMap((peer) => Array(peer.colSpan).fill(peer));
    return [...table.tBodies[0].rows].filter((row) => row.cells.length > 1).flatMap((row) => {
      const [client, ...verdicts] = row.cells;
      const heads = (at) => [client, columns[at], rules[at]];
      return verdicts.map((cell, at) => ({
        scopes: heads(at).map((head) => head.scope),
        peer: columns[at].textContent,
        rule: rules[at].textContent.trim() === cell.dataset.rule,
        words: cell.innerText.trim(),
      }));
    });
  });
  assert.equal(cells.length, 27);
  for (const [at, cell] of cells.entries()) {
    assert.deepEqual(cell.scopes, ["row", "colgroup", "col"]);
    assert.match(cell.peer, new RegExp(`ctrl${1 + Math.floor((at % 9) / 3)}\\.tls\\.crt`));
    assert.ok(cell.rule);
    assert.match(cell.words, /^(accepted|rejected)$/);
  }
});

test("where the matrix is stacked it stays a table, and each cell says its rule", async (t) => {
  const nodes = await tree(await opened(t, { viewport: { width: 320, height: 640 } }));
  const cells = nodes.filter((node) => ["cell", "gridcell"].includes(node.role) && /accepted|rejected/.test(node.name));
  assert.equal(cells.length, 27);
  assert.ok(cells.every(({ name }) => /^(asked: .*)?(naive, leaf only|naive|correct) *(accepted|rejected)( *asked: .*)?$/.test(name)), cells.map(({ name }) => name).join("\n"));
  assert.equal(cells.filter(({ name }) => /asked: ctrl\d/.test(name)).length, 9);
  assert.equal(nodes.filter((node) => node.role === "rowheader" && /^client\d/.test(node.name)).length, 3);
});

test("every verifier says its verdict, and the slider its date", async (t) => {
  const page = await opened(t, { fragment: "#example=expired-cross-sign" });
  const nodes = await tree(page);
  const buttons = nodes.filter(({ role, name }) => role === "button" && /, (accepts|rejects)\b/.test(name));
  const accepting = buttons.filter(({ name }) => /, accepts\b/.test(name));
  assert.deepEqual([buttons.length, accepting.length], [33, 25]);
  const slider = nodes.find(({ role }) => role === "slider");
  assert.match(slider.name, /^Judge as of/);
  assert.equal(await page.getByRole("slider").getAttribute("aria-valuetext"), "2026-06-15 12:00:00 UTC");
  // Who is pressed is told, and the region of its panel bears its name.
  await page.getByRole("button", { name: /^OpenSSL 3.0 ?, rejects/ }).click();
  assert.equal(await page.getByRole("button", { name: /^OpenSSL 3.0 ?, rejects/, pressed: true }).count(), 1);
  assert.equal(await page.getByRole("region", { name: "OpenSSL 3.0 rejects billing.client.pem" }).count(), 1);
});

test("what divides the verifiers is said once it is found", async (t) => {
  const page = await opened(t, { fragment: "#example=expired-cross-sign" });
  const status = page.getByRole("status").filter({ hasText: "What divides them" });
  await status.waitFor();
  await page.evaluate(() => {
    globalThis.said = [];
    const status = document.querySelector("[data-testid=dividing]");
    new MutationObserver(() => globalThis.said.push(status.textContent)).observe(status, { childList: true, characterData: true, subtree: true });
  });
  await page.getByLabel("used as").selectOption("any");
  await page.waitForFunction(() => globalThis.said.some((words) => /^What divides them: .*all would accept\.$/.test(words)));
  assert.match(await page.evaluate(() => globalThis.said[0]), /^Looking for the fact/);
});

test("reading, being done, a refusal and a change of the result are said", async (t) => {
  const { page } = await site.open(t);
  // The region is there before it speaks.
  assert.equal(await page.locator("#rootlens p[role=status]").count(), 1);
  await page.evaluate(() => {
    globalThis.said = [];
    const status = document.querySelector("#rootlens p[role=status]");
    new MutationObserver(() => globalThis.said.push(status.textContent)).observe(status, { childList: true, characterData: true, subtree: true });
  });
  await page.locator("[data-example=openziti-helm]").click();
  await settled(page);
  const said = await page.evaluate(() => globalThis.said);
  assert.match(said[0], /^Reading/);
  assert.equal(said.at(-1), "Done.");
  const live = page.locator("[aria-live=polite]", { has: page.locator("h1") });
  assert.match(await live.innerText(), /2 of 3 clients/);
  await page.getByTestId("peers").getByRole("radio").nth(1).check();
  await current(page);
  assert.match(await live.innerText(), /3 clients/);
  await dropTooLarge(page, "large.pem");
  await page.getByRole("alert").waitFor();
  assert.match(await page.getByRole("alert").innerText(), /large\.pem was not read/);
});

test("no control is without a name, and no picture speaks", async (t) => {
  const page = await opened(t);
  await page.getByTestId("pool-naive").getByRole("button").first().click();
  const nodes = await tree(page);
  const controls = ["button", "link", "radio", "combobox", "textbox", "Date", "DisclosureTriangle", "table", "region", "complementary"];
  assert.deepEqual(nodes.filter((node) => controls.includes(node.role) && !node.name.trim()), []);
  assert.deepEqual(nodes.filter((node) => ["image", "img", "SvgRoot"].includes(node.role) && !node.name), []);
});

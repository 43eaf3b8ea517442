// The OpenZiti case by keyboard alone: every step is a key, the focus is always seen, and it is never lost.

import assert from "node:assert/strict";
import { test } from "node:test";

import { headline, pool, role, settled } from "./facts.mjs";
import { MOST_STOPS, focus, seenFocus, tabTo } from "./focus.mjs";
import { dropTooLarge, openziti, startPage, textOf } from "./harness.mjs";

const site = startPage();

async function opened(t) {
  const { page, record } = await site.open(t);
  // The browser is told to hand the chooser over before any key is pressed: that takes it a moment.
  const chooser = page.waitForEvent("filechooser");
  await tabTo(page, /^Choose files/);
  await page.keyboard.press("Enter");
  const files = openziti().map(({ name, bytes }) => ({ name, mimeType: "application/x-pem-file", buffer: bytes }));
  await (await chooser).setFiles(files);
  await settled(page);
  return { page, record };
}

test("the whole case, from the files to the beginning again", async (t) => {
  const { page, record } = await opened(t);
  const panel = page.getByTestId("certificate");

  await t.test("the reader begins at the headline", async () => {
    assert.equal((await seenFocus(page)).tag, "H1");
    assert.match(await headline(page), /\b2 of 3 clients\b/);
  });

  await t.test("another controller is asked", async () => {
    await tabTo(page, /^ctrl1/);
    await page.keyboard.press("ArrowDown");
    await page.getByTestId("pool-naive").getByText("Empty").waitFor();
    assert.match((await seenFocus(page)).name, /^ctrl2/);
    await page.keyboard.press("ArrowUp");
    await page.getByRole("heading", { name: /\b2 of 3 clients\b/ }).waitFor();
    assert.equal((await pool(page, "naive")).length, 1);
  });

  await t.test("the graph is one stop, and arrow keys follow its lines", async () => {
    await tabTo(page, /ziti-controller1-edge-root/, { part: "graph" });
    const names = [];
    for (const key of ["ArrowDown", "ArrowDown", "ArrowRight", "ArrowUp", "ArrowUp", "End", "Home"]) {
      await page.keyboard.press(key);
      names.push((await seenFocus(page)).name);
    }
    const [signer, controller, client, back, root, last, first] = names;
    assert.match(signer, /edge-signer/);
    assert.match(controller, /ziti-controller\d/);
    assert.notEqual(client, controller);
    assert.equal(back, signer);
    assert.match(root, /ziti-controller1-edge-root/);
    assert.notEqual(last, first);
    assert.equal(first, root);
  });

  await t.test("a certificate opens, leads on, and Escape gives the focus back", async () => {
    const before = await focus(page);
    await page.keyboard.press("Enter");
    await panel.waitFor();
    assert.equal((await seenFocus(page)).tag, "H2");
    await tabTo(page, /edge-signer/, { part: "certificate" });
    await page.keyboard.press("Enter");
    await panel.getByRole("heading", { name: /edge-signer/ }).waitFor();
    assert.equal((await seenFocus(page)).tag, "H2");
    await page.keyboard.press("Escape");
    await panel.waitFor({ state: "detached" });
    assert.equal((await seenFocus(page)).name, before.name);
  });

  await t.test("who has gone on beside the sheet stays there when it closes", async () => {
    await page.keyboard.press("Enter");
    await panel.waitFor();
    await tabTo(page, /./, { part: "sources", key: "Shift+Tab" });
    const there = await page.evaluateHandle(() => document.activeElement);
    await page.keyboard.press("Escape");
    await panel.waitFor({ state: "detached" });
    assert.ok(await there.evaluate((element) => element === document.activeElement));
  });

  await t.test("the reasons in the matrix unfold", async () => {
    await tabTo(page, /^client2/, { part: "client-matrix", key: "Shift+Tab" });
    await page.keyboard.press("Enter");
    assert.match(await textOf(page.locator(".rl-matrix__reasons:not([hidden])")), /naive: rejected/);
    await seenFocus(page);
  });

  await t.test("a role is changed, and given back", async () => {
    await tabTo(page, /^Sources/, { part: "sources" });
    await page.keyboard.press("Enter");
    await tabTo(page, /^Role of client2/);
    await page.keyboard.press("End");
    await page.getByRole("heading", { name: /\b1 of 2 clients\b/ }).waitFor();
    assert.equal(await role(page, "client2.chain.pem"), "not used");
    await tabTo(page, /^automatic/);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: /\b2 of 3 clients\b/ }).waitFor();
    assert.match((await seenFocus(page)).name, /^Role of client2/);
  });

  await t.test("the date is changed", async () => {
    // Backwards out of the page and in again leads to the month.
    while ((await focus(page)).tag !== "BODY") await page.keyboard.press("Shift+Tab");
    await tabTo(page, /^as of/);
    await page.keyboard.type("12012036");
    await page.getByTestId("pool-correct").getByText("Empty").waitFor();
    await tabTo(page, /^now/);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: /\b2 of 3 clients\b/ }).waitFor();
    await seenFocus(page);
  });

  await t.test("it starts over at the heading", async () => {
    await tabTo(page, /^Start over/);
    await page.keyboard.press("Enter");
    await page.getByTestId("paste").waitFor();
    assert.equal((await seenFocus(page)).tag, "H1");
  });
  assert.deepEqual(record.errors, []);
});

test("an example and pasted text are reached as well, and a refusal is dismissed", async (t) => {
  const { page } = await site.open(t);
  await tabTo(page, /^Paste anywhere/);
  await tabTo(page, /^Three OpenZiti controllers/);
  await page.keyboard.press("Enter");
  await settled(page);
  assert.equal((await seenFocus(page)).tag, "H1");
  await dropTooLarge(page, "large.pem");
  await page.getByRole("alert").waitFor();
  await tabTo(page, /^Dismiss/);
  await page.keyboard.press("Enter");
  await page.getByRole("alert").waitFor({ state: "detached" });
  assert.equal((await seenFocus(page)).tag, "H1");
});

test("the OpenZiti example has at most 40 stops", async (t) => {
  const { page } = await site.open(t, { fragment: "#example=openziti-helm" });
  await settled(page);
  const stops = [];
  for (let presses = 0; presses < MOST_STOPS; presses += 1) {
    await page.keyboard.press("Tab");
    const { tag, name } = await focus(page);
    if (tag === "BODY") break;
    // The parts of a date are stops of the browser's own, in one field.
    const isNew = await page.evaluate(() => document.activeElement !== globalThis.last && Boolean((globalThis.last = document.activeElement)));
    if (isNew) stops.push(name);
  }
  assert.ok(20 < stops.length && stops.length <= 40, `${stops.length} stops: ${stops.join("; ")}`);
});

test("a source is removed, and the focus stays at the sources", async (t) => {
  const { page, record } = await opened(t);
  await tabTo(page, /^Sources/, { part: "sources" });
  await page.keyboard.press("Enter");
  await tabTo(page, /^Remove client2/, { part: "sources" });
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: /\b1 of 2 clients\b/ }).waitFor();
  assert.match((await seenFocus(page)).name, /^Sources/);
  assert.equal(await page.locator("[data-source]").count(), 6);
  assert.deepEqual(record.errors, []);
});

for (const [size, viewport] of Object.entries({ wide: { width: 1440, height: 900 }, narrow: { width: 390, height: 844 }, magnified: { width: 720, height: 450 } })) {
  test(`Tab goes through the whole result and out again, ${size}`, async (t) => {
    const { page } = await site.open(t, { viewport, fragment: "#example=openziti-helm" });
    await settled(page);
    const seen = [];
    for (let stops = 0; stops < MOST_STOPS; stops += 1) {
      await page.keyboard.press("Tab");
      if ((await focus(page)).tag === "BODY") break;
      seen.push((await seenFocus(page)).name);
    }
    assert.ok(20 < seen.length && seen.length < MOST_STOPS, `${seen.length} stops`);
    assert.match(seen.at(-1), /Does anything leave/);
  });
}

test("a sheet over the whole window leaves nothing behind it in the way", async (t) => {
  const { page } = await site.open(t, { viewport: { width: 390, height: 844 }, fragment: "#example=openziti-helm" });
  await settled(page);
  await page.getByTestId("pool-naive").getByRole("button").first().focus();
  await page.keyboard.press("Enter");
  await page.getByTestId("certificate").waitFor();
  for (let stops = 0; stops < MOST_STOPS; stops += 1) {
    await page.keyboard.press("Tab");
    const found = await focus(page);
    if (found.tag === "BODY") break;
    assert.equal(found.part, "certificate", found.name);
  }
  await page.keyboard.press("Escape");
  assert.equal((await seenFocus(page)).part, "pool-naive");
});

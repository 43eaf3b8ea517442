// The page starts, with its own files and nothing else.

import assert from "node:assert/strict";
import { test } from "node:test";

import { headline, settled } from "./facts.mjs";
import { drop, openziti, startPage } from "./harness.mjs";

const site = startPage();

test("the page starts without an error", async (t) => {
  const { page, record } = await site.open(t);
  assert.match(await page.title(), /rootlens/);
  assert.equal(await page.locator("h1").count(), 1);
  assert.equal(await page.locator("#boot").count(), 0, "the program has taken the place of the notice");
  assert.deepEqual(record.errors, []);
});

test("the page loads each of its files once", async (t) => {
  const { page, record } = await site.open(t);
  await page.reload();
  await page.locator("main").waitFor();
  const files = record.requests.map((request) => new URL(request.replace("GET ", "")).pathname);
  assert.deepEqual(files, [...new Set(files)]);
  for (const kind of [/^\/$/, /^\/app-\w+\.js$/, /^\/app-\w+\.wasm$/, /^\/inspector\.js$/, /^\/inspector_bg\.wasm$/, /^\/public-roots\.bin$/]) {
    assert.ok(files.some((file) => kind.test(file)), `${kind} is among ${files.join(", ")}`);
  }
});

test("the page can speak to nobody else, even if it tried", async (t) => {
  const { page, record } = await site.open(t);
  const refused = await page.evaluate(() => {
    const attempts = [
      fetch("https://example.com/"),
      new Promise((resolve, reject) => {
        const image = new Image();
        image.onload = resolve;
        image.onerror = () => reject(new Error("refused"));
        image.src = "https://example.com/pixel.png";
      }),
    ];
    return Promise.all(attempts.map((attempt) => attempt.then(() => "reached", () => "refused")));
  });
  assert.deepEqual(refused, ["refused", "refused"]);
  assert.ok(record.errors.length >= 2);
  for (const error of record.errors) assert.match(error, /Content Security Policy/);
});

test("a page that runs may not even speak to its own host", async (t) => {
  const { page, record } = await site.open(t);
  const outcome = await page.evaluate(() => fetch(location.href).then(() => "reached", () => "refused"));
  assert.equal(outcome, "refused");
  assert.ok(record.errors.some((error) => /Content Security Policy.*connect-src 'none'/.test(error)), record.errors.join("\n"));
});

test("the worker may not even speak to its own host", async (t) => {
  const { page, record } = await site.open(t);
  await drop(page, openziti());
  await settled(page);
  const [inspector, ...others] = page.workers();
  assert.deepEqual(others, []);
  const outcomes = await inspector.evaluate(async (address) => {
    const socket = () =>
      new Promise((resolve, reject) => Object.assign(new WebSocket(address.replace("http", "ws")), { onopen: resolve, onerror: reject }));
    const attempts = [fetch(address), import(address), socket()];
    return Promise.all(attempts.map((attempt) => attempt.then(() => "reached", () => "refused")));
  }, page.url());
  assert.deepEqual(outcomes, ["refused", "refused", "refused"]);
  assert.deepEqual(record.answered, []);
});

test("where the browser refuses a worker, the page reads certificates itself, and says the same", async (t) => {
  const { page } = await site.open(t);
  await drop(page, openziti());
  await settled(page);
  const expected = await headline(page);
  for (const refuse of [
    () => (globalThis.Worker = undefined),
    () =>
      (globalThis.Worker = class {
        constructor() {
          throw new Error("refused at once");
        }
      }),
    () =>
      (globalThis.Worker = class {
        constructor() {
          setTimeout(() => this.onerror(new Event("error")));
        }
      }),
  ]) {
    const { page, record } = await site.open(t, { before: refuse });
    await drop(page, openziti());
    await settled(page);
    assert.equal(await headline(page), expected);
    assert.deepEqual(page.workers(), []);
    assert.equal(record.errors.length, 1, record.errors.join("\n"));
    assert.match(record.errors[0], /refuses a worker/);
    assert.deepEqual(record.requests, []);
  }
});

test("the second policy stands before a file can be dropped", async (t) => {
  const { page } = await site.open(t);
  await page.addInitScript(() => {
    const policies = () => document.head.querySelectorAll("meta[http-equiv=Content-Security-Policy]").length;
    new MutationObserver(() => {
      if (!document.querySelector("main")) return;
      globalThis.policiesAtTheFirstDrawing ??= policies();
    }).observe(document, { childList: true, subtree: true });
  });
  await page.reload();
  await page.locator("main").waitFor();
  assert.equal(await page.evaluate(() => globalThis.policiesAtTheFirstDrawing), 2);
});

test("the public roots are there before a file can be dropped", async (t) => {
  const { page } = await site.open(t);
  const [inspector] = page.workers();
  const begins = await inspector.evaluate(() => new TextDecoder().decode(globalThis.rootlensPublicRoots.subarray(0, 22)));
  assert.equal(begins, "rootlens public roots ");
  assert.equal(await page.getByTestId("missing-roots").count(), 0);
});

for (const [what, answer] of [
  ["without the public roots", (route) => route.abort()],
  ["with another file in their place", (route) => route.fulfill({ status: 200, body: "<!doctype html>\n" })],
  ["where the host does not have them", (route) => route.fulfill({ status: 404, body: "" })],
]) {
  test(`${what} the page works and says that they are missing`, async (t) => {
    const { page } = await site.open(t);
    await page.route("**/public-roots.bin", answer);
    await page.reload();
    await page.getByTestId("missing-roots").filter({ hasText: "did not load" }).waitFor();
    await drop(page, openziti());
    await settled(page);
    assert.notEqual(await headline(page), "");
    assert.equal(await page.getByTestId("missing-roots").count(), 1);
  });
}

test("a page that cannot start says so", async (t) => {
  const { page } = await site.open(t);
  await page.route("**/*.wasm", (route) => route.abort());
  await page.reload();
  const notice = page.locator("#boot", { hasText: "could not start" });
  await notice.waitFor();
});

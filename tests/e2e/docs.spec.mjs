// dist/docs/: figures that are pictures until they are clicked, and rootlens-embed.js, which makes them run.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { violations } from "./axe.mjs";
import { headline, settled, unfold } from "./facts.mjs";
import { DIST, ROOT, startPage, textOf } from "./harness.mjs";
import { serve } from "./server.mjs";

const site = startPage();
const FIGURES = 3;
const BUTTON = "Explore in rootlens";

let dist;
before(async () => {
  dist = await serve(DIST);
});
after(() => dist.close());

const docs = (t, options = {}) => site.open(t, { at: `${dist.address}docs/`, ...options });

/** Clicks the figure of this number and gives its frame, once the result is in it. */
async function start(page, number) {
  const figure = page.locator("root-lens").nth(number);
  await figure.getByRole("button", { name: BUTTON }).click();
  return running(figure);
}

async function running(figure) {
  const frame = await (await figure.locator("iframe").elementHandle()).contentFrame();
  await settled(frame);
  return frame;
}

/** The frame is as high as its content, give or take a rounding. */
async function fits(page, number, frame) {
  const content = await frame.evaluate(() => Math.ceil(document.body.getBoundingClientRect().height));
  const inner = () => page.locator("root-lens").nth(number).locator("iframe").evaluate((frame) => frame.clientHeight);
  for (let tries = 0; tries < 20 && Math.abs((await inner()) - content) > 1; tries++) await page.waitForTimeout(100);
  assert.ok(Math.abs((await inner()) - content) <= 1, `${await inner()} pixels for ${content}`);
  assert.ok(400 < content, "there is a result in it");
}

test("before the click there are pictures, and nothing of rootlens is loaded but the script", async (t) => {
  const { page, record } = await docs(t);
  await page.reload();
  await page.waitForLoadState("load");
  assert.equal(await page.locator("root-lens").count(), FIGURES);
  for (const image of await page.locator("root-lens img").all()) {
    assert.ok(await image.isVisible());
    assert.ok(100 < (await image.evaluate((image) => image.naturalWidth)), "the picture is there");
    assert.match(await image.getAttribute("alt"), /^Issuer graph: .*\d/);
  }
  assert.equal(await page.locator("iframe").count(), 0);
  const loaded = record.requests.map((request) => request.replace(/^GET .*\//, ""));
  const known = ["", "docs.css", "tokens.css", "rootlens-embed.js", ...readdirSync(join(DIST, "docs")).filter((name) => name.endsWith(".svg"))];
  for (const name of loaded) assert.ok(known.includes(name), `${name} was loaded`);
  assert.deepEqual(record.errors, []);
});

test("without JavaScript the pictures stay", async (t) => {
  const { page } = await docs(t, { javaScriptEnabled: false });
  for (const image of await page.locator("root-lens img").all()) assert.ok(await image.isVisible());
  assert.equal(await page.getByRole("button", { name: BUTTON }).count(), 0);
});

for (const [size, viewport] of Object.entries({ wide: { width: 1440, height: 900 }, narrow: { width: 390, height: 844 } })) {
  test(`three figures run beside each other, each as high as it needs, ${size}`, async (t) => {
    const { page, record } = await docs(t, { viewport });
    const frames = [];
    for (let number = 0; number < FIGURES; number++) frames.push(await start(page, number));
    for (const [number, frame] of frames.entries()) await fits(page, number, frame);
    const lines = await Promise.all(frames.map(headline));
    assert.equal(new Set(lines).size, FIGURES, lines.join("\n"));
    assert.match(lines[0], /\b2 of 3 clients\b/);
    const heights = await page.locator("iframe").evaluateAll((frames) => frames.map((frame) => frame.clientHeight));

    // What one does is no matter of the others.
    await frames[0].evaluate(() => {
      const more = document.createElement("div");
      more.style.height = "500px";
      document.body.append(more);
    });
    await page.waitForFunction((before) => document.querySelector("root-lens").shadowRoot.querySelector("iframe").clientHeight >= before + 500, heights[0]);
    const later = await page.locator("iframe").evaluateAll((frames) => frames.map((frame) => frame.clientHeight));
    assert.deepEqual(later.slice(1), heights.slice(1));

    record.loaded();
    for (const frame of frames) {
      await unfold(frame, "sources");
      await frame.getByTestId("sources").locator("button.rl-link").first().press("Enter");
      await frame.getByTestId("certificate").waitFor();
      await page.keyboard.press("Escape");
    }
    assert.deepEqual(record.requests, [], "nothing is requested once a figure runs");
    assert.deepEqual(record.errors, []);
    const [inner, outer] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    assert.ok(inner <= outer, "nothing sticks out");
  });
}

test("a figure starts with the keyboard, and the keyboard is in it then", async (t) => {
  const { page } = await docs(t);
  const figure = page.locator("root-lens").first();
  await figure.getByRole("button", { name: BUTTON }).focus();
  await page.keyboard.press("Enter");
  const frame = await running(figure);
  assert.equal(await page.evaluate(() => document.activeElement.localName), "root-lens");
  await page.keyboard.press("Tab");
  await frame.waitForFunction(() => document.hasFocus() && document.activeElement !== document.body);
  assert.equal(await figure.locator("iframe").getAttribute("title"), await figure.getAttribute("title"));
});

test("a frame reaches nothing outside of it", async (t) => {
  const { page } = await docs(t);
  const frame = await start(page, 0);
  const found = await frame.evaluate(() => {
    const tried = { parent: () => parent.document.title, storage: () => localStorage.length, cookie: () => document.cookie, top: () => top.location.href };
    return Object.fromEntries(Object.entries(tried).map(([name, attempt]) => {
      try {
        return [name, `reached: ${attempt()}`];
      } catch (error) {
        return [name, error.name];
      }
    }));
  });
  assert.deepEqual(found, { parent: "SecurityError", storage: "SecurityError", cookie: "SecurityError", top: "SecurityError" });
  const read = await page.evaluate(() => document.querySelector("root-lens").shadowRoot.querySelector("iframe").contentDocument);
  assert.equal(read, null, "nor does the page reach into it");
});

test("messages that are not of its own frame change nothing", async (t) => {
  const { page } = await docs(t);
  const first = await start(page, 0);
  await start(page, 1);
  await fits(page, 0, first);
  const heights = () => page.locator("iframe").evaluateAll((frames) => frames.map((frame) => frame.clientHeight));
  const before = await heights();
  await page.evaluate(() => postMessage({ type: "rootlens:size", version: 1, height: 999 }, "*"));
  await first.evaluate(() => {
    for (const height of ["999", -1, NaN, null, {}]) parent.postMessage({ type: "rootlens:size", version: 1, height }, "*");
    parent.postMessage({ type: "rootlens:size", version: 2, height: 999 }, "*");
    parent.postMessage(null, "*");
  });
  await page.waitForTimeout(300);
  assert.equal((await heights())[1], before[1]);
  await first.evaluate(() => parent.postMessage({ type: "rootlens:size", version: 1, height: 1e9 }, "*"));
  await page.waitForFunction((before) => document.querySelector("root-lens").shadowRoot.querySelector("iframe").clientHeight !== before, before[0]);
  assert.deepEqual(await heights(), [20000, before[1]]);
});

test("the theme is that of the page around it, or the reader's", async (t) => {
  const { page } = await docs(t, { colorScheme: "dark" });
  const frame = await start(page, 0);
  const ground = () => frame.evaluate(() => getComputedStyle(document.body).backgroundColor);
  assert.equal(await ground(), "rgb(12, 14, 16)");
  await page.evaluate(() => (document.documentElement.dataset.theme = "light"));
  await frame.locator("html[data-theme=light]").waitFor({ state: "attached" });
  assert.equal(await ground(), "rgb(245, 246, 248)");
  await page.evaluate(() => document.querySelector("root-lens").setAttribute("theme", "dark"));
  await frame.locator("html[data-theme=dark]").waitFor({ state: "attached" });
});

/** A page of another origin than the script and the frame, which shows what a reader of such a page sees. */
async function elsewhere(t, element, more = {}) {
  const page = `<!doctype html><html lang="en"><head><title>Elsewhere</title><link rel="icon" href="data:,">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src ${dist.address}; frame-src ${dist.address}; connect-src 'self'; img-src data:">
    <script src="${dist.address}rootlens-embed.js" defer></script></head><body><main>${element}</main></body></html>`;
  const host = await serve(join(DIST, "docs"), { "/page.html": page, ...more });
  t.after(() => host.close());
  return site.open(t, { at: `${host.address}page.html` });
}

test("a page of another origin with a policy of its own shows a figure", async (t) => {
  const { page, record } = await elsewhere(t, `<root-lens example="openziti-helm" label="Go"><span>before</span></root-lens>`);
  assert.ok(await page.getByText("before").isVisible());
  await page.getByRole("button", { name: "Go" }).click();
  const frame = await running(page.locator("root-lens"));
  await fits(page, 0, frame);
  assert.match(await headline(frame), /\b2 of 3 clients\b/);
  assert.equal(await page.getByText("before").isVisible(), false);
  assert.deepEqual(record.errors, []);
});

test("a link is shown, in every form that people have it in", async (t) => {
  const link = readFileSync(join(ROOT, "tests/data/share/openziti.link"), "utf8").trim().slice(1);
  const forms = [link, `#${link}`, `https://rootlens.example/#${link}`, `https://rootlens.example/%23${link}`];
  const { page, record } = await elsewhere(t, forms.map((form) => `<root-lens link="${form}"></root-lens>`).join(""));
  const lines = [];
  for (let number = 0; number < forms.length; number++) lines.push(await headline(await start(page, number)));
  assert.match(lines[0], /\b2 of 3 clients\b/);
  assert.equal(new Set(lines).size, 1);
  assert.deepEqual(record.errors, []);
});

test("files of the host are handed over, others are not fetched", async (t) => {
  const files = ["ca.crt", "api.server.pem", "node-1.client.pem"].map((name) => `regenerated-ca/${name}`).join(" ");
  const { page } = await elsewhere(
    t,
    `<root-lens src="${files}" at="2026-03-02"></root-lens><root-lens src="${dist.address}docs/regenerated-ca/ca.crt"></root-lens>
     <root-lens src="missing.pem"></root-lens>`,
  );
  const frame = await start(page, 0);
  assert.deepEqual(await frame.locator("[data-source]").evaluateAll((all) => all.map((one) => one.dataset.source)), ["ca.crt", "api.server.pem", "node-1.client.pem"]);
  for (const number of [1, 2]) {
    const figure = page.locator("root-lens").nth(number);
    await figure.getByRole("button").click();
    await figure.locator("iframe").waitFor({ state: "detached" });
    assert.match(await figure.evaluate((figure) => figure.shadowRoot.textContent), /^rootlens: \S+/);
  }
});

test("it leaves when it is taken out, and may come back", async (t) => {
  const { page, record } = await docs(t);
  await start(page, 0);
  await page.evaluate(() => {
    const figure = document.querySelector("root-lens");
    const { parentElement } = figure;
    figure.remove();
    parentElement.append(figure);
  });
  const figure = page.locator("root-lens").first();
  assert.ok(await figure.getByRole("button", { name: BUTTON }).isVisible());
  await figure.getByRole("button", { name: BUTTON }).click();
  await running(figure);
  assert.deepEqual(record.errors, []);
});

test("the script leaves no global name and may be loaded twice", async (t) => {
  const { page, record } = await docs(t);
  const added = await page.evaluate(async () => {
    const before = Object.getOwnPropertyNames(globalThis);
    await new Promise((resolve) => document.head.append(Object.assign(document.createElement("script"), { src: "../rootlens-embed.js", onload: resolve })));
    return Object.getOwnPropertyNames(globalThis).filter((name) => !before.includes(name));
  });
  assert.deepEqual(added, []);
  assert.deepEqual(record.errors, []);
});

test("its policy allows nothing inline and nothing from elsewhere", () => {
  const page = readFileSync(join(DIST, "docs/index.html"), "utf8");
  const [policy] = page.match(/(?<="Content-Security-Policy" content=")[^"]*/);
  assert.match(policy, /^default-src 'none';/);
  assert.doesNotMatch(policy, /unsafe|https?:|\*/);
  assert.doesNotMatch(page, /<style|style="|\son\w+="|<script>/);
});

for (const colorScheme of ["light", "dark"]) {
  for (const width of [1440, 390, 320]) {
    test(`axe finds nothing, ${colorScheme}, ${width} pixels wide`, async (t) => {
      const { page } = await docs(t, { colorScheme, viewport: { width, height: 844 } });
      const found = await violations(page);
      assert.deepEqual(found, []);
      const [inner, outer] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
      assert.ok(inner <= outer, "nothing sticks out");
      const frame = await start(page, 0);
      assert.deepEqual(await violations(page), []);
      assert.deepEqual(await violations(frame), []);
      assert.notEqual(await textOf(frame.locator("main")), "");
    });
  }
}

// The page in a frame of another page, as docs/embed.md promises: what it shows, what it says and what it takes.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { violations } from "./axe.mjs";
import { headline, pool, settled, unfold } from "./facts.mjs";
import { DIST, data, drop, openziti, paste, startPage, textOf } from "./harness.mjs";
import { serve } from "./server.mjs";

const site = startPage();
const EXAMPLE = "?embed=1#example=openziti-helm";
const AT = "2026-11-21T18:00:00Z";
const NOTHING = "Nothing to show yet.";

/** A page of another origin, which frames rootlens, keeps what it hears and says what a test tells it to. */
const HOST = `<!doctype html><html lang="en"><title>Host</title><link rel="icon" href="data:,"><main>
  <iframe id="frame" title="rootlens" width="900" height="300"></iframe>
  <iframe id="sibling" title="sibling" srcdoc="sibling"></iframe></main>
  <script>
    const heard = [];
    const frame = document.getElementById("frame");
    addEventListener("message", ({ source, data }) => { if (source === frame.contentWindow) heard.push(data); });
  </script>`;
let dist, host;
before(async () => {
  dist = await serve(DIST);
  host = await serve(DIST, { "/host.html": HOST });
});
after(() => Promise.all([dist.close(), host.close()]));

/** The host with rootlens in its frame, once that is ready. */
async function framed(t, address = "?embed=1", options = {}) {
  const { page, record } = await site.open(t, { at: `${host.address}host.html`, ...options });
  await page.evaluate((address) => (frame.src = address), dist.address + address);
  await heard(page, "ready");
  record.loaded();
  const inside = page.frameLocator("#frame");
  return { page, record, inside, frame: await (await page.locator("#frame").elementHandle()).contentFrame() };
}

/** Waits for the next message of a type that was not asked for before. */
async function heard(page, type) {
  const found = await page.waitForFunction((type) => {
    const index = heard.findIndex((message) => message.type === type);
    return 0 <= index && heard.splice(index, 1)[0];
  }, `rootlens:${type}`);
  return found.jsonValue();
}

const say = (page, message) =>
  page.evaluate((message) => frame.contentWindow.postMessage(message, "*"), { version: 1, ...message });

const load = (page, files, more = {}) =>
  say(page, { type: "rootlens:load", files: files.map(({ name, bytes }) => ({ name, text: bytes.toString() })), ...more });

test("it has no header, no way in and no foot", async (t) => {
  const { page, record } = await site.open(t, { fragment: EXAMPLE });
  await settled(page);
  assert.match(await headline(page), /\b2 of 3 clients\b/);
  assert.equal(await page.locator("header.rl-header, [data-testid=file-input], [data-testid=paste], [data-testid=as-of]").count(), 0);
  assert.equal(await page.locator("#phone-home").isVisible(), false);
  assert.deepEqual(record.errors, []);
});

test("what is dropped on it or pasted into it is not read", async (t) => {
  const { page } = await site.open(t, { fragment: "?embed=1" });
  const prevented = page.evaluate(() => new Promise((resolve) => addEventListener("drop", (event) => resolve(event.defaultPrevented))));
  await drop(page, openziti());
  assert.equal(await prevented, false);
  await paste(page, data("openziti-ha/distinct/router1.cas.pem").bytes.toString());
  await page.waitForTimeout(500);
  assert.equal(await page.getByTestId("divergence").count(), 0);
  assert.equal(await textOf(page.locator("main")), NOTHING);
});

test("a # that became %23 opens the example too", async (t) => {
  const { page } = await site.open(t, { fragment: "?embed=1%23example=openziti-helm" });
  await settled(page);
  assert.equal(await page.locator("header").count(), 0 + (await page.locator("main header").count()));
  const link = page.getByRole("link", { name: "Open in rootlens" });
  assert.match(await link.getAttribute("href"), /\/#example=openziti-helm$/);
});

test("the link opens the whole page, apart from this one", async (t) => {
  const { page } = await site.open(t, { fragment: `?embed=1&theme=dark#example=openziti-helm` });
  await settled(page);
  const link = page.getByRole("link", { name: "Open in rootlens" });
  assert.equal(await link.getAttribute("rel"), "noopener");
  const [opened] = await Promise.all([page.context().waitForEvent("page"), link.click()]);
  await settled(opened);
  assert.equal(await opened.locator("header.rl-header").count(), 1);
  assert.match(opened.url(), /\/#example=openziti-helm$/);
});

test("it remembers nothing", async (t) => {
  const { page } = await site.open(t);
  await page.evaluate(() => localStorage.setItem("rootlens-theme", "light"));
  for (const theme of ["dark", "light", "system"]) {
    await page.goto(`${page.url().split(/[?#]/)[0]}?embed=1&theme=${theme}#example=openziti-helm`);
    await settled(page);
    assert.equal(await page.locator("html").getAttribute("data-theme"), theme);
  }
  assert.deepEqual(await page.evaluate(() => ({ ...localStorage })), { "rootlens-theme": "light" });
});

test("it says how high its content is, and the frame's own height changes nothing", async (t) => {
  const { page, frame, record } = await framed(t, EXAMPLE);
  await settled(frame);
  const content = () => frame.evaluate(() => Math.ceil(document.body.getBoundingClientRect().height));
  await page.waitForTimeout(300);
  const last = await page.evaluate(() => heard.at(-1));
  assert.deepEqual(last, { type: "rootlens:size", version: 1, height: await content() });
  await page.evaluate(() => (heard.length = 0));
  for (const height of [last.height, 200, 5000, last.height]) {
    await page.evaluate((height) => (document.getElementById("frame").height = height), height);
    await page.waitForTimeout(250);
    assert.equal(await content(), last.height, `in a frame of ${height} pixels`);
  }
  assert.deepEqual(await page.evaluate(() => heard), []);
  const scrolls = await frame.evaluate(() => document.documentElement.scrollHeight - document.documentElement.clientHeight);
  assert.equal(scrolls, 0, "nothing is left to scroll");
  await page.evaluate(() => (document.getElementById("frame").width = 390));
  assert.ok(last.height < (await heard(page, "size")).height, "a narrow frame is higher");
  assert.deepEqual(record.requests, []);
  assert.deepEqual(record.errors, []);
});

test("it takes files as text and as bytes, and shows the last ones", async (t) => {
  const { page, frame, record } = await framed(t);
  await load(page, openziti(), { at: AT });
  await settled(frame);
  assert.match(await headline(frame), /\b2 of 3 clients\b/);
  assert.deepEqual(await pool(frame, "correct"), [{ name: "ziti-controller1-edge-root", only: "correct-only" }]);
  assert.equal(await frame.getByRole("link", { name: "Open in rootlens" }).isVisible(), false, "no address holds them");

  const { bytes } = data("openziti-ha/distinct/router1.cas.pem");
  for (const form of ["Uint8Array", "ArrayBuffer"]) {
    await page.evaluate(
      ({ text, form }) => {
        const bytes = new TextEncoder().encode(text);
        const files = [{ name: `${form}.pem`, bytes: form === "ArrayBuffer" ? bytes.buffer : bytes }];
        frame.contentWindow.postMessage({ type: "rootlens:load", version: 1, files, at: null }, "*");
      },
      { text: bytes.toString(), form },
    );
    await frame.locator(`[data-source="${form}.pem"]`).waitFor({ state: "attached" });
    assert.equal(await frame.locator("[data-source]").count(), 1);
  }
  assert.deepEqual(record.requests, []);
  assert.deepEqual(record.errors, []);
});

test("files that come before it is ready wait", async (t) => {
  const { page } = await site.open(t, { at: `${host.address}host.html` });
  await page.evaluate((address) => (frame.src = address), `${dist.address}?embed=1`);
  const inside = await (await page.locator("#frame").elementHandle()).contentFrame();
  await inside.waitForURL(/embed=1/, { waitUntil: "domcontentloaded" });
  await load(page, openziti(), { at: AT });
  await settled(inside);
  assert.match(await headline(inside), /\b2 of 3 clients\b/);
});

test("it judges by the instant that comes with the files", async (t) => {
  const { page, frame } = await framed(t);
  await load(page, openziti(), { at: "2036-01-01" });
  await settled(frame);
  assert.match(await textOf(frame.getByTestId("findings")), /expired/i);
});

test("its theme follows messages", async (t) => {
  const { page, frame } = await framed(t, `?embed=1&theme=light`);
  const theme = () => frame.locator("html").getAttribute("data-theme");
  assert.equal(await theme(), "light");
  await say(page, { type: "rootlens:theme", theme: "dark" });
  await frame.locator("html[data-theme=dark]").waitFor({ state: "attached" });
  await say(page, { type: "rootlens:theme", theme: "<script>" });
  assert.match((await heard(page, "refused")).reason, /^theme:/);
  assert.equal(await theme(), "dark");
});

test("who comes late asks whether it is ready", async (t) => {
  const { page } = await framed(t);
  await say(page, { type: "rootlens:hello" });
  const { version, height } = await heard(page, "ready");
  assert.equal(version, 1);
  assert.equal(typeof height, "number");
});

test("what breaks the contract is refused with a reason, and shows nothing", async (t) => {
  const { page, frame, record } = await framed(t);
  const file = { name: "a.pem", text: "x" };
  const refused = {
    "a later version": [{ version: 2, files: [file] }, /version 1/],
    "no version": [{ version: undefined, files: [file] }, /version 1/],
    "no files": [{}, /^files:/],
    "an empty list": [{ files: [] }, /^files:/],
    "no list": [{ files: { length: 1, 0: file } }, /^files:/],
    "too many": [{ files: Array(201).fill(file) }, /^files:/],
    "no name": [{ files: [{ text: "x" }] }, /name:/],
    "a name that is none": [{ files: [{ name: { toString: "x" }, text: "x" }] }, /name:/],
    "a long name": [{ files: [{ name: "x".repeat(256), text: "x" }] }, /name:/],
    "no file": [{ files: [null] }, /name:/],
    "no content": [{ files: [{ name: "a" }] }, /either text/],
    "both contents": [{ files: [{ name: "a", text: "x", bytes: "x" }] }, /either text/],
    "text that is none": [{ files: [{ name: "a", text: 1 }] }, /either text/],
    "bytes that are none": [{ files: [{ name: "a", bytes: [1, 2] }] }, /either text/],
    "a number for bytes": [{ files: [{ name: "a", bytes: 1e9 }] }, /either text/],
    "one good and one bad": [{ files: [file, { name: "b" }] }, /either text/],
    "too many bytes": [{ files: [{ name: "a", text: "x".repeat(11e6) }, { name: "b", text: "x".repeat(11e6) }] }, /20 MB/],
    "a time that is none": [{ files: [file], at: "tomorrow" }, /^at:/],
    "an impossible time": [{ files: [file], at: "2026-13-45" }, /^at:/],
  };
  for (const [title, [message, reason]] of Object.entries(refused)) {
    await say(page, { type: "rootlens:load", ...message });
    const answer = await heard(page, "refused");
    assert.match(answer.reason, reason, title);
    assert.deepEqual(Object.keys(answer).sort(), ["reason", "type", "version"]);
  }
  for (const type of ["rootlens:constructor", "rootlens:", "load", "ROOTLENS:LOAD", null, { toString: "x" }]) await say(page, { type, files: [file] });
  await page.evaluate(() => [null, 1, "rootlens:load", [], new Date()].forEach((data) => frame.contentWindow.postMessage(data, "*")));
  await page.waitForTimeout(300);
  const answers = await page.evaluate(() => heard.filter(({ type }) => type !== "rootlens:size"));
  assert.deepEqual(answers, [], "what is not ours gets no answer");
  assert.equal(await textOf(frame.locator("main")), NOTHING);
  assert.deepEqual(record.errors, []);
});

test("only the page around it is heard", async (t) => {
  const { page, frame } = await framed(t);
  const files = openziti().map(({ name, bytes }) => ({ name, text: bytes.toString() }));
  const sibling = await (await page.locator("#sibling").elementHandle()).contentFrame();
  await sibling.evaluate((files) => parent.frames[0].postMessage({ type: "rootlens:load", version: 1, files }, "*"), files);
  await frame.evaluate((files) => postMessage({ type: "rootlens:load", version: 1, files }, "*"), files);
  await page.waitForTimeout(500);
  assert.equal(await textOf(frame.locator("main")), NOTHING);
});

test("a hostile page around it neither puts markup into it nor reads it", async (t) => {
  const { page, frame, record } = await framed(t);
  const markup = `<img src=x onerror="parent.postMessage('owned','*')"><script>parent.postMessage('owned','*')</script>`;
  const bundle = data("openziti-ha/distinct/router1.cas.pem").bytes.toString();
  await load(page, [{ name: markup, bytes: Buffer.from(bundle) }, { name: `"><svg onload=alert(1)>`, bytes: Buffer.from(markup) }], { at: AT });
  await settled(frame);
  await frame.getByText(markup).first().waitFor({ state: "attached" });
  assert.equal(await frame.locator("#rootlens img, #rootlens script").count(), 0);
  const read = await page.evaluate(() => {
    try {
      return String(frame.contentDocument ?? frame.contentWindow.document.body.innerText);
    } catch (error) {
      return error.name;
    }
  });
  assert.equal(read, "SecurityError");
  await page.waitForTimeout(300);
  for (const message of await page.evaluate(() => heard)) {
    assert.deepEqual(Object.keys(message).sort(), ["height", "type", "version"], JSON.stringify(message));
    assert.equal(typeof message.height, "number");
  }
  assert.deepEqual(record.requests, []);
  assert.deepEqual(record.errors, []);
});

test("details of a certificate open where the reader is", async (t) => {
  const { page, frame } = await framed(t, EXAMPLE);
  await settled(frame);
  await page.evaluate(() => (document.getElementById("frame").height = 5000));
  await unfold(frame, "sources");
  const button = frame.getByTestId("sources").locator("button.rl-link").last();
  await button.click();
  const [sheet, opener] = [await frame.getByTestId("certificate").boundingBox(), await button.boundingBox()];
  assert.ok(sheet.y < opener.y + opener.height && opener.y < sheet.y + sheet.height, `${JSON.stringify(sheet)} beside ${JSON.stringify(opener)}`);
  const sticksOut = await frame.evaluate(() => document.documentElement.scrollHeight - document.body.getBoundingClientRect().height);
  assert.ok(sticksOut <= 0 || sticksOut < 5000, "the sheet stays inside");
  await page.keyboard.press("Escape");
  assert.equal(await frame.getByTestId("certificate").count(), 0);
});

test("a link opens in it", async (t) => {
  const { frame } = await framed(t, `rootlens.html?embed=1#example=expired-cross-sign`);
  await settled(frame);
  assert.notEqual(await headline(frame), "");
});

for (const theme of ["light", "dark"]) {
  for (const width of [1440, 390, 320]) {
    test(`it is accessible and nothing sticks out, ${theme}, ${width} pixels wide`, async (t) => {
      const { page } = await site.open(t, { fragment: `?embed=1&theme=${theme}#example=openziti-helm`, viewport: { width, height: 900 } });
      await settled(page);
      assert.deepEqual(await violations(page), []);
      const [inner, outer] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
      assert.ok(inner <= outer, `${inner} pixels in ${outer}`);
    });
  }
}

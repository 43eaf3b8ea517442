// What the page saves is what the command line writes, and other programs read it.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { current, settled, unfold } from "./facts.mjs";
import { AS_OF, DIST, ROOT, drop, openziti, startPage, textOf } from "./harness.mjs";
import { pathToFileURL } from "node:url";

const site = startPage();
const FOLDER = join(ROOT, "tests/data/openziti-ha/distinct");
const FILES = openziti();

/** What `rootlens inspect` writes; `options` stand before the files. */
function inspect(format, files = FILES.map(({ name }) => [name])) {
  const program = join(process.env.CARGO_TARGET_DIR ?? join(ROOT, "target"), "debug/rootlens");
  if (!existsSync(program)) throw new Error("the command line is missing: run `cargo build --features cli`");
  const given = files.flatMap((words) => [...words.slice(0, -1), join(FOLDER, words.at(-1))]);
  const at = AS_OF.toISOString().replace(".000", "");
  const { status, stdout, stderr } = spawnSync(program, ["inspect", "--at", at, "--format", format, ...given], { encoding: "utf8", maxBuffer: 1 << 26 });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

async function opened(t, { files = FILES, ...options } = {}) {
  const { page, record } = await site.open(t, options);
  await drop(page, files);
  await settled(page);
  await page.getByRole("button", { name: "Save", exact: true }).click();
  return { page, record };
}

/** The file that a button saves: its name and its bytes. */
async function saved(page, button) {
  const [download] = await Promise.all([page.waitForEvent("download"), button.click()]);
  const chunks = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk);
  return { name: download.suggestedFilename(), bytes: Buffer.concat(chunks) };
}

async function exported(page, label) {
  await current(page);
  return saved(page, page.getByTestId("export").getByRole("button", { name: label, exact: true }));
}

/** A post without the link, which the command line does not know. */
const withoutLink = (post) => post.replace(/ \[Open this analysis\]\(<[^>]*>\)\./, "");

/** The drawing in light colours alone, of one that follows the reader's system. */
const lightOnly = (svg) => svg.replace(/@media\(prefers-color-scheme:dark\)\{.*\}<\/style>/, "</style>");

test("every form is what the command line writes", async (t) => {
  const { page, record } = await opened(t);
  for (const [label, name, format] of [["Mermaid", "rootlens.mmd", "mermaid"], ["DOT", "rootlens.dot", "dot"], ["JSON", "rootlens.json", "json"]]) {
    const file = await exported(page, label);
    assert.equal(file.name, name);
    assert.equal(file.bytes.toString(), inspect(format), label);
  }
  const post = (await exported(page, "Markdown")).bytes.toString();
  assert.match(post, /\[Open this analysis\]\(<http:\/\/127\.0\.0\.1:\d+\/#v1\.[\w-]+>\)\./);
  assert.equal(withoutLink(post), inspect("markdown"));
  const svg = (await exported(page, "SVG")).bytes.toString();
  assert.equal(svg, lightOnly(inspect("svg")));
  assert.doesNotMatch(svg, /var\(|@media/);
  assert.deepEqual(record.requests, []);
  assert.deepEqual(record.errors, []);
});

test("so it is with other roles and another date", async (t) => {
  const { page } = await opened(t);
  await unfold(page, "sources");
  await page.getByTestId("sources").getByRole("combobox").nth(6).selectOption("peer");
  const flags = ["--bundle", "--peer", "--peer", "--peer", "--client", "--client", "--peer"];
  // The page keeps the roles that the facts give to the other files, and says so in its reasons; the choices are the same.
  const roles = (json) => JSON.parse(json).pools.map(({ peer, rule, anchors, clients }) => ({ peer, rule, anchors, clients }));
  const json = (await exported(page, "JSON")).bytes.toString();
  assert.deepEqual(roles(json), roles(inspect("json", FILES.map(({ name }, index) => [flags[index], name]))));
  await page.getByTestId("as-of").fill("2040-01-01");
  const later = JSON.parse((await exported(page, "JSON")).bytes);
  assert.equal(later.at, "2040-01-01T00:00:00Z");
});

test("a long link stays out of the post", async (t) => {
  const { rootCertificates } = await import("node:tls");
  const files = [{ name: "roots.pem", bytes: Buffer.from(rootCertificates.slice(0, 40).join("\n")) }];
  const { page } = await opened(t, { files });
  const post = (await exported(page, "Markdown")).bytes.toString();
  assert.equal(withoutLink(post), post);
  assert.ok(post.length < 65_536);
});

for (const [theme, suffix] of [["light", ""], ["dark", ", dark"]]) {
  test(`the PNG shows the SVG, ${theme}`, async (t) => {
    const { page } = await opened(t, { colorScheme: "dark" });
    const svg = (await exported(page, `SVG${suffix}`)).bytes;
    const png = (await exported(page, `PNG${suffix}`)).bytes;
    assert.equal(png.subarray(1, 4).toString(), "PNG");
    const { sizes, difference, colours, ground } = await compared(t, svg, png);
    assert.deepEqual(sizes.png, sizes.svg.map((side) => 2 * side));
    // Of 255: edges of letters may be smoothed in another way.
    assert.ok(difference < 0.5, `${difference} on average`);
    assert.ok(8 < colours, `${colours} colours`);
    assert.equal(ground, theme === "light" ? "#ffffff" : "#14171a");
  });
}

/** Both pictures drawn at the size of the PNG, in a page of their own: sizes, and how far pixels are apart on average. */
async function compared(t, svg, png) {
  const { page } = await site.open(t);
  const addresses = [`data:image/svg+xml;base64,${svg.toString("base64")}`, `data:image/png;base64,${png.toString("base64")}`];
  return page.evaluate(async (addresses) => {
    const [drawn, saved] = await Promise.all(
      addresses.map(async (src) => {
        const image = Object.assign(new Image(), { src });
        await image.decode();
        return image;
      }),
    );
    const pixels = (image) => {
      const canvas = Object.assign(document.createElement("canvas"), { width: saved.width, height: saved.height });
      const context = canvas.getContext("2d");
      context.drawImage(image, 0, 0, saved.width, saved.height);
      return context.getImageData(0, 0, saved.width, saved.height).data;
    };
    const [one, other] = [pixels(drawn), pixels(saved)];
    let sum = 0;
    const colours = new Set();
    for (let at = 0; at < one.length; at += 1) {
      sum += Math.abs(one[at] - other[at]);
      if (at % 4 === 0) colours.add(other.slice(at, at + 3).join());
    }
    const corner = [...other.slice(0, 3)].map((value) => value.toString(16).padStart(2, "0"));
    const size = ({ width, height }) => [width, height];
    return { sizes: { svg: size(drawn), png: size(saved) }, difference: sum / one.length, colours: colours.size, ground: `#${corner.join("")}` };
  }, addresses);
}

/** The certificates in a file of PEM blocks. */
function certificates(pem) {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----\n/g) ?? [];
  assert.equal(blocks.join(""), pem, "nothing but certificates");
  return blocks.map((block) => new X509Certificate(block));
}

test("each pool is saved as PEM", async (t) => {
  const { page } = await opened(t);
  const { pools } = JSON.parse(inspect("json"));
  for (const [rule, label] of [["naive", "Naive pool as PEM"], ["correct", "Correct pool as PEM"]]) {
    const { name, bytes } = await saved(page, page.getByTestId(`pool-${rule}`).getByRole("button", { name: label }));
    assert.equal(name, `${rule}-pool.pem`);
    const names = await page.getByTestId(`pool-${rule}`).locator(".rl-anchor .rl-link").allInnerTexts();
    assert.deepEqual(certificates(bytes.toString()).map(({ subject }) => subject.match(/CN=(.*)/)[1]), names.map((it) => it.trim()));
    assert.ok(0 < names.length && 0 < pools.length);
  }
});

test("each certificate is saved as PEM", async (t) => {
  const { page } = await opened(t);
  await page.getByTestId("pool-naive").locator(".rl-anchor .rl-link").first().click();
  const panel = page.getByTestId("certificate");
  const { name, bytes } = await saved(page, panel.getByRole("button", { name: "Save as PEM" }));
  assert.equal(name, "ziti-controller1-edge-signer.pem");
  const [certificate] = certificates(bytes.toString());
  const digest = certificate.fingerprint256.replaceAll(":", "").toLowerCase();
  assert.match((await textOf(panel)).replaceAll(":", "").toLowerCase(), new RegExp(digest));
});

test("the page of one file saves as well, without a network", async (t) => {
  const { page, record } = await opened(t, { at: pathToFileURL(join(DIST, "rootlens.html")).href, offline: true });
  assert.equal((await exported(page, "Mermaid")).bytes.toString(), inspect("mermaid"));
  assert.equal((await exported(page, "PNG")).bytes.subarray(1, 4).toString(), "PNG");
  assert.deepEqual(record.errors, []);
});

test("every button of the panel is reached and used with the keyboard", async (t) => {
  const { page } = await opened(t);
  const panel = page.getByTestId("export");
  const buttons = await panel.getByRole("button").allInnerTexts();
  await panel.getByRole("button", { name: "Close" }).focus();
  const reached = ["Close"];
  while (reached.length < buttons.length) {
    await page.keyboard.press("Tab");
    reached.push(await page.evaluate(() => document.activeElement.innerText));
    const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineWidth);
    assert.equal(outline, "2px");
  }
  assert.deepEqual(reached, buttons);
  const [download] = await Promise.all([page.waitForEvent("download"), page.keyboard.press("Enter")]);
  assert.equal(download.suggestedFilename(), "rootlens.json");
});

test("on paper it is black on white, without controls, and the graph fits", async (t) => {
  const { page } = await opened(t, { colorScheme: "dark" });
  await page.getByRole("radio", { name: "Dark theme" }).check({ force: true });
  await page.emulateMedia({ media: "print" });
  await page.setViewportSize({ width: 794, height: 1123 });
  const colour = (selector, property) =>
    page.locator(selector).first().evaluate((element, property) => getComputedStyle(element)[property], property);
  assert.equal(await colour("body", "color"), "rgb(0, 0, 0)");
  assert.equal(await colour("html", "backgroundColor"), "rgb(255, 255, 255)");
  assert.equal(await colour(".rl-section", "backgroundColor"), "rgb(255, 255, 255)");
  for (const selector of [".rl-button", ".rl-switch", "#phone-home", "[data-testid=export]"]) {
    assert.equal(await page.locator(selector).filter({ visible: true }).count(), 0, selector);
  }
  const graph = await page.locator(".rl-drawing").boundingBox();
  assert.ok(graph.width <= 794 && graph.height <= 1123 && 200 < graph.width, JSON.stringify(graph));
  assert.ok((await page.pdf({ format: "A4" })).length > 10_000);
});

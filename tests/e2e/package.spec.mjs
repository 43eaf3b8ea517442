// dist/js/, the JavaScript package: imported by Node and by a plain page, its types read by TypeScript.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { after, before, test } from "node:test";

import Ajv from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

import { AT, cases, inspect as printed } from "../export/reports.mjs";
import { AS_OF, DIST, ROOT, openziti, startPage } from "./harness.mjs";
import { serve } from "./server.mjs";

const PACKAGE = join(DIST, "js");
const { draw, init, inspect, version } = await import(join(PACKAGE, "node.js"));
const manifest = JSON.parse(readFileSync(join(PACKAGE, "package.json"), "utf8"));
const site = startPage();

const FILES = openziti().map(({ name, bytes }) => ({ name, text: bytes.toString() }));
const OPTIONS = { at: AS_OF };

let host;
before(async () => {
  const page = `<!doctype html><html lang="en"><title>Page</title><link rel="icon" href="data:,">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; img-src data: blob:">
    <main>page</main>`;
  host = await serve(PACKAGE, { "/page.html": page });
});
after(() => host.close());

test("Node: a report of the case, signatures and all", async () => {
  const report = await inspect(FILES, OPTIONS);
  assert.equal(report.schema, 1);
  assert.equal(report.at, "2026-11-21T18:00:00Z");
  assert.match(report.headline.sentence, /\bziti-controller1-edge-signer\b.*\b2 of 3 clients\b/);
  assert.ok(report.edges.every(({ signature, names }) => signature === "valid" || names !== "identical"));
  assert.ok(report.edges.some(({ signature }) => signature === "valid"));
  assert.ok(Array.isArray(report.pools) && report.pools.length === 12);
  assert.equal(Object.getPrototypeOf(report.certificates[0]), Object.prototype, "plain objects, no maps");
});

test("the report is what the schema says and what the command line prints", async (t) => {
  const schema = JSON.parse(readFileSync(join(PACKAGE, "report.schema.json"), "utf8"));
  const ajv = new Ajv({ strict: true, strictTypes: false });
  addFormats(ajv);
  for (const one of await cases(t)) {
    await t.test(one.title, async () => {
      const files = one.files.map((name) => ({ name: basename(name), bytes: new Uint8Array(readFileSync(join(one.folder, name))) }));
      const report = JSON.parse(JSON.stringify(await inspect(files, { at: AT })));
      assert.ok(ajv.validate(schema, report), JSON.stringify(ajv.errors));
      assert.deepEqual(report, JSON.parse(printed(one, "json")));
      assert.equal(await draw(report), printed(one, "svg"));
    });
  }
});

test("Node, Chromium and the code inside agree on every kind of key and signature", async (t) => {
  const { page } = await site.open(t, { at: `${host.address}page.html` });
  const folder = join(ROOT, "tests/data/signatures");
  const files = readdirSync(folder).filter((name) => name.endsWith(".pem")).map((name) => ({ name, text: readFileSync(join(folder, name), "utf8") }));
  assert.ok(20 < files.length);
  const one = { folder, files: files.map(({ name }) => name) };
  const expected = JSON.parse(printed(one, "json"));
  assert.deepEqual(new Set(expected.edges.map(({ signature }) => signature)).has("valid"), true);
  assert.deepEqual(JSON.parse(JSON.stringify(await inspect(files, { at: AT }))), expected);
  assert.deepEqual(await inChromium(page, "inspect", files, { at: AT }), expected);
});

test("Node: a drawing of files, and the same of their report", async () => {
  const svg = await draw(FILES, OPTIONS);
  assert.match(svg, /^<svg xmlns[^]*<\/svg>\n$/);
  const report = await inspect(FILES, OPTIONS);
  assert.equal(await draw(report), svg);
  assert.equal(await draw(JSON.parse(JSON.stringify(report))), svg, "a report that was stored counts too");
  assert.notEqual(await draw(report, { width: "narrow" }), svg);
  assert.match(svg, /prefers-color-scheme/);
  assert.doesNotMatch(await draw(report, { theme: "dark" }), /prefers-color-scheme/);
  const peers = [...new Set(report.pools.map(({ peer }) => peer))];
  const drawings = await Promise.all(peers.map((peer) => draw(report, { peer })));
  assert.equal(new Set(drawings).size, peers.length, "each peer has its own pools");
});

test("a report that was changed draws what its certificates say", async () => {
  const report = await inspect(FILES, OPTIONS);
  for (const edge of report.edges) edge.signature = "invalid";
  report.headline.sentence = "<script>alert(1)</script>";
  assert.equal(await draw(report), await draw(FILES, OPTIONS));
  await assert.rejects(draw({ ...report, schema: 2 }), RangeError);
});

test("roles, peer and time are the caller's", async () => {
  const files = FILES.map((file, index) => ({ ...file, roles: index ? ["client"] : ["bundle", "peer"] }));
  const report = await inspect(files, { at: "2036-01-01" });
  assert.deepEqual(report.sources.map(({ roles }) => roles), files.map(({ roles }) => roles));
  assert.equal(report.at, "2036-01-01T00:00:00Z");
  const today = new Date().toISOString().slice(0, 10);
  assert.equal((await inspect(FILES)).at.slice(0, 10), today);
  const second = (await inspect(FILES, OPTIONS)).pools[4].peer;
  assert.equal((await inspect(FILES, { ...OPTIONS, peer: second })).focus, second);
});

test("trust store, lens and program are the caller's, and a drawing of the report keeps them", async () => {
  const [, chain] = FILES;
  const files = [{ ...FILES[0], roles: ["trust"] }, { ...chain, roles: ["chain"] }];
  const choices = { ...OPTIONS, lens: "chains", program: "nginx", store: "given" };
  const { answer, sources } = await inspect(files, choices);
  assert.deepEqual([answer.lens, answer.program, answer.store.kind, answer.store.chosen], ["chains", "nginx", "given", true]);
  assert.deepEqual(sources[0].roles, ["bundle"]);
  assert.equal((await inspect(files, { ...OPTIONS, store: "none" })).answer.verdict, "unknown");
  assert.equal(await draw(await inspect(files, choices)), await draw(files, choices));
});

test("bytes and blobs are read as text is", async () => {
  const expected = await inspect(FILES, OPTIONS);
  const encoded = FILES.map(({ name, text }) => ({ name, bytes: new TextEncoder().encode(text) }));
  assert.deepEqual(await inspect(encoded, OPTIONS), expected);
  assert.deepEqual(await inspect(encoded.map(({ name, bytes }) => ({ name, bytes: bytes.buffer })), OPTIONS), expected);
  assert.deepEqual(await inspect(FILES.map(({ name, text }) => new File([text], name)), OPTIONS), expected);
});

test("private keys are counted, and nothing of them is in the report", async () => {
  const { generateKeyPairSync } = await import("node:crypto");
  const key = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({ type: "pkcs8", format: "pem" });
  const report = await inspect([{ name: "server.pem", text: key + FILES[0].text }], OPTIONS);
  assert.equal(report.sources[0].secrets, 1);
  for (const line of key.split("\n").filter((line) => 40 < line.length && !line.startsWith("-"))) {
    assert.ok(!JSON.stringify(report).includes(line.slice(-40)));
  }
});

test("what cannot be read is in the report, what is wrong is an error", async () => {
  const report = await inspect([{ name: "notes.txt", text: "-----BEGIN CERTIFICATE-----\n!!!\n-----END CERTIFICATE-----" }], OPTIONS);
  assert.equal(report.sources[0].problems.length, 1);
  assert.deepEqual((await inspect([], OPTIONS)).certificates, []);
  const wrong = [
    [inspect("text"), TypeError, /^files:/],
    [inspect(), TypeError, /^files:/],
    [inspect([null]), TypeError, /^files\[0\]/],
    [inspect([{ name: "a" }]), TypeError, /^files\[0\]: either text/],
    [inspect([{ name: "a", text: "x", bytes: new Uint8Array(1) }]), TypeError, /either text/],
    [inspect([{ name: "a", bytes: 1e9 }]), TypeError, /either text/],
    [inspect([{ name: 1, text: "" }]), TypeError, /name/],
    [inspect([{ name: "a", text: "", roles: ["king"] }]), RangeError, /trust, chain, bundle, peer, client, published, other/],
    [inspect([], { at: "tomorrow" }), RangeError, /`at` is no time/],
    [inspect([], { at: 1 }), TypeError, /options\.at/],
    [inspect([], { at: new Date(NaN) }), RangeError, /./],
    [inspect([], { peer: 1 }), TypeError, /options\.peer/],
    [inspect([], { store: "system" }), RangeError, /options\.store/],
    [inspect([], { lens: "telescope" }), RangeError, /options\.lens/],
    [inspect([], { program: 1 }), TypeError, /options\.program/],
    [inspect([], { program: "netscape" }), RangeError, /`program` is not known: one of curl, /],
    [draw([], { theme: "pink" }), RangeError, /options\.theme/],
    [draw([], { width: 3 }), RangeError, /options\.width/],
    [draw(null), TypeError, /^files:/],
  ];
  for (const [promise, kind, message] of wrong) await assert.rejects(promise, (error) => error instanceof kind && message.test(error.message));
});

test("names stay text in the drawing", async () => {
  const markup = `"><script>alert(1)</script><image href=x onerror=alert(1)>`;
  const svg = await draw(FILES.map((file, index) => ({ ...file, name: `${index}${markup}` })), OPTIONS);
  assert.ok(!/<script|<image|<[^>]*\son\w+=/.test(svg));
});

/** Calls the package in a plain page. */
function inChromium(page, name, ...given) {
  const call = async ({ name, given }) => (await import("./rootlens.js"))[name](...given);
  return page.evaluate(call, { name, given });
}

test("a plain page with a strict policy: the same report and the same drawing", async (t) => {
  const { page, record } = await site.open(t, { at: `${host.address}page.html` });
  const options = { at: AT };
  assert.deepEqual(await inChromium(page, "inspect", FILES, options), await inspect(FILES, options));
  assert.deepEqual(
    record.requests.map((request) => request.replace(host.address, "")),
    ["GET rootlens.js", "GET bindings.js", "GET bindings_bg.wasm"],
  );
  record.loaded();
  assert.equal(await inChromium(page, "draw", FILES, options), await draw(FILES, options));
  assert.equal(await inChromium(page, "version"), manifest.version);
  assert.deepEqual(record.requests, [], "it asks for nothing but its own files, and once");
  assert.deepEqual(record.errors, []);
});

test("without WebCrypto the code inside answers", async (t) => {
  const { page } = await site.open(t, { at: `${host.address}page.html` });
  await page.evaluate(() => Object.defineProperty(crypto, "subtle", { value: undefined }));
  const options = { at: AT };
  assert.deepEqual(await inChromium(page, "inspect", FILES, options), await inspect(FILES, options));
});

test("the WebAssembly may come from elsewhere, and a failed start may be tried again", async (t) => {
  const { page } = await site.open(t, { at: `${host.address}page.html` });
  const outcome = await page.evaluate(async () => {
    const { init, inspect } = await import("./rootlens.js");
    const first = await init("missing.wasm").catch((error) => error.constructor.name);
    await init(fetch("bindings_bg.wasm"));
    return [typeof first, (await inspect([])).schema];
  });
  assert.deepEqual(outcome, ["string", 1]);
  await init();
});

test("its version is that of the sources", () => {
  const [, expected] = readFileSync(join(ROOT, "Cargo.toml"), "utf8").match(/^version = "(.*)"/m);
  assert.equal(version(), expected);
  assert.equal(manifest.version, expected);
});

/** The package as npm would install it. */
function installed(t) {
  const folder = mkdtempSync(join(tmpdir(), "rootlens-package-"));
  t.after(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(PACKAGE, join(folder, "node_modules/rootlens"));
  return folder;
}

test("Node finds it by its name", (t) => {
  const folder = installed(t);
  writeFileSync(join(folder, "use.mjs"), `import { inspect, version } from "rootlens"; console.log((await inspect([])).schema, version());`);
  assert.equal(execFileSync(process.execPath, ["use.mjs"], { cwd: folder, encoding: "utf8" }).trim(), `1 ${manifest.version}`);
});

test("npm packs what it needs and nothing else", () => {
  const [{ files }] = JSON.parse(execFileSync("npm", ["pack", "--dry-run", "--json"], { cwd: PACKAGE, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }));
  const names = files.map(({ path }) => path).sort();
  assert.deepEqual(names, [
    "LICENSE-APACHE",
    "LICENSE-CDLA-PERMISSIVE-2.0",
    "LICENSE-MIT",
    "README.md",
    "bindings.js",
    "bindings_bg.wasm",
    "node.js",
    "package.json",
    "report.d.ts",
    "report.schema.json",
    "rootlens.d.ts",
    "rootlens.js",
  ]);
});

test("TypeScript reads its types and refuses what is wrong", () => {
  const tsc = createRequire(import.meta.url).resolve("typescript/bin/tsc");
  execFileSync(process.execPath, [tsc, "--project", join(ROOT, "tests/e2e/package/tsconfig.json")], { stdio: ["ignore", "inherit", "inherit"] });
});

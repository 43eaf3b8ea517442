// Private keys, tokens and passwords, in every container and damaged in every way: no run of them is in the page, its console, its
// storage, its link, or in any file that it saves.

import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { inflateRawSync } from "node:zlib";

import { linkOf, settled } from "./facts.mjs";
import { data, drop, ROOT, startPage } from "./harness.mjs";
import { everything, publicParts, publicRuns, readings, RUN, Traces } from "./traces.mjs";

const site = startPage();

const NOW = new Date("2026-11-30T12:00:00Z");
const FOLDERS = ["jks", "named", "pkcs12", "pkcs7", "text"];
const FILES = FOLDERS.flatMap((folder) => readdirSync(join(ROOT, "tests/data/containers", folder)).map((name) => data(`containers/${folder}/${name}`)));
const KEYS = data("containers/keys.txt").bytes.toString().trim().split("\n").map((line) => Buffer.from(line.split(" ")[1], "hex"));
/** Java's own keystores have it, and rootlens says that it tries it. */
const USUAL_PASSWORD = "changeit";

/** What stands in a text and is secret, each with the form in which it is written. */
const SECRET_TEXTS = [
  [/-----BEGIN (?:[A-Z ]*PRIVATE KEY|PKCS12)-----([^]*?)-----END/g, "latin1"],
  [/"d": *"([^"]+)"/g, "base64url"],
  [/\beyJ[\w-]+\.[\w-]+\.([\w-]+)/g, "latin1"],
  [/PASSWORD=(\S+)/gi, "latin1"],
  [/<data>([^<]+)<\/data>/g, "base64"],
  [/^ +[\w.-]+: ([A-Za-z0-9+/=]{80,})$/gm, "base64"],
];

/** The secrets of a file and what encloses them: keystores as a whole but for what is public, because their keys are encrypted. */
function secretsOf({ name, bytes }, certificates) {
  if (/\.(p12|jks|jceks)$/.test(name)) return outside(bytes, certificates);
  const text = bytes.toString("latin1");
  const matches = SECRET_TEXTS.flatMap(([pattern, form]) => [...text.matchAll(pattern)].map(([, secret]) => Buffer.from(secret, form)));
  // A value in base64 may be PEM, whose first and last line are no secret.
  const inner = matches.map((secret) => Buffer.from(secret.toString("latin1").replace(/-----[^-]+-----/g, ""), "latin1"));
  const unusual = inner.filter((secret) => secret.toString() !== USUAL_PASSWORD);
  const parts = unusual.flatMap((bytes) => outside(bytes, certificates)).flatMap(readings);
  return parts.flatMap((bytes) => outside(bytes, certificates));
}

/** The stretches of some bytes between what is public there. */
function outside(bytes, certificates) {
  return publicParts(certificates).reduce((pieces, part) => pieces.flatMap((piece) => parted(piece, part)), [bytes]);
}

function parted(bytes, separator) {
  const at = bytes.indexOf(separator);
  return at < 0 ? [bytes] : [bytes.subarray(0, at), ...parted(bytes.subarray(at + separator.length), separator)];
}

/** Drops files on a new page and listens to all that it says. */
async function dropped(t, files) {
  const { page, record } = await site.open(t, { now: NOW });
  const said = [];
  page.on("console", (message) => said.push(message.text()));
  await drop(page, files);
  await settled(page);
  await unfoldAll(page);
  return { page, record, said };
}

/** Long lists are shown piece by piece. */
async function showAllSources(page) {
  const more = page.getByTestId("sources").locator(".rl-long-list > button");
  while (await more.count()) await more.evaluate((button) => button.click());
}

function unfoldAll(page) {
  return page.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = true)));
}

/** The bytes of the file that a button saves. It is clicked as people do, because Chromium stops a page that saves ten files by itself. */
async function saved(page, button) {
  await unfoldAll(page);
  // Chromium holds back a page that saves many files in a moment, and the inspector answers within one.
  await page.waitForTimeout(500);
  const [download] = await Promise.all([page.waitForEvent("download"), button.click()]);
  return readFileSync(await download.path());
}

/** What the link opens, inflated. */
function inflated(link) {
  const dictionary = Buffer.from(readFileSync(join(ROOT, "docs/share-link.dictionary"), "utf8"), "base64");
  return inflateRawSync(Buffer.from(link.split("#v1.")[1], "base64url"), { dictionary });
}

/** Everything that leaves the page or stays in it, by where it was found: what it shows, says and keeps, its link, its files. */
async function traced(page, said) {
  const found = { page: await everything(page) };
  await page.getByRole("button", { name: "Share", exact: true }).click();
  const link = await linkOf(page);
  Object.assign(found, { link, "what the link opens": inflated(link), "the page with its link": await everything(page) });
  await page.getByRole("button", { name: "Save", exact: true }).click();
  const panel = page.getByTestId("export").getByRole("button");
  const labels = (await panel.allInnerTexts()).filter((label) => label !== "Close");
  for (const label of labels) found[label] = await saved(page, page.getByTestId("export").getByRole("button", { name: label, exact: true }));
  const corrected = page.locator("button", { hasText: /^Download / });
  for (let at = 0; at < (await corrected.count()); at += 1) found[`corrected file ${at}`] = await saved(page, corrected.nth(at));
  return { ...found, console: said.join("\n") };
}

function assertAbsent(traces, found) {
  for (const [place, written] of Object.entries(found)) {
    const run = traces.foundIn(written);
    assert.equal(run, undefined, `${run} (${Buffer.from(run ?? "", "hex").toString("latin1")}) is in: ${place}`);
  }
}

/** The certificates that the page found. Node reads them, so nothing that is secret passes for one. */
function certificatesOf(found) {
  return JSON.parse(found.JSON).certificates.map(({ pem }) => new X509Certificate(pem));
}

/** The names of the files in which the page found a secret. */
function holders(found) {
  const sources = JSON.parse(found.JSON).sources.filter(({ secrets }) => 0 < secrets);
  return new Set(sources.map(({ name }) => name.split(": ")[0]));
}

function corrected(found) {
  return Object.keys(found).filter((place) => place.startsWith("corrected file"));
}

/** A text in the states in which people pass texts on. What a damaged keystore yields is asked in tests/it/secrets.rs. */
function damaged({ name, bytes }) {
  const text = bytes.toString("latin1");
  if (/[^\t\n\r -~]/.test(text)) return [];
  const states = [
    text.slice(0, text.length / 2),
    text.replace(/-----END [A-Z ]*-----\n/g, ""),
    text.replaceAll("\n", ""),
    text.replaceAll("\n", "\n    "),
    text.replaceAll("\n", "\n> "),
    text.replaceAll("\n", "\\n"),
    text.replace(/["{}]/g, ""),
  ];
  return states.map((state, number) => ({ name: `${number}-${name}`, bytes: Buffer.from(state) }));
}

/** What is looked for: the keys with which the files were made, and what stands in these files. */
function tracesOf(files, certificates) {
  return new Traces([...KEYS, ...files.flatMap((file) => secretsOf(file, certificates))], publicRuns(certificates));
}

test("no secret of any container, whole or damaged, is in the page or leaves it", async (t) => {
  const { page, said, record } = await dropped(t, FILES);
  const found = await traced(page, said);
  const files = FILES.filter(({ name }) => holders(found).has(name));
  assert.equal(files.length, 31);
  assert.ok(3 < corrected(found).length);
  const certificates = certificatesOf(found);
  const traces = tracesOf(files, certificates);
  for (const { name, bytes } of files) assert.ok(traces.foundIn(bytes), `the search finds the secret of ${name} in the file itself`);
  assertAbsent(traces, found);

  await drop(page, files.flatMap(damaged));
  await settled(page);
  await showAllSources(page);
  await page.locator('[data-source^="0-app.env"]').first().waitFor({ state: "attached" });
  await unfoldAll(page);
  const of = await traced(page, said);
  assert.ok(40 < holders(of).size);
  assertAbsent(traces, of);
  assert.deepEqual(record.errors, []);
  assert.deepEqual(record.requests, []);
});

test("no secret behind a chain is in the file that corrects it", async (t) => {
  const key = data("containers/text/key-then-certificate.pem").bytes.toString().split("-----BEGIN CERT")[0];
  const token = data("containers/text/jwt.txt").bytes.toString().trim();
  const secrets = `\n${key}\nAuthorization: Bearer ${token}\nssl.keystore.password=a-word-made-up-for-this\n`;
  const scenario = (path, name) => {
    const file = data(`mtls-scenarios/${path}`, name);
    return { name: file.name, bytes: Buffer.from(file.bytes + secrets) };
  };
  const missing = "ec-04-missing-intermediate";
  const files = [scenario(`${missing}/pool.pem`), scenario(`${missing}/chain.pem`), scenario("ec-04c-pool-only-intermediate/pool.pem", "intermediate.pem")];
  const { page, said, record } = await dropped(t, files);
  const found = await traced(page, said);
  assert.equal(holders(found).size, files.length);
  assert.ok(0 < corrected(found).length);
  const traces = tracesOf(files, certificatesOf(found));
  assertAbsent(traces, found);
  assert.deepEqual(record.errors, []);
  await planted(page, said, traces);
});

/** Shows that the search looks into every place: a part of a key is put into each, found there, and removed. */
async function planted(page, said, traces) {
  const run = KEYS[0].subarray(7, 7 + RUN).toString("base64");
  const found = async () => traces.foundIn(`${await everything(page)}\n${said.join("\n")}`);
  const places = [
    (run) => document.body.setAttribute("data-planted", run),
    (run) => document.body.append(Object.assign(document.createElement("p"), { className: "planted", textContent: run })),
    (run) => document.body.append(Object.assign(document.createElement("input"), { className: "planted", value: run })),
    (run) => localStorage.setItem("planted", run),
    (run) => sessionStorage.setItem("planted", run),
    (run) => history.replaceState(run, ""),
    (run) => console.log(run),
  ];
  for (const place of places) {
    assert.equal(await found(), undefined, `before ${place}`);
    await page.evaluate(place, run);
    assert.ok(await found(), `${place}`);
    await page.evaluate(() => {
      document.body.removeAttribute("data-planted");
      document.querySelectorAll(".planted").forEach((element) => element.remove());
      for (const storage of [localStorage, sessionStorage]) storage.removeItem("planted");
      history.replaceState(null, "");
    });
    said.length = 0;
  }
}

test("a run is found in every spelling at every place, and a shorter or public one is not", () => {
  const secret = Buffer.from(Array.from({ length: 48 }, (_, at) => ((at * 37) & 255) ^ 0x5a));
  const traces = new Traces([secret]);
  assert.equal(traces.size, secret.length - RUN + 1);
  for (let first = 0; first <= secret.length - RUN; first += 1) {
    for (const before of ["", "a", "ab"]) {
      const around = Buffer.concat([Buffer.from(before), secret.subarray(first, first + RUN), Buffer.from("de")]);
      const hex = around.toString("hex");
      const base64 = around.toString("base64");
      const lines = base64.match(/.{1,7}/g);
      const hexes = [hex, hex.toUpperCase(), `0${hex}`, hex.match(/../g).join(":"), JSON.stringify([...around])];
      const bases = [base64, around.toString("base64url"), lines.join("\n"), lines.join("\\n"), `-----BEGIN X-----${base64}-----END X-----`];
      for (const spelled of [around, ...hexes, ...bases]) {
        const written = Buffer.concat([Buffer.from("words "), Buffer.from(spelled), Buffer.from(" words")]);
        assert.ok(traces.foundIn(written), `${spelled}`);
      }
    }
  }
  assert.equal(traces.foundIn(secret.subarray(0, RUN - 1).toString("hex")), undefined);
  const open = new Traces([secret], new Traces([secret.subarray(20, 40)]));
  assert.equal(open.foundIn(secret.subarray(22, 22 + RUN)), undefined);
  assert.ok(new Traces([Buffer.from("made-up-word")]).foundIn("password=made-up-word;"));
});

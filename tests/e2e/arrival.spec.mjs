// Every way in: drop, choose, paste, type, an example; and what the page does with a private key.

import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { headline, settled, unfold } from "./facts.mjs";
import { choose, data, drop, openziti, paste, startPage, textOf } from "./harness.mjs";

const site = startPage();
const BUNDLE = data("openziti-ha/distinct/router1.cas.pem");

function source(page, name) {
  return page.getByTestId("sources").locator(`[data-source="${name}"]`);
}

test("files are chosen", async (t) => {
  const { page } = await site.open(t);
  await choose(page, openziti());
  await settled(page);
  assert.match(await headline(page), /\b2 of 3 clients\b/);
});

test("files that come later join those that are there", async (t) => {
  const { page } = await site.open(t);
  const files = openziti();
  await drop(page, files.slice(0, 4));
  await settled(page);
  await choose(page, files.slice(4));
  await page.getByRole("heading", { name: /\b2 of 3 clients\b/ }).waitFor();
});

test("a folder is dropped with all that is in it", async (t) => {
  const { page, record } = await site.open(t);
  const folder = mkdtempSync(join(tmpdir(), "rootlens-"));
  t.after(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, "clients"));
  for (const { name, bytes } of openziti()) writeFileSync(join(folder, name.startsWith("client") ? "clients" : "", name), bytes);
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [folder], dragOperationsMask: 1 };
  for (const type of ["dragEnter", "dragOver", "drop"]) await session.send("Input.dispatchDragEvent", { type, x: 400, y: 400, data });
  await settled(page);
  assert.match(await headline(page), /\b2 of 3 clients\b/);
  assert.match(await textOf(page.locator("header").first()), /7 files/);
  assert.deepEqual(record.errors, []);
});

test("text is pasted anywhere", async (t) => {
  const { page, record } = await site.open(t);
  await paste(page, BUNDLE.bytes.toString());
  await settled(page);
  await unfold(page, "sources");
  assert.match(await textOf(page.getByTestId("sources")), /2 certificates/);
  assert.deepEqual(record.errors, []);
});

test("text is typed into the box", async (t) => {
  const { page } = await site.open(t);
  await page.getByTestId("paste").fill(BUNDLE.bytes.toString());
  await page.getByRole("button", { name: "Read this text" }).click();
  await settled(page);
  await unfold(page, "sources");
  assert.match(await textOf(page.getByTestId("sources")), /2 certificates/);
});

test("a private key is announced, and its bytes are nowhere in the page", async (t) => {
  const { page, record } = await site.open(t);
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const key = privateKey.export({ type: "pkcs8", format: "pem" });
  await drop(page, [{ name: "server.pem", bytes: Buffer.concat([Buffer.from(key), BUNDLE.bytes]) }]);
  await settled(page);
  assert.match(await textOf(source(page, "server.pem")), /private key/i);
  assert.match(await textOf(source(page, "server.pem")), /2 certificates/);
  await page.getByTestId("sources").locator("button.rl-link").first().click();
  await page.getByTestId("certificate").waitFor();
  const everything = await page.evaluate(() =>
    [
      document.documentElement.outerHTML,
      document.documentElement.innerText,
      ...[...document.querySelectorAll("input, textarea")].map((field) => field.value),
      JSON.stringify(localStorage),
      JSON.stringify(sessionStorage),
      location.href,
      JSON.stringify(history.state),
    ].join("\n"),
  );
  for (const form of traces(key)) assert.ok(!everything.includes(form), `a part of the key is in the page: ${form}`);
  assert.deepEqual(record.errors, []);
  assert.deepEqual(record.requests, []);
});

/** Pieces of a key, long enough not to stand anywhere by chance, in the forms in which a page could show them. */
function traces(pem) {
  const base64 = pem.replace(/-----[^-]+-----|\s/g, "");
  const hex = Buffer.from(base64, "base64").toString("hex");
  // The first bytes name the algorithm, as every such key does.
  const pieces = (text, from, length) => {
    const starts = Array.from({ length: Math.floor((text.length - from) / length) }, (_, index) => from + index * length);
    return starts.map((start) => text.slice(start, start + length));
  };
  const hexPieces = pieces(hex, 72, 16);
  return [
    "BEGIN PRIVATE KEY",
    ...pieces(base64, 48, 12),
    ...hexPieces,
    ...hexPieces.map((piece) => piece.toUpperCase().match(/../g).join(":")),
  ];
}

test("a file without a certificate is said to be none", async (t) => {
  const { page, record } = await site.open(t);
  await drop(page, [{ name: "notes.txt", bytes: Buffer.from("nothing of this kind") }]);
  await page.getByText("notes.txt").first().waitFor();
  assert.deepEqual(record.errors, []);
});

test("a damaged block costs no other, and its line is named", async (t) => {
  const { page } = await site.open(t);
  const [first, second] = BUNDLE.bytes.toString().split(/(?<=-----END CERTIFICATE-----\n)/);
  const damaged = first.replace(/\n.{8}/, "\n!!!!!!!!");
  await drop(page, [{ name: "damaged.pem", bytes: Buffer.from(damaged + second) }]);
  await settled(page);
  const text = await textOf(source(page, "damaged.pem"));
  assert.match(text, /1 certificate\b/);
  assert.match(text, /\bline \d+/i);
});

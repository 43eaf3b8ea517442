// A keystore with a password of its own: asked for once, tried, dropped; and keys beside certificates.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { violations } from "./axe.mjs";
import { headline, linkOf, settled, unfold } from "./facts.mjs";
import { data, drop, startPage, textOf } from "./harness.mjs";
import { everything, Traces } from "./traces.mjs";

const site = startPage();

const PASSWORD = "s3cret-of-mine";
const CHAIN = data("containers/pkcs12/other-password.p12", "shop.p12");
const STORE = data("containers/pkcs12/keys-own-password.p12", "store.p12");
const TRUST = data("containers/jks/trust.jks");

const field = (page, name) => page.getByLabel(`Password of ${name}`, { exact: true });
const button = (page) => page.getByTestId("password").getByRole("button", { name: "Open", exact: true });

async function open(page, name, password) {
  await field(page, name).fill(password);
  await button(page).click();
}

/** The JSON that the page saves. */
async function savedReport(page) {
  await page.getByRole("button", { name: "Save", exact: true }).click();
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByTestId("export").getByRole("button", { name: "JSON", exact: true }).click()]);
  return readFileSync(await download.path(), "utf8");
}

const KEYS = data("containers/keys.txt").bytes.toString().trim().split("\n").map((line) => Buffer.from(line.split(" ")[1], "hex"));
const TRACES = new Traces([...KEYS, Buffer.from(PASSWORD)]);

function assertAbsent(text, where) {
  assert.equal(TRACES.foundIn(text), undefined, `the password or a part of a key is in ${where}`);
}

test("a keystore asks for its password once, is opened and judged", async (t) => {
  const { page, record } = await site.open(t);
  await drop(page, [CHAIN, TRUST]);
  await settled(page);
  await unfold(page, "sources");
  assert.equal(await page.getByTestId("password").count(), 1);
  assert.equal(await field(page, "shop.p12").getAttribute("type"), "password");
  assert.equal(await field(page, "shop.p12").getAttribute("autocomplete"), "off");
  await page.getByTestId("sources").locator('[data-source="trust.jks"] select').selectOption("bundle");
  await settled(page);
  await open(page, "shop.p12", PASSWORD);
  await page.getByTestId("password").waitFor({ state: "detached" });
  await settled(page);
  // So does the strict mode of OpenSSL; the others find their way to the root of the trust store.
  assert.match(await headline(page), /^1 of 11 programs refuses leaf\.example: /);
  assert.equal(await page.getByTestId("sources").locator('[data-source="trust.jks"] select').inputValue(), "bundle");
  assert.notEqual(await page.evaluate(() => document.activeElement.tagName), "BODY", "the focus is not lost");
  assert.deepEqual(record.errors, []);
  assert.deepEqual(record.requests, []);
});

test("neither password nor key is anywhere in the page, its link or what it saves", async (t) => {
  const { page, record } = await site.open(t);
  await drop(page, [STORE]);
  await settled(page);
  await open(page, "store.p12", PASSWORD);
  assert.equal(await page.getByTestId("password").locator("input").evaluateAll((fields) => fields.map((it) => it.value).join("")), "", "the field is cleared at once");
  await page.getByTestId("password").waitFor({ state: "detached" });
  await settled(page);
  await unfold(page, "sources", "findings");
  assertAbsent(await everything(page), "the page");
  await page.getByRole("button", { name: "Share" }).click();
  assertAbsent(await linkOf(page), "the link");
  assertAbsent(await everything(page), "the page with its link");
  const json = await savedReport(page);
  assertAbsent(json, "the report");
  const report = JSON.parse(json);
  assert.equal(report.answer.chains.length, 2);
  assert.ok(report.sources.every((source) => source.problems.every((problem) => !problem.needs_password)));
  assert.deepEqual(record.errors, []);
  assert.deepEqual(record.requests, []);
});

test("where there is nothing else, the answer asks", async (t) => {
  const { page } = await site.open(t);
  await drop(page, [STORE]);
  await settled(page);
  assert.equal(await page.getByTestId("password").count(), 1);
  assert.equal(await page.getByTestId("answer").getByTestId("password").count(), 1);
  assert.equal(await headline(page), "store.p12 needs its password.");
  assert.deepEqual(await violations(page), []);
  await field(page, "store.p12").fill(PASSWORD);
  await field(page, "store.p12").press("Enter");
  await page.getByTestId("password").waitFor({ state: "detached" });
  await settled(page);
  assert.deepEqual(
    await page.getByTestId("sources").locator("[data-source]").evaluateAll((all) => all.map((it) => it.dataset.source)),
    ["store.p12: leaf", "store.p12: second", "store.p12: trustedCertEntry"],
  );
});

test("a wrong password is said to be wrong, and asked for again", async (t) => {
  const { page, record } = await site.open(t);
  await drop(page, [STORE, TRUST]);
  await settled(page);
  await unfold(page, "sources");
  for (const wrong of ["hunter2-one", "hunter2-two"]) {
    await open(page, "store.p12", wrong);
    const alert = page.getByRole("alert").filter({ hasText: "This password does not open store.p12." });
    await alert.waitFor();
    assert.equal(await field(page, "store.p12").inputValue(), "");
    assert.ok(!(await everything(page)).includes(wrong));
    assert.deepEqual(await violations(page), []);
  }
  await open(page, "store.p12", PASSWORD);
  await page.getByTestId("password").waitFor({ state: "detached" });
  await settled(page);
  assert.equal(await page.getByText("does not open").count(), 0);
  assert.deepEqual(record.errors, []);
});

test("a keystore that is removed takes its question along", async (t) => {
  const { page, record } = await site.open(t);
  await drop(page, [STORE, TRUST]);
  await settled(page);
  await unfold(page, "sources");
  await page.getByRole("button", { name: "Remove store.p12" }).click();
  await page.getByTestId("password").waitFor({ state: "detached" });
  assert.deepEqual(record.errors, []);
});

test("Java's keystores and those with the usual password are read without asking", async (t) => {
  const { page } = await site.open(t);
  await drop(page, [data("containers/jks/keys.jks"), data("containers/pkcs12/modern.p12")]);
  await settled(page);
  await unfold(page, "sources");
  assert.equal(await page.getByTestId("password").count(), 0);
  assert.match(await textOf(page.getByTestId("sources")), /keys\.jks: leaf/);
});

test("a request and a private key are held against the certificates", async (t) => {
  const { page, record } = await site.open(t);
  await drop(page, [data("containers/text/key-then-certificate.pem", "shop.pem"), data("containers/text/request.csr"), data("containers/text/rsa-public-keys.pem")]);
  await settled(page);
  await unfold(page, "sources");
  const source = (name) => page.getByTestId("sources").locator(`[data-source="${name}"]`);
  assert.match(await textOf(source("request.csr").getByTestId("related")), /^Line 1: This request was made with the key of leaf\.example\./);
  assert.match(await textOf(source("rsa-public-keys.pem").getByTestId("related").first()), /fits no certificate here/);
  const commands = await textOf(source("shop.pem").getByTestId("key-commands"));
  assert.match(commands, /openssl pkey -pubout -in shop\.pem openssl x509 -noout -pubkey -in shop\.pem/);
  assert.equal(await source("shop.pem").getByRole("button", { name: "Copy the commands" }).count(), 1);
  assert.deepEqual(record.errors, []);
});

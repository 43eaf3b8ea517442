// The node agents that cannot reach their API: what each line of the logs showed, which node holds the certificate of another
// CA, the form in which the gateway passes a certificate on; and the secret with the wrong certificate, mended and dropped again.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { violations } from "./axe.mjs";
import { headline, settled, unfold } from "./facts.mjs";
import { drop, ROOT, startPage, textOf } from "./harness.mjs";

const site = startPage();
const NOW = new Date("2026-03-14T09:00:00Z");

/** The files of an example, as a person would drop them. */
function example(name) {
  const folder = join(ROOT, "www/examples", name);
  return readdirSync(folder).map((file) => ({ name: file, bytes: readFileSync(join(folder, file)) }));
}

test("each log line is explained, or told apart from what certificates explain", async (t) => {
  const { page, record } = await site.open(t, { fragment: "#example=node-api" });
  await settled(page);
  assert.match(await headline(page), /^node-2 is not trusted: it was issued on 2026-03-11, before the Node CA in secret\.yaml existed/);
  const lines = page.getByTestId("error-lines");
  await lines.locator("details").first().waitFor();
  await lines.locator("> details > summary").click();
  const found = await lines.locator("[data-finding]").evaluateAll((items) => items.map((it) => [it.dataset.finding, it.querySelector("code").innerText]));
  const finding = (words) => found.filter(([, line]) => line.includes(words)).map(([finding]) => finding);
  assert.deepEqual(finding("404"), ["elsewhere"]);
  assert.deepEqual(finding("EOF"), ["elsewhere"]);
  assert.deepEqual(finding("unknown certificate authority"), ["explained"]);
  assert.deepEqual(finding("ECDSA verification failure"), ["explained"]);
  assert.deepEqual(finding("invalid node identity"), ["explained"]);
  const said = await textOf(lines);
  assert.match(said, /Traefik/, "the form of the header");
  assert.deepEqual(await violations(page), []);
  assert.deepEqual(record.errors, []);
});

test("what the gateway passes on is named, with a line for back ends", async (t) => {
  const { page } = await site.open(t, { fragment: "#example=node-api" });
  await settled(page);
  await unfold(page, "sources");
  const forwarded = page.locator("[data-source='gateway.log']").getByTestId("forwarded");
  assert.match(await textOf(forwarded), /Traefik/);
  assert.equal(await page.getByTestId("back-ends").locator("li").count(), 10);
});

test("the mended secret, dropped in the place of the wrong one, is accepted", async (t) => {
  const { page } = await site.open(t, { now: NOW });
  const given = example("node-api-wrong-secret");
  await drop(page, given);
  await settled(page);
  assert.match(await headline(page), /^node-1 is not trusted: secret\.yaml holds gateway, which is no CA, instead of Node CA\.$/);
  const download = page.getByTestId("fix").first().getByRole("button", { name: /^Download/ });
  const [saved] = await Promise.all([page.waitForEvent("download"), download.click()]);
  const mended = { name: "secret.yaml", bytes: readFileSync(await saved.path()) };
  assert.match(mended.bytes.toString(), /^kind: Secret$/m);
  const again = (await site.open(t, { now: NOW })).page;
  await drop(again, given.map((file) => (file.name === "secret.yaml" ? mended : file)).filter(({ name }) => !name.endsWith(".log")));
  await settled(again);
  assert.equal(await again.getByTestId("answer").getAttribute("data-verdict"), "trusted");
});

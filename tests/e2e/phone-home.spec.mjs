// "Try to phone home": what the page says of each attempt is what a server of the test's own has seen of it.

import assert from "node:assert/strict";
import { createSocket } from "node:dgram";
import { createServer } from "node:http";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";

import { settled } from "./facts.mjs";
import { DIST, drop, openziti, startPage, textOf } from "./harness.mjs";

const site = startPage();

/** Documented in README.md: no policy of Chromium covers these. */
const OPEN = ["preconnect", "dns-prefetch", "WebRTC"];

/** How long something that was sent may be on its way on this machine. */
const LAST_ARRIVAL_MS = 500;

/** A server that notes everything that arrives: connections, requests of any kind, and packets on the same port. */
async function listen(t) {
  const seen = { connections: 0, requests: [], packets: 0 };
  const answer = (request, response) => {
    seen.requests.push(`${request.method} ${request.url}`);
    response.writeHead(200, { "access-control-allow-origin": "*" }).end();
  };
  const server = createServer(answer);
  server.on("connection", () => (seen.connections += 1));
  server.on("upgrade", (request, socket) => {
    seen.requests.push(`upgrade ${request.url}`);
    socket.destroy();
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  const packets = createSocket("udp4").on("message", () => (seen.packets += 1));
  await new Promise((resolve) => packets.bind(port, "127.0.0.1", resolve));
  t.after(() => {
    packets.close();
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  return { address: `http://127.0.0.1:${port}/`, seen };
}

/** Presses the button; `{ attempt: outcome }`. */
async function phoneHome(page, address) {
  const part = page.locator("#phone-home");
  await part.locator("summary").click();
  if (address) await part.getByLabel("Address to call").fill(address);
  await part.getByRole("button", { name: "Try to phone home" }).click();
  await part.getByRole("status").filter({ hasText: "attempts were refused" }).waitFor();
  await new Promise((resolve) => setTimeout(resolve, LAST_ARRIVAL_MS));
  const rows = part.locator("tbody tr");
  return rows.evaluateAll((rows) => Object.fromEntries(rows.map(({ dataset }) => [dataset.attempt, dataset.outcome])));
}

function named(outcomes, wanted) {
  return Object.keys(outcomes).filter((name) => outcomes[name] === wanted);
}

test("every attempt to reach another server is refused, or said to be open", async (t) => {
  const { page } = await site.open(t);
  await drop(page, openziti());
  await settled(page);
  const { address, seen } = await listen(t);
  const outcomes = await phoneHome(page, address);
  assert.deepEqual(named(outcomes, "open"), OPEN);
  assert.deepEqual(named(outcomes, "absent"), []);
  assert.equal(named(outcomes, "refused").length, 16);
  assert.deepEqual(seen.requests, []);
  // The open ones are open: preconnect connects, and says nothing; WebRTC sends its packets.
  assert.equal(seen.connections, 1);
  assert.ok(0 < seen.packets);
  const summary = await textOf(page.locator("#phone-home").getByRole("status"));
  assert.match(summary, /^16 of 19 attempts were refused\. This browser leaves 3 open/);
});

test("the host of the page is refused as well", async (t) => {
  const { page, record } = await site.open(t);
  const outcomes = await phoneHome(page);
  assert.deepEqual(named(outcomes, "open"), OPEN);
  // Chromium announces what it then refuses, so what counts is what got an answer.
  assert.deepEqual(record.answered, []);
});

test("without the page's policies the same attempts arrive", async (t) => {
  // Or the server would prove nothing by seeing nothing.
  const { page } = await site.open(t, { bypassCSP: true });
  const { address, seen } = await listen(t);
  const outcomes = await phoneHome(page, address);
  assert.deepEqual(named(outcomes, "refused"), []);
  const arrived = new Set(seen.requests.map((request) => request.replace(/^\w+ \/phone-home-|\?$/g, "")));
  const silent = Object.keys(outcomes).filter((name) => !arrived.has(name.replaceAll(" ", "-")));
  assert.deepEqual(silent, OPEN);
});

test("following a link is left open, as the page says", async (t) => {
  const { page } = await site.open(t);
  const { address, seen } = await listen(t);
  await page.evaluate((address) => (location.href = `${address}?data`), address);
  await page.waitForURL(`${address}?data`);
  assert.ok(seen.requests.includes("GET /?data"));
});

test("an address that is none is said to be none", async (t) => {
  const { page } = await site.open(t);
  const part = page.locator("#phone-home");
  await part.locator("summary").click();
  await part.getByLabel("Address to call").fill("file:///etc/hosts");
  await part.getByRole("button").click();
  assert.match(await textOf(part.getByRole("status")), /no address of a server/);
  assert.equal(await part.getByRole("row").count(), 0);
});

test("the page of one file is refused everything too", async (t) => {
  const { page } = await site.open(t, { at: pathToFileURL(join(DIST, "rootlens.html")).href });
  const { address, seen } = await listen(t);
  const outcomes = await phoneHome(page, address);
  assert.deepEqual(named(outcomes, "open"), OPEN);
  assert.deepEqual(named(outcomes, "absent"), []);
  assert.deepEqual(seen.requests, []);
});

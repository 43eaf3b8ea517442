// What every specification needs: the built page on a server, a browser, ways to hand files to the page, and a
// record of everything that must not happen.

import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { after, before } from "node:test";
import { fileURLToPath } from "node:url";

import { launch } from "./chromium.mjs";
import { serve } from "./server.mjs";

export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
/** The page under test: the hosted build, or the folder in the variable DIST (CONTRIBUTING.md, "One specification at a time"). */
export const DIST = resolve(ROOT, process.env.DIST ?? "dist");
const DATA = join(ROOT, "tests/data");

/** The instant at which the test data is judged. */
export const AS_OF = new Date("2026-11-21T18:00:00Z");

/** Starts server and browser for one file of tests; the value's `open` gives a page. */
export function startPage() {
  const fixture = {};
  before(async () => {
    if (!existsSync(join(DIST, "index.html"))) throw new Error(`${DIST} holds no page: run \`cargo xtask dist\``);
    fixture.server = await serve(DIST);
    fixture.browser = await launch();
  });
  after(async () => {
    await fixture.browser?.close();
    await fixture.server?.close();
  });
  return { open: (test, options) => open(fixture, test, options) };
}

/**
 * A new page in a new context, with what it must not do on record. It is closed at the end of `test`.
 *
 * `at` is another address than that of dist/; `fragment` is the part of the address from `#`; `now` is what the page's clock says; `before` runs
 * in the page before its own scripts; the rest goes to the context.
 */
async function open({ browser, server }, test, { at = server.address, fragment = "", now = AS_OF, before, ...context } = {}) {
  const session = await browser.newContext({ viewport: { width: 1440, height: 900 }, colorScheme: "light", ...context });
  test.after(() => session.close());
  const page = await session.newPage();
  const record = watch(page);
  await page.clock.setFixedTime(now);
  if (before) await page.addInitScript(before);
  await page.goto(`${at}${fragment}`);
  await page.locator("main").waitFor();
  record.loaded();
  return { page, record };
}

/** Requests and answers after the page has loaded, and errors that it wrote to the console. */
function watch(page) {
  let requests = [];
  let answered = [];
  const errors = [];
  page.on("request", (request) => requests.push(`${request.method()} ${request.url()}`));
  page.on("response", (response) => answered.push(response.url()));
  page.on("websocket", (socket) => requests.push(`WebSocket ${socket.url()}`));
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) errors.push(`${message.type()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => errors.push(`not caught: ${error.message}`));
  return {
    errors,
    get requests() {
      // What never leaves the page is no request: a download is a blob, a picture may be in its own address.
      return requests.filter((request) => !/ (blob|data):/.test(request));
    },
    get answered() {
      return answered.filter((address) => !address.startsWith("blob:"));
    },
    loaded() {
      requests = [];
      answered = [];
    },
  };
}

/** A file of the test data, by its path under tests/data. */
export function data(path, name = basename(path)) {
  return { name, bytes: readFileSync(join(DATA, path)) };
}

/** The files of an OpenZiti network: the bundle of router 1, three controllers and three clients. */
export function openziti(folder = "distinct", controllers = "tls.crt") {
  const numbers = [1, 2, 3];
  return [
    data(`openziti-ha/${folder}/router1.cas.pem`),
    ...numbers.map((number) => data(`openziti-ha/${folder}/ctrl${number}.${controllers}`)),
    ...numbers.map((number) => data(`openziti-ha/${folder}/client${number}.chain.pem`)),
  ];
}

/** Drops files on the page the way the browser does. */
export async function drop(page, files) {
  const transfer = await page.evaluateHandle((given) => {
    const transfer = new DataTransfer();
    for (const { name, base64 } of given) {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      transfer.items.add(new File([bytes], name));
    }
    return transfer;
  }, encode(files));
  await dropTransfer(page, transfer);
}

/** Drops a file that is larger than what is read. */
export async function dropTooLarge(page, name) {
  const transfer = await page.evaluateHandle((name) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([new Uint8Array(21 * 1024 * 1024)], name));
    return transfer;
  }, name);
  await dropTransfer(page, transfer);
}

async function dropTransfer(page, transfer) {
  for (const type of ["dragenter", "dragover", "drop"]) {
    await page.dispatchEvent("body", type, { dataTransfer: transfer });
  }
}

/** Chooses files with the file input. */
export async function choose(page, files) {
  const given = files.map(({ name, bytes }) => ({ name, mimeType: "application/octet-stream", buffer: bytes }));
  await page.getByTestId("file-input").first().setInputFiles(given);
}

/** Pastes text on the page, outside of every field. */
export function paste(page, text) {
  return page.evaluate((text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  }, text);
}

function encode(files) {
  return files.map(({ name, bytes }) => ({ name, base64: Buffer.from(bytes).toString("base64") }));
}

/** The text of an element on one line; SVG, which has no layout of text, counts with all it holds. */
export async function textOf(locator) {
  const text = await locator.evaluate((element) => element.innerText ?? [...element.querySelectorAll("text")].map((it) => it.textContent).join(" "));
  return text.replace(/\s+/g, " ").trim();
}

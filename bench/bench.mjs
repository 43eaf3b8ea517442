// Speed and size, printed as tables: `cargo xtask bench [--against DIST]`.
//
// Ours: what the built page does with a dropped bundle, as it measures it itself: decoding, parsing, graph and every
// signature between the certificates. The peer: @peculiar/x509 with WebCrypto, which parses the same certificates and
// checks the self-signatures. In the same Chromium, in turn, each time on a fresh page; best and median of five. With the
// folder of an earlier build as argument, its page takes its turn as well, so that both ratios come from one run.
//
// After that the engines alone, beside the same code compiled for this machine (`engines.mjs`).

import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { rootCertificates } from "node:tls";
import { brotliCompressSync, constants } from "node:zlib";

import { launch } from "../tests/e2e/chromium.mjs";
import { DIST, ROOT, drop } from "../tests/e2e/harness.mjs";
import { serve } from "../tests/e2e/server.mjs";
import { engines } from "./engines.mjs";
import { table } from "./table.mjs";

const ROUNDS = 5;

/** The share of the peer's time that the page may take. */
const WANTED_RATIO = 0.5;

/** Debian's bundle of public roots, where it is installed. */
const DEBIAN_BUNDLE = "/etc/ssl/certs/ca-certificates.crt";

/** The card that answers; before there was one, the headline. */
const ANSWER = "[data-testid=answer] h1, [data-testid=divergence] h1";

/** Files of dist/ that the page does not load. */
const BESIDE_THE_PAGE = ["rootlens.html", "rootlens-embed.js", "SHA256SUMS"];

const bundles = [{ name: "the roots inside Node", bytes: Buffer.from(rootCertificates.join("\n")) }];
if (existsSync(DEBIAN_BUNDLE)) bundles.push({ name: "Debian's ca-certificates", bytes: readFileSync(DEBIAN_BUNDLE) });

const server = await serve(ROOT);
const builds = [{ name: "rootlens", folder: DIST, server: await serve(DIST) }];
const [, , against] = process.argv;
if (against) builds.push({ name: "the other build", folder: resolve(against), server: await serve(resolve(against)) });
const browser = await launch();
try {
  console.log(`Chromium ${browser.version()}, best (median) of ${ROUNDS}, in ms`);
  for (const bundle of bundles) await compare(bundle);
  await answers();
  builds.forEach(sizes);
  if (!(await engines(browser))) process.exitCode = 1;
} finally {
  await browser.close();
  await Promise.all([server, ...builds.map((build) => build.server)].map((server) => server.close()));
}

async function compare(bundle) {
  const rounds = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const ours = [];
    for (const build of builds) ours.push(await drawn(build, bundle));
    rounds.push({ ours, peer: await peer(bundle) });
  }
  const of = (what) => builds.map((_, index) => summary(rounds.map(({ ours }) => ours[index][what])));
  const ofPeer = (what) => summary(rounds.map(({ peer }) => peer[what]));
  const { parsed, verified } = rounds[0].peer;
  const none = builds.map(() => "");
  console.log(`\n${bundle.name}`);
  table([
    ["", ...builds.map(({ name }) => name), "@peculiar/x509"],
    ["parse", ...none, ofPeer("parse")],
    ["parse, graph and signatures", ...of("inspect"), ""],
    ["parse and self-signatures", ...none, ofPeer("total")],
    ["drop until the graph is shown", ...of("shown"), ""],
    ["longest block of the main thread", ...of("block"), ofPeer("block")],
    ["certificates", ...rounds[0].ours.map(({ certificates }) => certificates), parsed],
    ["signatures", ...builds.map(() => "every possible issuer"), `${verified} valid self-signatures`],
  ]);
  for (const [index, fast] of of("inspect").entries()) {
    const ratio = fast.best / ofPeer("total").best;
    console.log(`${builds[index].name} takes ${ratio.toFixed(2)} of the peer's time; at most ${WANTED_RATIO} is wanted`);
  }
}

/** How long each build takes from the drop until its answer is on the screen. */
async function answers() {
  const cases = [{ name: "the example openziti-helm", files: files("www/examples/openziti-helm") }];
  if (existsSync(DEBIAN_BUNDLE)) {
    const bundle = { name: "ca-certificates.crt", bytes: readFileSync(DEBIAN_BUNDLE) };
    const chain = files("www/examples/healthy-chain").filter(({ name }) => name === "fullchain.pem");
    cases.push({ name: "Debian's bundle and one chain", files: [bundle, ...chain] });
  }
  const rows = [];
  for (const { name, files } of cases) {
    const times = builds.map(() => []);
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const [index, build] of builds.entries()) {
        const page = await dropped(build, files, ANSWER);
        times[index].push((await shown(page)).shown);
        await page.context().close();
      }
    }
    rows.push([name, ...times.map(summary)]);
  }
  console.log("\ndrop until the answer is shown");
  table([["", ...builds.map(({ name }) => name)], ...rows]);
}

function files(folder) {
  return readdirSync(join(ROOT, folder)).map((name) => ({ name, bytes: readFileSync(join(ROOT, folder, name)) }));
}

/** A fresh page on which files were dropped, once it shows `selector`. */
async function dropped(build, files, selector) {
  const page = await fresh(build.server.address);
  await page.locator("main").waitFor();
  // Nobody drops a file in the first second; by then the page has read an example.
  await page.waitForTimeout(1000);
  await page.evaluate(() => {
    globalThis.blocks.length = 0;
    globalThis.start = performance.now();
  });
  await drop(page, files);
  await page.locator(selector).first().waitFor();
  return page;
}

/** What took how long since the drop, once what is there now was shown. */
async function shown(page) {
  const shown = await page.evaluate(async () => {
    // Two frames: the first one draws what is there now, the second one comes after it was shown.
    for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
    return performance.now() - globalThis.start;
  });
  // The inspector measures itself: in a worker, or in the page, as builds from before the worker do.
  const [host = page] = page.workers();
  const inspect = await host.evaluate(() => performance.getEntriesByName("rootlens:inspect").at(-1).duration);
  return { inspect, shown };
}

/** One drop on a built page. */
async function drawn(build, bundle) {
  const page = await dropped(build, [{ name: "bundle.pem", bytes: bundle.bytes }], "[data-testid=graph] svg");
  const measured = await shown(page);
  measured.block = await longestBlock(page);
  measured.certificates = Number((await page.locator(".rl-header__counts").innerText()).match(/(\d+) certificates?/)[1]);
  await page.context().close();
  return measured;
}

/** The peer's work on the same bundle. */
async function peer(bundle) {
  const page = await fresh(`${server.address}bench/peer.html`);
  const measured = await page.evaluate(async (text) => {
    const blocks = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g);
    // The debugger's own task is not watched for blocks; one of the page's own is.
    await new Promise((resolve) => setTimeout(resolve));
    const start = performance.now();
    const certificates = blocks.map((block) => new x509.X509Certificate(block));
    const parse = performance.now() - start;
    const selfIssued = certificates.filter((certificate) => certificate.subject === certificate.issuer);
    const outcomes = await Promise.allSettled(
      selfIssued.map((certificate) => certificate.verify({ publicKey: certificate.publicKey, signatureOnly: true })),
    );
    const total = performance.now() - start;
    return { parse, total, parsed: certificates.length, verified: outcomes.filter(({ value }) => value === true).length };
  }, bundle.bytes.toString());
  measured.block = await longestBlock(page);
  await page.context().close();
  return measured;
}

async function fresh(address) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.addInitScript(() => {
    globalThis.blocks = [];
    new PerformanceObserver((list) => globalThis.blocks.push(...list.getEntries().map((entry) => entry.duration))).observe({
      type: "longtask",
      buffered: true,
    });
  });
  await page.goto(address);
  return page;
}

/** The longest task over 50 ms, or 0; the observer hears of a task shortly after it. */
async function longestBlock(page) {
  await page.waitForTimeout(200);
  return page.evaluate(() => Math.max(0, ...globalThis.blocks));
}

function summary(times) {
  const sorted = times.toSorted((one, other) => one - other);
  const [best, median] = [sorted[0], sorted[Math.floor(sorted.length / 2)]];
  return { best, median, toString: () => `${best.toFixed(0)} (${median.toFixed(0)})` };
}

function sizes({ name: build, folder }) {
  const brotli = (bytes) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
  const names = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile() && !BESIDE_THE_PAGE.includes(entry.name));
  const files = names.map(({ name }) => ({ name, bytes: readFileSync(join(folder, name)) }));
  const rows = files.map(({ name, bytes }) => [name, bytes.length, brotli(bytes)]);
  const total = rows.reduce(([raw, packed], [, one, other]) => [raw + one, packed + other], [0, 0]);
  console.log(`\nsize of ${build} in bytes, as a page`);
  table([["", "raw", "brotli"], ...rows, ["together", ...total]]);
}

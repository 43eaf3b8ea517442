// The verifiers of the page, and those who say the same elsewhere: programs on record and the command line.

import { spawnSync } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";

import { current } from "./facts.mjs";
import { ROOT, textOf } from "./harness.mjs";

/** Seconds since 1970. */
export const seconds = (instant) => Date.parse(instant) / 1000;

/** An instant in the form of the report and the command line. */
export const written = (instant) => new Date(instant * 1000).toISOString().replace(".000", "");

/** What `rootlens` prints for these words. */
export function rootlens(...words) {
  const program = join(process.env.CARGO_TARGET_DIR ?? join(ROOT, "target"), "debug/rootlens");
  if (!existsSync(program)) throw new Error("the command line is missing: run `cargo build --features cli`");
  const { status, stdout, stderr } = spawnSync(program, words, { encoding: "utf8", maxBuffer: 1 << 26 });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

/** A folder that goes when the tests of the file are done; the value writes files into it and gives their paths. */
export function scratch() {
  const folder = mkdtempSync(join(tmpdir(), "rootlens-"));
  after(() => rmSync(folder, { recursive: true }));
  let count = 0;
  return (files) => {
    const place = join(folder, String((count += 1)));
    return files.map(({ name, bytes }) => {
      writeFileSync(`${place}-${name}`, bytes);
      return `${place}-${name}`;
    });
  };
}

const SUITE = JSON.parse(readFileSync(join(ROOT, "tests/data/conformance/probes.json"), "utf8"));

/** A question of `tests/data/conformance/probes.json` as files, with the verdicts of the real programs. */
export function probe(name) {
  const found = SUITE.cases.find(({ id }) => id === `probe::${name}`);
  const pem = (index) => new X509Certificate(Buffer.from(SUITE.certs[index], "base64")).toString();
  const file = (name, indices) => ({ name, bytes: Buffer.from(indices.map(pem).join("")) });
  return {
    files: [file("trusted.ca.pem", found.trusted), file("server.chain.pem", [found.leaf, ...found.presented])],
    at: found.time,
    host: found.host.value,
    recorded: found.verdicts,
    /** A certificate of the file as the page tells it from others. */
    digest: (index) => digest(Buffer.from(SUITE.certs[index], "base64")),
    label: (index) => SUITE.labels[index],
  };
}

const digest = (der) => new X509Certificate(der).fingerprint256.replaceAll(":", "").toLowerCase();

/** Every certificate of some files. */
export function certificates(files) {
  const blocks = files.flatMap(({ bytes }) => bytes.toString().match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g));
  return blocks.map((block) => new X509Certificate(block));
}

/** The strips of the page: `[{ chain, asked, count, isDivided, groups: [{ accepts, path, engines }] }]`. */
export async function strips(page) {
  await current(page);
  return page.getByTestId("engines").locator("article").evaluateAll((articles) =>
    articles.map((article) => ({
      chain: article.querySelector("h3").innerText,
      asked: article.querySelector(".rl-strip__purpose").innerText,
      count: article.querySelector(".rl-strip__count").innerText,
      isDivided: article.hasAttribute("data-divided"),
      groups: [...article.querySelectorAll(".rl-group")].map((group) => ({
        accepts: group.dataset.verdict === "accepted",
        says: group.querySelector("p strong").innerText === "accepted",
        path: group.querySelector("p small")?.innerText,
        engines: [...group.querySelectorAll("[data-engine]")].map(({ dataset }) => [dataset.engine, dataset.verdict === "accepted"]),
      })),
    })),
  );
}

/** Who accepts a chain, by the name of the engine. */
export const verdicts = (strip) => Object.fromEntries(strip.groups.flatMap(({ engines }) => engines).sort());

/** The strip of the chain with this number. */
export const strip = (page, chain = 0) => page.getByTestId("engines").locator("article").nth(chain);

export const chip = (page, engine, chain = 0) => strip(page, chain).locator(`[data-engine="${engine}"]`);

/** Opens the panel of an engine: `{ accepts, words, paths, steps }`, where a path holds indices of the report. */
export async function opened(page, engine, chain = 0) {
  await current(page);
  await chip(page, engine, chain).click();
  const panel = strip(page, chain).getByTestId("proof");
  await panel.waitFor();
  return panel.evaluate((panel) => ({
    heading: panel.querySelector("h4").innerText,
    accepts: panel.dataset.verdict === "accepted",
    words: panel.querySelector(".rl-verbatim")?.textContent ?? "",
    paths: [...panel.querySelectorAll(".rl-path")].map((path) => [...path.querySelectorAll("[data-cert]")].map(({ dataset }) => Number(dataset.cert))),
    steps: [...panel.querySelectorAll(".rl-step")].map((step) => ({ taken: step.dataset.taken === "true", words: step.textContent.trim() })),
  }));
}

/** The changes that the time line lists: `[{ at, accepting }]`. */
export async function changes(page) {
  await current(page);
  const lines = await page.getByTestId("timeline").locator(".rl-changes li").evaluateAll((items) => items.map((item) => item.textContent));
  return lines.map((line) => {
    const [, day, time, portion] = line.match(/^(\S+) (\S+) UTC\s+accepted by (none|all \d+|\d+ of \d+) from here on/);
    return { at: seconds(`${day}T${time}Z`), accepting: portion === "none" ? 0 : Number(portion.match(/\d+/)[0]) };
  });
}

/** The codes of the facts that divide the engines on a chain, once they are found. */
export async function dividing(page, chain = 0) {
  await current(page);
  const found = strip(page, chain).locator("[data-testid=dividing]:not([data-open])");
  await found.waitFor();
  return found.locator("[data-code]").evaluateAll((facts) => facts.map(({ dataset }) => dataset.code));
}

/**
 * Every instant at which one of the verdicts changes, with the verdicts from there on, found by asking alone: at the
 * bounds of validities, beside them and between them, and by halving wherever two neighbours differ.
 *
 * `ask` gives the verdicts at an instant as `{ engine: accepts }`; `bounds` are seconds.
 */
export function flips(ask, bounds) {
  const YEAR = 31_557_600;
  const known = new Map();
  const at = (instant) => {
    if (!known.has(instant)) known.set(instant, ask(instant));
    return known.get(instant);
  };
  const same = (one, other) => JSON.stringify(at(one)) === JSON.stringify(at(other));
  const between = (before, after) => {
    if (same(before, after)) return [];
    if (after - before === 1) return [{ at: after, before: at(before), verdicts: at(after) }];
    const middle = Math.floor((before + after) / 2);
    return [...between(before, middle), ...between(middle, after)];
  };
  const near = bounds.flatMap((bound) => [bound - YEAR, bound - 1, bound, bound + 1, bound + YEAR]);
  const sorted = [...new Set(near)].sort((one, other) => one - other);
  const instants = sorted.flatMap((instant, index) => (index === 0 ? [instant] : [Math.floor((sorted[index - 1] + instant) / 2), instant]));
  return instants.slice(1).flatMap((instant, index) => between(instants[index], instant));
}

/** How boxes and lines of the graph stand: `{ path, refused, dimmed, all }` of `{ boxes, lines }`; a line is its two boxes. */
export function standing(page) {
  return page.getByTestId("graph").evaluate((graph) => {
    const boxes = [...graph.querySelectorAll(".rl-issuers__node")];
    const lines = [...graph.querySelectorAll(".rl-drawing .rl-edge")];
    const those = (stands) => ({
      boxes: boxes.flatMap((box, index) => (stands(box) ? [index] : [])),
      lines: lines.filter((line) => stands(line.parentElement)).map(({ dataset }) => `${dataset.subject}<${dataset.issuer}`).sort(),
    });
    const of = (standing) => those(({ dataset }) => dataset.standing === standing);
    return { path: of("path"), refused: of("refused"), dimmed: of("dimmed"), all: those(() => true) };
  });
}

/** The boxes that hold these certificates, by their number in the drawing. */
export function boxes(page, certificates) {
  return page.getByTestId("graph").evaluate((graph, certificates) => {
    const boxes = [...graph.querySelectorAll(".rl-issuers__node")];
    return certificates.map((certificate) => boxes.findIndex((box) => box.querySelector(`[data-cert="${certificate}"]`)));
  }, certificates);
}

/** What divides the engines, as the command line says it. */
export const codes = (text) => [...text.matchAll(/ \[([a-z-]+)\]$/gm)].map(([, code]) => code);

/** The seconds that the slider spans, where it stands, and what it says. */
export function slider(page) {
  return page.getByTestId("slide").evaluate((input) => ({
    min: Number(input.min),
    max: Number(input.max),
    value: Number(input.value),
    says: input.getAttribute("aria-valuetext"),
  }));
}

export async function firstLoss(page) {
  await current(page);
  return textOf(page.getByTestId("first-loss"));
}

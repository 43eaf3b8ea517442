// What all engines take for one client chain, and each of them: in WebAssembly in Chromium, and the same code compiled
// for this machine (`bench/engines/`). Certificates are read and signatures checked before the clock starts.
//
// Chromium's clock ticks ten times in a millisecond, so batches of rounds are timed and not single ones, on both sides.
// The first two rounds on a fresh page stand beside them: in the first one the browser still compiles each function as it
// is called, the second one runs what was compiled in a hurry. Neither is held against the limit, which is for the work.

import { execFile } from "node:child_process";
import { promisify } from "node:util";

import { serve } from "../tests/e2e/server.mjs";
import { table } from "./table.mjs";

/** What all engines together may take for one chain in WebAssembly, in ms. */
const LIMIT = 5;

const BATCHES = 20;
const ROUNDS = 50;

/** Fresh pages for the first two rounds. */
const PAGES = 5;

const { ENGINES_WASM: WASM, ENGINES_NATIVE: NATIVE } = process.env;

/** Prints the tables; whether every question was answered within the limit. */
export async function engines(browser) {
  const server = await serve(WASM, { "/": "<!doctype html><title>engines</title><link rel=icon href=data:,>" });
  try {
    const { questions, engines } = await withProgram(browser, server, ({ questions, engines }) => ({
      questions: questions(),
      engines: engines(),
    }));
    console.log(`\nengines, ms of one round: median (90th percentile) of ${BATCHES} batches of ${ROUNDS} rounds, or of ${PAGES} fresh pages`);
    let slowest = 0;
    for (const [number, name] of questions.entries()) {
      const native = await onThisMachine(number);
      const wasm = await inChromium(browser, server, number, engines.length);
      if (wasm.accepted !== native.accepted) throw new Error(`${name}: WebAssembly and native code do not agree`);
      slowest = Math.max(slowest, print(name, engines, wasm, native));
    }
    const within = slowest < LIMIT;
    console.log(`\nall engines on one chain take at most ${slowest.toFixed(2)} ms in WebAssembly, ${within ? "less" : "NOT less"} than ${LIMIT}`);
    return within;
  } finally {
    await server.close();
  }
}

async function onThisMachine(number) {
  const { stdout } = await promisify(execFile)(NATIVE, [number, BATCHES, ROUNDS]);
  return JSON.parse(stdout);
}

/** The first rounds on fresh pages, then on a page of its own batch after batch. */
async function inChromium(browser, server, number, engines) {
  const fresh = [];
  for (let page = 0; page < PAGES; page += 1) fresh.push(await withProgram(browser, server, firstRounds, { number }));
  const times = await withProgram(browser, server, batches, { number, engines, BATCHES, ROUNDS });
  return { first: fresh.map(([first]) => first), second: fresh.map(([, second]) => second), ...times };
}

/** On a fresh page: calls `work` with the module and `given`. */
async function withProgram(browser, server, work, given = {}) {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.goto(server.address);
    return await page.evaluate(`(async () => {
      const program = await import("./engines-bench.js");
      await program.default();
      return (${work})(program, ${JSON.stringify(given)});
    })()`);
  } finally {
    await context.close();
  }
}

function firstRounds({ Question }, { number }) {
  const question = new Question(number);
  return [1, 2].map(() => {
    const start = performance.now();
    question.ask();
    return performance.now() - start;
  });
}

/** As `bench/engines/src/measure.rs` does it, with one batch more than is measured. */
function batches({ Question }, { number, engines, BATCHES, ROUNDS }) {
  const question = new Question(number);
  const times = (engine) => {
    const times = [];
    for (let batch = 0; batch <= BATCHES; batch += 1) {
      const start = performance.now();
      for (let round = 0; round < ROUNDS; round += 1) question.ask(engine);
      times.push((performance.now() - start) / ROUNDS);
    }
    return times.slice(1);
  };
  // The browser compiles again, and better, what it sees called often: what is measured comes after that.
  times(undefined);
  const each = Array.from({ length: engines }, (_, engine) => times(engine));
  return { accepted: question.ask(), all: times(undefined), each };
}

/** The table of one question; the median of all engines together in WebAssembly. */
function print(name, engines, wasm, native) {
  const row = (label, ours, theirs) => {
    const [one, other] = [summary(ours), summary(theirs)];
    return [label, `${one}`, `${other}`, (one.median / other.median).toFixed(1)];
  };
  console.log(`\n${name}: accepted by ${wasm.accepted} of ${engines.length}`);
  table([
    ["", "WebAssembly", "native", "ratio"],
    row("all engines", wasm.all, native.all),
    ...engines.map((engine, number) => row(engine, wasm.each[number], native.each[number])),
    ["first round on a fresh page", `${summary(wasm.first)}`, "", ""],
    ["second round there", `${summary(wasm.second)}`, "", ""],
  ]);
  return summary(wasm.all).median;
}

function summary(times) {
  const sorted = times.toSorted((one, other) => one - other);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  return { median: at(0.5), toString: () => `${at(0.5).toFixed(3)} (${at(0.9).toFixed(3)})` };
}

// Who accepts a chain, by which path, in which words, for how long, and what divides them: held against what real
// programs said of the same certificates, and against the command line.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { current, linkOf, settled, unfold } from "./facts.mjs";
import { focus, seenFocus, tabTo } from "./focus.mjs";
import { ROOT, drop, startPage, textOf } from "./harness.mjs";
import { boxes, certificates, changes, chip, codes, dividing, firstLoss, flips, opened, probe, rootlens, scratch, seconds, slider, standing, strip, strips, verdicts, written } from "./verifiers.mjs";

const site = startPage();
const write = scratch();

/** What divides the verifiers on each probe. */
const PROBES = {
  "02a-ica-anchor": ["anchor-not-self-signed"],
  "04a-X-then-R1": ["dead-end-first"],
  "30c-fake-then-R1-noaki": ["dead-end-first", "key-ids-absent"],
  "39-ica-anchor-expired-root-also": ["dead-end-first"],
};
const ENGINES = 11;

/** The example of the router that locks two of three clients out, and its date. */
const OPENZITI = { fragment: "#example=openziti-helm", at: "2026-11-21T18:00:00Z" };
const FOLDER = join(ROOT, "www/examples/openziti-helm");
const BUNDLE = join(FOLDER, "router1.cas.pem");
const CLIENTS = [1, 2, 3].map((number) => `client${number}.chain.pem`);

const NARROW = { width: 390, height: 844 };

/** A page with a probe on it, asked for the probe's host, and the command line's words that ask the same. */
async function probed(t, name, options) {
  const given = probe(name);
  const { page, record } = await site.open(t, { now: new Date(given.at), ...options });
  await drop(page, given.files);
  await settled(page);
  await unfold(page, "engines", "timeline");
  await chooseHost(page, given.host);
  const paths = write(given.files);
  const question = ["--trust", paths[0], "--chain", paths[1], "--host", given.host];
  const report = JSON.parse(rootlens("inspect", ...paths, "--host", given.host, "--at", given.at, "--format", "json"));
  return { ...given, page, record, question, report };
}

async function example(t, options) {
  const { page, record } = await site.open(t, { fragment: OPENZITI.fragment, ...options });
  await settled(page);
  await unfold(page, "engines", "timeline", "gates", "sources");
  return { page, record };
}

/** The files of the example in the order in which the page has them, which numbers the certificates. */
async function exampleReport(page, options = []) {
  const names = await page.getByTestId("sources").locator("[data-source]").evaluateAll((items) => items.map(({ dataset }) => dataset.source));
  assert.deepEqual([...names].sort(), readdirSync(FOLDER).sort());
  const paths = names.map((name) => join(FOLDER, name));
  return JSON.parse(rootlens("inspect", ...paths, "--at", OPENZITI.at, ...options, "--format", "json"));
}

async function chooseHost(page, name) {
  await page.getByLabel("host name").fill(name);
  await page.getByLabel("host name").press("Enter");
}

/** What the command line answers, by engine. */
function answers(question, at) {
  const list = JSON.parse(rootlens("verify", ...question, "--at", at, "--format", "json"));
  assert.equal(list.length, ENGINES);
  return Object.fromEntries(list.map(({ engine, ...answer }) => [engine, answer]));
}

/** The same, but who accepts only. */
function acceptsAt(question) {
  return (instant) => accepting(answers(question, written(instant)));
}

const accepting = (answers) => Object.fromEntries(Object.entries(answers).map(([engine, { accepts }]) => [engine, accepts]).sort());

const count = (verdicts) => Object.values(verdicts).filter(Boolean).length;

/** `10 of 11 accept`, as a strip says it. */
function inWords(accepting) {
  if (accepting === 0) return `rejected by all ${ENGINES}`;
  return accepting === ENGINES ? `accepted by all ${ENGINES}` : `${accepting} of ${ENGINES} accept`;
}

function nothingElse({ errors, requests }) {
  assert.deepEqual(errors, []);
  assert.deepEqual(requests, []);
}

/** A strip and every panel below it say what the command line says: verdicts, words, paths, and who stands together. */
async function saysTheSame(page, chain, expected, report) {
  const shown = (await strips(page))[chain];
  assert.deepEqual(verdicts(shown), accepting(expected));
  const number = count(accepting(expected));
  assert.equal(shown.count, inWords(number));
  assert.equal(shown.isDivided, 0 < number && number < ENGINES);
  const panels = {};
  for (const engine of Object.keys(expected)) {
    const panel = await opened(page, engine, chain);
    const { accepts, detail, chains } = expected[engine];
    panels[engine] = { ...panel, paths: panel.paths.map((path) => path.map((id) => report.certificates[id].sha256)) };
    assert.equal(panel.accepts, accepts, engine);
    assert.match(panel.heading, new RegExp(` ${accepts ? "accepts" : "rejects"} ${shown.chain}$`), engine);
    assert.equal(panel.words, detail, engine);
    assert.deepEqual(panels[engine].paths, chains, engine);
    assert.ok(0 < panel.steps.length, engine);
    assert.equal(await page.getByTestId("proof").count(), 1);
  }
  areGrouped(shown, panels);
  return panels;
}

/** Those that accept stand first, together with who takes the same path and with nobody else. */
function areGrouped({ groups }, panels) {
  const verdicts = groups.map(({ accepts }) => accepts);
  assert.deepEqual(verdicts, [...verdicts].sort((one, other) => other - one));
  const kinds = groups.map(({ accepts, says, path, engines }) => {
    assert.equal(says, accepts);
    assert.equal(path !== undefined, accepts);
    const first = new Set(engines.map(([engine, accepted]) => `${accepted} ${panels[engine].paths[0] ?? ""}`));
    assert.equal(first.size, 1, `${path}: ${[...first].join(", ")}`);
    return [...first][0];
  });
  assert.equal(new Set(kinds).size, kinds.length);
}

for (const name of Object.keys(PROBES)) {
  test(`${name}: verdicts and paths are those of the programs on record, and words those of the command line`, async (t) => {
    const { page, record, recorded, digest, label, question, at, report } = await probed(t, name);
    const panels = await saysTheSame(page, 0, answers(question, at), report);
    const compared = Object.keys(panels).filter((engine) => recorded[engine]);
    // The one setting of OpenSSL that nobody recorded is held against the command line alone.
    assert.equal(compared.length, ENGINES - 1);
    for (const engine of compared) {
      const { accepts, chains } = recorded[engine];
      assert.equal(panels[engine].accepts, accepts, engine);
      if (!chains) continue;
      const said = chains.map((chain) => chain.map(label).join(" < ")).join(", ");
      assert.deepEqual(panels[engine].paths, chains.map((chain) => chain.map(digest)), `${engine}: ${said}`);
    }
    nothingElse(record);
  });

  test(`${name}: the time line changes where a verdict does, and nowhere else`, async (t) => {
    const { page, record, question, files, at } = await probed(t, name);
    const expected = await comparedChanges(page, question, files);
    await saysFirstLoss(page, [["server.chain.pem", expected]], at);
    nothingElse(record);
  });

  test(`${name}: what divides the verifiers is named`, async (t) => {
    const { page, record, question, at } = await probed(t, name);
    assert.deepEqual(await dividing(page), PROBES[name]);
    assert.deepEqual(codes(rootlens("verify", ...question, "--at", at)), PROBES[name]);
    const named = page.getByTestId("dividing").locator("[data-cert]");
    assert.ok(0 < (await named.count()), "it leads to the certificates");
    assert.match(await textOf(page.getByTestId("dividing")), /^What divides them: .+ (If it were not so|If none of this were so), all would (accept|reject)\.$/);
    // Long after, they agree.
    await page.getByTestId("as-of").fill("2070-01-01");
    await page.getByTestId("dividing").waitFor({ state: "detached" });
    assert.deepEqual((await strips(page)).map(({ count, isDivided }) => [count, isDivided]), [[inWords(0), false]]);
    nothingElse(record);
  });
}

/** The list of changes is what asking finds; gives the latter. */
async function comparedChanges(page, question, files) {
  const bounds = certificates(files).flatMap(({ validFrom, validTo }) => [validFrom, validTo].map(seconds));
  const found = flips(acceptsAt(question), bounds);
  assert.ok(0 < found.length);
  assert.deepEqual(await changes(page), found.map(({ at, verdicts }) => ({ at, accepting: count(verdicts) })));
  return found;
}

/** The first loss is that of all chains, and names those who lose then or a second later. */
async function saysFirstLoss(page, chains, at) {
  const loses = ({ before, verdicts }) => Object.keys(verdicts).some((engine) => before[engine] && !verdicts[engine]);
  const losses = chains.map(([chain, flips]) => [chain, flips.find((flip) => seconds(at) < flip.at && loses(flip))]);
  const first = Math.min(...losses.map(([, flip]) => flip.at));
  const shown = await firstLoss(page);
  assert.ok(shown.startsWith(`${written(first).replace("T", " ").replace("Z", " UTC")} (in `), shown);
  for (const [chain, flip] of losses) assert.equal(shown.includes(chain), flip.at === first, shown);
}

test("the OpenZiti example: every client, every verifier", async (t) => {
  const { page, record } = await example(t);
  const report = await exampleReport(page);
  const shown = await strips(page);
  assert.deepEqual(shown.map(({ chain, asked }) => [chain, asked]), CLIENTS.map((client) => [client, "as TLS client"]));
  for (const [chain, client] of CLIENTS.entries()) {
    const expected = answers(["--trust", BUNDLE, "--chain", join(FOLDER, client), "--purpose", "client"], OPENZITI.at);
    await saysTheSame(page, chain, expected, report);
    const reported = report.engines.filter((verdict) => verdict.client === client);
    assert.deepEqual(Object.fromEntries(reported.map(({ engine, accepts, detail, chains }) => [engine, { accepts, detail, chains: digests(report, chains) }])), expected);
  }
  assert.equal(await page.getByTestId("dividing").count(), 0, "nothing divides those who agree");
  nothingElse(record);
});

const digests = (report, chains) => chains.map((chain) => chain.map((id) => report.certificates[id].sha256));

test("the OpenZiti example: each client's time line, and the first loss of all", async (t) => {
  const { page, record } = await example(t);
  const found = [];
  for (const [chain, client] of CLIENTS.entries()) {
    await page.getByTestId("timeline").getByLabel("chain").selectOption({ label: client });
    const paths = [BUNDLE, join(FOLDER, client)];
    const question = ["--trust", paths[0], "--chain", paths[1], "--purpose", "client"];
    found.push([client, await comparedChanges(page, question, paths.map((path) => ({ bytes: readFileSync(path) })))]);
    // Whose verifier is looked at is watched.
    await opened(page, "go-1.27.3", (chain + 1) % CLIENTS.length);
    assert.equal(await page.getByTestId("timeline").getByLabel("chain").inputValue(), String((chain + 1) % CLIENTS.length));
  }
  await saysFirstLoss(page, found, OPENZITI.at);
  nothingElse(record);
});

/**
 * The graph shows these certificates as the path, these as refused (behind the path, or a whole path where there is none), and dims everything else. Between two certificates
 * there may be no line: where one issuer's signature verifies, others of its name are drawn without. Gives the lines.
 */
async function isBroughtOut(page, path, refused = []) {
  const [onPath, aside] = [await boxes(page, path), await boxes(page, refused)];
  assert.ok([...onPath, ...aside].every((box) => 0 <= box));
  const shown = await standing(page);
  const sorted = (list) => [...new Set(list)].sort((one, other) => (one < other ? -1 : 1));
  const joined = (boxes) => boxes.slice(1).map((issuer, index) => `${boxes[index]}<${issuer}`);
  const drawn = (lines) => sorted(lines.filter((line) => shown.all.lines.includes(line)));
  const expected = {
    path: { boxes: sorted(onPath), lines: drawn(joined(onPath)) },
    refused: {
      boxes: sorted(aside.filter((box) => !onPath.includes(box))),
      lines: drawn(path.length ? aside.flatMap((box) => joined([onPath.at(-1), box])) : joined(aside)),
    },
  };
  assert.deepEqual({ path: shown.path, refused: shown.refused }, expected);
  for (const kind of ["boxes", "lines"]) {
    assert.equal(shown.dimmed[kind].length, shown.all[kind].length - shown.path[kind].length - shown.refused[kind].length, kind);
  }
  return { path: shown.path.lines, refused: shown.refused.lines };
}

/** A step of a search: the path with its candidate, or what was refused. */
function showsStep(page, { path, candidate, rejection }) {
  const next = candidate === null ? [] : [candidate];
  if (rejection === null) return isBroughtOut(page, [...path, ...next]);
  return candidate === null ? isBroughtOut(page, [], path) : isBroughtOut(page, path, next);
}

const isPlain = async (page) => {
  const { path, refused, dimmed } = await standing(page);
  assert.deepEqual([path, refused, dimmed], Array(3).fill({ boxes: [], lines: [] }));
};

test("a verifier's path is brought out in the graph", async (t) => {
  const { page, record } = await example(t);
  await isPlain(page);
  const report = await exampleReport(page);
  for (const [chain, client] of CLIENTS.entries()) {
    for (const engine of ["go-1.27.3", "openssl-3.0.22"]) {
      const { paths } = await opened(page, engine, chain);
      const { path } = await isBroughtOut(page, paths[0]);
      assert.equal(path.length, paths[0].length - 1, "lines join the path");
      const { chains } = report.engines.find((verdict) => verdict.engine === engine && verdict.client === client);
      assert.deepEqual(paths, chains);
    }
  }
  await chip(page, "openssl-3.0.22", 2).click();
  await page.getByTestId("proof").waitFor({ state: "detached" });
  await isPlain(page);
  nothingElse(record);
});

/** Probes in which something is refused: for its signature, because it is no CA, and because it is on the path already. */
const SEARCHED = ["30c-fake-then-R1-noaki", "21-root-bc-false", "41-cycle-with-root"];

for (const name of SEARCHED) {
  test(`every step of every search is followed in the graph, and what was refused is marked: ${name}`, async (t) => {
    const { page, record, report } = await probed(t, name);
    const refused = { boxes: 0, lines: 0 };
    for (const { engine, trail, chains } of report.engines) {
      const { steps } = await opened(page, engine);
      assert.deepEqual(steps.map(({ taken }) => taken), trail.map(({ rejection }) => rejection === null), engine);
      for (const [index, { candidate, rejection }] of trail.entries()) {
        if (rejection) assert.ok(steps[index].words.endsWith(`not taken: ${rejection}`.trim()), steps[index].words);
        const step = page.getByTestId("proof").locator(".rl-step").nth(index);
        await step.click();
        assert.equal(await step.getAttribute("aria-pressed"), "true");
        const next = candidate === null ? [] : [candidate];
        const lines = await showsStep(page, trail[index]);
        refused.boxes += rejection === null ? 0 : next.length;
        refused.lines += lines.refused.length;
        await step.click();
        assert.equal(await step.getAttribute("aria-pressed"), "false");
      }
      await (chains.length ? isBroughtOut(page, chains[0]) : showsStep(page, trail.at(-1)));
    }
    t.diagnostic(`${refused.boxes} candidates and ${refused.lines} lines were refused`);
    assert.ok(0 < refused.boxes);
    nothingElse(record);
  });
}

test("closing the panel gives the focus back to the button that opened it", async (t) => {
  const { page, record } = await example(t);
  const close = page.getByTestId("proof").getByRole("button", { name: "Close" });
  for (const [chain, engine, press] of [[0, "go-1.27.3", () => close.click()], [2, "nss-3.87.1", () => close.press("Enter")]]) {
    await opened(page, engine, chain);
    await press();
    await page.getByTestId("proof").waitFor({ state: "detached" });
    assert.ok(await chip(page, engine, chain).evaluate((button) => button === document.activeElement), `${engine}, chain ${chain}`);
    // A ring is for those who use the keyboard.
    if (engine === "nss-3.87.1") await seenFocus(page);
  }
  nothingElse(record);
});

test("the panel leads to the graph", async (t) => {
  const { page, record } = await example(t);
  await opened(page, "go-1.27.3", 1);
  await page.getByTestId("proof").getByRole("button", { name: "Show it in the graph" }).click();
  assert.match((await focus(page)).name, /^How the certificates connect/);
  assert.ok(await page.getByTestId("graph").locator("h2").evaluate((heading) => 0 <= heading.getBoundingClientRect().top));
  nothingElse(record);
});

test("by keyboard every verifier of every strip is reached, opened and followed", async (t) => {
  const { page, record } = await example(t);
  const reached = [];
  const here = () =>
    page.evaluate(() => {
      const button = document.activeElement;
      return `${button.closest("article").querySelector("h3").innerText} ${button.dataset.engine}`;
    });
  for (const client of CLIENTS) {
    // A strip is one stop; the arrow keys lead through its verifiers and end at the last.
    await tabTo(page, /, (accepts|rejects)/, { part: "engines" });
    await page.keyboard.press("Home");
    for (let verifier = 0; verifier < ENGINES; verifier += 1) {
      if (verifier) await page.keyboard.press(verifier % 2 ? "ArrowRight" : "ArrowDown");
      reached.push(await here());
      assert.ok(reached.at(-1).startsWith(client), reached.at(-1));
      await seenFocus(page);
      await page.keyboard.press("Enter");
      assert.equal(await page.getByTestId("proof").count(), 1, reached.at(-1));
      await page.keyboard.press("Enter");
      assert.equal(await page.getByTestId("proof").count(), 0, reached.at(-1));
    }
    await page.keyboard.press("End");
    assert.equal(await here(), reached.at(-1));
    await page.keyboard.press("ArrowLeft");
    assert.equal(await here(), reached.at(-2));
    await page.keyboard.press("End");
  }
  assert.equal(new Set(reached).size, CLIENTS.length * ENGINES);
  await page.keyboard.press("Enter");
  await tabTo(page, /^Show it in the graph/, { part: "proof" });
  await tabTo(page, /, from what was sent/, { part: "proof" });
  await page.keyboard.press("Enter");
  assert.equal(await page.getByTestId("proof").locator("[aria-pressed=true]").count(), 1);
  await seenFocus(page);
  await page.keyboard.press("Enter");
  assert.equal(await page.getByTestId("proof").locator("[aria-pressed=true]").count(), 0);
  nothingElse(record);
});

test("by keyboard the slider moves the date and the verdicts, and the changes lead to theirs", async (t) => {
  const { page, record } = await example(t);
  const date = page.getByTestId("as-of");
  const counts = async () => (await strips(page)).map(({ count }) => count);
  await tabTo(page, /^Judge as of/, { part: "slide" });
  const before = await slider(page);
  await page.keyboard.press("ArrowRight");
  assert.deepEqual(await slider(page), { ...before, value: before.value + 3_600, says: "2026-11-21 19:00:00 UTC" });
  await page.keyboard.press("End");
  assert.equal(await date.inputValue(), written(before.max).slice(0, 10));
  assert.deepEqual(await counts(), Array(3).fill(inWords(0)));
  await page.keyboard.press("Home");
  assert.equal(await date.inputValue(), written(before.min).slice(0, 10));
  await seenFocus(page);

  await tabTo(page, /^Every change/, { part: "timeline" });
  await page.keyboard.press("Enter");
  for (const { at, accepting } of await changes(page)) {
    await tabTo(page, /^Judge as of then/, { part: "timeline" });
    await page.keyboard.press("Enter");
    assert.equal(await date.inputValue(), written(at).slice(0, 10));
    assert.equal((await counts())[0], inWords(accepting));
    assert.match((await seenFocus(page)).name, /^Judge as of then/);
  }
  nothingElse(record);
});

test("by keyboard purpose and host are chosen, and change the verdicts", async (t) => {
  const { page, record, question, at } = await probed(t, "02a-ica-anchor");
  const say = async (expected) => assert.deepEqual(verdicts((await strips(page))[0]), accepting(expected));
  await tabTo(page, /^used as/);
  await page.keyboard.press("ArrowDown");
  assert.equal(await page.getByLabel("used as").inputValue(), "client");
  const asClient = answers([...question, "--purpose", "client"], at);
  assert.notDeepEqual(accepting(asClient), accepting(answers(question, at)));
  await say(asClient);
  assert.equal((await strips(page))[0].asked, "as TLS client");
  await page.keyboard.press("Home");
  await say(answers(question, at));
  await dividing(page);
  await tabTo(page, /^host name/);
  await page.keyboard.press("Control+A");
  await page.keyboard.type("wrong.example");
  await page.keyboard.press("Enter");
  const wrong = answers([...question.slice(0, -1), "wrong.example"], at);
  assert.equal(count(accepting(wrong)), 0);
  await say(wrong);
  assert.equal((await opened(page, "go-1.27.3")).words, wrong["go-1.27.3"].detail);
  nothingElse(record);
});

test("what is typed stays while the page looks for what divides the verifiers", async (t) => {
  const { page } = await probed(t, "02a-ica-anchor");
  await dividing(page);
  await page.getByLabel("used as").selectOption("any");
  await page.getByLabel("host name").fill("");
  await page.getByLabel("host name").pressSequentially("other.example", { delay: 50 });
  assert.equal(await page.getByLabel("host name").inputValue(), "other.example");
});

/** The time line as it is drawn, in parts of the track's width. */
function drawn(page) {
  return page.getByTestId("timeline").evaluate((section) => {
    const tracks = [...section.querySelectorAll(".rl-track")];
    const place = (track, element) => {
      const [outer, inner] = [track, element].map((it) => it.getBoundingClientRect());
      return [(inner.left - outer.left) / outer.width, (inner.right - outer.left) / outer.width];
    };
    const lane = section.querySelector(".rl-track--verdicts");
    const axis = section.querySelector(".rl-axis");
    return {
      lane: [...lane.querySelectorAll("rect")].map((step) => [...place(lane, step), step.getBoundingClientRect().height / lane.clientHeight]),
      bars: tracks.slice(1).map((track) => ({
        certificate: Number(track.previousElementSibling.querySelector("[data-cert]").dataset.cert),
        place: place(track, track.querySelector("rect")),
      })),
      markers: tracks.map((track) => place(track, track.querySelector(".rl-now"))).map(([left, right]) => (left + right) / 2),
      ticks: [...axis.children].filter((tick) => tick.checkVisibility()).map((tick) => ({ day: tick.textContent, place: place(axis, tick) })),
      same: tracks.every((track) => Math.abs(track.getBoundingClientRect().left - axis.getBoundingClientRect().left) < 1),
      wide: section.scrollWidth - section.clientWidth,
      page: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    };
  });
}

/** Bars, steps, axis and marker lie where the dates say. */
async function liesWhereTheDatesSay(page, report) {
  const { min, max, says } = await slider(page);
  const place = (instant) => Math.min(1, Math.max(0, (instant - min) / (max - min)));
  const near = (found, expected, what) => assert.ok(Math.abs(found - expected) < 0.01, `${what}: ${found}, not ${expected}`);
  const shown = await drawn(page);
  assert.ok(shown.same && shown.wide <= 0 && shown.page <= 0, JSON.stringify(shown));
  assert.ok(0 < shown.bars.length);
  for (const bar of shown.bars) {
    const { name, not_before, not_after } = report.certificates[bar.certificate];
    near(bar.place[0], place(seconds(not_before)), `${name} begins`);
    near(bar.place[1], place(seconds(not_after)), `${name} ends`);
  }
  const instants = await changes(page);
  const before = { at: min, accepting: 0 };
  assert.equal(shown.lane.length, instants.length + 1);
  for (const [index, { at, accepting }] of [before, ...instants].entries()) {
    near(shown.lane[index][0], place(at), `step ${index} begins`);
    near(shown.lane[index][1], place(instants[index]?.at ?? max), `step ${index} ends`);
    near(shown.lane[index][2], accepting / ENGINES, `the height of step ${index}`);
  }
  const [day, time] = says.split(" ");
  for (const marker of shown.markers) near(marker, place(seconds(`${day}T${time}Z`)), "the marker");
  const [first, middle, last] = [shown.ticks[0], shown.ticks[(shown.ticks.length - 1) / 2], shown.ticks.at(-1)];
  // With few days to show, the time of day instead of the year.
  const shape = max - min < 12 * 86_400 ? (instant) => instant.slice(5, 16).replace("T", " ") : (instant) => instant.slice(0, 10);
  assert.deepEqual([first, middle, last].map((tick) => tick.day), [min, (min + max) / 2, max].map((instant) => shape(written(instant))));
  near(first.place[0], 0, "the first tick");
  near((middle.place[0] + middle.place[1]) / 2, 0.5, "the tick in the middle");
  near(last.place[1], 1, "the last tick");
}

/** The contrast of what is drawn against its ground, WCAG 2.2, 1.4.11; of a step with an edge, the edge counts. */
function contrasts(page) {
  return page.getByTestId("timeline").evaluate((section) => {
    const channels = (colour) => colour.match(/[\d.]+/g).slice(0, 3).map((value) => Number(value) / 255);
    const linear = (value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
    const luminance = (colour) => channels(colour).map(linear).reduce((sum, value, index) => sum + value * [0.2126, 0.7152, 0.0722][index], 0);
    const contrast = (one, other) => {
      const [dark, bright] = [luminance(one), luminance(other)].sort((a, b) => a - b);
      return (bright + 0.05) / (dark + 0.05);
    };
    const paints = (element) => [getComputedStyle(element).fill, getComputedStyle(element).stroke].filter((paint) => /^rgb\(/.test(paint));
    return [...section.querySelectorAll(".rl-track")].flatMap((track) => {
      const ground = getComputedStyle(track).backgroundColor;
      return [...track.querySelectorAll("rect, line, text")].map((element) => ({
        what: `${element.tagName} of ${track.getAttribute("class")}`,
        contrast: Math.max(...paints(element).map((paint) => contrast(paint, ground))),
      }));
    });
  });
}

for (const [look, options] of Object.entries({ light: {}, dark: { colorScheme: "dark" }, narrow: { viewport: NARROW } })) {
  test(`the time line lies where the dates say: ${look}`, async (t) => {
    const { page, record, report } = await probed(t, "39-ica-anchor-expired-root-also", options);
    await liesWhereTheDatesSay(page, report);
    const { min, max } = await slider(page);
    const seen = new Set();
    for (const part of [0, 0.3, 0.9, 1]) {
      const instant = Math.round((min + part * (max - min)) / 3_600) * 3_600;
      await page.getByTestId("slide").fill(String(instant));
      assert.equal(await page.getByTestId("as-of").inputValue(), written(instant).slice(0, 10));
      await liesWhereTheDatesSay(page, report);
      seen.add((await drawn(page)).markers[0].toFixed(2));
    }
    assert.equal(seen.size, 4, "the marker moves");
    nothingElse(record);
  });

  test(`the time line stands out from its ground: ${look}`, async (t) => {
    const { page } = await probed(t, "39-ica-anchor-expired-root-also", options);
    const found = await contrasts(page);
    assert.ok(8 < found.length);
    assert.deepEqual(found.filter(({ contrast }) => contrast < 3), []);
  });
}

test("the OpenZiti example's time line of four days lies where the dates say", async (t) => {
  for (const options of [{}, { colorScheme: "dark", viewport: NARROW }]) {
    const { page } = await example(t, options);
    await liesWhereTheDatesSay(page, await exampleReport(page));
  }
});

/** What the gates say: `{ gate: { client: accepts } }`. */
async function gates(page) {
  await current(page);
  return page.getByTestId("gates").locator("[data-gate]").evaluateAll((items) =>
    Object.fromEntries(
      items.map((gate) => [
        gate.dataset.gate,
        Object.fromEntries([...gate.querySelectorAll("[data-verdict]")].map((row) => [row.querySelector("dt").innerText, row.querySelector("dd").innerText.trim()])),
      ]),
    ),
  );
}

/** The same of a report, for the peer that leads it. */
function reportedGates({ gates, focus }) {
  const word = (accepts) => (accepts ? "accepted" : "rejected");
  const leading = gates.filter(({ peer }) => peer === focus);
  return Object.fromEntries(leading.map(({ gate, clients }) => [gate, Object.fromEntries(clients.map(({ client, accepts }) => [client, word(accepts)]))]));
}

test("the gates of a router, and what a published file changes", async (t) => {
  const { page, record } = await example(t);
  const shown = await gates(page);
  assert.deepEqual(Object.keys(shown), ["tls", "v1", "v2", "v3"]);
  assert.deepEqual(Object.values(shown).map((gate) => gate["client2.chain.pem"]), ["accepted", "rejected", "rejected", "accepted"]);
  assert.deepEqual(shown, reportedGates(await exampleReport(page)));
  const words = await textOf(page.getByTestId("gates"));
  assert.match(words, /TLS lets client2\.chain\.pem in, and the session is then refused by 2\.0\.0-pre12 and 2\.0\.0-pre13 to 2\.0\.3\./);
  assert.match(words, /An upgrade to 2\.0\.4 would let client2\.chain\.pem and client3\.chain\.pem in\./);

  // What a controller presents holds no root: who publishes only that admits nobody by the published roots.
  await page.getByTestId("sources").getByLabel("Role of ctrl3.tls.crt").selectOption({ label: "published" });
  const published = reportedGates(JSON.parse(publishing("ctrl3.tls.crt")));
  assert.notDeepEqual(published, shown);
  assert.deepEqual(await gates(page), published);
  const after = await textOf(page.getByTestId("gates"));
  assert.doesNotMatch(after, /TLS lets client2|An upgrade to/);
  nothingElse(record);
});

/** The report of the example with one file as what is published and nothing else. */
function publishing(name) {
  const flag = (file) => (file === name ? "--published" : file.startsWith("ctrl") ? "--peer" : file.startsWith("client") ? "--client" : "--bundle");
  const words = readdirSync(FOLDER).flatMap((file) => [flag(file), join(FOLDER, file)]);
  return rootlens("inspect", ...words, "--at", OPENZITI.at, "--format", "json");
}

test("purpose and host travel by link", async (t) => {
  const { page, record, question, at } = await probed(t, "02a-ica-anchor");
  await page.getByLabel("used as").selectOption("any");
  await chooseHost(page, "other.example");
  const expected = await strips(page);
  assert.deepEqual(verdicts(expected[0]), accepting(answers([...question.slice(0, -1), "other.example", "--purpose", "any"], at)));
  await page.getByRole("button", { name: "Share" }).click();
  const link = await linkOf(page);
  const direct = await site.open(t, { fragment: new URL(link).hash, now: new Date("2031-01-01T00:00:00Z") });
  await settled(direct.page);
  await unfold(direct.page, "engines", "timeline");
  assert.equal(await direct.page.getByLabel("used as").inputValue(), "any");
  assert.equal(await direct.page.getByLabel("host name").inputValue(), "other.example");
  assert.deepEqual(await strips(direct.page), expected);
  nothingElse(record);
  nothingElse(direct.record);
});

test("nobody is judged where there is no chain", async (t) => {
  const { page } = await site.open(t);
  await drop(page, [probe("02a-ica-anchor").files[0]]);
  await settled(page);
  assert.match(await textOf(page.getByTestId("engines")), /No chain among the files/);
  assert.equal(await page.getByTestId("timeline").count(), 0);
  assert.equal(await strip(page).count(), 0);
});

// The Markdown export, rendered as GitHub renders it: its structure is there, names stay text, and its commands say what
// the report says.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { micromark } from "micromark";
import { gfm, gfmHtml } from "micromark-extension-gfm";

import { launch } from "../e2e/chromium.mjs";
import { HOSTILE_NAMES, cases, examples, fences, hostile, inspect, shown } from "./reports.mjs";

let browser;
let page;

before(async () => {
  browser = await launch();
  page = await browser.newPage({ javaScriptEnabled: false });
});

after(() => browser?.close());

/** The rendered text as a reader's browser sees it. HTML is let through, so that any that a name smuggled in shows. */
async function rendered(markdown) {
  const html = micromark(markdown, { extensions: [gfm()], htmlExtensions: [gfmHtml()], allowDangerousHtml: true });
  await page.setContent(`<!doctype html><title>Post</title><main>${html}</main>`);
  return page.evaluate(() => {
    const texts = (selector) => [...document.querySelectorAll(selector)].map((element) => element.textContent.trim());
    const outside = document.querySelector("main").cloneNode(true);
    outside.querySelectorAll("code, pre").forEach((code) => code.remove());
    return {
      elements: [...new Set([...document.querySelectorAll("main *")].map((element) => element.localName))],
      headings: texts("h3"),
      rows: [...document.querySelectorAll("tbody tr")].map((row) => [...row.cells].map((cell) => cell.textContent)),
      links: [...document.querySelectorAll("a")].map((link) => link.getAttribute("href")),
      outside: outside.textContent,
      text: document.querySelector("main").textContent,
    };
  });
}

/** What the export writes by itself, and nothing else. */
const ELEMENTS = ["p", "strong", "code", "h3", "ul", "li", "table", "thead", "tbody", "tr", "th", "td", "pre", "br"];

const squeezed = (text) => text.replace(/\s+/g, " ");

test("every case renders to the report and nothing else", async (t) => {
  for (const one of await cases(t)) {
    await t.test(one.title, async () => {
      const report = JSON.parse(inspect(one, "json"));
      const seen = await rendered(inspect(one, "markdown"));
      assert.deepEqual(seen.elements.filter((name) => !ELEMENTS.includes(name)), []);
      const text = squeezed(seen.text);
      const router = report.answer.lens === "router";
      const said = [report.headline.sentence, report.headline.detail];
      if (!router) said.push(report.answer.sentence, report.answer.detail, report.answer.fix?.sentence ?? "");
      const told = report.answer.chains.map(({ sentence }) => sentence);
      const findings = report.findings.filter(({ title }) => !told.includes(title) && title !== report.answer.sentence).slice(0, 40);
      for (const finding of findings) said.push(finding.title, finding.detail, finding.fix, finding.code);
      for (const words of said) assert.ok(text.includes(squeezed(shown(words)).trim()), words);
      const clients = report.pools.find((pool) => pool.peer === report.focus && pool.rule === "correct")?.clients ?? [];
      assert.deepEqual(
        seen.rows.map(([client, , , correct]) => [client, correct]),
        router ? clients.map(({ client, accepts }) => [shown(client), accepts ? "accepted" : "rejected"]) : [],
      );
      const headings = ["Who issued whom", router && clients.length && "Clients", report.engines.length && "Who would accept this", findings.length && "Findings"];
      const wanted = headings.filter(Boolean);
      assert.deepEqual(seen.headings.filter((heading) => wanted.includes(heading)).sort(), wanted.sort());
    });
  }
});

test("hostile names stay text: no link, no HTML, no emphasis, no mention", async (t) => {
  const one = await hostile(t);
  const seen = await rendered(inspect(one, "markdown"));
  assert.deepEqual(seen.links, []);
  assert.equal(one.files.length, HOSTILE_NAMES.length + 2);
  // GitHub looks for mentions and references in rendered text outside of code; Discourse for addresses and emoji as well.
  assert.doesNotMatch(seen.outside, /@\w|#\d|www\.|:\/\/|:\w+:|[*_~<>`[\]{}$]/);
  const lines = fences(inspect(one, "markdown"), "mermaid");
  assert.deepEqual(lines, [inspect(one, "mermaid")], "the graph is the one of the Mermaid export, whole");
});

/** A program of this machine, or a reason to skip. */
function missing(program, argument) {
  const found = spawnSync(program, [argument]).status === 0;
  return found ? false : `${program} is not installed`;
}

/** Each case in the router's lens, where its pools and the commands that show them are told. */
const inRouter = (one, format) => inspect(one, format, "--lens", "router");

/** The examples with a peer, from which pools and commands are made. */
function sampled() {
  const all = examples();
  const sampled = all.filter((one) => JSON.parse(inRouter(one, "json")).focus !== null);
  assert.ok(5 <= sampled.length);
  for (const one of all) assert.equal(section(inRouter(one, "markdown"), POOLS) === undefined, !sampled.includes(one), one.title);
  return sampled;
}

const POOLS = "See both pools";

/** What stands below a heading. */
function section(markdown, heading) {
  return markdown.split(/^### /m).find((part) => part.startsWith(`${heading}\n`));
}

/** Runs the script in a copy of the folder; every line it wrote. */
function run(t, one, script, more = {}) {
  const folder = mkdtempSync(join(tmpdir(), "rootlens-commands-"));
  t.after(() => rmSync(folder, { recursive: true }));
  cpSync(one.folder, folder, { recursive: true });
  for (const [name, text] of Object.entries(more)) writeFileSync(join(folder, name), text);
  const { stdout, stderr } = spawnSync("sh", ["-c", script], { cwd: folder, encoding: "utf8" });
  return { lines: stdout.split("\n").filter(Boolean), errors: stderr };
}

test("the openssl commands say what the pools of the report say", { skip: missing("openssl", "version") }, async (t) => {
  const all = [...sampled(), await hostile(t)];
  let compared = 0;
  for (const one of all) {
    await t.test(one.title, (t) => {
      const report = JSON.parse(inRouter(one, "json"));
      const [script] = fences(section(inRouter(one, "markdown"), POOLS), "sh");
      const { lines, errors } = run(t, one, script);
      assert.doesNotMatch(errors, /not found|syntax|No such file/);
      const accepted = (client) => lines.filter((line) => line === `${client.startsWith("-") ? "./" : ""}${client}: OK`).length;
      const expired = one.title === "expired-cross-sign";
      assert.equal(script.includes("own certificate is not valid"), expired, "said where it is so");
      const of = (rule) => report.pools.find((pool) => pool.peer === report.focus && pool.rule === rule);
      for (const [index, { client, accepts }] of of("correct").clients.entries()) {
        // OpenSSL looks at the dates of the client's own certificate too, as a comment beside the command says.
        const leaf = report.certificates[report.sources.find((source) => source.name === client).certificates[0]];
        const wanted = leaf.validity === "valid" ? Number(accepts) + Number(of("openziti-naive").clients[index].accepts) : 0;
        assert.equal(accepted(client), wanted, client);
        compared += 1;
      }
    });
  }
  assert.ok(20 <= compared, `${compared} clients compared`);
});

test("the Go program says what the report says", { skip: missing("go", "version") }, async (t) => {
  const all = [...sampled(), await hostile(t)];
  for (const one of all) {
    await t.test(one.title, (t) => {
      const report = JSON.parse(inRouter(one, "json"));
      const markdown = section(inRouter(one, "markdown"), POOLS);
      const { lines, errors } = run(t, one, fences(markdown, "sh")[1], { "pools.go": fences(markdown, "go")[0] });
      assert.equal(errors, "");
      // The report leaves out Go's "current time", which it says once for all.
      const said = lines.map((line) => line.replace(/current time \S+ /, ""));
      for (const [rule, word] of [["openziti-naive", "naive"], ["correct", "correct"]]) {
        const pool = report.pools.find((pool) => pool.peer === report.focus && pool.rule === rule);
        for (const { client, accepts, reason } of pool.clients) {
          const path = client.startsWith("-") ? `./${client}` : client;
          const wanted = `${path} ${word}: ${accepts ? "accepted" : `rejected, ${reason}`}`;
          assert.ok(said.includes(wanted), `${wanted}\n${said.join("\n")}`);
        }
      }
    });
  }
});

// Mermaid and DOT are read by their real programs, which show every name as it is and draw every line.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { join } from "node:path";

import { Graphviz } from "@hpcc-js/wasm-graphviz";

import { launch } from "../e2e/chromium.mjs";
import { ROOT } from "../e2e/harness.mjs";
import { HOSTILE_NAMES, cases, hostile, inspect, shown } from "./reports.mjs";

/** The longest text that Mermaid draws unless its page says otherwise (`maxTextSize`). */
const MERMAID_LIMIT = 50_000;

let browser;
let page;
let graphviz;

before(async () => {
  graphviz = await Graphviz.load();
  browser = await launch();
  page = await browser.newPage();
  await page.setContent("<!doctype html><title>Mermaid</title><main></main>");
  await page.addScriptTag({ path: join(ROOT, "node_modules/mermaid/dist/mermaid.min.js") });
  // As GitHub and others run it: what a diagram says is not trusted.
  await page.evaluate(() => window.mermaid.initialize({ startOnLoad: false, securityLevel: "strict" }));
});

after(() => browser?.close());

/** What Mermaid draws: `{ type, svg, labels, lines, nodes, active }`. */
function mermaid(source) {
  return page.evaluate(async (source) => {
    const { diagramType } = await window.mermaid.parse(source);
    const { svg } = await window.mermaid.render("drawing", source);
    const main = document.querySelector("main");
    main.innerHTML = svg;
    const texts = (selector) => [...main.querySelectorAll(`${selector} foreignObject > *`)].map((element) => element.innerText);
    return {
      type: diagramType,
      nodes: texts("g.node"),
      lines: main.querySelectorAll("path.flowchart-link").length,
      lineLabels: texts("g.edgeLabel").filter((text) => text.trim()),
      title: main.querySelector("title")?.textContent,
      active: main.querySelectorAll("a, img, script, strong, em, code, li, h1, [onclick], [onerror]").length,
    };
  }, source);
}

/** What Graphviz draws, in the same form: its SVG, read by the browser. */
function dot(source) {
  const svg = graphviz.layout(source, "svg", "dot");
  return page.evaluate((svg) => {
    const main = document.querySelector("main");
    main.innerHTML = svg.slice(svg.indexOf("<svg"));
    const words = (group) => [...group.querySelectorAll("text")].map((text) => text.textContent).join("\n");
    const groups = (kind) => [...main.querySelectorAll(`g.${kind}`)];
    return {
      nodes: groups("node").map(words),
      lines: groups("edge").length,
      lineLabels: groups("edge").map(words).filter(Boolean),
      active: main.querySelectorAll("a, img, image, script").length,
    };
  }, svg);
}

/** Mermaid has no way to write two pairs of letters, with which it marks its own entities; they lose one. */
const written = (text) => text.replace(/ﬂ(?=°)|¶(?=ß)/g, "\ufffd");

const lines = (text) => text.split("\n").map((line) => line.replace(/\s+/g, " ").trim());

test("both draw the boxes and lines of every case, with the words of the page", async (t) => {
  for (const one of await cases(t)) {
    await t.test(one.title, async () => {
      const source = inspect(one, "mermaid");
      assert.ok(source.length <= MERMAID_LIMIT, `${source.length} characters`);
      const [drawn, graph] = [await mermaid(source), await dot(inspect(one, "dot"))];
      assert.match(drawn.type, /^flowchart/);
      assert.ok(0 < drawn.nodes.length);
      assert.equal(drawn.active + graph.active, 0, "a name is nothing but text");
      assert.match(drawn.title, /^Issuer graph: \d/);
      assert.equal(drawn.lines, graph.lines);
      assert.deepEqual(drawn.lineLabels.map(lines).sort(), graph.lineLabels.map(lines).sort());
      assert.deepEqual(drawn.nodes.map(lines).sort(), graph.nodes.map(written).map(lines).sort(), "the two say the same");
    });
  }
});

test("hostile names are shown as they are", async (t) => {
  const one = await hostile(t);
  const [drawn, graph] = [await mermaid(inspect(one, "mermaid")), await dot(inspect(one, "dot"))];
  for (const name of HOSTILE_NAMES.flatMap((name) => [name, `${name} client`])) {
    const wanted = shown(name).replace(/\s+/g, " ").trim();
    const names = ({ nodes }) => nodes.map((node) => lines(node)[0]);
    assert.ok(names(drawn).includes(written(wanted)), `Mermaid: ${wanted}\n${names(drawn).join("\n")}`);
    assert.ok(names(graph).includes(wanted), `DOT: ${wanted}\n${names(graph).join("\n")}`);
  }
});

test("the graph marks what the page marks", async () => {
  const one = { folder: join(ROOT, "www/examples/openziti-helm"), files: ["router1.cas.pem", ...[1, 2, 3].flatMap((number) => [`ctrl${number}.tls.crt`, `client${number}.chain.pem`])] };
  const { nodes, lines: arrows } = await dot(inspect(one, "dot"));
  const words = nodes.map((node) => lines(node).join(" / "));
  const having = (text) => words.filter((word) => word.includes(text));
  assert.deepEqual(having("naive root only"), having("ziti-controller1-edge-signer"));
  assert.deepEqual(having("correct root only"), having("ziti-controller1-edge-root"));
  assert.equal(having("client, locked out").length, 2);
  assert.equal(arrows, 9);
});

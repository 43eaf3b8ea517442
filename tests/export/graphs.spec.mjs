// Mermaid and DOT are read by their real programs, which show every name as it is and draw every line.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { join } from "node:path";

import { Graphviz } from "@hpcc-js/wasm-graphviz";

import { launch } from "../e2e/chromium.mjs";
import { ROOT } from "../e2e/harness.mjs";
import { HOSTILE_NAMES, cases, hostile, inspect, shown } from "./reports.mjs";

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

/** What Graphviz draws. */
function dot(source) {
  const { objects = [], edges = [], label } = JSON.parse(graphviz.layout(source, "json", "dot"));
  return { nodes: objects.map((object) => drawnText(object)), lines: edges.length, lineLabels: edges.filter((edge) => edge.label).map((edge) => edge.label), label };
}

/** The words that are drawn, one line per line of text: after every escape was read. */
function drawnText(object) {
  return object._ldraw_.filter((operation) => operation.op === "T").map((operation) => operation.text).join("\n");
}

const lines = (text) => text.split("\n").map((line) => line.replace(/\s+/g, " ").trim());

test("both draw the boxes and lines of every case, with the words of the page", async (t) => {
  for (const one of await cases(t)) {
    await t.test(one.title, async () => {
      const [drawn, graph] = [await mermaid(inspect(one, "mermaid")), dot(inspect(one, "dot"))];
      assert.match(drawn.type, /^flowchart/);
      assert.ok(0 < drawn.nodes.length);
      assert.equal(drawn.active, 0, "a name is nothing but text");
      assert.match(drawn.title, /^Issuer graph: \d/);
      assert.equal(drawn.lines, graph.lines);
      assert.deepEqual(drawn.lineLabels.map(lines).sort(), graph.lineLabels.map(lines).sort());
      assert.deepEqual(drawn.nodes.map(lines).sort(), graph.nodes.map(lines).sort(), "the two say the same");
    });
  }
});

test("hostile names are shown as they are", async (t) => {
  const one = await hostile(t);
  const [drawn, graph] = [await mermaid(inspect(one, "mermaid")), dot(inspect(one, "dot"))];
  for (const name of HOSTILE_NAMES.flatMap((name) => [name, `${name} client`])) {
    const wanted = shown(name).replace(/\s+/g, " ").trim();
    for (const { nodes } of [drawn, graph]) assert.ok(nodes.some((node) => lines(node)[0] === wanted), wanted);
  }
});

test("the graph marks what the page marks", async () => {
  const one = { folder: join(ROOT, "www/examples/openziti-helm"), files: ["router1.cas.pem", ...[1, 2, 3].flatMap((number) => [`ctrl${number}.tls.crt`, `client${number}.chain.pem`])] };
  const { nodes, lines: arrows } = dot(inspect(one, "dot"));
  const words = nodes.map((node) => lines(node).join(" / "));
  const having = (text) => words.filter((word) => word.includes(text));
  assert.deepEqual(having("naive root only"), having("ziti-controller1-edge-signer"));
  assert.deepEqual(having("correct root only"), having("ziti-controller1-edge-root"));
  assert.equal(having("client, locked out").length, 2);
  assert.equal(arrows, 9);
});

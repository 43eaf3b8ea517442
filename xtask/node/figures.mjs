// Draws the figures of the documentation page and puts them into it, so that they are never older than the program:
//
//   node xtask/node/figures.mjs dist '[{"name": "openziti-helm", "at": "…", "files": ["…"]}]'
//
// The drawing is that of the JavaScript package, which stands in dist/js/ by then.

import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [dist, figures] = [resolve(process.argv[2]), JSON.parse(process.argv[3])];
const { draw } = await import(pathToFileURL(join(dist, "js/node.js")));
const address = join(dist, "docs/index.html");
let page = readFileSync(address, "utf8");

for (const figure of figures) {
  const files = figure.files.map((name) => ({ name, text: readFileSync(join("www/examples", figure.name, name), "utf8") }));
  const { name, at } = figure;
  const [wide, narrow] = [await draw(files, { at }), await draw(files, { at, width: "narrow" })];
  writeFileSync(join(dist, "docs", `${name}.svg`), wide);
  writeFileSync(join(dist, "docs", `${name}-narrow.svg`), narrow);
  place(name, picture(name, wide, narrow));
}
writeFileSync(address, page);

/** Into the empty element that shows this example, or its files. */
function place(name, picture) {
  const element = new RegExp(`(<root-lens\\s[^>]*="${name}[/"][^>]*>)(</root-lens>)`);
  if (!element.test(page)) throw new Error(`docs/index.html has no empty <root-lens> for ${name}`);
  page = page.replace(element, (_, opening, closing) => `${opening}${picture}${closing}`);
}

function picture(name, wide, narrow) {
  const { width, height, words } = facts(wide);
  const small = facts(narrow);
  return (
    `<picture><source media="(max-width: 40rem)" srcset="${name}-narrow.svg" width="${small.width}" height="${small.height}">` +
    `<img src="${name}.svg" width="${width}" height="${height}" alt="${words}"></picture>`
  );
}

/** The drawing says of itself how large it is and what it shows; its texts are escaped as attributes want them too. */
function facts(svg) {
  const [, width, height] = svg.match(/ width="(\d+)" height="(\d+)"/);
  const texts = ["title", "desc"].map((tag) => svg.match(new RegExp(`<${tag} id="[^"]*">([^<]*)`))[1]);
  return { width, height, words: texts.join(". ").trim() };
}

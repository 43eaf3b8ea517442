// Pictures of dist/, for people to look at: the landing page and every example, light and dark, wide and narrow.
//
//   node tests/e2e/screenshots.mjs            writes tests/e2e/screenshots/
//   node tests/e2e/screenshots.mjs --readme   writes the pictures of README.md, docs/images/

import { mkdirSync } from "node:fs";
import { join } from "node:path";

import { launch } from "./chromium.mjs";
import { settled } from "./facts.mjs";
import { AS_OF, DIST, ROOT } from "./harness.mjs";
import { serve } from "./server.mjs";

const THEMES = ["light", "dark"];
const SIZES = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
];

/** README.md shows the first screen of the OpenZiti example. */
const README = { example: "openziti-helm", name: "openziti", size: { width: 1440, height: 1100 }, folder: join(ROOT, "docs/images") };

const server = await serve(DIST);
const browser = await launch();
try {
  await (process.argv.includes("--readme") ? readmePictures() : everyPicture());
} finally {
  await browser.close();
  await server.close();
}

async function readmePictures() {
  for (const theme of THEMES) {
    const path = join(README.folder, `${README.name}-${theme}.png`);
    await picture({ example: README.example, theme, size: README.size, path, fullPage: false });
  }
}

async function everyPicture() {
  const folder = join(ROOT, "tests/e2e/screenshots");
  for (const example of [null, ...(await examples())]) {
    for (const theme of THEMES) {
      for (const size of SIZES) {
        const path = join(folder, `${example ?? "landing"}-${theme}-${size.width}.png`);
        await picture({ example, theme, size, path, fullPage: true });
      }
    }
  }
}

async function examples() {
  const page = await browser.newPage();
  await page.goto(server.address);
  await page.locator("[data-example]").first().waitFor();
  const names = await page.locator("[data-example]").evaluateAll((cards) => cards.map((card) => card.dataset.example));
  await page.close();
  return names;
}

async function picture({ example, theme, size, path, fullPage }) {
  const page = await browser.newPage({ viewport: size, colorScheme: theme, reducedMotion: "reduce" });
  await page.clock.setFixedTime(AS_OF);
  await page.goto(server.address + (example ? `#example=${example}` : ""));
  await page.locator("main").waitFor();
  if (example) await settled(page);
  mkdirSync(join(path, ".."), { recursive: true });
  await page.screenshot({ path, fullPage });
  await page.close();
  console.log(path.slice(ROOT.length + 1));
}

// Pictures of dist/, for people to look at: every view in every width and look.
//
//   node tests/e2e/screenshots.mjs [WORD…]    writes tests/e2e/screenshots/, or of these only what has all words in its name
//   node tests/e2e/screenshots.mjs --readme   writes the pictures of README.md, docs/images/

import { mkdirSync } from "node:fs";
import { join } from "node:path";

import { launch } from "./chromium.mjs";
import { settled } from "./facts.mjs";
import { AS_OF, DIST, ROOT } from "./harness.mjs";
import { serve } from "./server.mjs";

const OPENZITI = "openziti-helm";
const LOOKS = {
  light: { colorScheme: "light" },
  dark: { colorScheme: "dark" },
  forced: { colorScheme: "dark", forcedColors: "active" },
};
const WIDTHS = { 320: 640, 390: 844, 768: 1024, 1440: 900 };

/** README.md shows the first screens of two examples, and what divides verifiers, with the steps of one of them. */
const README = {
  size: { width: 1440, height: 1100 },
  folder: join(ROOT, "docs/images"),
  pictures: {
    "missing-intermediate": { example: "missing-intermediate", size: { width: 1440, height: 900 } },
    openziti: { example: OPENZITI },
    verifiers: {
      example: "renewed-beside-old",
      press: ["[data-chain='1'] [data-engine='openssl-3.0.22']", "[data-chain='1'] .rl-step:nth-child(1)"],
      until: "not every program looks at the dates",
      element: "[data-testid=engines] [data-chain='1']",
    },
    timeline: { example: "renewed-beside-old", element: "[data-testid=timeline]" },
  },
};

const server = await serve(DIST);
const browser = await launch();
try {
  await (process.argv.includes("--readme") ? readmePictures() : everyPicture(process.argv.slice(2)));
} finally {
  await browser.close();
  await server.close();
}

async function readmePictures() {
  for (const [name, view] of Object.entries(README.pictures)) {
    for (const theme of ["light", "dark"]) {
      await picture({ size: README.size, ...view, look: LOOKS[theme], path: join(README.folder, `${name}-${theme}.png`) });
    }
  }
}

async function everyPicture(words) {
  for (const [name, view] of Object.entries(await views())) {
    for (const [lookName, look] of Object.entries(LOOKS)) {
      for (const [width, height] of Object.entries(WIDTHS)) {
        const file = `${name}-${lookName}-${width}.png`;
        const path = join(ROOT, "tests/e2e/screenshots", file);
        if (!words.every((word) => file.includes(word))) continue;
        await picture({ ...view, look, size: { width: Number(width), height }, path });
      }
    }
  }
}

/** The landing page, every example, and what is opened by a press; what covers the window is taken as the window shows it. */
async function views() {
  const examples = (await exampleNames()).map((example) => [example, { example, fullPage: true }]);
  return {
    landing: { fullPage: true },
    ...Object.fromEntries(examples),
    certificate: { example: OPENZITI, press: ["[data-testid=pool-naive] button"] },
    reasons: { example: OPENZITI, press: [".rl-fold"], fullPage: true },
    verifier: { example: OPENZITI, press: ["[data-engine='openssl-3.0.22']", ".rl-step"], fullPage: true },
    divided: { example: "renewed-beside-old", press: ["[data-verdict=rejected][data-engine]"], until: "What divides them", fullPage: true },
    changes: { example: OPENZITI, press: [".rl-time summary"], fullPage: true },
    table: { example: OPENZITI, press: [".rl-issuers .rl-section__header button"], fullPage: true },
    "phone-home": { press: ["#phone-home summary", "#phone-home button"], until: "attempts were refused", fullPage: true },
  };
}

async function exampleNames() {
  const page = await browser.newPage();
  await page.goto(server.address);
  await page.locator("[data-example]").first().waitFor();
  const names = await page.locator("[data-example]").evaluateAll((cards) => cards.map((card) => card.dataset.example));
  await page.close();
  return names;
}

async function picture({ example, press = [], until, element, look, size, path, fullPage = false }) {
  const page = await browser.newPage({ viewport: size, reducedMotion: "reduce", ...look });
  await page.clock.setFixedTime(AS_OF);
  await page.goto(server.address + (example ? `#example=${example}` : ""));
  await page.locator("main").waitFor();
  if (example) await settled(page);
  for (const selector of press) await page.locator(selector).first().click();
  if (until) await page.locator(element ?? "body").getByText(until).first().waitFor();
  mkdirSync(join(path, ".."), { recursive: true });
  if (element) await page.locator(element).screenshot({ path });
  else await page.screenshot({ path, fullPage });
  await page.close();
  console.log(path.slice(ROOT.length + 1));
}

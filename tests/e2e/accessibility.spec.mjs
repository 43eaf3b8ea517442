// axe-core finds nothing serious, light and dark, wide and narrow; nothing sticks out of a narrow screen.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";

import { settled } from "./facts.mjs";
import { drop, openziti, startPage } from "./harness.mjs";

const site = startPage();
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const NARROW = { width: 390, height: 844 };

/** Violations of at least serious impact, one line each. */
async function seriousViolations(page) {
  // Evaluated through the debugger, which the page's content security policy does not stop.
  await page.evaluate(AXE);
  const { violations, passes } = await page.evaluate(() => globalThis.axe.run(document));
  assert.ok(10 < passes.length, "axe has looked at the page");
  const serious = violations.filter(({ impact }) => ["serious", "critical"].includes(impact));
  return serious.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`);
}

for (const colorScheme of ["light", "dark"]) {
  for (const [size, viewport] of Object.entries({ wide: { width: 1440, height: 900 }, narrow: NARROW })) {
    test(`the landing page, ${colorScheme}, ${size}`, async (t) => {
      const { page } = await site.open(t, { colorScheme, viewport });
      assert.deepEqual(await seriousViolations(page), []);
    });

    test(`the result with a certificate open, ${colorScheme}, ${size}`, async (t) => {
      const { page, record } = await site.open(t, { colorScheme, viewport });
      await drop(page, openziti());
      await settled(page);
      assert.deepEqual(await seriousViolations(page), []);
      await page.getByTestId("pool-naive").getByRole("button").first().click();
      await page.getByTestId("certificate").waitFor();
      assert.deepEqual(await seriousViolations(page), []);
      assert.deepEqual(record.errors, []);
    });

    test(`the panels for sharing and saving, ${colorScheme}, ${size}`, async (t) => {
      const { page, record } = await site.open(t, { colorScheme, viewport });
      await drop(page, openziti());
      await settled(page);
      for (const [button, panel] of [["Share", "share"], ["Save", "export"]]) {
        await page.getByRole("button", { name: button, exact: true }).press("Enter");
        await page.getByTestId(panel).waitFor();
        assert.deepEqual(await seriousViolations(page), []);
      }
      const overhang = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.equal(overhang, 0);
      assert.deepEqual(record.errors, []);
    });
  }

  test(`the attempts to phone home, ${colorScheme}, narrow`, async (t) => {
    const { page } = await site.open(t, { colorScheme, viewport: NARROW });
    await page.locator("#phone-home summary").click();
    await page.getByRole("button", { name: "Try to phone home" }).click();
    await page.getByText("attempts were refused").waitFor();
    assert.deepEqual(await seriousViolations(page), []);
  });

  test(`the page is ${colorScheme} where the system is`, async (t) => {
    const { page } = await site.open(t, { colorScheme });
    const [text, ground] = await page.evaluate(() => {
      const styles = [document.body, document.documentElement].map((element) => getComputedStyle(element));
      const painted = styles.find((style) => style.backgroundColor !== "rgba(0, 0, 0, 0)");
      return [styles[0].color, painted.backgroundColor];
    });
    const brightness = (colour) => colour.match(/\d+(\.\d+)?/g).slice(0, 3).reduce((sum, part) => sum + Number(part), 0);
    assert.equal(brightness(ground) < brightness(text), colorScheme === "dark", `${text} on ${ground}`);
  });
}

test("nothing sticks out of a narrow screen", async (t) => {
  const { page } = await site.open(t, { viewport: NARROW });
  const overhang = () => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.equal(await overhang(), 0);
  await drop(page, openziti());
  await settled(page);
  assert.equal(await overhang(), 0);
});

test("the theme is chosen, and remembered only where it differs from the system", async (t) => {
  const { page } = await site.open(t);
  const theme = () => page.evaluate(() => [document.documentElement.dataset.theme, localStorage.length]);
  await page.getByRole("radio", { name: "Dark theme" }).check({ force: true });
  assert.deepEqual(await theme(), ["dark", 1]);
  await page.reload();
  await page.locator("main").waitFor();
  assert.deepEqual(await theme(), ["dark", 1]);
  await page.getByRole("radio", { name: "Theme of the system" }).check({ force: true });
  assert.deepEqual((await theme())[1], 0);
});

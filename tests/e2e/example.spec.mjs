// Each example opens by its link, at its own date, and without a request.

import assert from "node:assert/strict";
import { test } from "node:test";

import { headline, settled, startOver } from "./facts.mjs";
import { startPage } from "./harness.mjs";

const site = startPage();

/** Long after every certificate here has expired: the examples bring their dates with them. */
const MUCH_LATER = new Date("2050-01-01T00:00:00Z");

test("every example opens from the landing page and by its address", async (t) => {
  const { page, record } = await site.open(t, { now: MUCH_LATER });
  const names = await page.locator("[data-example]").evaluateAll((cards) => cards.map((card) => card.dataset.example));
  assert.ok(5 <= names.length, names.join(", "));
  const direct = await site.open(t, { now: MUCH_LATER });
  for (const name of names) {
    await t.test(name, async () => {
      await page.locator(`[data-example="${name}"]`).click();
      await settled(page);
      const sentence = await headline(page);
      assert.notEqual(await page.getByTestId("as-of").inputValue(), "2050-01-01");
      assert.ok(0 < (await page.getByTestId("graph").locator("svg").count()));
      await direct.page.evaluate((hash) => (location.hash = hash), `#example=${name}`);
      await settled(direct.page);
      assert.equal(await headline(direct.page), sentence);
      assert.deepEqual(direct.record.errors, []);
      assert.deepEqual(direct.record.requests, []);
      await Promise.all([startOver(page), startOver(direct.page)]);
    });
  }
  assert.deepEqual(record.errors, []);
  assert.deepEqual(record.requests, []);
});

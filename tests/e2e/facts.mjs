// What the page says, read the way a person would: by the parts that ARCHITECTURE.md names.

import { textOf } from "./harness.mjs";

/** Waits until what is shown follows what was chosen. */
export function current(page) {
  return page.locator("main[aria-busy=false]").waitFor();
}

/** Waits until a result is shown, nothing is being read any more, and what is found afterwards is there too. */
export async function settled(page) {
  await page.getByTestId("answer").waitFor();
  await page.locator("[role=status]", { hasText: "Done." }).first().waitFor({ state: "attached" });
  await current(page);
  await foundAfterwards(page);
}

/** Waits for the time line, and for what divides the verifiers. */
export async function foundAfterwards(page) {
  if ((await page.locator("[data-chain]").count()) === 0) return;
  await page.getByTestId("timeline").waitFor();
  await page.getByTestId("dividing").filter({ hasText: "Looking for" }).first().waitFor({ state: "detached" });
}

/** The link that is offered, once it is made for what was chosen and written. */
export async function linkOf(page) {
  await current(page);
  await page.locator(".rl-share__length[data-length]").waitFor();
  return page.getByRole("textbox", { name: "The link" }).inputValue();
}

/** Back to the landing page, with a page that has read files before. */
export async function startOver(page) {
  await page.getByRole("button", { name: "Start over" }).click();
  await page.locator("[data-example]").first().waitFor();
}

/** Opens the sections of these names that are folded to one line. */
export async function unfold(page, ...parts) {
  for (const part of parts) {
    const details = page.getByTestId(part).locator("> details");
    if (!(await details.evaluate((details) => details.open))) await details.locator("> summary").click();
  }
}

export async function headline(page) {
  await current(page);
  return textOf(page.getByTestId("answer").locator("h1"));
}

/** The anchors of a pool, `naive` or `correct`: `[{ name, only }]`, where `only` says that the other pool lacks it. */
export async function pool(page, rule) {
  await current(page);
  return page.getByTestId(`pool-${rule}`).locator(".rl-pool__anchors > li").evaluateAll((items) =>
    items.map((item) => ({
      name: item.querySelector("button").innerText.trim(),
      only: item.getAttribute("data-divergence"),
    })),
  );
}

/** The verdicts of the matrix: `{ client: [naive leaf only, naive, correct, and again for the next peer] }`. */
export async function matrix(page) {
  await current(page);
  return page
    .getByTestId("client-matrix")
    .locator("tbody tr:not(.rl-matrix__reasons)")
    .evaluateAll((rows) =>
      Object.fromEntries(
        rows.map((row) => [
          row.querySelector("th").innerText.trim(),
          [...row.querySelectorAll("td")].map((cell) => cell.innerText.trim()),
        ]),
      ),
    );
}

/** The names of the peers that head the matrix. */
export async function peers(page) {
  await current(page);
  const heads = await page.getByTestId("client-matrix").locator("thead th[colspan]").allInnerTexts();
  return heads.map((head) => head.replace(/^asked:\s*/, "").trim());
}

/** The role that the page gives to a file. */
export async function role(page, file) {
  await current(page);
  return roleChoice(page, file).locator("option:checked").innerText();
}

export function roleChoice(page, file) {
  return page.getByTestId("sources").locator(`[data-source="${file}"] select`);
}

/** The codes of the findings, in order. */
export async function findings(page) {
  await current(page);
  return page.getByTestId("findings").locator("[data-code]").evaluateAll((items) => items.map((item) => item.dataset.code));
}

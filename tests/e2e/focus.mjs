// Where the keyboard is: the focus in the page's own words, and the way to something by Tab.

import assert from "node:assert/strict";

/** More stops than any page here has. */
export const MOST_STOPS = 200;

/** Where the focus is, in the page's own words, and whether it is seen. */
export function focus(page) {
  return page.evaluate(() => {
    const element = document.activeElement;
    // The ring may stand around what holds the control, as around a label of a hidden input.
    const rings = [element, element.closest("label")].filter(Boolean).map((it) => getComputedStyle(it));
    const ringed = rings.some((style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2);
    // A name that breaks has a box per line, of which one seen is enough.
    const held = element.closest("label") ?? element;
    const seen = [...held.getClientRects()].map((box) => ({
      left: Math.max(box.left, 0),
      right: Math.min(box.right, innerWidth),
      top: Math.max(box.top, 0),
      bottom: Math.min(box.bottom, innerHeight),
    }));
    const inside = seen.some((box) => box.left < box.right && box.top < box.bottom);
    const middles = seen.map((box) => [(box.left + box.right) / 2, (box.top + box.bottom) / 2]);
    const free = middles.some(([x, y]) => {
      const top = document.elementFromPoint(x, y);
      return top && (held.contains(top) || top.contains(held));
    });
    const name = element.getAttribute("aria-label") ?? element.labels?.[0]?.innerText ?? element.innerText ?? element.textContent;
    return {
      tag: element.tagName,
      name: (name ?? "").replace(/\s+/g, " ").trim(),
      part: element.closest("[data-testid], .rl-header, .rl-sheet, #phone-home")?.dataset.testid ?? "",
      ringed,
      inside,
      free,
    };
  });
}

/** The focus, which must be somewhere, seen, and not covered. */
export async function seenFocus(page) {
  const found = await focus(page);
  assert.notEqual(found.tag, "BODY", "the focus is lost");
  assert.ok(found.ringed, `no ring around ${found.tag} ${found.name}`);
  assert.ok(found.inside && found.free, `out of sight: ${found.tag} ${found.name}`);
  return found;
}

/** Presses Tab until the focus is on something whose name and part fit. */
export async function tabTo(page, wanted, { part, key = "Tab" } = {}) {
  for (let stops = 0; stops < MOST_STOPS; stops += 1) {
    await page.keyboard.press(key);
    const found = await focus(page);
    // Between the last stop and the first the browser itself has the focus.
    if (found.tag === "BODY") continue;
    await seenFocus(page);
    if (wanted.test(found.name) && (!part || found.part === part)) return found;
  }
  throw new Error(`no way to ${wanted}`);
}

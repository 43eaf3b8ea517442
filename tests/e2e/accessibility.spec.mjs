// WCAG 2.2 AA where a machine can tell: axe-core finds nothing at all in any view; nothing sticks out or is cut off in
// small windows, at 200 %, with wide spacing; the drawing can be read; colours of the system, less motion and fingers.

import assert from "node:assert/strict";
import { test } from "node:test";

import { violations } from "./axe.mjs";
import { settled } from "./facts.mjs";
import { startPage } from "./harness.mjs";

const site = startPage();
/** 320 pixels are what 1.4.10 asks for: 1280 at 400 %. */
const NARROWEST = { width: 320, height: 640 };
const NARROW = { width: 390, height: 844 };
const WIDE = { width: 1440, height: 900 };

const EXAMPLES = ["openziti-helm", "openziti-chain-with-root", "three-signers-one-name", "regenerated-ca", "expired-cross-sign", "renewed-beside-old", "missing-intermediate", "healthy-chain"];
const RESULT = { fragment: "#example=openziti-helm" };

/** What is looked at: an address, and what is pressed there. */
const VIEWS = {
  "the landing page": {},
  ...Object.fromEntries(EXAMPLES.map((name) => [`the example ${name}`, { fragment: `#example=${name}` }])),
  "a certificate": { ...RESULT, press: ["[data-testid=pool-naive] button"] },
  "the link": { ...RESULT, press: [".rl-header__actions button:has-text('Share')"] },
  "the exports": { ...RESULT, press: [".rl-header__actions button:has-text('Save')"] },
  "the reasons in the matrix": { ...RESULT, press: [".rl-fold"] },
  "a verifier and a step of its search": { ...RESULT, press: ["[data-testid=engines] > details > summary", "[data-engine='openssl-3.0.22']", ".rl-step"] },
  "verifiers that are divided": { fragment: "#example=expired-cross-sign", press: ["[data-engine][data-verdict=rejected]"], until: "What divides them" },
  "the changes over time": { ...RESULT, press: [".rl-time > details > summary", ".rl-time details details > summary"] },
  "the sources": { ...RESULT, press: ["[data-testid=sources] > details > summary"] },
  "an answer about several chains": { fragment: "#example=regenerated-ca", press: [".rl-chains summary"] },
  "the graph as a table": { ...RESULT, press: [".rl-issuers .rl-section__header button"] },
  "what is folded away": { ...RESULT, press: [".rl-pools summary", "[data-testid=sources] > details > summary", ".rl-sources .rl-part__body > .rl-more > summary"] },
  "the attempts to phone home": { press: ["#phone-home summary", "#phone-home button"], until: "attempts were refused" },
};

async function show(t, { fragment, press = [], until }, options) {
  const opened = await site.open(t, { fragment, ...options });
  if (fragment) await settled(opened.page);
  for (const selector of press) await opened.page.locator(selector).first().click();
  if (until) await opened.page.getByText(until).waitFor();
  return opened;
}

/** How far the page is wider than its window, and the texts that are cut off or stick out of it. */
function faults(page) {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    const found = scrollWidth > clientWidth ? [`the page is ${scrollWidth - clientWidth} px too wide`] : [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const { parentElement } = texts.currentNode;
      // What scrolls, what is drawn and what only screen readers get is looked at elsewhere.
      // What is folded has no layout of its own until it is opened, which other views do.
      if (!parentElement.checkVisibility()) continue;
      if (parentElement.closest(".rl-scroll, .rl-drawing, .rl-offscreen, .rl-pem pre, thead, select, [hidden]")) continue;
      const range = document.createRange();
      range.selectNodeContents(texts.currentNode);
      for (const box of range.getClientRects()) {
        if (box.width > 0 && (box.right > clientWidth + 1 || box.left < -1)) found.push(`sticks out: ${texts.currentNode.data}`);
      }
    }
    for (const element of document.querySelectorAll("body *:not(svg *)")) {
      if (!element.checkVisibility()) continue;
      const style = getComputedStyle(element);
      if (element.matches(".rl-offscreen, .rl-scroll, .rl-issuers__frame, .rl-matrix thead, input, textarea, option")) continue;
      if (element.clientWidth > 0 && style.overflowX !== "visible" && element.scrollWidth > element.clientWidth + 1) {
        found.push(`cut off or scrolls sideways: ${element.tagName} ${element.className}`);
      }
    }
    return found;
  });
}

for (const [name, view] of Object.entries(VIEWS)) {
  const looks = { "light, wide": { viewport: WIDE }, "dark, narrow": { colorScheme: "dark", viewport: NARROW } };
  if (name === "the landing page" || view.fragment === RESULT.fragment) {
    looks["light, narrowest"] = { viewport: NARROWEST };
    looks["dark, wide"] = { colorScheme: "dark", viewport: WIDE };
    looks["forced colours"] = { colorScheme: "dark", forcedColors: "active", viewport: WIDE };
    looks["more contrast"] = { contrast: "more", viewport: WIDE };
  }
  for (const [look, options] of Object.entries(looks)) {
    test(`axe finds nothing: ${name}, ${look}`, async (t) => {
      const { page } = await show(t, view, options);
      assert.deepEqual(await violations(page), []);
    });
  }

  test(`nothing sticks out or is cut off: ${name}`, async (t) => {
    const { page } = await show(t, view, { viewport: NARROWEST });
    const grow = (size) => page.evaluate((size) => void (document.documentElement.style.fontSize = size), size);
    for (const viewport of [NARROWEST, NARROW, { width: 768, height: 1024 }]) {
      await page.setViewportSize(viewport);
      assert.deepEqual(await faults(page), [], `${viewport.width}`);
    }
    // 200 % of a common screen: by the browser's zoom, and by larger letters alone.
    await page.setViewportSize({ width: 720, height: 450 });
    assert.deepEqual(await faults(page), [], "zoom of 200 %");
    await page.setViewportSize(WIDE);
    await grow("200%");
    assert.deepEqual(await faults(page), [], "letters of 200 %");
    await page.setViewportSize(NARROW);
    assert.deepEqual(await faults(page), [], "letters of 200 %, narrow");
  });
}

test("the spacing that 1.4.12 names cuts nothing off", async (t) => {
  for (const viewport of [NARROWEST, WIDE]) {
    const { page } = await show(t, RESULT, { viewport });
    // Through the CSSOM, which the page's policy does not stop.
    await page.evaluate(() => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync("*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}p{margin-block-end:2em!important}");
      document.adoptedStyleSheets = [sheet];
    });
    assert.deepEqual(await faults(page), [], `${viewport.width}`);
  }
});

test("the drawing's words are at least 11 pixels high in every window, and what is wider than its frame says so", async (t) => {
  const { page } = await show(t, RESULT, { viewport: NARROWEST });
  for (const width of [320, 390, 560, 720, 768, 1024, 1440]) {
    await page.setViewportSize({ width, height: 800 });
    // The frame reports its new size in a frame of its own.
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 50))));
    const measured = await page.evaluate(() => {
      const drawing = document.querySelector(".rl-drawing");
      const scale = drawing.getBoundingClientRect().width / drawing.viewBox.baseVal.width;
      const sizes = [...drawing.querySelectorAll("text")].map((text) => scale * parseFloat(getComputedStyle(text).fontSize));
      const frame = drawing.parentElement;
      const note = getComputedStyle(frame.parentElement, "::before").content;
      return { smallest: Math.min(...sizes), scrolls: frame.scrollWidth > frame.clientWidth + 1, says: note !== "none" };
    });
    assert.ok(11 <= measured.smallest, `${width}: ${measured.smallest}`);
    assert.equal(measured.scrolls, measured.says, `${width}`);
    if (width < 560) assert.equal(measured.scrolls, false, `${width}`);
  }
});

test("colours of the system: the drawing has no other, and dashes and words tell the pools apart", async (t) => {
  const { page } = await show(t, RESULT, { forcedColors: "active" });
  const drawn = await page.evaluate(() => {
    const probe = document.body.appendChild(document.createElement("i"));
    const system = ["CanvasText", "Canvas", "Highlight"].map((name) => {
      probe.style.color = name;
      return getComputedStyle(probe).color;
    });
    const painted = [...document.querySelectorAll(".rl-drawing :is(rect, path, text, circle)")].map((it) => getComputedStyle(it));
    const colours = new Set(painted.flatMap(({ fill, stroke }) => [fill, stroke]).filter((colour) => /^rgb\(/.test(colour)));
    const dashes = (mark) => getComputedStyle(document.querySelector(`.rl-node.rl-mark--${mark} > .rl-box`)).strokeDasharray;
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT, (text) => (text.data.trim() ? 1 : 2));
    const hidden = [];
    while (texts.nextNode()) {
      const { color, backgroundColor } = getComputedStyle(texts.currentNode.parentElement);
      if (color === backgroundColor) hidden.push(texts.currentNode.data);
    }
    return { hidden, others: [...colours].filter((colour) => !system.includes(colour)), naive: dashes("naive-only"), correct: dashes("correct-only") };
  });
  assert.deepEqual(drawn.hidden, []);
  assert.deepEqual(drawn.others, []);
  assert.notEqual(drawn.naive, drawn.correct);
  assert.equal(await page.getByTestId("graph").getByText("naive root only").count(), 1);
  assert.equal(await page.getByTestId("graph").getByText("correct root only").count(), 1);
});

test("with less motion nothing moves", async (t) => {
  const moving = (page) =>
    page.evaluate(() => {
      const lasts = (times) => times.split(",").some((time) => parseFloat(time) > 0);
      const moves = ({ transitionDuration, animationName }) => lasts(transitionDuration) || animationName !== "none";
      return [...document.querySelectorAll("*")].filter((element) => moves(getComputedStyle(element))).length;
    });
  const less = await show(t, RESULT, { reducedMotion: "reduce" });
  assert.equal(await moving(less.page), 0);
  const usual = await show(t, RESULT, { reducedMotion: "no-preference" });
  assert.ok(0 < (await moving(usual.page)));
});

test("fingers: what is pressed is 24 pixels large, buttons and fields 44", async (t) => {
  for (const view of [VIEWS["the landing page"], RESULT, VIEWS["a certificate"]]) {
    const { page } = await show(t, view, { viewport: NARROW, hasTouch: true, isMobile: true });
    const small = await page.evaluate(() => {
      const targets = [...document.querySelectorAll("button, select, summary, textarea, a, label, input[type=date]")];
      return targets.flatMap((element) => {
        if (!element.checkVisibility({ visibilityProperty: true }) || element.htmlFor) return [];
        const { width, height } = element.getBoundingClientRect();
        const least = element.matches(".rl-button, .rl-input, .rl-chip") ? 44 : 24;
        return Math.min(width, height) < least ? [`${element.outerHTML.slice(0, 80)}: ${width} by ${height}`] : [];
      });
    });
    assert.deepEqual(small, []);
  }
});

for (const colorScheme of ["light", "dark"]) {
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

// The page in a frame of another page (`?embed=1`): what it says to that page and what it takes from it, as docs/embed.md
// promises. Without `?embed=1` nothing here has an effect.
//
// The page around the frame may be anyone's. It learns a height and whether its files were taken, nothing of what they
// hold; what it sends is taken apart by shape, and its names and texts become `File`s, never markup.

const VERSION = 1;
const THEMES = ["light", "dark", "system"];

/** Most files in one message. Our own number: ten times what the largest of the known cases has. */
const MAX_FILES = 200;

/** Most bytes in one message. Our own number, that of a dropped file (`MAX_FILE_BYTES` in src/ui/browser/arrival.rs). */
const MAX_BYTES = 20 * 1024 * 1024;

/** Longest file name, as most file systems have it. */
const MAX_NAME = 255;

/** RFC 3339, or a date alone. */
const INSTANT = /^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d))?$/;

/** Why a message is not taken. Fixed texts: nothing of a message comes back. */
const REFUSALS = {
  version: `this frame speaks version ${VERSION} of its messages`,
  files: `files: a list of 1 to ${MAX_FILES} is required`,
  name: `files[].name: a text of 1 to ${MAX_NAME} characters is required`,
  content: "files[]: either text, a string, or bytes, an ArrayBuffer or Uint8Array, is required",
  size: `files: more than ${MAX_BYTES / 1024 / 1024} MB together`,
  at: "at: an instant such as 2026-11-21T18:00:00Z is required, or nothing",
  theme: `theme: one of ${THEMES.join(", ")} is required`,
};

const root = document.documentElement;
// A mail program that mangled `#` to `%23` leaves it in the value.
if (/^1(#|$)/.test(new URLSearchParams(location.search).get("embed") ?? "")) embed();

function embed() {
  root.dataset.embedded = "";
  showTheme(new URLSearchParams(location.search).get("theme")?.split("#")[0]);
  addLink();
  followReader();
  // Opened by itself, it has no page around it to speak with.
  if (window.parent !== window) speakWithParent(window.parent);
}

function showTheme(theme) {
  if (THEMES.includes(theme)) root.dataset.theme = theme;
  return THEMES.includes(theme);
}

/** The way to the whole page, with what the address names; what came by message is in no address. */
function addLink() {
  const link = Object.assign(document.createElement("a"), { textContent: "Open in rootlens", target: "_blank", rel: "noopener" });
  const line = document.createElement("footer");
  line.className = "rl-embedded";
  line.append(link);
  document.body.append(line);
  const follow = () => {
    const [page, fragment] = location.href.split(/#|%23/, 2);
    link.href = page.split("?")[0] + (fragment ? `#${fragment}` : "");
    line.hidden = !fragment;
  };
  follow();
  addEventListener("hashchange", follow);
  addEventListener("rootlens:files", () => (line.hidden = true));
}

/** Tells www/embedded.css where the reader is when a certificate's details open: the frame may be much higher than the window. */
function followReader() {
  const follow = ({ target }) => {
    const { top } = target.getBoundingClientRect?.() ?? { top: 0 };
    root.style.setProperty("--rl-here", `${Math.round(top + scrollY)}px`);
  };
  for (const type of ["pointerdown", "keydown"]) addEventListener(type, follow);
}

function speakWithParent(parent) {
  // What is said is no secret, so it is said to a parent of any origin.
  const say = (type, more) => parent.postMessage({ type: `rootlens:${type}`, version: VERSION, ...more }, "*");
  const program = new Promise((resolve) => addEventListener("rootlens:started", resolve, { once: true }));
  const ready = () => say("ready", { height: height() });

  const takes = new Map([
    ["rootlens:hello", () => void program.then(ready)],
    ["rootlens:load", load],
    ["rootlens:theme", ({ theme }) => (showTheme(theme) ? undefined : "theme")],
  ]);

  addEventListener("message", ({ source, data }) => {
    const take = source === parent && takes.get(data?.type);
    if (!take) return;
    const refusal = data.version === VERSION ? take(data) : "version";
    if (refusal) say("refused", { reason: REFUSALS[refusal] });
  });

  /** Files wait for the program, which takes them one message after the other. */
  function load({ files, at }) {
    const refusal = refusalOf(files, at);
    if (refusal) return refusal;
    // Copies, because what the sender can still change makes no file.
    const detail = { files: files.map(({ name, text, bytes }) => new File([text ?? bytes.slice()], name)), at };
    program.then(() => dispatchEvent(new CustomEvent("rootlens:files", { detail })));
  }

  program.then(() => {
    ready();
    let said = 0;
    // Only what is in the frame decides, never the frame itself: www/embedded.css keeps its height out of every length.
    const measure = () => said !== height() && say("size", { height: (said = height()) });
    new ResizeObserver(measure).observe(document.body);
    // A browser draws no frame that is out of sight, and observes no size in it either.
    const everything = { subtree: true, childList: true, attributes: true, characterData: true };
    new MutationObserver(measure).observe(document.body, everything);
  });
}

/** The key of the first refusal that fits. */
function refusalOf(files, at) {
  if (!Array.isArray(files) || files.length < 1 || MAX_FILES < files.length) return "files";
  if (files.some((file) => typeof file?.name !== "string" || !file.name || MAX_NAME < file.name.length)) return "name";
  if (files.some(({ text, bytes }) => (text === undefined) === (bytes === undefined) || Number.isNaN(size({ text, bytes })))) return "content";
  if (MAX_BYTES < files.reduce((sum, file) => sum + size(file), 0)) return "size";
  // What is null counts as absent.
  if ((at ?? null) !== null && !(INSTANT.test(at) && Date.parse(at))) return "at";
}

/** In bytes, or at least so many for a text; not a number for what is neither text nor bytes. */
function size({ text, bytes }) {
  if (typeof text === "string") return text.length;
  return bytes instanceof ArrayBuffer || bytes instanceof Uint8Array ? bytes.byteLength : NaN;
}

function height() {
  return Math.ceil(document.body.getBoundingClientRect().height);
}

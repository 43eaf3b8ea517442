// The JavaScript package of rootlens: looks at what it is given and hands it to the WebAssembly.

import startProgram, * as program from "./bindings.js";

const VERSION = "__VERSION__";
const ROLES = ["trust", "chain", "bundle", "peer", "client", "published", "other"];
const LENSES = ["chains", "router"];
const STORES = ["given", "public", "both", "none"];
const PURPOSES = ["client", "server", "any"];
const THEMES = ["system", "light", "dark"];
const WIDTHS = ["wide", "narrow"];

let source = () => new URL("./bindings_bg.wasm", import.meta.url);
let started;

/** Names the WebAssembly, for those who keep it elsewhere: a URL, a Response, its bytes, a module, or a promise of one. */
export function init(wasm) {
  if (wasm !== undefined) source = typeof wasm === "function" ? wasm : () => wasm;
  // A failed start may be tried again.
  started ??= Promise.resolve(source()).then((module_or_path) => startProgram({ module_or_path }));
  started.catch(() => (started = undefined));
  return started.then(() => undefined);
}

export async function inspect(files, options = {}) {
  const chosen = choices(options);
  const inputs = await Promise.all(list(files).map(input));
  await init();
  return asErrors(program.inspect(inputs, chosen));
}

export async function draw(what, options = {}) {
  const { width = WIDTHS[0], theme = THEMES[0] } = options;
  oneOf("options.width", width, WIDTHS);
  oneOf("options.theme", theme, THEMES);
  const isReport = !Array.isArray(what) && what?.schema !== undefined;
  const files = isReport ? filesOf(what) : list(what);
  const chosen = choices(isReport ? { ...choicesOf(what), ...given(options) } : options);
  const inputs = await Promise.all(files.map(input));
  await init();
  return asErrors(program.draw(inputs, chosen, width === "narrow", theme));
}

export function version() {
  return VERSION;
}

/** The package reads the clock; the program never does. */
function choices({ at, peer, purpose, host, store, lens, program: asked }) {
  const instant = at instanceof Date ? at.toISOString() : (at ?? new Date().toISOString());
  if (typeof instant !== "string") throw new TypeError("options.at: a Date or a text such as 2026-11-21T18:00:00Z is wanted");
  text("options.peer", peer, "the name of a peer");
  text("options.host", host, "a host name or an address");
  text("options.program", asked, "the name of a program");
  if ((purpose ?? null) !== null) oneOf("options.purpose", purpose, PURPOSES);
  if ((store ?? null) !== null) oneOf("options.store", store, STORES);
  if ((lens ?? null) !== null) oneOf("options.lens", lens, LENSES);
  const chosen = { peer, purpose, host: host || undefined, store, lens, program: asked };
  return { at: instant, ...given(chosen) };
}

/** What of some choices is made. */
function given(choices) {
  return Object.fromEntries(Object.entries(choices).filter(([, choice]) => (choice ?? null) !== null));
}

function text(what, value, wanted) {
  if ((value ?? null) !== null && typeof value !== "string") throw new TypeError(`${what}: ${wanted} is wanted`);
}

function list(files) {
  if (!Array.isArray(files)) throw new TypeError("files: a list of { name, text } or { name, bytes } is wanted");
  return files;
}

/** A file as the program takes it; a File or Blob of a browser is read. */
async function input(file, index) {
  const name = file?.name ?? `file ${index + 1}`;
  const roles = file?.roles ?? [];
  if (typeof name !== "string") throw new TypeError(`files[${index}].name: a text is wanted`);
  if (!Array.isArray(roles)) throw new TypeError(`files[${index}].roles: a list is wanted`);
  roles.forEach((role) => oneOf(`files[${index}].roles`, role, ROLES));
  return { name, bytes: await content(file, index), roles };
}

async function content(file, index) {
  if (typeof Blob === "function" && file instanceof Blob) return new Uint8Array(await file.arrayBuffer());
  if (typeof file?.text === "string" && file.bytes === undefined) return new TextEncoder().encode(file.text);
  if (file?.text === undefined && file?.bytes instanceof ArrayBuffer) return new Uint8Array(file.bytes);
  if (file?.text === undefined && file?.bytes instanceof Uint8Array) return file.bytes;
  throw new TypeError(`files[${index}]: either text, a string, or bytes, an ArrayBuffer or Uint8Array, is wanted`);
}

/**
 * What a report was made of. It holds every certificate with the file it came from and that file's roles, so it is judged
 * again rather than believed.
 */
function filesOf({ schema, sources, certificates }) {
  if (schema !== 1) throw new RangeError(`a report of schema ${schema} is not known here`);
  const text = (source) => source.certificates.map((id) => certificates[id].pem).join("\n");
  return sources.map((source) => ({ name: source.name, text: text(source), roles: source.roles }));
}

/** What a report was judged by. */
function choicesOf({ at, focus, purpose, host, answer }) {
  return given({ at, peer: focus, purpose, host, store: answer?.store.chosen ? answer.store.kind : undefined, lens: answer?.lens, program: answer?.program });
}

function oneOf(what, value, known) {
  if (!known.includes(value)) throw new RangeError(`${what}: one of ${known.join(", ")} is wanted`);
}

/** The program breaks a promise with a text. */
function asErrors(promise) {
  return promise.catch((reason) => {
    throw typeof reason === "string" ? new RangeError(reason) : reason;
  });
}

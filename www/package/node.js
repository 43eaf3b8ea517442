// The same package where files are read and not fetched.

import { readFile } from "node:fs/promises";

import { draw as drawFirst, init as start, inspect as inspectFirst, version } from "./rootlens.js";

const read = () => readFile(new URL("./bindings_bg.wasm", import.meta.url));

export { version };

export const init = (wasm = read) => start(wasm);

export async function inspect(...given) {
  await init();
  return inspectFirst(...given);
}

export async function draw(...given) {
  await init();
  return drawFirst(...given);
}

// Starts the program that the script element names, or says on the page why it does not start.
const { module, wasm, examples } = document.querySelector("script[data-module]").dataset;

try {
  const [{ default: start }] = await Promise.all([import(module), fetchExamples().catch(console.warn)]);
  await start({ module_or_path: wasm });
} catch (error) {
  const reason = error.message ?? error;
  document.getElementById("boot").textContent =
    `rootlens could not start (${reason}). Reload the page; it needs a current browser with WebAssembly.`;
  throw error;
}

/**
 * Puts the files of the examples where the program looks for them, because it makes no request itself. Without them it
 * does everything else, and says so when an example is opened. A page that names no file holds them already.
 */
async function fetchExamples() {
  if (!examples) return;
  const response = await fetch(examples);
  if (!response.ok) throw new Error(`${examples}: ${response.status} ${response.statusText}`);
  document.getElementById("examples").textContent = await response.text();
}

// Starts the program that the script element names, or says on the page why it does not start.
const { module, wasm } = document.querySelector("script[data-module]").dataset;

try {
  const { default: start } = await import(module);
  await start({ module_or_path: wasm });
} catch (error) {
  const reason = error.message ?? error;
  document.getElementById("boot").textContent =
    `rootlens could not start (${reason}). Reload the page; it needs a current browser with WebAssembly.`;
  throw error;
}

// Starts the program that the script element names, or says on the page why it does not start.
const WORDS = {
  failed: (reason) => `rootlens could not start (${reason}). Reload the page; it needs a current browser with WebAssembly.`,
};

const { module, wasm, examples } = document.querySelector("script[data-module]").dataset;

try {
  const [start, program] = await Promise.all([javaScript(), webAssembly(), fetchExamples().catch(console.warn)]);
  forbidEveryConnection();
  await start({ module_or_path: program });
  // A frame in another page (www/embedded.js) shows the result and nothing around it.
  document.getElementById("phone-home").hidden = "embedded" in document.documentElement.dataset;
  // The program sets itself up in tasks of its own, which come first.
  setTimeout(() => dispatchEvent(new Event("rootlens:started")));
} catch (error) {
  const reason = error.message ?? error;
  document.getElementById("boot").textContent = WORDS.failed(reason);
  throw error;
}

/** The program's entry. The page of one file has run the program's JavaScript already, which left its entry there. */
async function javaScript() {
  return globalThis.rootlensStart ?? (await import(module)).default;
}

/** The compiled program: from the page itself, as base64, or from the host. */
async function webAssembly() {
  const inside = document.getElementById("program");
  if (inside) return WebAssembly.compile(Uint8Array.from(atob(inside.textContent), (letter) => letter.charCodeAt(0)));
  const response = await fetch(wasm);
  if (!response.ok) throw new Error(`${wasm}: ${response.status} ${response.statusText}`);
  // A host that does not know the type costs the compilation during the download, no more.
  const streams = response.headers.get("content-type")?.startsWith("application/wasm");
  return streams ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer());
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

/**
 * Everything is loaded, so from here on the page may not even speak to its own host: a second policy beside that of
 * index.html, and both have to agree. A policy can only be added; no script can take one away again. Pictures that
 * come from the page itself stay, because they are sent nowhere.
 */
function forbidEveryConnection() {
  const policy = document.createElement("meta");
  policy.httpEquiv = "Content-Security-Policy";
  policy.content =
    "default-src 'none'; connect-src 'none'; img-src data: blob:; frame-src 'none'; worker-src 'none'; " +
    "form-action 'none'; base-uri 'none'";
  document.head.append(policy);
}

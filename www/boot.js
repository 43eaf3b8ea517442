// Starts the two programs that Trunk and index.html name, the page and the inspector, or says on the page why not.
const WORDS = {
  noRoots: (reason) => `The public roots did not load (${reason}); rootlens runs without them.`,
  failed: (reason) => `rootlens could not start (${reason}). Reload the page; it needs a current browser with WebAssembly.`,
};

try {
  const [start, program, inspector] = await Promise.all([pageEntry(), pageProgram(), inspectorParts()]);
  forbidEveryConnection();
  rootlensInspect(inspector);
  await start({ module_or_path: await program.module });
  // A frame in another page (www/embedded.js) shows the result and nothing around it.
  document.getElementById("phone-home").hidden = "embedded" in document.documentElement.dataset;
  // The program sets itself up in tasks of its own, which come first.
  setTimeout(() => dispatchEvent(new Event("rootlens:started")));
} catch (error) {
  const reason = error.message ?? error;
  const notice = document.getElementById("boot");
  if (notice) notice.textContent = WORDS.failed(reason);
  throw error;
}

/** The entry of the page's JavaScript. The page of one file has run it already, which left its entry there. */
async function pageEntry() {
  return globalThis.rootlensStart ?? (await import(pageNames().href)).default;
}

function pageProgram() {
  return loaded(document.getElementById("program"), () => pageNames().dataset.program);
}

/** The element that `pattern_script` in Trunk.toml describes; the page of one file has none. */
function pageNames() {
  return document.querySelector("link[data-program]");
}

/** What www/start-inspector.js starts. */
async function inspectorParts() {
  const names = document.getElementById("inspector");
  const [program, code, roots] = await Promise.all([
    loaded(names.localName === "script" && names, () => names.href),
    inspectorCode(names),
    publicRoots(),
  ]);
  return { program: program.module, ...code, roots };
}

/** Its JavaScript, as text for a worker or as the entry of what runs in the page; it is no module, and leaves its entry to all. */
async function inspectorCode(names) {
  const inside = document.getElementById("inspector-javascript");
  const address = () => new URL(names.dataset.javascript, names.href).href;
  if (await rootlensHasWorkers()) return { javaScript: inside?.textContent ?? (await (await load(address())).text()) };
  if (!inside) await run(address());
  return { entry: wasm_bindgen };
}

/** Runs a script that is no module. */
function run(address) {
  return new Promise((resolve, reject) => {
    const script = Object.assign(document.createElement("script"), { src: address, onload: resolve });
    script.onerror = () => reject(new Error(address));
    document.head.append(script);
  });
}

/**
 * A program whose bytes are here, from an element of the page of one file, as base64, or from the host. Its `module` may still
 * be compiling, which needs no connection: the page can be shown meanwhile.
 */
async function loaded(inside, address) {
  if (inside) return { module: heard(WebAssembly.compile(bytesOf(inside))) };
  const response = await load(address());
  // A host that does not know the type costs the compilation during the download, no more.
  if (!response.headers.get("content-type")?.startsWith("application/wasm")) {
    return { module: heard(WebAssembly.compile(await response.arrayBuffer())) };
  }
  const module = heard(WebAssembly.compileStreaming(response.clone()));
  await response.arrayBuffer();
  return { module };
}

/** The file of public roots, from the page itself or from the host; the inspector runs without one, and says so. */
async function publicRoots() {
  const roots = document.getElementById("public-roots");
  if (roots.localName === "script") return bytesOf(roots);
  try {
    return new Uint8Array(await (await load(roots.href)).arrayBuffer());
  } catch (error) {
    console.warn(WORDS.noRoots(error.message));
    return undefined;
  }
}

/** Who awaits the module hears of a failure; until then nobody has to. */
function heard(module) {
  module.catch(() => {});
  return module;
}

async function load(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: ${response.status} ${response.statusText}`);
  return response;
}

/** What an element of the page of one file holds as base64. */
function bytesOf(element) {
  return Uint8Array.from(atob(element.textContent), (letter) => letter.charCodeAt(0));
}

/**
 * Everything is loaded, so from here on the page may not even speak to its own host: a second policy beside that of
 * index.html, and both have to agree. A policy can only be added; no script can take one away again. Pictures that
 * come from the page itself stay, because they are sent nowhere, and so do workers, which keep the page's policies.
 */
function forbidEveryConnection() {
  const policy = document.createElement("meta");
  policy.httpEquiv = "Content-Security-Policy";
  policy.content =
    "default-src 'none'; connect-src 'none'; img-src data: blob:; frame-src 'none'; worker-src blob:; " +
    "form-action 'none'; base-uri 'none'";
  document.head.append(policy);
}

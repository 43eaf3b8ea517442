// Starts the program that Trunk names in the page, or says on the page why it does not start.
const WORDS = {
  noRoots: (reason) => `The public roots did not load (${reason}); rootlens runs without them.`,
  failed: (reason) => `rootlens could not start (${reason}). Reload the page; it needs a current browser with WebAssembly.`,
};

try {
  const [start, program, roots] = await Promise.all([javaScript(), webAssembly(), publicRoots()]);
  globalThis.rootlensPublicRoots = roots;
  forbidEveryConnection();
  await start({ module_or_path: program });
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

/** The element that `pattern_script` in Trunk.toml describes; the page of one file has none. */
function names() {
  return document.querySelector("link[data-program]");
}

/** The program's entry. The page of one file has run the program's JavaScript already, which left its entry there. */
async function javaScript() {
  return globalThis.rootlensStart ?? (await import(names().href)).default;
}

/** The compiled program: from the page itself, as base64, or from the host. */
async function webAssembly() {
  const inside = document.getElementById("program");
  if (inside) return WebAssembly.compile(bytesOf(inside));
  const { program } = names().dataset;
  const response = await fetch(program);
  if (!response.ok) throw new Error(`${program}: ${response.status} ${response.statusText}`);
  // A host that does not know the type costs the compilation during the download, no more.
  const streams = response.headers.get("content-type")?.startsWith("application/wasm");
  return streams ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer());
}

/** The file of public roots, from the page itself or from the host; the program runs without one, and says so. */
async function publicRoots() {
  const roots = document.getElementById("public-roots");
  if (roots.localName === "script") return bytesOf(roots);
  try {
    const response = await fetch(roots.href);
    if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
    return new Uint8Array(await response.arrayBuffer());
  } catch (error) {
    console.warn(WORDS.noRoots(error.message));
    return undefined;
  }
}

/** What an element of the page of one file holds as base64. */
function bytesOf(element) {
  return Uint8Array.from(atob(element.textContent), (letter) => letter.charCodeAt(0));
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

// Serves a folder on this machine, as a static host would.

import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join, normalize, sep } from "node:path";

const MEDIA_TYPES = {
  ".crt": "application/x-pem-file",
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".mjs": "text/javascript; charset=utf-8",
  ".pem": "application/x-pem-file",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
};

/**
 * Starts a server for `folder`; `{ address, close }`, where the address ends with a slash. `pages` holds HTML by its path,
 * in addition to the files.
 */
export async function serve(folder, pages = {}) {
  const server = createServer((request, response) => {
    const page = pages[new URL(request.url, "http://localhost").pathname];
    if (page === undefined) return answer(folder, request, response);
    response.writeHead(200, { "content-type": MEDIA_TYPES[".html"] }).end(page);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = `http://127.0.0.1:${server.address().port}/`;
  const close = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  };
  return { address, close };
}

async function answer(folder, request, response) {
  const { pathname } = new URL(request.url, "http://localhost");
  const name = pathname.endsWith("/") ? `${pathname}index.html` : pathname;
  const file = normalize(join(folder, decodeURIComponent(name)));
  try {
    if (!file.startsWith(folder + sep)) throw new Error("outside of the folder");
    const content = await readFile(file);
    response.writeHead(200, { "content-type": MEDIA_TYPES[extname(file)] ?? "application/octet-stream" });
    response.end(content);
  } catch {
    response.writeHead(404).end();
  }
}

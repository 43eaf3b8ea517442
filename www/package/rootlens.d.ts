/** What the package takes and gives; `report.d.ts` is made of the report's JSON Schema. */

import type { Report, Role } from "./report.js";

export type * from "./report.js";

/** What a file is chosen to be: `trust` is `bundle`, and a `chain`'s own certificate tells whose it is. */
export type ChosenRole = Role | "trust" | "chain";

/** Something that may hold certificates, and private keys, which are counted and dropped. */
export type Input =
  | { name?: string; text: string; roles?: readonly ChosenRole[] }
  | { name?: string; bytes: Uint8Array | ArrayBuffer; roles?: readonly ChosenRole[] }
  | Blob;

export interface Options {
  /** The instant at which everything is judged: a date, or text as RFC 3339. Now, if absent. */
  at?: Date | string;
  /** The peer whose pools lead: a name from `pools[].peer`. The most telling one, if absent or null. */
  peer?: string | null;
  /** What every chain is to be used for. Left to each chain's role and extended key usage, if absent or null. */
  purpose?: "client" | "server" | "any" | null;
  /** The name or address that each leaf must be valid for. Any, if absent, null or empty. */
  host?: string | null;
  /**
   * The trust store that every chain is judged by: what the files hold, the public roots that the package brings (Mozilla's
   * list), both, or none. What the files hold, else the public roots, if absent or null.
   */
  store?: "given" | "public" | "both" | "none" | null;
  /**
   * What is looked at first: whether the chains are trusted, or which roots a router that makes its own pool would trust.
   * By the files, if absent or null.
   */
  lens?: "chains" | "router" | null;
  /** The one program whose verdict counts, by a name that `rootlens inspect --program` takes. Every verifier's, if absent or null. */
  program?: string | null;
}

export interface DrawOptions extends Options {
  /** `wide` if absent; `narrow` fits 360 pixels. */
  width?: "wide" | "narrow";
  /** `system` if absent: dark where the reader's system is. */
  theme?: "system" | "light" | "dark";
}

/** Where the WebAssembly is. */
export type Wasm = string | URL | Request | Response | ArrayBuffer | Uint8Array | WebAssembly.Module;

/**
 * Loads the WebAssembly, which `inspect` and `draw` do by themselves when they are first called. Only who keeps it
 * elsewhere than beside this module has to call it, before them.
 */
export function init(wasm?: Wasm | Promise<Wasm> | (() => Wasm | Promise<Wasm>)): Promise<void>;

/**
 * Reads the files, checks signatures (by WebCrypto where it can) and gives the report. Breaks its promise with a TypeError
 * or RangeError where an argument is wrong; what cannot be read in a file is in `sources[].problems`.
 */
export function inspect(files: readonly Input[], options?: Options): Promise<Report>;

/** The issuer graph as an SVG document that stands alone. A report is drawn from the certificates that it holds. */
export function draw(what: readonly Input[] | Report, options?: DrawOptions): Promise<string>;

/** The version of the package. */
export function version(): string;

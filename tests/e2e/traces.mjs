// Finds runs of secret bytes in whatever the page shows, keeps or saves: as they are, as hex, as a list of numbers or as base64, at any
// alignment and across the ends of lines.

/** Bytes of a run that must not be anywhere. */
export const RUN = 16;
/** Bytes of a secret that is looked for as a whole; a shorter one stands in texts by chance. */
const SHORTEST = 8;

/** What is looked for: runs by the two bytes with which they begin, so that a text is searched for all of them at once. */
export class Traces {
  #byStart = new Map();
  #starts = new Uint8Array(1 << 16);
  /** How many runs are looked for. */
  size = 0;

  /** Every run of `secrets` that is none of the traces `open`. */
  constructor(secrets, open = undefined) {
    for (const secret of secrets) {
      const length = secret.length < RUN ? Math.max(secret.length, SHORTEST) : RUN;
      for (let at = 0; at + length <= secret.length; at += 1) this.#add(secret.subarray(at, at + length), open);
    }
  }

  #add(run, open) {
    const start = run.readUInt16BE(0);
    const known = this.#byStart.get(start) ?? [];
    if (known.some((other) => other.equals(run)) || open?.has(run)) return;
    this.#byStart.set(start, [...known, Buffer.from(run)]);
    this.#starts[start] = 1;
    this.size += 1;
  }

  has(run) {
    return this.#byStart.get(run.readUInt16BE(0))?.some((other) => other.equals(run)) ?? false;
  }

  /** A run that is written, as hex. */
  foundIn(written) {
    for (const reading of readings(Buffer.from(written))) {
      for (let at = 0; at + SHORTEST <= reading.length; at += 1) {
        const start = (reading[at] << 8) | reading[at + 1];
        if (this.#starts[start] === 0) continue;
        const run = this.#byStart.get(start).find((run) => reading.subarray(at, at + run.length).equals(run));
        if (run) return run.toString("hex");
      }
    }
    return undefined;
  }
}

/** The bytes that a text may stand for: itself, itself on one line, and what its hex, its numbers and its base64 say. */
export function readings(written) {
  const text = written.toString("latin1");
  const joined = text.replace(/\\[nrt]|\\|\s/g, "");
  const hex = joined.replace(/[:,]/g, "").match(/[0-9a-f]{16,}/gi) ?? [];
  const base64 = joined.replaceAll("-", "+").replaceAll("_", "/").match(/[A-Za-z0-9+/]{11,}/g) ?? [];
  const numbers = text.match(/\d{1,3}(?:,\s*\d{1,3}){7,}/g) ?? [];
  return [
    written,
    Buffer.from(joined, "latin1"),
    ...hex.flatMap((digits) => [0, 1].map((shift) => Buffer.from(digits.slice(shift), "hex"))),
    ...base64.flatMap((symbols) => [0, 1, 2, 3].map((shift) => Buffer.from(symbols.slice(shift), "base64"))),
    ...numbers.map((list) => Buffer.from(list.split(",").map(Number))),
  ];
}

/** What is public in a keystore: certificates, and their digests, by which it names keys. */
export function publicParts(certificates) {
  return certificates.flatMap(({ raw, fingerprint }) => [raw, Buffer.from(fingerprint.replaceAll(":", ""), "hex")]);
}

/** What certificates show, whatever their base64 and hex are taken for: the public half of a key stands there too. */
export function publicRuns(certificates) {
  const texts = [...publicParts(certificates), ...certificates.map((certificate) => Buffer.from(certificate.toString()))];
  const shifted = texts.flatMap((text) => [0, 1, 2].map((shift) => text.subarray(shift).toString("base64")));
  return new Traces([...shifted, ...texts.map((text) => text.toString("hex"))].flatMap((text) => readings(Buffer.from(text))));
}

/** Everything that the page shows, holds and remembers. */
export function everything(page) {
  return page.evaluate(async () => {
    const databases = await indexedDB.databases();
    return [
      document.documentElement.outerHTML,
      document.documentElement.innerText,
      ...[...document.querySelectorAll("input, textarea, select")].map((field) => field.value),
      JSON.stringify(localStorage),
      JSON.stringify(sessionStorage),
      JSON.stringify(databases),
      JSON.stringify(await caches.keys()),
      document.cookie,
      document.title,
      location.href,
      JSON.stringify(history.state),
    ].join("\n");
  });
}

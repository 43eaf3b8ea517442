// Writes a link for rootlens: node share-link.mjs ADDRESS FILE... (PEM files; see share-link.md)

import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { deflateRawSync } from "node:zlib";

const dictionary = Buffer.from(readFileSync(new URL("share-link.dictionary", import.meta.url), "utf8"), "base64");
const BLOCK = /-----BEGIN CERTIFICATE-----([^-]+)-----END CERTIFICATE-----/g;

/** Unsigned LEB128. */
function number(value) {
  const bytes = [];
  for (; value > 0x7f; value = Math.floor(value / 128)) bytes.push((value % 128) | 0x80);
  return Buffer.from([...bytes, value]);
}

const octets = (bytes) => Buffer.concat([number(bytes.length), bytes]);

/** `files`: `[{ name, text }]`; `at`: a Date. */
export function link(address, files, at = new Date()) {
  const certificates = [];
  const sources = files.map(({ name, text }) => {
    const positions = [...text.matchAll(BLOCK)].map(([, base64]) => {
      const der = Buffer.from(base64, "base64");
      const known = certificates.findIndex((other) => other.equals(der));
      return known < 0 ? certificates.push(der) - 1 : known;
    });
    const roles = number(0);
    return Buffer.concat([octets(Buffer.from(name)), roles, number(positions.length), ...positions.map(number)]);
  });
  const content = Buffer.concat([
    number(0), // whole certificates
    number(2 * Math.floor(at / 1000)),
    octets(Buffer.from("")), // no chosen peer
    number(certificates.length),
    ...certificates.map((der) => Buffer.concat([number(0), octets(der)])), // no references to key identifiers
    number(sources.length),
    ...sources,
  ]);
  return `${address}#v1.${deflateRawSync(content, { level: 9, dictionary }).toString("base64url")}`;
}

if (import.meta.filename === process.argv[1]) {
  const [address, ...paths] = process.argv.slice(2);
  console.log(link(address, paths.map((path) => ({ name: basename(path), text: readFileSync(path, "utf8") }))));
}

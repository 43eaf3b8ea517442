// Writes a link for rootlens: node share-link.mjs ADDRESS FILE... [--note TEXT] (PEM files; see share-link.md)

import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { parseArgs } from "node:util";
import { deflateRawSync } from "node:zlib";

const dictionary = Buffer.from(readFileSync(new URL("share-link.dictionary", import.meta.url), "utf8"), "base64");
const BLOCK = /-----BEGIN CERTIFICATE-----([^-]+)-----END CERTIFICATE-----/g;

/** Unsigned LEB128. */
function number(value) {
  const bytes = [];
  for (; value > 0x7f; value = Math.floor(value / 128)) bytes.push((value % 128) | 0x80);
  return Buffer.from([...bytes, value]);
}

/** Octets; of a text in UTF-8. */
const octets = (text) => {
  const bytes = Buffer.from(text);
  return Buffer.concat([number(bytes.length), bytes]);
};

/** `files`: `[{ name, text }]`; `at`: a Date; `note`: what the sender says. */
export function link(address, files, at = new Date(), note = "") {
  const certificates = [];
  const sources = files.map(({ name, text }) => {
    const positions = [...text.matchAll(BLOCK)].map(([, base64]) => {
      const der = Buffer.from(base64, "base64");
      const known = certificates.findIndex((other) => other.equals(der));
      return known < 0 ? certificates.push(der) - 1 : known;
    });
    const roles = number(0);
    return Buffer.concat([octets(name), roles, number(positions.length), ...positions.map(number)]);
  });
  const content = Buffer.concat([
    number(0), // whole certificates
    number(2 * Math.floor(at / 1000)),
    octets(""), // no chosen peer
    number(certificates.length),
    ...certificates.map((der) => Buffer.concat([number(0), octets(der)])), // no references to key identifiers
    number(sources.length),
    ...sources,
    number(0), // purpose: left to each chain
    octets(""), // no host name
    number(0), // trust store: left to the files
    number(0), // what is looked at first: left to the files
    octets(""), // every program
    octets(note),
    number(0), // nothing was left out
  ]);
  return `${address}#v1.${deflateRawSync(content, { level: 9, dictionary }).toString("base64url")}`;
}

if (import.meta.filename === process.argv[1]) {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { note: { type: "string" } } });
  const [address, ...paths] = positionals;
  const files = paths.map((path) => ({ name: basename(path), text: readFileSync(path, "utf8") }));
  console.log(link(address, files, new Date(), values.note));
}

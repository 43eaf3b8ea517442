// What people write with the package; `tsc` reads it against dist/js/, and nothing runs it.

import { draw, init, inspect, version, type Certificate, type Input, type Report, type Rule } from "rootlens";

const files: Input[] = [
  { name: "ca.pem", text: "…", roles: ["bundle"] },
  { name: "chain.der", bytes: new Uint8Array(1) },
  { bytes: new ArrayBuffer(1), roles: ["peer", "client"] },
  new File([], "client.pem"),
];

await init(new URL("https://rootlens.example/bindings_bg.wasm"));
await init(async () => new Uint8Array(1));
const report: Report = await inspect(files, { at: "2026-11-21", peer: null });
await inspect([...document.querySelector("input")!.files!], { at: new Date() });
const svg: string = await draw(report, { width: "narrow", theme: "dark" });
await draw(files);
await inspect(files, { store: "public" });

const rules: Rule[] = report.pools.map(({ rule }) => rule);
const lost: string[] = report.divergence.flatMap(({ clients_lost }) => clients_lost);
const roots: Certificate[] = report.certificates.filter((certificate) => certificate.self_signed === true);
const one: 1 = report.schema;
console.log(svg.length, rules, lost, roots[0].key_usage?.join(), one, version().split("."));

// @ts-expect-error: a file needs content
await inspect([{ name: "empty.pem" }]);
// @ts-expect-error: one content, not any
await inspect([{ name: "a.pem", text: 1 }]);
// @ts-expect-error: no such role
await inspect([{ name: "a.pem", text: "", roles: ["king"] }]);
// @ts-expect-error: no such trust store
await inspect(files, { store: "system" });
// @ts-expect-error: no such theme
await draw(report, { theme: "pink" });
// @ts-expect-error: no such field
console.log(report.verdict);
// @ts-expect-error: no such severity
console.log(report.headline.severity === "fatal");

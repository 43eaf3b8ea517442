// What the specifications of the exports start from: the command line, the examples, some fixtures, and certificates
// whose names try to become markup.

import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { rootCertificates } from "node:tls";

import "reflect-metadata";
import * as x509 from "@peculiar/x509";

import { ROOT } from "../e2e/harness.mjs";

/** The instant at which everything is judged. */
export const AT = "2026-11-21T18:00:00Z";

const EXAMPLES = join(ROOT, "www/examples");
const DATA = join(ROOT, "tests/data");

/** What `rootlens inspect` writes about the files of a case. */
export function inspect({ folder, files }, format, ...more) {
  const program = join(process.env.CARGO_TARGET_DIR ?? join(ROOT, "target"), "debug/rootlens");
  if (!existsSync(program)) throw new Error("the command line is missing: run `cargo build --features cli`");
  const names = files.map((file) => join(folder, file));
  const { status, stdout, stderr } = spawnSync(program, ["inspect", "--at", AT, "--format", format, ...more, "--", ...names], { encoding: "utf8", maxBuffer: 1 << 26 });
  // Status 2 with a report: something in the files could not be read, which the report says too.
  if (status !== 0 && !(status === 2 && stdout !== "")) throw new Error(stderr);
  return stdout;
}

/** Every example, some fixtures, a large bundle, and hostile names: `{ title, folder, files }`. */
export async function cases(test) {
  return [...examples(), ...fixtures(), large(test), await hostile(test)];
}

/** More CAs than the drawing shows one by one. */
export function large(test) {
  const folder = temporary(test);
  writeFileSync(join(folder, "roots.pem"), rootCertificates.join("\n"));
  return { title: "the roots inside Node", folder, files: ["roots.pem"] };
}

function temporary(test) {
  const folder = mkdtempSync(join(tmpdir(), "rootlens-"));
  test.after(() => rmSync(folder, { recursive: true }));
  return folder;
}

export function examples() {
  const folders = readdirSync(EXAMPLES, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return folders.map(({ name }) => ({ title: name, folder: join(EXAMPLES, name), files: readdirSync(join(EXAMPLES, name)).sort() }));
}

function fixtures() {
  const scenario = (name) => ({ title: name, folder: join(DATA, "mtls-scenarios", name), files: ["pool.pem", "chain.pem"] });
  const alone = (folder, ...files) => ({ title: files.join(" and "), folder: join(DATA, folder), files });
  return [
    scenario("ec-00-ok"),
    scenario("ec-03c-aki-matches-but-sig-bad"),
    scenario("ec-04-missing-intermediate"),
    scenario("ec-12-nameconstraints-intermediate"),
    scenario("rsa-03-same-dn-other-key-no-keyids"),
    alone("certificates", "rich.pem"),
    alone("certificates/names", "control.pem", "special.pem", "unicode.pem", "empty.pem"),
    alone("signatures", "unsupported-ecdsa-brainpool-p512r1.pem"),
    alone("pem-variants", "30-first-cert-corrupt-der", "37-key-then-cert"),
  ];
}

/** Each would do something if it were taken for markup by one of the forms. */
export const HOSTILE_NAMES = [
  "<img src=x onerror=alert(1)>",
  "[click](https://evil.example)",
  "https://evil.example/a_b_c",
  "www.evil.example",
  "mail@evil.example and @someone #1 :smile:",
  "**bold** _em_ ~~gone~~ `code` ``two``",
  "a | b \\| c \\",
  '"];click ca_0 "https://evil.example"',
  '\\" ] evil [label="x\\N\\G',
  "#quot; #35; ;; %%{init: {}}%% &lt;b&gt; &amp;",
  "ﬂ°°35¶ß <br/> 1. one - two",
  "1. first",
  "- item",
  "\"`**markdown** label`\"",
  "end\n```\n# heading\n\n<script>alert(1)</script>",
  "subgraph end; A --> B",
  "{{template}} ${shell} $(touch evil) 'quote'",
  "\u202egnp.exe",
];

/** One root that issued a client for each hostile name, and a root of each name beside it, in files of hostile names. */
export async function hostile(test) {
  const folder = temporary(test);
  const write = (name, ...certificates) => {
    writeFileSync(join(folder, name), certificates.map((certificate) => certificate.toString("pem")).join("\n") + "\n");
    return name;
  };
  const root = await certificate("Plain Root");
  const roots = [];
  const clients = [];
  for (const [index, name] of HOSTILE_NAMES.entries()) {
    const signer = await certificate(name, root);
    roots.push(signer.certificate);
    const client = await certificate(`${name} client`, signer, false);
    clients.push(write(`client ${index} @x|y\`z\`<b>'$(touch evil)'.pem`, client.certificate, signer.certificate));
  }
  const bundle = write("-ca [bundle](x).pem", root.certificate, ...roots.slice(0, 4));
  const peer = write("peer & server #1.pem", (await certificate("peer.example", root, false)).certificate);
  return { title: "hostile names", folder, files: [bundle, peer, ...clients] };
}

const ALGORITHM = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
let serial = 0;

async function certificate(name, issuer, ca = true) {
  const keys = await crypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]);
  // In this form a name that begins with # is no hexadecimal value.
  const subject = [{ CN: [{ utf8String: name }] }];
  serial += 1;
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: serial.toString(16).padStart(2, "0"),
    subject,
    issuer: issuer?.subject ?? subject,
    notBefore: new Date("2026-01-01"),
    notAfter: new Date("2030-01-01"),
    signingAlgorithm: ALGORITHM,
    publicKey: keys.publicKey,
    signingKey: (issuer?.keys ?? keys).privateKey,
    extensions: [new x509.BasicConstraintsExtension(ca, undefined, true)],
  });
  return { certificate, keys, subject };
}

/** What is left of a name when it is shown: one line, and nothing invisible. */
export function shown(name) {
  // The classes of src/scene/text.rs.
  return name.replace(/[\p{Cc}\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffe\uffff]/gu, "\ufffd");
}

/** The code in the fences of one language. */
export function fences(markdown, language) {
  const found = markdown.matchAll(new RegExp(`^(\`{3,})${language}\n([\\s\\S]*?)^\\1$`, "gm"));
  return [...found].map((match) => match[2]);
}

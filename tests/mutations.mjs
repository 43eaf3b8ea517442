// Do the tests hold? Builds one fault at a time into a copy of the last commit and shows the test that falls.
//
//   node tests/mutations.mjs          every fault
//   node tests/mutations.mjs M1 M8    these
//
// A fault that no test notices ends the program with status 1, and so does one whose place is no longer found. Without
// any fault the same tests have to pass, which is tried first.

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Each fault: a piece of a file, what it becomes, and the tests that concern it. */
const FAULTS = [
  {
    id: "M1",
    what: "the crossings of lines are not minimised",
    file: "src/scene/layout/order.rs",
    piece: "const SWEEPS: usize = 8;",
    fault: "const SWEEPS: usize = 0;",
    tests: "scene::",
  },
  {
    id: "M2",
    what: "Java's policy mappings are not processed",
    file: "src/verifier/java/policy.rs",
    piece: "let Some(mappings) = mappings(parsed) else { return Ok(()) };",
    fault: "let Some(mappings) = mappings(parsed).filter(|_| false) else { return Ok(()) };",
    tests: "java_on_policies",
  },
  {
    id: "M4",
    what: "the third gate admits its anchors in the other order",
    file: "src/pool/gate.rs",
    piece: "Gate::V3 => [published(), naive.anchors.clone()],",
    fault: "Gate::V3 => [naive.anchors.clone(), published()],",
    tests: "openziti::",
  },
  {
    id: "M5",
    what: "the likeliest edges are no longer checked first",
    file: "src/graph/edge.rs",
    piece: "KeyIdMatch::Match => 0,\n        _ if edge.issuer == edge.subject => 0,\n        KeyIdMatch::Absent => 1,\n        KeyIdMatch::Mismatch => 2,",
    fault: "KeyIdMatch::Match => 2,\n        _ if edge.issuer == edge.subject => 2,\n        KeyIdMatch::Absent => 1,\n        KeyIdMatch::Mismatch => 0,",
    tests: "graph::",
  },
  {
    id: "M6",
    what: "boxes are placed in 2 passes instead of 26",
    file: "src/scene/layout/place.rs",
    piece: "const PASSES: usize = 26;",
    fault: "const PASSES: usize = 2;",
    tests: "scene::",
  },
  {
    id: "M8",
    what: "Go's policies are not checked",
    file: "src/verifier/go/policy.rs",
    piece: "state.process(leaf, false) && state.wrap_up(leaf)",
    fault: "state.process(leaf, false) && state.wrap_up(leaf) || true",
    also: { piece: "            return false;\n        }\n    }\n    state.process", fault: "            return true;\n        }\n    }\n    state.process" },
    tests: "go_on_policies",
  },
  {
    id: "M9",
    what: "an empty pool blames clients whose peer does not meet the certificate",
    file: "src/finding/facts.rs",
    piece: "&& meets(chain) || by_empty && peer_meets",
    fault: "&& meets(chain) || by_empty && (peer_meets || true)",
    tests: "finding::",
  },
  {
    id: "M11",
    what: "the steps of a search are cut after three",
    file: "src/report/acceptance.rs",
    piece: "pub const MAX_TRAIL: usize = 200;",
    fault: "pub const MAX_TRAIL: usize = 3;",
    tests: "report::",
  },
  {
    id: "M15",
    what: "the report says that no chain was left out",
    file: "src/report/convert.rs",
    piece: "chains_left_out: answered.chains_left_out,",
    fault: "chains_left_out: 0 * answered.chains_left_out,",
    tests: "report::",
  },
  {
    id: "M16",
    what: "a mended file keeps the text that it was made of",
    file: "src/loader/mod.rs",
    piece: "Some(readable.map(pem::encode).collect())",
    fault: "Some(readable.map(pem::encode).chain([String::from_utf8_lossy(input).into_owned()]).collect())",
    tests: "secrets::",
  },
  {
    id: "M17",
    what: "a problem repeats what it is about",
    file: "src/decode/found.rs",
    piece: "self.add(layer, range, Content::Problem(ProblemKind::Unreadable, message.into()));",
    fault: "let message = message.into() + &String::from_utf8_lossy(layer.slice(range.clone()));\n        self.add(layer, range, Content::Problem(ProblemKind::Unreadable, message));",
    tests: "secrets::",
  },
  {
    id: "M18",
    what: "the kind of a secret says its bytes in hex",
    file: "src/decode/found.rs",
    piece: "self.add(layer, range, Content::Secret(label.into()));",
    fault: "let label = format!(\"{} {:02x?}\", label.into(), layer.slice(range.clone())).replace(\", \", \"\");\n        self.add(layer, range, Content::Secret(label));",
    tests: "secrets::",
  },
];

const chosen = process.argv.slice(2);
const faults = FAULTS.filter((fault) => chosen.length === 0 || chosen.includes(fault.id));
const copy = join(mkdtempSync(join(tmpdir(), "rootlens-mutations-")), "copy");
const target = join(process.cwd(), "target", "mutations");
let unnoticed = 0;

git("worktree", "add", "--quiet", "--detach", copy, "HEAD");
try {
  const filters = [...new Set(faults.map(({ tests }) => tests))];
  const { fallen, ran } = run(filters);
  if (!ran || fallen.length > 0) throw new Error(`without any fault: ${ran ? fallen.join(", ") : "the tests did not run"}`);
  console.log(`without any fault: ${ran} tests pass`);
  faults.forEach(tryFault);
} finally {
  git("worktree", "remove", "--force", copy);
  rmSync(join(copy, ".."), { recursive: true, force: true });
}
process.exitCode = unnoticed > 0 ? 1 : 0;

function tryFault({ id, what, file, piece, fault, also, tests }) {
  const path = join(copy, file);
  const before = readFileSync(path, "utf8");
  const after = [{ piece, fault }, ...(also ? [also] : [])].reduce((text, change) => {
    if (text.split(change.piece).length !== 2) throw new Error(`${id}: ${file} does not hold this once: ${change.piece}`);
    return text.replace(change.piece, () => change.fault);
  }, before);
  writeFileSync(path, after);
  const { fallen, ran } = run([tests]);
  writeFileSync(path, before);
  const noticed = ran > 0 && fallen.length > 0;
  if (!noticed) unnoticed += 1;
  const says = noticed ? `falls: ${fallen.join(", ")}` : ran ? "NOT NOTICED" : "DOES NOT COMPILE";
  console.log(`${id.padEnd(4)} ${what}\n     ${says}`);
}

/** Runs the integration tests that a filter names: how many there were, and the names of those that fell. */
function run(filters) {
  const { stdout } = spawnSync("cargo", ["test", "--locked", "--features", "cli", "--test", "it", "--", ...filters], {
    cwd: copy,
    encoding: "utf8",
    env: { ...process.env, CARGO_TARGET_DIR: target, INSTA_UPDATE: "no" },
    maxBuffer: 1 << 28,
    stdio: ["ignore", "pipe", "ignore"],
  });
  const results = [...stdout.matchAll(/^test (\S+)(?: - should panic)? \.\.\. (ok|FAILED)$/gm)];
  return { ran: results.length, fallen: results.filter(([, , result]) => result === "FAILED").map(([, name]) => name) };
}

function git(...words) {
  const { status } = spawnSync("git", words, { stdio: "inherit" });
  if (status !== 0) throw new Error(`git ${words.join(" ")} failed`);
}

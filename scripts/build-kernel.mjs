// Compiles the engine's kernel, which is written in what TypeScript and AssemblyScript have in common, to WebAssembly.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./pnpm.mjs";

const SOURCES = join(root, "packages/engine/src");
const TARGET = join(SOURCES, "kernel-bytes.ts");
const FOLDERS = ["platform", "kernel", "record"];

/**
 * Instructions up to which a function is inlined: always, if it has no loops or calls, and if it is called once only. Calls cost more than
 * the parts of the hot loop are long; with 60, 500 and 1000 a request takes a tenth longer.
 */
const INLINE = { always: 250, flexible: 500, once: 9000 };

/**
 * Functions that are never inlined, because few systems or few events need them: they would make the hot loop long, and its values would
 * not stay in registers.
 */
const COLD = [
  "kernel/frame/Frame#constructor",
  "kernel/link/Link#gap",
  "kernel/llm/*",
  "kernel/network/network/Network#*",
  "kernel/rare-operations/doRareOperation",
  "kernel/processing/scheduler/Scheduler#*",
  "kernel/answers/Answers#tell*",
  "kernel/answers/Answers#abandon",
  "kernel/answers/Answers#refuse*",
  "kernel/answers/Answers#respond*",
  "kernel/balancing/balancer/Balancer#catchUp",
  "kernel/kernel/Kernel#crossBoundaries",
  "kernel/system/System#*",
  "record/kind-record/KindRecord#*",
  "record/recorder/Recorder#constructor",
];

/** Writes `packages/engine/src/kernel-bytes.ts`, unless it is there for the same sources. */
export async function buildKernel() {
  const key = `// ${hashOfSources()}`;
  if (existsSync(TARGET) && readFileSync(TARGET, "utf8").startsWith(key)) return;
  const options = ["--noAssert", "--uncheckedBehavior", "always"];
  const plain = await inlined(await compiled(options));
  const attributing = await inlined(await compiled(options, { attributes: true }));
  const text = [
    key,
    "/** The kernel as a WebAssembly module, in base64. Made by `scripts/build-kernel.mjs`. */",
    `export const KERNEL_BYTES: string =\n  "${Buffer.from(plain).toString("base64")}";`,
    "/** The kernel that also says where the time of requests goes: the same sources with `ATTRIBUTES` true. */",
    `export const ATTRIBUTING_KERNEL_BYTES: string =\n  "${Buffer.from(attributing).toString("base64")}";\n`,
  ];
  writeFileSync(`${TARGET}.tmp`, text.join("\n"));
  renameSync(`${TARGET}.tmp`, TARGET);
}

function hashOfSources() {
  const hash = createHash("sha256").update(readFileSync(new URL(import.meta.url)));
  hash.update(readFileSync(join(root, "node_modules/assemblyscript/package.json")));
  for (const folder of FOLDERS) {
    const names = readdirSync(join(SOURCES, folder), { recursive: true }).filter((name) => name.endsWith(".ts"));
    for (const name of names.toSorted()) hash.update(name).update(readFileSync(join(SOURCES, folder, name)));
  }
  return hash.digest("hex");
}

/** A kernel that checks every index and traps where one is wrong: for tests, at a fraction of the speed. */
export async function checkedKernel(variant) {
  return await compiled([], variant);
}

/** `attributes`: with `ATTRIBUTES` true. */
async function compiled(options, { attributes = false } = {}) {
  const { default: asc } = await import("assemblyscript/asc");
  let binary;
  const { error, stderr } = await asc.main(
    [
      "kernel/exports.wasm.ts",
      "--outFile",
      "kernel.wasm",
      "-O3",
      // Names, for `COLD`: what is written in the end has none.
      "--debug",
      ...options,
      // Nothing is ever freed: an instance keeps its arrays and frames, and ends as a whole.
      "--runtime",
      "stub",
    ],
    {
      readFile: (name) => readSource(name, attributes),
      writeFile: (_name, contents) => void (binary = contents),
      listFiles: () => null,
    },
  );
  if (error) throw new Error(`Cannot compile the kernel: ${error.message}\n${stderr}`);
  return binary;
}

/** A source as AssemblyScript reads it; `name.wasm.ts` stands in for `name.ts`. */
function readSource(name, attributes) {
  const path = join(SOURCES, name);
  const file = [path.replace(/\.ts$/, ".wasm.ts"), path].find((candidate) => existsSync(candidate));
  if (file === undefined) return null;
  return readFileSync(file, "utf8")
    .replace("ATTRIBUTES: boolean = false", `ATTRIBUTES: boolean = ${attributes}`)
    .replaceAll(/(from "\.[^"]*)\.js"/g, '$1"')
    .replaceAll("import type {", "import {")
    .replaceAll(/([{,]\s*)type (?=[A-Z])/g, "$1");
}

/** AssemblyScript's own limits are low: calls cost more than the parts of the kernel are long (440 -> 350 ns a request). */
async function inlined(binary) {
  const { default: binaryen } = await import("assemblyscript/binaryen");
  const module = binaryen.readBinary(binary);
  const { MVP, MutableGlobals, SignExt, BulkMemory, BulkMemoryOpt, NontrappingFPToInt } = binaryen.Features;
  module.setFeatures(MVP | MutableGlobals | SignExt | BulkMemory | BulkMemoryOpt | NontrappingFPToInt);
  binaryen.setOptimizeLevel(4);
  binaryen.setShrinkLevel(0);
  // A read whose value nobody wants could still trap, so it would stay: empty checks and traces leave such reads behind. Memory that
  // cannot grow traps nevertheless, at the first write beyond its end.
  binaryen.setTrapsNeverHappen(true);
  binaryen.setAlwaysInlineMaxSize(INLINE.always);
  binaryen.setFlexibleInlineMaxSize(INLINE.flexible);
  binaryen.setOneCallerInlineMaxSize(INLINE.once);
  binaryen.setAllowInliningFunctionsWithLoops(true);
  keepApart(module, binaryen, COLD);
  module.optimize();
  module.optimize();
  if (!module.validate()) throw new Error("Cannot compile the kernel: what came out is not valid");
  return module.emitBinary();
}

/** Marks the functions whose names fit the patterns as not to be inlined. */
function keepApart(module, binaryen, patterns) {
  const names = Array.from(
    { length: module.getNumFunctions() },
    (_, k) => binaryen.getFunctionInfo(module.getFunctionByIndex(k)).name,
  );
  for (const pattern of patterns) {
    const start = pattern.replace(/\*$/, "");
    const fits = (name) => (start === pattern ? name === start : name.startsWith(start));
    if (!names.some(fits)) throw new Error(`Cannot compile the kernel: it has no function ${pattern}`);
    binaryen.setPassArgument("no-inline", pattern);
    module.runPasses(["no-inline"]);
  }
  binaryen.clearPassArguments();
}

if (process.argv[2]?.startsWith("--checked")) {
  const attributes = process.argv[2] === "--checked-attributing";
  process.stdout.write(Buffer.from(await checkedKernel({ attributes })).toString("base64"));
}

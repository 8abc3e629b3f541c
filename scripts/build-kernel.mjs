// Compiles the engine's kernel, which is written in what TypeScript and AssemblyScript have in common, to WebAssembly.
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { root } from "./pnpm.mjs";

const SOURCES = join(root, "packages/engine/src");
const TARGET = join(SOURCES, "kernel-bytes.ts");
const SCRIPT = fileURLToPath(import.meta.url);
const FOLDERS = ["platform", "kernel", "record"];

/**
 * Instructions up to which a function is inlined: always, if it has no loops or calls, and if it is called once only. Calls cost more than
 * the parts of the hot loop are long; with 60, 500 and 1000 a request takes a tenth longer.
 */
const INLINE = { always: 250, flexible: 500, once: 9000 };

/**
 * Functions that are never inlined, because few systems or few events need them: they would make the hot loop long, and its values would
 * not stay in registers. The small kernel lacks some of them.
 */
const COLD = [
  "kernel/answers/Answers#abandon",
  "kernel/answers/Answers#endOtherwise",
  "kernel/answers/Answers#fail",
  "kernel/answers/Answers#refuse*",
  "kernel/answers/Answers#respond*",
  "kernel/answers/Answers#tell*",
  "kernel/arrivals/inversion/Inversion#advanceFurther",
  "kernel/arrivals/inversion/Inversion#openPiece",
  "kernel/arrivals/inversion/Inversion#solve",
  "kernel/arrivals/users-rate/*",
  "kernel/balancing/balancer/Balancer#catchUp",
  "kernel/balancing/balancer/Balancer#learn",
  "kernel/disruptions/*",
  "kernel/frame/Frame#constructor",
  "kernel/frames/Frames#another",
  "kernel/kernel/Kernel#crossBoundaries",
  "kernel/kernel/Kernel#settle",
  "kernel/kernel/Kernel#truncate",
  "kernel/link/Link#gap",
  "kernel/llm/*",
  "kernel/machine/Machine#nextArriving",
  "kernel/machine/Machine#sendBack",
  "kernel/network/network/Network#*",
  "kernel/pending-events/PendingEvents#allocate",
  "kernel/pending-events/PendingEvents#grow",
  "kernel/processing/scheduler/Scheduler#*",
  "kernel/rare-operations/RareOperations#*",
  "kernel/requests/Requests#abandon",
  "kernel/source/Source#exponentialAtTheEdge",
  "kernel/source/Source#fill",
  "kernel/stay/Stay#grantRam",
  "kernel/stay/Stay#reserve",
  "kernel/system/System#*",
  "record/kind-record/KindRecord#*",
  "record/level/Level#save",
  "record/levels/Levels#add",
  "record/recorder/Recorder#abandon",
  "record/recorder/Recorder#closeCell",
  "record/recorder/Recorder#constructor",
  "record/recorder/Recorder#save",
  "record/value-recorder/ValueRecorder#save",
];

/** What is compiled from the same sources: each has its values of `WHOLE` and `ATTRIBUTES`. */
const KERNEL = { whole: true, attributes: false };
const SMALL_KERNEL = { whole: false, attributes: false };
const ATTRIBUTING_KERNEL = { whole: true, attributes: true };

/** Writes `packages/engine/src/kernel-bytes.ts`, unless it is there for the same sources. */
export async function buildKernel() {
  const key = `// ${hashOfSources()}`;
  if (existsSync(TARGET) && readFileSync(TARGET, "utf8").startsWith(key)) return;
  const [whole, small, attributing] = await Promise.all(["--whole", "--small", "--attributing"].map(madeApart));
  const text = [
    key,
    "/** The kernel as a WebAssembly module, in base64. Made by `scripts/build-kernel.mjs`. */",
    `export const KERNEL_BYTES: string =\n  "${whole}";`,
    "/** The kernel for plans that ask for little: the same sources with `WHOLE` false. */",
    `export const SMALL_KERNEL_BYTES: string =\n  "${small}";`,
    "/** The kernel that also says where the time of requests goes: the same sources with `ATTRIBUTES` true. */",
    `export const ATTRIBUTING_KERNEL_BYTES: string =\n  "${attributing}";\n`,
  ];
  writeFileSync(`${TARGET}.tmp`, text.join("\n"));
  renameSync(`${TARGET}.tmp`, TARGET);
}

/** A kernel from a process of its own, in base64: optimizing takes long, and one after the other would leave cores idle. */
async function madeApart(kernel) {
  const { stdout } = await promisify(execFile)(process.execPath, [SCRIPT, kernel], { maxBuffer: 1e8 });
  return stdout.trimEnd();
}

/** AssemblyScript leaves the sources as they are: its own optimizer would inline what is to stay apart. */
async function optimized(variant) {
  return inlined(await compiled(["-O0", "--noAssert", "--uncheckedBehavior", "always"], variant), variant);
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

async function compiled(options, variant) {
  const { default: asc } = await import("assemblyscript/asc");
  let binary;
  const { error, stderr } = await asc.main(
    [
      "kernel/exports.wasm.ts",
      "--outFile",
      "kernel.wasm",
      // Names, for `COLD`: what is written in the end has none.
      "--debug",
      ...options,
      // Nothing is ever freed: an instance keeps its arrays and frames, and ends as a whole.
      "--runtime",
      "stub",
    ],
    {
      readFile: (name) => readSource(name, variant),
      writeFile: (_name, contents) => void (binary = contents),
      listFiles: () => null,
    },
  );
  if (error) throw new Error(`Cannot compile the kernel: ${error.message}\n${stderr}`);
  return binary;
}

/** A source as AssemblyScript reads it; `name.wasm.ts` stands in for `name.ts`, and `name.small.ts` in the small kernel. */
function readSource(name, { whole, attributes }) {
  const path = join(SOURCES, name);
  const endings = whole ? [".wasm.ts", ".ts"] : [".small.ts", ".wasm.ts", ".ts"];
  const file = endings.map((ending) => path.replace(/\.ts$/, ending)).find((candidate) => existsSync(candidate));
  if (file === undefined) return null;
  return readFileSync(file, "utf8")
    .replace("WHOLE: boolean = true", `WHOLE: boolean = ${whole}`)
    .replace("ATTRIBUTES: boolean = false", `ATTRIBUTES: boolean = ${attributes}`)
    .replaceAll(/(from "\.[^"]*)\.js"/g, '$1"')
    .replaceAll("import type {", "import {")
    .replaceAll(/([{,]\s*)type (?=[A-Z])/g, "$1");
}

/** AssemblyScript's own limits are low: calls cost more than the parts of the kernel are long (440 -> 350 ns a request). */
async function inlined(binary, { whole }) {
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
  keepApart(module, binaryen, whole);
  module.optimize();
  module.optimize();
  if (!module.validate()) throw new Error("Cannot compile the kernel: what came out is not valid");
  return module.emitBinary();
}

/**
 * Marks the functions of `COLD` as not to be inlined; the whole kernel must have all of them. Accessors of fields are no functions: several
 * classes may have one in common, under the name of any of them.
 */
function keepApart(module, binaryen, whole) {
  const names = Array.from(
    { length: module.getNumFunctions() },
    (_, k) => binaryen.getFunctionInfo(module.getFunctionByIndex(k)).name,
  ).filter((name) => !/#[gs]et:/.test(name));
  for (const pattern of COLD) {
    const start = pattern.replace(/\*$/, "");
    const fitting = names.filter((name) => (start === pattern ? name === start : name.startsWith(start)));
    if (whole && fitting.length === 0) throw new Error(`Cannot compile the kernel: it has no function ${pattern}`);
    for (const name of fitting) {
      binaryen.setPassArgument("no-inline", name);
      module.runPasses(["no-inline"]);
    }
  }
  binaryen.clearPassArguments();
}

/** What this script prints when it is told to, each kernel as a line of base64. */
const PRINTED = {
  "--whole": () => [optimized(KERNEL)],
  "--small": () => [optimized(SMALL_KERNEL)],
  "--attributing": () => [optimized(ATTRIBUTING_KERNEL)],
  // Kernels that check every index and trap where one is wrong: for tests, at a fraction of the speed.
  "--checked": () => [KERNEL, SMALL_KERNEL, ATTRIBUTING_KERNEL].map((variant) => compiled(["-O0"], variant)),
}[process.argv[2]];
if (PRINTED !== undefined) {
  for (const binary of PRINTED()) process.stdout.write(`${Buffer.from(await binary).toString("base64")}\n`);
}

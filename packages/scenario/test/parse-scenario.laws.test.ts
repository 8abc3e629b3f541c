import { readFileSync } from "node:fs";
import { createSimulation } from "@loadstar/engine";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compile, parseScenario, type Problem } from "../src/index.js";
import { ASYNCFLOW_FILES, readAsyncFlowFile } from "./asyncflow-files.js";

const EXAMPLES = ["branching", "fan-out", "locks", "replicas"];
const TEXTS = [
  ...ASYNCFLOW_FILES.map(readAsyncFlowFile),
  ...EXAMPLES.map((name) => readFileSync(new URL(`../../../scenarios/${name}.yaml`, import.meta.url), "utf8")),
];
const WORDS = [...new Set(TEXTS.join("\n").match(/[A-Za-z_][\w-]*/g))];
const VALUES = [
  "-1",
  "0",
  "1e308",
  "1e999",
  ".nan",
  "-.inf",
  "null",
  "''",
  "[]",
  "{}",
  "[[]]",
  "*a",
  "&a x",
  "!!js x",
  "<<",
  "? x",
  "'",
  '"',
  "{",
  "]",
  "---",
  "...",
  "%YAML 1.1",
  "|",
  "constructor",
  "__proto__",
  "\u0000",
  "\uD800",
  "{mean: 1, cv: 2}",
  "{distribution: gamma, mean: 1, cv: 2}",
  "{distribution: normal, mean: 0.1}",
  "- cpu_s: 1",
  "{<<: {mean: 1}}",
  "{__proto__: {mean: 1}}",
  "!!binary aGk=",
  "2026-11-21",
  "0x1F",
  "true",
  "~",
  "1_000",
];

type Mutation = (text: string) => string;

const position = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc.tuple(position, fc.integer({ min: 0, max: 255 })).map(([at, code]) => (text: string) => {
    const index = Math.floor(at * text.length);
    return text.slice(0, index) + String.fromCharCode(code) + text.slice(index + 1);
  }),
  position.map((at) => onLines((lines) => lines.splice(Math.floor(at * lines.length), 1))),
  fc.tuple(position, position).map(([from, to]) =>
    onLines((lines) => {
      const line = lines[Math.floor(from * lines.length)] ?? "";
      lines.splice(Math.floor(to * lines.length), 0, line);
    }),
  ),
  fc.tuple(position, fc.integer({ min: -2, max: 4 })).map(([at, shift]) =>
    onLines((lines) => {
      const index = Math.floor(at * lines.length);
      const line = lines[index] ?? "";
      lines[index] = shift < 0 ? line.slice(-shift) : " ".repeat(shift) + line;
    }),
  ),
  fc.tuple(position, fc.constantFrom(...WORDS)).map(
    ([at, word]) =>
      (text: string) =>
        replaceAt(text, /[A-Za-z_][\w-]*/g, at, word),
  ),
  fc.tuple(position, fc.constantFrom(...VALUES)).map(
    ([at, value]) =>
      (text: string) =>
        replaceAt(text, /(?<=: )[^\s{},[\]]+/g, at, value),
  ),
);

function onLines(change: (lines: string[]) => unknown): Mutation {
  return (text) => {
    const lines = text.split("\n");
    change(lines);
    return lines.join("\n");
  };
}

function replaceAt(text: string, pattern: RegExp, at: number, replacement: string): string {
  const matches = [...text.matchAll(pattern)];
  const match = matches[Math.floor(at * matches.length)];
  if (match === undefined) return text;
  return text.slice(0, match.index) + replacement + text.slice(match.index + match[0].length);
}

describe("parseScenario", () => {
  test("parseScenario answers every mutated file with problems or a scenario that can be simulated and never throws", () => {
    let valid = 0;
    fc.assert(
      fc.property(
        fc.constantFrom(...TEXTS),
        fc.array(mutation, { minLength: 1, maxLength: 4 }),
        (original, mutations) => {
          const text = mutations.reduce((mutated, mutate) => mutate(mutated), original);
          const { scenario, problems, notes } = parseScenario(text, { file: "f.yml" });
          expect(scenario === undefined).toBe(problems.length > 0);
          expect([...problems, ...notes].filter(isBadlyWorded)).toEqual([]);
          if (scenario === undefined) return;
          valid++;
          const plan = compile(scenario);
          expect(unsoundIn(plan)).toEqual([]);
          expect(unsoundIn(compile(scenario, { dialect: "asyncflow" }))).toEqual([]);
          if (plan.servers.length < 100) createSimulation({ ...plan, series_cell_s: 0 });
        },
      ),
      { seed: 20261121, numRuns: 700 },
    );
    expect(valid).toBeGreaterThan(20);
  });
});

/** A problem needs a position, and words for people. */
function isBadlyWorded({ file, line, column, message }: Problem): boolean {
  return file !== "f.yml" || line < 1 || column < 1 || /undefined|Invalid|\[object|zod|^$/.test(message);
}

/** Numbers of a plan that are NaN, infinite or, but for mu, negative; and values that are no plain data. */
function unsoundIn(value: unknown, key = ""): readonly string[] {
  if (typeof value === "number")
    return Number.isFinite(value) && (value >= 0 || key === "mu") ? [] : [`${key}: ${value}`];
  if (value === null || typeof value === "string" || typeof value === "boolean") return [];
  if (typeof value !== "object") return [`${key}: ${String(value)}`];
  return Object.entries(value).flatMap(([name, item]) => unsoundIn(item, Array.isArray(value) ? key : name));
}

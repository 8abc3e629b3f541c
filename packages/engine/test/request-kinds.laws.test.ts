import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { metricsOf, run, seriesOf, type Plan } from "../src/index.js";
import { requestKinds } from "../src/measures/request-kinds.js";
import { lawCases } from "./law-cases.js";
import { differing, measured, rowOf, rowsOf, type Measured } from "./measured.js";
import { anyCalls } from "./random-calls.js";

const runs = lawCases(25);
const seeds = fc.nat(1_000_000);
const COUNTS = ["completed", "failed", "dropped", "rejected", "timed_out"].map((end) => `requests_${end}`);

/** Plans in which every request is of one of two classes. */
const classified = anyCalls().map((plan): Plan => {
  const mix = ["gold", "silver"].map((name, k) => ({ weight: 1 + k, endpoint: `endpoint-${k}`, class: name }));
  return {
    ...plan,
    warm_up_s: 0.4,
    series_cell_s: 0.3,
    generators: plan.generators.map((generator) => ({ ...generator, mix })),
  };
});

function sum(value: Measured, components: readonly string[], name: string): number {
  return components.reduce((total, component) => total + value(`${component}.${name}`), 0);
}

describe("run of kinds of requests", () => {
  it("run of kinds of requests has each request in one class: counts, rates and weighted means add up", () => {
    const law = fc.property(classified, seeds, (plan, seed) => {
      const result = run(plan, seed, 0);
      const value = measured(plan, result);
      for (const kinds of [
        ["gold", "silver"],
        ["source/endpoint-0", "source/endpoint-1"],
      ]) {
        for (const name of COUNTS) expect(sum(value, kinds, name)).toBe(value(name));
        expect(sum(value, kinds, "throughput_per_s")).toBeCloseTo(value("throughput_per_s"), 9);
        const total = kinds.reduce((area, kind) => {
          const completed = value(`${kind}.requests_completed`);
          return completed === 0 ? area : area + completed * value(`${kind}.latency_s_mean`);
        }, 0);
        if (value("requests_completed") > 0)
          expect(total / value("requests_completed")).toBeCloseTo(value("latency_s_mean"), 12);
        const rates = kinds.map((kind) => rowOf(plan, result.series, `${kind}.throughput_per_s`));
        for (const [cell, rate] of rowOf(plan, result.series, "throughput_per_s").entries())
          expect(rates[0]![cell]! + rates[1]![cell]!).toBeCloseTo(rate, 9);
      }
    });
    fc.assert(law, runs);
  });

  it("run of kinds of requests pools entries of one class: one that has nearly all has their quantiles to the last bit", () => {
    const law = fc.property(anyCalls(), seeds, (plan, seed) => {
      const mix = ["endpoint-0", "endpoint-1", "elsewhere"].map((name) => ({
        weight: 1,
        endpoint: name,
        class: "all",
      }));
      const rare = { weight: 0, endpoint: "", class: "none" };
      const pooled = {
        ...plan,
        generators: plan.generators.map((generator) => ({ ...generator, mix: [...mix, rare] })),
      };
      const value = measured(pooled, run(pooled, seed, 0));
      for (const p of ["p50", "p95", "p99"]) expect(value(`all.latency_s_${p}`)).toBe(value(`latency_s_${p}`));
    });
    fc.assert(law, runs);
  });

  it("run of kinds of requests changes nothing else", () => {
    const law = fc.property(classified, seeds, (plan, seed) => {
      expect(requestKinds(plan).length).toBe(4);
      // One class for all, and no endpoints apart: the same requests, and no kinds.
      const alike = { ...plan, generators: plan.generators.map((it) => ({ ...it, mix: it.mix.slice(0, 1) })) };
      const apart = {
        ...alike,
        generators: alike.generators.map((it) => ({
          ...it,
          mix: [...it.mix, { ...it.mix[0]!, weight: 0, class: "rare" }],
        })),
      };
      expect(requestKinds(alike)).toEqual([]);
      const [one, other] = [alike, apart].map((it) => run(it, seed, 0));
      const values = [measured(alike, one!), measured(apart, other!)] as const;
      expect(differing(metricsOf(alike), values[1], values[0])).toEqual([]);
      const rows = [rowsOf(alike, one!.series), rowsOf(apart, other!.series)] as const;
      expect(
        differing(
          seriesOf(alike),
          (name) => rows[1].get(name),
          (name) => rows[0].get(name),
        ),
      ).toEqual([]);
      expect(other!.events).toBe(one!.events);
    });
    fc.assert(law, runs);
  });
});

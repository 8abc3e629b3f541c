import { OP_LOAD } from "../kernel/operations/network.js";
import { networkEdges } from "../measures/network-edges.js";
import type { ArrivalsPlan, MessageSizesPlan, Plan } from "../plan.js";
import type { Distribution } from "../random/distribution.js";
import type { ColumnSet } from "./column-set.js";
import type { Program } from "./program.js";
import { stepsWithin } from "./steps-within.js";
import type { StreamSet } from "./stream-set.js";

const NOTHING: Distribution = { kind: "constant", value: 0 };

/** The sizes of messages in a plan, one for each place that sends requests; instructions refer to them by position. */
export class SizeSet {
  readonly #streams: StreamSet;
  readonly #columns: ColumnSet;
  /** Whether sizes have an effect: some are given, and some edge minds them. */
  readonly #matter: boolean;
  readonly #numbers: number[][] = [];

  constructor(plan: Plan, { streams, columns }: { readonly streams: StreamSet; readonly columns: ColumnSet }) {
    this.#streams = streams;
    this.#columns = columns;
    this.#matter = networkEdges(plan).length > 0 && hasSizes(plan);
  }

  /**
   * What a request does before it is sent: it takes the sizes that its trace gives it, and draws the others, one of several by the entry of
   * its mix. Where other requests have sizes, one without has to forget those of the frame's last use.
   */
  load(sizes: readonly MessageSizesPlan[], { component, name, send, arrivals }: SizedPlace, program: Program): number {
    if (!this.#matter) return send;
    const numbers = sizes.flatMap(({ payload_kb = NOTHING, response_kb = NOTHING }, entry) => {
      const place = sizes.length === 1 ? name : `${name}.${entry}`;
      return [
        this.#streams.add(component, `${place}.payload`, payload_kb),
        this.#streams.add(component, `${place}.response`, response_kb),
      ];
    });
    const trace = arrivals?.kind === "trace" ? arrivals : undefined;
    const columns = [trace?.payload_kb, trace?.response_kb].flatMap((column) => this.#columns.add(column ?? []));
    const position = this.#numbers.push([...columns, sizes.length, ...numbers]) - 1;
    return program.add({ op: OP_LOAD, sizes: position, next: send });
  }

  /** The numbers that `System` reads. */
  numbers(): readonly number[] {
    return [this.#numbers.length, ...this.#numbers.flat()];
  }
}

/** What sends requests: its draws are named after a component and a purpose, and what they ask for goes on with `send`. */
interface SizedPlace {
  readonly component: string;
  readonly name: string;
  readonly send: number;
  /** Of a generator. */
  readonly arrivals?: ArrivalsPlan;
}

/** Whether requests have sizes by the rows of a trace. */
export function hasOwnSizes(arrivals: ArrivalsPlan): boolean {
  return arrivals.kind === "trace" && (arrivals.payload_kb !== undefined || arrivals.response_kb !== undefined);
}

function hasSizes({ generators, servers }: Plan): boolean {
  const calls = servers.flatMap(({ endpoints }) => endpoints.flatMap(({ steps }) => stepsWithin(steps)));
  const senders: readonly MessageSizesPlan[] = [
    ...generators.flatMap(({ sizes, mix }) => [sizes ?? {}, ...mix.map((entry) => entry.sizes ?? {})]),
    ...calls.flatMap((step) => (step.kind === "call" ? [step.sizes ?? {}] : [])),
  ];
  return (
    generators.some(({ arrivals }) => hasOwnSizes(arrivals)) ||
    senders.some(({ payload_kb, response_kb }) => payload_kb !== undefined || response_kb !== undefined)
  );
}

import type { Distribution } from "../random/distribution.js";
import type { Encoding } from "./encoding.js";
import { UNIT_EXPONENTIAL } from "./unit-distributions.js";

/** Encodes the edges, each as `Link` reads it. */
export function encodeLinks({ plan, streams, topology }: Encoding): readonly number[] {
  return plan.edges.flatMap(({ id, latency_s, response_latency_s, dropout_ratio }) => {
    const latency = streams.add(id, "latency", latency_s);
    return [
      latency,
      topology.hasAnswers ? streams.add(id, "response_latency", response_latency_s) : latency,
      streams.add(id, "dropout", UNIT_EXPONENTIAL),
      -Math.log1p(-dropout_ratio),
      isZero(latency_s),
      isZero(response_latency_s),
    ];
  });
}

function isZero(distribution: Distribution): number {
  return distribution.kind === "constant" && distribution.value === 0 ? 1 : 0;
}

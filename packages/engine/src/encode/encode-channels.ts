import { networkEdges, type NetworkEdge } from "../measures/network-edges.js";
import type { Distribution } from "../random/distribution.js";
import type { Encoding } from "./encoding.js";
import type { StreamSet } from "./stream-set.js";
import type { Topology } from "./topology.js";
import { UNIT_UNIFORM } from "./unit-distributions.js";

const BYTES_PER_S_PER_MBPS = 125_000;

const NO_TIME: Distribution = { kind: "constant", value: 0 };

/** What some edges do to messages besides delaying them, in the order of `networkEdges`. */
export function encodeChannels({ plan, topology, streams }: Encoding): readonly number[] {
  return networkEdges(plan).flatMap((edge) => encodeChannel(edge, topology, streams));
}

function encodeChannel(
  { edge, index, network, bandwidth_mbps }: NetworkEdge,
  { sources, targets }: Topology,
  streams: StreamSet,
): readonly number[] {
  const { retransmission, slow_start } = network;
  const { id, latency_s, response_latency_s } = edge;
  const { round_trip_s } = slow_start ?? {};
  // What comes to a client from elsewhere than a generator has been served.
  const carriesResponses = targets[index]!.kind === "client" && sources[index]!.kind !== "generator";
  return [
    index,
    bandwidth_mbps * BYTES_PER_S_PER_MBPS,
    carriesResponses ? 1 : 0,
    retransmission?.timeout_s ?? 0,
    retransmission?.limit ?? 0,
    slow_start?.initial_window_segments ?? 0,
    slow_start?.mss_bytes ?? 1,
    streams.add(id, "slow_start_latency", round_trip_s ?? latency_s),
    streams.add(id, "slow_start_response_latency", round_trip_s === undefined ? response_latency_s : NO_TIME),
    streams.add(id, "degradation", UNIT_UNIFORM),
  ];
}

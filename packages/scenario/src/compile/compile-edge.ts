import type { ConnectionPlan, EdgePlan, NetworkPlan, SlowStartPlan } from "@loadstar/engine";
import type { ResolvedNetwork, ResolvedSlowStart } from "../model/resolved-network.js";
import type { ResolvedEdge } from "../model/resolved-scenario.js";
import type { Connection } from "../model/scenario.js";

/** Compiles an edge. */
export function compileEdge(edge: ResolvedEdge): EdgePlan {
  const { id, source, target, latency, response_latency, dropout_rate, connection, network, group } = edge;
  return {
    id,
    source,
    target,
    latency_s: latency,
    response_latency_s: response_latency,
    dropout_ratio: dropout_rate,
    ...(connection === undefined ? {} : { connection: compileConnection(connection) }),
    ...(network === undefined ? {} : { network: compileNetwork(network) }),
    ...(network === undefined || group === undefined ? {} : { group }),
  };
}

function compileConnection(connection: Required<Connection>): ConnectionPlan {
  const { tcp_round_trips, tls_round_trips, keep_alive_s, max_idle, ram_per_connection_mb: ram_mb } = connection;
  const round_trips = tcp_round_trips + tls_round_trips;
  return { round_trips, keep_alive_s, max_idle, ...(ram_mb === 0 ? {} : { ram_mb }) };
}

function compileNetwork({ bandwidth_mbps, retransmit_s, max_retransmits, slow_start }: ResolvedNetwork): NetworkPlan {
  return {
    ...(bandwidth_mbps === null ? {} : { bandwidth_mbps }),
    ...(retransmit_s === null ? {} : { retransmission: { timeout_s: retransmit_s, limit: max_retransmits } }),
    ...(slow_start === null ? {} : { slow_start: compileSlowStart(slow_start) }),
  };
}

function compileSlowStart({ round_trip_s, ...window }: ResolvedSlowStart): SlowStartPlan {
  return round_trip_s === null ? window : { round_trip_s, ...window };
}

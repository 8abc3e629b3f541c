import { DEFAULTS } from "../model/defaults.js";
import type { Dialect } from "../model/dialect.js";
import type { EdgeNetwork, MessageSizes, SlowStart } from "../model/edge-network.js";
import type { ResolvedNetwork, ResolvedSizes, ResolvedSlowStart } from "../model/resolved-network.js";
import { resolveDuration } from "./resolve-distribution.js";

/** What an edge does to messages; no key where it does nothing. */
export function networkIn(edge: EdgeNetwork, dialect: Dialect): { readonly network?: ResolvedNetwork } {
  const { bandwidth_mbps, retransmit_s, max_retransmits, slow_start } = edge;
  if (bandwidth_mbps === undefined && retransmit_s === undefined && slow_start === undefined) return {};
  const network = {
    bandwidth_mbps: bandwidth_mbps ?? null,
    retransmit_s: retransmit_s ?? null,
    max_retransmits: max_retransmits ?? DEFAULTS.max_retransmits,
    slow_start: slow_start === undefined ? null : resolveSlowStart(slow_start, dialect),
  };
  return { network };
}

/** The sizes that stand among other keys, and those of `others` where there are none; no key where nothing has a size. */
export function sizesIn(
  { payload_kb, response_kb }: MessageSizes,
  dialect: Dialect,
  others: ResolvedSizes = {},
): { readonly sizes?: ResolvedSizes } {
  const sizes = {
    ...others,
    ...(payload_kb === undefined ? {} : { payload_kb: resolveDuration(payload_kb, dialect) }),
    ...(response_kb === undefined ? {} : { response_kb: resolveDuration(response_kb, dialect) }),
  };
  return Object.keys(sizes).length === 0 ? {} : { sizes };
}

function resolveSlowStart(
  { round_trip_s, initial_window_segments, mss_bytes }: SlowStart,
  dialect: Dialect,
): ResolvedSlowStart {
  return {
    round_trip_s: round_trip_s === undefined ? null : resolveDuration(round_trip_s, dialect),
    initial_window_segments: initial_window_segments ?? DEFAULTS.initial_window_segments,
    mss_bytes: mss_bytes ?? DEFAULTS.mss_bytes,
  };
}

import type { RecordedChannel, RecordedDirection } from "./recorded-channel.js";
import type { RecordedGate, RecordedServer } from "./recorded-servers.js";
import type { RecordedPool } from "./recorded-stores.js";
import type { RecordedLevel } from "./recorded-level.js";
import { summed } from "./pooled-requests.js";
import { RecordedValues } from "./recorded-values.js";

/** What several servers recorded, at least one, as if they were one. The maxima of its levels are unknown: NaN. */
export function pooledServers(all: readonly RecordedServer[]): RecordedServer {
  const level = (of: (server: RecordedServer) => RecordedLevel): RecordedLevel => pooledLevels(all.map(of));
  const sum = (of: (server: RecordedServer) => number): number => all.reduce((total, server) => total + of(server), 0);
  return {
    ready: level(({ ready }) => ready),
    io: level(({ io }) => io),
    ramQueue: level(({ ramQueue }) => ramQueue),
    ram: level(({ ram }) => ram),
    cpu: level(({ cpu }) => cpu),
    cpuWait: RecordedValues.pooled(all.map(({ cpuWait }) => cpuWait)),
    ramWait_s: sum(({ ramWait_s }) => ramWait_s),
    reservations: sum(({ reservations }) => reservations),
    visits: sum(({ visits }) => visits),
    served_s: sum(({ served_s }) => served_s),
    residence_s: sum(({ residence_s }) => residence_s),
    zombie_s: sum(({ zombie_s }) => zombie_s),
    cpu_s: sum(({ cpu_s }) => cpu_s),
    limited: sum(({ limited }) => limited),
  };
}

/** As `pooledServers`, for pools. */
export function pooledPools(all: readonly RecordedPool[]): RecordedPool {
  return {
    held: pooledLevels(all.map(({ held }) => held)),
    queue: pooledLevels(all.map(({ queue }) => queue)),
    wait: RecordedValues.pooled(all.map(({ wait }) => wait)),
    timeouts: all.reduce((sum, { timeouts }) => sum + timeouts, 0),
    rejected: all.reduce((sum, { rejected }) => sum + rejected, 0),
  };
}

/** As `pooledServers`, for gates. */
export function pooledGates(all: readonly RecordedGate[]): RecordedGate {
  const sum = (of: (gate: RecordedGate) => number): number => all.reduce((total, gate) => total + of(gate), 0);
  return {
    inside: pooledLevels(all.map(({ inside }) => inside)),
    queue: pooledLevels(all.map(({ queue }) => queue)),
    limit: pooledLevels(all.map(({ limit }) => limit)),
    wait: RecordedValues.pooled(all.map(({ wait }) => wait)),
    rejected: sum(({ rejected }) => rejected),
    dropped: sum(({ dropped }) => dropped),
    shed: sum(({ shed }) => shed),
    expired: sum(({ expired }) => expired),
    limited: sum(({ limited }) => limited),
  };
}

/** As `pooledServers`, for channels; what is busy is the mean of all of them. */
export function pooledChannels(all: readonly RecordedChannel[]): RecordedChannel {
  const sum = (of: (channel: RecordedChannel) => number): number => all.reduce((total, one) => total + of(one), 0);
  return {
    there: pooledDirections(all.map(({ there }) => there)),
    back: pooledDirections(all.map(({ back }) => back)),
    retransmissions: sum(({ retransmissions }) => retransmissions),
    stalled: sum(({ stalled }) => stalled),
    stall_s: sum(({ stall_s }) => stall_s),
  };
}

function pooledDirections(all: readonly RecordedDirection[]): RecordedDirection {
  const busy = pooledLevels(all.map((direction) => direction.busy));
  return {
    transfers: pooledLevels(all.map(({ transfers }) => transfers)),
    busy: { ...busy, area: busy.area / all.length },
    transfer: RecordedValues.pooled(all.map(({ transfer }) => transfer)),
    bytes: all.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}

/** When each level was highest is not recorded, so the maximum of their sum is unknown. */
function pooledLevels(all: readonly RecordedLevel[]): RecordedLevel {
  return {
    area: all.reduce((sum, { area }) => sum + area, 0),
    maximum: Number.NaN,
    cellMeans: summed(all.map(({ cellMeans }) => cellMeans)),
    cellEnds: summed(all.map(({ cellEnds }) => cellEnds)),
  };
}

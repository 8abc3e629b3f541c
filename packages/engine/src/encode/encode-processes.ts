import { OP_JOIN } from "../kernel/operations/calls.js";
import { RANK_ARRIVAL, RANK_STOP } from "../kernel/pending-events.js";
import { OP_LAUNCH, OP_PAUSE, OP_QUOTA, OP_RESUME, OP_SLEEP } from "../kernel/operations/processing.js";
import type { BackgroundPlan } from "../cpu-plan.js";
import type { ServerPlan } from "../plan.js";
import { encodeAccept } from "./encode-server.js";
import { encodeCpuStep, workPlace } from "./encode-work.js";
import type { Encoding } from "./encoding.js";

/** What servers do by themselves from the beginning on: where the program of each begins. */
export function encodeProcesses(encoding: Encoding): readonly number[] {
  return encoding.plan.servers.flatMap((server, index) => [
    ...encodeQuotaTurns(server, index, encoding),
    ...encodePauses(server, index, encoding),
    ...(server.cpu?.background ?? []).map((background) => encodeBackground(background, server, index, encoding)),
  ]);
}

function encodeQuotaTurns({ cpu }: ServerPlan, server: number, { program }: Encoding): readonly number[] {
  return cpu === undefined || cpu.quota === null ? [] : [program.add({ op: OP_QUOTA, server })];
}

/** Every event loop has pauses of its own. */
function encodePauses(
  { id, cpu }: ServerPlan,
  server: number,
  { program, streams, exposure }: Encoding,
): readonly number[] {
  if (cpu === undefined || cpu.pauses === null) return [];
  const { every_s, length_s } = cpu.pauses;
  return Array.from({ length: cpu.event_loops === null ? 1 : cpu.event_loops.count }, (_, index) => {
    const gap = streams.add(id, `pause_gap:${index}`, every_s);
    const length = streams.add(id, `pause_length:${index}`, length_s);
    const resume = program.reserve();
    const pause = program.add({ op: OP_PAUSE, server, stream: length, index, next: resume });
    const calm = exposure.calm({ id, index: server }, gap, pause);
    const sleep = calm ?? program.add({ op: OP_SLEEP, stream: gap, index: RANK_STOP, next: pause });
    program.set(resume, { op: OP_RESUME, server, index, next: sleep });
    return sleep;
  });
}

/** Each piece of work is a branch that nobody waits for. */
function encodeBackground(background: BackgroundPlan, server: ServerPlan, index: number, encoding: Encoding): number {
  const { program, streams, exposure } = encoding;
  const place = workPlace(server, index, encoding.scheduled.has(index));
  const gap = streams.add(server.id, `background_gap:${background.name}`, background.every_s);
  const work = streams.add(server.id, `background_cpu:${background.name}`, background.cpu_s);
  const end = program.add({ op: OP_JOIN, server: index });
  const to = exposure.inside(place, end, (next) => {
    const step = encodeCpuStep(place, { stream: work, next, handler: next }, encoding);
    return encodeAccept({ server, index }, { next: step, handler: next }, encoding);
  });
  const sleep = program.reserve();
  const ways = [{ to, share: 1 }];
  const launch = program.add({ op: OP_LAUNCH, server: index, ways, next: sleep });
  program.set(sleep, { op: OP_SLEEP, stream: gap, index: RANK_ARRIVAL, next: launch });
  return sleep;
}

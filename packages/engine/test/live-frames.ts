import type { Frame } from "../src/kernel/frame.js";
import type { Frames } from "../src/kernel/frames.js";

/** Frames of requests that are in use: all that the run has used, but for others and those that are free. */
export function liveFrames(frames: Frames): number {
  const { used, usedApart, free } = frames as unknown as { used: number; usedApart: number; free: Frame | null };
  let live = used - usedApart;
  for (let frame = free; frame !== null; frame = frame.next) live--;
  return live;
}

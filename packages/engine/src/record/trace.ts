import type { Frame } from "../kernel/frame.js";

/** A generator produced the request. Place: its arrivals. */
export const TRACE_GENERATED: i32 = 0;
/** It goes on over a link, and is on its way until something else happens to it. Place: link. */
export const TRACE_SENT: i32 = 1;
/** The link lost it, and it ends. Place: link. */
export const TRACE_DROPPED: i32 = 2;
/** It arrived at a server. Place: server. */
export const TRACE_ENTERED: i32 = 3;
/** It met no server that was up, and ends. Place: load balancer or server. */
export const TRACE_FAILED: i32 = 4;
/** It waits for memory. Place: server. */
export const TRACE_WAITS_FOR_RAM: i32 = 5;
/** It has its memory. Place: server. */
export const TRACE_RAM_RESERVED: i32 = 6;
/** It waits for a core, in the ready queue. Place: server. */
export const TRACE_WAITS_FOR_CORE: i32 = 7;
/** It has a core. Place: server. */
export const TRACE_CORE_TAKEN: i32 = 8;
/** A CPU step begins, and lasts until something else happens to it. Place: server. */
export const TRACE_CPU_STARTED: i32 = 9;
/** It gives its core back. Place: server. */
export const TRACE_CORE_RELEASED: i32 = 10;
/** An I/O step begins, and lasts until something else happens to it. Place: server. */
export const TRACE_IO_STARTED: i32 = 11;
/** It leaves the server and returns its memory. Place: server. */
export const TRACE_LEFT: i32 = 12;
/** It is back at a client, and ends. Place: the client's instruction. */
export const TRACE_COMPLETED: i32 = 13;
/** A disruption begins; the frame is no request. Place: disruption. */
export const TRACE_DISRUPTED: i32 = 14;
/** A disruption ends; the frame is no request. Place: disruption. */
export const TRACE_RECOVERED: i32 = 15;

/**
 * Hears of everything that happens, and does nothing: so it costs nothing when it is compiled to WebAssembly. A replay puts one
 * in its place that listens, into the kernel that runs in JavaScript.
 */
export class Trace {
  record<Place>(_kind: i32, _frame: Frame, _place: Place, _now: number): void {}
}

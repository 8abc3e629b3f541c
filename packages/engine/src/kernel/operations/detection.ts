/* Operations of detectors, of throttles that they hold generators back by, and of injected faults: `Detection` does them. */

/** The first number of the family. */
export const FIRST_OF_DETECTION: i32 = 416;

/** No request: the detector `index` looks at its buffer and waits for the next time. */
export const OP_SAMPLE: i32 = 416;
/** A request leaves a server that the detector `index` watches. */
export const OP_OBSERVE: i32 = 417;
/** At a server: the injector `index` may fail what arrives. Operand: server. */
export const OP_DROP: i32 = 418;
/** Before the steps: the injector `index` may make a request wait. Operand: server. */
export const OP_DELAY: i32 = 419;
/** After that: the injector `index` may fail it. */
export const OP_STRIKE: i32 = 420;
/** A user waits before a request while the throttle `index` says so. */
export const OP_HOLD_BACK: i32 = 421;
/** As OP_GENERATE, and the next request comes later while the throttle `index` says so. Operands: arrivals, mix. */
export const OP_GENERATE_THROTTLED: i32 = 422;
/** A request leaves a server whose load the throttle `index` goes by. */
export const OP_GAUGE: i32 = 423;

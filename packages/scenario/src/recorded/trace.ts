/** Recorded arrivals: when they came, what each of them asked for, and how large it was. */
export interface Trace {
  /** Ascending [s]. */
  readonly times_s: Float64Array;
  /** For each of them its kind, a position in `kinds`; empty when the file does not say. */
  readonly requests: Int32Array;
  readonly kinds: readonly TraceKind[];
  /** For each of them the size of the request and of its answer [kB], where the file says so. */
  readonly payload_kb?: Float64Array;
  readonly response_kb?: Float64Array;
}

/** What a request asks for; texts are empty where the file says nothing. */
export interface TraceKind {
  /** In lower case. */
  readonly endpoint: string;
  readonly class: string;
}

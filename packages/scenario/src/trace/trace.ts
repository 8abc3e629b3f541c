/** Recorded arrivals: when they came, and what each of them asked for. */
export interface Trace {
  /** Ascending [s]. */
  readonly times_s: Float64Array;
  /** For each of them its kind, a position in `kinds`; empty when the file does not say. */
  readonly requests: Int32Array;
  readonly kinds: readonly TraceKind[];
}

/** What a request asks for; texts are empty where the file says nothing. */
export interface TraceKind {
  /** In lower case. */
  readonly endpoint: string;
  readonly class: string;
}

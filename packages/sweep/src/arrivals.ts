/** What came of a promise. */
export type Arrival<Value> = { readonly value: Value } | { readonly error: unknown };

/** Promises in the order in which they settle. */
export class Arrivals<Value> {
  readonly #arrived: Arrival<Value>[] = [];
  #wake: () => void = () => undefined;
  /** Under way, or not asked for yet. */
  expected = 0;

  expect(promise: Promise<Value>): void {
    this.expected++;
    promise.then(
      (value) => this.#arrive({ value }),
      (error: unknown) => this.#arrive({ error }),
    );
  }

  /** The next one that settles; there must be one. */
  async next(): Promise<Arrival<Value>> {
    if (this.#arrived.length === 0) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    this.expected--;
    return this.#arrived.shift()!;
  }

  #arrive(arrival: Arrival<Value>): void {
    this.#arrived.push(arrival);
    this.#wake();
  }
}

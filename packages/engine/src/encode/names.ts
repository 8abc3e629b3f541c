/** No name. */
const UNNAMED = -1;

/** Numbers for names, in the order of their first use. */
export class Names {
  readonly #numbers = new Map<string, number>();

  /** The number of a name; -1 for the empty one. */
  find(name: string): number {
    if (name === "") return UNNAMED;
    const number = this.#numbers.get(name) ?? this.#numbers.size;
    this.#numbers.set(name, number);
    return number;
  }
}

/** A rate that is constant between its changes. After a reset it has no value until the first change, at 0. */
export abstract class Rate {
  value_per_s: number = 0;
  /** When it changes [s]. */
  end_s: number = 0;

  reset(): void {
    this.value_per_s = 0;
    this.end_s = 0;
  }

  /** Takes the value that it has from `end_s` on. */
  abstract change(): void;
}

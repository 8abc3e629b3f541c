/** A factor of a rate, in pieces on which it is smooth. After a reset it has no value until the first change, at 0. */
export abstract class Factor {
  /** When the present piece ends [s]. */
  end_s: number = 0;
  /** Whether it is constant in the present piece. */
  constant: boolean = true;

  reset(): void {
    this.end_s = 0;
  }

  /** Its value at a time of the present piece [s]. */
  abstract at(time_s: number): number;

  /** Goes on to the piece that begins at `end_s`. */
  abstract change(): void;
}

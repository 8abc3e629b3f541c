/** A person or a supervisor stopped the command. */
export class Interrupted extends Error {
  constructor() {
    super("interrupted: nothing was written");
    this.name = "Interrupted";
  }
}

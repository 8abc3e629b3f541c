/** How probable it is that a request to a server fails: of several spikes each has its chance. */
export class Errors {
  ratio: number = 0;
  /** The ratios in force; the first `count` are. */
  private readonly ratios: number[];
  private count: i32 = 0;

  constructor() {
    this.ratios = [];
  }

  reset(): void {
    this.count = 0;
    this.combine();
  }

  add(ratio: number): void {
    if (this.count === this.ratios.length) this.ratios.push(ratio);
    else this.ratios[this.count] = ratio;
    this.count++;
    this.combine();
  }

  remove(ratio: number): void {
    let position = 0;
    while (this.ratios[position] !== ratio) position++;
    this.count--;
    this.ratios[position] = this.ratios[this.count];
    this.combine();
  }

  /** Anew each time: a spike with ratio 1 cannot be divided out again. */
  private combine(): void {
    let passes: number = 1;
    for (let k = 0; k < this.count; k++) passes *= 1 - this.ratios[k];
    this.ratio = 1 - passes;
  }
}

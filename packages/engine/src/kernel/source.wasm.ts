import type { NumberReader } from "../platform/number-reader.js";
import type { Numbers } from "../platform/platform.js";
import { SOURCE_CONSTANT, SOURCE_EXPONENTIAL, SOURCE_UNIFORM } from "./source-kind.js";
import { BLOCK_LENGTH } from "./stream.js";

/** The host draws a stream's next block. */
declare function refill(stream: i32): void;
/** The host's own, so that rare cases have the same bits as there. */
declare function exp(x: f64): f64;
declare function log(x: f64): f64;

class Ziggurat {
  readonly right: StaticArray<f64> = new StaticArray<f64>(257);
  readonly height: StaticArray<f64> = new StaticArray<f64>(257);
}

/** The tables of the ziggurat, which the host writes: see `random/exponential.ts`. */
export let ziggurat: Ziggurat = new Ziggurat();

/** Makes room for the tables anew, after all memory was given up. */
export function renewZiggurat(): void {
  ziggurat = new Ziggurat();
}

/**
 * Where a stream's variates come from: xoroshiro128+ (Blackman and Vigna 2018) and the commonest distributions, bit for
 * bit as pure-rand and `random` have them, the others from the host.
 */
export class Source {
  private readonly index: i32;
  private readonly kind: i32;
  private readonly a: f64;
  private readonly b: f64;
  /** The state of the generator, which the host writes when a replication starts. */
  s0: u64 = 0;
  s1: u64 = 0;

  constructor(index: i32, plan: NumberReader) {
    this.index = index;
    this.kind = plan.int();
    this.a = plan.number();
    this.b = plan.number();
  }

  fill(block: Numbers): void {
    switch (this.kind) {
      case SOURCE_CONSTANT:
        for (let k = 0; k < BLOCK_LENGTH; k++) block[k] = this.a;
        break;
      case SOURCE_UNIFORM:
        for (let k = 0; k < BLOCK_LENGTH; k++) block[k] = this.a + this.b * this.uniform();
        break;
      case SOURCE_EXPONENTIAL:
        this.fillExponential(block);
        break;
      default:
        refill(this.index);
    }
  }

  /** As `exponential` for each, with the generator's state at hand, and with nothing but what nearly all variates need in the inner loop. */
  private fillExponential(block: Numbers): void {
    const right = ziggurat.right;
    const mean = this.a;
    let k = 0;
    while (k < BLOCK_LENGTH) {
      let s0 = this.s0;
      let s1 = this.s1;
      let layer = 0;
      let x: f64 = 0;
      while (k < BLOCK_LENGTH) {
        const word = (s0 + s1) as u32;
        let mixed = s0 ^ s1;
        s0 = rotl(s0, 24) ^ mixed ^ (mixed << 16);
        s1 = rotl(mixed, 37);
        const bits = ((s0 + s1) as u32) >> 5;
        mixed = s0 ^ s1;
        s0 = rotl(s0, 24) ^ mixed ^ (mixed << 16);
        s1 = rotl(mixed, 37);
        layer = (word >> 24) as i32;
        x = fractionOf(bits, word) * right[layer];
        if (x >= right[layer + 1]) break;
        block[k++] = mean * x;
      }
      this.s0 = s0;
      this.s1 = s1;
      if (k < BLOCK_LENGTH) block[k++] = mean * this.exponentialAtTheEdge(layer, x);
    }
  }

  private word(): u32 {
    const s0 = this.s0;
    const s1 = this.s1;
    const mixed = s0 ^ s1;
    this.s0 = rotl(s0, 24) ^ mixed ^ (mixed << 16);
    this.s1 = rotl(mixed, 37);
    return (s0 + s1) as u32;
  }

  private uniform(): f64 {
    const high = this.word() >> 6;
    const low = this.word() >> 5;
    return (high as f64) * 1.4901161193847656e-8 + (low as f64) * 1.1102230246251565e-16;
  }

  private exponential(): f64 {
    const right = ziggurat.right;
    const word = this.word();
    const layer = (word >> 24) as i32;
    const bits = this.word() >> 5;
    const x = fractionOf(bits, word) * right[layer];
    return x < right[layer + 1] ? x : this.exponentialAtTheEdge(layer, x);
  }

  /** The tail, and what lies partly outside a layer: one variate in fifty or so. */
  private exponentialAtTheEdge(layer: i32, x: f64): f64 {
    if (layer === 0) return ziggurat.right[1] - log(1 - this.uniform());
    const low = ziggurat.height[layer];
    const inside = low + this.uniform() * (ziggurat.height[layer + 1] - low) < exp(-x);
    return inside ? x : this.exponential();
  }
}

/** In [0, 1): 27 bits and 23 of a word beside those that choose the layer. */
function fractionOf(bits: u32, word: u32): f64 {
  return ((((bits as u64) << 23) | ((word >> 1) & 0x7fffff)) as i64 as f64) * 8.881784197001252e-16;
}

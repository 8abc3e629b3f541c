import type { NumberReader } from "../platform/number-reader.js";
import type { Numbers } from "../platform/platform.js";
import { SOURCE_CONSTANT, SOURCE_EXPONENTIAL, SOURCE_UNIFORM } from "./source-kind.js";
import { BLOCK_LENGTH } from "./stream.js";

/** The host draws a stream's next block. */
declare function refill(stream: i32): void;
/** The host's own, so that rare cases have the same bits as there. */
declare function exp(x: f64): f64;
declare function log(x: f64): f64;

/** Where the tables of the ziggurat stand, in bytes. The host writes them: `ZIGGURAT` of `random/exponential.ts`. */
export let ziggurat: usize = 0;

const LAYERS: usize = 256;
const DOUBLE_BYTES: usize = 8;
const EDGES: usize = LAYERS * DOUBLE_BYTES;
const HEIGHTS: usize = 2 * EDGES;
const TAIL_START: usize = HEIGHTS + (LAYERS + 1) * DOUBLE_BYTES;

/** Makes room for the tables anew, after all memory was given up. */
export function renewZiggurat(): void {
  ziggurat = changetype<usize>(new StaticArray<u8>((TAIL_START + DOUBLE_BYTES) as i32));
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
    const tables = ziggurat;
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
        const position = positionOf(bits, word);
        const at = tables + (layer as usize) * DOUBLE_BYTES;
        x = position * load<f64>(at);
        if (position >= load<f64>(at, EDGES)) break;
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
    const word = this.word();
    const layer = (word >> 24) as i32;
    const bits = this.word() >> 5;
    const position = positionOf(bits, word);
    const at = ziggurat + (layer as usize) * DOUBLE_BYTES;
    const x = position * load<f64>(at);
    return position < load<f64>(at, EDGES) ? x : this.exponentialAtTheEdge(layer, x);
  }

  /** The tail, and what lies partly outside a layer: one variate in fifty or so. */
  private exponentialAtTheEdge(layer: i32, x: f64): f64 {
    if (layer === 0) return load<f64>(ziggurat, TAIL_START) - log(1 - this.uniform());
    const at = ziggurat + (layer as usize) * DOUBLE_BYTES;
    const low = load<f64>(at, HEIGHTS);
    const inside = low + this.uniform() * (load<f64>(at, HEIGHTS + DOUBLE_BYTES) - low) < exp(-x);
    return inside ? x : this.exponential();
  }
}

/** In [0, 2^50): 27 bits and 23 of a word beside those that choose the layer. */
function positionOf(bits: u32, word: u32): f64 {
  return (((bits as u64) << 23) | ((word >> 1) & 0x7fffff)) as i64 as f64;
}

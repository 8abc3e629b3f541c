import { NONE } from "./frames.js";

/**
 * The edges a load balancer may use, as a ring in their order of rotation. An edge that leaves and comes back goes to
 * the end, as in AsyncFlow. All operations but a search take constant time.
 */
export class Rotation {
  declare private readonly members: Int32Array;
  declare private readonly after: Int32Array;
  declare private readonly before: Int32Array;
  /** First edge in the rotation, or NONE. */
  declare head: number;

  /** `edgeCount` is that of the whole plan: the ring is linked through arrays indexed by edge. */
  constructor(members: readonly number[], edgeCount: number) {
    this.members = Int32Array.from(members);
    this.after = new Int32Array(edgeCount);
    this.before = new Int32Array(edgeCount);
    this.head = NONE;
  }

  reset(): void {
    this.head = NONE;
    for (const edge of this.members) this.append(edge);
  }

  append(edge: number): void {
    if (this.head === NONE) {
      this.after[edge] = edge;
      this.before[edge] = edge;
      this.head = edge;
      return;
    }
    const last = this.before[this.head]!;
    this.after[last] = edge;
    this.before[edge] = last;
    this.after[edge] = this.head;
    this.before[this.head] = edge;
  }

  remove(edge: number): void {
    const next = this.after[edge]!;
    if (next === edge) {
      this.head = NONE;
      return;
    }
    const previous = this.before[edge]!;
    this.after[previous] = next;
    this.before[next] = previous;
    if (this.head === edge) this.head = next;
  }

  /** The first edge, which then becomes the last; NONE when the rotation is empty. */
  rotate(): number {
    const edge = this.head;
    if (edge !== NONE) this.head = this.after[edge]!;
    return edge;
  }

  /** The first edge in the rotation with the smallest load; NONE when the rotation is empty. */
  leastLoaded(loadOf: Float64Array): number {
    let best = this.head;
    if (best === NONE) return NONE;
    let bestLoad = loadOf[best]!;
    for (let edge = this.after[best]!; edge !== this.head && bestLoad > 0; edge = this.after[edge]!) {
      if (loadOf[edge]! < bestLoad) {
        best = edge;
        bestLoad = loadOf[edge]!;
      }
    }
    return best;
  }

  /** Makes the edge the last of the rotation and its successor the first. */
  rotatePast(edge: number): void {
    this.head = this.after[edge]!;
  }
}

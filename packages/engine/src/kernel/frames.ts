/** No frame, no edge, no parent. */
export const NONE = -1;

/** Generations wrap here: 29 bits fit an event's tag. */
const GENERATION_MASK = 0x1fff_ffff;

/**
 * The frames of live requests: one per program that runs, in parallel arrays with a free list. Hot. A frame that is
 * released raises its generation, so an event scheduled for the frame's earlier life is recognised and ignored. `next`
 * links a frame into the one queue it waits in, or into the free list.
 */
export class Frames {
  declare live: number;
  /** Position in the program. */
  declare pc: Int32Array;
  /** The frame that called this one, or NONE. */
  declare parent: Int32Array;
  declare generation: Int32Array;
  declare next: Int32Array;
  /** The edge the request travels on or came by. */
  declare edge: Int32Array;
  /** The edge of the load balancer's choice that is not yet finished, or NONE. */
  declare dispatch: Int32Array;
  /** 1 while a CPU core is held. */
  declare core: Uint8Array;
  /** 1 while counted in the server's I/O queue. */
  declare waiting: Uint8Array;
  /** When the request was generated [s]. */
  declare start: Float64Array;
  /** When the frame joined the queue it waits in [s]. */
  declare queued: Float64Array;
  /** When the request arrived at the server it is in [s]. */
  declare arrived: Float64Array;
  /** CPU and I/O time drawn at the server it is in [s]. */
  declare served: Float64Array;
  /** Memory reserved at the server it is in [MB]. */
  declare ram: Float64Array;
  declare private free: number;
  declare private used: number;

  constructor() {
    this.live = 0;
    this.free = NONE;
    this.used = 0;
    this.allocate(64);
  }

  reset(): void {
    this.live = 0;
    this.free = NONE;
    this.used = 0;
  }

  /** A fresh frame; fields that a program sets before it reads them keep old values. */
  acquire(pc: number, parent: number, start: number): number {
    let frame = this.free;
    if (frame === NONE) {
      if (this.used === this.pc.length) this.allocate(this.used * 2);
      frame = this.used++;
      this.generation[frame] = 0;
    } else this.free = this.next[frame]!;
    this.live++;
    this.pc[frame] = pc;
    this.parent[frame] = parent;
    this.start[frame] = start;
    this.dispatch[frame] = NONE;
    this.core[frame] = 0;
    this.waiting[frame] = 0;
    this.ram[frame] = 0;
    return frame;
  }

  release(frame: number): void {
    this.live--;
    this.generation[frame] = (this.generation[frame]! + 1) & GENERATION_MASK;
    this.next[frame] = this.free;
    this.free = frame;
  }

  private allocate(capacity: number): void {
    const ints = (old: Int32Array | undefined): Int32Array => copied(old, new Int32Array(capacity));
    const flags = (old: Uint8Array | undefined): Uint8Array => copied(old, new Uint8Array(capacity));
    const doubles = (old: Float64Array | undefined): Float64Array => copied(old, new Float64Array(capacity));
    this.pc = ints(this.pc);
    this.parent = ints(this.parent);
    this.generation = ints(this.generation);
    this.next = ints(this.next);
    this.edge = ints(this.edge);
    this.dispatch = ints(this.dispatch);
    this.core = flags(this.core);
    this.waiting = flags(this.waiting);
    this.start = doubles(this.start);
    this.queued = doubles(this.queued);
    this.arrived = doubles(this.arrived);
    this.served = doubles(this.served);
    this.ram = doubles(this.ram);
  }
}

function copied<Column extends Int32Array | Uint8Array | Float64Array>(old: Column | undefined, into: Column): Column {
  if (old !== undefined) into.set(old);
  return into;
}

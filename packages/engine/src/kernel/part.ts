/** A part of the simulated system that begins every replication anew. */
export abstract class Part {
  abstract reset(): void;
}

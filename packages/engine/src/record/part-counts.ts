import type { NumberReader } from "../platform/number-reader.js";

/** How many parts of each kind that is recorded a plan has, as `encodePlan` writes it. */
export class PartCounts {
  readonly servers: i32;
  readonly links: i32;
  readonly pools: i32;
  readonly caches: i32;
  readonly kinds: i32;
  readonly processors: i32;
  readonly breakers: i32;
  readonly admissions: i32;
  readonly coldStarts: i32;
  readonly gates: i32;
  readonly diallings: i32;
  readonly sessions: i32;
  readonly llms: i32;
  readonly channels: i32;
  readonly groups: i32;
  readonly topics: i32;
  readonly troubles: i32;
  readonly autoscalers: i32;
  readonly rows: i32;
  readonly detectors: i32;
  readonly injectors: i32;
  readonly throttles: i32;
  readonly visits: i32;
  readonly ejections: i32;
  /** 1 for a plan with detailed series. */
  readonly detailed: i32;

  constructor(plan: NumberReader) {
    this.servers = plan.int();
    this.links = plan.int();
    this.pools = plan.int();
    this.caches = plan.int();
    this.kinds = plan.int();
    this.processors = plan.int();
    this.breakers = plan.int();
    this.admissions = plan.int();
    this.coldStarts = plan.int();
    this.gates = plan.int();
    this.diallings = plan.int();
    this.sessions = plan.int();
    this.llms = plan.int();
    this.channels = plan.int();
    this.groups = plan.int();
    this.topics = plan.int();
    this.troubles = plan.int();
    this.autoscalers = plan.int();
    this.rows = plan.int();
    this.detectors = plan.int();
    this.injectors = plan.int();
    this.throttles = plan.int();
    this.visits = plan.int();
    this.ejections = plan.int();
    this.detailed = plan.int();
  }
}

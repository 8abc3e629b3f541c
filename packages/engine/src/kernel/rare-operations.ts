import type { Trace } from "../record/trace.js";
import type { Answers } from "./answers.js";
import { Branches } from "./branches.js";
import { Brokers } from "./brokers/brokers.js";
import { Calls } from "./calls.js";
import { Data } from "./data.js";
import { decide } from "./decide.js";
import { Detection } from "./detection/detection.js";
import { Disruptions } from "./disruptions/disruptions.js";
import { Extensions } from "./extensions.js";
import type { Frame } from "./frame.js";
import type { Link } from "./link.js";
import { Network } from "./network/network.js";
import { Guards } from "./policies/guards.js";
import type { Instruction } from "./instruction.js";
import { FAMILY_BITS } from "./operations/core.js";
import { FIRST_OF_BROKERS } from "./operations/brokers.js";
import { FIRST_OF_CALLS } from "./operations/calls.js";
import { FIRST_OF_DATA } from "./operations/data.js";
import { FIRST_OF_DECIDING } from "./operations/deciding.js";
import { FIRST_OF_DETECTION } from "./operations/detection.js";
import { FIRST_OF_DISRUPTIONS } from "./operations/disruptions.js";
import { FIRST_OF_EXTENSIONS } from "./operations/extensions.js";
import { FIRST_OF_GUARDS } from "./operations/guards.js";
import { FIRST_OF_LLMS } from "./operations/llms.js";
import { FIRST_OF_NETWORK } from "./operations/network.js";
import { FIRST_OF_POLICIES } from "./operations/policies.js";
import { FIRST_OF_PROCESSING } from "./operations/processing.js";
import { FIRST_OF_PROTECTION } from "./operations/protection.js";
import { Llms } from "./llm/llms.js";
import { FIRST_OF_CONDUCT } from "./operations/conduct.js";
import { FIRST_OF_SCALING } from "./operations/scaling.js";
import { FIRST_OF_VISITS } from "./operations/visits.js";
import type { PendingEvents } from "./pending-events.js";
import { Gates } from "./protection/gates.js";
import { Policies } from "./policies/policies.js";
import { Processing } from "./processing/processing.js";
import type { Requests } from "./requests.js";
import { Scaling } from "./scaling/scaling.js";
import type { Scheduler } from "./processing/scheduler.js";
import type { Stay } from "./stay.js";
import type { System } from "./system.js";
import { advanceConduct } from "./crowding/advance-conduct.js";
import type { Visits } from "./visits/visits.js";

/** The frame waits, or has ended. */
export const WAITS: i32 = -1;

/**
 * All operations but the core's, by families. Compiled as a function of its own (see `scripts/build-kernel.mjs`), so that the loop over
 * events is as fast as if there were only the core's.
 */
export class RareOperations {
  private readonly processing: Processing;
  private readonly guards: Guards;
  private readonly calls: Calls;
  private readonly extensions: Extensions;
  private readonly disruptions: Disruptions;
  private readonly gates: Gates;
  private readonly llms: Llms;
  private readonly network: Network;
  private readonly policies: Policies;
  private readonly scaling: Scaling;
  private readonly data: Data;
  private readonly brokers: Brokers;
  private readonly detection: Detection;
  private readonly visits: Visits;

  constructor(
    system: System,
    stay: Stay,
    scheduler: Scheduler,
    answers: Answers,
    requests: Requests,
    pending: PendingEvents,
    trace: Trace,
  ) {
    const branches = new Branches(answers, requests, pending, trace);
    const extensions = new Extensions(stay, answers, pending, requests, trace);
    for (let k = 0; k < system.diallings.length; k++) system.diallings[k].stay = stay;
    this.processing = new Processing(stay, scheduler, requests, pending, trace);
    this.guards = new Guards(answers, pending, trace);
    this.calls = new Calls(stay, answers, branches, pending, trace);
    this.extensions = extensions;
    this.disruptions = new Disruptions(scheduler, stay, extensions.entry, answers, requests, pending, trace);
    this.gates = new Gates(stay, answers, pending, requests, trace);
    this.llms = new Llms(answers, requests, pending, trace);
    this.network = new Network(answers, pending, trace);
    this.policies = new Policies(branches, trace);
    this.scaling = new Scaling(system.autoscalers, pending, requests);
    this.data = new Data(requests.moment, pending, trace);
    this.brokers = new Brokers(stay, answers, branches, requests.moment, pending, trace, system.topics, system.groups);
    this.visits = requests.visits;
    this.detection = new Detection(system.detection, stay, answers, requests, pending, trace);
  }

  /** Does what the frame is at: WAITS, or how many events that counts as before the frame goes on. */
  advance(frame: Frame, at: Instruction, now: number): i32 {
    if (frame.op >> FAMILY_BITS === FIRST_OF_DECIDING >> FAMILY_BITS) return decide(frame, at, now);
    return this.goesOn(frame, at, now) ? 0 : WAITS;
  }

  /** Servers that come up, or go down, are what messages wait for. */
  private disrupt(frame: Frame, at: Instruction, now: number): boolean {
    const goesOn = this.disruptions.advance(frame, at, now);
    if (!goesOn) this.brokers.dispatchAll();
    return goesOn;
  }

  /** A frame goes over a link that does not just let it pass: it is lost there, or it is for the link's channel. */
  send(frame: Frame, link: Link, now: number): void {
    this.network.send(frame, link, now);
  }

  /** Does what the frame is at; whether it goes on at once. */
  private goesOn(frame: Frame, at: Instruction, now: number): boolean {
    switch (frame.op >> FAMILY_BITS) {
      case FIRST_OF_CALLS >> FAMILY_BITS:
        return this.calls.advance(frame, at, now);
      case FIRST_OF_EXTENSIONS >> FAMILY_BITS:
        return this.extensions.advance(frame, at, now);
      case FIRST_OF_PROCESSING >> FAMILY_BITS:
        return this.processing.advance(frame, at, now);
      case FIRST_OF_GUARDS >> FAMILY_BITS:
        return this.guards.advance(frame, at, now);
      case FIRST_OF_DISRUPTIONS >> FAMILY_BITS:
        return this.disrupt(frame, at, now);
      case FIRST_OF_PROTECTION >> FAMILY_BITS:
        return this.gates.advance(frame, at, now);
      case FIRST_OF_LLMS >> FAMILY_BITS:
        return this.llms.advance(frame, at, now);
      case FIRST_OF_NETWORK >> FAMILY_BITS:
        return this.network.advance(frame, at, now);
      case FIRST_OF_POLICIES >> FAMILY_BITS:
        return this.policies.advance(frame, at, now);
      case FIRST_OF_SCALING >> FAMILY_BITS:
        this.scaling.advance(frame, at, now);
        this.brokers.dispatchAll();
        return false;
      case FIRST_OF_BROKERS >> FAMILY_BITS:
        return this.brokers.advance(frame, at, now);
      case FIRST_OF_DATA >> FAMILY_BITS:
        return this.data.advance(frame, at, now);
      case FIRST_OF_DETECTION >> FAMILY_BITS:
        return this.detection.advance(frame, at, now);
      case FIRST_OF_CONDUCT >> FAMILY_BITS:
        advanceConduct(frame, at, now);
        return true;
      case FIRST_OF_VISITS >> FAMILY_BITS:
        return this.visits.advance(frame, at, now);
      default:
        return false;
    }
  }
}

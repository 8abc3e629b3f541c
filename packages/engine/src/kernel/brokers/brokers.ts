import { ENDING_REJECTED, ENDING_TIMED_OUT } from "../../record/ending.js";
import {
  TRACE_BACKS_OFF,
  TRACE_TURNED_AWAY,
  TRACE_WAITS_FOR_CONSUMER,
  TRACE_WAITS_FOR_ROOM,
  type Trace,
} from "../../record/trace.js";
import type { Answers } from "../answers.js";
import type { Branches } from "../branches.js";
import type { Frame } from "../frame.js";
import type { Moment } from "../moment.js";
import type { Instruction } from "../instruction.js";
import {
  OP_ACKNOWLEDGE,
  OP_BEGIN_WORK,
  OP_CONSUME,
  OP_END_WORK,
  OP_EXPIRE,
  OP_FREE,
  OP_GIVE_BACK,
  OP_HAND_OVER,
  OP_PUBLISH,
  OP_STAND,
} from "../operations/brokers.js";
import { RANK_STEP, RANK_TIME_LIMIT, type PendingEvents } from "../pending-events.js";
import type { Server } from "../server.js";
import type { Stay } from "../stay.js";
import { WORK_BEGUN, WORK_DONE, WORK_NOT_BEGUN } from "./consumer.js";
import { DELIVERIES, PARTITION, type Group } from "./group.js";
import type { Topic } from "./topic.js";

/**
 * Messages between publishers and consumers. A message is a frame of its own in each group that gets it. Its work is another frame, which calls
 * the consumer and keeps it busy until it answers, also when the message has not waited for that.
 */
export class Brokers {
  private readonly stay: Stay;
  private readonly answers: Answers;
  private readonly branches: Branches;
  private readonly moment: Moment;
  private readonly pending: PendingEvents;
  private readonly trace: Trace;
  private readonly topics: Topic[];
  private readonly groups: Group[];

  constructor(
    stay: Stay,
    answers: Answers,
    branches: Branches,
    moment: Moment,
    pending: PendingEvents,
    trace: Trace,
    topics: Topic[],
    groups: Group[],
  ) {
    this.stay = stay;
    this.answers = answers;
    this.branches = branches;
    this.moment = moment;
    this.pending = pending;
    this.trace = trace;
    this.topics = topics;
    this.groups = groups;
  }

  /** Does an operation of `operations/brokers.ts`; false when the frame waits, or ends. */
  advance(frame: Frame, at: Instruction, now: number): boolean {
    switch (frame.op) {
      case OP_PUBLISH:
        return this.publish(frame, at, now);
      case OP_STAND:
        this.stand(frame, at, now);
        return false;
      case OP_EXPIRE:
        at.group!.remove(frame);
        this.forget(frame, at, now);
        this.answers.vanish(frame, now);
        return false;
      case OP_BEGIN_WORK:
        return this.beginWork(frame, at, now);
      case OP_END_WORK:
        this.leave(frame, now);
        frame.goTo(at.next!);
        return true;
      case OP_HAND_OVER:
        this.handOver(frame, at, now);
        return false;
      case OP_CONSUME:
        frame.extras.begunAs = WORK_NOT_BEGUN;
        this.branches.call(frame, at, now);
        return false;
      case OP_FREE:
        // The message first: what takes its place comes after it.
        this.answers.join(frame, at, now);
        at.group!.consumers[at.index].end();
        if (frame.extras.begunAs === WORK_BEGUN) this.endWork(at, now);
        this.dispatch(at.group!);
        return false;
      case OP_ACKNOWLEDGE:
        if (!at.group!.acknowledgesBefore) {
          at.group!.record.inProcess.change(-1, now);
          this.acknowledge(frame, at, now);
        }
        this.end(frame, at.group!, now);
        return false;
      case OP_GIVE_BACK:
        return this.giveBack(frame, at, now);
      default:
        return false;
    }
  }

  /** Servers have gone down or come up, or replicas have: messages may go where they could not before. */
  dispatchAll(): void {
    for (let k = 0; k < this.groups.length; k++) this.dispatch(this.groups[k]);
  }

  /** Whether the frame goes on at once, well or not. */
  private publish(frame: Frame, at: Instruction, now: number): boolean {
    const topic = at.topic!;
    if (!topic.isFull()) {
      this.store(topic, frame, at.server!, now);
      frame.goTo(at.next!);
      return true;
    }
    if (topic.blocks) {
      this.stay.letCoreGo(frame, at.server!, now);
      this.trace.record(TRACE_WAITS_FOR_ROOM, frame, at.server!, now);
      frame.queued = now;
      topic.publishers.append(frame);
      topic.record.blocked.change(1, now);
      return false;
    }
    topic.record.rejected += 1;
    this.trace.record(TRACE_TURNED_AWAY, frame, at.server!, now);
    frame.error = 1 + ENDING_REJECTED;
    frame.goTo(at.handler!);
    return true;
  }

  /** A message stands in the queue of its group, as long as it is not too old. */
  private stand(message: Frame, at: Instruction, now: number): void {
    const group = at.group!;
    const retention_s = at.topic!.retention_s;
    if (now >= message.start + retention_s) {
      this.forget(message, at, now);
      this.end(message, group, now);
      return;
    }
    this.trace.record(TRACE_WAITS_FOR_CONSUMER, message, at.server!, now);
    group.append(message);
    if (retention_s < Infinity) {
      message.op = OP_EXPIRE;
      this.pending.schedule(message, message.start + retention_s, RANK_TIME_LIMIT);
    }
    this.dispatch(group);
  }

  /** A message that no consumer has does not count any more. */
  private forget(message: Frame, at: Instruction, now: number): void {
    const group = at.group!;
    if (message.leaf !== 0) this.pending.cancel(message);
    group.record.dropped += 1;
    group.record.backlog.change(-1, now);
    group.outstanding -= 1;
    this.letPublish(at.topic!, now);
  }

  /** Work comes to its consumer; whether it begins at once. */
  private beginWork(work: Frame, at: Instruction, now: number): boolean {
    const group = at.group!;
    const consumer = group.consumers[at.index];
    if (consumer.beginWork(work)) {
      work.goTo(at.next!);
      return true;
    }
    this.trace.record(TRACE_WAITS_FOR_CONSUMER, work, at.server!, now);
    consumer.waiting.append(work);
    group.record.prefetched.change(1, now);
    return false;
  }

  /** If a request that leaves its server is the work on a message, its consumer goes on before the broker hears of that. */
  private leave(frame: Frame, now: number): void {
    if (!frame.isExpected()) return;
    const message = frame.parent!;
    if (message.at.op !== OP_CONSUME || message.extras.begunAs !== WORK_BEGUN) return;
    message.extras.begunAs = WORK_DONE;
    this.endWork(message.at.next!, now);
  }

  /** A consumer has done the work on a message that it had begun with, and begins with the next that waits there. */
  private endWork(at: Instruction, now: number): void {
    const consumer = at.group!.consumers[at.index];
    consumer.endWork();
    const next = consumer.waiting.take();
    if (next === null) return;
    at.group!.record.prefetched.change(-1, now);
    consumer.beginWork(next);
    next.goTo(next.at.next!);
    this.moment.wake(next);
  }

  /** Every group gets the message; one that is full may lose its oldest one for that, or this one if consumers have all others. */
  private store(topic: Topic, origin: Frame, broker: Server, now: number): void {
    const partition = topic.nextPartition();
    topic.record.published += 1;
    for (let k = 0; k < topic.groups.length; k++) {
      const group = topic.groups[k];
      if (topic.drops && topic.isFullFor(group)) {
        const oldest = group.oldest();
        if (oldest === null) {
          group.record.dropped += 1;
          continue;
        }
        group.remove(oldest);
        this.forget(oldest, oldest.at, now);
        this.answers.vanish(oldest, now);
      }
      group.outstanding += 1;
      group.record.backlog.change(1, now);
      const message = this.branches.detach(origin, group.start, broker, now);
      message.extras.counters[DELIVERIES] = 0;
      message.extras.counters[PARTITION] = partition;
    }
  }

  /** Those who wait to publish go on, as many as there is room for. */
  private letPublish(topic: Topic, now: number): void {
    while (topic.publishers.head !== null && !topic.isFull()) {
      const frame = topic.publishers.take()!;
      topic.record.blocked.change(-1, now);
      topic.record.wait.add(now - frame.queued);
      if (!frame.cancelled) this.publishLate(topic, frame, now);
      this.moment.wake(frame);
    }
  }

  /** There is room for what a frame has waited to publish, which its deadline may have forbidden meanwhile. */
  private publishLate(topic: Topic, frame: Frame, now: number): void {
    if (now >= frame.deadline_s) {
      frame.error = 1 + ENDING_TIMED_OUT;
      frame.goTo(frame.at.handler!);
      return;
    }
    this.store(topic, frame, frame.at.server!, now);
    frame.goTo(frame.at.next!);
  }

  /** Messages go to the consumers that are free. */
  private dispatch(group: Group): void {
    for (let message = group.take(); message !== null; message = group.take()) {
      if (message.leaf !== 0) this.pending.cancel(message);
      this.moment.wake(message);
    }
  }

  private handOver(message: Frame, at: Instruction, now: number): void {
    const group = at.group!;
    const record = group.record;
    record.delivered += 1;
    if (message.extras.counters[DELIVERIES] === 0) record.lag.add(now - message.start);
    else record.redelivered += 1;
    message.extras.counters[DELIVERIES] = message.extras.counters[DELIVERIES] + 1;
    record.backlog.change(-1, now);
    if (group.acknowledgesBefore) this.acknowledge(message, at, now);
    else record.inProcess.change(1, now);
    this.branches.callWithin(message, at, now);
  }

  private acknowledge(message: Frame, at: Instruction, now: number): void {
    const record = at.group!.record;
    record.acknowledged += 1;
    record.endToEnd.add(now - message.start);
    at.group!.outstanding -= 1;
    this.letPublish(at.topic!, now);
  }

  /** Whether the message goes on at once. */
  private giveBack(message: Frame, at: Instruction, now: number): boolean {
    const group = at.group!;
    if (group.acknowledgesBefore) {
      group.record.lost += 1;
      this.end(message, group, now);
      return false;
    }
    group.record.inProcess.change(-1, now);
    if (message.extras.counters[DELIVERIES] >= group.mostDeliveries) {
      this.bury(message, at, now);
      return false;
    }
    group.record.backlog.change(1, now);
    message.error = 0;
    message.goTo(at.ways[0]);
    const delay_s = at.stream!.next();
    if (delay_s <= 0) return true;
    this.trace.record(TRACE_BACKS_OFF, message, at.server!, now);
    this.pending.schedule(message, now + delay_s, RANK_STEP);
    return false;
  }

  /** A message has failed too often. */
  private bury(message: Frame, at: Instruction, now: number): void {
    const group = at.group!;
    group.record.dead += 1;
    group.outstanding -= 1;
    if (group.deadLetterTopic >= 0) this.store(this.topics[group.deadLetterTopic], message, at.server!, now);
    this.letPublish(at.topic!, now);
    this.end(message, group, now);
  }

  /** A message ends, and what is behind it may go. */
  private end(message: Frame, group: Group, now: number): void {
    group.settle(message);
    this.answers.vanish(message, now);
    this.dispatch(group);
  }
}

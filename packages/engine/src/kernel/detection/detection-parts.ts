import type { NumberReader } from "../../platform/number-reader.js";
import type { Recorder } from "../../record/recorder.js";
import { Part } from "../part.js";
import type { Stream } from "../stream.js";
import { Detector } from "./detector.js";
import { Injector } from "./injector.js";
import { Throttle } from "./throttle.js";

/** The detectors of a plan, the injectors of its servers and the throttles of its generators. Programs know them by their positions. */
export class DetectionParts extends Part {
  readonly detectors: Detector[];
  readonly injectors: Injector[];
  readonly throttles: Throttle[];

  constructor() {
    super();
    this.detectors = [];
    this.injectors = [];
    this.throttles = [];
  }

  read(plan: NumberReader, streams: Stream[], recorder: Recorder): void {
    for (let k = 0; k < recorder.detectors.length; k++) {
      this.detectors.push(new Detector(plan, recorder, recorder.detectors[k]));
    }
    for (let k = 0; k < recorder.injectors.length; k++) {
      this.injectors.push(new Injector(plan, streams, recorder, recorder.injectors[k]));
    }
    for (let k = 0; k < recorder.throttles.length; k++) {
      this.throttles.push(new Throttle(plan, this.detectors, recorder, recorder.throttles[k]));
    }
  }

  reset(): void {
    for (let k = 0; k < this.detectors.length; k++) this.detectors[k].reset();
    for (let k = 0; k < this.throttles.length; k++) this.throttles[k].reset();
  }
}

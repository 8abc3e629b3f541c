// M/M/1 at rho .9 in simjs: node mm1-simjs.mjs MODULE CUSTOMERS SEED. The package puts its names on the browser's `window`.
import { createRequire } from "node:module";

const ARRIVALS_PER_S = 90;
const SERVED_PER_S = 100;

const [file, customers, seed] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])];
globalThis.window = {};
createRequire(import.meta.url)(file);
const { Entity, Facility, Random, Sim } = globalThis.window.Sim;

const chance = new Random(seed);
const server = new Facility("server");
let sum_s = 0;
let generated = 0;
let completed = 0;

class Source extends Entity {
  start() {
    this.setTimer(chance.exponential(ARRIVALS_PER_S)).done(this.arrive);
  }

  arrive() {
    const start_s = this.time();
    this.useFacility(server, chance.exponential(SERVED_PER_S)).done(() => {
      sum_s += this.time() - start_s;
      completed++;
    });
    if (++generated < customers) this.setTimer(chance.exponential(ARRIVALS_PER_S)).done(this.arrive);
  }
}

const simulation = new Sim();
simulation.addEntity(Source);
const started = performance.now();
simulation.simulate(Number.MAX_VALUE);
const seconds = (performance.now() - started) / 1000;
console.log(JSON.stringify({ requests: completed, seconds, mean_sojourn_s: sum_s / completed }));

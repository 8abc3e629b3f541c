#pragma once
#include "simulation.hpp"

/** A source and an exponential delay of which `pending` are under way on average; timed once the system is full. */
Outcome runHold(uint64_t pending, uint64_t requests, uint64_t seed) {
  constexpr double kDelay_s = 1;
  constexpr uint64_t kFill = 8;
  const uint64_t filling = kFill * pending;
  const double gap_s = kDelay_s / static_cast<double>(pending);
  Simulation simulation(filling + requests, seed);
  Outcome& outcome = simulation.outcome;
  Outcome filled;
  Stopwatch stopwatch;
  Event event{};
  simulation.schedule(simulation.random.exponential(gap_s), kArrival, kNone);
  while (simulation.generatesMore()) {
    simulation.pop(event);
    if (event.kind == kArrival) {
      const uint32_t request = simulation.begin();
      simulation.schedule(simulation.random.exponential(kDelay_s), kIoEnd, request);
      simulation.schedule(simulation.random.exponential(gap_s), kArrival, kNone);
      if (outcome.requests == filling) {
        filled = outcome;
        stopwatch = Stopwatch();
      }
    } else {
      simulation.complete(event.request);
    }
  }
  outcome.seconds = stopwatch.seconds();
  const uint64_t events = outcome.events - filled.events;
  while (simulation.pop(event)) {
    if (event.kind == kIoEnd) simulation.complete(event.request);
  }
  outcome.requests -= filled.requests;
  outcome.completed -= filling;
  outcome.events = events;
  return outcome;
}

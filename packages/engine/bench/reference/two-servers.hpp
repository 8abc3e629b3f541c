#pragma once
#include <random>

#include "simulation.hpp"

/**
 * AsyncFlow's two_servers_lb: 400 users on average, drawn again every minute; a client, a load balancer in rotation and two
 * servers of one core and 16 places in memory; 2 ms of CPU and 12 ms of I/O; exponential latencies, 1 % lost on each edge.
 */
Outcome runTwoServers(uint64_t requests, uint64_t seed) {
  constexpr double kUsers = 400, kRequestsPerUser_s = 20.0 / 60, kWindow_s = 60;
  constexpr double kLatency_s[] = {0.003, 0.002, 0.002, 0.003}, kDropout = 0.01;
  constexpr double kCpu_s = 0.002, kIo_s = 0.012, kReserved_mb = 128, kMemory_mb = 2048;
  struct Server {
    uint32_t free_cores = 1;
    double free_mb = kMemory_mb;
    Queue ready, memory;
  };

  Simulation simulation(requests, seed);
  Random& random = simulation.random;
  Server servers[2];
  uint32_t rotation = 0;
  std::poisson_distribution<int> users(kUsers);
  double windowEnd_s = 0, rate_per_s = 0;

  // A gap that crosses the end of a window is drawn again from there: exponential gaps have no memory.
  const auto nextGap = [&] {
    double from = simulation.now;
    for (;;) {
      if (rate_per_s > 0) {
        const double arrival = from + random.exponential(1 / rate_per_s);
        if (arrival < windowEnd_s) return arrival - simulation.now;
      }
      from = windowEnd_s;
      windowEnd_s += kWindow_s;
      rate_per_s = users(random) * kRequestsPerUser_s;
    }
  };
  const auto send = [&](uint32_t request) {
    if (random.uniform() <= kDropout) return simulation.drop(request);
    simulation.schedule(random.exponential(kLatency_s[simulation.at(request).hop]), kDelivery, request);
  };
  const auto startCpu = [&](Server& server, uint32_t request) {
    if (server.free_cores == 0) return simulation.append(server.ready, request);
    server.free_cores--;
    simulation.schedule(kCpu_s, kCpuEnd, request);
  };
  const auto enter = [&](Server& server, uint32_t request) {
    if (server.free_mb < kReserved_mb) return simulation.append(server.memory, request);
    server.free_mb -= kReserved_mb;
    startCpu(server, request);
  };
  const auto deliver = [&](uint32_t request) {
    switch (simulation.at(request).hop++) {
      case 0:
        return send(request);
      case 1:
        simulation.at(request).server = rotation++ & 1;
        return send(request);
      case 2:
        return enter(servers[simulation.at(request).server], request);
      default:
        return simulation.complete(request);
    }
  };

  const Stopwatch stopwatch;
  Event event{};
  simulation.schedule(nextGap(), kArrival, kNone);
  while (simulation.pop(event)) {
    const uint32_t request = event.request;
    switch (event.kind) {
      case kArrival:
        send(simulation.begin());
        if (simulation.generatesMore()) simulation.schedule(nextGap(), kArrival, kNone);
        break;
      case kDelivery:
        deliver(request);
        break;
      case kCpuEnd: {
        Server& server = servers[simulation.at(request).server];
        server.free_cores++;
        const uint32_t next = simulation.take(server.ready);
        if (next != kNone) startCpu(server, next);
        simulation.schedule(kIo_s, kIoEnd, request);
        break;
      }
      case kIoEnd: {
        Server& server = servers[simulation.at(request).server];
        server.free_mb += kReserved_mb;
        const uint32_t next = simulation.take(server.memory);
        if (next != kNone) enter(server, next);
        send(request);
      }
    }
  }
  simulation.outcome.seconds = stopwatch.seconds();
  return simulation.outcome;
}

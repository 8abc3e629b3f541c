#pragma once
#include "simulation.hpp"

/** Servers with exponential service: one after another, or one of many behind a load balancer in rotation. */
struct Network {
  const char* name;
  uint32_t servers, cores;
  double arrivals_per_s, service_s, hop_s;
  bool balanced;
};
constexpr Network kNetworks[] = {
    {"mm1", 1, 1, 90, 0.01, 0, false},           {"mmc", 1, 4, 360, 0.01, 0, false},
    {"tandem", 20, 1, 80, 0.01, 0, false},       {"three_tiers", 3, 1, 80, 0.01, 0.001, false},
    {"thousand_servers", 1000, 1, 80000, 0.01, 0.001, true},
};

Outcome runNetwork(const Network& model, uint64_t requests, uint64_t seed) {
  struct Server {
    uint32_t free_cores;
    Queue ready;
  };
  Simulation simulation(requests, seed);
  std::vector<Server> servers(model.servers, Server{model.cores, {}});
  const uint32_t lastHop = model.balanced ? 3 : model.servers + 1;
  uint32_t rotation = 0;

  const auto serve = [&](uint32_t request) {
    simulation.schedule(simulation.random.exponential(model.service_s), kCpuEnd, request);
  };
  const auto send = [&](uint32_t request) { simulation.schedule(model.hop_s, kDelivery, request); };
  // The edges: generator to client, client to load balancer or first server, server to server, last server to client.
  const auto deliver = [&](uint32_t request) {
    for (;;) {
      Request& it = simulation.at(request);
      const uint32_t hop = it.hop++;
      if (hop == lastHop) return simulation.complete(request);
      if (hop > 0 && !(model.balanced && hop == 1)) {
        it.server = model.balanced ? rotation++ % model.servers : hop - 1;
        Server& server = servers[it.server];
        if (server.free_cores == 0) return simulation.append(server.ready, request);
        server.free_cores--;
        return serve(request);
      }
      if (model.hop_s > 0) return send(request);
    }
  };

  const Stopwatch stopwatch;
  Event event{};
  simulation.schedule(simulation.random.exponential(1 / model.arrivals_per_s), kArrival, kNone);
  while (simulation.pop(event)) {
    switch (event.kind) {
      case kArrival: {
        const uint32_t request = simulation.begin();
        if (simulation.generatesMore()) {
          simulation.schedule(simulation.random.exponential(1 / model.arrivals_per_s), kArrival, kNone);
        }
        model.hop_s > 0 ? send(request) : deliver(request);
        break;
      }
      case kCpuEnd: {
        Server& server = servers[simulation.at(event.request).server];
        const uint32_t next = simulation.take(server.ready);
        next == kNone ? static_cast<void>(server.free_cores++) : serve(next);
        model.hop_s > 0 ? send(event.request) : deliver(event.request);
        break;
      }
      default:
        deliver(event.request);
    }
  }
  simulation.outcome.seconds = stopwatch.seconds();
  return simulation.outcome;
}

// The rival of the benchmark: the same systems as models.mjs, event by event, the way a good ordinary C++ program does it. One
// std::priority_queue ordered by (time, sequence), one xoroshiro128+, -std::log for exponentials, requests in a vector with a
// free list, a switch over kinds of events. It measures nothing but the sum and count of sojourns, so that it can be checked.
//
//   c++ -O3 -std=c++17 -o reference reference.cpp
//   ./reference MODEL REQUESTS SEED      MODEL: mm1, mmc, tandem, three_tiers, thousand_servers, two_servers_lb, hold_<pending>
//
// Prints one line of JSON. A shorter run that is not timed comes first. Edges without latency are calls, not events.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "hold.hpp"
#include "network.hpp"
#include "two-servers.hpp"

static Outcome run(const std::string& model, uint64_t requests, uint64_t seed) {
  if (model.rfind("hold_", 0) == 0) return runHold(std::strtoull(model.c_str() + 5, nullptr, 10), requests, seed);
  if (model == "two_servers_lb") return runTwoServers(requests, seed);
  for (const Network& network : kNetworks) {
    if (model == network.name) return runNetwork(network, requests, seed);
  }
  std::fprintf(stderr, "Cannot run the model: it must be one that models.mjs names: current value is %s\n", model.c_str());
  std::exit(2);
}

int main(int count, char** words) {
  if (count != 4) {
    std::fprintf(stderr, "Usage: reference MODEL REQUESTS SEED\n");
    return 2;
  }
  const std::string model = words[1];
  const uint64_t requests = std::strtoull(words[2], nullptr, 10), seed = std::strtoull(words[3], nullptr, 10);
  run(model, std::max<uint64_t>(1, requests / 10), ~seed);
  const Outcome outcome = run(model, requests, seed);
  std::printf("{\"model\":\"%s\",\"requests\":%llu,\"completed\":%llu,\"events\":%llu,\"seconds\":%.9f,\"mean_sojourn_s\":%.12g}\n",
              model.c_str(), static_cast<unsigned long long>(outcome.requests),
              static_cast<unsigned long long>(outcome.completed), static_cast<unsigned long long>(outcome.events),
              outcome.seconds, outcome.sum / static_cast<double>(outcome.counted));
}

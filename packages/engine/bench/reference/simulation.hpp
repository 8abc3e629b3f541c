#pragma once
#include <chrono>
#include <cmath>
#include <cstdint>
#include <queue>
#include <utility>
#include <vector>

constexpr uint32_t kNone = UINT32_MAX;
/** Share of the requests that come first and are simulated but not counted in the mean sojourn. */
constexpr double kWarmUpRatio = 0.2;

/** xoroshiro128+ (Blackman and Vigna 2018), seeded by splitmix64. */
class Random {
 public:
  using result_type = uint64_t;
  static constexpr uint64_t min() { return 0; }
  static constexpr uint64_t max() { return UINT64_MAX; }

  explicit Random(uint64_t seed) : s0_(splitmix(seed)), s1_(splitmix(seed)) {}

  uint64_t operator()() {
    const uint64_t a = s0_;
    uint64_t b = s1_;
    const uint64_t sum = a + b;
    b ^= a;
    s0_ = rotated(a, 24) ^ b ^ (b << 16);
    s1_ = rotated(b, 37);
    return sum;
  }
  /** In (0, 1]. */
  double uniform() { return static_cast<double>(((*this)() >> 11) + 1) * 0x1p-53; }
  double exponential(double mean) { return -mean * std::log(uniform()); }

 private:
  static uint64_t rotated(uint64_t x, int bits) { return (x << bits) | (x >> (64 - bits)); }
  static uint64_t splitmix(uint64_t& state) {
    uint64_t z = (state += 0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
  }
  uint64_t s0_, s1_;
};

enum Kind : uint32_t { kArrival, kDelivery, kCpuEnd, kIoEnd };

struct Event {
  double time;
  uint64_t sequence;
  Kind kind;
  uint32_t request;
};
struct Later {
  bool operator()(const Event& a, const Event& b) const {
    return a.time > b.time || (a.time == b.time && a.sequence > b.sequence);
  }
};

struct Request {
  double start;
  uint32_t next;  // in the queue or the free list it is in
  uint32_t hop;
  uint32_t server;
  bool counted;
};

/** First in, first out, linked through the requests. */
struct Queue {
  uint32_t head = kNone, tail = kNone;
};

struct Outcome {
  uint64_t requests = 0, completed = 0, events = 0, counted = 0;
  double sum = 0, seconds = 0;
};

/** Clock, pending events, requests and tally: what every model needs. */
class Simulation {
 public:
  Simulation(uint64_t requests, uint64_t seed) : random(seed), requests_(requests), uncounted_(kWarmUpRatio * requests) {
    std::vector<Event> storage;
    storage.reserve(4096);
    pending_ = decltype(pending_)(Later(), std::move(storage));
    pool_.reserve(4096);
  }

  Random random;
  double now = 0;
  Outcome outcome;

  void schedule(double delay, Kind kind, uint32_t request) { pending_.push({now + delay, sequence_++, kind, request}); }
  bool pop(Event& event) {
    if (pending_.empty()) return false;
    event = pending_.top();
    pending_.pop();
    now = event.time;
    outcome.events++;
    return true;
  }
  bool generatesMore() const { return outcome.requests < requests_; }

  Request& at(uint32_t request) { return pool_[request]; }
  uint32_t begin() {
    uint32_t request = free_;
    if (request == kNone) {
      request = static_cast<uint32_t>(pool_.size());
      pool_.emplace_back();
    } else {
      free_ = pool_[request].next;
    }
    pool_[request] = {now, kNone, 0, 0, outcome.requests >= uncounted_};
    outcome.requests++;
    return request;
  }
  void complete(uint32_t request) {
    outcome.completed++;
    if (pool_[request].counted) {
      outcome.counted++;
      outcome.sum += now - pool_[request].start;
    }
    drop(request);
  }
  void drop(uint32_t request) {
    pool_[request].next = free_;
    free_ = request;
  }

  void append(Queue& queue, uint32_t request) {
    pool_[request].next = kNone;
    (queue.head == kNone ? queue.head : pool_[queue.tail].next) = request;
    queue.tail = request;
  }
  /** kNone when it is empty. */
  uint32_t take(Queue& queue) {
    const uint32_t request = queue.head;
    if (request != kNone) queue.head = pool_[request].next;
    return request;
  }

 private:
  uint64_t requests_, uncounted_, sequence_ = 0;
  std::priority_queue<Event, std::vector<Event>, Later> pending_;
  std::vector<Request> pool_;
  uint32_t free_ = kNone;
};

class Stopwatch {
 public:
  double seconds() const { return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count(); }

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

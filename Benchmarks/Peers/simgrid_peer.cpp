// SimGrid on the workloads of scripts/bench, written as SimGrid's users write: actors that sleep, and semaphores on
// which they wait. There is no simulated network or processor in it, which would make it slower.
//
//   simgrid_peer WORKLOAD SIZE SEED     prints: workload, count, CPU seconds, check value, growth of memory in bytes
#include <deque>
#include <random>
#include <vector>

#include <simgrid/s4u.hpp>
#include <xbt/log.h>

#include "peer.h"

namespace sg4 = simgrid::s4u;

static std::mt19937_64 generator;
static sg4::Host* host;

static double exponential(double mean) { return mean * std::exponential_distribution<double>()(generator); }

// First in, first out; whoever takes waits until there is something.
struct Line {
  std::deque<double> items;
  sg4::SemaphorePtr available = sg4::Semaphore::create(0);

  void put(double item) {
    items.push_back(item);
    available->release();
  }
  double take() {
    available->acquire();
    double item = items.front();
    items.pop_front();
    return item;
  }
};

template <class Body> static sg4::ActorPtr actor(Body body) { return sg4::Actor::create("actor", host, body); }

// Runs until the last actor that is no daemon has ended.
static void simulate() {
  Measured::run([] { sg4::Engine::get_instance()->run(); });
}

static Outcome mm1(int64_t size) {
  Line line;
  double sojourns = 0;
  actor([&line, size] {
    for (int64_t i = 0; i < size; i++) {
      sg4::this_actor::sleep_for(exponential(1 / 0.75));
      line.put(sg4::Engine::get_clock());
    }
  });
  actor([&line, &sojourns, size] {
    for (int64_t i = 0; i < size; i++) {
      double start = line.take();
      sg4::this_actor::sleep_for(exponential(1));
      sojourns += sg4::Engine::get_clock() - start;
    }
  });
  simulate();
  return {size, sojourns / static_cast<double>(size)};
}

static Outcome hold(int64_t timers, int64_t size) {
  int64_t holds = 0;
  double delays = 0, end = static_cast<double>(size) / static_cast<double>(timers);
  for (int64_t i = 0; i < timers; i++) {
    actor([&holds, &delays, end] {
      sg4::this_actor::sleep_for(exponential(1));
      while (sg4::Engine::get_clock() <= end) {
        double delay = exponential(1);
        holds++;
        delays += delay;
        sg4::this_actor::sleep_for(delay);
      }
    });
  }
  simulate();
  return {holds, delays / static_cast<double>(holds)};
}

static Outcome network(double serviceMean, bool reportsLoss, int64_t size) {
  int64_t left = size, lost = 0;
  double sojourns = 0;
  Line waiting;
  std::vector<Line> lines(200);
  for (Line& line : lines) {
    actor([&line, &left] {
      while (left > 0) {
        sg4::this_actor::sleep_for(exponential(2));
        if (left == 0) break;
        left--;
        line.put(sg4::Engine::get_clock());
      }
    });
    auto link = actor([&line, &waiting, &lost] {
      for (;;) {
        double job = line.take();
        sg4::this_actor::sleep_for(exponential(1));
        if (waiting.items.size() < 1000) waiting.put(job);
        else lost++;
      }
    });
    link->daemonize();
  }
  int64_t served = 0;
  for (int i = 0; i < 16; i++) {
    actor([&waiting, &sojourns, &served, &lost, serviceMean, size] {
      while (served + lost < size) {
        double start = waiting.take();
        sg4::this_actor::sleep_for(exponential(serviceMean));
        sojourns += sg4::Engine::get_clock() - start;
        served++;
      }
      // Whoever serves the last job sends the others home.
      sg4::Actor::kill_all();
    });
  }
  simulate();
  double share = static_cast<double>(lost) / static_cast<double>(size);
  return {size, reportsLoss ? share : sojourns / static_cast<double>(served)};
}

static Outcome timeouts(int64_t size) {
  constexpr int ownerCount = 10000;
  int64_t beats = 0, expiries = 0;
  double end = static_cast<double>(size) / ownerCount;
  for (int i = 0; i < ownerCount; i++) {
    auto beat = sg4::Semaphore::create(0);
    actor([beat, &beats, end] {
      for (;;) {
        sg4::this_actor::sleep_for(exponential(1));
        if (sg4::Engine::get_clock() > end) break;
        beats++;
        beat->release();
      }
    });
    auto watchdog = actor([beat, &expiries, end] {
      for (;;) {
        if (!beat->acquire_timeout(3)) continue;
        if (sg4::Engine::get_clock() <= end) expiries++;
        beat->acquire();
      }
    });
    watchdog->daemonize();
  }
  simulate();
  return {beats, static_cast<double>(expiries) / static_cast<double>(beats)};
}

int main(int argc, char** argv) {
  sg4::Engine engine(&argc, argv);
  if (argc != 4) {
    std::fprintf(stderr, "usage: simgrid_peer WORKLOAD SIZE SEED\n");
    return 64;
  }
  // Or it tells of each of these on the standard error.
  xbt_log_control_set("xbt_cfg.thresh:warning");
  sg4::Engine::set_config("contexts/stack-size:16");
  sg4::Engine::set_config("contexts/guard-size:0");
  host = sg4::create_full_zone("zone")->create_host("host", 1e9)->seal();
  generator.seed(std::strtoull(argv[3], nullptr, 10));
  return Peer{mm1, hold, network, timeouts}.run(argv[1], std::atoll(argv[2]));
}

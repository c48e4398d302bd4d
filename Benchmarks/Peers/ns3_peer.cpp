// ns-3 on the workloads of scripts/bench, written as ns-3's users write: events by Simulator::Schedule, a random variable
// for each purpose of each part, Watchdog for time-outs.
//
//   ns3_peer WORKLOAD SIZE SEED     prints: workload, count, CPU seconds, check value, growth of memory in bytes
#include <deque>
#include <vector>

#include <ns3/core-module.h>

#include "peer.h"

using namespace ns3;

static Ptr<ExponentialRandomVariable> exponential(double mean) {
  auto variable = CreateObject<ExponentialRandomVariable>();
  variable->SetAttribute("Mean", DoubleValue(mean));
  return variable;
}

static Time sample(const Ptr<ExponentialRandomVariable>& variable) { return Seconds(variable->GetValue()); }

struct Mm1 {
  Ptr<ExponentialRandomVariable> interarrival = exponential(1 / 0.75), service = exponential(1);
  std::deque<Time> line;
  int64_t left;
  double sojourns = 0;

  void arrive() {
    if (--left > 0) Simulator::Schedule(sample(interarrival), &Mm1::arrive, this);
    line.push_back(Simulator::Now());
    if (line.size() == 1) Simulator::Schedule(sample(service), &Mm1::depart, this);
  }
  void depart() {
    sojourns += (Simulator::Now() - line.front()).GetSeconds();
    line.pop_front();
    if (!line.empty()) Simulator::Schedule(sample(service), &Mm1::depart, this);
  }
};

static Outcome mm1(int64_t size) {
  Mm1 model;
  model.left = size;
  Simulator::Schedule(sample(model.interarrival), &Mm1::arrive, &model);
  Measured::run(Simulator::Run);
  return {size, model.sojourns / static_cast<double>(size)};
}

// One random variable serves all timers: a million of them would each hold a generator.
struct Hold {
  Ptr<ExponentialRandomVariable> delay = exponential(1);
  int64_t holds = 0;
  double delays = 0;

  void fire() {
    double seconds = delay->GetValue();
    holds++;
    delays += seconds;
    Simulator::Schedule(Seconds(seconds), &Hold::fire, this);
  }
};

static Outcome hold(int64_t timers, int64_t size) {
  Hold model;
  for (int64_t i = 0; i < timers; i++) Simulator::Schedule(sample(model.delay), &Hold::fire, &model);
  Simulator::Stop(Seconds(static_cast<double>(size) / static_cast<double>(timers)));
  Measured::run(Simulator::Run);
  return {model.holds, model.delays / static_cast<double>(model.holds)};
}

struct Station {
  Ptr<ExponentialRandomVariable> service;
  std::deque<Time> waiting;
  int idle = 16;
  int64_t left = 0, lost = 0;
  double sojourns = 0;

  void offer(Time job) {
    if (idle > 0) {
      idle--;
      Simulator::Schedule(sample(service), &Station::finish, this, job);
    } else if (waiting.size() < 1000) {
      waiting.push_back(job);
    } else {
      lost++;
    }
  }
  void finish(Time job) {
    sojourns += (Simulator::Now() - job).GetSeconds();
    if (waiting.empty()) {
      idle++;
    } else {
      Simulator::Schedule(sample(service), &Station::finish, this, waiting.front());
      waiting.pop_front();
    }
  }
};

struct Link {
  Ptr<ExponentialRandomVariable> interarrival = exponential(2), transfer = exponential(1);
  std::deque<Time> line;
  Station* station = nullptr;

  void produce() {
    if (station->left == 0) return;
    if (--station->left > 0) Simulator::Schedule(sample(interarrival), &Link::produce, this);
    line.push_back(Simulator::Now());
    if (line.size() == 1) Simulator::Schedule(sample(transfer), &Link::send, this);
  }
  void send() {
    Time job = line.front();
    line.pop_front();
    if (!line.empty()) Simulator::Schedule(sample(transfer), &Link::send, this);
    station->offer(job);
  }
};

static Outcome network(double serviceMean, bool reportsLoss, int64_t size) {
  Station station;
  station.service = exponential(serviceMean);
  station.left = size;
  std::vector<Link> links(200);
  for (auto& link : links) {
    link.station = &station;
    Simulator::Schedule(sample(link.interarrival), &Link::produce, &link);
  }
  Measured::run(Simulator::Run);
  double share = static_cast<double>(station.lost) / static_cast<double>(size);
  return {size, reportsLoss ? share : station.sojourns / static_cast<double>(size - station.lost)};
}

struct Owner {
  static inline int64_t beats = 0, expiries = 0;
  Ptr<ExponentialRandomVariable> gap = exponential(1);
  Watchdog watchdog;

  Owner() { watchdog.SetFunction(&Owner::expire); }
  static void expire() { expiries++; }

  void live() {
    watchdog.Ping(Seconds(3));
    Simulator::Schedule(sample(gap), &Owner::beat, this);
  }
  void beat() {
    beats++;
    live();
  }
};

static Outcome timeouts(int64_t size) {
  std::vector<Owner> owners(10000);
  for (auto& owner : owners) owner.live();
  Simulator::Stop(Seconds(static_cast<double>(size) / static_cast<double>(owners.size())));
  Measured::run(Simulator::Run);
  return {Owner::beats, static_cast<double>(Owner::expiries) / static_cast<double>(Owner::beats)};
}

int main(int argc, char** argv) {
  if (argc != 4) {
    std::fprintf(stderr, "usage: ns3_peer WORKLOAD SIZE SEED\n");
    return 64;
  }
  // The fastest of ns-3's schedulers on all of these workloads; its default is a map.
  ObjectFactory scheduler;
  scheduler.SetTypeId("ns3::PriorityQueueScheduler");
  Simulator::SetScheduler(scheduler);
  RngSeedManager::SetSeed(static_cast<uint32_t>(std::strtoul(argv[3], nullptr, 10)));
  int status = Peer{mm1, hold, network, timeouts}.run(argv[1], std::atoll(argv[2]));
  Simulator::Destroy();
  return status;
}

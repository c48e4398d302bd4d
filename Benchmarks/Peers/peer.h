// What the C++ peers share: arguments, clock, memory and the line they print.
#ifndef PEER_H
#define PEER_H

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <functional>
#include <fstream>
#include <string>
#include <sys/resource.h>
#include <unistd.h>

struct Outcome {
  int64_t count;
  double check;
};

// One run: prepared by the workload's function, measured while it calls `Measured::run`.
class Measured {
  static inline clock_t ticks = 0;

public:
  static void run(const std::function<void()>& simulate) {
    clock_t start = clock();
    simulate();
    ticks = clock() - start;
  }
  static double seconds() { return static_cast<double>(ticks) / CLOCKS_PER_SEC; }

  static int64_t residentBytes() {
    int64_t size = 0, pages = 0;
    std::ifstream("/proc/self/statm") >> size >> pages;
    return pages * sysconf(_SC_PAGESIZE);
  }
  static int64_t peakBytes() {
    rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return int64_t{usage.ru_maxrss} * 1024;
  }
};

// A function for each workload: prepares it, measures it, says its outcome.
struct Peer {
  Outcome (*mm1)(int64_t size);
  Outcome (*hold)(int64_t timers, int64_t size);
  Outcome (*network)(double serviceMean, bool reportsLoss, int64_t size);
  Outcome (*timeouts)(int64_t size);

  int run(const std::string& workload, int64_t size) const {
    int64_t before = Measured::residentBytes();
    Outcome outcome;
    if (workload == "mm1") outcome = mm1(size);
    else if (workload.rfind("hold-", 0) == 0) outcome = hold(std::atoll(workload.c_str() + 5), size);
    else if (workload == "network") outcome = network(0.128, false, size);
    else if (workload == "overload") outcome = network(0.192, true, size);
    else if (workload == "timeouts") outcome = timeouts(size);
    else {
      std::fprintf(stderr, "there is no workload %s\n", workload.c_str());
      return 64;
    }
    std::printf("%s\t%ld\t%.6f\t%.17g\t%ld\n", workload.c_str(), static_cast<long>(outcome.count), Measured::seconds(),
                outcome.check, static_cast<long>(Measured::peakBytes() - before));
    std::fflush(stdout);
    return 0;
  }
};

#endif

"""SimPy on the workloads of scripts/bench, written as SimPy's users write: processes, stores, interrupts.

    simpy_peer.py WORKLOAD SIZE SEED     prints: workload, count, CPU seconds, check value, growth of memory in bytes
"""

import random
import resource
import sys
import time

import simpy


class Mm1:
    """One server, arrivals of rate 0.75, mean service 1: the mean sojourn."""

    def __init__(self, size):
        self.env = simpy.Environment()
        self.size = size
        self.line = simpy.Store(self.env)
        self.sojourns = 0.0
        self.env.process(self.source())
        self.env.process(self.server())

    def source(self):
        for _ in range(self.size):
            yield self.env.timeout(random.expovariate(0.75))
            self.line.put(self.env.now)

    def server(self):
        while True:
            start = yield self.line.get()
            yield self.env.timeout(random.expovariate(1))
            self.sojourns += self.env.now - start

    def run(self):
        self.env.run()
        return self.size, self.sojourns / self.size


class Hold:
    """Timers that set themselves anew: the mean delay."""

    def __init__(self, timers, size):
        self.env = simpy.Environment()
        self.end = size / timers
        self.holds = 0
        self.delays = 0.0
        for _ in range(timers):
            self.env.process(self.timer())
        # Lets every process come to its first delay.
        self.env.run(until=1e-9)

    def timer(self):
        yield self.env.timeout(random.expovariate(1))
        while True:
            delay = random.expovariate(1)
            self.holds += 1
            self.delays += delay
            yield self.env.timeout(delay)

    def run(self):
        self.env.run(until=self.end)
        return self.holds, self.delays / self.holds


class Network:
    """200 sources, a link each, one station of 16 servers with 1000 places."""

    def __init__(self, service_mean, reports_loss, size):
        self.env = simpy.Environment()
        self.service_rate = 1 / service_mean
        self.reports_loss = reports_loss
        self.size = self.left = size
        self.waiting = simpy.Store(self.env)
        self.lost = 0
        self.sojourns = 0.0
        for _ in range(200):
            line = simpy.Store(self.env)
            self.env.process(self.source(line))
            self.env.process(self.link(line))
        for _ in range(16):
            self.env.process(self.server())

    def source(self, line):
        while True:
            yield self.env.timeout(random.expovariate(0.5))
            if self.left == 0:
                return
            self.left -= 1
            line.put(self.env.now)

    def link(self, line):
        while True:
            job = yield line.get()
            yield self.env.timeout(random.expovariate(1))
            if len(self.waiting.items) < 1000:
                self.waiting.put(job)
            else:
                self.lost += 1

    def server(self):
        while True:
            start = yield self.waiting.get()
            yield self.env.timeout(random.expovariate(self.service_rate))
            self.sojourns += self.env.now - start

    def run(self):
        self.env.run()
        check = self.lost / self.size if self.reports_loss else self.sojourns / (self.size - self.lost)
        return self.size, check


class Timeouts:
    """Owners that reset a time-out of 3 s on every beat: a watchdog each, which a beat interrupts."""

    OWNERS = 10000

    def __init__(self, size):
        self.env = simpy.Environment()
        self.end = size / self.OWNERS
        self.beats = 0
        self.expiries = 0
        for _ in range(self.OWNERS):
            self.env.process(self.owner(self.env.process(self.watchdog())))
        self.env.run(until=1e-9)

    def owner(self, watchdog):
        while True:
            yield self.env.timeout(random.expovariate(1))
            self.beats += 1
            watchdog.interrupt()

    def watchdog(self):
        while True:
            try:
                yield self.env.timeout(3)
                self.expiries += 1
                yield self.env.event()
            except simpy.Interrupt:
                pass

    def run(self):
        self.env.run(until=self.end)
        return self.beats, self.expiries / self.beats


WORKLOADS = {
    "mm1": Mm1,
    "hold-100": lambda size: Hold(100, size),
    "hold-10000": lambda size: Hold(10_000, size),
    "hold-1000000": lambda size: Hold(1_000_000, size),
    "network": lambda size: Network(0.128, False, size),
    "overload": lambda size: Network(0.192, True, size),
    "timeouts": Timeouts,
}


def resident_bytes():
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * resource.getpagesize()


def main():
    if len(sys.argv) != 4 or sys.argv[1] not in WORKLOADS:
        sys.exit("usage: simpy_peer.py WORKLOAD SIZE SEED")
    name, size, seed = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    random.seed(seed)
    before = resident_bytes()
    workload = WORKLOADS[name](size)
    start = time.process_time()
    count, check = workload.run()
    seconds = time.process_time() - start
    growth = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 - before
    print(name, count, f"{seconds:.6f}", repr(check), growth, sep="\t")


main()

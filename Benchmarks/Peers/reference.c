// The reference bound of scripts/bench: what a specialised C program reaches on the same work.
//
//   reference WORKLOAD SIZE SEED     prints: workload, count, CPU seconds, check value, growth of memory in bytes
//
// It has no API, no statistics beyond the check value and no fingerprint. It draws the same random numbers in the same
// order as Orrery's benchmarks, so that its check values must equal theirs to the last bit. EVENT_SET chooses the event
// set: heap.h, or ring.h, which each workload tells its mean gap between events.
#define _GNU_SOURCE
#include <stdio.h>
#include <time.h>
#include <sys/resource.h>
#include <unistd.h>

#include "random.h"
#include EVENT_SET

typedef struct { int64_t count; double seconds, check; int64_t bytes; } outcome;

static int64_t resident_bytes(void) {
    long pages = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    if (!file || fscanf(file, "%*d %ld", &pages) != 1) exit(70);
    fclose(file);
    return (int64_t)pages * sysconf(_SC_PAGESIZE);
}

static outcome finish(int64_t count, clock_t start, double check, int64_t bytes_before) {
    double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (outcome){count, seconds, check, (int64_t)usage.ru_maxrss * 1024 - bytes_before};
}

static random_stream numbered_stream(uint64_t seed, const char *kind, int64_t number, const char *purpose) {
    char name[64];
    snprintf(name, sizeof name, "%s/%ld", kind, (long)number);
    return stream_named(seed, name, purpose);
}

static void *allocate(size_t count, size_t size) {
    void *memory = calloc(count, size);
    if (!memory) exit(70);
    return memory;
}

// First in, first out: instants in a ring that grows.
typedef struct { int64_t *items; uint32_t head, count, mask; } queue;

static __attribute__((noinline)) void queue_grow(queue *queue) {
    uint32_t size = queue->items ? 2 * (queue->mask + 1) : 8;
    int64_t *items = allocate(size, sizeof *items);
    for (uint32_t i = 0; i < queue->count; i++) items[i] = queue->items[(queue->head + i) & queue->mask];
    free(queue->items);
    queue->items = items;
    queue->head = 0;
    queue->mask = size - 1;
}

static inline void enqueue(queue *queue, int64_t item) {
    if (!queue->items || queue->count > queue->mask) queue_grow(queue);
    queue->items[(queue->head + queue->count++) & queue->mask] = item;
}

static inline int64_t dequeue(queue *queue) {
    int64_t item = queue->items[queue->head];
    queue->head = (queue->head + 1) & queue->mask;
    queue->count--;
    return item;
}

// One server, arrivals of rate 0.75, mean service 1: the mean sojourn is 4.
static outcome mm1(int64_t size, uint64_t seed) {
    enum { arrived, served };
    random_stream arrivals = stream_named(seed, "source", "interarrival");
    random_stream services = stream_named(seed, "server", "service");
    queue line = {0};
    int64_t left = size, sum = 0, before = resident_bytes();
    event_set_create(0.5, 4);
    push(exponential_delay(&arrivals, 1 / 0.75), arrived, 0, 0);
    clock_t start = clock();
    event e;
    while (pop(&e)) {
        int64_t now = event_time(&e);
        if (e.kind == arrived) {
            if (--left > 0) push(now + exponential_delay(&arrivals, 1 / 0.75), arrived, 0, 0);
            enqueue(&line, now);
            if (line.count == 1) push(now + exponential_delay(&services, 1), served, 0, 0);
        } else {
            sum += now - dequeue(&line);
            if (line.count > 0) push(now + exponential_delay(&services, 1), served, 0, 0);
        }
    }
    return finish(size, start, (double)sum / (double)size / 1e9, before);
}

// Timers that set themselves anew: the mean delay is 1.
static outcome hold(int64_t timers, int64_t size, uint64_t seed) {
    random_stream *delays = allocate(timers, sizeof *delays);
    for (int64_t i = 0; i < timers; i++) delays[i] = numbered_stream(seed, "timer", i, "delay");
    int64_t end = (int64_t)((double)size / (double)timers * 1e9), holds = 0, sum = 0, before = resident_bytes();
    event_set_create(1.0 / (double)timers, timers);
    for (int64_t i = 0; i < timers; i++) push(exponential_delay(&delays[i], 1), 0, i, 0);
    clock_t start = clock();
    event e;
    while (pop(&e) && event_time(&e) <= end) {
        int64_t delay = exponential_delay(&delays[e.entity], 1);
        sum += delay;
        holds++;
        push(event_time(&e) + delay, 0, e.entity, 0);
    }
    return finish(holds, start, (double)sum / (double)holds / 1e9, before);
}

enum { link_count = 200, server_count = 16, place_count = 1000 };
typedef struct { random_stream arrivals, transfers; queue line; } link_state;

// 200 sources, a link each, one station of 16 servers with 1000 places: the mean sojourn, or the share that is lost.
static outcome network(double mean_service, bool reports_loss, int64_t size, uint64_t seed) {
    enum { arrived, sent, served };
    static link_state links[link_count];
    static int64_t born[server_count];
    uint32_t idle[server_count], idle_count = server_count;
    random_stream services = stream_named(seed, "station", "service");
    queue line = {0};
    int64_t left = size, lost = 0, sum = 0, before = resident_bytes();
    for (uint32_t i = 0; i < server_count; i++) idle[i] = server_count - 1 - i;
    for (int64_t i = 0; i < link_count; i++) {
        links[i].arrivals = numbered_stream(seed, "source", i, "interarrival");
        links[i].transfers = numbered_stream(seed, "link", i, "transfer");
    }
    event_set_create(1 / 300.0, 416);
    for (uint32_t i = 0; i < link_count; i++) push(exponential_delay(&links[i].arrivals, 2), arrived, i, 0);
    clock_t start = clock();
    event e;
    while (pop(&e)) {
        int64_t now = event_time(&e);
        link_state *link = &links[e.entity];
        switch (e.kind) {
        case arrived:
            if (left == 0) break;
            if (--left > 0) push(now + exponential_delay(&link->arrivals, 2), arrived, e.entity, 0);
            enqueue(&link->line, now);
            if (link->line.count == 1) push(now + exponential_delay(&link->transfers, 1), sent, e.entity, 0);
            break;
        case sent: {
            int64_t job = dequeue(&link->line);
            if (link->line.count > 0) push(now + exponential_delay(&link->transfers, 1), sent, e.entity, 0);
            if (idle_count > 0) {
                uint32_t server = idle[--idle_count];
                born[server] = job;
                push(now + exponential_delay(&services, mean_service), served, server, 0);
            } else if (line.count < place_count) {
                enqueue(&line, job);
            } else {
                lost++;
            }
            break;
        }
        case served:
            sum += now - born[e.entity];
            if (line.count > 0) {
                born[e.entity] = dequeue(&line);
                push(now + exponential_delay(&services, mean_service), served, e.entity, 0);
            } else {
                idle[idle_count++] = e.entity;
            }
        }
    }
    double mean = (double)sum / (double)(size - lost) / 1e9, share = (double)lost / (double)size;
    return finish(size, start, reports_loss ? share : mean, before);
}

// Owners that reset a time-out of 3 s on every beat, by lazy cancellation: what was reset is dropped when it is due.
static outcome timeouts(int64_t size, uint64_t seed) {
    enum { owner_count = 10000, beat = 0, expired = 1 };
    static const int64_t timeout = 3000000000;
    static struct { random_stream gaps; int64_t deadline; } owners[owner_count];
    for (int64_t i = 0; i < owner_count; i++) owners[i].gaps = numbered_stream(seed, "owner", i, "beat");
    int64_t end = (int64_t)((double)size / owner_count * 1e9), beats = 0, expiries = 0, before = resident_bytes();
    event_set_create(0.5 / owner_count, 4 * owner_count);
    for (uint32_t i = 0; i < owner_count; i++) {
        owners[i].deadline = timeout;
        push(timeout, expired, i, 0);
        push(exponential_delay(&owners[i].gaps, 1), beat, i, 0);
    }
    clock_t start = clock();
    event e;
    while (pop(&e) && event_time(&e) <= end) {
        int64_t now = event_time(&e);
        if (e.kind == beat) {
            beats++;
            owners[e.entity].deadline = now + timeout;
            push(now + timeout, expired, e.entity, 0);
            push(now + exponential_delay(&owners[e.entity].gaps, 1), beat, e.entity, 0);
        } else if (owners[e.entity].deadline == now) {
            expiries++;
        }
    }
    return finish(beats, start, (double)expiries / (double)beats, before);
}

int main(int argc, char **argv) {
    if (argc != 4) {
        fprintf(stderr, "usage: reference WORKLOAD SIZE SEED\n");
        return 64;
    }
    const char *workload = argv[1];
    int64_t size = atoll(argv[2]);
    uint64_t seed = strtoull(argv[3], NULL, 10);
    make_ziggurat();
    outcome result;
    if (!strcmp(workload, "mm1")) result = mm1(size, seed);
    else if (!strcmp(workload, "hold-100")) result = hold(100, size, seed);
    else if (!strcmp(workload, "hold-10000")) result = hold(10000, size, seed);
    else if (!strcmp(workload, "hold-1000000")) result = hold(1000000, size, seed);
    else if (!strcmp(workload, "network")) result = network(0.128, false, size, seed);
    else if (!strcmp(workload, "overload")) result = network(0.192, true, size, seed);
    else if (!strcmp(workload, "timeouts")) result = timeouts(size, seed);
    else {
        fprintf(stderr, "reference has no workload %s\n", workload);
        return 64;
    }
    printf("%s\t%ld\t%.6f\t%.17g\t%ld\n", workload, (long)result.count, result.seconds, result.check,
           (long)result.bytes);
}

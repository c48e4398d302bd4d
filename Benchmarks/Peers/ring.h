// The event set as a ring of buckets (a calendar queue) that is told the mean gap between events.
//
// A bucket holds the events of one short span of time, and of that span a whole turn of the ring later, and so on. An
// event is put into its bucket unsorted; when the clock reaches the bucket, its events of this turn are sorted into
// `due`, the few that come next. The nodes of the buckets ahead are on their way from memory by then.
#ifndef EVENT_SET_H
#define EVENT_SET_H

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>

typedef unsigned __int128 event_key;
typedef struct { event_key key; uint32_t kind, entity; uint64_t payload; } event;
typedef struct { event event; uint32_t next; } node;

enum { none = 0, capacity_max = 1 << 25, due_max = 1 << 16, look_ahead = 4 };

static node *nodes;
static uint32_t nodes_used = 1, free_node = none;
static uint32_t *buckets;
static uint64_t bucket_mask, turn;
static int shift;
static event due[due_max];
static int64_t due_count;
static int64_t ring_count;
static uint64_t insertion_count;

static void *reserve(size_t size) {
    void *memory =
        mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (memory == MAP_FAILED) exit(70);
    madvise(memory, size, MADV_HUGEPAGE);
    return memory;
}

// A bucket spans about the mean gap in seconds; the ring has room for four times the pending events.
static void event_set_create(double mean_gap, int64_t pending) {
    while ((double)((int64_t)2 << shift) < mean_gap * 1e9) shift++;
    uint64_t size = 64;
    while (size < 4 * (uint64_t)pending) size *= 2;
    bucket_mask = size - 1;
    buckets = reserve(size * sizeof *buckets);
    nodes = reserve((size_t)capacity_max * sizeof *nodes);
}

static inline uint64_t span_of(event_key key) { return (uint64_t)(key >> 64) >> shift; }

// `due` falls, so that the next event is its last.
static inline void insert_due(event new) {
    int64_t place = due_count++;
    if (due_count > due_max) exit(70);
    for (; place > 0 && due[place - 1].key < new.key; place--) due[place] = due[place - 1];
    due[place] = new;
}

static inline void push(int64_t time, uint32_t kind, uint32_t entity, uint64_t payload) {
    event new = {(event_key)(uint64_t)time << 64 | insertion_count++, kind, entity, payload};
    if (span_of(new.key) <= turn) {
        insert_due(new);
        return;
    }
    uint32_t place = free_node;
    if (place != none) {
        free_node = nodes[place].next;
    } else {
        place = nodes_used++;
        if (place == capacity_max) exit(70);
    }
    uint32_t *bucket = &buckets[span_of(new.key) & bucket_mask];
    nodes[place] = (node){new, *bucket};
    *bucket = place;
    ring_count++;
}

// Moves the events of the bucket that the clock has reached into `due`.
static inline void open_bucket(void) {
    uint32_t ahead = buckets[(turn + look_ahead) & bucket_mask];
    __builtin_prefetch(&nodes[ahead]);
    uint32_t *link = &buckets[turn & bucket_mask];
    while (*link != none) {
        uint32_t place = *link;
        node *reached = &nodes[place];
        if (span_of(reached->event.key) != turn) {
            link = &reached->next;
            continue;
        }
        *link = reached->next;
        insert_due(reached->event);
        reached->next = free_node;
        free_node = place;
        ring_count--;
    }
}

// Takes the earliest event; false if there is none.
static inline bool pop(event *earliest) {
    while (due_count == 0) {
        if (ring_count == 0) return false;
        turn++;
        open_bucket();
    }
    *earliest = due[--due_count];
    return true;
}

static inline int64_t event_time(const event *event) { return (int64_t)(event->key >> 64); }

#endif

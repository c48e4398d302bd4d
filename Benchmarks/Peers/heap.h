// The event set as a 4-ary heap with one 128-bit key: time, then insertion number.
//
// The four children of a node share two cache lines. Taking the earliest event leaves a hole at the root; the next
// event fills it from there, which is one descent instead of a descent and an ascent. In a heap that is larger than the
// nearest cache, the grandchildren of a node are on their way from memory while its children are examined.
#ifndef EVENT_SET_H
#define EVENT_SET_H

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>

typedef unsigned __int128 event_key;
typedef struct { event_key key; uint32_t kind, entity; uint64_t payload; } event;

enum { root = 3, capacity_max = 1 << 26, prefetch_min = 1 << 14 };

// The children of node i are 4i - 8 ... 4i - 5: those of the root are 4 ... 7, on a boundary of 128 bytes.
static event *heap;
static int64_t heap_end = root;
static bool root_is_open;
static uint64_t insertion_count;

static void event_set_create(double mean_gap, int64_t pending) {
    (void)mean_gap, (void)pending;
    // Only what is touched takes memory.
    heap = mmap(NULL, (size_t)capacity_max * sizeof(event), PROT_READ | PROT_WRITE,
                MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (heap == MAP_FAILED) exit(70);
    madvise(heap, (size_t)capacity_max * sizeof(event), MADV_HUGEPAGE);
}

static inline int64_t first_child(int64_t node) { return 4 * node - 8; }

static inline void sift_down(event moved) {
    int64_t hole = root;
    for (;;) {
        int64_t child = first_child(hole);
        if (child + 4 > heap_end) {
            if (child >= heap_end) break;
            int64_t smallest = child;
            for (int64_t other = child + 1; other < heap_end; other++)
                if (heap[other].key < heap[smallest].key) smallest = other;
            if (moved.key < heap[smallest].key) break;
            heap[hole] = heap[smallest];
            hole = smallest;
            break;
        }
        if (heap_end > prefetch_min) {
            const char *grandchildren = (const char *)&heap[first_child(child)];
            for (int line = 0; line < 8; line++) __builtin_prefetch(grandchildren + 64 * line);
        }
        int64_t left = child + (heap[child + 1].key < heap[child].key);
        int64_t right = child + 2 + (heap[child + 3].key < heap[child + 2].key);
        int64_t smallest = heap[right].key < heap[left].key ? right : left;
        if (moved.key < heap[smallest].key) break;
        heap[hole] = heap[smallest];
        hole = smallest;
    }
    heap[hole] = moved;
}

static inline void push(int64_t time, uint32_t kind, uint32_t entity, uint64_t payload) {
    event new = {(event_key)(uint64_t)time << 64 | insertion_count++, kind, entity, payload};
    if (root_is_open) {
        root_is_open = false;
        sift_down(new);
        return;
    }
    if (heap_end == capacity_max) exit(70);
    int64_t hole = heap_end++;
    while (hole > root) {
        int64_t parent = (hole + 8) / 4;
        if (heap[parent].key < new.key) break;
        heap[hole] = heap[parent];
        hole = parent;
    }
    heap[hole] = new;
}

// Takes the earliest event; false if there is none.
static inline bool pop(event *earliest) {
    if (root_is_open) {
        root_is_open = false;
        heap_end--;
        if (heap_end > root) sift_down(heap[heap_end]);
    }
    if (heap_end == root) return false;
    *earliest = heap[root];
    root_is_open = true;
    return true;
}

static inline int64_t event_time(const event *event) { return (int64_t)(event->key >> 64); }

#endif

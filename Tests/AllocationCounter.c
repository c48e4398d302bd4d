// Counts the allocations of a program that is started with this library in LD_PRELOAD.
//
// At the program's exit their number goes into the file that ORRERY_ALLOCATIONS names. malloc, calloc, realloc,
// posix_memalign, aligned_alloc and memalign count one each, on all threads; free does not count.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

static atomic_ulong allocations;

static void *(*next_malloc)(size_t);
static void *(*next_calloc)(size_t, size_t);
static void *(*next_realloc)(void *, size_t);
static void *(*next_memalign)(size_t, size_t);
static void (*next_free)(void *);

// dlsym itself may allocate before anything is found; what it gets lies here and is never given back.
static _Alignas(16) char early[4096];
static size_t early_used;

static void *early_memory(size_t size) {
    size_t start = early_used;
    early_used += (size + 15) / 16 * 16;
    if (early_used > sizeof early) abort();
    return early + start;
}

static int is_early(void *memory) {
    return (char *)memory >= early && (char *)memory < early + sizeof early;
}

__attribute__((constructor)) static void find(void) {
    static int is_finding;
    if (is_finding) return;
    is_finding = 1;
    next_malloc = dlsym(RTLD_NEXT, "malloc");
    next_calloc = dlsym(RTLD_NEXT, "calloc");
    next_realloc = dlsym(RTLD_NEXT, "realloc");
    next_memalign = dlsym(RTLD_NEXT, "memalign");
    next_free = dlsym(RTLD_NEXT, "free");
}

void *malloc(size_t size) {
    if (!next_malloc) find();
    if (!next_malloc) return early_memory(size);
    atomic_fetch_add_explicit(&allocations, 1, memory_order_relaxed);
    return next_malloc(size);
}

void *calloc(size_t count, size_t size) {
    if (!next_calloc) find();
    if (!next_calloc) return early_memory(count * size);
    atomic_fetch_add_explicit(&allocations, 1, memory_order_relaxed);
    return next_calloc(count, size);
}

void *realloc(void *memory, size_t size) {
    if (!next_realloc) find();
    if (!next_realloc || is_early(memory)) abort();
    atomic_fetch_add_explicit(&allocations, 1, memory_order_relaxed);
    return next_realloc(memory, size);
}

void *memalign(size_t alignment, size_t size) {
    if (!next_memalign) find();
    if (!next_memalign) abort();
    atomic_fetch_add_explicit(&allocations, 1, memory_order_relaxed);
    return next_memalign(alignment, size);
}

void *aligned_alloc(size_t alignment, size_t size) { return memalign(alignment, size); }

int posix_memalign(void **memory, size_t alignment, size_t size) {
    *memory = memalign(alignment, size);
    return *memory ? 0 : ENOMEM;
}

void free(void *memory) {
    if (is_early(memory)) return;
    if (!next_free) find();
    if (next_free) next_free(memory);
}

__attribute__((destructor)) static void report(void) {
    unsigned long count = atomic_load(&allocations);
    const char *path = getenv("ORRERY_ALLOCATIONS");
    if (!path) return;
    FILE *file = fopen(path, "w");
    if (!file) return;
    fprintf(file, "%lu\n", count);
    fclose(file);
}

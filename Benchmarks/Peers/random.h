// The kernel's random streams in C: the same names give the same numbers, to the last bit.
//
// xoshiro256++ seeded by splitmix64 from (seed, entity, purpose), and the exponential distribution by a ziggurat of
// 256 layers. exp and log are fdlibm's, as in the kernel: the C library's may differ in the last bit.
// What each step is for, and its source, stands in Sources/OrreryKernel/Random and Mathematics.
#ifndef RANDOM_H
#define RANDOM_H

#include <math.h>
#include <stdint.h>
#include <string.h>

typedef struct { uint64_t state[4]; } random_stream;

static uint64_t splitmix_next(uint64_t *state) {
    uint64_t word = *state += 0x9E3779B97F4A7C15;
    word = (word ^ word >> 30) * 0xBF58476D1CE4E5B9;
    word = (word ^ word >> 27) * 0x94D049BB133111EB;
    return word ^ word >> 31;
}

static uint64_t name_digest(const char *name) {
    uint64_t digest = 0xCBF29CE484222325;
    for (; *name; name++) digest = (digest ^ (unsigned char)*name) * 0x100000001B3;
    return splitmix_next(&digest);
}

static random_stream stream_named(uint64_t seed, const char *entity, const char *purpose) {
    uint64_t mixer = seed ^ name_digest(entity);
    mixer = splitmix_next(&mixer) ^ name_digest(purpose);
    random_stream stream;
    for (int i = 0; i < 4; i++) stream.state[i] = splitmix_next(&mixer);
    return stream;
}

static inline uint64_t stream_next(random_stream *stream) {
    uint64_t *s = stream->state;
    uint64_t sum = s[0] + s[3];
    uint64_t result = (sum << 23 | sum >> 41) + s[0];
    uint64_t shifted = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= shifted;
    s[3] = s[3] << 45 | s[3] >> 19;
    return result;
}

static const double ln2_high = 0x1.62e42feep-1, ln2_low = 0x1.a39ef35793c76p-33;

static double bits_to_double(uint64_t bits) {
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

// e to the power x for -700 < x <= 0.
static double portable_exp(double x) {
    double power = (x * 0x1.71547652b82fep0 + 0x1.8p52) - 0x1.8p52;
    double high = x - power * ln2_high, low = power * ln2_low, rest = high - low, t = rest * rest;
    double inner = 0x1.1566aaf25de2cp-14 + t * (-0x1.bbd41c5d26bf1p-20 + t * 0x1.6376972bea4dp-25);
    double c = rest - t * (0x1.555555555553ep-3 + t * (-0x1.6c16c16bebd93p-9 + t * inner));
    return (1 + (rest * c / (2 - c) - low + high)) * bits_to_double((uint64_t)((int64_t)power + 1023) << 52);
}

// The natural logarithm of a normal positive number.
static double portable_log(double x) {
    uint64_t bits, root_of_half = 0x3FE6A09E00000000;
    memcpy(&bits, &x, sizeof bits);
    uint64_t shifted = bits + (0x3FF0000000000000 - root_of_half);
    double f = bits_to_double((shifted & 0x000FFFFFFFFFFFFF) + root_of_half) - 1;
    double exponent = (double)((int64_t)(shifted >> 52) - 1023);
    double half = 0.5 * f * f, s = f / (2 + f), z = s * s, w = z * z;
    double even = w * (0x1.999999997fa04p-2 + w * (0x1.c71c51d8e78afp-3 + w * 0x1.39a09d078c69fp-3));
    double odd_tail = 0x1.7466496cb03dep-3 + w * 0x1.2f112df3e5244p-3;
    double odd = z * (0x1.5555555555593p-1 + w * (0x1.2492494229359p-2 + w * odd_tail));
    double low = s * (half + (even + odd)) + (exponent * ln2_low + 0);
    return low - half + f + exponent * ln2_high;
}

// The right edges of the layers, falling to 0, and the density there, rising to 1.
static double edges[257], heights[257];

static void make_ziggurat(void) {
    double area = 0x1.02d84bc4b0285p-8, tail = 0x1.ec9d9297ebb83p2;
    edges[0] = area / portable_exp(-tail);
    edges[1] = tail;
    for (int i = 1; i < 255; i++) edges[i + 1] = -portable_log(area / edges[i] + portable_exp(-edges[i]));
    edges[256] = 0;
    for (int i = 0; i < 257; i++) heights[i] = portable_exp(-edges[i]);
}

static __attribute__((noinline)) double exponential_slow(random_stream *stream, int layer, double x) {
    double start = 0;
    for (;;) {
        if (layer == 0) {
            start += edges[1];
        } else {
            double unit = (double)(stream_next(stream) >> 11) * 0x1p-53;
            if (heights[layer] + unit * (heights[layer + 1] - heights[layer]) < portable_exp(-x)) return start + x;
        }
        uint64_t bits = stream_next(stream);
        layer = bits & 255;
        x = (double)((bits >> 11) + 1) * 0x1p-53 * edges[layer];
        if (x < edges[layer + 1]) return start + x;
    }
}

// A sample of the exponential distribution with mean 1.
static inline double standard_exponential(random_stream *stream) {
    uint64_t bits = stream_next(stream);
    int layer = bits & 255;
    double x = (double)(int64_t)((bits >> 11) + 1) * 0x1p-53 * edges[layer];
    if (__builtin_expect(x < edges[layer + 1], 1)) return x;
    return exponential_slow(stream, layer, x);
}

// An exponential duration with this mean in seconds, in nanoseconds, rounded half up.
static inline int64_t exponential_delay(random_stream *stream, double mean) {
    double scaled = mean * standard_exponential(stream) * 1e9;
    int64_t whole = (int64_t)scaled;
    return scaled - (double)whole >= 0.5 ? whole + 1 : whole;
}

#endif

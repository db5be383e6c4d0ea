#ifndef CVECTORMATH_H
#define CVECTORMATH_H

// Swift's `squareRoot()` keeps libm's errno branch on this platform, and one branch per element costs
// a loop its vectors. These have none: the compiler turns them into a (packed) square root instruction,
// which IEEE 754 defines to be correctly rounded, so the value is the same.

static inline float bench_square_root_float(float x) { return __builtin_elementwise_sqrt(x); }
static inline double bench_square_root_double(double x) { return __builtin_elementwise_sqrt(x); }

// -1, 0 or 1. Through whole numbers: choices between numbers are turned into branches first, and a loop that has
// several of them then computes more masks than values.
static inline float bench_sign_float(float x) { return (float)((x > 0) - (x < 0)); }
static inline double bench_sign_double(double x) { return (double)((x > 0) - (x < 0)); }

// The instructions that whoever includes this is compiled for: the number of the x86-64 level, 0 elsewhere.
static inline int bench_instruction_level(void) {
#if defined(__AVX512F__) && defined(__AVX512VL__)
  return 4;
#elif defined(__AVX2__)
  return 3;
#elif defined(__x86_64__)
  return 1;
#else
  return 0;
#include "CVectorFunctions.h"
#include "CVectorLoops.h"

#endif
}

#include "CVectorFunctions.h"
#include "CVectorLoops.h"

#endif

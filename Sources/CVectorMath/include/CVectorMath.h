#ifndef CVECTORMATH_H
#define CVECTORMATH_H

// Swift's `squareRoot()` keeps libm's errno branch on this platform, and one branch per element costs
// a loop its vectors. These have none: the compiler turns them into a (packed) square root instruction,
// which IEEE 754 defines to be correctly rounded, so the value is the same.

static inline float bench_square_root_float(float x) { return __builtin_elementwise_sqrt(x); }
static inline double bench_square_root_double(double x) { return __builtin_elementwise_sqrt(x); }

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
#endif
}

#endif

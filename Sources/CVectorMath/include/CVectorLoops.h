#ifndef CVECTORLOOPS_H
#define CVECTORLOOPS_H

#include <string.h>

// Loops of layers that the compiler leaves without vectors elsewhere: in place, because a check for overlap would find one, and where
// a value that stays is not stored again.

#define BENCH_LOOPS(SCALAR, NAME)                                                                   \
  /* result ← x, or slope·x where x ≤ 0; `result` may be `x`. A NaN stays. */                       \
  static inline void bench_rectify_##NAME(const SCALAR *x, SCALAR *result, long count,              \
                                          SCALAR slope) {                                           \
    _Pragma("clang loop vectorize(assume_safety)") for (long i = 0; i < count; i++) {               \
      SCALAR value = x[i];                                                                          \
      result[i] = value <= 0 ? (slope == 0 ? 0 : slope * value) : value;                            \
    }                                                                                               \
  }                                                                                                 \
  /* result ← gradient, or slope·gradient where y ≤ 0; `result` may be `gradient`. */               \
  static inline void bench_rectify_gradient_##NAME(const SCALAR *gradient, const SCALAR *y,         \
                                                   SCALAR *result, long count, SCALAR slope) {      \
    _Pragma("clang loop vectorize(assume_safety)") for (long i = 0; i < count; i++) {               \
      SCALAR value = gradient[i];                                                                   \
      result[i] = y[i] <= 0 ? (slope == 0 ? 0 : slope * value) : value;                             \
    }                                                                                               \
  }                                                                                                 \
  /* Copies rows of `width` numbers, `stride` apart, to rows that follow each other. Reads and writes whole vectors: up to 15 numbers \
     after the last row on either side are touched. */                                              \
  static inline void bench_gather_rows_##NAME(const SCALAR *source, long stride, SCALAR *target,    \
                                              long width, long rows) {                              \
    for (long y = 0; y < rows; y++) {                                                               \
      for (long i = 0; i < width; i += 16)                                                          \
        memcpy(target + y * width + i, source + y * stride + i, 16 * sizeof(SCALAR));               \
    }                                                                                               \
  }                                                                                                 \
  static inline __attribute__((always_inline)) void bench_add_rows_of_##NAME(                       \
      const SCALAR *source, SCALAR *target, long stride, long width, long rows) {                   \
    for (long y = 0; y < rows; y++) {                                                               \
      _Pragma("clang loop vectorize(assume_safety)") for (long i = 0; i < width; i++)               \
          target[y * stride + i] += source[y * width + i];                                          \
    }                                                                                               \
  }                                                                                                 \
  /* Adds rows of `width` numbers that follow each other to rows `stride` apart. Images of common widths have loops of known length. */ \
  static inline void bench_add_rows_##NAME(const SCALAR *source, SCALAR *target, long stride,       \
                                           long width, long rows) {                                 \
    switch (width) {                                                                                \
      case 7: bench_add_rows_of_##NAME(source, target, stride, 7, rows); break;                     \
      case 8: bench_add_rows_of_##NAME(source, target, stride, 8, rows); break;                     \
      case 14: bench_add_rows_of_##NAME(source, target, stride, 14, rows); break;                   \
      case 28: bench_add_rows_of_##NAME(source, target, stride, 28, rows); break;                   \
      default: bench_add_rows_of_##NAME(source, target, stride, width, rows);                       \
    }                                                                                               \
  }

BENCH_LOOPS(float, float)
BENCH_LOOPS(double, double)

#undef BENCH_LOOPS

#endif

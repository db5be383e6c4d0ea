#ifndef CVECTORFUNCTIONS_H
#define CVECTORFUNCTIONS_H

// Functions without tables, branches or errno, so that a loop of them has vectors. A NaN stays one.


/// eˣ, within two units in the last place: 2ⁿ·eʳ with n = round(x / log 2); eʳ by the polynomial of Cephes (Moshier 1989, expf.c).
static inline float bench_exp_float(float x) {
  // Beyond these the result is infinite, or rounds to zero.
  float bounded = x > 89.0f ? 89.0f : x;
  bounded = bounded < -104.0f ? -104.0f : bounded;
  float n = __builtin_elementwise_roundeven(bounded * 1.44269504088896341f);
  float r = bounded - n * 0.693359375f;
  r = r + n * 2.12194440e-4f;
  float p = 1.9875691500e-4f;
  p = p * r + 1.3981999507e-3f;
  p = p * r + 8.3334519073e-3f;
  p = p * r + 4.1665795894e-2f;
  p = p * r + 1.6666665459e-1f;
  p = p * r + 5.0000001201e-1f;
  p = p * r * r + r + 1.0f;
  // Two factors, because 2ⁿ alone may be no float. Converting a NaN to an integer is undefined.
  int whole = (int)(n == n ? n : 0.0f);
  int half = whole >> 1;
  union { int bits; float value; } first = {(half + 127) << 23};
  union { int bits; float value; } second = {(whole - half + 127) << 23};
  return p * first.value * second.value;
}

/// 1 / (1 + e⁻ˣ), within four units; 0 where it is below the smallest normal float.
static inline float bench_sigmoid_float(float x) { return 1.0f / (1.0f + bench_exp_float(-x)); }

/// The hyperbolic tangent, within two units: a polynomial near 0, where 1 − 2/(e²ˣ + 1) would cancel (Moshier 1989, tanhf.c).
static inline float bench_tanh_float(float x) {
  float size = __builtin_elementwise_abs(x);
  float square = x * x;
  float p = -5.70498872745e-3f;
  p = p * square + 2.06390887954e-2f;
  p = p * square - 5.37397155531e-2f;
  p = p * square + 1.33314422036e-1f;
  p = p * square - 3.33332819422e-1f;
  float near = p * square * x + x;
  float far = 1.0f - 2.0f / (bench_exp_float(2.0f * size) + 1.0f);
  far = x < 0.0f ? -far : far;
  return size < 0.625f ? near : far;
}

/// The cube root of x >= 0, within one unit in the last place: a third of the exponent, then Halley's iteration, which triples the digits.
static inline double bench_cube_root_double(double x) {
  // Powers of two that are cubes keep the iteration away from overflow and from numbers with fewer digits.
  double scale = x > 0x1p1000 ? 0x1p-300 : 1.0;
  scale = x < 0x1p-900 ? 0x1p300 : scale;
  double unscale = x > 0x1p1000 ? 0x1p100 : 1.0;
  unscale = x < 0x1p-900 ? 0x1p-100 : unscale;
  double y = x * scale;
  union { double value; unsigned long long bits; } guess = {y};
  // A third of the upper word and two thirds of the bias (Kahan; as in FreeBSD's cbrt): four digits in binary.
  guess.bits = ((((guess.bits >> 32) * 0x55555556ull) >> 32) + 715094163ull) << 32;
  double root = guess.value;
  for (int i = 0; i < 3; i++) {
    double cube = root * root * root;
    root -= root * ((cube - y) / (2 * cube + y));
  }
  root *= unscale;
  // Zero, infinity and NaN are their own roots.
  return x > 0 && x < __builtin_inf() ? root : x;
}

/// The same of floats.
static inline float bench_cube_root_float(float x) {
  float scale = x > 0x1p120f ? 0x1p-30f : 1.0f;
  scale = x < 0x1p-90f ? 0x1p60f : scale;
  float unscale = x > 0x1p120f ? 0x1p10f : 1.0f;
  unscale = x < 0x1p-90f ? 0x1p-20f : unscale;
  float y = x * scale;
  union { float value; int bits; } guess = {y};
  guess.bits = (int)((float)guess.bits * 0.33333334f) + 709958130;
  float root = guess.value;
  for (int i = 0; i < 2; i++) {
    float cube = root * root * root;
    root -= root * ((cube - y) / (2 * cube + y));
  }
  root *= unscale;
  return x > 0 && x < __builtin_inff() ? root : x;
}

#endif

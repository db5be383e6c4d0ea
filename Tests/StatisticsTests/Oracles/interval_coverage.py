"""Simulated coverage of the suite's 95 % intervals, with NumPy and SciPy.

An implementation of the published equations that shares nothing with the Swift one. Its output is in docs/results.md and in
IntervalCoverageTests.swift. Run with: python3 interval_coverage.py
"""

import numpy as np
from scipy import stats

SIZES = (3, 5, 10, 20, 30)
RNG = np.random.default_rng(20260101)


def accuracy(z, deviation):
    """Accuracy on 360 test samples, around 97 %."""
    return np.rint(360 * np.clip(0.97 + deviation * z, 0, 1)) / 360


DISTRIBUTIONS = {
    "normal": lambda z: z,
    "lognormal, σ = 0.5": lambda z: np.exp(0.5 * z),
    "lognormal, σ = 1": np.exp,
    "accuracy, s = 0.4 %": lambda z: accuracy(z, 0.004),
    "accuracy, s = 0.15 %": lambda z: accuracy(z, 0.0015),
}


def population(transform):
    """Mean and variance by a sum over 4 million normal quantiles."""
    count = 4_000_000
    values = transform(stats.norm.ppf((np.arange(count) + 0.5) / count))
    return values.mean(), values.var()


def tails(x, weight):
    """Student's quantiles, shifted outward by weight · g(2t² + 1)/(6√n) on the longer side, and the standard error."""
    n = x.shape[1]
    t = stats.t.ppf(0.975, n - 1)
    skewness = stats.skew(x, axis=1, bias=True) * (n / (n - 1)) ** -1.5 * n * n / ((n - 1) * (n - 2))
    shift = weight * skewness * (2 * t * t + 1) / (6 * np.sqrt(n))
    return -t + np.minimum(0, shift), t + np.maximum(0, shift), x.std(1, ddof=1) / np.sqrt(n)


def mean_interval(x):
    x = x[np.ptp(x, axis=1) > 0]
    lower, upper, error = tails(x, 2)
    return x.mean(1) + lower * error, x.mean(1) + upper * error


def running_time(n, deviation, share, grid=0, rounds=100_000):
    """Coverage of expected steps for log-normal times, of which a share is below the limit; also rounded up to a grid, as epochs do.

    Returns the coverage among all sets of runs, and among those that have an interval.
    """
    limit = np.exp(deviation * stats.norm.ppf(share)) if share < 1 else np.inf

    def times(shape):
        t = np.exp(deviation * RNG.normal(size=shape))
        return np.ceil(t / grid) * grid if grid else t

    many = times(8_000_000)
    truth = np.minimum(many, limit).mean() / (many < limit).mean()
    t = times((rounds, n))
    hit, cost = t < limit, np.minimum(t, limit)
    ratio = cost.sum(1) / np.maximum(hit.sum(1), 1)
    deviations = (cost - ratio[:, None] * hit) / cost.mean(1)[:, None]
    has = hit.any(1) & (np.ptp(deviations, axis=1) > 1e-12)
    lower, upper, error = tails(deviations[has], 1)
    inside = (ratio[has] * np.exp(lower * error) <= truth) & (truth <= ratio[has] * np.exp(upper * error))
    return f"{inside.sum() / rounds:.3f} {inside.mean():.3f}"


def median_interval(x):
    n = x.shape[1]
    k = max((k for k in range(n // 2) if 1 - 2 * stats.binom.cdf(k, n, 0.5) >= 0.95), default=None)
    if k is None:
        return None
    x = np.sort(x, axis=1)
    return x[:, k], x[:, n - 1 - k]


def cliff_interval(x, y):
    """Cliff (1996, equation 5.12), unbiased variance with his lower bound; without overlap by his rule."""
    n, m = x.shape[1], y.shape[1]
    d = np.sign(x[:, :, None] - y[:, None, :])
    rows, columns, delta = d.mean(2), d.mean(1), d.mean((1, 2))
    square = lambda v: ((v - delta[:, None]) ** 2).sum(1)
    cells = ((d - delta[:, None, None]) ** 2).sum((1, 2))
    unbiased = (m * m * square(rows) + n * n * square(columns) - cells) / (n * m * (n - 1) * (m - 1))
    variance = np.maximum(unbiased, (1 - delta**2) / (n * m - 1))
    t = stats.t.ppf(0.975, n + m - 2)
    spread, rest = t * np.sqrt(variance), 1 - delta**2
    half = spread * np.sqrt(rest**2 + spread**2)
    with np.errstate(invalid="ignore"):
        lower = (delta - delta**3 - half) / (rest + spread**2)
        upper = (delta - delta**3 + half) / (rest + spread**2)
    far = (min(n, m) - t * t) / (min(n, m) + t * t)
    whole = np.abs(delta) == 1
    lower = np.where(whole, np.where(delta > 0, far, -1), np.maximum(lower, -1))
    return lower, np.where(whole, np.where(delta > 0, 1, -far), np.minimum(upper, 1))


def hedges_interval(x, y):
    n, m = x.shape[1], y.shape[1]
    pooled = ((n - 1) * x.var(1, ddof=1) + (m - 1) * y.var(1, ddof=1)) / (n + m - 2)
    keep = pooled > 0
    x, y, pooled = x[keep], y[keep], pooled[keep]
    g = (1 - 3 / (4 * (n + m) - 9)) * (x.mean(1) - y.mean(1)) / np.sqrt(pooled)
    half = stats.t.ppf(0.975, n + m - 2) * np.sqrt((n + m) / (n * m) + g**2 / (2 * (n + m)))
    return g - half, g + half


def widest(n, rounds=200_000):
    """Largest width of the interval of the mean of normal values, in widths of Student's."""
    lower, upper, _ = tails(RNG.normal(size=(rounds, n)), 2)
    return (upper - lower).max() / (2 * stats.t.ppf(0.975, n - 1))


def share(interval, value):
    if interval is None:
        return "    –"
    lower, upper = interval
    return f"{np.mean((lower <= value + 1e-12) & (value - 1e-12 <= upper)):.3f}"


def main():
    print("mean, median")
    for name, transform in DISTRIBUTIONS.items():
        mean, _ = population(transform)
        middle = transform(np.zeros(1))[0]
        means, medians = [], []
        for n in SIZES:
            x = transform(RNG.normal(size=(200_000, n)))
            means.append(share(mean_interval(x), mean))
            medians.append(share(median_interval(x), middle))
        print(f"{name:22}", *means, "|", *medians)
    print("largest width over Student's", *(f"{widest(n):.2f}" for n in SIZES))
    print("expected steps: runs, deviation, share of successes, grid")
    for n in (10, 20):
        for deviation in (0.5, 1):
            for rate, grid in ((1, 0), (0.9, 0), (0.5, 0), (0.2, 0), (1, 1)):
                print(n, deviation, rate, grid, running_time(n, deviation, rate, grid))
    for effect, correlation in ((0, 0), (1, 0), (0, 0.8), (1, 0.8)):
        print(f"Cliff's δ, Hedges' g: shift {effect}, correlation of pairs {correlation}")
        for name, transform in DISTRIBUTIONS.items():
            big = [transform(s + RNG.normal(size=2_000_000)) for s in (effect, 0)]
            below = np.searchsorted(np.sort(big[1]), big[0], "left").mean()
            above = np.searchsorted(np.sort(big[1]), big[0], "right").mean()
            delta = (below + above) / 2_000_000 - 1
            g = (big[0].mean() - big[1].mean()) / np.sqrt((big[0].var() + big[1].var()) / 2)
            if effect == 0:
                delta = g = 0
            deltas, gs = [], []
            for n in SIZES:
                common = np.sqrt(correlation) * RNG.normal(size=(20_000, n))
                own = [np.sqrt(1 - correlation) * RNG.normal(size=(20_000, n)) for _ in range(2)]
                x, y = transform(effect + common + own[0]), transform(common + own[1])
                deltas.append(share(cliff_interval(x, y), delta))
                gs.append(share(hedges_interval(x, y), g))
            print(f"{name:22}", *deltas, "|", *gs)


if __name__ == "__main__":
    main()

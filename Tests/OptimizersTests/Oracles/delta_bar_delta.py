#!/usr/bin/env python3
"""Trajectories of the delta-bar-delta rule, for which no library offers any.

Jacobs 1988, equations 6 and 7, with the additive increase on a gain instead of on the rate, and limits on the gain
(Hinton 2012, lecture 6.4). Written from those sources and not from the Swift code; runs with NumPy alone:

    python3 Tests/OptimizersTests/Oracles/delta_bar_delta.py

writes Sources/Certification/Resources/oracles/delta_bar_delta.json.
"""
import json
import pathlib

import numpy as np

RESOURCES = pathlib.Path(__file__).resolve().parents[3] / "Sources/Certification/Resources"
TABLE = json.loads((RESOURCES / "torch/gradient_tables.json").read_text())["tables"][0]
ROWS = np.array(TABLE["values"])

GRADIENTS = {
    "rosenbrock": lambda p, t: np.array([
        -2 * (1 - p[0]) - 400 * p[0] * (p[1] - p[0] ** 2), 200 * (p[1] - p[0] ** 2)]),
    "quadratic": lambda p, t: np.array([p[0], 100 * p[1]]),
    "saddle": lambda p, t: np.array([2 * p[0], -2 * p[1]]),
    "exogenous": lambda p, t: ROWS[t - 1],
}
STARTS = {
    "rosenbrock": [-1.2, 1.0], "quadratic": [10.0, 1.0], "saddle": [1.0, 0.001],
    "exogenous": [round(0.3 * j - 1.4, 1) for j in range(10)],
}
HINTON = dict(gain_increase=0.05, gain_decay=0.95, minimum_gain=0.1, maximum_gain=10.0,
              trend_decay=0.0, weight_decay=0.0, maximize=False)
SETTINGS = {
    "default": (HINTON, dict(rosenbrock=0.0005, quadratic=0.0037, saddle=0.02, exogenous=0.01)),
    # Jacobs's own trend, an increase and limits that are soon met.
    "trend_limits": (
        HINTON | dict(gain_increase=0.4, gain_decay=0.7, minimum_gain=0.5, maximum_gain=2.0, trend_decay=0.7),
        dict(rosenbrock=0.0005, quadratic=0.012, saddle=0.02, exogenous=0.01)),
    "weight_decay_maximize": (
        HINTON | dict(weight_decay=0.1, maximize=True),
        dict(rosenbrock=0.00001, quadratic=0.0005, saddle=0.02, exogenous=0.01)),
}
STEPS = 50


def run(problem, rate, h, noise=None):
    def shaken(values, scale):
        return values if noise is None else values * (1 + scale * noise.uniform(-1, 1, values.shape))

    point = shaken(np.array(STARTS[problem]), 1e-14)
    gains, trend, path = np.ones_like(point), np.zeros_like(point), []
    for t in range(1, STEPS + 1):
        g = shaken(GRADIENTS[problem](shaken(point, 1e-15), t), 1e-14)
        g = (-g if h["maximize"] else g) + h["weight_decay"] * point
        for i in range(len(g)):
            if trend[i] * g[i] > 0:
                gains[i] += h["gain_increase"]
            elif trend[i] * g[i] < 0:
                gains[i] *= h["gain_decay"]
        gains = np.clip(gains, h["minimum_gain"], h["maximum_gain"])
        trend = (1 - h["trend_decay"]) * g + h["trend_decay"] * trend
        point = point - rate * gains * g
        if np.abs(point).max() >= 1e6:
            break
        path.append(point)
    return path


cases = []
for setting, (hyperparameters, rates) in SETTINGS.items():
    for problem, rate in rates.items():
        path = run(problem, rate, hyperparameters)
        deviation = 0.0
        for seed in range(3):
            other = run(problem, rate, hyperparameters, np.random.default_rng(seed))
            deviation = max([deviation] + [
                float(np.max(np.abs(p - q) / np.maximum(1, np.abs(p)))) for p, q in zip(path, other)])
        case = {
            "id": f"delta_bar_delta/{setting}/{problem}", "optimizer": "delta_bar_delta", "setting": setting,
            "library": "oracle", "api": "Tests/OptimizersTests/Oracles/delta_bar_delta.py",
            "hyperparameters": {"learning_rate": rate} | hyperparameters, "problem": problem,
            "start": STARTS[problem], "param_shape": [len(STARTS[problem])], "steps": len(path),
            "recorded_steps": list(range(1, len(path) + 1)), "params": [list(map(float, p)) for p in path],
            "noise_deviation": float(f"{deviation:.3e}"),
        }
        if problem == "exogenous":
            case["gradient_table"] = TABLE["name"]
        cases.append(case)

file = {"format": "optimizer-trajectories/1", "dtype": "float64", "optimizer": "delta_bar_delta", "cases": cases}
target = RESOURCES / "oracles/delta_bar_delta.json"
target.parent.mkdir(exist_ok=True)
target.write_text(json.dumps(file, separators=(",", ":")).replace('{"id"', '\n{"id"') + "\n")

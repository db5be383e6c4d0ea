"""Instances of surfaces in NumPy: writes instances.json.

Random numbers: Philox4x32-10 (Salmon et al. 2011), written out here; counter words are block, step, epoch, and purpose (11) with the
seed index; the key is the master seed. Rotation: product of Householder matrices (Diaconis and Shahshahani 1987), each formed
as a matrix. Gradients: complex step of the composed function f(c + R'(x - c - s)).
"""

import json
import math
import pathlib

import numpy as np


def philox(counter, key):
    words, key = list(counter), list(key)
    for round_ in range(10):
        if round_:
            key = [(key[0] + 0x9E3779B9) % 2**32, (key[1] + 0xBB67AE85) % 2**32]
        first, second = words[0] * 0xD2511F53, words[2] * 0xCD9E8D57
        words = [
            (second >> 32) ^ words[1] ^ key[0], second % 2**32,
            (first >> 32) ^ words[3] ^ key[1], first % 2**32,
        ]
    return words


def uniforms(master, seed, step):
    block = 0
    while True:
        words = philox([block, step, 0, 11 << 24 | seed], [master % 2**32, master >> 32])
        for high, low in (words[:2], words[2:]):
            yield ((high << 32 | low) >> 11) / 2**53
        block += 1


def normals(stream):
    while True:
        radius, angle = math.sqrt(-2 * math.log(1 - next(stream))), 2 * math.pi * next(stream)
        yield radius * math.cos(angle)
        yield radius * math.sin(angle)


def rotation(dimension, master, seed):
    stream = uniforms(master, seed, 1)
    angle = 2 * math.pi * next(stream)
    result = np.array([[math.cos(angle), math.sin(angle)], [-math.sin(angle), math.cos(angle)]])
    gaussian = normals(stream)
    for count in range(3, dimension + 1):
        direction = np.array([next(gaussian) for _ in range(count)])
        axis = np.eye(count)[0] - direction / np.linalg.norm(direction)
        axis /= np.linalg.norm(axis)
        larger = np.eye(count)
        larger[1:, 1:] = result
        result = (np.eye(count) - 2 * np.outer(axis, axis)) @ larger
    return -result


def rosenbrock(z):
    return np.sum(100 * (z[1:] - z[:-1] ** 2) ** 2 + (1 - z[:-1]) ** 2)


def himmelblau(z):
    return (z[0] ** 2 + z[1] - 11) ** 2 + (z[0] + z[1] ** 2 - 7) ** 2


def ackley(z):
    n = len(z)
    return (
        -20 * np.exp(-0.2 * np.sqrt(np.sum(z**2) / n))
        - np.exp(np.sum(np.cos(2 * np.pi * z)) / n) + 20 + np.e
    )


CASES = [
    ("rosenbrock", 2, rosenbrock, [-1.2, 1.0], 0.0, True),
    ("rosenbrock", 5, rosenbrock, [-1.2, 1.0, -1.2, 1.0, 0.5], 0.3, True),
    ("himmelblau", 2, himmelblau, [0.0, 0.0], 2.5, False),
    ("ackley", 3, ackley, [1.0, -2.0, 0.5], 0.7, True),
]

cases = []
for name, dimension, function, center, width, rotates in CASES:
    for master, seed in [(1, 0), (1, 7), (2**40 + 5, 1_000_002)]:
        stream = uniforms(master, seed, 0)
        shift = np.array([width * (2 * next(stream) - 1) for _ in range(dimension)])
        matrix = rotation(dimension, master, seed) if rotates else np.eye(dimension)
        middle = np.array(center)

        def composed(x):
            return function(middle + matrix.T @ (x - middle - shift))

        point = middle + np.linspace(-1, 1.5, dimension)
        gradient = []
        for index in range(dimension):
            x = point.astype(complex)
            x[index] += 1e-30j
            gradient.append(float(composed(x).imag / 1e-30))
        cases.append({
            "surface": name, "center": center, "shift_limit": width, "rotates": rotates,
            "master_seed": master, "seed": seed, "shift": shift.tolist(),
            "rotation": matrix.ravel().tolist(), "point": point.tolist(),
            "value": float(composed(point)), "gradient": gradient,
        })

path = pathlib.Path(__file__).with_name("instances.json")
path.write_text(json.dumps({"numpy": np.__version__, "cases": cases}, indent=1) + "\n")

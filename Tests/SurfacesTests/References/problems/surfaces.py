#!/usr/bin/env python3
"""Writes surfaces.json: values, gradients and critical points of test surfaces, by SymPy and mpmath.

Gradients are symbolic derivatives evaluated with 50 digits; critical points are polished by Newton's method with 50
digits until the gradient is below 1e-40, and classified by the eigenvalues of the Hessian. Every number is then the nearest
double. Run in this folder: ./surfaces.py
"""
import itertools
import json
import random

import mpmath
import sympy
from sympy import Abs, Rational, cos, exp, pi, sin, sqrt, tanh

mpmath.mp.dps = 50
x, y = sympy.symbols("x y", real=True)


def coordinates(n):
    return (x, y) if n == 2 else sympy.symbols(f"x1:{n + 1}", real=True)


def rosenbrock(n):
    v = coordinates(n)
    return sum((1 - a) ** 2 + 100 * (b - a**2) ** 2 for a, b in zip(v, v[1:])), v


def sphere(n):
    v = coordinates(n)
    return sum(a**2 for a in v), v


def rastrigin(n):
    v = coordinates(n)
    return sum(10 + a**2 - 10 * cos(2 * pi * a) for a in v), v


def ackley(n):
    v = coordinates(n)
    root = sqrt(sum(a**2 for a in v) / n)
    mean = sum(cos(2 * pi * a) for a in v) / n
    return 20 - 20 * exp(-root / 5) + exp(1) - exp(mean), v


def styblinski_tang(n):
    v = coordinates(n)
    return sum(a**4 - 16 * a**2 + 5 * a for a in v) / 2, v


def levy(n):
    v = coordinates(n)
    w = [1 + (a - 1) / 4 for a in v]
    f = sin(pi * w[0]) ** 2 + (w[-1] - 1) ** 2 * (1 + sin(2 * pi * w[-1]) ** 2)
    return f + sum((a - 1) ** 2 * (1 + 10 * sin(pi * a + 1) ** 2) for a in w[:-1]), v


def plane(f):
    return f, (x, y)


beale = (
    (Rational(3, 2) - x + x * y) ** 2
    + (Rational(9, 4) - x + x * y**2) ** 2
    + (Rational(21, 8) - x + x * y**3) ** 2
)
branin = (
    (y - Rational(51, 10) / (4 * pi**2) * x**2 + 5 / pi * x - 6) ** 2
    + 10 * (1 - 1 / (8 * pi)) * cos(x)
    + 10
)
himmelblau = (x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2
six_hump_camel = (4 - Rational(21, 10) * x**2 + x**4 / 3) * x**2 + x * y + (-4 + 4 * y**2) * y**2
three_hump_camel = 2 * x**2 - Rational(105, 100) * x**4 + x**6 / 6 + x * y + y**2
goldstein_price = (
    1 + (x + y + 1) ** 2 * (19 - 14 * x + 3 * x**2 - 14 * y + 6 * x * y + 3 * y**2)
) * (30 + (2 * x - 3 * y) ** 2 * (18 - 32 * x + 12 * x**2 + 48 * y - 36 * x * y + 27 * y**2))
s = x**2 + 4 * y**2
c30, s30 = sqrt(3) / 2, Rational(1, 2)
u, v = c30 * x + s30 * y, -s30 * x + c30 * y

# Name, parameters, (formula, coordinates), half-width of the box of sample points, box searched for critical points.
surfaces = [
    ("saddle", {}, plane(x**2 - y**2), 2, None),
    ("monkey_saddle", {}, plane(x**3 - 3 * x * y**2), 2, None),
    ("ellipse", {}, plane((x**2 + 100 * y**2) / 2), 5, None),
    ("ellipse", {"rotation": 30, "condition_number": 20}, plane((u**2 + 20 * v**2) / 2), 5, None),
    ("sphere", {"dimension": 2}, sphere(2), 5, None),
    ("sphere", {"dimension": 5}, sphere(5), 5, None),
    ("rosenbrock", {"dimension": 2}, rosenbrock(2), 2, None),
    ("rosenbrock", {"dimension": 5}, rosenbrock(5), 2, None),
    ("beale", {}, plane(beale), 3, ((-4.5, 4.5), (-4.5, 4.5))),
    ("branin", {}, plane(branin), 8, ((-5, 10), (0, 15))),
    ("himmelblau", {}, plane(himmelblau), 5, ((-5, 5), (-5, 5))),
    ("six_hump_camel", {}, plane(six_hump_camel), 2, ((-2, 2), (-1.2, 1.2))),
    ("three_hump_camel", {}, plane(three_hump_camel), 2, ((-2.5, 2.5), (-2.5, 2.5))),
    ("booth", {}, plane((x + 2 * y - 7) ** 2 + (2 * x + y - 5) ** 2), 9, ((-10, 10), (-10, 10))),
    ("matyas", {}, plane(Rational(26, 100) * (x**2 + y**2) - Rational(48, 100) * x * y), 9, None),
    ("goldstein_price", {}, plane(goldstein_price), 2, ((-2, 2), (-3, 2))),
    ("rastrigin", {"dimension": 2}, rastrigin(2), 5, None),
    ("rastrigin", {"dimension": 4}, rastrigin(4), 5, None),
    ("ackley", {"dimension": 2}, ackley(2), 5, None),
    ("ackley", {"dimension": 4}, ackley(4), 5, None),
    ("styblinski_tang", {"dimension": 2}, styblinski_tang(2), 4, ((-4, 4), (-4, 4))),
    ("styblinski_tang", {"dimension": 3}, styblinski_tang(3), 4, None),
    ("levy", {"dimension": 2}, levy(2), 8, None),
    ("levy", {"dimension": 4}, levy(4), 8, None),
    ("plateau", {}, plane(s / (1 + s)), 5, None),
    ("noisy_ravine", {}, plane(50 * (y - sin(x)) ** 2 + x**2 / 4), 4, None),
]


def double(number):
    return float(mpmath.mpf(number))


def case(name, parameters, formula, half_width, box, rng):
    f, names = formula
    gradient = [sympy.diff(f, a) for a in names]
    value_at = sympy.lambdify(names, f, "mpmath")
    gradient_at = [sympy.lambdify(names, g, "mpmath") for g in gradient]
    points = []
    for _ in range(8):
        # Sample points are doubles, so that both sides evaluate the same place.
        point = [rng.uniform(-half_width, half_width) for _ in names]
        exact = [mpmath.mpf(a) for a in point]
        points.append(
            {
                "point": point,
                "value": double(value_at(*exact)),
                "gradient": [double(g(*exact)) for g in gradient_at],
            }
        )
    result = {"surface": name, "parameters": parameters, "points": points}
    # A function of capitals would be changed too; there is none.
    result["expression"] = str(f).replace("**", "^").replace("E", "e")
    if box:
        result["critical_points"] = critical_points(f, names, box, value_at, gradient_at)
    return result


def critical_points(f, names, box, value_at, gradient_at):
    hessian = sympy.lambdify(names, sympy.hessian(f, names), "mpmath")
    found = []
    steps = 24
    grids = [[mpmath.mpf(a) + (mpmath.mpf(b) - a) * i / steps for i in range(steps + 1)] for a, b in box]
    for start in itertools.product(*grids):
        point = mpmath.matrix(start)
        try:
            for _ in range(60):
                g = mpmath.matrix([g(*point) for g in gradient_at])
                if mpmath.norm(g) < mpmath.mpf("1e-40"):
                    break
                point -= mpmath.lu_solve(hessian(*point), g)
                if mpmath.norm(point) > 100:
                    break
            else:
                continue
        except ZeroDivisionError:
            continue
        if mpmath.norm(mpmath.matrix([g(*point) for g in gradient_at])) > mpmath.mpf("1e-40"):
            continue
        if not all(a - mpmath.mpf("1e-9") <= q <= b + mpmath.mpf("1e-9") for q, (a, b) in zip(point, box)):
            continue
        if any(mpmath.norm(point - other) < mpmath.mpf("1e-12") for other in found):
            continue
        found.append(point)
    result = []
    for point in sorted(found, key=lambda p: (value_at(*p), p[0], p[1])):
        eigenvalues = sorted(mpmath.eigsy(hessian(*point), eigvals_only=True))
        kind = "minimum" if eigenvalues[0] > 0 else "saddle" if eigenvalues[-1] > 0 else "maximum"
        clean = [mpmath.mpf(0) if abs(a) < mpmath.mpf("1e-30") else a for a in point]
        result.append({"kind": kind, "point": [double(a) for a in clean], "value": double(mpmath.chop(value_at(*clean), tol=mpmath.mpf("1e-30")))})
    return result


if __name__ == "__main__":
    rng = random.Random(1)
    cases = [case(*surface, rng) for surface in surfaces]
    with open("surfaces.json", "w") as file:
        json.dump(
            {"format": "surface-facts/1", "source": f"SymPy {sympy.__version__}, mpmath {mpmath.__version__}", "cases": cases},
            file, indent=1)
        file.write("\n")

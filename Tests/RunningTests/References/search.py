"""Points and draws that searches are checked against, from SciPy; run once: python3 search.py > search.json"""
import json
import numpy as np
import scipy
from scipy.stats import loguniform, qmc, uniform

shares = [0.0, 0.1, 0.25, 1 / 3, 0.5, 0.75, 0.9, 0.999, 1.0]
ranges = [[1e-4, 1.0], [1e-3, 100.0], [0.05, 0.06], [3e-5, 2e-1]]
print(json.dumps({
    "scipy": scipy.__version__,
    "halton": qmc.Halton(d=6, scramble=False).random(60).tolist(),
    "shares": shares,
    "log": [{"bounds": r, "values": loguniform.ppf(shares, *r).tolist()} for r in ranges],
    # A weight of the past b is drawn with 1 - b log-uniform: b = 1 - ppf(1 - u) of the distances, the lower end first.
    "complement": [
        {"bounds": [a, b], "values": (1 - loguniform.ppf(1 - np.array(shares), 1 - b, 1 - a)).tolist()}
        for a, b in [[0.5, 0.99], [0.0, 0.999], [0.8, 0.9999]]
    ],
    "linear": [{"bounds": r, "values": uniform.ppf(shares, r[0], r[1] - r[0]).tolist()} for r in ranges],
}, indent=1))

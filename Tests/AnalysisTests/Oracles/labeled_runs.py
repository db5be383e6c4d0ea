"""Runs whose fault is known by construction, for the confusion table of the diagnoses.

python3 labeled_runs.py scenarios DIGITS.csv FOLDER   writes the scenario files and the table with shuffled labels
bench run FOLDER/*.yaml --no-charts --out RESULTS
python3 labeled_runs.py collect RESULTS OUT.csv       writes seeds 1 and 2 with their labels

DIGITS.csv is Sources/Datasets/Resources/digits-8x8.csv. The tuned rates have the lowest training loss of a coarse search.
"""

import csv
import random
import sys
from collections import defaultdict
from pathlib import Path

NETWORKS = {
    "mlp": "[dense 64, relu, dense 10]",
    "deep": "[dense 64, relu, dense 64, relu, dense 10]",
    "tanh": "[dense 48, tanh, dense 10]",
    "conv": "[conv 8 3x3, relu, max_pool 2, flatten, dense 10]",
}
LARGE = {
    "mlp": "[dense 256, relu, dense 10]",
    "deep": "[dense 256, relu, dense 256, relu, dense 10]",
    "tanh": "[dense 256, tanh, dense 10]",
    "conv": "[conv 32 3x3, relu, flatten, dense 10]",
}
# A bias of −100: the unit is zero for every sample, and so is its gradient.
DEAD = {
    "mlp": "[dense 64 bias -100, relu, dense 10]",
    "deep": "[dense 64, relu, dense 64 bias -100, relu, dense 10]",
    "conv": "[conv 8 3x3 bias -100, relu, max_pool 2, flatten, dense 10]",
}
RATES = {"sgd": 0.5, "momentum": 0.1, "adam": 0.01}


def entry(rule, label, factor, schedule=""):
    momentum = ", momentum: 0.9" if rule == "momentum" else ""
    return f"  - {rule}: {{label: {label}, learning_rate: {RATES[rule] * factor:g}{momentum}{schedule}}}\n"


def scenario(folder, name, layers, entries, epochs, dataset="digits", validation="0.2", more=""):
    (folder / f"{name}.yaml").write_text(
        f"title: {name}\nproblem:\n  network:\n    dataset: {dataset}\n    layers: {layers}\n"
        f"    initialization: he\n    batch_size: 32\n    validation: {validation}\n{more}"
        f"budget: {{epochs: {epochs}}}\nseeds: 3\noptimizers:\n" + "".join(entries)
    )


def scenarios(digits, folder):
    folder.mkdir(parents=True, exist_ok=True)
    rows = list(csv.reader(open(digits)))
    labels = [row[-1] for row in rows]
    random.seed(1)
    random.shuffle(labels)
    with open(folder / "shuffled.csv", "w") as file:
        out = csv.writer(file)
        out.writerow([f"p{index}" for index in range(len(rows[0]) - 1)] + ["label"])
        for row, label in zip(rows, labels):
            out.writerow([float(value) / 16 for value in row[:-1]] + [label])
    shuffled = "{csv: shuffled.csv, label: label, test: 0.2}"
    for name, layers in NETWORKS.items():
        ladder = [
            entry(rule, f"{rule} x{factor:g}".replace(".", "p"), factor)
            for rule in RATES
            for factor in (100, 30, 10, 3, 1, 1 / 3, 0.1, 1 / 30, 0.01, 0.001)
        ]
        scenario(folder, f"ladder-{name}", layers, ladder, 20)
        short = [entry(r, f"{r} f{i}", f) for r in RATES for i, f in enumerate((0.3, 0.1, 0.03))]
        scenario(folder, f"short-{name}", layers, short, 3)
        for prefix, epochs, samples, factor in (("over", 120, 100, 0.3), ("over2", 60, 200, 1)):
            scenario(
                folder, f"{prefix}-{name}", LARGE[name], [entry(r, r, factor) for r in RATES], epochs,
                validation="400", more=f"    train_samples: {samples}\n",
            )
        # The table has no rows and columns, so the convolution has a dense layer instead.
        flat = layers if name != "conv" else "[dense 128, relu, dense 10]"
        scenario(folder, f"shuffled-{name}", flat, [entry(r, r, 0.2) for r in RATES], 60, shuffled)
        if name in DEAD:
            scenario(folder, f"dead-{name}", DEAD[name], [entry(r, r, 1) for r in RATES], 20)
        scenario(
            folder, f"well-{name}", layers, [entry(r, r, 1, ", schedule: cosine") for r in RATES], 40,
            more="    penalty: {l2: 0.001}\n",
        )


def truth(name, optimizer):
    kind = name.split("-")[0]
    if kind == "ladder":
        factor = float(optimizer.split(" x")[1].replace("p", "."))
        # Rates between a tenth and three times the tuned one are no fault.
        return "rate too large" if factor >= 10 else "rate too small" if factor < 0.04 else None
    return {
        "dead": "dead units", "over": "overfitting", "over2": "overfitting", "short": "budget too short",
        "shuffled": "shuffled labels", "well": "well trained",
    }[kind]


def collect(results, out):
    metrics = ("train_loss", "train_accuracy", "validation_loss", "validation_accuracy")
    curves = defaultdict(lambda: defaultdict(list))
    for row in csv.DictReader(open(results / "csv/curves.csv")):
        curves[row["scenario"], row["optimizer"], row["seed"]][row["metric"]].append(float(row["value"]))
    status = {
        (row["scenario"], row["optimizer"], row["seed"]): row["status"]
        for row in csv.DictReader(open(results / "csv/runs.csv"))
    }
    with open(out, "w") as file:
        file.write("truth,scenario,optimizer,seed,diverged,batch_rise," + ",".join(metrics) + "\n")
        for key, own in sorted(curves.items()):
            label = truth(key[0], key[1])
            if label is None or key[2] not in ("1", "2"):
                continue
            rise = max(own["loss"]) / own["loss"][0]
            digits = {"train_loss": 6, "validation_loss": 6}
            texts = [";".join(f"{v:.{digits.get(m, 4)}g}" for v in own[m]) for m in metrics]
            fields = [label, *key, str(status[key] == "diverged").lower(), f"{rise:.4g}", *texts]
            file.write(",".join(fields) + "\n")


if __name__ == "__main__":
    if sys.argv[1] == "scenarios":
        scenarios(sys.argv[2], Path(sys.argv[3]))
    else:
        collect(Path(sys.argv[2]), sys.argv[3])

"""Train the money reader's models and measure them on texts they have not seen.

    python -m training.train            write extract/models/*.json.gz
    python -m training.train --cross    leave authors out, a few at a time, and score what the whole reader publishes

The models are multinomial logistic regressions with L2 penalty (scikit-learn, at training only). Texts that rules were
written on (``TUNED``) would tell the models that rules are always right: they are told twice, at half weight, with and
without what the rules say.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression

from extract.facts import Rules
from extract.linear import Linear, unpack
from extract.pipes import name_ends
from extract.pipes.money import statements
from extract.pipes.money.learned.judge import Models
from extract.pipes.money.learned.roles import RoleModel
from training.dataset import Observation, party_observations, status_observations
from training.names import act_names, sentence_names
from training.observations import Case, act_cases, sentence_cases
from training.score import Score, judged, score

ROOT = Path(__file__).parents[1]
ACTS = ROOT / "tests" / "acts"
TARGET = ROOT / "extract" / "models"
TUNED = frozenset(["dev", "heldout", "heldout2", "heldout3", "s0"])
ACT_SETS = {
    **{
        name: ACTS / "dijon-template" / name
        for name in (
            "dev",
            "heldout",
            "heldout2",
            "heldout3",
            "heldout4",
            "heldout5",
            "heldout6",
            "heldout7",
            "heldout8",
        )
    },
    **{
        name: ACTS / "other-layouts" / name
        for name in ("dev-extraits", "dev-minutes", "heldout-a", "heldout-c", "heldout-d", "heldout-e")
    },
}
SENTENCES = {
    "s0": ACTS / "sentences.txt",
    **{f"s{n}": ACTS / "sentences" / f"s{n}.txt" for n in (*range(1, 11), 12, 13)},
    "s14": ACTS / "sentences" / "s14-template.txt",
    "s11": ACTS / "sentences" / "s11-minutes.txt",
}
STRENGTH = {"name_end": 1.0, "status": 0.5, "beneficiary": 0.3, "funder": 0.3}
MONEY = ("status", "beneficiary", "funder")
_SMALLEST = 0.01
ACT_WEIGHT = 2.0
#: How many times the models are trained to score all authors, a few left out at a time.
FOLDS = 5
CURVE = ROOT / "extract" / "patterns" / "calibration.toml"

_NEVER = Linear.of(["yes"], [-9.0], {})
NOTHING = Models(Linear.of(["none"], [0.0], {}), RoleModel(_NEVER, _NEVER))


def cases() -> Iterator[Case]:
    """Every annotated text, read without models."""
    for name, folder in ACT_SETS.items():
        yield from act_cases(folder, name)
    for name, path in SENTENCES.items():
        if path.exists():
            yield from sentence_cases(path, name)


def observations(found: list[Case]) -> dict[str, list[Observation]]:
    """The training lines of each model."""
    lines: dict[str, list[Observation]] = {"status": [], "beneficiary": [], "funder": []}
    for case in found:
        for trusted in (True, False) if case.group in TUNED else (True,):
            lines["status"] += [line for line, _, _ in status_observations(case, trusted)]
            for role in ("beneficiary", "funder"):
                lines[role] += party_observations(case, role, trusted)
    return lines


def fit(name: str, lines: list[Observation]) -> Linear:
    """One model; features of small weight are left out."""
    known: dict[str, int] = {}
    columns: list[int] = []
    rows = [0]
    for line in lines:
        columns += [known.setdefault(feature, len(known)) for feature in dict.fromkeys(line.features)]
        rows.append(len(columns))
    table = csr_matrix(
        (np.ones(len(columns)), np.array(columns, np.int32), np.array(rows, np.int32)), (len(lines), len(known))
    )
    model = LogisticRegression(C=STRENGTH[name], max_iter=400)
    weights = [
        (ACT_WEIGHT if line.group in ACT_SETS else 1.0) * (0.5 if line.group in TUNED and name in MONEY else 1.0)
        for line in lines
    ]
    model.fit(table, [line.label for line in lines], sample_weight=weights)
    classes = [str(c) for c in model.classes_]
    if len(classes) == 2:
        classes = classes[1:]
    kept = {
        feature: [round(float(w), 3) for w in model.coef_[:, column]]
        for feature, column in known.items()
        if np.abs(model.coef_[:, column]).max() >= _SMALLEST
    }
    return Linear.of(classes, [round(float(b), 3) for b in model.intercept_], kept)


def names() -> list[Observation]:
    """The training lines of the model of name ends."""
    lines: list[Observation] = []
    for group, folder in ACT_SETS.items():
        lines += act_names(folder, group)
    for group, path in SENTENCES.items():
        lines += sentence_names(path, group)
    return lines


def train(lines: dict[str, list[Observation]], without: Collection[str] = ()) -> dict[str, Linear]:
    """The three models of money, of all lines but those of some authors."""
    return {name: fit(name, [o for o in lines[name] if o.group not in without]) for name in MONEY}


def write(name: str, model: Linear) -> None:
    """A model as a data file, sorted so that the same data give the same bytes."""
    count = len(model.classes)
    weights = {feature: unpack(packed, count) for feature, packed in sorted(model.weights.items())}
    data = {"classes": model.classes, "bias": unpack(model.bias, count), "weights": weights}
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    (TARGET / f"{name}.json.gz").write_bytes(gzip.compress(text.encode(), 9, mtime=0))


def cross(lines: dict[str, list[Observation]], folds: list[list[str]], *, errors: bool) -> None:
    """Score the whole reader on each author's texts with models that have not seen them."""
    whole: dict[float, Score] = defaultdict(Score)
    bands: dict[tuple[Rules, int], list[bool]] = defaultdict(list)
    seen: list[tuple[float, Rules, bool, float]] = []
    for fold in folds:
        parts = train(lines, without=fold)
        trained = Models(parts["status"], RoleModel(parts["beneficiary"], parts["funder"]))
        ends = fit("name_end", [o for o in lines["name_end"] if o.group not in fold])
        name_ends.load = lambda _, ends=ends: ends  # type: ignore[assignment,misc]
        statements.models = lambda trained=trained: trained  # type: ignore[assignment,misc]
        for group in fold:
            for sure, rules, right in _score_author(group, whole, errors=errors):
                bands[(rules, int(sure * 10))].append(right)
                seen.append((sure, rules, right, ACT_WEIGHT if group in ACT_SETS else 1.0))
    calibrate(seen)
    for (rules, band), rights in sorted(bands.items()):
        print(f"{rules:8} {band / 10:.1f}  {sum(rights)} right of {len(rights)}  {sum(rights) / len(rights):.2f}")
    for least, total in whole.items():
        print(f"all            ≥ {least:.2f}  {total}")


def _score_author(group: str, whole: dict[float, Score], *, errors: bool) -> Iterator[tuple[float, Rules, bool]]:
    """Print the scores of one author by threshold, add them to ``whole``; each sum that the models judged."""
    if group in ACT_SETS:
        reread = list(act_cases(ACT_SETS[group], group))
    else:
        reread = list(sentence_cases(SENTENCES[group], group))
    for least in (0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8):
        one = Score()
        for case in reread:
            one += score(case, least)
        whole[least] += one
        print(f"{group:14} ≥ {least:.2f}  {one}", flush=True)
        if errors and least == 0:
            print(*one.notes, sep="\n")
    for case in reread:
        yield from judged(case)


def folds_of(groups: list[str]) -> list[list[str]]:
    """Authors in as many folds as are left out at a time: acts and sentences dealt out evenly."""
    return [groups[first::FOLDS] for first in range(FOLDS)]


def calibrate(seen: list[tuple[float, Rules, bool, float]]) -> None:
    """Write the calibration curves: isotonic regression of right on sure; acts weigh more than sentences."""
    lines = [
        "# Written by python -m training.train --cross; do not edit by hand. Own work, EUPL-1.2.",
        f"# {len(seen)} awarded sums read in texts whose author the models had not seen.",
    ]
    points = np.linspace(0, 1, 21)
    for name in ("agreed", "silent", "opposed"):
        sure, right, weight = (
            np.array(column, float) for column in zip(*((s, r, w) for s, a, r, w in seen if a == name), strict=True)
        )
        curve = IsotonicRegression(y_min=0.02, y_max=0.98, out_of_bounds="clip").fit(sure, right, weight)
        smooth = np.convolve(np.pad(curve.predict(points), 1, mode="edge"), np.ones(3) / 3, mode="valid")
        lines += [
            f"[{name}]",
            f"sure = {[round(float(p), 2) for p in points]}",
            f"right = {[round(float(p), 3) for p in smooth]}",
        ]
    CURVE.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Train, or measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cross", nargs="*", metavar="AUTHOR")
    parser.add_argument("--errors", action="store_true")
    arguments = parser.parse_args()
    statements.models = lambda: NOTHING  # type: ignore[assignment]
    ends = names()
    write("name_end", fit("name_end", ends))  # where names end decides which candidates the other models see
    lines = {**observations(list(cases())), "name_end": ends}
    for name, each in lines.items():
        print(name, len(each), dict(Counter(line.label for line in each)))
    if arguments.cross is not None:
        every = [g for g in (*ACT_SETS, *SENTENCES) if g not in TUNED]
        folds = [[g] for g in arguments.cross] or folds_of(every)
        cross(lines, folds, errors=arguments.errors)
        return
    for name, model in train(lines).items():
        write(name, model)


if __name__ == "__main__":
    main()

"""Acts that hold long runs of one sign, as converters and empty forms leave them: they are read, and soon.

An expression that shares out a run among its parts in more and more ways comes to no end, and its process alone can be
stopped: so each kind of runs is read by a process of its own, killed after a hundred times what it should take.
"""

from __future__ import annotations

import subprocess
import sys
from itertools import product
from pathlib import Path

import pytest

from extract.facts import DocumentFacts
from tests.extract.pipes.conftest import ACT

#: Seconds.
DEADLINE = 120
LENGTH = 2_000
RUNS = {
    "signs": ["-", "- ", "AB-", "• ", "_", ". ", ", ", "( "],
    "blanks": ["\n", " ", "\t", " \n", "\n- "],
    "words": ["a-", "de la ", "l'a ", "Ab, "],
}
#: Where runs stand in an act, some at a time.
PLACES = [
    {
        "Claire NOEL\n\nOBJET": "Claire NOEL {run}\n\nOBJET",
        "une aide de 500 €": "une aide de 500 € {run}",
        "l'association Horizon": "l'association Horizon {run}",
    },
    {
        "OBJET : Aides": "OBJET : Aides {run}",
        "- Chorale : 200 €": "- Chorale {run} : 200 €",
        "Contrat de ville": "Contrat de ville {run}",
    },
    {
        "code général": "code général {run}",
        "associations Alpha": "associations {run}Alpha",
        "avec Gamma": "avec {run}Gamma",
        "\n\nLe Conseil, après": "\n{run}\n\nLe Conseil, après",
        "ABSTENTION : 0": "ABSTENTION : {run} 0",
    },
]
BODY = """\
En 2023, une aide de 500 € a été versée à l'association Horizon dans le cadre du Contrat de ville.
Les associations Alpha et Zeta travaillent en partenariat avec Gamma et l'association Horizon.

Sont connues :
- Judo : 300 €
- Chorale : 200 €

Vu le code général des collectivités territoriales et les pièces du dossier soumis au conseil."""
GRANT = "- d'attribuer une subvention de 700 € à l'association Les Amis du Lac."

READ = """\
import sys
from pathlib import Path
from extract import extract_source
from extract.read import Source

for name in sys.argv[1:]:
    source = Source(name, "0" * 64, "text/plain", Path(name).read_text(encoding="utf-8"))
    print(extract_source(source).model_dump_json())
"""


def read_by_itself(paths: list[Path]) -> list[DocumentFacts]:
    """The facts of some texts (files might be refused as none), read by a process that is killed if it does not end."""
    told = subprocess.run(
        [sys.executable, "-c", READ, *map(str, paths)], capture_output=True, text=True, timeout=DEADLINE, check=True
    )
    return [DocumentFacts.model_validate_json(line) for line in told.stdout.splitlines()]


def hostile(unit: str, places: dict[str, str]) -> str:
    """An act that grants 700 €, with runs of a unit in some places."""
    act, run = ACT.format(title="Aides", body=BODY, decisions=GRANT), unit * (LENGTH // len(unit))
    for plain, full in places.items():
        assert plain in act
        act = act.replace(plain, full.format(run=run), 1)
    return act


@pytest.mark.parametrize("kind", RUNS)
def test_an_act_full_of_long_runs_is_read(kind: str, tmp_path: Path) -> None:
    paths = []
    for unit, places in product(RUNS[kind], PLACES):
        paths.append(tmp_path / f"{len(paths)}.txt")
        paths[-1].write_text(hostile(unit, places), encoding="utf-8")
    read = read_by_itself(paths)
    granted = [{f.amount for act in each.acts for f in act.fundings if f.status == "awarded"} for each in read]
    assert len(granted) == len(RUNS[kind]) * len(PLACES)
    assert [number for number, amounts in enumerate(granted) if 700 not in amounts] == []

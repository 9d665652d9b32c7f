"""Acts that hold long runs of one sign, as converters and empty forms leave them: they are read, and soon.

An expression that shares out a run among its parts in more and more ways comes to no end, and its process alone can be
stopped: so they are read by a process of their own, killed after some ten times what it should take.
"""

from __future__ import annotations

import signal
import subprocess
import sys
from decimal import Decimal
from itertools import chain, product
from pathlib import Path

import pytest

from extract.facts import DocumentFacts
from tests.extract.pipes.conftest import ACT

#: Seconds of processor, for what takes some twelve.
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
    {
        "montant de l'aide": "montant de l'aide {run}",
        "par M. Jean": "par M. {run}Jean",
        "à chacune des associations": "à chacune des {run}associations",
    },
]
BODY = """\
En 2023, une aide de 500 € a été versée à l'association Horizon dans le cadre du Contrat de ville.
Les associations Alpha et Zeta travaillent en partenariat avec Gamma et l'association Horizon.

Le montant de l'aide demandée par M. Jean Dupont est de 300 €.
Il fut proposé d'attribuer 50 € à chacune des associations suivantes : Tango et Valse.

Sont connues :
- Judo : 300 €
- Chorale : 200 €

Vu le code général des collectivités territoriales et les pièces du dossier soumis au conseil."""
GRANT = "- d'attribuer une subvention de 700 € à l'association Les Amis du Lac."

READ = """\
import resource
import sys
from pathlib import Path

from extract import extract_source
from extract.read import Source

deadline, *names = sys.argv[1:]
resource.setrlimit(resource.RLIMIT_CPU, (int(deadline), int(deadline)))
for name in names:
    source = Source(name, "0" * 64, "text/plain", Path(name).read_text(encoding="utf-8"))
    print(extract_source(source).model_dump_json(), flush=True)
"""


def read_by_itself(paths: list[Path]) -> list[DocumentFacts]:
    """The facts of some texts (files might be refused as none), up to the first that comes to no end."""
    command = [sys.executable, "-c", READ, str(DEADLINE), *map(str, paths)]
    told = subprocess.run(command, stdout=subprocess.PIPE, check=False)
    assert told.returncode in (0, -signal.SIGXCPU, -signal.SIGKILL)
    return [DocumentFacts.model_validate_json(line) for line in told.stdout.splitlines()]


def hostile(unit: str, places: dict[str, str]) -> str:
    """An act that grants 700 €, with runs of a unit in some places."""
    act, run = ACT.format(title="Aides", body=BODY, decisions=GRANT), unit * (LENGTH // len(unit))
    for plain, full in places.items():
        assert plain in act
        act = act.replace(plain, full.format(run=run), 1)
    return act


@pytest.fixture(scope="module")
def granted(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, int], set[Decimal | None]]:
    """What each act that was read grants, by the unit of its runs and the number of their places."""
    folder, acts = tmp_path_factory.mktemp("hostile"), list(product(chain(*RUNS.values()), range(len(PLACES))))
    paths = [folder / f"{number}.txt" for number in range(len(acts))]
    for path, (unit, place) in zip(paths, acts, strict=True):
        path.write_text(hostile(unit, PLACES[place]), encoding="utf-8")
    found = (
        {f.amount for act in each.acts for f in act.fundings if f.status == "awarded"} for each in read_by_itself(paths)
    )
    return dict(zip(acts, found, strict=False))


@pytest.mark.parametrize("kind", RUNS)
def test_an_act_full_of_long_runs_is_read(kind: str, granted: dict[tuple[str, int], set[Decimal | None]]) -> None:
    acts = list(product(RUNS[kind], range(len(PLACES))))
    assert [act for act in acts if act not in granted] == [], "the first comes to no end"
    assert [act for act in acts if 700 not in granted[act]] == []

"""What the tests of reading share: a template of an act, and the annotated acts to compare with."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
SEEDS = ROOT.parent / "shared" / "seeds"
DEV = ROOT / "tests" / "acts" / "dijon-template" / "dev"

ACT = """\
EXTRAIT DU REGISTRE DES DÉLIBÉRATIONS {body}

Séance du {date}

Président : Monsieur {president}

Secrétaire de séance : Madame {secretary}

Convocation envoyée le 9 mars 2023

Nombre de membres du Bureau : 12

Nombre de présents participant au vote : 9

Nombre de membres en exercice : 11

Nombre de procurations : 2

Membres présents :

{present}

Membres absents :

{absent}

OBJET : {objet}

{exposé}

{decision}

{vote}

Le secrétaire,
Madame {secretary}
"""

_PARTS = {
    "body": "du Bureau communautaire de la communauté de communes du Val Clair",
    "date": "jeudi 16 mars 2023",
    "president": "MARSEC",
    "secretary": "NOIR",
    "present": "Monsieur Bruno MARSEC\tMadame Carla NOIR",
    "absent": "Madame Aline TESSIER pouvoir à Monsieur Bruno MARSEC",
    "objet": "FINANCES\n\nSubvention 2023 au club de voile",
    "exposé": "Le club de voile accueille chaque été les enfants des écoles.",
    "decision": "**Le Bureau,\naprès en avoir délibéré, décide :**\n\n- **d'approuver** la convention ;",
    "vote": "SCRUTIN\tPOUR : 11\tABSTENTION : 0\n\tCONTRE : 0\tNE SE PRONONCE PAS : 0\n\tDONT 2 PROCURATION(S)\t",
}


@pytest.fixture(scope="session")
def act() -> Callable[..., str]:
    """An act of the template; any part can be given, the others are ordinary."""
    return lambda **parts: ACT.format(**{**_PARTS, **parts})


def annotated(folder: Path, gold: Path) -> list[Any]:
    """(text, gold) of each act of a folder that has been annotated."""
    pairs = ((path, gold / f"{path.stem}.json") for path in sorted(folder.glob("*.txt")))
    return [pytest.param(path, answers, id=path.stem) for path, answers in pairs if answers.exists()]


ANNOTATED = [*annotated(SEEDS, SEEDS.parent / "gold"), *annotated(DEV, DEV / "gold")]
if not ANNOTATED:
    ANNOTATED = [pytest.param(None, None, marks=pytest.mark.skip(reason="no annotated acts here"))]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that asks for ``annotated_act`` runs once for every seed and development act."""
    if "annotated_act" in metafunc.fixturenames:
        metafunc.parametrize("annotated_act", [pytest.param(p.values, id=p.id, marks=p.marks) for p in ANNOTATED])


@pytest.fixture
def gold(annotated_act: tuple[Path, Path]) -> tuple[str, dict[str, Any]]:
    """The text of an annotated act and its gold."""
    path, answers = annotated_act
    return path.read_text(encoding="utf-8"), json.loads(answers.read_text(encoding="utf-8"))

"""What the tests of the pipes share: the pipeline run over the text of one decision or of a whole act."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from extract.acts import extract_source
from extract.facts import ActFacts, DocumentFacts
from extract.pipeline import read_act
from extract.pipes.model import ActContext
from extract.pipes.reading import Reading
from extract.read import read_file
from tests.extract.pipes.minutes import HEAD, Minutes

ACT = """\
EXTRAIT DU REGISTRE DES DÉLIBÉRATIONS DU CONSEIL MUNICIPAL

VILLE DE MONTCLAIR

Séance du 15 février 2024

Président : Monsieur Alain PERRIN

Membres présents : M. Alain PERRIN - Mme Claire NOEL

OBJET : {title}

{body}

Le Conseil, après en avoir délibéré, décide :

{decisions}

SCRUTIN : POUR : 2 CONTRE : 0 ABSTENTION : 0
"""


@pytest.fixture
def decide() -> Callable[..., Reading]:
    """Read one decided point of the Ville de Montclair, on 15 February 2024."""

    def read(point: str, *, title: str = "", authority: str = "Ville de Montclair", body: str = "") -> Reading:
        head = (f"{title}\n\n" if title else "") + (f"{body}\n\n" if body else "")
        text = f"{head}Le Conseil décide :\n\n- {point}"
        start, intro = len(text) - len(point), len(head)
        extent = (0, len(title)) if title else None
        session = dt.date(2024, 2, 15)
        return read_act(
            text, ActContext(authority, "Conseil municipal", session, extent, ((1, start, len(text)),), intro)
        )

    return read


@pytest.fixture
def document(tmp_path: Path) -> Callable[..., DocumentFacts]:
    """Read a whole act of the Ville de Montclair from a file."""

    def read(
        decisions: str, *, title: str = "Subventions 2024", body: str = "La ville soutient la vie locale."
    ) -> DocumentFacts:
        path = tmp_path / "acte.txt"
        path.write_text(ACT.format(title=title, body=body, decisions=decisions), encoding="utf-8")
        return extract_source(read_file(path))

    return read


@pytest.fixture
def act(document: Callable[..., DocumentFacts]) -> Callable[..., ActFacts]:
    """The only act of such a document."""
    return lambda *args, **kwargs: document(*args, **kwargs).acts[0]


@pytest.fixture
def minutes(tmp_path: Path) -> Minutes:
    """The only act of minutes that hold a text."""

    def read(text: str) -> ActFacts:
        path = tmp_path / "compte-rendu.txt"
        path.write_text(HEAD + text, encoding="utf-8")
        return extract_source(read_file(path)).acts[0]

    return read

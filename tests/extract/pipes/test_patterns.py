"""Every pattern compiles, and every named pattern and piece is used: a dead pattern is a fact that nobody reads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from extract import patterns
from extract.text import fold

EXTRACT = Path(patterns.__file__).parents[1]
FOLDER = EXTRACT / "patterns"
FILES = sorted(path.stem for path in FOLDER.glob("*.toml"))
CODE = [path.read_text(encoding="utf-8") for path in EXTRACT.rglob("*.py")]
ALL_CODE = "".join(CODE)
SOURCES = "\n".join(path.read_text(encoding="utf-8") for path in FOLDER.glob("*.toml"))
#: Tables that hold words or figures, not expressions; each is read by its own name.
WORDS = {
    "confidence.rule",
    "numbers.numbers",
    "numbers.months",
    "organisations.heads",
    "organisations.synonyms",
    "organisations.long_forms",
    "organisations.assemblies",
    "tables.payer_kinds",
} | {
    "organisations.apposition",
    "organisations.long_forms",
    "citations.codes",
    "lexicon.verb",
    "lexicon.noun",
    "calibration.agreed",
    "calibration.silent",
    "calibration.opposed",
    "seen.exposed",
    "seen.nobody",
}
#: Single entries that are lists of words or figures.
ENTRIES = (
    {"actions.label.long", "abbreviations.sigle.small", "organisations.heads_alone", "organisations.heads_in_capitals"}
    | {f"names.{name}" for name in ("genitive", "joining", "articles", "determiners")}
    | {"roster.known", "roster.speech", "names.small", "lexicon.small"}
)
#: Expressions matched against the text itself, not its folded form.
AS_WRITTEN = re.compile(
    r"\.cased\.|^abbreviations\.sigle|^organisations\.state\.state$"
    r"|^names\.(participle|natural_person|next_name|own_article|legal_form|subject|person_written)$"
    r"|^candidates\.proper\.(opening|own_article)$"
)


def leaves(value: dict[str, Any], prefix: str = "") -> Iterator[str]:
    for name, each in value.items():
        if isinstance(each, dict):
            yield from leaves(each, f"{prefix}{name}.")
        elif not (isinstance(each, list) and each and isinstance(each[0], dict)):
            yield prefix + name


def named_patterns(file: str) -> list[str]:
    names = leaves({k: v for k, v in patterns.table(file).items() if k != "pieces"})
    return [n for n in names if f"{file}.{n.split('.')[0]}" not in WORDS and f"{file}.{n}" not in ENTRIES]


def is_used(file: str, name: str) -> bool:
    """By its own name, by its table (``named``, ``finders``), or by a name that code completes from words it knows."""
    section, _, last = name.rpartition(".")
    for code in (each for each in CODE if f'"{file}"' in each):
        if f'"{name}"' in code or re.search(rf'(?:named|finders|sieve)\("{file}", "{section}"', code):
            return True
        if re.search(rf'(?:named|finders|sieve)\("{file}", [\w\[\]*]+[,)]', code) and f'"{section}"' in ALL_CODE:
            return True
        if f'"{file}", f"{section}.{{' in code and (f'"{last}"' in ALL_CODE or _is_key(file, section, last)):
            return True
    return False


def _is_key(file: str, section: str, last: str) -> bool:
    """Whether another table of the file lists this name ("[generic]" tells which authorities have a kind)."""
    tables = {key: each for key, each in patterns.table(file).items() if isinstance(each, dict) and key != section}
    return any(last in each for each in tables.values())


@pytest.mark.parametrize("file", FILES)
def test_every_pattern_compiles_and_is_used(file: str) -> None:
    for name in named_patterns(file):
        read = patterns.cased if AS_WRITTEN.search(f"{file}.{name}") else patterns.pattern
        assert read(file, name).groups >= 0  # what does not compile is told with its file and its name
    unread = [name for name in named_patterns(file) if not is_used(file, name)]
    assert unread == [], f"nothing in extract reads these of {file}.toml"


@pytest.mark.parametrize("file", FILES)
def test_every_piece_is_part_of_a_pattern(file: str) -> None:
    own = (FOLDER / f"{file}.toml").read_text(encoding="utf-8") if file != "pieces" else SOURCES
    dead = [name for name in patterns.table(file).get("pieces", {}) if f"{{{name}}}" not in own]
    assert dead == []


@pytest.mark.parametrize("file", FILES)
def test_file_tells_its_source_and_licence(file: str) -> None:
    head = (FOLDER / f"{file}.toml").read_text(encoding="utf-8")[:800]
    assert "EUPL-1.2" in head or "calibrate.py" in head


def test_a_wrong_name_tells_file_and_pattern() -> None:
    with pytest.raises(patterns.PatternError, match=r"amounts\.toml.*amount\.none"):
        patterns.pattern("amounts", "amount.none")


def test_folding_and_spaces() -> None:
    """Accents and case do not matter, a space is any white space, an escape stays what it is."""
    expression = patterns.pattern("fundings", "role.reserve")
    assert expression.search(patterns.fold("SOUS\nRÉSERVE"))


@pytest.mark.parametrize(
    ("file", "name", "text"),
    [
        ("fundings", "cost.cue", "une allocation de 500 €"),
        ("fundings", "cost.cue", "la concession du service"),
        ("fundings", "cost.cue", "l'amendement de 500 €"),
        ("fundings", "history.cue", "la somme sera versée en 2024"),
        ("fundings", "part.share", "en contrepartie de "),
        ("fundings", "role.address", "l'horloge de la mairie de Tarvel."),
        ("organisations", "role.receives_first", "le raccordement au réseau"),
        ("tables", "status.not_money", "le comité de pilotage"),
    ],
)
def test_a_cue_is_not_found_within_another_word(file: str, name: str, text: str) -> None:
    assert patterns.pattern(file, name).search(fold(text)) is None

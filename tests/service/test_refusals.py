"""What an ingest says of a file in French has its English: every sentence of the code is looked for in the list."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from service.uploads.english import english
from service.uploads.outcome import Reason, reason

ROOT = Path(__file__).parents[2]
#: Modules that refuse files, and what they call to do so.
MODULES = sorted([*ROOT.glob("extract/read/*.py"), *ROOT.glob("service/ingest/*.py")])
CALLS = {"ReadError": slice(1, 3), "DocumentError": slice(1, 3), "Refusal": slice(1, 3), "Kind": slice(1, 3)}
#: Of pages that are looked at, not of files that are sent.
ELSEWHERE = {"pictures.py"}
#: What stands for the two things that the reader of pictures may miss, and for the two ways to be out.
CHOICES = {
    "missing": ["tesseract, qui reconnaît les caractères, n'est pas installé",
                "le modèle français de tesseract n'est pas installé"],
    "what": ["effacé", "retiré"], "remedy": ["--take-back", "ce fichier lui-même, ou --take-back"],
}  # fmt: skip


def written(node: ast.expr, constants: dict[str, str]) -> list[str]:
    """The sentences that an expression may be; none for what is not written there."""
    match node:
        case ast.Constant(str(text)):
            return [text]
        case ast.Name(name):
            return [constants[name]] if name in constants else []
        case ast.JoinedStr(pieces):
            found = [""]
            for piece in pieces:
                if isinstance(piece, ast.Constant):
                    more = [str(piece.value)]
                else:
                    assert isinstance(piece, ast.FormattedValue)
                    more = CHOICES.get(ast.unparse(piece.value), ["7"])
                found = [text + end for text in found for end in more]
            return found
        case _:
            return []


def sentences() -> Iterator[tuple[str, str]]:
    """(module, sentence) of all that is said of a file: in calls, and in pairs of a reason and a remedy."""
    for path in MODULES:
        if path.name in ELSEWHERE:
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        constants = {
            target.id: node.value.value
            for node in tree.body
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
            if isinstance(node.value.value, str)
            for target in node.targets
            if isinstance(target, ast.Name)
        }  # fmt: skip
        for node in ast.walk(tree):
            said: list[ast.expr] = []
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS:
                said = node.args[CALLS[node.func.id]]
            elif path.name in ("archive.py", "sources.py") and isinstance(node, ast.Tuple) and len(node.elts) == 2:
                said = [one for one in node.elts if isinstance(one, ast.Constant | ast.JoinedStr)]
            for one in said:
                yield from ((path.name, text) for text in written(one, constants) if " " in text)


def test_every_refusal_of_the_code_is_told_in_english() -> None:
    found = list(sentences())
    assert len(found) > 80
    assert [said for said in found if not english(said[1])] == []


@pytest.mark.parametrize(
    ("french", "told"),
    [
        ("le fichier est vide", "the file is empty"),
        ("812 Mo, plus que la limite de 50 Mo", "812 MB, over the limit of 50 MB"),
        ("fichier abîmé dans l'archive (Bad CRC-32\nfor x)", "a damaged file in the archive (Bad CRC-32\nfor x)"),
        ("archive de {limit} fichiers, la limite est 3", "an archive of {limit} files, the limit is 3"),
        ("ce que personne n'a dit", ""),
    ],
)
def test_what_is_particular_is_told_as_it_is(french: str, told: str) -> None:
    assert english(french) == told
    assert reason(french) == Reason(french, told)

"""Where the names of the annotated texts end: training lines of the name_end model."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

from extract.pipes.name_ends import ends
from extract.pipes.names import rule_end
from extract.text import fold
from training.dataset import Observation
from training.observations import flatten

_TAGS = ("organisation", "beneficiaire", "financeur")
_ARTICLE = re.compile(r"(?:l'|le |la |les |l’|du |des |au |aux |de la |de l'|à l'|à la )")
_REACH = 110


def sentence_names(path: Path, group: str) -> Iterator[Observation]:
    """The tagged names of a file of sentences."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("<phrase"):
            continue
        phrase = ET.fromstring(line)
        text, places = flatten(phrase)
        for tag in phrase.iter():
            if tag.tag in _TAGS and tag.get("prive") != "oui":
                start, end = places[id(tag)]
                article = _ARTICLE.match(text, start, end)
                start = article.end() if article else start
                if end - start > 2 and not (tag.get("nom") and text[start:end].islower()):
                    yield from _lines(text, start, end, group, phrase.attrib["id"])


def act_names(folder: Path, group: str) -> Iterator[Observation]:
    """The names of the annotated organisations, wherever an act writes them."""
    for path in sorted((folder / "gold").glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        source = folder / f"{path.stem}.txt"
        if not source.exists():
            continue
        data = source.read_bytes()
        text = data.decode("utf-8") if b"\xc3" in data or b"\xe2" in data else data.decode("cp1252")
        folded = fold(text)
        names = {n for o in gold.get("organisations") or [] for n in (o["nom"], *(o.get("aussi") or []))}
        taken: set[int] = set()
        for name in sorted(names, key=lambda name: (-len(name), name)):
            article = _ARTICLE.match(name)
            words = re.escape(fold(name[article.end() :] if article else name)).replace(r"\ ", r"\s+")
            for found in list(re.finditer(rf"(?<!\w){words}(?!\w)", folded))[:3]:
                if found.start() not in taken and len(name) > 3:
                    taken |= set(range(*found.span()))
                    yield from _lines(text, found.start(), found.end(), group, path.stem)


def _lines(text: str, start: int, end: int, group: str, document: str) -> Iterator[Observation]:
    limit = min(len(text), start + _REACH)
    found = list(ends(text, start, limit, rule_end(text, start)))
    if not any(stop == end for stop, _ in found):
        return
    for stop, features in found:
        yield Observation(group, document, tuple(features), "yes" if stop == end else "no")

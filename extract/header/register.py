"""What ties the authority of a header to the national registers: its département, its SIREN.

Communes of one name are told apart by the département, which letterheads print ("DÉPARTEMENT DE L'AUBE", "21000 Dijon",
"Saint-Denis (93)"); the transmission stamp and some letterheads give the SIREN itself. Neither is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from extract.finder import finder, finders
from extract.header.found import Found
from extract.segment.layout import Span
from extract.text import fold
from extract.view import Stamp
from ontology.authorities import find, normalise
from ontology.identifiers import is_siren

#: No name of a département has more words ("Territoire de Belfort", "Alpes de Haute Provence").
_MOST_WORDS = 6
_KINDS = ("commune ", "ville ", "mairie ")
#: Corse had one code (20) before 1976, and still has its postcodes.
_CORSICA = {"200": "2A", "201": "2A", "202": "2B", "206": "2B"}


def read_department(text: str, source: str, header: Span, authority: str | None) -> Found[str] | None:
    """Code of the département that the header prints ("21", "2A", "974"), None where it prints none."""
    for name, form in finders("header", "department"):
        for found in form.finditer(source, header.start, header.end):
            code = _named(text[slice(*found.span("name"))]) if name == "named" else _coded(found, authority)
            if code:
                return Found(code, Span(*found.span()))
    return None


def read_siren(source: str, header: Span, stamps: Iterable[Stamp]) -> Found[str] | None:
    """The nine figures of the authority: those of the stamp, else those that the letterhead prints."""
    for stamp in stamps:
        if is_siren(stamp.siren):
            return Found(stamp.siren, Span(stamp.start, stamp.end))
    for found in finder("header", "siren").finditer(source, header.start, header.end):
        figures = re.sub(r"\D", "", found["figures"])[:9]
        if is_siren(figures):
            return Found(figures, Span(*found.span()))
    return None


def _named(written: str) -> str | None:
    """The département whose name the words begin with, the longest that there is."""
    words = written.replace("\n", " ").split()[:_MOST_WORDS]
    for count in range(len(words), 0, -1):
        known = find(f"Département {' '.join(words[:count])}")
        if known and known.kind == "departement":
            return known.insee
    return None


def _bare(name: str) -> str:
    """A name as it is compared, without the word that says what sort of authority it is."""
    words = normalise(name)
    return next((words.removeprefix(kind) for kind in _KINDS if words.startswith(kind)), words)


def _coded(found: re.Match[str], authority: str | None) -> str | None:
    """The département of a code beside the name of the authority, None beside another."""
    town, own = _bare(found["town"]), _bare(authority or "")
    if not town or not own or not (own.endswith(town) or town.endswith(own)):
        return None
    code = fold(found["code"]).upper()
    known = find(f"Département {code}") if len(code) < 5 else None
    if known:
        return known.insee
    if len(code) == 5:
        return _CORSICA.get(code[:3]) or (code[:3] if code.startswith("97") else code[:2])
    return code.removeprefix("0") if len(code) == 3 and code.startswith("0") else code

"""The other ways in which one body is written: by the sigle of its kind, in full, without a bracket.

"Centre communal d'action sociale de Lormeray" and "CCAS de Lormeray" have one key
(:func:`~extract.pipes.orgbook.name_key`), yet a reader looks for either. Data in ``patterns/organisations.toml``.
"""

from __future__ import annotations

from extract.patterns import pattern, table
from extract.text import fold, squeeze


def other_forms(name: str) -> tuple[str, ...]:
    """The other names that the name of a body implies, none for most."""
    folded = fold(name)
    found = pattern("organisations", "forms.social").match(folded)
    if found is not None and found.lastgroup is not None:
        place = squeeze(name[found.end() :])
        long = table("organisations")["long_forms"][found.lastgroup]
        return tuple(form for form in (f"{found.lastgroup.upper()} {place}", f"{long} {place}") if _other(form, name))
    bracketed = pattern("organisations", "forms.bracketed").fullmatch(folded)
    if bracketed is not None:
        long, sigle, place = (squeeze(name[slice(*bracketed.span(g))]) for g in ("long", "sigle", "place"))
        return f"{long} {place}", f"{sigle} {place}"
    assembly = pattern("organisations", "forms.assembly").match(folded)
    if assembly is not None:
        called = table("organisations")["assemblies"][assembly["body"]]
        return (squeeze(f"{called} {name[assembly.end() :]}"),)
    headed = pattern("organisations", "forms.headed").match(folded)
    if headed is not None and (name[headed.end() :][:1].isupper() or not name[headed.end() :][:1].isalpha()):
        return (squeeze(name[headed.end() :]).strip(' «»"“”'),)
    renewed = pattern("organisations", "forms.renewed").match(folded)
    return (f"Commune {name[renewed.end() :].strip()}",) if renewed else ()


def _other(form: str, name: str) -> bool:
    return fold(form) != fold(squeeze(name))

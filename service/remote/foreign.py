"""A user's query made ready for a store whose parser is not ours: what it would read otherwise is refused.

`service.sparql.screen` reads as our engine does. Others read Unicode escapes before anything else (SPARQL 1.1 §19.2),
so that `\\u0053ERVICE` is SERVICE to them; Virtuoso takes pragmas (`define get:soft …` fetches from the Web) and calls
of its own functions. The prefixes and the base that our engine knows are said in the text.
"""

from __future__ import annotations

import re
from typing import Final

from ontology.terms import PREFIXES
from service.problems import Problem
from service.sparql.screen import TOKEN, screen

_ESCAPE: Final = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
#: Words that begin what only an update has.
_UPDATES: Final = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "MODIFY"})
_FORMS: Final = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})
#: Schemes of the functions of an engine, which may read files and call other servers.
_ENGINES: Final = ("bif:", "sql:", "xq:", "java:", "dav:")
_ABSOLUTE: Final = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*:")


def ready(query: str, base: str, *, max_bytes: int, max_nesting: int) -> str:
    """The query as it may be sent. Raises Problem 400, 403, 413."""
    plain = _ESCAPE.sub(lambda match: _character(match[1] or match[2]), query)
    if plain != query:
        screen(plain, max_bytes=max_bytes, max_nesting=max_nesting)
    _check(plain)
    if plain != query:
        _check(query)
    return _prologue(query, base) + query


def has_dataset(query: str) -> bool:
    """Whether the query says FROM."""
    return any(match.lastgroup == "run" and match.group().upper() == "FROM" for match in TOKEN.finditer(query))


def _character(digits: str) -> str:
    number = int(digits, 16)
    if number > 0x10FFFF or 0xD800 <= number <= 0xDFFF:
        raise _refused(f"\\u{digits} n'est pas un caractère")
    return chr(number)


def _check(query: str) -> None:
    """Refuse what is no query of SPARQL 1.1 to some engine."""
    begun = False
    for match in TOKEN.finditer(query):
        text, kind = match.group(), match.lastgroup
        if kind == "run":
            word = text.upper()
            if word in _UPDATES:
                raise Problem(403, "update-refused", "Mise à jour refusée", "Ce point d'accès est en lecture seule.")
            begun = begun or word in _FORMS
            if not begun and word not in ("PREFIX", "BASE"):
                raise _refused(f"« {text[:40]} » avant SELECT, ASK, CONSTRUCT ou DESCRIBE")
        elif kind in ("local", "iri") and text.lower().lstrip("<").startswith(_ENGINES):
            raise _refused(f"« {text[:40]} » est propre à un moteur")
        elif kind == "other" and text == "`":
            raise _refused("« ` » n'est pas de SPARQL 1.1")


def _refused(reason: str) -> Problem:
    return Problem(403, "extension-refused", "Extension refusée", f"{reason} ; ce point d'accès parle SPARQL 1.1 seul.")


def _prologue(query: str, base: str) -> str:
    """The declarations that the query does without, in one line, so that the lines of errors stay right."""
    declared: set[str] = set()
    used: set[str] = set()
    based = relative = False
    before = ""
    for match in TOKEN.finditer(query):
        text, kind = match.group(), match.lastgroup
        if kind == "blank":
            continue
        if kind == "local":
            (declared if before == "PREFIX" else used).add(text.partition(":")[0])
        relative = relative or (kind == "iri" and not _ABSOLUTE.match(text))
        before = text.upper() if kind == "run" else ""
        based = based or before == "BASE"
    lines = [f"BASE <{base}> "] if relative and not based else []
    lines += [f"PREFIX {name}: <{PREFIXES[name]}> " for name in sorted(used - declared) if name in PREFIXES]
    return "".join(lines)

"""What is refused before a query reaches the engine: size, depth, SERVICE, updates.

The engine's parser has no tokeniser: it reads characters in context, so `SERVICEex:a{}`, `?o.SERVICE<…>{}`,
`service:Foo {}` and `ex:a.b.SERVICE<…>{}` all call SERVICE. The scan below splits the text as that parser does
(spargebra, pyoxigraph 0.5.13) and errs on the side of refusal. It decides the answer a client gets; that nothing
leaves the machine is the sandbox's business (service.sparql.sandbox).

Sources: SPARQL 1.1 Query §19.8 (terminals), SPARQL 1.1 Protocol §2.1.
"""

import re
from dataclasses import dataclass
from typing import Final

from service.problems import Problem

_BASE: Final = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f\u2c00-\u2fef"
    "\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_NAME: Final = rf"{_BASE}_0-9\u00b7\u0300-\u036f\u203f-\u2040"
_ESCAPE: Final = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
_LOCAL: Final = rf"(?:[{_NAME}:-]|{_ESCAPE})"
# The engine takes one group of inner dots where the standard takes many: "ex:a.b.SERVICE" ends after "b".
_LOCAL_PART: Final = rf"(?:{_LOCAL}++(?:\.++{_LOCAL}++)?+)?+"

# In this order. A run is a keyword, or several glued together, or (with a local part) a prefix. A quote
# that never closes swallows the rest: the engine will refuse it.
TOKEN: Final = re.compile(
    rf"""
      (?P<blank>[\x20\t\r\n]+|\#[^\r\n]*)
    | (?P<string>\"\"\"(?:"{{0,2}}(?:[^"\\]|\\.))*+\"\"\"|'''(?:'{{0,2}}(?:[^'\\]|\\.))*+'''
        |"(?:[^"\\\r\n]|\\.)*+"|'(?:[^'\\\r\n]|\\.)*+')
    | (?P<broken>["'].*+)
    | (?P<iri><(?:[^\x00-\x20<>"{{}}|^`\\]|\\u[0-9A-Fa-f]{{4}}|\\U[0-9A-Fa-f]{{8}})*+>)
    | (?P<variable>[?$][{_NAME}]++)
    | (?P<label>_:[{_NAME}](?:\.*+[{_NAME}-])*+)
    | (?P<tag>@[A-Za-z]++(?:-{{1,2}}[A-Za-z0-9]++)*+)
    | (?P<run>[{_BASE}](?:\.*+[{_NAME}-])*+)(?P<local>:{_LOCAL_PART})?+
    | (?P<bare>:{_LOCAL_PART})
    | (?P<number>[0-9]++)
    | (?P<open>[{{(\[])
    | (?P<close>[}})\]])
    | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
#: What only the scan can judge: words that it looks for, escapes, a "<" that may be a comparison.
_NEEDS_SCAN: Final = re.compile(r"SERVICE|FROM|NOW|RAND|UUID|BNODE|\\|<(?!HTTPS?://)")
#: Declarations, then the word that says the form: all that may stand before it, comments and odd names excepted.
_BEGINNING: Final = re.compile(
    r"""[ \t\r\n]*+(?:(?:PREFIX[ \t\r\n]++[A-Z]*+:|BASE)[ \t\r\n]*+<[^\x00-\x20<>"{}|^`]*+>[ \t\r\n]*+)*+"""
    r"(SELECT|ASK|CONSTRUCT|DESCRIBE)(?![A-Z0-9_.:-])"
)
_PAIRS: Final = {")": "(", "]": "[", "}": "{"}
_FORMS: Final = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_UPDATES: Final = ("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH")
_VOLATILE: Final = frozenset({"NOW", "RAND", "UUID", "STRUUID", "BNODE"})
_OPERANDS: Final = frozenset({"string", "iri", "variable", "tag", "run", "local", "bare", "number"})


@dataclass(frozen=True)
class Screened:
    """What the scan learnt of a query it let through."""

    form: str | None
    """SELECT, ASK, CONSTRUCT or DESCRIBE; None where no form was found (the engine will say why)."""
    has_dataset: bool
    """Whether the query says FROM: its dataset then replaces the union."""
    volatile: bool
    """Whether two runs may differ (NOW, RAND …): no ETag."""


def screen(query: str, *, max_bytes: int, max_nesting: int) -> Screened:
    """Refuse what must not reach the engine. Raises Problem 400 (depth, ambiguity), 403 (SERVICE, update), 413."""
    if len(query.encode()) > max_bytes:
        raise Problem(413, "query-too-large", "Requête trop longue", f"Une requête tient en {max_bytes} octets.")
    return _plain(query, max_nesting) or _Scan(query, max_nesting).run()


def _plain(query: str, max_nesting: int) -> Screened | None:
    """What the scan would learn, for a query in which it could find nothing amiss; else None, and it must look.

    Most queries are such. Words are looked for in all of the text, comments and strings too, so that how it falls into
    tokens does not matter."""
    shouted = query.upper()
    if _NEEDS_SCAN.search(shouted) or sum(map(query.count, "({[")) > max_nesting:
        return None
    beginning = _BEGINNING.match(shouted)
    return Screened(beginning[1], has_dataset=False, volatile=False) if beginning else None


class _Scan:
    """One pass over a query; linear in its length."""

    def __init__(self, query: str, max_nesting: int) -> None:
        self._query = query
        self._max_nesting = max_nesting
        self._open: list[str] = []
        self._form: str | None = None
        self._words: set[str] = set()
        self._previous = ""
        self._service_prefix: int | None = None

    def run(self) -> Screened:
        for match in TOKEN.finditer(self._query):
            kind = match.lastgroup or "other"
            if kind == "blank":
                continue
            self._step(kind, match)
            self._previous = "close" if match.group() == ")" else kind
        return Screened(self._form, "FROM" in self._words, bool(self._words & _VOLATILE))

    def _step(self, kind: str, match: re.Match[str]) -> None:
        text, position = match.group(), match.start()
        if kind == "open":
            self._enter(text, position)
        elif kind == "close" and self._open and self._open[-1] == _PAIRS[text]:
            self._open.pop()
        elif kind == "iri":
            self._check_ambiguity(text, position)
        elif kind == "run":
            for word in text.upper().split("."):
                self._word(word, position)
        # "service:Foo {": a name to the standard, SERVICE :Foo to the engine; only the brace tells.
        self._service_prefix = position if kind == "local" and "SERVICE" in text.upper() else None

    def _enter(self, bracket: str, position: int) -> None:
        if bracket == "{" and self._service_prefix is not None:
            raise _service(self._query, self._service_prefix)
        self._open.append(bracket)
        if len(self._open) > self._max_nesting:
            detail = f"L'imbrication dépasse {self._max_nesting} niveaux"
            raise _at(self._query, position, 400, "query-too-deep", "Requête trop imbriquée", detail)

    def _word(self, word: str, position: int) -> None:
        if "SERVICE" in word:
            raise _service(self._query, position)
        if self._form is None:
            if word.startswith(_UPDATES):
                detail = "Ce point d'accès est en lecture seule ; les mises à jour SPARQL sont refusées"
                raise _at(self._query, position, 403, "update-refused", "Mise à jour refusée", detail)
            self._form = next((form for form in _FORMS if word.startswith(form)), None)
        self._words.add("FROM" if "FROM" in word else word)

    def _check_ambiguity(self, text: str, position: int) -> None:
        """Refuse `(… ?a <1#>''' …`, a comparison that reads as an IRI and would hide what follows.

        A comparison stands in parentheses, after an operand; what can hide text there is a comment, a quote or a
        parenthesis. An IRI with a scheme and "://" is no expression, hence no comparison.
        """
        compares = self._open[-1:] == ["("] and (self._previous in _OPERANDS or self._previous == "close")
        if compares and re.search(r"[#'()]", text) and not re.match(r"<[A-Za-z][A-Za-z0-9+.-]*://", text):
            detail = "« < » ouvre-t-il un IRI ou une comparaison ? Écrivez l'IRI en entier, ou une espace après « < »"
            raise _at(self._query, position, 400, "query-ambiguous", "Requête ambiguë", detail)


def _service(query: str, position: int) -> Problem:
    detail = "SERVICE ferait interroger un autre serveur par le nôtre ; ce point d'accès ne le permet pas"
    return _at(query, position, 403, "service-refused", "SERVICE refusé", detail)


def _at(query: str, position: int, status: int, slug: str, title: str, detail: str) -> Problem:
    """A problem that says where: line and column count from 1, columns in characters."""
    before = query[:position]
    line, column = before.count("\n") + 1, position - (before.rfind("\n") + 1) + 1
    return Problem(status, slug, title, f"{detail} (ligne {line}, colonne {column}).", line=line, column=column)

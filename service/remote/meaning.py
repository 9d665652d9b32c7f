"""Whether a store means by SPARQL what the standard does, where our queries depend on it (meaning.toml)."""

import functools
import tomllib
from collections.abc import Iterable
from importlib import resources
from typing import Any, Final

from pyoxigraph import Literal, NamedNode

from service.problems import Problem
from service.remote.store import RemoteStore
from service.store import NoReleaseError, QueryKindError, Row

#: The rows of a query that only says whether.
_TRUE: Final = [{"true": "1"}]
#: Rows of an answer that are told.
_SHOWN: Final = 3


@functools.cache
def _rules() -> dict[str, dict[str, Any]]:
    return tomllib.loads(resources.files("service.remote").joinpath("meaning.toml").read_text(encoding="utf-8"))


def check(store: RemoteStore, url: str, *, accepted: bool = False) -> frozenset[str]:
    """The names of the rules that the store breaks: of those alone that we can do without, and if they are `accepted`.

    Raises NoReleaseError, which names all that the store does otherwise, and Problem where it is not to be asked.
    """
    broken = dict(_broken(store))
    here = all(_rules()[name].get("here") for name in broken)
    if not broken or (accepted and here):
        return frozenset(broken)
    told = "".join(f"\n- {name} : {says}" for name, says in broken.items())
    remedy = (
        "Prenez un autre entrepôt, ou le nôtre, sans --endpoint. Avec --endpoint-faults (réglage endpoint_faults), "
        "celui-ci ne cherche que des motifs, et le reste est calculé ici (docs/stores.md)."
        if here
        else "Prenez un autre entrepôt, ou le nôtre, sans --endpoint (docs/stores.md)."
    )
    raise NoReleaseError(
        f"{url} : cet entrepôt ne suit pas SPARQL 1.1 et donnerait de fausses réponses :{told}\n{remedy}"
    )


def _broken(store: RemoteStore) -> Iterable[tuple[str, str]]:
    """Name and account of each rule that the store breaks, with what it answered."""
    for name, rule in _rules().items():
        try:
            found = _answered(store, rule)
        except Problem as problem:
            if problem.slug != "store-failed":
                raise
            found = problem.detail
        if found is not None:
            yield name, f"{rule['says']} ; réponse : {found}"


def _answered(store: RemoteStore, rule: dict[str, Any]) -> str | None:
    """What a store answers that is wrong; None where it is right."""
    try:
        if "ask" in rule:
            return None if store.ask(rule["ask"]) else "non"
        rows = [_lexical(row) for row in store.select(rule["select"])]
    except QueryKindError:
        return "des lignes au lieu d'un booléen, ou l'inverse"
    allowed = rule.get("among") or rule.get("rows", _TRUE)
    wrong = [row for row in rows if row not in allowed]
    if not wrong and ("among" in rule or len(rows) == len(allowed)):
        return None
    return ", ".join(map(_told, (wrong or rows)[:_SHOWN])) or "aucune ligne"


def _told(row: dict[str, str]) -> str:
    return " ".join(f"?{name} = {value}" for name, value in row.items()) or "une ligne sans valeur"


def _lexical(row: Row) -> dict[str, str]:
    return {name: term.value if isinstance(term, Literal | NamedNode) else str(term) for name, term in row.items()}

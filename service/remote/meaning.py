"""Whether a store means by SPARQL what the standard does, where our queries depend on it (meaning.toml)."""

import functools
import tomllib
from collections.abc import Iterable
from importlib import resources

from service.problems import Problem
from service.remote.store import RemoteStore
from service.store import NoReleaseError, QueryKindError


@functools.cache
def _rules() -> dict[str, dict[str, str]]:
    return tomllib.loads(resources.files("service.remote").joinpath("meaning.toml").read_text(encoding="utf-8"))


def check(store: RemoteStore, url: str) -> None:
    """Raise NoReleaseError, with what the store does otherwise, unless it answers every ASK of meaning.toml rightly."""
    broken = list(_broken(store))
    if broken:
        raise NoReleaseError(
            f"{url} : cet entrepôt ne suit pas SPARQL 1.1 et donnerait de fausses réponses : {' ; '.join(broken)}. "
            "Voir docs/stores.md."
        )


def _broken(store: RemoteStore) -> Iterable[str]:
    for rule in _rules().values():
        try:
            if not store.ask(rule["ask"]):
                yield rule["says"]
        except QueryKindError:
            yield "un ASK se répond par un booléen"
            return
        except Problem as problem:
            if problem.slug != "store-failed":
                raise
            yield f"{rule['says']} ({problem.detail})"

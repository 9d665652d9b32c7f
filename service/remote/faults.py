"""What may go wrong with the store that answers for us, as problems: one function a cause."""

from collections.abc import Mapping
from typing import Final

from service.problems import Problem

_TOLD: Final = 300
_RETRY: Final = {"Retry-After": "10"}


def unreachable(reason: str) -> Problem:
    """502: no connection, or one that broke."""
    detail = f"L'entrepôt qui détient les données ne répond pas ({reason}). Réessayez dans un instant."
    return Problem(502, "store-unreachable", "Entrepôt injoignable", detail, _RETRY)


def failed(status: int, text: str) -> Problem:
    """502, or 503 where the store says that it is busy."""
    told = _told(text)
    detail = f"L'entrepôt qui détient les données a répondu {status} ({told or 'sans explication'})."
    return Problem(503 if status in (429, 503) else 502, "store-failed", "Entrepôt en échec", detail, _RETRY)


def redirected(status: int) -> Problem:
    """502: it sends elsewhere, where we do not go."""
    detail = f"L'entrepôt renvoie à une autre adresse ({status}), qui n'est pas suivie. Corrigez le réglage endpoint."
    return Problem(502, "store-failed", "Entrepôt en échec", detail)


def denied(status: int) -> Problem:
    """502: our account may not read; nothing that a user can do."""
    detail = f"L'entrepôt refuse le compte du service ({status}). Voir endpoint_user et endpoint_password."
    return Problem(502, "store-failed", "Entrepôt en échec", detail)


def unreadable(reason: str) -> Problem:
    """502: its answer is not what was asked for, or is cut."""
    detail = f"La réponse de l'entrepôt est illisible ({reason[:_TOLD]})."
    return Problem(502, "store-failed", "Entrepôt en échec", detail)


def cut(most: str) -> Problem:
    """502: it leaves out what is beyond a number of rows of its own; a sum of the rest would be wrong."""
    detail = (
        f"L'entrepôt ne donne que les {most[:20]} premières lignes de ses réponses. Relevez sa limite "
        "(ResultSetMaxRows de Virtuoso)."
    )
    return Problem(502, "store-failed", "Entrepôt en échec", detail)


def refused(text: str) -> Problem:
    """400: the store does not understand the query, or cannot run it."""
    return Problem(
        400, "query-failed", "Requête inexécutable", _told(text) or "L'entrepôt la refuse sans dire pourquoi."
    )


def late(seconds: float) -> Problem:
    """504: no whole answer within the deadline; the connection is closed."""
    detail = f"L'entrepôt n'a pas répondu en entier en {seconds:g} s. Restreignez la requête, ou réessayez."
    return Problem(504, "query-timeout", "Délai dépassé", detail, {"Retry-After": "30"})


def _told(text: str) -> str:
    """The first paragraph of what the store says: some repeat the query after it."""
    return " ".join(text.strip().partition("\n\n")[0].split())[:_TOLD]


def check(status: int, headers: Mapping[str, str], text: str, *, ours: bool) -> None:
    """Raise the problem of an answer that is no success, or of one that says that it is not whole.

    A query of ours that is refused is no fault of the user's: 502.
    """
    if 200 <= status < 300:
        # Virtuoso answers what it has when its own time is up, as a success.
        if "S1TAT" in headers.get("x-sql-state", ""):
            raise failed(503, "réponse partielle : délai de l'entrepôt dépassé")
        # It also leaves out the rows beyond a number of its own (ResultSetMaxRows, 10,000 in Debian).
        if most := headers.get("x-sparql-maxrows"):
            raise cut(most)
        return
    if 300 <= status < 400:
        raise redirected(status)
    if status in (401, 403, 407):
        raise denied(status)
    if status in (400, 413, 414, 422) and not ours:
        raise refused(text)
    raise failed(status, text)

"""From an HTTP request to a SPARQL query request (SPARQL 1.1 Protocol §2.1): pure reading, no evaluation."""

import asyncio
from dataclasses import dataclass
from urllib.parse import parse_qsl

from fastapi import Request

from service.problems import Problem
from service.sparql import failures

_FORM = "application/x-www-form-urlencoded"
_DIRECT = "application/sparql-query"
_UPDATE = "application/sparql-update"
_OF_UPDATES = frozenset({"update", "using-graph-uri", "using-named-graph-uri"})
# A form escapes each byte as three and carries the names of graphs besides.
_BODY_FACTOR = 4


@dataclass(frozen=True)
class QueryRequest:
    """A query operation as the client asked for it."""

    query: str
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]
    format: str | None
    timeout: str | None

    @property
    def has_dataset(self) -> bool:
        """Whether the protocol names the dataset, which then wins over FROM."""
        return bool(self.default_graphs or self.named_graphs)


async def read(request: Request, max_query_bytes: int, seconds: float) -> QueryRequest | None:
    """The query operation; None for a GET without query.

    Its body must arrive whole within `seconds`. Raises Problem 400, 403 (update), 408, 413, 415.
    """
    parameters = _parameters(request.scope["query_string"].decode("latin-1"))
    if request.method == "POST":
        media = _media(request)
        try:
            async with asyncio.timeout(seconds):
                body = await _body(request, max_query_bytes * _BODY_FACTOR)
        except TimeoutError as error:
            raise failures.slow(seconds) from error
        if media == _UPDATE:
            raise _update_refused()
        if media == _DIRECT:
            parameters = [(name, value) for name, value in parameters if name != "query"]
            parameters.append(("query", _text(body)))
        elif media == _FORM:
            parameters = _parameters(_text(body))
        else:
            detail = f"Envoyez la requête en {_FORM} ou en {_DIRECT}."
            raise Problem(415, "unsupported-media-type", "Type de contenu non pris en charge", detail)
    return _assemble(parameters, required=request.method == "POST")


def _assemble(parameters: list[tuple[str, str]], *, required: bool) -> QueryRequest | None:
    given: dict[str, tuple[str, ...]] = {}
    for name, value in parameters:
        given[name] = (*given.get(name, ()), value)

    def single(name: str) -> str | None:
        values = given.get(name, ())
        if len(values) > 1:
            raise _malformed(f"Le paramètre {name} ne peut être donné qu'une fois.")
        return values[0] if values else None

    if not given.keys().isdisjoint(_OF_UPDATES):
        raise _update_refused()
    query = single("query")
    if query is None:
        if required:
            raise _malformed("Le paramètre query manque.")
        return None
    return QueryRequest(
        query,
        given.get("default-graph-uri", ()),
        given.get("named-graph-uri", ()),
        single("format") or None,
        single("timeout") or None,
    )


def _media(request: Request) -> str:
    """The media type of the body, lower-cased. Raises Problem 415 for a charset other than UTF-8."""
    media, *parameters = (part.strip() for part in request.headers.get("content-type", "").lower().split(";"))
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "charset" and value.strip(' "') not in ("utf-8", "utf8"):
            detail = "Le protocole SPARQL veut de l'UTF-8."
            raise Problem(415, "unsupported-charset", "Jeu de caractères non pris en charge", detail)
    return media


async def _body(request: Request, limit: int) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > limit:
            raise Problem(413, "query-too-large", "Requête trop longue", f"Un corps tient en {limit} octets.")
    return bytes(body)


def _text(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise _malformed("Le texte n'est pas de l'UTF-8.") from error


def _parameters(encoded: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(encoded, keep_blank_values=True, errors="strict", max_num_fields=1000)
    except ValueError as error:  # UnicodeDecodeError included
        raise _malformed("Les paramètres ne sont pas de l'UTF-8 encodé par %, ou sont trop nombreux.") from error


def _malformed(detail: str) -> Problem:
    return Problem(400, "bad-request", "Demande mal formée", detail)


def _update_refused() -> Problem:
    detail = "Ce point d'accès est en lecture seule ; les mises à jour SPARQL sont refusées."
    return Problem(403, "update-refused", "Mise à jour refusée", detail)

"""The Jinja environment that all HTML pages share, and answers in HTML, CSV and JSON."""

from __future__ import annotations

import functools
import re
import sqlite3
import sys
from collections.abc import Callable, Coroutine
from contextlib import suppress
from decimal import Decimal
from importlib.util import cache_from_source
from pathlib import Path
from pickle import UnpicklingError
from typing import Any, Final
from urllib.parse import quote, urlencode

import jinja2
import orjson
from fastapi import Request, Response
from fastapi.responses import HTMLResponse
from fastapi.routing import APIRoute
from jinja2.bccache import Bucket
from jinja2.runtime import Context
from markupsafe import Markup

from queries import QueryError, UnknownQueryError, ValueRefusedError
from service import style
from service.language import VARY, Language, explicit, speaker
from service.language import of as language_of
from service.pages import french, tables
from service.problems import Problem
from service.store import DamagedStoreError, NoReleaseError

#: How formats are called on pages.
FORMAT_NAMES: Final = {
    "turtle": "Turtle",
    "jsonld": "JSON-LD",
    "rdfxml": "RDF/XML",
    "ntriples": "N-Triples",
    "trig": "TriG",
    "nquads": "N-Quads",
    "srj": "SPARQL JSON",
    "xml": "SPARQL XML",
}


class _Compiled(jinja2.FileSystemBytecodeCache):
    """Templates as compiled, kept where Python keeps what it compiles of this module, on the same terms."""

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take one over; what is cut short or cannot be read is compiled again."""
        try:
            super().load_bytecode(bucket)
        except (OSError, EOFError, UnpicklingError):
            bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep one; where nothing can or may be written it is compiled by the next process too."""
        if not sys.dont_write_bytecode:
            with suppress(OSError):
                super().dump_bytecode(bucket)


@functools.cache
def environment() -> jinja2.Environment:
    """Templates of ``service/templates``: autoescaped, undefined names are errors, French filters included.

    Filters, in the language of the page: ``euros``, ``number``, ``date``, ``word(group)`` for vocabulary values; then
    ``format_name`` for a format on offer, ``in_language``, ``keep_language``, ``data_block``, ``short``,
    ``also`` and ``bound`` (see below).
    """
    env = jinja2.Environment(
        loader=jinja2.PackageLoader("service", "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=_Compiled(str(Path(cache_from_source(__file__)).parent)),
    )
    env.filters.update(
        euros=_shown("euros"),
        number=_shown("number"),
        date=_shown("date"),
        word=_word,
        format_name=lambda offer: FORMAT_NAMES.get(offer.name, offer.name.upper()),
        in_language=in_language,
        keep_language=keep_language,
        data_block=data_block,
        short=short,
        also=also,
        bound=bound,
    )
    env.globals["years"] = french.years
    env.globals["style_sheet"] = Markup(style.sheet())  # noqa: S704 (our own file)
    return env


def saying(language: Language) -> Callable[..., str]:
    """What templates say their texts with: ``say(key)``, ``say(key, count)``, ``say(key, name=value)``.

    A text that tells a count is "one | several": French has one for none, English several. Raises KeyError.
    """
    speak = speaker(language)

    def say(key: str, count: int | None = None, /, **values: object) -> str:
        text = speak(key)
        if count is not None:
            one, _, several = text.partition(" | ")
            text = one if not several or count == 1 or (count == 0 and language == "fr") else several
            values["count"] = tables.shown("number", str(count), language)
        return text.format(**values) if values else text

    return say


def _spoken(context: Context) -> Language:
    """The language of the page that a filter stands in; French in a macro that does not know it."""
    found: Language = context.get("language", "fr")
    return found


def _shown(kind: str) -> Callable[[Context, object], str]:
    """A filter that writes a value of a kind as the readers of the page expect it."""

    @jinja2.pass_context
    def shown(context: Context, value: object) -> str:
        return "" if value is None else tables.shown(kind, str(value), _spoken(context))

    return shown


@jinja2.pass_context
def _word(context: Context, key: str | None, group: str) -> str:
    """The word for a value of the vocabulary in the language of the page (words.toml, words-en.toml)."""
    return tables.word(group, key, _spoken(context))


def in_language(request: Request, wanted: Language) -> str:
    """The address of this page in another language, on this host."""
    query = urlencode([*((n, v) for n, v in request.query_params.multi_items() if n != "lang"), ("lang", wanted)])
    return f"{quote(request.url.path)}?{query}"


def keep_language(path: str, request: Request) -> str:
    """``path`` with the language that the present address asks for, so that a reader who chose one keeps it."""
    spoken = explicit(request)
    address, sign, fragment = path.partition("#")
    return f"{also(address, f'lang={spoken}')}{sign}{fragment}" if spoken else path


def data_block(content: object) -> Markup:
    """JSON for a ``<script type="application/ld+json">``: what could end or open an element is escaped."""
    text = orjson.dumps(content).decode()
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))  # noqa: S704


def short(amount: Decimal, language: Language) -> str:
    """An amount where there is little room: three figures, thousands (k), millions (M), milliards (Md, bn)."""
    units = (("Md" if language == "fr" else "bn", 9), ("M", 6), ("k", 3), ("", 0))
    unit, power = next((unit for unit in units if abs(amount) >= 10 ** unit[1]), units[-1])
    value = float(amount) / 10**power
    figure = f"{value:,.0f}" if value >= 100 or not power else f"{value:.3g}"
    if language == "en":
        return f"€{figure}{unit}"
    return f"{figure.replace(',', french.NARROW).replace('.', ',')}{french.NBSP}{unit}€"


def bound(text: str) -> str:
    """A title whose signs begin no line: as French sets them, a no-break space before ``: ; ? !`` and inside « »."""
    return re.sub(r" (?=[:;?!»](?: |$))|(?<=«) ", french.NBSP, text)


def also(address: str, more: str) -> str:
    """An address with one more parameter, already encoded."""
    return f"{address}{'&' if '?' in address else '?'}{more}"


def page(request: Request, template: str, status: int = 200, language: Language = "fr", **context: Any) -> HTMLResponse:
    """Answer with a page. ``template`` is a file of ``service/templates``; ``context`` its variables.

    ``language`` is that of the frame; a page that is written in both says so by its variable ``bilingual``, and to
    caches that it depends on the reader's language.
    """
    html = (
        environment().get_template(template).render(request=request, language=language, say=saying(language), **context)
    )
    return HTMLResponse(html, status_code=status, headers={"Vary": VARY} if context.get("bilingual") else None)


def welcome(request: Request) -> HTMLResponse:
    """What every page is before a first release: how to begin."""
    response = page(request, "empty.html", status=503, language=language_of(request), bilingual=True)
    response.headers.update({"Retry-After": "60", "Cache-Control": "no-store"})
    return response


def csv_file(content: bytes, name: str) -> Response:
    """Answer with a CSV file to save as ``name``.csv."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return Response(content, media_type="text/csv; charset=utf-8", headers=headers)


def json(content: object) -> Response:
    """Answer with JSON, indented for the eye."""
    return Response(orjson.dumps(content, option=orjson.OPT_INDENT_2), media_type="application/json")


class PageRoute(APIRoute):
    """A route whose own errors are told in French: refused value 400, unknown query 404, no release yet 503."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler, with the errors of queries turned into problems, and a welcome before the first release."""
        handle = super().get_route_handler()

        async def handled(request: Request) -> Response:
            try:
                try:
                    return await handle(request)
                except (sqlite3.OperationalError, FileNotFoundError):
                    if request.method not in ("GET", "HEAD"):
                        raise
                    # the release was pruned between being found live and being read: one more is live by now
                    return await handle(request)
            except UnknownQueryError as error:
                raise Problem(404, "unknown-query", "Requête inconnue", str(error)) from error
            except ValueRefusedError as error:
                raise Problem.of_value(str(error), error.parameter, error.expected, error.example) from error
            except QueryError as error:
                raise Problem(400, "value-refused", "Valeur refusée", str(error)) from error
            except DamagedStoreError:
                raise  # nothing to welcome to: it is told as a problem, with what to do
            except NoReleaseError:
                if request.url.path.endswith((".csv", ".json")):
                    raise
                return welcome(request)

        return handled


def missing(what: str, remedy: str) -> Problem:
    """The problem of a page that is not there; both in French."""
    return Problem(404, "not-found", "Introuvable", f"{what}. {remedy}")

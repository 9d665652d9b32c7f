"""``delibgraph review``: what was read too unsurely to be published, and awaits a person's judgement."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Literal

import typer

from service.cli.console import Data, Json, out, settings, tell

Format = Literal["table", "csv", "tsv", "json"]

#: The named query that lists it.
QUERY = "to-review"


def review(
    name: Annotated[
        str, typer.Argument(metavar="[NOM]", help="Un organisme : nom, sigle ou partie du nom.", show_default=False)
    ] = "",
    act: Annotated[
        str, typer.Option("--act", metavar="TEXTE", help="Une délibération : titre, numéro ou partie.")
    ] = "",
    data: Data = None,
    form: Annotated[Format, typer.Option("--format", "-f", help="Forme du résultat.")] = "table",
    json: Json = False,
) -> None:
    """Liste les lectures incertaines : ce qui fut lu, la phrase, l'acte, la confiance ; la moins sûre d'abord.

    Une attribution lue avec une confiance inférieure au seuil (DELIBGRAPH_PUBLISH_THRESHOLD) n'est ni publiée comme
    financement ni comptée ; elle est gardée ici, avec sa phrase. La même liste : /queries/to-review.

    Exemples :

      delibgraph review

      delibgraph review cesam --act "contrat de ville"

      delibgraph review --format csv > a-revoir.csv
    """
    import pyoxigraph as ox

    from queries import find
    from service.cli.answers import run, show
    from service.store import ReleaseReader

    named = find(QUERY)
    given = {key: value for key, value in (("name", name), ("act", act)) if value.strip()}
    answer = run(ReleaseReader(settings(data=data).data), named.text, named.substitutions(given), QUERY)
    if json or form != "table" or not isinstance(answer, ox.QuerySolutions):
        show(answer, "json" if json else form, named)
        return
    names = [variable.value for variable in answer.variables]
    _table([{n: str(getattr(t, "value", t)) for n, t in zip(names, row, strict=True) if t} for row in answer])


def _table(rows: Iterable[Mapping[str, str]]) -> None:
    """For the eye: the proposed reading beside its sentence."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, show_lines=True)
    table.add_column("Confiance", justify="right", no_wrap=True)
    for title in ("Lecture proposée", "Phrase à vérifier", "Délibération"):
        table.add_column(title, overflow="fold")
    for row in rows:
        # Text, not str: what an act prints between brackets is no style.
        table.add_row(*map(Text, (row["confidence"], _proposed(row), f"« {_line(row['quote'])} »", _place(row))))
    out().print(table if table.row_count else "Aucune lecture incertaine à revoir.")
    if table.row_count:
        tell(f"{table.row_count} lecture{'s' if table.row_count > 1 else ''} à revoir ; aucune n'est comptée.")


def _proposed(row: Mapping[str, str]) -> str:
    from service.pages.french import euros, word

    amount = euros(row.get("amount")) or "montant non précisé"
    ends = " → ".join(_name(row, role) for role in ("funder", "beneficiary"))
    return "\n".join((f"{amount} {row.get('per', '')}".rstrip(), ends, word("kind", row.get("kind"))))


def _name(row: Mapping[str, str], role: str) -> str:
    from service.pages.links import fallback_label

    return row.get(role) or (fallback_label(row[f"{role}_iri"]) if f"{role}_iri" in row else "?")


def _place(row: Mapping[str, str]) -> str:
    from service.pages.french import date_fr

    where = row["file"] + (f", page {row['page']}" if "page" in row else "")
    return "\n".join(part for part in (date_fr(row.get("date")), row.get("act", ""), where) if part)


def _line(quote: str) -> str:
    return " ".join(quote.split())


COMMANDS = {"review": review}

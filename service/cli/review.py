"""``delibgraph review``: what awaits a person's judgement, readings too unsure to be published and unsure matches."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Literal

import typer

from service.cli.console import Data, Json, out, settings, tell

Format = Literal["table", "csv", "tsv", "json"]
Kind = Literal["readings", "matches", "all"]

#: The named query that lists it.
QUERY = "to-review"


def review(
    name: Annotated[
        str,
        typer.Argument(metavar="[NOM]", help="Un organisme, une personne : nom, sigle ou partie.", show_default=False),
    ] = "",
    kind: Annotated[
        Kind, typer.Option("--kind", help="Lectures incertaines, rapprochements d'identité incertains, ou les deux.")
    ] = "all",
    act: Annotated[
        str, typer.Option("--act", metavar="TEXTE", help="Une délibération : titre, numéro ou partie (lectures).")
    ] = "",
    data: Data = None,
    form: Annotated[Format, typer.Option("--format", "-f", help="Forme du résultat.")] = "table",
    json: Json = False,
) -> None:
    """Liste ce qu'une personne doit juger : lectures incertaines, et noms qui désignent peut-être la même entité.

    Une attribution lue avec une confiance inférieure au seuil (DELIBGRAPH_PUBLISH_THRESHOLD) n'est ni publiée comme
    financement ni comptée ; elle est gardée ici, avec sa phrase (/queries/to-review). Deux noms qui se ressemblent
    sans que cela suffise restent deux entités ; ils sont ici côte à côte, le plus d'argent en jeu d'abord
    (/queries/matches-to-review). En CSV, TSV et JSON : --kind readings ou matches (sans quoi les lectures).
    Juger : delibgraph accept, reject, merge, keep-apart.

    Exemples :

      delibgraph review

      delibgraph review cesam --act "contrat de ville"

      delibgraph review --kind matches --format csv > rapprochements.csv
    """
    form = "json" if json else form
    if kind != "matches":
        _readings(name, act, settings(data=data).data, form)
    if kind == "matches" or (kind == "all" and form == "table" and not act.strip()):
        from service.cli.doubts import show_doubts

        show_doubts(settings(data=data).data, name, form)
    if form == "table":
        from service.cli.judgements import count_judgements

        count_judgements(settings(data=data))


def _readings(name: str, act: str, folder: Path, form: Format) -> None:
    import pyoxigraph as ox

    from queries import find
    from service.cli.answers import run, show
    from service.store import ReleaseReader

    named = find(QUERY)
    given = {key: value for key, value in (("name", name), ("act", act)) if value.strip()}
    answer = run(ReleaseReader(folder), named.text, named.substitutions(given), QUERY)
    if form != "table" or not isinstance(answer, ox.QuerySolutions):
        show(answer, form, named)
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
    named = "/".join(row["reading_iri"].split("/")[-2:])
    return "\n".join((f"{amount} {row.get('per', '')}".rstrip(), ends, word("kind", row.get("kind")), named))


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

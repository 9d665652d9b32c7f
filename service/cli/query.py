"""``delibgraph query``: a named query, or a file of SPARQL, on the live release."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Literal

import typer

from service.cli.console import CommandError, Data, Json, say, settings, write_json

Format = Literal["table", "csv", "tsv", "json", "turtle", "nt"]


def query(
    name: Annotated[
        str | None,
        typer.Argument(metavar="NOM|FICHIER.rq", help="Sans nom : la liste des requêtes.", show_default=False),
    ] = None,
    values: Annotated[
        list[str] | None,
        typer.Argument(metavar="CLE=VALEUR…", help="Les paramètres d'une requête nommée.", show_default=False),
    ] = None,
    data: Data = None,
    form: Annotated[
        Format, typer.Option("--format", "-f", help="Forme du résultat ; turtle et nt pour CONSTRUCT.")
    ] = "table",
    json: Json = False,
) -> None:
    """Pose une question à la version publiée : une requête nommée, ou la vôtre en SPARQL.

    Sans argument, liste les requêtes nommées et leurs paramètres. Les noms se cherchent par partie, sans accents.

    Exemples :

      delibgraph query

      delibgraph query who-funds-whom year=2023

      delibgraph query money-to name=cesam --format csv > cesam.csv

      delibgraph query ma-requete.rq --json
    """
    from queries import find
    from service.cli.answers import run, show
    from service.store import ReleaseReader

    form = "json" if json else form
    if name is None:
        _list(as_json=json)
        return
    reader = ReleaseReader(settings(data=data).data)
    if name.endswith(".rq"):
        if values:
            raise CommandError(
                "CLE=VALEUR ne s'emploie qu'avec une requête nommée ; écrivez les valeurs dans le fichier."
            )
        show(run(reader, Path(name).read_text(encoding="utf-8"), {}, name), form, None)
    else:
        named = find(name)
        show(run(reader, named.text, named.substitutions(_pairs(values or [])), name), form, named)


def _list(*, as_json: bool) -> None:
    from queries import catalogue

    if as_json:
        write_json([
            {"name": q.name, "title": dict(q.titles), "description": dict(q.descriptions),
             "parameters": [{"name": p.name, "type": p.type, "default": p.default, "label": dict(p.labels)}
                            for p in q.parameters]}
            for q in catalogue().values()
        ])  # fmt: skip
        return
    for named in catalogue().values():
        say(f"{named.name}\n    {named.titles['fr']}")
        for parameter in named.parameters:
            default = f" (défaut : {parameter.default})" if parameter.default else ""
            say(f"      {parameter.name}=…  {parameter.labels['fr']}{default}")


def _pairs(values: Sequence[str]) -> dict[str, str]:
    pairs = dict(value.split("=", 1) for value in values if "=" in value)
    if len(pairs) < len(values):
        wrong = next((value for value in values if "=" not in value), values[-1])
        raise CommandError(
            f"« {wrong} » : un paramètre s'écrit CLE=VALEUR, une seule fois chacun, par exemple year=2023."
        )
    return pairs


COMMANDS = {"query": query}

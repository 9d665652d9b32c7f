"""``delibgraph export``: the live release in a format that others read."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from service.cli.console import CommandError, Data, settings, tell

Format = Literal["nquads", "trig", "turtle", "jsonld", "rdfxml", "csv", "gexf", "graphml"]


def export(
    form: Annotated[Format, typer.Option("--format", "-f", help="Le format voulu.")],
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FICHIER", help="Le fichier à écrire.", show_default=False)
    ],
    data: Data = None,
) -> None:
    """Écrit la version publiée dans un format d'échange.

    nquads et trig gardent un graphe nommé par document ; turtle, jsonld et rdfxml en font l'union ; csv donne un
    financement par ligne ; gexf et graphml le réseau de qui finance qui, pour Gephi ou un autre logiciel.

    Exemples :

      delibgraph export --format csv -o financements.csv

      delibgraph export --format gexf -o reseau.gexf
    """
    from graph.export import export as write
    from graph.release import current

    release = current(settings(data=data).data)
    if release is None:
        raise CommandError("Aucune version publiée. Lancez d'abord « delibgraph ingest ».", exit_code=1)
    write(release, form, output)
    tell(f"{output} : {output.stat().st_size} octets")


COMMANDS = {"export": export}

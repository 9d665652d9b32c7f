"""``delibgraph extract``: the facts of one document, as JSON or to be read beside it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from service.cli.console import Json, settings


def extract(
    file: Annotated[Path, typer.Argument(metavar="FICHIER", help="Le document à lire.", show_default=False)],
    json: Json = False,
) -> None:
    """Montre ce qui est lu dans un document, chaque fait avec sa phrase. Rien n'est enregistré.

    Les noms des personnes privées y figurent : cette commande ne sert qu'au propriétaire du document. Comme à
    l'ingestion, la lecture est abandonnée après le délai du réglage extract_timeout.

    Exemples :

      delibgraph extract acte.pdf

      delibgraph extract acte.txt --json > faits.json
    """
    from service.cli.readable import print_facts
    from service.ingest.reading import read_alone

    facts = read_alone(file, settings().extract_timeout)
    if json:
        sys.stdout.write(facts.model_dump_json(indent=1) + "\n")
    else:
        print_facts(facts)


COMMANDS = {"extract": extract}

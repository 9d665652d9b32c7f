"""``delibgraph extract``: the facts of one document, as JSON or to be read beside it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from service.cli.console import Json


def extract(
    file: Annotated[Path, typer.Argument(metavar="FICHIER", help="Le document à lire.", show_default=False)],
    json: Json = False,
) -> None:
    """Montre ce qui est lu dans un document, chaque fait avec sa phrase. Rien n'est enregistré.

    Les noms des personnes privées y figurent : cette commande ne sert qu'au propriétaire du document.

    Exemples :

      delibgraph extract acte.pdf

      delibgraph extract acte.txt --json > faits.json
    """
    from extract import extract_source
    from extract.read import read_file
    from service.cli.readable import print_facts

    facts = extract_source(read_file(file))
    if json:
        sys.stdout.write(facts.model_dump_json(indent=1) + "\n")
    else:
        print_facts(facts)


COMMANDS = {"extract": extract}

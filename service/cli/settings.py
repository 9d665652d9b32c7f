"""``delibgraph settings``: what is in force, and where it comes from."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.table import Table

from service.cli.console import Json, as_told, out, say, write_json
from service.setting_sources import DEFAULT, effective

Changed = Annotated[bool, typer.Option("--changed", help="Seulement ceux qui diffèrent du défaut.")]


def settings(changed: Changed = False, json: Json = False) -> None:
    """Montre les réglages en vigueur et d'où vient chacun : défaut, fichier, environnement ou option.

    Les valeurs secrètes sont cachées. Le fichier est celui de --config ou de DELIBGRAPH_CONFIG ; l'environnement
    l'emporte sur lui, et --set sur les deux.

    Exemples :

      delibgraph settings

      delibgraph --config /etc/delibgraph.toml --set port=8080 settings --changed
    """
    environ, told = as_told()
    found = [each for each in effective(environ, **told) if not changed or each.origin != DEFAULT]
    if json:
        write_json([{"name": each.name, "value": each.value, "from": each.origin} for each in found])
        return
    if not found:
        say("Aucun réglage ne diffère du défaut.")
        return
    table = Table("réglage", "valeur", "d'où", box=None, header_style="bold")
    for each in found:
        table.add_row(each.name, str(each.value), each.origin)
    out().print(table)


COMMANDS = {"settings": settings}

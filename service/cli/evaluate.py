"""``delibgraph evaluate``: precision, recall and F1 of the live release against gold files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from service.cli.console import CommandError, Data, Json, say, settings, write_json


def evaluate(
    gold: Annotated[
        Path,
        typer.Argument(metavar="DOSSIER", help="Les annotations, un NOM.json par document.", show_default=False),
    ],
    data: Data = None,
    errors: Annotated[bool, typer.Option("--errors", help="Liste aussi chaque manque et chaque erreur.")] = False,
    whole: Annotated[
        bool,
        typer.Option("--whole", help="Compare une annotation de procès-verbal à toutes les délibérations du fichier."),
    ] = False,
    json: Json = False,
) -> None:
    """Mesure la lecture : précision, rappel et F1 par champ de la version publiée, contre des annotations.

    NOM.json est comparé à la délibération lue dans NOM.txt, NOM.pdf, … Seul compte ce qui est publié.

    Exemples :

      delibgraph evaluate samples/gold

      delibgraph evaluate samples/gold --errors --json
    """
    from service.evaluation import GoldError
    from service.evaluation import evaluate as run
    from service.store import ReleaseReader

    store = ReleaseReader(settings(data=data).data).on_disk()
    try:
        evaluation = run(store, gold, whole=whole)
    except GoldError as error:
        raise CommandError(str(error)) from error
    misses = evaluation.tally.misses if errors else []
    if json:
        told = [{"document": m.document, "field": m.field, "note": m.note} for m in misses]
        write_json({"fields": evaluation.as_dict(), **({"errors": told} if errors else {})})
        return
    say(f"{'champ':28}{'précision':>10}{'rappel':>8}{'F1':>8}{'justes':>8}{'faux':>6}{'manqués':>9}")
    for name, score in [*evaluation.by_field().items(), ("ensemble", evaluation.tally.total())]:
        figures = f"{score.precision:10.3f}{score.recall:8.3f}{score.f1:8.3f}"
        say(f"{name:28}{figures}{score.right:8}{score.wrong:6}{score.missed:9}")
    for miss in misses:
        say(f"{miss.document} | {miss.field} | {miss.note}")


COMMANDS = {"evaluate": evaluate}

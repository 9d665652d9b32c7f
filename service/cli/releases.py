"""``delibgraph releases``, ``diff``, ``rollback``: the releases that are kept."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich import box
from rich.table import Table

from service.cli.console import CommandError, Data, Json, counted, out, say, settings, tell, write_json
from service.cli.judge import Wait

if TYPE_CHECKING:
    from graph.release import Difference, Release
    from service.differences import Told

#: Things told of each kind and state before the rest is counted.
_SHOWN = 20
_STATES = {"added": ("+", "ajouté"), "removed": ("-", "retiré"), "changed": ("~", "changé")}


def releases(data: Data = None, json: Json = False) -> None:
    """Liste les versions publiées qui sont gardées, la plus récente d'abord.

    « En propre » est la place que la suppression de la version rendrait : le reste est partagé avec une autre.
    Combien sont gardées : le réglage keep_releases.

    Exemples :

      delibgraph releases

      delibgraph releases --json
    """
    from graph.release import history
    from service.pages.french import number

    found = history(settings(data=data).data)
    if json:
        write_json([each.as_dict() for each in found])
        return
    if not found:
        say("Aucune version publiée : delibgraph ingest.")
        return
    table = Table(box=box.SIMPLE_HEAD)
    for title in ("Version", "Publiée le", "Documents", "Financements", "Place", "En propre"):
        table.add_column(title, justify="left" if title in ("Version", "Publiée le") else "right", no_wrap=True)
    table.add_column("Documents changés")
    for each in found:
        counts = (number(each.counts.get(name)) for name in ("documents", "Funding"))
        places = (f"{size / 1e6:.1f} Mo" for size in (each.size, each.own))
        name = f"{each.id} (en ligne)" if each.live else each.id
        table.add_row(name, each.created[:16].replace("T", " "), *counts, *places, _since(each.documents))
    out().print(table)


def _since(documents: Any) -> str:
    """What an ingest changed, short."""
    told = [f"{_STATES[state][0]}{count}" for state, count in documents.items() if count]
    return " ".join(told) or ("aucun" if documents else "")


def diff(
    one: Annotated[str, typer.Argument(metavar="A", help="Une version gardée, ou le début de son nom.")],
    other: Annotated[
        str, typer.Argument(metavar="[B]", help="L'autre ; sinon, celle en ligne.", show_default=False)
    ] = "",
    everything: Annotated[bool, typer.Option("--all", help="Tout, sans rien résumer.")] = False,
    patch: Annotated[
        Path | None, typer.Option("--patch", metavar="FICHIER", help="Écrit la différence en RDF Patch.")
    ] = None,
    data: Data = None,
    json: Json = False,
) -> None:  # fmt: skip
    """Dit ce qui sépare deux versions : faits ajoutés, retirés, changés, de la version A à la version B.

    Exemples :

      delibgraph diff 000012

      delibgraph diff 000012 000015 --json

      delibgraph diff 000012 --patch mise-a-jour.rdfp
    """
    from graph.release import difference, find
    from service import differences

    folder = settings(data=data).data
    first, second = find(folder, one), _other(folder, other)
    found = difference(first, second)
    if patch is not None:
        differences.write_patch(found, patch)
    if json:
        documents = {state: list(getattr(found.documents, state)) for state in _STATES}
        things = [differences.as_json(thing) for thing in found.things]
        write_json({"from": first.id, "to": second.id, "documents": documents, "things": things})
        return
    more, less = counted(len(found.added), "triplet ajouté"), counted(len(found.removed), "retiré")
    say(f"De {first.id} à {second.id} : {more}, {less}.")
    _tell_documents(found, first, second)
    _tell_things(list(differences.tell(found, first, second)), everything)
    if count := differences.others(found):
        say(f"Et {count} autres nœuds (passages, présences, votes nommés…) : --json.")


def _other(folder: Path, wanted: str) -> Release:
    from graph.release import current, find

    live = find(folder, wanted) if wanted else current(folder)
    if live is None:
        raise CommandError(f"{folder} : aucune version publiée. Lancez « delibgraph ingest ».")
    return live


def _tell_documents(found: Difference, first: Release, second: Release) -> None:
    from service.differences import file_names

    for state, (sign, word) in _STATES.items():
        keys = getattr(found.documents, state)
        if keys:
            say(f"\nDocuments {word}s ({len(keys)})")
        for key in keys[:_SHOWN]:
            say(f"  {sign} {file_names(first if state == 'removed' else second, key)}  {key}")
        _tell_rest(len(keys))


def _tell_things(found: Sequence[Told], everything: bool) -> None:
    for (kind, state), group in groupby(found, key=lambda each: (each.kind, each.state)):
        things = list(group)
        sign, word = _STATES[state]
        say(f"\n{(kind.many if len(things) > 1 else kind.one).capitalize()} : {len(things)} {word}{_agree(things)}")
        for each in things if everything else things[:_SHOWN]:
            say(f"  {sign} {each.what}")
            for line in each.how:
                say(f"      {line}")
        if not everything:
            _tell_rest(len(things))


def _agree(things: Sequence[Told]) -> str:
    """The ending of a participle: gender as its kind's article would have it, number."""
    return f"{'e' if things[0].kind.feminine else ''}{'s' if len(things) > 1 else ''}"


def _tell_rest(count: int) -> None:
    if count > _SHOWN:
        say(f"  … et {count - _SHOWN} autres : --all")


def rollback(
    release: Annotated[str, typer.Argument(metavar="VERSION", help="Une version gardée, ou le début de son nom.")],
    data: Data = None,
    wait: Wait = 0,
    json: Json = False,
) -> None:
    """Remet en ligne une version gardée, aussitôt : le service la sert sans redémarrer.

    Les documents reçus, les décisions et les adresses ne changent pas : la prochaine ingestion publie de nouveau tout
    ce qui est reçu, et le dit. Pour qu'un document fautif n'y soit plus : delibgraph remove.

    Exemple :

      delibgraph rollback 000012
    """
    from graph.release import roll_back
    from service.ingest.lock import writing

    folder = settings(data=data).data
    with writing(folder, wait=wait):
        before, now = roll_back(folder, release)
    if json:
        write_json({"from": before, "to": now.id})
        return
    say(f"En ligne : {now.id} (avant : {before}, gardée ; y revenir : delibgraph rollback {before}).")
    tell(
        "La prochaine ingestion publiera de nouveau tout ce qui est reçu. Pour écarter un document : delibgraph remove."
    )


COMMANDS = {"releases": releases, "diff": diff, "rollback": rollback}

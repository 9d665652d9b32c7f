"""``delibgraph remove``: a document leaves the dataset, and what it said the graph."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from service.cli.console import CommandError, Data, Json, progress, say, settings, tell, write_json
from service.cli.ingest import summarise
from service.cli.judge import Author, Wait

if TYPE_CHECKING:
    from service.ingest.removals import Removal


def remove(
    documents: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[DOCUMENT…]", help="Clé (/document/CLE), empreinte SHA-256, nom de fichier, ou le fichier.",
            show_default=False,
        ),
    ] = None,
    reason: Annotated[
        str, typer.Option("--reason", metavar="TEXTE", help="Le motif, publié là où les adresses ne répondent plus.")
    ] = "",
    author: Author = "",
    purge: Annotated[
        bool, typer.Option("--purge", help="Efface aussi le fichier, ses faits, et les versions passées (RGPD).")
    ] = False,
    undo: Annotated[bool, typer.Option("--undo", help="Remet des documents retirés, depuis la corbeille.")] = False,
    shown: Annotated[bool, typer.Option("--list", help="Liste les documents retirés.")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Ne demande pas de confirmation.")] = False,
    data: Data = None,
    wait: Wait = 0,
    json: Json = False,
) -> None:  # fmt: skip
    """Retire des documents : ce qu'ils disaient quitte la publication, leurs adresses répondent 410 avec le motif.

    Le fichier attend dans la corbeille (DONNEES/bin) : --undo, ou une nouvelle ingestion de ce fichier, le remet aux
    mêmes adresses. Avec --purge il est effacé, ainsi que les versions passées qui le contiennent ; vos sauvegardes
    le gardent. Un dossier ingéré de nouveau ne ramène pas ce qui fut retiré : « ingest » le dit, et --take-back
    le force.

    Exemples :

      delibgraph remove acte.pdf --reason "acte retiré par le conseil du 3 mars"

      delibgraph remove 3f2a91c07b11d2e4 --purge --yes

      delibgraph remove --list
    """
    if shown:
        _list(data=data, json=json)
    elif not documents:
        raise CommandError("Quel document retirer ? Donnez sa clé ou son nom de fichier ; --list : ceux qui le sont.")
    elif undo:
        _bring_back(documents, data=data, wait=wait, json=json)
    else:
        told = reason, author
        _remove(documents, told, purge=purge, yes=yes, data=data, wait=wait, json=json)


def _remove(
    documents: Sequence[str], told: tuple[str, str], *, purge: bool, yes: bool, data: Data, wait: float, json: bool
) -> None:
    from service.curation import CurationError
    from service.curation.decide import author_of
    from service.ingest import remove as removing

    given = settings(data=data)
    try:
        wish = removing.Wish(tuple(documents), told[0], author_of(given, told[1]), purge)
        if not yes:
            _confirm(
                [f"{each.sha256[:16]}  {', '.join(each.names)}" for each in removing.chosen(wish, given, wait=wait)],
                purge,
            )
        with progress(enabled=not json) as watch:
            outcome = removing.remove(wish, given, watch, wait=wait)
    except (CurationError, removing.RemovalError) as error:
        raise CommandError(str(error)) from error
    if json:
        write_json({"removed": [_told(each) for each in outcome.removals], "report": outcome.report.as_dict()})
        return
    for each in outcome.removals:
        state = "effacé" if each.erased else "retiré ; le remettre : delibgraph remove --undo " + each.key
        say(f"{each.key} {', '.join(each.names)} : {state}".replace("  ", " "))
    summarise(outcome.report, brief=True)


def _confirm(lines: Sequence[str], purge: bool) -> None:
    """Ask a person; a program must say --yes. Raises CommandError, Abort."""
    for line in lines:
        tell(line)
    if not sys.stdin.isatty():
        raise CommandError("Rien n'est retiré : confirmez avec --yes.")
    what = "Effacer sans retour, avec les versions passées" if purge else "Retirer"
    typer.confirm(f"{what} ({len(lines)}) ?", abort=True, err=True)


def _bring_back(documents: Sequence[str], *, data: Data, wait: float, json: bool) -> None:
    from service.ingest.remove import RemovalError, bring_back

    try:
        with progress(enabled=not json) as watch:
            outcome = bring_back(documents, settings(data=data), watch, wait=wait)
    except RemovalError as error:
        raise CommandError(str(error)) from error
    if json:
        write_json({"back": [each.key for each in outcome.removals], "report": outcome.report.as_dict()})
        return
    for each in outcome.removals:
        say(f"{each.key} {', '.join(each.names)} : remis")
    summarise(outcome.report, brief=True)


def _list(*, data: Data, json: bool) -> None:
    from service.ingest.remove import removed

    found = removed(settings(data=data))
    if json:
        write_json([_told(each) for each in found])
        return
    for each in found:
        where = "effacé" if each.erased else "en corbeille"
        say(f"{each.key}  {each.day}  {where}  {', '.join(each.names)}\n    {each.author} : {each.reason}")
    if not found:
        say("Aucun document retiré.")


def _told(removal: Removal) -> dict[str, object]:
    kept = removal.model_dump(include={"sha256", "names", "at", "reason", "author"})
    return {"key": removal.key, **kept, "erased": removal.erased}


COMMANDS = {"remove": remove}

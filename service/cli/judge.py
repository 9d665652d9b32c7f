"""The commands of a person's judgement: merge, keep apart, split, reject, accept, undo; each publishes."""

from __future__ import annotations

import sys
from dataclasses import asdict
from typing import Annotated

import typer

from service.cli.console import CommandError, Data, Json, progress, say, settings, tell, write_json
from service.cli.ingest import summarise

Thing = Annotated[
    str, typer.Argument(metavar="A", help="Une entité : adresse, type/clé, ou nom exact.", show_default=False)
]
Other = Annotated[str, typer.Argument(metavar="B", help="L'autre entité, de même nature.", show_default=False)]
Fact = Annotated[
    str,
    typer.Argument(metavar="FAIT", help="Un fait : adresse, ou type/clé (funding/…, reading/…).", show_default=False),
]
Reason = Annotated[str, typer.Option("--reason", metavar="TEXTE", help="Le motif, publié avec la décision.")]
Author = Annotated[
    str,
    typer.Option(
        "--author", metavar="NOM", help="Qui décide (défaut : DELIBGRAPH_CURATOR, sinon le nom du compte).",
        show_default=False,
    ),
]  # fmt: skip
Publish = Annotated[
    bool,
    typer.Option("--publish/--no-publish", help="Publie aussitôt ; sinon la prochaine ingestion applique la décision."),
]
Wait = Annotated[
    float, typer.Option("--wait", min=0, metavar="S", help="Attend S secondes qu'une autre ingestion finisse.")
]


def merge(
    left: Thing, right: Other, reason: Reason, author: Author = "", data: Data = None,
    publish: Publish = True, wait: Wait = 0, json: Json = False,
) -> None:  # fmt: skip
    """Rapproche deux entités : elles n'en font qu'une, l'adresse de l'une renvoie à l'autre. « split » le défait.

    Exemples :

      delibgraph merge "Club Nautique Aixois" organisation/cna --reason "sigle dans les statuts"

      delibgraph merge person/jean-dupont person/jean-dupond --reason "faute de frappe" --author "A. Durand"
    """
    _decide("merge", left, right, reason=reason, author=author, data=data, publish=publish, wait=wait, json=json)


def keep_apart(
    left: Thing, right: Other, reason: Reason, author: Author = "", data: Data = None,
    publish: Publish = True, wait: Wait = 0, json: Json = False,
) -> None:  # fmt: skip
    """Maintient deux entités distinctes, quoi qu'en disent les ressemblances.

    Exemple :

      delibgraph keep-apart person/jean-martin person/jean-martin-2 --reason "père et fils"
    """
    _decide("keep-apart", left, right, reason=reason, author=author, data=data, publish=publish, wait=wait, json=json)


def split(
    left: Thing, reason: Reason = "",
    off: Annotated[
        list[str] | None,
        typer.Option("--off", metavar="GRAPHIE", help="Une graphie (ou signature) qui s'en va ; répétable."),
    ] = None,
    show: Annotated[bool, typer.Option("--show", help="Montre les deux côtés, et ne décide rien.")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Ne demande pas de confirmation.")] = False,
    author: Author = "", data: Data = None, publish: Publish = True, wait: Wait = 0, json: Json = False,
) -> None:  # fmt: skip
    """Sépare ce qui fut rapproché : défait la dernière fusion décidée, ou ôte les graphies nommées par --off.

    Les deux côtés sont montrés d'abord, avec l'adresse de chacun ; au terminal, une confirmation est demandée.

    Exemples :

      delibgraph split organisation/cesam --show

      delibgraph split organisation/cesam --reason "deux associations"

      delibgraph split person/jean-dupont --off "Jean DUPOND" --reason "un autre élu"
    """
    if show or not json:
        _show_parting(left, tuple(off or ()), data=data, wait=wait, json=json)
        asks = not (show or yes) and sys.stdin.isatty()
        if show or (asks and not typer.confirm("Séparer ?")):
            return
    _decide(
        "split", left, off=tuple(off or ()), reason=reason, author=author, data=data, publish=publish, wait=wait,
        json=json,
    )  # fmt: skip


def reject(
    fact: Fact, reason: Reason, author: Author = "", data: Data = None,
    publish: Publish = True, wait: Wait = 0, json: Json = False,
) -> None:  # fmt: skip
    """Rejette un fait mal lu : il quitte la publication, son adresse répond 410. « undo » le rétablit.

    Exemple :

      delibgraph reject funding/dijon-2023-01-25-cesam-22000 --reason "montant d'un marché"
    """
    _decide("reject", fact, reason=reason, author=author, data=data, publish=publish, wait=wait, json=json)


def accept(
    fact: Fact, reason: Reason, author: Author = "", data: Data = None,
    publish: Publish = True, wait: Wait = 0, json: Json = False,
) -> None:  # fmt: skip
    """Accepte une lecture incertaine : elle est publiée comme financement, par décision. « undo » la retire.

    Exemple :

      delibgraph accept reading/dijon-2023-01-25-mjc-800 --reason "vérifié sur l'acte signé"
    """
    _decide("accept", fact, reason=reason, author=author, data=data, publish=publish, wait=wait, json=json)


def undo(
    judgement: Annotated[
        str, typer.Argument(metavar="[NUMERO]", help="Une décision ; sans numéro : leur liste.", show_default=False)
    ] = "",
    reason: Reason = "", author: Author = "", data: Data = None,
    publish: Publish = True, wait: Wait = 0, json: Json = False,
) -> None:  # fmt: skip
    """Retire une décision ; sans numéro, liste celles qui sont en vigueur. Le journal garde tout.

    Exemples :

      delibgraph undo

      delibgraph undo 3f2a91c07b --reason "le greffe a confirmé"
    """
    if not judgement:
        from service.cli.judgements import show_judgements

        show_judgements(settings(data=data), json=json)
        return
    _decide("undo", judgement, reason=reason, author=author, data=data, publish=publish, wait=wait, json=json)


def _show_parting(left: str, off: tuple[str, ...], *, data: Data, wait: float, json: bool) -> None:
    """Say what a split would make of a thing."""
    from service.curation import CurationError, Wish
    from service.curation.parting import parting

    try:
        found = parting(Wish("split", left, off=off), settings(data=data), wait=wait)
    except CurationError as error:
        raise CommandError(str(error)) from error
    if json:
        write_json({side: [asdict(part) for part in getattr(found, side)] for side in ("stays", "goes")})
        return
    for title, parts in (("Reste", found.stays), ("S'en va", found.goes)):
        for part in parts:
            say(f"{title} : {part.ref} ({' ; '.join(part.names)})")
    if not found.parts:
        tell("D'autres décisions les rapprochent : séparer ne changerait rien.")


def _decide(
    verb: str, left: str, right: str = "", *, off: tuple[str, ...] = (), reason: str, author: str, data: Data,
    publish: bool, wait: float, json: bool,
) -> None:  # fmt: skip
    from service.curation import CurationError, Wish, decide

    wish = Wish(verb, left, right, off, reason, author)
    try:
        with progress(enabled=publish and not json) as watch:
            outcome = decide(wish, settings(data=data), watch, publish=publish, wait=wait)
    except CurationError as error:
        raise CommandError(str(error)) from error
    told, report = outcome.judgement, outcome.report
    if json:
        write_json(
            {"id": told.id, "judgement": told.model_dump(mode="json"), "report": report.as_dict() if report else None}
        )
    else:
        say(f"Décision {told.id} ({told.author}) notée. La retirer : delibgraph undo {told.id}")
        if report:
            summarise(report, brief=True)
        else:
            tell("Pas encore publiée : la prochaine ingestion l'applique.")
    raise typer.Exit(1 if outcome.findings else 0)


COMMANDS = {
    "merge": merge, "split": split, "keep-apart": keep_apart, "reject": reject, "accept": accept, "undo": undo,
}  # fmt: skip

"""``delibgraph load``: the live release pushed to another SPARQL store."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from service.cli.console import CommandError, Data, settings, tell

Endpoint = Annotated[
    str | None,
    typer.Option(
        "--endpoint",
        metavar="URL",
        help="Adresse Graph Store Protocol de l'entrepôt (défaut : DELIBGRAPH_STORE_GRAPHS).",
        show_default=False,
    ),
]


def load(
    endpoint: Endpoint = None,
    bulk: Annotated[
        bool,
        typer.Option("--bulk", help="Un seul envoi, qui remplace tout ce que contient l'entrepôt (Oxigraph, Fuseki…)."),
    ] = False,
    default_graph: Annotated[
        bool,
        typer.Option(
            "--default-graph/--no-default-graph",
            help="Envoie aussi l'union des graphes comme graphe par défaut ; sans elle, « serve --endpoint » refuse "
            "l'entrepôt.",
        ),
    ] = True,
    union: Annotated[
        str | None,
        typer.Option(
            "--union",
            metavar="IRI",
            help="Graphe nommé qui reçoit cette union, pour un entrepôt sans graphe par défaut, comme Virtuoso "
            "(défaut : DELIBGRAPH_STORE_UNION, sinon le graphe par défaut).",
            show_default=False,
        ),
    ] = None,
    again: Annotated[
        bool, typer.Option("--again", help="Renvoie tout, sans égard à ce qui a déjà été envoyé.")
    ] = False,
    data: Data = None,
) -> None:
    """Envoie la version publiée à un autre entrepôt SPARQL 1.1, un graphe nommé à la fois.

    Interrompue, la commande reprend où elle en était ; à la version suivante, elle n'envoie que ce qui a changé et
    retire ce qui n'y est plus. Compte : DELIBGRAPH_STORE_USER et DELIBGRAPH_STORE_PASSWORD.

    Exemples :

      delibgraph load --endpoint http://localhost:7878/store

      delibgraph load --endpoint http://localhost:8890/sparql-graph-crud-auth --union urn:delibgraph:union
    """
    from graph.release import current
    from service.remote.push import GraphStore, Journal, push, push_at_once

    chosen = settings(data=data, store_graphs=endpoint, store_union=union)
    if not chosen.store_graphs:
        raise CommandError("Il manque l'adresse de l'entrepôt : --endpoint URL, ou DELIBGRAPH_STORE_GRAPHS.")
    release = current(chosen.data)
    if release is None:
        raise CommandError("Aucune version publiée. Lancez d'abord « delibgraph ingest ».", exit_code=1)
    journal = Journal.of(chosen.data, chosen.store_graphs)
    if again or bulk:
        journal.path.unlink(missing_ok=True)
        journal.graphs.clear()
    target = GraphStore(chosen.store_graphs, chosen.store_user, chosen.store_password)
    try:
        if bulk:
            tell(f"version {release.id} : {push_at_once(release, target)} graphes nommés envoyés d'un coup.")
            return
        done = push(release, target, journal, _watch, default_graph=default_graph, union=chosen.store_union or None)
    finally:
        target.close()
    tell(
        f"version {release.id} : {done.sent} graphes envoyés, {done.kept} déjà là, {done.removed} retirés"
        f"{'' if default_graph else ' ; graphe par défaut laissé tel quel'}."
    )


def _watch(done: int, steps: int) -> None:
    """A count on a terminal, nothing in a pipe."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{done}/{steps}" + ("\n" if done == steps else ""))


COMMANDS = {"load": load}

"""``delibgraph serve`` and ``delibgraph demo``: the release over HTTP."""

from __future__ import annotations

import os
import socket
from collections.abc import Sequence
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from service.cli.console import CommandError, Data, progress, settings, tell
from service.cli.ingest import summarise
from service.settings import Settings

if TYPE_CHECKING:
    from service.cli.look import Look

Host = Annotated[str | None, typer.Option("--host", help="Adresse d'écoute (défaut : 127.0.0.1).", show_default=False)]
Port = Annotated[
    int | None,
    typer.Option("--port", min=0, max=65535, help="Port (défaut : 8000 ; 0 : un port libre).", show_default=False),
]


Endpoint = Annotated[
    str | None,
    typer.Option(
        "--endpoint",
        metavar="URL",
        help="Adresse de requête SPARQL d'un autre entrepôt, qui répond à la place du nôtre (défaut : "
        "DELIBGRAPH_ENDPOINT ; voir docs/stores.md).",
        show_default=False,
    ),
]

Faults = Annotated[
    bool | None,
    typer.Option(
        "--endpoint-faults",
        help="Accepte un entrepôt qui ne suit pas SPARQL 1.1 : il ne cherche que des motifs, le reste est calculé ici "
        "et le nôtre répond à /sparql (défaut : DELIBGRAPH_ENDPOINT_FAULTS ; voir docs/stores.md).",
        show_default=False,
    ),
]


def serve(
    data: Data = None, host: Host = None, port: Port = None, endpoint: Endpoint = None, faults: Faults = None
) -> None:
    """Sert la version publiée : pages, données liées et SPARQL, sur http://127.0.0.1:8000.

    Une nouvelle version, publiée par « delibgraph ingest », est servie sans redémarrage. Arrêt : Ctrl-C ou SIGTERM, les
    réponses en cours ont le temps de finir. Pour un service permanent : docs/operation.md.

    Exemples :

      delibgraph serve

      delibgraph serve --data /srv/delibgraph --port 8080

      delibgraph serve --endpoint http://localhost:7878/query
    """
    _serve(settings(data=data, host=host, port=port, endpoint=endpoint, endpoint_faults=faults))


def demo(data: Data = None, host: Host = None, port: Port = None) -> None:
    """Publie les actes d'exemple et les sert : l'essai en une commande, sans rien télécharger.

    Dit ensuite où regarder d'abord : qui finance qui, un bénéficiaire, un acte et ses phrases.

    Exemple :

      delibgraph demo --data /tmp/essai
    """
    from service.cli.look import looks
    from service.ingest import ingest

    chosen = settings(data=data, host=host, port=port)
    acts = samples()
    _refuse_foreign(chosen.data, {act.name for act in acts})
    with progress() as watch:
        report = ingest(acts, chosen, watch, wait=60)
    summarise(report)
    _serve(chosen, tuple(looks(report, chosen)))


def samples() -> list[Path]:
    """The bundled acts: inside the wheel, or beside the rooms in a checkout."""
    inside = Path(str(resources.files("service").joinpath("samples")))
    folder = inside if inside.is_dir() else Path(__file__).parents[2] / "samples"
    return sorted(path for path in folder.iterdir() if path.suffix in {".pdf", ".txt"})


def _refuse_foreign(data: Path, ours: set[str]) -> None:
    from service.ingest.documents import DocumentStore

    if not (data / "documents").is_dir():
        return
    foreign = [record.name for record in DocumentStore(data).accepted() if not ours.intersection(record.names)]
    if foreign:
        raise CommandError(
            f"{data} : ce dossier contient déjà vos documents ({foreign[0]}…), la démonstration n'y mêle pas "
            "les siens. Choisissez un autre dossier : delibgraph demo --data /tmp/essai"
        )


def _serve(chosen: Settings, first: Sequence[Look] = ()) -> None:
    from service import logs
    from service.app import create_app
    from service.pages.preparing import prepare
    from service.server import allow_connections, bounded_protocol
    from service.stopping import GracefulServer

    logs.configure(chosen)
    _refuse_another(chosen)
    allow_connections()
    prepare()
    with _listening(chosen) as listener:
        port = listener.getsockname()[1]
        root = f"http://{'localhost' if chosen.host == '127.0.0.1' else chosen.host}:{port}"
        tell(f"{root}/  (Ctrl-C pour arrêter)")
        if first:
            tell("À voir d'abord :" + "".join(f"\n  {root}{look.path}\n      {look.seen}" for look in first))
        server = GracefulServer(
            create_app(chosen),
            chosen.shutdown_timeout,
            http=bounded_protocol(chosen),
            log_config=None,
            access_log=False,
            forwarded_allow_ips=chosen.proxies,
            server_header=False,
        )
        server.run(sockets=[listener])


def _refuse_another(chosen: Settings) -> None:
    """An endpoint is served only if it answers and holds the live release."""
    from service.problems import Problem
    from service.remote.reader import RemoteReader
    from service.store import NoReleaseError

    if not chosen.endpoint:
        return
    reader = RemoteReader(chosen)
    try:
        reader.live()
    except NoReleaseError as error:
        raise CommandError(str(error), exit_code=1) from error
    except Problem as problem:
        raise CommandError(f"{chosen.endpoint} : {problem.detail}", exit_code=1) from problem
    finally:
        reader.close()


def _listening(chosen: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in chosen.host else socket.AF_INET
    try:
        listener = socket.create_server((chosen.host, chosen.port), family=family, backlog=2048)
    except OSError as error:
        raise CommandError(
            f"{chosen.host}:{chosen.port} : écoute impossible ({os.strerror(error.errno or 0)}). "
            "Choisissez un autre port : --port 8001, ou --port 0 pour un port libre.",
            exit_code=1,
        ) from error
    # asyncio does so for its own sockets alone; without, each answer on a kept connection waits 40 ms for an ACK.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


COMMANDS = {"serve": serve, "demo": demo}

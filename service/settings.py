"""Every setting of the service, in one table: name, type, default, help in French and English.

A setting is read from a TOML file, then from the environment as ``DELIBGRAPH_<NAME>``, then from the command line: the
later one wins (:mod:`service.setting_sources`). The reference ``docs/settings.md`` is generated from this table
(``python -m service.settings > docs/settings.md``) and a test fails when the two differ.
"""

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, Field, ValidationError, field_validator

PREFIX = "DELIBGRAPH_"


class SettingError(ValueError):
    """A setting has a value that cannot be used; str() is "VARIABLE : reason. remedy" in French."""

    def __init__(self, variable: str, reason: str, remedy: str) -> None:
        """Names the environment variable at fault, or the file and the key in it."""
        super().__init__(f"{variable} : {reason}. {remedy}")
        self.variable = variable


@dataclass(frozen=True)
class Help:
    """What a setting is for, in French and in English; carried by the annotation of its field.

    The value of a ``secret`` one is never shown.
    """

    fr: str
    en: str
    secret: bool = False


@dataclass(frozen=True)
class Setting:
    """One row of the table, as read from the model."""

    name: str
    default: Any
    help: Help

    @property
    def variable(self) -> str:
        """Name of the environment variable."""
        return PREFIX + self.name.upper()


class Settings(BaseModel, frozen=True, extra="forbid"):
    """The settings of one process; immutable."""

    data: Annotated[
        Path,
        Help(
            "Dossier des données (documents, faits, versions publiées).",
            "Data directory (documents, facts, releases).",
        ),
    ] = Path("delibgraph-data")
    base: Annotated[
        str,
        Field(pattern=r"^https?://[^\s<>\"{}|\\^`]+$"),
        Help("Racine publique des IRI, sans barre finale.", "Public base of the IRIs, without trailing slash."),
    ] = "http://localhost:8000"
    host: Annotated[str, Help("Adresse d'écoute HTTP.", "Address the HTTP server listens on.")] = "127.0.0.1"
    port: Annotated[
        int, Field(ge=0, le=65535), Help("Port HTTP (0 : un port libre).", "HTTP port (0: any free port).")
    ] = 8000
    publisher: Annotated[
        str,
        Field(min_length=1),
        Help(
            "Nom de qui publie les données, porté par le catalogue, VoID et les pages.",
            "Name of who publishes the data, borne by the catalogue, VoID and the pages.",
        ),
    ] = "delibgraph"
    publisher_url: Annotated[str, Field(pattern=r"^(https?://[^\s<>\"{}|\\^`]+)?$"), Help(
        "Site de qui publie ; vide : aucun.", "Site of who publishes; empty: none.")] = ""  # fmt: skip
    contact: Annotated[
        str,
        Field(pattern=r"^([^\s<>\"{}|\\^`]+@[^\s<>\"{}|\\^`]+)?$"),
        Help(
            "Adresse électronique de contact du jeu de données, publiée dans le catalogue ; vide : l'accueil du site.",
            "Email address of the dataset's contact, published in the catalogue; empty: the home page.",
        ),
    ] = ""
    token: Annotated[
        str,
        Help(
            "Jeton qui ouvre ce qui modifie les données par HTTP (/review, /ingest) ; vide : tout cela est fermé.",
            "Token that opens what changes the data over HTTP (/review, /ingest); empty: all of that is closed.",
            secret=True,
        ),
    ] = ""
    token_attempts: Annotated[
        int,
        Field(ge=1),
        Help(
            "Mauvais jetons admis par minute et par adresse ; au-delà, 429.",
            "Wrong tokens admitted a minute from one address; beyond, 429.",
        ),
    ] = 10
    curator: Annotated[
        str,
        Help(
            "Nom de la personne qui relit, porté par ses décisions ; vide : le nom du compte.",
            "Name of the person who reviews, borne by their judgements; empty: the name of the account.",
        ),
    ] = ""
    publish_threshold: Annotated[
        float,
        Field(ge=0, le=1),
        Help(
            "Confiance à partir de laquelle une attribution est publiée ; en dessous, elle est gardée à revoir et "
            "comptée nulle part. Changée, elle vaut à la prochaine ingestion.",
            "Confidence from which an award is published; below, it is kept for review and counted nowhere. A change "
            "takes effect at the next ingest.",
        ),
    ] = 0.65
    keep_releases: Annotated[int, Field(ge=1), Help(
        "Versions gardées, la dernière comprise.", "Releases kept, the latest included.")] = 3  # fmt: skip
    store_graphs: Annotated[
        str,
        Field(pattern=r"^$|^https?://[^\s]+$"),
        Help(
            "Adresse Graph Store Protocol d'un autre entrepôt, pour « delibgraph load ».",
            "Graph Store Protocol address of another store, for `delibgraph load`.",
        ),
    ] = ""
    store_user: Annotated[str, Help("Son compte d'écriture ; vide : aucun.", "Its writing account; empty: none.")] = ""
    store_password: Annotated[str, Help("Son mot de passe.", "Its password.", secret=True)] = ""
    store_union: Annotated[str, Field(pattern=r"^$|^[a-z][a-z0-9+.-]*:[^\s<>\"{}|\\^`]+$"), Help(
        "Graphe nommé qui tient lieu de graphe par défaut là-bas (Virtuoso n'en a pas) ; vide : le sien.",
        "Named graph that stands for the default graph there (Virtuoso has none); empty: its own.")] = ""  # fmt: skip
    endpoint: Annotated[str, Field(pattern=r"^$|^https?://[^\s@]+$"), Help(
        "Adresse de requête SPARQL 1.1 d'un autre entrepôt, qui répond à la place du nôtre ; vide : le nôtre.",
        "SPARQL 1.1 query address of another store, which answers instead of ours; empty: ours.")] = ""  # fmt: skip
    endpoint_user: Annotated[str, Help(
        "Son compte de lecture ; vide : aucun.", "Its reading account; empty: none.")] = ""  # fmt: skip
    endpoint_password: Annotated[str, Help("Son mot de passe.", "Its password.", secret=True)] = ""
    endpoint_faults: Annotated[bool, Help(
        "Accepte qu'il calcule mal : il ne cherche que des motifs, et le nôtre répond à /sparql (docs/stores.md).",
        "Accepts that it works out wrongly: it finds patterns alone, and ours answers /sparql.")] = False  # fmt: skip
    sparql_timeout: Annotated[float, Field(gt=0), Help(
        "Délai d'une requête SPARQL, en secondes.", "Deadline of a SPARQL query, in seconds.")] = 10.0  # fmt: skip
    sparql_max_timeout: Annotated[float, Field(gt=0), Help(
        "Délai le plus long qu'un client peut demander par timeout=.",
        "Longest deadline a client may ask for with timeout=.")] = 60.0  # fmt: skip
    sparql_workers: Annotated[
        int,
        Field(ge=1, le=64),
        Help(
            "Nombre de processus où les requêtes SPARQL commencent.",
            "Number of processes in which SPARQL queries start.",
        ),
    ] = 4
    sparql_slow_workers: Annotated[
        int,
        Field(ge=1, le=64),
        Help(
            "Nombre de requêtes SPARQL longues qui vont jusqu'au bout en même temps, à basse priorité.",
            "Number of long SPARQL queries that go on at a time, at low priority.",
        ),
    ] = 2
    sparql_quantum: Annotated[
        float,
        Field(gt=0),
        Help(
            "Durée, en secondes, au-delà de laquelle une requête SPARQL est longue et s'écarte pour les autres.",
            "Time, in seconds, after which a SPARQL query is a long one and moves aside for the others.",
        ),
    ] = 0.1
    sparql_queue: Annotated[
        int,
        Field(ge=0),
        Help(
            "Requêtes SPARQL en attente au plus, courtes et longues à part ; au-delà, 503.",
            "SPARQL queries waiting at most, short and long ones apart; beyond, 503.",
        ),
    ] = 32
    sparql_per_client: Annotated[
        int,
        Field(ge=1),
        Help(
            "Requêtes SPARQL en cours au plus pour un même client (une adresse) ; au-delà, 429.",
            "SPARQL queries under way at most for one client (an address); beyond, 429.",
        ),
    ] = 16
    sparql_slice: Annotated[
        float,
        Field(gt=0),
        Help(
            "Durée, en secondes, au-delà de laquelle une requête longue cède la place à un client qui a moins demandé "
            "(503).",
            "Time, in seconds, after which a long query makes way for a client who has asked for less (503).",
        ),
    ] = 0.5
    sparql_memory: Annotated[
        int,
        Field(ge=16 * 2**20),
        Help(
            "Mémoire qu'une requête peut prendre en plus du processus à vide, en octets.",
            "Memory a query may take on top of the idle process, in bytes.",
        ),
    ] = 512 * 2**20
    sparql_cache_bytes: Annotated[int, Field(ge=0), Help(
        "Mémoire, en octets, pour les réponses de /sparql qui sont données de nouveau sans calcul ; 0 : aucune.",
        "Memory, in bytes, for answers of /sparql that are given again without being computed; 0: none.",
    )] = 64 * 2**20  # fmt: skip
    head_timeout: Annotated[
        float,
        Field(gt=0),
        Help(
            "Délai, en secondes, pour que l'en-tête d'une requête HTTP arrive en entier ; au-delà, 408.",
            "Time, in seconds, for the head of an HTTP request to arrive whole; beyond, 408.",
        ),
    ] = 10.0
    answer_timeout: Annotated[
        float,
        Field(gt=0),
        Help(
            "Durée, en secondes, pendant laquelle un client peut ne rien lire de sa réponse ; au-delà, coupé.",
            "Time, in seconds, during which a client may read nothing of its answer; beyond, cut off.",
        ),
    ] = 60.0
    body_timeout: Annotated[
        float,
        Field(gt=0),
        Help(
            "Délai, en secondes, pour que le corps d'une requête HTTP arrive en entier ; au-delà, 408.",
            "Time, in seconds, for the body of an HTTP request to arrive whole; beyond, 408.",
        ),
    ] = 20.0
    max_query_bytes: Annotated[
        int, Field(ge=1), Help("Taille d'une requête SPARQL, en octets.", "Size of a SPARQL query, in bytes.")
    ] = 64 * 2**10
    max_nesting: Annotated[
        int,
        Field(ge=1, le=500),
        Help("Profondeur d'imbrication d'une requête SPARQL.", "Nesting depth of a SPARQL query."),
    ] = 100
    max_result_bytes: Annotated[
        int,
        Field(ge=1),
        Help(
            "Taille d'un résultat SPARQL, en octets ; au-delà, une erreur et jamais un résultat tronqué.",
            "Size of a SPARQL result, in bytes; beyond, an error and never a truncated result.",
        ),
    ] = 64 * 2**20
    shutdown_timeout: Annotated[
        float,
        Field(gt=0, le=600),
        Help(
            "Temps, en secondes, laissé aux réponses en cours quand le service s'arrête ; ensuite, 503.",
            "Time, in seconds, left to answers under way when the service stops; then 503.",
        ),
    ] = 10.0
    proxies: Annotated[
        str,
        Help(
            "Adresses des mandataires (reverse proxies) dont les en-têtes X-Forwarded-For et -Proto sont crus.",
            "Addresses of the reverse proxies whose X-Forwarded-For and -Proto headers are believed.",
        ),
    ] = "127.0.0.1"
    log_format: Annotated[
        Literal["text", "json"],
        Help("Forme des journaux : text ou json (une ligne chacun).", "Form of the logs: text or json (a line each)."),
    ] = "text"
    log_requests: Annotated[
        bool,
        Help(
            "Une ligne de journal par demande : route, état, durée ; sans adresse ni contenu.",
            "A line of the log for each request: route, status, time; no address, no content.",
        ),
    ] = False
    log_queries: Annotated[
        bool,
        Help(
            "Ajoute au journal ce qui est demandé (chemin, paramètres) et le texte des erreurs : données personnelles.",
            "Adds to the log what was asked (path, parameters) and the text of errors: personal data.",
        ),
    ] = False
    page_size: Annotated[
        int,
        Field(ge=1, le=10_000),
        Help("Liens entrants montrés par page d'une ressource.", "Incoming links shown a page of a resource."),
    ] = 100
    workers: Annotated[
        int,
        Field(ge=0, le=256),
        Help(
            "Processus qui lisent les documents (0 : un par cœur, selon leur nombre).",
            "Processes that read documents (0: one a core, by their number).",
        ),
    ] = 0
    extract_timeout: Annotated[
        float,
        Field(gt=0),
        Help("Délai de lecture d'un document, en secondes.", "Deadline of the reading of a document, in seconds."),
    ] = 300.0
    max_file_bytes: Annotated[
        int,
        Field(ge=1),
        Help("Taille d'un document, en octets ; au-delà, refusé.", "Size of a document, in bytes; beyond, refused."),
    ] = 100_000_000
    max_upload_bytes: Annotated[
        int,
        Field(ge=1),
        Help("Taille d'un envoi à /ingest, en octets.", "Size of an upload to /ingest, in bytes."),
    ] = 200_000_000
    upload_timeout: Annotated[
        float,
        Field(gt=0),
        Help(
            "Délai, en secondes, pour qu'un envoi à /ingest arrive en entier.",
            "Time, in seconds, for an upload to /ingest to arrive whole.",
        ),
    ] = 600.0
    max_archive_files: Annotated[
        int,
        Field(ge=1),
        Help("Fichiers d'une archive zip au plus.", "Files of a zip archive at most."),
    ] = 10_000
    max_archive_bytes: Annotated[
        int,
        Field(ge=1),
        Help(
            "Taille d'une archive zip une fois ouverte, en octets.",
            "Size of a zip archive once unpacked, in bytes.",
        ),
    ] = 2_000_000_000
    max_archive_ratio: Annotated[
        int,
        Field(ge=2),
        Help(
            "Compression d'un fichier d'archive au plus ; au-delà, une bombe zip.",
            "Compression of a file of an archive at most; beyond, a zip bomb.",
        ),
    ] = 200

    @field_validator("base")
    @classmethod
    def _without_trailing_slash(cls, base: str) -> str:
        return base.rstrip("/")

    @classmethod
    def from_env(cls, environ: Mapping[str, str] | None = None, **overrides: object) -> Self:
        """Settings from the file that the environment names, from the environment, then from `overrides`.

        None is not given. Raises SettingError naming the variable, or the file and key, when a value cannot be used.
        """
        from service.setting_sources import gather

        given = gather(environ, overrides)
        try:
            return cls.model_validate(given.values)
        except ValidationError as error:
            first = error.errors()[0]
            name = str(first["loc"][0]) if first["loc"] else "?"
            where = given.origin(name, PREFIX + name.upper())
            raise SettingError(where, f"valeur refusée ({first['msg']})", "Voir docs/settings.md.") from error


def table() -> Iterator[Setting]:
    """The rows of the table, in the order of the model. Raises LookupError for a field without help."""
    for name, field in Settings.model_fields.items():
        found = [item for item in field.metadata if isinstance(item, Help)]
        if not found:
            raise LookupError(f"setting {name}: no Help in its annotation")
        yield Setting(name, field.default, found[0])


def reference() -> str:
    """The Markdown reference of the settings (the whole of docs/settings.md)."""
    lines = [
        "# Settings",
        "",
        "Generated by `python -m service.settings`; do not edit. Each setting is read from the TOML file that",
        "`--config` or `DELIBGRAPH_CONFIG` names (under its name in lower case, without the prefix: `port = 8080`),",
        "from the environment, and from `delibgraph --set name=value …`; the later one wins. `delibgraph settings`",
        "prints what is in force and where it comes from.",
        "",
        "| variable | default | français | English |",
        "|---|---|---|---|",
    ]
    for setting in table():
        default = f"`{setting.default}`" if str(setting.default) else "(empty)"
        lines.append(f"| `{setting.variable}` | {default} | {setting.help.fr} | {setting.help.en} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(reference())

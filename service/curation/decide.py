"""A person's decision: understood, written to the log, and published."""

from __future__ import annotations

import datetime as dt
import getpass
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode, Store

from graph.curation import append, sides, signatures
from graph.curation.log import SidesError
from graph.resolve import Judgement, Registry, read_judgements
from graph.resolve.judgement import Verb, not_undone
from ontology.terms import DG, RDF
from service.curation.naming import CurationError, fact, thing
from service.ingest import IngestReport, Watcher, ingest, unwatched
from service.ingest.lock import writing
from service.settings import Settings
from service.store import ReleaseReader

#: Where the log is, in the data directory.
LOG: Final = ("curation", "judgements.jsonl")


@dataclass(frozen=True)
class Wish:
    """What a person asks for: ``split`` is a keep-apart of the two sides of ``left``, of which ``off`` name one."""

    verb: Verb | str
    left: str
    right: str = ""
    off: tuple[str, ...] = ()
    reason: str = ""
    author: str = ""


@dataclass(frozen=True)
class Outcome:
    """The judgement as written, and the report of the publication (None: not published yet)."""

    judgement: Judgement
    report: IngestReport | None

    @property
    def findings(self) -> tuple[str, ...]:
        """What the publication says against this judgement, in French."""
        told = self.report.curation if self.report else []
        return tuple(finding for finding in told if self.judgement.id in finding)


def author_of(settings: Settings, given: str = "") -> str:
    """Who judges: as given, else the setting, else the account's full name or name. Raises CurationError."""
    for name in (given, settings.curator, _account()):
        if name.strip():
            return " ".join(name.split())
    raise CurationError("Qui décide ? Donner --author NOM, ou le réglage DELIBGRAPH_CURATOR.")


def decide(
    wish: Wish, settings: Settings, watch: Watcher = unwatched, *, publish: bool = True, wait: float = 0.0
) -> Outcome:
    """Write the judgement and, unless told otherwise, publish the dataset under it.

    Raises CurationError, DataDirectoryBusy, NoReleaseError, JudgementError, RegistryError, ReleaseError.
    """
    if not wish.reason.strip():
        raise CurationError("Une décision se motive : donner --reason « … ».")
    author = author_of(settings, wish.author)
    log = settings.data.joinpath(*LOG)
    store = ReleaseReader(settings.data).on_disk()
    with writing(settings.data, wait=wait), Registry(settings.data / "identities.sqlite") as registry:
        judgement = judged(wish, author, store, settings.base, registry, read_judgements(log))
        append(log, judgement)
    report = ingest((), settings, watch, wait=wait) if publish else None
    return Outcome(judgement, report)


def judged(
    wish: Wish, author: str, store: Store, base: str, registry: Registry, known: tuple[Judgement, ...]
) -> Judgement:
    """The judgement that a wish comes to, after ``known``; nothing is written. Raises CurationError."""
    told = {
        "author": author,
        "date": dt.datetime.now(dt.UTC).astimezone().date(),
        "reason": " ".join(wish.reason.split()),
    }
    match wish.verb:
        case "merge" | "keep-apart":
            values = _pair(wish, store, base, registry)
        case "split":
            values = _split(wish, store, base, registry, known)
        case "reject" | "accept":
            values = _fact(wish, store, base, registry)
        case "undo":
            values = _undo(wish, known)
        case _:
            raise CurationError(f"« {wish.verb} » n'est pas une décision connue.")
    return Judgement.model_validate({**values, **told})


def _pair(wish: Wish, store: Store, base: str, registry: Registry) -> dict[str, object]:
    kind, left = thing(store, base, wish.left)
    other, right = thing(store, base, wish.right)
    if kind != other:
        raise CurationError(f"{kind}/{left} et {other}/{right} ne sont pas de même nature.")
    if left == right:
        raise CurationError(
            f"Les deux noms désignent déjà {kind}/{left}. Pour la séparer : delibgraph split {kind}/{left}"
        )
    return {
        "verb": wish.verb,
        "left": f"{kind}/{left}",
        "right": f"{kind}/{right}",
        "left_signatures": signatures(registry, kind, left),
        "right_signatures": signatures(registry, kind, right),
    }


def _split(wish: Wish, store: Store, base: str, registry: Registry, known: tuple[Judgement, ...]) -> dict[str, object]:
    kind, key = thing(store, base, wish.left)
    try:
        stays, goes = sides(registry, known, kind, key, wish.off)
    except SidesError as error:
        raise CurationError(str(error)) from error
    named = f"{kind}/{key}"
    return {
        "verb": "keep-apart",
        "left": named,
        "right": named,
        "left_signatures": stays,
        "right_signatures": goes,
    }


def _fact(wish: Wish, store: Store, base: str, registry: Registry) -> dict[str, object]:
    kind, key = fact(store, base, wish.left)
    if wish.verb == "accept":
        _acceptable(store, f"{base}/id/{kind}/{key}", kind, key)
    registered = "funding" if kind == "reading" else kind
    return {"verb": wish.verb, "left": f"{kind}/{key}", "left_signatures": signatures(registry, registered, key)}


def _acceptable(store: Store, iri: str, kind: str, key: str) -> None:
    """Only a reading that says who pays or who receives, and whose total is published, can be accepted."""
    node = NamedNode(iri)
    if kind != "reading":
        raise CurationError(f"{kind}/{key} est déjà publié : rien à accepter.")
    ends = (DG.proposedFunder, DG.proposedBeneficiary)
    if not any(next(store.quads_for_pattern(node, NamedNode(str(end)), None), None) for end in ends):
        raise CurationError(f"{kind}/{key} ne dit ni qui paie ni qui reçoit : rien à publier.")
    review = NamedNode(str(DG.FundingToReview))
    for quad in store.quads_for_pattern(node, NamedNode(str(DG.proposedPartOf)), None):
        whole = quad.object
        if isinstance(whole, NamedNode) and next(
            store.quads_for_pattern(whole, NamedNode(str(RDF.type)), review), None
        ):
            raise CurationError(f"{kind}/{key} est une partie de {whole.value} : accepter d'abord ce total.")


def _undo(wish: Wish, known: tuple[Judgement, ...]) -> dict[str, object]:
    wanted = wish.left.strip().rsplit("/", 1)[-1]
    standing = {judgement.id for judgement in not_undone(known)}
    if wanted not in standing:
        raise CurationError(f"« {wish.left} » : aucune décision en vigueur de ce numéro. Les voir : delibgraph undo")
    return {"verb": "undo", "left": wanted}


def _account() -> str:
    """The name of the account, as git takes it where it is told none: the full name, else the login."""
    try:
        import pwd
    except ImportError:  # no Unix
        return getpass.getuser()
    try:
        login = getpass.getuser()
        return pwd.getpwnam(login).pw_gecos.partition(",")[0] or login
    except (KeyError, OSError):
        return ""

"""Taking documents in: the bytes of every file offered go into the store, by content hash."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from extract.read.package import ZIP_FAULTS
from service.ingest.documents import DocumentStore, TooLarge
from service.ingest.removals import Removal, Removals
from service.ingest.report import Progress, Refusal, Watcher
from service.ingest.seen import Seen, Stamp
from service.ingest.sources import Found, Ignored, Limits, Offer, find, too_large, unreadable


@dataclass
class Received:
    """Documents offered now, by hash: `names` the base names, `shown` how messages name them, the first one first.

    `kept_out`: those that were removed and stay so; `back`: how messages name those that come back.
    """

    names: dict[str, set[str]] = field(default_factory=dict)
    shown: dict[str, list[str]] = field(default_factory=dict)
    refused: list[Refusal] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    kept_out: list[Refusal] = field(default_factory=list)
    back: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Doors:
    """Where documents go in. `take_back`: documents that were removed come back, erased ones too.

    `fresh`: what is published takes nothing over from the live release. `seen`: files read before; None: all are read.
    """

    store: DocumentStore
    removals: Removals
    limits: Limits
    take_back: bool = False
    fresh: bool = False
    seen: Seen | None = None


def receive(paths: Iterable[Path], doors: Doors, watch: Watcher) -> Received:
    """Copy every file under `paths` into the store; the same bytes are kept once.

    A document that was removed comes back where the user names its very file, and was not erased; a folder that still
    holds it does not bring it back.
    """
    received = Received()
    for count, found in enumerate(find(paths, doors.limits), start=1):
        _receive(found, doors, received)
        watch(Progress("collect", count, 0, found.file if isinstance(found, Refusal) else found.shown))
    return received


def _receive(found: Found, doors: Doors, received: Received) -> None:
    if isinstance(found, Ignored):
        received.ignored.append(found.shown)
    elif isinstance(found, Refusal):
        received.refused.append(found)
    elif isinstance(kept := _keep(found, doors), Refusal):
        received.refused.append(kept)
    elif (removal := doors.removals.find(kept)) is not None and not _comes_back(removal, found, doors):
        received.kept_out.append(_stays_out(removal, found))
    else:
        if removal is not None:
            doors.removals.take_back(kept)
            received.back.append(found.shown)
        received.names.setdefault(kept, set()).add(found.name)
        received.shown.setdefault(kept, []).append(found.shown)


def _comes_back(removal: Removal, offer: Offer, doors: Doors) -> bool:
    return doors.take_back or (offer.asked and not removal.erased)


def _stays_out(removal: Removal, offer: Offer) -> Refusal:
    what = "effacé" if removal.erased else "retiré"
    remedy = "--take-back" if removal.erased else "ce fichier lui-même, ou --take-back"
    return Refusal(
        offer.shown,
        f"{what} le {removal.day} ({removal.reason.rstrip('.')}), n'est pas repris",
        f"Pour le reprendre : delibgraph ingest, avec {remedy}.",
    )


def _keep(offer: Offer, doors: Doors) -> str | Refusal:
    """The hash of what is offered, once its bytes are in the store."""
    if doors.seen is not None and offer.stamp is not None:
        known = doors.seen.content(offer.place, offer.stamp)
        if known is not None and doors.store.record(known) is not None:
            return known
    try:
        with offer.open() as stream:
            kept = doors.store.keep(stream, doors.limits.file_bytes)
            # Not where it changed while it was read.
            if doors.seen and offer.stamp and Stamp.of(os.fstat(stream.fileno())) == offer.stamp:
                doors.seen.note(offer.place, offer.stamp, kept)
            return kept
    except TooLarge:
        return too_large(offer.shown, doors.limits.file_bytes)
    except OSError as error:
        return unreadable(offer.shown, error)
    except ZIP_FAULTS as error:
        # RuntimeError: an encrypted entry that does not say so.
        return Refusal(offer.shown, f"fichier abîmé dans l'archive ({error})", "Refaites l'archive.")

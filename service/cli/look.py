"""Where to look first in what was just published: three addresses, and what is seen there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from graph.ledger import FILE, Criteria, Ledger
from graph.release import current
from service.ingest.report import IngestReport
from service.pages import french
from service.settings import Settings


@dataclass(frozen=True)
class Look:
    """An address of the service, from its root, and what is seen there, in French."""

    path: str
    seen: str


def looks(report: IngestReport, settings: Settings) -> Iterator[Look]:
    """Who funds whom, who receives most, and the act with the most to check; fewer where the release has none."""
    live = current(settings.data)
    if live is None:
        return
    ledger = Ledger(live.path / FILE)
    with ledger.choose(Criteria()) as chosen:
        sums, ranked = chosen.sums(), chosen.ranked("beneficiary")
    if sums.amount is not None:
        yield Look("/funding", f"qui finance qui, d'un coup d'œil : {french.euros(sums.amount)} attribués")
    things = ledger.things()
    received = [
        (things[party], amount) for party, amount in ranked if party is not None and "/person/" not in things[party].iri
    ]
    if received:
        most, amount = received[0]
        told = f"ce que reçoit {most.label} ({french.euros(amount)}), de qui, pour quoi, année par année"
        yield Look(most.iri.removeprefix(settings.base), told)
    if report.published:
        act = max(report.published, key=lambda document: (len(document.warnings), document.file.endswith(".pdf")))
        doubt = f" ; à vérifier : « {act.warnings[0]} »" if act.warnings else ""
        yield Look(f"/document/{act.key}", f"un acte, et en face la phrase d'où vient chaque fait{doubt}")

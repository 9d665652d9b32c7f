"""Features and labels of every amount and of every candidate party of the annotated texts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from extract.facts import FundingStatus
from extract.pipes.model import Amount, Found, within
from extract.pipes.money.cues import Cue
from extract.pipes.money.learned.judge import rule_features
from extract.pipes.money.learned.reader import Scene, scene_of
from extract.pipes.money.parties import find_parties
from extract.pipes.money.statements import windows
from extract.pipes.money.status import governing
from extract.pipes.money.told import status_rules
from extract.pipes.money.window import Window
from extract.pipes.orgbook import Organisation
from training.observations import Case, Row, same


@dataclass(frozen=True)
class Observation:
    """One line of training data: its features, its class, and where it comes from."""

    group: str
    document: str
    features: tuple[str, ...]
    label: str
    weight: float = 1.0


def status_observations(case: Case, trusted: bool = True) -> Iterator[tuple[Observation, int, Row]]:
    """Each amount with its class; amounts that the annotation leaves open are left out."""
    scene = scene_of(case.reading)
    for index, amount in enumerate(scene.amounts):
        if not scene.told(index):
            continue
        row = row_of(case, scene, amount)
        if row is not None:
            label = "kind" if row.own_kind else row.status
            seen = scene.view(index).seen()
            if trusted:
                seen = seen.told(status_rules(case.reading, *window_of(scene, index)))
            yield Observation(case.group, case.document, tuple(seen.names()), label), index, row


def row_of(case: Case, scene: Scene, amount: Found[Amount]) -> Row | None:
    """The row that tells an amount; None where none does, or several of different statuses."""
    if case.exact:
        return next((r for r in case.rows if r.span and amount.start < r.span[1] and amount.end > r.span[0]), None)
    told = [r for r in case.rows if abs(r.value - float(amount.value.value)) < 0.005]
    if not told:
        return None
    if len({(r.status, r.own_kind) for r in told}) > 1:
        section = scene.reading.sentences[scene.reading.sentence_at(amount.start)].section
        order = ("awarded", "rejected", "requested", "budgeted", "none") if section == "decision" else ()
        told = next(([r for r in told if r.status == s] for s in order if any(r.status == s for r in told)), [])
        if not told:
            return None
    if len({(r.funder, r.beneficiary) for r in told}) > 1:
        several = lambda pick: tuple(n for r in told for n in (pick(r) or ()))  # noqa: E731
        return Row(
            told[0].value,
            told[0].status,
            several(lambda r: r.funder) or None,
            several(lambda r: r.beneficiary) or None,
            told[0].own_kind,
        )
    return told[0]


def named(organisation: Organisation | None, name: str, wanted: tuple[str, ...]) -> bool:
    """Whether a candidate is one of the names the annotation gives."""
    forms = [name, *([organisation.name, *organisation.names.values()] if organisation else [])]
    return any(same(wanted, form) for form in forms)


def window_of(scene: Scene, index: int) -> tuple[Window, Cue | None]:
    """The stretch of an amount and the cue that governs it, as the reader walks to it."""
    sentence = scene.reading.sentences[scene.reading.sentence_at(scene.amounts[index].start)]
    amounts = within(scene.amounts, sentence.start, sentence.end)
    cue: Cue | None = None
    for amount, window in zip(amounts, windows(sentence, amounts), strict=True):
        cue = governing(scene.reading, window, cue)
        if amount is scene.amounts[index]:
            return window, cue
    raise AssertionError("an amount stands in its sentence")


def party_observations(case: Case, role: str, trusted: bool = True) -> Iterator[Observation]:
    """Each candidate of each amount with "yes" or "no" for a role ("beneficiary", "funder")."""
    scene = scene_of(case.reading)
    for _, index, row in status_observations(case, False):
        if row.status == "none" and not row.own_kind:
            continue
        wanted = row.beneficiary if role == "beneficiary" else row.funder
        status: FundingStatus = "awarded" if row.own_kind or row.status == "none" else row.status  # type: ignore[assignment]
        lines = [
            (view, wanted is not None and named(view.candidate.organisation, view.candidate.name, wanted))
            for view in scene.parties(index)
        ]
        if role == "beneficiary" and wanted is not None and not any(right for _, right in lines):
            continue  # who receives is not among the candidates
        parties = (
            find_parties(scene.reading, scene.reading.text, window_of(scene, index)[0], status) if trusted else None
        )
        best = _nearest(lines)
        for number, (view, right) in enumerate(lines):
            if right and number not in best:
                continue  # the same organisation, named elsewhere: neither right nor wrong
            rule = rule_features(view, parties, role) if parties else []
            yield Observation(case.group, case.document, (*view.features(status), *rule), "yes" if right else "no")


def _nearest(lines: list[tuple[object, bool]]) -> set[int]:
    """The right candidates to learn from: those of the amount's own sentence, else all."""
    right = [i for i, (_, yes) in enumerate(lines) if yes]
    own = [i for i in right if lines[i][0].place == "own"]
    return set(own or right)

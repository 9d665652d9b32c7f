"""The years a funding is for: stated beside its amount, in its sentence, its list's lead, or by its convention."""

from __future__ import annotations

from extract.finder import finder
from extract.patterns import pattern
from extract.pipes.model import Found, Period, Sentence, within
from extract.pipes.money.cues import is_history
from extract.pipes.money.draft import Draft
from extract.pipes.reading import Reading, once

_NEAR = 60
#: What tells that a year is not the money's stands so far before it.
_CITED = 40
#: Years before it are when a club was founded ("Football-Club 1931"), never when money is for.
_FIRST_YEAR = 1990
_AFTER_PROGRAMME = 26


def usable(reading: Reading, start: int, end: int) -> list[Found[Period]]:
    """Periods of a stretch that may date money: not the years of a programme, nor of a day's date or a citation."""
    found = []
    for each in within(reading.periods, start, end):
        if (
            each.value.last < _FIRST_YEAR
            or each.value.in_date
            or _of_programme(reading, each)
            or _of_reference(reading, each)
        ):
            continue
        found.append(each)
    return found


def _of_programme(reading: Reading, period: Found[Period]) -> bool:
    if pattern("fundings", "said.own_years").search(reading.folded[max(0, period.start - _CITED) : period.start]):
        return False  # "contrat d'association – Année scolaire 2023-2024"
    for programme in reading.programmes:
        for start, end in programme.mentions:
            if start <= period.start < end:
                return True
            between = reading.folded[end : period.start]
            if end <= period.start and len(between) < _AFTER_PROGRAMME and not any(c in between for c in ".;:\n"):
                own = (programme.first, programme.last) in (
                    (period.value.first, period.value.last),
                    (period.value.first, None),
                )
                if own and period.value.first != period.value.last:
                    return True
    return False


def _of_reference(reading: Reading, period: Found[Period]) -> bool:
    before = reading.folded[max(0, period.start - _CITED) : period.start]
    return pattern("fundings", "said.reference").search(before) is not None


def near_years(reading: Reading, left: int, start: int, end: int, right: int) -> tuple[int, int] | None:
    """Years right after an amount ("280 000 € en 2024"), else the last ones before it in its stretch."""
    after = usable(reading, end, min(right, end + _NEAR))
    if after and not _of_another(reading.folded[end : after[0].start]):
        return after[0].value.first, after[0].value.last
    before = usable(reading, left, start)
    if before:
        return before[-1].value.first, before[-1].value.last
    return None


def _of_another(between: str) -> bool:
    """Whether what parts a sum from a year behind it gives the year to another sum: "14 000 € (13 000 € en 2024)"."""
    return any(c in between for c in ";:") or "€" in between.partition("(")[2]


def sentence_years(reading: Reading, sentence: Sentence) -> tuple[int, int] | None:
    """The only period of a sentence, None when there are none or several."""
    found = {(p.value.first, p.value.last) for p in usable(reading, sentence.start, sentence.end)}
    return found.pop() if len(found) == 1 else None


def asked_year(reading: Reading, sentence: Sentence) -> tuple[int, int] | None:
    """The year of the column of requests or proposals, in a head that names others: "Aide 2021 / Demande 2022"."""
    told = finder("fundings", "said.asked").finditer(reading.folded, sentence.start, sentence.end)
    years = {int(found["year"]) for found in told}
    return (min(years), min(years)) if len(years) == 1 else None


@once
def act_years(reading: Reading) -> tuple[int, int] | None:
    """The budget year that the act's title or decisions name: "exercice 2023", "sur le budget 2024", "en cours"."""
    title = reading.context.title
    if title:
        found = {(p.value.first, p.value.last) for p in usable(reading, *title)}
        if len(found) == 1:
            return found.pop()
    years: set[int] = set()
    for sentence in reading.sentences:
        if sentence.section != "decision":
            continue
        text = reading.text_of(sentence)
        if finder("fundings", "role.current").search(text) and reading.context.session_date:
            years.add(reading.context.session_date.year)
        if finder("fundings", "said.budget_year").search(text):
            years |= {
                p.value.first for p in usable(reading, sentence.start, sentence.end) if p.value.first == p.value.last
            }
    if not years:
        years = _opened(reading)
    return (min(years), min(years)) if len(years) == 1 else None


def _opened(reading: Reading) -> set[int]:
    """The budgets, of the year of the séance or a later one, that open the credits which the act shares out."""
    voted = reading.context.session_date
    told = (
        int(found["year"] or found["first"])
        for sentence in reading.sentences
        if sentence.section == "body"
        for found in finder("fundings", "said.opened").finditer(reading.folded, sentence.start, sentence.end)
    )
    return {year for year in told if voted is not None and year >= voted.year}


def fill_years(reading: Reading, drafts: list[Draft]) -> None:
    """Give each draft without a period that of its convention (yearly amounts) or of the act."""
    agreements = [a for a in reading.agreements if a.first]
    spans = {(a.first, a.last) for a in agreements}
    default = act_years(reading)
    voted = reading.context.session_date.year if reading.context.session_date else None
    if default and voted is not None and default[0] < default[1] < voted:
        default = None  # years that were over when the sum was voted are the convention's, not said of the sum
    for draft in drafts:
        if draft.first is not None and not (draft.per_year and draft.first == draft.last and len(spans) == 1):
            continue
        if draft.per_year:
            programme = next((p for p in reading.programmes if p.id == draft.programme), None)
            mine = {
                (a.first, a.last)
                for a in agreements
                if draft.beneficiary is not None and draft.beneficiary.id in a.parties
            }
            if len(mine) == 1 or len(spans) == 1:
                draft.first, draft.last = (mine if len(mine) == 1 else spans).copy().pop()
                continue
            if default and default[0] < default[1]:
                draft.first, draft.last = default
                continue
            if programme is not None and programme.first and programme.last and voted and programme.valid_in(voted):
                draft.first, draft.last = programme.first, programme.last
                continue
        if (
            draft.first is None
            and draft.status in ("awarded", "rejected")
            and (told := default or _exposed(reading, draft))
        ):
            draft.first, draft.last = told


def _exposed(reading: Reading, draft: Draft) -> tuple[int, int] | None:
    """The years with which the exposé told the sum that the decision grants, where it tells it with no others.

    "780 € par élève pour l'année 2021-2022, soit 8 580 €", then "décide de verser 8 580 €".
    """
    voted = reading.context.session_date
    if draft.section != "decision" or draft.value is None or draft.table is not None or voted is None:
        return None
    found = set()
    for amount in reading.amounts:
        sentence = reading.sentences[reading.sentence_at(amount.start)]
        if amount.value.value != draft.value or sentence.section != "body" or amount.start >= draft.position:
            continue
        if is_history(reading.folded[sentence.start : amount.start]):
            return None
        if years := near_years(reading, sentence.start, amount.start, amount.end, sentence.end):
            found.add(years)
    told = found.pop() if len(found) == 1 else None
    return told if told and told[1] >= voted.year - 1 else None

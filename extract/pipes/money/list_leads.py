"""What introduces a list of sums, and whether the act grants them: by the lead, by what stands between, by the title.

"Les élus ont voté les subventions suivantes :"; "M. Perrin présente les propositions de la commission."; a list that
stands alone under "SUBVENTIONS 2019". Patterns in ``patterns/tables.toml`` ([status]) and ``matters.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING

from extract.patterns import pattern
from extract.pipes.model import within
from extract.pipes.money.cues import granted_above, is_history, is_rejected, keeps, last_cue, proposes
from extract.pipes.money.matter import are_asked, are_received, matter_of_lead
from extract.pipes.money.rows import title_of
from extract.pipes.reading import Reading
from extract.text import PARENTHESES

if TYPE_CHECKING:
    from extract.pipes.model import Sentence

#: A list without a lead that ends with a colon has at least so many rows.
_FEWEST = 2
#: More than one row in so many names a body where only such rows tell that bodies are given to.
_SHARE = 2
#: A list of figures without a unit has at least so many rows, and a figure of at least so many euros.
_FEWEST_PLAIN, _A_SUM = 3, 50
#: So many line breaks, at most, stand between a list and what introduces it.
_BLANK = 3
#: What stands between a lead and its list is no longer than this.
_BETWEEN = 200
#: What opens a list stands at most so many sentences above; a heading in between is no longer than this.
_REACH, _HEADING = 60, 90
#: What was given so many years ago is recalled; a year further back tells that the date of the séance is another's.
_RECALLED = 4
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def grant_words(text: str) -> bool:
    """Whether folded words are about grants."""
    return pattern("fundings", "award.decision_noun").search(text) is not None


def are_plain_sums(reading: Reading, introduced: str, rows: int, values: Iterable[Decimal]) -> bool:
    """Whether figures without a unit, in so many rows, are grants: what introduces them or the title says so."""
    if rows < _FEWEST_PLAIN or max(values, default=Decimal(0)) < _A_SUM:
        return False
    told = pattern("tables", "status.grants").search(introduced)
    return told is not None or pattern("tables", "status.title_grants").search(title_of(reading)) is not None


def is_plan(lead: str, group: list[re.Match[str]]) -> bool:
    """Whether a lead makes of its list a plan de financement; who is given "500 € à X" pays no part of one."""
    given = all(pattern("tables", "row.given").match(row.group()) for row in group)
    if pattern("tables", "status.plan_last").search(lead) is not None and not given:
        return True  # "une aide de 7 500 €, dont le plan de financement est le suivant :"
    planned = pattern("tables", "status.plan").search(lead) is not None
    return planned and not given and not proposes_grants(lead) and not finances(lead)


def finances(lead: str) -> bool:
    """Whether a lead says that the body finances what follows, which is no plan of who does."""
    return pattern("tables", "status.finances").search(lead) is not None


def lead_of(reading: Reading, group: list[re.Match[str]]) -> str | None:
    """What introduces a list, folded, with what stands between; None where nothing does, nor the title grants it."""
    start = group[0].start()
    first = reading.sentences[reading.sentence_at(start)]
    if first.lead is None:
        above = _above(reading, group)
        if above is not None and above.section != "title" and reading.text_of(above).rstrip().endswith(":"):
            return _whole(reading, reading.sentence_at(above.start))
        plain = _unmarked(reading, group) or opening_of(reading, group)
        return title_of(reading) if plain is None and _titled(reading, group) and _is_neutral(reading, group) else plain
    lead = reading.sentences[first.lead]
    between = reading.folded[lead.end : start]
    near = len(between) < _BETWEEN and not any(lead.end <= a.start < start for a in reading.amounts)
    told = _whole(reading, first.lead)
    return told + between if near and proposes_grants(between) else told


def meant_by(reading: Reading, group: list[re.Match[str]], lead: str) -> str:
    """A lead, with the sentence above it where that names what a pronoun means: "Elles se répartissent ainsi :"."""
    first = reading.sentences[reading.sentence_at(group[0].start())]
    above = (first.lead if first.lead is not None else reading.sentence_at(first.start)) - 1
    if above < 0 or pattern("contributions", "said.pronoun").match(lead) is None:
        return lead
    return f"{reading.text_of(reading.sentences[above])} {lead}"


def _whole(reading: Reading, index: int) -> str:
    """The folded words of a lead, from where its sentence begins: "… aux associations ; et ce au titre de 2024 :"."""
    last = reading.sentences[index]
    while index and reading.text[reading.sentences[index].start].islower():
        if reading.sentences[index - 1].paragraph != last.paragraph:
            break
        index -= 1
    return reading.folded[reading.sentences[index].start : last.end]


def grants(reading: Reading, lead: str, section: str, group: list[re.Match[str]]) -> bool:
    """Whether a lead grants what its list names, or the decision grants "les subventions ci-dessus"."""
    if section == "decision" and pattern("tables", "status.prizes").search(lead):
        return True
    if is_rejected(lead) or matter_of_lead(lead) is not None or are_received(lead) or is_plan(lead, group):
        return False
    if any(pattern("tables", f"status.{form}").search(lead) for form in ("theirs", "makes_up")):
        return False
    if pattern("tables", "status.not_money").search(lead) or (are_asked(lead) and not granted_above(reading)):
        return False
    if pattern("tables", "status.budget").search(lead) and not grant_words(lead):
        return False
    lead = PARENTHESES.sub(" ", lead)
    shares = section == "decision" and _shares_out(reading, lead)
    if shares or _decided(reading, lead) or proposes_grants(lead) or _gives_rows(reading, lead):
        return True
    cue = last_cue(lead)
    decides = section == "decision" or (pattern("tables", "status.decides").search(lead) and not is_history(lead))
    if cue is not None and cue.family == "award" and (decides or cue.commits or proposes(lead)):
        return True
    title = title_of(reading)
    if grant_words(title) and pattern("tables", "status.proposals_follow").search(lead):
        return True
    if _proposes_support(reading, lead, group):
        return True
    about = grant_words(lead) or grant_words(title) or granted_above(reading) or _titled(reading, group)
    forms = (pattern("tables", f"status.{form}") for form in ("files", "reckoned"))
    taken_up = granted_above(reading) and any(form.search(lead) for form in forms)
    told_else = cue is not None and cue.family in ("requested", "history") and not (keeps(lead) or taken_up)
    if told_else or not about:
        return False
    fixes = decides and grant_words(lead) and not is_history(lead)
    return (
        fixes or proposes(lead) or granted_above(reading) or (_titled(reading, group) and not _is_past(reading, lead))
    )


def _shares_out(reading: Reading, lead: str) -> bool:
    """Whether a decided lead shares out a sum, or tells who was chosen: "répartit l'enveloppe comme suit :"."""
    if pattern("tables", "status.not_shared").search(lead):
        return False
    title = title_of(reading)
    about = (pattern("tables", f"status.{form}").search(title) for form in ("title_grants", "grants"))
    votes = (grant_words(title) or any(about)) and pattern("tables", "status.just_votes").search(lead) is not None
    return votes or pattern("tables", "status.shares").search(lead) is not None


def proposes_grants(text: str) -> bool:
    """Whether folded words propose grants by a noun or a conditional: "Propositions de subventions :"."""
    return pattern("tables", "status.proposed_grants").search(text) is not None


def _gives_rows(reading: Reading, lead: str) -> bool:
    """Whether a lead gives the rows below it, in an act about associations or grants: "Le conseil vote pour 2022 :"."""
    about = any(pattern("tables", f"status.{form}").search(title_of(reading)) for form in ("associations", "grants"))
    return about and pattern("tables", "status.gives_rows").search(lead) is not None


def _proposes_support(reading: Reading, lead: str, group: list[re.Match[str]]) -> bool:
    """Whether an adopted lead only proposes, and what stands above it tells support of bodies, which its rows name.

    "La commune soutient les associations locales. La commission propose :", in whatever act.
    """
    if not reading.context.adopted or pattern("tables", "status.bare_proposal").fullmatch(lead) is None:
        return False
    first = reading.sentences[reading.sentence_at(group[0].start())]
    at = first.lead if first.lead is not None else reading.sentence_at(first.start) - 1
    above = reading.text_of(reading.sentences[at - 1]) if at > 0 else ""
    named = sum(bool(reading.organisations.mentions_from(*row.span("name"))) for row in group)
    return _SHARE * named > len(group) and pattern("tables", "status.supports").search(above) is not None


def _decided(reading: Reading, lead: str) -> bool:
    """Whether a lead tells grants as decided in this séance: "Les élus ont voté les subventions pour 2019 :"."""
    if pattern("tables", "status.granted_now").search(lead) is None or pattern("tables", "status.then").search(lead):
        return False
    session = reading.context.session_date
    dated = pattern("tables", "status.then_dated").search(lead)
    if dated is not None and session is not None and int(dated["day"]) != session.day:
        return False
    return not _is_past(reading, lead)


def _is_past(reading: Reading, lead: str) -> bool:
    """Whether a lead names a year before that of the séance."""
    session = reading.context.session_date
    return session is not None and any(0 < session.year - int(year) <= _RECALLED for year in _YEAR.findall(lead))


def _titled(reading: Reading, group: list[re.Match[str]]) -> bool:
    """Whether the title of the act makes grants of a list: it is about grants to associations, and asks for none."""
    title = title_of(reading)
    if len(group) < _FEWEST or not reading.context.adopted:
        return False
    if not pattern("tables", "status.title_grants").search(title) or pattern("tables", "status.title_asks").search(
        title
    ):
        return False
    return not any(pattern("tables", "row.payer").match(row["name"].strip(" *-•")) for row in group)


def _is_neutral(reading: Reading, group: list[re.Match[str]]) -> bool:
    """Whether the sentence right above a list makes nothing else of it: what was given before, asked for, spent."""
    above = _above(reading, group)
    if above is None or above.section == "title":
        return True
    text = reading.text_of(above)
    past = pattern("tables", "status.recalled").search(text) is not None or is_history(text)
    if (past and not keeps(text)) or matter_of_lead(text) is not None:
        return False
    cue = last_cue(text)
    return cue is None or cue.family == "award"


def _unmarked(reading: Reading, group: list[re.Match[str]]) -> str | None:
    """What introduces a list without a colon, where the act grants its lines: it proposes them, or ends the decision.

    "M. Perrin présente les propositions de la commission." and "décide d'accorder les subventions ci-dessus".
    """
    above = _above(reading, group)
    if above is None or len(group) < _FEWEST:
        return None
    lead = reading.text_of(above)
    taken_up = granted_above(reading) and (grant_words(title_of(reading)) or grant_words(lead))
    listed = lead.rstrip().endswith(":") or pattern("tables", "status.following").search(lead) is not None
    cue = last_cue(lead)
    granted = (
        listed
        and cue is not None
        and cue.family == "award"
        and (above.section == "decision" or pattern("tables", "status.decides").search(lead) is not None)
    )
    if granted or _decided(reading, lead) or (taken_up and pattern("tables", "status.proposals").search(lead)):
        return lead
    return None


def opening_of(reading: Reading, group: list[re.Match[str]]) -> str | None:
    """What opens a list of several paragraphs and headings, far above: "Les subventions votées sont les suivantes."."""
    index = reading.sentence_at(group[0].start())
    for above in reversed(reading.sentences[max(0, index - _REACH) : index]):
        text = reading.text_of(above)
        if _opens(reading, text):
            return text
        heading = len(text) <= _HEADING and not text.rstrip().endswith((".", ";"))
        listed = within(reading.amounts, above.start, above.end) and not pattern("tables", "row.said").match(text)
        if not heading and not listed:
            return None
    return None


def _opens(reading: Reading, text: str) -> bool:
    """Whether a sentence says that grants of this séance follow."""
    listed = text.rstrip().endswith(":") or pattern("tables", "status.following").search(text) is not None
    return listed and _decided(reading, text)


def _above(reading: Reading, group: list[re.Match[str]]) -> Sentence | None:
    """The sentence right above a list."""
    index = reading.sentence_at(group[0].start())
    above = reading.sentences[index - 1] if index else None
    far = above is None or reading.folded[above.end : group[0].start()].count("\n") > _BLANK
    return None if far else above

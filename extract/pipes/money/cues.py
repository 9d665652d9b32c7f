"""Which words govern an amount: the cue that gives it a status and a kind.

The last cue before the amount, in its own stretch of the sentence, governs it; an amount of a series inherits from
the one before ("280 000 € en 2024, 285 000 € en 2025"); an item of a list takes the cue of the list's lead.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from extract.facts import FundingKind
from extract.finder import Finder, finder, finders
from extract.openings import needed
from extract.patterns import named, pattern, table
from extract.pipes.model import Sentence, within
from extract.pipes.money.window import Window
from extract.pipes.reading import Reading, once
from extract.sieve import Sieve
from extract.text import fold

#: Award cues that a body sentence may use without "il est proposé".
_COMMITTING = frozenset(
    ["engages", "proposed", "future", "fixed", "labelled", "financial_agreement", "gets", "passive", "item_label"]
)
_FALLBACK = frozenset(["decision_noun", "item_label", "noun_only"])
_QUOTED = re.compile(r'"[^"]{2,80}"')
_CLAUSE = re.compile(r"[;:]")
_SAID = frozenset(["award", "requested", "rejected"])
#: So many characters between a word and its sum: "une étude de 30 000 €".
_BESIDE = 4
_ORDER = ("rejected", "requested", "history", "budgeted", "cost")


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue's family ("award", "requested", "rejected", "history", "budgeted", "cost"), rule and place."""

    family: str
    rule: str
    position: int

    @property
    def commits(self) -> bool:
        """Whether the cue alone commits the payer, outside the decision."""
        return self.rule in _COMMITTING


def _last(expression: Finder, text: str) -> int | None:
    found = None
    for match in expression.finditer(text):
        found = match.end()
    return found


def _last_cost(expression: Finder, left: str, best: Cue | None) -> int | None:
    """Where the last word of cost ends; behind a grant or a request "pour l'acquisition de" says what it is for.

    What stands in quotes is the name of an action: "ateliers « Mes factures sous contrôle »".
    """
    found = None
    if '"' in left:
        left = _QUOTED.sub(lambda quoted: '"' + " " * (len(quoted.group()) - 2) + '"', left)
    for match in expression.finditer(left):
        if not _is_purpose(left, match.span(), best):
            found = match.end()
    return found


def _is_purpose(left: str, word: tuple[int, int], cue: Cue | None) -> bool:
    """Whether a word of cost says what the sum is for, and does not stand right before it.

    It stands behind the cue where there is one, or is the object of its verb: "de prendre en charge le loyer".
    """
    start, end = word
    if len(left.rstrip()) - end <= _BESIDE or (cue is not None and (cue.family not in _SAID or start < cue.position)):
        return False
    paid = cue is not None and pattern("fundings", "said.paid_for").search(left, 0, start) is not None
    return paid or pattern("fundings", "said.purpose").search(left, 0, start) is not None


@cache
def _cues() -> Sieve[tuple[str, str, Finder]]:
    """The cues of an award, then those of the other families in their order."""
    return Sieve(
        ((family, rule, expression), needed(expression.form))
        for family in ("award", *_ORDER)
        for rule, expression in finders("fundings", family)
        if rule not in _FALLBACK and rule != "proposal_overrides"
    )


@lru_cache(maxsize=256)
def last_cue(left: str) -> Cue | None:
    """The cue nearest to the end of a stretch; of two that end together the longer family order decides.

    The rules and the features of the models ask it of the same stretches: the latest answers are kept.
    """
    best: Cue | None = None
    for family, rule, expression in _cues().of(left):
        position = _last_cost(expression, left, best) if family == "cost" else _last(expression, left)
        if position is None or (best is not None and position < best.position):
            continue
        if best is None or position > best.position or family == "award":
            best = Cue(family, rule, position)
    if best is not None and best.rule in ("noun", "provides"):
        asked = _last(finder("fundings", "requested.verb"), left)
        verb = last_verb(left)
        if asked is not None and asked < best.position and (verb is None or verb.position < asked):
            return Cue("requested", "cue", best.position)  # "sollicite l'attribution de", "approuve la demande de"
    if best is not None and best.rule in ("present", "future") and _wished(left, best.position):
        return Cue("requested", "cue", best.position)
    return best


def _wished(left: str, position: int) -> bool:
    """Whether a verb of giving stands in what somebody asks for: "il demandera que la Région accorde"."""
    return pattern("fundings", "said.wish").search(left, 0, position) is not None


def last_verb(left: str) -> Cue | None:
    """The last award told by a verb, nouns left aside."""
    best: Cue | None = None
    for rule in ("infinitive", "present", "future"):
        position = _last(finder("fundings", f"award.{rule}"), left)
        if position is not None and (best is None or position >= best.position):
            best = Cue("award", rule, position)
    return best


def label_cue(left: str) -> Cue | None:
    """The noun alone, where no verb governs: "… : travaux de 31 450 € TTC, subvention de 8 000 €"."""
    position = _last(finder("fundings", "award.item_label"), left)
    return Cue("award", "item_label", position) if position is not None and position >= len(left.rstrip()) else None


def last_award(left: str) -> Cue | None:
    """The award cue nearest to the end of a stretch, whatever else stands after it ("une aide au loyer de")."""
    best: Cue | None = None
    for rule, expression in finders("fundings", "award"):
        position = None if rule in _FALLBACK else _last(expression, left)
        if position is not None and (best is None or position >= best.position):
            best = Cue("award", rule, position)
    return best


def passive_after(right: str) -> Cue | None:
    """An award said in the passive after the amount: "une subvention de 500 € est attribuée à"."""
    if pattern("fundings", "award_after.budgeted").match(right):
        return Cue("budgeted", "cue", 0)
    for rule, expression in named("fundings", "award_after"):
        if rule not in ("bare", "budgeted", "recalled") and expression.match(right):
            return Cue("award", rule, 0)
    return None


def keeps(text: str) -> bool:
    """Whether folded words keep the sums of the year before: "elle s'en tient aux montants de l'an passé"."""
    return pattern("tables", "status.kept").search(text) is not None


def recalls(text: str) -> bool:
    """Whether folded words introduce what was given before, and nothing that is proposed or kept."""
    return finder("tables", "status.recalled").search(text) is not None and not (proposes(text) or keeps(text))


def recalled_after(right: str) -> bool:
    """Whether what follows a sum says that another act decided it: "attribuée par délibération n° 2012/088"."""
    return pattern("fundings", "award_after.recalled").match(right) is not None


def paid_before(left: str, right: str) -> bool:
    """Whether a sum is what was paid on account: "un acompte de 5 000 € lui a été versé en mai"."""
    told = pattern("fundings", "on_account.advanced").search(left)
    return told is not None and pattern("fundings", "on_account.paid").match(right) is not None


def proposes(text: str) -> bool:
    """Whether a sentence proposes ("il est proposé de …"): what follows is what the body then decides."""
    return finder("fundings", "history.proposal_overrides").search(text) is not None


def noun_cue(left: str) -> Cue | None:
    """A grant named right before its sum, with no word that gives or asks: it may be a telling of a decided one."""
    position = _last(finder("fundings", "award.noun_only"), left)
    return Cue("award", "noun_only", position) if position is not None else None


@lru_cache(maxsize=256)
def is_rejected(sentence: str) -> bool:
    """Whether a sentence tells a refusal or a withdrawn request."""
    return finder("fundings", "rejected.cue").search(sentence) is not None


@once
def granted_above(reading: Reading) -> bool:
    """Whether the decision grants "les subventions figurant au tableau ci-dessus"."""
    return any(
        s.section == "decision" and finder("tables", "status.above").search(reading.text_of(s)) is not None
        for s in reading.sentences
    )


@once
def is_record(reading: Reading) -> bool:
    """Whether an act, in short minutes, sets no decision apart: what its prose tells as given is decided."""
    return reading.context.adopted and all(s.section != "decision" for s in reading.sentences)


@once
def decided_without_sum(reading: Reading) -> list[Sentence]:
    """The decision's sentences that repeat no sum: they take up, refuse or ask for what the exposé told."""
    decided = (s for s in reading.sentences if s.section == "decision")
    return [s for s in decided if not within(reading.amounts, s.start, s.end)]


def is_history(stretch: str) -> bool:
    """Whether a stretch recalls the past, with no proposal after."""
    past = _last(finder("fundings", "history.cue"), stretch)
    if past is None:
        return False
    proposal = _last(finder("fundings", "history.proposal_overrides"), stretch)
    return proposal is None or proposal < past


def given_before(reading: Reading, window: Window) -> bool:
    """Whether an exposé tells in the pluperfect what was given ("avait versé 4 000 €"), or another séance gave it.

    What a decision notes ("CONSTATE que la Ville verse 4 000 €") is given elsewhere too.
    """
    if _decided_earlier(reading, window):
        return True
    if pattern("fundings", "history.recalled").search(reading.folded, window.sentence.start, window.start):
        return True
    if pattern("fundings", "history.cited").match(reading.folded, window.sentence.start, window.start):
        return True
    if _is_noted(reading, window):
        return True
    if window.sentence.section == "decision":
        return False
    if _is_reminded(reading, window) or _is_told_beside(reading, window):
        return True
    left = reading.folded[window.left : window.start]
    if pattern("fundings", "history.worked_out").fullmatch(left):
        left = reading.folded[window.sentence.start : window.start]  # "45 € par enfant, soit 1 890 €" is one sum
    past = _last(finder("fundings", "history.before"), left)
    return past is not None and not _CLAUSE.search(left, past) and not proposes(left[past:])


def _is_noted(reading: Reading, window: Window) -> bool:
    """Whether a decision only notes what another body gives, unless it gives it to the one that deliberates."""
    noted = pattern("fundings", "history.noted").search(reading.folded, window.sentence.start, window.start)
    if noted is None:
        return False
    named = reading.organisations.mentions_from(noted.end(), window.sentence.end)
    return all(body is not reading.authority for _, _, body in named)


def _is_told_beside(reading: Reading, window: Window) -> bool:
    """Whether a sentence tells what was given in a year or years before, or what partners mean to give."""
    start, end = window.sentence.start, window.sentence.end
    yearly = pattern("fundings", "history.every_year").search(reading.folded, start, end)
    if yearly is not None and yearly.start() < window.start < yearly.end():
        return True
    if _is_of_a_year_over(reading, window):
        return True
    return pattern("fundings", "history.of_partners").search(reading.folded, start, window.start) is not None


def _is_of_a_year_over(reading: Reading, window: Window) -> bool:
    """Whether a year that is over is told for a sum: "En 2023, la Ville a versé", "9 000 € (8 000 € en 2023)"."""
    start, today = window.sentence.start, reading.context.session_date
    over = pattern("fundings", "over.year_over").match(reading.folded, start, window.start)
    if over is not None and proposes(reading.folded[over.end() : window.start]):
        return False
    if over is None and pattern("fundings", "over.paid_before").search(reading.folded[start : window.start]):
        over = pattern("fundings", "over.in_year").match(reading.folded, window.end, window.sentence.end)
    if over is None and reading.folded[start : window.start].rstrip().endswith("("):
        over = pattern("fundings", "over.in_brackets").match(reading.folded, window.end, window.sentence.end)
    return over is not None and today is not None and int(over["year"]) < today.year


def _is_reminded(reading: Reading, window: Window) -> bool:
    """Whether a sentence only reminds of a grant ("rappelle que la commune verse"), which no decision takes up."""
    start, end = window.sentence.start, window.sentence.end
    told = finder("fundings", "history.reminded").search(reading.folded, start, end)
    if told is None or told.start() > window.start or granted_above(reading):
        return False
    return kind_of(reading.folded[start:end], "") == "subsidy"


def _decided_earlier(reading: Reading, window: Window) -> bool:
    """Whether a sentence tells a sum as decided in another séance: "Lors de notre séance du 24 janvier 2014, …"."""
    dated = pattern("fundings", "history.dated").search(reading.folded, window.sentence.start, window.start)
    if dated is not None and not _is_month_of(reading, dated["month"], int(dated["year"])):
        return True
    told = pattern("fundings", "history.voted").search(reading.folded, window.left, window.start)
    told = told or pattern("fundings", "history.earlier").search(reading.folded, window.sentence.start, window.start)
    told = told or _agreed_earlier(reading, window)
    if told is None or proposes(reading.folded[told.end() : window.start]):
        return False
    today = reading.context.session_date
    return today is None or (today.day, today.year) != (int(told["day"]), int(told["year"]))


def _agreed_earlier(reading: Reading, window: Window) -> re.Match[str] | None:
    """What tells the agreement of an earlier act that a sentence goes on about: "Celle-ci fixe la subvention à"."""
    at = reading.sentence_at(window.sentence.start)
    if (
        not at
        or pattern("fundings", "history.of_it").match(reading.folded, window.sentence.start, window.start) is None
    ):
        return None
    above = reading.sentences[at - 1]
    return pattern("fundings", "history.earlier").search(reading.folded, above.start, above.end)


def _is_month_of(reading: Reading, month: str, year: int) -> bool:
    """Whether a month is the one of the séance."""
    today = reading.context.session_date
    months = [fold(name) for name in table("pieces")["pieces"]["month"]]
    return today is not None and (months[today.month - 1], today.year) == (month, year)


def kind_of(near: str, wide: str) -> FundingKind:
    """The kind of a funding, by the words nearest to its amount, else by its sentence and heading."""
    for text in (near, wide):
        for kind in _kinds().of(text):
            if pattern("fundings", f"kind.{kind}").search(text):
                return kind
    return "subsidy"


@cache
def _kinds() -> Sieve[FundingKind]:
    kinds: tuple[FundingKind, ...] = ("matchingFund", "guarantee", "advance", "loan", "inKind", "membership")
    return Sieve((kind, needed(pattern("fundings", f"kind.{kind}"))) for kind in kinds)

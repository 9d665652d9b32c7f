"""Sums that are prices or lines of a budget because of what introduces them, whatever verb stands there.

"Le conseil attribue les lots comme suit : - SARL Dupré : 12 000 €" grants nothing, nor does a list of decisions
modificatives. Patterns in ``patterns/matters.toml``.
"""

from __future__ import annotations

from typing import Literal

from extract.patterns import pattern
from extract.pipes.model import Sentence
from extract.pipes.money.cues import granted_above, proposes, recalls
from extract.pipes.money.rows import title_of
from extract.pipes.money.window import Window
from extract.pipes.orgbook import Organisation
from extract.pipes.reading import Reading
from extract.text import fold

Matter = Literal["goods", "budget", "asked", "past"]


def _said(name: str, text: str) -> bool:
    return pattern("matters", name).search(text) is not None


def matter_of_lead(lead: str) -> Matter | None:
    """What a folded lead introduces where it is no grant: prices ("goods") or lines of a budget."""
    if _said("lead.grant", lead):
        return None
    return "budget" if _said("lead.budget", lead) else "goods" if _said("lead.goods", lead) else None


def are_received(lead: str) -> bool:
    """Whether a folded lead introduces gifts that the body is given: "accepte les dons suivants"."""
    return _said("lead.received", lead)


def are_asked(lead: str) -> bool:
    """Whether a folded lead introduces requests that it only tells: "Les demandes reçues sont les suivantes :"."""
    return _said("lead.asked", lead) and not proposes(lead)


def matter_of(reading: Reading, window: Window) -> Matter | None:
    """What a sum is by its list's lead, else by the title of its act, where its sentence has no word of grants.

    Requests that a lead only tells ("asked") are none of this act's grants either, nor what was given before ("past").
    """
    sentence = window.sentence
    lead = _lead(reading, sentence)
    if are_received(lead):
        return "goods"
    if _is_owed(reading, reading.text_of(sentence), lead):
        return "goods"
    if _said("lead.ceiling", lead):
        return "budget"
    if recalls(lead):
        return "past"
    if are_asked(lead) and not granted_above(reading):
        return "asked"
    told = matter_of_lead(lead) if lead else None
    if told is not None and not _said("lead.grant", reading.text_of(sentence)):
        return told
    title = title_of(reading)
    if _is_line(reading.text_of(sentence)) and _said("title.budget", title) and not _said("title.grant", title):
        return "budget"
    if _said("sentence.grant", reading.text_of(sentence)) or _said("lead.grant", lead):
        return None
    if _said("title.grant", title):
        return None
    return "budget" if _said("title.budget", title) else "goods" if _said("title.goods", title) else None


def _is_owed(reading: Reading, text: str, lead: str) -> bool:
    """Whether a sum is what a grouping and its communes owe each other by law, as the act says it or is about it."""
    return _said("title.compensation", f"{title_of(reading)} {lead} {text}") and not _said("sentence.gift", text)


def _is_line(text: str) -> bool:
    """Whether a folded sentence tells lines of a budget that no verb gives: "dont 900 € de participation au SDIS"."""
    return _said("sentence.lines", text) and not _said("sentence.given", text)


def is_bought(reading: Reading, window: Window, receiver: Organisation | None) -> bool:
    """Whether a firm is paid for its work: "la mission est attribuée au cabinet X pour 12 500 €"."""
    if receiver is None or not pattern("matters", "sentence.firm").match(fold(receiver.name)):
        return False
    text = reading.text_of(window.sentence)
    return not _said("lead.grant", text) and _said("sentence.bought", text)


def _lead(reading: Reading, sentence: Sentence) -> str:
    """The words that introduce a sentence: its list's lead, or what ends with a colon above the items around it.

    What an exposé introduces is no lead of decided points, but these are prices or lines of a budget all the same.
    """
    if sentence.lead is not None:
        return reading.text_of(reading.sentences[sentence.lead])
    for above in reversed(reading.sentences[: reading.sentence_at(sentence.start)]):
        text = reading.text_of(above)
        if text.rstrip().endswith(":"):
            return text
        if not above.bullet:
            break
    return ""

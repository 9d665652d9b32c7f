"""Natural persons who receive money: their names stay in the local facts (:mod:`extract.privacy`)."""

from __future__ import annotations

from extract.facts import FundingStatus
from extract.patterns import pattern
from extract.pipes.model import within
from extract.pipes.money.window import Parties, Window
from extract.pipes.names import strip_name
from extract.pipes.reading import Reading
from extract.pipes.roles import is_person, mentions_in

_OFFICE_REACH = 60


def find_private(reading: Reading, text: str, window: Window, parties: Parties, status: FundingStatus) -> bool:
    """A natural person who receives: kept in the local facts only."""
    names = ["private_item", "private", "private_untitled", *(["private_by"] if status == "rejected" else [])]
    behind = pattern("fundings", "role.to_a_body").match(reading.folded, window.end, window.right)
    stretches = [(window.end, window.right), *([] if behind else [(window.sentence.start, window.start)])]
    for name in names:
        expression = pattern("fundings", f"role.{name}")
        for begin, stop in stretches:
            for match in expression.finditer(reading.folded, begin, stop):
                if name == "private_item" and match.start() != window.sentence.start:
                    continue
                start, end = match.span("who")
                written_name = text[match.start("name") : match.end("name")]
                capital = any(w[:1].isupper() for w in written_name.split())
                if name == "private_untitled" and not is_person(written_name):
                    continue
                if (
                    not capital
                    or (name != "private_untitled" and reading.organisations.at(start))
                    or _acts_for(reading, begin, start)
                ):
                    continue
                parties.private_name, parties.private_span = strip_name(written_name), (start, end)
                parties.how = "private"
                return True
    return False


def anonymous(reading: Reading, window: Window) -> bool:
    """Whether a sum goes to a person, or to persons, whom the act does not name: "à une propriétaire"."""
    return pattern("fundings", "role.private_common").search(reading.text_of(window.sentence)) is not None


def ranked_person(reading: Reading, window: Window, parties: Parties) -> bool:
    """ "180 € au profit de la première et 240 € au second": of the two persons whom the sentence before names."""
    rank = pattern("fundings", "role.private_ordinal").search(reading.folded, window.end, window.right)
    at = reading.sentence_at(window.sentence.start)
    if rank is None or not at:
        return False
    before = reading.sentences[at - 1]
    named = list(pattern("fundings", "role.private_named").finditer(reading.folded, before.start, before.end))
    if len(named) != len(("first", "second")) or len(mentions_in(reading, before.start, before.end)) > 1:
        return False
    match = named[0 if rank["first"] else 1]
    name = strip_name(reading.text[slice(*match.span("name"))])
    parties.private_name, parties.private_span = name, match.span("who")
    parties.beneficiary, parties.how = None, "private"
    return True


def meant_person(reading: Reading, window: Window, parties: Parties) -> bool:
    """ "Il est proposé de lui attribuer": the person whom one of the two sentences before is about."""
    sentence = window.sentence
    pronoun = pattern("fundings", "role.private_pronoun").search(reading.folded, sentence.start, window.start)
    if pronoun is None or mentions_in(reading, sentence.start, pronoun.start()):
        return False
    at = reading.sentence_at(sentence.start)
    for before in reversed(reading.sentences[max(0, at - 2) : at]):
        match = pattern("fundings", "role.private_item").match(reading.folded, before.start, before.end)
        if match:
            start, end = match.span("who")
            parties.private_name, parties.private_span = (
                strip_name(reading.text[slice(*match.span("name"))]),
                (start, end),
            )
            parties.beneficiary, parties.how = None, "private"
            return True
    return False


def hide_receivers(reading: Reading) -> None:
    """Hide whoever a sum goes to by their bare name, even where it is read as no funding ("une bourse de 700 €")."""
    for sentence in reading.sentences:
        if not within(reading.amounts, sentence.start, sentence.end):
            continue
        for match in pattern("fundings", "role.private_untitled").finditer(
            reading.folded, sentence.start, sentence.end
        ):
            start, end = match.span("who")
            if not is_person(reading.text[slice(*match.span("name"))]) or _acts_for(reading, sentence.start, start):
                continue
            office = pattern("privacy", "person.office_after").match(reading.folded[end : end + _OFFICE_REACH])
            if not office and (start, end) not in reading.private:
                reading.private.append((start, end))


def _acts_for(reading: Reading, begin: int, start: int) -> bool:
    """A person named as signing, presiding or reporting receives nothing."""
    before = reading.folded[begin:start]
    return pattern("fundings", "role.acts_for").search(before) is not None

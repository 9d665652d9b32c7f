"""What the members of a grouping pay it: their statutory contributions, never its grants to them.

A syndicat that "fixe les participations des communes membres" lists communes and sums as it would list grants; the
money goes the other way. Only a grouping has members; words of a grant or of money passed on leave rows as they are.
Patterns in ``patterns/contributions.toml``.
"""

from __future__ import annotations

from collections.abc import Iterable

from extract.patterns import pattern
from extract.pipes.money.draft import Draft
from extract.pipes.money.rows import title_of
from extract.pipes.named_kind import named_kind
from extract.pipes.orgbook import Organisation
from extract.pipes.reading import Reading
from extract.text import fold

_CHARGED = 24
_SUPPOSED = ("organisation", "association")


def is_grouping(authority: Organisation | None) -> bool:
    """Whether an authority has members that pay for it: a syndicat, a pôle, a pays, a communauté."""
    return authority is not None and pattern("contributions", "body.grouping").search(fold(authority.name)) is not None


def are_contributions(reading: Reading, introduced: str, *, titled: bool = True) -> bool:
    """Whether folded words introduce what the members of the authority pay it.

    The title of the act helps where the words themselves tell of dues (``titled``): an act decides of more than its
    title says.
    """
    if not is_grouping(reading.authority) or pattern("contributions", "said.given").search(introduced):
        return False
    if titled and pattern("contributions", "said.dues").search(introduced):
        introduced = f"{title_of(reading)} ; {introduced}"
    syndicate = reading.authority is not None and pattern("contributions", "body.syndicate").search(
        fold(reading.authority.name)
    )
    names = ("of_members", "of_communes", "called") if syndicate else ("of_members",)
    return any(pattern("contributions", f"said.{name}").search(introduced) for name in names)


def bears_kind(name: str) -> bool:
    """Whether a row names a body by its kind ("CC du Val d'Oust"), so that it is no commune by its place alone."""
    return pattern("contributions", "body.kind").match(fold(name)) is not None


def turn(reading: Reading, draft: Draft) -> None:
    """Make a payer of the member that a row or a sentence names, and of the authority the receiver."""
    member = draft.beneficiary
    if member is not None and member.kind in _SUPPOSED:
        member.kind = "local_authority"  # a row's name is supposed an association's where no word tells
    draft.funder, draft.beneficiary = member, reading.authority
    draft.kind, draft.how = "membership", "authority"


def turn_told(reading: Reading, drafts: Iterable[Draft]) -> None:
    """Give the contributions that sentences tell their direction and kind, and what is "à la charge de" its payer."""
    authority = reading.authority
    for draft in drafts:
        if draft.status != "awarded" or draft.kind not in ("subsidy", "contribution", "membership"):
            continue
        receives = _is_member(draft.beneficiary, authority)
        if receives and _charged(reading, draft):
            draft.funder, draft.beneficiary, draft.how = draft.beneficiary, None, "payer"
            draft.status = "budgeted"
        elif is_grouping(authority) and are_contributions(
            reading, _introduced(reading, draft), titled=not _given(reading, draft)
        ):
            if draft.funder is authority and (receives or _bare(reading, draft)):
                turn(reading, draft)
            elif draft.beneficiary is authority and _is_member(draft.funder, authority):
                draft.kind = "membership"


def _is_member(organisation: Organisation | None, authority: Organisation | None) -> bool:
    """Whether an organisation may be a member of the authority: a public body that is not the authority itself."""
    return (
        organisation is not None
        and organisation is not authority
        and organisation.kind in ("local_authority", "public_establishment")
    )


def _bare(reading: Reading, draft: Draft) -> bool:
    """Whether the one named with a sum in a list of dues can only be a member, told by its place alone."""
    member, sentence = draft.beneficiary, reading.sentences[reading.sentence_at(draft.position)]
    if member is None or member is reading.authority or member.kind not in _SUPPOSED:
        return False
    if named_kind(member.name) not in (None, "local_authority"):
        return False  # "la Fédération de pêche" is no member for being named by a word of the title
    if any(_is_society(reading, start, end) for start, end in member.mentions):
        return False
    return pattern("contributions", "said.grants").search(reading.text_of(sentence)) is None


def _is_society(reading: Reading, start: int, end: int) -> bool:
    """Whether a name stands behind a word that no member of a grouping is called by: "l'association Les Nivéoles"."""
    before = reading.folded[max(0, start - _CHARGED) : start]
    return any(pattern("contributions", "said.society").search(said) for said in (before, reading.folded[start:end]))


def _places(reading: Reading, draft: Draft) -> list[int]:
    """Where the sentence of a sum names the one it goes to."""
    sentence = reading.sentences[reading.sentence_at(draft.position)]
    found = reading.organisations.mentions_from(sentence.start, sentence.end)
    return [start for start, _, body in found if body is draft.beneficiary]


def _given(reading: Reading, draft: Draft) -> bool:
    """Whether a verb gives a sum: "d'allouer à la commune de X une participation" calls none up, whatever the title."""
    sentence = reading.sentences[reading.sentence_at(draft.position)]
    return pattern("contributions", "said.gives_to").search(reading.text_of(sentence)) is not None


def _introduced(reading: Reading, draft: Draft) -> str:
    """The sentence of a sum, and the lead of its list."""
    sentence = reading.sentences[reading.sentence_at(draft.position)]
    lead = reading.text_of(reading.sentences[sentence.lead]) if sentence.lead is not None else ""
    return f"{lead} ; {reading.text_of(sentence)}"


def _charged(reading: Reading, draft: Draft) -> bool:
    """Whether a sum is "à la charge de" the one that was taken for its receiver."""
    if draft.beneficiary is None or draft.how == "row":
        return False
    least = reading.sentences[reading.sentence_at(draft.position)].start
    return any(
        pattern("contributions", "said.charged").search(reading.folded, max(least, start - _CHARGED), start)
        for start in _places(reading, draft)
    )

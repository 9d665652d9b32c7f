"""Parties that the build of a sentence tells, its names and figures read as signs (``patterns/constructions.toml``).

"d'attribuer à ◆ une subvention de €" gives to ◆, whoever that is: no model need weigh it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extract.facts import FundingStatus
from extract.finder import finder
from extract.patterns import named, pattern
from extract.pipes.meant import decided_for, just_named, named_so, spoken_of
from extract.pipes.model import Sentence, within
from extract.pipes.money.cues import granted_above, is_history, is_record, is_rejected, proposes
from extract.pipes.money.deciding import before_semicolon, decides
from extract.pipes.money.learned.candidates import Candidate, guesses
from extract.pipes.money.learned.reader import Scene
from extract.pipes.money.learned.signed import Signed
from extract.pipes.money.learned.stream import ORGANISATION
from extract.pipes.money.settled import alike, find_paid_next, find_settled, in_full
from extract.pipes.money.window import Window
from extract.pipes.reading import Reading
from extract.pipes.roles import mentions_in
from extract.text import fold, key

_PAYING = frozenset(("state", "local_authority"))
_PUBLIC = _PAYING | {"public_establishment"}
#: Builds in the order they are tried; those that count in a sentence that neither decides nor proposes.
_SECTIONS = ("offered", "taken", "asks", "asked", "built", "promised", "owned", "elsewhere")
_TOLD = ("asks", "elsewhere")
#: Where the decision takes up what the exposé tells: what that promises counts too.
_ABOVE = ("offered", *_TOLD, "promised")
_REQUESTS = frozenset(("asks", "asked"))
#: So far before and behind a build stand the words that make something else of its sum.
_BEFORE, _BEHIND = 40, 100
#: Somebody is named.
_SOMEBODY = re.compile("[◆◈]")
#: Nouns that any body may be called by (folded).
_ANY_BODY = ("association", "organisme", "structure")


@dataclass(frozen=True, slots=True)
class Built:
    """The parties of a sum by the build of its sentence; None stands for the body that deliberates.

    ``others`` each get the sum too ("500 € chacune"); a sum that is ``shared`` no one of several gets; one for
    ``persons`` goes to natural persons.
    """

    receiver: Candidate | None
    payer: Candidate | None
    others: tuple[Candidate, ...] = ()
    status: FundingStatus = "awarded"
    shared: bool = False
    persons: bool = False


def find_built(scene: Scene, window: Window, index: int) -> Built | None:
    """Who pays and who receives an amount by the build of its sentence; None where no build tells.

    Only where the body decides, or the exposé proposes what it then decides.
    """
    reading, sentence = scene.reading, window.sentence
    if sentence.section == "title":
        return None
    signed = scene.signed(sentence)
    token = signed.line.amount_of.get(index)
    if token is None or is_rejected(_clauses(reading, window)):
        return None
    text = signed.about(token)
    if pattern("constructions", "unlike.after").match(text, signed.offsets[token] + 1):
        return None  # a rate
    alone = pattern("constructions", "unlike.alongside").sub(" ", text)
    if sentence.section == "decision" and not _SOMEBODY.search(alone):
        text = alone
        found = _of_lead(scene, window, text) or _of_title(scene, text)
        found = found or _of_article(scene, window, text) or _of_point(scene, window, text)
        if found is not None:
            return found
    if sentence.section == "decision" and (meant := _paid_on(scene, window, text)) is not None:
        return meant
    found = _told_of(scene, window, signed, text)
    if found is None and _SOMEBODY.search(alone):
        paid = find_paid_next(scene, window, text)
        return Built(paid, None) if paid is not None else None
    if found is not None:
        return found
    settled = find_paid_next(scene, window, text) or find_settled(scene, window, text)
    return Built(settled, None) if settled is not None else None


def _told_of(scene: Scene, window: Window, signed: Signed, text: str) -> Built | None:
    """Who pays and who receives by the builds of a sentence that names somebody."""
    reading, sentence = scene.reading, window.sentence
    if (going_on := _continued(scene, signed, sentence, text)) is not None:
        return going_on
    decided = sentence.section == "decision" or decides(reading, text)
    above = not decided and granted_above(reading)
    told = _ABOVE if above or is_record(reading) else ("offered", *_TOLD) if reading.context.adopted else _TOLD
    for section, match in _matches(signed, text, _SECTIONS if decided or proposes(text) else told):
        before = text[: match.start()]
        if not _is_said(section, text, before, told, decided=decided):
            continue
        if pattern("constructions", "unlike.before").search(before) or _participle(scene, signed, match):
            continue
        anew = pattern("constructions", "unlike.anew").search(before) is not None  # "d'adhérer à X, et d'attribuer à"
        if _unlike(text, match.start() if anew else max(0, match.start() - _BEFORE), match.end()):
            continue
        receiver, payer = (_party(scene, signed, match, role) for role in ("receiver", "payer"))
        others = _series(scene, signed, match)
        owned = section == "owned" and _may_pay(receiver, match.group())
        if owned or not _can_be(scene, receiver, (receiver, payer, *others)):
            continue
        if others and not pattern("fundings", "shared.each").search(text):
            return Built(None, None, shared=True)
        behind = pattern("constructions", "paid_behind.to").search(text)
        receiver = (behind and _party(scene, signed, behind, "receiver")) or receiver
        return Built(receiver, payer, others, "requested" if section in _REQUESTS else "awarded")
    return None


def _continued(scene: Scene, signed: Signed, sentence: Sentence, text: str) -> Built | None:
    """Who receives a sum of a series that semicolons part: "accorde 500 € à X ; 300 € à Y ; 200 € à Z"."""
    found = (pattern("constructions", f"continued.{form}").match(text) for form in ("sum_to", "to_sum"))
    match = next((each for each in found if each is not None), None)
    party = _party(scene, signed, match, "receiver") if match is not None else None
    if party is None or not _named(party) or party.anaphora:
        return None
    above = sentence
    while (before := before_semicolon(scene.reading, above)) is not None:
        above = before
    opened = scene.signed(above).text
    given = above is not sentence and finder("constructions", "giving.opens").search(opened) is not None
    return Built(party, None) if given and (above.section == "decision" or decides(scene.reading, opened)) else None


def _clauses(reading: Reading, window: Window) -> str:
    """A sentence up to where it goes on to reject something else: "une aide de 500 € et de rejeter l'amendement"."""
    other = pattern("constructions", "unlike.rejects").search(reading.folded, window.end, window.sentence.end)
    return reading.folded[window.sentence.start : other.start() if other else window.sentence.end]


def _is_said(section: str, text: str, before: str, told: tuple[str, ...], *, decided: bool) -> bool:
    """Whether a build counts where it stands: in a decision, behind a proposal, or in an exposé of what is granted."""
    if section == "offered":
        return section in told
    if decided:
        return section != "elsewhere"
    if section == "promised" and section in told:
        reminded = pattern("constructions", "deciding.reminds").search(text) is not None
        return not (is_history(text) or _wished(text) or reminded)
    return section in told or (proposes(before) and not is_history(before))


def _wished(text: str) -> bool:
    """Whether a sentence tells what is asked or planned beside what is granted."""
    return any(pattern("fundings", f"{name}.cue").search(text) for name in ("requested", "budgeted"))


def _unlike(text: str, start: int, end: int) -> bool:
    """Whether the words of a build make of its sum a price, or money of a kind that the models tell."""
    clause = pattern("constructions", "unlike.clause").search(text, end, end + _BEHIND)
    if pattern("constructions", "unlike.bought").search(text, start, clause.start() if clause else end + _BEHIND):
        return True
    return pattern("constructions", "unlike.of_kind").search(text, start, end) is not None


def _can_be(scene: Scene, receiver: Candidate | None, parties: tuple[Candidate | None, ...]) -> bool:
    """Whether somebody is named, everybody by a name, and whoever receives can: the one meant."""
    if not any(parties) or not all(map(_named, parties)):
        return False
    return receiver is None or not receiver.anaphora or _only_one(scene, receiver)


def _may_pay(party: Candidate | None, build: str) -> bool:
    """Whether a party is a body that may as well pay what is called its own: "la contribution du Département".

    "La subvention de l'Office public", "la dotation du Centre hospitalier" is what it is given.
    """
    if party is None or party.organisation is None:
        return False
    given = pattern("constructions", "unlike.own_grant").search(build) is not None
    return party.organisation.kind in (_PAYING if given else _PUBLIC)


def _only_one(scene: Scene, meant: Candidate) -> bool:
    """Whether nobody else than the one whom a pronoun means has been named before it, or in the item before its own."""
    reading = scene.reading
    if meant.organisation is not None and named_so(reading, meant.start, fold(meant.name)) is meant.organisation:
        return True
    here = mentions_in(reading, reading.sentences[reading.sentence_at(meant.start)].start, meant.start)
    others = any(o is not meant.organisation and o is not reading.authority for _, _, o in here)
    if meant.organisation is not None and not others and just_named(reading, meant.start) is meant.organisation:
        return True
    book, authority = scene.reading.organisations, scene.reading.authority
    whom = meant.organisation
    before = {o.id: o for start, _, o in book.mentions(generic=False) if start < meant.start and o is not authority}
    return whom is not None and whom.id in before and all(alike(key(o.name), key(whom.name)) for o in before.values())


def is_nobodys(scene: Scene, window: Window, index: int) -> bool:
    """Whether the build of a sentence makes of a sum a ceiling, a price, or what another body gives in passing."""
    signed = scene.signed(window.sentence)
    token = signed.line.amount_of.get(index)
    if token is None:
        return False
    text = signed.about(token)
    for section, rule in signed.builds("nobody"):
        if rule.startswith("beside") and window.sentence.section != "body":
            continue
        if pattern("constructions", f"{section}.{rule}").search(text):
            return True
    if finder("constructions", "raised.pronoun").search(text) is None:
        return False
    at = scene.reading.sentence_at(window.sentence.start)
    told = " ".join(scene.reading.text_of(each) for each in scene.reading.sentences[max(0, at - 1) : at + 1])
    return pattern("constructions", "raised.price").search(told) is not None


def _of_title(scene: Scene, text: str) -> Built | None:
    """The only one whom the title names, where the decision gives a sum and names nobody."""
    told = [match for _, expression in named("constructions", "untold") if (match := expression.search(text))]
    if all(pattern("constructions", "unlike.before").search(text[: match.start()]) for match in told):
        return None
    if pattern("fundings", "role.pronoun").search(text):
        return None  # "à cette association", whoever that is
    if any(pattern("constructions", f"unlike.{form}").search(text) for form in ("to_person", "credit")):
        return None
    if _unlike(text, 0, len(text)) or pattern("constructions", "unlike.paid_out").search(text):
        return None
    found: list[Candidate] = []
    for number in scene.titles:
        signed = scene.signed(scene.reading.sentences[number])
        if signed.text.count("◆") > 1:
            return None
        matches = (expression.search(signed.text) for _, expression in named("constructions", "title"))
        found += [party for party in (_party(scene, signed, m, "receiver") for m in matches if m) if party][:1]
        found += [] if "◆" in signed.text else _titled(scene, scene.reading.sentences[number])
    about = spoken_of(scene.reading) or decided_for(scene.reading) if not found else None
    if about is not None:
        found = [Candidate(*about.mentions[0], about.name, about, about.mentions[0][0])]
    if len(found) != 1 or not _named(found[0]):
        return None
    bare = pattern("fundings", "role.bare_noun").search(text)
    return Built(in_full(scene, found[0]), None) if bare is None or _is_meant(found[0], bare["noun"]) else None


def _is_meant(named: Candidate, noun: str) -> bool:
    """Whether a noun alone may mean a body: "au club" the Rugby Club, "à l'association" any body of no other kind."""
    return noun in _ANY_BODY or noun in fold(named.organisation.name if named.organisation else named.name)


def _of_article(scene: Scene, window: Window, text: str) -> Built | None:
    """The only one to whom another article gives, where this one tells what the grant comes to.

    "Article 1 : une subvention est attribuée à X. […] Article 3 : la dépense correspondante, soit 500 €, …"
    """
    reading = scene.reading
    if not any(expression.search(text) for _, expression in named("constructions", "article")):
        return None
    if _unlike(text, 0, len(text)):
        return None
    found: dict[str, Candidate] = {}
    for sentence in reading.sentences:
        if sentence.section != "decision" or sentence is window.sentence:
            continue
        if within(reading.amounts, sentence.start, sentence.end):
            return None  # its sums are told there
        signed = scene.signed(sentence)
        for _, expression in named("constructions", "unpriced"):
            match = expression.search(signed.text)
            if match is not None and pattern("constructions", "beside.given").match(signed.text, match.end()):
                return None  # and something to another
            party = _party(scene, signed, match, "receiver") if match is not None else None
            if party is not None and _named(party):
                found.setdefault(party.organisation.id if party.organisation else fold(party.name), party)
    return Built(next(iter(found.values())), None) if len(found) == 1 else None


def _of_lead(scene: Scene, window: Window, text: str) -> Built | None:
    """The only one to whom a lead gives what its items tell: "verser au centre X : - 500 € pour les ateliers"."""
    item = pattern("constructions", "led.item").fullmatch(text)
    if item is None or window.sentence.lead is None:
        return None
    signed = scene.signed(scene.reading.sentences[window.sentence.lead])
    match = pattern("constructions", "led.lead").search(signed.text)
    party = _party(scene, signed, match, "receiver") if match is not None else None
    if match is None or party is None or not _named(party):
        return None
    return (
        None if pattern("constructions", "unlike.before").search(signed.text[: match.start()]) else Built(party, None)
    )


def _of_point(scene: Scene, window: Window, text: str) -> Built | None:
    """The only one whom the point above names, where this one fixes "sa contribution": the body's own to it."""
    if pattern("constructions", "untold.own").search(text) is None:
        return None
    at = scene.reading.sentence_at(window.sentence.start)
    words = (s for s in reversed(scene.reading.sentences[:at]) if any(map(str.isalpha, scene.reading.text_of(s))))
    above = next(words, None)  # a number may stand alone: "1."
    named = scene.named(above) if above is not None and above.section == "decision" else []
    return Built(named[0], None) if len(named) == 1 and _named(named[0]) else None


def _paid_on(scene: Scene, window: Window, text: str) -> Built | None:
    """Who is paid, by the point below, the sum that this one fixes: "fixer à 500 € la participation aux frais de X".

    "verser cette somme à Y" then tells who receives.
    """
    reading = scene.reading
    if not any(expression.search(text) for _, expression in named("constructions", "article")):
        return None
    at = reading.sentence_at(window.sentence.start) + 1
    below = reading.sentences[at] if at < len(reading.sentences) else None
    if below is None or below.section != "decision" or within(reading.amounts, below.start, below.end):
        return None
    signed = scene.signed(below)
    found = (expression.search(signed.text) for _, expression in named("constructions", "paid_on"))
    parties = [party for party in (_party(scene, signed, m, "receiver") for m in found if m) if party]
    return Built(parties[0], None) if parties and _named(parties[0]) else None


def _titled(scene: Scene, title: Sentence) -> list[Candidate]:
    """Who receives by a title that names nobody known: "Soutien à l'Espérance valmorine"."""
    reading = scene.reading
    found = []
    for guess in guesses(reading, reading.text, title):
        before = reading.folded[title.start : guess.start]
        if pattern("constructions", "guessed.given_to").search(before):
            found.append(guess)
    return found


def _series(scene: Scene, signed: Signed, match: re.Match[str]) -> tuple[Candidate, ...]:
    """The names of a list that the receiver opens."""
    if "receiver" not in match.re.groupindex or match["receiver"] is None:
        return ()
    more = pattern("constructions", "series.more").match(match.string, match.end("receiver"))
    found = [at for at in range(match.end("receiver"), more.end() if more else 0) if match.string[at] == "◆"]
    named = tuple(scene.candidates[signed.line.refs[signed.token_at(at)]] for at in found)
    return () if len(named) == 1 and (_is_branch(scene, named[0]) or _is_where(scene, named[0])) else named


def _is_where(scene: Scene, candidate: Candidate) -> bool:
    """Whether a name that is only guessed is where the body before it stands: "à l'association X, à Mirville,"."""
    text = scene.reading.text
    before, after = text[max(0, candidate.start - 4) : candidate.start], text[candidate.end : candidate.end + 1]
    return candidate.guessed and before == ", à " and after == ","


def _is_branch(scene: Scene, candidate: Candidate) -> bool:
    """Whether a name tells which branch of the body before it is meant: "Secours populaire, section du Val"."""
    before = scene.reading.text[max(0, candidate.start - 2) : candidate.start]
    return (
        before == ", " and pattern("tables", "row.branch").match(scene.reading.folded, candidate.start - 2) is not None
    )


def _named(party: Candidate | None) -> bool:
    """Whether a party has a name: "aux opérateurs désignés", "aux associations citées" may be anybody."""
    if party is None or not party.guessed:
        return True
    name = fold(party.name)
    return not pattern("fundings", "role.anyone").match(name) and (
        not party.phrase or any(c.isupper() for c in party.name)
    )


def _matches(signed: Signed, text: str, sections: tuple[str, ...]) -> Iterator[tuple[str, re.Match[str]]]:
    """The builds found in a sentence."""
    for section, name in signed.builds(*sections):
        expression = pattern("constructions", f"{section}.{name}")
        match = expression.search(text)
        while match is not None:
            yield section, match
            # whom a sentence is about need not be the first that it names: « Pour la Fête, X recevra »
            match = expression.search(text, match.start("receiver") + 1) if section == "promised" else None


def _participle(scene: Scene, signed: Signed, match: re.Match[str]) -> bool:
    """Whether what looks like a verb in the present is a participle: "la subvention attribué à X"."""
    if "verb" not in match.re.groupindex or match["verb"] is None:
        return False
    begin = signed.line.starts[signed.token_at(match.start("verb"))]
    written = scene.reading.text[begin : begin + len(match["verb"])]
    return written[-1:] in "éÉ" and fold(written[-1]) == "e"


def _party(scene: Scene, signed: Signed, match: re.Match[str], role: str) -> Candidate | None:
    """The candidate on whose sign a group stands, None where it stands on the authority's or on none."""
    if role not in match.re.groupindex or match[role] is None:
        return None
    token = signed.token_at(match.start(role))
    return scene.candidates[signed.line.refs[token]] if signed.line.texts[token] == ORGANISATION else None

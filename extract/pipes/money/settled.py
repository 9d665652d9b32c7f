"""Who receives a sum that minutes tell as decided and of nobody: the only one who asks, or whom the act is about.

"Le Vélo-Club sollicite 250 €. […] Après discussion, le conseil retient la somme de 100 €." The act then names one body
that asks, or whose grant is spoken of; or its title does, or it names no other. Of two nobody knows which one is meant.
Patterns in ``patterns/constructions.toml`` ([settled], [unsettled], [asking]).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from extract.patterns import named, pattern
from extract.pipes.model import Sentence, within
from extract.pipes.money.cues import is_history, is_rejected, proposes
from extract.pipes.money.learned.candidates import Candidate
from extract.pipes.money.learned.reader import Scene
from extract.pipes.money.learned.signed import Signed
from extract.pipes.money.learned.stream import ORGANISATION
from extract.pipes.money.window import Window
from extract.pipes.orgbook import Organisation
from extract.pipes.roles import mentions_in
from extract.text import fold, key

#: Bodies that give more often than they are given something, unless they ask for it.
_PUBLIC = ("state", "local_authority")
_NOBODY = (*_PUBLIC, "company")
#: What is proposed is adopted so many sentences below at most, behind one that tells who leaves the room.
_AFTER = 2


def find_settled(scene: Scene, window: Window, text: str) -> Candidate | None:
    """Who receives a sum that its sentence, with signs for names, settles and gives to nobody; None where none does."""
    settled = any(expression.search(text) for _, expression in named("constructions", "settled"))
    due = not settled and _is_due(scene, window.sentence, text)
    stands = None if settled or due else _stands(scene, window.sentence, text)
    said = pattern("constructions", "paid_when.behind").sub("", text if stands is None else text[stands:])
    settled = settled or due or stands is not None or _offered(scene, window.sentence, text)
    if not settled or any(expression.search(said) for _, expression in named("constructions", "unsettled")):
        return None
    here = window.sentence
    before = [s for s in scene.reading.sentences if s.start < here.start and s.section != "title"]
    own = [s for s in before if s.paragraph == here.paragraph]
    told = [("asking", own), *([] if due else [("topic", own[:1])]), ("asking", before)]
    for section, sentences in told:
        if found := _distinct(_party_of(scene, section, sentences)):
            alone = len(found) == 1 and not _sells(found[0])
            asked = section == "asking" or not _is_cost(scene, window)
            return in_full(scene, found[0]) if alone and asked else None
    if due or _is_cost(scene, window):
        return None  # nobody asks for it
    if just := _distinct(_party_of(scene, "topic", before[-1:])):
        return just[0] if not _sells(just[0]) else None
    titled = _distinct(_mentioned(scene, (scene.reading.sentences[n] for n in scene.titles), _PUBLIC))
    if titled:
        return in_full(scene, titled[0]) if len(titled) == 1 else None
    if spoken := _distinct(_party_of(scene, "topic", before)):
        return spoken[0] if len(spoken) == 1 and not _sells(spoken[0]) else None
    others = _distinct(_mentioned(scene, scene.reading.sentences, _NOBODY))
    return others[0] if len(others) == 1 else None


def find_paid_next(scene: Scene, window: Window, text: str) -> Candidate | None:
    """Who is paid a sum by the sentence below: "Le reste, soit 500 €, … Le conseil s'engage à verser ladite somme à X".

    The sum is the last one of its sentence; "La somme sera versée à X" pays what that decides. What was asked before
    ("X avait demandé 850 €") may stand between.
    """
    here, sentences = window.sentence, scene.reading.sentences
    at = sentences.index(here) + 1
    if at < len(sentences) and pattern("constructions", "paid_next.between").search(
        scene.reading.text_of(sentences[at])
    ):
        at += 1
    if at >= len(sentences) or "¤" in text[text.index("€") :] or sentences[at].section == "title":
        return None
    below = sentences[at]
    if within(scene.reading.amounts, below.start, below.end) or is_rejected(scene.reading.text_of(below)):
        return None
    if any(pattern("constructions", f"unsettled.{form}").search(text) for form in ("several", "matter")):
        return None
    signed = scene.signed(below)
    agreed = here.section == "decision" or pattern("constructions", "paying.agreed").search(text) is not None
    forms = ("infinitive", "passive") if agreed else ("infinitive",)
    found = (pattern("constructions", f"paid_next.{form}").search(signed.text) for form in forms)
    return next((party for match in found if match and (party := _party(scene, signed, match))), None)


def _offered(scene: Scene, here: Sentence, text: str) -> bool:
    """Whether a sentence proposes a sum and the one below adopts it in two words: "Il propose 500 €. Adopté."."""
    if pattern("constructions", "adopting.offer").search(text) is None or not scene.reading.context.adopted:
        return False
    sentences = scene.reading.sentences
    at = sentences.index(here) + 1
    for below in sentences[at : at + _AFTER]:
        if within(scene.reading.amounts, below.start, below.end):
            return False
        told = scene.reading.text_of(below)
        if pattern("constructions", "adopting.adopted").match(told):
            return True
        if not pattern("constructions", "adopting.moves").search(told):
            return False
    last = not any(a.start > here.end for a in scene.reading.amounts)
    return here.section == "decision" and last  # the vote that ends the act adopts it


def _stands(scene: Scene, here: Sentence, text: str) -> int | None:
    """Where a point that is voted without another word tells what the body's own part is: nobody proposes another."""
    context, sentences = scene.reading.context, scene.reading.sentences
    found = pattern("constructions", "adopting.stands").search(text)
    if found is None or not context.voted or context.decision_start is not None or is_history(text[: found.end()]):
        return None
    others = (s for s in sentences if s is not here and within(scene.reading.amounts, s.start, s.end))
    return None if any(proposes(scene.reading.text_of(each)) for each in others) else found.start()


def _is_cost(scene: Scene, window: Window) -> bool:
    """Whether a sum is what something costs, as a sentence above tells: who would be given it, nobody says."""
    reading = scene.reading
    value = next(a.value.value for a in reading.amounts if a.start == window.start)
    above = (a for a in reading.amounts if a.start < window.sentence.start and a.value.value == value)
    told = (reading.text_of(reading.sentences[reading.sentence_at(a.start)]) for a in above)
    return any(pattern("constructions", "costing.told").search(text) for text in told)


def _is_due(scene: Scene, here: Sentence, text: str) -> bool:
    """Whether a sum is what a request comes to, which the sentence below pays: "…, soit 500 €. Le conseil accepte."."""
    if pattern("constructions", "adopting.due").search(text) is None or not scene.reading.context.adopted:
        return False
    at = scene.reading.sentences.index(here) + 1
    below = scene.reading.sentences[at : at + 1]
    told = [scene.reading.text_of(s) for s in below if not within(scene.reading.amounts, s.start, s.end)]
    return any(pattern("constructions", "adopting.pays").search(said) and not is_rejected(said) for said in told)


def _party_of(scene: Scene, section: str, sentences: list[Sentence]) -> Iterator[Candidate]:
    """Whom sentences tell by the builds of a section: who asks, whose grant is spoken of, whom it is all about."""
    for sentence in sentences:
        signed = scene.signed(sentence)
        for _, expression in named("constructions", section):
            found = (_party(scene, signed, match) for match in expression.finditer(signed.text))
            yield from (p for p in found if p is not None and (section == "asking" or not _pays(p)))


def _party(scene: Scene, signed: Signed, match: re.Match[str]) -> Candidate | None:
    token = signed.token_at(match.start("receiver"))
    if signed.line.texts[token] != ORGANISATION:
        return None
    found = scene.candidates[signed.line.refs[token]]
    lower = found.guessed and (found.phrase or not any(map(str.isupper, found.name)))
    return None if found.anaphora or lower else found


def _mentioned(scene: Scene, sentences: Iterable[Sentence], but: tuple[str, ...]) -> Iterator[Candidate]:
    """The known bodies that sentences name, but those of some kinds and the authority."""
    for sentence in sentences:
        for start, end, body in mentions_in(scene.reading, sentence.start, sentence.end):
            if body is not scene.reading.authority and body.kind not in but:
                yield Candidate(start, end, scene.reading.text[start:end], body, start)


def _distinct(found: Iterable[Candidate]) -> list[Candidate]:
    """One candidate a body, the one with the longest name where one begins like the other."""
    kept: list[Candidate] = []
    for each in found:
        twin = next((k for k in kept if alike(_name(k), _name(each)) or _same(k.organisation, each.organisation)), None)
        if twin is None:
            kept.append(each)
        elif len(_name(each)) > len(_name(twin)):
            kept[kept.index(twin)] = each
    return kept


def in_full(scene: Scene, short: Candidate) -> Candidate:
    """The body of the act whose name alone begins like one: the title's "Office de tourisme", "… du Pays de Vaurs"."""
    longer = [o for o in scene.reading.organisations.longer(short.name) if o is not scene.reading.authority]
    longer = [o for o in longer if o is not short.organisation]
    if len(longer) != 1 or not longer[0].mentions:
        return short
    start, end = longer[0].mentions[0]
    return Candidate(start, end, scene.reading.text[start:end], longer[0], start)


def _pays(party: Candidate) -> bool:
    """Whether a body gives more often than it is given something: "Le Département apporte 5 000 €"."""
    return party.organisation is not None and party.organisation.kind in _PUBLIC


def _sells(party: Candidate) -> bool:
    """Whether a body is a company, which is rather paid what it sells than given something."""
    return party.organisation is not None and party.organisation.kind == "company"


def _same(one: Organisation | None, other: Organisation | None) -> bool:
    return one is not None and one is other


def _name(candidate: Candidate) -> str:
    return key(candidate.organisation.name if candidate.organisation is not None else fold(candidate.name))


def alike(one: str, other: str) -> bool:
    """Whether one of two names, as keys, begins like the other, or is its last words: "SIVU" of "SIVU de la Rance"."""
    short, long = sorted((one, other), key=len)
    return bool(short) and (long.startswith(short + " ") or long.endswith(" " + short) or long == short)

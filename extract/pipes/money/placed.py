"""Parties that the build of the text tells, whatever its words: the order of a series, the fields of a form, a gap.

"respectivement 5 000 € et 7 500 € à X et à Y"; "Bénéficiaire : X / Montant : 500 €"; "X versera 5 000 € et Y 300 €".
"""

from __future__ import annotations

from extract.patterns import pattern
from extract.pipes.model import within
from extract.pipes.money.draft import Draft
from extract.pipes.money.learned.candidates import Candidate
from extract.pipes.money.learned.judge import organisation_of
from extract.pipes.money.learned.reader import Scene
from extract.pipes.money.window import Window
from extract.pipes.names import strip_name
from extract.pipes.orgbook import Organisation
from extract.pipes.reading import Reading
from extract.pipes.roles import guessed_kind, is_person, mentions_in, said, said_after
from extract.text import fold

#: A form has no more fields above a sum than this.
_FIELDS = 6
_LONGEST = 90
_PUBLIC = frozenset(("state", "local_authority"))


def placed_receiver(scene: Scene, window: Window) -> Organisation | None:
    """Who receives by the order of names and sums, or by the record the sum stands in; None where neither tells."""
    return _in_order(scene, window) or _of_record(scene.reading, window) or _of_paragraph(scene, window)


def _of_paragraph(scene: Scene, window: Window) -> Organisation | None:
    """The only body of a paragraph of the exposé, whom it is about, where the sentence of a grant names nobody.

    "Le club X accueille une manche du championnat. Il demandait 900 € ; la commission propose une aide de 700 €."
    """
    reading, sentence = scene.reading, window.sentence
    if sentence.section != "body" or sentence.bullet or scene.named(sentence):
        return None
    before = reading.folded[sentence.start : window.start]
    if not pattern("fundings", "said.money_noun").search(before) or not pattern("fundings", "said.offers").search(
        before
    ):
        return None
    above = [s for s in reading.sentences if s.paragraph == sentence.paragraph and s.end <= sentence.start]
    named = [(s.start, c) for s in above for c in scene.named(s)]
    if len({c.organisation.id if c.organisation else c.name for _, c in named}) != 1:
        return None
    begin, subject = named[0]
    if not pattern("fundings", "role.opens").fullmatch(reading.folded, begin, subject.start):
        return None
    known = subject.organisation
    named_well = known.kind not in _PUBLIC if known is not None else " " in subject.name
    return organisation_of(scene, subject) if named_well else None


def _in_order(scene: Scene, window: Window) -> Organisation | None:
    """The name that stands where the sum does, in a sentence that tells its sums and its names "respectivement"."""
    sentence, reading = window.sentence, scene.reading
    if not pattern("fundings", "shared.respectively").search(reading.text_of(sentence)):
        return None
    sums = within(reading.amounts, sentence.start, sentence.end)
    named = scene.named(sentence)
    behind = [c for c in named if c.start > sums[-1].end]
    ahead = [c for c in named if c.end <= sums[0].start]
    told = behind if len(behind) == len(sums) else ahead if len(ahead) == len(sums) else []
    if len(told) < 2 or not _receive(reading, told, sentence.start, sentence.end):
        return None
    rank = next(i for i, each in enumerate(sums) if each.start == window.start)
    return organisation_of(scene, told[rank])


def _receive(reading: Reading, told: list[Candidate], start: int, end: int) -> bool:
    """Whether the words before or behind a list of names make receivers of them."""
    if said(reading, "receives", told[0].start, start) or said_after(reading, "gets", told[-1].end, end):
        return True
    before = pattern("fundings", "shared.agreed_with").search(reading.folded[start : told[0].start])
    return (
        before is not None
        and pattern("fundings", "shared.agreed_sums").match(reading.folded, told[-1].end, end) is not None
    )


def _of_record(reading: Reading, window: Window) -> Organisation | None:
    """Whom the fields of a form above a sum name: "Bénéficiaire : X", or a line of its own that heads them."""
    sentences = reading.sentences
    index = reading.sentence_at(window.start)
    if not pattern("tables", "record.sum").match(reading.text_of(sentences[index])):
        return None
    if pattern("tables", "row.rest_given").match(reading.folded, window.end + 1, sentences[index].end):
        return None  # the line itself says who is given
    for above in reversed(sentences[max(0, index - _FIELDS) : index]):
        line = reading.text_of(above)
        if within(reading.amounts, above.start, above.end) or above.section == "title":
            return None
        labelled = pattern("organisations", "name.labelled").match(reading.folded, above.start, above.end)
        if labelled:
            return reading.organisations.at(labelled.start("name"))
        if pattern("tables", "record.field").match(line) or pattern("tables", "record.told").fullmatch(line):
            continue
        return _heading(reading, above.start, above.end)
    return None


def _heading(reading: Reading, start: int, end: int) -> Organisation | None:
    """The organisation that a line names and nothing else: "2. Fanfare en Fête"."""
    head = pattern("tables", "record.heading").fullmatch(reading.folded, start, end)
    if head is None or head.end("name") - start > _LONGEST:
        return None
    if pattern("tables", "row.rubric").fullmatch(head.group()) or pattern("tables", "row.plural").match(head["name"]):
        return None  # the heading of a part
    begin, stop = head.span("name")
    known = mentions_in(reading, begin, stop)
    if known:
        return known[0][2] if known[0][0] <= begin + 1 else None
    name = strip_name(reading.text[begin:stop])
    unnamed = pattern("names", "not_an_organisation").match(fold(name)) or pattern("names", "person").match(fold(name))
    if not name[:1].isupper() or is_person(name) or unnamed:
        return None
    return reading.organisations.add(name, guessed_kind(reading, name), mention=(begin, stop))


def gapped_payer(reading: Reading, window: Window, last: Draft | None) -> Organisation | None:
    """The next payer of a series that leaves out the verb: "la CAF versera 95 000 € et l'OPH Habitat 12 500 €"."""
    if last is None or last.status != "awarded" or last.funder in (None, reading.authority):
        return None
    named = mentions_in(reading, window.left, window.start)
    if len({o.id for _, _, o in named}) != 1 or named[0][2] in (reading.authority, last.funder, last.beneficiary):
        return None
    before, behind = reading.folded[window.left : named[0][0]], reading.folded[named[-1][1] : window.start]
    joined = pattern("fundings", "shared.next_payer").fullmatch(before)
    return named[0][2] if joined and pattern("fundings", "shared.then_sum").fullmatch(behind) else None

"""Who signed a programme: "signé entre l'État et Dijon métropole", "elle en est signataire".

Registered as ``delibgraph_signatories``; patterns in ``patterns/programmes.toml`` ([signature]).
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from extract.finder import finder
from extract.patterns import pattern
from extract.pipes.agreements import joined_ids
from extract.pipes.model import Programme
from extract.pipes.reading import Reading
from extract.pipes.roles import mentions_in

_REACH = 260


def _between(reading: Reading, end: int, stop: int) -> list[str]:
    """Organisations joined after "signé … entre" or "passé entre", right of a programme's name."""
    after = reading.folded[end:stop]
    match = pattern("programmes", "signature.between").match(after)
    if not match or not pattern("programmes", "signature.verbs").search(after[: match.end()]):
        return []
    begin = end + match.end()
    found = joined_ids(reading, begin, min(stop, begin + _REACH))
    return found if len(found) >= 2 else []


def _by(reading: Reading, end: int, stop: int) -> list[str]:
    """Organisations joined after "signé par"."""
    match = pattern("programmes", "signature.by").match(reading.folded[end:stop])
    return joined_ids(reading, end + match.end(), stop) if match else []


def _subject(reading: Reading, start: int, stop: int) -> list[str]:
    """Who "elle en est signataire" means: the organisation that the sentence began with."""
    if not finder("programmes", "signature.signatory").search(reading.folded, start, stop):
        return []
    named = [o for _, _, o in mentions_in(reading, start, stop) if o.kind != "association"]
    return [named[0].id] if named else []


def find_signatories(reading: Reading, programme: Programme) -> list[str]:
    """Organisation ids of those the act says signed this programme, in the order of the text."""
    found: list[str] = []
    for start, end in programme.mentions:
        sentence = reading.sentences[reading.sentence_at(start)]
        for each in (
            *_between(reading, end, sentence.end),
            *_by(reading, end, sentence.end),
            *_subject(reading, sentence.start, sentence.end),
        ):
            if each not in found:
                found.append(each)
    return found


@Language.component("delibgraph_signatories")
def signatories_component(doc: Doc) -> Doc:
    """Set the signatories of every programme of the act."""
    reading: Reading = doc._.reading
    for programme in reading.programmes:
        programme.signatories = find_signatories(reading, programme)
    return doc

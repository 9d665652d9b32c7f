"""Axes, piliers, volets and actions, with their numbers and what they belong to.

Registered as ``delibgraph_actions``; patterns in ``patterns/actions.toml``.
"""

from __future__ import annotations

import re

from spacy.language import Language
from spacy.tokens import Doc

from extract.patterns import pattern, table
from extract.pipes.model import Action, Sentence, Strand, within
from extract.pipes.reading import Reading
from extract.text import fold, key, squeeze

_SHORTEST = 3
_FULL_STOP = re.compile(r"(?<=[a-zé])\.\s")


def label(text: str) -> str:
    """The name in a heading's text: a verb phrase whole, a noun phrase up to where its explanation begins."""
    body = squeeze(text).strip(" *_-–—:;.,")
    quoted = re.match(r"[«\"“]\s*(.+?)\s*[»\"”]", body)
    if quoted:
        return quoted[1]
    folded = fold(body)
    tail = pattern("actions", "label.amount_tail").search(folded)
    if tail:
        body = body[: tail.start()].strip(" *_-–—:;.,(")
        folded = fold(body)
    article = pattern("actions", "label.article").match(folded)
    limit = int(table("actions")["label"]["long"])
    if not article and (len(body) <= limit or pattern("actions", "label.infinitive").match(folded)):
        whole = _FULL_STOP.split(body)[0]
        tail = pattern("actions", "label.short_cut").search(fold(whole), 8)
        noun = tail is not None and not pattern("actions", "label.infinitive").match(folded)
        return whole[: tail.start()].strip(" ,") if tail and noun and "," in tail.group() else whole
    begin = article.end() if article and not _keeps_article(body, limit) else 0
    cut = pattern("actions", "label.cut").search(folded, begin + 8)
    first = _FULL_STOP.split(body)[0] if begin == 0 else body
    short = body[begin : cut.start()] if cut else body[begin:]
    return (first if begin == 0 and cut and cut.group().startswith(".") else short).strip(" *_-–—:;.,")


def _keeps_article(body: str, limit: int) -> bool:
    """ "La connaissance par les personnes de leur environnement": a capital article begins the label itself."""
    return body[:1].isupper() or (len(body) <= limit and body[:1].isupper())


def _headings(reading: Reading, text: str) -> tuple[list[Strand], list[Action]]:
    strands: list[Strand] = []
    actions: list[Action] = []
    for index, sentence in enumerate(reading.sentences):
        folded = reading.text_of(sentence)
        found = pattern("actions", "heading.action").match(folded)
        if found:
            _add_action(actions, strands, index, sentence, text, found)
            continue
        found = pattern("actions", "heading.strand").match(folded) or pattern("actions", "heading.strand_named").match(
            folded
        )
        if found is None:
            found = _listed(reading, sentence)
        if found:
            _add_strand(strands, index, sentence, text, found)
    return strands, actions


def _listed(reading: Reading, sentence: Sentence) -> re.Match[str] | None:
    """An item of a list that its lead calls axes: "les trois axes du protocole :", "quatre orientations :"."""
    if sentence.lead is None or sentence.section == "decision" or within(reading.amounts, sentence.start, sentence.end):
        return None
    lead = reading.text_of(reading.sentences[sentence.lead]).rstrip()
    if not pattern("actions", "heading.lead").search(lead):
        return None
    return pattern("actions", "heading.listed").match(reading.text_of(sentence).rstrip())


def _add_strand(strands: list[Strand], index: int, sentence: Sentence, text: str, found: re.Match[str]) -> None:
    groups = found.groupdict()
    start, end = sentence.start + found.start("label"), sentence.start + found.end("label")
    name = label(text[start:end])
    number = groups.get("rank")
    if len(name) >= _SHORTEST and not any(key(s.label) == key(name) for s in strands):
        strands.append(
            Strand(
                f"s{len(strands) + 1}", groups.get("kind") or "axe", name, number, index, sentence.start, sentence.end
            )
        )


def _add_action(
    actions: list[Action], strands: list[Strand], index: int, sentence: Sentence, text: str, found: re.Match[str]
) -> None:
    start, end = sentence.start + found.start("label"), sentence.start + found.end("label")
    name = label(text[start:end])
    if len(name) < _SHORTEST or any(key(a.label) == key(name) for a in actions):
        return
    strand = strands[-1].id if strands else None
    actions.append(
        Action(
            f"a{len(actions) + 1}",
            name,
            found.groupdict().get("rank"),
            strand,
            index,
            sentence.start,
            sentence.end,
        )
    )


def _inline(reading: Reading, text: str, actions: list[Action]) -> None:
    for match in pattern("actions", "heading.inline").finditer(reading.folded):
        start, end = match.span("name")
        quoted = text[start] in '«"“'
        if not quoted and not text[start].isupper():
            continue
        name = squeeze(text[start:end].strip('«»"“” '))
        after = text[end : end + 2]
        if not quoted and after.strip().startswith("!"):
            name += " !"
        if len(name) < _SHORTEST or any(key(a.label) == key(name) for a in actions) or name.isdigit():
            continue
        actions.append(Action(f"a{len(actions) + 1}", name, None, None, reading.sentence_at(start), start, end))


@Language.component("delibgraph_actions")
def actions_component(doc: Doc) -> Doc:
    """Fill ``reading.strands`` and ``actions``."""
    reading: Reading = doc._.reading
    strands, actions = _headings(reading, reading.text)
    _inline(reading, reading.text, actions)
    reading.strands, reading.actions = strands, actions
    return doc


def carriers(reading: Reading) -> None:
    """Set who carries an action: "portée par l'association CESAM" right after its name."""
    book = reading.organisations
    for action in reading.actions:
        after = reading.folded[action.end : action.end + 80]
        match = pattern("actions", "heading.carried").match(after)
        if match:
            owner = next((o for s, _, o in book.mentions() if 0 <= s - action.end - match.end() < 20), None)
            action.carried_by = owner.id if owner else None

"""Mentions gathered into instances: one per family and period, the undated ones joining the one they can mean."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise

from extract.pipes.model import Found, Programme
from extract.pipes.programmes.mentions import Mention
from extract.text import key


def instances(mentions: list[Found[Mention]], year: int | None) -> list[Programme]:
    """Gather mentions of one family (or name) into instances, in the order in which the act names them."""
    groups: dict[str, list[Found[Mention]]] = defaultdict(list)
    for mention in mentions:
        groups[mention.value.family or "name:" + key(mention.value.name)].append(mention)
    programmes: list[Programme] = []
    for group in groups.values():
        programmes += _group_instances(group, year)
    programmes.sort(key=lambda p: p.mentions[0])
    for number, programme in enumerate(programmes, 1):
        programme.id = f"p{number}"
    by_family: dict[str, list[Programme]] = defaultdict(list)
    for programme in programmes:
        if programme.family and programme.first:
            by_family[programme.family].append(programme)
    for same in by_family.values():
        same.sort(key=lambda p: (p.first or 0, p.last or 0))
        for earlier, later in pairwise(same):
            if (earlier.until or earlier.last or 0) < (later.first or 0) + 1:
                later.replaces.append(earlier.id)
    return programmes


def _group_instances(group: list[Found[Mention]], year: int | None) -> list[Programme]:
    dated: list[Programme] = []
    for mention in group:
        value = mention.value
        if value.first is None:
            continue
        same = next((p for p in dated if _one_period(p, value)), None)
        if same is None:
            same = Programme("", value.name, value.family, value.sigle, value.first, value.last)
            dated.append(same)
        _absorb(same, mention)
    for mention in group:
        if mention.value.first is None:
            target = _meant(dated, mention.value, year)
            if target is None:
                target = Programme("", mention.value.name, mention.value.family, mention.value.sigle)
                dated.append(target)
            _absorb(target, mention)
    return dated


def _one_period(programme: Programme, mention: Mention) -> bool:
    if programme.first == mention.first:
        return programme.last is None or mention.last is None or programme.last == mention.last
    # a single year inside a known period is a year of that contract
    return mention.last is None and programme.last is not None and programme.valid_in(mention.first or 0)


def _absorb(programme: Programme, mention: Found[Mention]) -> None:
    value = mention.value
    programme.mentions.append((mention.start, mention.end))
    programme.mentions.sort()
    programme.last = programme.last or value.last
    programme.until = programme.until or value.until
    programme.sigle = programme.sigle or value.sigle
    if programme.name == programme.sigle or (len(value.name) > len(programme.name) and not value.by_sigle):
        programme.name = value.name


def _meant(dated: list[Programme], mention: Mention, year: int | None) -> Programme | None:
    """The instance an undated mention means: the only one, the former or new one it says, else the valid one."""
    if not dated:
        return None
    undated = next((p for p in dated if p.first is None), None)
    ordered = sorted((p for p in dated if p.first is not None), key=lambda p: p.first or 0)
    if not ordered:
        return undated
    if mention.until is not None or mention.former:
        return ordered[0]
    # all that are dated had ended when the act was voted: it means the one that follows them
    ended = year is not None and (ordered[-1].until or ordered[-1].last or year) < year
    if mention.coming:
        return undated if ended else ordered[-1]
    valid = [p for p in ordered if year is not None and p.valid_in(year)]
    return valid[-1] if valid else undated if ended else ordered[-1]

"""The judgements that nobody took back, as the live release tells what became of them."""

from __future__ import annotations

from collections.abc import Mapping

from graph.resolve import Judgement, read_judgements
from graph.resolve.judgement import not_undone
from service.cli.console import say, tell, write_json
from service.curation.decide import LOG
from service.curation.waiting import overridden, without_effect
from service.settings import Settings
from service.store import NoReleaseError, ReleaseReader


def show_judgements(settings: Settings, *, json: bool) -> None:
    """List them: in force, overridden by a later one, or without effect."""
    found = not_undone(read_judgements(settings.data.joinpath(*LOG)))
    later, idle = _became(settings)
    if json:
        write_json(
            [
                {
                    "id": each.id,
                    **each.model_dump(mode="json"),
                    "overridden_by": later.get(each.id),
                    "without_effect": idle.get(each.id),
                }
                for each in found
            ]
        )
        return
    for each in found:
        say("\n            ".join(_lines(each, later, idle)))
    if not found:
        say("Aucune décision en vigueur.")


def count_judgements(settings: Settings) -> None:
    """One line: how many are in force, how many a later one overrides; nothing where there are none."""
    found = not_undone(read_judgements(settings.data.joinpath(*LOG)))
    later, idle = _became(settings)
    past = sum(each.id in later for each in found)
    if not found:
        return
    told = [f"{len(found) - past} en vigueur"]
    told += [f"{past} remplacée{'s' if past > 1 else ''} par une plus récente"] if past else []
    told += [f"{len(idle)} sans effet"] if idle else []
    tell(f"Décisions : {', '.join(told)} ; les voir : delibgraph undo")


def _lines(each: Judgement, later: Mapping[str, str], idle: Mapping[str, str]) -> list[str]:
    what = " et ".join(dict.fromkeys(name for name in (each.left, each.right) if name))
    verb = "split" if each.left == each.right else each.verb
    lines = [f"{each.id}  {each.date}  {verb} {what}", f"{each.author} : {each.reason}"]
    if each.id in later:
        lines.append(f"remplacée par une décision plus récente : {later[each.id]}")
    if each.id in idle:
        lines.append(f"sans effet : {idle[each.id]}")
    return lines


def _became(settings: Settings) -> tuple[dict[str, str], dict[str, str]]:
    """Which are overridden, and by which; which came to nothing, and why. Nothing where nothing is published."""
    try:
        store = ReleaseReader(settings.data).live().store
    except NoReleaseError:
        return {}, {}
    return overridden(store, settings.base), without_effect(store, settings.base)

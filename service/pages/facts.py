"""Reads what one document says, as the sheet that its page shows beside the text."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from fastapi import Request
from markupsafe import Markup, escape

from service.language import Language
from service.pages import ask, french, links, report, review, tables
from service.pages.passages import Passage
from service.pages.render import saying
from service.pages.sheet import Act, Fact, Group, Sheet, Warn

#: Groups of named things at the end of the sheet, by class; their headings are texts (texts-reading.toml).
THINGS = ("Agreement", "Programme", "Strand", "Action", "Organisation", "Person", "CitedAct")


@dataclass(frozen=True)
class Told:
    """The rows of one document that its acts share out."""

    fundings: list[ask.Record]
    readings: list[ask.Record]
    decisions: list[ask.Record]
    roster: list[ask.Record]


class _Builder:
    """Reads the facts of one document, to tell them in a language; knows the passages of each."""

    def __init__(self, request: Request, key: str, passages: Iterable[Passage], language: Language) -> None:
        self.language = language
        self._say = saying(language)
        self.base = ask.settings(request).base
        self.request = request
        self.graph = f"{self.base}/graph/{key}"
        self.passages: dict[str, list[str]] = {}
        for passage in passages:
            for anchor in passage.facts:
                self.passages.setdefault(anchor, []).append(passage.anchor)

    def first(self, iri: str) -> int:
        """Where the first passage of a thing begins; a thing without passages comes last."""
        starts = [int(anchor.split("-")[1]) for anchor in self.passages.get(links.anchor(iri), ())]
        return min(starts, default=sys.maxsize)

    def say(self, key: str, **values: object) -> str:
        """A text of the document page."""
        return self._say(f"doc-{key}", **values)

    def own(self, words: str) -> str:
        """Words of the act, or a name in it: on a page in another language they are said to be French."""
        return words if self.language == "fr" or not words else Markup('<span lang="fr">{}</span>').format(words)

    def quoting(self, key: str, **words: str) -> str:
        """A text of the document page around words of the act."""
        own = {name: self.own(value) for name, value in words.items()}
        return escape(self._say(f"doc-{key}")).format(**own)

    def shown(self, kind: str, value: str | None) -> str:
        """A figure or date as readers write it, empty for None."""
        return tables.shown(kind, value or "", self.language)

    def word(self, group: str, key: str | None) -> str:
        """The word for a value of the vocabulary."""
        return tables.word(group, key, self.language)

    def sureness(self, confidence: str | None) -> str:
        """A confidence in words, empty for None."""
        return "" if confidence is None else self.word("confidence", french.confidence_level(float(confidence)))

    def rows(self, name: str) -> list[ask.Record]:
        return ask.page_rows(self.request, name, graph=self.graph)

    def fact(
        self,
        iri: str,
        text: str,
        *details: str,
        link: str | None = None,
        status: str = "",
        sure: str = "",
        part: bool = False,
        doubt: str = "",
        quoted: bool = False,
    ) -> Fact:
        anchor = links.anchor(iri)
        href = links.local(link or iri, self.base)
        told = tuple(detail for detail in details if detail)
        thing = iri.partition("/id/")[2]
        thing = thing if report.wrongs(thing.partition("/")[0]) else ""
        passages = tuple(self.passages.get(anchor, ()))
        return Fact(anchor, text, href, told, status, sure, part, doubt, passages, thing, quoted)


def read(request: Request, key: str, passages: Sequence[Passage], language: Language = "fr") -> Sheet:
    """The sheet of the document ``key``; ``passages`` are all its passages."""
    builder = _Builder(request, key, passages, language)
    fundings = _once(builder.rows("document-fundings"), "funding_iri")
    decisions = _once(builder.rows("document-decisions"), "decision_iri")
    attendance = _once(builder.rows("document-attendance"), "attendance_iri")
    readings = review.telling(builder.rows("document-to-review"))
    acts = _acts(builder, Told(fundings, readings, decisions, attendance))
    groups = tuple(_things(builder))
    anchors = {fact.anchor for act in acts for group in act.groups for fact in group.facts}
    anchors |= {fact.anchor for group in groups for fact in group.facts} | {act.anchor for act in acts}
    report = ask.page_rows(request, "document-warnings", report=f"{builder.graph}/report", language=language)
    warnings = tuple(_warning(builder, row, anchors) for row in report)
    return Sheet(acts, groups, warnings, frozenset(anchors))


def _warning(builder: _Builder, row: ask.Record, anchors: set[str]) -> Warn:
    anchor = links.anchor(row["focus_iri"])
    return Warn(builder.word("severity", row["severity"]), row["message"], anchor if anchor in anchors else None)


def _once(rows: Iterable[ask.Record], key: str) -> list[ask.Record]:
    """The first row of each thing: a second label or programme of it makes no second fact."""
    return list({row[key]: row for row in reversed(list(rows))}.values())[::-1]


def _acts(builder: _Builder, told: Told) -> tuple[Act, ...]:
    """The deliberations, in the order of the text; a session they share is told with the first."""
    found: dict[str, ask.Record] = {}
    for row in builder.rows("document-acts"):
        known = found.setdefault(row["act_iri"], row)
        if row.get("theme", "") not in known.get("theme", ""):
            found[row["act_iri"]] = known | {"theme": f"{known['theme']} ; {row['theme']}"}
    sessions: set[str] = set()
    acts = []
    for row in sorted(found.values(), key=lambda row: (builder.first(row["act_iri"]), row["act_iri"])):
        acts.append(_act(builder, row, told, seated=row["session_iri"] not in sessions))
        sessions.add(row["session_iri"])
    return tuple(acts)


def _act(builder: _Builder, row: ask.Record, told: Told, *, seated: bool) -> Act:
    """One deliberation; not ``seated`` where its session is told with an earlier one."""
    iri, session = row["act_iri"], row["session_iri"]
    money = [_funding(builder, funding) for funding in _whole_first(told.fundings) if funding.get("act_iri") == iri]
    unsure = [_reading(builder, reading) for reading in told.readings if reading.get("act_iri") == iri]
    decided = [
        builder.fact(
            d["decision_iri"], d["text"], builder.say("point", number=d["number"]) if "number" in d else "", quoted=True
        )
        for d in told.decisions
        if d["act_iri"] == iri
    ]
    groups = [
        Group(builder.say("fundings"), tuple(money)),
        Group(builder.say("readings"), tuple(unsure)),
        Group(builder.say("decided"), tuple(decided)),
        Group(builder.say("vote"), (_vote(builder, row),) if "vote_iri" in row else ()),
    ]
    if seated:
        groups.append(Group(builder.say("session"), (_session(builder, row),)))
        groups += _attendance(builder, [entry for entry in told.roster if entry["session_iri"] == session])
    return Act(
        anchor=links.anchor(iri),
        title=row.get("title") or builder.say("untitled"),
        href=links.local(iri, builder.base),
        number=row.get("number", ""),
        theme=row.get("theme", ""),
        groups=tuple(group for group in groups if group.facts),
    )


def _whole_first(fundings: list[ask.Record]) -> list[ask.Record]:
    """What is awarded first, each total followed by its parts."""
    order = [*french.words("status")]

    def key(row: ask.Record) -> tuple[int, str, bool, str]:
        status = row["status"].rsplit("#", 1)[-1]
        rank = order.index(status) if status in order else len(order)
        return rank, row.get("whole_iri", row["funding_iri"]), "whole_iri" in row, row["funding_iri"]

    return sorted(fundings, key=key)


def _funding(builder: _Builder, row: ask.Record) -> Fact:
    return builder.fact(
        row["funding_iri"],
        *_money(builder, row, builder.say("part")),
        status=row["status"],
        sure=builder.sureness(row.get("confidence")),
        part="whole_iri" in row,
    )


def _reading(builder: _Builder, row: ask.Record) -> Fact:
    """A reading to review, with its sentence: it is shown, and it is no fact."""
    share = round(100 * float(row["confidence"])) if "confidence" in row else None
    sure = "" if share is None else builder.say("confidence", share=share)
    return builder.fact(
        row["reading_iri"],
        *_money(builder, row, builder.say("would-be-part")),
        sure=sure,
        doubt=row.get("quote") or builder.say("no-quote"),
    )


def _money(builder: _Builder, row: ask.Record, part: str) -> list[str]:
    """What a funding or a reading says: its amount, then the rest; ``part`` is told of a part of a total."""
    amount = builder.shown("euros", row.get("amount")) or builder.say("no-amount")
    funder, beneficiary = (_name(builder, row, role) for role in ("funder", "beneficiary"))
    told = (builder.own(name) or builder.say("unnamed") for name in (funder, beneficiary))
    ends = Markup(" → ").join(told) if funder or beneficiary else ""
    period = french.years(row.get("start"), row.get("end"))
    written = row.get("written", "")
    return [
        f"{amount} {builder.say('yearly')}" if "per" in row else amount,
        ends,
        builder.own(_name(builder, row, "programme")),
        builder.own(row.get("action", "")),
        ", ".join(part for part in (builder.word("kind", row.get("kind")), period) if part),
        builder.say("conditional") if "conditional" in row else "",
        part if "whole_iri" in row else "",
        builder.quoting("written", written=written) if written else "",
    ]


def _name(builder: _Builder, row: ask.Record, role: str) -> str:
    iri = row.get(f"{role}_iri")
    return row.get(role) or (links.fallback_label(iri, builder.language) if iri else "")


def _vote(builder: _Builder, row: ask.Record) -> Fact:
    text = _counted(builder, row, ("for", "against", "abstentions", "not_voting", "proxy_votes"))
    outcome = builder.word("outcome", row.get("outcome"))
    unanimous = builder.say("unanimous") if row.get("unanimous") == "true" else ""
    told = text or unanimous or builder.say("uncounted")
    return builder.fact(row["vote_iri"], told, unanimous if text else "", outcome)


def _counted(builder: _Builder, row: ask.Record, names: Iterable[str]) -> str:
    """The counts that the row has, each with its label."""
    colon = "\u00a0: " if builder.language == "fr" else ": "
    return ", ".join(f"{builder.say(name)}{colon}{row[name]}" for name in names if name in row)


def _session(builder: _Builder, row: ask.Record) -> Fact:
    return builder.fact(
        row["session_iri"],
        builder.shown("date", row.get("date")) or builder.say("undated"),
        builder.own(row.get("body", "")),
        builder.quoting("president", name=row["president"]) if "president" in row else "",
        builder.quoting("secretary", name=row["secretary"]) if "secretary" in row else "",
        builder.say("convoked", date=builder.shown("date", row["convoked"])) if "convoked" in row else "",
        _counted(builder, row, ("members", "in_office", "present", "proxies")),
    )


def _attendance(builder: _Builder, roster: list[ask.Record]) -> list[Group]:
    groups = []
    for status in ("Present", "Represented", "Absent"):
        entries = [entry for entry in roster if entry["status"].endswith(f"#{status}")]
        facts = tuple(
            builder.fact(
                entry["attendance_iri"],
                entry.get("member") or links.fallback_label(entry["member_iri"], builder.language),
                builder.quoting("proxy-to", name=_name(builder, entry, "holder")) if "holder_iri" in entry else "",
                builder.quoting("from", when=entry["from"]) if "from" in entry else "",
                builder.quoting("until", when=entry["until"]) if "until" in entry else "",
                link=entry["member_iri"],
            )
            for entry in entries
        )
        groups.append(Group(builder.say(f"roster-{status}", number=len(facts)), facts, folded=True))
    return groups


def _things(builder: _Builder) -> list[Group]:
    found: dict[str, dict[str, Fact]] = {name: {} for name in THINGS}
    for row in _once(builder.rows("document-things"), "thing_iri"):
        iri, kind = row["thing_iri"], row["type"].rsplit("#", 1)[-1]
        label = row.get("label") or links.fallback_label(iri, builder.language)
        found[kind][iri] = builder.fact(iri, label, row["period"] if row["period"] not in label else "")
    return [
        Group(
            builder.say(kind, number=len(found[kind])),
            tuple(found[kind].values()),
            folded=kind in ("Organisation", "Person", "CitedAct"),
        )
        for kind in THINGS
        if found[kind]
    ]

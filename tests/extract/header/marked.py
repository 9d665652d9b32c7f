"""Lists whose entries are marked in the text, for tests of what stands beside them."""

from __future__ import annotations

import re

from extract.facts import AttendanceFact, Evidence, PersonName


def marked(text: str, status: str = "present") -> tuple[str, list[AttendanceFact]]:
    """The text without its marks and an attendance for each entry, which is what stands between « and »."""
    plain, spans = "", []
    for part in re.split(r"(«[^»]*»)", text):
        if part.startswith("«"):
            spans.append((len(plain), len(plain) + len(part) - 2))
            part = part[1:-1]
        plain += part
    facts = [
        AttendanceFact(
            member=PersonName(written=plain[a:b], family=plain[a:b]),
            status=status,
            evidence=(Evidence(start=a, end=b),),
        )
        for a, b in spans
    ]
    return plain, facts

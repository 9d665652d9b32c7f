"""The head of an act: séance, organ, authority, officers, counts and roster, each with its evidence."""

from __future__ import annotations

from extract.facts import Evidence, SessionFacts
from extract.header.counts import read_counts
from extract.header.fields import Found, read_body, read_convocation, read_officer, read_seance_date
from extract.header.roster import PageOf, read_roster
from extract.segment.layout import ActLayout
from extract.segment.lines import folded

__all__ = ["PageOf", "read_session"]


def read_session(text: str, layout: ActLayout, page_of: PageOf) -> SessionFacts:
    """The séance of an act.

    ``page_of`` gives the page of an offset (None where the document has no pages). A field the header does not
    state is None; a president or secretary named by family alone keeps ``given=None``. ``evidence`` has a key for
    each field found, named as the field; the roster carries its own.
    """
    source = folded(text)
    header = layout.header
    body, authority = read_body(text, source, header)
    found: dict[str, Found[object] | None] = {
        "date": read_seance_date(text, source, header),
        "convocation_date": read_convocation(text, source, header),
        "body": body,
        "authority": authority,
        "president": read_officer("president", text, source, header),
        "secretary": read_officer("secretary", text, source, header),
        **read_counts(source, header),
    }
    stated = {name: field for name, field in found.items() if field is not None}
    evidence = {
        name: (Evidence(start=field.span.start, end=field.span.end, page=page_of(field.span.start)),)
        for name, field in stated.items()
    }
    values = {name: field.value for name, field in stated.items()}
    return SessionFacts.model_validate(
        {**values, "attendance": read_roster(text, layout, page_of), "evidence": evidence}
    )

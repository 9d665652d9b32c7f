"""Content negotiation, RFC 9110 §12.5.1."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.negotiation import GRAPHS, HTML, RESULTS, by_name, choose


@pytest.mark.parametrize(
    ("accept", "name"),
    [
        (None, "turtle"),
        ("", "turtle"),
        ("*/*", "turtle"),
        ("text/*", "turtle"),
        ("text/*;q=0.1, application/ld+json;q=0.2", "jsonld"),
        ("text/turtle;q=0, */*;q=0.1", "jsonld"),
        ("APPLICATION/RDF+XML", "rdfxml"),
        ("application/n-triples;q=0.5, text/turtle;q=0.4", "ntriples"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "html"),
        ("application/trig;q=high", "trig"),
        ("image/png", None),
        ("*/*;q=0", None),
    ],
)
def test_the_best_offer(accept: str | None, name: str | None) -> None:
    choice = choose(accept, (*GRAPHS, HTML))
    assert (choice.format.name if choice else None) == name


def test_the_media_type_asked_for_is_the_one_given() -> None:
    choice = choose("application/json", RESULTS)
    assert choice is not None
    assert choice.content_type == "application/json"


@pytest.mark.parametrize("offer", [*GRAPHS, *RESULTS, HTML])
def test_a_format_has_three_names(offer: object) -> None:
    for name in (offer.name, offer.suffix, offer.media):  # type: ignore[attr-defined]
        found = by_name(name, (offer,))  # type: ignore[arg-type]
        assert found is not None
        assert found.format is offer


@given(st.text(max_size=60))
def test_no_header_breaks_it(accept: str) -> None:
    choice = choose(accept, GRAPHS)
    assert choice is None or choice.format in GRAPHS


def test_a_header_too_long_to_be_remembered_is_read_alike() -> None:
    crowd = ", ".join(f"application/x-{number}" for number in range(100))
    choice = choose(f"{crowd}, application/ld+json;q=0.2", GRAPHS)
    assert choice is not None
    assert choice.format.name == "jsonld"

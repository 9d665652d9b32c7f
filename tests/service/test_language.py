"""Which language a page is written in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.language import LANGUAGES, preferred, texts


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "fr"), ("en", "en"), ("en-GB,en;q=0.9", "en"), ("fr-CA", "fr"), ("de", "fr"), ("*", "fr"),
        ("de,en;q=0.5", "en"), ("en;q=0.3,fr;q=0.8", "fr"), ("fr;q=0.3,en;q=0.8", "en"), ("en,fr", "fr"),
        ("en;q=0", "fr"), ("EN", "en"), ("en;q=wrong", "en"), ("english", "fr"),
    ],
)  # fmt: skip
def test_the_browser_says_what_it_prefers(header: str, language: str) -> None:
    assert preferred(header) == language


@given(st.text(max_size=60))
def test_no_header_breaks_it(header: str) -> None:
    assert preferred(header) in LANGUAGES


def test_every_text_is_in_both_languages() -> None:
    for key, told in texts().items():
        assert set(told) == set(LANGUAGES), key
        assert all(told.values()), key

import pytest

from service.pages import french


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("12500", "12\u202f500,00\u00a0€"),
        ("0.5", "0,50\u00a0€"),
        ("1234567890123.455", "1\u202f234\u202f567\u202f890\u202f123,46\u00a0€"),
        ("", ""),
        (None, ""),
        ("à voir", "à voir"),
    ],
)
def test_euros(value, text):
    assert french.euros(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [("2023-01-25", "25\u00a0janvier 2023"), ("2023-02-01", "1er\u00a0février 2023"), ("2023", "2023"), ("", "")],
)
def test_dates(value, text):
    assert french.date_fr(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("1", "lecture sûre"),
        ("0.95", "lecture sûre"),
        ("0.94", "lecture probable"),
        ("0.6", "lecture incertaine"),
        ("0", "lecture douteuse"),
    ],
)
def test_confidence_is_told_in_words(value, text):
    assert french.confidence(value) == text


def test_years():
    assert french.years("2024", "2026") == "2024-2026"
    assert french.years("2024", "2024") == french.years("2024", None) == "2024"
    assert french.years(None, None) == ""

"""HTML, Markdown and RTF: structure becomes lines, decoration goes."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.read import ReadError, Source, read_bytes


def outcome(name: str, data: bytes) -> Source | ReadError:
    try:
        return read_bytes(name, data)
    except ReadError as refusal:
        return refusal


PAGE = """<!DOCTYPE html><html><head><meta charset="{charset}"><title>Mairie</title><style>p {{}}</style></head><body>
<nav><ul><li>Accueil</li></ul></nav><script>var a = "500 €";</script>
<h1>Séance du 6 mars 2023</h1><p>Le conseil,<br>après en avoir   délibéré,
décide&nbsp;:</p><ol start="2"><li>de verser <b>500</b> €</li><li><p>d'approuver</p></li></ol>
<ul><li>Pour : 12</li></ul>
<table><caption>Subventions</caption><thead><tr><th>Club</th><th>Objet</th><th>Montant</th></tr></thead>
<tbody><tr><td>Voile<br>de Sault</td><td>Fête</td><td>500 €</td></tr>
<tr><td colspan="2">Total</td><td>500 €</td></tr></table>
<p style="display: none">caché</p><footer>Mairie de Sault</footer></body></html>"""


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "windows-1252", "utf-16"])
def test_a_page_reads_block_by_block(charset: str) -> None:
    encoding = {"iso-8859-1": "cp1252"}.get(charset, charset)
    source = read_bytes("acte.html", PAGE.format(charset=charset).encode(encoding))
    assert source.media_type == "text/html"
    assert source.text == (
        "Séance du 6 mars 2023\n\nLe conseil,\naprès en avoir délibéré, décide\u00a0:\n\n2. de verser 500 €\n"
        "3. d'approuver\n\n• Pour : 12\n\nSubventions\n\nClub\tObjet\tMontant\n"
        "Voile de Sault\tFête\t500 €\nTotal\t\t500 €"
    )
    assert any("menus" in notice for notice in source.notices)


def test_a_page_without_declared_charset_or_suffix() -> None:
    source = read_bytes("page", "<html><body><p>Délibération du conseil à l'été</p></body></html>".encode("cp1252"))
    assert source.text == "Délibération du conseil à l'été"


def test_the_main_content_stands_for_the_page() -> None:
    body = "Le conseil municipal délibère sur le budget. " * 8
    source = read_bytes("a.html", f"<html><body><div>Météo</div><main><p>{body}</p></main></body></html>".encode())
    assert "Météo" not in source.text
    assert any("contenu principal" in notice for notice in source.notices)


def test_broken_and_deep_html_is_read_or_refused_at_once() -> None:
    started = process_time()
    found = outcome("a.html", b"<html><body><p>texte" + b"<div><table><tr><td>" * 100_000)
    assert found.remedy if isinstance(found, ReadError) else found.text
    assert process_time() - started < 5
    assert read_bytes("a.html", b"<html><p>Un<p>Deux<td>Trois</html>").text.split() == ["Un", "Deux", "Trois"]


MARKED = """---
title: x
---
# Conseil municipal \\#1

**Étaient présents** : M. Paul *ROY*, [Mme Zoé PONT](http://exemple.fr)
<!-- note -->
| Association | Montant |
|:------------|--------:|
| **Club** de<br>voile | 500 € |

* POUR : 12
> cité
code_budget_2023 et 3 * 4 * 5
"""


def test_markdown_loses_its_marks_and_keeps_its_rows() -> None:
    assert read_bytes("acte.md", MARKED.encode()).text.split("\n") == [
        "Conseil municipal #1", "", "Étaient présents : M. Paul ROY, Mme Zoé PONT", "",
        "| Association | Montant |", "| Club de voile | 500 € |", "", "• POUR : 12", "cité",
        "code_budget_2023 et 3 * 4 * 5",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("## Titre ##\nx", "Titre\n\nx"),
        ("a <!-- b\nc --> d <!-- e", "a  d <!-- e"),
        ("un\n\n| --- |:---:|\ndeux", "un\n\ndeux"),
    ],
)
def test_what_a_mark_takes_with_it(markdown: str, text: str) -> None:
    assert read_bytes("a.md", markdown.encode()).text == text


@given(st.lists(st.text(st.characters(categories=["L", "Nd"], codec="cp1252"), min_size=1, max_size=9), min_size=1))
def test_plain_sentences_survive_markdown(words: list[str]) -> None:
    sentence = f"Le conseil {' '.join(words)}."
    assert read_bytes("a.md", f"# Titre\n\n{sentence}\n".encode()).text == f"Titre\n\n{sentence}"


def test_rich_text_format() -> None:
    made = (
        rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}\f0 D\'e9lib\'e9ration\par {\b Montant} : 500 \'80\par "
        rb"\trowd\cellx100\cellx200 Club\cell 500 \'80\cell\row Fin \u8217?\u339?uvre"
        rb"{\*\shppict{\pict\pngblip 89504e}}}"
    )
    assert read_bytes("a.rtf", made).text.strip() == "Délibération\nMontant : 500 €\nClub\t500 €\nFin ’œuvre"


def test_signs_that_rtf_writes_in_two_halves_are_whole_and_a_half_alone_is_none() -> None:
    assert read_bytes("a.rtf", rb"{\rtf1 Fait \u55357?\u56489? \u55357? ici}").text == "Fait \U0001f4a9 \ufffd ici"


@given(st.binary(max_size=300))
def test_any_rich_text_bytes_are_read_or_refused(data: bytes) -> None:
    found = outcome("a.rtf", b"{\\rtf1 Acte " + data)
    assert found.remedy if isinstance(found, ReadError) else found.text

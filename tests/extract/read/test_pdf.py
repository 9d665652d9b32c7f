"""PDF made here with reportlab: columns, paragraphs, furniture and refusals."""

from __future__ import annotations

import io
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reportlab.lib import pdfencrypt
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from extract.header import read_session
from extract.header.vote import read_vote
from extract.read import ReadError, Source, read_bytes
from extract.segment import plain, segment
from tests.examples import examples

Page = list[tuple[float, float, str]]
LEFT, LEADING = 57.0, 14.0


def pdf_of(pages: list[Page], *, encrypted: bool = False) -> bytes:
    """A PDF with each text at (x, distance from the top of the page)."""
    made = io.BytesIO()
    lock = pdfencrypt.StandardEncryption("secret", canPrint=0) if encrypted else None
    canvas = Canvas(made, pagesize=A4, encrypt=lock)
    for page in pages:
        canvas.setFont("Helvetica", 10)
        for x, top, text in page:
            canvas.drawString(x, A4[1] - top, text)
        canvas.showPage()
    canvas.save()
    return made.getvalue()


def laid_out(text: str, columns: tuple[float, ...] = (57.0, 230.0, 400.0), per_page: int = 30) -> list[Page]:
    """An act as a word processor prints it: a tab goes to the next column, an empty line leaves a gap."""
    lines = text.strip("\n").split("\n")
    pages: list[Page] = []
    for start in range(0, len(lines), per_page):
        page: Page = []
        for row, line in enumerate(lines[start : start + per_page]):
            cells = line.split("\t")
            page += [(columns[i], 60 + row * LEADING, cell) for i, cell in enumerate(cells) if cell.strip()]
        pages.append(page)
    return pages


def outcome(name: str, data: bytes) -> Source | ReadError:
    try:
        return read_bytes(name, data)
    except ReadError as refusal:
        return refusal


def read(pages: list[Page]) -> Source:
    return read_bytes("acte.pdf", pdf_of(pages))


ROSTER = (
    "Monsieur Bruno MARSEC\tMadame Marie-Jeanne JUILLARD-\tMonsieur Paul ROY\n\tRANDRIAN\t\n"
    "Madame Carla NOIR\tMonsieur Marc PONT\t\nMadame Aline DE LA TOUR\t\t"
)
ABSENT = "Monsieur Luc CASTEL\tMadame Anne VALA pouvoir à Monsieur Paul ROY"


def test_an_act_printed_as_pdf_reads_as_its_text(act: Callable[..., str]) -> None:
    source = read(laid_out(act(present=ROSTER, absent=ABSENT).replace("**", "")))
    (layout,) = segment(source.text)
    session = read_session(source.text, layout, source.page_of)
    vote = read_vote(source.text, layout, session, source.page_of)
    assert [(a.member.written, a.status) for a in session.attendance] == [
        ("Bruno MARSEC", "present"),
        ("Marie-Jeanne JUILLARD-RANDRIAN", "present"),
        ("Paul ROY", "present"),
        ("Carla NOIR", "present"),
        ("Marc PONT", "present"),
        ("Aline DE LA TOUR", "present"),
        ("Luc CASTEL", "absent"),
        ("Anne VALA", "represented"),
    ]
    assert (session.members, session.present_count, session.proxy_count) == (12, 9, 2)
    assert session.authority == "Communauté de communes du Val Clair"
    assert layout.title is not None
    assert plain(source.text[layout.title.start : layout.title.end]) == "Subvention 2023 au club de voile"
    assert len(layout.decisions) == 1
    assert vote is not None
    assert (vote.votes_for, vote.votes_against, vote.abstentions, vote.not_voting, vote.proxy_votes) == (
        11,
        0,
        0,
        0,
        2,
    )
    assert vote.evidence[0].page == len(source.pages) == 2


WORDS = st.lists(
    st.sampled_from(["Bruno", "MARSEC", "Monsieur", "12 000", "club", "de", "voile"]), min_size=1, max_size=3
)


@settings(max_examples=examples(9), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.lists(WORDS, min_size=3, max_size=3), min_size=2, max_size=8))
def test_columns_come_out_as_tabs(table: list[list[list[str]]]) -> None:
    lines = ["\t".join(" ".join(cell) for cell in row) for row in table]
    source = read(laid_out("\n".join(["Liste des associations soutenues par la commune", *lines])))
    assert source.text.split("\n")[1:] == lines


def test_an_empty_first_cell_keeps_its_column() -> None:
    text = "Membres absents de la séance du conseil :\n\nMonsieur Luc CASTEL\tMadame Anne VALA\n\tMadame Zoe PONT"
    assert read(laid_out(text)).text == text


def test_a_wide_gap_between_lines_is_an_empty_line() -> None:
    page: Page = [
        (LEFT, top, f"Le conseil municipal a pris la décision numéro {top}") for top in (60, 74, 88, 120, 134)
    ]
    assert [block.count("\n") for block in read([page]).text.split("\n\n")] == [2, 1]


def test_the_even_gaps_of_a_justified_line_are_spaces() -> None:
    page: Page = []
    for row, line in enumerate(["Le point est mis aux voix par la", "présidente et le conseil municipal"]):
        x = LEFT
        for word in line.split():
            page.append((x, 60 + LEADING * row, word))
            x += stringWidth(word, "Helvetica", 10) + 12
    assert read([page]).text == "Le point est mis aux voix par la\nprésidente et le conseil municipal"


def test_headers_footers_and_page_numbers_are_left_out_and_told() -> None:
    body = "Le conseil municipal examine le point suivant avec attention"
    text = "Ville de Sault - Conseil du 16 mars 2023"
    pages: list[Page] = [
        [(LEFT, 40, text), *[(LEFT, 80 + 14 * i, f"{body} {n}{i}") for i in range(9)],
         (280, 800, f"Page {n} sur 4")]
        for n in (1, 2, 3, 4)
    ]  # fmt: skip
    source = read(pages)
    assert source.text.count("Ville de Sault") == 1
    assert "sur 4" not in source.text
    assert source.text.count(body) == 36
    assert any("Ville de Sault" in notice for notice in source.notices)
    assert any("Page" in notice for notice in source.notices)


def test_a_figure_that_a_page_break_cuts_off_is_no_page_number() -> None:
    pages: list[Page] = [
        [(LEFT, 60, "Le conseil approuve le budget de l'exercice"), (280, 800, "1")],
        [(LEFT, 60, "2023"), (LEFT, 74, "et charge le maire de son exécution"), (280, 800, "- 2 -")],
    ]
    text = read(pages).text
    assert "2023" in text
    assert "- 2 -" not in text


def test_rows_of_amounts_at_the_edge_of_pages_are_kept() -> None:
    names = ("voile", "judo", "tir")
    pages: list[Page] = [
        [(LEFT, 60, "Club soutenu"), (400, 60, "500 €"), (LEFT, 90, f"Association de {name}")] for name in names
    ]
    assert read(pages).text.count("500 €") == 3


def test_bullets_of_symbol_fonts_are_bullets(act: Callable[..., str]) -> None:
    decided = "Le Bureau, après en avoir délibéré, décide :\n\n• d'approuver ;\n• de verser la somme."
    source = read(laid_out(act(decision=decided)))
    assert "(cid:" not in source.text
    assert len(segment(source.text)[0].decisions) == 2


def test_pages_give_their_extents() -> None:
    source = read([[(LEFT, 60, f"Le texte de la page {name} du procès-verbal")] for name in ("une", "deux")])
    assert [source.text[p.start : p.end].split()[5] for p in source.pages] == ["une", "deux"]
    assert all(a.end <= b.start for a, b in pairwise(source.pages))


def test_the_first_bytes_win_over_the_suffix() -> None:
    data = pdf_of([[(LEFT, 60, "Le conseil municipal délibère sur le budget de la commune")]])
    assert read_bytes("acte.txt", data).media_type == "application/pdf"


PRINTED = pdf_of([[(LEFT, 60, "Le conseil municipal délibère sur le budget de la commune")]] * 3)


@pytest.mark.parametrize(
    ("data", "reason", "remedy"),
    [
        (pdf_of([[(LEFT, 60, "Le conseil")]], encrypted=True), "mot de passe", "sans protection"),
        (pdf_of([[]]), "pas de texte", "numérisé à 300 ppp"),
        (b"%PDF-1.4\n" + bytes(200), "endommagé", "de nouveau"),
        (PRINTED[:300], "endommagé", "de nouveau"),
    ],
    ids=["protected", "blank", "zeros", "cut off"],
)
def test_refused_pdf(data: bytes, reason: str, remedy: str) -> None:
    with pytest.raises(ReadError) as refusal:
        read_bytes("acte.pdf", data)
    assert refusal.value.file == "acte.pdf"
    assert reason in refusal.value.reason
    assert remedy in refusal.value.remedy


def test_more_pages_than_the_limit() -> None:
    with pytest.raises(ReadError, match="3 pages, plus que la limite de 2"):
        read_bytes("acte.pdf", PRINTED, max_pages=2)


@settings(max_examples=examples(15), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(10, len(PRINTED) - 1), st.binary(min_size=1, max_size=30))
def test_a_damaged_pdf_is_read_or_refused(at: int, noise: bytes) -> None:
    damaged = PRINTED[:at] + noise + PRINTED[at + len(noise) :]
    found = outcome("acte.pdf", damaged)
    assert found.remedy if isinstance(found, ReadError) else found.text

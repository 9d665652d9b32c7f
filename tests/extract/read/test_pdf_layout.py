"""Layout of PDF made here with reportlab: ruled tables, stamps, cut words, turned pages, symbol fonts, size."""

from __future__ import annotations

import io
import resource
import zlib
from collections.abc import Callable
from time import process_time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from extract.read import ReadError, Source, read_bytes
from extract.read.hyphens import rejoined
from tests.examples import examples

STYLE = getSampleStyleSheet()["BodyText"]


def table_of(rows: list[list[str]], *, spans: tuple[tuple[str, tuple[int, int], tuple[int, int]], ...] = ()) -> bytes:
    """A PDF with a sentence, a ruled table whose cells wrap, and a sentence."""
    made = io.BytesIO()
    cells = [[Paragraph(cell, STYLE) for cell in row] for row in rows]
    grid = Table(cells, colWidths=[150, 150, 90])
    grid.setStyle(TableStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black), *spans]))
    story = [Paragraph("Le conseil attribue les subventions suivantes :", STYLE), Spacer(1, 20), grid, Spacer(1, 20),
             Paragraph("Le conseil adopte.", STYLE)]  # fmt: skip
    SimpleDocTemplate(made, pagesize=A4).build(story)
    return made.getvalue()


def read(data: bytes) -> Source:
    return read_bytes("acte.pdf", data)


def lines(data: bytes) -> list[str]:
    return [line for line in read(data).text.split("\n") if line]


def test_a_ruled_row_is_one_line_however_its_cells_wrap() -> None:
    rows = [
        ["Association", "Projet", "Montant"],
        ["Comité de liaison des associations de personnes âgées du canton de Sault", "Fête d'été", "10 000 €"],
        ["Club nautique", "Régate des écoles primaires et des collèges de la baie", "1 500 €"],
        ["TOTAL", "", "11 500 €"],
    ]
    assert lines(table_of(rows))[1:-1] == ["\t".join(row) for row in rows]


def test_a_cell_over_several_rows_stands_in_the_first() -> None:
    rows = [["Club nautique", "Régate", "500 €"], ["", "École de voile", "300 €"], ["TOTAL", "", "800 €"]]
    spans = (("SPAN", (0, 0), (0, 1)), ("SPAN", (0, 2), (1, 2)))
    assert lines(table_of(rows, spans=spans))[1:-1] == [
        "Club nautique\tRégate\t500 €", "\tÉcole de voile\t300 €", "TOTAL\t\t800 €",
    ]  # fmt: skip


CELL = st.lists(st.sampled_from(["club", "comité", "fête", "été", "SAULT", "42"]), min_size=1, max_size=9).map(" ".join)


@settings(max_examples=examples(9), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(CELL, CELL, st.integers(1, 99_999).map("{} €".format)), min_size=2, max_size=6))
def test_any_ruled_table_is_read_back(rows: list[tuple[str, str, str]]) -> None:
    assert lines(table_of([list(row) for row in rows]))[1:-1] == ["\t".join(row) for row in rows]


def canvas_pdf(draw: object, *, pages: int = 1, size: tuple[float, float] = A4) -> bytes:
    made = io.BytesIO()
    canvas = Canvas(made, pagesize=size)
    for number in range(pages):
        draw(canvas, number)  # type: ignore[operator]
        canvas.showPage()
    canvas.save()
    return made.getvalue()


SENTENCES = [
    "Le conseil municipal, après en avoir délibéré, décide d'attribuer",
    "une subvention de cinq cents euros au club nautique de la",
    "commune au titre de l'exercice en cours, et charge le maire",
    "de l'exécution de la présente délibération.",
]


def stamped(canvas: Canvas, number: int) -> None:
    """A page of text with a blue stamp across it, drawn last."""
    canvas.setFont("Helvetica", 11)
    for row, sentence in enumerate(SENTENCES * 3):
        canvas.drawString(60, 700 - 15 * row, sentence)
    for row in range(4):
        canvas.drawString(60, 500 - 15 * row, f"Point {row} de la page {number} de la séance du conseil municipal")
        canvas.drawString(60, 800 - 15 * row, f"Acte {row} de la page {number} du registre des délibérations")
    canvas.setFont("Helvetica", 7)
    canvas.setFillColorRGB(0, 0, 0.7)
    canvas.drawString(200, 692, "Envoyé en préfecture le 20/03/2023")
    canvas.drawString(200, 684, "Reçu en préfecture le 20/03/2023")
    canvas.drawString(200, 676, "Publié le 21/03/2023")
    canvas.drawString(200, 668, "ID : 084-218400000-20230316-2023_014-DE")


def test_a_stamp_across_the_text_cuts_no_sentence() -> None:
    source = read(canvas_pdf(stamped, pages=2))
    assert source.text.count("\n".join(SENTENCES)) == 6
    assert source.text.startswith("Envoyé en préfecture le 20/03/2023\nReçu en préfecture le 20/03/2023\nPublié le")
    assert source.text.count("084-218400000-20230316-2023_014-DE") == 1  # not again on the second page


def test_a_phrase_of_the_text_is_no_stamp() -> None:
    def draw(canvas: Canvas, _number: int) -> None:
        canvas.setFont("Helvetica", 11)
        for row, text in enumerate(
            [*SENTENCES, "Acte reçu en préfecture le 20/03/2023 et publié le 21/03/2023", "Fin"]
        ):
            canvas.drawString(60, 700 - 15 * row, text)

    assert lines(canvas_pdf(draw))[4] == "Acte reçu en préfecture le 20/03/2023 et publié le 21/03/2023"


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_printed_sideways_reads_as_any_other(turn: int) -> None:
    def draw(canvas: Canvas, _number: int) -> None:
        canvas.translate(300, 400)
        canvas.rotate(turn)
        canvas.setFont("Helvetica", 11)
        for row, sentence in enumerate(SENTENCES):
            canvas.drawString(-200, 60 - 15 * row, sentence)

    assert lines(canvas_pdf(draw)) == SENTENCES


def test_a_page_that_says_it_is_turned_reads_as_any_other() -> None:
    def draw(canvas: Canvas, _number: int) -> None:
        canvas.setPageRotation(90)
        canvas.setFont("Helvetica", 11)
        for row, sentence in enumerate(SENTENCES):
            canvas.drawString(60, 400 - 15 * row, sentence)

    assert lines(canvas_pdf(draw, size=landscape(A4))) == SENTENCES


def test_a_watermark_aslant_stands_after_the_text() -> None:
    def draw(canvas: Canvas, _number: int) -> None:
        canvas.setFont("Helvetica", 11)
        for row, sentence in enumerate(SENTENCES):
            canvas.drawString(60, 700 - 15 * row, sentence)
        canvas.translate(200, 600)
        canvas.rotate(45)
        canvas.setFont("Helvetica", 60)
        canvas.drawString(0, 0, "PROJET")

    assert lines(canvas_pdf(draw)) == [*SENTENCES, "PROJET"]


def test_words_cut_by_the_line_or_the_page_are_whole() -> None:
    def draw(canvas: Canvas, number: int) -> None:
        page = [["Le conseil accorde à l'associa-", "tion, par la voix de la vice-", "présidente, une subven-"],
                ["tion de 500 €, et l'en remer-", "cie au nom de la commune."]]  # fmt: skip
        for row, text in enumerate(page[number]):
            canvas.drawString(60, 700 - 15 * row, text)

    source = read(canvas_pdf(draw, pages=2))
    assert " ".join(source.text.split()) == (
        "Le conseil accorde à l'association, par la voix de la vice-présidente, une subvention de 500 €, "
        "et l'en remercie au nom de la commune."
    )
    assert [source.page_of(source.text.index(word)) for word in ("subvention", "500")] == [1, 2]


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("le socio-\nlinguistique", "le socio-linguistique\n"),
        ("ce point-\nlà est clos", "ce point-là\nest clos"),
        ("Mme JUILLARD-\nRANDRIAN", "Mme JUILLARD-\nRANDRIAN"),
        ("pouvoir à DUPONT-\nn° 12", "pouvoir à DUPONT-\nn° 12"),
        ("centre-ville\nle centre-\nville", "centre-ville\nle centre-ville\n"),
        ("Les points sui-\n\nvants", "Les points suivants\n\n"),
    ],
)
def test_hyphens_of_the_word_stay(text: str, joined: str) -> None:
    assert rejoined([text]) == [joined]


def test_signs_of_symbol_fonts_keep_their_sense() -> None:
    def draw(canvas: Canvas, _number: int) -> None:
        canvas.setFont("Helvetica", 11)
        for row, sentence in enumerate(SENTENCES):
            canvas.drawString(80, 700 - 15 * row, sentence)
        canvas.setFont("ZapfDingbats", 11)
        canvas.drawString(60, 700, "\u27a2")

    assert lines(canvas_pdf(draw))[0].endswith(SENTENCES[0])


def test_three_hundred_pages_in_bounded_time_and_memory() -> None:
    def draw(canvas: Canvas, number: int) -> None:
        canvas.setFont("Helvetica", 10)
        for row in range(50):
            canvas.drawString(
                60, 780 - 14 * row, f"{number}.{row} Le conseil municipal décide d'attribuer une subvention"
            )

    data = canvas_pdf(draw, pages=300)
    before, started = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, process_time()
    source = read(data)
    assert len(source.pages) == 300
    assert process_time() - started < 30
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300_000  # kB


def test_ten_thousand_pages_are_refused_at_once() -> None:
    data = canvas_pdf(lambda canvas, _number: canvas.drawString(60, 700, "x"), pages=10_000)
    started = process_time()
    with pytest.raises(ReadError, match="10000 pages, plus que la limite de 2000"):
        read(data)
    assert process_time() - started < 5


COLUMNS = (60.0, 130.0, 420.0)
Placed = list[tuple[float, int, str]]


def unruled(rows: list[Placed]) -> bytes:
    """A table without rulings: each row its lines (distance from the row's top, column, text), rows 30 points apart."""

    def draw(canvas: Canvas, _number: int) -> None:
        canvas.setFont("Helvetica", 10)
        canvas.drawString(60, 780, "Le conseil municipal attribue les subventions suivantes aux associations :")
        for at, row in enumerate(rows):
            for down, column, text in row:
                canvas.drawString(COLUMNS[column], 740 - 30 * at - down, text)

    return canvas_pdf(draw)


def test_a_name_over_two_lines_stays_in_its_row_without_rulings() -> None:
    rows: list[Placed] = [
        [(0, 0, "582"), (0, 1, "Club nautique"), (0, 2, "500 €")],
        [(0, 0, "696"), (0, 1, "Comité de liaison des associations"), (12, 1, "de personnes âgées"), (0, 2, "1 200 €")],
        [(6, 0, "703"), (0, 1, "Association des donneurs"), (12, 1, "de voix"), (6, 2, "300 €")],
        [(12, 0, "704"), (0, 1, "Amicale des pêcheurs"), (12, 1, "à la ligne"), (12, 2, "80 €")],
    ]
    assert lines(unruled(rows))[1:] == [
        "582\tClub nautique\t500 €",
        "696\tComité de liaison des associations de personnes âgées\t1 200 €",
        "703\tAssociation des donneurs de voix\t300 €",
        "704\tAmicale des pêcheurs à la ligne\t80 €",
    ]


def test_lines_that_are_as_far_apart_hang_from_the_row_above() -> None:
    def draw(canvas: Canvas, _number: int) -> None:
        canvas.setFont("Helvetica", 10)
        for row, cells in enumerate(
            [("1", "Club nautique de la", "500 €"), ("", "baie de Sault", ""), ("2", "Judo", "90 €")]
        ):
            for column, text in zip(COLUMNS, cells, strict=True):
                canvas.drawString(column, 740 - 13 * row, text)

    assert lines(canvas_pdf(draw)) == ["1\tClub nautique de la baie de Sault\t500 €", "2\tJudo\t90 €"]


def test_prose_and_section_titles_are_no_part_of_a_row() -> None:
    rows: list[Placed] = [
        [(0, 0, "SPORT")],
        [(0, 0, "Club nautique"), (0, 2, "500 €")],
        [(0, 0, "CULTURE")],
        [(0, 0, "Harmonie"), (0, 2, "300 €")],
    ]
    assert lines(unruled(rows))[1:] == ["SPORT", "Club nautique\t500 €", "CULTURE", "Harmonie\t300 €"]


def packed_pdf(content: bytes, filters: bytes = b"/FlateDecode") -> bytes:
    """A PDF of one page with this packed content."""
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d/Filter%s>>stream\n%s\nendstream" % (len(content), filters, content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]  # fmt: skip
    made, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(made))
        made += b"%d 0 obj%sendobj\n" % (number, part)
    table = b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    return made + table + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(made)


TYPED = zlib.compress(b"BT /F 10 Tf 1 0 0 1 50 500 Tm (Le conseil municipal decide de verser) Tj ET")
#: Made when they are asked for.
BOMBS: dict[str, Callable[[], bytes]] = {
    "spaces": lambda: packed_pdf(zlib.compress(b" " * 300_000_000, 9)),
    "letters": lambda: packed_pdf(zlib.compress(b"BT /F 10 Tf " + b"1 0 0 1 50 500 Tm (Le conseil) Tj " * 2_000_000)),
    "lines": lambda: packed_pdf(zlib.compress(b"10 10 20 20 re S " * 3_000_000)),
    "twice": lambda: packed_pdf(zlib.compress(zlib.compress(b" " * 300_000_000, 9)), b"[/FlateDecode/FlateDecode]"),
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_pdf_that_swells_is_refused_at_once(bomb: str) -> None:
    made = BOMBS[bomb]()
    started = process_time()
    with pytest.raises(ReadError, match="bombe"):
        read(made)
    assert process_time() - started < 5


def test_a_packed_page_is_read() -> None:
    assert "Le conseil municipal decide" in read(packed_pdf(TYPED)).text


def test_prose_in_two_columns_is_read_one_after_the_other() -> None:
    def draw(canvas: Canvas, _number: int) -> None:
        canvas.setFont("Helvetica", 9)
        canvas.drawString(
            60, 780, "Compte rendu de la séance du conseil municipal de la commune, en la salle des fêtes"
        )
        for column in range(2):
            for row in range(12):
                text = f"{'Point' if row % 4 == 0 else 'puis'} {column}.{row} le conseil municipal décide de verser"
                canvas.drawString(60 + 260 * column, 740 - 11 * row - 3 * column, text)

    numbers = [line.split()[1] for line in lines(canvas_pdf(draw))[1:]]
    assert numbers == [f"{column}.{row}" for column in range(2) for row in range(12)]


def test_a_roster_in_two_columns_is_read_across() -> None:
    def draw(canvas: Canvas, _number: int) -> None:
        canvas.setFont("Helvetica", 10)
        for row in range(12):
            canvas.drawString(60, 740 - 14 * row, f"Monsieur Bruno MARSEC{row} pouvoir à Paul ROY")
            canvas.drawString(320, 740 - 14 * row, f"Madame Aline DUVAL{row} pouvoir à Zoé PONT")

    assert all("\tMadame" in line for line in lines(canvas_pdf(draw)))

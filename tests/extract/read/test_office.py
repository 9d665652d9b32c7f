"""Office files made here with python-docx and odfpy: paragraphs, lists, tables, text boxes, and what is left out."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from time import process_time

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from odf import draw, style, table
from odf import text as odf_text
from odf.opendocument import OpenDocumentText

from extract.header import read_session
from extract.read import ReadError, Source, read_bytes
from extract.segment import segment
from tests.examples import examples


def outcome(name: str, data: bytes) -> Source | ReadError:
    try:
        return read_bytes(name, data)
    except ReadError as refusal:
        return refusal


Rows = Sequence[Sequence[str]]
GRANTS = [
    ["Association", "Objet", "Montant"],
    ["Les Amis du Lavoir", "Fête d'été", "1 500 €"],
    ["Total", "", "1 500 €"],
]


def docx_of(paragraphs: Sequence[str], rows: Rows = ()) -> bytes:
    made = docx.Document()
    for paragraph in paragraphs:
        made.add_paragraph(paragraph)
    if rows:
        grid = made.add_table(len(rows), len(rows[0]))
        for i, row in enumerate(rows):
            for j, cell in enumerate(row):
                grid.cell(i, j).text = cell
    return saved(made)


def saved(document: object) -> bytes:
    out = io.BytesIO()
    document.save(out)  # type: ignore[attr-defined]
    return out.getvalue()


def odt_of(paragraphs: Sequence[str], rows: Rows = ()) -> bytes:
    made = OpenDocumentText()
    for paragraph in paragraphs:
        made.text.addElement(odt_paragraph(paragraph))
    if rows:
        grid = table.Table(name="Subventions")
        for row in rows:
            line = table.TableRow()
            for cell in row:
                box = table.TableCell()
                for part in cell.split("\n"):
                    box.addElement(odt_paragraph(part))
                line.addElement(box)
            grid.addElement(line)
        made.text.addElement(grid)
    return saved(made)


def odt_paragraph(text: str) -> odf_text.P:
    made = odf_text.P()
    for i, part in enumerate(text.split("\t")):
        if i:
            made.addElement(odf_text.Tab())
        made.addText(part)
    return made


MAKERS = {"acte.docx": docx_of, "acte.odt": odt_of}
each = pytest.mark.parametrize("name", MAKERS)


def lines(source: Source) -> list[str]:
    return [line for line in source.text.split("\n") if line]


@each
def test_an_act_typed_in_a_word_processor_reads_as_its_text(name: str, act: Callable[..., str]) -> None:
    text = act(
        present="Monsieur Bruno MARSEC\tMadame Carla NOIR\tMonsieur Paul ROY",
        absent="Madame Anne VALA pouvoir à Monsieur Paul ROY",
    ).replace("**", "")
    source = read_bytes(name, MAKERS[name](text.split("\n")))
    (layout,) = segment(source.text)
    session = read_session(source.text, layout, source.page_of)
    assert [(a.member.written, a.status) for a in session.attendance] == [
        ("Bruno MARSEC", "present"),
        ("Carla NOIR", "present"),
        ("Paul ROY", "present"),
        ("Anne VALA", "represented"),
    ]


@each
def test_a_table_row_is_one_line(name: str) -> None:
    source = read_bytes(name, MAKERS[name](["Le conseil attribue :"], GRANTS))
    assert source.text.endswith(
        "attribue :\n\nAssociation\tObjet\tMontant\nLes Amis du Lavoir\tFête d'été\t1 500 €\nTotal\t\t1 500 €"
    )


@each
def test_a_cell_of_two_paragraphs_stays_in_its_row(name: str) -> None:
    source = read_bytes(name, MAKERS[name](["Subventions"], [["Club nautique\nde Sault", "Régate", "800 €"]]))
    assert "Club nautique de Sault\tRégate\t800 €" in source.text


@each
def test_lists_side_by_side_are_read_across(name: str) -> None:
    columns = ["M. Paul ROY\nMme Zoé PONT\nM. Luc CASTEL", "Mme Anne VALA\nM. Marc PONT\nMme Léa NOIR"]
    source = read_bytes(name, MAKERS[name](["Présents :"], [columns]))
    assert lines(source)[1:] == [
        "M. Paul ROY\tMme Anne VALA",
        "Mme Zoé PONT\tM. Marc PONT",
        "M. Luc CASTEL\tMme Léa NOIR",
    ]
    names_and_sums = [["Club A\nClub B", "100 €\n200 €"]]
    assert lines(read_bytes(name, MAKERS[name](["Liste"], names_and_sums)))[1:] == ["Club A\t100 €", "Club B\t200 €"]


CELL = st.text(st.characters(categories=["L", "Nd"], codec="cp1252"), min_size=1, max_size=12)
ROW = st.lists(CELL, min_size=3, max_size=3)


@each
@settings(max_examples=examples(9), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(paragraphs=st.lists(st.lists(CELL, min_size=1, max_size=6).map(" ".join), min_size=1, max_size=5),
       rows=st.lists(ROW, min_size=1, max_size=6))  # fmt: skip
def test_what_is_written_is_read_back(name: str, paragraphs: list[str], rows: list[list[str]]) -> None:
    source = read_bytes(name, MAKERS[name](paragraphs, rows))
    assert lines(source) == [*paragraphs, *("\t".join(row) for row in rows)]


def test_word_lists_have_their_labels() -> None:
    made = docx.Document()
    made.add_paragraph("Le conseil décide :")
    made.add_paragraph("d'approuver la convention ;", style="List Number")
    made.add_paragraph("de verser la somme.", style="List Number")
    made.add_paragraph("dit que les crédits sont inscrits", style="List Bullet")
    assert lines(read_bytes("a.docx", saved(made)))[1:] == [
        "1. d'approuver la convention ;",
        "2. de verser la somme.",
        "• dit que les crédits sont inscrits",
    ]


def test_open_document_lists_have_their_labels() -> None:
    made = OpenDocumentText()
    numbers = odf_text.ListStyle(name="N")
    numbers.addElement(odf_text.ListLevelStyleNumber(level=1, numformat="1", numsuffix="."))
    numbers.addElement(odf_text.ListLevelStyleNumber(level=2, numformat="a", numsuffix=")"))
    made.automaticstyles.addElement(numbers)
    outer = odf_text.List(stylename=numbers)
    for name in ("Budget", "Subventions"):
        item = odf_text.ListItem()
        item.addElement(odt_paragraph(name))
        outer.addElement(item)
    inner = odf_text.List()
    for name in ("sport", "culture"):
        item = odf_text.ListItem()
        item.addElement(odt_paragraph(name))
        inner.addElement(item)
    outer.lastChild.addElement(inner)
    made.text.addElement(outer)
    assert lines(read_bytes("a.odt", saved(made))) == ["1. Budget", "2. Subventions", "a) sport", "b) culture"]


def test_word_headers_notes_and_deleted_text_are_left_out_and_told() -> None:
    made = docx.Document()
    made.sections[0].header.paragraphs[0].text = "Ville de Sault - page 1"
    paragraph = made.add_paragraph("Le conseil décide de verser 500 €")
    paragraph._p.append(parse_xml(f"<w:del {nsdecls('w')}><w:r><w:delText>ou 900 €</w:delText></w:r></w:del>"))
    paragraph._p.append(
        parse_xml(f'<w:ins {nsdecls("w")}><w:r><w:t xml:space="preserve"> au club.</w:t></w:r></w:ins>')
    )
    source = read_bytes("a.docx", saved(made))
    assert source.text == "Le conseil décide de verser 500 € au club."
    assert any("En-têtes" in notice for notice in source.notices)
    assert any("Modifications suivies" in notice for notice in source.notices)


def test_word_text_boxes_follow_their_paragraph_once() -> None:
    made = docx.Document()
    paragraph = made.add_paragraph("Le conseil municipal s'est réuni.")
    box = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        "<mc:Choice><w:drawing><w:txbxContent><w:p><w:r><w:t>Reçu en préfecture</w:t></w:r></w:p></w:txbxContent>"
        "</w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent><w:p><w:r><w:t>Reçu</w:t></w:r></w:p>"
        "</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent>"
    )
    paragraph._p.append(parse_xml(f"<w:r {nsdecls('w')}>{box}</w:r>"))
    made.add_paragraph("Il décide.")
    assert lines(read_bytes("a.docx", saved(made))) == [
        "Le conseil municipal s'est réuni.", "Reçu en préfecture", "Il décide.",
    ]  # fmt: skip


def test_pages_that_word_noted_are_kept() -> None:
    made = docx.Document()
    made.add_paragraph("Première page")
    paragraph = made.add_paragraph()
    paragraph._p.append(parse_xml(f"<w:r {nsdecls('w')}><w:lastRenderedPageBreak/><w:t>Deuxième page</w:t></w:r>"))
    source = read_bytes("a.docx", saved(made))
    assert source.text == "Première page\nDeuxième page"
    assert [source.page_of(source.text.index(word)) for word in ("Première", "Deuxième")] == [1, 2]


def test_open_document_spaces_boxes_notes_and_page_breaks() -> None:
    made = OpenDocumentText()
    paragraph = odf_text.P(text="Une somme de 1")
    paragraph.addElement(odf_text.S(c=1))
    paragraph.addText("500 €")
    note = odf_text.Note(noteclass="footnote")
    note.addElement(odf_text.NoteCitation(text="1"))
    body = odf_text.NoteBody()
    body.addElement(odf_text.P(text="note"))
    note.addElement(body)
    paragraph.addElement(note)
    frame = draw.Frame(width="5cm", height="2cm")
    box = draw.TextBox()
    box.addElement(odf_text.P(text="Tampon"))
    frame.addElement(box)
    paragraph.addElement(frame)
    made.text.addElement(paragraph)
    made.text.addElement(odf_text.SoftPageBreak())
    made.text.addElement(odf_text.P(text="Suite"))
    source = read_bytes("a.odt", saved(made))
    assert lines(source) == ["Une somme de 1 500 €", "Tampon", "Suite"]
    assert source.page_of(source.text.index("Suite")) == 2
    assert any("Notes de bas de page" in notice for notice in source.notices)


def test_open_document_headers_are_left_out_and_told() -> None:
    made = OpenDocumentText()
    layout = style.PageLayout(name="L")
    made.automaticstyles.addElement(layout)
    master = style.MasterPage(name="Standard", pagelayoutname=layout)
    header = style.Header()
    header.addElement(odf_text.P(text="Ville de Sault"))
    master.addElement(header)
    made.masterstyles.addElement(master)
    made.text.addElement(odf_text.P(text="Le conseil délibère."))
    source = read_bytes("a.odt", saved(made))
    assert source.text == "Le conseil délibère."
    assert any("En-têtes" in notice for notice in source.notices)


def package(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
#: Made when they are asked for: some swell to hundreds of megabytes.
ATTACKS: dict[str, Callable[[], bytes]] = {
    "entities": lambda: package({
        "word/document.xml": f'<!DOCTYPE x [<!ENTITY a0 "ha">{LAUGHS}]><w:document {W}><w:body><w:p><w:r><w:t>&a11;'
        f"</w:t></w:r></w:p></w:body></w:document>".encode(),
    }),
    "external": lambda: package({
        "word/document.xml": f'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><w:document {W}><w:body><w:p><w:r>'
        f"<w:t>Lu : &f;</w:t></w:r></w:p></w:body></w:document>".encode(),
    }),
    "bomb": lambda: package({"word/document.xml": f"<w:document {W}><w:body>".encode() + b" " * 400_000_000}),
    "deep": lambda: package({"word/document.xml": f"<w:document {W}><w:body>".encode() + b"<w:p>" * 100_000}),
    "cut": lambda: docx_of(["Le conseil délibère"])[:2000],
    "odt-bomb": lambda: package({
        "mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b" " * 400_000_000,
    }),
    "odt-locked": lambda: package({
        "mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"\x01" * 50,
        "META-INF/manifest.xml": b"<manifest><encryption-data/></manifest>",
    }),
    "word-locked": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
    "spreadsheet": lambda: package({
        "mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<x/>",
    }),
}  # fmt: skip
REASONS = {"bomb": "bombe", "odt-bomb": "bombe", "entities": "entités|endommagé", "external": "entités",
           "odt-locked": "mot de passe", "word-locked": "mot de passe", "spreadsheet": "pas un texte"}  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS)
def test_hostile_office_files_are_refused_at_once(attack: str) -> None:
    made = ATTACKS[attack]()
    started = process_time()
    with pytest.raises(ReadError, match=REASONS.get(attack, "endommagé|illisible")) as refusal:
        read_bytes("acte.docx", made)
    assert refusal.value.remedy
    assert process_time() - started < 5


WHOLE = docx_of(["Le conseil délibère sur le budget"], GRANTS)


@settings(max_examples=examples(14), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(10, len(WHOLE) - 1), st.binary(min_size=1, max_size=30))
def test_a_damaged_word_document_is_read_or_refused(at: int, noise: bytes) -> None:
    found = outcome("acte.docx", WHOLE[:at] + noise + WHOLE[at + len(noise) :])
    assert found.remedy if isinstance(found, ReadError) else found.text

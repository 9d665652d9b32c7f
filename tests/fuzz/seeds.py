"""The seeds of the corpus that no editor writes: ``python -m tests.fuzz.seeds`` makes them anew, always the same.

All that they say is invented. Those written by hand (text, HTML, RTF, Turtle …) lie in the corpus as they are.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import tarfile
from pathlib import Path

from PIL import Image, ImageDraw
from reportlab.lib import pdfencrypt
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from tests.fuzz.mutate import zipped

CORPUS = Path(__file__).parent / "corpus"
LINES = (
    "EXTRAIT DU REGISTRE DES DÉLIBÉRATIONS du Conseil municipal de Sault-les-Bains",
    "Séance du jeudi 16 mars 2023",
    "Présents : M. Paul ROY, Mme Zoé PONT, M. Luc CASTEL",
    "Absente : Mme Anne VALA, pouvoir à M. Paul ROY",
    "OBJET : subvention 2023 au club nautique",
    "Le Conseil, après en avoir délibéré, décide",
    "d'attribuer une subvention de 1 500 € au Club nautique de Sault.",
    "POUR : 4   CONTRE : 0   ABSTENTION : 0",
)
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_O = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in (
        ("office", "office"),
        ("text", "text"),
        ("table", "table"),
        ("draw", "drawing"),
        ("style", "style"),
    )
)


def docx() -> bytes:
    """A list, a table with a spanning cell, a text box, a tracked change, a page break, notes."""
    listed = "<w:pPr><w:numPr><w:ilvl w:val='1'/><w:numId w:val='3'/></w:numPr><w:spacing w:before='200'/></w:pPr>"
    paragraphs = "".join(f"<w:p>{listed}<w:r><w:t>{line}</w:t><w:tab/><w:br/></w:r></w:p>" for line in LINES)
    cell = "<w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr><w:p><w:r><w:t>1 500 €</w:t></w:r></w:p></w:tc>"
    document = (
        f"<?xml version='1.0' encoding='UTF-8'?><w:document {_W}><w:body>{paragraphs}<w:tbl><w:tr>{cell}{cell}</w:tr>"
        "</w:tbl><w:p><w:ins><w:r><w:t>ajouté</w:t></w:r></w:ins><w:del><w:r><w:delText>ôté</w:delText></w:r></w:del><w:r>"
        "<w:lastRenderedPageBreak/><w:pict><w:txbxContent><w:p><w:r><w:t>encadré</w:t></w:r></w:p></w:txbxContent></w:pict>"
        "<w:footnoteReference/></w:r></w:p><w:sdt><w:sdtContent><w:p><w:r><w:t>champ</w:t></w:r></w:p></w:sdtContent></w:sdt>"
        "</w:body></w:document>"
    )
    level = "<w:lvl w:ilvl='1'><w:start w:val='3'/><w:numFmt w:val='lowerRoman'/><w:lvlText w:val='%1.%2)'/></w:lvl>"
    numbering = (
        f"<w:numbering {_W}><w:abstractNum w:abstractNumId='7'>{level}</w:abstractNum>"
        "<w:num w:numId='3'><w:abstractNumId w:val='7'/></w:num></w:numbering>"
    )
    style = "<w:style w:styleId='Titre1'><w:basedOn w:val='Normal'/><w:name w:val='heading 1'/></w:style>"
    styles = f"<w:styles {_W}>{style}</w:styles>"
    return zipped(
        [
            (b"[Content_Types].xml", b"<Types/>"),
            (b"word/document.xml", document.encode()),
            (b"word/numbering.xml", numbering.encode()),
            (b"word/styles.xml", styles.encode()),
        ]
    )


def fodt(tag: str = "document") -> bytes:
    """Lists, repeated cells, spaces, a frame, a note, a page break, tracked changes."""
    paragraphs = "".join(f"<text:p>{line}<text:tab/><text:s text:c='3'/></text:p>" for line in LINES)
    cell = "<table:table-cell table:number-columns-repeated='2'><text:p>1 500 €</text:p></table:table-cell>"
    level = (
        "<text:list-level-style-number text:level='1' style:num-format='i' style:num-suffix='.' text:start-value='2'/>"
    )
    return (
        f"<?xml version='1.0' encoding='UTF-8'?><office:{tag} {_O}><office:automatic-styles>"
        f"<text:list-style style:name='L1'>{level}</text:list-style></office:automatic-styles><office:body>"
        f"<office:text><text:tracked-changes/>{paragraphs}"
        f"<text:list text:style-name='L1'><text:list-item><text:p>un</text:p><text:list><text:list-item><text:p>deux"
        f"</text:p></text:list-item></text:list></text:list-item></text:list><table:table><table:table-row>{cell}</table:table-row>"
        "</table:table><text:h>Titre</text:h><text:p><draw:frame><draw:text-box><text:p>encadré</text:p></draw:text-box>"
        "</draw:frame><text:note><text:p>note</text:p></text:note><text:soft-page-break/>fin</text:p></office:text>"
        f"</office:body></office:{tag}>"
    ).encode()


def odt() -> bytes:
    """The same, packed."""
    return zipped(
        [
            (b"mimetype", b"application/vnd.oasis.opendocument.text"),
            (b"content.xml", fodt("document-content")),
            (b"styles.xml", f"<office:document-styles {_O}><style:header/></office:document-styles>".encode()),
            (b"META-INF/manifest.xml", b"<manifest/>"),
        ]
    )


def picture(form: str) -> bytes:
    """A small image with a line of text; a TIFF has two pages."""
    image = Image.new("L" if form == "TIFF" else "RGB", (120, 40), "white")
    ImageDraw.Draw(image).text((5, 10), "Conseil municipal", fill="black")
    out = io.BytesIO()
    image.save(out, form, **({"save_all": True, "append_images": [image]} if form == "TIFF" else {}))
    return out.getvalue()


def pdf(*, encrypted: bool = False, drawn: bool = False) -> bytes:
    """Two pages of text; with an image, a ruled table, a line aslant and a turned page where ``drawn``."""
    out = io.BytesIO()
    lock = pdfencrypt.StandardEncryption("", ownerPassword="secret") if encrypted else None
    canvas = Canvas(out, pagesize=A4, encrypt=lock, invariant=True, pageCompression=1)
    for page in range(2):
        canvas.setFont("Helvetica", 10)
        for row, line in enumerate(LINES):
            canvas.drawString(57, 760 - 14 * row, line)
        if drawn:
            canvas.drawImage(ImageReader(Image.new("RGB", (8, 8), "grey")), 57, 400, 200, 100)
            canvas.grid([57, 200, 400], [500, 520, 540])
            canvas.drawString(60, 505, "Club nautique")
            canvas.drawString(210, 505, "1 500 €")
            canvas.rotate(30)
            canvas.drawString(300, 100, "PROJET")
            canvas.setPageRotation(90 * page)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


REGISTER = (
    '"id";"titre";"titre_court";"adrs_codeinsee";"position";"siret"\n'
    '"W212000001";"CLUB NAUTIQUE DE SAULT";"CNS";"84123";"A";""\n'
    '"W212000002";"LES AMIS ""DU"" LAVOIR";"";"84123";"D";"12345678200010"\n'
).encode("cp1252")


def backup() -> bytes:
    """A backup of a dataset in which nothing is published."""
    content = b'{"verb": "reject"}\n'
    files = {"curation/judgements.jsonl": {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}}
    told = {"format": 1, "created": "2026-11-28T04:00:00+00:00", "version": "0.1.0", "release": None, "files": files}
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as tar:
        for name, data in ((next(iter(files)), content), ("backup.json", json.dumps(told).encode())):
            info = tarfile.TarInfo(name)
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
    return out.getvalue()


def main() -> None:
    """Write them all."""
    made = {
        "docx/acte.docx": docx(),
        "odt/acte.odt": odt(),
        "fodt/acte.fodt": fodt(),
        "picture/acte.png": picture("PNG"),
        "picture/acte.jpg": picture("JPEG"),
        "picture/acte.tiff": picture("TIFF"),
        "pdf/plain.pdf": pdf(),
        "pdf/drawn.pdf": pdf(drawn=True),
        "pdf/owner-password.pdf": pdf(encrypted=True),
        "archive/actes.zip": zipped(
            [(b"2023/acte.txt", "\n".join(LINES).encode()), (b"autre.txt", b"un acte"), (b"vide/", b"")]
        ),
        "register/rna.csv": REGISTER,
        "packed-register/rna.zip": zipped([(b"rna.csv", REGISTER)]),
        "gzipped-register/rna.csv.gz": gzip.compress(REGISTER, mtime=0),
        "backup/sauvegarde.tar": backup(),
        "text/utf-16.txt": "\n".join(LINES).encode("utf-16"),
        "text/windows.txt": "\r\n".join(LINES).encode("cp1252"),
        "text/utf-8.txt": "\f\n".join(LINES).encode(),
    }
    for name, data in made.items():
        (CORPUS / name).parent.mkdir(parents=True, exist_ok=True)
        (CORPUS / name).write_bytes(data)


if __name__ == "__main__":
    main()

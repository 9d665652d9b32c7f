import csv
import io

import pytest

from queries import Column
from service.pages import tables

TEXT = Column("name", "text", {"fr": "Nom", "en": "Name"})
LINK = Column("name_iri", "iri", {"fr": "Adresse", "en": "IRI"})
EUROS = Column("amount", "euros", {"fr": "Montant", "en": "Amount"})


def read(content: bytes, delimiter: str = ",") -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=delimiter))


@pytest.mark.parametrize("text", ["=HYPERLINK(1)", "+33", "-1+1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_text_runs_as_a_formula(text):
    (_, (cell,)) = read(tables.to_csv([TEXT], [{"name": text}]))
    assert cell.startswith("'")


def test_figures_stay_figures():
    rows = [{"name": "a;b,c", "amount": "-12500.5"}]
    assert read(tables.to_csv([TEXT, EUROS], rows))[1] == ["a;b,c", "-12500.5"]
    excel = tables.to_csv([TEXT, EUROS], rows, excel=True)
    assert excel.startswith(b"\xef\xbb\xbf")
    assert read(excel, ";")[1] == ["a;b,c", "-12500,5"]


def test_a_figure_column_with_a_formula_in_it_is_text():
    assert read(tables.to_csv([EUROS], [{"amount": "=1+1"}]))[1] == ["'=1+1"]


def test_the_address_of_a_thing_is_the_link_of_its_name():
    table = tables.html([TEXT, LINK], [{"name": "CESAM", "name_iri": "http://h/id/organisation/cesam"}], "http://h")
    assert table.headings == (("Nom", "text"),)
    assert table.body[0][0].href == "/id/organisation/cesam"


def test_a_thing_without_a_name_is_called_by_its_key_and_a_private_person_is_not():
    rows = [{"name_iri": "http://h/id/person/private-1f"}, {"name_iri": "http://h/id/strand/lien-social"}]
    table = tables.html([TEXT, LINK], rows, "http://h")
    assert [row[0].text for row in table.body] == ["Particulier (nom non publié)", "lien social"]


@pytest.mark.parametrize("iri", ["javascript:alert(1)", "data:text/html,x", ""])
def test_only_web_addresses_become_links(iri):
    assert tables.html([TEXT, LINK], [{"name": "x", "name_iri": iri}], "http://h").body[0][0].href is None


def test_json_has_numbers_and_leaves_out_what_is_missing():
    assert tables.to_json([TEXT, EUROS], [{"name": "a", "amount": "12.50"}, {"name": "b"}]) == [
        {"name": "a", "amount": 12.5},
        {"name": "b"},
    ]

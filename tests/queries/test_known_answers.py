"""What each query must answer on the three acts of register/, worked out by hand.

Awarded, top level, by year: 2022 an envelope of 30 000; 2023 CESAM 60 000 (40 000 + 20 000 are its parts);
2024 CCAS 10 000 (a year to 2026), État → Dijon 90 000 (once, for 2024-2026), a private person 1 200, CESAM
without an amount; the fee of 500 is no subsidy.
"""

import pyoxigraph as ox
import pytest

import queries

CESAM = "organisation/cesam"


def totals(rows, *keys):
    return {tuple(row.get(key, "") for key in keys): row.get("total", "") for row in rows}


def test_sums_count_a_total_once_and_a_yearly_amount_each_year(run):
    assert totals(run("who-funds-whom"), "year", "funder", "beneficiary_iri") == {
        ("2022", "Dijon métropole", ""): "30000",
        ("2023", "Dijon métropole", CESAM): "60000",
        ("2024", "Dijon métropole", "organisation/ccas-de-dijon"): "10000",
        ("2024", "Dijon métropole", "person/private-0001"): "1200",
        ("2024", "État", "organisation/dijon-metropole"): "90000",
        ("2024", "Dijon métropole", CESAM): "",
        ("2025", "Dijon métropole", "organisation/ccas-de-dijon"): "10000",
        ("2026", "Dijon métropole", "organisation/ccas-de-dijon"): "10000",
    }


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"year": "2025"}, {"10000"}),
        ({"year": "2019"}, set()),
        ({"programme": "contrat de ville"}, {"60000"}),
        ({"programme": "ctai"}, {"90000"}),
        ({"status": "Requested"}, {"15000"}),
        ({"status": "Budgeted", "year": "2022"}, {"200000"}),
        ({"status": "rejected"}, {"7000"}),
        ({"funder": "etat"}, {"90000"}),
        ({"beneficiary": "centre communal d'action"}, {"10000"}),
        ({"beneficiary": "CESAM", "year": "2023"}, {"60000"}),
        ({"beneficiary": "aucun nom pareil"}, set()),
    ],
)
def test_filters_narrow_the_sums(run, values, expected):
    assert {row["total"] for row in run("who-funds-whom", **values)} == expected


def test_unstated_amount_is_never_zero(run):
    (row,) = run("who-funds-whom", year="2024", beneficiary="cesam")
    assert "total" not in row
    assert row["without_amount"] == "1"


@pytest.mark.parametrize("name", ["CESAM", "cesam", "Concilier l’économique", "  concilier l'ECONOMIQUE "])
def test_all_the_money_to_an_organisation_under_any_name(run, name):
    rows = run("money-to", name=name)
    assert [(row["year"], row.get("amount")) for row in rows] == [
        ("2024", None),
        ("2023", "60000"),
        ("2022", "12000"),  # its share of an envelope that names nobody else as a whole
    ]
    assert {row["beneficiary_iri"] for row in rows} == {CESAM}


def test_money_to_tells_the_period_of_a_yearly_amount(run):
    rows = run("money-to", name="ccas")
    assert [(r["year"], r["amount"], r["period"]) for r in rows] == [
        (year, "10000", "2024-2026") for year in ("2026", "2025", "2024")
    ]


def test_sentences_quote_the_act(run):
    rows = run("sentences", organisation="ccas")
    assert [(r["quote"], r["confidence"]) for r in rows] == [
        ("Dijon métropole verse au CCAS de Dijon 10 000 € par an de 2024 à 2026.", "0.97")
    ]
    of_act = run("sentences", act="http://localhost:8000/id/deliberation/a")
    assert {r["funding_iri"] for r in of_act} == {f"funding/a-{x}" for x in ("total", "via", "alpha", "etat")}


def test_attendance_and_proxies_of_a_session(run):
    rows = run("session-attendance", date="2023-01-25")
    assert {(r["member"], r["attendance"], r.get("holder")) for r in rows} == {
        ("François REBSAMEN", "présent", None),
        ("Nuray AKPINAR-ISTIQAM", "présent", None),
        ("Océane GODARD", "absent", None),
        ("Sladana ZIVKOVIC", "représenté", "Nuray AKPINAR-ISTIQAM"),
    }
    assert run("session-attendance", date="2023-01-25", body="conseil") == []


def test_votes_keep_empty_cells_empty(run):
    (row,) = run("votes")
    assert (row["for"], row["against"], row["not_voting"], row["proxies"]) == ("3", "0", "1", "1")
    assert "unanimous" not in row
    assert run("votes", about="politique de la ville") == [row]


def test_who_took_no_part(run):
    rows = run("took-no-part")
    assert {(r.get("person"), r["how"], r.get("count")) for r in rows} == {
        ("Océane GODARD", "absent sans pouvoir", None),
        (None, "ne se prononce pas, sans être nommé", "1"),
    }
    assert [r["how"] for r in run("took-no-part", person="charret-godard")] == ["absent sans pouvoir"]


def test_proxies_count_sessions(run):
    (row,) = run("proxies")
    assert (row["member"], row["holder"], row["sessions"], row["last"]) == (
        "Sladana ZIVKOVIC",
        "Nuray AKPINAR-ISTIQAM",
        "2",
        "2024-09-12",
    )


def test_attendance_by_member(run):
    by_name = {r["person"]: r for r in run("attendance-by-member")}
    assert [by_name["Sladana ZIVKOVIC"][c] for c in ("sessions", "present", "represented", "absent")] == list("2020")
    assert [by_name["Océane GODARD"][c] for c in ("sessions", "present", "represented", "absent")] == list("1001")
    assert {r["person"] for r in run("attendance-by-member", year="2024")} == {
        "François REBSAMEN",
        "Sladana ZIVKOVIC",
    }


def test_lineage_of_a_programme(run):
    old, new = run("programme-lineage", programme="contrat de ville")
    assert (old["start"], old["end"], old["extended"], old["actions"]) == ("2015", "2020", "2023", "1")
    assert old["replaced_by"] == "Contrat de ville 2024-2030"
    assert new["replaces"] == "Contrat de ville 2015-2020"
    assert set(old["signatories"].split(" ; ")) == {"Dijon métropole", "État"}


def test_actions_of_a_programme(run):
    (row,) = run("programme-actions", programme="2015")
    assert (row["action"], row["strand"], row["carrier_iri"]) == ("plate-forme VIA", "Cohésion sociale", CESAM)


def test_doubts_join_warnings_and_low_confidence(run):
    rows = run("doubts")
    assert [(r["doubt"], r["focus_iri"], r["file"]) for r in rows] == [
        ("incohérence", "session/bureau-2023-01-25", "2023-01-25-bureau-cesam.txt"),
        ("lecture peu sûre", "funding/b-cesam", "2024-09-12-bureau-ccas.txt"),
    ]
    assert rows[0]["message"] == "La liste nomme 4 membres, l'acte dit 5 en exercice."
    assert {r["focus_iri"] for r in run("doubts", below="0.95")} >= {"funding/a-etat", "funding/b-cesam"}


def test_what_awaits_review_with_the_sentence_that_tells_the_amount(run):
    first, second = run("to-review")
    assert (first["reading_iri"], first["confidence"], first["amount"]) == ("reading/b-mission", "0.31", "4000")
    assert (first["funder"], first["beneficiary"]) == ("Dijon métropole", "Mission locale")
    assert first["quote"] == second["quote"] == "Elle pourrait recevoir 4 000 €, et une habitante 250 €."
    assert first["act"].startswith("Convention pluriannuelle 2024-2026")
    assert (first["file"], first["date"], first["page"]) == ("2024-09-12-bureau-ccas.txt", "2024-09-12", "1")
    assert second["beneficiary_iri"] == "person/private-0002"
    assert "beneficiary" not in second


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ({"name": "MISSION locale"}, ["reading/b-mission"]),
        ({"name": "dijon-métropole"}, ["reading/b-mission", "reading/b-habitante"]),
        ({"name": "cesam"}, []),
        ({"act": "avec le CCAS"}, ["reading/b-mission", "reading/b-habitante"]),
        ({"act": "répartition"}, []),
        ({"act": "2024-2026", "name": "mission"}, ["reading/b-mission"]),
    ],
)
def test_what_awaits_review_of_an_organisation_or_an_act(run, values, found):
    assert [row["reading_iri"] for row in run("to-review", **values)] == found


SELECTS = [name for name, query in queries.catalogue().items() if query.form == "SELECT"]
GRAPHS = [name for name, query in queries.catalogue().items() if query.form == "CONSTRUCT"]


@pytest.mark.parametrize("name", sorted(set(SELECTS) - {"to-review"}))
def test_what_awaits_review_is_in_no_other_answer(run, name):
    values = {"who-funds-whom": {"beneficiary": "mission"}, "money-to": {"name": "mission"}}.get(name, {})
    told = {cell for row in run(name, **values) for cell in row.values()}
    assert not {cell for cell in told if cell.startswith("reading/") or cell == "person/private-0002"}
    assert not told & {"4000", "250"}


def test_agreements_in_force(run):
    (row,) = run("agreements", party="cesam", year="2024")
    assert (row["start"], row["end"], row["programme"]) == ("2023", "2025", "Contrat de ville 2015-2020")
    assert run("agreements", year="2026") == []
    assert run("agreements", party="mission locale") == []


def test_requested_budgeted_and_awarded_side_by_side(run):
    rows = {(r.get("programme", "")[:15], r["year"]): r for r in run("budgeted-awarded")}
    assert rows["Contrat de vill", "2023"]["awarded"] == "60000"
    assert rows["Contrat de vill", "2023"]["requested"] == "15000"
    assert rows["Contrat Territo", "2022"]["budgeted"] == "200000"
    assert rows["", "2022"]["rejected"] == "7000"


def test_fundings_for_a_spreadsheet_keep_every_row_as_written(run):
    rows = run("fundings")
    assert len(rows) == 14
    assert sum(1 for r in rows if "whole_iri" in r) == 4
    by_id = {r["funding_iri"]: r for r in rows}
    assert by_id["funding/b-ccas"]["per"] == "par an"
    assert by_id["funding/b-ccas"]["amount"] == "10000"
    assert {r["funding_iri"] for r in run("fundings", year="2025")} == {"funding/b-ccas", "funding/b-etat"}


def test_acts_latest_first(run):
    assert [r["date"] for r in run("acts")] == ["2024-09-12", "2023-01-25", "2022-12-15"]
    assert [r["number"] for r in run("acts", year="2023")] == ["DM2023-001"]


def test_names_list_every_spelling_once(run):
    (row,) = run("names", name="istiquam")
    assert (row["name"], row["others"]) == ("Nuray AKPINAR-ISTIQAM", "Nuray AKPINAR-ISTIQUAM")
    (row,) = run("names", name="cesam")
    assert row["others"] == "CESAM"


def test_matches_with_the_registers_the_least_sure_first(run):
    assert [(r["organisation_iri"], r["register"], r["number"], r["confidence"]) for r in run("register-matches")] == [
        (CESAM, "rna", "W752000002", "0.5"),
        (CESAM, "rna", "W212000001", "0.95"),
    ]
    assert run("register-matches", name="mission") == []


DOCUMENT = "http://localhost:8000/id/document/bbbb000000000002"
OF_GRAPHS = {"grants-schema-org": {"year": "2024"}, "evidence-annotations": {"document": DOCUMENT}}


@pytest.mark.parametrize("name", GRAPHS)
def test_what_awaits_review_is_in_no_graph(store, name):
    query = queries.find(name)
    values = query.substitutions(OF_GRAPHS[name])
    found = list(store.query(query.text, substitutions=values, use_default_graph_as_union=True))
    assert found
    told = " ".join(map(str, found))
    assert "/reading/" not in told
    assert "private-0002" not in told


@pytest.mark.parametrize("name", GRAPHS)
def test_a_graph_to_take_away_is_the_same(store, name):
    query = queries.find(name)
    found = store.query(query.text, substitutions=query.substitutions(OF_GRAPHS[name]), use_default_graph_as_union=True)
    away = store.query(query.standalone(OF_GRAPHS[name]), use_default_graph_as_union=True)
    assert set(away) == set(found) != set()


def test_passages_are_given_by_document_or_by_fact_and_never_all_at_once(store):
    query = queries.find("evidence-annotations")

    def annotations(values):
        graph = store.query(query.text, substitutions=query.substitutions(values), use_default_graph_as_union=True)
        return {str(triple.subject.value) for triple in graph if triple.predicate.value.endswith("#hasBody")}

    assert annotations({}) == set()
    of_document = annotations({"document": DOCUMENT})
    of_fact = annotations({"fact": "http://localhost:8000/id/funding/b-cesam"})
    assert of_fact
    assert of_fact < of_document


@pytest.mark.parametrize("name", SELECTS)
def test_the_text_to_take_away_answers_the_same(store, run, name):
    values = {"who-funds-whom": {"beneficiary": "cesam"}, "money-to": {"name": "cesam"}}.get(name, {})
    away = store.query(queries.find(name).standalone(values), use_default_graph_as_union=True)
    assert isinstance(away, ox.QuerySolutions)
    assert sum(1 for _ in away) == len(run(name, **values))


@pytest.mark.parametrize("name", queries.catalogue())
def test_an_empty_dataset_gives_no_rows(name):
    query = queries.find(name)
    rows = ox.Store().query(query.text, substitutions=query.substitutions({}), use_default_graph_as_union=True)
    assert list(rows) == []

"""The search index: every name of a thing found, exact names first, endings and accents ignored, facets true."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.facts import Evidence, FundingFact, OrganisationFact, PersonMentionFact, ProgrammeFact
from graph.mapping import map_document, map_identities
from graph.release import Published, build
from graph.resolve import Registry, resolve
from graph.search import PASSAGE, SearchIndexError, Wanted, count, search, suggest
from graph.search.snippet import WIDTH, pieces
from graph.search.words import stem

TEXT = "Le cœur de la ville.\nIl est attribué 1 000 € aux Amis du Livre, associations sportives.\n\nFin.\n"


def _quote(passage: str) -> tuple[Evidence, ...]:
    start = TEXT.index(passage)
    return (Evidence(start=start, end=start + len(passage)),)


@pytest.fixture(scope="module")
def index(make, tmp_path_factory):
    """Two authorities, one act each; the first gives money under a contrat de ville."""
    deed = make.act(
        title="Contrat de ville : subventions municipales",
        organisations=(
            OrganisationFact(id="d", name="Dijon métropole", kind="local_authority"),
            OrganisationFact(id="a", name="Association Les Amis du Livre", kind="association", sigle="ADL"),
        ),
        persons=(PersonMentionFact(name=make.name("Mme Zoé KERVADEC")),),
        programmes=(ProgrammeFact(id="p", name="Contrat de ville", family="contrat-de-ville"),),
        fundings=(
            FundingFact(
                id="f", status="awarded", funder="d", beneficiary="a", amount="1000", amount_written="1 000 €",
                programme="p", rule="test", confidence=0.9, evidence=_quote("Il est attribué 1 000 €"),
            ),
        ),
    )  # fmt: skip
    other = make.act(title="Subventions", organisations=(OrganisationFact(id="a", name="Amis", kind="association"),))
    session = make.session(authority="Ville de Beaune", body="Conseil municipal", date=dt.date(2021, 3, 4))
    documents = [
        make.document([deed], text=TEXT, file_name="dijon.txt"),
        make.document([other], [session], text="Rien d'autre.", file_name="beaune.txt"),
    ]
    found = resolve(documents, Registry())
    identities = map_identities(found, [d.sha256 for d in documents], "http://localhost:8000")
    items = [Published(d, map_document(d, found)) for d in documents]
    return build(tmp_path_factory.mktemp("release"), items, identities).search_index


def _labels(index, text, **narrowed):
    return [hit.label for hit in search(index, text, narrowed).hits]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("contrat de ville subventions municipales", "Contrat de ville : subventions municipales"),
        ("SUBVENTION MUNICIPALE", "Contrat de ville : subventions municipales"),
        ("subventions", "Subventions"),  # called just so, before the one that holds the word
        ("subvent", "Subventions"),  # begins so
        ("adl", "Les Amis du Livre"),  # by its sigle
        ("amis", "Amis"),
        ("kervadec zoé", "Zoé KERVADEC"),
        ("beaune.txt", "beaune.txt"),
    ],
)
def test_a_thing_is_found_by_any_name_and_the_exact_one_is_first(index, typed, first):
    assert _labels(index, typed)[0] == first


@pytest.mark.parametrize("typed", ["COEUR", "cœur ville", '"cœur de la ville"', "association sportive", "sportiv"])
def test_passages_are_found_without_accents_ligatures_or_endings(index, typed):
    (hit,) = search(index, typed, {"kind": PASSAGE}).hits
    assert TEXT[hit.start : hit.end] in TEXT.splitlines()
    assert any(marked for _, marked in hit.pieces)


def test_a_passage_leads_to_the_evidence_in_it(index):
    (hit,) = search(index, "attribué", {"kind": PASSAGE}).hits
    assert TEXT[slice(*hit.quote)] == "Il est attribué 1 000 €"
    (none,) = search(index, "fin", {"kind": PASSAGE}).hits
    assert none.quote is None


def test_words_in_quotes_stand_together(index):
    assert count(index, '"amis livre"') == 0
    assert count(index, "« amis du livre »") == count(index, '"amis du livre"') > 0
    assert count(index, "livre amis") > 0


def test_facets_count_all_results_and_narrow_them(index):
    found = search(index, "subventions", limit=1)
    by_kind = {value.value: value.count for value in found.facets["kind"]}
    assert by_kind["Deliberation"] == 2
    assert sum(by_kind.values()) == found.total > len(found.hits) == 1
    years = {value.value: value.count for value in found.facets["year"]}
    assert set(years) == {"2021", "2023"}
    assert _labels(index, "subventions", year="2021") == ["Subventions"]
    assert search(index, "subventions", {"year": "2021"}).total == years["2021"]
    (dijon,) = [v for v in found.facets["authority"] if v.label == "Dijon métropole"]
    assert _labels(index, "subventions", authority=dijon.value) == ["Contrat de ville : subventions municipales"]
    assert search(index, "subventions", {"year": "1999"}).total == 0


def test_money_is_a_facet_of_who_gets_it_of_the_act_and_of_the_sentence_that_says_so(index):
    kinds = {
        hit.kind for text in ("amis", "ville", "attribué") for hit in search(index, text, {"status": "Awarded"}).hits
    }
    assert {"Organisation", "Deliberation", "Passage"} <= kinds
    assert "Amis" not in _labels(index, "amis", status="Awarded")
    family = search(index, "contrat").facets["family"]
    assert [value.value.rpartition("#")[2] for value in family] == ["family-contrat-de-ville"]
    assert count(index, "coeur") == search(index, "coeur", {"authority": _dijon(index)}).total


def _dijon(index):
    return next(v.value for v in search(index, "coeur").facets["authority"])


def test_pages_follow_one_another_without_gap_or_repeat(index):
    every = [(h.iri, h.start) for h in search(index, "a", limit=100).hits]
    paged = [(h.iri, h.start) for n in range(len(every)) for h in search(index, "a", limit=1, offset=n).hits]
    assert paged == every
    assert len(set(every)) == len(every) > 3


def test_completion_gives_names_that_begin_so_first(index):
    names = [s.name for s in suggest(index, "ami")]
    assert names[0] == "Amis"
    assert "Les Amis du Livre" in names
    assert [s.name for s in suggest(index, "amis du li")] == ["Les Amis du Livre"]
    assert {s.kind for s in suggest(index, "subv", ["Deliberation"])} == {"Deliberation"}
    assert suggest(index, "  ;") == ()


hostile = st.one_of(
    st.text(max_size=60),
    st.text(alphabet='"*()^:-+{}«»“” \x00\x02\n\tANDORTNEARlabelstems.0é', max_size=80),
    st.lists(st.sampled_from(["NEAR(", "AND", "OR", "NOT", "label:", '"', "*", "a", "^b", "{stems}:", "-x"])).map(
        " ".join
    ),
    st.integers(1, 5000).map(lambda n: "mot " * n),
    st.integers(1, 5000).map(lambda n: "(" * n + '"'),
)


@given(hostile)
def test_nothing_a_user_types_is_an_operator(index, text):
    found = search(index, text, limit=3)
    assert found.total >= len(found.hits)
    assert len(suggest(index, text, limit=3)) <= 3
    for hit in found.hits:
        assert all(piece for piece, _ in hit.pieces)


@given(st.text(alphabet="abcé  œ.\n", max_size=900), st.text(alphabet="abcéœ ", min_size=1, max_size=12))
def test_a_snippet_is_a_part_of_the_text_with_the_words_marked(text, typed):
    wanted = Wanted.of(typed)
    shown = pieces(text, wanted)
    plain = "".join(piece for piece, _ in shown).removeprefix("… ").removesuffix(" …")
    assert plain in text
    assert len(plain) <= WIDTH
    if any(True for _ in wanted.places(text)) and len(text) <= WIDTH:
        assert any(marked for _, marked in shown)


@pytest.mark.parametrize(
    ("one", "other"),
    [("municipaux", "municipale"), ("associations", "association"), ("financees", "financer"), ("jeux", "jeux")],
)
def test_endings_do_not_count(one, other):
    assert stem(one) == stem(other)


@pytest.mark.parametrize(("one", "other"), [("nation", "national"), ("2023", "2024"), ("cours", "courses")])
def test_other_words_stay_apart(one, other):
    assert stem(one) != stem(other)


def test_an_index_that_cannot_be_read_says_what_to_do(tmp_path):
    for name, content in (("missing", None), ("empty", b""), ("rubbish", b"x" * 5000)):
        path = tmp_path / name
        if content is not None:
            path.write_bytes(content)
        with pytest.raises(SearchIndexError, match="delibgraph ingest"):
            search(path, "x")

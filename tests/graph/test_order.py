"""The order and the batches in which documents come change nothing: clusters, and in one run keys and graphs."""

from __future__ import annotations

import datetime as dt
import random

from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.identities.corpus import generate
from extract.facts import FundingFact, OrganisationFact, ProgrammeFact
from graph.canonical import canonical_hash_of_graphs
from graph.mapping import map_document, map_identities
from graph.resolve import Registry, resolve
from tests.examples import examples

BASE = "http://localhost:8000"
GENERATED = generate(60, seed=2, bodies=3).documents
EXPECTED = resolve(GENERATED, Registry())


def _published(documents):
    found = resolve(documents, Registry())
    graphs = {f"{BASE}/graph/{d.sha256[:16]}": map_document(d, found, BASE) for d in documents}
    graphs[f"{BASE}/graph/identities"] = map_identities(found, [d.sha256 for d in documents], BASE)
    return graphs


def test_the_seeds_in_any_order_give_the_same_dataset(seed_facts):
    expected = canonical_hash_of_graphs(_published(seed_facts))
    shuffler = random.Random(7)
    for _ in range(4):
        shuffled = shuffler.sample(seed_facts, len(seed_facts))
        assert canonical_hash_of_graphs(_published(shuffled)) == expected


_PEOPLE = [
    "Mme Océane GODARD",
    "Mme Océane CHARRET-GODARD",
    "M. Marien LOVICHICI",
    "M. Marien LOVICH I",
    "M. Jean MARTIN",
    "M. Jean MARTIN-GENDRE",
    "M. Paul MARTIN",
    "M. Jean DUPONT",
    "M. Jean DUPOND",
    "M. J. DUPONT",
]
_ORGANISATIONS = [
    OrganisationFact(id="o", name="CESAM"),
    OrganisationFact(id="o", name="Concilier l'économique et le social", sigle="CESAM"),
    OrganisationFact(id="o", name="Centre des saveurs et arts de la Métropole", sigle="CESAM"),
    OrganisationFact(id="o", name="Vélo club", aliases=("VCD",)),
    OrganisationFact(id="o", name="VCD"),
    OrganisationFact(id="o", name="CCAS de Dijon"),
]
_PROGRAMMES = [(2014, 2020, None), (2015, 2020, 2023), (2024, 2030, None), (None, None, None), (2015, None, None)]


@st.composite
def _corpora(draw, make):
    documents = []
    for index in range(draw(st.integers(2, 6))):
        people = draw(st.lists(st.sampled_from(_PEOPLE), unique=True, max_size=4))
        start, end, extended = draw(st.sampled_from(_PROGRAMMES))
        programme = ProgrammeFact(
            id="p",
            name=draw(st.sampled_from(["Contrat de ville", "contrat de ville"])),
            family="contrat-de-ville",
            start_year=start,
            end_year=end,
            extended_to=extended,
        )
        deed = make.act(
            title=draw(st.sampled_from(["Subvention", "Contrat de ville", None])),
            number=draw(st.sampled_from(["DM1", None, None])),
            organisations=(draw(st.sampled_from(_ORGANISATIONS)),),
            programmes=(programme,),
            fundings=tuple(
                FundingFact(id=f"f{amount}", status="awarded", beneficiary="o", amount=amount, confidence=0.9)
                for amount in draw(st.sampled_from([(500,), (700,), (500, 700), ()]))
            ),
        )
        seance = make.session(
            make.roster(people),
            authority=draw(st.sampled_from(["Dijon métropole", "Ville de Dijon"])),
            date=dt.date(2023, 1, draw(st.integers(1, 2))),
            president=make.name(draw(st.sampled_from(["M. MARTIN", "Mme GODARD", "M. DUPONT"]))),
        )
        documents.append(make.document([deed], [seance], file_name=f"{index}.txt"))
    return documents


def _clusters(documents, found):
    """What is one with what, without the keys: the partition of every local entity."""
    parts: dict[tuple[str, str], set[tuple]] = {}
    for document in documents:
        digest = document.sha256
        for s, keys in enumerate(found[digest].sessions):
            for slot, key in enumerate((keys.president, keys.secretary, *keys.members, *keys.holders)):
                parts.setdefault(("person", key), set()).add((digest, s, slot))
            parts.setdefault(("session", keys.session), set()).add((digest, s))
        for a, keys in enumerate(found[digest].acts):
            for kind in ("organisations", "programmes", "fundings"):
                for local, key in getattr(keys, kind).items():
                    parts.setdefault((kind, key), set()).add((digest, a, local))
            parts.setdefault(("deliberation", keys.deliberation), set()).add((digest, a))
    return {frozenset(members) for (_, key), members in parts.items() if key}


@settings(max_examples=examples(15), deadline=None)
@given(data=st.data())
def test_any_order_gives_the_same_dataset_and_any_batches_the_same_clusters(make, data):
    documents = data.draw(_corpora(make))
    expected = resolve(documents, Registry())
    shuffled = data.draw(st.permutations(documents))
    again = resolve(shuffled, Registry())
    assert again == expected
    assert canonical_hash_of_graphs(_published(shuffled)) == canonical_hash_of_graphs(_published(documents))
    cut = data.draw(st.integers(1, len(documents)))
    registry = Registry()
    first = resolve(shuffled[:cut], registry)
    minted = {d.sha256: first[d.sha256].acts[0].fundings for d in shuffled[:cut]}
    second = resolve(shuffled, registry)
    assert _clusters(documents, second) == _clusters(documents, expected)
    for digest, local, key in [(digest, *pair) for digest, keys in minted.items() for pair in keys.items()]:
        now = second[digest].acts[0].fundings[local]
        assert now == key or second.redirects.get(("funding", key)) == now


@settings(max_examples=examples(12), deadline=None)
@given(data=st.data())
def test_a_second_run_over_the_same_documents_changes_nothing(make, data):
    documents = data.draw(_corpora(make))
    registry = Registry()
    assert resolve(documents, registry) == resolve(documents[::-1], registry)


@settings(max_examples=examples(4), deadline=None)
@given(data=st.data())
def test_a_generated_corpus_in_any_order_gives_the_same_clusters_and_keys(data):
    shuffled = data.draw(st.permutations(GENERATED))
    assert resolve(shuffled, Registry()) == EXPECTED


@settings(max_examples=examples(4), deadline=None)
@given(data=st.data())
def test_the_seeds_in_any_order_give_the_same_clusters_and_keys(seed_facts, data):
    assert resolve(data.draw(st.permutations(seed_facts)), Registry()) == resolve(seed_facts, Registry())

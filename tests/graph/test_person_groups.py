"""Councillors of a commune who sit in its group of communes: one person where the name is rare, else for review."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest

from graph.resolve import Registry, resolve
from graph.resolve.judgement import Judgement
from tests.graph.test_incremental import Kept

METROPOLIS = ("Dijon métropole", "Conseil métropolitain")
CHENOVE = ("Commune de Chenôve", "Conseil municipal")
TALANT = ("Commune de Talant", "Conseil municipal")
SETE = ("Commune de Sète", "Conseil municipal")


def _documents(make, *seances):
    """One act for each (authority, year, members)."""
    return [
        make.document(
            [make.act(title=f"Acte {number}")],
            [make.session(_roster(make, members), authority=place[0], body=place[1], date=dt.date(year, 10, 1))],
            file_name=f"{number}.txt",
        )
        for number, (place, year, *members) in enumerate(seances)
    ]


def _roster(make, members):
    """The list of members; what stands in a bracket behind a name is the commune that the reader read there."""
    names = [member.partition(" (") for member in members]
    entries = make.roster([name for name, _, _ in names])
    return tuple(
        entry.model_copy(update={"commune": town.rstrip(")") or None})
        for entry, (_, _, town) in zip(entries, names, strict=True)
    )


def _resolve(make, *seances, judgements=()):
    """The keys of the members of each séance, and the whole; found one document at a time they must be the same."""
    documents = _documents(make, *seances)
    found = resolve(documents, Registry(), judgements)
    keys = [found[d.sha256].sessions[0].members for d in documents]
    if not judgements:
        for order in itertools.islice(itertools.permutations(documents), 6):
            kept = Kept(documents)
            for count in range(1, len(order) + 1):
                last = kept.resolve(order[:count])
            flat = [key for members in keys for key in members]
            again = [key for d in documents for key in last[d.sha256].sessions[0].members]
            assert [flat.index(k) for k in flat] == [again.index(k) for k in again]
    return keys, found


def test_a_rare_name_in_a_commune_and_in_its_group_is_one_person_with_the_reason_in_law(make):
    (commune, group), found = _resolve(
        make, (CHENOVE, 2021, "M. Achille DUMONTHEIL"), (METROPOLIS, 2022, "M. DUMONTHEIL Achille")
    )
    assert commune == group
    (merge,) = found.persons[commune[0]].merges
    assert "L. 5211-6" in merge.reasons[0].text
    assert found.persons[commune[0]].confidence == merge.score < 0.9


def test_a_common_name_is_for_review(make):
    (commune, group), found = _resolve(make, (CHENOVE, 2021, "M. Jean MARTIN"), (METROPOLIS, 2022, "M. Jean MARTIN"))
    assert commune != group
    (candidate,) = found.candidates
    assert "L. 5211-6" in candidate.match.reasons[0].text
    assert any("homonyme" in reason.text for reason in candidate.match.reasons)


def test_where_two_communes_of_the_group_have_one_it_stays_open(make):
    keys, found = _resolve(
        make,
        (CHENOVE, 2021, "M. Achille DUMONTHEIL"),
        (TALANT, 2021, "M. Achille DUMONTHEIL"),
        (METROPOLIS, 2022, "M. Achille DUMONTHEIL"),
    )
    assert len(set(keys)) == 3
    assert len(found.candidates) == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ((CHENOVE, 2021, "M. Achille DUMONTHEIL"), (METROPOLIS, 2015, "M. Achille DUMONTHEIL")),  # another term
        ((SETE, 2021, "M. Achille DUMONTHEIL"), (METROPOLIS, 2021, "M. Achille DUMONTHEIL")),  # no commune of it
        ((CHENOVE, 2021, "M. Achille DUMONTHEIL"), (TALANT, 2021, "M. Achille DUMONTHEIL")),  # two communes
        ((CHENOVE, 2021, "M. Achille DUMONTHEIL"), (METROPOLIS, 2021, "Mme Odile DUMONTHEIL")),
        ((CHENOVE, 2021, "M. A. DUMONTHEIL"), (METROPOLIS, 2021, "M. Achille DUMONTHEIL")),  # an initial is not enough
    ],
)
def test_what_the_law_does_not_tie_stays_two(make, one, other):
    keys, found = _resolve(make, one, other)
    assert keys[0] != keys[1]
    assert not found.candidates


def test_two_members_of_the_group_are_never_one_through_a_commune(make):
    (commune, group), _ = _resolve(
        make,
        (CHENOVE, 2021, "Mme Aude KERGUELEN-MARCHEPOIL"),
        (METROPOLIS, 2022, "Mme Aude KERGUELEN", "Mme Aude MARCHEPOIL"),
    )
    assert len({*commune, *group}) == 3


def test_a_person_may_keep_the_two_apart(make):
    seances = (CHENOVE, 2021, "M. Achille DUMONTHEIL"), (METROPOLIS, 2022, "M. Achille DUMONTHEIL")
    _, found = _resolve(make, *seances)
    (merge,) = next(iter(found.persons.values())).merges
    apart = Judgement(
        verb="keep-apart",
        left="person/a",
        right="person/b",
        left_signatures=(merge.left,),
        right_signatures=(merge.right,),
        author="m",
        date=dt.date(2024, 1, 1),
        reason="deux cousins",
    )
    keys, again = _resolve(make, *seances, judgements=[apart])
    assert keys[0] != keys[1]
    assert not again.candidates


def test_the_commune_that_the_list_of_the_group_writes_settles_a_common_name(make):
    (commune, group), found = _resolve(
        make, (CHENOVE, 2021, "M. Jean MARTIN"), (METROPOLIS, 2022, "M. Jean MARTIN (Chenôve)")
    )
    assert commune == group
    (merge,) = found.persons[commune[0]].merges
    assert any("de cette commune" in reason.text for reason in merge.reasons)


def test_the_commune_that_the_list_of_the_group_writes_keeps_another_councillor_apart(make):
    (chenove, group), found = _resolve(
        make, (CHENOVE, 2021, "M. Achille DUMONTHEIL"), (METROPOLIS, 2022, "M. Achille DUMONTHEIL (Talant)")
    )
    assert chenove != group
    assert not found.candidates


def test_of_two_councillors_of_one_name_the_list_tells_which(make):
    (chenove, talant, group), _ = _resolve(
        make,
        (CHENOVE, 2021, "M. Achille DUMONTHEIL"),
        (TALANT, 2021, "M. Achille DUMONTHEIL"),
        (METROPOLIS, 2022, "M. Achille DUMONTHEIL (Talant)"),
    )
    assert talant == group != chenove


def test_lists_that_tell_two_communes_of_one_name_tell_nothing(make):
    (chenove, one, other), found = _resolve(
        make,
        (CHENOVE, 2021, "M. Jean MARTIN"),
        (METROPOLIS, 2022, "M. Jean MARTIN (Talant)"),
        (METROPOLIS, 2023, "M. Jean MARTIN (Chenôve)"),
    )
    assert one == other != chenove
    assert found.candidates

"""Which programmes are one, what a mention without years means, what follows what."""

from __future__ import annotations

import datetime as dt

from extract.facts import ProgrammeFact
from graph.resolve import Registry, resolve


def _contract(start=None, end=None, extended=None, ident="p", **fields):
    defaults = {"name": "Contrat de ville", "family": "contrat-de-ville"}
    return ProgrammeFact(id=ident, start_year=start, end_year=end, extended_to=extended, **{**defaults, **fields})


def _resolve(make, *acts, date=dt.date(2023, 1, 25)):
    documents = [
        make.document(
            [make.act(title=f"Acte {i}", programmes=programmes)], [make.session(date=date)], file_name=f"{i}.txt"
        )
        for i, programmes in enumerate(acts)
    ]
    found = resolve(documents, Registry())
    return [found[d.sha256].acts[0].programmes for d in documents], found


def test_one_end_and_starts_a_year_apart_are_one_programme(make):
    keys, found = _resolve(make, (_contract(2015, 2020, 2023),), (_contract(2014, 2020, 2023),))
    assert keys[0] == keys[1]
    assert found.programmes[keys[0]["p"]].label == "Contrat de ville 2015-2020"


def test_starts_two_years_apart_are_two(make):
    keys, _ = _resolve(make, (_contract(2013, 2020),), (_contract(2015, 2020),))
    assert keys[0] != keys[1]


def test_another_authority_has_its_own(make):
    documents = [
        make.document(
            [make.act(programmes=(_contract(2024, 2030),))], [make.session(authority=a)], file_name=f"{a}.txt"
        )
        for a in ("Dijon métropole", "Commune de Lannion")
    ]
    found = resolve(documents, Registry())
    assert len({found[d.sha256].acts[0].programmes["p"] for d in documents}) == 2


def test_a_mention_without_years_means_the_one_in_force_in_its_act(make):
    named = (_contract(2015, 2020, 2023), _contract(2024, 2030, ident="q"), _contract(ident="r"))
    keys, _ = _resolve(make, named)
    assert keys[0]["r"] == keys[0]["p"]


def test_the_extension_may_be_told_in_another_act(make):
    named = (_contract(2015, 2020), _contract(ident="r"))
    for acts in ((named, (_contract(2015, 2020, 2023),)), ((_contract(2015, 2020, 2023),), named)):
        keys, _ = _resolve(make, *acts)
        both = next(k for k in keys if "r" in k)
        assert both["r"] == both["p"]


def test_without_a_candidate_it_is_the_programme_in_general(make):
    keys, found = _resolve(make, (_contract(2024, 2030), _contract(ident="r")), (_contract(ident="r"),))
    assert keys[0]["r"] == keys[1]["r"] == "contrat-de-ville"
    assert found.programmes["contrat-de-ville"].start is None


def test_periods_and_families_follow_one_another(make):
    keys, found = _resolve(
        make,
        (_contract(2015, 2020, 2023), _contract(2024, 2030, ident="q")),
        (
            _contract(2019, family="ctair", name="CTAIR"),
            _contract(2022, family="ctai", name="CTAI", ident="q"),
        ),
        (_contract(2007, 2009, family="plie", name="PLIE"), _contract(2015, 2020, family="plie", ident="q")),
    )
    assert [found.programmes[k["q"]].replaces for k in keys] == [(keys[0]["p"],), (keys[1]["p"],), ()]


def test_a_programme_without_a_family_goes_by_its_name(make):
    keys, found = _resolve(
        make,
        (_contract(family=None, name="Lab'Compétences"),),
        (_contract(family=None, name="le Lab’compétences"),),
    )
    assert keys[0] == keys[1]
    assert found.programmes[keys[0]["p"]].label == "Lab'Compétences"

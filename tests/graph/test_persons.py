"""Who is who among persons: what must merge, what must stay apart, what is left for a person to decide."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.resolve import Judgement, Registry, resolve
from graph.resolve.person_nodes import former_signature
from tests.examples import examples
from tests.graph.conftest import members, rosters
from tests.graph.test_incremental import Kept


def _two_seances(make, one, other):
    """Two séances of one authority, each with one member."""
    return [
        make.document(
            [make.act(title=f"Acte {i}")],
            [make.session(make.roster([person]), date=dt.date(2023, i, 1))],
            file_name=f"{i}.txt",
        )
        for i, person in enumerate((one, other), start=1)
    ]


def _keys(documents):
    found = resolve(documents, Registry())
    return {key for d in documents for s in found[d.sha256].sessions for key in s.members}, found


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mme Nuray AKPINAR-ISTIQUAM", "Mme Nuray AKPINAR-ISTIQAM"),
        ("Mme Nuray AKPINAR-ISTIQUAM", "Mme Nuray AKPINAR- ISTIQUAM"),
        ("M. Marien LOVICHICI", "M. Marien LOVICH I"),
        ("M. Patrick BAUDEMONT", "M. Patrick BAUDEMMENT"),
        ("Mme Nadjouda BELHADEF", "Mme Nadjoua BELHADEF"),
        ("M. Hervé DE SAINT-AUBERT", "M. Hervé DE ST-AUBERT"),
        ("Mme Christelle PAGNIEZ", "Mme PAGNIEZ Chr."),
        ("M. Thibaut CORDESSE", "M. Thibault CORDESSE"),
        ("Mme Océane GODARD", "Mme Océane CHARRET-GODARD"),
        ("Océane GODARD", "Océane CHARRET-GODARD"),
        ("M. Jacques CARRELET DE LOISY", "M. Jacques CARRELET-LOISY"),
        ("Mme Noëlle CABBILLARD", "Mme Noelle CABBILLARD"),
        ("M. Jean-marc GONÇALVES", "M. Jean-Marc GONCALVES"),
    ],
)
def test_spellings_of_one_person_merge(make, one, other):
    keys, found = _keys(_two_seances(make, one, other))
    assert len(keys) == 1
    (person,) = found.persons.values()
    assert 0.86 <= person.confidence <= 1
    assert len(person.merges) <= 1
    assert all(match.reasons for match in person.merges)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mme Christine MARTIN", "Mme Dominique MARTIN-GENDRE"),
        ("Mme Céline TONOT", "Mme Céline RABUT"),
        ("M. Jean MARTIN", "M. Paul MARTIN"),
        ("M. Michel DURAND", "Mme Michèle DURAND"),
        ("Mme Marine PETIT", "Mme Martine PETIT"),
        ("M. Jean DUPONT", "M. Jean DUPOND"),
        ("M. Claude RICHARD", "M. Claude RICHAUD"),
        ("M. Jean MARTIN", "M. Jean MARTINEZ"),
        ("M. Jean MARTIN", "M. Jean-Pierre MARTIN"),
    ],
)
def test_different_persons_stay_apart(make, one, other):
    keys, _ = _keys(_two_seances(make, one, other))
    assert len(keys) == 2


def test_an_unsure_pair_is_listed_with_its_reasons(make):
    _, found = _keys(_two_seances(make, "M. Jean DUPONT", "M. Jean DUPOND"))
    (candidate,) = found.candidates
    assert candidate.kind == "person"
    assert 0.7 <= candidate.match.score < 0.86
    assert {reason.feature for reason in candidate.match.reasons} == {"family.typo", "given.identical"}


def test_the_header_and_the_proxies_are_found_in_the_roster(make):
    members = make.roster(
        ["Mme Nuray AKPINAR-ISTIQAM", "M. Antoine HOAREAU", "Mme Christine MARTIN"],
        [
            ("Mme Sladana ZIVKOVIC", "Mme Nuray AKPINAR-ISTIQUAM"),
            ("M. Didier RELOT", "Mme Christine DOS SANTOS ROCHA"),
        ],
    )
    seance = make.session(members, president=make.name("M. HOAREAU"), secretary=make.name("Mme MARTIN"))
    facts = make.document([make.act()], [seance])
    found = resolve([facts], Registry())
    keys = found[facts.sha256].sessions[0]
    assert keys.president == keys.members[1] == "antoine-hoareau"
    assert keys.secretary == keys.members[2]
    assert keys.holders[3] == keys.members[0]
    assert keys.holders[4] not in keys.members
    assert found.persons[keys.holders[4]].names[0].text == "Christine DOS SANTOS ROCHA"
    assert [s.text for s in found.persons["antoine-hoareau"].aliases] == ["HOAREAU"]


def test_a_family_name_borne_by_two_members_means_neither(make):
    seance = make.session(make.roster(["M. Jean MARTIN", "M. Paul MARTIN"]), president=make.name("M. MARTIN"))
    facts = make.document([make.act()], [seance])
    found = resolve([facts], Registry())
    keys = found[facts.sha256].sessions[0]
    assert keys.president not in keys.members
    assert {c.why for c in found.candidates} == {"plusieurs élus de ce nom dans l'assemblée"}


def test_the_honorific_tells_which_of_two(make):
    seance = make.session(make.roster(["M. Jean MARTIN", "Mme Anne MARTIN"]), president=make.name("Mme MARTIN"))
    facts = make.document([make.act()], [seance])
    keys = resolve([facts], Registry())[facts.sha256].sessions[0]
    assert keys.president == keys.members[1]


def test_nobody_holds_their_own_proxy(make):
    seance = make.session(make.roster(["M. Jean MARTIN"], [("M. Paul MARTIN", "M. MARTIN")]))
    facts = make.document([make.act()], [seance])
    keys = resolve([facts], Registry())[facts.sha256].sessions[0]
    assert keys.holders[1] == keys.members[0]


def test_a_family_name_alone_means_the_only_member_of_that_name_in_other_seances(make):
    known = make.document([make.act(title="a")], [make.session(make.roster(["M. François REBSAMEN"]))])
    bare = make.document(
        [make.act(title="b")],
        [make.session((), date=dt.date(2023, 2, 1), president=make.name("M. REBSAMEN"))],
        file_name="b.txt",
    )
    found = resolve([known, bare], Registry())
    assert found[bare.sha256].sessions[0].president == found[known.sha256].sessions[0].members[0]


def test_someone_of_another_organisation_is_no_member_of_that_name(make):
    from extract.facts import OrganisationFact, PersonMentionFact

    outsider = PersonMentionFact(name=make.name("M. HOAREAU"), role="président", organisation="o1")
    deed = make.act(organisations=(OrganisationFact(id="o1", name="Vélo club"),), persons=(outsider,))
    facts = make.document([deed], [make.session(make.roster(["M. Antoine HOAREAU"]))])
    found = resolve([facts], Registry())
    assert found[facts.sha256].acts[0].persons[0] != found[facts.sha256].sessions[0].members[0]


def test_persons_of_two_authorities_are_apart(make):
    documents = [
        make.document(
            [make.act()],
            [make.session(make.roster(["M. Jean MARTIN"]), authority=authority, body="Conseil municipal")],
            file_name=f"{authority}.txt",
        )
        for authority in ("Commune de Lannion", "Commune de Cachan")
    ]
    keys, _ = _keys(documents)
    assert len(keys) == 2


def test_one_entry_told_in_two_parts_is_one_person(make):
    from extract.facts import AttendanceFact

    late = AttendanceFact(member=make.name("M. Jean MARTIN"), status="absent", valid_until="point 5")
    then = AttendanceFact(member=make.name("M. Jean MARTIN"), status="present", valid_from="point 5")
    facts = make.document([make.act()], [make.session((late, then))])
    keys = resolve([facts], Registry())[facts.sha256].sessions[0]
    assert keys.members[0] == keys.members[1]


_GIVEN = st.sampled_from(["Jean", "Marie", "Nadjoua", "Nadjouda", "Marien", "Anne", "J.", "Océane"])
_FAMILY = st.sampled_from(
    ["MARTIN", "MARTINS", "MARTIN-GENDRE", "GENDRE", "LOVICHICI", "LOVICH I", "BELHADEF", "BELHADEFF", "DE LOISY"]
)
_NAMES = st.lists(st.builds(lambda g, f: f"{g} {f}", _GIVEN, _FAMILY), min_size=1, max_size=8)


@settings(max_examples=examples(30), deadline=None)
@given(rosters=st.lists(_NAMES, min_size=1, max_size=5))
def test_two_entries_of_one_roster_are_never_one_person(make, rosters):
    documents = [
        make.document(
            [make.act(title=f"Acte {i}")],
            [make.session(make.roster(names), date=dt.date(2023, 1, 1 + i))],
            file_name=f"{i}.txt",
        )
        for i, names in enumerate(rosters)
    ]
    found = resolve(documents, Registry())
    for document, names in zip(documents, rosters, strict=True):
        assert len(set(found[document.sha256].sessions[0].members)) == len(names)


def _seance(make, members, year, **fields):
    name = "-".join((*members, str(year), *map(str, fields.values())))
    return make.document(
        [make.act(title=name)],
        [make.session(make.roster(members), date=dt.date(year, 9, 1), **fields)],
        file_name=f"{name}.txt",
    )


def test_initials_are_the_only_member_they_fit_in_their_term(make):
    documents = [
        _seance(make, ["M. Alain MARSEC", "Mme Anne PETIT"], 2016),
        _seance(make, ["A. MARSEC"], 2017),
        _seance(make, ["M. Antoine MARSEC"], 2021),
    ]
    found = resolve(documents, Registry())
    alain, short, antoine = (found[d.sha256].sessions[0].members[0] for d in documents)
    assert short == alain != antoine


def test_initials_that_fit_two_members_are_left_for_review(make):
    documents = [_seance(make, ["M. Alain MARSEC", "M. Antoine MARSEC"], 2016), _seance(make, ["A. MARSEC"], 2017)]
    found = resolve(documents, Registry())
    assert len(found.persons) == 3
    assert {c.why for c in found.candidates} == {"plusieurs élus de ce nom dans l'assemblée"}


@pytest.mark.parametrize(("last", "persons"), [(2013, 1), (2021, 2)])
def test_a_common_name_met_again_after_twelve_years_is_asked_about(make, last, persons):
    found = resolve([_seance(make, ["M. Jean MARTIN"], 2003), _seance(make, ["M. Jean MARTIN"], last)], Registry())
    assert len(found.persons) == persons
    assert len(found.candidates) == persons - 1


def test_two_lists_else_the_same_tell_a_slip_of_the_pen(make):
    others = [f"M. Paul {name}" for name in ("ADAM", "BLOT", "CARON", "DENIS", "ERARD", "FABRE", "GENIN", "HUARD")]
    documents = [_seance(make, [*others, "M. Jean DUPONT"], 2016), _seance(make, [*others, "M. Jean DUPOND"], 2017)]
    keys, found = _keys(documents)
    assert len(keys) == 9
    (person,) = [p for p in found.persons.values() if len(p.signatures) > 1]
    assert "roster.seat" in {reason.feature for match in person.merges for reason in match.reasons}


def test_in_a_list_of_initials_m_is_one_of_them(make):
    documents = [
        _seance(make, ["Mme Martine BLANC", "M. Jean ADAM", "M. Luc PETIT"], 2016),
        _seance(make, ["M. BLANC", "J. ADAM", "L. PETIT"], 2017),
    ]
    assert len(resolve(documents, Registry()).persons) == 3


def _as_before(registry):
    """The registry as a release left it that told no term of office in the signatures of persons."""
    db = registry.connection
    rows = db.execute("SELECT signature, key FROM signature WHERE kind = 'person'").fetchall()
    db.execute("DELETE FROM signature WHERE kind = 'person'")
    for signature, key in rows:
        db.execute("INSERT OR IGNORE INTO signature VALUES ('person', ?, ?)", (former_signature(signature), key))
    for (founder,) in db.execute("SELECT founder FROM entity WHERE kind = 'person'").fetchall():
        db.execute("UPDATE entity SET founder = ? WHERE founder = ?", (former_signature(founder), founder))


def test_persons_keep_the_keys_of_a_release_that_told_no_terms(make):
    documents = rosters(make, "M. Jean DUPONT", "Mme Anne PETIT", "M. Jean DUPOND")
    registry = Registry()
    before = members(documents, resolve(documents, registry))
    _as_before(registry)
    assert members(documents, resolve(documents, registry)) == before
    assert members(documents, resolve(documents, registry)) == before


def test_a_judgement_of_such_a_release_still_holds(make):
    documents = rosters(make, "M. Jean DUPONT", "Mme Anne PETIT")
    registry = Registry()
    resolve(documents, registry)
    scope = "dijon-metropole"
    judgement = Judgement(
        verb="merge",
        left="person/jean-dupont",
        right="person/anne-petit",
        left_signatures=(f"{scope}|dupont|jean",),
        right_signatures=(f"{scope}|petit|anne",),
        author="m",
        date=dt.date(2024, 1, 1),
        reason="r",
    )
    first, second = members(documents, resolve(documents, registry, [judgement]))
    assert first == second


@settings(max_examples=examples(15), deadline=None)
@given(data=st.data())
def test_documents_without_a_date_come_and_go_too(make, data):
    """Their signatures are those of a release that told no terms."""
    names = ["M. Jean DUPONT", "M. Jean DUPOND", "Mme Anne PETIT"]
    dates = [None, dt.date(2009, 1, 1), dt.date(2023, 1, 1)]
    documents = [
        make.document([make.act()], [make.session(make.roster([name]), date=date)], file_name=f"{name} {date}.txt")
        for name in names
        for date in dates
    ]
    kept = Kept(documents)
    for _ in range(data.draw(st.integers(2, 5))):
        kept.check(data.draw(st.lists(st.sampled_from(documents), unique_by=id)))

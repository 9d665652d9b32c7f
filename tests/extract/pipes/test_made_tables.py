"""Tables and lists of grants composed from parts (``made_tables``): what is written is read back, and nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract.facts import ActFacts, OrganisationFact
from extract.text import key
from tests.examples import examples
from tests.extract.pipes.made_tables import Made, made_list, made_table

Act = Callable[..., ActFacts]
_BESIDE = ("le ", "la ", "les ", "l ", "association ")


def bare(name: str) -> str:
    """A name as it is compared: without article, nor the kind that a table may leave off."""
    found = key(name)
    for word in _BESIDE:
        found = found.removeprefix(word)
    return found


def names(organisation: OrganisationFact) -> set[str]:
    """All names under which an organisation is known, the brackets after them left off too."""
    told = {organisation.name, *organisation.aliases, *([organisation.sigle] if organisation.sigle else [])}
    return {bare(name) for name in told}


def read(act: Act, made: Made, published: float = 0.0) -> tuple[Counter[tuple[str, int]], Counter[tuple[str, int]]]:
    """What was read and not written, and what was written and not read; what is less sure than ``published`` is not."""
    facts = act(made.decision, body=made.body, title=made.title)
    organisations = {o.id: o for o in facts.organisations}
    wanted = [(bare(name), bare(name.split("(")[0]), value) for name, value in made.granted]
    wrong: Counter[tuple[str, int]] = Counter()
    for funding in (f for f in facts.fundings if f.status == "awarded" and f.confidence >= published):
        if funding.part_of and f"dont {funding.amount} €" in made.body:
            continue  # a part that its row tells
        receiver = organisations.get(funding.beneficiary or "")
        known = names(receiver) if receiver else set()
        hit = next((w for w in wanted if w[2] == funding.amount and (w[0] in known or w[1] in known)), None)
        if hit is None:
            wrong[receiver.name if receiver else funding.private_name or "?", int(funding.amount or 0)] += 1
        else:
            wanted.remove(hit)
    return wrong, Counter((name, value) for name, _, value in wanted)


def read_all(
    act: Act, made: Callable[[Random], Made], seeds: int, published: float
) -> tuple[int, list[object], list[object]]:
    """How many grants the texts of as many seeds tell, those that were missed and those that were read wrongly."""
    told, missed, wrong = 0, list[object](), list[object]()
    for seed in range(seeds):
        drawn = made(Random(seed))
        invented, left = read(act, drawn, published)
        told += len(drawn.granted)
        missed += [(seed, each) for each in left]
        wrong += [(seed, each) for each in invented]
    return told, missed, wrong


ordinary = settings(
    max_examples=examples(30), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@ordinary
@given(st.integers(0, 10**6))
def test_a_table_of_any_columns_heads_and_setting_is_read_back(act: Act, seed: int) -> None:
    made = made_table(Random(seed))
    assert read(act, made) == (Counter(), Counter()), f"{made.traits}\n{made.body}\n{made.decision}"


@ordinary
@given(st.integers(0, 10**6))
def test_a_list_by_lines_or_in_a_sentence_is_read_back(act: Act, seed: int) -> None:
    made = made_list(Random(seed))
    assert read(act, made) == (Counter(), Counter()), f"{made.traits}\n{made.body}\n{made.decision}"


def granted(facts: ActFacts) -> dict[str, int]:
    """Receiver → sum."""
    told = {o.id: o.name for o in facts.organisations}
    return {told.get(f.beneficiary or "", f.private_name or ""): int(f.amount or 0)
            for f in facts.fundings if f.status == "awarded" and f.part_of is None}  # fmt: skip


AS_TABLE = "- d'attribuer les subventions figurant au tableau ci-dessus ;"
LEAD = "Il est proposé d'allouer les subventions suivantes :"


@pytest.mark.parametrize(
    ("table", "wanted"),
    [
        pytest.param(
            "Canton\tMaître d'ouvrage\tOpération\tDépense subventionnable HT\tTaux\tSubvention\n"
            "Valmore-Nord\tVille d'Arlan\tToiture de l'école\t48 200 €\t25 %\t12 050 €\n"
            "Valmore-Sud\tVille de Brény\tColumbarium\t8 400 €\t25 %\t2 100 €",
            {"Ville d'Arlan": 12050, "Ville de Brény": 2100},
            id="who-builds-receives-not-the-canton-nor-the-work",
        ),
        pytest.param(
            "Association\nRendez-vous\nBudget prévu\nVoté\nCap Sud\nNuit des contes\n900 €\n300 €\n"
            "Horizon\nStage\n800 €\n200 €\nTOTAL\n1 700 €\n500 €",
            {"Cap Sud": 300, "Horizon": 200},
            id="heads-of-unknown-words-by-the-rhythm-of-the-rows",
        ),
        pytest.param(
            "Association\nMontant en €\nObjet\nCap Sud\n300\nFonctionnement\nHorizon\n1 200\nTournoi\nTOTAL\n1 500",
            {"Cap Sud": 300, "Horizon": 1200},
            id="words-after-the-figures",
        ),
        pytest.param(
            "Association Montant demandé Montant voté\nCap Sud 1 200 1 000\nLes Amis de la Rue 300 200\n"
            "Total 1 500 1 200",
            {"Cap Sud": 1000, "Amis de la Rue": 200},
            id="one-space-between-cells",
        ),
        pytest.param(
            "Association\tFonction\tSubvention 2024 votée\nCap Sud\tAchats\t2000\nHorizon\tFête\t1990",
            {"Cap Sud": 2000, "Horizon": 1990},
            id="sums-that-look-like-years",
        ),
        pytest.param(
            "Associations\tMontant\nCoopérative scolaire de\t450 €\nl'école Jules-Ferry\nJudo Club\t200 €\n"
            "Secours Populaire du\t300 €\nPays d'Arlan\nCap Sud\t100 €",
            {"Coopérative scolaire de l'école Jules-Ferry": 450, "Judo Club": 200,
             "Secours Populaire du Pays d'Arlan": 300, "Cap Sud": 100},
            id="wrapped-names",
        ),
        pytest.param(
            "Porteur\tProjet\tQuartier\tProposition\nCap Sud\tPermanences d'accès aux\ndroits\tLes deux\t7 000 €\n"
            "Horizon\tStage\tCentre\t500 €\nLes Genêts\tFête\tCentre\t300 €",
            {"Cap Sud": 7000, "Horizon": 500, "Les Genêts": 300},
            id="a-row-cut-inside-a-cell",
        ),
        pytest.param(
            "Maternelle\t34 élèves x 1 402,50 €\t47 685,00 €\nÉlémentaire\t61 élèves x 468,20 €\t28 560,20 €\n"
            "Total\t76 245,20 €",
            {},
            id="levels-are-nobody",
        ),
    ],
)  # fmt: skip
def test_columns_by_head_and_content(act: Act, table: str, wanted: dict[str, int]) -> None:
    facts = act(AS_TABLE, body=f"{LEAD}\n\n{table}\n\nLa commission est favorable.")
    found = granted(facts)
    if "Secours populaire français" in found:  # the branch is known as one of the national body
        found["Secours Populaire du Pays d'Arlan"] = found.pop("Secours populaire français")
    assert found == wanted


def test_more_columns_of_figures_than_heads_are_granted_to_nobody(act: Act) -> None:
    """Which of two columns is the grant cannot be known: no flow is better than a wrong one."""
    table = "Association\nMontant\nCap Sud\n900\n300\nHorizon\n800\n200\nLes Genêts\n700\n100"
    assert granted(act(AS_TABLE, body=f"{LEAD}\n\n{table}\n\nLa commission est favorable.")) == {}


def test_a_column_for_each_purpose(act: Act) -> None:
    table = "Association\tFonctionnement\tManifestation\nCap Sud\t900 €\t300 €\nHorizon\t500 €\t\nTOTAL\t1 400 €\t300 €"
    facts = act(AS_TABLE, body=f"{LEAD}\n\n{table}\n\nLa commission est favorable.")
    told = {o.id: o.name for o in facts.organisations}
    found = sorted((told[f.beneficiary or ""], int(f.amount or 0)) for f in facts.fundings if f.status == "awarded")
    assert found == [("Cap Sud", 300), ("Cap Sud", 900), ("Horizon", 500)]


def test_private_persons_beside_the_associations_that_take_them(act: Act) -> None:
    table = ("N° / NOM ET PRENOM / ASSOCIATION D'ACCUEIL / MONTANT ACCORDE\n1\nLéa DUVIVIER\nCap Sud\n700,00 €\n2\n"
             "Noé MARCHAND\nHorizon\n900,00 €\nTOTAL : 1 600,00 €")  # fmt: skip
    facts = act(
        "- d'attribuer les bourses au permis ;", body=f"Les bourses proposées sont :\n\n{table}\n\nAvis favorable."
    )
    told = [(f.beneficiary, f.private_name, int(f.amount or 0)) for f in facts.fundings if f.status == "awarded"]
    assert told == [(None, "Léa DUVIVIER", 700), (None, "Noé MARCHAND", 900)]


@pytest.mark.parametrize(
    "sentence",
    [
        "décide d'attribuer pour 2024 : Comité des fêtes 400 €, ACCA 150 €, Les Genêts d'Or (aînés) 250 €.",
        "vote les subventions suivantes :\nComité des fêtes : 400 € ; ACCA : 150 € ; Les Genêts d'Or (aînés) : 250 €",
        "attribue les subventions suivantes : 400 € au Comité des fêtes, 150 € à l'ACCA et 250 € aux Genêts d'Or.",
        "accorde les aides suivantes :\nComité des fêtes 400 €, ACCA 150 €, Les\nGenêts d'Or 250 €.",
    ],
)
def test_a_list_in_a_sentence(act: Act, sentence: str) -> None:
    facts = act(f"- {sentence}")
    assert sorted(granted(facts).values()) == [150, 250, 400]
    told = {bare(name) for name in granted(facts)}
    assert {"comite des fetes", "acca"} <= told or "comite des fetes" in told
    assert any("genets d or" in name for name in told)


def test_what_a_sentence_lists_of_a_plan_is_no_grant(act: Act) -> None:
    facts = act("- d'approuver le plan de financement : État 30 000 €, Région 20 000 €, Commune 10 000 €.")
    assert granted(facts) == {}

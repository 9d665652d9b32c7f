"""Votes: the grid in its spacings, the sentences of other authorities, the voters named."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract.facts import PersonName, VoteFacts
from extract.header import read_session
from extract.header.vote import read_vote
from extract.segment import segment
from extract.text import key
from extract.view import view
from tests.examples import examples

Act = Callable[..., str]
FIELDS = {
    "votes_for": "pour",
    "votes_against": "contre",
    "abstentions": "abstention",
    "not_voting": "nppv",
    "proxy_votes": "procurations",
    "unanimous": "unanimite",
}
VOTERS = {"voted_against_by": "contre_par", "abstained_by": "abstention_par", "not_voting_by": "nppv_par"}
DECIDED = "Le Bureau, après en avoir délibéré, décide :\n\n- d'approuver la convention."


def vote_of(text: str) -> VoteFacts | None:
    text = view(text).text
    layout = segment(text)[0]
    session = read_session(text, layout, lambda _offset: 1)
    return read_vote(text, layout, session, lambda _offset: 1)


def told(text: str) -> VoteFacts:
    vote = vote_of(text)
    assert vote is not None
    return vote


def figures(vote: VoteFacts) -> tuple[int | None, ...]:
    return vote.votes_for, vote.votes_against, vote.abstentions, vote.not_voting, vote.proxy_votes


def names(people: tuple[PersonName, ...]) -> list[str]:
    return [person.written for person in people]


def test_the_vote_is_that_of_the_annotation(gold: tuple[str, dict[str, Any]]) -> None:
    text, want = gold
    vote = told(text)
    for field, told_as in FIELDS.items():
        assert getattr(vote, field) == want["votes"].get(told_as), field
    for field, told_as in VOTERS.items():
        found = sorted(key(name) for name in names(getattr(vote, field)))
        assert found == sorted(key(name) for name in want["votes"].get(told_as, [])), field
    assert vote.outcome in ("adopted", "noted")
    assert vote.evidence


COUNT = st.one_of(st.none(), st.integers(0, 140))
BLANK = st.sampled_from(["", "/", "-"])


def cell(label: str, count: int | None, blank: str) -> str:
    return f"{label} : {blank if count is None else count}"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=examples(16), deadline=None)
@given(
    counts=st.tuples(COUNT, COUNT, COUNT, COUNT),
    proxies=COUNT,
    blank=BLANK,
    order=st.permutations(range(4)),
    layout=st.sampled_from(["tabs", "spaces", "lines"]),
    spelling=st.sampled_from(
        ["DONT {} PROCURATION(S)", "dont {} procurations", "DONT {} POUVOIR(S)", "DONT : {} PROCURATION"]
    ),
)
def test_any_grid(
    act: Act,
    counts: tuple[int | None, ...],
    proxies: int | None,
    blank: str,
    order: list[int],
    layout: str,
    spelling: str,
) -> None:
    labels = ["POUR", "CONTRE", "ABSTENTION", "NE SE PRONONCE PAS"]
    cells = [cell(labels[i], counts[i], blank) for i in order]
    gap = {"tabs": "\t", "spaces": " ", "lines": "\n"}[layout]
    grid = f"SCRUTIN{gap}{cells[0]}{gap}{cells[1]}\n{gap}{cells[2]}{gap}{cells[3]}"
    if proxies is not None:
        grid += f"\n{gap}{spelling.format(proxies)}{gap}"
    assert figures(told(act(vote=grid.replace("\n\n", "\n")))) == (*counts, proxies)


@pytest.mark.parametrize(
    ("sentence", "want"),
    [
        ("Adopté par 34 voix pour, 2 contre et 1 abstention.", (34, 2, 1, None, None)),
        ("Vote : 14 pour / 0 contre / 0 abstention", (14, 0, 0, None, None)),
        ("VOTE : 0 contre, 0 abstention, 11 pour", (11, 0, 0, None, None)),
        ("Adopté avec 76 voix pour, 0 contre et deux abstentions.", (76, 0, 2, None, None)),
        ("Adopté par 18 voix.", (18, None, None, None, None)),
        ("Adoptée par 46 voix pour, une abstention, 5 ne prenant pas part au vote.", (46, None, 1, 5, None)),
        ("POUR : 14  CONTRE : /  ABSTENTIONS : /", (14, None, None, None, None)),
        ("Ont voté pour : 12\nOnt voté contre : 3\nSe sont abstenus : 1", (12, 3, 1, None, None)),
    ],
)
def test_votes_in_a_sentence(act: Act, sentence: str, want: tuple[int | None, ...]) -> None:
    assert figures(told(act(decision=DECIDED, vote=sentence))) == want


@pytest.mark.parametrize(
    ("decision", "sentence", "unanimous"),
    [
        (DECIDED, "Délibération adoptée à l'unanimité des membres présents.", True),
        ("Le Conseil, après en avoir délibéré à l'unanimité :\n\n- d'approuver.", "", True),
        (
            "Le Conseil, après en avoir délibéré, à l'unanimité, décide :\n\n- d'approuver.",
            "SCRUTIN POUR : 9",
            True,
        ),
        ("Le Conseil, après en avoir délibéré, à la majorité, décide :\n\n- d'approuver.", "", False),
        (DECIDED, "SCRUTIN POUR : 9 CONTRE : 0 ABSTENTION : 0", None),
        (DECIDED, "VOTE : UNANIMITÉ", True),
    ],
)
def test_unanimity_only_where_the_vote_says_so(act: Act, decision: str, sentence: str, unanimous: bool | None) -> None:
    unrelated = "La commission des finances a donné un avis favorable à l'unanimité par 7 voix pour et 3 contre."
    vote = told(act(exposé=unrelated, decision=decision, vote=sentence))
    assert vote.unanimous is unanimous
    assert vote.votes_against in (None, 0)


@pytest.mark.parametrize(
    ("sentence", "outcome"),
    [
        ("La délibération est rejetée par 6 voix contre et 5 pour.", "rejected"),
        ("SCRUTIN POUR : 5 CONTRE : 6 ABSTENTION : 0", "rejected"),
        ("SCRUTIN POUR : 6 CONTRE : 5 ABSTENTION : 0", "adopted"),
        ("Adopté à l'unanimité.", "adopted"),
    ],
)
def test_the_outcome(act: Act, sentence: str, outcome: str) -> None:
    assert told(act(decision=DECIDED, vote=sentence)).outcome == outcome


def test_an_act_that_only_takes_note(act: Act) -> None:
    text = act(decision="Le Conseil, après en avoir délibéré :\n\n- prend acte du rapport.", vote="")
    assert told(text).outcome == "noted"


PRESENT = "Monsieur Bruno MARSEC\tMadame Carla NOIR\nMonsieur Éric PONT\tMadame Zoé DE LA TOUR"


@pytest.mark.parametrize(
    ("sentence", "field", "want"),
    [
        ("Madame Carla NOIR ne prend pas part au vote.", "not_voting_by", ["Carla NOIR"]),
        ("M. Éric PONT et Mme NOIR ne prennent pas part au vote.", "not_voting_by", ["Éric PONT", "Carla NOIR"]),
        (
            "Madame NOIR, présidente du club, n'a pris part ni au débat ni au vote.",
            "not_voting_by",
            ["Carla NOIR"],
        ),
        ("Monsieur Éric PONT s'abstient.", "abstained_by", ["Éric PONT"]),
        ("S'est abstenu : Monsieur Éric PONT.", "abstained_by", ["Éric PONT"]),
        ("Abstention de M. Éric PONT et Mme Zoé DE LA TOUR.", "abstained_by", ["Éric PONT", "Zoé DE LA TOUR"]),
        ("Adopté par 3 voix pour et 1 abstention (Mme NOIR).", "abstained_by", ["Carla NOIR"]),
        (
            "Adopté par 2 voix pour et 2 abstentions : Éric PONT, Carla NOIR.",
            "abstained_by",
            ["Éric PONT", "Carla NOIR"],
        ),
        ("Ont voté contre : M. PONT et Mme DE LA TOUR.", "voted_against_by", ["Éric PONT", "Zoé DE LA TOUR"]),
        ("Madame Carla NOIR vote contre.", "voted_against_by", ["Carla NOIR"]),
    ],
)
def test_named_voters(act: Act, sentence: str, field: str, want: list[str]) -> None:
    vote = told(act(present=PRESENT, decision=f"{DECIDED}\n\n{sentence}"))
    assert names(getattr(vote, field)) == want
    for other in VOTERS.keys() - {field}:
        assert getattr(vote, other) == ()


def test_a_member_who_leaves_is_named_even_above_the_decision(act: Act) -> None:
    text = act(exposé="Le club demande une aide.\n\nMadame Carla NOIR quitte la salle et ne prend pas part au vote.")
    vote = told(text)
    assert names(vote.not_voting_by) == ["Carla NOIR"]
    assert [text[e.start : e.end] for e in vote.evidence][1].startswith("Madame Carla NOIR quitte")


def test_no_vote_told(act: Act) -> None:
    assert vote_of(act(decision="Le rapport est présenté aux membres.", vote="")) is None


TOLD = [
    ("Résultat du vote à main levée : 6 voix Contre, 0 Abstention, 5 pour.", (5, 6, 0, None, None), "rejected"),
    ("Résultat du scrutin : adoptée. Votants 12 – Pour 9 – Contre 0 – Abstentions 3", (9, 0, 3, None, None), "adopted"),
    ("Adopté à l'unanimité : [ ] majorité : [X]\nContre :   Abstention : 2", (None, None, 2, None, None), "adopted"),
    ("ONT VOTÉ POUR : 14 ONT VOTÉ CONTRE : / SE SONT ABSTENUS : /", (14, None, None, None, None), "adopted"),
    ("Vote : 10 pour / 0 contre / 1 abstention (M. MARSEC)", (10, 0, 1, None, None), "adopted"),
    ("Adopté à l'unanimité des votants (8 voix).", (8, None, None, None, None), "adopted"),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "want", "outcome"), TOLD)
def test_votes_of_other_layouts(act: Act, sentence: str, want: tuple[int | None, ...], outcome: str) -> None:
    vote = told(act(decision=DECIDED, vote=sentence))
    assert (figures(vote), vote.outcome) == (want, outcome)


@pytest.mark.parametrize(
    "trap",
    [
        "Vu l'avis favorable de la commission des sports : 21 pour, 2 contre, 3 abstentions ;",
        "Le procès-verbal de la séance du 12 janvier est adopté à l'unanimité.",
        "Madame Carla NOIR est élue secrétaire à l'unanimité.",
        "Les habitants consultés ont répondu par 30 voix pour et 12 contre.",
    ],
)
def test_the_vote_of_others_is_not_the_act_s(act: Act, trap: str) -> None:
    vote = told(act(exposé=trap, decision=DECIDED, vote="Adopté par 11 voix pour."))
    assert (figures(vote), vote.unanimous) == ((11, None, None, None, None), None)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=examples(15), deadline=None)
@given(
    counts=st.tuples(st.integers(0, 140), st.integers(0, 140), st.integers(0, 140)),
    order=st.permutations(range(3)),
    form=st.sampled_from(
        ["{n} {label}", "{n} voix {label}", "{label} : {n}", "{label} {n}", "{n} {LABEL}"],
    ),
    sign=st.sampled_from([", ", " – ", " / "]),
)
def test_any_counts_in_any_order(
    act: Act, counts: tuple[int, int, int], order: list[int], form: str, sign: str
) -> None:
    labels = ["pour", "contre", "abstention"]
    cells = [form.format(n=counts[i], label=labels[i], LABEL=labels[i].upper()) for i in order]
    vote = told(act(decision=DECIDED, vote=f"Vote : {sign.join(cells)}"))
    assert (vote.votes_for, vote.votes_against, vote.abstentions) == counts


def test_voters_in_brackets_and_without_civility(act: Act) -> None:
    vote = told(
        act(
            decision=DECIDED,
            vote="Vote : 9 pour, 1 contre (Bruno MARSEC), 0 abstention, Carla NOIR, trésorière du club, ne votant pas.",
        )
    )
    assert (names(vote.voted_against_by), names(vote.not_voting_by)) == (["Bruno MARSEC"], ["Carla NOIR"])
    assert (vote.votes_against, vote.not_voting) == (1, 1)


TICKED, EMPTY = ["☒", "☑", "[X]", "[x]", "(x)", "■"], ["☐", "□", "[ ]", "[]", "( )", "▢"]


@pytest.mark.parametrize(("full", "blank"), list(zip(TICKED, EMPTY, strict=True)))
@pytest.mark.parametrize(
    "form", ["{0} Adopté {1} Rejeté", "Adopté {0} Rejeté {1}", "{0} Adopté\n{1} Rejeté", "Adopté : {0}\nRejeté : {1}"]
)
def test_the_ticked_box_is_the_outcome(act: Act, full: str, blank: str, form: str) -> None:
    for boxes, outcome in (((full, blank), "adopted"), ((blank, full), "rejected")):
        vote = told(act(decision=DECIDED, vote="Vote :\n" + form.format(*boxes) + "\nPour : 11 Contre : 0"))
        assert vote.outcome == outcome, form.format(*boxes)


def test_only_the_ticked_majority_is_told(act: Act) -> None:
    vote = "Vote :\n{} Adopté à l'unanimité\n{} Adopté à la majorité  Pour : 11\n[ ] Rejeté"
    assert told(act(decision=DECIDED, vote=vote.format("[X]", "[ ]"))).unanimous is True
    assert told(act(decision=DECIDED, vote=vote.format("[ ]", "[X]"))).unanimous is False


def test_the_vote_on_one_row_of_a_list_is_not_that_of_the_act(act: Act) -> None:
    rows = "- Comité des fêtes : 900 €\n- Radio Val : demande de 200 € non retenue (6 voix contre, 4 pour)"
    vote = told(act(exposé=rows, decision=DECIDED, vote="Adopté par 11 voix pour."))
    assert (figures(vote)[0], vote.outcome) == (11, "adopted")

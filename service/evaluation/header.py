"""Scores of what frames an act: séance, number, title and theme, scrutin, roster and proxies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode

from ontology.terms import DCT, DG, ELI, FOAF, ORG, SKOS
from service.evaluation.gold import Gold
from service.evaluation.names import TITLE, any_same, normal, person, same
from service.evaluation.published import Node, Published
from service.evaluation.tally import Tally

_SESSION, _TITLE, _VOTE = "séance", "objet", "scrutin"
#: A body may be named with its authority: "Bureau métropolitain de Dijon métropole".
_BODY = 0.8


@dataclass(frozen=True)
class Entry:
    """One attendance: the normal forms of its member's names, of its proxy holder's, and its status."""

    node: Node
    names: frozenset[str]
    holders: frozenset[str]
    status: str


def score_header(pub: Published, acts: Sequence[Node], name: str, gold: Gold, tally: Tally) -> None:
    """Séance, object and scrutin of one act."""
    sessions = [session for act in acts for session in pub.nodes(act, DG.session)]
    _score_dates(pub, sessions, name, gold, tally)
    _score_body(pub, sessions, name, gold, tally)
    for key, predicate in (("president", DG.president), ("secretaire", DG.secretary)):
        if wanted := getattr(gold, key):
            people = [who for session in sessions for who in pub.nodes(session, predicate)]
            names = pub.texts(people, FOAF.name, SKOS.altLabel)
            right = any(person(found) == person(wanted) for found in names)
            tally.value(_SESSION, name, right=right, found=names[0] if names else None)
    counts = (
        (gold.effectif.en_exercice, DG.membersInOffice),
        (gold.effectif.presents, DG.presentCount),
        (gold.effectif.procurations, DG.proxyCount),
    )
    for wanted, predicate in counts:
        _score_number(pub, sessions, predicate, wanted, _SESSION, name, tally)
    _score_object(pub, acts, name, gold, tally)
    _score_vote(pub, acts, name, gold, tally)


def _score_dates(pub: Published, sessions: Sequence[Node], name: str, gold: Gold, tally: Tally) -> None:
    for wanted, predicate in ((gold.date_seance, DCT.date), (gold.date_convocation, DG.convocationDate)):
        if wanted:
            found = pub.text(sessions, predicate)
            tally.value(_SESSION, name, right=found is not None and found[:10] == wanted, found=found)


def _score_body(pub: Published, sessions: Sequence[Node], name: str, gold: Gold, tally: Tally) -> None:
    bodies = [body for session in sessions for body in pub.nodes(session, DG.governingBody)]
    if gold.organe:
        found = pub.text(bodies, SKOS.prefLabel)
        right = found is not None and (same(found, gold.organe, _BODY) or normal(gold.organe) in normal(found))
        tally.value(_SESSION, name, right=right, found=found)
    if gold.collectivite:
        authorities = [unit for body in bodies for unit in pub.nodes(body, ORG.unitOf)]
        names = pub.texts(authorities, SKOS.prefLabel, SKOS.altLabel)
        right = any_same(names, [gold.collectivite])
        tally.value(_SESSION, name, right=right, found=names[0] if names else None)


def _score_object(pub: Published, acts: Sequence[Node], name: str, gold: Gold, tally: Tally) -> None:
    if gold.numero:
        number = pub.text(acts, ELI.id_local)
        right = number is not None and normal(number) == normal(gold.numero)
        tally.value(_TITLE, name, right=right, found=number)
    if gold.objet:
        title = pub.text(acts, ELI.title)
        right = title is not None and same(title, gold.objet, TITLE)
        tally.value(_TITLE, name, right=right, found=title)
    if gold.theme:
        themes = [theme for act in acts for theme in pub.nodes(act, ELI.is_about)]
        names = pub.texts(themes, SKOS.prefLabel, SKOS.altLabel)
        right = any_same(names, [gold.theme], TITLE)
        tally.value(_TITLE, name, right=right, found=names[0] if names else None)


def _score_vote(pub: Published, acts: Sequence[Node], name: str, gold: Gold, tally: Tally) -> None:
    votes = [vote for act in acts for vote in pub.nodes(act, DG.vote)]
    counts = (
        (gold.votes.pour, DG.votesFor),
        (gold.votes.contre, DG.votesAgainst),
        (gold.votes.abstention, DG.abstentions),
        (gold.votes.nppv, DG.notVoting),
    )
    for wanted, predicate in counts:
        _score_number(pub, votes, predicate, wanted, _VOTE, name, tally)
    if gold.votes.unanimite is not None:
        found = pub.text(votes, DG.unanimous)
        right = (found in {"true", "1"}) == gold.votes.unanimite
        tally.value(_VOTE, name, right=found is not None and right, found=found)


def _score_number(
    pub: Published, nodes: Sequence[Node], predicate: str, wanted: int | None, field: str, name: str, tally: Tally
) -> None:
    if wanted is not None:
        found = pub.text(nodes, predicate)
        tally.value(field, name, right=found == str(wanted), found=found)


def score_roster(pub: Published, acts: Sequence[Node], name: str, gold: Gold, tally: Tally) -> None:
    """Présents, absents and pouvoirs."""
    roster = _roster(pub, acts)
    for field, wanted, status in (("présents", gold.presents, "Present"), ("absents", gold.absents, "Absent")):
        if wanted is not None:
            _score_members(roster, wanted, status, field, name, tally)
    if gold.pouvoirs is not None or gold.procurations_sans_mandataire is not None:
        _score_proxies(roster, name, gold, tally)


def _roster(pub: Published, acts: Sequence[Node]) -> list[Entry]:
    sessions = {session for act in acts for session in pub.nodes(act, DG.session)}
    nodes = {node for session in sessions for node in pub.subjects(DG.session, session)}
    entries = []
    for node in sorted(nodes, key=str):
        names = pub.texts(pub.nodes(node, DG.member), FOAF.name, SKOS.altLabel)
        status = next((s.value for s in pub.nodes(node, DG.status) if isinstance(s, NamedNode)), None)
        if "Attendance" in pub.classes(node) and names and status:
            holders = pub.texts(pub.nodes(node, DG.proxyHolder), FOAF.name, SKOS.altLabel)
            local = status.removeprefix(str(DG))
            entries.append(Entry(node, frozenset(map(person, names)), frozenset(map(person, holders)), local))
    return entries


def _score_members(
    roster: Sequence[Entry], wanted: Sequence[str], status: str, field: str, name: str, tally: Tally
) -> None:
    tally.score(field)
    used: set[Node] = set()
    for who in wanted:
        entry = _find(roster, who)
        if entry and entry.status == status and entry.node not in used:
            tally.hit(field)
            used.add(entry.node)
        else:
            tally.miss(field, name, who)
    _extra(roster, status, used, field, name, tally)


def _score_proxies(roster: Sequence[Entry], name: str, gold: Gold, tally: Tally) -> None:
    field = "pouvoirs"
    tally.score(field)
    used: set[Node] = set()
    wanted = [(giver, None) for giver in gold.procurations_sans_mandataire or ()] + list(gold.pouvoirs or ())
    for giver, holder in wanted:
        entry = _find(roster, giver)
        held = entry is not None and (person(holder) in entry.holders if holder else not entry.holders)
        if entry and held and entry.status == "Represented" and entry.node not in used:
            tally.hit(field)
            used.add(entry.node)
        else:
            tally.miss(field, name, f"{giver} → {holder or 'personne'}")
    _extra(roster, "Represented", used, field, name, tally)


def _find(roster: Sequence[Entry], who: str) -> Entry | None:
    return next((entry for entry in roster if person(who) in entry.names), None)


def _extra(roster: Sequence[Entry], status: str, used: set[Node], field: str, name: str, tally: Tally) -> None:
    others = [entry for entry in roster if entry.status == status and entry.node not in used]
    tally.surplus(field, name, (min(entry.names) for entry in others))

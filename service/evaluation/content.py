"""Scores of what an act speaks of: organisations, programmes, actions, axes, conventions, decided points."""

from __future__ import annotations

from collections.abc import Sequence

from ontology.terms import DG
from service.evaluation.gold import Gold
from service.evaluation.names import any_same
from service.evaluation.published import Node, Published
from service.evaluation.tally import Tally

_CLASSES = {
    "association": "Association",
    "collectivite": "LocalAuthority",
    "etat": "State",
    "etablissement_public": "PublicEstablishment",
    "entreprise": "Company",
}


def score_content(pub: Published, acts: Sequence[Node], name: str, gold: Gold, tally: Tally) -> None:
    """All of them; a key that the gold does not have is not scored."""
    if gold.organisations is not None:
        _score_organisations(pub, acts, name, gold, tally)
    if gold.programmes is not None:
        found = [pub.programme_names(node) for node in _mentioned(pub, acts, "Programme")]
        wanted = [programme.names for programme in gold.programmes]
        tally.named("programmes", name, wanted, found, neutral=gold.programmes_neutres)
    for field, labels, kind in (("actions", gold.actions, "Action"), ("axes", gold.axes, "Strand")):
        if labels:
            found = [pub.labels(node) for node in _mentioned(pub, acts, kind)]
            tally.named(field, name, [(label,) for label in labels], found)
    if gold.decisions is not None:
        count = len({point for act in acts for point in pub.nodes(act, DG.decision)})
        told = f"{count} au lieu de {gold.decisions}" if count else None
        tally.value("décisions", name, right=count == gold.decisions, found=told)
    _score_agreements(pub, acts, name, gold, tally)


def _mentioned(pub: Published, acts: Sequence[Node], *classes: str) -> list[Node]:
    return sorted({node for act in acts for node in pub.mentioned(act, *classes)}, key=str)


def _score_organisations(pub: Published, acts: Sequence[Node], name: str, gold: Gold, tally: Tally) -> None:
    labels = {node: pub.labels(node) for node in _mentioned(pub, acts, "Organisation", *_CLASSES.values())}
    wanted = gold.organisations or ()
    tally.named(
        "organisations",
        name,
        [organisation.names for organisation in wanted],
        list(labels.values()),
        neutral=gold.organisations_neutres,
        partial=gold.organisations_partielles,
    )
    for organisation in wanted:
        hit = next((node for node, names in labels.items() if any_same(names, organisation.names)), None)
        if hit is not None and organisation.type in _CLASSES:
            kinds = pub.classes(hit)
            told = f"{', '.join(sorted(kinds))} pour {organisation.nom}"
            tally.value("type d'organisation", name, right=_CLASSES[organisation.type] in kinds, found=told)


def _score_agreements(pub: Published, acts: Sequence[Node], name: str, gold: Gold, tally: Tally) -> None:
    agreements = {node for act in acts for node in pub.subjects(DG.approvedBy, act) if "Agreement" in pub.classes(node)}
    parties = [[pub.labels(party) for party in pub.nodes(node, DG.party)] for node in agreements]
    parties = [labels for labels in parties if labels]
    for agreement in gold.conventions:
        right = any(
            all(any(any_same(gold.aliases(party), names) for names in labels) for party in agreement.parties)
            for labels in parties
        )
        told = f"aucune convention de {', '.join(agreement.parties)}" if parties else None
        tally.value("conventions", name, right=right, found=told)

"""The portrait of an organisation: who it is, what it receives and pays, with whom, in which acts."""

from __future__ import annotations

from typing import Final

from pyoxigraph import NamedNode

from service.pages import french
from service.pages.entity import money
from service.pages.entity.acts import acts
from service.pages.entity.blocks import Cell, Desk

#: Numbers of the registers, with the address that explains one where there is such a page.
_NUMBERS: Final = (
    ("dg:siren", "SIREN", "https://annuaire-entreprises.data.gouv.fr/entreprise/{}"),
    ("dg:siret", "SIRET", "https://annuaire-entreprises.data.gouv.fr/etablissement/{}"),
    ("dg:rna", "RNA", ""),
    ("dg:inseeCode", "INSEE", ""),
)


def portray(desk: Desk, node: NamedNode) -> None:
    """All blocks of an organisation."""
    identity(desk, node)
    with money.account(desk, "beneficiary", node) as received, money.account(desk, "funder", node) as paid:
        money.selections(desk, node, [("beneficiary", received), ("funder", paid)])
        series = [("received", received, "Awarded"), ("paid", paid, "Awarded")]
        money.years_table(desk, series, desk.say("counting"))
        money.parties_table(desk, "funders", "funder", received)
        money.parties_table(desk, "beneficiaries", "beneficiary", paid)
        cofunders(desk, node)
        money.list_table(desk, "fundings-received", received, "funder", "programme")
        money.list_table(desk, "fundings-paid", paid, "beneficiary", "programme")
    agreements(desk, "dg:party", node)
    actions(desk, desk.facts.pointing("dg:carriedBy", node))
    signed(desk, node)
    acts(desk, "dg:mentions", node)


def identity(desk: Desk, node: NamedNode) -> None:
    """Names, numbers, and what it belongs to."""
    names(desk, node)
    numbers = [
        Cell(f"{label} {number}", address.format(number) if address else None)
        for name, label, address in _NUMBERS
        for number in desk.facts.texts(node, name)
    ]
    desk.told("number", *numbers)
    wider = desk.facts.nodes(node, "org:subOrganizationOf") + desk.facts.nodes(node, "dct:isPartOf")
    desk.told("part-of", *(desk.link(each) for each in wider))
    desk.told("bodies", *(desk.link(each) for each in sorted(desk.facts.pointing("org:unitOf", node), key=str)))


def names(desk: Desk, node: NamedNode) -> None:
    """The other names under which it appears."""
    chosen = desk.name(node)
    others = {*desk.facts.texts(node, "skos:altLabel"), *desk.facts.texts(node, "skos:notation")} - {chosen}
    desk.told("names", *(Cell(name) for name in sorted(others, key=lambda name: (name.casefold(), name))))


def cofunders(desk: Desk, node: NamedNode) -> None:
    """Who else pays, by the same acts, to those that it pays."""
    desk.table(
        "cofunders",
        [("name", "text"), ("fundings", "number")],
        desk.money.ledger.cofunders(node.value),
        lambda entry: [desk.link(NamedNode(entry[0])), desk.figure("number", entry[1])],
        note=desk.say("cofunders-note"),
    )


def agreements(desk: Desk, role: str, node: NamedNode) -> None:
    """Conventions, latest first: ``role`` is how they name the node."""
    found = sorted(desk.facts.pointing(role, node), key=lambda a: (desk.facts.text(a, "dg:startYear"), a.value))[::-1]

    def row(agreement: NamedNode) -> list[Cell]:
        facts = desk.facts
        start, end = facts.text(agreement, "dg:startYear")[:4], facts.text(agreement, "dg:endYear")[:4]
        parties = [desk.name(party) for party in facts.nodes(agreement, "dg:party") if party != node]
        kind = facts.text(agreement, "dg:agreementType") or desk.say("agreement")
        act = facts.one(agreement, "dg:approvedBy")
        return [
            desk.link(agreement, kind),
            Cell(" ; ".join(parties)),
            Cell(french.years(start, end), None, "year"),
            desk.link(act) if act else Cell(""),
        ]

    desk.table("agreements", [("agreement", "text"), ("with", "text"), ("period", "year"), ("act", "text")], found, row)


def actions(desk: Desk, found: list[NamedNode]) -> None:
    """Actions with the programme they are in."""

    def row(action: NamedNode) -> list[Cell]:
        around = desk.facts.nodes(action, "dct:isPartOf")
        carriers = [desk.name(carrier) for carrier in desk.facts.nodes(action, "dg:carriedBy")]
        return [desk.link(action), Cell(" ; ".join(map(desk.name, around))), Cell(" ; ".join(carriers))]

    kept = sorted((node for node in found if desk.facts.is_a(node, "dg:Action")), key=lambda node: node.value)
    desk.table("actions", [("action", "text"), ("within", "text"), ("carrier", "text")], kept, row)


def signed(desk: Desk, node: NamedNode) -> None:
    """Programmes that it signed."""
    found = sorted(desk.facts.pointing("dg:signatory", node), key=str)
    desk.table("signed", [("programme", "text")], found, lambda programme: [desk.link(programme)])

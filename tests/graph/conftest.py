"""Builders of facts, written by hand, and a converter from gold annotations to facts."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from extract.facts import (
    ActFacts,
    ActionFact,
    AgreementFact,
    AttendanceFact,
    CitationFact,
    DecisionFact,
    DocumentFacts,
    Evidence,
    FundingFact,
    OrganisationFact,
    PersonName,
    ProgrammeFact,
    SessionFacts,
    StrandFact,
    VoteFacts,
)
from ontology import families

SHARED = Path(__file__).resolve().parents[3] / "shared"
_KINDS = {
    "association": "association",
    "collectivite": "local_authority",
    "etat": "state",
    "etablissement_public": "public_establishment",
    "entreprise": "company",
}
_STATUS = {"attribue": "awarded", "sollicite": "requested", "budget": "budgeted", "refuse": "rejected"}


def name(text: str, honorific: str | None = None) -> PersonName:
    """ "Mme Océane GODARD" → a PersonName: capital words are the family name, but for initials ("A.")."""
    for short in ("Mme", "M."):
        if text.startswith(short + " "):
            honorific, text = short, text[len(short) + 1 :]
    parts = text.split()
    family = [w for w in parts if w.upper() == w and not w.endswith(".")]
    given = [w for w in parts if w not in family]
    return PersonName(
        written=text, family=" ".join(family or parts), given=" ".join(given) or None, honorific=honorific
    )


def roster(
    present: Sequence[str] = (), proxies: Sequence[tuple[str, str]] = (), absent: Sequence[str] = ()
) -> tuple[AttendanceFact, ...]:
    return (
        *(AttendanceFact(member=name(p), status="present") for p in present),
        *(
            AttendanceFact(member=name(p), status="represented", proxy_holder=name(h) if h else None)
            for p, h in proxies
        ),
        *(AttendanceFact(member=name(p), status="absent") for p in absent),
    )


def session(attendance: tuple[AttendanceFact, ...] = (), **fields: Any) -> SessionFacts:
    defaults: dict[str, Any] = {
        "date": dt.date(2023, 1, 25),
        "authority": "Dijon métropole",
        "body": "Bureau métropolitain",
    }
    return SessionFacts(**{**defaults, **fields}, attendance=attendance)


def act(**fields: Any) -> ActFacts:
    return ActFacts(**{"session": 0, "span": Evidence(start=0, end=1), "title": "Objet", **fields})


def document(
    acts: Sequence[ActFacts] = (),
    sessions: Sequence[SessionFacts] | None = None,
    text: str = "Texte de l'acte.",
    file_name: str = "acte.txt",
    **fields: Any,
) -> DocumentFacts:
    """A document; its hash is that of its name and text, so that two builders' documents differ by name."""
    return DocumentFacts(
        **{
            "extractor": "0.1.0+test",
            "file_name": file_name,
            "sha256": hashlib.sha256(f"{file_name}\n{text}".encode()).hexdigest(),
            "media_type": "text/plain",
            "text": text,
            "sessions": tuple(sessions if sessions is not None else [session()]),
            "acts": tuple(acts),
            **fields,
        }
    )


def seeds() -> list[DocumentFacts]:
    """The five acts, from their gold annotations and their text."""
    if not (SHARED / "gold").is_dir():
        pytest.skip("the sample acts and their gold (../shared) are not there")
    return [from_gold(path) for path in sorted((SHARED / "gold").glob("*.json"))]


def from_gold(path: Path) -> DocumentFacts:
    """What a perfect reader would have read: one document of the gold set as facts."""
    gold = json.loads(path.read_text(encoding="utf-8"))
    text = (SHARED / "seeds" / f"{path.stem}.txt").read_text(encoding="utf-8")
    return _Gold(gold, text, path.stem + ".txt").document()


class _Gold:
    def __init__(self, gold: dict[str, Any], text: str, file_name: str) -> None:
        self.gold, self.text, self.file_name = gold, text, file_name
        self.organisations = {o["nom"]: f"o{i}" for i, o in enumerate(gold["organisations"])}
        self.programmes: list[ProgrammeFact] = [self.programme(f"p{i}", p) for i, p in enumerate(gold["programmes"])]

    def at(self, words: str) -> tuple[Evidence, ...]:
        pattern = r"[\s-]*".join(re.escape(w) for w in re.findall(r"\w+", words))
        found = re.search(pattern, self.text, re.IGNORECASE)
        start, end = found.span() if found else (0, 10)
        return (Evidence(start=start, end=end, page=1),)

    def person(self, text: str) -> PersonName:
        last = text.rsplit(maxsplit=1)[-1]
        woman = re.search(rf"Madame[^\n\t]{{0,40}}{re.escape(last.split('-')[-1])}", self.text)
        return name(text, "Mme" if woman else "M.")

    def family_name(self, text: str) -> PersonName:
        full = self.person(text)
        return PersonName(written=full.family, family=full.family, honorific=full.honorific)

    def programme(self, local: str, p: dict[str, Any]) -> ProgrammeFact:
        known = {f.key: f for f in families.load()}
        forms = {form.casefold(): key for key, f in known.items() for form in f.written_forms}
        family = next((f.key for f in families.by_notation(p["sigle"])), None) if p.get("sigle") else None
        family = forms.get(p["nom"].casefold(), family)
        start, end = p.get("debut"), p.get("fin")
        extended = 2023 if end == "2023" else None
        return ProgrammeFact(
            id=local,
            name=p["nom"],
            family=family,
            sigle=p.get("sigle"),
            start_year=start and int(start),
            end_year=2020 if extended else end and int(end),
            extended_to=extended,
            signatories=tuple(self.organisations[s] for s in p.get("signataires", ())),
            evidence=self.at(p["nom"]),
        )

    def attendance(self) -> tuple[AttendanceFact, ...]:
        given = [(p, "present", None) for p in self.gold["presents"]]
        given += [(p, "represented", h) for p, h in self.gold["pouvoirs"]]
        given += [(p, "absent", None) for p in self.gold["absents"]]
        return tuple(
            AttendanceFact(
                member=self.person(p),
                status=status,
                proxy_holder=self.person(h) if h else None,
                evidence=self.at(p),
            )
            for p, status, h in given
        )

    def session(self) -> SessionFacts:
        gold = self.gold
        return SessionFacts(
            date=gold["date_seance"],
            convocation_date=gold["date_convocation"],
            authority=gold["collectivite"],
            body=gold["organe"],
            president=self.family_name(gold["president"]),
            secretary=self.family_name(gold["secretaire"]),
            members=gold["effectif"]["membres"],
            members_in_office=gold["effectif"]["en_exercice"],
            present_count=gold["effectif"]["presents"],
            proxy_count=gold["effectif"]["procurations"],
            attendance=self.attendance(),
            evidence={"date": self.at("Séance du")},
        )

    def fundings(self, actions: Sequence[ActionFact]) -> tuple[FundingFact, ...]:
        rows = [g for g in self.gold["financements"] if g["statut"] in _STATUS]
        totals = {g["montant"]: f"f{i}" for i, g in enumerate(rows) if g.get("montant")}
        return tuple(
            FundingFact(
                id=f"f{i}",
                status=_STATUS[g["statut"]],
                funder=self.organisations.get(g.get("financeur")),
                beneficiary=self.organisations.get(g.get("beneficiaire")),
                amount=g.get("montant"),
                amount_written=f"{g['montant']} €" if g.get("montant") else None,
                per="year" if g.get("par") else None,
                start_year=_year(g.get("annee") or g.get("debut")),
                end_year=_year(g.get("annee") or g.get("fin")),
                programme=self.funded(g.get("programme")),
                action=next((a.id for a in actions if a.label == g.get("action")), None),
                part_of=totals.get(g.get("partie_de")),
                rule="gold",
                confidence=0.97,
                evidence=self.at(f"{g['montant']:,}".replace(",", " ") if g.get("montant") else "participation"),
            )
            for i, g in enumerate(rows)
        )

    def funded(self, wanted: str | None) -> str | None:
        return next((p.id for p in self.programmes if wanted and wanted in (p.name, p.sigle)), None)

    def document(self) -> DocumentFacts:
        gold = self.gold
        actions = tuple(
            ActionFact(id=f"a{i}", label=label, evidence=self.at(label)) for i, label in enumerate(gold["actions"])
        )
        deed = act(
            span=Evidence(start=0, end=len(self.text), page=1),
            title=gold["objet"],
            theme=gold["theme"],
            vote=VoteFacts(
                votes_for=gold["votes"]["pour"],
                votes_against=gold["votes"]["contre"],
                abstentions=gold["votes"]["abstention"],
                not_voting=gold["votes"]["nppv"],
                proxy_votes=gold["votes"]["procurations"],
                evidence=self.at("SCRUTIN"),
            ),
            decisions=tuple(
                DecisionFact(number=n, text=f"point {n}", evidence=self.at("décide"))
                for n in range(1, gold["decisions"] + 1)
            ),
            citations=tuple(
                CitationFact(label=f"délibération {n}", kind="deliberation", number=n, evidence=self.at(n))
                for n in gold.get("references", ())
            ),
            organisations=tuple(
                OrganisationFact(
                    id=self.organisations[o["nom"]],
                    name=o.get("aussi", [o["nom"]])[0] if o["nom"] == "CESAM" else o["nom"],
                    sigle="CESAM" if o["nom"] == "CESAM" and o.get("aussi") else None,
                    aliases=tuple(o.get("aussi", ())) if o["nom"] != "CESAM" else (),
                    kind=_KINDS[o["type"]],
                    evidence=self.at(o["nom"]),
                )
                for o in gold["organisations"]
            ),
            programmes=tuple(self.programmes),
            agreements=tuple(
                AgreementFact(
                    id=f"g{i}",
                    type=c["type"],
                    parties=tuple(self.organisations[p] for p in c["parties"]),
                    start_year=_year(c.get("debut")),
                    end_year=_year(c.get("fin")),
                    evidence=self.at(c["type"]),
                )
                for i, c in enumerate(gold.get("conventions", ()))
            ),
            strands=tuple(
                StrandFact(id=f"s{i}", kind="axe", label=label, evidence=self.at(label))
                for i, label in enumerate(gold.get("axes", ()))
            ),
            actions=actions,
            fundings=self.fundings(actions),
            evidence={"title": self.at(gold["objet"][:30])},
        )
        page = Evidence(start=0, end=len(self.text), page=1)
        return document([deed], [self.session()], self.text, self.file_name, pages=(page,))


def _year(value: str | None) -> int | None:
    return int(value[:4]) if value else None


@pytest.fixture(scope="session")
def seed_facts() -> list[DocumentFacts]:
    """The five sample acts as facts."""
    return seeds()


@pytest.fixture(scope="session")
def make() -> Any:
    """The builders, as attributes: ``make.document``, ``make.act``, ``make.session`` …"""

    class Make:
        document = staticmethod(document)
        act = staticmethod(act)
        session = staticmethod(session)
        roster = staticmethod(roster)
        name = staticmethod(name)

    return Make


Builder = Callable[..., Any]


def rosters(make, *names):
    """One document a name, each a séance that lists it alone."""
    return [
        make.document(
            [make.act(title=f"Acte {i}")],
            [make.session(make.roster([n]), date=dt.date(2023, 1, 1 + i))],
            file_name=f"{i}.txt",
        )
        for i, n in enumerate(names)
    ]


def members(documents, found):
    """The key of the one member of each document."""
    return [found[d.sha256].sessions[0].members[0] for d in documents]

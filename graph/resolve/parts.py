"""Keys of what an act contains: agreements, strands, actions, fundings, private beneficiaries.

An action or a strand is keyed inside its programme, else inside its act; an agreement and a funding inside their
act, by what they say, so that the same act read from two files yields the same keys.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from extract.facts import ActFacts, ActionFact, AgreementFact, FundingFact, StrandFact
from graph.iri import dockey, short_hash, slug
from graph.normal import compact
from graph.privacy import Privacy
from graph.resolve.registry import Claim, Registry
from graph.resolve.spelling import SpellingCounter

#: The kinds of parts that have keys of their own, in the order in which these are minted.
KINDS = ("agreement", "strand", "action", "funding")
#: A part before it has its key: (kind, natural signature).
Part = tuple[str, str]


@dataclass
class ActScope:
    """One act in one document, with the keys its parts refer to."""

    digest: str
    index: int
    key: str
    facts: ActFacts
    organisations: Mapping[str, str]
    programmes: Mapping[str, str]
    privacy: Privacy
    met: Counter[str] = field(default_factory=Counter)


@dataclass
class PartKeys:
    """Keys of the parts of one act, by local id."""

    agreements: dict[str, str] = field(default_factory=dict)
    strands: dict[str, str] = field(default_factory=dict)
    actions: dict[str, str] = field(default_factory=dict)
    fundings: dict[str, str] = field(default_factory=dict)
    private: dict[str, str] = field(default_factory=dict)

    def of(self, kind: str) -> dict[str, str]:
        """The keys of one kind, by local id."""
        return {
            "agreement": self.agreements,
            "strand": self.strands,
            "action": self.actions,
            "funding": self.fundings,
        }[kind]


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One part as one act of one document names it. ``natural`` is what all documents that name it share.

    ``signature`` is its place in the document, ``slug`` the key it would like; strands and actions have a ``label``.
    """

    kind: str
    natural: str
    local_id: str
    signature: str
    slug: str
    label: str | None = None


class Parts:
    """Collects the parts of acts, then mints their keys."""

    def __init__(self) -> None:
        self.occurrences: list[tuple[PartKeys, ActScope, Occurrence]] = []

    def act(self, scope: ActScope) -> PartKeys:
        """Take in the parts of one act; the keys are filled in by :meth:`mint`."""
        keys = PartKeys()
        keys.private.update(_private_keys(scope))
        for strand in scope.facts.strands:
            self._labelled(scope, keys, "strand", strand)
        for action in scope.facts.actions:
            self._labelled(scope, keys, "action", action)
        self._agreements(scope, keys)
        self._fundings(scope, keys)
        return keys

    def mint(self, registry: Registry) -> dict[str, str]:
        """Mint all keys and hand them out; returns labels by "strand/…" and "action/…"."""
        minted = assign_parts((found for _, _, found in self.occurrences), registry)
        labels: dict[str, SpellingCounter] = {}
        for keys, scope, found in self.occurrences:
            key = minted[found.kind, found.natural]
            keys.of(found.kind)[found.local_id] = key
            if found.label is not None:
                labels.setdefault(f"{found.kind}/{key}", SpellingCounter()).add(found.label, scope.digest)
        return {reference: names.spellings()[0].text for reference, names in labels.items()}

    def _add(
        self,
        scope: ActScope,
        keys: PartKeys,
        kind: str,
        local_id: str,
        natural: str,
        local: str,
        shown: str,
        label: str | None = None,
    ) -> None:
        here = f"doc:{dockey(scope.digest)}#{scope.index}|{local}"
        scope.met[f"{kind} {here}"] += 1
        signature = f"{here}#{scope.met[f'{kind} {here}']}"
        self.occurrences.append((keys, scope, Occurrence(kind, natural, local_id, signature, shown, label)))

    def _labelled(self, scope: ActScope, keys: PartKeys, kind: str, fact: StrandFact | ActionFact) -> None:
        programme = scope.programmes.get(fact.programme or "")
        inside = programme or scope.key
        label = compact(fact.label)
        natural = f"{'programme' if programme else 'deliberation'}/{inside}|{label}"
        shown = f"{inside}-{slug(scope.privacy.mask(fact.label), 40)}"
        local, masked = f"{label}@{fact.programme}", scope.privacy.mask(fact.label)
        self._add(scope, keys, kind, fact.id, natural, local, shown, masked)

    def _agreements(self, scope: ActScope, keys: PartKeys) -> None:
        seen: Counter[str] = Counter()
        for fact in scope.facts.agreements:
            said = _agreement(scope, fact)
            seen[said] += 1
            natural = f"deliberation/{scope.key}|{said}#{seen[said]}"
            local = f"{fact.type}|{fact.title}|{'+'.join(fact.parties)}"
            self._add(scope, keys, "agreement", fact.id, natural, local, f"{scope.key}-{slug(fact.type, 40)}")

    def _fundings(self, scope: ActScope, keys: PartKeys) -> None:
        parts_of = _tops(scope.facts.fundings)
        seen: Counter[str] = Counter()
        for fact in scope.facts.fundings:
            receiver = keys.private.get(fact.id) or scope.organisations.get(fact.beneficiary or "", "")
            giver = scope.organisations.get(fact.funder or "", "")
            said = _funding(fact, giver, receiver, top=parts_of[fact.id])
            seen[said] += 1
            natural = f"deliberation/{scope.key}|{said}#{seen[said]}"
            named = _name(scope, fact.funder), _name(scope, fact.beneficiary)
            local = _funding(fact, *named, top=parts_of[fact.id])
            self._add(scope, keys, "funding", fact.id, natural, local, _funding_slug(scope, fact, receiver))


def assign_parts(occurrences: Iterable[Occurrence], registry: Registry) -> dict[Part, str]:
    """The key of each part, minted in canonical order. All occurrences of a part must be given together."""
    signatures: dict[Part, set[str]] = {}
    slugs: dict[Part, str] = {}
    for found in occurrences:
        part = (found.kind, found.natural)
        signatures.setdefault(part, {found.natural}).add(found.signature)
        slugs[part] = min(found.slug, slugs.get(part, found.slug))
    minted: dict[Part, str] = {}
    for kind in KINDS:
        parts = sorted(part for part in signatures if part[0] == kind)
        claims = [Claim(tuple(_natural_first(signatures[p])), (slugs[p],)) for p in parts]
        minted.update(zip(parts, (m.key for m in registry.assign(kind, claims)), strict=True))
    return minted


def amount_text(amount: Decimal | None) -> str:
    """An amount in its shortest form: "22000", "1500.5"; empty for none."""
    if amount is None:
        return ""
    text = format(amount, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _agreement(scope: ActScope, fact: AgreementFact) -> str:
    parties = sorted(scope.organisations[p] for p in fact.parties if p in scope.organisations)
    return f"{compact(fact.type)}|{'+'.join(parties)}|{fact.start_year or ''}-{fact.end_year or ''}"


def _funding(fact: FundingFact, giver: str, receiver: str, *, top: bool) -> str:
    """All that tells one funding of an act from another, but for its place in the text."""
    years = f"{fact.start_year or ''}-{fact.end_year or ''}"
    amount = amount_text(fact.amount)
    return f"{fact.status}|{fact.kind}|{giver}|{receiver}|{amount}|{fact.per or ''}|{years}|{'' if top else 'part'}"


def _funding_slug(scope: ActScope, fact: FundingFact, receiver: str) -> str:
    who = receiver[:40].rstrip("-") or "sans-beneficiaire"
    amount = amount_text(fact.amount).replace(".", "-") or "sans-montant"
    return f"{scope.key}-{who}-{amount}"


def _private_keys(scope: ActScope) -> dict[str, str]:
    """One key a private beneficiary, from the act and their rank in it: nothing in it comes from the name."""
    ranks: dict[str, int] = {}
    keys: dict[str, str] = {}
    for fact in scope.facts.fundings:
        if fact.private:
            who = compact(fact.private_name or "") or fact.id
            rank = ranks.setdefault(who, len(ranks) + 1)
            keys[fact.id] = f"private-{short_hash('private', scope.key, rank)}"
    return keys


def _tops(fundings: Sequence[FundingFact]) -> dict[str, bool]:
    ids = {fact.id for fact in fundings}
    return {fact.id: fact.part_of not in ids for fact in fundings}


def _name(scope: ActScope, local_id: str | None) -> str:
    return next((compact(o.name) for o in scope.facts.organisations if o.id == local_id), "")


def _natural_first(signatures: Iterable[str]) -> list[str]:
    return sorted(signatures, key=lambda s: (s.startswith("doc:"), s))

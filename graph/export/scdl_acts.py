"""SCDL délibérations: one line a deliberation."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import pyoxigraph as ox

from graph.export.reading import Act, Agent, acts, agents
from graph.export.scdl import ScdlTable, authority, siret
from graph.release.layout import Release
from ontology import data_path
from ontology.terms import SKOS

_FIGURES = ("VOTE_POUR", "VOTE_CONTRE", "VOTE_ABSTENTION")


def write_acts(release: Release, out: Path, of: str | None = None) -> None:
    """Write the table, and beside it the report of what is to be completed.

    ``of`` names one authority (SIREN, name, sigle): only its acts. Raises :class:`ExportError` for another.
    """
    store = release.store()
    decider = authority(store, of, out) if of else None
    known = agents(store)
    public = urlsplit(release.base).hostname not in {"localhost", "127.0.0.1", "::1"}
    with out.open("w", encoding="utf-8", newline="") as stream:
        table = ScdlTable(stream, "deliberations")
        for act in acts(store):
            if decider in (None, act.authority):
                _row(table, act, known, public=public)
    table.remarks.write(out)


def _row(table: ScdlTable, act: Act, known: Mapping[str, Agent], *, public: bool) -> None:
    decider = known.get(act.authority or "")
    number, hint = siret(decider)
    code, doubt = _matter(act)
    votes, wrong = _votes(act)
    values = {
        "COLL_NOM": decider.label if decider else "",
        "COLL_SIRET": number,
        "DELIB_ID": act.number or "",
        "DELIB_DATE": act.date or "",
        "DELIB_MATIERE_CODE": code,
        "DELIB_MATIERE_NOM": matter_names().get(code, ""),
        "DELIB_OBJET": act.title,
        # A page on this machine is no address for others.
        "DELIB_URL": act.iri if public else "",
        **votes,
    }
    checks = {"VOTE_EFFECTIF": wrong} if wrong else {}
    table.row(values, act.iri, {"COLL_SIRET": hint, "DELIB_MATIERE_CODE": doubt}, checks)


def _matter(act: Act) -> tuple[str, str]:
    """The one level-2 matter of an act, and what to say where there is none or more than one."""
    codes = [code for code in act.matters if code in matter_names()]
    if len(codes) == 1:
        return codes[0], ""
    told = codes or list(act.matters)
    return "", f"L'acte dit : {', '.join(told)}." if told else ""


def _votes(act: Act) -> tuple[dict[str, str], str]:
    """The five VOTE_* columns, all or none, and why there is none although the act tells some figure.

    VOTE_REEL is the sum of the three votes: who takes no part in the vote stays outside.
    """
    vote = act.vote
    if vote is None:
        return {}, ""
    figures = (vote.votes_for, vote.against, vote.abstentions)
    known = [figure for figure in figures if figure is not None]
    if not known:
        return {}, ""
    if len(known) < len(figures):
        silent = [name for name, figure in zip(_FIGURES, figures, strict=True) if figure is None]
        return {}, f"Vote laissé vide : l'acte ne dit pas {', '.join(silent)}."
    if act.office is None:
        return {}, "Vote laissé vide : l'acte ne dit pas le nombre de membres en exercice."
    cast = sum(known)
    if cast > act.office:
        return {}, f"Vote laissé vide : {cast} votes pour {act.office} membres en exercice."
    told = dict(zip(_FIGURES, map(str, known), strict=True))
    return {"VOTE_EFFECTIF": str(act.office), "VOTE_REEL": str(cast), **told}, ""


@cache
def matter_names() -> dict[str, str]:
    """Level-2 code of the ACTES nomenclature → "niveau1/niveau2", from the ontology."""
    graph = ox.Store()
    graph.load(data_path("actes-matters.ttl").read_bytes(), ox.RdfFormat.TURTLE)
    names: dict[str, str] = {}
    for quad in graph.quads_for_pattern(None, ox.NamedNode(str(SKOS.notation)), None):
        code = str(getattr(quad.object, "value", ""))
        for label in graph.quads_for_pattern(quad.subject, ox.NamedNode(str(SKOS.prefLabel)), None):
            if isinstance(label.object, ox.Literal) and label.object.language == "fr":
                names[code] = label.object.value
    return {code: f"{names[code.split('.')[0]]}/{name}" for code, name in names.items() if "." in code}

"""Lists of money, "- name : amount", that a granting sentence introduces."""

from __future__ import annotations

import re
from decimal import Decimal

from extract.patterns import pattern
from extract.pipes.model import Sentence
from extract.pipes.money.carried import carried_rows, runs, tells_carrier
from extract.pipes.money.cells import Cell
from extract.pipes.money.contributions import are_contributions
from extract.pipes.money.costed import (
    are_costed,
    are_taken_up,
    give_themselves,
    given_by_others,
    tells_cost_first,
)
from extract.pipes.money.cues import granted_above, is_rejected, kind_of, recalls
from extract.pipes.money.draft import Draft, GrantTable
from extract.pipes.money.kinds import is_part_of_lead
from extract.pipes.money.line_cells import has_unit, is_no_name, is_told, lines
from extract.pipes.money.list_leads import are_plain_sums, grant_words, grants, is_plan, lead_of, meant_by
from extract.pipes.money.list_rows import bare_cell, cell_at, further_years, mark_of, parts_of_row, read_row
from extract.pipes.money.list_uses import row_uses, tell_things, with_siblings
from extract.pipes.money.matter import are_received, matter_of_lead
from extract.pipes.money.paid_in import are_decided, are_paid_in, pay_in
from extract.pipes.money.plan import PlanLine, bear_together, plan_of
from extract.pipes.money.row_forms import are_requested, are_taken_below, are_voted, each_granted, row_form
from extract.pipes.money.rows import helps_persons, is_file, row_organisation, title_of
from extract.pipes.money.totals import headings
from extract.pipes.money.uses import name_nobody, one_receiver
from extract.pipes.reading import Reading
from extract.text import fold

#: A list has at least so many rows.
_FEWEST = 2
#: A line so long may be full: the name it begins goes on below.
_FULL = 60
#: The unit of a sum, which "sapeurs" has the letters of.
_UNIT = re.compile(r"€|(?<![a-z])eur")
#: A line that ends with one.
_LAST_UNIT = re.compile(r"(?:€|eur)[a-z]*[\s.;,]*$", re.MULTILINE)
_FIGURE = re.compile(r"\d")
#: As many lines of remarks may stand between two of its rows.
_REMARKS = 3


def read_lists(reading: Reading, text: str, taken: list[tuple[int, int]], number: int) -> list[GrantTable]:
    """Lists "- name : amount" that a granting sentence introduces; consecutive lines are one table."""
    groups: list[list[re.Match[str]]] = []
    for match in list_rows(text, reading.folded):
        if any(s < match.end() and e > match.start() for s, e in taken):
            continue
        if groups and _together(reading, groups[-1][-1], match):
            groups[-1].append(match)
        else:
            groups.append([match])
    tables: list[GrantTable] = []
    for rows in (run for group in groups for run in runs(reading, group)):
        group = _summed(reading, text, rows)
        table = group and _read_list(reading, text, group, number + len(tables))
        if table:
            tables.append(table)
    return tables


def list_rows(text: str, folded: str) -> list[re.Match[str]]:
    """Lines of the form "- Association Horizon : 500 €" "Horizon ………… 500 €", or "• Horizon, 500 €"."""
    found = []
    for start, end in lines(text):
        united = has_unit(folded, start, end) and _UNIT.search(folded, start, end) is not None
        if united and (both := _two_sums(text, folded, start, end)):
            found += both
            continue
        match = (_with_unit if united else _without_unit)(text, folded, start, end)
        if match is not None:
            found.append(match)
    return found


def _with_unit(text: str, folded: str, start: int, end: int) -> re.Match[str] | None:
    """A line as a row, its sum with its unit; None where it is none, or its sum is a cost, a scale or of several."""
    match = row_form(text, folded, start, end)
    name = pattern("tables", "row.to").sub("", match["name"].strip(" *-•")) if match else ""
    if (
        match is None
        or pattern("tables", "row.costs").match(match["name"])
        or pattern("tables", "row.verb").match(match["name"] + " ")
        or _tells_several(folded, match)
        or "|" in name.strip("| ")
        or _is_row(match["name"])
        or any(pattern("tables", f"row.{form}").match(match["rest"]) for form in ("scale", "voices"))
    ):
        return None
    written = text[slice(*match.span("name"))].rstrip(" *-•")
    if match.re is pattern("tables", "row.list_numbered"):
        return match  # what it names is an action and, with it, a body
    if is_told(name):
        return None
    return match if not is_no_name(written[-len(name) :]) or _named_all_the_same(text, folded, match) else None


def _named_all_the_same(text: str, folded: str, row: re.Match[str]) -> bool:
    """Whether a row whose first words are no name tells whose it is: a company, who carries it, who gets its sum."""
    told = tells_cost_first(row) and any(w[:1].isupper() for w in text[slice(*row.span("name"))].split()[1:])
    if told or pattern("tables", "row.company_head").match(row["name"].strip(" *-•")):
        return True  # "Garage de la Poste – dépenses 8 450 € – aide 1 690 €"
    if is_file(row["name"]):
        return True  # "Dossier n° 2022-07": somebody whom nobody names
    if pattern("tables", "row.filed").fullmatch(row["name"]):
        return True  # "Dossier n° 2022-07 – Judo Club – tatamis"
    given = row.start("name") < row.start("amount") and pattern("tables", "row.rest_given").match(
        folded, *row.span("rest")
    )
    return bool(given) or tells_carrier(text, folded, *row.span("name"))


def _two_sums(text: str, folded: str, start: int, end: int) -> list[re.Match[str]]:
    """A line of two grants of one body, as two rows: "APE des Tilleuls 500 € + 300 € pour la classe de neige"."""
    if sum(folded.count(unit, start, end) for unit in ("€", "eur")) < _FEWEST:
        return []
    first = pattern("tables", "row.list_plus").match(folded, start, end)
    second = first and pattern("tables", "row.list_plus_second").match(folded, start, end)
    if first is None or second is None or not text[first.start("name")].isupper() or is_told(first["name"]):
        return []
    return [] if pattern("tables", "row.not_a_name").match(first["name"]) else [first, second]


def _is_row(name: str) -> bool:
    """Whether a name is two cells of a table that was not read: which of them receives nobody knows."""
    cells = [cell for cell in name.strip(" *-•\t").split("\t") if any(c.isalpha() for c in cell)]
    return len(cells) > 1


def _without_unit(text: str, folded: str, start: int, end: int) -> re.Match[str] | None:
    """A line "Horizon : 300": a name and a figure, which may be a sum where others stand around it."""
    figured = _FIGURE.search(folded, start, end) is not None
    match = pattern("tables", "row.list_plain").match(folded, start, end) if figured else None
    if match is None:
        return None
    name = pattern("tables", "row.to").sub("", match["name"].strip(" *-•"))
    if pattern("tables", "row.counted").match(name):
        return None
    written = text[slice(*match.span("name"))].rstrip(" *-•")
    if is_no_name(written[-len(name) :]) and not pattern("tables", "row.total").match(name):
        return None
    return None if is_told(name) else match


def _is_plain(row: re.Match[str]) -> bool:
    """Whether a row has no unit."""
    return _UNIT.search(row.group()) is None


def _summed(reading: Reading, text: str, group: list[re.Match[str]]) -> list[re.Match[str]]:
    """The rows of a group whose figures are sums: all with their unit, and those without among them.

    Of rows without any unit there must be several, which a sentence or the title says to be grants, and no years.
    """
    plain = [row for row in group if _is_plain(row)]
    if len(plain) < len(group):
        return group if len(group) - len(plain) >= _FEWEST else [row for row in group if not _is_plain(row)]
    cells = [Cell(text[slice(*row.span("amount"))], *row.span("amount")) for row in plain]
    lead = None if all(c.year is not None for c in cells) else lead_of(reading, group)
    values = [c.value for c in cells if c.value is not None]
    return group if lead is not None and are_plain_sums(reading, lead, len(plain), values) else []


def _tells_several(folded: str, row: re.Match[str]) -> bool:
    """Whether a line goes on with who gets its first sum, and with another: "Abris : 500 € à X ; murs : 300 € à Y"."""
    given = pattern("tables", "row.given_to").match(folded, *row.span("rest"))
    rest = pattern("tables", "row.rate_behind").sub("", row["rest"])  # "1 440 € à l'école X, soit 15 €/élève"
    return given is not None and row.start("name") < row.start("amount") and "€" in rest


def _together(reading: Reading, above: re.Match[str], below: re.Match[str]) -> bool:
    """Whether nothing but stamps, the headings of parts, and remarks stands between two lines of a list."""
    between = [line for line in reading.folded[above.end() : below.start()].splitlines() if line.strip()]
    told = [
        line
        for line in between
        if not pattern("tables", "row.furniture").match(line) and not pattern("tables", "row.rubric").fullmatch(line)
    ]
    if len(told) == 1 and above.re is below.re and _heads_part(reading, above.end(), below.start()):
        return True
    return not told or (mark_of(above) != "" and mark_of(above) == mark_of(below) and _remarks(told))


def _heads_part(reading: Reading, start: int, end: int) -> bool:
    """Whether a few words that stand by themselves between two rows head the part below: no sentence, no lead."""
    words = reading.text[start:end].strip(" \t*•;.,\n")
    apart = "\n\n" in reading.text[start:end].replace(" ", "")
    return (
        apart
        and len(words) <= _FULL
        and words[:1].isupper()
        and reading.text[start:end].rstrip()[-1:].isalpha()
        and _remarks([fold(words)])
        and not pattern("tables", "row.said").match(fold(words))
    )


def _remarks(told: list[str]) -> bool:
    """Whether lines between two rows only go on with the first one, or remark on it: no sum, lead, row or decision."""
    return len(told) <= _REMARKS and not any(
        pattern("tables", "row.not_remark").search(line) or pattern("tables", "row.item").match(line) for line in told
    )


def _read_list(reading: Reading, text: str, group: list[re.Match[str]], number: int) -> GrantTable | None:
    """The grants of one list, None where its lead grants nothing."""
    lead = lead_of(reading, group)
    if lead is None and any(told(reading, group) for told in (are_voted, are_taken_below, are_requested)):
        lead = title_of(reading)  # each row tells what was voted
    return read_rows(reading, text, group, number, lead) if lead is not None else None


def read_rows(reading: Reading, text: str, group: list[re.Match[str]], number: int, lead: str) -> GrantTable | None:
    """The grants of rows that ``lead`` introduces, None where it grants nothing."""
    group = _without_companies(reading, group, lead)
    if not group or given_by_others(reading, group) or not are_taken_up(reading, group):
        return None
    first = reading.sentences[reading.sentence_at(group[0].start())]
    if is_plan(lead, group):
        return _read_plan(reading, text, group, number)
    if (past := recalls(lead)) or pattern("tables", "status.of_others").search(lead):
        return _recalled(reading, text, group) if past else GrantTable([], None, group[0].start(), group[-1].end())
    parts = pattern("tables", "status.parts_of_it").search(lead.rstrip()) is not None or _tell_when(group)
    if parts or _tells_uses(reading, group, first):
        return GrantTable([], None, group[0].start(), group[-1].end(), row_uses(text, group))  # of one grant: of nobody
    if _are_parts(reading, group):
        return None
    carried_by = carried_rows(reading, group)
    if not carried_by and tell_things(reading, text, group):
        group = with_siblings(reading, text, group)
        return GrantTable([], None, group[0].start(), group[-1].end(), row_uses(text, group))
    dues = are_contributions(reading, meant_by(reading, group, lead))
    if not dues and are_paid_in(reading, lead, group[0].start()):
        return _read_paid_in(reading, group, number, decided=are_decided(reading, lead, first.section))
    if not dues and _shared(reading, text, group):
        return _read_plan(reading, text, group, number)
    granting = (
        grants(reading, lead, first.section, group)
        or _reckoned(reading, group)
        or _of_the_title(reading, group, lead)
        or are_voted(reading, group)
        or ((are_taken_below(reading, group) or are_requested(reading, group)) and not recalls(lead))
    )
    alone = len(group) < _FEWEST and not (grant_words(lead) or tells_cost_first(group[0]) or each_granted(group))
    if not dues and (not granting or alone):
        return None
    projects = {} if dues else carried_by
    drafts: list[Draft] = []
    total: Decimal | None = None
    heads = _headings(text, group) | _of_nobody(reading, group, lead)
    for rank, match in enumerate(group):
        carried = projects.get(rank)
        row = None if rank in heads else read_row(reading, match, number, group[0].start(), carried, dues=dues)
        if isinstance(row, Draft):
            drafts += [row, *further_years(reading, match, row), *parts_of_row(reading, match, row)]
        total = row if isinstance(row, Decimal) else total
    _set_dues(lead, drafts)
    return GrantTable(drafts, total, group[0].start(), group[-1].end()) if drafts or heads else None


def _tell_when(group: list[re.Match[str]]) -> bool:
    """Whether rows tell when one grant is paid: "mars 2025 : 62 000 €"."""
    return all(pattern("tables", "row.when_paid").fullmatch(row["name"].strip(" *-•")) for row in group)


def _of_nobody(reading: Reading, group: list[re.Match[str]], lead: str) -> set[int]:
    """The rows that the number of a file names where no persons are helped: whose they are, nobody knows."""
    if helps_persons(reading, lead):
        return set()
    return {rank for rank, row in enumerate(group) if is_file(row["name"])}


def _set_dues(lead: str, drafts: list[Draft]) -> None:
    """Make dues of what rows give where their lead says so: "d'adhérer et de verser les cotisations ci-après :"."""
    for draft in drafts if kind_of(lead, lead) == "membership" else ():
        draft.kind = "membership"


def _without_companies(reading: Reading, group: list[re.Match[str]], lead: str) -> list[re.Match[str]]:
    """The rows, those that name companies only among others or where grants are spoken of: else works are paid."""
    others = [row for row in group if not pattern("tables", "row.company_head").match(row["name"].strip(" *-•"))]
    told = grant_words(lead) or grant_words(title_of(reading)) or 2 * len(others) > len(group)
    told = told or pattern("tables", "status.aids").search(lead) is not None
    return group if told or are_costed(group) else others


def _tells_uses(reading: Reading, group: list[re.Match[str]], first: Sentence) -> bool:
    """Whether rows that name nobody follow on who alone receives: "à l'association X les subventions suivantes :"."""
    above = first.lead if first.lead is not None else reading.sentence_at(first.start) - 1
    if above < 0 or len(group) < _FEWEST or one_receiver(reading, reading.sentences[above]) is None:
        return False
    return name_nobody(reading, [row.span("name") for row in group])


def _read_paid_in(reading: Reading, group: list[re.Match[str]], number: int, *, decided: bool) -> GrantTable:
    """A list of what others pay the authority; of what is only told, no flow."""
    drafts: list[Draft] = []
    total: Decimal | None = None
    for match in group:
        row = read_row(reading, match, number, group[0].start(), dues=False)
        if isinstance(row, Draft) and decided and row.beneficiary not in (None, reading.authority):
            pay_in(reading, row)
            drafts.append(row)
        total = row if isinstance(row, Decimal) else total
    return GrantTable(drafts, total, group[0].start(), group[-1].end())


def _headings(text: str, group: list[re.Match[str]]) -> set[int]:
    """The rows that head those below them: by their sums and words, or without the mark that all below them have."""
    values = [Cell(text[slice(*m.span("amount"))], *m.span("amount")).value for m in group]
    names = [text[slice(*m.span("name"))] for m in group]
    return headings(values, names)


def _reckoned(reading: Reading, group: list[re.Match[str]]) -> bool:
    """Whether rows tell how the grants that the decision takes up are reckoned: "École X : 94 élèves x 8 € = 752 €"."""
    forms = (pattern("tables", "row.list_reckoned"), pattern("tables", "row.list_product"))
    told = all(row.re in forms for row in group)
    return told and len(group) >= _FEWEST and granted_above(reading)


def _of_the_title(reading: Reading, group: list[re.Match[str]], lead: str) -> bool:
    """Whether rows tell what the body gives each, under a title of aids and words that tell nothing else.

    "Aides à l'immobilier d'entreprise. Deux dossiers sont présentés :"
    """
    neutral = not is_rejected(lead) and matter_of_lead(lead) is None and not are_received(lead)
    about = pattern("tables", "status.grants").search(title_of(reading)) is not None
    return neutral and about and give_themselves(reading, group)


def _are_parts(reading: Reading, group: list[re.Match[str]]) -> bool:
    """Whether rows tell what the parts of one grant are for, not who gets them: "190 000 € pour l'incubateur X"."""
    return all(pattern("tables", "row.for_what").match(row.group()) for row in group) and is_part_of_lead(
        reading, reading.sentences[reading.sentence_at(group[0].start())]
    )


def _shared(reading: Reading, text: str, group: list[re.Match[str]]) -> bool:
    """Whether rows tell who bears a cost: "État : 7 500 000 € / Région : 6 200 000 € / Métropole : 2 400 000 €"."""
    return bear_together(reading, [bare_cell(text, cell_at(text, *match.span("name"))) for match in group])


def _recalled(reading: Reading, text: str, group: list[re.Match[str]]) -> GrantTable | None:
    """A list of what was given before: its rows name organisations and grant nothing."""
    if len(group) < _FEWEST or not pattern("tables", "status.associations").search(title_of(reading)):
        return None
    for match in group:
        cell = cell_at(text, *match.span("name"))
        if not pattern("tables", "row.total").match(fold(cell.text)):
            row_organisation(reading, cell)
    return GrantTable([], None, group[0].start(), group[-1].end())


def _read_plan(reading: Reading, text: str, group: list[re.Match[str]], number: int) -> GrantTable | None:
    """A plan de financement told as a list: "État - DSIL : 150 000 €"."""
    found = []
    for match in group:
        label, figure = cell_at(text, *match.span("name")), cell_at(text, *match.span("amount"))
        found.append(PlanLine(label, figure, fold(label.text + " " + match["rest"]), ""))
    return plan_of(reading, found, number, (group[0].start(), group[-1].end()))

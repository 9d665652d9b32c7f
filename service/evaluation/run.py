"""One evaluation: every gold file of a folder against the published dataset."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from pyoxigraph import Store

from service.evaluation.content import score_content
from service.evaluation.gold import Gold, GoldError, read_gold
from service.evaluation.header import score_header, score_roster
from service.evaluation.money import score_money
from service.evaluation.names import normal
from service.evaluation.published import Act, Node, Published
from service.evaluation.tally import Score, Tally


@dataclass(frozen=True)
class Evaluation:
    """The scores by field, and the number of gold files behind them."""

    tally: Tally
    documents: int

    def by_field(self) -> dict[str, Score]:
        """The fields that something was said about, in order."""
        return {name: s for name, s in sorted(self.tally.scores.items()) if s.right or s.wrong or s.missed}

    def as_dict(self) -> dict[str, object]:
        """For `--json`: counts, precision, recall and F1 by field."""
        scores = {**self.by_field(), "all": self.tally.total()}
        return {
            name: {
                "precision": round(score.precision, 4),
                "recall": round(score.recall, 4),
                "f1": round(score.f1, 4),
                "tp": score.right,
                "fp": score.wrong,
                "fn": score.missed,
            }
            for name, score in scores.items()
        }


def evaluate(store: Store, folder: Path, *, whole: bool = False) -> Evaluation:
    """Score a store against the ``*.json`` of `folder`. Raises GoldError, OSError.

    Gold about minutes (it lists their ``points``, or is titled as minutes) is compared with the one deliberation
    nearest to it, or, with `whole`, with all that were read from the document: who was there, who is named, what is
    paid.
    """
    paths = sorted(folder.glob("*.json"))
    if not paths:
        raise GoldError(f"{folder} : aucune annotation (*.json). Donnez un dossier comme samples/gold.")
    published, tally = Published(store), Tally()
    for path in paths:
        _score_document(published, path.stem, _told(read_gold(path), whole=whole), tally)
    return Evaluation(tally, len(paths))


def _score_document(published: Published, name: str, gold: Gold, tally: Tally) -> None:
    found = published.acts(name)
    if len(found) > 1 and (gold.numero or gold.objet):
        found = [max(found, key=lambda act: _closeness(act, gold))]
    tally.value("document", name, right=bool(found), found="rien")
    acts: list[Node] = [act.node for act in found]
    score_header(published, acts, name, gold, tally)
    score_roster(published, acts, name, gold, tally)
    score_content(published, acts, name, gold, tally)
    score_money(published, acts, name, gold, tally)


def _told(gold: Gold, *, whole: bool) -> Gold:
    """The gold to score by: a title or number given to a whole document is that of none of its deliberations."""
    return gold.model_copy(update={"numero": None, "objet": None}) if whole and gold.whole else gold


def _closeness(act: Act, gold: Gold) -> tuple[bool, float]:
    """Of several deliberations of one document, the one the gold file is about has its number, else its title."""
    number = bool(gold.numero and act.number) and normal(act.number) == normal(gold.numero or "")
    return number, SequenceMatcher(None, normal(gold.objet or ""), normal(act.title)).ratio()

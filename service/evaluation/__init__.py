"""How well the published dataset says what the acts say: precision, recall and F1 by field, against gold files.

Only published triples count. A gold file ``NAME.json`` is compared with the deliberation read from ``NAME.*``;
its keys are French, as in the acts (``samples/gold``). The fields and their counting rules are the project's
acceptance rules; :mod:`service.evaluation.money` holds those of money.
"""

from service.evaluation.gold import GoldError, read_gold
from service.evaluation.run import Evaluation, evaluate
from service.evaluation.tally import Miss, Score, Tally

__all__ = ["Evaluation", "GoldError", "Miss", "Score", "Tally", "evaluate", "read_gold"]

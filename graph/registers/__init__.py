"""National registers (RNA, SIRENE): an index of the owner's own extracts, and what in the graph is in them.

Nothing is downloaded and nothing needs it: without an index every organisation is published without a number.

    with RegisterIndex(data / "registers.sqlite") as index:
        for count in index.add(Path("rna_waldec_20260101_dpt_21.csv")): ...   # streaming, rows so far
        matches = reconcile(resolution, index)

The columns of the public files are in ``columns.toml``.
"""

from graph.registers.index import INDEX, Added, RegisterIndex
from graph.registers.match import RegisterMatch, reconcile
from graph.registers.reading import RegisterError

__all__ = ["INDEX", "Added", "RegisterError", "RegisterIndex", "RegisterMatch", "reconcile"]

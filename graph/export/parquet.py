"""The table of fundings as Parquet: the columns of the CSV, typed. Needs pyarrow (``delibgraph[parquet]``).

pyarrow, because it is the reference implementation of the format and depends on nothing; fastparquet would bring
pandas, and no writer without compiled code is maintained. Sixty megabytes that most users need not have: an extra.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any, Final

from graph.export.failure import ExportError
from graph.export.tables import COLUMNS, row
from graph.flows import Flow, read_flows
from graph.release.layout import Release

_GROUP: Final = 50_000  # rows
_PLACES: Final = Decimal("0.0001")
#: What :func:`_typed` gives for the columns that are no text.
_TYPED: Final = ("date_seance", "montant", "par_an", "annee_debut", "annee_fin", "confiance")


def write_parquet(release: Release, out: Path) -> None:
    """One row a funding, of every status and kind; what is not stated is null.

    Raises :class:`ExportError` where pyarrow is not installed.
    """
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError as error:
        raise ExportError(
            f"{out} : le format parquet demande pyarrow. L'installer : pip install 'delibgraph[parquet]'."
        ) from error
    kinds = (pa.date32(), pa.decimal128(20, 4), pa.bool_(), pa.int16(), pa.int16(), pa.float64())
    typed = dict(zip(_TYPED, kinds, strict=True))
    schema = pa.schema(
        [(name, typed.get(name, pa.string())) for name in COLUMNS], metadata={"delibgraph:release": release.id}
    )
    with parquet.ParquetWriter(out, schema, compression="zstd") as writer:
        for group in _groups(map(_values, read_flows(release.store()))):
            writer.write_table(pa.Table.from_pylist(group, schema))


def _groups(rows: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    walk = iter(rows)
    while group := list(islice(walk, _GROUP)):
        yield group


def _values(flow: Flow) -> dict[str, Any]:
    texts = dict(zip(COLUMNS, (cell or None for cell in row(flow)), strict=True))
    texts["financeur"] = flow.funder.label if flow.funder else None
    texts["beneficiaire"] = flow.beneficiary.label if flow.beneficiary else None
    return {**texts, **dict(zip(_TYPED, _typed(flow), strict=True))}


def _typed(flow: Flow) -> tuple[dt.date | None, Decimal | None, bool, int | None, int | None, float | None]:
    return (
        dt.date.fromisoformat(flow.date) if flow.date else None,
        None if flow.amount is None else flow.amount.quantize(_PLACES),
        flow.per_year,
        flow.start,
        flow.end,
        flow.confidence,
    )
